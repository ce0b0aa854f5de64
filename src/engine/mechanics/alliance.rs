//! Alliance: restraint with what is offered or threatened, promises that fall due, and an ally's assurance.
//!
//! There is one primitive a pair: how far one believes that the other comes. All else that is said of an alliance is
//! read from it.

use super::beliefs;
use crate::engine::event::{Change, Counter, Fact, Recorder};
use crate::engine::order::Inducement;
use crate::engine::state::{Debt, Restraint};
use crate::engine::step::Step;
use crate::scenario::section::{HypothesisKind, Release};
use crate::vocabulary::{ActionId, HypothesisId, Id, Rung, SeatId};

/// Takes a seat's request that an ally hold back, and what comes with it.
pub fn restrain<R: Recorder>(step: &mut Step<'_, R>, by: SeatId, ally: SeatId, from: Rung, with: Inducement) {
    let (model, now) = (&step.rules.bound.model, step.state.minute);
    let until = now + model.restraint_lasts;
    step.change(Change::Restraint(ally, Some(Restraint { by, from, until, with })));
    step.fact(Fact::Restrained { by, ally, from, with });
    match with {
        Inducement::Plain => {}
        Inducement::Assurance | Inducement::JointStatement => assure(step, ally, by, model.promise_gain),
        Inducement::ShowOfForce => {
            assure(step, ally, by, model.promise_gain);
            step.change(Change::Debt(Debt { by, to: ally, due: now + model.show_of_force_within }));
        }
        Inducement::Caveat => withhold(step, by, ally, from),
        Inducement::Withhold => {
            withhold(step, by, ally, from);
            assure(step, ally, by, -model.withheld_cost);
        }
    }
}

/// Releases an ally for less than before: nothing at or above a rung.
fn withhold<R: Recorder>(step: &mut Step<'_, R>, by: SeatId, ally: SeatId, from: Rung) {
    let now = step.state.consents[by.index() * step.rules.seats() + ally.index()];
    let below = Rung(from.0.saturating_sub(1));
    if below < now {
        step.change(Change::Consent(by, ally, below));
    }
}

/// Moves a seat's belief that an ally comes, by parts per million.
pub fn assure<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, ally: SeatId, by: i32) {
    for (h, hypothesis) in step.rules.bound.hypotheses.iter().enumerate() {
        let about = matches!(hypothesis.about, HypothesisKind::Commitment(_));
        if about && hypothesis.holder == seat && hypothesis.subject == ally {
            beliefs::shift(step, HypothesisId::new(h), by);
        }
    }
}

/// A posture of forces pays what was promised to an ally.
pub fn show<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, action: ActionId) {
    let (bound, state) = (&step.rules.bound, step.state);
    let act = &bound.actions[action.index()];
    if !act.domain.is_military() || i32::from(act.rung.0) < bound.model.prepared_rung {
        return;
    }
    for debt in state.debts.iter().filter(|debt| debt.by == seat) {
        step.change(Change::DebtClosed(debt.by, debt.to));
    }
}

/// Promises that have fallen due without being kept.
pub fn debts<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    for debt in state.debts.iter().filter(|debt| debt.due <= state.minute) {
        step.change(Change::DebtClosed(debt.by, debt.to));
        step.count(Counter::PromisesBroken);
        step.fact(Fact::PromiseBroken { by: debt.by, to: debt.to });
        assure(step, debt.to, debt.by, -rules.bound.model.promise_broken_cost);
    }
}

/// Whether an act needs this ally's own leave: then it cannot be defied.
pub fn needs_leave_of<R: Recorder>(step: &Step<'_, R>, action: ActionId, ally: SeatId) -> bool {
    let bound = &step.rules.bound;
    let act = &bound.actions[action.index()];
    act.release.iter().any(|release| match release {
        Release::Ally(seat) => seat.id() == ally && i32::from(act.rung.0) >= bound.model.release_from,
        Release::Host(seat) => seat.id() == ally,
        Release::Body(_) => false,
    })
}
