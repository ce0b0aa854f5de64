//! `offramp completions`: completion scripts for shells.

use super::Cli;
use super::exit::{Exit, Failure};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

/// Prints a completion script.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  offramp completions bash > ~/.local/share/bash-completion/completions/offramp"
)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Writes the script.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        // The generator insists that writing cannot fail, so it writes to memory first.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "offramp", &mut script);
        out.write_all(&script)?;
        Ok(Exit::Done)
    }
}
