//! `offramp injects`: the master events list, out to a spreadsheet and back.

use super::exit::{Exit, Failure};
use super::experiment::spares_sweeps;
use super::say;
use super::scenario::{self, not_so};
use crate::scenario::Scenario;
use crate::scenario::events::{on_top, read, write};
use crate::scenario::source::Source;
use crate::storage::{Faults, Privacy, SCENARIO_LIMIT, read_bytes, replace, shipped};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes the injects of a scenario as a table, a row each, as planners keep their master events list; takes a
/// changed table back.
///
/// A changed table becomes a scenario on top of the one that it came from: its new, changed and missing rows.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp injects august-2015 --export events.csv\n  \
                        offramp injects august-2015 --import events.csv --out my-august.ron\n\n\
                        Columns: name, when (at, once, on call), date, after, condition, seen_by, label, text, wakes, \
                        seat, action, effects, source. `date` and `after` say the same; fill in either. Others are \
                        passed over.\n\nExit code 1 if a row is wrong; every wrong row is told with its line.")]
pub struct Injects {
    /// Path, or name of a shipped scenario.
    #[arg(value_name = "SCENARIO")]
    scenario: OsString,
    /// Write the table to this file; to the output unless given.
    #[arg(long, value_name = "FILE.csv", conflicts_with = "import")]
    export: Option<PathBuf>,
    /// Read a changed table.
    #[arg(long, value_name = "FILE.csv")]
    import: Option<PathBuf>,
    /// Write the scenario of an imported table to this file; to the output unless given.
    #[arg(long, value_name = "FILE.ron", requires = "import")]
    out: Option<PathBuf>,
}

impl Injects {
    /// Writes the table, or reads one.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let scenario = scenario::load(&self.scenario)?;
        let (text, file) = match &self.import {
            None => (write(&scenario.document), &self.export),
            Some(table) => (self.import(&scenario, table)?, &self.out),
        };
        match file {
            None => out.write_all(text.as_bytes())?,
            Some(file) => {
                spares_sweeps(file)?;
                replace(file, text.as_bytes(), Privacy::Shared, &mut Faults::none())?;
                say(&format!("wrote {}", file.display()));
            }
        }
        Ok(Exit::Done)
    }

    /// The scenario that a changed table makes, which is sound.
    fn import(&self, onto: &Scenario, table: &Path) -> Result<String, Failure> {
        let bytes = read_bytes(table, SCENARIO_LIMIT)?;
        let source = Source::from_bytes(table.display().to_string(), bytes)
            .map_err(|why| Failure::usage(format!("cannot read '{}': {why}", table.display())))?;
        let (list, findings) = read(source, onto);
        let Some(list) = list else { return Err(not_so(&findings, "list")) };
        if !findings.is_empty() {
            say(findings.to_text(false).trim_end());
        }
        let base = self.base()?;
        let text = on_top(&onto.document, &list, &base, &self.name(onto));
        // Beside the scenario, where the output has no place of its own.
        let place =
            self.out.clone().unwrap_or_else(|| Path::new(&self.scenario).with_file_name("the output"));
        scenario::read_text(Source::new(place.display().to_string(), text.as_str())).sound("scenario")?;
        Ok(text)
    }

    /// What a file in the place of the new scenario calls the old one.
    fn base(&self) -> Result<String, Failure> {
        if let Some(name) = self.scenario.to_str().filter(|name| shipped(name).is_some()) {
            return Ok(name.to_owned());
        }
        let scenario = Path::new(&self.scenario);
        let place = self.out.as_deref().unwrap_or(scenario);
        if self.out.as_deref() == Some(scenario) {
            let message =
                "the new scenario builds on this one and cannot take its place; choose another file";
            return Err(Failure::usage(format!("'{}': {message}", scenario.display())));
        }
        let folder = place.parent().unwrap_or(Path::new(""));
        let below = scenario.strip_prefix(folder).or_else(|_| scenario.strip_prefix("./"));
        match below.ok().and_then(Path::to_str) {
            Some(name) => Ok(name.to_owned()),
            None => Err(Failure::usage(format!(
                "'{}': a base is looked for below the file that names it; write the new scenario beside '{}'",
                place.display(),
                scenario.display()
            ))),
        }
    }

    /// The new scenario's name: its file's, if that can be one.
    fn name(&self, onto: &Scenario) -> String {
        let stem = self.out.as_ref().and_then(|file| file.file_stem()).and_then(|stem| stem.to_str());
        let fits = |name: &&str| {
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') && name.len() <= 60
        };
        stem.filter(fits).map_or_else(|| onto.document.name.clone(), str::to_owned)
    }
}
