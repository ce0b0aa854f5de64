//! The engagement procedure: what the forces at a site do when their line is crossed. Hails, then warning shots, then aimed
//! fire, each if their standing order and delegation allow; the intruder may turn back at each step, stay, or shoot back.
//! An accord in force between the two sides prescribes its own number of steps.

use super::acts::{self, Manner};
use super::exchange::{self, Opening, place};
use super::{deviation, ledger, losses};
use crate::engine::event::{Cause, Change, Fact, Purpose, Recorder};
use crate::engine::observation::{ContactStep, Departure};
use crate::engine::state::Crossing;
use crate::engine::step::Step;
use crate::scenario::section::{ContactRule, ReplyRule};
use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{Id, Minute, Rung, SeatId, SiteId};

/// Begins the procedure at a site that has one, unless its forces are busy with another intruder.
pub fn open<R: Recorder>(
    step: &mut Step<'_, R>,
    site: SiteId,
    (intruder, defender): (SeatId, SeatId),
    stimulus: Option<u16>,
    minute: Minute,
) {
    let bound = &step.rules.bound;
    let Some(contact) = &bound.sites[site.index()].contact else { return };
    if step.state.crossing.is_some() || step.state.exchange.is_some() {
        return;
    }
    let domain = bound.sites[site.index()].domain;
    let in_force =
        bound.accords.iter().zip(&step.state.accords).filter(|(_, status)| **status == AccordStatus::InForce);
    let between = in_force.filter(|(a, _)| a.parties.contains(&intruder) && a.parties.contains(&defender));
    let agreed = between.flat_map(|(accord, _)| &accord.procedure).filter(|p| p.domain == domain);
    let steps = agreed.map(|p| (p.hails, p.shots)).max_by_key(|(hails, shots)| hails + shots);
    let (hails, shots) = steps.unwrap_or((contact.hails, contact.shots));
    step.change(Change::Crossing(Some(Crossing {
        site,
        intruder,
        defender,
        hails,
        shots,
        taken: 0,
        minute,
        stimulus,
    })));
}

/// The next step of the procedure.
pub fn advance<R: Recorder>(step: &mut Step<'_, R>, crossing: Crossing) {
    let rules = step.rules;
    let Some(contact) = &rules.bound.sites[crossing.site.index()].contact else {
        return end(step, &crossing);
    };
    let order = exchange::standing(step, crossing.defender, crossing.site);
    // Warning shots are fire: who may not fire alone does not warn alone.
    let warns = order.reply != ReplyRule::Hold && order.delegated >= rules.bound.model.lowest_fire();
    if crossing.hails > 0 {
        hail(step, &crossing, contact);
    } else if crossing.shots > 0 && warns {
        warn(step, &crossing, contact);
    } else if order.reply >= ReplyRule::InKind {
        let aimed = Rung::nearest(rules.bound.model.aimed_rung).min(order.delegated);
        shoot(step, &crossing, crossing.defender, aimed, Cause::Standing);
    } else {
        end(step, &crossing);
    }
}

/// Goes on to the next step with this many hails and shots still to come.
fn go_on<R: Recorder>(step: &mut Step<'_, R>, crossing: &Crossing, hails: u8, shots: u8) {
    let taken = crossing.taken + 1;
    step.change(Change::Crossing(Some(Crossing { hails, shots, taken, ..*crossing })));
}

fn departs<R: Recorder>(
    step: &mut Step<'_, R>,
    crossing: &Crossing,
    at: ContactStep,
) -> Option<(Departure, Cause)> {
    deviation::roll(step, crossing.defender, crossing.site, at, u32::from(crossing.taken))
}

/// A call over loud-hailer or radio to turn back.
fn hail<R: Recorder>(step: &mut Step<'_, R>, crossing: &Crossing, contact: &ContactRule) {
    let departure = departs(step, crossing, ContactStep::Hail);
    if let Some((Departure::AimsInstead, cause)) = departure {
        let aimed = Rung::nearest(step.rules.bound.model.aimed_rung);
        return shoot(step, crossing, crossing.defender, aimed, cause);
    }
    let done = departure.is_none();
    let luck = place(step, crossing.site, crossing.intruder).with("heeds hail");
    let heeded = done && step.chance(Purpose::Contact, luck, u32::from(crossing.taken), contact.heeds_hail);
    let &Crossing { site, defender, intruder, .. } = crossing;
    step.fact(Fact::Hail { site, by: defender, to: intruder, done, heeded });
    if heeded {
        stand_down(step, crossing)
    } else {
        go_on(step, crossing, crossing.hails - 1, crossing.shots)
    }
}

/// Warning shots, by the act that the seat has for them here; without one the step is left out.
fn warn<R: Recorder>(step: &mut Step<'_, R>, crossing: &Crossing, contact: &ContactRule) {
    let model = &step.rules.bound.model;
    let (warning, aimed) = (model.lowest_fire(), Rung::nearest(model.aimed_rung));
    let Some(action) = exchange::reply_act(step.rules, crossing.defender, crossing.site, warning, false)
    else {
        return end(step, crossing);
    };
    match departs(step, crossing, ContactStep::Warning) {
        Some((Departure::AimsInstead, cause)) => {
            return shoot(step, crossing, crossing.defender, aimed, cause);
        }
        Some(_) => return go_on(step, crossing, 0, crossing.shots - 1),
        None => {}
    }
    let manner = Manner {
        index: u32::from(crossing.taken),
        answers: met(step, crossing),
        ..Manner::plain(Cause::Standing)
    };
    acts::perform(step, crossing.defender, action, &manner);
    let (luck, taken) = (place(step, crossing.site, crossing.intruder), u32::from(crossing.taken));
    if step.chance(Purpose::Contact, luck.with("fires back"), taken, contact.fires_back) {
        shoot(step, crossing, crossing.intruder, aimed, Cause::Standing);
    } else if step.chance(Purpose::Contact, luck.with("heeds shot"), taken, contact.heeds_shot) {
        stand_down(step, crossing);
    } else {
        go_on(step, crossing, 0, crossing.shots - 1);
    }
}

/// Aimed fire of either side ends the procedure, and an exchange may follow.
fn shoot<R: Recorder>(step: &mut Step<'_, R>, crossing: &Crossing, by: SeatId, rung: Rung, cause: Cause) {
    let at = if by == crossing.defender { crossing.intruder } else { crossing.defender };
    end(step, crossing);
    let index = u32::from(crossing.taken);
    open_fire(
        step,
        crossing.site,
        (by, at),
        rung,
        &Manner { index, ..Manner::plain(cause) },
        crossing.minute,
    );
}

/// A patrol that was to cross a line opens aimed fire instead of coming back.
pub fn aim<R: Recorder>(
    step: &mut Step<'_, R>,
    site: SiteId,
    (by, at): (SeatId, SeatId),
    cause: Cause,
    minute: Minute,
) {
    let rung = Rung::nearest(step.rules.bound.model.aimed_rung);
    open_fire(step, site, (by, at), rung, &Manner::plain(cause), minute);
}

fn open_fire<R: Recorder>(
    step: &mut Step<'_, R>,
    site: SiteId,
    (by, at): (SeatId, SeatId),
    rung: Rung,
    manner: &Manner,
    minute: Minute,
) {
    let Some(action) = exchange::reply_act(step.rules, by, site, rung, false) else { return };
    acts::perform(step, by, action, manner);
    let rung = step.rules.bound.actions[action.index()].rung;
    exchange::open(step, &Opening { site, by, at, rung, rounds: losses::VOLLEY, minute });
}

/// The intruder has turned back and the forces stand down, unless their commander shoots after it.
fn stand_down<R: Recorder>(step: &mut Step<'_, R>, crossing: &Crossing) {
    match departs(step, crossing, ContactStep::StandDown) {
        Some((Departure::AimsInstead | Departure::NoOrder, cause)) => {
            let aimed = Rung::nearest(step.rules.bound.model.aimed_rung);
            shoot(step, crossing, crossing.defender, aimed, cause);
        }
        Some(_) | None => end(step, crossing),
    }
}

/// The crossing is over. The forces at the line have answered it, whatever they did.
fn end<R: Recorder>(step: &mut Step<'_, R>, crossing: &Crossing) {
    if let Some(met) = met(step, crossing) {
        step.change(Change::Closed(met, None));
    }
    step.change(Change::Crossing(None));
}

/// The crossing's own entry in the ledger, while nobody has answered it.
fn met<R: Recorder>(step: &Step<'_, R>, crossing: &Crossing) -> Option<u16> {
    crossing.stimulus.filter(|number| ledger::entry(step.state, *number).is_some())
}
