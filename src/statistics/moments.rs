//! Exact moments of whole numbers: they merge in any order to the same value.

use super::interval::{Estimate, Interval, t_quantile};
use serde::Serialize;

/// Count, sum and sum of squares of whole numbers, exact.
///
/// Room: sums of squares of 2^32 values of 2^47 fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Moments {
    /// How many values.
    pub count: u64,
    /// Their sum.
    pub sum: i128,
    /// The sum of their squares.
    pub squares: i128,
}

impl Moments {
    /// Adds a value.
    pub fn push(&mut self, value: i64) {
        self.count += 1;
        self.sum += i128::from(value);
        self.squares += i128::from(value) * i128::from(value);
    }

    /// Adds what another part has seen.
    pub fn merge(&mut self, other: &Moments) {
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Arithmetic mean; not a number without values.
    pub fn mean(&self) -> f64 {
        self.sum as f64 / self.count as f64
    }

    /// Sample variance: (n S2 - S1^2) / (n (n - 1)), the numerator exact, so that nothing cancels.
    pub fn variance(&self) -> f64 {
        let n = i128::from(self.count);
        if n < 2 {
            return f64::NAN;
        }
        let numerator = n * self.squares - self.sum * self.sum;
        numerator as f64 / (n * (n - 1)) as f64
    }

    /// Half the width of Student's interval of the mean if there were so many values, as spread as these: t s / sqrt(n)
    /// (Gosset 1908). Infinite if there are fewer than two, or would be.
    pub fn half_width(&self, count: u64) -> f64 {
        if self.count < 2 || count < 2 {
            return f64::INFINITY;
        }
        t_quantile((count - 1) as f64) * (self.variance() / count as f64).sqrt()
    }

    /// Mean with Student's interval.
    pub fn estimate(&self) -> Estimate {
        let half = self.half_width(self.count);
        let interval = Interval::new(self.mean() - half, self.mean() + half);
        let interval = if half.is_finite() { interval } else { Interval::EVERYTHING };
        Estimate { value: self.mean(), interval, cases: self.count }
    }
}

impl FromIterator<i64> for Moments {
    fn from_iter<T: IntoIterator<Item = i64>>(values: T) -> Self {
        let mut moments = Moments::default();
        values.into_iter().for_each(|value| moments.push(value));
        moments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_merge_in_any_order_to_the_same_value() {
        let values = [i64::from(i32::MAX), -7, 0, 3, i64::from(i32::MIN), 41];
        let whole: Moments = values.into_iter().collect();
        for split in 0..values.len() {
            let mut late: Moments = values[split..].iter().copied().collect();
            late.merge(&values[..split].iter().copied().collect());
            assert_eq!(late, whole);
        }
    }

    #[test]
    fn variance_does_not_cancel_far_from_zero() {
        let far: Moments = [1_000_000_000_001, 1_000_000_000_002, 1_000_000_000_003].into_iter().collect();
        assert_eq!(far.variance(), 1.0);
        assert_eq!(far.mean(), 1_000_000_000_002.0);
    }

    #[test]
    fn the_interval_of_a_mean_is_students() {
        // Nine values 1 to 9: mean 5, variance 7.5, t(8) = 2.306.
        let estimate = (1..=9).collect::<Moments>().estimate();
        assert!((estimate.interval.half_width() - 2.306_004 * (7.5f64 / 9.0).sqrt()).abs() < 1e-5);
        assert_eq!(Moments::default().estimate().interval, Interval::EVERYTHING);
    }
}
