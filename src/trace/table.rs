//! What happens at the table beside the calls of the game: who sits where, what is sealed and said, notes, branches.

use super::names::NamedOrders;
use crate::vocabulary::Minute;
use serde::{Deserialize, Serialize};

/// What a person may do at a seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Seals its orders.
    #[default]
    Lead,
    /// Sees what the seat sees, and talks.
    Adviser,
}

impl Role {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Role::Lead => "lead",
            Role::Adviser => "adviser",
        }
    }
}

/// A person at a seat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// What the person is called; may be empty where one person plays a seat alone.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// What this person wants, beside the seat's aims: told to nobody else but control.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub aim: String,
}

/// A line of kind `seat`: who plays a seat from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seating {
    /// The seat's name.
    pub seat: String,
    /// [`PERSON`](super::PERSON), or the name of a policy.
    pub by: String,
    /// The people at the seat, if more is known of them than that there is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
}

/// A line of kind `sealed`: a seat's orders, while others still decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sealed {
    /// The seat's name.
    pub seat: String,
    /// Its orders.
    pub orders: NamedOrders,
}

/// Who speaks or is spoken to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// Control.
    Control,
    /// The seat of this name.
    Seat(String),
}

/// A line of kind `talk`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// Game time.
    pub minute: Minute,
    /// Turns completed.
    pub turn: u16,
    /// Who spoke.
    pub from: Voice,
    /// What the person is called, if that is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// To whom.
    pub to: Vec<Voice>,
    /// Over which channel; at the table if over none.
    pub over: Option<String>,
    /// Whether it got through.
    pub delivered: bool,
    /// What was said.
    pub text: String,
}

/// A line of kind `note`: a remark for the debrief, or that the game was paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Game time.
    pub minute: Minute,
    /// Turns completed.
    pub turn: u16,
    /// Who wrote it.
    pub by: Voice,
    /// The line that it is about, if it is about one.
    pub at: Option<u32>,
    /// What it says.
    pub text: String,
    /// How many seconds a decision may take from here on, if control has set that; 0 is as long as it likes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<u64>,
}

/// A line of kind `fork`: the game goes on from the line that is its parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fork {
    /// Turns completed there.
    pub turn: u16,
    /// Other luck from there on; 0 keeps it.
    pub salt: u64,
    /// Why.
    pub why: String,
}
