//! `offramp lint`: what is odd about a scenario that has no errors.

use super::exit::{Exit, Failure};
use super::scenario::{self, Loaded};
use super::{Format, cores, say};
use crate::lint::{self, Effort, Limits, Played, Scope};
use crate::scenario::Settings;
use crate::scenario::diagnostics::Diagnostics;
use crate::trace::one_line;
use serde_json::json;
use std::ffi::OsString;
use std::io::Write;

/// Says what can never happen in a scenario, what always happens, and what nobody reads.
///
/// Without `--runs` it looks at what is written. With it, automated seats also play so many games, spread over the
/// combinations of the scenario's doctrines.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp lint my.ron\n  offramp lint august-2015 --runs 200\n  \
                        offramp lint my.ron --runs 1000 --dominant 80 --format json\n\n\
                        Exit code 1 if there is a finding; `offramp explain CODE` says what one means.")]
pub struct Lint {
    /// A path, or the name of a shipped scenario.
    scenario: OsString,
    /// Play so many games as well.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    runs: u64,
    /// The seed of the first game; each further game has the next.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Threads; all cores unless given. The findings do not depend on them.
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Look at the entries of its bases one by one too.
    #[arg(long)]
    bases: bool,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    thresholds: Thresholds,
}

/// From where on something is a finding.
#[derive(Clone, Copy, Debug, clap::Args)]
#[command(next_help_heading = "Thresholds")]
struct Thresholds {
    /// Most columns of a label or title.
    #[arg(long, value_name = "N", default_value_t = Limits::default().heading_columns)]
    heading_columns: u32,
    /// Most rows of an event's or an ending's text, on 80 columns.
    #[arg(long, value_name = "N", default_value_t = Limits::default().text_rows)]
    text_rows: u32,
    /// The rung from which on it is no finding that an act is never taken.
    #[arg(long, value_name = "RUNG", default_value_t = Limits::default().rare_rung)]
    rare_rung: u32,
    /// Percent of a seat's acts from which one action dominates.
    #[arg(long, value_name = "PERCENT", default_value_t = Limits::default().dominant)]
    dominant: u32,
    /// Percent of games from which an ending is certain.
    #[arg(long, value_name = "PERCENT", default_value_t = Limits::default().certain)]
    certain: u32,
    /// Percent of a seat's turns in which it may have no act that it can order.
    #[arg(long, value_name = "PERCENT", default_value_t = Limits::default().idle)]
    idle: u32,
    /// Days past the horizon from which a game is long.
    #[arg(long, value_name = "DAYS", default_value_t = Limits::default().overtime)]
    overtime: u32,
    /// Percent of games that may be so long.
    #[arg(long, value_name = "PERCENT", default_value_t = Limits::default().overlong)]
    overlong: u32,
    /// Percent of games that end in war or at the top of the ladder, from which a crisis runs away.
    #[arg(long, value_name = "PERCENT", default_value_t = Limits::default().runaway)]
    runaway: u32,
}

impl From<Thresholds> for Limits {
    fn from(given: Thresholds) -> Limits {
        let Thresholds {
            heading_columns,
            text_rows,
            rare_rung,
            dominant,
            certain,
            idle,
            overtime,
            overlong,
            runaway,
        } = given;
        Limits { heading_columns, text_rows, rare_rung, dominant, certain, idle, overtime, overlong, runaway }
    }
}

impl Lint {
    /// Writes the findings; exit code 1 if there is one.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let name = one_line(&self.scenario.to_string_lossy());
        let Loaded { scenario, mut findings } = scenario::read(&self.scenario)?;
        if let Some(scenario) = scenario {
            let rules = scenario::rules(&scenario, &Settings::default())?;
            let (limits, scope) =
                (self.thresholds.into(), if self.bases { Scope::WithBases } else { Scope::Own });
            lint::look_through(&rules, scope, &limits, &mut findings);
            if self.runs > 0 {
                let threads = self.threads.map_or_else(cores, usize::from);
                let effort = Effort { runs: self.runs, seed: self.seed, threads };
                let played = Played::new(&rules, effort, &|_| true).map_err(Failure::usage)?;
                if let Some(played) = played {
                    let argument = if name.contains(' ') { format!("'{name}'") } else { name.clone() };
                    lint::weigh(&played, &rules, &argument, scope, &limits, &mut findings);
                }
                say(&format!(
                    "played {} games of {} combinations of doctrines",
                    self.runs,
                    lint::combinations(&scenario)
                ));
            }
        }
        self.report(&name, &findings, out)?;
        Ok(if findings.is_empty() { Exit::Done } else { Exit::NotSo })
    }

    fn report(&self, name: &str, findings: &Diagnostics, out: &mut dyn Write) -> Result<(), Failure> {
        let (errors, warnings) = findings.counts();
        match self.format {
            Format::Json => {
                let report = json!({
                    "scenario": name,
                    "errors": errors,
                    "warnings": warnings,
                    "runs": self.runs,
                    "findings": findings.to_json(),
                });
                writeln!(out, "{report}")?;
            }
            Format::Text => {
                write!(out, "{}", findings.to_text(false))?;
                match (errors, warnings) {
                    (0, 0) => writeln!(out, "{name}: no findings")?,
                    (0, _) => writeln!(out, "{name}: {warnings} finding(s)")?,
                    _ => writeln!(out, "{name}: {errors} error(s), {warnings} finding(s)")?,
                }
            }
        }
        Ok(())
    }
}
