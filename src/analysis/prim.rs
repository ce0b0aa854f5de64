//! The patient rule induction method (Friedman and Fisher 1999): a box of the factors' space in which a condition holds
//! more often than elsewhere, as scenario discovery uses it (Bryant and Lempert 2010).

use super::cases::{Cases, Limit, Values};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The part of a box's cases that one peel takes away, at least one value of the factor.
const PEEL: f64 = 0.05;
/// The part of all cases that a box must hold.
const LEAST: f64 = 0.05;
/// A limit stays in the box if chance alone would give its gain less often than this.
const SIGNIFICANT: f64 = 0.05;

/// A box: its limits, and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Prim {
    /// What it asks of every factor; nothing if it asks nothing.
    pub limits: Vec<Option<Limit>>,
    /// The cases inside.
    pub cases: Vec<usize>,
    /// The share of runs of interest inside.
    pub density: f64,
    /// The share of all runs of interest that lie inside.
    pub coverage: f64,
    /// The share of all cases inside.
    pub mass: f64,
}

impl Prim {
    fn new(cases: &Cases, limits: Vec<Option<Limit>>) -> Prim {
        let inside = |case: &usize| {
            limits
                .iter()
                .enumerate()
                .all(|(k, limit)| limit.as_ref().is_none_or(|limit| cases.within(*case, k, limit)))
        };
        let inside: Vec<usize> = (0..cases.len()).filter(inside).collect();
        let (hits, _) = cases.counted(&inside);
        let all: u64 = cases.hits.iter().sum();
        Prim {
            density: cases.density(&inside),
            coverage: hits as f64 / all as f64,
            mass: inside.len() as f64 / cases.len() as f64,
            limits,
            cases: inside,
        }
    }

    /// Density and coverage in one number, their harmonic mean.
    fn worth(&self) -> f64 {
        2.0 * self.density * self.coverage / (self.density + self.coverage)
    }

    /// This box with another limit on a factor.
    fn with(&self, cases: &Cases, factor: usize, limit: Option<Limit>) -> Prim {
        let mut limits = self.limits.clone();
        limits[factor] = limit;
        Prim::new(cases, limits)
    }

    /// All boxes that are one peel smaller.
    fn peels(&self, cases: &Cases) -> Vec<Prim> {
        let mut smaller = Vec::new();
        for (factor, values) in cases.values.iter().enumerate() {
            match values {
                Values::Numbers(numbers) => {
                    let mut sorted: Vec<f64> = self.cases.iter().map(|case| numbers[*case]).collect();
                    sorted.sort_by(f64::total_cmp);
                    let (low, high) = match &self.limits[factor] {
                        Some(Limit::Between(low, high)) => (*low, *high),
                        _ => (f64::NEG_INFINITY, f64::INFINITY),
                    };
                    let cut = ((sorted.len() as f64 * PEEL) as usize).max(1).min(sorted.len() - 1);
                    let above = sorted.iter().find(|value| **value > sorted[cut - 1]);
                    let below = sorted.iter().rfind(|value| **value < sorted[sorted.len() - cut]);
                    smaller.extend(above.map(|low| (factor, Limit::Between(*low, high))));
                    smaller.extend(below.map(|high| (factor, Limit::Between(low, *high))));
                }
                Values::Words(_, words) => {
                    let mut here: Vec<usize> = self.cases.iter().map(|case| words[*case]).collect();
                    here.sort_unstable();
                    here.dedup();
                    for gone in here.iter().filter(|_| here.len() > 1) {
                        let kept = here.iter().copied().filter(|word| word != gone).collect();
                        smaller.push((factor, Limit::OneOf(kept)));
                    }
                }
            }
        }
        smaller.into_iter().map(|(factor, limit)| self.with(cases, factor, Some(limit))).collect()
    }

    /// The density of the box without its limit on a factor.
    pub fn without(&self, cases: &Cases, factor: usize) -> f64 {
        self.with(cases, factor, None).density
    }

    /// The chance of as large a gain by a factor's limit if it did nothing: one-sided, by Welch's test (1947) of the
    /// design points inside against those that the limit alone keeps out. Runs of one point are no independent cases.
    pub fn chance(&self, cases: &Cases, factor: usize) -> f64 {
        let whole = self.with(cases, factor, None);
        let limit = self.limits[factor].as_ref();
        let inside = |case: &usize| limit.is_none_or(|limit| cases.within(*case, factor, limit));
        let (kept, lost): (Vec<usize>, Vec<usize>) = whole.cases.iter().partition(|case| inside(case));
        let spread = |some: &[usize]| {
            let n = some.len() as f64;
            let shares = some.iter().map(|case| cases.density(&[*case]));
            let mean = shares.clone().sum::<f64>() / n;
            (n, mean, shares.map(|share| (share - mean) * (share - mean)).sum::<f64>() / (n - 1.0) / n)
        };
        let ((n, mean, error), (m, other, its)) = (spread(&kept), spread(&lost));
        let freedom = (error + its) * (error + its) / (error * error / (n - 1.0) + its * its / (m - 1.0));
        match StudentsT::new(0.0, 1.0, freedom) {
            Ok(law) => law.sf((mean - other) / (error + its).sqrt()),
            // Neither side varies, or one has a single point, which says nothing.
            Err(_) if n > 1.0 && m > 1.0 && mean > other => 0.0,
            Err(_) => 1.0,
        }
    }

    /// The factors that it limits.
    pub fn limited(&self) -> Vec<usize> {
        (0..self.limits.len()).filter(|k| self.limits[*k].is_some()).collect()
    }

    /// The box without limits that chance alone might give, the weakest first.
    fn pruned(mut self, cases: &Cases) -> Prim {
        loop {
            let chances = self.limited().into_iter().map(|k| (self.chance(cases, k), k));
            match chances.max_by(|a, b| a.0.total_cmp(&b.0)) {
                Some((chance, k)) if chance > SIGNIFICANT => self = self.with(cases, k, None),
                _ => return self,
            }
        }
    }
}

/// Peels: every box on the way from all cases to the smallest, each the one that gains most density for the cases
/// that it gives up.
pub fn peel(cases: &Cases) -> Vec<Prim> {
    let mut way = vec![Prim::new(cases, vec![None; cases.names.len()])];
    while let Some(last) = way.last().filter(|last| last.density < 1.0 && last.cases.len() > 1) {
        let gain = |prim: &Prim| (prim.density - last.density) / (last.cases.len() - prim.cases.len()) as f64;
        let better = last.peels(cases).into_iter().filter(|prim| prim.mass >= LEAST && gain(prim) > 0.0);
        let Some(best) = better.max_by(|a, b| gain(a).total_cmp(&gain(b))) else { break };
        way.push(best);
    }
    way
}

/// The box of a way that weighs density and coverage alike, without limits that chance alone might give; nothing if the
/// condition holds of no run, of all, or if no limit is left.
pub fn choose(cases: &Cases, way: &[Prim]) -> Option<Prim> {
    let all = way.first().filter(|all| all.density > 0.0 && all.density < 1.0)?;
    let best = way[1..].iter().max_by(|a, b| a.worth().total_cmp(&b.worth()))?;
    let chosen = best.clone().pruned(cases);
    (chosen.density > all.density).then_some(chosen)
}
