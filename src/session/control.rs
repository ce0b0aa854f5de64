//! Control's desk: the truth beside each seat's view, and the commands of the white cell.

use super::desk::SeatView;
use super::opening::Occupant;
use super::pace::Pace;
use super::talk::{Said, Speaker};
use crate::engine::{ControlAct, InjectStatus};
use crate::trace::{DebriefStep, Person};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{AccordId, ActionId, ChannelId, InjectId, Minute, Rung, SeatId, TrackId};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

/// What control tells the session to do.
#[derive(Clone, Debug, PartialEq)]
pub enum ControlCommand {
    /// Something to the game.
    Act(ControlAct),
    /// A seat changes hands.
    Seat {
        /// Which.
        seat: SeatId,
        /// Who plays it from now on.
        to: Occupant,
    },
    /// Something is said to seats, at the table.
    Say {
        /// To whom.
        to: Vec<SeatId>,
        /// What.
        text: String,
    },
    /// A remark for the debrief.
    Note {
        /// The line of the record that it is about, if it is about one.
        at: Option<u32>,
        /// What it says.
        text: String,
    },
    /// The game goes on from the start of an earlier turn; what came after it stays in the record.
    Rewind {
        /// The line of the record in which that turn opens.
        line: u32,
        /// Other luck from there on; 0 keeps it.
        salt: u64,
        /// Why.
        why: String,
    },
    /// The game waits, or goes on.
    Pause(bool),
    /// How long decisions may take, the one in hand included; as long as they like if nothing is given.
    Clock(Option<Duration>),
}

/// What control sees: everything, with the scenario's labels, owned and safe to send anywhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ControlBoard {
    /// Counts the boards; a higher one is newer.
    pub revision: u32,
    /// The scenario's title.
    pub title: String,
    /// Game time, and the same in words.
    pub minute: Minute,
    /// Game time in words.
    pub moment: String,
    /// The turn, counted from 1.
    pub turn: u16,
    /// What the engine waits for, in words.
    pub phase: &'static str,
    /// The standing rung with its label.
    pub standing: (Rung, String),
    /// Highest act rung.
    pub peak: Rung,
    /// All tracks.
    pub tracks: Vec<TrackRow>,
    /// All channels.
    pub channels: Vec<ChannelRow>,
    /// All injects.
    pub injects: Vec<InjectRow>,
    /// All accords: which, label, standing.
    pub accords: Vec<(AccordId, String, AccordStatus)>,
    /// All actions by label.
    pub actions: Vec<(ActionId, String)>,
    /// Acts that are due later.
    pub scheduled: Vec<ScheduledRow>,
    /// Continuing acts: whose, which, in words.
    pub continuing: Vec<(SeatId, ActionId, String)>,
    /// The exchange of fire under way, in words.
    pub exchange: Option<String>,
    /// All seats.
    pub seats: Vec<SeatRow>,
    /// Everything that was said.
    pub talk: Vec<Said>,
    /// Control's remarks, on every branch.
    pub notes: Vec<NoteRow>,
    /// What happened in truth, each with the line of the record that tells it.
    pub story: Vec<(u32, DebriefStep)>,
    /// The turns that the game can go on from.
    pub turns: Vec<TurnRow>,
    /// The branch that is played.
    pub branch: u32,
    /// Whether the table is paused, and its clock.
    pub pace: Pace,
    /// What was wrong with the last command of this desk, if it was refused.
    pub refused: Option<String>,
    /// What went wrong outside the game.
    pub notice: Option<String>,
    /// Whether the game is over.
    pub over: bool,
}

/// A track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackRow {
    /// Which.
    pub track: TrackId,
    /// Its label.
    pub label: String,
    /// Where it stands.
    pub level: i32,
    /// Least and greatest level.
    pub range: (i32, i32),
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRow {
    /// Which.
    pub channel: ChannelId,
    /// Its label.
    pub label: String,
    /// Whom it connects.
    pub members: Vec<SeatId>,
    /// Its political state.
    pub politics: Politics,
    /// Whether it works.
    pub working: bool,
}

/// An inject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InjectRow {
    /// Which.
    pub inject: InjectId,
    /// Its headline.
    pub label: String,
    /// What those who see it read.
    pub text: String,
    /// When it comes, in words.
    pub when: String,
    /// When it fired, if it has.
    pub fired: Option<String>,
    /// Who reads it.
    pub read_by: String,
    /// What it does beside that: an act that it is, and its effects in the words of the scenario.
    pub does: Vec<String>,
    /// Where it stands.
    pub status: InjectStatus,
}

/// An act that is due later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledRow {
    /// Whose.
    pub seat: SeatId,
    /// What.
    pub action: ActionId,
    /// Both in words, with the time.
    pub words: String,
}

/// A seat.
#[derive(Clone, Debug, PartialEq)]
pub struct SeatRow {
    /// Which.
    pub seat: SeatId,
    /// Its name in the file.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Who plays it.
    pub by: Occupant,
    /// The policies that can play it.
    pub policies: Arc<Vec<String>>,
    /// Its hidden disposition.
    pub disposition: String,
    /// The people of its desks.
    pub people: Vec<Attendance>,
    /// What the seat sees.
    pub view: SeatView,
}

/// A person who has a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// Who.
    pub person: Person,
    /// Whether the person sits there now.
    pub here: bool,
}

/// A remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    /// The line of the record that it is about, if it is about one.
    pub at: Option<u32>,
    /// Game time in words.
    pub moment: String,
    /// Who wrote it.
    pub by: Speaker,
    /// What it says.
    pub text: String,
}

/// A turn that the game can go on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnRow {
    /// The line of the record in which it opens.
    pub line: u32,
    /// The turn, counted from 1.
    pub turn: u16,
    /// Its branch.
    pub branch: u32,
    /// Whether it led to where the game stands.
    pub led_here: bool,
    /// Game time in words.
    pub moment: String,
}

/// Which desk of control, counted as they are opened.
pub(super) type ControlDeskNumber = usize;

/// Control's desk.
#[derive(Debug)]
pub struct ControlDesk {
    number: ControlDeskNumber,
    board: Arc<ControlBoard>,
    boards: Receiver<Arc<ControlBoard>>,
    commands: Sender<(ControlDeskNumber, ControlCommand)>,
}

impl ControlDesk {
    pub(super) fn new(
        number: ControlDeskNumber,
        board: Arc<ControlBoard>,
        boards: Receiver<Arc<ControlBoard>>,
        commands: Sender<(ControlDeskNumber, ControlCommand)>,
    ) -> Self {
        ControlDesk { number, board, boards, commands }
    }

    /// The newest board that was taken in by [`ControlDesk::refresh`].
    pub fn board(&self) -> &Arc<ControlBoard> {
        &self.board
    }

    /// Takes in what has arrived; whether anything has.
    pub fn refresh(&mut self) -> bool {
        let mut fresh = false;
        while let Ok(board) = self.boards.try_recv() {
            self.board = board;
            fresh = true;
        }
        fresh
    }

    /// Sends a command. A command that cannot be carried out is refused on this desk's next board, with the reason.
    pub fn send(&self, command: ControlCommand) {
        // A session that is gone has nothing left to control.
        let _ = self.commands.send((self.number, command));
    }
}
