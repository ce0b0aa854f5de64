//! The plan: every run of an experiment by its number, as a pure function. No run depends on another.

use super::experiment::{Experiment, Pairing};
use super::factor::{Target, Value};
use crate::scenario::{Scenario, Settings};
use crate::trace::{Player, Setup};
use crate::vocabulary::SeatId;
use serde_json::{Value as Json, json};
use std::ops::Range;
use std::sync::Arc;

/// The version of plans, parts and rows: it changes whenever the same experiment would give other bytes.
pub const FORMAT: u32 = 2;

/// A stretch of runs after which the sweep may stop: every point gets these replicates.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Round {
    first_run: u64,
    first_chunk: u64,
    replicates: Range<u64>,
}

/// A plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// The experiment.
    pub experiment: Experiment,
    /// How many design points.
    pub points: u64,
    /// A hash of everything that decides a row, but for the engine.
    pub hash: String,
    rounds: Vec<Round>,
    runs: u64,
    chunks: u64,
}

/// What one run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub run: u64,
    /// Its design point.
    pub point: u64,
    /// Which run of the point.
    pub replicate: u64,
    /// The run number that the dice know.
    pub luck: u64,
}

impl Plan {
    /// Plans an experiment.
    pub fn new(scenario: Arc<Scenario>, experiment: Experiment) -> Plan {
        let points = experiment.design.points(&experiment.factors).unwrap_or(0);
        let all = u64::from(experiment.replications);
        let ends = experiment.stop_at.iter().map(|stop| u64::from(*stop)).filter(|stop| *stop < all);
        let (mut first_run, mut first_chunk, mut from) = (0, 0, 0);
        let mut rounds = Vec::new();
        for to in ends.chain([all]) {
            rounds.push(Round { first_run, first_chunk, replicates: from..to });
            first_run += points * (to - from);
            first_chunk += (points * (to - from)).div_ceil(experiment.chunk.into());
            from = to;
        }
        let hash = hash(&scenario, &experiment);
        Plan { scenario, experiment, points, hash, rounds, runs: first_run, chunks: first_chunk }
    }

    /// How many runs.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// How many chunks.
    pub fn chunks(&self) -> u64 {
        self.chunks
    }

    /// How many rounds, after each of which the sweep may stop.
    pub fn rounds(&self) -> usize {
        self.rounds.len()
    }

    /// Whether the sweep may stop before its last run.
    pub fn may_stop(&self) -> bool {
        !self.experiment.stop_at.is_empty()
    }

    /// The chunks of a round.
    pub fn chunks_of(&self, round: usize) -> Range<u64> {
        let end = self.rounds.get(round + 1).map_or(self.chunks, |next| next.first_chunk);
        self.rounds[round].first_chunk..end
    }

    /// The runs of a round.
    fn runs_of(&self, round: usize) -> Range<u64> {
        let end = self.rounds.get(round + 1).map_or(self.runs, |next| next.first_run);
        self.rounds[round].first_run..end
    }

    /// The runs of each point, once this many rounds are done.
    pub fn replicates_after(&self, rounds: usize) -> u64 {
        rounds.checked_sub(1).map_or(0, |last| self.rounds[last].replicates.end)
    }

    /// The runs of a chunk. A chunk lies within one round.
    pub fn runs_in(&self, chunk: u64) -> Range<u64> {
        let round = self.rounds.partition_point(|round| round.first_chunk <= chunk) - 1;
        let Range { start, end } = self.runs_of(round);
        let size = u64::from(self.experiment.chunk);
        let first = start + (chunk - self.rounds[round].first_chunk) * size;
        first..(first + size).min(end)
    }

    /// The chunk that a run is in.
    pub fn chunk_of(&self, run: u64) -> u64 {
        let round = &self.rounds[self.rounds.partition_point(|round| round.first_run <= run) - 1];
        round.first_chunk + (run - round.first_run) / u64::from(self.experiment.chunk)
    }

    /// What a run is.
    pub fn job(&self, run: u64) -> Job {
        let round = &self.rounds[self.rounds.partition_point(|round| round.first_run <= run) - 1];
        let width = round.replicates.end - round.replicates.start;
        let within = run - round.first_run;
        let (point, replicate) = (within / width, round.replicates.start + within % width);
        let luck = match self.experiment.pairing {
            Pairing::Common => replicate,
            Pairing::Independent => run,
        };
        Job { run, point, replicate, luck }
    }

    /// The values of all factors at a point.
    pub fn values(&self, point: u64) -> Vec<Value> {
        let Experiment { design, factors, seed, .. } = &self.experiment;
        design.values(factors, *seed, point)
    }

    /// The settings of a point.
    pub fn settings(&self, values: &[Value]) -> Settings {
        let mut settings = Settings::default();
        for text in &self.experiment.settings {
            settings.push_text(text).expect("a plan's settings were checked");
        }
        for (factor, value) in self.experiment.factors.iter().zip(values) {
            if factor.target == Target::Setting {
                settings.0.push((factor.name.clone(), value.setting()));
            }
        }
        settings
    }

    /// Who plays at a point, in the order of the seats.
    pub fn policies(&self, values: &[Value]) -> Vec<(SeatId, String)> {
        let Experiment { policies, factors, .. } = &self.experiment;
        let chosen = |seat: &String| {
            let mut choices = factors.iter().zip(values);
            choices.find(|(factor, _)| matches!(&factor.target, Target::Policy(s) if s == seat))
        };
        policies
            .iter()
            .filter_map(|(seat, usual)| {
                let policy = chosen(seat).map_or_else(|| usual.clone(), |(_, value)| value.to_string());
                Some((self.scenario.seat(seat)?, policy))
            })
            .collect()
    }

    /// How the game of a run is set up, as a trace's header has it.
    pub fn setup(&self, job: Job) -> Setup {
        let values = self.values(job.point);
        let name =
            |seat: SeatId| self.scenario.document.seats[crate::vocabulary::Id::index(seat)].name.clone();
        let players = self.policies(&values).into_iter().map(|(seat, by)| Player { seat: name(seat), by });
        Setup {
            seed: self.experiment.seed,
            run: job.luck,
            settings: self.settings(&values),
            players: players.collect(),
        }
    }

    /// The plan as a file holds it; the scenario stands in a file of its own.
    pub fn to_json(&self) -> Json {
        json!({
            "offramp_plan": FORMAT,
            "hash": self.hash,
            "scenario": self.scenario.document.name,
            "fingerprint": self.scenario.fingerprint,
            "points": self.points,
            "runs": self.runs,
            "chunks": self.chunks,
            "experiment": self.experiment,
        })
    }
}

fn hash(scenario: &Scenario, experiment: &Experiment) -> String {
    let computed = Experiment { about: String::new(), ..experiment.clone() };
    let whole = json!([FORMAT, scenario.fingerprint, computed]);
    blake3::hash(whole.to_string().as_bytes()).to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::fixture::{experiment, plan};

    #[test]
    fn every_run_is_in_one_chunk_and_every_point_gets_every_replicate() {
        for stop_at in [vec![], vec![3], vec![2, 5, 7]] {
            let plan = plan(|e| {
                (e.replications, e.chunk, e.stop_at) = (7, 4, stop_at.clone());
                e.factors = experiment(&["parameters.percept_bias.value"]).factors;
            });
            let runs: Vec<u64> = (0..plan.chunks()).flat_map(|chunk| plan.runs_in(chunk)).collect();
            assert!(runs.iter().copied().eq(0..plan.runs()), "{stop_at:?}");
            let chunk_of = |run: &u64| plan.runs_in(plan.chunk_of(*run)).contains(run);
            assert!(runs.iter().all(chunk_of));
            let mut jobs: Vec<_> =
                runs.iter().map(|run| plan.job(*run)).map(|j| (j.point, j.replicate)).collect();
            jobs.sort_unstable();
            let every = (0..plan.points).flat_map(|point| (0..7).map(move |replicate| (point, replicate)));
            assert!(jobs.into_iter().eq(every));
        }
    }

    #[test]
    fn points_share_luck_unless_told_otherwise() {
        let lucks = |pairing| {
            let plan = plan(|e| {
                (e.replications, e.pairing) = (3, pairing);
                e.factors = experiment(&["parameters.percept_bias.value"]).factors;
            });
            (0..plan.runs()).map(|run| plan.job(run).luck).collect::<Vec<_>>()
        };
        assert_eq!(lucks(Pairing::Common), [0, 1, 2, 0, 1, 2]);
        assert_eq!(lucks(Pairing::Independent), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn the_hash_tells_apart_everything_that_decides_a_row_and_nothing_else() {
        let same = plan(|_| {}).hash;
        assert_eq!(plan(|e| e.about = "other words".to_owned()).hash, same);
        let changes: [fn(&mut Experiment); 7] = [
            |e| e.seed += 1,
            |e| e.replications += 1,
            |e| e.chunk += 1,
            |e| e.budget += 1,
            |e| e.steps = true,
            |e| e.pairing = Pairing::Independent,
            |e| e.settings.push("tracks.readiness.start=3".to_owned()),
        ];
        for (index, change) in changes.into_iter().enumerate() {
            assert_ne!(plan(change).hash, same, "change {index}");
        }
    }
}
