//! Every name in a shipped file, misspelt: one error, at that very place, with the name that was meant.

use crate::load::{load, load_over, playable};
use offramp::scenario::source::Place;
use offramp::storage;
use std::collections::BTreeMap;

/// Fields whose text is for readers, or is a name that the entry gives itself.
const NOT_REFERENCES: &[&str] = &[
    "name",
    "label",
    "about",
    "text",
    "definition",
    "source",
    "summary",
    "briefing",
    "unit",
    "title",
    "start",
    "teaching_aim",
    "base",
];

/// A text between quotation marks, and what stands in front of it.
struct Quoted {
    /// The byte range of the text, without its quotation marks.
    range: std::ops::Range<usize>,
    /// The field that it is the value of, or the word and bracket in front of it, as in `Level(`.
    before: String,
}

/// The texts of a file, comments skipped.
fn quoted(text: &str) -> Vec<Quoted> {
    let (mut found, mut before, mut at) = (Vec::new(), String::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        if text[at..].starts_with("//") {
            at += text[at..].find('\n').unwrap_or(text.len() - at);
        } else if c == '"' {
            let mut escaped = false;
            let end = text[at + 1..].find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            });
            let end = at + 1 + end.expect("every text is closed");
            found.push(Quoted { range: at + 1..end, before: std::mem::take(&mut before) });
            at = end + 1;
        } else {
            let word = |c: char| c.is_alphanumeric() || c == '_';
            if !c.is_whitespace() {
                if before.ends_with(|last: char| !word(last)) && word(c) {
                    before.clear();
                }
                before.push(c);
            }
            at += c.len_utf8();
        }
    }
    found
}

/// The names in a file that refer to something, settings included.
fn references(text: &str) -> Vec<std::ops::Range<usize>> {
    let refers = |quoted: &Quoted| {
        let word = quoted.before.trim_end_matches(['(', '[', '{']);
        match word.strip_suffix(':') {
            // A setting's name is a path to what it changes.
            Some("name") => text[quoted.range.clone()].contains('.'),
            // A seat gives the name of its own side.
            Some("side") => !text[quoted.range.end..].starts_with("\", plays"),
            Some(field) => !NOT_REFERENCES.contains(&field),
            // What is wrong with a setting's word is said at its value; tests/invalid/settings.rs has it.
            None => !matches!(word, "Let" | "Roll" | "Pick") && !word.ends_with("Choice"),
        }
    };
    quoted(text).into_iter().filter(refers).map(|quoted| quoted.range).collect()
}

/// The text with the last letter of each of these names doubled.
fn misspell(text: &str, names: &[std::ops::Range<usize>]) -> String {
    let mut damaged = String::new();
    let mut done = 0;
    for name in names {
        let last = text[..name.end].chars().last().expect("a name has letters");
        damaged += &text[done..name.end];
        damaged.push(last);
        done = name.end;
    }
    damaged + &text[done..]
}

/// A name that several files hold must be misspelt where it is read; a batch is few enough names that all are reported.
const BATCH: usize = 120;

#[test]
fn a_misspelt_name_is_one_error_at_that_place_with_the_name_that_was_meant() {
    let mut counts = BTreeMap::new();
    for shipped in storage::all() {
        let text = shipped.text;
        let all = references(text);
        let batches = all.len().div_ceil(BATCH);
        for batch in 0..batches {
            let names: Vec<_> = all.iter().skip(batch).step_by(batches).cloned().collect();
            let damaged = misspell(text, &names);
            let (scenario, diagnostics) = load(&damaged);
            assert!(scenario.is_none());
            let mut found: Vec<(u64, u64, Option<String>)> = diagnostics
                .to_json()
                .iter()
                .map(|finding| {
                    assert_eq!(finding["file"], "x.ron", "{finding}");
                    let nearest = finding["nearest"].as_str().map(str::to_owned);
                    (finding["line"].as_u64().unwrap_or(0), finding["column"].as_u64().unwrap_or(0), nearest)
                })
                .collect();
            found.sort();
            let expected: Vec<_> = names
                .iter()
                .enumerate()
                .map(|(earlier, name)| {
                    let Place { line, column } = Place::of(&damaged, name.start - 1 + earlier);
                    (line as u64, column as u64, Some(text[name.clone()].to_owned()))
                })
                .collect();
            assert_eq!(found, expected, "{}:\n{}", shipped.name, diagnostics.to_lines());
            *counts.entry(shipped.name).or_insert(0) += names.len();
        }
    }
    // The scan must not have gone blind.
    assert!(counts["korea"] > 900 && playable().all(|shipped| counts[shipped.name] > 100), "{counts:?}");
}

/// How many names of all files together are misspelt one by one.
const ALONE: usize = 140;

#[test]
fn a_misspelt_name_alone_is_found_as_well() {
    let each = ALONE / storage::all().len();
    for shipped in storage::all() {
        let all = references(shipped.text);
        for name in all.iter().step_by(all.len().div_ceil(each).max(1)) {
            let (_, diagnostics) = load(&misspell(shipped.text, std::slice::from_ref(name)));
            assert_eq!(diagnostics.counts().0, 1, "{}", diagnostics.to_lines());
        }
    }
}

#[test]
fn an_error_in_the_base_is_shown_in_the_bases_file() {
    let base = storage::shipped("korea").expect("the base is shipped");
    // Every crisis of the peninsula keeps this line.
    let line = "name: \"allied_line\", label: \"Seoul-Washington line\", members: [\"rok\", \"us";
    let damaged = base.text.replacen(line, &format!("{line}s"), 1);
    assert!(damaged != base.text);
    // One scenario stands on a base of its own.
    let korean = |shipped: &&storage::Shipped| !shipped.text.contains("base: \"aegean\"");
    assert_eq!(playable().filter(korean).count() + 1, playable().count());
    for shipped in playable().filter(korean) {
        let (_, diagnostics) = load_over(shipped.text, Some((base.file, &damaged)));
        let lines = diagnostics.to_lines();
        assert_eq!(lines.lines().count(), 1, "{lines}");
        assert!(lines.starts_with("scenarios/base/korea.ron:"), "{lines}");
        assert!(lines.contains("no seat is called `uss`; did you mean `us`?"), "{lines}");
    }
}
