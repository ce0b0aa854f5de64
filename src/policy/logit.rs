//! Exponentials, logarithms and logistic chances in whole numbers, so that choices are the same everywhere.
//!
//! Utilities are in milli-nats; shares are in parts of [`ONE`]. One table serves both directions: it is read forward
//! for `exp` and searched for `ln`, with straight lines between entries (relative error below 0.004 %).

use crate::vocabulary::Chance;

/// A share of one.
pub(super) const ONE: u64 = 1 << 40;

/// Entries of the table for each nat.
const STEPS: u64 = 64;
/// Where the table ends, in nats: there a share is less than one part.
const NATS: u64 = 28;
const LAST: usize = (NATS * STEPS) as usize;

/// exp(-k / STEPS) in parts of [`ONE`].
static EXP: [u64; LAST + 1] = table();

/// Multiplies by exp(-1 / STEPS) from entry to entry, at 63 bits; the factor is the sum of its power series.
const fn table() -> [u64; LAST + 1] {
    const BITS: u32 = 63;
    const SPARE: u32 = BITS - 40;
    let (mut factor, mut term, mut order) = (0i128, 1i128 << BITS, 1i128);
    while term != 0 {
        factor += term;
        term = -term / (STEPS as i128 * order);
        order += 1;
    }
    let mut table = [0; LAST + 1];
    let (mut exact, mut k) = (1u128 << BITS, 0);
    while k <= LAST {
        table[k] = ((exact + (1 << (SPARE - 1))) >> SPARE) as u64;
        exact = (exact * factor as u128) >> BITS;
        k += 1;
    }
    table
}

/// exp of a number of milli-nats that is not above zero, in parts of [`ONE`]; never zero.
pub(super) fn exp(milli_nats: i32) -> u64 {
    let position = u64::from(milli_nats.min(0).unsigned_abs()) * STEPS;
    let (k, rest) = ((position / 1000) as usize, position % 1000);
    if k >= LAST {
        return EXP[LAST].max(1);
    }
    EXP[k] - (EXP[k] - EXP[k + 1]) * rest / 1000
}

/// A part of a whole as a share in parts of [`ONE`]; everything where the whole is nothing.
pub(super) fn share(part: u64, whole: u64) -> u64 {
    let exact = (u128::from(part) * u128::from(ONE)).checked_div(u128::from(whole));
    exact.map_or(ONE, |share| share.min(u128::from(ONE)) as u64)
}

/// The natural logarithm of a share in parts of [`ONE`], in milli-nats; a share of nothing counts as one part.
pub(super) fn ln(share: u64) -> i32 {
    let share = share.min(ONE);
    let k = EXP.partition_point(|entry| *entry >= share);
    if k > LAST {
        return -((LAST as u64 * 1000 / STEPS) as i32);
    }
    let (above, below) = (EXP[k - 1], EXP[k]);
    let part = (above - share) * 1000 / (above - below);
    let steps = (k as u64 - 1) * 1000 + part;
    -(((steps + STEPS / 2) / STEPS) as i32)
}

/// The natural logarithm of a whole number, in milli-nats; of zero, zero.
pub(super) fn ln_whole(n: u32) -> i32 {
    -ln(ONE / u64::from(n.max(1)))
}

/// 1 / (1 + exp(-x)) for milli-nats.
pub(super) fn logistic(milli_nats: i32) -> Chance {
    let tail = exp(-milli_nats.saturating_abs());
    let small = (u128::from(tail) << 32) / u128::from(ONE + tail);
    let small = Chance::from_parts(small as u64);
    if milli_nats < 0 { small } else { Chance::from_parts(Chance::CERTAIN.parts() - small.parts()) }
}

/// The logarithm of the weighted mean of the exponentials, in milli-nats; zero where nothing has weight.
pub(super) fn log_mean_exp(options: impl Iterator<Item = (u64, i32)> + Clone) -> i32 {
    let Some(highest) = options.clone().filter(|(weight, _)| *weight > 0).map(|(_, u)| u).max() else {
        return 0;
    };
    let (mut sum, mut weights) = (0u128, 0u128);
    for (weight, utility) in options {
        weights += u128::from(weight);
        sum += u128::from(weight) * u128::from(exp(utility.saturating_sub(highest)));
    }
    highest + ln((sum / weights) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(ours: f64, exact: f64, tolerance: f64, what: &str) {
        assert!((ours - exact).abs() <= tolerance, "{what}: {ours} is not {exact}");
    }

    #[test]
    fn exp_follows_the_real_one_over_its_whole_range() {
        for milli in -28_000..=0 {
            let exact = libm::exp(f64::from(milli) / 1000.0);
            close(exp(milli) as f64 / ONE as f64, exact, exact * 4e-5 + 2e-12, "exp");
        }
        assert_eq!(exp(0), ONE);
        assert_eq!(exp(i32::MIN), exp(-28_000));
    }

    #[test]
    fn ln_undoes_exp_to_the_milli_nat_where_shares_have_the_digits_for_it() {
        for milli in -16_000..=0 {
            assert!((ln(exp(milli)) - milli).abs() <= 1, "{milli}");
        }
        assert_eq!(ln(ONE), 0);
        assert_eq!(ln(0), -28_000);
    }

    #[test]
    fn ln_of_whole_numbers_follows_the_real_one() {
        for n in [0u32, 1, 2, 3, 10, 46, 1000, 100_000] {
            close(f64::from(ln_whole(n)), 1000.0 * libm::log(f64::from(n.max(1))), 1.0, "ln");
        }
    }

    #[test]
    fn logistic_follows_the_real_one_and_is_symmetric() {
        for milli in (-30_000..=30_000).step_by(7) {
            let exact = 1.0 / (1.0 + libm::exp(-f64::from(milli) / 1000.0));
            close(logistic(milli).parts() as f64 / 4_294_967_296.0, exact, 2e-5, "logistic");
            assert_eq!(logistic(milli).parts() + logistic(-milli).parts(), 1 << 32);
        }
        assert_eq!(logistic(0).as_per_mille(), 500);
    }

    #[test]
    fn a_mean_of_equals_is_that_and_doubling_every_option_changes_nothing() {
        let mean = |options: &[(u64, i32)]| log_mean_exp(options.iter().copied());
        assert_eq!(mean(&[(1, -700); 5]), -700);
        assert_eq!(mean(&[(1, 300), (1, -900)]), mean(&[(1, 300), (1, -900), (1, 300), (1, -900)]));
        let exact = 1000.0 * libm::log((libm::exp(0.3) + 3.0 * libm::exp(-0.9)) / 4.0);
        close(f64::from(mean(&[(1, 300), (3, -900)])), exact, 1.0, "mean");
        assert_eq!(mean(&[]), 0);
    }
}
