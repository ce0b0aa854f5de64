//! The types that a scenario file is read into, taken from the source with what it says of them.

use crate::read;

/// A field of a struct, or a variant of an enum.
#[derive(Clone, Debug, Default)]
pub struct Member {
    pub name: String,
    /// What it is, in one line.
    pub about: String,
    /// Its type; for a variant what it holds, as it is written in a file.
    pub value: String,
    /// Whether it can be left out.
    pub optional: bool,
    /// The members of a variant that names them.
    pub inside: Vec<Member>,
}

/// A type.
#[derive(Clone, Debug)]
pub struct Type {
    pub name: String,
    pub about: String,
    pub members: Vec<Member>,
    /// Whether a value has all members, or is one of them.
    pub is_struct: bool,
}

/// Where they stand.
const SOURCES: [&str; 25] = [
    "vocabulary/chance",
    "vocabulary/signal",
    "vocabulary/time",
    "vocabulary/words",
    "scenario/document",
    "scenario/section/accord",
    "scenario/section/action",
    "scenario/section/belief",
    "scenario/section/body",
    "scenario/section/calendar",
    "scenario/section/campaign",
    "scenario/section/channel",
    "scenario/section/doctrine",
    "scenario/section/ending",
    "scenario/section/incident",
    "scenario/section/inject",
    "scenario/section/kernel",
    "scenario/section/ladder",
    "scenario/section/parameter",
    "scenario/section/question",
    "scenario/section/record",
    "scenario/section/rule",
    "scenario/section/seat",
    "scenario/section/term",
    "scenario/section/track",
];

/// The sections in the order of the format: name, what it holds, type of an entry.
pub fn sections() -> Vec<Member> {
    let source = read("src/scenario/document.rs");
    let (_, list) = source.split_once("\nsections! {\n").expect("the list of sections is there");
    members(&list.lines().take_while(|line| *line != "}").collect::<Vec<_>>())
}

/// The fields of a file's header.
pub fn header() -> Vec<Member> {
    let source = read("src/scenario/document.rs");
    let (_, document) = source.split_once("pub struct Document {\n").expect("the document is there");
    let lines = document.lines().take_while(|line| line.trim() != "}");
    let lines: Vec<&str> = lines.map(|line| line.strip_prefix("        ").unwrap_or(line)).collect();
    members(&lines)
}

/// Every type that a file can hold a value of, in the order in which a reader meets them.
pub fn types() -> Vec<Type> {
    let mut all: Vec<Type> =
        SOURCES.iter().flat_map(|path| declared(&read(&format!("src/{path}.rs")))).collect();
    let mut met: Vec<Type> = Vec::new();
    let mut names: Vec<String> =
        header().iter().chain(&sections()).flat_map(|member| words(&member.value)).collect();
    while !names.is_empty() {
        let (found, rest) = all.into_iter().partition(|ty| names.contains(&ty.name));
        let mut found: Vec<Type> = found;
        all = rest;
        found.sort_by_key(|ty| names.iter().position(|name| *name == ty.name));
        let values = found.iter().flat_map(|ty| &ty.members);
        names = values
            .flat_map(|m| words(&m.value).into_iter().chain(m.inside.iter().flat_map(|m| words(&m.value))))
            .collect();
        met.extend(found);
    }
    met
}

/// The section that each kind of id counts in, as `SeatId` in `seats`.
pub fn ids() -> Vec<(String, String)> {
    let source = read("src/vocabulary/ids.rs");
    let (_, list) = source.split_once("\nids! {\n").expect("the list of ids is there");
    let rows = list.lines().filter_map(|line| line.trim().strip_suffix("\";")?.split_once(": \""));
    rows.map(|(id, section)| (id.to_owned(), section.to_owned())).collect()
}

/// The words of a type that begin with a capital.
fn words(value: &str) -> Vec<String> {
    let words = value.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).map(str::to_owned).collect()
}

/// The types of one file that can be read.
fn declared(source: &str) -> Vec<Type> {
    let mut types = Vec::new();
    let (mut about, mut can_be_read) = (String::new(), false);
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if let Some(text) = line.strip_prefix("/// ") {
            say(&mut about, text);
        } else if line.starts_with("#[") {
            can_be_read |= line.contains("Deserialize");
        } else {
            let head = line.strip_prefix("pub ").and_then(|line| line.strip_suffix(" {"));
            let head = head.and_then(|head| head.split_once(' ')).filter(|_| can_be_read);
            if let Some((kind @ ("struct" | "enum"), name)) = head {
                let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
                types.push(Type {
                    name: name.to_owned(),
                    about: std::mem::take(&mut about),
                    members: members(&body),
                    is_struct: kind == "struct",
                });
            }
            (about, can_be_read) = (String::new(), false);
        }
    }
    types
}

/// The members in a body, each four blanks in.
fn members(body: &[&str]) -> Vec<Member> {
    let mut members = Vec::new();
    let mut next = Member::default();
    let mut inside: Option<Vec<&str>> = None;
    for line in body {
        if let Some(lines) = &mut inside {
            match line.strip_prefix("    ") {
                Some("},") => {
                    next.inside = self::members(lines);
                    inside = None;
                    members.push(std::mem::take(&mut next));
                }
                Some(line) => lines.push(line),
                None => {}
            }
            continue;
        }
        let Some(line) = line.strip_prefix("    ") else { continue };
        if let Some(text) = line.strip_prefix("/// ") {
            say(&mut next.about, text);
        } else if line.starts_with("#[serde(default") {
            next.optional = true;
        } else if let Some(name) = line.strip_suffix(" {") {
            next.name = name.to_owned();
            inside = Some(Vec::new());
        } else if let Some(member) = line.strip_suffix([',', ';']) {
            let member = member.strip_prefix("pub ").unwrap_or(member);
            let (name, value) = match (member.split_once(": "), member.split_once('(')) {
                (Some((name, value)), _) => (name, value),
                (None, Some((name, value))) => (name, value.strip_suffix(')').expect("one line holds it")),
                (None, None) => (member, ""),
            };
            (next.name, next.value) = (name.to_owned(), value.to_owned());
            members.push(std::mem::take(&mut next));
        }
    }
    members
}

/// Adds a line to what is said already.
fn say(about: &mut String, text: &str) {
    if !about.is_empty() {
        about.push(' ');
    }
    about.push_str(text.trim());
}
