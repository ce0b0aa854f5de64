//! Triggers: conditions on belief that permit, press or, if pre-delegated and above the last firebreak but one, fire.

use crate::engine::event::{Cause, Change, Fact, Purpose, Recorder};
use crate::engine::step::Step;
use crate::vocabulary::{ActionId, Id, SeatId};

/// Counts the ticks of every trigger; returns the act of a delegated one that fires.
pub fn run<R: Recorder>(step: &mut Step<'_, R>) -> Option<(SeatId, ActionId, Cause)> {
    let (rules, state) = (step.rules, step.state);
    let standing = state.standing_rung(&rules.bound);
    let mut fires = None;
    for &id in &rules.order_of.triggers {
        let t = id.index();
        let trigger = &rules.bound.triggers[t];
        if !rules.bound.offers(trigger.action) {
            continue;
        }
        let now = state.triggers[t];
        let hypothesis = &rules.bound.hypotheses[trigger.belief.index()];
        let belief = state.beliefs[hypothesis.offset];
        let ticks = if belief >= trigger.enter { now.ticks.saturating_add(1) } else { 0 };
        let met = if now.met { belief >= trigger.leave } else { ticks >= trigger.for_ticks };
        if (ticks, met) != (now.ticks, now.met) {
            step.change(Change::Trigger(id, ticks, met));
        }
        if met != now.met {
            step.fact(Fact::Trigger { trigger: id, met });
        }
        let above = belief.saturating_sub(trigger.enter) / 10_000;
        let hazard = trigger
            .hazard
            .get(above as usize)
            .filter(|_| met && now.delegated && i32::from(standing.0) >= rules.bound.model.explicit_above);
        if hazard.is_some_and(|h| step.chance(Purpose::Delegated, rules.luck.triggers[t], 0, *h)) {
            fires = Some((trigger.seat, trigger.action, Cause::Delegated(id)));
        }
    }
    fires
}
