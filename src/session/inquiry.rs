//! Asking after the end what would have come but for this or that: worked out beside the session, so that nobody waits.

use super::butfor::{Choice, Effort, Moments, games, of_game};
use crate::engine::Game;
use crate::trace::ButFor;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// The rows that a debrief at the table has at most; a document has more.
const ROWS: usize = 12;
/// Pairs of continuations behind each of them.
const PAIRS: u32 = 40;

/// How far an inquiry has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inquired {
    /// Nobody has asked, or it was given up.
    #[default]
    NotYet,
    /// So many of so many games are played.
    Working(u64, u64),
    /// The debrief has it.
    Found,
}

/// An inquiry under way, on a thread of its own. It is given up when it is dropped.
#[derive(Debug)]
pub(super) struct Inquiry {
    work: Arc<Work>,
    answer: Receiver<Option<ButFor>>,
}

/// What the thread and the session share.
#[derive(Debug)]
struct Work {
    done: AtomicU64,
    of: u64,
    stop: AtomicBool,
}

impl Inquiry {
    /// Begins to work out the table of a finished game; nothing if the game goes on, or the system has no thread.
    pub(super) fn begin(moments: &Moments, game: &Game) -> Option<Inquiry> {
        game.outcome()?;
        let (moments, game) = (moments.clone(), game.clone());
        let choice = Choice { from: None, most: ROWS };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let effort = Effort { continuations: PAIRS, threads };
        let of = games(&moments.decisive(&game, &choice).0, effort);
        let work = Arc::new(Work { done: AtomicU64::new(0), of, stop: AtomicBool::new(false) });
        let (send, answer) = channel();
        let shared = Arc::clone(&work);
        let play = move || {
            let watch = |done: u64| {
                shared.done.fetch_max(done, Ordering::Relaxed);
                !shared.stop.load(Ordering::Relaxed)
            };
            // Nobody waits for it any more once it is given up.
            let _ = send.send(of_game(&moments, &game, &choice, effort, &watch));
        };
        let thread = std::thread::Builder::new().name("but-for".to_owned()).spawn(play);
        thread.is_ok().then_some(Inquiry { work, answer })
    }

    /// How far it is.
    pub(super) fn so_far(&self) -> Inquired {
        Inquired::Working(self.work.done.load(Ordering::Relaxed), self.work.of)
    }

    /// The table, once it has come: nothing in it if it never will.
    pub(super) fn answer(&self) -> Option<Option<ButFor>> {
        match self.answer.try_recv() {
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(None),
            Ok(table) => Some(table),
        }
    }
}

impl Drop for Inquiry {
    fn drop(&mut self) {
        self.work.stop.store(true, Ordering::Relaxed);
    }
}
