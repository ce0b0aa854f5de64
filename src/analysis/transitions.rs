//! The transition matrix: from which standing rung a turn led to which.

use super::luck::ByLuck;
use crate::statistics::interval::Estimate;
use crate::sweep::rows::{Results, Table};

/// Columns of `steps.csv` that a matrix is made of.
pub const STEP_COLUMNS: [&str; 2] = ["run", "standing"];

/// Shares of turns by the standing rung before them and after them. Every turn of every run is counted once.
#[derive(Clone, Debug, PartialEq)]
pub struct Transitions {
    /// The rungs that any turn ended at, ascending.
    pub rungs: Vec<i64>,
    /// First turns, then the others by the rung before them, ascending.
    pub rows: Vec<Row>,
}

/// Turns that began alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The standing rung before them. Nothing before a run's first turn, in which the scenario's opening strikes: that is
    /// no step from rung 0.
    pub rung: Option<i64>,
    /// How many.
    pub turns: u64,
    /// By the rung after: the share of them that led there.
    pub shares: Vec<Estimate>,
}

impl Transitions {
    /// The matrix of all runs of a sweep, from its turns; nothing if there are none.
    ///
    /// Turns of one run are not independent: the intervals count lucks.
    pub fn of(results: &Results, steps: &Table) -> Option<Transitions> {
        let (runs, standing) = (steps.cells(steps.column("run")?), steps.cells(steps.column("standing")?));
        let before = |turn: usize| (turn > 0 && runs[turn] == runs[turn - 1]).then(|| standing[turn - 1]);
        let turns: Vec<(usize, Option<i64>, i64)> = (0..runs.len())
            .filter_map(|turn| {
                Some((results.luck(results.row_of(runs[turn])?), before(turn), standing[turn]))
            })
            .collect();
        let mut rungs: Vec<i64> = turns.iter().map(|turn| turn.2).collect();
        rungs.sort_unstable();
        rungs.dedup();
        let row = |rung: Option<i64>| {
            let mut shares = vec![ByLuck::new(results.luck_count()); rungs.len()];
            let mut count = 0;
            for (luck, _, to) in turns.iter().filter(|turn| turn.1 == rung) {
                count += 1;
                for (share, rung) in shares.iter_mut().zip(&rungs) {
                    share.push(*luck, i64::from(to == rung));
                }
            }
            Row { rung, turns: count, shares: shares.iter().map(ByLuck::share).collect() }
        };
        let rows = std::iter::once(None).chain(rungs.iter().copied().map(Some)).map(row).collect();
        (!turns.is_empty()).then_some(Transitions { rungs, rows })
    }
}
