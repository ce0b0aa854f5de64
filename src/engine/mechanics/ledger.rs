//! The ledger of stimuli: what has been done to a seat and not been answered yet.
//!
//! An entry holds the cells of reply that its seat has not decided on. Each decision draws from the record's kernel,
//! given what is decided already, so that the kernel is the distribution of the one answer to the stimulus, however
//! many decisions it takes: a local commander's, a flash decision, orders before and after the author is known.

use crate::engine::cells::arms_of;
use crate::engine::event::{Change, Recorder};
use crate::engine::observation::Season;
use crate::engine::state::{Case, State, Stimulus};
use crate::engine::step::Step;
use crate::scenario::Bound;
use crate::scenario::section::{Domain, Model};
use crate::vocabulary::{ActionId, CELLS, Cell, Cells, Id, Minute, ONE_MILLION, Ppm, Rung, SeatId};

/// The cells that may answer a stimulus: one without arms draws no arms.
pub fn opened(domain: Domain) -> Cells {
    if domain.is_military() { Cells::ALL } else { Cells::UNARMED }
}

/// The cells of a stimulus that its seat can decide on now: undecided, and sure enough of the author, in whom it believes
/// `surely`. While its forces at the line meet a crossing, the answer is theirs.
pub fn open_now(bound: &Bound, state: &State, stimulus: &Stimulus, surely: Ppm) -> Cells {
    if state.crossing.is_some_and(|crossing| crossing.stimulus == Some(stimulus.number)) {
        return Cells::NONE;
    }
    stimulus.open.and(allowed(&bound.model, surely))
}

/// The case that asks for the author of a stimulus; none if that is plain, or if the case is forgotten.
pub fn case<'a>(state: &'a State, stimulus: &Stimulus) -> Option<&'a Case> {
    let number = stimulus.case?;
    state.cases.iter().find(|c| c.number == number)
}

/// The belief of a stimulus's seat in its author, in parts per million, given its case.
pub fn surely(stimulus: &Stimulus, case: Option<&Case>) -> Ppm {
    match (stimulus.case, case) {
        (None, _) => ONE_MILLION,
        (Some(_), Some(case)) => case.opinions[stimulus.against.index()].author(),
        (Some(_), None) => 0,
    }
}

/// The cells that a belief in the author allows: words always, measures and shots into the sea from one bar on, arms
/// from a higher one.
fn allowed(model: &Model, surely: Ppm) -> Cells {
    let sure = |bar: i32| i64::from(surely) >= i64::from(bar);
    if sure(model.attrib_bar_fire.max(model.attrib_bar_measures)) {
        Cells::ALL
    } else if sure(model.attrib_bar_measures) {
        Cells::ALL.without(Cells::AIMED)
    } else {
        Cells::WORDS
    }
}

/// The cells of a stimulus that its seat can decide on now, its case looked up.
fn open_of(bound: &Bound, state: &State, stimulus: &Stimulus) -> Cells {
    open_now(bound, state, stimulus, surely(stimulus, case(state, stimulus)))
}

/// The stimulus that a seat decides on next: of those that leave it anything to decide the highest rung, then the newest.
/// In the calm turns of a campaign none: what does not drop play into a crisis is let be.
pub fn asks<'a>(bound: &Bound, state: &'a State, seat: SeatId) -> Option<&'a Stimulus> {
    if state.season == Season::Calm {
        return None;
    }
    let own = state.stimuli.iter().filter(|s| s.against == seat);
    let asking = own.filter(|s| !open_of(bound, state, s).is_empty());
    asking.max_by_key(|s| (s.rung, s.minute, s.number))
}

/// The record's share of each cell of the answer in parts per million, given what is decided: what was passed over
/// is ruled out; words that have been said leave their share to silence.
pub fn kernel(bound: &Bound, stimulus: &Stimulus) -> [Ppm; CELLS] {
    let side = usize::from(bound.seats[stimulus.against.index()].side);
    let base = &bound.kernels[side][stimulus.rung.index()];
    let possible = stimulus.open.or(Cells::WORDS);
    let left: u64 = Cell::ALL
        .iter()
        .filter(|c| **c == Cell::Nothing || possible.contains(**c))
        .map(|c| u64::from(base[c.index()]))
        .sum();
    std::array::from_fn(|c| {
        let share = if stimulus.open.contains(Cell::ALL[c]) { u64::from(base[c]) } else { 0 };
        (share * u64::from(ONE_MILLION) / left.max(1)) as Ppm
    })
}

/// Notes a seat's decision in its orders: what can be decided now is decided, whatever it is, and what waits for the
/// author waits on. Returns the stimulus that an act answers, if it does.
pub fn decide<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, act: Option<ActionId>) -> Option<u16> {
    let bound = &step.rules.bound;
    let stimulus = asks(bound, step.state, seat)?;
    let cell = act.map_or(Cell::Nothing, |act| step.rules.worth.cells[stimulus.rung.index()][act.index()]);
    let words = matches!(cell, Cell::Nothing | Cell::Protest);
    let waits = if words { stimulus.open.without(open_of(bound, step.state, stimulus)) } else { Cells::NONE };
    let number = stimulus.number;
    step.change(Change::Undecided(number, waits));
    (cell != Cell::Nothing && waits.is_empty()).then_some(number)
}

/// Decides against these cells of reply: no later decision on the same stimulus draws them again.
pub fn hold<R: Recorder>(step: &mut Step<'_, R>, stimulus: Option<Stimulus>, cells: Cells) {
    if let Some(stimulus) = stimulus {
        let open = stimulus.open.without(cells);
        if open != stimulus.open {
            step.change(Change::Undecided(stimulus.number, open));
        }
    }
}

/// Lets go of what is long past. What waits for its author is kept as long as it waits.
pub fn forget<R: Recorder>(step: &mut Step<'_, R>) {
    let (model, now) = (&step.rules.bound.model, step.state.minute);
    for stimulus in &step.state.stimuli {
        let waits = stimulus.case.is_some() && !stimulus.open.is_empty();
        if !waits && is_forgotten(model, now - stimulus.minute) {
            step.change(Change::Closed(stimulus.number, None));
        }
    }
}

/// Whether what happened this long ago is forgotten.
pub fn is_forgotten(model: &Model, age: Minute) -> bool {
    let left = grievance(i64::from(age), i64::from(model.grievance_half_life));
    i64::from(left) < i64::from(model.grievance_forgotten)
}

/// The entry of a number, while it is there.
pub fn entry(state: &State, number: u16) -> Option<&Stimulus> {
    state.stimuli.iter().find(|s| s.number == number)
}

/// The newest entry that one seat's fire has opened against another.
pub fn latest(state: &State, by: SeatId, against: SeatId) -> Option<&Stimulus> {
    state.stimuli.iter().rev().find(|s| s.by == by && s.against == against)
}

/// The cells whose fire stands no higher than a rung, in answer to a stimulus. What would stand below the lowest fire
/// is fired there.
pub fn fire_up_to(highest: Rung, stimulus: Rung, lowest: Rung) -> Cells {
    let stands = |cell: Cell| arms_of(cell, stimulus, lowest).is_some_and(|rung| rung.max(lowest) <= highest);
    Cell::ALL
        .into_iter()
        .filter(|cell| stands(*cell))
        .fold(Cells::NONE, |all, cell| all.or(Cells::of(&[cell])))
}

/// What is left of a grievance after a time, in parts per million; linear between half-lives.
pub fn grievance(age: i64, half_life: i64) -> Ppm {
    if half_life <= 0 {
        return ONE_MILLION;
    }
    let (halvings, rest) = (age / half_life, age % half_life);
    if halvings >= 20 {
        return 0;
    }
    let whole = i64::from(ONE_MILLION) >> halvings;
    (whole - whole * rest / (2 * half_life)) as Ppm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grievance_halves_with_each_half_life_and_never_grows() {
        let weights: Vec<Ppm> = (0..40).map(|day| grievance(day * 1440, 3 * 1440)).collect();
        assert_eq!((weights[0], weights[3], weights[6], weights[9]), (1_000_000, 500_000, 250_000, 125_000));
        assert!(weights.windows(2).all(|pair| pair[0] >= pair[1]), "{weights:?}");
        assert_eq!(grievance(5000, 0), ONE_MILLION);
    }

    #[test]
    fn a_standing_order_covers_fire_up_to_its_rung() {
        let up_to = |highest, stimulus| fire_up_to(Rung(highest), Rung(stimulus), Rung(5));
        let symbolic = Cells::of(&[Cell::Symbolic]);
        assert_eq!(up_to(5, 5), symbolic.or(Cells::of(&[Cell::InKind])));
        assert_eq!(up_to(5, 7), symbolic);
        assert_eq!(up_to(7, 7), symbolic.or(Cells::of(&[Cell::InKind])));
        assert_eq!(up_to(8, 7), Cells::ARMS.without(Cells::of(&[Cell::TwoUp])));
        assert!(up_to(0, 7).is_empty());
    }
}
