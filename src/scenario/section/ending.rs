//! Endings: when a game is over, and what kind of end that is.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::words::Condition;
use serde::{Deserialize, Serialize};

/// The kinds of ending that course classes are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EndingClass {
    /// Nothing more happened.
    Faded,
    /// The parties agreed.
    Settled,
    /// One side imposed its terms.
    Imposed,
    /// Time ran out with the crisis open.
    Frozen,
    /// General war or worse.
    War,
}

impl EndingClass {
    /// All of them.
    pub const ALL: [EndingClass; 5] = [
        EndingClass::Faded,
        EndingClass::Settled,
        EndingClass::Imposed,
        EndingClass::Frozen,
        EndingClass::War,
    ];

    /// The word that a report uses.
    pub fn word(self) -> &'static str {
        match self {
            EndingClass::Faded => "faded",
            EndingClass::Settled => "settled",
            EndingClass::Imposed => "imposed",
            EndingClass::Frozen => "frozen",
            EndingClass::War => "war",
        }
    }
}

/// An ending as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndingDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// What those at the table read.
    pub text: String,
    /// When it comes.
    pub when: Condition,
    /// What kind of end it is.
    pub class: EndingClass,
    /// Whether the record makes it improbable.
    #[serde(default)]
    pub rare: bool,
}

impl Check for EndingDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("when", &mut self.when);
    }
}

/// An ending, bound.
#[derive(Clone, Copy, Debug)]
pub struct Ending {
    /// What kind of end it is.
    pub class: EndingClass,
    /// Whether the record makes it improbable.
    pub rare: bool,
}

impl EndingDoc {
    /// Keeps what the engine needs.
    pub fn bind(&self) -> Ending {
        Ending { class: self.class, rare: self.rare }
    }
}
