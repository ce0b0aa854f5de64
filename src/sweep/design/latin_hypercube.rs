//! The Latin hypercube: each factor's strata are shuffled by themselves, and a point lies anywhere in its stratum.

use super::luck::{draw, shuffled};
use crate::sweep::factor::Spot;

/// Where a point lies along a factor.
pub fn spot(points: u32, seed: u64, point: u64, factor: usize) -> Spot {
    let (count, factor) = (u64::from(points.max(1)), factor as u64);
    let stratum = shuffled(seed, "stratum", factor, count, point);
    let within = draw(seed, "within a stratum", factor, point);
    let part = ((u128::from(stratum) << 64) + u128::from(within)) / u128::from(count);
    Spot::Part(part as u64)
}
