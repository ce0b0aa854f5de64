//! `offramp replay`: a recorded game, checked, told, or shown as one seat saw it.

use super::exit::{Exit, Failure};
use super::experiment::spares_sweeps;
use super::recorded::{RollsArg, Turns, transcript, write_lines};
use super::seats;
use crate::engine::Rules;
use crate::session::{Asked, Follower, SeatExport};
use crate::storage::{Faults, Privacy, RECORD_LIMIT, Trouble, read_bytes, replace};
use crate::sweep::{Folder, agrees, identity, record};
use crate::trace::{
    Entry, ReadError, Replay as Played, TraceFile, Verified, as_trace, one_line, rebuild, verify,
};
use crate::tui::Clerk;
use crate::vocabulary::{Id, SeatId};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Plays a recorded game again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp replay game.trace\n  offramp replay game.trace --verify\n  \
                        offramp replay game.trace --as rok --turn 3\n  \
                        offramp replay game.trace --as rok --export rok.jsonl\n  \
                        offramp replay finished.journal --export game.trace\n  \
                        offramp replay DIR --run 17 --turn 3")]
pub struct Replay {
    /// A trace or a journal; with `--run`, the folder of a sweep.
    #[arg(value_name = "TRACE|DIR")]
    trace: PathBuf,
    /// The run of a sweep that is played again, by its number in `runs.csv`.
    #[arg(long, value_name = "N")]
    run: Option<u64>,
    /// Check every line: its seal, and that playing the game again gives it.
    #[arg(long, conflicts_with_all = ["viewer", "turn", "export"])]
    verify: bool,
    /// Whose view is shown: a seat's name, or control, which sees everything.
    #[arg(long = "as", value_name = "SEAT|control", default_value = CONTROL)]
    viewer: String,
    /// Show one turn only, counted from 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    turn: Option<u16>,
    #[command(flatten)]
    rolls: RollsArg,
    /// Write the game to a file: a seat's observations as JSON Lines, or control's trace.
    #[arg(long, value_name = "FILE", conflicts_with = "turn")]
    export: Option<PathBuf>,
}

/// The viewer who sees everything.
const CONTROL: &str = "control";

impl Replay {
    /// Reads the record and does what was asked.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let bytes = match self.run {
            None => read_bytes(&self.trace, RECORD_LIMIT).map_err(|error| match error.trouble {
                Trouble::IsDirectory => {
                    Failure::usage(format!("{error}; of a sweep, say which game: --run N"))
                }
                _ => error.into(),
            })?,
            Some(run) => self.of_sweep(run)?,
        };
        let file = TraceFile::read(&bytes).map_err(|error| self.unread(&error))?;
        let rules = rebuild(&file).map_err(|error| self.failure(Exit::Data, error))?;
        if self.verify {
            return self.check(&file, &rules, out);
        }
        if let Some(line) = file.torn {
            super::say(&format!("line {line} was cut off, and is left out"));
        }
        let seat = match self.viewer.as_str() {
            CONTROL => None,
            name => Some(seats::seat(rules.scenario(), name)?),
        };
        match (&self.export, seat) {
            (Some(path), seat) => {
                spares_sweeps(path)?;
                let mut lines = match seat {
                    Some(seat) => self.export_seat(&file, &rules, seat)?,
                    None => as_trace(&file, &rules).map_err(|error| self.failure(Exit::Data, error))?,
                };
                lines.push(String::new());
                replace(path, lines.join("\n").as_bytes(), Privacy::Owner, &mut Faults::none())?;
            }
            (None, Some(seat)) => self.show_seat(&file, &rules, seat, out)?,
            (None, None) => self.tell(&file, &rules, out)?,
        }
        Ok(Exit::Done)
    }

    /// The record of one run of a sweep, once it is sure that playing it again gives the row that the sweep has.
    fn of_sweep(&self, run: u64) -> Result<Vec<u8>, Failure> {
        let folder = Folder::at(&self.trace);
        let plan = folder.plan()?;
        let lines = record(&plan, run)?;
        let identity = identity(&plan).map_err(|none| self.failure(Exit::NotSo, none.why))?;
        if agrees(&plan, &identity, &folder, run)? == Some(false) {
            let why = format!("run {run} plays otherwise now: its row is of another engine");
            return Err(self.failure(Exit::Data, why));
        }
        Ok(lines.join("\n").into_bytes())
    }

    fn failure(&self, exit: Exit, why: impl std::fmt::Display) -> Failure {
        Failure::new(exit, format!("'{}': {why}", self.trace.display()))
    }

    fn unread(&self, error: &ReadError) -> Failure {
        let exit = match error {
            ReadError::NotARecord => Exit::Usage,
            ReadError::Foreign(_) => Exit::Data,
            ReadError::Damaged(_) | ReadError::Malformed { .. } | ReadError::Unfinished { .. }
                if self.verify =>
            {
                Exit::NotSo
            }
            ReadError::Damaged(_) | ReadError::Malformed { .. } | ReadError::Unfinished { .. } => Exit::Data,
        };
        self.failure(exit, error)
    }

    fn check(&self, file: &TraceFile, rules: &Arc<Rules>, out: &mut dyn Write) -> Result<Exit, Failure> {
        let verified = verify(file, rules).map_err(|error| self.failure(Exit::NotSo, error))?;
        let name = one_line(&self.trace.display().to_string());
        let lines = file.line_count();
        match verified {
            Verified::Whole => writeln!(out, "{name}: verified, {lines} lines")?,
            Verified::Unfinished { torn } => {
                let torn = torn.map_or_else(String::new, |line| format!("; line {line} was cut off"));
                writeln!(out, "{name}: {lines} lines verified, and the game is unfinished{torn}")?;
            }
        }
        Ok(Exit::Done)
    }

    /// The transcript, as control has it.
    fn tell(&self, file: &TraceFile, rules: &Arc<Rules>, out: &mut dyn Write) -> Result<(), Failure> {
        let turns = self.turn.map_or(Turns::All, Turns::Only);
        let told = transcript(file, rules, turns, self.rolls.which())
            .map_err(|error| self.failure(Exit::Data, error))?;
        write_lines(out, &told.lines)?;
        self.must_have_shown(told.shown, told.turns)
    }

    /// What a seat was shown and asked, as line mode says it.
    fn show_seat(
        &self,
        file: &TraceFile,
        rules: &Arc<Rules>,
        seat: SeatId,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let mut played = Played::new(file, rules);
        let mut follower = Follower::new(played.game(), seat);
        let mut clerk: Option<Clerk> = None;
        let mut shown = self.turn.is_none();
        let wanted = |turn: u16| self.turn.is_none_or(|wanted| wanted == turn);
        while let Some(entry) = played.entry().map_err(|error| self.failure(Exit::Data, error))? {
            let before = &follower.view().observation;
            if let (Entry::Call(_), Some(clerk)) = (&entry, &clerk)
                && before.asked != Asked::Nothing
                && wanted(before.turn + 1)
            {
                write_lines(out, &clerk.chose(&played.orders()[seat.index()]))?;
            }
            match entry {
                Entry::Call(_) => follower.call(played.game()),
                Entry::Control(_) => follower.control(played.game()),
                _ => continue,
            };
            let seen = &follower.view().observation;
            if seen.asked == Asked::Nothing && seen.ended.is_none() {
                // What came meanwhile is told with the next question.
                continue;
            }
            let view = follower.view().clone();
            let turn = view.observation.turn + 1;
            let lines = match &mut clerk {
                Some(clerk) => clerk.take(view),
                none => {
                    let (opened, lines) = Clerk::open(view);
                    *none = Some(opened);
                    lines
                }
            };
            if wanted(turn) {
                shown = true;
                write_lines(out, &lines)?;
            }
        }
        self.must_have_shown(shown, follower.view().observation.turn + 1)
    }

    fn export_seat(
        &self,
        file: &TraceFile,
        rules: &Arc<Rules>,
        seat: SeatId,
    ) -> Result<Vec<String>, Failure> {
        let mut played = Played::new(file, rules);
        let (mut export, head) = SeatExport::begin(played.game(), seat);
        let mut lines = vec![head];
        while let Some(entry) = played.entry().map_err(|error| self.failure(Exit::Data, error))? {
            lines.extend(match entry {
                Entry::Call(_) => export.call(played.game()),
                Entry::Control(_) => export.control(played.game()),
                _ => None,
            });
        }
        Ok(lines)
    }

    fn must_have_shown(&self, shown: bool, turns: u16) -> Result<(), Failure> {
        if shown {
            return Ok(());
        }
        Err(Failure::usage(format!("the game has no turn {}; it has {turns}", self.turn.unwrap_or(turns))))
    }
}
