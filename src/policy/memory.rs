//! What an automated seat remembers between decisions.

use crate::vocabulary::{ActionId, Minute, SeatId};
use serde::{Deserialize, Serialize};

/// What a policy may carry from one decision to the next; it is part of the game and is saved with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SeatMemory {
    /// Steps of the historical record that are dealt with.
    pub(super) record: u16,
    /// Whether standing orders were loosened after losses: once a game.
    pub(super) loosened: bool,
    /// When an ally was last asked to hold back.
    pub(super) restrained: Option<Minute>,
    /// When orders were last given.
    pub(super) ordered: Option<Minute>,
    /// A release that an ally has asked for and that waits for the next orders.
    pub(super) release_asked: Option<(SeatId, ActionId)>,
}
