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
    let value = statistic(sample);
    let cases = sample.len() as u64;
    if sample.len() < 2 {
        return Estimate { value, interval: Interval::EVERYTHING, cases };
    }
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
    let interval = if values.is_empty() { Interval::EVERYTHING } else { Sample::new(values).central_range() };
    Estimate { value, interval, cases }
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
    fn one_value_says_nothing_about_its_spread() {
        assert_eq!(bootstrap(&[3.0], mean, 100, 1).interval, Interval::EVERYTHING);
    }
}
