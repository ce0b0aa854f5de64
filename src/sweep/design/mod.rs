//! Designs: which points of the factors' space are run.
//!
//! Every design is a pure function: a point's place follows from the seed and its number alone, so that any shard can
//! work out any point without the others.

mod grid;
mod latin_hypercube;
mod list;
mod luck;
mod morris;
mod one_at_a_time;
mod saltelli;
mod sobol;
mod table;
#[cfg(test)]
mod tests;

pub(super) use luck::shuffled;
pub use sobol::{MOST_DIMENSIONS, MOST_POINTS};
pub use table::{read_table, write_table};

use super::factor::{Factor, Spot, Value};
use serde::{Deserialize, Serialize};

/// A design as an author writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Design {
    /// These points, each once: the values of all factors in order, as `--set` would have them.
    List(Vec<Vec<Value>>),
    /// The points of a CSV file beside the experiment: a column a factor, a row a point. A sample that another tool drew
    /// may have a point more than once.
    Table(String),
    /// All levels of every factor with all of every other; a range gives this many values.
    Grid {
        /// Values that a range gives.
        steps: u32,
    },
    /// The scenario's own values, then each factor moved alone through all its values.
    OneAtATime {
        /// Values that a range gives.
        steps: u32,
    },
    /// As many points as strata: every factor has one point in each of its strata (McKay et al. 1979).
    LatinHypercube {
        /// How many.
        points: u32,
    },
    /// Scrambled Sobol points.
    Sobol {
        /// How many.
        points: u32,
    },
    /// Morris's trajectories: along each, every factor moves once by half its range (Morris 1991).
    Morris {
        /// How many trajectories.
        trajectories: u32,
        /// How many values a factor may have: an even number.
        levels: u32,
    },
    /// Saltelli's sample for Sobol indices, laid out as in SALib (Saltelli 2002).
    Saltelli {
        /// How many base points: a power of two.
        base: u32,
        /// Whether the indices of pairs are wanted too.
        second_order: bool,
    },
}

impl Default for Design {
    fn default() -> Design {
        Design::Grid { steps: 2 }
    }
}

/// Where a value of a point comes from.
pub(super) enum Place<'a> {
    /// It is given.
    Given(&'a Value),
    /// It lies in the factor's span.
    Spot(Spot),
}

impl Design {
    /// How many points there are; `None` if more than can be counted.
    pub fn points(&self, factors: &[Factor]) -> Option<u64> {
        let d = factors.len() as u64;
        match self {
            Design::List(points) => Some(list::points(points)),
            Design::Table(_) => Some(0),
            Design::Grid { steps } => grid::points(factors, *steps),
            Design::OneAtATime { steps } => one_at_a_time::points(factors, *steps),
            Design::LatinHypercube { points } | Design::Sobol { points } => Some(u64::from(*points)),
            Design::Morris { trajectories, .. } => morris::points(*trajectories, d),
            Design::Saltelli { base, second_order } => saltelli::points(*base, *second_order, d),
        }
    }

    /// Where a point lies along a factor.
    pub(super) fn place(&self, factors: &[Factor], seed: u64, point: u64, factor: usize) -> Place<'_> {
        let d = factors.len();
        Place::Spot(match self {
            Design::List(points) => return Place::Given(list::value(points, point, factor)),
            Design::Table(_) => Spot::Own,
            Design::Grid { steps } => grid::spot(factors, *steps, point, factor),
            Design::OneAtATime { steps } => one_at_a_time::spot(factors, *steps, point, factor),
            Design::LatinHypercube { points } => latin_hypercube::spot(*points, seed, point, factor),
            Design::Sobol { .. } => sobol::spot(seed, point, factor),
            Design::Morris { levels, .. } => morris::spot(*levels, d, seed, point, factor),
            Design::Saltelli { second_order, .. } => saltelli::spot(*second_order, d, seed, point, factor),
        })
    }

    /// The values of all factors at a point.
    pub fn values(&self, factors: &[Factor], seed: u64, point: u64) -> Vec<Value> {
        let value = |(k, factor): (usize, &Factor)| match self.place(factors, seed, point, k) {
            Place::Given(value) => value.clone(),
            Place::Spot(spot) => factor.value(spot),
        };
        factors.iter().enumerate().map(value).collect()
    }

    /// The points of a list that have all values of an earlier one, each with that one.
    pub fn repeats(&self) -> Vec<(u64, u64)> {
        if let Design::List(points) = self { list::repeats(points) } else { Vec::new() }
    }

    /// What is wrong with the design's own numbers or with what it makes of the factors, and what would be right.
    pub fn fault(&self, factors: &[Factor]) -> Option<(String, String)> {
        let d = factors.len();
        let wrong = |what: &str, expected: String| Some((what.to_owned(), expected));
        if d == 0 && !matches!(self, Design::Grid { .. } | Design::List(_)) {
            return wrong("a design without factors", "at least one entry in `factors`".to_owned());
        }
        // The same games twice would count as more.
        if let Some((factor, level)) =
            factors.iter().find_map(|factor| Some((factor, factor.span.repeated()?)))
        {
            return wrong(&format!("`{}` takes {level} twice", factor.name), "every level once".to_owned());
        }
        match self {
            Design::Grid { steps } | Design::OneAtATime { steps } if !(2..=1000).contains(steps) => {
                wrong(&format!("{steps} steps"), "2 to 1000 steps".to_owned())
            }
            Design::LatinHypercube { points: 0 } => wrong("an empty design", "at least one point".to_owned()),
            Design::Sobol { points } if !(1..=MOST_POINTS).contains(points) || d > MOST_DIMENSIONS => {
                wrong(&format!("{points} Sobol points of {d} factors"), sobol::limits(1))
            }
            Design::Morris { trajectories: 0, .. } => {
                wrong("an empty design", "at least one trajectory".to_owned())
            }
            Design::Morris { levels, .. } if levels % 2 == 1 || !(2..=1000).contains(levels) => {
                wrong(&format!("{levels} levels"), "an even number from 2 to 1000".to_owned())
            }
            Design::Saltelli { base, .. }
                if !base.is_power_of_two() || *base > MOST_POINTS || 2 * d > MOST_DIMENSIONS =>
            {
                let expected = format!("a power of two; {}", sobol::limits(2));
                wrong(&format!("{base} base points of {d} factors"), expected)
            }
            Design::List(points) => list::fault(points, d),
            _ => None,
        }
    }
}
