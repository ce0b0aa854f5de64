//! Intervals, and estimates that carry one.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Confidence level of every interval.
pub const LEVEL: f64 = 0.95;

/// A closed interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Nothing is known.
    pub const EVERYTHING: Interval = Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// The interval between two ends.
    pub fn new(low: f64, high: f64) -> Self {
        Interval { low, high }
    }

    /// Whether a value lies within, ends included.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Half of its width.
    pub fn half_width(self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// A value with its interval and the number of cases that it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Where the truth lies at [`LEVEL`].
    pub interval: Interval,
    /// Cases that it rests on.
    pub cases: u64,
}

/// The quantile of the standard normal distribution that leaves (1 - [`LEVEL`]) / 2 above it: 1.95996.
pub(super) fn normal_quantile() -> f64 {
    Normal::standard().inverse_cdf(0.5 + LEVEL / 2.0)
}

/// The same quantile of Student's t with this many degrees of freedom (above zero).
pub(super) fn t_quantile(freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |t| t.inverse_cdf(0.5 + LEVEL / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        assert!((normal_quantile() - 1.959_964).abs() < 1e-6);
        assert!((t_quantile(9.0) - 2.262_157).abs() < 1e-5);
    }

    #[test]
    fn an_interval_holds_its_ends_and_nothing_beyond() {
        let interval = Interval::new(0.1, 0.3);
        assert!(interval.contains(0.1) && interval.contains(0.3) && !interval.contains(0.300_001));
        assert!((interval.half_width() - 0.1).abs() < 1e-12);
    }
}
