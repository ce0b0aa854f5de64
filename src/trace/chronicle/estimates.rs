//! The participants' answers to the questions of their staff, and whether it came so.

use crate::engine::{Change, Counter, Fact, Game, Question};
use crate::scenario::Scenario;
use crate::trace::call::CallRecord;
use crate::trace::debrief::GivenEstimate;
use crate::trace::wording::Wording;
use crate::vocabulary::{DAY, Id, Minute, ONE_MILLION, Ppm, Rung, SeatId};

/// Within how many minutes the staff's question expects fire.
const SOON: Minute = 2 * DAY;

/// A question as it stood when a seat answered it.
#[derive(Clone, Copy, Debug)]
enum Asked {
    FireSoon,
    Author(u16, SeatId),
}

/// An answer.
#[derive(Clone, Copy, Debug)]
struct Given {
    seat: SeatId,
    minute: Minute,
    turn: u16,
    estimate: Ppm,
    asked: Asked,
}

/// All answers of a game.
#[derive(Clone, Debug)]
pub(super) struct Estimates {
    /// What each seat was asked, as of the last call.
    asked: Vec<Option<Asked>>,
    given: Vec<Given>,
    /// When shots fell: acts and incidents of arms, and rounds of an exchange.
    fire: Vec<Minute>,
    /// The true author of each case.
    authors: Vec<(u16, SeatId)>,
}

impl Estimates {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let asked = vec![None; scenario.document.seats.len()];
        Estimates { asked, given: Vec::new(), fire: Vec::new(), authors: Vec::new() }
    }

    pub(super) fn call(&mut self, record: &CallRecord, game: &Game, scenario: &Scenario) {
        let (mut minute, turn) = (record.minute_before(), record.in_turn());
        for change in record.changes() {
            match *change {
                Change::Clock(now) => minute = now,
                Change::Count(Counter::Rounds, _) => self.fire.push(minute),
                Change::Case(case) => self.authors.push((case.number, case.author)),
                Change::Estimate(seat, estimate) => {
                    if let Some(asked) = self.asked[seat.index()] {
                        self.given.push(Given { seat, minute, turn, estimate, asked });
                    }
                }
                _ => {}
            }
        }
        let bound = &game.rules().bound;
        let fires = |rung: Rung| i32::from(rung.0) >= bound.model.hot_rung;
        self.fire.extend(record.facts().iter().filter_map(|timed| match timed.fact {
            Fact::Act { action, .. } => fires(bound.actions[action.index()].rung).then_some(timed.minute),
            Fact::Incident { incident, .. } => {
                fires(bound.incidents[incident.index()].rung).then_some(timed.minute)
            }
            _ => None,
        }));
        for seat in scenario.players() {
            let seen = game.observation(seat);
            self.asked[seat.index()] = seen.question.and_then(|question| match question {
                Question::FireSoon => Some(Asked::FireSoon),
                Question::Author(case) => {
                    let view = seen.cases.iter().find(|view| view.case == case)?;
                    Some(Asked::Author(case, view.suspect))
                }
            });
        }
    }

    /// Whether it came so. Of fire whose two days the game did not last for only that it came can be known.
    fn came(&self, given: &Given, end: Minute) -> Option<bool> {
        match given.asked {
            Asked::FireSoon => {
                let soon = given.minute..given.minute + SOON;
                let came = self.fire.iter().any(|fire| soon.contains(fire));
                (came || end >= given.minute + SOON).then_some(came)
            }
            Asked::Author(case, suspect) => Some(self.authors.contains(&(case, suspect))),
        }
    }

    /// The square error of an answer, in thousandths.
    fn error(&self, given: &Given, end: Minute) -> Option<u32> {
        let truth = if self.came(given, end)? { u64::from(ONE_MILLION) } else { 0 };
        let error = u64::from(given.estimate).abs_diff(truth);
        Some((error * error / 1_000_000_000) as u32)
    }

    /// The mean square error of a seat's answers, in thousandths; nothing if none can be judged.
    pub(super) fn brier(&self, seat: SeatId, end: Minute) -> Option<u32> {
        let own = self.given.iter().filter(|given| given.seat == seat);
        let errors: Vec<u32> = own.filter_map(|given| self.error(given, end)).collect();
        let count = errors.len() as u64;
        (count > 0).then(|| (errors.iter().map(|error| u64::from(*error)).sum::<u64>() / count) as u32)
    }

    /// The answers, in order.
    pub(super) fn given(&self, end: Minute, scenario: &Scenario) -> Vec<GivenEstimate> {
        let words = Wording::new(scenario);
        let told = self.given.iter().map(|given| GivenEstimate {
            minute: given.minute,
            turn: given.turn,
            seat: words.seat(given.seat),
            question: match given.asked {
                Asked::FireSoon => "Fire within two days?".to_owned(),
                Asked::Author(case, suspect) => {
                    format!("Was it {}, in case {case}?", words.seat(suspect))
                }
            },
            estimate: given.estimate,
            came: self.came(given, end),
            error: self.error(given, end),
        });
        told.collect()
    }
}
