//! The calendar: known windows of time, such as exercises.

use super::Visibility;
use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{Duration, Minute};
use serde::{Deserialize, Serialize};

/// A window of the calendar as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// When it opens.
    pub from: Duration,
    /// When it closes.
    pub until: Duration,
    /// Who knows of it beforehand.
    #[serde(default)]
    pub seen_by: Visibility,
    /// Where it comes from.
    pub source: String,
}

impl Check for CalendarDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("seen_by", &mut self.seen_by);
        at.not_negative_duration("from", self.from);
        at.not_negative_duration("until", self.until);
        if self.until.minutes() <= self.from.minutes() {
            at.problem("until", "the window closes before it opens".into(), "a time after `from`");
        }
    }
}

/// A window, bound.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// First minute.
    pub from: Minute,
    /// First minute after it.
    pub until: Minute,
}

impl CalendarDoc {
    /// Converts the authored times.
    pub fn bind(&self) -> Window {
        Window { from: self.from.minutes(), until: self.until.minutes() }
    }
}
