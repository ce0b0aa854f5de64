//! Pairs: two arms that shared their luck.

use crate::statistics::interval::Estimate;
use crate::statistics::moments::Moments;
use serde::Serialize;

/// Exact moments of both arms and of the difference, second less first. They merge in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Paired {
    /// The first arm.
    pub first: Moments,
    /// The second arm.
    pub second: Moments,
    /// Second less first, pair by pair.
    pub difference: Moments,
}

impl Paired {
    /// Adds a pair.
    pub fn push(&mut self, first: i64, second: i64) {
        self.first.push(first);
        self.second.push(second);
        self.difference.push(second - first);
    }

    /// Adds what another part has seen.
    pub fn merge(&mut self, other: &Paired) {
        self.first.merge(&other.first);
        self.second.merge(&other.second);
        self.difference.merge(&other.difference);
    }

    /// Mean difference with the interval of the paired t-test.
    pub fn estimate(&self) -> Estimate {
        self.difference.estimate()
    }

    /// The correlation of both arms, from Var(Y - X) = Var X + Var Y - 2 Cov; not a number where an arm never varies.
    pub fn correlation(&self) -> f64 {
        let (first, second) = (self.first.variance(), self.second.variance());
        (first + second - self.difference.variance()) / 2.0 / (first * second).sqrt()
    }

    /// The variance of unpaired arms over that of pairs: (Var X + Var Y) / Var(Y - X). As many times more runs would
    /// give the same interval without common random numbers (Law 2015, section 11.2). Infinite where pairs never
    /// differ by anything but a constant.
    pub fn variance_ratio(&self) -> f64 {
        (self.first.variance() + self.second.variance()) / self.difference.variance()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_move_together_save_runs() {
        let mut paired = Paired::default();
        for i in 0..100 {
            let luck = i64::from((i * 37) % 101);
            paired.push(luck, luck + 5 + i64::from(i % 2));
        }
        let estimate = paired.estimate();
        assert_eq!(estimate.value, 5.5);
        assert!(estimate.interval.half_width() < 0.11, "{estimate:?}");
        // Both arms vary by about 850, their difference by a quarter.
        assert!(paired.variance_ratio() > 5000.0);
    }

    #[test]
    fn unrelated_arms_save_nothing() {
        let mut paired = Paired::default();
        for (x, y) in (0..10).flat_map(|x| (0..10).map(move |y| (x, y))) {
            paired.push(x, y);
        }
        assert!((paired.variance_ratio() - 1.0).abs() < 1e-9);
        assert!(paired.correlation().abs() < 1e-9);
        let mut merged = Paired::default();
        merged.merge(&paired);
        assert_eq!(merged, paired);
    }
}
