//! Saltelli's sample: of each base point A and B, then A with one factor of B, B with one factor of A, in SALib's order.

use super::sobol;
use crate::sweep::factor::Spot;

/// How many points a base point gives.
fn block(second_order: bool, factors: u64) -> u64 {
    if second_order { 2 * factors + 2 } else { factors + 2 }
}

/// How many points there are.
pub fn points(base: u32, second_order: bool, factors: u64) -> Option<u64> {
    u64::from(base).checked_mul(block(second_order, factors))
}

/// Where a point lies along a factor.
pub fn spot(second_order: bool, factors: usize, seed: u64, point: u64, factor: usize) -> Spot {
    let (d, size) = (factors as u64, block(second_order, factors as u64));
    let (base, row) = (point / size, point % size);
    let k = factor as u64;
    let of_b = if row == 0 {
        false
    } else if row == size - 1 {
        true
    } else if row <= d {
        row - 1 == k
    } else {
        row - 1 - d != k
    };
    // A lies in the first half of the dimensions, B in the second.
    Spot::Part(sobol::part(seed, base, if of_b { factors + factor } else { factor }))
}
