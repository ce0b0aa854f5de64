//! A classification tree (Breiman et al. 1984) over the factors: where in their space a condition holds how often.

use super::cases::{Cases, Limit, Values};

/// The deepest that a tree grows.
const DEEPEST: usize = 4;
/// The part of all cases that a leaf must hold.
const LEAST: f64 = 0.05;
/// The part of the whole tree's impurity that a split must take away.
const WORTH: f64 = 0.01;

/// A tree, or a branch of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The cases in it.
    pub cases: Vec<usize>,
    /// The share of runs of interest.
    pub density: f64,
    /// How it divides, if it does.
    pub split: Option<Split>,
}

/// A division in two.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// By which factor.
    pub factor: usize,
    /// What the first branch asks of it, and what the second.
    pub limits: [Limit; 2],
    /// Both branches.
    pub branches: Box<[Tree; 2]>,
}

/// Gini's impurity of so many runs of interest among so many, times their number.
fn impurity((hits, runs): (u64, u64)) -> f64 {
    2.0 * hits as f64 * (1.0 - hits as f64 / runs.max(1) as f64)
}

impl Tree {
    /// Grows a tree over all cases.
    pub fn grow(cases: &Cases) -> Tree {
        let all: Vec<usize> = (0..cases.len()).collect();
        let worth = impurity(cases.counted(&all)) * WORTH;
        branch(cases, all, DEEPEST, worth)
    }

    /// The leaves, each with what leads to it: factors and limits, from the first division to the last.
    pub fn leaves(&self) -> Vec<(Vec<(usize, &Limit)>, &Tree)> {
        let Some(split) = &self.split else { return vec![(Vec::new(), self)] };
        let mut leaves = Vec::new();
        for (limit, branch) in split.limits.iter().zip(split.branches.iter()) {
            for (mut way, leaf) in branch.leaves() {
                way.insert(0, (split.factor, limit));
                leaves.push((way, leaf));
            }
        }
        leaves
    }
}

fn branch(cases: &Cases, here: Vec<usize>, depth: usize, worth: f64) -> Tree {
    let split = if depth == 0 { None } else { best_split(cases, &here, worth) };
    let split = split.map(|(factor, limits)| {
        let (first, second): (Vec<usize>, Vec<usize>) =
            here.iter().partition(|case| cases.within(**case, factor, &limits[0]));
        let branches = [first, second].map(|some| branch(cases, some, depth - 1, worth));
        Split { factor, limits, branches: Box::new(branches) }
    });
    Tree { density: cases.density(&here), cases: here, split }
}

/// The division that takes most impurity away, if any takes enough.
fn best_split(cases: &Cases, here: &[usize], worth: f64) -> Option<(usize, [Limit; 2])> {
    let least = ((cases.len() as f64 * LEAST).ceil() as usize).max(1);
    let whole = cases.counted(here);
    let mut best: Option<(f64, usize, usize)> = None;
    for factor in 0..cases.names.len() {
        let (order, key) = ordered(cases, here, factor);
        let (mut hits, mut runs) = (0, 0);
        for cut in 1..order.len() {
            let case = order[cut - 1];
            (hits, runs) = (hits + cases.hits[case], runs + cases.runs[case]);
            if cut < least || order.len() - cut < least || key(case) == key(order[cut]) {
                continue;
            }
            let gain = impurity(whole) - impurity((hits, runs)) - impurity((whole.0 - hits, whole.1 - runs));
            if gain > worth.max(1e-9) && best.is_none_or(|best| gain > best.0) {
                best = Some((gain, factor, cut));
            }
        }
    }
    let (_, factor, cut) = best?;
    let (order, _) = ordered(cases, here, factor);
    let limits = match &cases.values[factor] {
        Values::Numbers(numbers) => {
            let middle = f64::midpoint(numbers[order[cut - 1]], numbers[order[cut]]);
            [Limit::Between(f64::NEG_INFINITY, middle), Limit::Between(middle, f64::INFINITY)]
        }
        Values::Words(_, words) => [&order[..cut], &order[cut..]].map(|some| {
            let mut some: Vec<usize> = some.iter().map(|case| words[*case]).collect();
            some.sort_unstable();
            some.dedup();
            Limit::OneOf(some)
        }),
    };
    Some((factor, limits))
}

/// Cases in the order of a factor: of its numbers, or of its words by how often the condition holds with them, which
/// is all the orders that a best division needs (Breiman et al. 1984, section 4.2).
fn ordered<'a>(
    cases: &'a Cases,
    here: &[usize],
    factor: usize,
) -> (Vec<usize>, Box<dyn Fn(usize) -> f64 + 'a>) {
    let key: Box<dyn Fn(usize) -> f64 + 'a> = match &cases.values[factor] {
        Values::Numbers(numbers) => Box::new(|case| numbers[case]),
        Values::Words(all, words) => {
            let density = |word: usize| {
                let some: Vec<usize> = here.iter().copied().filter(|case| words[*case] == word).collect();
                cases.density(&some)
            };
            let mut ranks: Vec<(f64, usize)> = (0..all.len()).map(|word| (density(word), word)).collect();
            ranks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut rank = vec![0.0; all.len()];
            ranks.iter().enumerate().for_each(|(at, (_, word))| rank[*word] = at as f64);
            Box::new(move |case| rank[words[case]])
        }
    };
    let mut order = here.to_vec();
    order.sort_by(|a, b| key(*a).total_cmp(&key(*b)));
    (order, key)
}
