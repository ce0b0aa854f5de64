//! The bootstrap: how much a statistic would move in another sample of the same size.

use super::quantile::Sample;
use crate::statistics::interval::{Estimate, Interval, t_quantile};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use statrs::distribution::{ContinuousCDF, Normal};

/// The fewest cases that bound anything at 95 %: five lie all on one side of their median once in sixteen samples.
pub const FEWEST: usize = 6;

/// Percentile interval of any statistic of a sample: `rounds` resamples with replacement, drawn by ChaCha8 from `seed`.
/// The same arguments give the same interval on every run.
pub fn bootstrap<T: Clone>(
    sample: &[T],
    statistic: impl Fn(&[T]) -> f64,
    rounds: usize,
    seed: u64,
) -> Estimate {
    let mut drawn = sample.to_vec();
    let values = resamples(sample.len(), rounds, seed).map(|picked| {
        drawn.iter_mut().zip(picked).for_each(|(place, pick)| place.clone_from(&sample[pick]));
        statistic(&drawn)
    });
    let interval = Percentiles::new(values, sample.len()).map_or(Interval::EVERYTHING, |of| of.interval());
    Estimate { value: statistic(sample), interval, cases: sample.len() as u64 }
}

/// Resamples of so many cases with replacement, by their positions; none of fewer than [`FEWEST`].
pub fn resamples(cases: usize, rounds: usize, seed: u64) -> impl Iterator<Item = Vec<usize>> {
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let rounds = if cases < FEWEST { 0 } else { rounds };
    // A product of 32 by 32 bits picks among fewer than 2^32 cases with a bias below 2^-32 times their number.
    let mut pick = move || ((u64::from(luck.next_u32()) * cases as u64) >> 32) as usize;
    (0..rounds).map(move |_| (0..cases).map(|_| pick()).collect())
}

/// The values of a statistic in resamples.
#[derive(Clone, Debug)]
pub struct Percentiles {
    values: Sample,
    cases: usize,
}

impl Percentiles {
    /// Of these values, where they are finite, in resamples of so many cases; nothing if there are none.
    pub fn new(values: impl Iterator<Item = f64>, cases: usize) -> Option<Percentiles> {
        let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        (!values.is_empty()).then(|| Percentiles { values: Sample::new(values), cases })
    }

    /// The percentile interval (Efron 1979), as much wider as Student's interval is than the normal one with the
    /// variance of resamples (Hesterberg 2015, "expanded"): of few cases it would else be too narrow. There is none if
    /// no resample differed from another.
    pub fn interval(&self) -> Interval {
        let sorted = self.values.values();
        if sorted.first() == sorted.last() {
            return Interval::NONE;
        }
        let cases = self.cases as f64;
        let tail = Normal::standard().cdf(-t_quantile(cases - 1.0) * (cases / (cases - 1.0)).sqrt());
        Interval::new(self.values.quantile(tail), self.values.quantile(1.0 - tail))
    }

    /// The same for a statistic that luck raises where several are alike and lowers where one stands out, such as what
    /// the best of several means is better by, and that cannot be below 0. The low end is as far below the value as the
    /// high end is above it if that is lower. Where all means are equal in truth it holds the truth in 51 of 60 samples
    /// of the test below, and the percentile interval in 27; where one is the apparent best, the high end is the
    /// percentile's, which a basic interval (2 x value - percentile) would set to 0.
    pub fn interval_of_a_best(&self, value: f64) -> Interval {
        let plain = self.interval();
        if plain.is_none() {
            return plain;
        }
        let Interval { low, high } = plain;
        Interval::new(low.min(2.0 * value - high).max(0.0), high)
    }

    /// A value of such a statistic, less what luck gave it: resampling raises it about as far again (Efron and
    /// Tibshirani 1993, chapter 10). Never below 0.
    pub fn less_its_luck(&self, value: f64) -> f64 {
        let values = self.values.values();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (value - (mean - value).max(0.0)).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[f64]) -> f64 {
        values.iter().sum::<f64>() / values.len() as f64
    }

    #[test]
    fn the_interval_of_a_mean_is_about_two_standard_errors_and_depends_on_the_seed_alone() {
        let sample: Vec<f64> = (0..100).map(|i| f64::from(i % 10)).collect();
        let estimate = bootstrap(&sample, mean, 2000, 7);
        assert_eq!(estimate.value, 4.5);
        // Standard deviation 2.872, error 0.287: half width about 0.563.
        assert!((estimate.interval.half_width() - 0.563).abs() < 0.03, "{estimate:?}");
        assert_eq!(bootstrap(&sample, mean, 2000, 7), estimate);
        assert_ne!(bootstrap(&sample, mean, 2000, 8).interval, estimate.interval);
    }

    #[test]
    fn the_interval_of_a_mean_of_few_cases_is_about_students() {
        let sample = [3.0, 5.0, 4.0, 9.0, 7.0, 1.0, 6.0, 5.0];
        let squares: f64 = sample.iter().map(|value| (value - 5.0) * (value - 5.0)).sum();
        let student = t_quantile(7.0) * (squares / 7.0 / 8.0).sqrt();
        let found = bootstrap(&sample, mean, 4000, 7).interval.half_width();
        assert!((found / student - 1.0).abs() < 0.1, "{found}, Student's {student}");
    }

    #[test]
    fn the_best_of_several_means_is_taken_back_by_what_luck_gave_it() {
        // Four columns of equal law: the best of their means is 0 in truth, and above it in every sample.
        let best = |rows: &[[f64; 4]]| {
            (0..4)
                .map(|k| rows.iter().map(|row| row[k]).sum::<f64>() / rows.len() as f64)
                .fold(-1.0, f64::max)
        };
        let (mut plain, mut less, mut missed, mut caught) = (0.0, 0.0, 0, 0);
        for seed in 0..60 {
            let mut luck = ChaCha8Rng::seed_from_u64(1000 + seed);
            let mut draw = || f64::from(luck.next_u32()) / f64::from(u32::MAX) - 0.5;
            let rows: Vec<[f64; 4]> = (0..40).map(|_| [draw(), draw(), draw(), draw()]).collect();
            let value = best(&rows);
            let values = resamples(40, 200, seed)
                .map(|picked| best(&picked.into_iter().map(|at| rows[at]).collect::<Vec<_>>()));
            let of = Percentiles::new(values, 40).unwrap();
            let interval = of.interval_of_a_best(value);
            (plain, less) = (plain + value / 60.0, less + of.less_its_luck(value) / 60.0);
            missed += usize::from(!of.interval().contains(0.0));
            caught += usize::from(interval.contains(0.0));
            assert!(interval.contains(of.less_its_luck(value)), "{interval:?}");
        }
        assert!(plain > 0.04 && less.abs() < plain * 0.75, "{plain} as it is, {less} corrected");
        assert!(
            caught >= 48 && missed >= 25,
            "{caught} of 60 hold the truth, {missed} uncorrected ones miss it"
        );
    }

    #[test]
    fn few_cases_say_nothing_about_their_spread_and_equal_ones_have_none() {
        assert_eq!(bootstrap(&[3.0], mean, 100, 1).interval, Interval::EVERYTHING);
        assert_eq!(bootstrap(&[3.0, 1.0, 4.0, 1.0, 5.0], mean, 100, 1).interval, Interval::EVERYTHING);
        assert_eq!(bootstrap(&[3.0; 5], mean, 100, 1).interval, Interval::EVERYTHING);
        assert!(bootstrap(&[3.0; 8], mean, 100, 1).interval.is_none());
    }
}
