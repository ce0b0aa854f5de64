//! What happened at the door and at the seats: told to whoever runs the host, and kept in its log.

use crate::tui::calendar::universal;
use serde::Serialize;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{SystemTime, UNIX_EPOCH};

/// Notes on their way to the log; beyond that they are counted and left out.
const WAITING: usize = 1024;
/// The longest user name that is noted.
const LONGEST_NAME: usize = 40;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// When, in Universal Time.
    pub at: String,
    /// The address of the connection, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<SocketAddr>,
    /// What happened.
    pub what: Happened,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// A seat was entered.
    Entered {
        /// The seat.
        seat: String,
        /// By what.
        by: Proof,
    },
    /// A seat's connection ended; the seat waits for its return.
    Left {
        /// The seat.
        seat: String,
        /// How.
        how: Departure,
    },
    /// Somebody was not let in.
    Refused {
        /// The user name that was given, clipped.
        user: String,
        /// What was wrong with the attempt.
        why: Refusal,
    },
    /// Something was asked for that is not offered, such as a command.
    Denied {
        /// What was asked for.
        request: &'static str,
    },
    /// Participants are told that something is wrong outside the game, such as a save that cannot be written.
    Warned {
        /// What they are told.
        words: String,
    },
    /// Connections that were closed because they did not get so far as to name a seat in time.
    Unfinished {
        /// How many since the last such note.
        connections: u64,
    },
    /// Notes that were left out because too many came at once.
    LeftOut {
        /// How many.
        notes: u64,
    },
}

/// By what a seat is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A passcode.
    Passcode,
    /// A public key.
    PublicKey,
}

/// How a seat's connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Departure {
    /// The participant left.
    Quit,
    /// The connection was lost.
    Lost,
    /// The seat was entered from elsewhere.
    Replaced,
    /// A bug ended the screen.
    Bug,
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// No such passcode opens that seat, or there is no such seat.
    Passcode,
    /// Too many tries in one connection.
    TooManyTries,
    /// The terminal shows no screens.
    NoTerminal,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            Happened::Entered { seat, by: Proof::Passcode } => write!(f, "{seat} entered by passcode")?,
            Happened::Entered { seat, by: Proof::PublicKey } => write!(f, "{seat} entered by public key")?,
            Happened::Left { seat, how } => match how {
                Departure::Quit => write!(f, "{seat} left")?,
                Departure::Lost => write!(f, "{seat} lost its connection")?,
                Departure::Replaced => write!(f, "{seat} was entered from elsewhere")?,
                Departure::Bug => write!(f, "{seat} was put out by a bug of offramp")?,
            },
            Happened::Refused { user, why } => match why {
                Refusal::Passcode => write!(f, "refused '{user}': wrong passcode or seat")?,
                Refusal::TooManyTries => write!(f, "refused '{user}': too many tries")?,
                Refusal::NoTerminal => write!(f, "refused '{user}': no terminal that shows screens")?,
            },
            Happened::Denied { request } => write!(f, "denied {request}")?,
            Happened::Warned { words } => f.write_str(words)?,
            Happened::Unfinished { connections } => {
                write!(f, "closed {connections} connections that named no seat in time")?;
            }
            Happened::LeftOut { notes } => write!(f, "left out {notes} notes")?,
        }
        match self.from {
            Some(from) => write!(f, ", {from}"),
            None => Ok(()),
        }
    }
}

/// Where notes are dropped: never a wait, whoever drops how many.
#[derive(Clone, Debug)]
pub(super) struct Notes {
    send: SyncSender<Note>,
    lost: Arc<AtomicU64>,
}

impl Notes {
    pub fn new() -> (Notes, Receiver<Note>) {
        let (send, receive) = sync_channel(WAITING);
        (Notes { send, lost: Arc::default() }, receive)
    }

    /// Notes something.
    pub fn add(&self, from: Option<SocketAddr>, what: Happened) {
        if self.send.try_send(Note { at: now(), from, what }).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Adds a note of how many were left out, if any were.
    pub fn settle(&self) {
        match self.lost.swap(0, Ordering::Relaxed) {
            0 => {}
            notes => self.add(None, Happened::LeftOut { notes }),
        }
    }
}

/// A user name as far as it is noted.
pub(super) fn clipped(user: &str) -> String {
    user.chars().take(LONGEST_NAME).collect()
}

/// The time as `2026-11-27T00:33:09Z`.
fn now() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    universal(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_notes_is_counted_and_waits_for_nobody() {
        let (notes, taken) = Notes::new();
        for _ in 0..3000 {
            notes.add(None, Happened::Unfinished { connections: 1 });
        }
        assert_eq!(taken.try_iter().count(), WAITING);
        notes.settle();
        assert_eq!(taken.recv().expect("a note").what, Happened::LeftOut { notes: 3000 - WAITING as u64 });
    }
}
