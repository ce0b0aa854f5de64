//! Rare events: multilevel splitting on the ladder.
//!
//! Many games are played at once. Each stands still at the first turn that begins after it has passed the next
//! level; games that end below it are replaced by forks of those that got there, and every game then stands for
//! fewer. The sum over all games that ever ended, each by what it then stood for, estimates a chance without bias,
//! whatever the levels and the number of games: it is generalised adaptive multilevel splitting (Bréhier, Gazeau,
//! Goudenège, Lelièvre and Rousset 2016) with the levels given, so that ties, which a ladder is full of, are all
//! replaced together. How far independent repeats of it differ gives the interval.
//!
//! The first games of all are the runs of a sweep with the same seed.

mod climber;
mod condition;
mod level;
mod repeat;

pub use condition::Condition;
pub use level::Level;
pub use repeat::{Repeat, Stage};

use self::climber::Climber;
use super::folder::SweepError;
use super::plan::Plan;
use crate::engine::{Rules, bind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How an event is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splitting {
    /// Where games are forked, rising.
    pub levels: Vec<Level>,
    /// Games played at once.
    pub games: u64,
    /// Independent repeats.
    pub repeats: u64,
}

/// The rules of the one point of a plan.
///
/// # Errors
/// If the plan has several points, or a setting is not as it should be.
pub fn rules(plan: &Plan) -> Result<Arc<Rules>, SweepError> {
    if plan.points != 1 {
        let why = format!("the design has {} points; a chance is one point's", plan.points);
        return Err(SweepError::NoSuchRun(why));
    }
    let settings = plan.settings(&plan.values(0));
    bind(&plan.scenario, &settings).map_err(|all| SweepError::NoSuchRun(all.join("; ")))
}

/// Plays every repeat, on so many threads. What comes out does not depend on their number. `watch` is told how many
/// repeats are done.
///
/// # Errors
/// If a game cannot be set up, or does not end.
pub fn split(
    plan: &Plan,
    rules: &Arc<Rules>,
    condition: &Condition,
    splitting: &Splitting,
    threads: usize,
    watch: &(dyn Fn(u64) + Sync),
) -> Result<Vec<Repeat>, SweepError> {
    let (next, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let work = || {
        let mut climber = Climber::new(plan, rules, condition, splitting)?;
        let mut found = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= splitting.repeats {
                return Ok(found);
            }
            found.push((number, climber.climb(number)?));
            watch(done.fetch_add(1, Ordering::Relaxed) + 1);
        }
    };
    let threads = threads.clamp(1, usize::try_from(splitting.repeats).unwrap_or(usize::MAX));
    let mut found = Vec::new();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            let repeats: Result<Vec<(u64, Repeat)>, String> =
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            found.extend(repeats.map_err(SweepError::NoSuchRun)?);
        }
        Ok::<(), SweepError>(())
    })?;
    found.sort_by_key(|(number, _)| *number);
    Ok(found.into_iter().map(|(_, repeat)| repeat).collect())
}
