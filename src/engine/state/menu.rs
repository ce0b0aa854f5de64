//! The menu: the acts on offer, with what staff can say about each from the seat's own knowledge.

use super::observe::{Disclosure, Known};
use crate::engine::mechanics::acts::strongest;
use crate::engine::observation::{Asked, Legality, MENU, MenuItem, Observation};
use crate::engine::program::Registers;
use crate::engine::step::NO_STIMULUS;
use crate::scenario::section::{Domain, HypothesisKind, MAX_AIMS, Release};
use crate::vocabulary::{ActionId, CELLS, Id, ONE_MILLION, Rung, SeatId, TermId, TriggerId};

/// The largest chance that an automated seat takes any initiative in one turn, in parts per million.
const MOST_INITIATIVE: u64 = 900_000;

/// Acts of each cell on a menu before every other cell has had as many: words and measures are many, and of fire one
/// of a kind will do.
const PLACES: [u16; CELLS] = [3, 3, 5, 1, 1, 1, 1];

impl Disclosure<'_> {
    /// Fills the menu of a seat that is asked for orders.
    pub(super) fn fill_menu(&self, seat: SeatId, seen: &mut Observation, registers: &mut Registers) {
        seen.menu.clear();
        seen.terms.clear();
        if !matches!(self.asked, Asked::Orders | Asked::Contacts) {
            return;
        }
        let rules = self.rules;
        let stimulus = strongest(self.state, seat).map(|s| s.rung);
        let reference = stimulus.unwrap_or(NO_STIMULUS);
        let levels = std::mem::take(&mut seen.known_levels);
        let known = Known { disclosure: self, seat, levels: &levels };
        for &action in &rules.repertoire[seat.index()] {
            let act = &rules.bound.actions[action.index()];
            seen.menu.push(MenuItem {
                action,
                cell: rules.worth.cells[reference.index()][action.index()],
                rung: act.rung,
                legality: self.legality(seat, action, &known, registers),
                reversible: act.reversible,
                lead: act.lead,
                cell_share: 0,
                item_share: 0,
                worth: [0; MAX_AIMS],
                pull: 0,
                draws: [0; CELLS],
            });
        }
        let offered = rules.programs.term_needs.iter().enumerate();
        seen.terms.extend(
            offered
                .filter(|(_, needs)| needs.as_ref().is_none_or(|guard| guard.holds(&known, registers)))
                .map(|(term, _)| TermId::new(term)),
        );
        seen.known_levels = levels;
        // Shares first: an act that does not fit on the menu leaves its mass to its cell.
        self.fill_shares(seat, stimulus, seen.turn_minutes, &mut seen.menu);
        self.keep_the_likeliest(strongest(self.state, seat).map(|s| s.domain), &mut seen.menu);
        for item in &mut seen.menu {
            item.draws = self.reply_shares(seat, item.rung);
            item.worth = self.worth(seat, item.action, &item.draws);
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
        let locked = rules.bound.triggers.iter().enumerate().find(|(t, trigger)| {
            trigger.permits && trigger.action == action && trigger.seat == seat && !state.triggers[*t].met
        });
        let unlocked = rules.bound.triggers.iter().enumerate().any(|(t, trigger)| {
            trigger.permits && trigger.action == action && trigger.seat == seat && state.triggers[t].met
        });
        if let Some((t, _)) = locked.filter(|_| !unlocked) {
            return Legality::Locked(TriggerId::new(t));
        }
        if rules.programs.needs[action.index()].as_ref().is_some_and(|guard| !guard.holds(known, registers)) {
            return Legality::NeedsUnmet;
        }
        let body = act.release.iter().find_map(|release| match release {
            Release::Body(body) if !state.released.contains(&(seat, action)) => Some(body.id()),
            _ => None,
        });
        body.map_or(Legality::Legal, Legality::NotReleased)
    }

    /// The shares of each cell of the target's reply to an act at a rung, averaged over the seat's own belief.
    fn reply_shares(&self, seat: SeatId, rung: Rung) -> [u32; CELLS] {
        let rules = self.rules;
        let mut shares = [0; CELLS];
        let Some(target) = rules.target(seat) else { return shares };
        let kernels = &rules.worth.kernel[target.index()];
        let about_target = rules.bound.hypotheses.iter().find(|h| {
            h.holder == seat && h.subject == target && matches!(h.about, HypothesisKind::Disposition(_))
        });
        for (d, kernel) in kernels.iter().enumerate() {
            let belief =
                about_target.map_or(ONE_MILLION / kernels.len() as u32, |h| self.state.beliefs[h.offset + d]);
            for (share, likely) in shares.iter_mut().zip(&kernel[rung.index()]) {
                *share += (u64::from(*likely) * u64::from(belief) / u64::from(ONE_MILLION)) as u32;
            }
        }
        shares
    }

    /// Stated effects plus the likely reply's, on each own aim, as the seat's disposition weighs them.
    fn worth(&self, seat: SeatId, action: ActionId, draws: &[u32; CELLS]) -> [i32; MAX_AIMS] {
        let rules = self.rules;
        let s = seat.index();
        let direct = &rules.worth.direct[s][action.index()];
        let replies = &rules.worth.reply[s][rules.bound.actions[action.index()].rung.index()];
        let own = &rules.bound.seats[s];
        let disposition = own.dispositions.get(usize::from(self.state.dispositions[s]));
        let mut worth = [0; MAX_AIMS];
        for k in 0..own.aims.len().min(MAX_AIMS) {
            let reply: i64 = (0..CELLS).map(|c| i64::from(draws[c]) * i64::from(replies[c][k])).sum();
            let factor = disposition.and_then(|d| d.aims.get(k)).map_or(1000, |f| i64::from(*f));
            worth[k] = ((i64::from(direct[k]) + reply / i64::from(ONE_MILLION)) * factor / 1000) as i32;
        }
        worth
    }

    /// Firebreaks crossed, the gain of hardness, and the pressure of triggers, in milli-nats.
    fn pull(&self, seat: SeatId, action: ActionId, reference: Rung, replying: bool) -> i32 {
        let bound = &self.rules.bound;
        let act = &bound.actions[action.index()];
        let from = if replying { reference } else { self.state.standing_rung(bound).min(Rung(4)) };
        let firebreaks: i32 = bound
            .ladder
            .iter()
            .filter(|row| row.rung > from && row.rung <= act.rung)
            .map(|row| row.crossing_cost)
            .sum();
        let own = &bound.seats[seat.index()];
        let disposition = own.dispositions.get(usize::from(self.state.dispositions[seat.index()]));
        let above = i32::from(act.rung.0) - i32::from(reference.0);
        let hardness = disposition.map_or(0, |d| d.hardness * above.clamp(-3, 3));
        let press: i32 = bound
            .triggers
            .iter()
            .enumerate()
            .filter(|(t, trigger)| {
                trigger.seat == seat && trigger.action == action && self.state.triggers[*t].met
            })
            .map(|(_, trigger)| trigger.press)
            .sum();
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

    /// Keeps at most [`MENU`] acts: legal ones before others, and of each cell what answers in the stimulus's domain
    /// and what the record shows most often.
    fn keep_the_likeliest(&self, domain: Option<Domain>, menu: &mut Vec<MenuItem>) {
        let (bound, names) = (&self.rules.bound, &self.rules.order_of.actions);
        let name = |item: &MenuItem| names[item.action.index()];
        let likeliest_first = |item: &MenuItem| {
            let act = &bound.actions[item.action.index()];
            let elsewhere = act.domain.is_military() && domain.is_some_and(|domain| domain != act.domain);
            let rare = std::cmp::Reverse(act.initiative.parts());
            (item.cell, item.legality != Legality::Legal, elsewhere, rare, item.rung, name(item))
        };
        menu.sort_unstable_by_key(likeliest_first);
        let mut rank = [0u16; CELLS];
        for item in menu.iter_mut() {
            let cell = item.cell.index();
            let legal = item.legality == Legality::Legal;
            // For a moment the pull, which is worked out later, holds the item's place in the queue.
            item.pull = i32::from(rank[cell] / PLACES[cell]) + if legal { 0 } else { 1000 };
            rank[cell] += 1;
        }
        menu.sort_unstable_by_key(|item| (item.pull, likeliest_first(item)));
        menu.truncate(MENU);
        menu.sort_unstable_by_key(|item| (item.cell, item.rung, name(item)));
        share_what_is_kept(menu);
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
