//! `offramp check`: everything that is wrong with scenarios, at its place.

use super::exit::{Exit, Failure};
use super::scenario::{self, Loaded};
use super::{Format, say};
use crate::engine::bind;
use crate::scenario::{Scenario, Settings, offered};
use crate::trace::one_line;
use crate::vocabulary::SafeText;
use serde_json::json;
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// How long `--watch` waits between two looks at the files. Reading them is cheap, needs nothing of the system, and
/// works on every disk, which notices of changes do not.
const PAUSE: Duration = Duration::from_millis(500);

/// Checks scenarios and reports every error of all their files.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp check august-2015\n  offramp check my.ron --format json\n  \
                        offramp check august-2015 --settings\n  offramp check my.ron --watch\n\n\
                        Exit code 1 if a scenario has errors.")]
pub struct Check {
    /// Paths, or names of shipped scenarios.
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<OsString>,
    /// List the settings that `--set` takes, with default and permitted values.
    #[arg(long)]
    settings: bool,
    /// Show the scenario with its bases and overrides applied.
    #[arg(long)]
    print_composed: bool,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Check again whenever a file has changed, until Ctrl-C.
    #[arg(long, conflicts_with_all = ["settings", "print_composed"])]
    watch: bool,
}

impl Check {
    /// Writes the findings; exit code 1 if there is an error among them.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        if self.watch {
            return self.watch(out);
        }
        let mut worst = Exit::Done;
        for argument in &self.scenarios {
            let exit = match scenario::read(argument) {
                Ok(loaded) => self.report(argument, &loaded, out)?,
                Err(failure) => {
                    say(&format!("error: {}", failure.message));
                    failure.exit
                }
            };
            if exit.code() > worst.code() {
                worst = exit;
            }
        }
        Ok(worst)
    }

    /// Reports on every scenario, and again on each one that has changed. Only a signal ends it.
    fn watch(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let mut last: Vec<Option<Result<Loaded, String>>> = self.scenarios.iter().map(|_| None).collect();
        loop {
            for (argument, last) in self.scenarios.iter().zip(&mut last) {
                let known = last.as_ref().and_then(|last| last.as_ref().ok());
                let unchanged = known.is_some_and(|loaded| scenario::is_current(argument, loaded));
                // A base that is not there yet is in no file that could change.
                if unchanged && !known.is_some_and(Loaded::lacks_a_base) {
                    continue;
                }
                let next = scenario::read(argument).map_err(|failure| failure.message);
                match (&next, &last) {
                    (Ok(loaded), _) if unchanged && loaded.lacks_a_base() => continue,
                    (Ok(loaded), _) => {
                        self.report(argument, loaded, out)?;
                    }
                    (Err(why), Some(Err(known))) if why == known => continue,
                    (Err(why), _) => say(&format!("error: {why}")),
                }
                out.flush()?;
                *last = Some(next);
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn report(&self, argument: &OsStr, loaded: &Loaded, out: &mut dyn Write) -> Result<Exit, Failure> {
        let faults = loaded.scenario.as_ref().map_or_else(Vec::new, faults);
        let (errors, warnings) = loaded.findings.counts();
        let errors = errors + faults.len();
        let name = one_line(&argument.to_string_lossy());
        match self.format {
            Format::Json => {
                let mut findings = loaded.findings.to_json();
                findings.extend(faults.iter().map(|fault| fault_object(fault)));
                let report =
                    json!({"scenario": name, "errors": errors, "warnings": warnings, "findings": findings});
                writeln!(out, "{report}")?;
            }
            Format::Text => {
                write!(out, "{}", loaded.findings.to_text(false))?;
                for fault in &faults {
                    writeln!(out, "error: {}", SafeText::new(fault))?;
                }
                if errors + warnings > 0 {
                    writeln!(out, "{name}: {errors} error(s), {warnings} warning(s)")?;
                } else if !self.settings && !self.print_composed {
                    writeln!(out, "{name}: no errors")?;
                }
            }
        }
        if let Some(scenario) = &loaded.scenario {
            if self.settings {
                settings(scenario, out)?;
            }
            if self.print_composed {
                writeln!(out, "{}", SafeText::new(&scenario.text))?;
            }
        }
        Ok(if errors > 0 { Exit::NotSo } else { Exit::Done })
    }
}

/// What is wrong with a scenario's words, which shows only when they are lowered.
fn faults(scenario: &Arc<Scenario>) -> Vec<String> {
    bind(scenario, &Settings::default()).err().unwrap_or_default()
}

/// A fault as an object with every key that findings have; it is about the scenario as a whole.
fn fault_object(fault: &str) -> serde_json::Value {
    json!({
        "file": null, "line": null, "column": null, "end_line": null, "end_column": null,
        "severity": "error", "code": null, "message": fault, "expected": null, "nearest": null, "also": [],
        "shown_by": null,
    })
}

fn settings(scenario: &Scenario, out: &mut dyn Write) -> Result<(), Failure> {
    for setting in offered(scenario) {
        let (name, default) = (one_line(&setting.name), one_line(&setting.default));
        writeln!(out, "{name} = {default}  ({})", one_line(&setting.allowed.to_string()))?;
    }
    Ok(())
}
