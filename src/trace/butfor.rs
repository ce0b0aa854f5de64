//! What would have come but for this: what continuations of a game, with and without something in it, came to.

use crate::vocabulary::{Minute, RUNGS};
use serde::{Deserialize, Serialize};

/// The but-for table of a game.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ButFor {
    /// By which rule its rows were chosen, in words.
    pub rule: String,
    /// How many that the rule names are left out, because the table is full.
    pub left_out: u32,
    /// Pairs of continuations behind each row.
    pub continuations: u32,
    /// Continuations played in all.
    pub games: u64,
    /// The rows, in order of time.
    pub rows: Vec<ButForRow>,
}

/// One thing, what takes its place, and what that changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ButForRow {
    /// In which turn, counted from 1.
    pub turn: u16,
    /// When.
    pub minute: Minute,
    /// What happened.
    pub what: String,
    /// What takes its place.
    pub instead: String,
    /// By rung: pairs in which an act reached it from then on.
    pub reached: [Reached; RUNGS],
    /// Pairs that differ in anything at all of how they came out.
    pub differ: u32,
}

/// Pairs of continuations under the same luck, by which of the two reached a rung.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Both.
    pub both: u32,
    /// Only the one in which all is as it was.
    pub only_as_it_was: u32,
    /// Only the one with the replacement.
    pub only_instead: u32,
    /// Neither.
    pub neither: u32,
}

impl Reached {
    /// Counts one more pair.
    pub fn push(&mut self, as_it_was: bool, instead: bool) {
        *match (as_it_was, instead) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.only_as_it_was,
            (false, true) => &mut self.only_instead,
            (false, false) => &mut self.neither,
        } += 1;
    }

    /// Continuations as it was that reached the rung.
    pub fn as_it_was(self) -> u32 {
        self.both + self.only_as_it_was
    }

    /// Continuations with the replacement that reached it.
    pub fn instead(self) -> u32 {
        self.both + self.only_instead
    }

    /// All pairs.
    pub fn pairs(self) -> u32 {
        self.both + self.only_as_it_was + self.only_instead + self.neither
    }
}
