//! What an author writes, and what the engine plays: source, document, checks, composition, binding.

pub mod binding;
pub mod check;
mod compile;
pub mod compose;
pub mod diagnostics;
pub mod difference;
pub mod document;
pub mod events;
pub mod lesson;
pub mod locate;
mod outline;
pub mod parse;
mod reader;
mod render;
mod schema;
pub mod section;
mod settings;
mod slips;
pub mod source;
mod tokens;
mod whole;
mod words;

pub use binding::Bound;
pub use compile::compile;
pub use settings::{About, Allowed, Offered, SettingProblem, Settings, judge, offered};
pub use whole::hidden_in;

use self::document::{Document, Origins};
use crate::vocabulary::{Id, SeatId};

/// A compiled scenario: composed, every name resolved, immutable.
#[derive(Debug)]
pub struct Scenario {
    /// The composed document: header, and all sections with base and overrides applied.
    pub document: Document,
    /// The names of all entries.
    pub names: check::Names,
    /// Where each entry came from.
    pub origins: Origins,
    /// Hash of the composed document without its prose, as 32 hexadecimal digits.
    pub fingerprint: String,
    /// The composed document as text, so that a trace needs no other file.
    pub text: String,
}

impl Scenario {
    /// A seat by its name.
    pub fn seat(&self, name: &str) -> Option<SeatId> {
        self.names.find(name)
    }

    /// The seats that give orders.
    pub fn players(&self) -> impl Iterator<Item = SeatId> + '_ {
        self.document.seats.iter().enumerate().filter(|(_, s)| s.plays).map(|(i, _)| SeatId::new(i))
    }
}
