//! What shows when games are played: every seat by each of its doctrines, in all their combinations.
//!
//! Run by run only counts are kept, so that a million runs need no more memory than ten.

mod seating;
mod tally;
mod verdict;
mod watch;

pub use seating::combinations;

use crate::engine::{Game, Rules};
use crate::session::pool::in_order;
use crate::session::runner::{BATCH_BUDGET, Table, run_within};
use seating::{Seating, Spread};
use std::sync::Arc;
use tally::Tally;
use watch::Watch;

/// Games that a worker plays before it looks for more; they share doctrines.
const PIECE: u64 = 10;

/// How much is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Games.
    pub runs: u64,
    /// The seed of the first game; each further one has the next.
    pub seed: u64,
    /// Threads; the result does not depend on them.
    pub threads: usize,
}

/// What games came to.
#[derive(Clone, Debug)]
pub struct Played {
    effort: Effort,
    spread: Spread,
    tally: Tally,
}

impl Played {
    /// Plays games of these rules. `watch` is told how many are done, and says whether to go on; nothing if it said no.
    ///
    /// # Errors
    /// In words, if the doctrines of the scenario cannot play it.
    pub fn new(
        rules: &Arc<Rules>,
        effort: Effort,
        watch: &(dyn Fn(u64) -> bool + Sync),
    ) -> Result<Option<Played>, String> {
        let spread = Spread::new(rules.scenario(), effort.runs);
        let pieces = spread.pieces(PIECE);
        let played = in_order(pieces.len() as u64, effort.threads, &|done| watch(done * PIECE), || {
            |piece: u64| {
                let (seating, runs) = &pieces[piece as usize];
                play(rules, effort.seed, &spread.players(*seating), runs)
            }
        });
        let Some(played) = played else { return Ok(None) };
        let mut tally = Tally::new(rules);
        for part in played {
            tally.merge(&part?);
        }
        Ok(Some(Played { effort, spread, tally }))
    }
}

/// Plays some runs with the same players.
fn play(rules: &Arc<Rules>, first_seed: u64, players: &Seating, runs: &[u64]) -> Result<Tally, String> {
    let mut tally = Tally::new(rules);
    let mut watch = Watch::new(rules);
    let seed = |run: u64| first_seed.wrapping_add(run);
    let first = seed(runs.first().copied().unwrap_or(0));
    let mut game = Game::new(Arc::clone(rules), first, 0);
    let mut table = Table::new(&game, first, 0, players).map_err(|unknown| unknown.to_string())?;
    for &run in runs {
        game.restart(seed(run), 0);
        table.restart(&game, seed(run), 0).map_err(|unknown| unknown.to_string())?;
        watch.begin();
        let outcome = run_within(BATCH_BUDGET, &mut game, &mut table, &mut watch).ok();
        tally.count(run, &watch, outcome.as_ref());
    }
    Ok(tally)
}
