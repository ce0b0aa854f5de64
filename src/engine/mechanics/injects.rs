//! Injects: what the scenario or control puts into the game, on game time.

use super::control;
use crate::engine::event::{Change, Fact, Recorder};
use crate::engine::state::InjectStatus;
use crate::engine::step::{Step, Truth};
use crate::vocabulary::{Id, InjectId, SeatId};

/// Whether an inject is due now.
pub fn due<R: Recorder>(step: &mut Step<'_, R>, inject: InjectId) -> bool {
    let (rules, state) = (step.rules, step.state);
    let bound = &rules.bound.injects[inject.index()];
    state.injects[inject.index()] == InjectStatus::Pending
        && bound.from.is_some_and(|from| from <= state.minute)
        && rules.programs.inject_when[inject.index()]
            .as_ref()
            .is_none_or(|guard| guard.holds(&Truth { rules, state }, &mut step.out.registers))
}

/// Fires an inject.
pub fn fire<R: Recorder>(step: &mut Step<'_, R>, inject: InjectId) {
    let rules = step.rules;
    let bound = &rules.bound.injects[inject.index()];
    step.fact(Fact::Inject(inject));
    step.change(Change::Inject(inject, InjectStatus::Fired));
    if bound.wakes {
        step.change(Change::Wake);
    }
    let actor = bound.act.map_or(SeatId::new(0), |(seat, _)| seat);
    if let Some(program) = &rules.programs.inject_effects[inject.index()] {
        step.run(program, actor);
    }
    if let Some((seat, action)) = bound.act {
        control::act(step, seat, action);
    }
}
