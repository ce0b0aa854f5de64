//! Measuring: a recorder that turns a game into one row of whole numbers while it is played.

use super::gauge::{Gauge, Watched, watched};
use crate::engine::{
    COUNTERS, Change, Counter, Fact, Game, Left, MAX_SEATS, Outcome, Readers, Recorder, Roll, Rules, Score,
};
use crate::session::runner::Witness;
use crate::trace::Call;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{Id, Minute, ONE_MILLION, Ppm, Reading, Rung};
use std::sync::Arc;

/// Where a turn's numbers have its standing rung.
const STANDING: usize = 2;

/// The measure of one game. It is reused, and allocates nothing while a game is played.
#[derive(Clone, Debug)]
pub struct Measure {
    rules: Arc<Rules>,
    minute: Minute,
    turn: i64,
    ticks: i64,
    peak: Rung,
    /// Acts on the highest rung.
    at_peak: u32,
    peak_minute: Minute,
    /// Highest act rung of the turn in hand.
    turn_peak: Rung,
    standing: Rung,
    /// Whether the game has ended: the standing rung that this came to is told after that.
    over: bool,
    counters: [i64; COUNTERS],
    deaths: i64,
    civilians: i64,
    outages: i64,
    cuts: i64,
    gaps: i64,
    percepts: i64,
    said: [Reading; MAX_SEATS],
    dispositions: [usize; MAX_SEATS],
    beliefs: Vec<[Ppm; 4]>,
    watched: Vec<Watched>,
    levels: Vec<i32>,
    /// Rows of turns, one after the other, if they are wanted.
    steps: Option<Vec<i64>>,
}

impl Measure {
    /// A measure for games of these rules.
    pub fn new(rules: &Arc<Rules>, steps: bool) -> Measure {
        Measure {
            rules: Arc::clone(rules),
            minute: 0,
            turn: 0,
            ticks: 0,
            peak: Rung(0),
            at_peak: 0,
            peak_minute: 0,
            turn_peak: Rung(0),
            standing: Rung(0),
            over: false,
            counters: [0; COUNTERS],
            deaths: 0,
            civilians: 0,
            outages: 0,
            cuts: 0,
            gaps: 0,
            percepts: 0,
            said: [Reading::Neutral; MAX_SEATS],
            dispositions: [0; MAX_SEATS],
            beliefs: vec![[0; 4]; rules.bound.hypotheses.len()],
            watched: watched(rules),
            levels: vec![0; rules.bound.tracks.len()],
            steps: steps.then(Vec::new),
        }
    }

    /// Begins again with a game before its first opening.
    pub fn begin(&mut self, game: &Game) {
        let Measure { rules, beliefs, watched, levels, steps, dispositions, .. } = self;
        for (s, disposition) in dispositions.iter_mut().enumerate().take(rules.bound.seats.len()) {
            *disposition = game.disposition(Id::new(s));
        }
        for (now, hypothesis) in beliefs.iter_mut().zip(&rules.bound.hypotheses) {
            *now = [0; 4];
            let types = hypothesis.prior.len().min(4);
            now[..types].copy_from_slice(&hypothesis.prior[..types]);
        }
        for w in watched {
            (w.worst, w.sum) = (0, 0);
        }
        for (level, track) in levels.iter_mut().zip(&rules.bound.tracks) {
            *level = track.start;
        }
        steps.iter_mut().for_each(Vec::clear);
        (self.minute, self.turn, self.ticks) = (0, 0, 0);
        (self.peak, self.peak_minute, self.turn_peak, self.standing) = (Rung(0), 0, Rung(0), Rung(0));
        (self.at_peak, self.over) = (0, false);
        self.counters = [0; COUNTERS];
        (self.deaths, self.civilians) = (0, 0);
        (self.outages, self.cuts) = (0, 0);
        (self.gaps, self.percepts) = (0, 0);
        self.said = [Reading::Neutral; MAX_SEATS];
        (0..self.watched.len()).for_each(|w| self.look(w));
    }

    /// Takes a belief's measure.
    fn look(&mut self, w: usize) {
        let watched = &mut self.watched[w];
        let shares = &self.beliefs[watched.hypothesis];
        let subject = self.rules.bound.hypotheses[watched.hypothesis].subject.index();
        watched.now = match watched.gauge {
            Gauge::Abandonment => ONE_MILLION.saturating_sub(shares[0]),
            Gauge::Entrapment | Gauge::UseOrLose => shares[0],
            Gauge::Error => {
                let truth = shares.get(self.dispositions[subject]).copied().unwrap_or(0);
                ONE_MILLION.saturating_sub(truth)
            }
        };
        watched.worst = watched.worst.max(watched.now);
    }

    fn look_at(&mut self, hypothesis: usize) {
        if let Some(w) = self.watched.iter().position(|w| w.hypothesis == hypothesis) {
            self.look(w);
        }
    }

    fn perceived(&mut self, meant: Reading, perceived: Reading) {
        self.gaps += meant.index().abs_diff(perceived.index()) as i64;
        self.percepts += 1;
    }

    /// A tick is over. If the game ended in it, the row of its last turn is there already.
    fn stands(&mut self, rung: Rung) {
        self.standing = rung;
        let width = self.step_width();
        if let Some(steps) = self.steps.as_mut().filter(|steps| self.over && !steps.is_empty()) {
            let last = steps.len() - width;
            steps[last + STANDING] = rung.0.into();
        }
    }

    /// How many numbers a turn has.
    fn step_width(&self) -> usize {
        9 + self.levels.len()
    }

    fn end_turn(&mut self) {
        self.turn += 1;
        let count = |counter: Counter| self.counters[counter as usize];
        if let Some(steps) = &mut self.steps {
            steps.extend([
                self.turn,
                self.minute.into(),
                self.standing.0.into(),
                self.turn_peak.0.into(),
                self.deaths,
                self.civilians,
                count(Counter::Kinetic),
                count(Counter::CallsTried),
                count(Counter::CallsAnswered),
            ]);
            steps.extend(self.levels.iter().map(|level| i64::from(*level)));
        }
        self.turn_peak = Rung(0);
    }

    /// Highest act rung so far, and how many acts there were on it.
    pub fn peak(&self) -> (Rung, u32) {
        (self.peak, self.at_peak)
    }

    /// The tracks' levels now, in the order of the scenario.
    pub fn levels(&self) -> &[i32] {
        &self.levels
    }

    /// Ticks played so far.
    pub fn ticks(&self) -> u64 {
        self.ticks.unsigned_abs()
    }

    /// The row of a game that is over, in the order of the columns of what is measured.
    pub fn row(&mut self, outcome: &Outcome, row: &mut Vec<i64>) {
        row.clear();
        row.extend([
            outcome.peak.0.into(),
            i64::from(self.peak_minute),
            outcome.turns.into(),
            outcome.minutes.into(),
        ]);
        row.extend(outcome.deaths.iter().map(|deaths| i64::from(*deaths)));
        row.push(outcome.civilians.into());
        for (s, seat) in self.rules.scenario().document.seats.iter().enumerate() {
            if !seat.plays {
                continue;
            }
            let Score { aims, floored, soldiers: _, civilians: _, alliance, left } = outcome.scores[s];
            row.extend([i64::from(aims), i64::from(floored)]);
            if !self.rules.bound.seats[s].allies.is_empty() {
                row.push(i64::from(alliance.unwrap_or(0)));
            }
            let Left { open_ultimatums, lapsed_threats, broken_accords, lost_assurance } = left;
            row.extend([open_ultimatums, lapsed_threats, broken_accords].map(i64::from));
            row.push(lost_assurance.into());
            row.extend(outcome.aims[s].iter().map(|points| i64::from(*points)));
        }
        row.extend(outcome.counters.iter().map(|count| i64::from(*count)));
        row.extend([
            self.outages,
            self.cuts,
            self.percepts,
            (self.gaps * 1000).checked_div(self.percepts).unwrap_or(0),
        ]);
        for w in self.watched.iter().filter(|w| w.gauge != Gauge::UseOrLose) {
            let mean = w.sum.checked_div(self.ticks).unwrap_or(i64::from(w.now));
            row.extend([w.now.into(), w.worst.into(), mean]);
        }
        let pressed = self.watched.iter().filter(|w| w.gauge == Gauge::UseOrLose);
        row.push(pressed.map(|w| i64::from(w.worst)).max().unwrap_or(0));
    }

    /// The turns of a game that is over, each as many numbers as `steps.csv` has columns beside `run`.
    pub fn steps(&self) -> impl Iterator<Item = &[i64]> {
        let width = self.step_width();
        self.steps.iter().flat_map(move |steps| steps.chunks(width))
    }
}

impl Recorder for Measure {
    const HEARS_ROLLS: bool = false;

    fn roll(&mut self, _: &Roll) {}

    fn fact(&mut self, fact: &Fact) {
        match *fact {
            Fact::Percept { known_author: true, meant, perceived, .. } => self.perceived(meant, perceived),
            Fact::Statement { by, meant } => self.said[by.index()] = meant,
            Fact::StatementHeard { by, perceived, .. } => self.perceived(self.said[by.index()], perceived),
            Fact::Standing { rung } => self.stands(rung),
            _ => {}
        }
    }

    fn change(&mut self, change: &Change) {
        match *change {
            Change::Clock(minute) => {
                self.minute = minute;
                self.ticks += 1;
                self.watched.iter_mut().for_each(|w| w.sum += i64::from(w.now));
            }
            Change::TurnEnds => self.end_turn(),
            Change::Ended(_) => {
                self.end_turn();
                self.over = true;
            }
            Change::ActAt(rung) => {
                self.turn_peak = self.turn_peak.max(rung);
                if rung > self.peak {
                    (self.peak, self.at_peak, self.peak_minute) = (rung, 0, self.minute);
                }
                self.at_peak += u32::from(rung == self.peak);
            }
            Change::Level(track, by) => {
                let bounds = &self.rules.bound.tracks[track.index()];
                let level = &mut self.levels[track.index()];
                *level = level.saturating_add(by).clamp(bounds.min, bounds.max);
            }
            Change::Deaths(_, by) => self.deaths += i64::from(by),
            Change::Civilians(by) => self.civilians += i64::from(by),
            Change::Disposition(seat, to) => {
                self.dispositions[seat.index()] = to.into();
                (0..self.watched.len()).for_each(|w| self.look(w));
            }
            Change::Technical(_, false) => self.outages += 1,
            Change::Political(_, Politics::Cut | Politics::Silent) => self.cuts += 1,
            Change::Belief(hypothesis, shares) => {
                self.beliefs[hypothesis.index()] = shares;
                self.look_at(hypothesis.index());
            }
            Change::Count(counter, by) => self.counters[counter as usize] += i64::from(by),
            _ => {}
        }
    }
}

impl Witness for Measure {
    type Recorder = Measure;

    const READERS: Readers = Readers::Asked;

    fn recorder(&mut self) -> &mut Measure {
        self
    }

    fn called(&mut self, _: Call, _: &Game, _: &[crate::engine::Orders]) {}
}
