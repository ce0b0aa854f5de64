//! The menu: the acts on offer, with what staff can say about each from the seat's own knowledge.

use super::observe::{Disclosure, Known, refill};
use crate::engine::mechanics::acts::strongest;
use crate::engine::observation::{Legality, MENU, MenuItem, Observation};
use crate::engine::offers::Queue;
use crate::engine::program::Registers;
use crate::engine::step::NO_STIMULUS;
use crate::scenario::section::{MAX_AIMS, MAX_TYPES};
use crate::vocabulary::{ActionId, CELLS, Id, ONE_MILLION, Ppm, Rung, SeatId, TOP_RUNG, TermId};

/// The largest chance that an automated seat takes any initiative in one turn, in parts per million.
const MOST_INITIATIVE: u64 = 900_000;

/// Acts of each cell on a menu before every other cell has had as many: words and measures are many, and of fire one
/// of a kind will do.
const PLACES: [usize; CELLS] = [3, 3, 5, 1, 1, 1, 1];

/// Working memory of menus.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Offered(Vec<MenuItem>);

/// The likely replies to acts, by the rung of the act. They hang on one belief of the seat and are kept while it holds.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Replies {
    belief: [Ppm; MAX_TYPES],
    /// By rung, a bit each: whether it has been worked out.
    known: u16,
    by_rung: [Reply; TOP_RUNG as usize + 1],
}

/// The likely reply to an act.
#[derive(Clone, Copy, Debug, Default)]
struct Reply {
    /// The share of each cell.
    shares: [Ppm; CELLS],
    /// What it does to each own aim.
    points: [i64; MAX_AIMS],
}

impl Disclosure<'_> {
    /// Fills the menu of a seat that is asked for orders.
    pub(super) fn fill_menu(
        &self,
        seat: SeatId,
        seen: &mut Observation,
        replies: &mut Replies,
        Offered(offered): &mut Offered,
        registers: &mut Registers,
    ) {
        seen.menu.clear();
        seen.terms.clear();
        let rules = self.rules;
        let stimulus = strongest(self.state, seat).map(|s| (s.rung, s.domain));
        let reference = stimulus.map_or(NO_STIMULUS, |(rung, _)| rung);
        let known = Known { disclosure: self, seat, levels: &seen.known_levels };
        let queue = rules.offers.queue(seat, stimulus);
        let cells = &rules.worth.cells[reference.index()];
        refill(
            offered,
            queue.acts.iter().map(|&action| {
                let act = &rules.bound.actions[action.index()];
                MenuItem {
                    action,
                    cell: cells[action.index()],
                    rung: act.rung,
                    legality: self.legality(seat, action, &known, registers),
                    reversible: act.reversible,
                    lead: act.lead,
                    cell_share: 0,
                    item_share: 0,
                    worth: [0; MAX_AIMS],
                    pull: 0,
                    draws: [0; CELLS],
                }
            }),
        );
        let terms = rules.programs.term_needs.iter().enumerate();
        seen.terms.extend(
            terms
                .filter(|(_, needs)| needs.as_ref().is_none_or(|guard| guard.holds(&known, registers)))
                .map(|(term, _)| TermId::new(term)),
        );
        // Shares first: an act that does not fit on the menu leaves its mass to its cell.
        self.fill_shares(seat, stimulus.map(|(rung, _)| rung), seen.turn_minutes, offered);
        keep_the_likeliest(queue, offered, &mut seen.menu);
        share_what_is_kept(&mut seen.menu);
        self.recall(seat, replies);
        for item in &mut seen.menu {
            let reply = self.reply(seat, item.rung, replies);
            item.draws = reply.shares;
            item.worth = self.worth(seat, item.action, &reply.points);
            item.pull = self.pull(seat, item.action, reference, stimulus.is_some());
        }
    }

    /// Whether an act can be ordered, as far as the seat knows.
    fn legality(
        &self,
        seat: SeatId,
        action: ActionId,
        known: &Known<'_>,
        registers: &mut Registers,
    ) -> Legality {
        let (rules, state) = (self.rules, self.state);
        let act = &rules.bound.actions[action.index()];
        if act.continues.is_some() && state.ongoing.iter().any(|o| o.seat == seat && o.action == action) {
            return Legality::AlreadyOn;
        }
        if act.once_only && state.done[action.index()] {
            return Legality::Done;
        }
        let mut locked = None;
        for &t in &rules.offers.triggers[action.index()] {
            let trigger = &rules.bound.triggers[t.index()];
            if trigger.permits && trigger.seat == seat {
                if state.triggers[t.index()].met {
                    locked = None;
                    break;
                }
                locked = locked.or(Some(t));
            }
        }
        if let Some(trigger) = locked {
            return Legality::Locked(trigger);
        }
        if rules.programs.needs[action.index()].as_ref().is_some_and(|guard| !guard.holds(known, registers)) {
            return Legality::NeedsUnmet;
        }
        match rules.offers.body[action.index()] {
            Some(body) if !state.released.contains(&(seat, action)) => Legality::NotReleased(body),
            _ => Legality::Legal,
        }
    }

    /// Forgets likely replies if the belief that they hang on has moved.
    fn recall(&self, seat: SeatId, replies: &mut Replies) {
        let rules = self.rules;
        let types = rules.target(seat).map_or(0, |target| rules.worth.kernel[target.index()].len());
        let mut belief = [0; MAX_TYPES];
        match rules.offers.about_target[seat.index()] {
            Some(offset) => belief[..types].copy_from_slice(&self.state.beliefs[offset..offset + types]),
            None => belief[..types].fill(ONE_MILLION / types.max(1) as u32),
        }
        if replies.belief != belief {
            replies.belief = belief;
            replies.known = 0;
        }
    }

    /// The shares of each cell of the target's reply to an act at a rung, averaged over the seat's own belief, and
    /// what such a reply does to its own aims.
    fn reply(&self, seat: SeatId, rung: Rung, replies: &mut Replies) -> Reply {
        if replies.known >> rung.index() & 1 == 1 {
            return replies.by_rung[rung.index()];
        }
        let rules = self.rules;
        let mut reply = Reply::default();
        if let Some(target) = rules.target(seat) {
            let kernels = &rules.worth.kernel[target.index()];
            for (kernel, belief) in kernels.iter().zip(replies.belief) {
                for (share, likely) in reply.shares.iter_mut().zip(&kernel[rung.index()]) {
                    *share += (u64::from(*likely) * u64::from(belief) / u64::from(ONE_MILLION)) as u32;
                }
            }
        }
        let points = &rules.worth.reply[seat.index()][rung.index()];
        for (k, sum) in reply.points.iter_mut().enumerate() {
            *sum = (0..CELLS).map(|c| i64::from(reply.shares[c]) * i64::from(points[c][k])).sum::<i64>()
                / i64::from(ONE_MILLION);
        }
        replies.known |= 1 << rung.index();
        replies.by_rung[rung.index()] = reply;
        reply
    }

    /// Stated effects plus the likely reply's, on each own aim, as the seat's disposition weighs them.
    fn worth(&self, seat: SeatId, action: ActionId, reply: &[i64; MAX_AIMS]) -> [i32; MAX_AIMS] {
        let s = seat.index();
        let direct = &self.rules.worth.direct[s][action.index()];
        let own = &self.rules.bound.seats[s];
        let disposition = own.dispositions.get(usize::from(self.state.dispositions[s]));
        let mut worth = [0; MAX_AIMS];
        for k in 0..own.aims.len().min(MAX_AIMS) {
            let factor = disposition.and_then(|d| d.aims.get(k)).map_or(1000, |f| i64::from(*f));
            worth[k] = ((i64::from(direct[k]) + reply[k]) * factor / 1000) as i32;
        }
        worth
    }

    /// Firebreaks crossed, the gain of hardness, and the pressure of triggers, in milli-nats.
    fn pull(&self, seat: SeatId, action: ActionId, reference: Rung, replying: bool) -> i32 {
        let bound = &self.rules.bound;
        let act = &bound.actions[action.index()];
        let from = if replying { reference } else { self.state.standing_rung(bound).min(Rung(4)) };
        let crossing = &self.rules.offers.crossing;
        let firebreaks =
            if act.rung > from { crossing[act.rung.index()] - crossing[from.index()] } else { 0 };
        let own = &bound.seats[seat.index()];
        let disposition = own.dispositions.get(usize::from(self.state.dispositions[seat.index()]));
        let above = i32::from(act.rung.0) - i32::from(reference.0);
        let hardness = disposition.map_or(0, |d| d.hardness * above.clamp(-3, 3));
        let met = self.rules.offers.triggers[action.index()]
            .iter()
            .filter(|t| bound.triggers[t.index()].seat == seat && self.state.triggers[t.index()].met);
        let press: i32 = met.map(|t| bound.triggers[t.index()].press).sum();
        hardness + press - firebreaks
    }

    /// The record's base measure: the kernel of the seat's side after a stimulus, its rates of initiative without.
    fn fill_shares(&self, seat: SeatId, stimulus: Option<Rung>, minutes: i32, menu: &mut [MenuItem]) {
        let bound = &self.rules.bound;
        let own = &bound.seats[seat.index()];
        if let Some(rung) = stimulus {
            let kernel = &bound.kernels[usize::from(own.side)][rung.index()];
            for item in menu.iter_mut() {
                item.cell_share = kernel[item.cell.index()];
                // Equal within the cell; what is kept of it is made to sum to one later.
                item.item_share = u32::from(item.legality == Legality::Legal);
            }
            return;
        }
        let disposition = own.dispositions.get(usize::from(self.state.dispositions[seat.index()]));
        let eager = disposition.map_or(1000, |d| d.initiative.max(0)) as u64;
        let hours = (minutes / 60).max(1) as u64;
        let mut by_cell = [0u64; CELLS];
        for item in menu.iter_mut() {
            let legal = item.legality == Legality::Legal;
            let hourly = bound.actions[item.action.index()].initiative.parts();
            let chance = ((hourly as u128 * 1_000_000) >> 32) as u64 * hours * eager / 1000;
            // Kept in the item for a moment: its own chance, before it becomes a share of its cell.
            item.item_share = if legal { chance.min(MOST_INITIATIVE) as u32 } else { 0 };
            by_cell[item.cell.index()] += u64::from(item.item_share);
        }
        let all: u64 = by_cell.iter().sum::<u64>().max(1);
        for item in menu.iter_mut() {
            let cell = by_cell[item.cell.index()].max(1);
            item.item_share = (u64::from(item.item_share) * u64::from(ONE_MILLION) / cell) as u32;
            let share = if all > MOST_INITIATIVE { cell * MOST_INITIATIVE / all } else { cell };
            item.cell_share = if by_cell[item.cell.index()] == 0 { 0 } else { share as u32 };
        }
    }
}

/// Puts at most [`MENU`] acts on the menu: legal ones before others, by the order of the queue, and round by round so
/// that every cell has its places.
fn keep_the_likeliest(queue: &Queue, offered: &[MenuItem], menu: &mut Vec<MenuItem>) {
    // Where each cell's acts lie in the queue, and how many of them are legal.
    let (mut start, mut end, mut legal) = ([0; CELLS], [0; CELLS], [0; CELLS]);
    for (place, item) in offered.iter().enumerate() {
        let cell = item.cell.index();
        if end[cell] == 0 {
            start[cell] = place;
        }
        end[cell] = place + 1;
        legal[cell] += usize::from(item.legality == Legality::Legal);
    }
    let mut kept = Kept { places: [0; MENU], count: 0 };
    'filled: for wanted in [true, false] {
        let mut next = start;
        // An act's rank in its cell decides its round; acts that cannot be ordered rank behind those that can.
        let mut rank: [usize; CELLS] = std::array::from_fn(|c| if wanted { 0 } else { legal[c] });
        for round in 1.. {
            let mut left = false;
            for cell in 0..CELLS {
                while next[cell] < end[cell] && rank[cell] < round * PLACES[cell] {
                    if (offered[next[cell]].legality == Legality::Legal) == wanted {
                        if !kept.add(next[cell]) {
                            break 'filled;
                        }
                        rank[cell] += 1;
                    }
                    next[cell] += 1;
                }
                left |= next[cell] < end[cell];
            }
            if !left {
                break;
            }
        }
    }
    let places = &mut kept.places[..kept.count];
    places.sort_unstable_by_key(|place| queue.listed[*place]);
    menu.extend(places.iter().map(|place| offered[*place]));
}

/// Places in the queue that are kept.
struct Kept {
    places: [usize; MENU],
    count: usize,
}

impl Kept {
    /// Keeps one more, unless the menu is full.
    fn add(&mut self, place: usize) -> bool {
        let fits = self.count < MENU;
        if fits {
            self.places[self.count] = place;
            self.count += 1;
        }
        fits
    }
}

/// Gives the mass of acts that did not fit to the others of their cell.
fn share_what_is_kept(menu: &mut [MenuItem]) {
    let mut kept = [0u64; CELLS];
    for item in menu.iter() {
        kept[item.cell.index()] += u64::from(item.item_share);
    }
    for item in menu.iter_mut().filter(|item| item.item_share > 0) {
        let cell = kept[item.cell.index()];
        item.item_share = (u64::from(item.item_share) * u64::from(ONE_MILLION) / cell) as u32;
    }
}
