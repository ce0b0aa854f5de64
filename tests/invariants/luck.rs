//! The same luck: what is added or moved in a scenario leaves every other roll as it was.

use super::games::{ADDED, Chooser, Whim, composed, name_of, play, rules, shipped, trials};
use offramp::engine::dice::SiteId;
use offramp::engine::{Change, Fact, Game, Purpose, Recorder, Roll};
use offramp::scenario::document::Document;
use offramp::scenario::section::{RuleDoc, Step};
use offramp::vocabulary::words::{Condition, Expr, Statement};
use offramp::vocabulary::{Duration, Minute, Rate, SeatId};
use std::collections::BTreeMap;

/// Where a roll was made: the minute, its purpose, its address, its index.
type Place = (Minute, Purpose, SiteId, u32);

/// All rolls of a game, each with its chance and result, in order at each place.
#[derive(Default)]
struct Rolls {
    minute: Minute,
    rolls: BTreeMap<Place, Vec<(u32, i32)>>,
}

impl Recorder for Rolls {
    fn roll(&mut self, roll: &Roll) {
        let place = (self.minute, roll.purpose, roll.site, roll.index);
        self.rolls.entry(place).or_default().push((roll.chance, roll.result));
    }

    fn fact(&mut self, _: &Fact) {}

    fn change(&mut self, change: &Change) {
        if let Change::Clock(minute) = change {
            self.minute = *minute;
        }
    }
}

/// A game told by names: its rolls, and how it came out.
#[derive(Debug, PartialEq)]
struct Course {
    rolls: BTreeMap<Place, Vec<(u32, i32)>>,
    end: String,
}

fn course(document: &Document, seed: u64) -> Course {
    let rules = rules(composed(document));
    course_of(&rules, seed)
}

fn course_of(rules: &std::sync::Arc<offramp::engine::Rules>, seed: u64) -> Course {
    let mut game = Game::new(std::sync::Arc::clone(rules), seed, 0);
    let chooser = Chooser::new(&game, seed);
    let mut rolls = Rolls::default();
    play(&mut game, &chooser, &mut rolls, |_| {});
    let document = &rules.scenario().document;
    let end = game.outcome().map_or_else(String::new, |outcome| {
        let seat = |s: usize| name_of(&document.seats, <SeatId as offramp::vocabulary::Id>::new(s));
        let mut deaths: Vec<_> = outcome.deaths.iter().enumerate().map(|(s, d)| (seat(s), *d)).collect();
        let mut aims: Vec<_> = outcome.aims.iter().enumerate().map(|(s, a)| (seat(s), a.clone())).collect();
        deaths.sort();
        aims.sort();
        let ending = name_of(&document.endings, outcome.ending().expect("no control ends it"));
        format!(
            "{ending} {:?} {deaths:?} {} {} {} {:?} {aims:?}",
            outcome.peak, outcome.civilians, outcome.turns, outcome.minutes, outcome.counters
        )
    });
    Course { rolls: rolls.rolls, end }
}

fn august() -> Document {
    shipped("august-2015").document.clone()
}

/// Every roll of the first course is in the second, and the two end alike. Chances may differ by one in a million: a
/// new kind of incident takes its share, however small, of a wave of incidents.
fn assert_same_luck(plain: &Course, changed: &Course, what: &str) {
    for (place, rolls) in &plain.rolls {
        let others = changed.rolls.get(place).map_or(&[][..], Vec::as_slice);
        let alike = |((chance, result), (other, came)): (&(u32, i32), &(u32, i32))| {
            chance.abs_diff(*other) <= 1 && result == came
        };
        assert!(
            rolls.len() == others.len() && rolls.iter().zip(others).all(alike),
            "{what}: at {place:?} {rolls:?} became {others:?}"
        );
    }
    assert_eq!(plain.end, changed.end, "{what}");
}

/// Puts an entry at the front, in the middle or at the end of a list.
fn put<T>(list: &mut Vec<T>, entry: T, seed: u64) {
    let at = match seed % 3 {
        0 => 0,
        1 => list.len() / 2,
        _ => list.len(),
    };
    list.insert(at, entry);
}

fn added(what: &str) -> String {
    format!("{ADDED}_{what}")
}

/// Adds one entry and compares every course.
fn adding(what: &str, add: impl Fn(&mut Document, u64)) {
    let plain = rules(composed(&august()));
    for place in 0..3 {
        let mut document = august();
        add(&mut document, place);
        let changed = rules(composed(&document));
        for seed in 0..trials(10) {
            assert_same_luck(
                &course_of(&plain, seed),
                &course_of(&changed, seed),
                &format!("{what}, {seed}"),
            );
        }
    }
}

#[test]
fn adding_an_action_leaves_all_rolls_as_they_were() {
    adding("action", |document, place| {
        let mut action = document.actions[document.actions.len() / 2].clone();
        action.name = added("action");
        // A menu is short: what can be ordered might take another act's place on it, and change what is chosen.
        action.needs = Some(Condition::Any(Vec::new()));
        put(&mut document.actions, action, place);
    });
}

#[test]
fn adding_an_incident_leaves_all_rolls_as_they_were() {
    adding("incident", |document, place| {
        let mut incident = document.incidents[0].clone();
        incident.name = added("incident");
        // It is rolled for in every tick, and almost never comes.
        incident.rate = Rate::PerYear(0.000_001);
        put(&mut document.incidents, incident, place);
    });
}

#[test]
fn adding_a_rule_with_a_roll_leaves_all_rolls_as_they_were() {
    for step in [Step::Situation, Step::Adjudication, Step::Escalation] {
        adding("rule", |document, place| {
            let does = vec![Statement::Roll("discarded".to_owned(), Expr::Const(500))];
            let rule = RuleDoc { name: added("rule"), step, actor: None, does, source: String::new() };
            put(&mut document.rules, rule, place);
        });
    }
}

#[test]
fn adding_a_track_leaves_all_rolls_as_they_were() {
    adding("track", |document, place| {
        let mut track = document.tracks[0].clone();
        track.name = added("track");
        (track.baseline, track.half_life) = (Some(track.max), Some(Duration::Days(5)));
        put(&mut document.tracks, track, place);
    });
}

#[test]
fn adding_a_channel_leaves_all_rolls_as_they_were() {
    adding("channel", |document, place| {
        let mut channel = document.channels[0].clone();
        channel.name = added("channel");
        channel.owner = None;
        put(&mut document.channels, channel, place);
    });
}

#[test]
fn an_added_rule_and_track_are_rolled_for_themselves() {
    let plain = course(&august(), 1);
    let mut document = august();
    let does = vec![Statement::Roll("discarded".to_owned(), Expr::Const(500))];
    let (name, step) = (added("rule"), Step::Adjudication);
    document.rules.push(RuleDoc { name, step, actor: None, does, source: String::new() });
    let changed = course(&document, 1);
    assert!(changed.rolls.len() > plain.rolls.len() + 10);
}

#[test]
fn the_order_of_lists_means_nothing() {
    let plain = rules(composed(&august()));
    let courses: Vec<Course> = (0..4).map(|seed| course_of(&plain, seed)).collect();
    for permutation in 0..trials(60) {
        let mut document = august();
        let mut whim = Whim::new(permutation);
        // All but the lists whose order counts: rungs; rules; injects; endings, of which the first that holds comes; and
        // paths, of which the first takes what no path says that it carries.
        whim.shuffle(&mut document.seats);
        whim.shuffle(&mut document.tracks);
        whim.shuffle(&mut document.sites);
        whim.shuffle(&mut document.losses);
        whim.shuffle(&mut document.latencies);
        whim.shuffle(&mut document.kernels);
        whim.shuffle(&mut document.channels);
        whim.shuffle(&mut document.bodies);
        whim.shuffle(&mut document.accords);
        whim.shuffle(&mut document.actions);
        whim.shuffle(&mut document.incidents);
        whim.shuffle(&mut document.hypotheses);
        whim.shuffle(&mut document.triggers);
        whim.shuffle(&mut document.terms);
        whim.shuffle(&mut document.doctrines);
        whim.shuffle(&mut document.parameters);
        whim.shuffle(&mut document.calendar);
        whim.shuffle(&mut document.record);
        whim.shuffle(&mut document.tables);
        let shuffled = rules(composed(&document));
        let seed = permutation % 4;
        let course = course_of(&shuffled, seed);
        assert_same_luck(&courses[seed as usize], &course, &format!("permutation {permutation}"));
        assert_eq!(course.rolls.len(), courses[seed as usize].rolls.len(), "permutation {permutation}");
    }
}
