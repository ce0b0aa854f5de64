//! The policy that tends its own lines as the record's owners did, and does nothing else.

use super::luck::{Draws, SiteId, sites};
use super::moment::Moment;
use super::passive::answer_calls;
use super::{Policy, SeatDice, SeatMemory};
use crate::engine::{Asked, Briefing, FlashOrder, Observation, Orders, Stance};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{Chance, DAY, Id, SeatId};

/// Cuts and restores own lines at base rates. Alone with it, a scenario shows what the record's rates amount to.
#[derive(Clone, Debug)]
pub struct Keeper {
    politics: Vec<SiteId>,
}

impl Keeper {
    /// The policy for the seat whose briefing this is.
    pub fn new(briefing: &Briefing) -> Self {
        Keeper { politics: politics(briefing) }
    }
}

/// Where an owner draws whether it changes a line's politics, by channel. Lines between the same parties are cut by one
/// decision and restored by another: each at its own rate, under one draw.
pub(super) fn politics(briefing: &Briefing) -> Vec<SiteId> {
    let channels = &briefing.channels;
    let first = |members: &[SeatId]| channels.iter().find(|other| other.members == members);
    let shared = channels.iter().map(|channel| first(&channel.members).unwrap_or(channel));
    sites("politics", shared.map(|channel| channel.label.name.as_str()))
}

/// Cuts or restores own lines as often as the record's owners did, over the time since the last orders.
pub(super) fn tend(
    moment: &Moment<'_>,
    politics: &[SiteId],
    memory: &mut SeatMemory,
    left: &mut usize,
    orders: &mut Orders,
) {
    let now = moment.seen.minute;
    let elapsed = now.saturating_sub(memory.ordered.replace(now).unwrap_or(now)).max(0);
    for view in &moment.seen.channels {
        let (Some(state), Some(site)) = (view.own_politics, politics.get(view.channel.index())) else {
            continue;
        };
        let chance = Chance::ppm(i64::from(view.daily_change) * i64::from(elapsed) / i64::from(DAY));
        let politics = if state == Politics::Open { Politics::Cut } else { Politics::Open };
        if *left > 0 && moment.dice.chance(*site, u32::from(politics == Politics::Open), chance) {
            orders.stances.push(Stance::Line { channel: view.channel, politics });
            *left -= 1;
        }
    }
}

impl Policy for Keeper {
    fn decide(
        &self,
        seen: &Observation,
        briefing: &Briefing,
        memory: &mut SeatMemory,
        dice: &SeatDice,
        orders: &mut Orders,
    ) {
        let Some(moment) = Moment::new(seen, briefing, dice) else { return };
        match seen.asked {
            Asked::Nothing | Asked::Contacts => {}
            Asked::Answers => answer_calls(&moment, orders),
            Asked::Orders => {
                let mut left = usize::from(seen.attention);
                tend(&moment, &self.politics, memory, &mut left, orders);
            }
            Asked::Flash => orders.flash = Some(FlashOrder::Standing),
        }
    }
}
