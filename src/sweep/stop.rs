//! How exact a sweep is: intervals of its metrics from exact sums, and the rule that stops when they are narrow enough.

use super::columns::columns;
use super::experiment::{Metric, Watched};
use super::plan::Plan;
use crate::engine::Rules;
use crate::statistics::Moments;
use crate::statistics::share::wilson;

/// Every metric at every point.
#[derive(Clone, Debug)]
pub struct Tally {
    metrics: Vec<Metric>,
    /// The column of each metric.
    columns: Vec<usize>,
    status: usize,
    /// By point, then metric.
    sums: Vec<Moments>,
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
            sums: vec![Moments::default(); plan.points as usize * metrics.len()],
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
            self.sums[point * self.metrics.len() + m].push(value);
        }
    }

    /// The metrics and their sums at a point.
    pub fn at(&self, point: usize) -> impl Iterator<Item = (&Metric, &Moments)> {
        let count = self.metrics.len();
        self.metrics.iter().zip(&self.sums[point * count..][..count])
    }

    /// Whether every metric that has a half-width is that exact at every point.
    pub fn exact_enough(&self) -> bool {
        let points = self.sums.len() / self.metrics.len().max(1);
        (0..points).flat_map(|point| self.at(point)).all(|(metric, sums)| {
            metric.half_width.is_none_or(|wanted| metric.of.half_width(sums, sums.count) <= wanted)
        })
    }
}

impl Watched {
    /// Whether it is a share, and not a mean.
    pub fn is_share(&self) -> bool {
        !matches!(self, Watched::Mean(_))
    }

    /// Half the width of the 95 % interval that an analysis would show if there were so many runs, as spread as these:
    /// Wilson's for a share, Student's for a mean. Infinite if nothing is known.
    pub fn half_width(&self, seen: &Moments, runs: u64) -> f64 {
        if !self.is_share() {
            return seen.half_width(runs);
        }
        if seen.count == 0 || runs == 0 {
            return f64::INFINITY;
        }
        wilson(seen.mean(), runs as f64).half_width()
    }

    /// The runs that a half-width takes; nothing if more than can be counted.
    pub fn needed(&self, seen: &Moments, half_width: f64) -> Option<u64> {
        let enough = |runs: u64| self.half_width(seen, runs) <= half_width;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Share;

    fn seen(values: impl IntoIterator<Item = i64>) -> Moments {
        values.into_iter().collect()
    }

    fn mean() -> Watched {
        Watched::Mean("peak".to_owned())
    }

    fn share() -> Watched {
        Watched::AtLeast("peak".to_owned(), 5)
    }

    #[test]
    fn a_sweep_stops_by_the_intervals_that_an_analysis_shows() {
        let five = seen((0..50).map(|run| i64::from(run < 5)));
        let shown = Share::new(5, 50).interval().half_width();
        assert!((share().half_width(&five, 50) - shown).abs() < 1e-12);
        // 1 to 5: variance 2.5, standard error 0.7071, and t of four degrees of freedom.
        let few = seen(1..=5);
        assert!((mean().half_width(&few, 5) - 2.776_445 * std::f64::consts::FRAC_1_SQRT_2).abs() < 1e-6);
        assert!((mean().half_width(&few, 5) - few.estimate().interval.half_width()).abs() < 1e-12);
        assert_eq!(mean().half_width(&seen([7]), 1), f64::INFINITY);
        assert_eq!(share().half_width(&seen([]), 9), f64::INFINITY);
    }

    #[test]
    fn the_runs_needed_are_the_fewest_that_do() {
        let (some, spread) = (seen((0..100).map(|run| i64::from(run < 20))), seen(0..40));
        for wanted in [0.1, 0.01, 0.001] {
            for (of, seen) in [(share(), &some), (mean(), &spread)] {
                let runs = of.needed(seen, wanted).unwrap();
                assert!(of.half_width(seen, runs) <= wanted && of.half_width(seen, runs - 1) > wanted);
            }
        }
        assert_eq!(mean().needed(&seen([3, 3, 3]), 0.1), Some(2), "what never varies needs no more");
    }
}
