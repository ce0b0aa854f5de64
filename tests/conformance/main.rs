//! Every shipped crisis, played by every combination of doctrines: all games end, all bounds hold, and every declared
//! ending is reached by somebody.
//!
//! `OFFRAMP_SEEDS=10000 cargo test --release --test conformance -- --nocapture` plays that many seeds a combination and
//! prints the distributions.

#![expect(clippy::print_stdout, reason = "the distributions are what a reader of this test wants to see")]

mod answers;
mod base_case;
mod beliefs;
mod bully;
mod campaign;
mod hawk;
mod play;
mod rigged;

use offramp::session::runner;
use offramp::vocabulary::SeatId;
use play::{Tally, combinations, crises, tally};
use std::collections::BTreeSet;

/// Games that the scenarios of the library share when nothing else is asked for, so that a library that grows costs no
/// more: by all combinations of a scenario's doctrines together, of which most have some thirty.
const COMBINED: u64 = 500;
/// With the doctrines that a scenario names: enough to tell a median of turns and a share of one in a hundred.
const NAMED: u64 = 2600;
/// The escalation number below which every scenario has to stay, and how many shares of games it has to show it.
const RATCHET: f64 = 0.6;
const SHARES: u64 = 3;
/// With each policy that is no doctrine.
const OTHERS: u64 = 60;
/// Games of each scenario that tell how well beliefs are calibrated; with fewer it is chance that decides.
const STATED: u64 = 100;

/// The games that `OFFRAMP_SEEDS` asks for, if it does.
fn asked() -> Option<u64> {
    std::env::var("OFFRAMP_SEEDS").ok()?.parse().ok()
}

/// The games of one scenario: its share of these, or as many as are asked for.
fn share(games: u64) -> u64 {
    let scenarios = crises().count() as u64;
    asked().unwrap_or_else(|| (games / scenarios).max(1))
}

#[test]
fn every_game_ends_within_bounds_and_every_ending_can_be_reached() {
    for rules in crises() {
        let document = &rules.scenario().document;
        let seeds = asked().unwrap_or_else(|| (share(COMBINED) / combinations(&rules).count() as u64).max(1));
        let mut all = Tally::default();
        for (k, policies) in (0..).zip(combinations(&rules)) {
            // Luck of its own for each: together they are as many lucks as games.
            let one = tally(&rules, &policies, k * seeds..(k + 1) * seeds);
            let names: Vec<&str> = policies.iter().map(|(_, name)| name.as_str()).collect();
            println!("{} {}: {one}", document.name, names.join(" + "));
            all.add(one);
        }
        println!("{} all: {all}", document.name);
        let mut reached: BTreeSet<usize> = all.endings.keys().copied().collect();
        // Scripts play on for what nobody has reached yet.
        let mut scripted = hawk::endings(&rules).chain(bully::endings(&rules));
        while reached.len() < document.endings.len()
            && let Some(ending) = scripted.next()
        {
            reached.insert(ending);
        }
        for (index, ending) in document.endings.iter().enumerate() {
            assert!(
                reached.contains(&index),
                "{}: nobody reaches the ending `{}`",
                document.name,
                ending.name
            );
            let by_doctrine = all.endings.contains_key(&index);
            assert!(by_doctrine || ending.rare, "{}: `{}` is not marked rare", document.name, ending.name);
        }
        assert_eq!(all.games, seeds * combinations(&rules).count() as u64);
    }
}

#[test]
fn the_doctrines_that_a_scenario_names_do_not_ratchet_and_play_in_their_sitting() {
    for rules in crises() {
        let scenario = rules.scenario();
        let usual = |seat: SeatId| (seat, runner::usual_policy(scenario, seat).to_owned());
        let policies: Vec<_> = scenario.players().map(usual).collect();
        // Where acts of arms are rare a share of games may tell too little.
        let (games, mut tally) = (share(NAMED), Tally::default());
        for k in 0..SHARES {
            tally.add(play::tally(&rules, &policies, k * games..(k + 1) * games));
            if tally.escalation() + 1.96 * tally.escalation_error() < RATCHET {
                break;
            }
        }
        println!("{} as it stands: {tally}", scenario.document.name);
        let (number, error) = (tally.escalation(), tally.escalation_error());
        let name = &scenario.document.name;
        println!("{name}: R {number:.2} +- {error:.3}, {:.1} % above 6 flashes", tally.more_flashes_than(6));
        assert!(number + 1.96 * error < RATCHET, "{name}: {number:.2} +- {error:.3}");
        let sitting = scenario.document.sitting.unwrap_or_default();
        assert!(
            sitting.median_turns().contains(&tally.median_turns()),
            "{name}: {} turns for {sitting:?}",
            tally.median_turns()
        );
        assert_eq!(tally.more_flashes_than(6), 0.0, "{name}: share of games in percent");
    }
}

#[test]
fn seats_without_a_doctrine_end_their_games_too() {
    for rules in crises() {
        for policy in ["base", "random", "passive", "record"] {
            let seats = rules.scenario().players();
            let policies: Vec<_> = seats.map(|seat| (seat, policy.to_owned())).collect();
            let tally = tally(&rules, &policies, 0..share(OTHERS));
            println!("{} {policy}: {tally}", rules.scenario().document.name);
            assert_eq!(tally.games, share(OTHERS));
        }
    }
}

#[test]
fn what_seats_state_of_each_other_comes_true_about_as_often_as_they_say() {
    for beliefs::Report { scenario, before, after } in beliefs::reports(asked().unwrap_or(STATED)) {
        println!("{scenario}: stated -> came true (cases):{}", after.text());
        println!("{scenario}: Brier {:.4} at the start", before.brier()[0]);
        // A root mean square distance of a tenth.
        assert!(after.brier()[1] < 0.01, "{scenario}: {}", after.text());
    }
}
