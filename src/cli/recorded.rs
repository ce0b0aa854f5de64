//! A recorded game as the debrief and `whatif` need it: played again, with every moment kept.

use super::cores;
use super::exit::{Exit, Failure};
use super::progress::{Progress, Show};
use crate::engine::Game;
use crate::session::butfor::{Effort, Moments};
use crate::storage::{RECORD_LIMIT, read_bytes};
use crate::trace::{Chronicle, ReadError, Replay, TraceFile, rebuild};
use std::path::Path;
use std::sync::Mutex;

/// A recorded game.
pub struct Recorded {
    /// Every moment of it.
    pub moments: Moments,
    /// The game after its last call.
    pub game: Game,
    /// What was told on the way.
    pub chronicle: Chronicle,
    /// Its seed.
    pub seed: u64,
}

impl Recorded {
    /// Reads a record and plays it again.
    ///
    /// # Errors
    /// If it cannot be read, is none, is damaged, or plays otherwise now.
    pub fn read(path: &Path) -> Result<Recorded, Failure> {
        Recorded::of(path, &read_bytes(path, RECORD_LIMIT)?)
    }

    /// Plays a record again that has been read from this path.
    ///
    /// # Errors
    /// As for [`Recorded::read`].
    pub fn of(path: &Path, bytes: &[u8]) -> Result<Recorded, Failure> {
        let failure = |exit: Exit, why: &dyn std::fmt::Display| {
            Failure::new(exit, format!("'{}': {why}", path.display()))
        };
        let file = TraceFile::read(bytes).map_err(|error| match error {
            ReadError::NotARecord => failure(Exit::Usage, &error),
            _ => failure(Exit::Data, &error),
        })?;
        let rules = rebuild(&file).map_err(|error| failure(Exit::Data, &error))?;
        let setup = file.setup().map_err(|error| failure(Exit::Data, &error))?;
        let mut chronicle = Chronicle::new(rules.scenario(), &setup);
        let told = Moments::of(&file, Replay::new(&file, &rules), |entry, record, game| {
            chronicle.entry(entry, record, game);
        });
        let (moments, game) = told.map_err(|error| failure(Exit::Data, &error))?;
        Ok(Recorded { moments, game, chronicle, seed: setup.seed })
    }
}

/// How many continuations are played, and by how many threads.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Work {
    /// Pairs of continuations for every question: more make the intervals narrower.
    #[arg(long, value_name = "K", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub continuations: u32,
    /// Threads; all cores unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How progress is shown on stderr.
    #[arg(long, value_enum, default_value_t)]
    progress: Show,
}

impl Work {
    /// The same for the continuations.
    pub fn effort(&self) -> Effort {
        Effort { continuations: self.continuations, threads: self.threads() }
    }

    /// Threads.
    pub fn threads(&self) -> usize {
        self.threads.map_or_else(cores, usize::from)
    }

    /// Shows how work on so many games goes on while it is done. What is done never says no here: a signal ends the
    /// program instead.
    pub fn watched<T>(
        &self,
        total: u64,
        work: impl FnOnce(&(dyn Fn(u64) -> bool + Sync)) -> Option<T>,
    ) -> Option<T> {
        let progress = Mutex::new(Progress::begin(self.progress, total));
        let done = work(&|done| {
            if let Ok(mut progress) = progress.lock() {
                progress.at(done);
            }
            true
        });
        if let Ok(progress) = progress.lock() {
            progress.end();
        }
        done
    }
}
