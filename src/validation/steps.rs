//! Steps: how likely the acts and words of the record were, under the doctrines, at the point where they came.
//!
//! The seats do what the record says. Beside each of them some copies of its doctrine look at the same game, each with
//! luck of its own, and are asked for orders too; nobody carries them out. When to act is left open, since a turn is a day and
//! most turns see no act: what is scored is the choice, among the copies that made one. Copies at the record's base rates
//! and a choice at random are the baselines.

use super::courses::Trouble;
use crate::engine::{Asked, Game, Legality, NoRecord, Observation, Orders, Rules, Word};
use crate::session::runner::{BUDGET, OverBudget, Table};
use crate::trace::Call;
use crate::vocabulary::{Id, SeatId};
use serde::Serialize;
use std::sync::Arc;

/// Copies of each seat's doctrine.
const COPIES: u64 = 100;

/// What copies wanted at a step of the record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// Copies that wanted what the record did.
    pub same: u64,
    /// Copies that filled the slot at all.
    pub filled: u64,
    /// Copies.
    pub of: u64,
}

impl Wanted {
    fn count(&mut self, tables: &[Table], seat: SeatId, same: &dyn Fn(&Orders) -> Option<bool>) {
        for table in tables {
            let found = same(&table.orders()[seat.index()]);
            self.same += u64::from(found == Some(true));
            self.filled += u64::from(found.is_some());
            self.of += 1;
        }
    }

    /// The logarithm of the share with the same choice among those that chose, in nats. Half a copy more for every
    /// choice there was keeps that of nothing finite.
    fn log_score(&self, choices: f64) -> f64 {
        libm::log((self.same as f64 + 0.5) / (self.filled as f64 + 0.5 * choices))
    }
}

/// A step of the record, as often as it was met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepLine {
    /// The scenario.
    pub scenario: String,
    /// The seat.
    pub seat: String,
    /// What it did.
    pub step: String,
    /// What copies of the doctrine wanted.
    pub doctrine: Wanted,
    /// What copies at base rates wanted.
    pub base: Wanted,
    /// How many choices there were for the slot beside leaving it empty, summed over the times that it was met.
    pub choices: u64,
    /// How often the step was met.
    pub met: u64,
}

impl StepLine {
    fn mean_choices(&self) -> f64 {
        self.choices.max(1) as f64 / self.met.max(1) as f64
    }

    /// The doctrine's log score: whether it chose the same, where it chose anything.
    pub fn doctrine_score(&self) -> f64 {
        self.doctrine.log_score(self.mean_choices())
    }

    /// The base rates' log score.
    pub fn base_score(&self) -> f64 {
        self.base.log_score(self.mean_choices())
    }

    /// The log score of choosing at random among what is legal.
    pub fn uniform_score(&self) -> f64 {
        -libm::log(self.mean_choices())
    }
}

/// Plays the record's steps in some games of a scenario.
///
/// # Errors
/// If a policy is unknown, or a game does not end.
pub fn play(
    rules: &Arc<Rules>,
    doctrines: &[(SeatId, String)],
    base: &str,
    seed: u64,
    games: u64,
) -> Result<Vec<StepLine>, Trouble> {
    let all = |policy: &str| -> Vec<(SeatId, String)> {
        doctrines.iter().map(|(seat, _)| (*seat, policy.to_owned())).collect()
    };
    let (recorded, base) = (all("record"), all(base));
    let mut lines = Vec::new();
    for run in 0..games {
        let mut game = Game::new(Arc::clone(rules), seed, run);
        let mut table = Table::new(&game, seed, run, &recorded)?;
        let copies = |policies: &[(SeatId, String)]| -> Result<Vec<Table>, Trouble> {
            // Luck of their own: no copy is the game's own table, and no two games share any.
            let luck = |copy: u64| games + run * COPIES + copy;
            (0..COPIES).map(|copy| Ok(Table::new(&game, seed, luck(copy), policies)?)).collect()
        };
        let (mut wanted, mut usual) = (copies(doctrines)?, copies(&base)?);
        let mut calls = 0;
        while let Some(call) = Call::next(&game) {
            table.decide(&game);
            wanted.iter_mut().chain(&mut usual).for_each(|copy| copy.decide(&game));
            for (seat, _) in doctrines {
                compare(&game, *seat, &table, [&wanted, &usual], &mut lines);
            }
            call.make(&mut game, table.orders(), &mut NoRecord);
            calls += 1;
            if calls == BUDGET {
                return Err(OverBudget(BUDGET).into());
            }
        }
    }
    Ok(lines)
}

/// Counts who wanted what the record did.
fn compare(game: &Game, seat: SeatId, table: &Table, copies: [&[Table]; 2], lines: &mut Vec<StepLine>) {
    let seen = game.observation(seat);
    if seen.asked != Asked::Orders {
        return;
    }
    let did = &table.orders()[seat.index()];
    let document = &game.rules().scenario().document;
    let mut count = |step: String, choices: usize, same: &dyn Fn(&Orders) -> Option<bool>| {
        let name = &document.seats[seat.index()].name;
        let known = lines.iter().position(|line| line.seat == *name && line.step == step);
        let at = known.unwrap_or_else(|| {
            lines.push(StepLine {
                scenario: document.name.clone(),
                seat: name.clone(),
                step,
                doctrine: Wanted::default(),
                base: Wanted::default(),
                choices: 0,
                met: 0,
            });
            lines.len() - 1
        });
        let line = &mut lines[at];
        line.doctrine.count(copies[0], seat, same);
        line.base.count(copies[1], seat, same);
        line.choices += choices as u64;
        line.met += 1;
    };
    if let Some(act) = did.act {
        let legal = seen.menu.iter().filter(|item| item.legality == Legality::Legal).count();
        let step = document.actions[act.action.index()].label.clone();
        count(step, legal, &|orders| orders.act.map(|own| own.action == act.action));
    }
    if let Some(word) = &did.word {
        count(spoken(word).to_owned(), words(seen, seat), &|orders| {
            orders.word.as_ref().map(|own| alike(own, word))
        });
    }
}

/// Choices for the word slot: four tones, a proposal, and four answers to each proposal that waits for one.
fn words(seen: &Observation, own: SeatId) -> usize {
    5 + 4 * seen.proposals.iter().filter(|proposal| proposal.to == own).count()
}

fn spoken(word: &Word) -> &'static str {
    match word {
        Word::Statement { .. } => "a statement",
        Word::Propose(_) => "a proposal",
        Word::Answer { .. } => "an answer to a proposal",
        Word::Extend { .. } => "more time",
    }
}

/// Whether two words do the same: a tone, a proposal to somebody, an answer.
fn alike(one: &Word, other: &Word) -> bool {
    match (one, other) {
        (Word::Statement { reading: a, .. }, Word::Statement { reading: b, .. }) => a == b,
        (Word::Propose(a), Word::Propose(b)) => a.to == b.to,
        (Word::Answer { proposal: a, answer: x }, Word::Answer { proposal: b, answer: y }) => {
            a == b && x == y
        }
        (Word::Extend { proposal: a, .. }, Word::Extend { proposal: b, .. }) => a == b,
        _ => false,
    }
}
