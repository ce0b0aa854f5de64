//! Cases for scenario discovery: the factors of every design point, and how many of its runs are of interest.

use super::figure::Figure;
use super::luck::ByLuck;
use crate::statistics::interval::Estimate;
use crate::sweep::rows::{Results, Value};
use std::fmt;

/// The values of a factor over all cases.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers.
    Numbers(Vec<f64>),
    /// Words, by their positions in the list.
    Words(Vec<String>, Vec<usize>),
}

/// Design points as cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cases {
    /// The factors' names.
    pub names: Vec<String>,
    /// Their values, case by case.
    pub values: Vec<Values>,
    /// Runs of interest of every case.
    pub hits: Vec<u64>,
    /// Runs of every case.
    pub runs: Vec<u64>,
    /// The design point of every case.
    points: Vec<usize>,
}

/// What a box or a branch asks of a factor.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// A number between two, both included; an infinite end is open.
    Between(f64, f64),
    /// One of these words, by their positions.
    OneOf(Vec<usize>),
}

impl Cases {
    /// The design points of a sweep, and the runs of which a condition holds.
    pub fn of(results: &Results, condition: &Figure) -> Cases {
        let points: Vec<usize> =
            (0..results.points.len()).filter(|point| !results.points[*point].rows.is_empty()).collect();
        let rows: Vec<Vec<Value>> = points.iter().map(|point| results.values(*point)).collect();
        let names: Vec<String> = results.experiment.factors.iter().map(|f| f.name.clone()).collect();
        let values = (0..names.len()).map(|k| Values::of(rows.iter().map(|row| &row[k]))).collect();
        let holds = |point: &usize| {
            results.points[*point].rows.iter().filter(|row| condition.value(results, **row) > 0).count()
                as u64
        };
        let hits = points.iter().map(holds).collect();
        let runs = points.iter().map(|point| results.points[*point].rows.len() as u64).collect();
        Cases { names, values, hits, runs, points }
    }

    /// How many cases.
    pub fn len(&self) -> usize {
        self.hits.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.hits.is_empty()
    }

    /// Runs of interest and runs of some cases.
    pub fn counted(&self, cases: &[usize]) -> (u64, u64) {
        cases.iter().fold((0, 0), |(hits, runs), case| (hits + self.hits[*case], runs + self.runs[*case]))
    }

    /// The share of runs of interest among some cases.
    pub fn density(&self, cases: &[usize]) -> f64 {
        let (hits, runs) = self.counted(cases);
        hits as f64 / runs as f64
    }

    /// Whether a case is within a limit on a factor.
    pub fn within(&self, case: usize, factor: usize, limit: &Limit) -> bool {
        match (&self.values[factor], limit) {
            (Values::Numbers(numbers), Limit::Between(low, high)) => (*low..=*high).contains(&numbers[case]),
            (Values::Words(_, words), Limit::OneOf(allowed)) => allowed.contains(&words[case]),
            _ => false,
        }
    }

    /// A limit in words.
    pub fn told(&self, factor: usize, limit: &Limit) -> String {
        let name = &self.names[factor];
        match (limit, &self.values[factor]) {
            (Limit::OneOf(allowed), Values::Words(words, _)) => {
                let allowed: Vec<&str> = allowed.iter().map(|word| words[*word].as_str()).collect();
                format!("{name} is {}", allowed.join(" or "))
            }
            (Limit::Between(low, high), _) => match (low.is_finite(), high.is_finite()) {
                (true, true) => format!("{name} from {} to {}", Short(*low), Short(*high)),
                (true, false) => format!("{name} at least {}", Short(*low)),
                _ => format!("{name} at most {}", Short(*high)),
            },
            (Limit::OneOf(_), Values::Numbers(_)) => name.clone(),
        }
    }

    /// The share of runs of interest among some cases, with an interval that knows which runs share luck.
    pub fn share(&self, results: &Results, condition: &Figure, cases: &[usize]) -> Estimate {
        let mut all = ByLuck::new(results.luck_count());
        for case in cases {
            for row in &results.points[self.points[*case]].rows {
                all.push(results.luck(*row), condition.value(results, *row));
            }
        }
        all.share()
    }
}

/// A number with at most six decimals and no more than it needs.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.6}", self.0);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Values {
    /// The values of a factor; all are numbers, or all count as words.
    fn of<'a>(values: impl Iterator<Item = &'a Value> + Clone) -> Values {
        let number = |value: &Value| match value {
            Value::Number(millionths) => Some(*millionths as f64 / 1e6),
            Value::Word(_) => None,
        };
        if let Some(numbers) = values.clone().map(number).collect() {
            return Values::Numbers(numbers);
        }
        let mut known: Vec<String> = values.clone().map(ToString::to_string).collect();
        known.sort_unstable();
        known.dedup();
        let at = |value: &Value| known.binary_search(&value.to_string()).unwrap_or(0);
        let places = values.map(at).collect();
        Values::Words(known, places)
    }
}
