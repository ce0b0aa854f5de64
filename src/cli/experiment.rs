//! Experiment arguments: an experiment file, or a scenario by path or name, which is an experiment of one point.

use super::exit::{Exit, Failure};
use super::{scenario, seats};
use crate::scenario::Scenario;
use crate::scenario::diagnostics::Diagnostics;
use crate::scenario::source::Source;
use crate::storage::{RECORD_LIMIT, SCENARIO_LIMIT, inside, read_bytes, read_text, shipped};
use crate::sweep::experiment::{Metric, PolicyDoc, Watched};
use crate::sweep::{ExperimentDoc, Folder, Plan, SweepError, read};
use crate::vocabulary::Id;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::sync::Arc;

/// What a command line says about an experiment, beside its file.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Changes {
    /// Runs of each design point.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: Option<u32>,
    /// The seed of all luck.
    #[arg(long)]
    pub seed: Option<u64>,
    /// A value that holds at every point; `offramp check --settings` lists them.
    #[arg(long, value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Who plays a seat at every point.
    #[arg(long, value_name = "SEAT=NAME")]
    pub policy: Vec<String>,
    /// Watch this too: a column (its mean), COLUMN=WORD, COLUMN>=NUMBER or COLUMN>NUMBER (the share of runs).
    #[arg(long, value_name = "WHAT")]
    pub metric: Vec<String>,
    /// Give every run luck of its own, instead of the same to run r of every point.
    #[arg(long)]
    pub independent: bool,
    /// Write a row for every turn too.
    #[arg(long)]
    pub steps: bool,
}

/// Reads an experiment and plans it.
///
/// # Errors
/// If it cannot be read, or anything is wrong in it or in its scenario.
pub fn plan(argument: &OsStr, changes: &Changes) -> Result<Plan, Failure> {
    let (document, file, mut findings) = document(argument)?;
    let folder = Path::new(argument).parent().unwrap_or(Path::new(""));
    let scenario = match &file {
        Some(_) => named(folder, &document.scenario)?,
        None => scenario::load(argument)?,
    };
    let mut document = changed(document, changes, &scenario)?;
    if file.is_none() {
        // An experiment that was made up for a scenario is called as that is.
        document.name = scenario.document.name.clone();
    }
    let table = |name: &str| {
        let path = inside(folder, name).map_err(|error| error.to_string())?;
        read_text(&path, RECORD_LIMIT).map_err(|error| error.to_string())
    };
    let place = file.unwrap_or_else(|| findings.add_source(Source::new("the command line", "()")));
    let experiment = document.resolve(&scenario, place, &table, &mut findings);
    let experiment = experiment.ok_or_else(|| faults(&findings, file.is_some()))?;
    Ok(Plan::new(scenario, experiment))
}

type Read = (ExperimentDoc, Option<crate::scenario::source::FileId>, Diagnostics);

/// An experiment file as it is written, or an experiment made up for a scenario.
fn document(argument: &OsStr) -> Result<Read, Failure> {
    let plain = || (ExperimentDoc::plain("scenario", "scenario"), None, Diagnostics::new());
    if argument.to_str().is_some_and(|name| shipped(name).is_some()) {
        return Ok(plain());
    }
    let path = Path::new(argument);
    let Ok(bytes) = read_bytes(path, SCENARIO_LIMIT) else {
        // The scenario's reader says what is wrong, and which name was perhaps meant.
        return Ok(plain());
    };
    let source = Source::from_bytes(path.display().to_string(), bytes);
    let source = source.map_err(|why| Failure::usage(format!("cannot read '{}': {why}", path.display())))?;
    if !source.names("scenario") {
        return Ok(plain());
    }
    match read(source) {
        (Some((document, file)), findings) => Ok((document, Some(file), findings)),
        (None, findings) => Err(faults(&findings, true)),
    }
}

fn faults(findings: &Diagnostics, in_a_file: bool) -> Failure {
    let (errors, _) = findings.counts();
    if in_a_file {
        let text = findings.to_text(false);
        let count = format!("{errors} error(s) in the experiment");
        return Failure::new(Exit::NotSo, format!("{}\n{count}", text.trim_end()));
    }
    // What was typed needs no excerpt.
    let found = findings.sorted();
    let messages = found.iter().map(|finding| {
        let expected = finding.expected.iter().map(|expected| format!("; expected {expected}"));
        let nearest = finding.nearest.iter().map(|nearest| format!("; did you mean `{nearest}`?"));
        finding.message.to_string() + &expected.chain(nearest).collect::<String>()
    });
    Failure::usage(messages.collect::<Vec<_>>().join("\n"))
}

/// The scenario that an experiment names: a shipped one, or a file inside the experiment's folder.
fn named(folder: &Path, name: &str) -> Result<Arc<Scenario>, Failure> {
    if shipped(name).is_some() || !(name.contains('/') || name.ends_with(".ron")) {
        return scenario::load(OsStr::new(name));
    }
    let path = inside(folder, name)?;
    scenario::load(&OsString::from(path))
}

fn changed(
    mut document: ExperimentDoc,
    changes: &Changes,
    scenario: &Scenario,
) -> Result<ExperimentDoc, Failure> {
    document.replications = changes.runs.unwrap_or(document.replications);
    document.stop_at.retain(|stop| *stop <= document.replications);
    document.seed = changes.seed.unwrap_or(document.seed);
    document.steps |= changes.steps;
    if changes.independent {
        document.pairing = crate::sweep::experiment::Pairing::Independent;
    }
    for (name, value) in scenario::settings(&changes.set)?.0 {
        if document.factors.iter().any(|factor| factor.name == name) {
            return Err(Failure::usage(format!("`{name}` is a factor of the experiment")));
        }
        document.settings.push(crate::scenario::document::SettingDoc { name, value });
    }
    for text in &changes.metric {
        let of = Watched::parse(text).map_err(|why| Failure::usage(format!("--metric: {why}")))?;
        document.metrics.push(Metric { name: text.clone(), of, half_width: None });
    }
    for (seat, policy) in seats::policies(scenario, &changes.policy)? {
        let seat = scenario.document.seats[seat.index()].name.clone();
        let factor = format!("seats.{seat}.policy");
        if document.factors.iter().any(|given| given.name == factor) {
            return Err(Failure::usage(format!("`{factor}` is a factor of the experiment")));
        }
        document.policies.retain(|given| given.seat != seat);
        document.policies.push(PolicyDoc { seat, policy });
    }
    Ok(document)
}

/// Refuses to write over a file that a sweep keeps.
///
/// # Errors
/// If the path is one, or its folder cannot be listed.
pub fn spares_sweeps(path: &Path) -> Result<(), Failure> {
    if Folder::keeps(path)? {
        return Err(Failure::usage(format!(
            "'{}' is a file that a sweep keeps; write under another name",
            path.display()
        )));
    }
    Ok(())
}

/// The exit code and the words for a sweep that stopped.
impl From<SweepError> for Failure {
    fn from(error: SweepError) -> Failure {
        let exit = match error {
            SweepError::Storage(error) => return error.into(),
            SweepError::Foreign(_) | SweepError::Damaged(_) | SweepError::Parts(_) => Exit::Data,
            SweepError::NotASweep(_) | SweepError::NoSuchRun(_) => Exit::Usage,
        };
        Failure::new(exit, error)
    }
}
