//! One side of a pair of games, played run by run.

use super::arms::Side;
use super::outcome::Reader;
use crate::engine::Game;
use crate::session::runner::{BATCH_BUDGET, Table, run_within};
use crate::sweep::Measure;

/// Pairs that are played at a time.
pub(super) const PIECE: u64 = 50;

/// A game of one side, with those who play it.
pub(super) struct Seating {
    game: Game,
    table: Table,
    measure: Measure,
    reader: Reader,
}

impl Seating {
    pub fn new(side: &Side, seed: u64) -> Result<Seating, String> {
        let game = Game::new(side.rules.clone(), seed, 0);
        let table = Table::new(&game, seed, 0, &side.policies).map_err(|unknown| unknown.to_string())?;
        let measure = Measure::new(&side.rules, false);
        Ok(Seating { game, table, measure, reader: Reader::new(&side.rules) })
    }

    /// Plays a run and reads its outcomes; false if it did not end.
    pub fn play(&mut self, seed: u64, luck: u64, row: &mut Vec<i64>) -> Result<bool, String> {
        self.game.restart(seed, luck);
        self.table.restart(&self.game, seed, luck).map_err(|unknown| unknown.to_string())?;
        self.measure.begin(&self.game);
        let played = run_within(BATCH_BUDGET, &mut self.game, &mut self.table, &mut self.measure);
        if let Ok(outcome) = &played {
            self.reader.read(outcome, &mut self.measure, row);
        }
        Ok(played.is_ok())
    }

    /// The levels of all tracks, as the last run left them.
    pub fn levels(&self) -> &[i32] {
        self.measure.levels()
    }

    /// Everything that was measured in the last run.
    pub fn measured(&self) -> &[i64] {
        self.reader.row()
    }
}
