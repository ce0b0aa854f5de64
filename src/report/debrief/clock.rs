//! Against the clock: calls that nobody answered, and consultations.

use super::{span, when};
use crate::report::document::{Section, Table};
use crate::trace::Debrief;

/// Calls that nobody answered, and why not.
pub fn calls(debrief: &Debrief) -> Section {
    let mut section = Section::new("Calls that nobody answered");
    let mut table = Table::new(["when", "from", "to", "over", "why, which the caller could not tell"]);
    for call in &debrief.calls {
        table.row([
            format!("{}, turn {}", when(debrief, call.minute), call.turn),
            call.from.clone(),
            call.to.clone(),
            call.over.clone(),
            call.why.clone(),
        ]);
    }
    section.listing(table, "Every call was answered, or none was made.");
    section
}

/// Consultations against the clock.
pub fn consultations(debrief: &Debrief) -> Section {
    let mut section = Section::new("Consultations against the clock");
    let head = ["asked", "by", "body", "for", "took", "what came of it", "the crisis meanwhile"];
    let mut table = Table::new(head);
    for asked in &debrief.consultations {
        let (from, to) = asked.rungs;
        let late = if asked.late { "; too late" } else { "" };
        let acts = match asked.acts {
            0 => "no hot act".to_owned(),
            1 => "1 hot act".to_owned(),
            more => format!("{more} hot acts"),
        };
        table.row([
            format!("{}, turn {}", when(debrief, asked.asked), asked.turn),
            asked.by.clone(),
            asked.body.clone(),
            asked.action.clone(),
            asked.took.map_or_else(|| "-".to_owned(), span),
            format!("{}{late}", asked.came.words()),
            format!("{acts}; rung {from} to {to}"),
        ]);
    }
    section.listing(table, "No body was asked for anything. An ally that is asked for its leave is none: that stands step by step.");
    section
}
