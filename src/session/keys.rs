//! Keys: who holds one may sit at its desk, and nobody can make one.

use crate::engine::{Game, Outcome};
use crate::trace::Setup;
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
    stamp: Arc<()>,
}

impl SeatKey {
    pub(super) fn new(seat: SeatId, stamp: &Stamp) -> Self {
        SeatKey { seat, stamp: Arc::clone(&stamp.0) }
    }

    pub(super) fn fits(&self, stamp: &Stamp) -> bool {
        Arc::ptr_eq(&self.stamp, &stamp.0)
    }

    /// The seat that it opens.
    pub fn seat(&self) -> SeatId {
        self.seat
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
