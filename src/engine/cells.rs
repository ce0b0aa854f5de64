//! Cells of answer and the rungs that they stand on: the one place that turns one into the other.

use crate::scenario::Bound;
use crate::vocabulary::{ActionId, Cell, Id, Rung};

/// The cell of an act relative to the rung of a stimulus. Fire below the stimulus counts as symbolic.
pub(super) fn cell_of(bound: &Bound, action: ActionId, stimulus: Rung) -> Cell {
    let act = &bound.actions[action.index()];
    let symbolic = bound.model.lowest_fire();
    match act.rung {
        Rung(0) => Cell::Nothing,
        Rung::WORDS => Cell::Protest,
        _ if !act.domain.is_military() => Cell::NonMilitary,
        rung if rung == symbolic => Cell::Symbolic,
        rung if rung == stimulus => Cell::InKind,
        rung if rung < symbolic => Cell::NonMilitary,
        rung if rung < stimulus => Cell::Symbolic,
        rung if rung.0 == stimulus.0 + 1 => Cell::OneUp,
        _ => Cell::TwoUp,
    }
}

/// The rung on which the arms of a cell answer a stimulus; none for a cell without arms.
pub(super) fn arms_of(cell: Cell, stimulus: Rung, lowest_fire: Rung) -> Option<Rung> {
    match cell {
        Cell::Nothing | Cell::Protest | Cell::NonMilitary => None,
        Cell::Symbolic => Some(lowest_fire),
        Cell::InKind => Some(stimulus),
        Cell::OneUp => Some(Rung(stimulus.0 + 1)),
        Cell::TwoUp => Some(Rung(stimulus.0 + 2)),
    }
}
