//! Automated games to compare a finished one with: same scenario and settings, and the usual policy in every seat.

use super::pool::in_order;
use super::runner::{Table, run, usual_policy};
use crate::engine::{CourseClass, Game, NoRecord, Outcome, Score};
use crate::trace::{Among, Debrief, Placed, PlacedUnit, Wording};
use crate::vocabulary::{DAY, Id, Rung, SeatId};
use std::sync::Arc;

/// Games that are played at the end of every session: enough for a percentile to a few points, and done in a blink.
pub const FEW: u64 = 120;
/// Apart from the seeds that people name, so that the game in question is not among them.
const APART: u64 = 0x6f66_6672_616d_7031;

/// How an automated game came out.
#[derive(Clone, Debug)]
struct Peer {
    class: CourseClass,
    peak: Rung,
    turns: i64,
    /// The day on which it ended, counted from 1.
    days: i64,
    deaths: i64,
    /// Of each seat that plays: what it was, and its score.
    seats: Vec<(usize, Score)>,
}

/// Automated games.
#[derive(Clone, Debug)]
pub struct Peers(Vec<Peer>);

/// Plays so many automated games of the rules of a finished one; none of one that control ended, for others were played to
/// an end of their own. `watch` is told how many are played, and says whether
/// to go on; nothing if it said no.
pub fn peers(
    finished: &Game,
    seed: u64,
    games: u64,
    threads: usize,
    watch: &(dyn Fn(u64) -> bool + Sync),
) -> Option<Peers> {
    finished.outcome()?.class?;
    let rules = finished.rules();
    let scenario = rules.scenario();
    let policies: Vec<(SeatId, String)> =
        scenario.players().map(|seat| (seat, usual_policy(scenario, seat).to_owned())).collect();
    let seed = seed ^ APART;
    let played = in_order(games, threads, watch, || {
        let mut game = Game::new(Arc::clone(rules), seed, 0);
        let mut table = Table::new(&game, seed, 0, &policies).ok();
        move |number: u64| {
            let table = table.as_mut()?;
            game.restart(seed, number);
            table.restart(&game, seed, number).ok()?;
            let outcome = run(&mut game, table, &mut NoRecord).ok()?;
            Some(Peer::of(&game, &outcome))
        }
    })?;
    Some(Peers(played.into_iter().flatten().collect()))
}

impl Peer {
    fn of(game: &Game, outcome: &Outcome) -> Peer {
        let scenario = game.rules().scenario();
        let deaths: i64 = outcome.deaths.iter().map(|dead| i64::from(*dead)).sum();
        let seats = scenario.players().map(|seat| (game.disposition(seat), outcome.scores[seat.index()]));
        Peer {
            class: outcome.course_class(game.rules()),
            peak: outcome.peak,
            turns: i64::from(outcome.turns) + 1,
            days: i64::from((outcome.minutes + Wording::new(scenario).first()) / DAY) + 1,
            deaths: deaths + i64::from(outcome.civilians),
            seats: seats.collect(),
        }
    }
}

/// Says in a debrief where the game and each seat's score stand among others. A score is compared only with those of
/// games in which the seat secretly was the same.
pub fn place(debrief: &mut Debrief, finished: &Game, Peers(others): &Peers) {
    let Some(outcome) = finished.outcome() else { return };
    let own = Peer::of(finished, &outcome);
    let mut among = Among::of_peaks(others.iter().map(|peer| peer.peak));
    among.same_class = others.iter().filter(|peer| peer.class == own.class).count() as u32;
    let column = |what: &str, number: &dyn Fn(&Peer) -> i64| {
        Placed::among(what, number(&own), others.iter().map(number).collect())
    };
    let numbers = [
        column("highest rung of an act", &|peer| i64::from(peer.peak.0)),
        column("turns", &|peer| peer.turns),
        column("days", &|peer| peer.days),
        column("dead", &|peer| peer.deaths),
    ];
    among.placed = numbers.into_iter().flatten().collect();
    let scenario = finished.rules().scenario();
    for (at, (seat, player)) in debrief.seats.iter_mut().zip(scenario.players()).enumerate() {
        let alike = others.iter().filter(|peer| peer.seats[at].0 == finished.disposition(player));
        let scores: Vec<Score> = alike.map(|peer| peer.seats[at].1).collect();
        seat.standing = (!scores.is_empty()).then(|| (scores.len(), seat.score.among(&scores)));
        let aims = scores.iter().map(|score| i64::from(score.aims)).collect();
        let placed = Placed::among(format!("aims of {}", seat.label), i64::from(seat.score.aims), aims);
        among.placed.extend(placed.map(|placed| Placed { unit: PlacedUnit::Thousandths, ..placed }));
    }
    debrief.among = (among.games > 0).then_some(among);
}
