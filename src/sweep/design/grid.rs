//! The full grid: everything with everything. The last factor moves fastest.

use crate::sweep::factor::{Factor, Spot};

/// How many points there are.
pub fn points(factors: &[Factor], steps: u32) -> Option<u64> {
    factors.iter().try_fold(1_u64, |product, factor| product.checked_mul(factor.span.steps(steps)))
}

/// Where a point lies along a factor.
pub fn spot(factors: &[Factor], steps: u32, point: u64, factor: usize) -> Spot {
    let faster: u64 = factors[factor + 1..].iter().map(|later| later.span.steps(steps)).product();
    let span = &factors[factor].span;
    span.step(point / faster % span.steps(steps), steps)
}
