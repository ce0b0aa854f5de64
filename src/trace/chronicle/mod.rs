//! The builder of the debrief: it follows a game call by call and tells it after the end.

mod beliefs;
mod clock;
mod estimates;
mod levels;

use self::beliefs::Beliefs;
use self::clock::Clock;
use self::estimates::Estimates;
use self::levels::Levels;
use super::call::CallRecord;
use super::debrief::{Debrief, DebriefSeat, DebriefStep, StepFrom};
use super::perception::seen_as;
use super::replay::Entry;
use super::told::{Event, Told, told};
use super::transcript::aim_words;
use super::wording::{Wording, one_line};
use super::write::Setup;
use crate::engine::{ControlAct, Fact, Game, Score};
use crate::scenario::Scenario;
use crate::scenario::section::HypothesisKind;
use crate::vocabulary::{Id, Minute, Ppm, Rung, SeatId};
use std::sync::Arc;

/// Follows one game.
#[derive(Clone, Debug)]
pub struct Chronicle {
    scenario: Arc<Scenario>,
    setup: Setup,
    steps: Vec<DebriefStep>,
    path: Vec<(Minute, Rung)>,
    estimates: Estimates,
    clock: Clock,
    beliefs: Beliefs,
    /// Why control ended the game, if it did.
    stopped: Option<String>,
    levels: Levels,
}

impl Chronicle {
    /// Before the first call.
    pub fn new(scenario: &Arc<Scenario>, setup: &Setup) -> Self {
        Chronicle {
            scenario: Arc::clone(scenario),
            setup: setup.clone(),
            steps: Vec::new(),
            path: Vec::new(),
            estimates: Estimates::new(scenario),
            clock: Clock::default(),
            beliefs: Beliefs::default(),
            stopped: None,
            levels: Levels::default(),
        }
    }

    /// Takes in what a call told; `game` is the game after it.
    pub fn call(&mut self, record: &CallRecord, game: &Game) {
        self.estimates.call(record, game, &self.scenario);
        self.clock.call(record, game, &self.scenario);
        self.beliefs.call(record, game, &self.scenario);
        self.levels.call(record, game, &self.scenario);
        for timed in record.facts() {
            if let Fact::Standing { rung } = timed.fact
                && self.path.last().is_none_or(|(_, before)| *before != rung)
            {
                self.path.push((timed.minute, rung));
            }
        }
        // Of the steps from here on it is not known yet what rung stood at their end.
        let mut open = self.steps.len();
        for told in told(&Wording::new(&self.scenario), record) {
            match told {
                Told::Standing(rung) => {
                    self.steps[open..].iter_mut().for_each(|step| step.rung = rung);
                    open = self.steps.len();
                }
                Told::Rule(_) => {}
                Told::Event(event) => self.steps.push(self.step(event, record.in_turn(), game)),
            }
        }
    }

    /// Takes in a line of a record and what it told; `game` is the game after it.
    pub fn entry(&mut self, entry: &Entry<'_>, record: &CallRecord, game: &Game) {
        match entry {
            Entry::Call(_) => self.call(record, game),
            Entry::Control(act) => self.control(act, record, game),
            Entry::Seat(seating) => self.seated(&seating.seat, &seating.by),
            Entry::Sealed(_) | Entry::Talk(_) | Entry::Note(_) | Entry::Fork(_) | Entry::End => {}
        }
        if let Some(truth) = Wording::new(&self.scenario).table(entry) {
            self.tell(StepFrom::Table, truth, Vec::new(), record, game);
        }
    }

    fn tell(&mut self, from: StepFrom, truth: String, rolls: Vec<String>, record: &CallRecord, game: &Game) {
        let (minute, rung) = (game.minute(), game.standing_rung());
        let turn = record.turn().saturating_add(1);
        self.steps.push(DebriefStep { minute, turn, rung, truth, rolls, seen: Vec::new(), from });
    }

    /// Takes in an act of control and what it told; `game` is the game after it.
    pub fn control(&mut self, act: &ControlAct, record: &CallRecord, game: &Game) {
        let words = Wording::new(&self.scenario);
        let (truth, rolls) = (words.control(act), words.arguments(act));
        self.tell(StepFrom::Control, truth, rolls, record, game);
        if let ControlAct::End { why } = act {
            self.stopped = Some(one_line(why));
        }
        self.call(record, game);
    }

    /// A seat has changed hands.
    fn seated(&mut self, seat: &str, by: &str) {
        for player in self.setup.players.iter_mut().filter(|player| player.seat == seat) {
            if player.by != by {
                player.by = format!("{}, then {by}", player.by);
            }
        }
    }

    /// What happened so far, in order.
    pub fn steps(&self) -> &[DebriefStep] {
        &self.steps
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
        DebriefStep { minute, turn, rung: game.standing_rung(), truth, rolls, seen, from: StepFrom::Game }
    }

    /// The debrief; nothing before the end.
    pub fn debrief(&self, game: &Game) -> Option<Debrief> {
        let outcome = game.outcome()?;
        let document = &self.scenario.document;
        let (label, mut text) = Wording::new(&self.scenario).ending(outcome.ended);
        if let Some(why) = &self.stopped {
            text = format!("{text} Why: {why}.");
        }
        Some(Debrief {
            title: one_line(&document.title),
            seed: match self.setup.run {
                // A game that is played is no run of a sweep.
                0 => format!("seed {}", self.setup.seed),
                run => format!("seed {}, run {run}", self.setup.seed),
            },
            first: Wording::new(&self.scenario).first(),
            ending: (label, text),
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
            path: self.path.clone(),
            ladder: document.ladder.iter().map(|row| (Rung(row.rung), one_line(&row.label))).collect(),
            calls: self.clock.calls.clone(),
            consultations: self.clock.consultations(game),
            surprises: self.beliefs.surprises(game, &self.scenario),
            estimates: self.estimates.given(game.minute(), &self.scenario),
            levels: self.levels.courses(&self.scenario),
            questions: document.questions.iter().map(|question| one_line(&question.text)).collect(),
            but_for: None,
            among: None,
        })
    }

    fn seat(&self, seat: SeatId, by: &str, game: &Game, points: &[i32], score: Score) -> DebriefSeat {
        let doc = &self.scenario.document.seats[seat.index()];
        DebriefSeat {
            label: one_line(&doc.label),
            played_by: one_line(by),
            disposition: self.disposition(seat, game),
            aims: doc
                .aims
                .iter()
                .zip(points)
                .map(|(aim, points)| (aim_words(aim, *points), *points))
                .collect(),
            score,
            standing: None,
            beliefs: self.beliefs(seat, game),
            courses: self.beliefs.courses(seat, game, &self.scenario),
            brier: self.estimates.brier(seat, game.minute()),
        }
    }

    fn disposition(&self, seat: SeatId, game: &Game) -> String {
        disposition(&self.scenario, seat, game)
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
}

/// What a seat secretly is.
fn disposition(scenario: &Scenario, seat: SeatId, game: &Game) -> String {
    let held = scenario.document.seats[seat.index()].dispositions.get(game.disposition(seat));
    held.map_or_else(String::new, |d| one_line(&d.label))
}
