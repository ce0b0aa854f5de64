//! The door: whoever connects waits here until a seat is entered, and waits in nobody's way.
//!
//! There is room for so many that have not finished the handshake and for so many that have not said who they are.
//! When a room is full, the one that has waited longest in it goes, so that a newcomer always finds a place: a flood
//! of connections that never go on closes itself.

use super::limits;
use super::note::{Happened, Notes};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};

/// How often the door looks whether everybody has left.
const GLANCE: Duration = Duration::from_millis(20);

/// How far a connection has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It has not finished the handshake.
    Ungreeted,
    /// It has not said who it is.
    Unnamed,
    /// It may enter a seat.
    Admitted,
    /// It sits at a seat.
    Seated,
}

impl Stage {
    /// How long a connection may stay in it.
    fn patience(self) -> Option<Duration> {
        match self {
            Stage::Ungreeted => Some(limits::HANDSHAKE),
            Stage::Unnamed => Some(limits::NAMING),
            Stage::Admitted => Some(limits::ENTERING),
            Stage::Seated => None,
        }
    }

    /// How many connections may be in it; seats are few by themselves.
    fn room(self) -> usize {
        match self {
            Stage::Ungreeted => limits::UNGREETED,
            Stage::Unnamed | Stage::Admitted => limits::UNNAMED,
            Stage::Seated => usize::MAX,
        }
    }
}

/// The door of a host.
#[derive(Clone, Debug, Default)]
pub(super) struct Door(Arc<Mutex<Rooms>>);

#[derive(Debug, Default)]
struct Rooms {
    /// Connections in the order in which they came to their stage.
    connections: Vec<Inside>,
    next: u64,
    closed: u64,
}

#[derive(Debug)]
struct Inside {
    number: u64,
    stage: Stage,
    line: AbortHandle,
}

/// A connection's own place at the door.
#[derive(Debug)]
pub(super) struct Visit {
    door: Door,
    number: u64,
    stage: watch::Sender<Stage>,
}

impl Door {
    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a connection in, whose line is cut when its time is up or its place is needed.
    pub fn open(&self, line: AbortHandle) -> Visit {
        let mut rooms = self.rooms();
        let number = rooms.next;
        rooms.next += 1;
        rooms.make_room(Stage::Ungreeted);
        rooms.connections.push(Inside { number, stage: Stage::Ungreeted, line: line.clone() });
        let (stage, changes) = watch::channel(Stage::Ungreeted);
        tokio::spawn(keep_time(self.clone(), changes, line));
        Visit { door: self.clone(), number, stage }
    }

    /// Waits until everybody who sat at a seat is gone, but not for long.
    pub async fn wait_for_leave(&self) {
        let end = Instant::now() + limits::FAREWELL;
        while Instant::now() < end
            && self.rooms().connections.iter().any(|inside| inside.stage == Stage::Seated)
        {
            sleep(GLANCE).await;
        }
    }

    /// Notes how many connections were closed, if any were.
    pub fn settle(&self, notes: &Notes) {
        let closed = std::mem::take(&mut self.rooms().closed);
        if closed > 0 {
            notes.add(None, Happened::Unfinished { connections: closed });
        }
    }
}

impl Rooms {
    /// Closes the connection that has waited longest in a stage that is full.
    fn make_room(&mut self, stage: Stage) {
        if self.connections.iter().filter(|inside| inside.stage == stage).count() < stage.room() {
            return;
        }
        if let Some(oldest) = self.connections.iter().position(|inside| inside.stage == stage) {
            self.connections.remove(oldest).line.abort();
            self.closed += 1;
        }
    }
}

/// Cuts a line that stays in a stage for too long.
async fn keep_time(door: Door, mut changes: watch::Receiver<Stage>, line: AbortHandle) {
    loop {
        let patience = changes.borrow_and_update().patience();
        let out_of_time = async {
            match patience {
                Some(patience) => sleep(patience).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            () = out_of_time => {
                door.rooms().closed += 1;
                line.abort();
                return;
            }
        }
    }
}

impl Visit {
    /// The number of the connection.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Comes to a stage.
    pub fn advance(&self, stage: Stage) {
        let mut rooms = self.door.rooms();
        let Some(at) = rooms.connections.iter().position(|inside| inside.number == self.number) else {
            return;
        };
        let mut inside = rooms.connections.remove(at);
        inside.stage = stage;
        rooms.make_room(stage);
        rooms.connections.push(inside);
        self.stage.send_replace(stage);
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.door.rooms().connections.retain(|inside| inside.number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
    }

    fn line() -> tokio::task::JoinHandle<()> {
        tokio::spawn(std::future::pending())
    }

    #[test]
    fn a_newcomer_always_finds_a_place_and_those_who_went_on_keep_theirs() {
        runtime().block_on(async {
            let door = Door::default();
            let honest = line();
            let visit = door.open(honest.abort_handle());
            visit.advance(Stage::Unnamed);
            let mut flood = Vec::new();
            for _ in 0..1000 {
                let line = line();
                let visit = door.open(line.abort_handle());
                flood.push((line, visit));
            }
            // So often that each of those that were closed has had its turn to end.
            for _ in 0..2 * flood.len() {
                tokio::task::yield_now().await;
            }
            let open = flood.iter().filter(|(line, _)| !line.is_finished()).count();
            assert_eq!(open, limits::UNGREETED);
            assert!(flood[..744].iter().all(|(line, _)| line.is_finished()), "the oldest went");
            assert!(!honest.is_finished());
            assert_eq!(door.rooms().closed, 744);
            drop(flood);
            assert_eq!(door.rooms().connections.len(), 1);
        });
    }
}
