//! Losses: a chance of any death, then how many.

use crate::engine::dice::SiteId;
use crate::engine::event::{Change, Fact, Purpose, Recorder};
use crate::engine::step::Step;
use crate::scenario::section::Victims;
use crate::vocabulary::{Id, LossId, SeatId};

/// Rolls a loss of an act by one seat against another; returns the dead on the side acted against.
pub fn roll<R: Recorder>(
    step: &mut Step<'_, R>,
    loss: LossId,
    by: SeatId,
    against: Option<SeatId>,
    site: SiteId,
    index: u32,
) -> i32 {
    let table = &step.rules.bound.losses[loss.index()];
    if !step.chance(Purpose::AnyDeath, site.with("any death"), index, table.any) {
        return 0;
    }
    let dead = step.quantile(Purpose::HowMany, site.with("dead"), index, &table.dead);
    let (seat, soldiers, civilians) = match (table.victims, against) {
        (Victims::Own, _) | (_, None) => (by, dead, 0),
        (Victims::Target, Some(target)) => (target, dead, 0),
        (Victims::Civilians, Some(target)) => (target, 0, dead),
    };
    if soldiers > 0 {
        step.change(Change::Deaths(seat, soldiers));
    }
    if civilians > 0 {
        step.change(Change::Civilians(civilians));
    }
    step.fact(Fact::Deaths { seat, dead: soldiers, civilians });
    if Some(seat) == against { dead } else { 0 }
}
