//! One row of a sweep as a whole game: its trace, line by line.

use super::folder::{Folder, Found, RUNS, SweepError};
use super::part::Identity;
use super::plan::Plan;
use super::play::rows_of;
use super::rows::each_row;
use crate::engine::{Game, Orders, bind};
use crate::session::runner::{Recording, Table, run_within};
use crate::storage::{Trouble, open};
use crate::trace::{CallRecord, ENGINE, RecordKind, TraceWriter};
use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The record of a run, as it would be played by itself. A game that does not end gives an unfinished one.
///
/// # Errors
/// If the plan has no such run, or it cannot be set up.
pub fn record(plan: &Plan, run: u64) -> Result<Vec<String>, SweepError> {
    if run >= plan.runs() {
        return Err(SweepError::NoSuchRun(format!("the plan has no run {run}; it has {}", plan.runs())));
    }
    let (lines, ended) = play(plan, run, RecordKind::Trace)?;
    if ended {
        return Ok(lines);
    }
    // A trace must end; a journal may stop anywhere.
    Ok(play(plan, run, RecordKind::Journal)?.0)
}

fn play(plan: &Plan, run: u64, kind: RecordKind) -> Result<(Vec<String>, bool), SweepError> {
    let fault = |why: String| SweepError::NoSuchRun(format!("run {run}: {why}"));
    let job = plan.job(run);
    let values = plan.values(job.point);
    let setup = plan.setup(job);
    let rules = bind(&plan.scenario, &setup.settings).map_err(|why| fault(why.join("; ")))?;
    let mut game = Game::new(rules.clone(), setup.seed, setup.run);
    let table = Table::new(&game, setup.seed, setup.run, &plan.policies(&values));
    let mut table = table.map_err(|unknown| fault(unknown.to_string()))?;
    let (mut writer, opening) = TraceWriter::begin(kind, &plan.scenario, ENGINE, &setup);
    let mut lines = opening.to_vec();
    let mut recording = Recording::new(|call, game: &Game, orders: &[Orders], record: &CallRecord| {
        lines.push(writer.call(call, game, orders, record));
    });
    let budget = plan.experiment.budget;
    let played =
        catch_unwind(AssertUnwindSafe(|| run_within(budget, &mut game, &mut table, &mut recording).ok()));
    let outcome = played.ok().flatten();
    if let Some(outcome) = &outcome {
        lines.push(writer.end(&rules, outcome));
    }
    lines.push(String::new());
    Ok((lines, outcome.is_some()))
}

/// Whether playing a run again gives the row that the folder holds; nothing if it holds none.
///
/// # Errors
/// If the row cannot be read.
pub fn agrees(
    plan: &Plan,
    identity: &Identity,
    folder: &Folder,
    run: u64,
) -> Result<Option<bool>, SweepError> {
    let fault = |why: &dyn std::fmt::Display| SweepError::NoSuchRun(format!("run {run}: {why}"));
    let played = rows_of(plan, [run]).map_err(|none| fault(&none.why))?;
    let stored = match open(&folder.file(RUNS)) {
        Ok(file) => nth(BufReader::new(file), run + 1)?,
        Err(error) if matches!(error.trouble, Trouble::NotFound) => {
            let chunk = plan.chunk_of(run);
            match folder.look(identity, chunk)? {
                Found::Whole(part) => nth(&part.runs[..], run - part.label.first)?,
                Found::Missing | Found::Damaged(_) => None,
            }
        }
        Err(error) => return Err(error.into()),
    };
    let played = nth(&played[..], 0)?;
    Ok(stored.map(|stored| Some(stored) == played))
}

/// A row of a table by its position.
fn nth(table: impl Read, position: u64) -> Result<Option<csv::StringRecord>, SweepError> {
    let (mut at, mut found) = (0, None);
    each_row(table, |row| {
        if at == position {
            found = Some(row.clone());
        }
        at += 1;
    })
    .map_err(|error| SweepError::Damaged(format!("the table cannot be read: {error}")))?;
    Ok(found)
}
