//! What changes between two scenarios, and what difference it makes on the same dice.

use offramp::engine::{Rules, bind};
use offramp::levers::weigh_change;
use offramp::scenario::difference::{Difference, How, differences};
use offramp::scenario::source::Source;
use offramp::scenario::{Scenario, Settings, compile};
use offramp::storage::shipped;
use std::sync::Arc;

fn read(text: &str) -> Arc<Scenario> {
    let base = |name: &str, _: &Source| {
        shipped(name).map(|base| Source::new(base.file, base.text)).ok_or_else(|| name.to_owned())
    };
    let (scenario, findings) = compile(Source::new("x.ron", text), &base);
    Arc::new(scenario.unwrap_or_else(|| panic!("{}", findings.to_text(false))))
}

/// August 2015 with something changed in it.
fn august(changes: &str) -> Arc<Scenario> {
    read(&format!("(format: 1, name: \"august-2015\", base: \"august-2015\", {changes})"))
}

/// What differs from August 2015, a line each.
fn told(changes: &str) -> Vec<String> {
    let told = |d: Difference| {
        let path = [d.section, d.entry, d.field].join("/");
        match d.how {
            How::New(value) => format!("{path} + {value}"),
            How::Gone(value) => format!("{path} - {value}"),
            How::Changed { was, is } => format!("{path} {was} -> {is}"),
            How::Reordered => format!("{path} reordered"),
        }
    };
    differences(&august(""), &august(changes)).into_iter().map(told).collect()
}

fn rules(scenario: &Arc<Scenario>) -> Arc<Rules> {
    bind(scenario, &Settings::default()).expect("the settings are sound")
}

#[test]
fn a_scenario_does_not_differ_from_itself() {
    assert_eq!(told(""), [""; 0]);
}

#[test]
fn new_and_missing_entries_are_told_by_name_with_what_they_are() {
    let changes = "tracks: [(name: \"fog\", label: \"Fog at sea\", min: 0, max: 10, start: 5, source: \"judgement\")], \
                   remove: (injects: [\"storm_passes\"])";
    assert_eq!(
        told(changes),
        ["tracks/fog/ + Fog at sea", "injects/storm_passes/ - A typhoon passes the east coast"]
    );
}

#[test]
fn a_changed_entry_is_told_field_by_field_with_both_values() {
    let changes = "title: \"Another August\", replace: (injects: [(name: \"liberation_day\", \
                   label: \"Seventy years since liberation\", text: \"Nothing.\", when: At(Days(11)), wakes: true, \
                   effects: [Shift(\"engagement\", Const(1)), Shift(\"tension\", Const(-2))], \
                   source: \"15 August 2015 (press, general knowledge)\")])";
    let told = told(changes);
    assert_eq!(told[0], "//title \"August 2015: mines, loudspeakers, an ultimatum\" -> \"Another August\"");
    assert!(
        told[1].starts_with("injects/liberation_day/text \"Both capitals mark")
            && told[1].ends_with("-> \"Nothing.\"")
    );
    assert_eq!(
        told[2..],
        [
            "injects/liberation_day/when At(Minutes(15985)) -> At(Days(11))",
            "injects/liberation_day/wakes false -> true",
            "injects/liberation_day/effects + Shift(\"tension\", Const(-2))",
        ]
    );
}

#[test]
fn a_part_inside_an_entry_is_told_by_the_name_that_it_has() {
    let august = august("");
    let seat = august.document.seats.iter().find(|seat| seat.name == "rok").expect("it plays");
    let mut changed = seat.clone();
    changed.aims[0].points += 1.0;
    changed.dispositions.swap(0, 1);
    let text = ron::to_string(&changed).unwrap();
    let told = told(&format!("replace: (seats: [{text}])"));
    let (aim, points) = (&seat.aims[0].name, seat.aims[0].points);
    assert_eq!(
        told,
        [
            format!("seats/rok/aims.{aim}.points {points:?} -> {:?}", points + 1.0),
            "seats/rok/dispositions reordered".to_owned()
        ]
    );
}

#[test]
fn a_change_of_words_alone_changes_no_game() {
    let [plain, worded] = [august(""), august("title: \"Another August\"")].map(|s| rules(&s));
    let change = weigh_change([&plain, &worded], 6, 1, 2, &|_| true).unwrap().expect("nobody stopped it");
    assert_eq!((change.pairs, change.differ, change.left_out), (6, 0, 0));
    assert!(change.effects.iter().all(|effect| effect.differ == 0 && effect.without == effect.with));
}

#[test]
fn a_change_that_matters_is_weighed_pair_by_pair_whatever_the_threads() {
    // Another track comes first: outcomes are found by what they are and not by where they stand.
    let harsher = "tracks: [(name: \"fog\", label: \"Fog at sea\", min: 0, max: 10, start: 5, source: \"judgement\")], \
                   settings: [(name: \"parameters.fade_hazard.value\", value: Number(0.12))]";
    let [plain, changed] = [august(""), august(harsher)].map(|s| rules(&s));
    let weigh = |threads| weigh_change([&plain, &changed], 24, 1, threads, &|_| true).unwrap().unwrap();
    let change = weigh(1);
    assert_eq!(change, weigh(2));
    assert_eq!(change.not_in_both, ["at the end: fog at sea"]);
    let days = change.effects.iter().find(|effect| effect.outcome == "days until it is over").unwrap();
    assert!(days.differ > 0 && days.with < days.without, "{days:?}");
}

#[test]
fn scenarios_with_other_seats_are_not_paired() {
    let other = read(shipped("coercion").unwrap().text);
    let refused = weigh_change([&rules(&august("")), &rules(&other)], 2, 1, 1, &|_| true).unwrap_err();
    assert_eq!(
        refused,
        "their games cannot be paired: seats that give orders are dprk, rok, us in one and dprk, japan, rok, us in the other"
    );
}
