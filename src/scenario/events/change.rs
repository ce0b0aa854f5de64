//! What a changed list comes to: a scenario on top of the one that the list was written from.

use super::flat;
use crate::scenario::diagnostics::quote;
use crate::scenario::document::Document;
use crate::scenario::section::{InjectDoc, Visibility};

/// A scenario file in which the injects of `base` are those of the list: new ones, those that differ under `replace`,
/// and those that are gone under `remove`. `base` is what the file calls it, `name` the new scenario's own name.
pub fn on_top(onto: &Document, list: &[InjectDoc], base: &str, name: &str) -> String {
    let old = |name: &str| onto.injects.iter().find(|inject| inject.name == name);
    let new: Vec<&InjectDoc> = list.iter().filter(|inject| old(&inject.name).is_none()).collect();
    let changed: Vec<&InjectDoc> =
        list.iter().filter(|inject| old(&inject.name).is_some_and(|old| old != *inject)).collect();
    let gone: Vec<String> = onto
        .injects
        .iter()
        .filter(|inject| list.iter().all(|kept| kept.name != inject.name))
        .map(|inject| inject.name.clone())
        .collect();
    let mut text = format!(
        "// The injects of a master events list on top of {}: {} new, {} changed, {} gone.\n(\n    format: 1,\n    \
         name: {},\n    base: {},\n",
        quote(base),
        new.len(),
        changed.len(),
        gone.len(),
        flat(&name),
        flat(&base),
    );
    if !new.is_empty() {
        text += &format!("\n    injects: [\n{}    ],\n", entries(&new, "        "));
    }
    if !changed.is_empty() {
        text += &format!(
            "\n    replace: (\n        injects: [\n{}        ],\n    ),\n",
            entries(&changed, "            ")
        );
    }
    if !gone.is_empty() {
        text += &format!("\n    remove: (injects: {}),\n", flat(&gone));
    }
    text + ")\n"
}

fn entries(injects: &[&InjectDoc], indent: &str) -> String {
    injects.iter().map(|inject| format!("{indent}{},\n", entry(inject, indent))).collect()
}

/// An inject as an author would write it: what is as usual is left out.
fn entry(inject: &InjectDoc, indent: &str) -> String {
    let InjectDoc { name, label, text, when, seen_by, wakes, act, effects, source } = inject;
    let mut fields = vec![format!("when: {}", flat(when))];
    match seen_by {
        Visibility::All => {}
        Visibility::Nobody => fields.push("seen_by: Nobody".to_owned()),
        Visibility::Seats(_) => fields.push(format!("seen_by: {}", flat(seen_by))),
    }
    if *wakes {
        fields.push("wakes: true".to_owned());
    }
    if let Some((seat, action)) = act {
        fields.push(format!("act: ({}, {})", flat(&seat.name()), flat(&action.name())));
    }
    let mut lines = vec![
        format!("(name: {}, label: {},", flat(name), flat(label)),
        format!(" text: {},", flat(text)),
        format!(" {},", fields.join(", ")),
    ];
    if !effects.is_empty() {
        lines.push(format!(" effects: {},", flat(effects)));
    }
    lines.push(format!(" source: {})", flat(source)));
    lines.join(&format!("\n{indent}"))
}
