//! How exact a sweep is: intervals of its metrics from exact sums, and the rule that stops when they are narrow enough.

use super::columns::columns;
use super::experiment::{Metric, Watched};
use super::plan::Plan;
use crate::engine::Rules;

/// The two-sided 95 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Sums of a metric at a point: whole numbers, so that the order of runs does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many runs.
    pub runs: u64,
    sum: i128,
    squares: i128,
}

impl Sums {
    /// Adds a run.
    pub fn add(&mut self, value: i64) {
        self.runs += 1;
        self.sum += i128::from(value);
        self.squares += i128::from(value) * i128::from(value);
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.sum as f64 / self.runs.max(1) as f64
    }

    /// The sample variance.
    fn variance(&self) -> f64 {
        let n = i128::from(self.runs);
        if n < 2 {
            return f64::INFINITY;
        }
        (n * self.squares - self.sum * self.sum) as f64 / (n * (n - 1)) as f64
    }

    /// Half the width of the 95 % interval if there were so many runs: Wilson's for a share, normal for a mean.
    pub fn half_width(&self, share: bool, runs: u64) -> f64 {
        let n = runs as f64;
        if runs == 0 || self.runs == 0 {
            return f64::INFINITY;
        }
        if share {
            let p = self.mean();
            return Z / (1.0 + Z * Z / n) * libm::sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
        }
        Z * libm::sqrt(self.variance() / n)
    }

    /// The runs that a half-width takes; nothing if more than can be counted.
    pub fn needed(&self, share: bool, half_width: f64) -> Option<u64> {
        let enough = |runs: u64| self.half_width(share, runs) <= half_width;
        let mut high = 2;
        while !enough(high) {
            high = high.checked_mul(2).filter(|high| *high < 1 << 50)?;
        }
        let mut low = high / 2;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if enough(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }
}

/// Every metric at every point.
#[derive(Clone, Debug)]
pub struct Tally {
    metrics: Vec<Metric>,
    /// The column of each metric.
    columns: Vec<usize>,
    status: usize,
    /// By point, then metric.
    sums: Vec<Sums>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(plan: &Plan, rules: &Rules, metrics: Vec<Metric>) -> Tally {
        let columns = columns(rules, &plan.experiment.factors);
        let position = |name: &str| columns.iter().position(|column| column.name == name);
        let of = |metric: &Metric| position(metric.of.column()).expect("metrics are checked");
        Tally {
            columns: metrics.iter().map(of).collect(),
            status: position("status").expect("rows have a status"),
            sums: vec![Sums::default(); plan.points as usize * metrics.len()],
            metrics,
        }
    }

    /// Counts a row; one without measurements is left out.
    pub fn add(&mut self, row: &csv::StringRecord) {
        let cell = |column: usize| row.get(column).unwrap_or("");
        if cell(self.status) != super::rows::Status::Done.word() {
            return;
        }
        let point = cell(1).parse::<usize>().unwrap_or(0);
        for (m, (metric, column)) in self.metrics.iter().zip(&self.columns).enumerate() {
            let number = || cell(*column).parse::<i64>().unwrap_or(0);
            let value = match &metric.of {
                Watched::Mean(_) => number(),
                Watched::Share(_, word) => i64::from(cell(*column) == word),
                Watched::AtLeast(_, least) => i64::from(number() >= *least),
            };
            self.sums[point * self.metrics.len() + m].add(value);
        }
    }

    /// The metrics and their sums at a point.
    pub fn at(&self, point: usize) -> impl Iterator<Item = (&Metric, &Sums)> {
        let count = self.metrics.len();
        self.metrics.iter().zip(&self.sums[point * count..][..count])
    }

    /// Whether every metric that has a half-width is that exact at every point.
    pub fn exact_enough(&self) -> bool {
        let points = self.sums.len() / self.metrics.len().max(1);
        (0..points).flat_map(|point| self.at(point)).all(|(metric, sums)| {
            metric.half_width.is_none_or(|wanted| sums.half_width(metric.of.is_share(), sums.runs) <= wanted)
        })
    }
}

impl Watched {
    /// Whether it is a share, and not a mean.
    pub fn is_share(&self) -> bool {
        !matches!(self, Watched::Mean(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(values: impl IntoIterator<Item = i64>) -> Sums {
        let mut sums = Sums::default();
        values.into_iter().for_each(|value| sums.add(value));
        sums
    }

    #[test]
    fn intervals_are_wilsons_for_shares_and_normal_for_means() {
        // 5 of 50: Wilson's 95 % interval is 0.0435 to 0.2136 (Newcombe 1998, method 3).
        let share = sums((0..50).map(|run| i64::from(run < 5)));
        assert!((share.half_width(true, 50) - (0.2136 - 0.0435) / 2.0).abs() < 1e-4);
        // 1 to 5: variance 2.5, standard error 0.7071.
        let mean = sums(1..=5);
        assert!((mean.half_width(false, 5) - Z * std::f64::consts::FRAC_1_SQRT_2).abs() < 1e-6);
        assert_eq!(sums([7]).half_width(false, 1), f64::INFINITY);
    }

    #[test]
    fn the_runs_needed_are_the_fewest_that_do() {
        let share = sums((0..100).map(|run| i64::from(run < 20)));
        for wanted in [0.1, 0.01, 0.001] {
            let runs = share.needed(true, wanted).unwrap();
            assert!(share.half_width(true, runs) <= wanted && share.half_width(true, runs - 1) > wanted);
        }
        assert_eq!(sums([3, 3, 3]).needed(false, 0.1), Some(2), "what never varies needs no more");
    }
}
