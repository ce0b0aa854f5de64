//! The menu: the acts on offer, with what staff can say about each from the seat's own knowledge.

use super::Stimulus;
use super::observe::{Disclosure, Known};
use crate::engine::mechanics::ledger;
use crate::engine::observation::{Asked, Legality, MENU, MenuItem, Observation};
use crate::engine::program::Registers;
use crate::engine::step::{NO_STIMULUS, ppm};
use crate::scenario::section::{Domain, HypothesisKind, MAX_AIMS, Release};
use crate::vocabulary::{ActionId, CELLS, Cell, Chance, Id, ONE_MILLION, Rung, SeatId, TermId, TriggerId};

/// Bits of a chance that are left out so that the rates of many hours still fit.
const SPARE_BITS: u32 = 4;

impl Disclosure<'_> {
    /// Fills the menu of a seat that is asked for orders.
    pub(super) fn fill_menu(&self, seat: SeatId, seen: &mut Observation, registers: &mut Registers) {
        seen.menu.clear();
        seen.terms.clear();
        if !matches!(self.asked, Asked::Orders | Asked::Contacts) {
            return;
        }
        let rules = self.rules;
        let stimulus = ledger::asks(&rules.bound, self.state, seat).map(|(stimulus, _)| stimulus);
        let reference = stimulus.map_or(NO_STIMULUS, |s| s.rung);
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
        self.keep_the_likeliest(stimulus.map(|s| s.domain), &mut seen.menu);
        for item in &mut seen.menu {
            item.draws = self.reply_shares(seat, item.rung);
            item.worth = self.worth(seat, item.action, &item.draws, &seen.aims);
            item.pull = self.pull(seat, item, stimulus.map(|s| s.rung));
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
    fn worth(&self, seat: SeatId, action: ActionId, draws: &[u32; CELLS], aims: &[i32]) -> [i32; MAX_AIMS] {
        let rules = self.rules;
        let s = seat.index();
        let direct = &rules.worth.direct[s][action.index()];
        let replies = &rules.worth.reply[s][rules.bound.actions[action.index()].rung.index()];
        let own = &rules.bound.seats[s];
        let disposition = own.dispositions.get(usize::from(self.state.dispositions[s]));
        let mut worth = [0; MAX_AIMS];
        for (k, aim) in own.aims.iter().enumerate().take(MAX_AIMS) {
            if aim.track.is_none() && aims.get(k) == Some(&0) {
                continue; // A condition that is lost already cannot be lost by an act.
            }
            let reply: i64 = (0..CELLS).map(|c| i64::from(draws[c]) * i64::from(replies[c][k])).sum();
            let factor = disposition.and_then(|d| d.aims.get(k)).map_or(1000, |f| i64::from(*f));
            worth[k] = ((i64::from(direct[k]) + reply / i64::from(ONE_MILLION)) * factor / 1000) as i32;
        }
        worth
    }

    /// Firebreaks crossed, and the pressure of triggers, in milli-nats. Only initiatives and replies above the rung of
    /// the stimulus pay for firebreaks: the record's kernels contain them for all others.
    fn pull(&self, seat: SeatId, item: &MenuItem, stimulus: Option<Rung>) -> i32 {
        let bound = &self.rules.bound;
        let from = match stimulus {
            None => self.state.standing_rung(bound),
            Some(rung) if item.cell > Cell::InKind => rung,
            Some(_) => item.rung,
        };
        let press: i32 = bound
            .triggers
            .iter()
            .enumerate()
            .filter(|(t, trigger)| {
                trigger.seat == seat && trigger.action == item.action && self.state.triggers[*t].met
            })
            .map(|(_, trigger)| trigger.press)
            .sum();
        press - bound.crossing_cost(from, item.rung)
    }

    /// The record's base measure: what the kernel of the seat's side leaves for each reply to a stimulus, and rates of
    /// initiative for all that answers nothing.
    fn fill_shares(&self, seat: SeatId, stimulus: Option<&Stimulus>, minutes: i32, menu: &mut [MenuItem]) {
        let bound = &self.rules.bound;
        let disposition = usize::from(self.state.dispositions[seat.index()]);
        let eager = bound.seats[seat.index()].dispositions.get(disposition).map_or(1000, |d| d.initiative);
        let mut by_cell = [0u64; CELLS];
        for item in menu.iter_mut() {
            let legal = item.legality == Legality::Legal;
            let answers = stimulus.is_some() && item.cell != Cell::Nothing;
            // Kept in the item for a moment: its own weight, before it becomes a share of its cell.
            item.item_share = match answers {
                _ if !legal => 0,
                true => 1,
                false => {
                    let hourly = u128::from(bound.actions[item.action.index()].initiative.parts());
                    let expected = hourly * (minutes / 60).max(1) as u128 * eager.max(0) as u128 / 1000;
                    u32::try_from(expected >> SPARE_BITS).unwrap_or(u32::MAX)
                }
            };
            by_cell[item.cell.index()] += u64::from(item.item_share);
        }
        let replies = stimulus.map(|stimulus| ledger::kernel(bound, stimulus));
        let initiatives = match replies {
            Some(_) => by_cell[Cell::Nothing.index()],
            None => by_cell.iter().sum(),
        };
        let hazard = (u128::from(initiatives) * u128::from(ONE_MILLION)) >> (32 - SPARE_BITS);
        let any = u64::from(ppm(Chance::of_hazard(hazard as u64)));
        for item in menu.iter_mut() {
            let (c, cell) = (item.cell.index(), by_cell[item.cell.index()]);
            item.cell_share = match replies {
                Some(shares) if item.cell != Cell::Nothing => shares[c],
                _ => (any * cell / initiatives.max(1)) as u32,
            };
            item.item_share = (u64::from(item.item_share) * u64::from(ONE_MILLION) / cell.max(1)) as u32;
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
        let mut rank = [0u32; CELLS];
        for item in menu.iter_mut() {
            let rank = &mut rank[item.cell.index()];
            let legal = item.legality == Legality::Legal;
            // For a moment the pull, which is worked out later, holds the item's place in the queue: the first of each
            // cell, then places in proportion to the shares of cells, then what cannot be ordered.
            item.pull = match *rank {
                _ if !legal => i32::MAX,
                0 => i32::MIN,
                taken => -((item.cell_share / (taken + 1)) as i32),
            };
            *rank += 1;
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
