//! The acts that a file offers: of its base's those that it names, and its own.

use crate::load::load_over;
use offramp::engine::{self, Game, Rules};
use offramp::scenario::{Settings, offered};
use offramp::storage;
use std::sync::Arc;

/// A file on top of the base with these fields; two acts of its own, one of them in place of the base's.
fn file(fields: &str) -> String {
    let act = |name: &str| {
        format!(
            "(name: \"{name}\", label: \"Tea\", about: \"Tea.\", rung: 0, domain: Political, seats: [\"rok\"], \
             reading: Soft, cost: Cheap, path: \"press\", source: \"made up\")"
        )
    };
    let (own, anew) = (act("rok_tea"), act("rok_protest"));
    format!(
        "(format: 1, name: \"x\", base: \"korea\", actions: [{own}], replace: (actions: [{anew}]), {fields})"
    )
}

/// What is said about a file, and the rules if it is sound.
fn bound(text: &str, base: Option<&str>) -> (String, Option<Arc<Rules>>) {
    let korea = storage::shipped("korea").expect("the base is shipped");
    let (scenario, diagnostics) = load_over(text, base.map(|text| (korea.file, text)));
    let rules =
        scenario.map(|scenario| engine::bind(&Arc::new(scenario), &Settings::default()).expect("bound"));
    (diagnostics.to_lines(), rules)
}

/// The acts that somebody can order.
fn on_offer(rules: &Rules) -> Vec<&str> {
    let actions = rules.scenario().document.actions.iter().zip(&rules.bound.actions);
    actions.filter(|(_, bound)| !bound.seats.is_empty()).map(|(doc, _)| doc.name.as_str()).collect()
}

#[test]
fn a_file_offers_what_it_names_and_what_it_writes() {
    let rules = bound(&file("offered: [\"dprk_deny\", \"us_watch\"]"), None).1.expect("sound");
    assert_eq!(on_offer(&rules), ["dprk_deny", "rok_protest", "us_watch", "rok_tea"]);
    let rules = bound(&file("offered: []"), None).1.expect("sound");
    assert_eq!(on_offer(&rules), ["rok_protest", "rok_tea"]);
    let all = bound(&file(""), None).1.expect("sound");
    assert_eq!(on_offer(&all).len(), all.scenario().document.actions.len());
}

#[test]
fn a_setting_has_the_last_word_on_what_is_offered() {
    let with =
        "offered: [\"dprk_deny\"], settings: [(name: \"actions.us_watch.offered\", value: Flag(true))]";
    let rules = bound(&file(with), None).1.expect("sound");
    assert_eq!(on_offer(&rules), ["dprk_deny", "rok_protest", "us_watch", "rok_tea"]);
    let shown = |name: &str| {
        let name = format!("actions.{name}.offered");
        offered(rules.scenario())
            .into_iter()
            .find(|setting| setting.name == name)
            .map(|setting| setting.default)
    };
    assert_eq!(
        (shown("dprk_deny").as_deref(), shown("dprk_threat").as_deref()),
        (Some("true"), Some("false"))
    );
}

#[test]
fn what_a_base_offers_holds_in_its_children_until_one_says_otherwise() {
    let korea = storage::shipped("korea").expect("the base is shipped").text;
    let base = korea.replacen(
        "format: 1,",
        "format: 1, offered: [\"dprk_deny\", \"us_watch\", \"rok_publish\"],",
        1,
    );
    let (said, rules) = bound(&file("remove: (actions: [\"rok_publish\"])"), Some(&base));
    // What a child removes, its base's list may name.
    assert_eq!(said, "");
    assert_eq!(on_offer(&rules.expect("sound")), ["dprk_deny", "rok_protest", "us_watch", "rok_tea"]);
    let (_, rules) = bound(&file(""), Some(&base));
    assert_eq!(
        on_offer(&rules.expect("sound")),
        ["dprk_deny", "rok_protest", "rok_publish", "us_watch", "rok_tea"]
    );
    let (_, rules) = bound(&file("offered: [\"dprk_threat\"]"), Some(&base));
    assert_eq!(on_offer(&rules.expect("sound")), ["dprk_threat", "rok_protest", "rok_tea"]);
}

#[test]
fn a_composed_scenario_offers_the_same_without_its_base() {
    let rules = bound(&file("offered: [\"us_watch\"]"), None).1.expect("sound");
    let again = bound(&rules.scenario().text, None).1.expect("the composed text is a scenario");
    assert_eq!(on_offer(&again), on_offer(&rules));
    assert_eq!(again.scenario().fingerprint, rules.scenario().fingerprint);
}

#[test]
fn nobody_is_shown_a_body_or_a_trigger_of_acts_that_nobody_can_order() {
    let known = |fields: &str| {
        let rules = bound(&file(fields), None).1.expect("sound");
        let mut game = Game::new(Arc::clone(&rules), 7, 0);
        game.open(&mut offramp::engine::NoRecord);
        let seat = rules.scenario().seat("rok").expect("the South plays");
        let (seen, brief) = (game.observation(seat), game.briefing(seat));
        let sits = brief.bodies.iter().filter(|body| body.members.contains(&seat)).count();
        assert_eq!((seen.bodies.len(), seen.triggers.len()), (sits, brief.triggers.len()));
        (seen.bodies.len(), seen.triggers.len())
    };
    assert_eq!(known(""), (5, 3));
    assert_eq!(known("offered: [\"us_bomber\", \"us_nuclear_use\", \"rok_stand_down\"]"), (2, 1));
    assert_eq!(known("offered: []"), (0, 0));
}
