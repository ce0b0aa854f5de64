//! Losses: a chance of any death, then how many, for each hundred rounds fired.

use crate::engine::dice::SiteId;
use crate::engine::event::{Change, Fact, Purpose, Recorder};
use crate::engine::step::Step;
use crate::scenario::section::Victims;
use crate::vocabulary::{Chance, Id, LossId, SeatId};

/// Rounds that the tables of losses speak of: those of an opening salvo.
pub const VOLLEY: u16 = 100;

/// Rolls a loss of an act by one seat against another; returns the dead on the side acted against. `rounds` is how much
/// was fired: each hundred is a volley with a chance of its own, a part of a hundred has that part of the chance, and
/// all together kill no more than the most that one can.
pub fn roll<R: Recorder>(
    step: &mut Step<'_, R>,
    loss: LossId,
    by: SeatId,
    against: Option<SeatId>,
    site: SiteId,
    index: u32,
    rounds: u16,
) -> i32 {
    let table = &step.rules.bound.losses[loss.index()];
    let most = table.dead.last().copied().unwrap_or(0);
    let mut dead = 0;
    for volley in 0..rounds.div_ceil(VOLLEY) {
        let part = (rounds - volley * VOLLEY).min(VOLLEY);
        let any = Chance::from_parts(table.any.parts() * u64::from(part) / u64::from(VOLLEY));
        // The first volley lies where a whole loss always lay.
        let site = if volley == 0 { site } else { site.nth(u64::from(volley)) };
        if step.chance(Purpose::AnyDeath, site.with("any death"), index, any) {
            dead += step.quantile(Purpose::HowMany, site.with("dead"), index, &table.dead);
        }
    }
    let dead = dead.min(most);
    if dead == 0 {
        return 0;
    }
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
