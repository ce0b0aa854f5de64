//! The page of all fields: written from the types, with the ranges that `offramp check` holds numbers to and the values
//! that stand where a field is left out, both found by trying.

use crate::authored::{Member, Type, ids, sections, types};
use crate::{compiled, library};
use offramp::scenario::check::{Log, Names, singular};
use offramp::scenario::diagnostics::Code;
use offramp::scenario::document::Document;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many entries each field is tried in: ranges that hang on other fields differ from one to the next.
const TRIES: usize = 8;

/// What trying a field showed.
#[derive(Clone, Debug, Default)]
struct Tried {
    /// The ranges of its numbers, by try.
    ranges: Vec<Vec<String>>,
    /// What stands where it is left out; nothing if it must be given.
    default: Option<String>,
}

impl Tried {
    /// What the page says of the range.
    fn range(&self) -> String {
        let mut seen: Vec<&Vec<String>> = self.ranges.iter().filter(|ranges| !ranges.is_empty()).collect();
        seen.dedup();
        match seen[..] {
            [] => "-".to_owned(),
            [ranges] => ranges.join("; "),
            _ => "set by other fields".to_owned(),
        }
    }
}

/// By type and field.
type Trials = BTreeMap<(String, String), Tried>;

/// Tries the fields of every entry of the shipped scenarios, each field once.
struct Trial<'a> {
    types: &'a [Type],
    found: Trials,
}

/// One entry of one section, and the names that it may refer to.
struct Entry<'a> {
    section: &'a str,
    value: Value,
    names: &'a Names,
}

impl Entry<'_> {
    /// The entry with one thing in it changed, read and checked alone: as it was read, and where its numbers may lie.
    fn with(&self, path: &str, change: impl FnOnce(&mut Value, &str)) -> Option<(Value, Log)> {
        let mut value = self.value.clone();
        let (holder, last) = path.rsplit_once('/').expect("a path begins with a stroke");
        change(value.pointer_mut(holder)?, last);
        let section = self.section;
        let mut document: Document = serde_json::from_value(json!({ section: [value] })).ok()?;
        let mut log = Log::default();
        document.check(self.names, &mut log);
        Some((serde_json::to_value(&document).ok()?[section][0].take(), log))
    }

    /// The range of the number at a path.
    fn range(&self, path: &str) -> Option<String> {
        let extremes = [
            json!(1e300),
            json!(u32::MAX),
            json!(i32::MAX),
            json!(u16::MAX),
            json!(u8::MAX),
            json!(-1e300),
            json!(i32::MIN),
        ];
        // The number behind a unit is found at the duration.
        let (holder, last) = path.rsplit_once('/').expect("a path begins with a stroke");
        let at = if last.starts_with(|c: char| c.is_ascii_uppercase()) { holder } else { path };
        let at = at[1..].replace('/', ".");
        extremes.into_iter().find_map(|extreme| {
            let (_, log) = self.with(path, |holder, last| *child(holder, last) = extreme)?;
            let finding = log.findings.into_iter().find(|f| f.code == Code::OutOfRange && f.path == at)?;
            finding.expected
        })
    }

    /// What stands in place of a field that is left out.
    fn default(&self, path: &str) -> Option<String> {
        let (read, _) = self
            .with(path, |holder, last| drop(holder.as_object_mut().expect("a struct").shift_remove(last)))?;
        read.pointer(path).map(written)
    }
}

fn child<'v>(holder: &'v mut Value, name: &str) -> &'v mut Value {
    match name.parse::<usize>() {
        Ok(index) => &mut holder[index],
        Err(_) => &mut holder[name],
    }
}

/// A value as a file has it.
fn written(value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::String(text) if text.is_empty() => "no text".into(),
        Value::String(word) => format!("`{word}`"),
        Value::Array(items) if items.is_empty() => "none".into(),
        Value::Array(items) => {
            format!("`({})`", items.iter().map(Value::to_string).collect::<Vec<_>>().join(", "))
        }
        Value::Object(one) => {
            let (name, value) = one.iter().next().expect("a variant");
            format!("`{name}({value})`")
        }
        plain => format!("`{plain}`"),
    }
}

impl Trial<'_> {
    /// Tries what stands at a path and is of a type.
    fn at(&mut self, entry: &Entry<'_>, path: &str, ty: &str) {
        let inner = |wrap: &str| ty.strip_prefix(wrap).and_then(|rest| rest.strip_suffix('>'));
        let Some(value) = entry.value.pointer(path) else { return };
        if let Some(item) = inner("Vec<") {
            for index in 0..value.as_array().map_or(0, Vec::len) {
                self.at(entry, &format!("{path}/{index}"), item);
            }
        } else if let Some(item) = inner("Option<") {
            self.at(entry, path, item);
        } else if let Some(ty) = self.types.iter().find(|t| t.name == ty && t.is_struct && value.is_object())
        {
            for field in &ty.members {
                let path = format!("{path}/{}", field.name);
                let tried = self.found.entry((ty.name.clone(), field.name.clone())).or_default();
                if tried.ranges.len() < TRIES {
                    let numbers = numbers(entry.value.pointer(&path), &path, &field.value);
                    let mut ranges: Vec<String> =
                        numbers.iter().filter_map(|path| entry.range(path)).collect();
                    ranges.dedup();
                    tried.ranges.push(ranges);
                    tried.default = tried.default.take().or_else(|| entry.default(&path));
                }
                self.at(entry, &path, &field.value);
            }
        }
    }
}

/// The paths of numbers in a value that lie in no struct of their own; of a list, those of its first item.
fn numbers(value: Option<&Value>, path: &str, ty: &str) -> Vec<String> {
    match value {
        Some(Value::Number(_)) => vec![path.to_owned()],
        // A number may be tried where it was left out.
        Some(Value::Null) if matches!(ty, "Option<i32>" | "Option<u8>" | "Option<f64>") => {
            vec![path.to_owned()]
        }
        // A duration has one number behind its unit.
        Some(Value::Object(one)) if ty.contains("Duration") && one.len() == 1 => {
            one.keys().map(|unit| format!("{path}/{unit}")).collect()
        }
        Some(Value::Array(items)) => {
            let first = if ty.starts_with("Vec<") || ty.starts_with('[') { 1 } else { items.len() };
            let items = items.iter().take(first).enumerate();
            items.flat_map(|(index, item)| numbers(Some(item), &format!("{path}/{index}"), "")).collect()
        }
        _ => Vec::new(),
    }
}

/// The whole page.
pub fn page() -> String {
    let types = types();
    let mut trial = Trial { types: &types, found: Trials::new() };
    for shipped in ["korea-2021", "august-2015", "coercion"] {
        let scenario = compiled(library(shipped).expect("it is shipped"));
        let document = serde_json::to_value(&scenario.document).expect("it can be written");
        for section in sections() {
            for value in document[&section.name].as_array().into_iter().flatten() {
                let entry = Entry { section: &section.name, value: value.clone(), names: &scenario.names };
                trial.at(&entry, "", &section.value);
            }
        }
    }
    let table = json!({ "name": "t", "values": [1], "source": "" });
    trial.at(&Entry { section: "tables", value: table, names: &Names::default() }, "", "TableDoc");
    let trials = trial.found;

    let entries: Vec<String> = sections().into_iter().map(|section| section.value).collect();
    let mut text = String::from(
        "# Every field of a scenario\n\n\
         Written from the source; change it there, then `OFFRAMP_BLESS=1 cargo test --test docs generated`. How a file is\n\
         built, and how times, chances, conditions and effects are written, is in [the format](scenario-format.md).\n\n\
         Where *if left out* says `-`, the field must be given. A range is what `offramp check` accepts, not what is\n\
         plausible.\n\n## Sections\n\nEach is a list of named entries. Names are unique within a section.\n",
    );
    for section in sections() {
        let ty = types.iter().find(|ty| ty.name == section.value).expect("an entry has a type");
        text += &format!("\n### {}\n\n{}\n\n{}", section.name, section.about, table_of(ty, &trials));
    }
    text += "\n## Parts of entries\n\nThey are written without their name: `(name: \"calm\", label: …)`.\n";
    for ty in types.iter().filter(|ty| ty.is_struct && !entries.contains(&ty.name) && ty.name != "SettingDoc")
    {
        text += &format!("\n### {}\n\n{}\n\n{}", plain(&ty.name), about(ty), table_of(ty, &trials));
    }
    text += "\n## Words to choose from\n";
    for ty in types.iter().filter(|ty| !ty.is_struct && explained_elsewhere(&ty.name).is_none()) {
        text += &format!("\n### {}\n\n{}\n\n", ty.name, ty.about);
        for word in &ty.members {
            text += &format!("- {}: {}\n", spoken(word), word.about);
        }
    }
    text
}

fn table_of(ty: &Type, trials: &Trials) -> String {
    let mut text = String::from("| field | value | range | if left out | meaning |\n|---|---|---|---|---|\n");
    for field in &ty.members {
        let tried = trials.get(&(ty.name.clone(), field.name.clone())).cloned().unwrap_or_default();
        let range = tried.range();
        let default = if field.optional {
            tried.default.unwrap_or_else(|| panic!("no shipped entry shows `{}` of {}", field.name, ty.name))
        } else {
            "-".into()
        };
        text += &format!(
            "| `{}` | {} | {range} | {default} | {} |\n",
            field.name,
            value(&field.value),
            field.about
        );
    }
    text
}

/// What a type is, without what only the program tells apart.
fn about(ty: &Type) -> String {
    ty.about.replace(", as authored", "").replace(" as authored", "")
}

/// A type's name without what the program calls it by.
fn plain(name: &str) -> &str {
    name.strip_suffix("Doc").unwrap_or(name)
}

/// Where a type is explained that has no list of its own.
pub fn explained_elsewhere(name: &str) -> Option<&'static str> {
    Some(match name {
        "Duration" => "[duration](scenario-format.md#times-and-rates)",
        "Rate" => "[rate](scenario-format.md#times-and-rates)",
        "AuthoredChance" => "[chance](scenario-format.md#chances)",
        "Visibility" => "[who](scenario-format.md#who-sees-it)",
        "Condition" => "[condition](scenario-format.md#conditions)",
        "Statement" => "[statement](scenario-format.md#statements)",
        "Expr" | "Gauge" | "Op" => "[value](scenario-format.md#expressions)",
        "SettingValue" | "Mechanic" | "Sitting" => "[the header](scenario-format.md#the-header)",
        _ => return None,
    })
}

/// What an author writes for a value of a type.
fn value(ty: &str) -> String {
    let inner = |wrap: &str, end: char| ty.strip_prefix(wrap).and_then(|rest| rest.strip_suffix(end));
    if let Some(id) = inner("Ref<", '>') {
        return format!("name in `{}`", section_of(id));
    }
    if let Some(item) = inner("Option<", '>').or(inner("Box<", '>')) {
        return value(item);
    }
    if ty == "Vec<Statement>" {
        return "[statements](scenario-format.md#statements)".into();
    }
    if let Some(item) = inner("Vec<", '>') {
        let item = value(item);
        return item
            .strip_prefix("name in")
            .map_or_else(|| format!("list of {item}"), |it| format!("names in{it}"));
    }
    if let Some(parts) = inner("(", ')') {
        let parts: Vec<String> = parts.split(", ").map(value).collect();
        return format!("({})", parts.join(", "));
    }
    if let Some(items) = inner("[", ']') {
        let (item, number) = items.split_once("; ").expect("an array has a length");
        let number = match number {
            "CELLS" | "READINGS" => "7",
            number => number,
        };
        return format!("{number} {}s", value(item));
    }
    match ty {
        "String" => "text".into(),
        "f64" => "number".into(),
        "u8" | "u16" | "u32" | "i32" | "i64" => "whole number".into(),
        "bool" => "`true` or `false`".into(),
        name => explained_elsewhere(name)
            .map_or_else(|| format!("[`{}`](#{})", plain(name), plain(name).to_lowercase()), str::to_owned),
    }
}

/// A variant as a file has it.
fn spoken(word: &Member) -> String {
    if !word.inside.is_empty() {
        let inside: Vec<String> =
            word.inside.iter().map(|m| format!("{}: {}", m.name, in_short(&m.value))).collect();
        return format!("`{}({})`", word.name, inside.join(", "));
    }
    if word.value.is_empty() {
        format!("`{}`", word.name)
    } else {
        format!("`{}({})`", word.name, in_short(&word.value))
    }
}

/// What stands in the place of a value of a type, in a word or two.
fn in_short(ty: &str) -> String {
    let inner = |wrap: &str| ty.strip_prefix(wrap).and_then(|rest| rest.strip_suffix('>'));
    if let Some((first, rest)) = ty.split_once(", ") {
        return format!("{}, {}", in_short(first), in_short(rest));
    }
    if let Some(id) = inner("Ref<") {
        let section = section_of(id);
        let known =
            Document::SECTIONS.iter().find(|known| **known == section).expect("an id counts in a section");
        return singular(known).to_owned();
    }
    if let Some(item) = inner("Vec<") {
        return format!("[{}, …]", in_short(item));
    }
    if let Some(item) = inner("Option<") {
        return in_short(item);
    }
    match ty {
        "f64" => "number".into(),
        name => name.to_lowercase(),
    }
}

fn section_of(id: &str) -> String {
    ids().into_iter().find(|(name, _)| name == id).map_or_else(|| id.to_owned(), |(_, section)| section)
}
