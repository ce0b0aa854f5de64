//! The command line: one file a command, and nothing that the library could not do without it.

mod analyze;
mod check;
mod compare;
mod completions;
mod debrief;
mod deeper;
mod diff;
mod doc;
pub mod exit;
mod experiment;
mod explain;
mod host;
mod injects;
mod levers;
mod lint;
mod list;
mod merge;
mod new;
mod parquet;
mod people;
mod plan;
mod play;
mod progress;
mod rare;
mod recorded;
mod reload;
mod replay;
mod report;
mod run;
mod scenario;
mod seats;
mod sweep;
mod trial;
mod validate;
mod whatif;

use crate::vocabulary::SafeText;
use clap::{Parser, Subcommand, ValueEnum};
use exit::{Exit, Failure};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[value(alias = "human")]
    Text,
    /// For programs.
    Json,
}

/// A deterministic crisis-escalation wargame simulator.
///
/// Without a command: opens the first screen on a terminal; otherwise plays august-2015 unattended and prints the
/// transcript.
#[derive(Debug, Parser)]
#[command(
    name = "offramp",
    version,
    after_help = "Examples:\n  offramp\n  offramp play august-2015 --seat rok\n  offramp run august-2015 --seed 7\n\n\
                  Exit codes: 0 done; 1 the thing examined is not so; 2 wrong usage; 65 data of another version or \
                  damaged; 70 a bug; 74 reading or writing failed; 75 held by another process; 128+n by signal."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Play(play::Play),
    Host(host::Host),
    Run(run::Run),
    Replay(replay::Replay),
    New(new::New),
    Check(check::Check),
    Explain(explain::Explain),
    Injects(injects::Injects),
    Diff(diff::Diff),
    Try(trial::Try),
    Lint(lint::Lint),
    Plan(plan::Plan),
    Sweep(sweep::Sweep),
    Merge(merge::Merge),
    Analyze(analyze::Analyze),
    Compare(compare::Compare),
    Rare(rare::Rare),
    Report(report::Report),
    #[command(name = "whatif")]
    WhatIf(whatif::WhatIf),
    Parquet(parquet::Parquet),
    Validate(validate::Validate),
    Levers(levers::Levers),
    Doc(doc::Doc),
    Completions(completions::Completions),
}

/// Runs the program with the arguments that it was started with.
pub fn main() -> ExitCode {
    // A panic is a bug, and has its own code; the hook has told what it was.
    let exit = std::panic::catch_unwind(|| match Cli::try_parse() {
        Ok(cli) => run(&cli),
        Err(error) => answer(&error),
    });
    ExitCode::from(exit.unwrap_or(Exit::Bug).code())
}

fn run(cli: &Cli) -> Exit {
    let mut out = BufWriter::new(io::stdout());
    let done = dispatch(cli, &mut out);
    let done = done.and_then(|exit| out.flush().map(|()| exit).map_err(Failure::from));
    // What could not be written is lost; trying again on drop would only fail again.
    let _ = out.into_parts();
    match done {
        Ok(exit) => exit,
        Err(failure) => {
            if !failure.message.is_empty() {
                say(&format!("error: {}", failure.message));
            }
            failure.exit
        }
    }
}

fn dispatch(cli: &Cli, out: &mut dyn Write) -> Result<Exit, Failure> {
    match &cli.command {
        None => {
            let play = play::Play::default();
            if play.on_screen() { play.run(out) } else { run::Run::of(scenario::DEFAULT).run(out) }
        }
        Some(Command::List(command)) => command.run(out),
        Some(Command::Play(command)) => command.run(out),
        Some(Command::Host(command)) => command.run(out),
        Some(Command::Run(command)) => command.run(out),
        Some(Command::Replay(command)) => command.run(out),
        Some(Command::New(command)) => command.run(out),
        Some(Command::Check(command)) => command.run(out),
        Some(Command::Explain(command)) => command.run(out),
        Some(Command::Injects(command)) => command.run(out),
        Some(Command::Diff(command)) => command.run(out),
        Some(Command::Try(command)) => command.run(out),
        Some(Command::Lint(command)) => command.run(out),
        Some(Command::Plan(command)) => command.run(out),
        Some(Command::Sweep(command)) => command.run(out),
        Some(Command::Merge(command)) => command.run(out),
        Some(Command::Analyze(command)) => command.run(out),
        Some(Command::Compare(command)) => command.run(out),
        Some(Command::Rare(command)) => command.run(out),
        Some(Command::Report(command)) => command.run(out),
        Some(Command::WhatIf(command)) => command.run(out),
        Some(Command::Parquet(command)) => command.run(out),
        Some(Command::Validate(command)) => command.run(out),
        Some(Command::Levers(command)) => command.run(out),
        Some(Command::Doc(command)) => command.run(out),
        Some(Command::Completions(command)) => command.run(out),
    }
}

/// Help and version go to stdout, wrong usage to stderr; what was typed cannot act on the terminal.
fn answer(error: &clap::Error) -> Exit {
    let text = error.render().to_string();
    if error.use_stderr() {
        say(text.trim_end());
        return Exit::Usage;
    }
    let written = write!(io::stdout(), "{}", SafeText::new(&text));
    written.map_or_else(|error| Failure::from(error).exit, |()| Exit::Done)
}

/// Threads that work unless somebody says how many.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Says something to the person at the terminal, beside the output. Nobody may be listening, which is no error.
fn say(message: &str) {
    let _ = writeln!(io::stderr(), "{}", SafeText::new(message));
}
