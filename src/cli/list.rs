//! `offramp list`: the scenario library.

use super::exit::{Exit, Failure};
use super::scenario;
use crate::scenario::document::Document;
use crate::storage::all;
use crate::trace::one_line;
use crate::vocabulary::Id;
use std::ffi::OsStr;
use std::io::Write;

/// What a scenario is made for, in words.
fn sitting(document: &Document) -> String {
    match document.campaign.first() {
        Some(campaign) => {
            format!("a campaign, a day or more of turns called `{}`", one_line(&campaign.label))
        }
        None => document.sitting.unwrap_or_default().words().to_owned(),
    }
}

/// Lists the scenarios shipped inside the program.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  offramp list")]
pub struct List {}

impl List {
    /// Writes name, title, summary, seats and sitting of every scenario that can be played.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        for shipped in all().iter().filter(|shipped| shipped.playable) {
            let scenario = scenario::load(OsStr::new(shipped.name))?;
            let document = &scenario.document;
            writeln!(out, "{}  {}", shipped.name, one_line(&document.title))?;
            writeln!(out, "    {}", one_line(&document.summary))?;
            let seats: Vec<String> = scenario
                .players()
                .map(|seat| {
                    let doc = &document.seats[seat.index()];
                    format!("{} ({})", doc.name, one_line(&doc.label))
                })
                .collect();
            writeln!(out, "    seats: {}", seats.join(", "))?;
            writeln!(out, "    made for: {}", sitting(document))?;
        }
        Ok(Exit::Done)
    }
}
