//! Merging: parts become one table, in the order of runs, whatever order they were made in.

use super::columns::{columns, step_columns};
use super::design::write_table;
use super::folder::{DESIGN, Folder, Found, MANIFEST, RUNS, STEPS, SweepError};
use super::part::{Identity, Part};
use super::plan::Plan;
use super::rows::{Column, each_row, header};
use super::stop::Tally;
use crate::engine::{Rules, bind};
use crate::scenario::Settings;
use crate::storage::{Draft, Faults, RECORD_LIMIT, Trouble, open, read_bytes};
use crate::trace::{ENGINE, RULES};
use crate::vocabulary::Rung;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

/// What a finished sweep says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the format.
    pub offramp_sweep: u32,
    /// The version of the program.
    pub offramp: String,
    /// The version of the rules of play.
    pub rules: u32,
    /// A hash of the engine.
    pub engine: String,
    /// The experiment's name.
    pub experiment: String,
    /// The scenario's name.
    pub scenario: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The plan's hash.
    pub plan: String,
    /// The seed.
    pub seed: u64,
    /// Design points.
    pub points: u64,
    /// Runs of each point.
    pub replications: u64,
    /// Runs.
    pub runs: u64,
    /// Whether it stopped before the plan's end, because every metric was exact enough.
    pub stopped_early: bool,
    /// Runs that did not end.
    pub budget: u64,
    /// Runs that panicked.
    pub panics: u64,
    /// The lowest rung on which there is fire in the scenario.
    pub lowest_fire: Rung,
    /// The columns of `runs.csv`.
    pub columns: Vec<Column>,
    /// The columns of `steps.csv`, if it was asked for.
    pub step_columns: Vec<Column>,
    /// The tables.
    pub files: Vec<TableFile>,
}

/// A table of a finished sweep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its BLAKE3 hash.
    pub blake3: String,
}

/// A table on its way to the disk.
struct Output {
    name: &'static str,
    draft: Draft,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Output {
    fn begin(folder: &Folder, name: &'static str) -> Result<Output, SweepError> {
        let draft = Draft::begin(&folder.file(name), Faults::none())?;
        Ok(Output { name, draft, hasher: blake3::Hasher::new(), bytes: 0 })
    }

    fn push(&mut self, bytes: &[u8]) -> Result<(), SweepError> {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(self.draft.push(bytes)?)
    }

    fn finish(self) -> Result<TableFile, SweepError> {
        let blake3 = self.hasher.finalize().to_hex().to_string();
        self.draft.finish()?;
        Ok(TableFile { name: self.name.to_owned(), bytes: self.bytes, blake3 })
    }
}

/// The rules of a plan's scenario as it stands: what its columns are read from.
pub fn plain_rules(plan: &Plan) -> Result<Arc<Rules>, SweepError> {
    bind(&plan.scenario, &Settings::default()).map_err(|why| SweepError::NoSuchRun(why.join("; ")))
}

/// Where the part of every chunk is.
struct Parts<'a> {
    identity: &'a Identity,
    at: BTreeMap<u64, &'a Folder>,
}

impl Parts<'_> {
    fn get(&self, chunk: u64) -> Result<Part, SweepError> {
        let Some(folder) = self.at.get(&chunk) else {
            return Err(SweepError::Parts(format!("chunk {chunk} is missing")));
        };
        match folder.look(self.identity, chunk)? {
            Found::Whole(part) => Ok(part),
            Found::Damaged(why) => {
                Err(SweepError::Damaged(format!("'{}' is damaged: {why}", folder.part(chunk).display())))
            }
            Found::Missing => Err(SweepError::Parts(format!("chunk {chunk} is missing"))),
        }
    }
}

/// Adds a round to a tally, and says whether the sweep may stop after it.
///
/// # Errors
/// If a part of it is not there.
pub fn may_stop_after(
    plan: &Plan,
    identity: &Identity,
    folder: &Folder,
    round: usize,
    tally: &mut Tally,
) -> Result<bool, SweepError> {
    let chunks = plan.chunks_of(round);
    let parts = Parts { identity, at: chunks.clone().map(|chunk| (chunk, folder)).collect() };
    tally_round(plan, &parts, round, tally)
}

fn tally_round(plan: &Plan, parts: &Parts<'_>, round: usize, tally: &mut Tally) -> Result<bool, SweepError> {
    for chunk in plan.chunks_of(round) {
        let part = parts.get(chunk)?;
        each_row(&part.runs[..], |row| tally.add(row))
            .map_err(|error| SweepError::Damaged(format!("chunk {chunk}: {error}")))?;
    }
    Ok(plan.may_stop() && tally.exact_enough())
}

/// Makes one sweep of the parts in some folders. Which of them were made first, or where, leaves no trace. `rules` must
/// be the plan's [`plain_rules`]: whoever swept has them already.
///
/// # Errors
/// If the folders are of different plans, a chunk is missing, damaged, or there twice; all that is wrong is listed.
pub fn merge(
    folders: &[Folder],
    plan: &Plan,
    rules: &Rules,
    identity: &Identity,
    out: &Folder,
) -> Result<Manifest, SweepError> {
    let mut at: BTreeMap<u64, &Folder> = BTreeMap::new();
    let mut twice = Vec::new();
    for folder in folders {
        for chunk in folder.chunks()? {
            if let Some(first) = at.insert(chunk, folder) {
                let (first, second) = (first.part(chunk), folder.part(chunk));
                twice.push(format!("  chunk {chunk}: '{}' and '{}'", first.display(), second.display()));
            }
        }
    }
    if !twice.is_empty() {
        return Err(SweepError::Parts(format!("some chunks are there twice:\n{}", shortened(&twice))));
    }
    if let Some(beyond) = at.keys().find(|chunk| **chunk >= plan.chunks()) {
        return Err(SweepError::Parts(format!("chunk {beyond} is no chunk of the plan")));
    }
    let parts = Parts { identity, at };
    let mut tally = Tally::new(plan, rules, plan.experiment.metrics.clone());
    let mut rounds = 0;
    for round in 0..plan.rounds() {
        let missing = spans(plan.chunks_of(round).filter(|chunk| !parts.at.contains_key(chunk)));
        if !missing.is_empty() {
            return Err(SweepError::Parts(format!(
                "these chunks are missing: {}",
                shortened_by(&missing, ", ")
            )));
        }
        rounds += 1;
        if plan.may_stop() && tally_round(plan, &parts, round, &mut tally)? {
            break;
        }
    }
    assemble(plan, rules, &parts, rounds, out)
}

/// Writes the tables and, last, the manifest.
fn assemble(
    plan: &Plan,
    rules: &Rules,
    parts: &Parts<'_>,
    rounds: usize,
    out: &Folder,
) -> Result<Manifest, SweepError> {
    let experiment = &plan.experiment;
    let columns = columns(rules, &experiment.factors);
    let step_columns = if experiment.steps { step_columns(rules) } else { Vec::new() };
    let mut runs = Output::begin(out, RUNS)?;
    runs.push(&header(&columns))?;
    let mut steps = if experiment.steps { Some(Output::begin(out, STEPS)?) } else { None };
    if let Some(steps) = &mut steps {
        steps.push(&header(&step_columns))?;
    }
    let (mut count, mut budget, mut panics) = (0, 0, 0);
    for chunk in 0..plan.chunks_of(rounds - 1).end {
        let part = parts.get(chunk)?;
        runs.push(&part.runs)?;
        if let Some(steps) = &mut steps {
            steps.push(&part.steps)?;
        }
        count += part.label.runs;
        budget += part.label.budget;
        panics += part.label.panics;
    }
    let mut design = Output::begin(out, DESIGN)?;
    write_table(&experiment.design, &experiment.factors, experiment.seed, |piece| design.push(piece))?;
    let mut files = vec![runs.finish()?];
    if let Some(steps) = steps {
        files.push(steps.finish()?);
    }
    files.push(design.finish()?);
    let manifest = Manifest {
        offramp_sweep: super::plan::FORMAT,
        offramp: ENGINE.to_owned(),
        rules: RULES,
        engine: parts.identity.engine.clone(),
        experiment: experiment.name.clone(),
        scenario: plan.scenario.document.name.clone(),
        fingerprint: plan.scenario.fingerprint.clone(),
        plan: plan.hash.clone(),
        seed: experiment.seed,
        points: plan.points,
        replications: plan.replicates_after(rounds),
        runs: count,
        stopped_early: rounds < plan.rounds(),
        budget,
        panics,
        lowest_fire: rules.bound.model.lowest_fire(),
        columns,
        step_columns,
        files,
    };
    let json = serde_json::to_string_pretty(&manifest).expect("a manifest is plain data");
    out.write(MANIFEST, format!("{json}\n").as_bytes())?;
    Ok(manifest)
}

/// The manifest of a finished sweep, whatever plan it is of; nothing if the sweep is not finished.
pub(super) fn manifest(folder: &Folder) -> Result<Option<Manifest>, SweepError> {
    let path = folder.file(MANIFEST);
    let bytes = match read_bytes(&path, RECORD_LIMIT) {
        Err(error) if matches!(error.trouble, Trouble::NotFound) => return Ok(None),
        read => read?,
    };
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|error| SweepError::Damaged(format!("'{}' is damaged: {error}", path.display())))
}

/// The manifest of a finished sweep; nothing if it is not finished. All tables are compared with their hashes.
///
/// # Errors
/// If a table is damaged, or the sweep is of another plan or engine.
pub fn finished(folder: &Folder, identity: &Identity) -> Result<Option<Manifest>, SweepError> {
    let Some(manifest) = manifest(folder)? else { return Ok(None) };
    let path = folder.file(MANIFEST);
    for (what, has, wanted) in
        [("plan", &manifest.plan, &identity.plan), ("engine", &manifest.engine, &identity.engine)]
    {
        if has != wanted {
            let why = format!("'{}' is of {what} {has}, not {wanted}", path.display());
            return Err(SweepError::Foreign(why));
        }
    }
    for file in &manifest.files {
        let path = folder.file(&file.name);
        let (mut input, mut hasher) = (open(&path)?, blake3::Hasher::new());
        let mut buffer = vec![0; 1 << 16];
        loop {
            match input.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => hasher.update(&buffer[..count]),
                Err(error) => return Err(SweepError::Damaged(format!("'{}': {error}", path.display()))),
            };
        }
        if hasher.finalize().to_hex().as_str() != file.blake3 {
            let why = format!("'{}' is damaged: its hash is not the manifest's", path.display());
            return Err(SweepError::Damaged(why));
        }
    }
    Ok(Some(manifest))
}

/// Numbers as spans: `0-3`, `7`.
fn spans(numbers: impl Iterator<Item = u64>) -> Vec<String> {
    let mut spans: Vec<(u64, u64)> = Vec::new();
    for number in numbers {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => spans.push((number, number)),
        }
    }
    let text = |(first, last)| if first == last { format!("{first}") } else { format!("{first}-{last}") };
    spans.into_iter().map(text).collect()
}

/// The first lines of a list.
fn shortened(lines: &[String]) -> String {
    shortened_by(lines, "\n")
}

fn shortened_by(items: &[String], between: &str) -> String {
    const MOST: usize = 20;
    let more = items.len().saturating_sub(MOST);
    let mut text = items[..items.len() - more].join(between);
    if more > 0 {
        text += &format!("{between}and {more} more");
    }
    text
}
