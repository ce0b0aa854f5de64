//! Sobol indices from Saltelli's sample: which part of a figure's variance each factor explains.

use super::bootstrap::bootstrap;
use crate::statistics::interval::Estimate;

/// The values of a figure around one base point.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// At the first base point.
    pub a: f64,
    /// At the second.
    pub b: f64,
    /// At the first with one factor of the second, factor by factor.
    pub ab: Vec<f64>,
    /// At the second with one factor of the first, if pairs are wanted.
    pub ba: Vec<f64>,
}

/// The indices of a factor, as parts of the variance.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// What the factor explains alone.
    pub first: Estimate,
    /// What it explains alone and with all others.
    pub total: Estimate,
    /// What it explains with each later factor beyond what both explain alone, if the sample allows.
    pub pairs: Vec<Estimate>,
}

/// The values of some blocks: the sample, or one that the bootstrap drew of it.
struct Drawn<'a> {
    blocks: &'a [Block],
    picked: &'a [usize],
}

impl Drawn<'_> {
    fn mean(&self, term: impl Fn(&Block) -> f64) -> f64 {
        self.picked.iter().map(|at| term(&self.blocks[*at])).sum::<f64>() / self.picked.len() as f64
    }

    /// The variance over both base samples.
    fn variance(&self) -> f64 {
        let centre = self.mean(|block| block.a + block.b) / 2.0;
        self.mean(|b| square(b.a - centre) + square(b.b - centre)) / 2.0
    }

    /// The estimator of Saltelli et al. (2010), table 2 (b).
    fn first(&self, k: usize) -> f64 {
        self.mean(|block| block.b * (block.ab[k] - block.a)) / self.variance()
    }

    /// The estimator of Jansen (1999).
    fn total(&self, k: usize) -> f64 {
        self.mean(|block| square(block.a - block.ab[k])) / 2.0 / self.variance()
    }

    /// Saltelli (2002): of the variance that both explain together, what neither does alone.
    fn pair(&self, j: usize, k: usize) -> f64 {
        let both = self.mean(|b| b.ba[j] * b.ab[k] - b.a * b.b) / self.variance();
        both - self.first(j) - self.first(k)
    }
}

/// The blocks with the mean of all values taken off, which changes no index, and much of their error (Sobol 2001); nothing
/// if the figure never varies.
fn centred(blocks: &[Block]) -> Option<Vec<Block>> {
    let all =
        || blocks.iter().flat_map(|block| [block.a, block.b].into_iter().chain(block.ab.iter().copied()));
    let centre = all().sum::<f64>() / all().count() as f64;
    let less = |values: &[f64]| values.iter().map(|value| value - centre).collect();
    let blocks: Vec<Block> = blocks
        .iter()
        .map(|b| Block { a: b.a - centre, b: b.b - centre, ab: less(&b.ab), ba: less(&b.ba) })
        .collect();
    let every: Vec<usize> = (0..blocks.len()).collect();
    let variance = Drawn { blocks: &blocks, picked: &every }.variance();
    (variance > f64::EPSILON * centre.abs().max(1.0)).then_some(blocks)
}

/// The total indices of all factors, without intervals; nothing if the figure never varies.
pub fn totals(blocks: &[Block], factors: usize) -> Option<Vec<f64>> {
    let blocks = centred(blocks)?;
    let every: Vec<usize> = (0..blocks.len()).collect();
    let drawn = Drawn { blocks: &blocks, picked: &every };
    Some((0..factors).map(|k| drawn.total(k)).collect())
}

/// The indices of all factors; nothing if the figure never varies. The intervals resample base points.
pub fn sobol(blocks: &[Block], factors: usize, rounds: usize, seed: u64) -> Option<Vec<Index>> {
    let blocks = centred(blocks)?;
    let every: Vec<usize> = (0..blocks.len()).collect();
    let estimate = |index: &dyn Fn(&Drawn<'_>) -> f64, salt: usize| {
        let statistic = |picked: &[usize]| index(&Drawn { blocks: &blocks, picked });
        bootstrap(&every, statistic, rounds, seed.wrapping_add(salt as u64))
    };
    let pairs = |j: usize| -> Vec<Estimate> {
        let wanted = if blocks[0].ba.is_empty() { j + 1..j + 1 } else { j + 1..factors };
        wanted.map(|k| estimate(&|drawn| drawn.pair(j, k), j)).collect()
    };
    let index = |k: usize| Index {
        first: estimate(&|drawn| drawn.first(k), k),
        total: estimate(&|drawn| drawn.total(k), k),
        pairs: pairs(k),
    };
    Some((0..factors).map(index).collect())
}

fn square(x: f64) -> f64 {
    x * x
}
