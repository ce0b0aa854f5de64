//! Morris's trajectories: each starts at random and moves every factor once, in random order, by half its levels.

use super::luck::draw;
use crate::sweep::factor::Spot;

/// How many points there are.
pub fn points(trajectories: u32, factors: u64) -> Option<u64> {
    u64::from(trajectories).checked_mul(factors + 1)
}

/// Where a point lies along a factor.
pub fn spot(levels: u32, factors: usize, seed: u64, point: u64, factor: usize) -> Spot {
    let (trajectory, step) = (point / (factors as u64 + 1), point % (factors as u64 + 1));
    let turn = |k: usize| (draw(seed, "turn", trajectory, k as u64), k);
    let before = (0..factors).filter(|k| turn(*k) < turn(factor)).count();
    let moved = (before as u64) < step;
    let start = draw(seed, "start", trajectory, factor as u64);
    let half = levels / 2;
    // Half of the factors rise, half of them fall.
    let (low, rises) = ((start >> 1) % u64::from(half.max(1)), start & 1 == 1);
    let k = low as u32 + if moved == rises { half } else { 0 };
    Spot::Step { k, of: levels - 1 }
}
