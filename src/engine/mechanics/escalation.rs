//! The end of a tick: fading, endings.

use super::bodies;
use crate::engine::event::{Change, Fact, Purpose, Recorder};
use crate::engine::observation::{Ended, Season};
use crate::engine::state::InjectStatus;
use crate::engine::step::{Step, Truth};
use crate::scenario::section::EndingClass;
use crate::vocabulary::{Chance, DAY, EndingId, Id};

/// Lets a quiet crisis fade: no open deadline, no talks, no exchange, and `fade_after` without a new stimulus.
pub fn fade<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    let model = &rules.bound.model;
    let quiet = state.minute - state.quiet_since >= model.fade_after
        && state.open_deadlines() == 0
        && state.talks.is_none()
        && state.exchange.is_none();
    if state.faded || !quiet || state.season == Season::Calm {
        return;
    }
    let a_tick = i64::from(model.fade_hazard) * i64::from(model.tick_minutes) / i64::from(DAY);
    if step.chance(Purpose::Fading, rules.luck.fading, 0, Chance::ppm(a_tick)) {
        step.change(Change::Faded);
    }
}

/// Ends the game by the first ending whose condition holds, or by hazard after the horizon.
pub fn end<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    let reads = Truth { rules, state };
    let holds = rules.programs.endings.iter().position(|guard| guard.holds(&reads, &mut step.out.registers));
    let ending = holds.or_else(|| {
        let model = &rules.bound.model;
        // What is still scripted for a date comes first; what control holds or skips is scripted no more.
        let injects = rules.bound.injects.iter().zip(&state.injects);
        let pending = injects.filter(|(_, status)| **status == InjectStatus::Pending);
        let scripted = pending.filter_map(|(inject, _)| inject.from).max().unwrap_or(0);
        if model.horizon == 0 || state.minute < model.horizon.max(scripted) {
            return None;
        }
        let a_tick = i64::from(model.end_hazard) * i64::from(model.tick_minutes) / i64::from(DAY);
        if !step.chance(Purpose::Horizon, rules.luck.horizon, 0, Chance::ppm(a_tick)) {
            return None;
        }
        let frozen = rules.bound.endings.iter().position(|e| e.class == EndingClass::Frozen);
        Some(frozen.unwrap_or(rules.bound.endings.len().saturating_sub(1)))
    });
    if let Some(ending) = ending {
        over(step, Ended::Scenario(EndingId::new(ending)));
    }
}

/// Ends the game.
pub fn over<R: Recorder>(step: &mut Step<'_, R>, ending: Ended) {
    bodies::overtaken(step);
    step.change(Change::Ended(ending));
    step.fact(Fact::Ended { ending });
}
