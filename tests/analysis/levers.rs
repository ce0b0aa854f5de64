//! Levers: a catalogue is held to its names, and both arms of a recommendation share their luck.

use super::{Home, refuses, succeeds};
use offramp::levers::{Arm, Catalogue, Contest, Effort, Lever, weigh};
use offramp::scenario::document::{SettingDoc, SettingValue};
use offramp::scenario::source::Source;
use offramp::scenario::{Scenario, compile};
use offramp::storage::{instruments, shipped};
use std::sync::Arc;

fn scenario(name: &str) -> Option<Arc<Scenario>> {
    let load = |name: &str| shipped(name).map(|file| Source::new(file.file, file.text));
    let (scenario, _) = compile(load(name)?, &|name, _| load(name).ok_or_else(|| name.to_owned()));
    scenario.map(Arc::new)
}

/// The findings about a catalogue with these instruments and levers.
fn findings(instruments: &str, levers: &str) -> String {
    let text = format!(
        "(format: 1, source: \"test\", rulesets: [\"korea\"],\n instruments: [{instruments}],\n levers: [{levers}])"
    );
    let (catalogue, diagnostics) = Catalogue::read(Source::new("test.ron", text), &scenario);
    assert_eq!(catalogue.is_none(), diagnostics.has_errors());
    diagnostics.to_text(false)
}

fn instrument(by: &str) -> String {
    format!("(name: \"hotlines\", label: \"Hotlines\", part: \"Lines\", by: [{by}], changes: \"Calls.\")")
}

fn lever(name: &str, with: &[(&str, SettingValue)]) -> Lever {
    let setting =
        |(name, value): &(&str, SettingValue)| SettingDoc { name: (*name).to_owned(), value: value.clone() };
    Lever {
        name: name.to_owned(),
        label: String::new(),
        claim: String::new(),
        instruments: Vec::new(),
        scenarios: Vec::new(),
        without: Arm::default(),
        with: Arm { settings: with.iter().map(setting).collect(), policies: Vec::new() },
    }
}

const LITTLE: Effort = Effort { pairs: 30, worlds: 2, pairs_a_world: 8, seed: 3, threads: 1 };

fn weighed(lever: &Lever, effort: Effort) -> offramp::levers::Card {
    weighed_with(&[], lever, effort).expect("it fits")
}

/// The same with these policies at some seats.
fn weighed_with(
    policies: &[(&str, &str)],
    lever: &Lever,
    effort: Effort,
) -> Result<offramp::levers::Card, String> {
    let scenario = scenario("august-2015").expect("it is shipped");
    let seat = |name: &str| scenario.seat(name).expect("it is there");
    let policies = policies.iter().map(|(name, policy)| (seat(name), (*policy).to_owned())).collect();
    let contest =
        Contest::new(&scenario, lever, 2, effort.seed).expect("it has parameters").played_by(policies);
    Ok(weigh(lever, &[contest], effort, &|_| true)?.expect("nobody stops it"))
}

#[test]
fn the_shipped_catalogue_names_only_what_is_there() {
    let source = Source::new(instruments().file, instruments().text);
    let (catalogue, diagnostics) = Catalogue::read(source, &scenario);
    assert!(catalogue.is_some(), "{}", diagnostics.to_text(false));
}

#[test]
fn a_name_that_nothing_has_is_told_with_the_nearest() {
    let told = findings(&instrument("\"channels.mil_wets\""), "");
    assert!(told.contains("no ruleset has `channels.mil_wets`"), "{told}");
    assert!(told.contains("did you mean `channels.mil_west`?"), "{told}");
    let told = findings(&instrument(""), "");
    assert!(told.contains("nothing stands for `hotlines`"), "{told}");
    let wrong = "(name: \"x\", label: \"X\", claim: \"X.\", instruments: [\"hotline\"],
        with: (settings: [(name: \"channels.mil_west.regime\", value: Choice(\"ForcedOpne\"))],
               policies: [(\"rokk\", \"passive\")]))";
    let told = findings(&instrument("\"channels.mil_west\""), wrong);
    for part in ["no instrument is called `hotline`", "ForcedOpne", "no seat is called `rokk`"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(findings(&instrument("\"channels.mil_west\""), ""), "");
}

#[test]
fn a_lever_that_changes_nothing_changes_no_game() {
    let start = scenario("august-2015").and_then(|s| {
        let found = s.document.tracks.iter().find(|track| track.name == "tension");
        found.map(|track| i64::from(track.start))
    });
    let idle =
        lever("idle", &[("tracks.tension.start", SettingValue::Whole(start.expect("it has tension")))]);
    let card = weighed(&idle, LITTLE);
    for effect in &card.effects {
        assert_eq!((effect.differ, effect.difference.value), (0, 0.0), "{effect:?}");
        assert_eq!(effect.difference.cases, 30);
        let interval = effect.difference.interval;
        assert!(interval.is_none() || interval.low < 0.0 && interval.high > 0.0, "of no width: {effect:?}");
    }
    assert_eq!((card.worlds.same, card.left_out), (2, 0));
    assert!(card.helps_in.is_empty() && card.hurts_in.is_empty());
}

#[test]
fn an_act_that_is_not_offered_is_taken_by_nobody_and_shows() {
    let unarmed =
        ["dprk_lay_mines", "dprk_land_fire", "dprk_shell_front", "rok_return_fire", "rok_loudspeakers"];
    let names: Vec<String> = unarmed.iter().map(|act| format!("actions.{act}.offered")).collect();
    let with: Vec<(&str, SettingValue)> =
        names.iter().map(|name| (name.as_str(), SettingValue::Flag(false))).collect();
    let card = weighed(&lever("unarmed", &with), LITTLE);
    assert!(card.effects.iter().any(|effect| effect.differ > 0), "{card:?}");
    assert_eq!(weighed(&lever("unarmed", &with), Effort { threads: 3, ..LITTLE }), card);
}

#[test]
fn a_seat_that_no_arm_names_can_be_given_to_another_policy_in_both_arms() {
    let little = Effort { pairs: 10, worlds: 0, ..LITTLE };
    let idle = lever("idle", &[]);
    let played = |policy: &str| weighed_with(&[("dprk", policy)], &idle, little);
    let (doctrine, passive) = (weighed(&idle, little), played("passive").expect("it fits"));
    assert_eq!((doctrine.differ, passive.differ), (0, 0));
    assert_ne!(doctrine.effects, passive.effects);
    let unknown = played("passiv").expect_err("there is no such policy");
    assert!(unknown.contains("passiv"), "{unknown}");
}

/// A catalogue whose one lever changes a setting to what it is.
const IDLE: &str = "(format: 1, source: \"test\", rulesets: [\"korea\"],
    instruments: [(name: \"hotlines\", label: \"Hotlines\", part: \"Lines\", by: [\"channels.mil_west\"], changes: \"Calls.\")],
    levers: [(name: \"idle\", label: \"Nothing\", claim: \"Nothing changes.\", instruments: [\"hotlines\"],
        with: (settings: [(name: \"channels.mil_west.regime\", value: Choice(\"AsRecorded\"))]))])";

#[test]
fn a_card_says_in_words_that_no_pair_differs() {
    let home = Home::new();
    std::fs::write(home.path("idle.ron"), IDLE).expect("it is written");
    let catalogue = home.name("idle.ron");
    let little = ["--scenario", "august-2015", "--pairs", "20", "--worlds", "0", "--catalogue", &catalogue];
    let told = succeeds(&[["levers"].as_slice(), &little].concat());
    let line = |name: &str| told.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_default();
    // Wilson's upper end for none of 20.
    assert!(
        line("days until").ends_with("+0.0000 no pair differs; at 95 % at most 16.1 in 100 do"),
        "{told}"
    );
    assert!(line("becomes general war").ends_with("  no pair differs"), "{told}");
    assert!(!told.contains("[+0.0000, +0.0000]"), "{told}");
    let json = succeeds(&[["levers", "--format", "json"].as_slice(), &little].concat());
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let effects = json["cards"][0]["effects"].as_array().expect("a card has effects");
    let days =
        effects.iter().find(|effect| effect["outcome"] == "days until it is over").expect("it is there");
    assert!(days["difference"]["interval"]["low"].is_null() && days["differ"] == 0, "{days}");
}

#[test]
fn an_option_that_would_do_nothing_is_refused() {
    let nothing = [
        (["levers", "--list", "--pairs", "20"].as_slice(), "'--list' cannot be used with"),
        (&["levers", "--list", "open-lines"], "'--list' cannot be used with"),
        (&["levers", "--list", "--format", "json"], "'--list' cannot be used with"),
        (&["levers", "--list", "--scenario", "drill"], "'--list' cannot be used with"),
        (
            &["levers", "--worlds", "0", "--pairs-a-world", "9"],
            "--pairs-a-world would do nothing: there are no worlds",
        ),
        (
            &["levers", "--instruments", "--worlds", "3"],
            "--worlds would do nothing: the line of an instrument",
        ),
        (&["validate", "--facts", "--format", "json"], "'--facts' cannot be used with '--format"),
    ];
    for (words, says) in nothing {
        refuses(words, 2, says);
    }
    assert!(succeeds(&["levers", "--list"]).starts_with("open-lines "), "levers are listed");
    assert!(
        succeeds(&["levers", "--list", "--instruments"]).starts_with("extended-deterrence-credibility "),
        "and instruments"
    );
}
