//! How fast the table plays: pauses, and a clock for decisions. Wall time ends here; the engine knows game time only.

use std::time::{Duration, Instant};

/// Whether the game is paused, and how long a decision may take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Whether the game waits for control.
    pub paused: bool,
    /// How long a decision may take; as long as it likes if nothing is set.
    pub limit: Option<Duration>,
    /// When the decision in hand is over.
    pub until: Option<Instant>,
    /// What was left of it when the game was paused.
    left: Option<Duration>,
}

impl Pace {
    /// Seconds left for the decision in hand, if there is a clock on it.
    pub fn seconds_left(&self, now: Instant) -> Option<u64> {
        let left = self.left.or_else(|| self.until.map(|until| until.saturating_duration_since(now)))?;
        Some((left.as_millis() as u64).div_ceil(1000))
    }

    /// Whether time is up.
    pub(super) fn is_up(&self, now: Instant) -> bool {
        !self.paused && self.until.is_some_and(|until| now >= until)
    }

    /// Starts the clock of a decision, unless it runs; whether it was started.
    pub(super) fn start(&mut self, now: Instant) -> bool {
        let starts = !self.paused && self.until.is_none() && self.limit.is_some();
        if starts {
            self.until = self.limit.map(|limit| now + limit);
        }
        starts
    }

    /// The decision in hand has been taken.
    pub(super) fn decided(&mut self) {
        (self.until, self.left) = (None, None);
    }

    /// Pauses, or goes on with what was left.
    pub(super) fn pause(&mut self, paused: bool, now: Instant) {
        if paused && !self.paused {
            self.left = self.until.take().map(|until| until.saturating_duration_since(now));
        } else if !paused && self.paused {
            self.until = self.left.take().map(|left| now + left);
        }
        self.paused = paused;
    }

    /// Sets how long decisions may take, the one in hand included.
    pub(super) fn set(&mut self, limit: Option<Duration>) {
        self.limit = limit;
        self.decided();
    }
}

/// How long a decision may take, as a record has it: in seconds, 0 for as long as it likes.
pub(super) fn limit(seconds: u64) -> Option<Duration> {
    (seconds > 0).then(|| Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_stops_the_clock_of_a_decision() {
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let mut pace = Pace::default();
        assert!(!pace.start(start), "no clock is set");
        pace.set(Some(Duration::from_secs(60)));
        assert!(pace.start(start) && !pace.start(after(1)));
        assert_eq!(pace.seconds_left(after(20)), Some(40));
        pace.pause(true, after(20));
        assert_eq!(pace.seconds_left(after(500)), Some(40));
        assert!(!pace.is_up(after(500)));
        pace.pause(false, after(500));
        assert!(!pace.is_up(after(539)) && pace.is_up(after(540)));
        pace.decided();
        assert_eq!(pace.seconds_left(after(540)), None);
    }
}
