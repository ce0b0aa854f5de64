//! The menu: the acts on offer, with what staff can say about each from the seat's own knowledge.

use super::Stimulus;
use super::observe::{Disclosure, Known, refill};
use crate::engine::mechanics::exchange::{answer_of, reply_act};
use crate::engine::mechanics::{campaign, ledger};
use crate::engine::observation::{Legality, MENU, MenuItem, Observation, ReplyView, Season};
use crate::engine::offers::Queue;
use crate::engine::program::Registers;
use crate::engine::step::ppm;
use crate::scenario::section::{MAX_AIMS, MAX_TYPES, ReplyRule};
use crate::vocabulary::{ActionId, CELLS, Cell, Chance, Id, ONE_MILLION, Ppm, RUNGS, Rung, SeatId, TermId};

/// Bits of a chance that are left out so that the rates of many hours still fit.
const SPARE_BITS: u32 = 4;

/// Working memory of menus.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Offered(Vec<MenuItem>);

/// The likely replies to acts, by the rung of the act. They hang on one belief of the seat and are kept while it holds.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Replies {
    belief: [Ppm; MAX_TYPES],
    /// By rung, a bit each: whether it has been worked out.
    known: u16,
    by_rung: [Reply; RUNGS],
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
        let own = |x: &&Stimulus| x.against == seat;
        let stimulus = seen.asks.and_then(|place| self.state.stimuli.iter().filter(own).nth(place.into()));
        let reference = stimulus.map_or(rules.bound.model.unprovoked(), |s| s.rung);
        let known = Known { disclosure: self, seat, levels: &seen.known_levels };
        let calm = self.state.season == Season::Calm;
        let queue = rules.offers.queue(seat, stimulus.map(|s| (s.rung, s.domain)));
        let acts = if calm { &rules.offers.agenda[seat.index()] } else { &queue.acts };
        let cells = &rules.worth.cells[reference.index()];
        refill(
            offered,
            acts.iter().map(|&action| {
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
                .map(|(term, _)| TermId::new(term))
                .filter(|term| !self.state.is_spent(rules, seat, *term)),
        );
        // Shares first: an act that does not fit on the menu leaves its mass to its cell.
        self.fill_shares(seat, stimulus, seen.turn_minutes, offered);
        match calm {
            true => self.keep_of_the_agenda(offered, &mut seen.menu),
            false => keep_the_likeliest(queue, offered, &mut seen.menu),
        }
        share_what_is_kept(&mut seen.menu);
        self.recall(seat, replies);
        for item in &mut seen.menu {
            let reply = self.reply(seat, item.rung, replies);
            item.draws = reply.shares;
            item.worth = self.worth(seat, item.action, &reply.points, &seen.aims);
            item.pull = self.pull(seat, item, stimulus.map(|s| s.rung));
        }
    }

    /// Fills the replies of a seat that is under fire and asked.
    pub(super) fn fill_replies(&self, seat: SeatId, seen: &mut Observation, replies: &mut Replies) {
        seen.replies.clear();
        let (rules, model) = (self.rules, &self.rules.bound.model);
        let own = self.state.exchange.filter(|e| e.under_fire == seat && seen.exchange.is_some());
        let Some(fire) = own else { return };
        self.recall(seat, replies);
        let estimated = rules.target(seat) == Some(fire.fired);
        for rule in ReplyRule::ALL {
            let ordered = answer_of(rule, fire.rung, model);
            let mut view = ReplyView { rule, ..ReplyView::default() };
            if let Some(action) = reply_act(rules, seat, fire.site, ordered, false) {
                view.rung = rules.bound.actions[action.index()].rung;
                if estimated {
                    let reply = self.reply(seat, view.rung, replies);
                    view.draws = reply.shares;
                    view.worth = self.worth(seat, action, &reply.points, &seen.aims);
                }
            }
            seen.replies.push(view);
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
        if state.has_done(rules, seat, action) {
            return Legality::Done;
        }
        if !campaign::affords(&rules.bound, state, seat, action) {
            return Legality::TooDear;
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
        match rules.programs.needs[action.index()].unmet(known, registers) {
            0 => {}
            unmet => return Legality::NeedsUnmet(unmet),
        }
        match rules.offers.body[action.index()] {
            Some(body) if !state.released.contains(&(seat, action)) => Legality::NotReleased(body),
            _ => Legality::Legal,
        }
    }

    /// Puts at most [`MENU`] acts of the agenda on the menu: of each group in turn one that can be ordered, then what
    /// cannot be. Each group begins one act further every turn, so that what finds no place finds one in another.
    fn keep_of_the_agenda(&self, offered: &[MenuItem], menu: &mut Vec<MenuItem>) {
        let bound = &self.rules.bound;
        let group = |place: usize| bound.agenda_item(offered[place].action).map_or(0, |item| item.group);
        let mut kept = Kept { places: [0; MENU], count: 0 };
        for legal in [true, false] {
            let fits = |place: &usize| (offered[*place].legality == Legality::Legal) == legal;
            for round in 0..offered.len() {
                let mut first = 0;
                while first < offered.len() {
                    let own = (first..offered.len()).take_while(|place| group(*place) == group(first));
                    let end = first + own.count();
                    let count = (first..end).filter(fits).count();
                    let nth = (round + usize::from(self.state.turn)) % count.max(1);
                    let next = (first..end).filter(fits).nth(nth).filter(|_| round < count);
                    if next.is_some_and(|place| !kept.add(place)) {
                        break;
                    }
                    first = end;
                }
            }
        }
        let places = &mut kept.places[..kept.count];
        places.sort_unstable();
        menu.extend(places.iter().map(|place| offered[*place]));
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
    fn worth(
        &self,
        seat: SeatId,
        action: ActionId,
        reply: &[i64; MAX_AIMS],
        aims: &[i32],
    ) -> [i32; MAX_AIMS] {
        let s = seat.index();
        let direct = &self.rules.worth.direct[s][action.index()];
        let own = &self.rules.bound.seats[s];
        let disposition = own.dispositions.get(usize::from(self.state.dispositions[s]));
        let mut worth = [0; MAX_AIMS];
        for (k, aim) in own.aims.iter().enumerate().take(MAX_AIMS) {
            if aim.track.is_none() && aims.get(k) == Some(&0) {
                continue; // A condition that is lost already cannot be lost by an act.
            }
            let factor = disposition.and_then(|d| d.aims.get(k)).map_or(1000, |f| i64::from(*f));
            worth[k] = ((i64::from(direct[k]) + reply[k]) * factor / 1000) as i32;
        }
        worth
    }

    /// Firebreaks crossed, and the pressure of triggers, in milli-nats. Only initiatives and replies above the rung of
    /// the stimulus pay for firebreaks: the record's kernels contain them for all others.
    fn pull(&self, seat: SeatId, item: &MenuItem, stimulus: Option<Rung>) -> i32 {
        let bound = &self.rules.bound;
        let from = match stimulus {
            None => self.standing_rung,
            Some(rung) if item.cell > Cell::InKind => rung,
            Some(_) => item.rung,
        };
        let offers = &self.rules.offers;
        let met = offers.triggers[item.action.index()]
            .iter()
            .map(|t| t.index())
            .filter(|t| bound.triggers[*t].seat == seat && self.state.triggers[*t].met);
        let press: i32 = met.map(|t| bound.triggers[t].press).sum();
        let crossed = offers.crossing[item.rung.index()] - offers.crossing[from.index()];
        press - if item.rung > from { crossed } else { 0 }
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
                    let hourly = bound.actions[item.action.index()].initiative.parts();
                    let expected = hourly * (minutes / 60).max(1) as u64 * eager.max(0) as u64 / 1000;
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
}

/// Puts at most [`MENU`] acts on the menu, each cell's in the order of the queue: the first that can be ordered of
/// each cell, then such acts in proportion to the shares of cells, then what cannot be ordered.
fn keep_the_likeliest(queue: &Queue, offered: &[MenuItem], menu: &mut Vec<MenuItem>) {
    let legal = |place: &usize| offered[*place].legality == Legality::Legal;
    // Where each cell's acts end in the queue, its next act that can be ordered, and how many are taken.
    let (mut end, mut next, mut taken) = ([0; CELLS], [usize::MAX; CELLS], [0u32; CELLS]);
    for place in (0..offered.len()).rev() {
        let cell = offered[place].cell.index();
        end[cell] = end[cell].max(place + 1);
        if legal(&place) {
            next[cell] = place;
        }
    }
    let mut kept = Kept { places: [0; MENU], count: 0 };
    loop {
        let rest = (0..CELLS).filter(|c| next[*c] < end[*c]);
        let rank = |c: &usize| match taken[*c] {
            0 => u32::MAX,
            taken => offered[next[*c]].cell_share / (taken + 1),
        };
        // The last of equals is the one that comes first here.
        let Some(cell) = rest.rev().max_by_key(rank) else { break };
        if !kept.add(next[cell]) {
            break;
        }
        taken[cell] += 1;
        next[cell] = (next[cell] + 1..end[cell]).find(legal).unwrap_or(usize::MAX);
    }
    for place in (0..offered.len()).filter(|place| !legal(place)) {
        if !kept.add(place) {
            break;
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
