//! Scrambled Sobol points: Owen's scrambling by Burley's hash, point by point.

use super::luck::draw;
use crate::sweep::factor::Spot;

/// The most points of the sequence.
pub const MOST_POINTS: u32 = 1 << 16;

/// The most dimensions of the sequence.
pub const MOST_DIMENSIONS: usize = sobol_burley::NUM_DIMENSIONS as usize;

/// Where a point lies along a dimension.
pub fn part(seed: u64, point: u64, dimension: usize) -> u64 {
    let scramble = draw(seed, "sobol", 0, 0) as u32;
    let unit = sobol_burley::sample(point as u32, dimension as u32, scramble);
    // The crate gives 23 bits, so nothing is rounded here.
    (f64::from(unit) * (1_u64 << 32) as f64) as u64 * (1 << 32)
}

/// Where a point lies along a factor.
pub fn spot(seed: u64, point: u64, factor: usize) -> Spot {
    Spot::Part(part(seed, point, factor))
}

/// What the sequence can do, for a design that takes so many dimensions a factor.
pub fn limits(dimensions: usize) -> String {
    format!("1 to {MOST_POINTS} points of at most {} factors", MOST_DIMENSIONS / dimensions)
}
