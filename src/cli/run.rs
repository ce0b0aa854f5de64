//! `offramp run`: a game of automated seats, unattended.

use super::Format;
use super::exit::{Exit, Failure};
use super::experiment::spares_sweeps;
use super::recorded::RollsArg;
use super::{scenario, seats};
use crate::engine::{Game, Orders};
use crate::session::runner::{Recording, Table, run};
use crate::storage::{Faults, Privacy, replace};
use crate::trace::{CallRecord, ENGINE, RecordKind, Setup, TraceWriter, Transcript, outcome_line};
use crate::vocabulary::SafeText;
use serde_json::json;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// The seed of a run unless another is given.
const SEED: u64 = 1;

/// Plays a game with automated seats and prints what happened.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp run august-2015 --seed 7\n  \
                        offramp run august-2015 --policy rok=passive --trace game.trace\n  \
                        offramp run august-2015 --set tracks.readiness.start=3 --format json")]
pub struct Run {
    /// A path, or the name of a shipped scenario.
    scenario: OsString,
    /// The seed of all luck: the same seed gives the same game.
    #[arg(long, default_value_t = SEED)]
    seed: u64,
    /// Who plays a seat: base, random, passive, record, keeper, or a doctrine of the scenario; may be given for each seat.
    #[arg(long, value_name = "SEAT=NAME")]
    policy: Vec<String>,
    /// A value that differs from the scenario's own; `offramp check --settings` lists them.
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Write the game's trace to this file.
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// What is printed: the transcript, or the outcome as one JSON object.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    rolls: RollsArg,
}

impl Run {
    /// A run of a scenario as it stands.
    pub fn of(scenario: &str) -> Self {
        Run {
            scenario: scenario.into(),
            seed: SEED,
            policy: Vec::new(),
            set: Vec::new(),
            trace: None,
            format: Format::Text,
            rolls: RollsArg::default(),
        }
    }

    /// Plays, writes the trace, then prints.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let scenario = scenario::load(&self.scenario)?;
        let settings = scenario::settings(&self.set)?;
        let rules = scenario::rules(&scenario, &settings)?;
        let given = seats::policies(&scenario, &self.policy)?;
        let policies = seats::table(&scenario, &given);
        let setup =
            Setup { seed: self.seed, run: 0, settings, players: seats::players(&scenario, &policies) };
        let mut game = Game::new(Arc::clone(&rules), setup.seed, setup.run);
        let mut table = Table::new(&game, setup.seed, setup.run, &policies).map_err(Failure::usage)?;

        let mut transcript = Transcript::new(&scenario, self.rolls.which());
        let mut text = transcript.opening(&setup, &game);
        let (mut writer, opening) = TraceWriter::begin(RecordKind::Trace, &scenario, ENGINE, &setup);
        let mut lines = opening.to_vec();
        let mut recording = Recording::new(|call, game: &Game, orders: &[Orders], record: &CallRecord| {
            if self.trace.is_some() {
                lines.push(writer.call(call, game, orders, record));
            }
            if self.format == Format::Text {
                text.extend(transcript.call(call, record));
            }
        });
        let outcome =
            run(&mut game, &mut table, &mut recording).map_err(|error| Failure::new(Exit::Bug, error))?;
        if let Some(path) = &self.trace {
            lines.push(writer.end(&rules, &outcome));
            lines.push(String::new());
            spares_sweeps(path)?;
            replace(path, lines.join("\n").as_bytes(), Privacy::Shared, &mut Faults::none())?;
        }
        match self.format {
            Format::Text => {
                text.extend(transcript.end(&rules, &outcome));
                for line in text {
                    writeln!(out, "{}", SafeText::new(&line))?;
                }
            }
            Format::Json => {
                let report = json!({
                    "scenario": scenario.document.name,
                    "fingerprint": scenario.fingerprint,
                    "seed": setup.seed,
                    "run": setup.run,
                    "settings": self.set,
                    "players": setup.players,
                    "outcome": outcome_line(&rules, &outcome),
                });
                writeln!(out, "{report}")?;
            }
        }
        Ok(Exit::Done)
    }
}
