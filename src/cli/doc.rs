//! `offramp doc`: what a scenario lists, with its numbers and their sources, as pages for readers.

mod actions;
mod beliefs;
mod channels;
mod incidents;
mod instruments;
mod ladder;
mod page;
mod parameters;
mod replies;
mod seats;
mod terms;
mod words;

use super::exit::{Exit, Failure};
use super::scenario;
use crate::scenario::document::Document;
use clap::ValueEnum;
use page::Page;
use std::ffi::OsString;
use std::io::Write;

/// Writes what a scenario lists, with numbers and sources, as pages in Markdown.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  offramp doc korea parameters\n  offramp doc august-2015 actions channels\n  \
                        offramp doc my.ron > my.md\n\n`korea` is the ruleset that the shipped crises build on."
)]
pub struct Doc {
    /// Path, or name of a shipped scenario.
    #[arg(value_name = "SCENARIO")]
    scenario: OsString,
    /// What to list; everything unless given.
    #[arg(value_enum, value_name = "LIST")]
    lists: Vec<List>,
}

/// A list that a scenario holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum List {
    /// The rungs of the ladder.
    Ladder,
    /// Numbers that an expert would argue about, by what reads them.
    Parameters,
    /// Who plays: aims, dispositions, standing orders, doctrines.
    Seats,
    /// What each seat can do.
    Actions,
    /// How often and how fast each side answers.
    Replies,
    /// What happens at the line without orders, and what it costs in lives.
    Incidents,
    /// Lines between seats.
    Channels,
    /// What seats may believe, and what follows from it.
    Beliefs,
    /// What a proposal can contain, and how a game can end.
    Terms,
    /// What stands for the policy paper's instruments.
    Instruments,
}

impl List {
    fn page(self, document: &Document) -> Page {
        match self {
            List::Ladder => ladder::page(document),
            List::Parameters => parameters::page(document),
            List::Seats => seats::page(document),
            List::Actions => actions::page(document),
            List::Replies => replies::page(document),
            List::Incidents => incidents::page(document),
            List::Channels => channels::page(document),
            List::Beliefs => beliefs::page(document),
            List::Terms => terms::page(document),
            List::Instruments => instruments::page(document),
        }
    }
}

impl Doc {
    /// Writes the lists asked for, a page each.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let scenario = scenario::load(&self.scenario)?;
        let lists = if self.lists.is_empty() { List::value_variants() } else { &self.lists };
        for (nth, list) in lists.iter().enumerate() {
            let gap = if nth == 0 { "" } else { "\n" };
            write!(out, "{gap}{}", list.page(&scenario.document))?;
        }
        Ok(Exit::Done)
    }
}
