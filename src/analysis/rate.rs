//! Rates: events over time.

use crate::statistics::interval::{Estimate, Interval, LEVEL, normal_quantile};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Events over an exposure, in whatever unit of time the caller counts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventRate {
    /// How many events.
    pub events: u64,
    /// In how much time.
    pub exposure: f64,
}

impl EventRate {
    /// `events` in `exposure`.
    pub fn new(events: u64, exposure: f64) -> Self {
        EventRate { events, exposure }
    }

    /// Events a unit of time.
    pub fn value(self) -> f64 {
        self.events as f64 / self.exposure
    }

    /// The exact interval of a Poisson rate (Garwood 1936): chi-square quantiles with 2k and 2k + 2 degrees of freedom,
    /// halved, over the exposure. Clustered events make it too narrow; see [`super::clustering`].
    pub fn interval(self) -> Interval {
        let tail = (1.0 - LEVEL) / 2.0;
        let quantile = |freedom: u64, p: f64| {
            ChiSquared::new(freedom as f64).map_or(f64::NAN, |chi| chi.inverse_cdf(p)) / 2.0 / self.exposure
        };
        let low = if self.events == 0 { 0.0 } else { quantile(2 * self.events, tail) };
        Interval::new(low, quantile(2 * self.events + 2, 1.0 - tail))
    }

    /// This rate over another, with the normal interval of its logarithm, whose variance is 1/a + 1/b (Rothman 1986).
    /// Without events on one side nothing is known.
    pub fn over(self, other: EventRate) -> Estimate {
        let value = self.value() / other.value();
        let cases = self.events.min(other.events);
        let error = (1.0 / self.events as f64 + 1.0 / other.events as f64).sqrt();
        let factor = libm::exp(normal_quantile() * error);
        let interval =
            if cases == 0 { Interval::EVERYTHING } else { Interval::new(value / factor, value * factor) };
        Estimate { value, interval, cases }
    }

    /// Rate and interval.
    pub fn estimate(self) -> Estimate {
        Estimate { value: self.value(), interval: self.interval(), cases: self.events }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_of_rates_has_the_interval_of_its_logarithm() {
        let ratio = EventRate::new(20, 10.0).over(EventRate::new(10, 10.0));
        assert_eq!((ratio.value, ratio.cases), (2.0, 10));
        // exp(1.96 sqrt(1/20 + 1/10)) = 2.1363.
        assert!((ratio.interval.high - 4.2726).abs() < 1e-3 && (ratio.interval.low - 0.9362).abs() < 1e-3);
        assert_eq!(EventRate::new(0, 1.0).over(EventRate::new(3, 1.0)).interval, Interval::EVERYTHING);
    }

    #[test]
    fn the_interval_is_garwoods() {
        // Ten events: 4.795 to 18.390.
        let ten = EventRate::new(10, 1.0).interval();
        assert!((ten.low - 4.7954).abs() < 1e-3 && (ten.high - 18.3904).abs() < 1e-3, "{ten:?}");
        let none = EventRate::new(0, 15.0).interval();
        assert!(none.low == 0.0 && (none.high - 3.6889 / 15.0).abs() < 1e-4, "{none:?}");
    }
}
