//! What an automated seat remembers between decisions.

use crate::vocabulary::{ActionId, Minute, SeatId};
use serde::{Deserialize, Serialize};

/// What a policy may carry from one decision to the next; it is part of the game and is saved with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SeatMemory {
    /// Steps of the historical record that are dealt with, in order of time.
    pub(super) record: u16,
    /// Later steps that are dealt with: bit `n` is the step `n` after the first that is not.
    pub(super) ahead: u64,
    /// The act of the record that was ordered last for a later tick, by its place in order of time, and when it falls
    /// due: a turn that begins no later has voided it.
    pub(super) waits: Option<(u16, Minute)>,
    /// The newest proposal to the seat, and when it was first seen.
    pub(super) newest: Option<(u16, Minute)>,
    /// Whether standing orders were loosened after losses: once a game.
    pub(super) loosened: bool,
    /// When an ally was last asked to hold back.
    pub(super) restrained: Option<Minute>,
    /// When orders were last given.
    pub(super) ordered: Option<Minute>,
    /// Where between 0 and 2^32 the leadership stands in its readiness to settle this quarrel, once it has been asked: what
    /// it weighs may move, it does not.
    pub(super) readiness: Option<u32>,
    /// When a package was last put to a rival, of the seat's own accord.
    pub(super) proposed: Option<Minute>,
    /// A release that an ally has asked for and that waits for the next orders.
    pub(super) release_asked: Option<(SeatId, ActionId)>,
}
