//! A seat's desk: what it sees, and the commands that it may give. It holds no path to the game.

use super::inquiry::Inquired;
use super::pace::Pace;
use super::talk::{Said, Speaker};
use crate::engine::{Briefing, News, Observation, OrderError, Orders};
use crate::trace::{Debrief, Person, Role};
use crate::vocabulary::{ChannelId, Minute, Rung, SeatId};
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
    /// What is so at the table, beside the game.
    pub table: TableView,
    /// How far the question what would have come but for this or that has been worked out.
    pub inquired: Inquired,
}

/// What a desk shows of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableView {
    /// Who sits at this desk.
    pub person: Person,
    /// Who gives the seat's orders.
    pub hands: Hands,
    /// Whether the table is paused, and how long the decision in hand may take.
    pub pace: Pace,
    /// What the seat said and heard, oldest first.
    pub talk: Vec<Said>,
}

/// Who gives a seat's orders now, and whether they are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hands {
    /// A person, who has not sealed what is asked.
    #[default]
    Open,
    /// A person, who has sealed it.
    Sealed,
    /// A policy.
    Policy,
}

/// Which desk of a seat, counted as they are opened.
pub(super) type DeskNumber = (SeatId, u32);

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
    /// Says something.
    Say {
        /// To whom.
        to: Vec<Speaker>,
        /// Over which channel; at the table if over none.
        over: Option<ChannelId>,
        /// What.
        text: String,
    },
    /// Somebody sits down at the desk, or rises from it.
    Attend(bool),
    /// After the end: asks what would have come but for this or that, or gives it up.
    Inquire,
}

/// A seat's desk.
#[derive(Debug)]
pub struct SeatDesk {
    number: DeskNumber,
    view: SeatView,
    views: Receiver<SeatView>,
    commands: Sender<(DeskNumber, DeskCommand)>,
}

impl SeatDesk {
    pub(super) fn new(
        number: DeskNumber,
        view: SeatView,
        views: Receiver<SeatView>,
        commands: Sender<(DeskNumber, DeskCommand)>,
    ) -> Self {
        SeatDesk { number, view, views, commands }
    }

    /// The seat.
    pub fn seat(&self) -> SeatId {
        self.number.0
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

    /// Says whether somebody sits at the desk, which control sees. A new desk is taken for attended.
    pub fn attend(&self, here: bool) {
        let _ = self.commands.send((self.number, DeskCommand::Attend(here)));
    }

    /// Asks, once the game is over, what would have come but for this or that, or gives it up. Views tell how far it is;
    /// the debrief has it when it has come.
    pub fn inquire(&self) {
        let _ = self.commands.send((self.number, DeskCommand::Inquire));
    }

    /// Checks orders against what the seat knows and, if they are in order, sends them.
    ///
    /// # Errors
    /// Everything that is wrong with the orders, or that this person does not seal them; nothing is sent then.
    pub fn seal(&self, orders: Orders) -> Result<(), Vec<OrderError>> {
        if self.view.table.person.role != Role::Lead {
            return Err(vec![OrderError::NotLead]);
        }
        let problems = orders.check(&self.view.observation, &self.view.briefing);
        if !problems.is_empty() {
            return Err(problems);
        }
        let revision = self.view.observation.revision;
        // A session that is gone has nothing left to decide; the desk then simply stays as it is.
        let _ = self.commands.send((self.number, DeskCommand::Seal { revision, orders }));
        Ok(())
    }

    /// Says something to seats or to control, at the table or over a channel. It is delivered as the channel allows
    /// when it arrives, and the desk shows whether it was.
    pub fn say(&self, to: Vec<Speaker>, over: Option<ChannelId>, text: String) {
        let _ = self.commands.send((self.number, DeskCommand::Say { to, over, text }));
    }
}
