//! Local deviation: at each contact step a local commander may do something else than ordered, and the own side learns of
//! it only when the report has come.

use super::exchange;
use crate::engine::event::{Cause, Change, Fact, Purpose, Recorder};
use crate::engine::observation::{ContactStep, Departure};
use crate::engine::state::Report;
use crate::engine::step::Step;
use crate::scenario::section::Model;
use crate::vocabulary::{CauseTag, Chance, SeatId, SiteId};

/// Whether the commander of a seat's forces departs from a step at a site, how, and the cause that this gives to what
/// follows. `index` tells several steps of one kind in one minute apart.
pub fn roll<R: Recorder>(
    step: &mut Step<'_, R>,
    seat: SeatId,
    site: SiteId,
    at: ContactStep,
    index: u32,
) -> Option<(Departure, Cause)> {
    let model = &step.rules.bound.model;
    let luck = exchange::place(step, site, seat).with("deviation").nth(at as u64);
    let chance = Chance::ppm(i64::from(model.local_deviation));
    if !step.chance(Purpose::Deviation, luck, index, chance) {
        return None;
    }
    let weights = Departure::ALL.map(|kind| if at.allows(kind) { weight(model, kind) } else { 0 });
    if weights.iter().all(|weight| *weight == 0) {
        return None;
    }
    let kind = Departure::ALL[step.pick(Purpose::DeviationKind, luck.with("kind"), index, &weights)];
    step.fact(Fact::Deviation { site, seat, at, kind });
    let due = step.state.minute + model.report_lag;
    step.change(Change::Report(Report { seat, site, at, kind, due }));
    Some((kind, Cause::Local(tag(kind))))
}

fn weight(model: &Model, kind: Departure) -> u32 {
    let weight = match kind {
        Departure::SkipsWarning => model.deviate_skip,
        Departure::AimsInstead => model.deviate_aim,
        Departure::ExceedsVolume => model.deviate_volume,
        Departure::HoldsFire => model.deviate_hold,
        Departure::NoOrder => model.deviate_unheard,
    };
    weight.max(0) as u32
}

/// An order that was overdone or not done is an effect that nobody above meant; one that never arrived is an accident.
fn tag(kind: Departure) -> CauseTag {
    match kind {
        Departure::SkipsWarning
        | Departure::AimsInstead
        | Departure::ExceedsVolume
        | Departure::HoldsFire => CauseTag::Inadvertent,
        Departure::NoOrder => CauseTag::Accidental,
    }
}

/// The volume of a commander who exceeds his order, in percent of what was ordered.
pub fn excess(model: &Model) -> u16 {
    u16::try_from(model.excess_volume.saturating_mul(100)).unwrap_or(u16::MAX)
}

/// Reports on own forces that have arrived.
pub fn reports<R: Recorder>(step: &mut Step<'_, R>) {
    let now = step.state.minute;
    let mut any = false;
    for &Report { seat, site, at, kind, due: _ } in step.state.reports.iter().filter(|r| r.due <= now) {
        any = true;
        step.fact(Fact::DeviationReported { site, seat, at, kind });
    }
    if any {
        step.change(Change::ReportsIn(now));
    }
}
