//! Sensitivity: which factors of a sweep move a figure, by the design that the sweep was played by.
//!
//! The value at a design point is the mean over its runs. Where points share luck, that is one function of the factors,
//! the same dice for all of them, and the indices are of this function: luck adds no noise between points. What they
//! would be of the function of other lucks, the main number of each factor says: it is worked out anew without some.

use super::figure::Figure;
use super::finding::Finding;
use super::jackknife::jackknife;
use super::morris::{Effect, morris, sizes};
use super::sobol::{Block, Index, sobol, totals};
use crate::statistics::interval::Estimate;
use crate::sweep::rows::{Layout, Results};

/// Resamples of every interval.
const ROUNDS: usize = 1000;

/// The most groups of lucks: with more the interval hardly changes, and each is the whole work once more.
const GROUPS: usize = 50;

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
    /// The main number of each factor, mu* or the total index, with its interval over the lucks that all points share;
    /// none where they share none, and nothing if the figure is the same at all points.
    pub over_lucks: Vec<Estimate>,
}

/// The values of a figure at a design point, by group of lucks: their sum and number.
struct Lots(Vec<(i128, u64)>);

impl Lots {
    fn new(results: &Results, figure: &Figure, point: usize, groups: usize) -> Lots {
        let mut lots = vec![(0, 0); groups];
        for row in &results.points[point].rows {
            let (sum, count) = &mut lots[results.luck(*row) % groups];
            *sum += i128::from(figure.value(results, *row));
            *count += 1;
        }
        Lots(lots)
    }

    /// The mean, of all groups or of all but one.
    fn mean(&self, without: Option<usize>) -> Option<f64> {
        let kept = self.0.iter().enumerate().filter(|(group, _)| Some(*group) != without);
        let (sum, count) = kept.fold((0, 0), |(sum, count), (_, lot)| (sum + lot.0, count + lot.1));
        (count > 0).then(|| sum as f64 / count as f64)
    }
}

/// What the points of a design are to each other.
#[derive(Clone, Copy)]
struct Shape {
    factors: usize,
    layout: Layout,
}

impl Shape {
    /// Points of a trajectory, or around a base point.
    fn size(self) -> usize {
        match self.layout {
            Layout::Saltelli { second_order: true } => 2 * self.factors + 2,
            Layout::Saltelli { second_order: false } => self.factors + 2,
            Layout::Trajectories | Layout::Other => self.factors + 1,
        }
    }

    /// The values of each trajectory or base point that has all of them, with its first point.
    fn blocks(self, values: &[Option<f64>]) -> Vec<(usize, Vec<f64>)> {
        let size = self.size();
        let whole = |(k, block): (usize, &[Option<f64>])| {
            Some((k * size, block.iter().copied().collect::<Option<Vec<f64>>>()?))
        };
        values.chunks_exact(size).enumerate().filter_map(whole).collect()
    }

    fn around(self, values: &[f64]) -> Block {
        let d = self.factors;
        let pairs = matches!(self.layout, Layout::Saltelli { second_order: true });
        Block {
            a: values[0],
            b: values[values.len() - 1],
            ab: values[1..=d].to_vec(),
            ba: if pairs { values[d + 1..=2 * d].to_vec() } else { Vec::new() },
        }
    }
}

impl Sensitivity {
    /// The sensitivity of a figure; nothing if the sweep's design is not made for it.
    pub fn of(results: &Results, figure: &Figure) -> Option<Sensitivity> {
        let factors: Vec<String> = results.experiment.factors.iter().map(|f| f.name.clone()).collect();
        let (d, seed) = (factors.len(), results.experiment.seed);
        let shape = Shape { factors: d, layout: results.layout() };
        if shape.layout == Layout::Other {
            return None;
        }
        let noisy = !results.shares_luck();
        let groups = if noisy { 1 } else { results.luck_count().clamp(1, GROUPS) };
        let lots: Vec<Lots> =
            (0..results.points.len()).map(|point| Lots::new(results, figure, point, groups)).collect();
        let blocks = |without: Option<usize>| {
            shape.blocks(&lots.iter().map(|lots| lots.mean(without)).collect::<Vec<_>>())
        };
        let screened = shape.layout == Layout::Trajectories;
        let moves = if screened { moves(results, d) } else { Vec::new() };
        let trajectories = |blocks: &[(usize, Vec<f64>)]| -> Vec<Vec<f64>> {
            blocks.iter().map(|(first, values)| elementary(&moves[*first..], values)).collect()
        };
        let around = |blocks: &[(usize, Vec<f64>)]| -> Vec<Block> {
            blocks.iter().map(|(_, values)| shape.around(values)).collect()
        };
        let all = blocks(None);
        let found = if screened {
            Found::Effects(morris(&trajectories(&all), d, ROUNDS, seed))
        } else {
            sobol(&around(&all), d, ROUNDS, seed).map_or(Found::Constant, Found::Indices)
        };
        let main: Vec<f64> = match &found {
            Found::Effects(effects) => effects.iter().map(|effect| effect.mu_star.value).collect(),
            Found::Indices(indices) => indices.iter().map(|index| index.total.value).collect(),
            Found::Constant => Vec::new(),
        };
        // Where a block has no runs but of these lucks, what is left is another sample: it says nothing of lucks.
        let without = |group: usize| {
            let blocks = blocks(Some(group));
            let same = blocks.len() == all.len();
            same.then(|| match screened {
                true => sizes(&trajectories(&blocks), d),
                // Of a figure that no longer varies no factor moves anything.
                false => totals(&around(&blocks), d).unwrap_or_else(|| vec![0.0; d]),
            })
        };
        let over_lucks = if noisy || main.is_empty() {
            Vec::new()
        } else {
            let without: Vec<Vec<f64>> = (0..groups).map(without).collect::<Option<_>>().unwrap_or_default();
            let of = |k: usize| {
                let left: Vec<f64> = without.iter().map(|numbers| numbers[k]).collect();
                let lucks = results.luck_count() as u64;
                Estimate { cases: lucks, ..jackknife(main[k], &left).within((0.0, f64::INFINITY)) }
            };
            (0..d).map(of).collect()
        };
        let left_out = results.points.len() / shape.size() - all.len();
        let figure = figure.name.clone();
        Some(Sensitivity { figure, factors, blocks: all.len(), left_out, noisy, found, over_lucks })
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
            let main = if matches!(self.found, Found::Effects(_)) { "mu_star" } else { "ST" };
            if let Some(estimate) = self.over_lucks.get(k) {
                push(format!("{main} over lucks"), *estimate);
            }
        }
        findings
    }
}

/// By point, which factor a trajectory moved on its way there, and how far; worked out once, for points are drawn anew
/// whenever they are asked for.
fn moves(results: &Results, factors: usize) -> Vec<Vec<(usize, f64)>> {
    let moved = |point: usize, k| (k, results.step(point, k) - results.step(point - 1, k));
    let at =
        |point: usize| (0..factors).map(|k| moved(point, k)).filter(|(_, moved)| *moved != 0.0).collect();
    (0..results.points.len())
        .map(|point| if point.is_multiple_of(factors + 1) { Vec::new() } else { at(point) })
        .collect()
}

/// The elementary effects of one trajectory, by factor.
fn elementary(moves: &[Vec<(usize, f64)>], values: &[f64]) -> Vec<f64> {
    let mut effects = vec![0.0; values.len() - 1];
    for step in 1..values.len() {
        for (k, moved) in &moves[step] {
            effects[*k] = (values[step] - values[step - 1]) / moved;
        }
    }
    effects
}
