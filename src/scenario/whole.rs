//! What only the whole document can show: names inside other entries, numbers that must fit each other, and what
//! may be read by whom.

use super::check::{Checker, Log, Names};
use super::diagnostics::{Code, Diagnostic};
use super::document::Document;
use super::section::{HypothesisKind, Model, Visibility};
use super::source::FileId;
use crate::vocabulary::words::{Condition, Expr};
use crate::vocabulary::{Id, SeatId, TOP_RUNG};

/// Most seats and actors.
const MOST_SEATS: usize = 8;
/// Most terms: a proposal keeps a bit for each.
const MOST_TERMS: usize = 64;
/// Excitation at or above this share would let incidents breed for ever.
const MOST_EXCITATION: f64 = 0.9;

/// An error about a whole file, once it is known which.
pub(super) type FileError = Box<dyn FnOnce(FileId) -> Diagnostic>;

/// Checks names that stand inside entries, and numbers that must fit another entry's. Nothing need be resolved yet.
pub(super) fn across(document: &Document, names: &Names, log: &mut Log) {
    for (index, kernel) in document.kernels.iter().enumerate() {
        let sides = || document.seats.iter().map(|seat| seat.side.as_str());
        if !sides().any(|side| side == kernel.side) {
            Checker::new(names, "kernels", index, log).unknown("side", "side", &kernel.side, sides());
        }
    }
    for (index, doctrine) in document.doctrines.iter().enumerate() {
        let Some(seat) = names.position("seats", doctrine.seat.name()) else { continue };
        let aims = || document.seats[seat].aims.iter().map(|aim| aim.name.as_str());
        for (position, (aim, _)) in doctrine.aims.iter().enumerate() {
            if !aims().any(|known| known == aim) {
                let kind = format!("aim of `{}`", doctrine.seat.name());
                let field = format!("aims.{position}.0");
                Checker::new(names, "doctrines", index, log).unknown(&field, &kind, aim, aims());
            }
        }
    }
    for (index, term) in document.terms.iter().enumerate() {
        for (position, (seat, disposition, _)) in term.held.iter().enumerate() {
            let Some(known) = names.position("seats", seat.name()) else { continue };
            let dispositions = || document.seats[known].dispositions.iter().map(|d| d.name.as_str());
            if !dispositions().any(|name| name == disposition) {
                let (kind, field) =
                    (format!("disposition of `{}`", seat.name()), format!("held.{position}.1"));
                Checker::new(names, "terms", index, log).unknown(&field, &kind, disposition, dispositions());
            }
        }
    }
    for (index, hypothesis) in document.hypotheses.iter().enumerate() {
        let types = match &hypothesis.about {
            HypothesisKind::Disposition(seat) => match names.position("seats", seat.name()) {
                Some(seat) => document.seats[seat].dispositions.len(),
                None => continue,
            },
            _ => 2,
        };
        let mut at = Checker::new(names, "hypotheses", index, log);
        if types == 0 {
            let message = "the seat has no dispositions to wonder about".to_owned();
            at.problem("about", message, "a seat with dispositions");
        }
        let tables = hypothesis.tables().map(|(field, rows)| (field, rows.len()));
        for (field, count) in [("prior", hypothesis.prior.len())].into_iter().chain(tables) {
            if count != types && count != 0 {
                at.problem(field, format!("{count} rows for {types} types"), "one a type, in order, or none");
            }
        }
        let derived = matches!(hypothesis.about, HypothesisKind::Disposition(_));
        if hypothesis.likelihood.is_empty() && !derived {
            at.problem("likelihood", "there are no rows".into(), "a row for yes and one for no");
        }
    }
}

/// Checks a document in which every name is resolved.
pub(super) fn whole(document: &Document, names: &Names, log: &mut Log, refuse: &mut dyn FnMut(FileError)) {
    let mut missing = |message: String, expected: &str| {
        let expected = expected.to_owned();
        let error = move |file| Diagnostic::error(Code::MissingField, file, message).expected(expected);
        refuse(Box::new(error));
    };
    if document.name.is_empty() {
        missing("the scenario has no `name`".into(), "a name in lower case, with digits and dashes");
    }
    if document.endings.is_empty() {
        missing("the scenario has no `endings`".into(), "at least one ending");
    }
    if !document.mechanics.is_empty() {
        let given = |name: &str| document.parameters.iter().any(|parameter| parameter.name == name);
        let lacking: Vec<&str> = Model::NAMES.iter().map(|(name, _)| *name).filter(|n| !given(n)).collect();
        if !lacking.is_empty() {
            let message =
                format!("the mechanics need {} that are not there", counted(&lacking, "parameters"));
            missing(message, "an entry in `parameters` for each");
        }
        if document.paths.is_empty() {
            missing("the mechanics need at least one path".into(), "an entry in `paths`");
        }
        let uneven: Vec<String> = (0..=TOP_RUNG)
            .filter(|rung| document.ladder.iter().filter(|row| row.rung == *rung).count() != 1)
            .map(|rung| rung.to_string())
            .collect();
        if !uneven.is_empty() {
            let message = format!("the ladder does not name each rung once: {}", uneven.join(", "));
            missing(message, "each rung from 0 to 13 once");
        }
    }
    if document.seats.len() > MOST_SEATS {
        let mut at = Checker::new(names, "seats", MOST_SEATS, log);
        at.problem("name", format!("{} seats and actors", document.seats.len()), "at most 8");
    }
    if document.terms.len() > MOST_TERMS {
        let mut at = Checker::new(names, "terms", MOST_TERMS, log);
        at.problem("name", format!("{} terms", document.terms.len()), "at most 64");
    }
    for (index, parameter) in document.parameters.iter().enumerate() {
        let mut at = Checker::new(names, "parameters", index, log);
        let needed = Model::NAMES.iter().find(|(name, _)| *name == parameter.name).map(|(_, unit)| *unit);
        if let Some(unit) = needed.filter(|unit| *unit != parameter.unit) {
            let message = format!("the mechanics read `{}` in another unit", parameter.name);
            at.problem("unit", message, &format!("{unit:?}"));
        }
        if parameter.name == "excite_n" && parameter.range.1 >= MOST_EXCITATION {
            at.problem("range.1", "incidents would breed for ever".to_owned(), "below 0.9");
        }
    }
    for (index, campaign) in document.campaign.iter().enumerate() {
        let mut at = Checker::new(names, "campaign", index, log);
        if index > 0 {
            at.problem("name", "a scenario is one campaign at most".into(), "one entry in `campaign`");
        }
        for (position, (seat, track)) in campaign.capital.iter().enumerate() {
            if !document.tracks[track.id().index()].seen_by.shows(seat.id()) {
                let message = format!("{} cannot see the track `{}`", seat.name(), track.name());
                at.problem(&format!("capital.{position}.1"), message, "a track that the seat sees");
            }
        }
    }
    for (index, action) in document.actions.iter().enumerate() {
        let Some(needs) = &action.needs else { continue };
        for seat in &action.seats {
            if let Some(hidden) = hidden_in(document, needs, seat.id()) {
                let message = format!("`needs` reads {hidden}, which {} cannot see", seat.name());
                let expected = "what every seat that can take the action knows; use `fails_if` for the truth";
                Checker::new(names, "actions", index, log).problem("needs", message, expected);
            }
        }
    }
}

/// The first few of some names, and how many more there are.
fn counted(names: &[&str], kind: &str) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => format!("the {kind} {}", shown.join(", ")),
        more => format!("the {kind} {} and {more} more", shown.join(", ")),
    }
}

/// The first thing in a condition that a seat cannot know, in an author's words.
pub fn hidden_in(document: &Document, condition: &Condition, seat: SeatId) -> Option<String> {
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
