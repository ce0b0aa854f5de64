//! Forecasts: stated probabilities against what happened.

use crate::statistics::interval::Interval;
use crate::statistics::share::Share;
use serde::Serialize;

/// Bins of a reliability curve: tenths.
const BINS: usize = 10;
/// One, in parts per million.
const MILLION: u64 = 1_000_000;

/// One bin of a reliability curve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bin {
    outcomes: Share,
    stated: u64,
    squares: u128,
}

/// Forecasts in parts per million, with their outcomes, gathered in tenths. Sums are exact and merge in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forecasts {
    bins: [Bin; BINS],
    /// Sum of the squared errors in parts per million, squared.
    errors: u128,
    /// Sum of log scores in billionths of a nat; forecasts of zero for what happened are floored at one part per million.
    nats: i128,
}

/// A point of a reliability curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// Mean of the stated probabilities.
    pub stated: f64,
    /// Share of outcomes that came true.
    pub observed: f64,
    /// Wilson interval of that share.
    pub interval: Interval,
    /// How many forecasts.
    pub cases: u64,
}

/// The Brier score and its parts (Murphy 1973): score = reliability - resolution + uncertainty + within.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Brier {
    /// Mean squared error; lower is better.
    pub score: f64,
    /// Mean squared distance of stated from observed, over bins: zero if calibrated.
    pub reliability: f64,
    /// Mean squared distance of observed from the base rate: higher tells cases apart.
    pub resolution: f64,
    /// Variance of the outcome itself: p (1 - p).
    pub uncertainty: f64,
    /// What gathering into bins leaves over (Stephenson, Coelho and Jolliffe 2008).
    pub within: f64,
}

impl Forecasts {
    /// Adds a forecast in parts per million and what happened.
    pub fn push(&mut self, stated: u32, happened: bool) {
        let stated = u64::from(stated).min(MILLION);
        let bin = &mut self.bins[((stated * BINS as u64) / MILLION).min(BINS as u64 - 1) as usize];
        bin.outcomes.push(happened);
        bin.stated += stated;
        bin.squares += u128::from(stated) * u128::from(stated);
        let outcome = if happened { MILLION } else { 0 };
        self.errors += u128::from(stated.abs_diff(outcome)).pow(2);
        let given = if happened { stated } else { MILLION - stated };
        self.nats += (libm::log(given.max(1) as f64 / MILLION as f64) * 1e9) as i128;
    }

    /// Adds what another part has gathered.
    pub fn merge(&mut self, other: &Forecasts) {
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            bin.outcomes.merge(more.outcomes);
            bin.stated += more.stated;
            bin.squares += more.squares;
        }
        self.errors += other.errors;
        self.nats += other.nats;
    }

    /// How many forecasts.
    pub fn count(&self) -> u64 {
        self.bins.iter().map(|bin| bin.outcomes.of).sum()
    }

    /// Mean logarithm of the probability given to what happened, in nats (Good 1952): zero at best.
    pub fn log_score(&self) -> f64 {
        self.nats as f64 / 1e9 / self.count() as f64
    }

    /// The reliability curve: bins that hold forecasts.
    pub fn reliability(&self) -> impl Iterator<Item = ReliabilityBin> + '_ {
        self.bins.iter().filter(|bin| bin.outcomes.of > 0).map(|bin| ReliabilityBin {
            stated: bin.stated as f64 / MILLION as f64 / bin.outcomes.of as f64,
            observed: bin.outcomes.value(),
            interval: bin.outcomes.interval(),
            cases: bin.outcomes.of,
        })
    }

    /// The Brier score with its decomposition; not a number without forecasts.
    pub fn brier(&self) -> Brier {
        let n = self.count() as f64;
        let base = self.bins.iter().map(|bin| bin.outcomes.hits).sum::<u64>() as f64 / n;
        let score = self.errors as f64 / (MILLION * MILLION) as f64 / n;
        let weigh = |term: fn(&ReliabilityBin, f64) -> f64| {
            self.reliability().map(|bin| bin.cases as f64 * term(&bin, base)).sum::<f64>() / n
        };
        let reliability = weigh(|bin, _| (bin.stated - bin.observed) * (bin.stated - bin.observed));
        let resolution = weigh(|bin, base| (bin.observed - base) * (bin.observed - base));
        let uncertainty = base * (1.0 - base);
        Brier {
            score,
            reliability,
            resolution,
            uncertainty,
            within: score - (reliability - resolution + uncertainty),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calibrated_forecasts_have_no_reliability_term() {
        let mut forecasts = Forecasts::default();
        for i in 0..100 {
            forecasts.push(200_000, i < 20);
            forecasts.push(700_000, i < 70);
        }
        let brier = forecasts.brier();
        assert!(brier.reliability.abs() < 1e-12 && brier.within.abs() < 1e-12, "{brier:?}");
        // Base rate 0.45; both bins lie 0.25 from it.
        assert!((brier.resolution - 0.0625).abs() < 1e-12);
        assert!((brier.score - (brier.uncertainty - brier.resolution)).abs() < 1e-12);
        assert_eq!(forecasts.reliability().count(), 2);
    }

    #[test]
    fn overconfidence_shows_in_reliability_and_log_score() {
        let (mut sure, mut fair) = (Forecasts::default(), Forecasts::default());
        for i in 0..10 {
            sure.push(990_000, i < 6);
            fair.push(600_000, i < 6);
        }
        assert!(sure.brier().reliability > 0.15 && fair.brier().reliability < 1e-12);
        assert!(sure.log_score() < fair.log_score());
        assert!((fair.log_score() - (0.6 * libm::log(0.6) + 0.4 * libm::log(0.4))).abs() < 1e-6);
    }

    #[test]
    fn parts_merge_to_the_whole_and_certainty_that_fails_is_floored() {
        let (mut whole, mut left, mut right) = <(Forecasts, Forecasts, Forecasts)>::default();
        for i in 0u32..50 {
            let stated = i * 20_000;
            whole.push(stated, i % 3 == 0);
            if i % 2 == 0 { &mut left } else { &mut right }.push(stated, i % 3 == 0);
        }
        right.merge(&left);
        assert_eq!(right, whole);
        let mut wrong = Forecasts::default();
        wrong.push(0, true);
        assert!((wrong.log_score() + 13.8155).abs() < 1e-3);
    }
}
