//! Levels: how far up the ladder a game has been.

use crate::sweep::measure::Measure;
use crate::vocabulary::{Rung, TOP_RUNG};
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A number of acts on a rung, or one above it. Levels are ordered as games pass them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level {
    /// The rung.
    pub rung: Rung,
    /// How many acts on it.
    pub acts: u32,
}

impl Level {
    /// The first act on a rung.
    pub fn first(rung: Rung) -> Level {
        Level { rung, acts: 1 }
    }

    /// Whether a game has passed it.
    pub(super) fn passed(self, measure: &Measure) -> bool {
        let (rung, acts) = measure.peak();
        Level { rung, acts } >= self
    }
}

/// `9`, or `9x3` for the third act on rung 9.
impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Level, String> {
        let (rung, acts) = text.split_once('x').unwrap_or((text, "1"));
        let rung = rung.parse().ok().filter(|rung| (1..=TOP_RUNG).contains(rung));
        let acts = acts.parse().ok().filter(|acts| *acts > 0);
        match (rung, acts) {
            (Some(rung), Some(acts)) => Ok(Level { rung: Rung(rung), acts }),
            _ => Err(format!(
                "expected a rung from 1 to {TOP_RUNG}, or such as 9x3 for the third act on rung 9"
            )),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.acts {
            1 => write!(f, "{}", self.rung),
            acts => write!(f, "{}x{acts}", self.rung),
        }
    }
}

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_as_they_are_written_and_ordered_as_games_pass_them() {
        let levels: Vec<Level> =
            ["7", "9", "9x2", "9x10", "10"].iter().map(|text| text.parse().unwrap()).collect();
        assert!(levels.is_sorted_by(|a, b| a < b));
        assert_eq!(levels.iter().map(Level::to_string).collect::<Vec<_>>(), ["7", "9", "9x2", "9x10", "10"]);
        for wrong in ["", "0", "14", "9x", "9x0", "x3", "nine"] {
            assert!(wrong.parse::<Level>().is_err(), "{wrong}");
        }
    }
}
