//! Attribution: who did it is a question with evidence that comes at once, after a week, after months or never.

use crate::engine::dice::SiteId;
use crate::engine::event::{Change, Fact, Purpose, Recorder};
use crate::engine::rules::Rules;
use crate::engine::state::{Case, MAX_SEATS, NEVER, State};
use crate::engine::step::Step;
use crate::vocabulary::{CauseTag, Id, Minute, ONE_MILLION, Ppm, Rung, SeatId};

/// Minutes until evidence comes, by class of lag: the same day, a week, two months, never (record: same day for fire,
/// 6 days for the mines of 2015, 55 days for the sinking of 2010).
const LAGS: [Minute; 4] = [720, 6 * 1440, 55 * 1440, NEVER];

/// The belief in a suspect once the evidence is out, in parts per million.
const PROVEN: Ppm = 950_000;

/// What is known of an act whose author hides.
#[derive(Clone, Copy, Debug)]
pub struct Hidden {
    /// The true author.
    pub author: SeatId,
    /// Against whom.
    pub against: SeatId,
    /// At what rung.
    pub rung: Rung,
    /// How it came about.
    pub cause: CauseTag,
    /// Belief in the author at once.
    pub suspicion: Ppm,
    /// Weights of the lags.
    pub lag: [u32; 4],
}

/// Opens a case; returns its number.
pub fn open<R: Recorder>(step: &mut Step<'_, R>, hidden: &Hidden, site: SiteId, index: u32) -> u16 {
    let class = step.pick(Purpose::Evidence, site.with("evidence"), index, &hidden.lag);
    let now = step.state.minute;
    let mut belief = [hidden.suspicion; MAX_SEATS];
    belief[hidden.author.index()] = ONE_MILLION;
    let number = step.case_number();
    step.change(Change::Case(Case {
        number,
        author: hidden.author,
        against: hidden.against,
        rung: hidden.rung,
        minute: now,
        cause: hidden.cause,
        evidence_at: if LAGS[class] == NEVER { NEVER } else { now + LAGS[class] },
        investigated: false,
        known: false,
        belief,
    }));
    number
}

/// Brings evidence that is due to every seat that plays.
pub fn run<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    for case in state.cases.iter().filter(|c| !c.known && c.evidence_at <= state.minute) {
        step.change(Change::CaseKnown(case.number));
        step.change(Change::Wake);
        for (s, seat) in rules.bound.seats.iter().enumerate() {
            let id = SeatId::new(s);
            if seat.plays && id != case.author {
                let belief = case.belief[s].max(PROVEN);
                step.change(Change::CaseBelief(case.number, id, belief));
                step.fact(Fact::Evidence { case: case.number, seat: id, belief });
            }
        }
    }
}

/// Puts every open case under investigation: the time that is left shrinks by the stated factor, and a case
/// without evidence in sight gets it after two months divided by that factor.
pub fn investigate(rules: &Rules, state: &State, changes: &mut Vec<Change>) {
    let factor = rules.bound.model.investigation_factor.max(1);
    for case in state.cases.iter().filter(|c| !c.known && !c.investigated) {
        let left = if case.evidence_at == NEVER { LAGS[2] } else { case.evidence_at - state.minute };
        changes.push(Change::Investigated(case.number, state.minute + left.max(0) / factor));
    }
}
