//! The lines of a record: what each holds, in the order in which it is written.
//!
//! A record is JSON Lines. Every line has `kind`, `n` (its number from 1), `branch` (0 unless control rewound the
//! game), `parent` (the number of the line that it follows) and, as its last field, `chain` (see [`super::chain`]).
//! All numbers are whole.

use super::names::{NamedAct, NamedOrders};
use crate::engine::{Change, Fact, Roll, Score};
use crate::vocabulary::Minute;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the record format that this program writes, and the only one that it reads.
pub const FORMAT: u32 = 1;

/// The version of the rules of play: it changes whenever the same record would play out differently.
pub const RULES: u32 = 2;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The first line: how the game was set up.
    Header,
    /// The second line: the composed scenario.
    Scenario,
    /// A turn opens.
    Open,
    /// A round of contact.
    Contact,
    /// Orders are adjudicated.
    Close,
    /// Control did something.
    Control,
    /// A seat changed hands.
    Seat,
    /// A seat sealed its orders.
    Sealed,
    /// Something was said at the table.
    Talk,
    /// A remark.
    Note,
    /// A branch begins.
    Fork,
    /// How the game came out.
    End,
}

impl Kind {
    /// The word in the record.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Header => "header",
            Kind::Scenario => "scenario",
            Kind::Open => "open",
            Kind::Contact => "contact",
            Kind::Close => "close",
            Kind::Control => "control",
            Kind::Seat => "seat",
            Kind::Sealed => "sealed",
            Kind::Talk => "talk",
            Kind::Note => "note",
            Kind::Fork => "fork",
            Kind::End => "end",
        }
    }
}

/// Which of the two umpire's records this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordKind {
    /// A finished game: its last line is `end`.
    Trace,
    /// A game that is being played: it may stop anywhere, and can be resumed.
    Journal,
}

/// What the first line says to whoever opens the file.
pub const WARNING: &str =
    "This record holds the truth of the game, its luck included. It is for control, not for the seats.";

/// Who plays a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Player {
    /// The seat's name.
    pub seat: String,
    /// [`PERSON`], or the name of a policy.
    pub by: String,
}

/// The word for a seat that a person plays.
pub const PERSON: &str = "person";

/// The first line: everything that, with the scenario and the orders, decides the game.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// [`Kind::Header`].
    pub kind: Kind,
    /// 1.
    pub n: u32,
    /// 0.
    pub branch: u32,
    /// 0.
    pub parent: u32,
    /// The record format's version.
    pub format: u32,
    /// Trace or journal.
    pub record: RecordKind,
    /// [`WARNING`].
    pub warning: String,
    /// The version of the rules of play.
    pub rules: u32,
    /// The program's version.
    pub engine: String,
    /// The scenario's name.
    pub scenario: String,
    /// The scenario's hash without its prose.
    pub fingerprint: String,
    /// The seed.
    pub seed: u64,
    /// The run of that seed.
    pub run: u64,
    /// Settings that differ from the scenario's own values, as `section.name.field=value`.
    pub settings: Vec<String>,
    /// Who plays which seat.
    pub players: Vec<Player>,
}

/// The second line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioLine {
    /// [`Kind::Scenario`].
    pub kind: Kind,
    /// 2.
    pub n: u32,
    /// 0.
    pub branch: u32,
    /// 1.
    pub parent: u32,
    /// The composed scenario, as `check --print-composed` shows it.
    pub text: String,
}

/// A fact with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TimedFact {
    /// Game time of the step in which it happened.
    pub minute: Minute,
    /// How many of the line's rolls had been made by then: those since the fact before belong to this one.
    pub rolls: usize,
    /// What happened.
    pub fact: Fact,
}

/// A line for one call of the engine.
#[derive(Clone, Debug, Serialize)]
pub struct CallLine<'a> {
    /// [`Kind::Open`], [`Kind::Contact`] or [`Kind::Close`].
    pub kind: Kind,
    /// The line's number.
    pub n: u32,
    /// The branch.
    pub branch: u32,
    /// The line that it follows.
    pub parent: u32,
    /// Game time after the call.
    pub minute: Minute,
    /// Turns completed after the call.
    pub turn: u16,
    /// What each seat ordered, by name; seats that ordered nothing are left out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub orders: BTreeMap<&'a str, NamedOrders>,
    /// The rolls, in order.
    pub rolls: &'a [Roll],
    /// What happened, in order.
    pub facts: &'a [TimedFact],
    /// What that changed, in order.
    pub changes: &'a [Change],
    /// A hash of the whole state after the call.
    pub digest: String,
}

/// A line for an act of control.
#[derive(Clone, Debug, Serialize)]
pub struct ControlLine<'a> {
    /// [`Kind::Control`].
    pub kind: Kind,
    /// The line's number.
    pub n: u32,
    /// The branch.
    pub branch: u32,
    /// The line that it follows.
    pub parent: u32,
    /// Game time.
    pub minute: Minute,
    /// Turns completed.
    pub turn: u16,
    /// What control did, by name.
    pub act: NamedAct,
    /// The rolls, in order.
    pub rolls: &'a [Roll],
    /// What happened, in order.
    pub facts: &'a [TimedFact],
    /// What that changed, in order.
    pub changes: &'a [Change],
    /// A hash of the whole state after it.
    pub digest: String,
}

/// A line for something at the table that does not touch the game: `content` is one of the types of [`super::table`].
#[derive(Clone, Debug, Serialize)]
pub struct TableLine<'a, T> {
    /// Its kind.
    pub kind: Kind,
    /// The line's number.
    pub n: u32,
    /// The branch.
    pub branch: u32,
    /// The line that it follows; of a fork, the line from which the game goes on.
    pub parent: u32,
    /// What happened.
    #[serde(flatten)]
    pub content: &'a T,
}

/// The line that ends a game. Only what is said of the game, or a fork, can follow it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EndLine<'a> {
    /// [`Kind::End`].
    pub kind: Kind,
    /// The line's number.
    pub n: u32,
    /// The branch.
    pub branch: u32,
    /// The line that it follows.
    pub parent: u32,
    /// How the game came out.
    pub outcome: OutcomeLine<'a>,
}

/// An outcome by authored names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeLine<'a> {
    /// The ending's name; empty if control ended the game.
    pub ending: &'a str,
    /// What kind of end it is.
    pub class: &'static str,
    /// The class of its course, as [`CourseClass`](crate::engine::CourseClass) displays it.
    pub course: String,
    /// Highest act rung.
    pub peak: u8,
    /// Turns completed: the game ended in the one after.
    pub turns: u16,
    /// Minutes played.
    pub minutes: Minute,
    /// Deaths by seat.
    pub deaths: BTreeMap<&'a str, i32>,
    /// Deaths among civilians.
    pub civilians: i32,
    /// What was counted.
    pub counters: BTreeMap<String, i32>,
    /// Points of each seat's aims in thousandths, by seat and aim.
    pub aims: BTreeMap<&'a str, BTreeMap<&'a str, i32>>,
    /// The score of each seat that plays.
    pub scores: BTreeMap<&'a str, Score>,
}
