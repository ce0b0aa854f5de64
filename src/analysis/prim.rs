//! The patient rule induction method (Friedman and Fisher 1999): a box of the factors' space in which a condition holds
//! more often than elsewhere, as scenario discovery uses it (Bryant and Lempert 2010).

use super::cases::{Cases, Limit, Values};
use super::contrast;

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

    /// The chance of as large a gain by a factor's limit if it were luck's: the cases inside against those that the limit
    /// alone keeps out.
    pub fn chance(&self, cases: &Cases, factor: usize) -> f64 {
        let whole = self.with(cases, factor, None);
        let limit = self.limits[factor].as_ref();
        let inside = |case: &usize| limit.is_none_or(|limit| cases.within(*case, factor, limit));
        let (kept, lost): (Vec<usize>, Vec<usize>) = whole.cases.iter().partition(|case| inside(case));
        let [kept, lost] =
            [kept, lost].map(|some| some.into_iter().map(|case| &cases.outcomes[case]).collect::<Vec<_>>());
        contrast::chance(&kept, &lost)
    }

    /// The factors that it limits.
    pub fn limited(&self) -> Vec<usize> {
        (0..self.limits.len()).filter(|k| self.limits[*k].is_some()).collect()
    }

    /// The box as other cases show it, without limits whose gain there chance alone might give, the weakest first.
    fn pruned(self, cases: &Cases) -> Prim {
        let mut prim = Prim::new(cases, self.limits);
        loop {
            let chances = prim.limited().into_iter().map(|k| (prim.chance(cases, k), k));
            match chances.max_by(|a, b| a.0.total_cmp(&b.0)) {
                Some((chance, k)) if chance > SIGNIFICANT => prim = prim.with(cases, k, None),
                _ => return prim,
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

/// Why there is no box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBox {
    /// The condition holds of no run.
    Never,
    /// It holds of every run.
    Always,
    /// So few lucks cannot tell any gain from chance.
    FewLucks,
    /// So few design points cannot.
    FewPoints,
    /// No gain of those that were looked at is told from chance.
    Untold,
}

/// What came of looking for a box: it is looked for in one half of the design points and lucks and judged by the other, so
/// that the luck which made it does not also speak for it, nor that of where the points lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The cases by which it is judged.
    pub judged: Cases,
    /// The way to it, in the cases in which it was looked for.
    pub way: Vec<Prim>,
    /// The box, as the cases show it by which it is judged.
    pub found: Result<Prim, NoBox>,
}

impl Search {
    /// Looks for a box in cases.
    pub fn of(cases: &Cases) -> Search {
        let (judged, looked) = (cases.half(0), cases.half(1));
        let way = peel(&looked);
        let found = match cases.counted(&(0..cases.len()).collect::<Vec<_>>()) {
            (0, _) => Err(NoBox::Never),
            (hits, runs) if hits == runs => Err(NoBox::Always),
            _ if contrast::least_by_lucks(judged.lucks()) > SIGNIFICANT => Err(NoBox::FewLucks),
            _ if contrast::least_by_points(judged.len(), judged.len() / 2) > SIGNIFICANT => {
                Err(NoBox::FewPoints)
            }
            _ => choose(&way)
                .map(|prim| prim.pruned(&judged))
                .filter(|prim| !prim.limited().is_empty())
                .ok_or(NoBox::Untold),
        };
        Search { judged, way, found }
    }
}

/// The box of a way that weighs density and coverage alike.
fn choose(way: &[Prim]) -> Option<Prim> {
    way[1..].iter().max_by(|a, b| a.worth().total_cmp(&b.worth())).cloned()
}
