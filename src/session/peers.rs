//! Automated games to compare a finished one with: same scenario, settings and seat, and the same hidden disposition.

use super::runner::{Table, run, usual_policy};
use crate::engine::{Game, NoRecord, Score};
use crate::trace::Debrief;
use crate::vocabulary::{Id, SeatId};
use std::sync::Arc;

/// Games that are played for a comparison: enough for a percentile to a few points, and done in a blink.
const GAMES: u64 = 120;
/// Apart from the seeds that people name, so that the game in question is not among them.
const APART: u64 = 0x6f66_6672_616d_7031;

/// The scores of one seat in automated games in which it had the disposition that it had in this one.
pub type Peers = Vec<(SeatId, Vec<Score>)>;

/// Plays automated games of the rules of a finished game. Nothing if a policy is missing.
pub fn peers(finished: &Game, seed: u64) -> Peers {
    let rules = finished.rules();
    let scenario = rules.scenario();
    let policies: Vec<(SeatId, String)> =
        scenario.players().map(|seat| (seat, usual_policy(scenario, seat).to_owned())).collect();
    let mut scores: Peers = scenario.players().map(|seat| (seat, Vec::new())).collect();
    let seed = seed ^ APART;
    let mut game = Game::new(Arc::clone(rules), seed, 0);
    let Ok(mut table) = Table::new(&game, seed, 0, &policies) else { return scores };
    for number in 0..GAMES {
        game.restart(seed, number);
        if table.restart(&game, seed, number).is_err() {
            break;
        }
        let Ok(outcome) = run(&mut game, &mut table, &mut NoRecord) else { continue };
        for (seat, known) in &mut scores {
            if game.disposition(*seat) == finished.disposition(*seat) {
                known.push(outcome.scores[seat.index()]);
            }
        }
    }
    scores
}

/// Says in a debrief where each seat's score stands among its peers.
pub fn place(debrief: &mut Debrief, peers: &Peers) {
    for (seat, (_, others)) in debrief.seats.iter_mut().zip(peers) {
        seat.standing = (!others.is_empty()).then(|| (others.len(), seat.score.among(others)));
    }
}
