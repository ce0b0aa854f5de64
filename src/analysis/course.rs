//! The course of a sweep: which share of its runs stood at which rung when.

use crate::sweep::rows::{Results, Table};

/// Columns of `steps.csv` that a course is made of.
pub const STEP_COLUMNS: [&str; 3] = ["run", "minute", "standing"];

/// The most moments that are looked at.
const MOMENTS: i64 = 60;

/// Minutes of a day.
const DAY: i64 = crate::vocabulary::DAY as i64;

/// Shares of runs by standing rung over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// When it is looked at, in minutes of game time.
    pub minutes: Vec<i64>,
    /// The rungs that any run stood at, ascending.
    pub rungs: Vec<i64>,
    /// By moment, then rung: the share of runs that stood there; what is missing to 1 has ended.
    pub shares: Vec<Vec<f64>>,
}

impl Course {
    /// The course of all runs; nothing if there are none.
    ///
    /// A run stands where its last turn left it, and before its first turn's end where that will leave it.
    pub fn of(results: &Results, steps: &Table) -> Option<Course> {
        let column = |name: &str| Some(steps.cells(steps.column(name)?));
        let (runs, minutes, standing) = (column("run")?, column("minute")?, column("standing")?);
        let last = minutes.iter().copied().max()?;
        let step = (last / MOMENTS / DAY + 1) * DAY;
        let moments: Vec<i64> = (0..=last / step).map(|k| k * step).collect();
        let mut rungs = standing.to_vec();
        rungs.sort_unstable();
        rungs.dedup();
        let rank = |rung: i64| rungs.binary_search(&rung).unwrap_or_default();
        let mut counts = vec![vec![0_u64; rungs.len()]; moments.len()];
        let mut turn = 0;
        while turn < runs.len() {
            let of = runs[turn..].iter().take_while(|run| **run == runs[turn]).count();
            let turns = turn..turn + of;
            let mut at = turns.start;
            for (moment, counts) in moments.iter().zip(&mut counts) {
                if *moment >= minutes[turns.end - 1] {
                    break;
                }
                while at + 1 < turns.end && minutes[at + 1] <= *moment {
                    at += 1;
                }
                counts[rank(standing[at])] += 1;
            }
            turn = turns.end;
        }
        let all: usize = results.points.iter().map(|point| point.rows.len()).sum();
        let share = |count: &u64| *count as f64 / all as f64;
        let shares = counts.iter().map(|counts| counts.iter().map(share).collect()).collect();
        Some(Course { minutes: moments, rungs, shares })
    }
}
