//! With every utility at zero, acts are answered as often and as hard as the record says.

use crate::answers::{Answered, Answers};
use crate::play::fixture;
use offramp::engine::{Game, Rules};
use offramp::session::runner::{self, Table};
use offramp::vocabulary::{Id, Rung, SeatId};
use std::sync::Arc;

/// Games when nothing else is asked for.
const GAMES: u64 = 200;

fn count(rules: &Arc<Rules>, games: u64) -> Answers {
    let policies: Vec<_> = rules.scenario().players().map(|seat| (seat, "base".to_owned())).collect();
    let mut game = Game::new(Arc::clone(rules), 3, 0);
    let mut table = Table::new(&game, 3, 0, &policies).expect("every seat has the policy");
    let mut answers = Answers::new(rules);
    for run in 0..games {
        game.restart(3, run);
        table.restart(&game, 3, run).expect("every seat has the policy");
        answers.next_game();
        runner::run(&mut game, &mut table, &mut answers).expect("the game ends");
    }
    answers
}

fn seat(rules: &Rules, name: &str) -> SeatId {
    SeatId::new(rules.scenario().document.seats.iter().position(|s| s.name == name).expect("the seat exists"))
}

/// The 95 % interval of `hits` in `cases` (Wilson), in percent.
fn interval(hits: f64, cases: f64) -> (f64, f64) {
    let (p, z2) = (hits / cases, 1.96f64 * 1.96);
    let centre = (p + z2 / (2.0 * cases)) / (1.0 + z2 / cases);
    let half = 1.96 / (1.0 + z2 / cases) * (p * (1.0 - p) / cases + z2 / (4.0 * cases * cases)).sqrt();
    ((centre - half) * 100.0, (centre + half) * 100.0)
}

fn share(of: &[Answered], holds: impl Fn(&Answered) -> bool) -> f64 {
    of.iter().filter(|a| holds(a)).count() as f64 * 100.0 / of.len() as f64
}

/// What lies outside the record's interval.
#[derive(Default)]
struct Outside(Vec<String>);

impl Outside {
    fn hold(&mut self, what: &str, percent: f64, hits: f64, cases: f64) {
        let (low, high) = interval(hits, cases);
        let line = format!("{what}: {percent:.1} %, record {hits} of {cases} [{low:.1}, {high:.1}]");
        println!("{line}");
        if !(low..=high).contains(&percent) {
            self.0.push(line);
        }
    }
}

#[test]
fn with_utilities_at_zero_replies_come_as_in_the_record() {
    let rules = fixture("provocations");
    let games = crate::asked().map_or(GAMES, |games| games.max(GAMES));
    let answers = count(&rules, games);
    let (north, south) = (seat(&rules, "dprk"), seat(&rules, "rok"));
    let acts = |by: SeatId, rung: u8| -> Vec<Answered> {
        answers.all.iter().filter(|a| a.by == by && a.rung == Rung(rung)).copied().collect()
    };

    // Does the reply cross the line, by rung of the act (b.3), and over all 80 acts of the record.
    let (mut overall, mut outside) = (0.0, Outside::default());
    for (rung, crossed, cases) in
        [(4, 1.0, 38.0), (5, 3.0, 22.0), (6, 1.0, 7.0), (7, 7.0, 7.0), (8, 3.0, 5.0), (9, 1.0, 1.0)]
    {
        let crosses = share(&acts(north, rung), |a| answers.crosses(a));
        outside.hold(&format!("crossed after rung {rung}"), crosses, crossed, cases);
        overall += crosses * cases / 80.0;
    }
    outside.hold("crossed overall", overall, 16.0, 80.0);

    // How high the other side goes within three days (b.6), weighed by the peaks of the record's traces (b.9).
    let peaks = [(5u8, 8.0), (6, 2.0), (7, 3.0), (8, 10.0), (9, 1.0)];
    let reply = |by: SeatId, weights: &[(u8, f64)], above: std::ops::RangeInclusive<i32>| -> f64 {
        let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
        let part = |(rung, weight): &(u8, f64)| {
            let step = |a: &Answered| i32::from(a.highest.0) - i32::from(a.rung.0);
            weight / total * share(&acts(by, *rung), |a| above.contains(&step(a)))
        };
        weights.iter().map(part).sum()
    };
    for (what, above, hits) in
        [("lower", -13..=-1, 18.0), ("equal", 0..=0, 9.0), ("one up", 1..=1, 5.0), ("more", 2..=13, 0.0)]
    {
        outside.hold(&format!("the South's answer {what}"), reply(north, &peaks, above), hits, 32.0);
    }
    // Fifteen of 27 allied acts were warning or symbolic shots, twelve effective fire.
    let allied = [(5u8, 15.0), (7, 12.0)];
    for (what, above, hits) in
        [("lower", -13..=-1, 19.0), ("equal", 0..=0, 5.0), ("one up", 1..=1, 0.0), ("two up", 2..=13, 3.0)]
    {
        outside.hold(&format!("the North's answer {what}"), reply(south, &allied, above), hits, 27.0);
    }
    assert_eq!(outside.0, Vec::<String>::new());
}
