//! What seats believed, beside what was so: how it moved, and what surprised them.

use super::disposition;
use crate::engine::{Fact, Game};
use crate::scenario::Scenario;
use crate::scenario::section::HypothesisKind;
use crate::trace::call::CallRecord;
use crate::trace::debrief::{BeliefCourse, Surprise};
use crate::trace::wording::{Wording, one_line};
use crate::vocabulary::{HypothesisId, Id, Minute, Ppm, SeatId};

/// A surprise is what a seat gave less than one in four.
const UNLIKELY: Ppm = 250_000;
/// The most surprises that are told.
const MOST: usize = 12;

/// What a seat believed from when on.
#[derive(Clone, Debug)]
struct Course {
    seat: SeatId,
    hypothesis: HypothesisId,
    points: Vec<(Minute, u16, [Ppm; 4])>,
}

/// Follows all beliefs.
#[derive(Clone, Debug, Default)]
pub(super) struct Beliefs {
    courses: Vec<Course>,
    /// What happened that a seat had thought unlikely.
    acts: Vec<Surprise>,
}

impl Beliefs {
    pub(super) fn call(&mut self, record: &CallRecord, game: &Game, scenario: &Scenario) {
        let words = Wording::new(scenario);
        for timed in record.facts() {
            let Fact::Act { by, action, .. } = timed.fact else { continue };
            for course in &self.courses {
                let about = &scenario.document.hypotheses[course.hypothesis.index()].about;
                let HypothesisKind::Imminence(rival, actions) = about else { continue };
                let foreseen = rival.id() == by && actions.iter().any(|known| known.id() == action);
                let Some((_, _, shares)) = course.points.last().filter(|_| foreseen) else { continue };
                if shares[0] < UNLIKELY {
                    self.acts.push(Surprise {
                        minute: timed.minute,
                        turn: record.in_turn(),
                        seat: words.seat(course.seat),
                        what: format!("{} did it: {}", words.seat(by), words.action(action)),
                        given: shares[0],
                    });
                }
            }
        }
        for seat in scenario.players() {
            for view in &game.observation(seat).beliefs {
                let known =
                    |course: &&mut Course| (course.seat, course.hypothesis) == (seat, view.hypothesis);
                let point = (game.minute(), record.in_turn(), view.shares);
                match self.courses.iter_mut().find(known) {
                    Some(course) if course.points.last().is_some_and(|last| last.2 == view.shares) => {}
                    Some(course) => course.points.push(point),
                    None => {
                        let hypothesis = view.hypothesis;
                        self.courses.push(Course { seat, hypothesis, points: vec![point] });
                    }
                }
            }
        }
    }

    /// Courses of a seat's beliefs in what was true of its rivals.
    fn of_rivals<'a>(
        &'a self,
        game: &'a Game,
        scenario: &'a Scenario,
    ) -> impl Iterator<Item = (&'a Course, &'a str, SeatId, usize)> + 'a {
        self.courses.iter().filter_map(move |course| {
            let hypothesis = &scenario.document.hypotheses[course.hypothesis.index()];
            let HypothesisKind::Disposition(about) = &hypothesis.about else { return None };
            Some((course, hypothesis.label.as_str(), about.id(), game.disposition(about.id())))
        })
    }

    /// How a seat's beliefs in what was true moved.
    pub(super) fn courses(&self, seat: SeatId, game: &Game, scenario: &Scenario) -> Vec<BeliefCourse> {
        let own = self.of_rivals(game, scenario).filter(|(course, ..)| course.seat == seat);
        own.map(|(course, question, about, held)| BeliefCourse {
            question: one_line(question),
            truth: disposition(scenario, about, game),
            points: course.points.iter().map(|(minute, _, shares)| (*minute, shares[held])).collect(),
        })
        .collect()
    }

    /// What surprised whom: acts that staff gave little when they came, and truths at the moment in which least was given
    /// to them.
    pub(super) fn surprises(&self, game: &Game, scenario: &Scenario) -> Vec<Surprise> {
        let words = Wording::new(scenario);
        let mut all = self.acts.clone();
        for (course, _, about, held) in self.of_rivals(game, scenario) {
            let least = course.points.iter().min_by_key(|(minute, _, shares)| (shares[held], *minute));
            let Some((minute, turn, shares)) = least.filter(|(_, _, shares)| shares[held] < UNLIKELY) else {
                continue;
            };
            all.push(Surprise {
                minute: *minute,
                turn: *turn,
                seat: words.seat(course.seat),
                what: format!("{} truly was: {}", words.seat(about), disposition(scenario, about, game)),
                given: shares[held],
            });
        }
        all.sort_by(|a, b| (a.given, a.minute, &a.seat).cmp(&(b.given, b.minute, &b.seat)));
        all.truncate(MOST);
        all
    }
}
