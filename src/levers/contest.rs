//! Weighing: pairs of games that share luck, in every scenario and in every world asked for.

use super::arms::Contest;
use super::card::{Card, Direction, Tally, Worlds};
use super::catalogue::Lever;
use super::outcome::Outcome;
use super::pairs::Pairs;
use super::seating::{PIECE, Seating};
use crate::session::pool::in_order;
use std::ops::Range;

/// How much is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Pairs of games of each scenario with its own numbers.
    pub pairs: u64,
    /// Worlds drawn for each scenario.
    pub worlds: u64,
    /// Pairs of games in each of those.
    pub pairs_a_world: u64,
    /// The seed of all luck.
    pub seed: u64,
    /// Threads; the result does not depend on them.
    pub threads: usize,
}

impl Effort {
    /// Pairs of games that a lever costs in so many scenarios.
    pub fn pairs_of(&self, scenarios: usize) -> u64 {
        scenarios as u64 * (self.pairs + self.worlds * self.pairs_a_world)
    }
}

/// Some pairs of one world of one scenario.
#[derive(Clone, Debug)]
struct Piece {
    contest: usize,
    world: u64,
    pairs: Range<u64>,
}

/// Weighs a lever in every contest whose scenario has what its arms name. `watch` is told after every piece how many
/// pairs are played, and says whether to go on.
///
/// # Errors
/// In words, if its arms fit no scenario. `None` if it was stopped.
pub fn weigh(
    lever: &Lever,
    contests: &[Contest],
    effort: Effort,
    watch: &(dyn Fn(u64) -> bool + Sync),
) -> Result<Option<Card>, String> {
    let mut faults = Vec::new();
    let (mut fitting, mut not_in) = (Vec::new(), Vec::new());
    for contest in contests {
        match contest
            .sides(0)
            .and_then(|sides| sides.iter().try_for_each(|side| Seating::new(side, 0).map(drop)))
        {
            Ok(()) => fitting.push(contest),
            Err(why) => {
                not_in.push(contest.scenario().document.name.clone());
                faults.push(why);
            }
        }
    }
    if fitting.is_empty() {
        return Err(format!("`{}` fits no scenario: {}", lever.name, faults.join("; ")));
    }
    let contests = fitting;
    let pieces = pieces(contests.len(), effort);
    let played = in_order(pieces.len() as u64, effort.threads, &|done| watch(done * PIECE), || {
        |piece: u64| play(contests[pieces[piece as usize].contest], &pieces[piece as usize], effort.seed)
    });
    let Some(played) = played else { return Ok(None) };
    let mut whole = Pairs::default();
    let (mut own, mut worlds) = (vec![Pairs::default(); contests.len()], Worlds::default());
    let mut drawn = Pairs::default();
    for (at, found) in played.into_iter().enumerate() {
        let (found, piece) = (found?, &pieces[at]);
        whole.left_out += found.left_out;
        if piece.world == 0 {
            own[piece.contest].merge(&found);
            continue;
        }
        drawn.merge(&found);
        let ends =
            pieces.get(at + 1).is_none_or(|next| (next.contest, next.world) != (piece.contest, piece.world));
        if ends {
            worlds.count(std::mem::take(&mut drawn).direction());
        }
    }
    let left_out = whole.left_out;
    let outcomes = common(&contests)?;
    for found in &own {
        let mut found = found.clone();
        found.tallies.truncate(1 + outcomes.len());
        whole.merge(&found);
    }
    let where_it = |direction: Direction| -> Vec<String> {
        let all = contests.iter().zip(&own).filter(|(_, found)| found.direction() == direction);
        all.map(|(contest, _)| contest.scenario().document.name.clone()).collect()
    };
    Ok(Some(Card {
        lever: lever.name.clone(),
        label: lever.label.clone(),
        claim: lever.claim.clone(),
        effects: outcomes
            .iter()
            .zip(whole.tallies.iter().skip(1))
            .filter(|(outcome, _)| !lever.sets(outcome, contests[0].scenario()))
            .map(|(outcome, tally)| tally.effect(outcome))
            .collect(),
        helps_in: where_it(Direction::Down),
        hurts_in: where_it(Direction::Up),
        not_in,
        differ: whole.differ,
        worlds,
        left_out,
    }))
}

/// The outcomes that all scenarios have, in one order, as far as they agree: each has its own ladder and tracks.
fn common(contests: &[&Contest]) -> Result<Vec<Outcome>, String> {
    let all = contests.iter().map(|contest| contest.sides(0).map(|[side, _]| Outcome::all(&side.rules)));
    let mut all = all.collect::<Result<Vec<_>, _>>()?.into_iter();
    let first = all.next().unwrap_or_default();
    let agreed = all.fold(first.len(), |agreed, other| {
        first[..agreed].iter().zip(&other).take_while(|(own, other)| own == other).count()
    });
    Ok(first[..agreed].to_vec())
}

fn pieces(contests: usize, effort: Effort) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for contest in 0..contests {
        for world in 0..=effort.worlds {
            let pairs = if world == 0 { effort.pairs } else { effort.pairs_a_world };
            let starts = (0..pairs).step_by(PIECE as usize);
            pieces.extend(starts.map(|from| Piece { contest, world, pairs: from..pairs.min(from + PIECE) }));
        }
    }
    pieces
}

fn play(contest: &Contest, piece: &Piece, seed: u64) -> Result<Pairs, String> {
    let sides = contest.sides(piece.world)?;
    // A track that an arm sets differs by that alone.
    let starts = [&sides[0], &sides[1]]
        .map(|side| side.rules.bound.tracks.iter().map(|t| t.start).collect::<Vec<i32>>());
    let mut arms = Vec::new();
    for side in &sides {
        arms.push(Seating::new(side, seed)?);
    }
    let mut found = Pairs::default();
    let mut rows = [Vec::new(), Vec::new()];
    for run in piece.pairs.clone() {
        // A world has luck of its own, so that its pairs are not the same games in other clothes.
        let luck = (piece.world << 32) + run;
        let mut ended = true;
        for (seating, row) in arms.iter_mut().zip(&mut rows) {
            ended &= seating.play(seed, luck, row)?;
        }
        if !ended {
            found.left_out += 1;
            continue;
        }
        let own = |at: usize| starts[0].get(at) != starts[1].get(at);
        let levels = [&arms[0], &arms[1]].map(Seating::levels);
        let moved = (0..levels[0].len())
            .any(|at| levels[0][at] != levels[1].get(at).copied().unwrap_or(0) && !own(at));
        found.differ += u64::from(moved || arms[0].measured() != arms[1].measured());
        found.tallies.resize(rows[0].len(), Tally::default());
        for (tally, (without, with)) in found.tallies.iter_mut().zip(rows[0].iter().zip(&rows[1])) {
            tally.push(*without, *with);
        }
    }
    Ok(found)
}
