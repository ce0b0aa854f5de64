//! Compiling: files become one composed document in which every name is found and every number is sound.

use super::Scenario;
use super::check::Finding;
use super::compose::{Resolve, load_chain};
use super::diagnostics::{Code, Diagnostic, Diagnostics};
use super::document::{Document, Origins};
use super::locate::Trail;
use super::section::{Model, Visibility};
use super::settings;
use super::source::{FileId, Source};
use crate::vocabulary::words::{Condition, Expr};
use crate::vocabulary::{Id, SeatId, TOP_RUNG};

/// Most seats and actors.
const MOST_SEATS: usize = 8;
/// Most terms: a proposal keeps a bit for each.
const MOST_TERMS: usize = 64;
/// Excitation at or above this share would let incidents breed for ever.
const MOST_EXCITATION: f64 = 0.9;

/// Fields that are prose: they do not enter the fingerprint.
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
];

/// Reads a scenario and its bases and compiles them. All errors of all files are in the diagnostics; the scenario is
/// there only if none is an error.
pub fn compile(root: Source, resolve: Resolve<'_>) -> (Option<Scenario>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let Some(chain) = load_chain::<Document>(root, resolve, &mut diagnostics) else {
        return (None, diagnostics);
    };
    let file = chain.last().map(|(file, _)| *file);
    let (mut document, origins) = Document::compose(chain, &mut diagnostics);
    let names = document.names();
    let findings = document.check(&names);
    let place = Placing { origins: &origins };
    for finding in findings {
        place.report(&finding, &mut diagnostics);
    }
    if let Some(file) = file.filter(|_| !diagnostics.has_errors()) {
        whole(&document, file, &place, &mut diagnostics);
    }
    if diagnostics.has_errors() {
        return (None, diagnostics);
    }
    let text = match ron::ser::to_string_pretty(&document, ron::ser::PrettyConfig::default()) {
        Ok(text) => text,
        Err(error) => {
            if let Some(file) = file {
                diagnostics.push(Diagnostic::error(Code::Unsound, file, error.to_string()));
            }
            return (None, diagnostics);
        }
    };
    let fingerprint = fingerprint(&document);
    let scenario = Scenario { document, names, fingerprint, text };
    if let Err(problems) = settings::check(&scenario) {
        for (index, problem) in problems {
            let (file, position) = origins.settings[index];
            let trail = Trail::root().name("settings").index(position);
            let span = diagnostics.locate(file, &trail);
            diagnostics.push(Diagnostic::error(Code::Unsound, file, problem).at(span));
        }
        return (None, diagnostics);
    }
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
    let mut value = serde_json::to_value(document).unwrap_or_default();
    strip(&mut value);
    blake3::hash(value.to_string().as_bytes()).to_hex()[..32].to_owned()
}

/// Finds the place of a finding in the file that its entry came from.
struct Placing<'a> {
    origins: &'a Origins,
}

impl Placing<'_> {
    fn report(&self, finding: &Finding, diagnostics: &mut Diagnostics) {
        let Some(origin) =
            self.origins.sections.get(finding.section).and_then(|list| list.get(finding.entry))
        else {
            return;
        };
        let trail = origin.trail(finding.section).dotted(&finding.path);
        let span = diagnostics.locate(origin.file, &trail);
        let code = if finding.nearest.is_some() || finding.message.starts_with("no ") {
            Code::UnknownName
        } else {
            Code::Unsound
        };
        let mut diagnostic = Diagnostic::error(code, origin.file, finding.message.clone()).at(span);
        if let Some(expected) = &finding.expected {
            diagnostic = diagnostic.expected(expected.clone());
        }
        diagnostics.push(diagnostic.nearest(finding.nearest.clone()));
    }

    fn problem(
        &self,
        section: &'static str,
        entry: usize,
        path: &str,
        message: String,
        expected: &str,
        diagnostics: &mut Diagnostics,
    ) {
        let finding = Finding {
            section,
            entry,
            path: path.to_owned(),
            message,
            expected: Some(expected.to_owned()),
            nearest: None,
        };
        self.report(&finding, diagnostics);
    }
}

/// Checks what only the whole document can show.
fn whole(document: &Document, file: FileId, place: &Placing<'_>, diagnostics: &mut Diagnostics) {
    let mut missing = |message: String, expected: &str| {
        diagnostics.push(Diagnostic::error(Code::MissingField, file, message).expected(expected));
    };
    if document.format == 0 {
        missing("the file has no `format`".into(), "`format: 1` as its first field");
    }
    if document.name.is_empty() {
        missing("the scenario has no `name`".into(), "a name in lower case, with digits and dashes");
    }
    if document.endings.is_empty() {
        missing("the scenario has no `endings`".into(), "at least one ending");
    }
    if document.seats.len() > MOST_SEATS {
        missing(format!("{} seats and actors", document.seats.len()), "at most 8");
    }
    if document.terms.len() > MOST_TERMS {
        missing(format!("{} terms", document.terms.len()), "at most 64");
    }
    if !document.mechanics.is_empty() {
        for (name, unit) in Model::NAMES {
            match document.parameters.iter().find(|p| p.name == *name) {
                None => {
                    missing(format!("the mechanics need the parameter `{name}`"), &format!("unit {unit:?}"))
                }
                Some(parameter) if parameter.unit != *unit => {
                    missing(
                        format!("the parameter `{name}` is in {:?}", parameter.unit),
                        &format!("unit {unit:?}"),
                    );
                }
                Some(_) => {}
            }
        }
        if document.paths.is_empty() {
            missing("the mechanics need at least one path".into(), "an entry in `paths`");
        }
        for rung in 0..=TOP_RUNG {
            let named = document.ladder.iter().filter(|row| row.rung == rung).count();
            if named != 1 {
                missing(format!("the ladder names rung {rung} {named} times"), "each rung from 0 to 13 once");
            }
        }
    }
    for (index, parameter) in document.parameters.iter().enumerate() {
        if parameter.name == "excite_n" && parameter.range.1 >= MOST_EXCITATION {
            let message = "incidents would breed for ever".to_owned();
            place.problem("parameters", index, "range", message, "below 0.9", diagnostics);
        }
    }
    for (index, action) in document.actions.iter().enumerate() {
        let Some(needs) = &action.needs else { continue };
        for seat in &action.seats {
            if let Some(hidden) = hidden_in(document, needs, seat.id()) {
                let message = format!("`needs` reads {hidden}, which {} cannot see", seat.name());
                let expected = "what every seat that can take the action knows; use `fails_if` for the truth";
                place.problem("actions", index, "needs", message, expected, diagnostics);
            }
        }
    }
}

/// The first thing in a condition that a seat cannot know.
fn hidden_in(document: &Document, condition: &Condition, seat: SeatId) -> Option<String> {
    match condition {
        Condition::Compare(a, _, b) => {
            hidden_value(document, a, seat).or_else(|| hidden_value(document, b, seat))
        }
        Condition::All(list) | Condition::Any(list) => list.iter().find_map(|c| hidden_in(document, c, seat)),
        Condition::Not(inner) => hidden_in(document, inner, seat),
        Condition::On(action) => {
            let doc = &document.actions[action.id().index()];
            let knows = doc.seen_by.shows(seat) || doc.seats.iter().any(|own| own.id() == seat);
            (!knows).then(|| format!("whether `{}` is on", doc.name))
        }
        Condition::Fired(inject) => {
            let doc = &document.injects[inject.id().index()];
            (!doc.seen_by.shows(seat)).then(|| format!("whether `{}` has fired", doc.name))
        }
        Condition::InForce(_) | Condition::Open(_) => None,
    }
}

fn hidden_value(document: &Document, value: &Expr, seat: SeatId) -> Option<String> {
    match value {
        Expr::Level(track) | Expr::Before(track) => {
            let doc = &document.tracks[track.id().index()];
            let hidden = doc.seen_by == Visibility::Nobody || !doc.seen_by.shows(seat);
            hidden.then(|| format!("the track `{}`", doc.name))
        }
        Expr::Add(list) | Expr::Mul(list) | Expr::Min(list) | Expr::Max(list) => {
            list.iter().find_map(|e| hidden_value(document, e, seat))
        }
        Expr::Sub(a, b) | Expr::DivFloor(a, b) => {
            hidden_value(document, a, seat).or_else(|| hidden_value(document, b, seat))
        }
        Expr::Clamp(a, b, c) => [a, b, c].into_iter().find_map(|e| hidden_value(document, e, seat)),
        Expr::Lookup(_, index) => hidden_value(document, index, seat),
        Expr::Const(_) | Expr::Local(_) | Expr::Param(_) | Expr::Gauge(_) => None,
    }
}
