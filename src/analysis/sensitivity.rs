//! Sensitivity: which factors of a sweep move a figure, by the design that the sweep was played by.
//!
//! The value at a design point is the mean over its runs. Where points share luck, that is one function of the factors,
//! the same dice for all of them, and the indices are of this function: luck adds no noise between points.

use super::figure::Figure;
use super::finding::Finding;
use super::morris::{Effect, morris};
use super::sobol::{Block, Index, sobol};
use crate::sweep::rows::{Layout, Results};

/// Resamples of every interval.
const ROUNDS: usize = 1000;

/// What a design says of a figure's factors.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Elementary effects.
    Effects(Vec<Effect>),
    /// Sobol indices.
    Indices(Vec<Index>),
    /// The figure is the same at all points.
    Constant,
}

/// The sensitivity of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The figure's name.
    pub figure: String,
    /// The factors' names.
    pub factors: Vec<String>,
    /// Trajectories or base points that are counted.
    pub blocks: usize,
    /// Those that are left out, because a point of theirs has no run with measurements.
    pub left_out: usize,
    /// Whether every run had luck of its own (`pairing: Independent`), so that differences between points are luck's too:
    /// effects look larger than they are, and indices count it as what no factor explains alone.
    pub noisy: bool,
    /// What was found.
    pub found: Found,
}

/// The mean of a figure at a design point.
fn value(results: &Results, figure: &Figure, point: usize) -> Option<f64> {
    let rows = &results.points[point].rows;
    let sum: i128 = rows.iter().map(|row| i128::from(figure.value(results, *row))).sum();
    (!rows.is_empty()).then(|| sum as f64 / rows.len() as f64)
}

impl Sensitivity {
    /// The sensitivity of a figure; nothing if the sweep's design is not made for it.
    pub fn of(results: &Results, figure: &Figure) -> Option<Sensitivity> {
        let factors: Vec<String> = results.experiment.factors.iter().map(|f| f.name.clone()).collect();
        let (d, seed) = (factors.len(), results.experiment.seed);
        let values: Vec<Option<f64>> =
            (0..results.points.len()).map(|point| value(results, figure, point)).collect();
        let (size, second_order) = match results.layout() {
            Layout::Trajectories => (d + 1, false),
            Layout::Saltelli { second_order } => (if second_order { 2 * d + 2 } else { d + 2 }, second_order),
            Layout::Other => return None,
        };
        let blocks: Vec<(usize, Vec<f64>)> = (0..results.points.len() / size)
            .filter_map(|k| {
                let values: Option<Vec<f64>> = values[k * size..(k + 1) * size].iter().copied().collect();
                Some((k * size, values?))
            })
            .collect();
        let found = if results.layout() == Layout::Trajectories {
            let effects: Vec<Vec<f64>> =
                blocks.iter().map(|(first, values)| elementary(results, *first, values)).collect();
            Found::Effects(morris(&effects, d, ROUNDS, seed))
        } else {
            let block = |(_, values): &(usize, Vec<f64>)| Block {
                a: values[0],
                b: values[size - 1],
                ab: values[1..=d].to_vec(),
                ba: if second_order { values[d + 1..=2 * d].to_vec() } else { Vec::new() },
            };
            let blocks: Vec<Block> = blocks.iter().map(block).collect();
            sobol(&blocks, d, ROUNDS, seed).map_or(Found::Constant, Found::Indices)
        };
        let left_out = results.points.len() / size - blocks.len();
        let (figure, noisy) = (figure.name.clone(), !results.shares_luck());
        Some(Sensitivity { figure, factors, blocks: blocks.len(), left_out, noisy, found })
    }

    /// Its numbers.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (k, factor) in self.factors.iter().enumerate() {
            let mut push = |statistic: String, estimate| {
                let subject = format!("{} by {factor}", self.figure);
                findings.push(Finding::new("sensitivity", None, subject, statistic, estimate));
            };
            match &self.found {
                Found::Effects(effects) => {
                    push("mu".to_owned(), effects[k].mean);
                    push("mu_star".to_owned(), effects[k].mu_star);
                    push("sigma".to_owned(), effects[k].sigma);
                }
                Found::Indices(indices) => {
                    push("S1".to_owned(), indices[k].first);
                    push("ST".to_owned(), indices[k].total);
                    for (other, pair) in self.factors[k + 1..].iter().zip(&indices[k].pairs) {
                        push(format!("S2 with {other}"), *pair);
                    }
                }
                Found::Constant => {}
            }
        }
        findings
    }
}

/// The elementary effects of one trajectory, by factor.
fn elementary(results: &Results, first: usize, values: &[f64]) -> Vec<f64> {
    let mut effects = vec![0.0; values.len() - 1];
    for step in 1..values.len() {
        for (k, effect) in effects.iter_mut().enumerate() {
            let moved = results.step(first + step, k) - results.step(first + step - 1, k);
            if moved != 0.0 {
                *effect = (values[step] - values[step - 1]) / moved;
            }
        }
    }
    effects
}
