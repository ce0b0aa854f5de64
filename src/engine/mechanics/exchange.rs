//! Exchanges of fire: fire and replies within a tick, by standing orders, with flash decisions in between.

use super::acts;
use crate::engine::event::{Cause, Change, Counter, Fact, Purpose, Recorder};
use crate::engine::order::FlashOrder;
use crate::engine::state::{Exchange, Report, Scheduled, Standing};
use crate::engine::step::Step;
use crate::scenario::section::{LatencyClass, ReplyRule};
use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{ActionId, CauseTag, Cell, Chance, Id, Rung, SeatId, SiteId, TOP_RUNG};

/// What an exchange does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It asks the seat under fire and its ally.
    Flash,
    /// It went on or ended.
    Went,
}

/// Opens an exchange: fire has been opened and may be answered.
pub fn open<R: Recorder>(step: &mut Step<'_, R>, site: SiteId, by: SeatId, at: SeatId, rung: Rung) {
    let class = step.rules.bound.sites[site.index()].1;
    let latency = latency(step, site, at, class, 0);
    step.change(Change::Exchange(Some(Exchange {
        site,
        opened_by: by,
        fired: by,
        under_fire: at,
        rung,
        round: 0,
        minute: step.state.minute,
        latency,
        ambiguous: class != LatencyClass::Direct,
        flash: false,
    })));
}

fn latency<R: Recorder>(
    step: &mut Step<'_, R>,
    site: SiteId,
    seat: SeatId,
    class: LatencyClass,
    round: u8,
) -> i32 {
    let luck = place(step, site, seat).with("latency");
    let rules = step.rules;
    step.quantile(Purpose::Latency, luck, u32::from(round), &rules.bound.latencies[class as usize])
}

fn place<R: Recorder>(step: &Step<'_, R>, site: SiteId, seat: SeatId) -> crate::engine::dice::SiteId {
    step.rules.luck.places[site.index()].within(step.rules.luck.seats[seat.index()])
}

/// The rung that a rule of engagement answers with.
pub fn answer_of(rule: ReplyRule, fire: Rung) -> Rung {
    match rule {
        ReplyRule::Hold => Rung(0),
        ReplyRule::Warn => Rung(1),
        ReplyRule::Symbolic => Rung(5),
        ReplyRule::InKind => fire,
        ReplyRule::InKindPlusOne => Rung(fire.0 + 1),
    }
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
    let highest = Rung(model.explicit_above.clamp(0, 13) as u8);
    let standing_answer =
        answer_of(order.reply, exchange.rung).min(highest).min(warned_up_to(step, &exchange));
    let beyond = standing_answer > order.delegated || exchange.latency >= model.flash_after;
    if choice.is_none() && beyond && i32::from(step.state.flashes) < model.max_flash {
        step.count(Counter::Flashes);
        step.change(Change::Exchange(Some(Exchange { flash: true, ..exchange })));
        return Next::Flash;
    }
    let (own, ally) = choice.unwrap_or((FlashOrder::Standing, FlashOrder::Standing));
    let luck = place(step, exchange.site, seat);
    let round = u32::from(exchange.round);
    let (rung, cause) = match own {
        FlashOrder::Hold | FlashOrder::Call { .. } => (Rung(0), Cause::Ordered),
        FlashOrder::Reply(rule) => (answer_of(rule, exchange.rung).min(highest), Cause::Ordered),
        FlashOrder::Standing | FlashOrder::Restrain | FlashOrder::Release if ally == FlashOrder::Restrain => {
            (Rung(0), Cause::Ordered)
        }
        FlashOrder::Standing | FlashOrder::Restrain | FlashOrder::Release => {
            let answers = crossing_share(step, seat, exchange.rung);
            if step.chance(Purpose::Reply, luck.with("reply"), round, answers) {
                (standing_answer.min(order.delegated), Cause::Standing)
            } else {
                (Rung(0), Cause::Standing)
            }
        }
    };
    let (rung, cause) = deviate(step, &exchange, rung, cause, highest);
    let Some(action) = reply_act(step, seat, exchange.site, rung) else { return cease(step, &exchange) };
    if exchange.minute + exchange.latency >= step.state.minute + model.tick_minutes {
        return postpone(step, &exchange, action);
    }
    fire(step, &exchange, action, cause);
    Next::Went
}

/// The highest rung that an accord's engagement procedure lets a local commander answer with: warning shots while its
/// warning steps last, one a round, anything after. A local deviation can still skip a step.
fn warned_up_to<R: Recorder>(step: &Step<'_, R>, exchange: &Exchange) -> Rung {
    let bound = &step.rules.bound;
    let domain = bound.sites[exchange.site.index()].0;
    let steps =
        bound.accords.iter().zip(&step.state.accords).filter(|(_, status)| **status == AccordStatus::InForce);
    let prescribed =
        steps.flat_map(|(accord, _)| &accord.procedure).filter(|p| p.domain == domain).map(|p| p.steps);
    if prescribed.max().is_some_and(|steps| exchange.round < steps) { WARNING } else { Rung(TOP_RUNG) }
}

/// The rung of warning shots.
const WARNING: Rung = Rung(5);

/// How often the record shows this side firing back at all at this rung.
fn crossing_share<R: Recorder>(step: &Step<'_, R>, seat: SeatId, rung: Rung) -> Chance {
    let bound = &step.rules.bound;
    let shares = &bound.kernels[usize::from(bound.seats[seat.index()].side)][rung.index()];
    let fire = [Cell::Symbolic, Cell::InKind, Cell::OneUp, Cell::TwoUp];
    Chance::ppm(fire.iter().map(|cell| i64::from(shares[cell.index()])).sum())
}

/// A local commander may do something else than ordered; the own side learns of it later.
fn deviate<R: Recorder>(
    step: &mut Step<'_, R>,
    exchange: &Exchange,
    ordered: Rung,
    cause: Cause,
    highest: Rung,
) -> (Rung, Cause) {
    let seat = exchange.under_fire;
    let luck = place(step, exchange.site, seat);
    let round = u32::from(exchange.round);
    let chance = Chance::ppm(i64::from(step.rules.bound.model.local_deviation));
    if !step.chance(Purpose::Deviation, luck.with("deviation"), round, chance) {
        return (ordered, cause);
    }
    // Hold although ordered to fire, fire although ordered to hold, or one rung more than ordered.
    let did = match step.pick(Purpose::DeviationKind, luck.with("deviation kind"), round, &[2, 1]) {
        0 if ordered >= Rung(5) => Rung(0),
        0 => exchange.rung.min(highest),
        _ => Rung(ordered.0.max(4) + 1).min(highest),
    };
    step.fact(Fact::Deviation { site: exchange.site, seat, ordered, did });
    let due = step.state.minute + step.rules.bound.model.report_lag;
    step.change(Change::Report(Report { seat, site: exchange.site, due }));
    (did, Cause::Local(CauseTag::Inadvertent))
}

/// The act by which a seat fires at a site at this rung, or at the next lower one that it has.
fn reply_act<R: Recorder>(step: &Step<'_, R>, seat: SeatId, site: SiteId, rung: Rung) -> Option<ActionId> {
    let acts = &step.rules.replies[seat.index()][site.index()];
    (5..=rung.index().min(13)).rev().find_map(|r| acts[r])
}

fn fire<R: Recorder>(step: &mut Step<'_, R>, exchange: &Exchange, action: ActionId, cause: Cause) {
    let seat = exchange.under_fire;
    let rung = step.rules.bound.actions[action.index()].rung;
    step.count(Counter::Rounds);
    step.fact(Fact::Fire {
        site: exchange.site,
        by: seat,
        at: exchange.fired,
        rung,
        after: exchange.latency,
        cause,
    });
    acts::perform(step, seat, action, cause, None);
    let round = exchange.round + 1;
    let next = latency(step, exchange.site, exchange.fired, LatencyClass::Direct, round);
    step.change(Change::Exchange(Some(Exchange {
        fired: seat,
        under_fire: exchange.fired,
        rung,
        round,
        minute: exchange.minute + exchange.latency,
        latency: next,
        ambiguous: false,
        flash: false,
        ..*exchange
    })));
}

/// A reply whose time lies after the tick is pending, and may be countermanded.
fn postpone<R: Recorder>(step: &mut Step<'_, R>, exchange: &Exchange, action: ActionId) -> Next {
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
        scripted: false,
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

/// Reports on own forces that have arrived.
pub fn reports<R: Recorder>(step: &mut Step<'_, R>) {
    let now = step.state.minute;
    let mut any = false;
    for report in step.state.reports.iter().filter(|r| r.due <= now) {
        any = true;
        step.fact(Fact::DeviationReported { site: report.site, seat: report.seat });
    }
    if any {
        step.change(Change::ReportsIn(now));
    }
}
