//! A seat's desk: what it sees, and the commands that it may give. It holds no path to the game.

use crate::engine::{Briefing, News, Observation, OrderError, Orders};
use crate::trace::Debrief;
use crate::vocabulary::{Minute, Rung, SeatId};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

/// What a seat's desk shows: owned, and safe to send anywhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeatView {
    /// Counts the views of this desk; a higher one is newer.
    pub revision: u32,
    /// The seat's handbook.
    pub briefing: Arc<Briefing>,
    /// What the seat knows now. Its revision counts what this desk was shown, not what the engine did meanwhile.
    pub observation: Observation,
    /// All news of the game so far, oldest first.
    pub log: Vec<News>,
    /// The standing rungs that the seat was shown, from when on.
    pub path: Vec<(Minute, Rung)>,
    /// What was wrong with the last orders, if they were refused; built from what the seat knows.
    pub refused: Vec<OrderError>,
    /// What went wrong outside the game, such as a save that could not be written, in words for the participant.
    pub notice: Option<String>,
    /// The debrief, once the game is over.
    pub debrief: Option<Arc<Debrief>>,
}

/// What a desk sends.
#[derive(Clone, Debug)]
pub enum DeskCommand {
    /// Seals the orders for what is asked now.
    Seal {
        /// The revision of the observation that the orders answer: orders for an earlier question do not count.
        revision: u32,
        /// The orders.
        orders: Orders,
    },
}

/// A seat's desk.
#[derive(Debug)]
pub struct SeatDesk {
    seat: SeatId,
    view: SeatView,
    views: Receiver<SeatView>,
    commands: Sender<(SeatId, DeskCommand)>,
}

impl SeatDesk {
    pub(super) fn new(
        seat: SeatId,
        view: SeatView,
        views: Receiver<SeatView>,
        commands: Sender<(SeatId, DeskCommand)>,
    ) -> Self {
        SeatDesk { seat, view, views, commands }
    }

    /// The newest view that was taken in by [`SeatDesk::refresh`].
    pub fn view(&self) -> &SeatView {
        &self.view
    }

    /// Takes in what has arrived; whether anything has.
    pub fn refresh(&mut self) -> bool {
        let mut fresh = false;
        while let Ok(view) = self.views.try_recv() {
            self.view = view;
            fresh = true;
        }
        fresh
    }

    /// Checks orders against what the seat knows and, if they are in order, sends them.
    ///
    /// # Errors
    /// Everything that is wrong with the orders; nothing is sent then.
    pub fn seal(&self, orders: Orders) -> Result<(), Vec<OrderError>> {
        let problems = orders.check(&self.view.observation, &self.view.briefing);
        if !problems.is_empty() {
            return Err(problems);
        }
        let revision = self.view.observation.revision;
        // A session that is gone has nothing left to decide; the desk then simply stays as it is.
        let _ = self.commands.send((self.seat, DeskCommand::Seal { revision, orders }));
        Ok(())
    }
}
