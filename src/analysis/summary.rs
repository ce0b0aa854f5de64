//! The summary of a sweep: every number that its runs measured, with its interval, at one design point or over all.

use super::figure::Figure;
use super::luck::ByLuck;
use super::quantile::Sample;
use crate::statistics::interval::{Estimate, Interval};
use crate::sweep::rows::{Column, Kind, Results};

/// The quantiles that are told of every column.
pub const QUANTILES: [f64; 3] = [0.05, 0.5, 0.95];

/// A share of runs by a word.
#[derive(Clone, Debug, PartialEq)]
pub struct WordShare {
    /// The word.
    pub word: String,
    /// The share of runs that have it.
    pub share: Estimate,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The column.
    pub column: Column,
    /// Its mean.
    pub mean: Estimate,
    /// Its [`QUANTILES`].
    pub quantiles: [Estimate; 3],
}

/// The runs of a design point, or of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The design point; nothing for all.
    pub point: Option<usize>,
    /// Runs with measurements.
    pub runs: u64,
    /// Runs that did not end.
    pub budget: u64,
    /// Runs that panicked.
    pub panics: u64,
    /// The figures that were asked for, in their order.
    pub figures: Vec<Estimate>,
}

/// All that was measured at a design point, or over all.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// How it ended.
    pub endings: Vec<WordShare>,
    /// What kind of end that was.
    pub classes: Vec<WordShare>,
    /// The shares of runs that went so high, from rung 1.
    pub reached: Vec<(i64, Estimate)>,
    /// Every column.
    pub columns: Vec<Spread>,
}

/// The rows of a design point, or all.
struct Lot<'a> {
    results: &'a Results,
    rows: Vec<u32>,
    /// Whether every row has luck of its own: at one design point none meets the same dice twice.
    alone: bool,
}

impl<'a> Lot<'a> {
    fn of(results: &'a Results, point: Option<usize>) -> Lot<'a> {
        let rows: Vec<u32> = match point {
            Some(point) => results.points[point].rows.clone(),
            None => results.points.iter().flat_map(|point| point.rows.iter().copied()).collect(),
        };
        Lot { results, alone: point.is_some() || rows.len() == results.luck_count(), rows }
    }

    fn gathered(&self, value: impl Fn(u32) -> i64) -> ByLuck {
        let mut all = ByLuck::new(if self.alone { self.rows.len() } else { self.results.luck_count() });
        for (at, row) in self.rows.iter().enumerate() {
            all.push(if self.alone { at } else { self.results.luck(*row) }, value(*row));
        }
        all
    }

    fn share(&self, holds: impl Fn(u32) -> bool) -> Estimate {
        self.gathered(|row| i64::from(holds(row))).share()
    }
}

impl Summary {
    /// Sums up a design point, or all of them.
    pub fn of(results: &Results, figures: &[Figure], point: Option<usize>) -> Summary {
        let lot = Lot::of(results, point);
        let estimate = |figure: &Figure| {
            let values = lot.gathered(|row| figure.value(results, row));
            if figure.is_share() { values.share() } else { values.mean().within(figure.range()) }
        };
        let points = point.map_or(results.points.as_slice(), |point| &results.points[point..=point]);
        Summary {
            point,
            runs: lot.rows.len() as u64,
            budget: points.iter().map(|point| point.budget).sum(),
            panics: points.iter().map(|point| point.panics).sum(),
            figures: figures.iter().map(estimate).collect(),
        }
    }
}

impl Details {
    /// Sums up every column of a design point, or of all.
    pub fn of(results: &Results, point: Option<usize>) -> Details {
        let lot = Lot::of(results, point);
        let peaks = results.runs.column("peak").map_or(&[][..], |column| results.runs.cells(column));
        let highest = peaks.iter().copied().max().unwrap_or(0);
        let reached = |rung| (rung, lot.share(|row| peaks[row as usize] >= rung));
        let whole = results.measured().filter(|(_, column)| column.kind == Kind::Whole);
        Details {
            endings: words(&lot, "ending"),
            classes: words(&lot, "class"),
            reached: (1..=highest).map(reached).collect(),
            columns: whole.map(|(at, column)| spread(&lot, at, column)).collect(),
        }
    }
}

/// The shares of all words of a column, the most frequent first.
fn words(lot: &Lot<'_>, column: &str) -> Vec<WordShare> {
    let runs = &lot.results.runs;
    let Some(column) = runs.column(column) else { return Vec::new() };
    let cells = runs.cells(column);
    let share = |(id, word): (usize, &String)| WordShare {
        word: word.clone(),
        share: lot.share(|row| cells[row as usize] == id as i64),
    };
    let mut shares: Vec<WordShare> = runs.words(column).iter().enumerate().map(share).collect();
    shares.sort_by(|a, b| b.share.value.total_cmp(&a.share.value).then_with(|| a.word.cmp(&b.word)));
    shares
}

fn spread(lot: &Lot<'_>, at: usize, column: &Column) -> Spread {
    let cells = lot.results.runs.cells(at);
    let sample = Sample::new(lot.rows.iter().map(|row| cells[*row as usize] as f64).collect());
    let quantile = |p: f64| {
        if lot.alone {
            return sample.estimate(p);
        }
        let value = sample.quantile(p);
        let below = lot.gathered(|row| i64::from(cells[row as usize] as f64 <= value));
        Estimate { value, interval: woodruff(&sample, p, &below), cases: below.lucks() }
    };
    Spread {
        column: column.clone(),
        mean: lot.gathered(|row| cells[row as usize]).mean().within(column.range()),
        quantiles: QUANTILES.map(quantile),
    }
}

/// The interval of a quantile of runs that share luck: the interval of the share of runs at or below it, turned back
/// into values (Woodruff 1952).
fn woodruff(sample: &Sample, p: f64, below: &ByLuck) -> Interval {
    let Some(half) = below.wald() else { return Interval::EVERYTHING };
    let end = |p: f64, open: f64| if (0.0..=1.0).contains(&p) { sample.quantile(p) } else { open };
    Interval::new(end(p - half, f64::NEG_INFINITY), end(p + half, f64::INFINITY))
}
