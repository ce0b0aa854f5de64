//! Game time: whole minutes since the scenario's start; durations and rates carry their unit.

use serde::{Deserialize, Serialize};

/// Minutes of game time since the scenario's start.
pub type Minute = i32;

/// Minutes of a day.
pub const DAY: Minute = 24 * 60;

/// A span of time as an author writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Duration {
    /// Minutes.
    Minutes(i32),
    /// Hours of 60 minutes.
    Hours(i32),
    /// Days of 24 hours.
    Days(i32),
    /// Quarters of 91 days.
    Quarters(i32),
}

impl Duration {
    /// The longest span that a scenario may state: 100 years.
    pub const LONGEST: Minute = 100 * 365 * DAY;

    /// The span in minutes, clamped to plus or minus [`Duration::LONGEST`].
    pub fn minutes(self) -> Minute {
        let exact = match self {
            Duration::Minutes(n) => i64::from(n),
            Duration::Hours(n) => i64::from(n) * 60,
            Duration::Days(n) => i64::from(n) * i64::from(DAY),
            Duration::Quarters(n) => i64::from(n) * i64::from(DAY) * 91,
        };
        exact.clamp(-i64::from(Self::LONGEST), i64::from(Self::LONGEST)) as Minute
    }
}

/// A hazard rate as an author writes it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rate {
    /// Events an hour.
    PerHour(f64),
    /// Events a day.
    PerDay(f64),
    /// Events a year of 365.25 days.
    PerYear(f64),
}

impl Rate {
    /// Events a minute.
    pub fn per_minute(self) -> f64 {
        match self {
            Rate::PerHour(n) => n / 60.0,
            Rate::PerDay(n) => n / f64::from(DAY),
            Rate::PerYear(n) => n / (f64::from(DAY) * 365.25),
        }
    }

    /// Whether the rate is a finite number of at least zero and at most one a minute.
    pub fn is_sound(self) -> bool {
        (0.0..=1.0).contains(&self.per_minute())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_convert_and_never_overflow() {
        assert_eq!(Duration::Days(2).minutes(), 2880);
        assert_eq!(Duration::Quarters(1).minutes(), 91 * DAY);
        assert_eq!(Duration::Days(i32::MAX).minutes(), Duration::LONGEST);
    }
}
