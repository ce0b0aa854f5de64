//! Keys: who holds one may sit at its desk, and nobody can make one.

use crate::engine::{Game, Outcome};
use crate::trace::{Person, Setup};
use crate::vocabulary::SeatId;
use std::sync::Arc;

/// What a session and its keys share and nothing else has.
#[derive(Debug)]
pub(super) struct Stamp(Arc<()>);

impl Stamp {
    pub(super) fn new() -> Self {
        Stamp(Arc::new(()))
    }
}

/// The key to one seat's desk. It can be used once, and neither made nor copied.
#[derive(Debug)]
pub struct SeatKey {
    seat: SeatId,
    person: Person,
    stamp: Arc<()>,
}

impl SeatKey {
    pub(super) fn new(seat: SeatId, person: Person, stamp: &Stamp) -> Self {
        SeatKey { seat, person, stamp: Arc::clone(&stamp.0) }
    }

    pub(super) fn into_person(self) -> Person {
        self.person
    }

    pub(super) fn fits(&self, stamp: &Stamp) -> bool {
        Arc::ptr_eq(&self.stamp, &stamp.0)
    }

    /// The seat that it opens.
    pub fn seat(&self) -> SeatId {
        self.seat
    }

    /// Who sits there with it.
    pub fn person(&self) -> &Person {
        &self.person
    }
}

/// The key to the truth. It can neither be made nor copied.
#[derive(Debug)]
pub struct ControlKey {
    stamp: Arc<()>,
}

impl ControlKey {
    pub(super) fn new(stamp: &Stamp) -> Self {
        ControlKey { stamp: Arc::clone(&stamp.0) }
    }

    pub(super) fn fits(&self, stamp: &Stamp) -> bool {
        Arc::ptr_eq(&self.stamp, &stamp.0)
    }
}

/// What control sees: everything.
#[derive(Clone, Copy, Debug)]
pub struct ControlView<'a> {
    game: &'a Game,
    setup: &'a Setup,
}

impl<'a> ControlView<'a> {
    pub(super) fn new(game: &'a Game, setup: &'a Setup) -> Self {
        ControlView { game, setup }
    }

    /// The game.
    pub fn game(&self) -> &'a Game {
        self.game
    }

    /// Seed, run, settings, and who plays.
    pub fn setup(&self) -> &'a Setup {
        self.setup
    }

    /// How the game came out, once it is over.
    pub fn outcome(&self) -> Option<Outcome> {
        self.game.outcome()
    }
}
