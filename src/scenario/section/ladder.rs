//! The ladder: rungs, how long their heat lasts, and where the firebreaks are.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{AuthoredChance, Chance, Duration, Minute, Rung, TOP_RUNG};
use serde::{Deserialize, Serialize};

/// A rung as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RungDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Position on the ladder, 0 to 13; a ladder names each rung from 0 up exactly once.
    pub rung: u8,
    /// What kind of act stands on this rung.
    pub definition: String,
    /// Time without acts after which the standing rung falls by one.
    pub cooldown: Duration,
    /// Cost in nats of climbing onto this rung from below: above 0 it is a firebreak.
    #[serde(default)]
    pub crossing_cost: f64,
    /// Chance that an incident at this rung reaches the news. Not read in play.
    pub publicised: AuthoredChance,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for RungDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.within("rung", self.rung, 0.0, f64::from(TOP_RUNG));
        at.within("crossing_cost", self.crossing_cost, 0.0, 10.0);
        at.chance("publicised", self.publicised);
        at.positive_duration("cooldown", self.cooldown);
    }
}

/// A rung with its numbers bound.
#[derive(Clone, Copy, Debug)]
pub struct RungRow {
    /// Position on the ladder.
    pub rung: Rung,
    /// Minutes without acts after which the standing rung falls by one.
    pub cooldown: Minute,
    /// Cost in milli-nats of climbing onto it.
    pub crossing_cost: i32,
    /// Chance that an incident at this rung reaches the news.
    pub publicised: Chance,
}

impl RungDoc {
    /// Converts the authored numbers.
    pub fn bind(&self) -> RungRow {
        RungRow {
            rung: Rung(self.rung),
            cooldown: self.cooldown.minutes().max(1),
            crossing_cost: (self.crossing_cost * 1000.0) as i32,
            publicised: self.publicised.bind(),
        }
    }
}
