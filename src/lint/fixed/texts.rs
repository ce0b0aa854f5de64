//! What people read: sources that say nothing, and texts that do not fit on their screen.
//!
//! Every section has such fields under the same names, so they are found by name in the document as a whole.

use super::words::At;
use crate::lint::limits::Limits;
use crate::lint::notes::{Note, Notes};
use crate::scenario::Bound;
use crate::scenario::diagnostics::{Code, clip};
use crate::scenario::document::Document;
use crate::scenario::section::Confidence;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// The columns of the narrowest screen that offramp is made for, less its frame.
const COLUMNS: usize = 76;

/// Looks at every text.
pub(super) fn look_through(bound: &Bound, limits: &Limits, notes: &mut Notes<'_>) {
    let document = &bound.scenario.document;
    let all = document.to_plain();
    for section in Document::SECTIONS {
        let entries = all[section].as_array().into_iter().flatten().enumerate();
        for (entry, value) in entries {
            if !notes.covers(section, entry) {
                continue;
            }
            each(value, "", &mut |field, path, text| {
                if let Some(note) = judge(field, text, limits) {
                    notes.note(&At::new(section, entry, path), note);
                }
            });
        }
    }
    if let Some(note) = judge("label", &document.title, limits) {
        notes.note_header("title", note);
    }
    for (p, parameter) in document.parameters.iter().enumerate() {
        let judged = parameter.source.trim_start().to_lowercase().starts_with("judgement");
        if judged && parameter.confidence != Confidence::Judgement && notes.covers("parameters", p) {
            let message = format!(
                "the source of `{}` is judgement, though its confidence is `{:?}`",
                parameter.name, parameter.confidence
            );
            let note = Note::new(Code::NoSource, message).expected("where it was read, or `Judgement`");
            notes.note(&At::new("parameters", p, "source"), note);
        }
    }
}

/// Shows every field with a text, and the way to it.
fn each(value: &Value, path: &str, see: &mut impl FnMut(&str, &str, &str)) {
    let step = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                match value {
                    Value::String(text) => see(field, &step(field), text),
                    _ => each(value, &step(field), see),
                }
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| each(item, &step(&index.to_string()), see));
        }
        _ => {}
    }
}

fn judge(field: &str, text: &str, limits: &Limits) -> Option<Note> {
    match field {
        "source" if text.trim().is_empty() => {
            let note = Note::new(Code::NoSource, "nothing says where this comes from");
            Some(note.expected("a source, or what it is: judgement, made up"))
        }
        "label" => {
            let (width, most) = (text.width(), limits.heading_columns as usize);
            (width > most).then(|| {
                let message = format!("\"{}\" is {width} columns wide", clip(text));
                Note::new(Code::WideText, message).expected(format!("at most {most}"))
            })
        }
        "text" => {
            let rows: usize = text.split('\n').map(|line| line.width().div_ceil(COLUMNS).max(1)).sum();
            let most = limits.text_rows as usize;
            (rows > most).then(|| {
                let message = format!("this text takes {rows} rows of a screen of 80 columns");
                Note::new(Code::WideText, message).expected(format!("at most {most}"))
            })
        }
        "about" | "briefing" | "summary" | "definition" => {
            let longest = text.split_whitespace().max_by_key(|word| word.width())?;
            (longest.width() > COLUMNS).then(|| {
                let message = format!("\"{}\" has no place at which a line can end", clip(longest));
                Note::new(Code::WideText, message).expected(format!("words of at most {COLUMNS} columns"))
            })
        }
        _ => None,
    }
}
