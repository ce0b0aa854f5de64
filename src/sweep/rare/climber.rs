//! One worker: games that climb the ladder together.

use super::condition::Condition;
use super::level::Level;
use super::repeat::{Repeat, Stage};
use super::{Plan, Rules, Splitting};
use crate::engine::Game;
use crate::session::runner::{Table, run_until};
use crate::sweep::design::shuffled;
use crate::sweep::measure::Measure;
use std::sync::Arc;

/// A game, those who play it, and what is measured of it.
#[derive(Clone)]
struct Climb {
    game: Game,
    table: Table,
    measure: Measure,
}

impl Climb {
    fn fork(&self, salt: u64) -> Climb {
        Climb { game: self.game.fork(salt), table: self.table.fork(salt), measure: self.measure.clone() }
    }
}

/// A worker for a splitting.
pub struct Climber<'a> {
    plan: &'a Plan,
    condition: &'a Condition,
    splitting: &'a Splitting,
    climbs: Vec<Climb>,
    row: Vec<i64>,
}

impl<'a> Climber<'a> {
    pub fn new(
        plan: &'a Plan,
        rules: &Arc<Rules>,
        condition: &'a Condition,
        splitting: &'a Splitting,
    ) -> Result<Climber<'a>, String> {
        let seed = plan.experiment.seed;
        let game = Game::new(Arc::clone(rules), seed, 0);
        let table = Table::new(&game, seed, 0, &plan.policies(&plan.values(0)));
        let table = table.map_err(|unknown| unknown.to_string())?;
        let measure = Measure::new(rules, false);
        let climbs = vec![Climb { game, table, measure }; splitting.games as usize];
        Ok(Climber { plan, condition, splitting, climbs, row: Vec::new() })
    }

    /// Plays one repeat.
    pub fn climb(&mut self, number: u64) -> Result<Repeat, String> {
        let (games, levels) = (self.splitting.games, &self.splitting.levels);
        let seed = self.plan.experiment.seed;
        for (run, climb) in (number * games..).zip(&mut self.climbs) {
            climb.game.restart(seed, run);
            climb.table.restart(&climb.game, seed, run).map_err(|unknown| unknown.to_string())?;
            climb.measure.begin(&climb.game);
        }
        let mut stages = Vec::with_capacity(levels.len() + 1);
        for level in levels.iter().copied().map(Some).chain([None]) {
            let (stage, got_there) = self.stage(level)?;
            stages.push(stage);
            if got_there.is_empty() || level == self.condition.level() {
                break;
            }
            self.replace(&got_there, number, stages.len() as u64);
        }
        Ok(Repeat { games, stages })
    }

    /// Plays every game to a level, or to its end. Gives those that got there.
    fn stage(&mut self, level: Option<Level>) -> Result<(Stage, Vec<usize>), String> {
        let mut stage = Stage::default();
        let mut got_there = Vec::new();
        let is_the_event = level.is_some() && level == self.condition.level();
        for (number, Climb { game, table, measure }) in self.climbs.iter_mut().enumerate() {
            let before = measure.ticks();
            let at_level = |measure: &Measure| level.is_some_and(|level| level.passed(measure));
            let budget = self.plan.experiment.budget;
            let outcome =
                run_until(budget, game, table, measure, at_level).map_err(|error| error.to_string())?;
            stage.ticks += measure.ticks() - before;
            if at_level(measure) {
                stage.reached += 1;
                got_there.push(number);
                if is_the_event {
                    stage.hits += 1;
                    stage.lengths += measure.ticks();
                }
            } else if let Some(outcome) = outcome {
                measure.row(&outcome, &mut self.row);
                stage.hits += u64::from(self.condition.holds(&outcome, &self.row));
                stage.lengths += measure.ticks();
            }
        }
        Ok((stage, got_there))
    }

    /// Replaces the games that did not get there by forks of those that did, as evenly as it goes; which of them have
    /// one fork more is drawn.
    fn replace(&mut self, got_there: &[usize], repeat: u64, stage: u64) {
        let (seed, parents) = (self.plan.experiment.seed, got_there.len() as u64);
        let mut kept = got_there.iter().peekable();
        let mut fork = 0;
        for number in 0..self.climbs.len() {
            if kept.next_if_eq(&&number).is_some() {
                continue;
            }
            let shuffle = repeat << 32 | stage;
            let parent = shuffled(seed, "splitting", shuffle, parents, fork % parents);
            fork += 1;
            // Other forks of this game have other numbers, and forks of forks other keys.
            let salt = stage * self.splitting.games + fork;
            self.climbs[number] = self.climbs[got_there[parent as usize]].fork(salt);
        }
    }
}
