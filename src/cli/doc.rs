//! `offramp doc`: what a scenario lists, with its numbers and their sources, as pages for readers; and its handbook.

mod actions;
mod beliefs;
mod channels;
mod handbook;
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
use crate::scenario::{Scenario, Settings};
use crate::storage::{Faults, Privacy, make_folder, replace};
use clap::ValueEnum;
use page::Page;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Writes what a scenario lists, with numbers and sources, as pages in Markdown; or its handbook.
///
/// The handbook is a briefing for each seat that holds what that seat may know, a book for the white cell that holds
/// the rest, and a description of the model in the form of the ODD protocol with the source of every parameter.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  offramp doc korea parameters\n  offramp doc august-2015 actions channels\n  \
                        offramp doc my.ron > my.md\n  \
                        offramp doc august-2015 handbook --out handbook\n\n`korea` is the ruleset that the shipped crises build on."
)]
pub struct Doc {
    /// Path, or name of a shipped scenario.
    #[arg(value_name = "SCENARIO")]
    scenario: OsString,
    /// What to list; everything unless given.
    #[arg(value_enum, value_name = "LIST")]
    lists: Vec<List>,
    /// Write a file for each page into this folder; to the output unless given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
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
    /// The handbook: briefings, the white cell's book, the model; only if it is named.
    Handbook,
}

impl List {
    /// Its pages, each with the name of its file.
    fn pages(self, scenario: &Arc<Scenario>) -> Result<Vec<(String, Page)>, Failure> {
        let document = &scenario.document;
        let page: fn(&Document) -> Page = match self {
            List::Ladder => ladder::page,
            List::Parameters => parameters::page,
            List::Seats => seats::page,
            List::Actions => actions::page,
            List::Replies => replies::page,
            List::Incidents => incidents::page,
            List::Channels => channels::page,
            List::Beliefs => beliefs::page,
            List::Terms => terms::page,
            List::Instruments => instruments::page,
            List::Handbook => {
                let rules = scenario::rules(scenario, &Settings::default())?;
                return Ok(handbook::pages(&rules));
            }
        };
        let name = self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        Ok(vec![(name, page(document))])
    }
}

impl Doc {
    /// Writes the lists asked for, a page each.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let scenario = scenario::load(&self.scenario)?;
        let every =
            || List::value_variants().iter().copied().filter(|list| *list != List::Handbook).collect();
        let lists: Vec<List> = if self.lists.is_empty() { every() } else { self.lists.clone() };
        let mut pages = Vec::new();
        for list in lists {
            pages.extend(list.pages(&scenario)?);
        }
        let Some(folder) = &self.out else {
            for (nth, (_, page)) in pages.iter().enumerate() {
                let gap = if nth == 0 { "" } else { "\n" };
                write!(out, "{gap}{page}")?;
            }
            return Ok(Exit::Done);
        };
        make_folder(folder)?;
        for (name, page) in &pages {
            let file = folder.join(format!("{name}.md"));
            replace(&file, page.to_string().as_bytes(), Privacy::Shared, &mut Faults::none())?;
            super::say(&format!("wrote {}", file.display()));
        }
        Ok(Exit::Done)
    }
}
