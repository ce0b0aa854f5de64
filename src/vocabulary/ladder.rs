//! The escalation ladder's rungs.

use serde::{Deserialize, Serialize};

/// The highest rung that a ladder may have.
pub const TOP_RUNG: u8 = 13;
/// How many rungs a ladder has.
pub const RUNGS: usize = TOP_RUNG as usize + 1;

/// A rung of the ladder, 0 (baseline) to 13.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rung(pub u8);

impl Rung {
    /// Of words.
    pub const WORDS: Rung = Rung(1);
    /// The lowest rung of what is more than words: it asks for an answer, and can be threatened.
    pub const DEEDS: Rung = Rung(2);

    /// The rung nearest to a whole number.
    pub fn nearest(number: i32) -> Rung {
        Rung(number.clamp(0, i32::from(TOP_RUNG)) as u8)
    }

    /// The rung as an index into a table of the ladder.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl std::fmt::Display for Rung {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}
