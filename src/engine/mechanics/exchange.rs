//! Exchanges of fire: fire and replies within a tick, by standing orders, with flash decisions in between.

use super::{acts, contact, deviation, ledger, losses};
use crate::engine::event::{Cause, Change, Counter, Fact, Purpose, Recorder};
use crate::engine::observation::{ContactStep, Departure};
use crate::engine::order::FlashOrder;
use crate::engine::rules::Rules;
use crate::engine::state::{Exchange, NEVER, Restraint, Scheduled, Standing, Stimulus};
use crate::engine::step::Step;
use crate::scenario::section::{LatencyClass, Model, ReplyRule};
use crate::vocabulary::{
    ActionId, CELLS, Cell, Cells, Chance, Id, Minute, Ppm, Rung, SeatId, SiteId, TOP_RUNG,
};
use std::cmp::Ordering;

/// What an exchange does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It asks the seat under fire and its ally.
    Flash,
    /// It went on or ended.
    Went,
}

/// Fire that is opened and may be answered.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// Where.
    pub site: SiteId,
    /// Who fires.
    pub by: SeatId,
    /// At whom.
    pub at: SeatId,
    /// At what rung.
    pub rung: Rung,
    /// How many rounds, an opening salvo being [`losses::VOLLEY`].
    pub rounds: u16,
    /// When.
    pub minute: Minute,
}

/// Opens an exchange.
pub fn open<R: Recorder>(step: &mut Step<'_, R>, fire: &Opening) {
    let class = stimulus_class(step, fire.site, fire.rung);
    let latency = latency(step, fire.site, fire.at, class, 0);
    step.change(Change::Exchange(Some(Exchange {
        site: fire.site,
        opened_by: fire.by,
        fired: fire.by,
        under_fire: fire.at,
        rung: fire.rung,
        rounds: fire.rounds,
        round: 0,
        minute: fire.minute.max(step.state.minute),
        latency,
        flash: false,
    })));
}

/// How clear the first fire is: from the rung of a local exchange on it is plainly aimed, below it depends on the site.
fn stimulus_class<R: Recorder>(step: &Step<'_, R>, site: SiteId, rung: Rung) -> LatencyClass {
    let bound = &step.rules.bound;
    let aimed = i32::from(rung.0) >= bound.model.aimed_rung;
    if aimed { LatencyClass::Direct } else { bound.sites[site.index()].latency }
}

fn latency<R: Recorder>(
    step: &mut Step<'_, R>,
    site: SiteId,
    seat: SeatId,
    class: LatencyClass,
    round: u8,
) -> Minute {
    let luck = place(step, site, seat).with("latency");
    let rules = step.rules;
    step.quantile(Purpose::Latency, luck, u32::from(round), &rules.bound.latencies[class as usize])
}

/// Where the luck of a seat's forces at a site lies.
pub fn place<R: Recorder>(step: &Step<'_, R>, site: SiteId, seat: SeatId) -> crate::engine::dice::SiteId {
    step.rules.luck.places[site.index()].within(step.rules.luck.seats[seat.index()])
}

/// The rung that a rule of engagement answers with.
pub fn answer_of(rule: ReplyRule, fire: Rung, model: &Model) -> Rung {
    match rule {
        ReplyRule::Hold => Rung(0),
        ReplyRule::Warn => Rung(1),
        ReplyRule::Symbolic => model.lowest_fire(),
        ReplyRule::InKind => fire,
        ReplyRule::InKindPlusOne => Rung(fire.0 + 1).min(Rung(TOP_RUNG)),
    }
}

/// The highest rung that standing orders reach.
pub fn highest_standing(model: &Model) -> Rung {
    Rung::nearest(model.explicit_above)
}

/// The rounds that answer a number of rounds at a standing order's volume.
pub fn answering_rounds<R: Recorder>(step: &Step<'_, R>, volume: u16, received: u16) -> u16 {
    rounds_at(&step.rules.bound.model, volume, received)
}

/// As [`answering_rounds`], from the parameters alone.
pub fn rounds_at(model: &Model, volume: u16, received: u16) -> u16 {
    let most = u32::try_from(model.most_volume).unwrap_or(0) * u32::from(losses::VOLLEY);
    let rounds = u32::from(received) * u32::from(volume) / u32::from(losses::VOLLEY);
    rounds.clamp(1, most.max(1)).min(u32::from(u16::MAX)) as u16
}

/// The standing order of a seat at a site.
pub fn standing<R: Recorder>(step: &Step<'_, R>, seat: SeatId, site: SiteId) -> Standing {
    step.state.standing[seat.index() * step.rules.bound.sites.len() + site.index()]
}

/// One alternation: the seat under fire answers, asks, or lets it be. `choice` is what a flash decision brought.
pub fn advance<R: Recorder>(
    step: &mut Step<'_, R>,
    exchange: Exchange,
    choice: Option<(FlashOrder, FlashOrder)>,
) -> Next {
    let rules = step.rules;
    let model = &rules.bound.model;
    let seat = exchange.under_fire;
    if i32::from(exchange.round) >= model.exchange_rounds {
        return cease(step, &exchange);
    }
    let order = standing(step, seat, exchange.site);
    let answer = answer_of(order.reply, exchange.rung, model).min(highest_standing(model));
    let beyond = answer > order.delegated || exchange.latency >= model.flash_after;
    let stimulus = ledger::latest(step.state, exchange.fired, seat).copied();
    let asked = step.state.asked_at[seat.index()];
    let lately =
        asked != NEVER && step.state.minute - asked < model.flash_again && asked != step.state.minute;
    let may_ask = i32::from(step.state.flashes) < model.max_flash
        && step.state.counters[Counter::Flashes as usize] < model.most_flashes;
    if choice.is_none() && beyond && !lately && may_ask {
        step.count(Counter::Flashes);
        step.change(Change::Exchange(Some(Exchange { flash: true, ..exchange })));
        return Next::Flash;
    }
    let (own, ally) = choice.unwrap_or((FlashOrder::Standing, FlashOrder::Standing));
    let friend = rules.bound.seats[seat.index()].allies.first().copied();
    calls(step, &exchange, &[(Some(seat), own), (friend, ally)]);
    let bar = bar(step, &exchange, friend, ally, answer);
    let (ordered, cause) = match own {
        FlashOrder::Hold | FlashOrder::Call { .. } => {
            ledger::hold(step, stimulus, Cells::ARMS);
            (Rung(0), Cause::Ordered)
        }
        FlashOrder::Reply(rule) => (answer_of(rule, exchange.rung, model), Cause::Ordered),
        FlashOrder::Standing | FlashOrder::Restrain | FlashOrder::Release => {
            // Who was asked and leaves it at the standing order has allowed what it says.
            let limit = if choice.is_some() { answer } else { order.delegated };
            let rung = answer.min(bar.map_or(limit, |(_, most)| most.min(limit)));
            (follow(step, &exchange, stimulus, rung), Cause::Standing)
        }
    };
    let Some(reply) = departed(step, &exchange, ordered, cause, &order) else {
        return cease(step, &exchange);
    };
    let released = ally == FlashOrder::Release && cause == Cause::Ordered;
    let Some(action) = reply_act(step.rules, seat, exchange.site, reply.rung, released) else {
        return cease(step, &exchange);
    };
    if let Some((by, most)) = bar
        && cause == Cause::Ordered
        && rules.bound.actions[action.index()].rung > most
    {
        step.count(Counter::Defiances);
        step.fact(Fact::Defied { by: seat, ally: by, action });
        step.change(Change::Restraint(seat, None));
    }
    if exchange.minute + exchange.latency >= step.state.minute + model.tick_minutes {
        return postpone(step, &exchange, action, cause, stimulus);
    }
    fire(step, &exchange, action, &reply, stimulus.map(|s| s.number));
    Next::Went
}

/// Who holds the seat under fire back, and to what rung: an ally's request that stands, or one of this moment. A
/// release of this moment lifts both.
fn bar<R: Recorder>(
    step: &Step<'_, R>,
    exchange: &Exchange,
    ally: Option<SeatId>,
    order: FlashOrder,
    answer: Rung,
) -> Option<(SeatId, Rung)> {
    let warning = step.rules.bound.model.lowest_fire();
    let now = step.state.minute;
    let below = |from: Rung| Rung(from.0.saturating_sub(1));
    let held = |r: &Restraint| r.until > now && (ally != Some(r.by) || order != FlashOrder::Release);
    let stands = step.state.restraints[exchange.under_fire.index()].filter(held);
    let asked = ally.filter(|_| order == FlashOrder::Restrain);
    let asked = asked.map(|by| (by, if answer > warning { warning } else { Rung(0) }));
    stands.map(|r| (r.by, below(r.from))).into_iter().chain(asked).min_by_key(|(_, most)| *most)
}

/// Delivers the calls of a flash, as far as a line is quicker than the reply.
fn calls<R: Recorder>(
    step: &mut Step<'_, R>,
    exchange: &Exchange,
    orders: &[(Option<SeatId>, FlashOrder); 2],
) {
    let time = exchange.latency.max(step.rules.bound.model.flash_after);
    for &(caller, order) in orders {
        let (Some(from), FlashOrder::Call { channel, message }) = (caller, order) else { continue };
        let line = &step.rules.bound.channels[channel.index()];
        let other = orders.iter().filter_map(|(seat, _)| *seat).find(|seat| *seat != from);
        let to = [Some(exchange.fired), other].into_iter().flatten().find(|to| line.connects(*to));
        if let Some(to) = to.filter(|_| line.connects(from)) {
            contact::flash(step, from, channel, to, message, time);
        }
    }
}

/// The rung at which a standing order is followed. Whether it is, comes as often as the record shows this side firing
/// back within what the order covers, given what is decided already. If not, that fire is decided against; an order that
/// covers no fire decides nothing, and leaves the answer to leaders.
fn follow<R: Recorder>(
    step: &mut Step<'_, R>,
    exchange: &Exchange,
    stimulus: Option<Stimulus>,
    rung: Rung,
) -> Rung {
    let covered = covered(step.rules, exchange, rung);
    let Some((answered, covered)) = stimulus.zip(covered) else { return Rung(0) };
    let share = share_of(covered, &ledger::kernel(&step.rules.bound, &answered));
    let (seat, answers) = (exchange.under_fire, Chance::ppm(share.into()));
    let luck = place(step, exchange.site, seat).with("reply");
    if step.chance(Purpose::Reply, luck, u32::from(exchange.round), answers) {
        return rung;
    }
    ledger::hold(step, stimulus, covered);
    Rung(0)
}

/// The cells of reply that a standing order at a rung covers; nothing if the seat has no such fire.
pub fn covered(rules: &Rules, exchange: &Exchange, rung: Rung) -> Option<Cells> {
    reply_act(rules, exchange.under_fire, exchange.site, rung, false)?;
    Some(ledger::fire_up_to(rung, exchange.rung, rules.bound.model.lowest_fire()))
}

/// How often some cells come by these shares, in parts per million.
pub fn share_of(cells: Cells, shares: &[Ppm; CELLS]) -> Ppm {
    Cell::ALL.iter().filter(|cell| cells.contains(**cell)).map(|cell| shares[cell.index()]).sum()
}

/// What the local commander does with the order.
struct Reply {
    rung: Rung,
    rounds: u16,
    /// What the own side is told of.
    reported: u16,
    cause: Cause,
}

/// A reply as ordered, or as the local commander departs from it; nothing if there is none to give.
fn departed<R: Recorder>(
    step: &mut Step<'_, R>,
    exchange: &Exchange,
    ordered: Rung,
    cause: Cause,
    order: &Standing,
) -> Option<Reply> {
    let model = &step.rules.bound.model;
    let (warning, highest) = (model.lowest_fire(), highest_standing(model));
    let rounds = answering_rounds(step, order.volume, exchange.rounds);
    let fires = ordered >= warning;
    let at = match ordered.cmp(&warning) {
        Ordering::Less => ContactStep::StandDown,
        Ordering::Equal => ContactStep::Warning,
        Ordering::Greater => ContactStep::Fire,
    };
    let (seat, round) = (exchange.under_fire, u32::from(exchange.round));
    let Some((kind, cause)) = deviation::roll(step, seat, exchange.site, at, round) else {
        return fires.then_some(Reply { rung: ordered, rounds, reported: rounds, cause });
    };
    let reply = |rung, fired| Some(Reply { rung, rounds: fired, reported: rounds, cause });
    match kind {
        Departure::HoldsFire => None,
        // An order to fire that does not arrive leaves silence; an order to hold that does not, the standing order.
        Departure::NoOrder | Departure::SkipsWarning if fires => None,
        Departure::NoOrder | Departure::SkipsWarning => {
            let answer = answer_of(order.reply, exchange.rung, model).min(order.delegated).min(highest);
            reply(answer, rounds).filter(|r| r.rung >= warning)
        }
        Departure::AimsInstead if fires => reply(Rung::nearest(model.aimed_rung), rounds),
        Departure::AimsInstead => reply(exchange.rung.max(warning).min(highest), rounds),
        Departure::ExceedsVolume => reply(ordered, answering_rounds(step, deviation::excess(model), rounds)),
    }
}

/// The act by which a seat fires at a site at this rung, or at the next lower one that it has; with an ally's release
/// also acts that need it.
pub fn reply_act(rules: &Rules, seat: SeatId, site: SiteId, rung: Rung, released: bool) -> Option<ActionId> {
    let acts = &rules.replies[seat.index()][site.index()];
    let lowest = rules.bound.model.lowest_fire();
    (lowest.index()..=rung.index().min(usize::from(TOP_RUNG)))
        .rev()
        .find_map(|r| acts[r].alone.or(acts[r].released.filter(|_| released)))
}

fn fire<R: Recorder>(
    step: &mut Step<'_, R>,
    exchange: &Exchange,
    action: ActionId,
    reply: &Reply,
    answers: Option<u16>,
) {
    let seat = exchange.under_fire;
    let rung = step.rules.bound.actions[action.index()].rung;
    let &Reply { rounds, reported, cause, .. } = reply;
    step.count(Counter::Rounds);
    step.fact(Fact::Fire {
        site: exchange.site,
        by: seat,
        at: exchange.fired,
        rung,
        rounds,
        reported,
        after: exchange.latency,
        cause,
    });
    acts::perform(
        step,
        seat,
        action,
        &acts::Manner { rounds, index: u32::from(exchange.round) + 1, answers, ..acts::Manner::plain(cause) },
    );
    let round = exchange.round + 1;
    let next = latency(step, exchange.site, exchange.fired, LatencyClass::Direct, round);
    step.change(Change::Exchange(Some(Exchange {
        fired: seat,
        under_fire: exchange.fired,
        rung,
        rounds,
        round,
        minute: exchange.minute + exchange.latency,
        latency: next,
        flash: false,
        ..*exchange
    })));
}

/// A reply whose time lies after the tick is pending, and may be countermanded.
fn postpone<R: Recorder>(
    step: &mut Step<'_, R>,
    exchange: &Exchange,
    action: ActionId,
    cause: Cause,
    stimulus: Option<Stimulus>,
) -> Next {
    ledger::hold(step, stimulus, Cells::ALL);
    let due = exchange.minute + exchange.latency;
    let seat = exchange.under_fire;
    step.change(Change::Schedule(Scheduled {
        number: step.number(),
        seat,
        action,
        due,
        defy: false,
        voidable: false,
        bound: None,
        cause,
        answers: stimulus.map(|s| s.number),
    }));
    step.fact(Fact::Delayed { by: seat, action, until: due });
    step.change(Change::Exchange(None));
    Next::Went
}

fn cease<R: Recorder>(step: &mut Step<'_, R>, exchange: &Exchange) -> Next {
    step.fact(Fact::CeaseFire { site: exchange.site, held: exchange.under_fire });
    step.change(Change::Exchange(None));
    Next::Went
}
