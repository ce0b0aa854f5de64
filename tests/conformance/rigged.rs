//! The model is not rigged: whether a channel calms or inflames comes out of belief and choice, not out of the channel.

use crate::play::{document, fixture, rules_of};
use offramp::engine::{Asked, Game, NoRecord, Rules};
use offramp::scenario::document::{Document, SettingDoc, SettingValue};
use offramp::scenario::section::{AimMeasure, EndingClass, Schedule};
use offramp::session::runner::{self, Table};
use offramp::trace::Call;
use offramp::vocabulary::words::{Condition, Statement};
use offramp::vocabulary::{Id, Rung, SeatId};
use std::sync::Arc;

const RUNS: u64 = 400;

/// The file of the challenge with another prior weight of a soft defender (a resolved one weighs 50).
fn challenge(soft: u32, line: &str) -> Arc<Rules> {
    let mut document = document("challenge");
    let defender = document.seats.iter_mut().find(|s| s.name == "defender").expect("the defender");
    defender.dispositions[0].prior = soft;
    document.settings.push(SettingDoc {
        name: "channels.private_line.regime".to_owned(),
        value: SettingValue::Choice(line.to_owned()),
    });
    rules_of(&document)
}

/// The policies of a game in which the defender follows a doctrine.
fn policies(rules: &Rules, defender: &str) -> Vec<(SeatId, String)> {
    let scenario = rules.scenario();
    let policy = |seat: SeatId| match scenario.document.seats[seat.index()].name.as_str() {
        "challenger" => "weighs",
        "defender" => defender,
        _ => "passive",
    };
    scenario.players().map(|seat| (seat, policy(seat).to_owned())).collect()
}

/// Which runs come to a fight.
fn wars(rules: &Arc<Rules>) -> Vec<bool> {
    let policies = policies(rules, "speaks");
    let mut game = Game::new(Arc::clone(rules), 5, 0);
    let mut table = Table::new(&game, 5, 0, &policies).expect("the policies exist");
    (0..RUNS)
        .map(|run| {
            game.restart(5, run);
            table.restart(&game, 5, run).expect("the policies exist");
            let outcome = runner::run(&mut game, &mut table, &mut NoRecord).expect("the game ends");
            outcome.class == Some(EndingClass::War)
        })
        .collect()
}

/// How many more runs of a hundred come to a fight with the line than without, and the standard error, run by run.
fn effect_of_the_line(soft: u32) -> (f64, f64) {
    let (with, without) = (wars(&challenge(soft, "ForcedOpen")), wars(&challenge(soft, "ForcedCut")));
    let gains: Vec<f64> =
        with.iter().zip(&without).map(|(a, b)| f64::from(u8::from(*a)) - f64::from(u8::from(*b))).collect();
    let mean = gains.iter().sum::<f64>() / RUNS as f64;
    let variance = gains.iter().map(|g| (g - mean) * (g - mean)).sum::<f64>() / (RUNS - 1) as f64;
    let share = |runs: &[bool]| runs.iter().filter(|war| **war).count() as f64 * 100.0 / RUNS as f64;
    println!("soft weight {soft}: with the line {:.1} %, without {:.1} %", share(&with), share(&without));
    (mean * 100.0, (variance / RUNS as f64).sqrt() * 100.0)
}

#[test]
fn an_informative_line_raises_the_chance_of_war_below_the_threshold_and_lowers_it_above() {
    let (below, error) = effect_of_the_line(33);
    assert!(below > 3.0 * error, "{below:.1} +- {error:.1}");
    let (above, error) = effect_of_the_line(150);
    assert!(above < -3.0 * error, "{above:.1} +- {error:.1}");
}

/// The share of soft defenders that are challenged, in percent, with the line that private words go over open or cut.
fn challenged_if_soft(defender: &str, line: &str) -> f64 {
    let rules = challenge(150, line);
    let policies = policies(&rules, defender);
    let seats = &rules.scenario().document.seats;
    let seat = SeatId::new(seats.iter().position(|s| s.name == "defender").expect("the defender"));
    let mut game = Game::new(Arc::clone(&rules), 5, 0);
    let mut table = Table::new(&game, 5, 0, &policies).expect("the policies exist");
    let (mut soft, mut challenged) = (0, 0);
    for run in 0..RUNS {
        game.restart(5, run);
        table.restart(&game, 5, run).expect("the policies exist");
        let outcome = runner::run(&mut game, &mut table, &mut NoRecord).expect("the game ends");
        if game.disposition(seat) == 0 {
            soft += 1;
            challenged += u32::from(outcome.peak >= Rung(6));
        }
    }
    f64::from(challenged) * 100.0 / f64::from(soft)
}

#[test]
fn to_lie_over_the_line_pays_for_who_is_soft_and_only_over_the_line() {
    let [honest, lying] = ["speaks", "lies"].map(|defender| challenged_if_soft(defender, "ForcedOpen"));
    println!("soft and challenged: {honest:.1} % if it says so, {lying:.1} % if it lies");
    assert!(lying < honest - 10.0, "{lying:.1} {honest:.1}");
    let [honest, lying] = ["speaks", "lies"].map(|defender| challenged_if_soft(defender, "ForcedCut"));
    assert!((honest - lying).abs() < 1e-9, "{lying:.1} {honest:.1}");
}

#[test]
fn a_challenge_is_worth_more_to_who_believes_its_rival_soft() {
    let worth = |soft: u32| {
        let rules = challenge(soft, "ForcedCut");
        let seats = &rules.scenario().document.seats;
        let seat = SeatId::new(seats.iter().position(|s| s.name == "challenger").expect("the challenger"));
        let mut game = Game::new(rules, 1, 0);
        while game.observation(seat).asked != Asked::Orders {
            Call::next(&game).expect("orders are asked").make(&mut game, &[], &mut NoRecord);
        }
        let menu = &game.observation(seat).menu;
        menu.iter().find(|item| item.rung == Rung(6)).expect("the challenge").worth.iter().sum::<i32>()
    };
    assert!(worth(150) > 0 && worth(33) < 0, "{} {}", worth(150), worth(33));
    assert!(worth(500) > worth(150) && worth(33) > worth(5));
}

fn reads_a_line(condition: &Condition) -> bool {
    match condition {
        Condition::Open(_) => true,
        Condition::All(list) | Condition::Any(list) => list.iter().any(reads_a_line),
        Condition::Not(inner) => reads_a_line(inner),
        Condition::Compare(..) | Condition::InForce(_) | Condition::On(_) | Condition::Fired(_) => false,
    }
}

fn any_reads_a_line(list: &[Statement]) -> bool {
    list.iter().any(|statement| match statement {
        Statement::When { that, then, otherwise } => {
            reads_a_line(that) || any_reads_a_line(then) || any_reads_a_line(otherwise)
        }
        _ => false,
    })
}

/// Where a line's state stands in anything that makes things happen by themselves or end.
fn lines_in_hazards(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    let mut note = |what: &str, name: &str, reads: bool| {
        if reads {
            found.push(format!("{what} {name}"));
        }
    };
    for ending in &document.endings {
        note("ending", &ending.name, reads_a_line(&ending.when));
    }
    for rule in &document.rules {
        note("rule", &rule.name, any_reads_a_line(&rule.does));
    }
    for incident in &document.incidents {
        note("incident", &incident.name, any_reads_a_line(&incident.effects));
    }
    for inject in &document.injects {
        let waits = matches!(&inject.when, Schedule::Once(_, condition) if reads_a_line(condition));
        note("inject", &inject.name, waits || any_reads_a_line(&inject.effects));
    }
    for action in &document.actions {
        let fails = action.fails_if.as_ref().is_some_and(reads_a_line);
        note("action", &action.name, fails || any_reads_a_line(&action.effects));
    }
    for (seat, aim) in document.seats.iter().flat_map(|seat| seat.aims.iter().map(move |aim| (seat, aim))) {
        let reads = matches!(&aim.measure, AimMeasure::Holds(condition) if reads_a_line(condition));
        note("aim", &format!("{} of {}", aim.name, seat.name), reads);
    }
    found
}

#[test]
fn no_line_stands_in_a_hazard_or_an_ending() {
    for rules in crate::play::playable() {
        assert_eq!(lines_in_hazards(&rules.scenario().document), Vec::<String>::new());
    }
    // The walk would find one.
    let mut planted = fixture("challenge").scenario().document.clone();
    let line = offramp::vocabulary::Ref::named("private_line");
    planted.endings[0].when = Condition::Not(Box::new(Condition::All(vec![Condition::Open(line)])));
    assert_eq!(lines_in_hazards(&planted).len(), 1);
}
