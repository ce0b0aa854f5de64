//! `offramp new`: a first scenario file, commented line by line, that checks and plays as it is.

use super::exit::{Exit, Failure};
use crate::scenario::check::{NAME, is_name};
use crate::storage::{Faults, Privacy, names_in, replace, template};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

/// Starts a scenario: writes NAME.ron, commented line by line, which passes `check` and plays as it is.
///
/// On a terminal it asks for what is not given.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp new fishing-boat\n  \
                        offramp new fishing-boat --title 'A boat in the estuary' --start '2028-05-01 06:00'")]
pub struct New {
    /// The scenario's name: letters, digits and dashes. The file is called NAME.ron.
    #[arg(value_name = "NAME")]
    name: String,
    /// What it is called on the screen.
    #[arg(long)]
    title: Option<String>,
    /// When the crisis begins, in local time.
    #[arg(long, value_name = "DATE TIME")]
    start: Option<String>,
}

/// The beginning unless somebody says otherwise.
const START: &str = "2028-05-01 06:00";

impl New {
    /// Writes the file and says what comes next.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        if !is_name(&self.name) {
            return Err(Failure::usage(format!("`{}` is no name; expected {NAME}", self.name)));
        }
        let file = format!("{}.ron", self.name);
        if names_in(Path::new("."))?.contains(&file) {
            return Err(Failure::usage(format!(
                "'{file}' is there already, and stays as it is; choose another name"
            )));
        }
        let usual = self.name.replace(['-', '_'], " ");
        let title = self.answer(&self.title, "Title", &usual)?;
        let start = self.answer(&self.start, "Begins at (local date and time)", START)?;
        let text = template()
            .replace("\"NAME\"", &quoted(&self.name))
            .replace("\"TITLE\"", &quoted(&title))
            .replace("\"START\"", &quoted(&start))
            .replace("NAME.ron", &file);
        replace(Path::new(&file), text.as_bytes(), Privacy::Shared, &mut Faults::default())?;
        writeln!(out, "wrote {file}; next: offramp check {file}")?;
        Ok(Exit::Done)
    }

    /// What was given; else what is answered, if somebody can be asked; else the usual.
    fn answer(&self, given: &Option<String>, question: &str, usual: &str) -> Result<String, Failure> {
        if let Some(given) = given {
            return Ok(given.clone());
        }
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Ok(usual.to_owned());
        }
        super::say(&format!("{question} [{usual}]"));
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        let answer = line.trim();
        Ok(if answer.is_empty() { usual.to_owned() } else { answer.to_owned() })
    }
}

/// A text as the format writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.escape_default())
}
