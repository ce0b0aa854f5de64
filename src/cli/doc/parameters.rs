//! Parameters, by what reads them.

use super::page::Page;
use super::words::variant;
use crate::scenario::document::Document;
use crate::scenario::section::{ParameterDoc, ReadBy, Unit};

/// The columns of a table of parameters.
pub const COLUMNS: [&str; 7] = ["name", "what it does", "unit", "default", "range", "confidence", "source"];

/// A parameter as a row.
pub fn row(p: &ParameterDoc) -> [String; 7] {
    [
        format!("`{}`", p.name),
        p.about.clone(),
        unit(p.unit).to_owned(),
        p.default.to_string(),
        format!("{} to {}", p.range.0, p.range.1),
        variant(p.confidence),
        p.source.clone(),
    ]
}

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "Parameters",
        "parameters",
        "Each is a setting: `--set parameters.NAME.value=NUMBER` changes it for one run, and a factor of an experiment\n\
         varies it. The range is where an expert could still put the number; no distribution over it is claimed. Of the\n\
         confidence: *read* is computed from the record or read in a source, *known* is general knowledge, *judgement* is\n\
         judgement.",
    );
    for part in ReadBy::ALL {
        let read = document.parameters.iter().filter(|p| ReadBy::of(&p.name) == part);
        if part == ReadBy::Scenario && read.clone().next().is_none() {
            continue;
        }
        page.part(part.words());
        page.table(COLUMNS, read.map(row));
    }
    page
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "minutes",
        Unit::Days => "days",
        Unit::Share => "share",
        Unit::PerDay => "a day",
        Unit::Nats => "nats",
        Unit::NatsPerPoint => "nats a point",
        Unit::Rung => "rung",
        Unit::Points => "points",
        Unit::Count => "number",
    }
}
