//! The transition matrix: from which standing rung a turn led to which.

use super::luck::ByLuck;
use crate::statistics::interval::Estimate;
use crate::sweep::rows::{Results, Table};

/// Columns of `steps.csv` that a matrix is made of.
pub const STEP_COLUMNS: [&str; 2] = ["run", "standing"];

/// Shares of turns by the standing rung before them and after them.
#[derive(Clone, Debug, PartialEq)]
pub struct Transitions {
    /// The rungs that any turn stood at, ascending.
    pub rungs: Vec<i64>,
    /// By the rung before and the rung after: the share of turns from the first that led to the second.
    pub shares: Vec<Vec<Estimate>>,
    /// By the rung before: turns that began there, and another turn of their run came before them.
    pub turns: Vec<u64>,
}

impl Transitions {
    /// The matrix of all runs of a sweep, from its turns; nothing if no run has two.
    ///
    /// Turns of one run are not independent: the intervals count lucks.
    pub fn of(results: &Results, steps: &Table) -> Option<Transitions> {
        let (runs, standing) = (steps.cells(steps.column("run")?), steps.cells(steps.column("standing")?));
        let pairs: Vec<(usize, i64, i64)> = (1..runs.len())
            .filter(|turn| runs[*turn] == runs[turn - 1])
            .filter_map(|turn| {
                Some((results.luck(results.row_of(runs[turn])?), standing[turn - 1], standing[turn]))
            })
            .collect();
        let mut rungs: Vec<i64> = pairs.iter().flat_map(|(_, from, to)| [*from, *to]).collect();
        rungs.sort_unstable();
        rungs.dedup();
        let row = |from: &i64| {
            let mut row = vec![ByLuck::new(results.luck_count()); rungs.len()];
            for (luck, _, to) in pairs.iter().filter(|pair| pair.1 == *from) {
                for (share, rung) in row.iter_mut().zip(&rungs) {
                    share.push(*luck, i64::from(to == rung));
                }
            }
            row.iter().map(ByLuck::share).collect()
        };
        let shares = rungs.iter().map(row).collect();
        let turns = |from: &i64| pairs.iter().filter(|pair| pair.1 == *from).count() as u64;
        let turns = rungs.iter().map(turns).collect();
        (!rungs.is_empty()).then_some(Transitions { rungs, shares, turns })
    }
}
