//! Shares of two arms that shared their luck: how they differ, pair by pair.

use crate::statistics::interval::{Estimate, Interval, normal_quantile};

/// Pairs by which of both had it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Pairs in which only the first had it.
    pub only_first: u64,
    /// Pairs in which only the second had it.
    pub only_second: u64,
    /// All pairs.
    pub pairs: u64,
}

impl Matched {
    /// The share of the second arm less that of the first, with the interval of Agresti and Min (2005, Statistics in
    /// Medicine 24:729-740): Wald's after half a pair has been added to each of the four cells. It has width where no
    /// pair differs.
    pub fn difference(self) -> Estimate {
        let (first, second) = (self.only_first as f64, self.only_second as f64);
        let value = (second - first) / self.pairs as f64;
        if self.pairs == 0 {
            return Estimate { value, interval: Interval::new(-1.0, 1.0), cases: 0 };
        }
        let n = self.pairs as f64 + 2.0;
        let centre = (second - first) / n;
        let half = normal_quantile() * ((first + second + 1.0) - n * centre * centre).sqrt() / n;
        let interval = Interval::new((centre - half).max(-1.0), (centre + half).min(1.0));
        Estimate { value, interval, cases: self.pairs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_walds_after_half_a_pair_more_in_each_cell() {
        let found = Matched { only_first: 10, only_second: 30, pairs: 98 }.difference();
        assert!((found.value - 20.0 / 98.0).abs() < 1e-12);
        // Centre 0.2; half 1.95996 * sqrt(41 - 4) / 100.
        assert!((found.interval.low - (0.2 - 0.119_22)).abs() < 1e-4, "{found:?}");
        assert!((found.interval.high - (0.2 + 0.119_22)).abs() < 1e-4, "{found:?}");
    }

    #[test]
    fn pairs_that_never_differ_leave_room_for_those_not_seen() {
        let none = Matched { only_first: 0, only_second: 0, pairs: 98 }.difference();
        assert_eq!(none.value, 0.0);
        assert!(none.interval.low < 0.0 && none.interval.high > 0.0 && none.interval.high < 0.03, "{none:?}");
        let nothing = Matched::default().difference();
        assert!(nothing.value.is_nan() && nothing.interval == Interval::new(-1.0, 1.0));
    }
}
