//! Playing: runs of a plan, one after another, with everything that can be reused kept.

use super::columns::{before_measured, columns};
use super::factor::Value;
use super::measure::Measure;
use super::part::{Identity, Part};
use super::plan::{Job, Plan};
use super::rows::{RowText, Status};
use crate::engine::{Game, Outcome, bind};
use crate::session::runner::{OverBudget, Table, run_within};
use crate::trace::{ENGINE, RULES};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How a game is driven to its end: a test drives it otherwise.
type Drive = fn(u32, &mut Game, &mut Table, &mut Measure) -> Result<Outcome, OverBudget>;

/// What one worker keeps from run to run.
pub struct Player<'a> {
    plan: &'a Plan,
    drive: Drive,
    table: Option<Seating>,
    row: Vec<i64>,
    /// How many cells a row without measurements leaves empty.
    blank: usize,
}

/// A game of one design point, with those who play it.
struct Seating {
    point: u64,
    values: Vec<Value>,
    game: Game,
    table: Table,
    measure: Measure,
}

/// A run that cannot even be set up: the plan asks for what the scenario does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchRun {
    /// The run.
    pub run: u64,
    /// Why.
    pub why: String,
}

/// Why a chunk has no part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unplayed {
    /// Somebody stopped it.
    Stopped,
    /// A run cannot be set up.
    NoSuchRun(NoSuchRun),
}

impl<'a> Player<'a> {
    /// A worker for a plan.
    pub fn new(plan: &'a Plan) -> Player<'a> {
        Player { plan, drive: run_within, table: None, row: Vec::new(), blank: 0 }
    }

    #[cfg(test)]
    pub(super) fn driven(plan: &'a Plan, drive: Drive) -> Player<'a> {
        Player { drive, ..Player::new(plan) }
    }

    /// Sits down at a design point, unless that is where it sits.
    fn seat(&mut self, job: Job) -> Result<(), NoSuchRun> {
        if self.table.as_ref().is_some_and(|seating| seating.point == job.point) {
            return Ok(());
        }
        let fault = |why: String| NoSuchRun { run: job.run, why };
        let plan = self.plan;
        let (values, seed) = (plan.values(job.point), plan.experiment.seed);
        let rules = bind(&plan.scenario, &plan.settings(&values)).map_err(|all| fault(all.join("; ")))?;
        let columns = columns(&rules, &plan.experiment.factors).len();
        self.blank = columns - before_measured(plan.experiment.factors.len());
        let game = Game::new(rules.clone(), seed, job.luck);
        let table = Table::new(&game, seed, job.luck, &plan.policies(&values));
        let table = table.map_err(|unknown| fault(unknown.to_string()))?;
        let measure = Measure::new(&rules, plan.experiment.steps);
        self.table = Some(Seating { point: job.point, values, game, table, measure });
        Ok(())
    }

    /// Plays a run; a panic is caught, and the worker starts afresh after it.
    fn play(&mut self, job: Job) -> Result<Result<Outcome, Status>, NoSuchRun> {
        self.seat(job)?;
        let (seed, budget) = (self.plan.experiment.seed, self.plan.experiment.budget);
        let Some(Seating { game, table, measure, .. }) = &mut self.table else {
            unreachable!("it has just sat down")
        };
        let drive = self.drive;
        let played = catch_unwind(AssertUnwindSafe(|| {
            game.restart(seed, job.luck);
            table.restart(game, seed, job.luck).map_err(|unknown| unknown.to_string())?;
            measure.begin(game);
            Ok(drive(budget, game, table, measure))
        }));
        match played {
            Ok(Ok(outcome)) => Ok(outcome.map_err(|OverBudget(_)| Status::Budget)),
            Ok(Err(why)) => Err(NoSuchRun { run: job.run, why }),
            Err(_) => {
                // Whatever the panic left half done is thrown away.
                self.table = None;
                Ok(Err(Status::Panic))
            }
        }
    }

    /// Plays a run and writes its rows.
    fn write(&mut self, job: Job, runs: &mut RowText, steps: &mut RowText) -> Result<Status, NoSuchRun> {
        let played = self.play(job)?;
        let seed = self.plan.experiment.seed;
        runs.whole(job.run as i64);
        runs.whole(job.point as i64);
        runs.whole(job.replicate as i64);
        runs.word(&seed.to_string());
        runs.whole(job.luck as i64);
        match &self.table {
            Some(seating) => seating.values.iter().for_each(|value| runs.value(value)),
            None => self.plan.values(job.point).iter().for_each(|value| runs.value(value)),
        }
        let status = match (played, &mut self.table) {
            (Ok(outcome), Some(Seating { game, measure, .. })) => {
                let endings = &game.rules().scenario().document.endings;
                runs.word(Status::Done.word());
                let ending = outcome.ending();
                runs.word(ending.map_or("", |e| &endings[crate::vocabulary::Id::index(e)].name));
                runs.word(outcome.class_word());
                measure.row(&outcome, &mut self.row);
                self.row.iter().for_each(|number| runs.whole(*number));
                for step in measure.steps() {
                    steps.whole(job.run as i64);
                    step.iter().for_each(|number| steps.whole(*number));
                    steps.end();
                }
                Status::Done
            }
            (played, _) => {
                let status = played.err().unwrap_or(Status::Panic);
                runs.word(status.word());
                runs.nothing(2 + self.blank);
                status
            }
        };
        runs.end();
        Ok(status)
    }

    /// Plays a chunk, and counts every run in `done`. A part that is no longer needed lends its memory.
    ///
    /// # Errors
    /// If it is stopped, or a run cannot be set up.
    pub fn chunk(
        &mut self,
        identity: &Identity,
        chunk: u64,
        spare: Option<Part>,
        stop: &AtomicBool,
        done: &AtomicU64,
    ) -> Result<Part, Unplayed> {
        let (runs, steps) = spare.map_or_else(Default::default, |part| (part.runs, part.steps));
        let (mut runs, mut steps) = (RowText::over(runs), RowText::over(steps));
        let mut counts = [0; 3];
        let range = self.plan.runs_in(chunk);
        for run in range.clone() {
            if stop.load(Ordering::Relaxed) {
                return Err(Unplayed::Stopped);
            }
            let status =
                self.write(self.plan.job(run), &mut runs, &mut steps).map_err(Unplayed::NoSuchRun)?;
            counts[0] += 1;
            counts[1] += u64::from(status == Status::Budget);
            counts[2] += u64::from(status == Status::Panic);
            done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(Part::new(identity, chunk, range.start, counts, runs.into_bytes(), steps.into_bytes()))
    }
}

/// The rows of some runs, as `runs.csv` has them.
///
/// # Errors
/// If a run cannot be set up.
pub fn rows_of(plan: &Plan, runs: impl IntoIterator<Item = u64>) -> Result<Vec<u8>, NoSuchRun> {
    let (mut rows, mut steps) = (RowText::default(), RowText::default());
    let mut player = Player::new(plan);
    for run in runs {
        player.write(plan.job(run), &mut rows, &mut steps)?;
    }
    Ok(rows.into_bytes())
}

/// Who plays: the plan, and the engine by what it makes of the plan's first run, so that two builds of one version
/// that play differently are told apart.
///
/// # Errors
/// If the plan's first run cannot be set up.
pub fn identity(plan: &Plan) -> Result<Identity, NoSuchRun> {
    let mut player = Player::new(plan);
    let played = player.play(plan.job(0))?;
    let probe = match &player.table {
        Some(seating) if played.is_ok() => seating.game.digest(),
        _ => "no end".to_owned(),
    };
    let engine = blake3::hash(format!("{ENGINE} {RULES} {probe}").as_bytes()).to_hex()[..32].to_owned();
    Ok(Identity { plan: plan.hash.clone(), engine })
}
