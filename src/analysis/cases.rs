//! Cases for scenario discovery: the factors of every design point, and how many of its runs are of interest.

use super::contrast::Outcomes;
use super::figure::Figure;
use super::luck::ByLuck;
use crate::statistics::interval::Estimate;
use crate::sweep::rows::{Results, Value};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::collections::BTreeSet;
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
    /// The runs of every case.
    pub outcomes: Vec<Outcomes>,
    /// Runs of interest of every case.
    pub hits: Vec<u64>,
    /// How many runs every case has.
    pub runs: Vec<u64>,
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
        let run = |row: &u32| (results.luck(*row), condition.value(results, *row) > 0);
        let outcomes = |point: &usize| results.points[*point].rows.iter().map(run).collect();
        Cases::new(names, values, points.iter().map(outcomes).collect())
    }

    /// Cases by the values of their factors and by their runs.
    pub fn new(names: Vec<String>, values: Vec<Values>, outcomes: Vec<Outcomes>) -> Cases {
        let hits = outcomes.iter().map(|runs| runs.iter().filter(|run| run.1).count() as u64).collect();
        let runs = outcomes.iter().map(|runs| runs.len() as u64).collect();
        Cases { names, values, outcomes, hits, runs }
    }

    /// Half of the cases, each with every other luck alone: one half or the other, which have neither a design point nor a
    /// luck in common. Points are dealt at random, the same on every run.
    pub fn half(&self, which: usize) -> Cases {
        let mut dealt: Vec<usize> = (0..self.len()).map(|case| case % 2).collect();
        let mut luck = ChaCha8Rng::seed_from_u64(self.len() as u64);
        for last in (1..dealt.len()).rev() {
            dealt.swap(last, ((u64::from(luck.next_u32()) * (last as u64 + 1)) >> 32) as usize);
        }
        let runs = |case: usize| -> Outcomes {
            self.outcomes[case].iter().filter(|run| run.0 % 2 == which).copied().collect()
        };
        let (kept, outcomes): (Vec<usize>, Vec<Outcomes>) = (0..self.len())
            .filter(|case| dealt[*case] == which)
            .map(|case| (case, runs(case)))
            .filter(|(_, runs)| !runs.is_empty())
            .unzip();
        let values = self.values.iter().map(|values| values.of_cases(&kept)).collect();
        Cases::new(self.names.clone(), values, outcomes)
    }

    /// How many lucks they met.
    pub fn lucks(&self) -> usize {
        let lucks: BTreeSet<usize> = self.outcomes.iter().flatten().map(|run| run.0).collect();
        lucks.len()
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
    pub fn share(&self, cases: &[usize]) -> Estimate {
        let runs = || cases.iter().flat_map(|case| &self.outcomes[*case]);
        let mut all = ByLuck::new(runs().map(|run| run.0 + 1).max().unwrap_or(0));
        runs().for_each(|(luck, holds)| all.push(*luck, i64::from(*holds)));
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
    /// The values of some cases.
    fn of_cases(&self, cases: &[usize]) -> Values {
        match self {
            Values::Numbers(numbers) => Values::Numbers(cases.iter().map(|case| numbers[*case]).collect()),
            Values::Words(known, words) => {
                Values::Words(known.clone(), cases.iter().map(|case| words[*case]).collect())
            }
        }
    }

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
