//! Acts: whether an order can be carried out, and what it does.

use super::exchange::{self, Opening};
use super::{alliance, campaign, cases, deviation, engagement, ledger, losses, percepts};
use crate::engine::dice::SiteId;
use crate::engine::event::{Cause, Change, Counter, Fact, Recorder};
use crate::engine::observation::{ContactStep, Departure, Failure};
use crate::engine::state::{Deed, MAX_SEATS, NEVER, Ongoing, Opinion, Scheduled, Seen, Stimulus};
use crate::engine::step::{Step, Truth};
use crate::scenario::section::{Action, Covert, Model, Release};
use crate::vocabulary::{ActionId, CauseTag, DAY, Id, ONE_MILLION, Reading, Rung, SeatId};

/// How an act comes about: why, with what words, and with how much fire.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Why.
    pub cause: Cause,
    /// A statement bound to it.
    pub bound: Option<Reading>,
    /// Rounds fired, an opening salvo being [`losses::VOLLEY`].
    pub rounds: u16,
    /// Which act of its kind in this minute: several have luck of their own.
    pub index: u32,
    /// The stimulus that it answers, if it is a reply.
    pub answers: Option<u16>,
}

impl Manner {
    /// Without words and with an opening salvo.
    pub fn plain(cause: Cause) -> Manner {
        Manner { cause, bound: None, rounds: losses::VOLLEY, index: 0, answers: None }
    }
}

/// Carries out an order that is due, or says why not.
pub fn attempt<R: Recorder>(step: &mut Step<'_, R>, order: &Scheduled) {
    let (rules, state) = (step.rules, step.state);
    let (seat, action) = (order.seat, order.action);
    let act = &rules.bound.actions[action.index()];
    step.change(Change::Unschedule(order.number));
    if let Some(why) = obstacle(step, order) {
        step.fact(Fact::Failed { by: seat, action, why });
        return;
    }
    if let Some(restraint) = state.restraints[seat.index()]
        && order.defy
        && act.rung >= restraint.from
        && state.minute < restraint.until
    {
        step.count(Counter::Defiances);
        step.fact(Fact::Defied { by: seat, ally: restraint.by, action });
        step.change(Change::Restraint(seat, None));
    }
    if let Some((capital, price)) = campaign::price(&rules.bound, seat, action)
        && order.cause == Cause::Ordered
    {
        step.change(Change::Level(capital, -price));
    }
    let target = rules.target(seat);
    let mut fire_at_once = None;
    if let Some(site) = act.crosses {
        match deviation::roll(step, seat, site, ContactStep::Patrol, 0) {
            Some((Departure::AimsInstead, cause)) => fire_at_once = Some((site, cause)),
            Some(_) => return step.fact(Fact::NotGone { by: seat, action }),
            None => {}
        }
    }
    let rounds = ordered_rounds(step, order, act);
    let manner = Manner { bound: order.bound, rounds, answers: order.answers, ..Manner::plain(order.cause) };
    let stimulus = perform(step, seat, action, &manner);
    let Some(target) = target.filter(|_| state.exchange.is_none()) else { return };
    if let Some((site, cause)) = fire_at_once {
        engagement::aim(step, site, (seat, target), cause, order.due);
    } else if let Some(site) = act.crosses {
        engagement::open(step, site, (seat, target), stimulus, order.due);
    } else if let Some(site) = act.fires_at {
        let fire = Opening { site, by: seat, at: target, rung: act.rung, rounds, minute: order.due };
        exchange::open(step, &fire);
    }
}

/// How much fire an ordered act opens: as the standing order says where it answers fire, an opening salvo otherwise.
fn ordered_rounds<R: Recorder>(step: &Step<'_, R>, order: &Scheduled, act: &Action) -> u16 {
    let seat = order.seat;
    let answered = order.answers.and_then(|number| ledger::entry(step.state, number));
    let lowest = step.rules.bound.model.lowest_fire();
    match (act.fires_at, answered) {
        (Some(site), Some(stimulus)) if act.rung.min(stimulus.rung) >= lowest => {
            exchange::answering_rounds(step, exchange::standing(step, seat, site).volume, stimulus.rounds)
        }
        _ => losses::VOLLEY,
    }
}

/// What keeps an order from being carried out, in truth.
fn obstacle<R: Recorder>(step: &mut Step<'_, R>, order: &Scheduled) -> Option<Failure> {
    let (rules, state) = (step.rules, step.state);
    let act = &rules.bound.actions[order.action.index()];
    if let Some(guard) = &rules.programs.fails_if[order.action.index()]
        && guard.holds(&Truth { rules, state }, &mut step.out.registers)
    {
        return Some(Failure::Unknown);
    }
    let on = |o: &Ongoing| o.seat == order.seat && o.action == order.action;
    if state.has_done(rules, order.seat, order.action)
        || (act.continues.is_some() && state.ongoing.iter().any(on))
    {
        return Some(Failure::Overtaken);
    }
    if order.cause == Cause::Scenario {
        return None;
    }
    if !campaign::affords(&rules.bound, state, order.seat, order.action) {
        return Some(Failure::Overtaken);
    }
    // What needs the ally's own leave cannot be done in its defiance.
    if let Some(restraint) = state.restraints[order.seat.index()]
        && (!order.defy || alliance::needs_leave_of(step, order.action, restraint.by))
        && act.rung >= restraint.from
        && state.minute < restraint.until
    {
        return Some(Failure::NotReleased(restraint.by));
    }
    act.release.iter().find_map(|release| match release {
        // Below this rung a seat needs no ally's leave, which is what a transfer of command changes.
        Release::Ally(_) if i32::from(act.rung.0) < rules.bound.model.release_from => None,
        Release::Ally(ally) | Release::Host(ally) => {
            let consent = state.consents[ally.id().index() * rules.seats() + order.seat.index()];
            (consent < act.rung).then_some(Failure::NotReleased(ally.id()))
        }
        Release::Body(body) => {
            (!state.released.contains(&(order.seat, order.action))).then_some(Failure::BodyRefused(body.id()))
        }
    })
}

/// Does an act, in answer to a stimulus or of its own accord: its effects, losses, stimulus and signals. The number of the
/// stimulus that it is to its target, if it is one.
pub fn perform<R: Recorder>(
    step: &mut Step<'_, R>,
    seat: SeatId,
    action: ActionId,
    manner: &Manner,
) -> Option<u16> {
    let (rules, state) = (step.rules, step.state);
    let Manner { cause, bound, rounds, index, answers } = *manner;
    let act = &rules.bound.actions[action.index()];
    let site = rules.luck.actions[action.index()].within(rules.luck.seats[seat.index()]);
    let target = rules.target(seat);
    let provoked = matches!(cause, Cause::Standing | Cause::Local(_)) || answers.is_some();
    step.fact(Fact::Act { by: seat, action, cause });
    step.change(Change::ActAt(act.rung));
    if let Some(lasts) = act.continues {
        let until = if lasts == 0 { NEVER } else { state.minute + lasts };
        step.change(Change::Begin(Ongoing { seat, action, since: state.minute, until }));
    }
    if act.once_only {
        step.change(Change::Done(seat, action));
    }
    alliance::show(step, seat, action);
    for proposal in state.proposals.iter().filter(|p| p.from == seat && p.threat == Some(action)) {
        step.change(Change::Executed(proposal.number));
    }
    if act.domain.is_military() && act.rung >= rules.bound.model.kinetic() {
        step.count(Counter::Kinetic);
        if answers_arms(step, manner) {
            step.count(Counter::KineticCaused);
        }
    }
    if act.rung >= rules.bound.model.kinetic() && !provoked {
        excite(step);
    }
    if let Some(program) = &rules.programs.effects[action.index()] {
        step.run(program, seat);
    }
    let deaths = act.losses.map_or(0, |loss| losses::roll(step, loss, seat, target, site, index, rounds));
    let meant = weighed(&rules.bound.model, act.reading, act.fires_at.map_or(losses::VOLLEY, |_| rounds));
    let seen = show(step, seat, action, &Shown { meant, explained: bound.is_some(), site, index });
    if act.covert.is_none() && act.rung >= Rung::WORDS {
        percepts::note_act(step, seat, &seen);
    }
    if let Some(target) = target {
        percepts::note_fire(step, seat, target, act.rung, &seen);
    }
    let stimulus = target.filter(|_| act.rung >= Rung::DEEDS).map(|against| {
        let number = step.number();
        let case = act.covert.map(|covert| {
            let hidden = cases::Hidden {
                author: seat,
                against,
                rung: act.rung,
                cause: CauseTag::Deliberate,
                opinion: covert_opinion(covert),
                lag: covert.lag,
                deed: Deed { path: act.path, cost: act.cost, seen },
            };
            cases::open(step, &hidden, site, index)
        });
        stimulate(
            step,
            Stimulus {
                number,
                by: seat,
                against,
                rung: act.rung,
                domain: act.domain,
                deaths,
                minute: state.minute,
                case,
                rounds,
                open: ledger::opened(act.domain),
            },
        );
        number
    });
    if let Some(answered) = answers {
        step.change(Change::Closed(answered, Some(action)));
    }
    stimulus
}

/// What observers think at once of an act that hides its author: whoever hides meant it.
fn covert_opinion(covert: Covert) -> Opinion {
    Opinion::at_once(covert.suspicion, ONE_MILLION)
}

/// How an act shows to those who see it.
struct Shown {
    /// What it means.
    meant: Reading,
    /// Whether a message bound to it has arrived.
    explained: bool,
    /// Where its luck lies.
    site: SiteId,
    /// Which of its kind this tick.
    index: u32,
}

/// Lets every seat that sees an act perceive it: of one that hides its author, as the doing of the one that it suspects,
/// and no surer than that. Returns how each took it.
fn show<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, action: ActionId, shown: &Shown) -> Seen {
    let rules = step.rules;
    let act = &rules.bound.actions[action.index()];
    let Shown { meant, explained, site, index } = *shown;
    let mut seen = [None; MAX_SEATS];
    for (o, taken) in seen.iter_mut().enumerate().take(rules.seats()) {
        let observer = SeatId::new(o);
        if observer == seat || !act.seen_by[o] || !rules.bound.seats[o].plays {
            continue;
        }
        let hidden = act.covert.zip(rules.target(seat));
        let signal = percepts::Signal {
            by: hidden.map_or(seat, |(_, victim)| rules.suspect(observer, victim)),
            meant,
            cost: act.cost,
            path: act.path,
            explained,
            action: Some(action),
            credit: hidden.map_or(ONE_MILLION, |(covert, _)| covert_opinion(covert).meant()),
            site,
            index,
        };
        let (perceived, context) = percepts::witness(step, observer, &signal);
        *taken = Some((perceived, context));
        step.fact(Fact::Percept {
            observer,
            by: seat,
            action,
            known_author: act.covert.is_none(),
            meant,
            perceived,
        });
    }
    seen
}

/// What fire says, by how much of it there was: a storm reads a step harder, a token a step softer.
fn weighed(model: &Model, reading: Reading, rounds: u16) -> Reading {
    let rounds = i32::from(rounds);
    let volley = i32::from(losses::VOLLEY);
    if rounds >= model.harder_volume * volley {
        Reading::at(reading.index() + 1)
    } else if i64::from(rounds) * 1_000_000 <= i64::from(model.softer_volume) * i64::from(volley) {
        Reading::at(reading.index().saturating_sub(1))
    } else {
        reading
    }
}

/// Enters a stimulus, and wakes the seats if it is grave.
pub fn stimulate<R: Recorder>(step: &mut Step<'_, R>, stimulus: Stimulus) {
    let model = &step.rules.bound.model;
    step.change(Change::Stimulus(stimulus));
    if i32::from(stimulus.rung.0) >= model.wake_rung {
        step.change(Change::Wake);
    }
    if i32::from(stimulus.rung.0) > model.fade_rung {
        step.change(Change::Unquiet);
    }
}

/// Raises the rate of further incidents; replies never do.
pub fn excite<R: Recorder>(step: &mut Step<'_, R>) {
    let model = &step.rules.bound.model;
    let days = (model.excite_days / DAY).max(1);
    step.change(Change::Excitation(step.state.excitation + model.excite_n / days));
}

/// Whether an act of arms was caused by another: by fire or a crossing that its forces met, or by one that it answers.
/// Measures and words cause no act of arms in the record's sense.
fn answers_arms<R: Recorder>(step: &Step<'_, R>, manner: &Manner) -> bool {
    let answered = manner.answers.and_then(|number| ledger::entry(step.state, number));
    matches!(manner.cause, Cause::Standing | Cause::Local(_))
        || answered.is_some_and(|s| s.rung >= step.rules.bound.model.kinetic() && s.domain.is_military())
}
