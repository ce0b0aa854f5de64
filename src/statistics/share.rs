//! Shares: so many of so many.

use super::interval::{Estimate, Interval, normal_quantile};
use serde::{Deserialize, Serialize};

/// Wilson's score interval (1927) of a share `p` of `n` independent cases:
/// (p + z2/2n +- z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n). It stays within 0 to 1, and has width where nothing or
/// everything was hit.
pub fn wilson(p: f64, n: f64) -> Interval {
    let z = normal_quantile();
    let z2 = z * z;
    let centre = p + z2 / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    let low = if p <= 0.0 { 0.0 } else { (centre - half) / scale };
    let high = if p >= 1.0 { 1.0 } else { (centre + half) / scale };
    Interval::new(low, high)
}

/// Hits among cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// How many had it.
    pub hits: u64,
    /// Of how many.
    pub of: u64,
}

impl Share {
    /// `hits` of `of`.
    pub fn new(hits: u64, of: u64) -> Self {
        Share { hits, of }
    }

    /// Counts one more case.
    pub fn push(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.of += 1;
    }

    /// Adds what another part has counted.
    pub fn merge(&mut self, other: Share) {
        self.hits += other.hits;
        self.of += other.of;
    }

    /// The share; not a number without cases.
    pub fn value(self) -> f64 {
        self.hits as f64 / self.of as f64
    }

    /// Wilson's interval.
    pub fn interval(self) -> Interval {
        if self.of == 0 {
            return Interval::new(0.0, 1.0);
        }
        wilson(self.value(), self.of as f64)
    }

    /// Share and interval.
    pub fn estimate(self) -> Estimate {
        Estimate { value: self.value(), interval: self.interval(), cases: self.of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        let interval = Share::new(16, 80).interval();
        assert!((interval.low - 0.127).abs() < 1e-3 && (interval.high - 0.300).abs() < 1e-3, "{interval:?}");
        let one = Share::new(1, 210).interval();
        assert!((one.low - 0.0008).abs() < 1e-4 && (one.high - 0.0265).abs() < 1e-4, "{one:?}");
    }

    #[test]
    fn nothing_of_many_is_zero_up_to_a_bound() {
        let none = Share::new(0, 80).interval();
        assert_eq!(none.low, 0.0);
        assert!((none.high - 0.0458).abs() < 1e-3, "{none:?}");
        let all = Share::new(7, 7).interval();
        assert!(all.high == 1.0 && (all.low - 0.646).abs() < 1e-3, "{all:?}");
        assert_eq!(Share::default().interval(), Interval::new(0.0, 1.0));
    }
}
