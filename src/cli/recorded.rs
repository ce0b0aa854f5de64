//! A recorded game as the debrief and `whatif` need it: played again, with every moment kept.

use super::cores;
use super::exit::{Exit, Failure};
use super::progress::{self, Show};
use crate::engine::{Game, Rules};
use crate::session::butfor::{Effort, Moments};
use crate::storage::{RECORD_LIMIT, read_bytes};
use crate::trace::{Chronicle, Entry, ReadError, Replay, Rolls, TraceFile, Transcript, rebuild};
use crate::vocabulary::SafeText;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

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

/// Which turns of a game are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turns {
    /// All of them, with head and end.
    All,
    /// One, counted from 1.
    Only(u16),
    /// Those from one on, with head and end.
    From(u16),
}

/// What was told of a game.
pub struct Told {
    /// The lines.
    pub lines: Vec<String>,
    /// Whether any of the turns asked for was there.
    pub shown: bool,
    /// The turns that there are.
    pub turns: u16,
}

/// The transcript of a record, as control has it.
///
/// # Errors
/// In words, if playing it again gives something else.
pub fn transcript(file: &TraceFile, rules: &Arc<Rules>, turns: Turns, rolls: Rolls) -> Result<Told, String> {
    let mut transcript = Transcript::new(rules.scenario(), rolls);
    let mut played = Replay::new(file, rules);
    let setup = file.setup()?;
    let whole = !matches!(turns, Turns::Only(_));
    let mut lines = if whole { transcript.opening(&setup, played.game()) } else { Vec::new() };
    let mut shown = turns == Turns::All;
    while let Some(entry) = played.entry().map_err(|error| error.to_string())? {
        let told = match &entry {
            Entry::Call(call) => transcript.call(*call, played.record()),
            Entry::Control(act) => transcript.control(act, played.record(), played.game()),
            table => transcript.table(table, played.game()).into_iter().collect(),
        };
        let turn = played.record().in_turn();
        let wanted = match turns {
            Turns::All => true,
            Turns::Only(only) => turn == only,
            Turns::From(first) => turn >= first,
        };
        if wanted {
            shown = true;
            lines.extend(told);
        }
    }
    if whole {
        match played.game().outcome() {
            Some(outcome) => lines.extend(transcript.end(rules, &outcome)),
            None => lines.push("The game is unfinished.".to_owned()),
        }
    }
    Ok(Told { lines, shown, turns: played.record().in_turn() })
}

/// Whether all rolls are asked for.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct RollsArg {
    /// Tell every roll of the scenario's rules, not only where something came that was more likely not to.
    #[arg(long)]
    rolls: bool,
}

impl RollsArg {
    /// Which rolls are told.
    pub fn which(self) -> Rolls {
        if self.rolls { Rolls::Every } else { Rolls::AgainstTheOdds }
    }
}

/// Prints lines.
///
/// # Errors
/// What the output returns.
pub fn write_lines(out: &mut dyn Write, lines: &[String]) -> Result<(), Failure> {
    for line in lines {
        // Line mode says the same: dots between the parts of a line are for screens.
        writeln!(out, "{}", SafeText::new(&line.replace(" · ", ", ")))?;
    }
    Ok(())
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

    /// Shows how work on so many games goes on while it is done.
    pub fn watched<T>(&self, total: u64, work: impl FnOnce(&(dyn Fn(u64) -> bool + Sync)) -> T) -> T {
        progress::watched(self.progress, total, work)
    }
}
