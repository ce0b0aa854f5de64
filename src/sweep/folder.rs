//! The folder of a sweep: plan, scenario, parts, and what is missing.

use super::experiment::Experiment;
use super::part::{Identity, NotAPart, Part};
use super::plan::{FORMAT, Plan};
use crate::scenario::source::Source;
use crate::scenario::{Scenario, compile};
use crate::storage::{
    Draft, Faults, Lock, Privacy, RECORD_LIMIT, StorageError, Trouble, make_folder, names_in, read_bytes,
    remove_file, remove_folder, replace,
};
use serde::Deserialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a sweep stops.
#[derive(Debug)]
pub enum SweepError {
    /// A file operation failed.
    Storage(StorageError),
    /// Something is of another plan or engine.
    Foreign(String),
    /// Something is damaged.
    Damaged(String),
    /// Parts do not make up a whole.
    Parts(String),
    /// The folder is no sweep's.
    NotASweep(String),
    /// A run of the plan cannot be set up.
    NoSuchRun(String),
}

impl From<StorageError> for SweepError {
    fn from(error: StorageError) -> SweepError {
        SweepError::Storage(error)
    }
}

impl fmt::Display for SweepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SweepError::Storage(error) => write!(f, "{error}"),
            SweepError::Foreign(text)
            | SweepError::Damaged(text)
            | SweepError::Parts(text)
            | SweepError::NotASweep(text)
            | SweepError::NoSuchRun(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for SweepError {}

/// What stands where a chunk's part should be.
#[derive(Debug)]
pub enum Found {
    /// Nothing.
    Missing,
    /// The part.
    Whole(Part),
    /// Something damaged.
    Damaged(&'static str),
}

const PLAN: &str = "plan.json";
const SCENARIO: &str = "scenario.ron";
const PARTS: &str = "parts";
/// The table of runs.
pub const RUNS: &str = "runs.csv";
/// The table of turns.
pub const STEPS: &str = "steps.csv";
/// The table of design points.
pub(super) const DESIGN: &str = "design.csv";
/// The manifest: once it is there the sweep is complete.
pub(super) const MANIFEST: &str = "manifest.json";
/// Every file of a sweep that is finished.
pub(super) const FILES: [&str; 6] = [RUNS, STEPS, DESIGN, MANIFEST, PLAN, SCENARIO];

/// The folder of a sweep.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// The part of a plan's file that is read back.
#[derive(Deserialize)]
pub(super) struct Stored {
    offramp_plan: u32,
    /// The plan's hash.
    pub hash: String,
    /// What was planned.
    pub experiment: Experiment,
}

impl Folder {
    /// A folder, whatever is in it.
    pub fn at(path: &Path) -> Folder {
        Folder { path: path.to_path_buf() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Whether a path is that of a file that a sweep keeps: other output must not take its place.
    ///
    /// # Errors
    /// If its folder cannot be listed.
    pub fn keeps(path: &Path) -> Result<bool, StorageError> {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        Ok(path.file_name().and_then(|name| name.to_str()).is_some_and(|name| FILES.contains(&name))
            && names_in(parent.unwrap_or(Path::new(".")))?.iter().any(|name| name == PLAN))
    }

    /// Whether the folder is one of this plan already, or may become one. Nothing is written.
    ///
    /// # Errors
    /// If it holds another plan, or something else altogether.
    pub fn is_of(&self, plan: &Plan) -> Result<bool, SweepError> {
        let names = names_in(&self.path)?;
        if names.iter().any(|name| name == PLAN) {
            let stored = self.stored()?;
            if stored.hash != plan.hash {
                return Err(SweepError::Foreign(format!(
                    "'{}' holds the plan {} of the experiment {}, and this is plan {}",
                    self.path.display(),
                    stored.hash,
                    stored.experiment.name,
                    plan.hash
                )));
            }
            return Ok(true);
        }
        // Another worker may be claiming it at this moment.
        let ours = |name: &String| {
            name == SCENARIO || name == PARTS || name == "sweep.lock" || name.starts_with(".offramp-")
        };
        if let Some(other) = names.iter().find(|name| !ours(name)) {
            return Err(SweepError::NotASweep(format!(
                "'{}' is no sweep, and it is not empty: it holds `{other}`",
                self.path.display()
            )));
        }
        Ok(false)
    }

    /// Makes the folder one of this plan, or makes sure that it is. Whoever sweeps or merges into it as a whole claims
    /// it under its [`lock`](Folder::lock).
    ///
    /// # Errors
    /// If it holds another plan, or something else altogether.
    pub fn claim(&self, plan: &Plan) -> Result<(), SweepError> {
        make_folder(&self.path)?;
        if self.is_of(plan)? {
            return Ok(());
        }
        let text = plan.scenario.text.clone() + "\n";
        self.write(SCENARIO, text.as_bytes())?;
        let json = format!("{:#}\n", plan.to_json());
        self.write(PLAN, json.as_bytes())?;
        // Workers claim without a lock: one of another plan may have been here at this moment.
        self.is_of(plan).map(|_| ())
    }

    /// Takes the folder for one process that sweeps or merges into it as a whole, and claims it.
    ///
    /// # Errors
    /// If another process has it, or as for [`Folder::claim`]; what is no sweep, or another one, is not touched.
    pub fn lock(&self, plan: &Plan) -> Result<Lock, SweepError> {
        make_folder(&self.path)?;
        self.is_of(plan)?;
        let lock = Lock::take(&self.file("sweep"))?;
        // Another process may have claimed it before it was ours alone.
        self.claim(plan)?;
        Ok(lock)
    }

    /// Writes a file whole.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), SweepError> {
        Ok(replace(&self.file(name), bytes, Privacy::Shared, &mut Faults::none())?)
    }

    /// The plan's file, without its scenario.
    pub(super) fn stored(&self) -> Result<Stored, SweepError> {
        let path = self.file(PLAN);
        let bytes = match read_bytes(&path, RECORD_LIMIT) {
            Err(error) if matches!(error.trouble, Trouble::NotFound) => {
                return Err(SweepError::NotASweep(format!(
                    "'{}' is no sweep: it has no `{PLAN}`",
                    self.path.display()
                )));
            }
            read => read?,
        };
        let stored: Stored = serde_json::from_slice(&bytes)
            .map_err(|error| SweepError::Damaged(format!("'{}' is damaged: {error}", path.display())))?;
        if stored.offramp_plan != FORMAT {
            return Err(SweepError::Foreign(format!(
                "'{}' is of format {}, and this offramp reads format {FORMAT}: sweep into another folder",
                path.display(),
                stored.offramp_plan
            )));
        }
        Ok(stored)
    }

    /// The plan that the folder holds.
    ///
    /// # Errors
    /// If it holds none, or one that this version does not read.
    pub fn plan(&self) -> Result<Plan, SweepError> {
        let stored = self.stored()?;
        let path = self.file(SCENARIO);
        let bytes = read_bytes(&path, RECORD_LIMIT)?;
        let no_base = |name: &str, _: &Source| {
            Err(format!("a composed scenario has no base, and this one asks for `{name}`"))
        };
        let foreign = |why: String| SweepError::Foreign(format!("'{}': {why}", path.display()));
        let source = Source::from_bytes(path.display().to_string(), bytes).map_err(foreign)?;
        let (scenario, findings) = compile(source, &no_base);
        let scenario: Scenario = scenario.ok_or_else(|| {
            foreign(format!("this version does not accept the scenario:\n{}", findings.to_lines()))
        })?;
        let plan = Plan::new(Arc::new(scenario), stored.experiment);
        if plan.hash != stored.hash {
            return Err(SweepError::Damaged(format!(
                "'{}' says plan {}, and what it holds makes plan {}",
                self.file(PLAN).display(),
                stored.hash,
                plan.hash
            )));
        }
        Ok(plan)
    }

    /// Where a chunk's part is.
    pub fn part(&self, chunk: u64) -> PathBuf {
        self.path.join(PARTS).join(format!("part-{chunk:06}"))
    }

    /// What stands where a chunk's part should be.
    ///
    /// # Errors
    /// If it cannot be read, or is a part of something else.
    pub fn look(&self, identity: &Identity, chunk: u64) -> Result<Found, SweepError> {
        let path = self.part(chunk);
        let bytes = match read_bytes(&path, RECORD_LIMIT) {
            Err(error) if matches!(error.trouble, Trouble::NotFound) => return Ok(Found::Missing),
            read => read?,
        };
        match Part::read(bytes, identity, chunk) {
            Ok(part) => Ok(Found::Whole(part)),
            Err(NotAPart::Damaged(why)) => Ok(Found::Damaged(why)),
            Err(NotAPart::Foreign(why)) => Err(SweepError::Foreign(format!("'{}': {why}", path.display()))),
        }
    }

    /// Writes a part, whole or not at all.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn put(&self, part: &Part) -> Result<(), SweepError> {
        let mut draft = Draft::begin(&self.part(part.label.chunk), Faults::none())?;
        for piece in [part.seal().as_bytes(), &part.runs, &part.steps] {
            draft.push(piece)?;
        }
        Ok(draft.finish()?)
    }

    /// Makes the folder of parts.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn make_parts(&self) -> Result<(), SweepError> {
        Ok(make_folder(&self.path.join(PARTS))?)
    }

    /// The chunks that have a part, by the files' names, sorted.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn chunks(&self) -> Result<Vec<u64>, SweepError> {
        let names = names_in(&self.path.join(PARTS))?;
        let chunk = |name: &String| name.strip_prefix("part-").and_then(|number| number.parse().ok());
        let mut chunks: Vec<u64> = names.iter().filter_map(chunk).collect();
        chunks.sort_unstable();
        chunks.dedup();
        Ok(chunks)
    }

    /// Removes all parts, and what killed workers left beside them.
    ///
    /// # Errors
    /// If something cannot be removed.
    pub fn clear_parts(&self) -> Result<(), SweepError> {
        for folder in [self.path.join(PARTS), self.path.clone()] {
            for name in names_in(&folder)? {
                let left = name.starts_with(".offramp-");
                if left || folder != self.path && name.starts_with("part-") {
                    remove_file(&folder.join(name))?;
                }
            }
        }
        Ok(remove_folder(&self.path.join(PARTS))?)
    }
}
