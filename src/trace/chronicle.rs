//! The builder of the debrief: it follows a game call by call and tells it after the end.

use super::call::CallRecord;
use super::debrief::{Debrief, DebriefSeat, DebriefStep};
use super::perception::seen_as;
use super::told::{Event, Told, told};
use super::wording::{Wording, one_line};
use super::write::Setup;
use crate::engine::{Change, Counter, Game, Question, Score};
use crate::scenario::Scenario;
use crate::scenario::section::HypothesisKind;
use crate::vocabulary::{DAY, Id, Minute, ONE_MILLION, Ppm, SeatId};
use std::sync::Arc;

/// Within how many minutes the staff's question expects fire.
const SOON: Minute = 2 * DAY;

/// Follows one game.
#[derive(Clone, Debug)]
pub struct Chronicle {
    scenario: Arc<Scenario>,
    setup: Setup,
    steps: Vec<DebriefStep>,
    /// What each seat was asked, as of the last call.
    asked: Vec<Option<Asked>>,
    estimates: Vec<(SeatId, Minute, Ppm, Asked)>,
    fire: Vec<Minute>,
    /// The true author of each case.
    authors: Vec<(u16, SeatId)>,
}

/// A question as it stood when a seat answered it.
#[derive(Clone, Copy, Debug)]
enum Asked {
    FireSoon,
    Author(u16, SeatId),
}

impl Chronicle {
    /// Before the first call.
    pub fn new(scenario: &Arc<Scenario>, setup: &Setup) -> Self {
        Chronicle {
            scenario: Arc::clone(scenario),
            setup: setup.clone(),
            steps: Vec::new(),
            asked: vec![None; scenario.document.seats.len()],
            estimates: Vec::new(),
            fire: Vec::new(),
            authors: Vec::new(),
        }
    }

    /// Takes in what a call told; `game` is the game after it.
    pub fn call(&mut self, record: &CallRecord, game: &Game) {
        self.note_changes(record);
        // Of the steps from here on it is not known yet what rung stood at their end.
        let mut open = self.steps.len();
        for told in told(&Wording::new(&self.scenario), record) {
            match told {
                Told::Standing(rung) => {
                    self.steps[open..].iter_mut().for_each(|step| step.rung = rung);
                    open = self.steps.len();
                }
                Told::Event(event) => self.steps.push(self.step(event, record.in_turn(), game)),
            }
        }
        for seat in self.scenario.players() {
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

    fn step(&self, event: Event, turn: u16, game: &Game) -> DebriefStep {
        let Event { minute, fact, truth, rolls, seen } = event;
        let words = Wording::new(&self.scenario);
        let reported = self.scenario.players().filter_map(|seat| {
            let mut news = game.observation(seat).news.iter();
            let seen = news.find_map(|news| seen_as(&self.scenario, &fact, &news.kind))?;
            Some((words.seat(seat), seen.to_owned()))
        });
        let perceived = seen.into_iter().map(|(seat, seen)| (words.seat(seat), seen));
        let seen = reported.chain(perceived).collect();
        DebriefStep { minute, turn, rung: game.standing_rung(), truth, rolls, seen }
    }

    fn note_changes(&mut self, record: &CallRecord) {
        let mut minute = record.minute_before();
        for change in record.changes() {
            match *change {
                Change::Clock(now) => minute = now,
                Change::Count(Counter::Kinetic | Counter::Rounds, _) => self.fire.push(minute),
                Change::Case(case) => self.authors.push((case.number, case.author)),
                Change::Estimate(seat, estimate) => {
                    if let Some(asked) = self.asked[seat.index()] {
                        self.estimates.push((seat, minute, estimate, asked));
                    }
                }
                _ => {}
            }
        }
    }

    /// The debrief; nothing before the end.
    pub fn debrief(&self, game: &Game) -> Option<Debrief> {
        let outcome = game.outcome()?;
        let document = &self.scenario.document;
        let ending = document.endings.get(outcome.ending.index());
        Some(Debrief {
            title: one_line(&document.title),
            seed: format!("seed {}, run {}", self.setup.seed, self.setup.run),
            ending: ending.map_or_else(Default::default, |e| (one_line(&e.label), one_line(&e.text))),
            class: outcome.course_class(game.rules()).words(&document.own_side),
            peak: outcome.peak,
            seats: self
                .setup
                .players
                .iter()
                .filter_map(|player| {
                    let seat = self.scenario.seat(&player.seat)?;
                    let score = outcome.scores.get(seat.index())?;
                    Some(self.seat(seat, &player.by, game, outcome.aims.get(seat.index())?, *score))
                })
                .collect(),
            steps: self.steps.clone(),
        })
    }

    fn seat(&self, seat: SeatId, by: &str, game: &Game, points: &[i32], score: Score) -> DebriefSeat {
        let doc = &self.scenario.document.seats[seat.index()];
        DebriefSeat {
            label: one_line(&doc.label),
            played_by: one_line(by),
            disposition: self.disposition(seat, game),
            aims: doc.aims.iter().zip(points).map(|(aim, points)| (one_line(&aim.label), *points)).collect(),
            score,
            standing: None,
            beliefs: self.beliefs(seat, game),
            brier: self.brier(seat, game.minute()),
        }
    }

    fn disposition(&self, seat: SeatId, game: &Game) -> String {
        let held = self.scenario.document.seats[seat.index()].dispositions.get(game.disposition(seat));
        held.map_or_else(String::new, |d| one_line(&d.label))
    }

    /// Each question: the belief in the type that is true where there is one, else in the first type.
    fn beliefs(&self, seat: SeatId, game: &Game) -> Vec<(String, u8, String)> {
        let document = &self.scenario.document;
        let views = game.observation(seat).beliefs.iter();
        let beliefs = views.filter_map(|view| {
            let hypothesis = document.hypotheses.get(view.hypothesis.index())?;
            let question = one_line(&hypothesis.label);
            let percent = |share: Ppm| ((share + 5_000) / 10_000) as u8;
            Some(match &hypothesis.about {
                HypothesisKind::Disposition(about) => {
                    let held = game.disposition(about.id());
                    let share = view.shares.get(held).copied().unwrap_or(0);
                    (question, percent(share), self.disposition(about.id(), game))
                }
                HypothesisKind::Commitment(_)
                | HypothesisKind::Unconsulted(_)
                | HypothesisKind::Imminence(..) => (question, percent(view.shares[0]), String::new()),
            })
        });
        beliefs.collect()
    }

    /// The mean square error of a seat's estimates, in thousandths. Estimates of fire whose two days the game did not
    /// last for count only if fire came.
    fn brier(&self, seat: SeatId, end: Minute) -> Option<u32> {
        let mut errors = Vec::new();
        for (by, minute, estimate, asked) in &self.estimates {
            if *by != seat {
                continue;
            }
            let came = match asked {
                Asked::FireSoon => {
                    let came = self.fire.iter().any(|fire| (*minute..*minute + SOON).contains(fire));
                    if !came && end < minute + SOON {
                        continue;
                    }
                    came
                }
                Asked::Author(case, suspect) => {
                    self.authors.iter().any(|(number, author)| number == case && author == suspect)
                }
            };
            let truth = if came { u64::from(ONE_MILLION) } else { 0 };
            let error = u64::from(*estimate).abs_diff(truth);
            errors.push(error * error / 1_000_000_000);
        }
        let count = errors.len() as u64;
        (count > 0).then(|| (errors.iter().sum::<u64>() / count) as u32)
    }
}
