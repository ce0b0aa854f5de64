//! A small chance from independent estimates of it, none of which is a share of cases.

use crate::statistics::interval::{Estimate, Interval, t_quantile};
use crate::statistics::share::Share;

/// Independent, unbiased estimates of one chance, summed up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repeats {
    /// Their mean, with its interval; the cases are the repeats.
    pub estimate: Estimate,
    /// The standard error of the mean.
    pub standard_error: f64,
    /// How many of them are above zero.
    pub above_zero: u64,
}

impl Repeats {
    /// Of these estimates; `runs` are the plain runs that all of them began with.
    ///
    /// The interval is Student's on the scale of the logarithm: mean times exp(+- t s / (sqrt(n) mean)). Estimates by
    /// splitting are skewed to the right, so that a mean that is too low comes with a spread that is too low, and an
    /// interval of equal arms misses the truth above it too often. Where every estimate is zero, none of the runs had
    /// the event, and the interval is Wilson's for none of so many.
    pub fn new(estimates: &[f64], runs: u64) -> Repeats {
        let cases = estimates.len() as f64;
        let mean = estimates.iter().sum::<f64>() / cases;
        let squares: f64 = estimates.iter().map(|value| (value - mean) * (value - mean)).sum();
        let standard_error = (squares / (cases - 1.0) / cases).sqrt();
        let interval = if mean == 0.0 {
            Share::new(0, runs).interval()
        } else if estimates.len() < 2 {
            Interval::new(0.0, 1.0)
        } else {
            let factor = libm::exp(t_quantile(cases - 1.0) * standard_error / mean);
            Interval::new(mean / factor, (mean * factor).min(1.0))
        };
        let above_zero = estimates.iter().filter(|value| **value > 0.0).count() as u64;
        let estimate = Estimate { value: mean, interval, cases: estimates.len() as u64 };
        Repeats { estimate, standard_error, above_zero }
    }

    /// Plain runs whose share of hits would have the same standard error; none if nothing varied.
    pub fn runs_by_brute_force(&self) -> Option<f64> {
        let chance = self.estimate.value;
        let runs = chance * (1.0 - chance) / (self.standard_error * self.standard_error);
        (runs.is_finite() && runs > 0.0).then_some(runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_has_arms_of_equal_ratio_and_students_width() {
        // Mean 2, standard deviation 1, so a standard error of 1/sqrt(3); t(2) = 4.30265.
        let repeats = Repeats::new(&[1.0, 2.0, 3.0].map(|value| value * 1e-6), 300);
        let Interval { low, high } = repeats.estimate.interval;
        assert!((high / 2e-6 - 2e-6 / low).abs() < 1e-9);
        assert!((libm::log(high / 2e-6) - 4.302_65 / 3f64.sqrt() / 2.0).abs() < 1e-5, "{high}");
        assert_eq!((repeats.estimate.cases, repeats.above_zero), (3, 3));
    }

    #[test]
    fn brute_force_needs_as_many_runs_as_give_the_same_error() {
        let repeats = Repeats::new(&[0.02, 0.04], 100);
        // p (1 - p) / n = 0.01^2 at p = 0.03.
        assert!((repeats.runs_by_brute_force().unwrap() - 291.0).abs() < 1e-6);
        assert_eq!(Repeats::new(&[0.02, 0.02], 100).runs_by_brute_force(), None);
    }

    #[test]
    fn nothing_found_is_zero_up_to_a_bound_by_the_plain_runs() {
        let none = Repeats::new(&[0.0; 10], 1000);
        assert_eq!((none.estimate.value, none.above_zero), (0.0, 0));
        assert_eq!(none.estimate.interval, Share::new(0, 1000).interval());
        assert_eq!(none.runs_by_brute_force(), None);
    }
}
