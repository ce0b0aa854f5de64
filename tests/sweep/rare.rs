//! Chances of rare events, held against chances that are known.

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output};

/// A walk to the top of the ladder, whose chances are known by hand: the file says why.
const RUIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ruin.ron");

/// The chance of getting from 1 to a height before 0, climbing in so many cases out of a thousand.
fn reaches(height: i32, climbs: f64) -> f64 {
    let ratio = (1000.0 - climbs) / climbs;
    (ratio - 1.0) / (libm::pow(ratio, height.into()) - 1.0)
}

/// The same over the two kinds of game.
fn truth(height: i32) -> f64 {
    (reaches(height, 160.0) + reaches(height, 50.0)) / 2.0
}

fn rare(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offramp"));
    command.arg("rare").args(arguments).output().expect("the program starts")
}

#[track_caller]
fn found(scenario: &str, of: &str, more: &[&str]) -> Value {
    let mut arguments = vec![scenario, "--of", of, "--format", "json"];
    arguments.extend(more);
    let output = rare(&arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

fn number(of: &Value) -> f64 {
    of.as_f64().unwrap_or_else(|| panic!("{of} is no number"))
}

fn covers(found: &Value, truth: f64) -> bool {
    number(&found["interval"]["low"]) <= truth && truth <= number(&found["interval"]["high"])
}

/// Estimates a chance near one in a million so often, each time with other luck. Gives how many intervals hold the
/// truth, the mean of all estimates over the truth, and the least factor of work saved.
fn a_millionth(experiments: u64, games: &str) -> (u64, f64, f64) {
    let truth = truth(9);
    assert!((6.9e-7..7.1e-7).contains(&truth), "{truth}");
    let (mut held, mut sum, mut least) = (0, 0.0, f64::INFINITY);
    for seed in 1..=experiments {
        let seed = seed.to_string();
        let found = found(RUIN, "peak>=9", &["--games", games, "--seed", &seed]);
        held += u64::from(covers(&found, truth));
        sum += number(&found["chance"]) / truth;
        least = least.min(number(&found["brute_force"]["ticks"]) / number(&found["ticks"]));
    }
    (held, sum / experiments as f64, least)
}

#[test]
fn a_chance_of_one_in_a_million_is_found_with_a_fiftieth_of_the_work() {
    let (held, mean, least) = a_millionth(4, "100");
    // If 95 of 100 are right, fewer than three of four are in 14 cases out of a thousand.
    assert!(held >= 3, "{held} of 4 intervals hold the truth");
    assert!((0.75..1.33).contains(&mean), "mean over truth {mean}");
    assert!(least >= 50.0, "{least} times less work");
}

#[test]
#[ignore = "a hundred experiments: run before a release"]
fn ninety_of_a_hundred_intervals_hold_a_chance_of_one_in_a_million() {
    let (held, mean, least) = a_millionth(100, "400");
    let told = format!(
        "{held} of 100 hold the truth; mean over truth {mean:.4}; at least {least:.0} times less work"
    );
    writeln!(std::io::stderr(), "{told}").expect("somebody listens");
    assert!(held >= 90, "{held} of 100 intervals hold the truth");
    assert!((0.95..1.05).contains(&mean), "mean over truth {mean}");
    assert!(least >= 50.0, "{least} times less work");
}

#[test]
fn every_level_on_the_way_has_its_own_chance() {
    let found = found(RUIN, "peak>=9", &["--games", "200"]);
    let levels = found["levels"].as_array().expect("there are levels");
    // Nothing happens on rung 1: who gets there is on rung 2 already.
    let rung = |level: &Value| level["level"].as_str().unwrap().parse::<i32>().unwrap();
    assert!(levels.iter().map(rung).eq(1..=9));
    assert_eq!(levels[0]["chance"], levels[1]["chance"]);
    for level in &levels[1..5] {
        let truth = truth(rung(level));
        assert!((0.6..1.6).contains(&(number(&level["chance"]) / truth)), "{level} is {truth}");
    }
    let ticks: u64 = levels.iter().map(|level| level["ticks"].as_u64().unwrap()).sum();
    assert_eq!(found["ticks"], ticks);
}

#[test]
fn every_run_ends_once_however_often_it_was_forked() {
    // Both endings together are certain, and so is what either tells of the other.
    let chance = |of: &str| number(&found(RUIN, of, &["--games", "50", "--repeats", "5"])["chance"]);
    assert!((chance("class=faded") + chance("class=war") - 1.0).abs() < 1e-12);
    assert!((chance("ending=over") - chance("class=faded")).abs() < 1e-15);
    assert!((chance("turns>=0") - 1.0).abs() < 1e-12);
}

#[test]
fn an_event_at_the_end_is_the_event_on_the_ladder() {
    let on = found(RUIN, "peak>=9", &["--games", "100"]);
    let at = found(RUIN, "ending=top", &["--games", "100"]);
    let (on, at) = (number(&on["chance"]), number(&at["chance"]));
    assert!((on / at - 1.0).abs() < 1e-9, "{on} on the ladder, {at} at the end");
}

#[test]
fn what_is_never_found_is_no_likelier_than_the_last_level_that_was() {
    let found = found(RUIN, "peak>=10", &["--games", "100", "--repeats", "5"]);
    assert_eq!(found["chance"], 0.0);
    let high = number(&found["interval"]["high"]);
    assert!((1e-7..1e-5).contains(&high) && covers(&found, 0.0), "{high}");
}

#[test]
fn any_number_of_threads_gives_the_same_estimate() {
    let with = |threads: &str| {
        let output =
            rare(&[RUIN, "--of", "peak>=6", "--games", "50", "--threads", threads, "--format", "json"]);
        assert!(output.status.success());
        output.stdout
    };
    let one = with("1");
    for threads in ["2", "3", "8"] {
        assert_eq!(with(threads), one, "{threads} threads");
    }
}

#[test]
fn splitting_a_crisis_agrees_with_playing_it_often() {
    // Without levels nothing is forked: that is brute force, with luck of its own.
    let brute = found(
        "august-2015",
        "class=settled",
        &["--games", "40", "--repeats", "4", "--seed", "9", "--levels", "13"],
    );
    let split = found("august-2015", "class=settled", &["--games", "20", "--repeats", "6"]);
    let error = libm::hypot(number(&brute["standard_error"]), number(&split["standard_error"]));
    let apart = (number(&brute["chance"]) - number(&split["chance"])).abs();
    assert!(
        apart < 4.0 * error,
        "{} against {}, apart by more than four of {error}",
        brute["chance"],
        split["chance"]
    );
    let forked = |found: &Value| found["levels"].as_array().unwrap().iter().any(|level| level["forked"] != 0);
    assert!(forked(&split) && !forked(&brute));
}

#[test]
fn what_is_no_event_is_refused_with_the_reason() {
    let refused = |arguments: &[&str], says: &str| {
        let output = rare(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?} says {said}");
    };
    refused(&["august-2015", "--of", "peak"], "`peak` is no event; expected `peak>=RUNG`");
    refused(&["august-2015", "--of", "peak>=nuclear_usa"], "did you mean `nuclear_use`?");
    refused(&["august-2015", "--of", "peak>=99"], "no rung is called `99` (the ladder has ");
    refused(&[RUIN, "--of", "peak>=14"], "no rung is called `14` (the ladder has 0 to 13)");
    refused(&["august-2015", "--of", "peak>=-1"], "13 nuclear_use)");
    refused(&["august-2015", "--of", "ending=general-war"], "did you mean `general_war`?");
    refused(&["august-2015", "--of", "class=peace"], "(there are faded, settled, imposed, frozen, war)");
    refused(&["august-2015", "--of", "deaths_civilians>=5"], "did you mean `deaths_civilian`?");
    refused(&["august-2015", "--of", "turns>=many"], "`many` is no whole number");
    refused(&[RUIN, "--of", "peak>=4", "--levels", "3,2"], "rising levels");
    refused(&[RUIN, "--of", "peak>=4", "--levels", "5"], "none of them above");
    refused(&["august-2051", "--of", "peak>=4"], "did you mean `august-2015`?");
}
