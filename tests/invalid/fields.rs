//! Every field of every section left out, misspelt, of another kind, and out of range: what is told points at its line.
//!
//! `OFFRAMP_MESSAGES=FILE cargo test --test invalid fields` writes every message as its author would read it.

use crate::load::load;
use crate::slips::SOUND;
use offramp::scenario::diagnostics::{Code, Diagnostics};
use std::fmt::Write;
use std::ops::Range;

/// A field of the sound file, which has each on a line of its own.
struct Field {
    name: &'static str,
    /// Its value, if it stands on the same line.
    value: &'static str,
    /// Its lines, from 0.
    lines: Range<usize>,
    /// The line of the bracket that it stands in; 0 for the header's.
    holder: usize,
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn fields() -> Vec<Field> {
    let lines: Vec<&str> = SOUND.lines().collect();
    let mut fields = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((name, value)) = line.trim_start().split_once(": ") else { continue };
        if !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            continue;
        }
        let opens = value.ends_with(['(', '[']);
        let closes =
            |line: &&str| indent(line) == indent(lines[at]) && line.trim_start().starts_with([')', ']']);
        let end =
            if opens { at + 1 + lines[at + 1..].iter().position(closes).expect("it closes") } else { at };
        let holder = (0..at).rev().find(|above| indent(lines[*above]) < indent(line)).unwrap_or(0);
        fields.push(Field { name, value: value.trim_end_matches(','), lines: at..end + 1, holder });
    }
    fields
}

/// The file with other lines in place of a field's.
fn with(field: &Field, other: &str) -> String {
    let lines: Vec<&str> = SOUND.lines().collect();
    let mut text = lines[..field.lines.start].join("\n") + "\n";
    text += other;
    text + &lines[field.lines.end..].join("\n") + "\n"
}

/// The same with blank lines in place of all other sections: enough for what is refused before names are looked for,
/// and quickly read.
fn alone_with(field: &Field, other: &str, sections: &[Range<usize>]) -> String {
    let elsewhere = |line: usize| {
        let mut around = sections.iter().filter(|section| section.contains(&line));
        around.any(|section| !section.contains(&field.lines.start))
    };
    let kept = |lines: Range<usize>| -> String {
        let all = SOUND.lines().enumerate().skip(lines.start).take(lines.len());
        all.map(|(at, line)| if elsewhere(at) { "\n".to_owned() } else { format!("{line}\n") }).collect()
    };
    kept(0..field.lines.start) + other + &kept(field.lines.end..SOUND.lines().count())
}

/// The first line of a field with another name.
fn renamed(field: &Field, name: &str) -> String {
    let lines: Vec<&str> = SOUND.lines().collect();
    let own = lines[field.lines.clone()].join("\n") + "\n";
    own.replacen(&format!("{}:", field.name), &format!("{name}:"), 1)
}

fn valued(field: &Field, value: &str) -> String {
    let line = SOUND.lines().nth(field.lines.start).expect("a line");
    format!("{}{}: {value},\n", &line[..indent(line)], field.name)
}

/// Numbers with every digit another: what no range holds.
fn out_of_range(value: &str) -> Option<String> {
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let length =
        value[start..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len() - start);
    let negative = value[..start].ends_with('-');
    let huge = if negative { "88888888.0" } else { "99999999999" };
    let number = if value[start..start + length].contains('.') { "88888888.0" } else { huge };
    Some(format!("{}{number}{}", &value[..start], &value[start + length..]))
}

/// A value that is surely of another kind.
fn of_another_kind(value: &str) -> &'static str {
    match value.as_bytes().first() {
        Some(b'"' | b't' | b'f' | b'[' | b'(') => "7",
        Some(b'0'..=b'9' | b'-') => "\"seven\"",
        _ => "[7]",
    }
}

/// What a breach of a field has to lead to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// A finding at the line.
    There,
    /// A finding at the line with the field's own name as the nearest.
    WithItsName,
    /// Nothing if it may be left out; else a finding where it is missed: at the line, or at a name that it gave.
    WhereMissed,
}

/// All breaches of a field: what is done, the text, the line that is to be told, from 0, and how.
fn breaches(field: &Field, sections: &[Range<usize>]) -> Vec<(&'static str, String, usize, Told)> {
    let line = field.lines.start;
    let last = &field.name[field.name.len() - 1..];
    let misspelt = renamed(field, &format!("{}{last}", field.name));
    let other_kind = valued(field, of_another_kind(field.value));
    let mut all = vec![
        ("without", with(field, ""), field.holder, Told::WhereMissed),
        ("misspelt", alone_with(field, &misspelt, sections), line, Told::WithItsName),
        ("of another kind", alone_with(field, &other_kind, sections), line, Told::There),
    ];
    if let Some(value) = out_of_range(field.value) {
        all.push(("out of range", with(field, &valued(field, &value)), line, Told::There));
    }
    all
}

/// Whether what was found is what had to be told.
fn fits(findings: &Diagnostics, line: usize, told: Told, name: &str) -> bool {
    let sorted = findings.sorted();
    let Some(first) = sorted.first() else { return told == Told::WhereMissed };
    let at_line = findings.to_json()[0]["line"] == line as u64 + 1;
    match told {
        Told::There => at_line,
        Told::WithItsName => at_line && sorted.len() == 1 && first.nearest.as_deref() == Some(name),
        Told::WhereMissed => at_line || first.code == Code::UnknownName,
    }
}

#[test]
fn a_broken_field_is_told_at_its_line() {
    let (mut wrong, mut messages) = (String::new(), String::new());
    let mut count = 0;
    let fields = fields();
    let in_header = |field: &&Field| fields[0].holder == field.holder;
    let sections: Vec<Range<usize>> =
        fields.iter().filter(in_header).map(|field| field.lines.clone()).collect();
    for field in &fields {
        for (what, text, line, told) in breaches(field, &sections) {
            let (_, findings) = load(&text);
            let lines = findings.to_lines();
            let _ = write!(messages, "## {what}: `{}`\n{lines}", field.name);
            if !fits(&findings, line, told, field.name) {
                let _ = writeln!(wrong, "{what}: `{}` at {}:\n{lines}", field.name, line + 1);
            }
            count += usize::from(findings.has_errors());
        }
    }
    if let Some(file) = std::env::var_os("OFFRAMP_MESSAGES") {
        std::fs::write(file, messages).expect("the messages are written");
    }
    assert!(wrong.is_empty(), "{wrong}");
    // The scan must not have gone blind.
    assert!(count > 1000, "{count}");
}
