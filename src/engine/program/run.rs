//! Running flat code.
//!
//! What is done to each place of an array is written as a loop over places: without link-time optimisation, zips and
//! closures remain calls within a function as long as [`execute`], and those cost a fifth of a run of the test game.

#![expect(clippy::needless_range_loop, reason = "see above")]

use super::code::{Choice, Code, FEATURES, LANE_FEATURES, LANES, Lanes, Op, Sum};
use super::{Outcome, REGISTERS, Reads, Reg};
use crate::engine::dice::{Draws, SiteId, share_of};
use crate::vocabulary::{Chance, Id};
use wide::i16x8;

/// A register's place. Lowering keeps to the number of registers, so the mask changes nothing; it spares a check.
#[inline(always)]
fn at(reg: Reg) -> usize {
    usize::from(reg) % REGISTERS
}

/// Lays out the registers: constants, and levels as they are at the start of the step.
#[inline]
pub(super) fn load(code: &Code, reads: &impl Reads, regs: &mut [i64; REGISTERS]) {
    for &(reg, value) in &code.constants {
        regs[at(reg)] = value;
    }
    let levels = reads.levels();
    for slot in &code.loads {
        regs[at(slot.reg)] = i64::from(levels[slot.track.index()]);
    }
}

/// Reports the net change of every level.
#[inline]
pub(super) fn tell_levels(
    code: &Code,
    reads: &impl Reads,
    regs: &[i64; REGISTERS],
    out: &mut impl FnMut(Outcome),
) {
    let levels = reads.levels();
    for slot in &code.stores {
        let (before, after) = (levels[slot.track.index()], regs[at(slot.reg)] as i32);
        if before != after {
            out(Outcome::Level { track: slot.track, before, after });
        }
    }
}

/// The value that code without rolls leaves in a register.
#[inline]
pub(super) fn value(code: &Code, result: Reg, reads: &impl Reads, regs: &mut [i64; REGISTERS]) -> i64 {
    /// Dice for code in which nothing is rolled.
    struct Unrolled;
    impl Draws for Unrolled {
        fn draw(&self, _: SiteId, _: u32) -> u32 {
            0
        }
    }
    load(code, reads, regs);
    execute::<false>(code, reads, &Unrolled, regs, &mut |_| {});
    regs[at(result)]
}

/// A multiple and a constant. Lowering proved that nothing overflows, so wrapping arithmetic is exact.
#[inline(always)]
fn line(a: i64, factor: i32, bias: i32) -> i64 {
    i64::from(factor).wrapping_mul(a).wrapping_add(i64::from(bias))
}

/// A sum's value. Lowering proved that nothing overflows, so wrapping arithmetic is exact.
#[inline(always)]
fn sum_value<const N: usize>(sum: &Sum<N>, regs: &[i64; REGISTERS]) -> i64 {
    let mut value = sum.bias;
    for term in &sum.terms {
        value = value.wrapping_add(i64::from(term.factor).wrapping_mul(regs[at(term.reg)]));
    }
    value.max(sum.low).min(sum.high)
}

/// Runs the instructions over laid-out registers.
#[inline]
pub(super) fn execute<const TELL: bool>(
    code: &Code,
    reads: &impl Reads,
    dice: &impl Draws,
    regs: &mut [i64; REGISTERS],
    out: &mut impl FnMut(Outcome),
) {
    let ops = code.ops.as_slice();
    let mut next = 0;
    macro_rules! r {
        ($reg:expr) => {
            regs[at($reg)]
        };
    }
    macro_rules! roll {
        ($dst:expr, $draw:expr, $per_mille:expr) => {{
            let (draw, chance) = ($draw, Chance::per_mille($per_mille));
            let at = &code.draws[usize::from(draw)];
            let came = dice.chance(at.site, at.index, chance);
            r!($dst) = i64::from(came);
            if TELL {
                out(Outcome::Rolled { draw, chance, came });
            }
        }};
    }
    while let Some(op) = ops.get(next) {
        next += 1;
        // Read where it lies: a copy of the whole instruction costs more than most of them.
        match *op {
            Op::Copy { dst, a } => r!(dst) = r!(a),
            Op::Add { dst, a, b } => r!(dst) = r!(a).saturating_add(r!(b)),
            Op::Sub { dst, a, b } => r!(dst) = r!(a).saturating_sub(r!(b)),
            Op::Mul { dst, a, b } => r!(dst) = r!(a).saturating_mul(r!(b)),
            Op::Div { dst, a, b } => r!(dst) = div_floor(r!(a), r!(b)),
            Op::Min { dst, a, b } => r!(dst) = r!(a).min(r!(b)),
            Op::Max { dst, a, b } => r!(dst) = r!(a).max(r!(b)),
            Op::Line { dst, a, factor, bias } => r!(dst) = line(r!(a), factor, bias),
            Op::Hold { dst, a, bias, low, high } => {
                let value = r!(a).wrapping_add(i64::from(bias));
                r!(dst) = value.max(i64::from(low)).min(i64::from(high));
            }
            Op::Pair { dst, sum } => r!(dst) = sum_value(&code.pairs[usize::from(sum)], regs),
            Op::Sum { dst, sum } => r!(dst) = sum_value(&code.sums[usize::from(sum)], regs),
            Op::Lookup { dst, a, first, last } => {
                let index = r!(a).max(0).min(i64::from(last)) as usize;
                r!(dst) = i64::from(code.entries[first as usize + index]);
            }
            Op::Count { dst, counter } => r!(dst) = reads.count(code.counters[usize::from(counter)]),
            Op::Fact { dst, fact } => {
                r!(dst) = i64::from(code.facts[usize::from(fact)].holds(reads));
            }
            Op::Equal { dst, a, b } => r!(dst) = i64::from(r!(a) == r!(b)),
            Op::Less { dst, a, b } => r!(dst) = i64::from(r!(a) < r!(b)),
            Op::Not { dst, a } => r!(dst) = 1 - r!(a),
            Op::And { dst, a, b } => r!(dst) = r!(a) & r!(b),
            Op::Or { dst, a, b } => r!(dst) = r!(a) | r!(b),
            Op::Select { dst, when, a } => r!(dst) = if r!(when) != 0 { r!(a) } else { r!(dst) },
            Op::Otherwise { dst, when, a } => r!(dst) = if r!(when) == 0 { r!(a) } else { r!(dst) },
            Op::Jump { to } => next = usize::from(to),
            Op::JumpEqual { a, b, to } => {
                if r!(a) == r!(b) {
                    next = usize::from(to);
                }
            }
            Op::JumpUnequal { a, b, to } => {
                if r!(a) != r!(b) {
                    next = usize::from(to);
                }
            }
            Op::JumpLess { a, b, to } => {
                if r!(a) < r!(b) {
                    next = usize::from(to);
                }
            }
            Op::JumpAtLeast { a, b, to } => {
                if r!(a) >= r!(b) {
                    next = usize::from(to);
                }
            }
            Op::Roll { dst, a, draw } => roll!(dst, draw, r!(a)),
            Op::RollLine { dst, a, draw, factor, bias } => roll!(dst, draw, line(r!(a), factor, bias)),
            Op::Pick { dst, draw, choice } => {
                let choice = &code.choices[usize::from(choice)];
                let at = &code.draws[usize::from(draw)];
                let (option, chance) = pick::<TELL>(code, choice, dice.draw(at.site, at.index), regs);
                r!(dst) = option as i64;
                if TELL {
                    out(Outcome::Picked { draw, option: option as u16, chance });
                }
            }
            Op::PickLanes { dst, draw, lanes } => {
                let lanes = &code.lanes[usize::from(lanes)];
                let at = &code.draws[usize::from(draw)];
                let (option, chance) = pick_lanes::<TELL>(lanes, dice.draw(at.site, at.index), regs);
                r!(dst) = option as i64;
                if TELL {
                    out(Outcome::Picked { draw, option: option as u16, chance });
                }
            }
            Op::PickFixed { dst, draw, thresholds } => {
                let cuts = code.thresholds[usize::from(thresholds)].of(&code.cuts);
                let at = &code.draws[usize::from(draw)];
                let drawn = dice.draw(at.site, at.index);
                let option = cuts.iter().map(|&cut| u32::from(drawn >= cut)).sum::<u32>();
                r!(dst) = i64::from(option);
                if TELL {
                    out(Outcome::Picked { draw, option: option as u16, chance: fixed_chance(cuts, option) });
                }
            }
            Op::Tell { outcome } => out(code.outcomes[usize::from(outcome)]),
        }
    }
}

/// Division rounded down; by zero it gives zero.
#[inline(always)]
fn div_floor(a: i64, b: i64) -> i64 {
    if b == 0 {
        return 0;
    }
    let quotient = a.saturating_div(b);
    if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
}

/// The option that a draw falls on, and its chance if it is to be told. Running totals are kept above the frame.
#[inline(always)]
fn pick<const TELL: bool>(
    code: &Code,
    choice: &Choice,
    draw: u32,
    regs: &mut [i64; REGISTERS],
) -> (usize, Chance) {
    let weights = choice.options.of(&code.weights);
    let first_total = usize::from(code.size);
    let mut features = [0; FEATURES];
    for place in 0..FEATURES {
        features[place] = regs[at(choice.features[place])];
    }
    let mut total = 0i64;
    for (place, weight) in weights.iter().enumerate() {
        let mut sum = weight.bias;
        for feature in 0..FEATURES {
            sum = sum.wrapping_add(i64::from(weight.factors[feature]).wrapping_mul(features[feature]));
        }
        let held = sum.max(weight.low).min(weight.high);
        total = total.wrapping_add(held.wrapping_mul(regs[at(weight.gate)]));
        regs[(first_total + place) % REGISTERS] = total;
    }
    if total == 0 {
        return (0, Chance::CERTAIN);
    }
    let totals = &regs[first_total..first_total + weights.len()];
    let share = share_of(draw, total as u64) as i64;
    // The sign of the difference tells "at most" without a comparison, which 64-bit vectors lack on old processors.
    let option = totals.iter().map(|&sum| (sum.wrapping_sub(share + 1) as u64) >> 63).sum::<u64>() as usize;
    let chance = if TELL { chance_between(option, |place| totals[place], total) } else { Chance::NEVER };
    (option, chance)
}

/// The same for a pick by lanes.
#[inline(always)]
fn pick_lanes<const TELL: bool>(lanes: &Lanes, draw: u32, regs: &[i64; REGISTERS]) -> (usize, Chance) {
    let mut weights = lanes.bias;
    for place in 0..LANE_FEATURES {
        weights += lanes.factors[place] * i16x8::splat(regs[at(lanes.features[place])] as i16);
    }
    let sums = running(weights.max(lanes.low));
    let totals = sums.to_array();
    let total = i64::from(totals[LANES - 1]);
    if total == 0 {
        return (0, Chance::CERTAIN);
    }
    let share = share_of(draw, total as u64) as i16;
    let option = sums.simd_gt(i16x8::splat(share)).to_bitmask().trailing_zeros() as usize;
    let chance = |place: usize| i64::from(totals[place]);
    let chance = if TELL { chance_between(option, chance, total) } else { Chance::NEVER };
    (option, chance)
}

/// The running totals of eight lanes, in three steps: each adds what stands one, two and four lanes before.
#[inline(always)]
fn running(lanes: i16x8) -> i16x8 {
    let [a, b, c, d, e, f, g, _] = lanes.to_array();
    let lanes = lanes + i16x8::new([0, a, b, c, d, e, f, g]);
    let [a, b, c, d, e, f, _, _] = lanes.to_array();
    let lanes = lanes + i16x8::new([0, 0, a, b, c, d, e, f]);
    let [a, b, c, d, ..] = lanes.to_array();
    lanes + i16x8::new([0, 0, 0, 0, a, b, c, d])
}

/// The chance of an option between running totals.
fn chance_between(option: usize, totals: impl Fn(usize) -> i64, total: i64) -> Chance {
    let below = if option == 0 { 0 } else { totals(option - 1) };
    let draws = |sum: i64| ((sum as u128) << 32).div_ceil(total as u128);
    Chance::from_parts((draws(totals(option)) - draws(below)) as u64)
}

/// The chance of an option between constant thresholds.
fn fixed_chance(cuts: &[u32], option: u32) -> Chance {
    let edge = |n: usize| cuts.get(n).map_or(1u64 << 32, |&cut| u64::from(cut));
    let option = option as usize;
    let below = if option == 0 { 0 } else { edge(option - 1) };
    Chance::from_parts(edge(option) - below)
}
