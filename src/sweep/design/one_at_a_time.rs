//! One at a time: the scenario's own values first, then each factor through its values while the others rest.

use crate::sweep::factor::{Factor, Spot};

/// How many points there are.
pub fn points(factors: &[Factor], steps: u32) -> Option<u64> {
    factors.iter().try_fold(1_u64, |sum, factor| sum.checked_add(factor.span.steps(steps)))
}

/// Where a point lies along a factor.
pub fn spot(factors: &[Factor], steps: u32, point: u64, factor: usize) -> Spot {
    let before: u64 = 1 + factors[..factor].iter().map(|f| f.span.steps(steps)).sum::<u64>();
    let span = &factors[factor].span;
    match point.checked_sub(before) {
        Some(k) if k < span.steps(steps) => span.step(k, steps),
        _ => Spot::Own,
    }
}
