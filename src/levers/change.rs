//! What a change to a scenario makes of the same luck: pairs of games, one before it and one after.

use super::arms::Side;
use super::card::{Effect, Tally};
use super::outcome::Outcome;
use super::pairs::Pairs;
use super::seating::{PIECE, Seating};
use crate::engine::Rules;
use crate::session::pool::in_order;
use crate::session::runner::usual_policy;
use crate::vocabulary::Id;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a change makes of the outcomes that both scenarios have.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The effects, in the first scenario's order: `without` the change and `with` it.
    pub effects: Vec<Effect>,
    /// Pairs of games that differ in any of them.
    pub differ: u64,
    /// Pairs played.
    pub pairs: u64,
    /// Pairs of which a game did not end within its budget.
    pub left_out: u64,
    /// Outcomes that only one of the scenarios has.
    pub not_in_both: Vec<String>,
}

/// Plays pairs of games of two scenarios, each pair on the same dice, every seat as its scenario says. `watch` is told
/// after every piece how many pairs are played, and says whether to go on.
///
/// # Errors
/// In words, if other seats give orders in one than in the other. `None` if it was stopped.
pub fn weigh_change(
    rules: [&Arc<Rules>; 2],
    pairs: u64,
    seed: u64,
    threads: usize,
    watch: &(dyn Fn(u64) -> bool + Sync),
) -> Result<Option<Change>, String> {
    same_seats(rules)?;
    let sides = rules.map(side);
    let common = Common::of(rules);
    let played = in_order(pairs.div_ceil(PIECE), threads, &|done| watch(pairs.min(done * PIECE)), || {
        |piece: u64| play(&sides, &common, seed, piece * PIECE..pairs.min((piece + 1) * PIECE))
    });
    let Some(played) = played else { return Ok(None) };
    let mut whole = Pairs::default();
    for found in played {
        whole.merge(&found?);
    }
    whole.tallies.resize(common.outcomes.len(), Tally::default());
    Ok(Some(Change {
        effects: common.outcomes.iter().zip(&whole.tallies).map(|(o, tally)| tally.effect(&o.0)).collect(),
        differ: whole.differ,
        pairs,
        left_out: whole.left_out,
        not_in_both: common.not_in_both,
    }))
}

/// Refuses scenarios whose seats are not the same by name.
fn same_seats(rules: [&Arc<Rules>; 2]) -> Result<(), String> {
    let seats = rules.map(|rules| {
        let scenario = rules.scenario();
        scenario
            .players()
            .map(|seat| scenario.document.seats[seat.index()].name.as_str())
            .collect::<BTreeSet<_>>()
    });
    if seats[0] == seats[1] {
        return Ok(());
    }
    let listed = seats.map(|seats| seats.into_iter().collect::<Vec<_>>().join(", "));
    Err(format!(
        "their games cannot be paired: seats that give orders are {} in one and {} in the other",
        listed[0], listed[1]
    ))
}

fn side(rules: &Arc<Rules>) -> Side {
    let scenario = rules.scenario();
    let policies = scenario.players().map(|seat| (seat, usual_policy(scenario, seat).to_owned())).collect();
    Side { rules: Arc::clone(rules), policies }
}

/// The outcomes that both have, each with its place in the rows of either.
struct Common {
    outcomes: Vec<(Outcome, [usize; 2])>,
    not_in_both: Vec<String>,
}

impl Common {
    fn of(rules: [&Arc<Rules>; 2]) -> Common {
        let all = rules.map(|rules| Outcome::all(rules));
        // A track need not stand at the same place in both; its label tells it.
        let labels = [0, 1].map(|side: usize| all[side].iter().map(Outcome::label).collect::<Vec<_>>());
        let mut common = Common { outcomes: Vec::new(), not_in_both: Vec::new() };
        for (at, outcome) in all[0].iter().enumerate() {
            // The first value of a row is the highest rung.
            match labels[1].iter().position(|label| *label == labels[0][at]) {
                Some(there) => common.outcomes.push((outcome.clone(), [at + 1, there + 1])),
                None => common.not_in_both.push(labels[0][at].clone()),
            }
        }
        common.not_in_both.extend(labels[1].iter().filter(|label| !labels[0].contains(label)).cloned());
        common
    }
}

fn play(sides: &[Side; 2], common: &Common, seed: u64, runs: std::ops::Range<u64>) -> Result<Pairs, String> {
    let mut arms = [Seating::new(&sides[0], seed)?, Seating::new(&sides[1], seed)?];
    let mut rows = [Vec::new(), Vec::new()];
    let mut found = Pairs { tallies: vec![Tally::default(); common.outcomes.len()], ..Pairs::default() };
    for run in runs {
        let mut ended = true;
        for (arm, row) in arms.iter_mut().zip(&mut rows) {
            ended &= arm.play(seed, run, row)?;
        }
        if !ended {
            found.left_out += 1;
            continue;
        }
        let values = |places: &[usize; 2]| (rows[0][places[0]], rows[1][places[1]]);
        found.differ += u64::from(common.outcomes.iter().any(|(_, places)| {
            let (before, after) = values(places);
            before != after
        }));
        for (tally, (_, places)) in found.tallies.iter_mut().zip(&common.outcomes) {
            let (before, after) = values(places);
            tally.push(before, after);
        }
    }
    Ok(found)
}
