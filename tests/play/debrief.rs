//! What is told of a game after its end: the debrief and the transcript of whole games.

use crate::support::{rules, rules_with};
use offramp::engine::{Game, Outcome, Rules};
use offramp::report::debrief::document;
use offramp::report::markdown::markdown;
use offramp::scenario::Settings;
use offramp::session::runner::{Recording, Table, run, usual_policy};
use offramp::trace::{
    CallRecord, Chronicle, Debrief, DebriefStep, Entry, LevelCourse, LevelMove, Note, Player, Rolls, Setup,
    StepFrom, Transcript, Voice, outcome_line,
};
use offramp::vocabulary::{Id, Rung, SeatId};
use std::sync::Arc;

/// A whole game as it is told.
struct Told {
    outcome: Outcome,
    debrief: Debrief,
    /// The transcript, line by line.
    lines: Vec<String>,
    /// The standing rung that seats were shown after the first call.
    shown_at_first: Rung,
}

/// Plays a whole game by the usual policies.
fn tell(rules: &Arc<Rules>, seed: u64) -> Told {
    let scenario = Arc::clone(rules.scenario());
    let players: Vec<(SeatId, String)> =
        scenario.players().map(|seat| (seat, usual_policy(&scenario, seat).to_owned())).collect();
    let named = |(seat, by): &(SeatId, String)| Player {
        seat: scenario.document.seats[seat.index()].name.clone(),
        by: by.clone(),
    };
    let setup =
        Setup { seed, run: 0, settings: Settings::default(), players: players.iter().map(named).collect() };
    let mut game = Game::new(Arc::clone(rules), seed, 0);
    let mut table = Table::new(&game, seed, 0, &players).expect("the usual policies exist");
    let mut chronicle = Chronicle::new(&scenario, &setup);
    let mut transcript = Transcript::new(&scenario, Rolls::default());
    let (mut lines, mut shown_at_first) = (Vec::new(), None);
    let mut recording = Recording::new(|call, game: &Game, _: &_, record: &_| {
        chronicle.call(record, game);
        lines.extend(transcript.call(call, record));
        shown_at_first.get_or_insert_with(|| game.observation(players[0].0).standing_rung);
    });
    let outcome = run(&mut game, &mut table, &mut recording).expect("the game ends");
    drop(recording);
    lines.extend(transcript.end(rules, &outcome));
    let note = Note { minute: 0, turn: 0, by: Voice::Control, at: None, text: NOTE.to_owned(), clock: None };
    chronicle.entry(&Entry::Note(&note), &CallRecord::default(), &game);
    let debrief = chronicle.debrief(&game).expect("it is over");
    Told { outcome, debrief, lines, shown_at_first: shown_at_first.expect("there was a call") }
}

/// What control noted at the end of every game here.
const NOTE: &str = "nobody asked who was on the other end";

#[test]
fn what_control_notes_stands_with_the_table_and_nobody_was_to_see_it() {
    let debrief = tell(&rules(), 7).debrief;
    let note = debrief.steps.iter().find(|step| step.truth.ends_with(NOTE)).expect("it is told");
    assert!(note.from == StepFrom::Table && !note.unseen(), "{note:?}");
    assert!(debrief.steps.iter().any(DebriefStep::unseen), "some things nobody saw");
    let page = markdown(&document(&debrief));
    let (_, table) = page.split_once("## Control and the table").expect("it has a section");
    assert!(table.split("\n## ").next().unwrap().contains(NOTE));
}

#[test]
fn a_debrief_tells_the_levels_that_the_scenario_adds_to_its_base_and_no_others() {
    let tide = "tracks: [(name: \"tide\", label: \"The tide\", unit: \"feet\", min: 0, max: 9, start: 3, source: \"-\")], \
                rules: [(name: \"flood\", step: Situation, does: [When(that: Compare(Gauge(Turn), Eq, Const(1)), \
                then: [Set(\"tide\", Const(7))])])],";
    let levels = tell(&rules_with(tide), 7).debrief.levels;
    let moves = vec![LevelMove { turn: 2, from: 3, to: 7 }];
    let (level, unit) = ("The tide".to_owned(), "feet".to_owned());
    assert_eq!(levels, [LevelCourse { level, unit, start: 3, end: 7, moves }]);
}

/// The number in a heading such as `Turn 3, Day 2 07:35`.
fn turn_of(heading: &str) -> Option<u16> {
    heading.strip_prefix("Turn ")?.split(',').next()?.parse().ok()
}

#[test]
fn the_course_says_whose_deaths_it_counts_and_records_name_it_as_ever() {
    let rules = rules();
    let told = tell(&rules, 7);
    assert!(told.debrief.class.contains("allied deaths"), "{}", told.debrief.class);
    let course = told.lines.iter().find(|line| line.starts_with("Course: ")).expect("it is told");
    assert!(course.contains(&told.debrief.class), "{course}");
    let recorded = outcome_line(&rules, &told.outcome).course;
    assert_eq!(told.debrief.class.replace("allied ", ""), recorded);
}

#[test]
fn the_debrief_the_transcript_and_its_end_number_turns_alike() {
    let told = tell(&rules(), 7);
    let mut sections = vec![Vec::new()];
    for line in &told.lines {
        if let Some(turn) = turn_of(line) {
            assert_eq!(usize::from(turn), sections.len());
            sections.push(Vec::new());
        }
        sections.last_mut().unwrap().push(line.as_str());
    }
    assert!(sections.len() > 3, "a game of some turns");
    for step in told
        .debrief
        .steps
        .iter()
        .filter(|step| step.from == StepFrom::Game && !step.truth.starts_with("what happened before"))
    {
        let section = &sections[usize::from(step.turn)];
        assert!(section.iter().any(|line| line.ends_with(&step.truth)), "turn {}: {}", step.turn, step.truth);
    }
    let end = format!("It ended in turn {}, Day ", sections.len() - 1);
    assert!(told.lines.iter().any(|line| line.contains(&end)), "{end}");
    assert_eq!(usize::from(told.outcome.turns) + 2, sections.len());
}

#[test]
fn a_step_stands_at_the_rung_that_seats_were_shown() {
    let told = tell(&rules(), 7);
    let first = &told.debrief.steps[0];
    assert!(told.shown_at_first >= Rung(6), "the crisis opens with a mine");
    assert_eq!((first.turn, first.rung), (1, told.shown_at_first));
}

#[test]
fn a_roll_stands_under_the_event_that_it_decided() {
    let rules = rules();
    let (mut rounds, mut cases) = (0, 0);
    for seed in 1..6 {
        for step in tell(&rules, seed).debrief.steps {
            let has = |what: &str| step.rolls.iter().any(|roll| roll.starts_with(what));
            if step.truth.contains(" of talks") {
                rounds += 1;
                assert!(has("someone walks out, "), "{step:?}");
            }
            if has("when evidence comes") {
                cases += 1;
                let document = &rules.scenario().document;
                let incident = document.incidents.iter().any(|i| step.truth.starts_with(&i.label));
                let mut covert = document.actions.iter().filter(|a| a.covert.is_some());
                assert!(incident || covert.any(|a| step.truth.contains(&a.label)), "{step:?}");
            }
        }
    }
    assert!(rounds > 0 && cases > 0, "{rounds} rounds of talks and {cases} cases");
}
