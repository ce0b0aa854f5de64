//! What a seat can do now, what of it waits, and what it is asked.

use crate::scenario::section::MAX_AIMS;
use crate::vocabulary::{ActionId, BodyId, CELLS, Cell, Minute, Ppm, Rung, TriggerId};
use serde::Serialize;

/// Most acts in a menu.
pub const MENU: usize = 12;

/// An act of one's own that is due later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PendingView {
    /// What.
    pub action: ActionId,
    /// When.
    pub due: Minute,
}

/// Whether an act can be ordered now, and if not, why not. Built from what the seat knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Legality {
    /// It can.
    Legal,
    /// Some of what it needs does not hold: a bit for each part of [`ActionBrief::needs`](super::ActionBrief::needs).
    NeedsUnmet(u8),
    /// It costs more political capital than there is.
    TooDear,
    /// It goes on already.
    AlreadyOn,
    /// It can happen only once, and has.
    Done,
    /// A body has not released it.
    NotReleased(BodyId),
    /// A trigger has not unlocked it.
    Locked(TriggerId),
}

/// An act on offer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MenuItem {
    /// Which.
    pub action: ActionId,
    /// Its cell, relative to the strongest open stimulus.
    pub cell: Cell,
    /// Its rung.
    pub rung: Rung,
    /// Whether it can be ordered.
    pub legality: Legality,
    /// Whether it can be taken back.
    pub reversible: bool,
    /// Minutes between order and act.
    pub lead: Minute,
    /// The record's chance, in parts per million, that a seat takes this cell now (all items of a cell share it).
    pub cell_share: Ppm,
    /// The record's share of this item within its cell, in parts per million.
    pub item_share: Ppm,
    /// Expected change of each own aim in thousandths of points, the rival's likely reply included.
    pub worth: [i32; MAX_AIMS],
    /// Pressure of triggers, less the cost of firebreaks: in milli-nats.
    pub pull: i32,
    /// What it may draw: the staff's chance, in parts per million, of each cell of reply.
    pub draws: [Ppm; CELLS],
}

/// A question for a seat, answered by `Orders::estimate` and scored in the debrief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Question {
    /// How likely is fire within two days?
    FireSoon,
    /// How likely is it that the suspect did it?
    Author(u16),
}
