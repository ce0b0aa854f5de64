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

/// Checks scenarios and reports every error of all their files.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp check august-2015\n  offramp check my.ron --format json\n  \
                        offramp check august-2015 --settings\n\nExit code 1 if a scenario has errors.")]
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
}

impl Check {
    /// Writes the findings; exit code 1 if there is an error among them.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
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

    fn report(&self, argument: &OsStr, loaded: &Loaded, out: &mut dyn Write) -> Result<Exit, Failure> {
        let faults = loaded.scenario.as_ref().map_or_else(Vec::new, faults);
        let (errors, warnings) = loaded.findings.counts();
        let errors = errors + faults.len();
        let name = one_line(&argument.to_string_lossy());
        match self.format {
            Format::Json => {
                let mut findings = loaded.findings.to_json();
                findings.extend(faults.iter().map(|fault| json!({"severity": "error", "message": fault})));
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

fn settings(scenario: &Scenario, out: &mut dyn Write) -> Result<(), Failure> {
    for setting in offered(scenario) {
        let (name, default) = (one_line(&setting.name), one_line(&setting.default));
        writeln!(out, "{name} = {default}  ({})", one_line(&setting.allowed.to_string()))?;
    }
    Ok(())
}
