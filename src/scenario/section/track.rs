//! Tracks: the levels that a scenario counts.

use super::Visibility;
use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{Duration, Minute};
use serde::{Deserialize, Serialize};

/// The farthest from zero that a track may go: the distance of any two levels still fits into 32 bits.
const LEVEL_LIMIT: f64 = 1e9;

/// A track as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrackDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// What one point means.
    #[serde(default)]
    pub unit: String,
    /// Lowest level.
    pub min: i32,
    /// Highest level.
    pub max: i32,
    /// Level at the start, from `min` to `max`.
    pub start: i32,
    /// Level that it returns to, from `min` to `max`; the start if left out.
    #[serde(default)]
    pub baseline: Option<i32>,
    /// Time in which half of the distance to the baseline is lost; never if left out.
    #[serde(default)]
    pub half_life: Option<Duration>,
    /// Who sees it.
    #[serde(default)]
    pub seen_by: Visibility,
    /// Whether the crisis is about it: it stands first among the levels that a seat reads, and the debrief tells its course.
    /// If left out, so do the tracks that a file adds to its base.
    #[serde(default)]
    pub focus: Option<bool>,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for TrackDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.within("min", self.min, -LEVEL_LIMIT, LEVEL_LIMIT);
        at.within("max", self.max, -LEVEL_LIMIT, LEVEL_LIMIT);
        if self.min > self.max {
            at.problem(
                "max",
                format!("the range {} to {} is empty", self.min, self.max),
                "a max of at least min",
            );
            return;
        }
        at.within("start", self.start, f64::from(self.min), f64::from(self.max));
        if let Some(baseline) = self.baseline {
            at.within("baseline", baseline, f64::from(self.min), f64::from(self.max));
        }
        if let Some(half_life) = self.half_life {
            at.positive_duration("half_life", half_life);
        }
        at.field("seen_by", &mut self.seen_by);
    }
}

/// A track with its numbers bound.
#[derive(Clone, Copy, Debug)]
pub struct Track {
    /// Lowest level.
    pub min: i32,
    /// Highest level.
    pub max: i32,
    /// Level at the start.
    pub start: i32,
    /// Level that it returns to.
    pub baseline: i32,
    /// Minutes in which half of the distance to the baseline is lost; 0 for never.
    pub half_life: Minute,
}

impl TrackDoc {
    /// Whether the crisis is about it.
    pub fn is_in_focus(&self) -> bool {
        self.focus.unwrap_or(false)
    }

    /// Converts the authored numbers, with the start that the settings ask for.
    pub fn bind(&self, start: Option<i32>) -> Track {
        let start = start.unwrap_or(self.start);
        Track {
            min: self.min,
            max: self.max,
            start,
            baseline: self.baseline.unwrap_or(self.start),
            half_life: self.half_life.map_or(0, Duration::minutes),
        }
    }
}
