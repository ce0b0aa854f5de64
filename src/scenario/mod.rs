//! What an author writes, and what the engine plays: source, document, checks, composition, binding.

pub mod binding;
pub mod check;
pub mod compose;
pub mod diagnostics;
pub mod document;
pub mod locate;
mod outline;
pub mod parse;
mod reader;
mod render;
mod schema;
pub mod section;
pub mod source;
mod tokens;

use self::document::Document;
use crate::vocabulary::{Id, SeatId};
use std::sync::Arc;

/// A compiled scenario: composed, every name resolved, immutable.
#[derive(Debug)]
pub struct Scenario {
    /// The composed document: header, and all sections with base and overrides applied.
    pub document: Document,
    /// The names of all entries.
    pub names: check::Names,
    /// Hash of the composed document without its prose, as 32 hexadecimal digits.
    pub fingerprint: String,
    /// The composed document as text, so that a trace needs no other file.
    pub text: String,
}

impl Scenario {
    /// The sections.
    pub fn sections(&self) -> &Document {
        &self.document
    }

    /// A seat by its name.
    pub fn seat(&self, name: &str) -> Option<SeatId> {
        self.names.find(name)
    }

    /// The seats that give orders.
    pub fn players(&self) -> impl Iterator<Item = SeatId> + '_ {
        self.document.seats.iter().enumerate().filter(|(_, s)| s.plays).map(|(i, _)| SeatId::new(i))
    }
}

/// The numbers of one design point, bound to a scenario.
#[derive(Debug)]
pub struct Rules {
    /// The scenario.
    pub scenario: Arc<Scenario>,
}

/// Settings that differ from the scenario's own values: `section.name.field` with its value, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(pub Vec<(String, document::SettingValue)>);

impl Settings {
    /// Reads `section.name.field=value`.
    ///
    /// # Errors
    /// In words, if there is no `=`.
    pub fn push_text(&mut self, text: &str) -> Result<(), String> {
        let _ = text;
        todo!()
    }
}

/// Binds the numbers of one design point.
///
/// # Errors
/// Every setting that has an unknown name or a value outside its range, in words.
pub fn bind(_scenario: &Arc<Scenario>, _settings: &Settings) -> Result<Arc<Rules>, Vec<String>> {
    todo!()
}
