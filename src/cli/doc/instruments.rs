//! What stands for the policy paper's instruments in a ruleset, and what each of them changes.

use super::page::Page;
use super::words::joined;
use crate::levers::{Catalogue, Instrument};
use crate::scenario::document::Document;
use crate::scenario::parse::parse;
use crate::scenario::source::Source;
use crate::storage::instruments;
use serde_json::Value;

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "Instruments of the policy paper",
        "instruments",
        "Every instrument, institution, capability and risk that the paper names, with the entries that stand for it: \
         the section of the scenario, the name, and for a parameter its value and plausible range. Sources stand with \
         the entries, on the page of their section.",
    );
    let catalogue = catalogue();
    let whole = document.to_plain();
    let mut parts: Vec<&str> = Vec::new();
    for instrument in &catalogue.instruments {
        if !parts.contains(&instrument.part.as_str()) {
            parts.push(&instrument.part);
        }
    }
    for part in parts {
        page.part(part);
        let own = catalogue.instruments.iter().filter(|instrument| instrument.part == part);
        page.table(
            ["instrument", "stands for it", "what it changes"],
            own.map(|instrument| {
                [
                    format!("{} (`{}`)", instrument.label, instrument.name),
                    joined(instrument.by.iter().filter_map(|by| stands(by, &whole, &catalogue.instruments))),
                    instrument.changes.clone(),
                ]
            }),
        );
    }
    page
}

fn catalogue() -> Catalogue {
    let mut diagnostics = crate::scenario::diagnostics::Diagnostics::new();
    let file = diagnostics.add_source(Source::new(instruments().file, instruments().text));
    parse(file, &mut diagnostics)
        .unwrap_or_else(|| unreachable!("the shipped catalogue is read in the tests"))
}

/// An entry as a reader looks for it, if the ruleset has it.
fn stands(by: &str, whole: &Value, instruments: &[Instrument]) -> Option<String> {
    let (section, name) = by.split_once('.')?;
    if section == "instruments" {
        let other = instruments.iter().find(|other| other.name == name)?;
        return Some(format!("see {}", other.label));
    }
    let entries = whole.get(section)?.as_array()?;
    let entry = entries.iter().find(|entry| entry.get("name").and_then(Value::as_str) == Some(name))?;
    let word = |field: &str| entry.get(field).and_then(Value::as_str);
    let label = word("label").or_else(|| word("about")).map_or_else(String::new, |label| format!(" {label}"));
    let range = entry
        .get("range")
        .map_or_else(String::new, |range| format!(" ({} in {} to {})", entry["default"], range[0], range[1]));
    Some(format!("`{by}`{label}{range}"))
}
