//! Scripted games for the endings that the record makes improbable: every seat climbs as fast as it legally can.

use crate::play::scripted;
use offramp::engine::{ActOrder, Asked, Contact, FlashOrder, Legality, Observation, Orders, Rules, Stance};
use offramp::vocabulary::{Id, Rung, SeatId};
use std::sync::Arc;

/// The endings that games of hawks reach, game by game: who climbs, and how high, is part of the script.
pub fn endings(rules: &Arc<Rules>) -> impl Iterator<Item = usize> {
    let players: Vec<SeatId> = rules.scenario().players().collect();
    let flocks = 1..(1usize << players.len());
    let scripts =
        [12, 13, 9].into_iter().flat_map(move |highest| flocks.clone().map(move |hawks| (highest, hawks)));
    scripts.flat_map(|script| (0..3).map(move |run| (script, run))).filter_map(
        move |((highest, hawks), run)| {
            let climbs: Vec<SeatId> =
                (0..players.len()).filter(|k| hawks >> k & 1 == 1).map(|k| players[k]).collect();
            play(rules, &climbs, Rung(highest), run)
        },
    )
}

fn play(rules: &Arc<Rules>, hawks: &[SeatId], highest: Rung, run: u64) -> Option<usize> {
    scripted(rules, run, |seen, seat| decide(rules, seen, hawks.contains(&seat), highest))
}

/// The highest act that is legal; every release that an ally or a body can give is asked for and given.
fn decide(rules: &Rules, seen: &Observation, climbs: bool, highest: Rung) -> Orders {
    let mut orders = Orders::default();
    let Some(seat) = seen.seat else { return orders };
    match seen.asked {
        Asked::Contacts => {
            let wanted = seen.menu.iter().rev().find_map(|item| match item.legality {
                Legality::NotReleased(body) if item.rung <= highest => Some((body, item.action)),
                _ => None,
            });
            orders.contacts.extend(wanted.map(|(body, action)| Contact::Consult { body, action }));
        }
        Asked::Orders => {
            for &ally in rules.bound.seats[seat.index()].allies.iter().take(usize::from(seen.attention)) {
                orders.stances.push(Stance::Consent { ally, up_to: Rung(13) });
            }
            // Who aims for the last rung lets the hawks climb to the one before war, and goes there at once when it can.
            let last = highest == Rung(13);
            let climbing = |rung: Rung| climbs && rung <= if last { Rung(11) } else { highest };
            let wanted = |rung: Rung| climbing(rung) || (last && rung == Rung(13));
            let legal = seen.menu.iter().filter(|i| i.legality == Legality::Legal && wanted(i.rung));
            let act = legal.max_by_key(|item| item.rung);
            orders.act = act.map(|item| ActOrder { action: item.action, start_tick: 0, defy: true });
        }
        Asked::Flash => orders.flash = Some(FlashOrder::Standing),
        Asked::Answers | Asked::Nothing => {}
    }
    orders
}
