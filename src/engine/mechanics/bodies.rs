//! Consultation bodies: requests mature, are granted or fall to the default; maturity is spent in a crisis.

use crate::engine::event::{Change, Counter, Fact, Purpose, Recorder};
use crate::engine::state::Request;
use crate::engine::step::{Step, Truth};
use crate::scenario::section::BodyDefault;
use crate::vocabulary::{ActionId, BodyId, Id, SeatId};

/// Puts a request to a body, if it is free and competent.
pub fn request<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, body: BodyId, action: ActionId) {
    let (rules, state) = (step.rules, step.state);
    let bound = &rules.bound.bodies[body.index()];
    let now = &state.bodies[body.index()];
    if now.pending.is_some() || !bound.members.contains(&seat) || !bound.grants.contains(&action) {
        return;
    }
    let due = state.minute + bound.lead[usize::from(now.maturity)];
    step.change(Change::Requested(body, Request { seat, action, due }));
    step.change(Change::Maturity(body, -i32::from(bound.spend)));
    step.count(Counter::Consultations);
    step.fact(Fact::Consulted { by: seat, body, action, due });
}

/// Answers the requests that are due.
pub fn run<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    for (b, bound) in rules.bound.bodies.iter().enumerate() {
        let Some(request) = state.bodies[b].pending.filter(|r| r.due <= state.minute) else { continue };
        let body = BodyId::new(b);
        let met = step.chance(Purpose::Quorum, rules.luck.bodies[b], 0, bound.quorum);
        let granted = met || bound.default == BodyDefault::Granted;
        if passed(step, &request) {
            step.count(Counter::ConsultationsLate);
        }
        step.change(Change::BodyFree(body));
        step.change(Change::Wake);
        if granted {
            step.change(Change::Released(request.seat, request.action));
            step.count(Counter::ConsultationsGranted);
        }
        let fact = Fact::BodyAnswered {
            body,
            seat: request.seat,
            action: request.action,
            granted,
            by_default: !met,
        };
        step.rolled(fact, bound.quorum, met);
    }
}

/// Whether the crisis has gone past what was asked for: it cannot be done any more.
fn passed<R: Recorder>(step: &mut Step<'_, R>, request: &Request) -> bool {
    let (rules, state) = (step.rules, step.state);
    let needs = &rules.programs.needs[request.action.index()];
    needs.unmet(&Truth { rules, state }, &mut step.out.registers) != 0
        || state.has_done(rules, request.seat, request.action)
}

/// Requests that the end of the game overtakes are late too.
pub fn overtaken<R: Recorder>(step: &mut Step<'_, R>) {
    for _ in step.state.bodies.iter().filter(|body| body.pending.is_some()) {
        step.count(Counter::ConsultationsLate);
    }
}
