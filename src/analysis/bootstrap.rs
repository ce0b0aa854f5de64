//! The bootstrap: how much a statistic would move in another sample of the same size.

use super::quantile::Sample;
use crate::statistics::interval::{Estimate, Interval};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Percentile interval (Efron 1979) of any statistic of a sample: `rounds` resamples with replacement, drawn by ChaCha8
/// from `seed`. The same arguments give the same interval on every run.
pub fn bootstrap<T: Clone>(
    sample: &[T],
    statistic: impl Fn(&[T]) -> f64,
    rounds: usize,
    seed: u64,
) -> Estimate {
    let drawn = resampled(sample, &statistic, rounds, seed);
    let interval = drawn.map_or(Interval::EVERYTHING, |values| values.central_range());
    Estimate { value: statistic(sample), interval, cases: sample.len() as u64 }
}

/// The same for a statistic that luck can only raise, such as the best of several means: resampling raises it about as
/// far again, and so tells how far (Efron and Tibshirani 1993, chapter 10). The value is less that bias, and the interval
/// is the basic one, which is turned around it. Where all means are equal in truth, which is the worst case, it holds the
/// truth in 51 of 60 samples of the test below, and the percentile interval in 27.
pub fn corrected<T: Clone>(
    sample: &[T],
    statistic: impl Fn(&[T]) -> f64,
    rounds: usize,
    seed: u64,
) -> Estimate {
    let (plain, cases) = (statistic(sample), sample.len() as u64);
    let Some(values) = resampled(sample, &statistic, rounds, seed) else {
        return Estimate { value: plain, interval: Interval::EVERYTHING, cases };
    };
    let mean = values.values().iter().sum::<f64>() / values.values().len() as f64;
    let Interval { low, high } = values.central_range();
    Estimate {
        value: plain - (mean - plain).max(0.0),
        interval: Interval::new(2.0 * plain - high, 2.0 * plain - low),
        cases,
    }
}

/// The values of a statistic in resamples, where they are finite; nothing of a sample that has no spread to speak of.
fn resampled<T: Clone>(
    sample: &[T],
    statistic: &impl Fn(&[T]) -> f64,
    rounds: usize,
    seed: u64,
) -> Option<Sample> {
    if sample.len() < 2 {
        return None;
    }
    let cases = sample.len() as u64;
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let mut drawn = sample.to_vec();
    let mut values = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        for place in &mut drawn {
            // A product of 32 by 32 bits picks among fewer than 2^32 cases with a bias below 2^-32 times their number.
            let pick = (u64::from(luck.next_u32()) * cases) >> 32;
            place.clone_from(&sample[pick as usize]);
        }
        values.push(statistic(&drawn));
    }
    values.retain(|value| value.is_finite());
    (!values.is_empty()).then(|| Sample::new(values))
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
            let (one, other) = (bootstrap(&rows, best, 200, seed), corrected(&rows, best, 200, seed));
            (plain, less) = (plain + one.value / 60.0, less + other.value / 60.0);
            missed += usize::from(!one.interval.contains(0.0));
            caught += usize::from(other.interval.contains(0.0));
            assert!(other.interval.contains(other.value), "{other:?}");
        }
        assert!(plain > 0.04 && less.abs() < plain * 0.75, "{plain} as it is, {less} corrected");
        assert!(
            caught >= 48 && missed >= 25,
            "{caught} of 60 hold the truth, {missed} uncorrected ones miss it"
        );
    }

    #[test]
    fn one_value_says_nothing_about_its_spread() {
        assert_eq!(bootstrap(&[3.0], mean, 100, 1).interval, Interval::EVERYTHING);
    }
}
