//! Compiling: files become one composed document in which every name is found and every number is sound.

use super::Scenario;
use super::check::{Finding, LONGEST_NAME, Log, Names};
use super::compose::{Resolve, load_chain};
use super::diagnostics::{Code, Diagnostic, Diagnostics, quote};
use super::document::{Document, Origins};
use super::locate::Trail;
use super::parse::more_errors;
use super::settings::{self, About, SettingProblem};
use super::source::{FileId, Source, Span};
use super::whole::{across, whole};

/// Most entries of one section, once all files are put together.
const MOST_ENTRIES: usize = 1_000;

/// Fields that are for readers: they do not enter the fingerprint.
const PROSE: &[&str] = &[
    "title",
    "summary",
    "teaching_aim",
    "source",
    "label",
    "about",
    "definition",
    "text",
    "briefing",
    "unit",
    "confidence",
    "sitting",
    "questions",
    "focus",
];

/// Reads a scenario and its bases and compiles them. All errors of all files are in the diagnostics; the scenario is
/// there only if none is an error.
pub fn compile(root: Source, resolve: Resolve<'_>) -> (Option<Scenario>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let Some(chain) = load_chain::<Document>(root, resolve, &mut diagnostics) else {
        return (None, diagnostics);
    };
    for (file, document) in &chain {
        check_header(*file, document, &mut diagnostics);
    }
    let Some(file) = chain.last().map(|(file, _)| *file) else { return (None, diagnostics) };
    let own_side_from = chain.iter().rev().find(|(_, d)| !d.own_side.is_empty()).map(|(file, _)| *file);
    let (mut document, origins) = Document::compose(chain, &mut diagnostics);
    if let Some((section, count)) = document.counts().find(|(_, count)| *count > MOST_ENTRIES) {
        let message = format!("with its bases the scenario has {count} entries in `{section}`");
        let expected = format!("at most {MOST_ENTRIES}");
        diagnostics.push(Diagnostic::error(Code::TooMany, file, message).expected(expected));
        return (None, diagnostics);
    }
    let mut names = document.names();
    names.note_removed(origins.removed.keys().cloned());
    if let Some(file) = own_side_from {
        check_own_side(file, &document, &mut diagnostics);
    }
    let mut log = Log::default();
    document.check(&names, &mut log);
    across(&document, &names, &mut log);
    let place = Placing { origins: &origins };
    if log.findings.is_empty() && !diagnostics.has_errors() {
        let head = head(file, &diagnostics);
        whole(&document, &names, &mut log, &mut |error| diagnostics.push(error(file).at(head)));
    }
    // An entry of a base whose removal is misspelt still refers to what went with it: that is said once its name is found.
    let removing: Vec<FileId> = diagnostics
        .sorted()
        .iter()
        .filter(|error| error.code == Code::NothingToRemove)
        .map(|error| error.file)
        .collect();
    let follows = |finding: &Finding| {
        let from = origins.sections.get(finding.section).and_then(|list| list.get(finding.entry));
        !removing.is_empty() && from.is_some_and(|origin| !removing.contains(&origin.file))
    };
    for finding in log.findings.iter().filter(|finding| !follows(finding)) {
        place.report(finding, &mut diagnostics);
    }
    if log.overflowed {
        diagnostics.push(more_errors(file));
    }
    check_offered(&mut document, &names, &origins, &mut diagnostics);
    for (index, problem) in settings::check(&document, &names) {
        place.report_setting(index, problem, &mut diagnostics);
    }
    if diagnostics.has_errors() {
        return (None, diagnostics);
    }
    let text = match document.to_ron() {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(Diagnostic::error(Code::Unsound, file, error.to_string()));
            return (None, diagnostics);
        }
    };
    let fingerprint = fingerprint(&document);
    let scenario = Scenario { document, names, origins, fingerprint, text };
    (Some(scenario), diagnostics)
}

/// A hash of what a scenario computes: the document without its prose.
fn fingerprint(document: &Document) -> String {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => {
                map.retain(|key, _| !PROSE.contains(&key.as_str()));
                map.values_mut().for_each(strip);
            }
            serde_json::Value::Array(list) => list.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = document.to_plain();
    strip(&mut value);
    blake3::hash(value.to_string().as_bytes()).to_hex()[..32].to_owned()
}

/// Finds the place of a finding in the file that its entry came from.
struct Placing<'a> {
    origins: &'a Origins,
}

impl Placing<'_> {
    fn report(&self, finding: &Finding, diagnostics: &mut Diagnostics) {
        let placed = self.origins.place(diagnostics, finding.section, finding.entry, &finding.path);
        let Some((file, span)) = placed else { return };
        let mut diagnostic = Diagnostic::error(finding.code, file, finding.message.clone()).at(span);
        if let Some(expected) = &finding.expected {
            diagnostic = diagnostic.expected(expected.clone());
        }
        let removal = finding.removed.as_ref().and_then(|entry| self.origins.removed.get(entry));
        if let (Some((section, _)), Some((file, index))) = (&finding.removed, removal) {
            let trail = Trail::root().name("remove").name(section).index(*index);
            diagnostic = diagnostic.also(*file, diagnostics.locate(*file, &trail), "removed here");
        }
        diagnostics.push(diagnostic.nearest(finding.nearest.clone()));
    }

    fn report_setting(&self, index: usize, problem: SettingProblem, diagnostics: &mut Diagnostics) {
        let (file, position) = self.origins.settings[index];
        let (field, code) = match problem.about {
            About::Name => ("name", Code::UnknownName),
            About::Value => ("value", Code::Unsound),
        };
        let span = diagnostics.locate(file, &Trail::root().name("settings").index(position).name(field));
        let error = Diagnostic::error(code, file, problem.message).at(span).expected(problem.expected);
        diagnostics.push(error.nearest(problem.nearest));
    }
}

/// The bracket that a file begins with: the place of what the whole of it lacks.
fn head(file: FileId, diagnostics: &Diagnostics) -> Option<Span> {
    let whole = diagnostics.locate(file, &Trail::root())?;
    Some(Span { end: whole.start + 1, ..whole })
}

/// Checks what every file of a chain says of itself.
fn check_header(file: FileId, document: &Document, diagnostics: &mut Diagnostics) {
    if document.format == 0 {
        let message = "the file has no `format`";
        let error = Diagnostic::error(Code::MissingField, file, message).at(head(file, diagnostics));
        diagnostics.push(error.expected("`format: 1` as its first field"));
    }
    let mut refuse = |field: &str, message: String, expected: &str| {
        let span = diagnostics.locate(file, &Trail::root().name(field));
        diagnostics.push(Diagnostic::error(Code::BadValue, file, message).at(span).expected(expected));
    };
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if document.name.len() > LONGEST_NAME || !document.name.chars().all(fits) {
        let message = format!("{} is no name of a scenario", quote(&document.name));
        refuse("name", message, "lower-case letters, digits and dashes, at most 60");
    }
    if !document.start.is_empty() && !is_date(&document.start) {
        let message = format!("{} is no date with a time", quote(&document.start));
        refuse("start", message, "a date and time such as `2015-08-04 07:35`");
    }
}

/// The side whose losses count must be a seat's.
fn check_own_side(file: FileId, document: &Document, diagnostics: &mut Diagnostics) {
    let mut sides = document.seats.iter().map(|seat| seat.side.as_str());
    if !sides.clone().any(|side| side == document.own_side) {
        let span = diagnostics.locate(file, &Trail::root().name("own_side"));
        let error = Diagnostic::unknown_name(file, "side", &document.own_side, &mut sides);
        diagnostics.push(error.at(span));
    }
}

/// Resolves the acts that are offered. What a later file removes is not offered any more; any other name must be there.
fn check_offered(document: &mut Document, names: &Names, origins: &Origins, diagnostics: &mut Diagnostics) {
    let (Some(offered), Some((file, named))) = (&mut document.offered, origins.offered) else { return };
    let mut position = 0..;
    offered.retain_mut(|action| {
        let listed = position.next().filter(|index| *index < named);
        if let Some(id) = names.find(action.name()) {
            action.resolve(id);
            return true;
        }
        let removal = origins.removed.get(&("actions", action.name().to_owned()));
        let Some(index) = listed.filter(|_| removal.is_none_or(|(by, _)| *by == file)) else { return false };
        let span = diagnostics.locate(file, &Trail::root().name("offered").index(index));
        let error = match removal {
            Some((by, index)) => {
                let message = format!("the action {} was removed", quote(action.name()));
                let trail = Trail::root().name("remove").name("actions").index(*index);
                let error = Diagnostic::error(Code::RemovedName, file, message);
                error.also(*by, diagnostics.locate(*by, &trail), "removed here")
            }
            None => Diagnostic::unknown_name(file, "action", action.name(), names.of("actions")),
        };
        diagnostics.push(error.at(span));
        true
    });
}

/// Whether a text is a date with a time, as `2015-08-04 07:35`.
fn is_date(text: &str) -> bool {
    let shape = |(c, pattern): (u8, u8)| if pattern == b'0' { c.is_ascii_digit() } else { c == pattern };
    let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().unwrap_or(u32::MAX);
    text.len() == 16
        && text.bytes().zip(*b"0000-00-00 00:00").all(shape)
        && (1..=12).contains(&number(5..7))
        && (1..=31).contains(&number(8..10))
        && number(11..13) < 24
        && number(14..16) < 60
}
