//! Binding: the numbers of one design point, as integers.

use crate::vocabulary::{Chance, Minute};

/// How many entries a quantile table has.
pub const QUANTILES: usize = 256;

/// The chance 1 - exp(-rate * minutes) of at least one event.
pub fn hazard(per_minute: f64, minutes: Minute) -> Chance {
    Chance::from_share(-libm::expm1(-per_minute * f64::from(minutes)))
}

/// Whole numbers at evenly spaced quantiles of a lognormal distribution, held between two bounds.
pub fn lognormal(median: f64, sigma: f64, low: i32, high: i32) -> Vec<i32> {
    (0..QUANTILES)
        .map(|k| {
            let p = (k as f64 + 0.5) / QUANTILES as f64;
            let x = median * libm::exp(sigma * normal_quantile(p));
            (x.min(f64::from(high)) + 0.5) as i32
        })
        .map(|x| x.clamp(low, high))
        .collect()
}

/// The standard normal distribution function.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// The quantile of the standard normal distribution, by bisection on [`normal_cdf`].
pub fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-8.0, 8.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if normal_cdf(middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}
