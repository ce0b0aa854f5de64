//! The escalation ladder's rungs.

use serde::{Deserialize, Serialize};

/// The highest rung that a ladder may have.
pub const TOP_RUNG: u8 = 13;

/// A rung of the ladder, 0 (baseline) to 13.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rung(pub u8);

impl Rung {
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
