//! What an author does to a game: comes in at a turn, and puts a changed scenario under it.

use super::{Table, config, id, open, rules, seat};
use offramp::engine::{Rules, bind};
use offramp::scenario::source::Source;
use offramp::scenario::{Settings, compile};
use offramp::session::{
    ControlAct, ControlCommand, InjectDeed, Observation, Occupant, Progress, SeatView, Session, SessionConfig,
};
use offramp::storage::shipped;
use offramp::trace::{Content, Kind, TraceFile, Verified, rebuild, verify};
use std::fs;
use std::sync::Arc;

/// August 2015 with something changed in it.
fn august(changes: &str) -> Arc<Rules> {
    let base = |name: &str, _: &Source| {
        shipped(name).map(|base| Source::new(base.file, base.text)).ok_or_else(|| name.to_owned())
    };
    let text = format!("(format: 1, name: \"august-2015\", base: \"august-2015\", {changes})");
    let (scenario, findings) = compile(Source::new("x.ron", text), &base);
    let scenario = scenario.unwrap_or_else(|| panic!("{}", findings.to_text(false)));
    bind(&Arc::new(scenario), &Settings::default()).expect("it is sound")
}

/// What a seat is shown, without the count of what it was shown.
fn shown(view: &SeatView) -> Observation {
    let mut seen = view.observation.clone();
    seen.revision = 0;
    seen
}

/// Puts rules under a game and lets its desks see it; what could not be done again.
fn rebind(table: &mut Table, rules: &Arc<Rules>) -> Vec<String> {
    let told = table.session.rebind(&table.key, Arc::clone(rules), None).expect("it can go on");
    table.pump();
    told
}

/// The record so far, which plays again to the same.
fn verified(table: &Table) -> TraceFile {
    let file = TraceFile::read(table.session.record(&table.key).as_bytes()).unwrap();
    let rules = rebuild(&file).unwrap();
    assert_eq!(verify(&file, &rules).unwrap(), Verified::Unfinished { torn: None });
    file
}

#[test]
fn automated_seats_play_to_a_turn_as_they_would_have_and_a_person_takes_over() {
    let rules = rules();
    let setup = SessionConfig { seed: 3, ..SessionConfig::default() };
    let [(mut whole, _, key), (mut part, _, part_key)] =
        [setup.clone(), setup].map(|setup| Session::open(Arc::clone(&rules), setup).unwrap());
    assert_eq!(whole.pump(), Progress::Over);
    assert!(part.play_to(&part_key, 3));
    assert_eq!(part.turns(&part_key), 3);
    assert!(whole.record(&key).starts_with(&part.record(&part_key)), "it is the same game so far");
    let act = ControlAct::Inject { inject: id(&rules, "false_shot"), deed: InjectDeed::Fire };
    part.command(&part_key, ControlCommand::Act(act.clone())).unwrap();
    assert!(part.command(&part_key, ControlCommand::Act(act)).is_err(), "it has fired");
    let rok = seat(&rules, "rok");
    part.command(&part_key, ControlCommand::Seat { seat: rok, to: Occupant::Person }).unwrap();
    assert_eq!(part.pump(), Progress::Waiting);
    assert!(!part.play_to(&part_key, 4), "a person has to decide");
}

#[test]
fn a_game_put_under_its_own_scenario_is_the_game_that_it_was() {
    let rules = rules();
    let mut table = open(&rules, None);
    table.play_to(2);
    // What control does is done again, too.
    table.control(ControlCommand::Act(ControlAct::Inject {
        inject: id(&rules, "false_shot"),
        deed: InjectDeed::Fire,
    }));
    table.play_to(4);
    let before: Vec<Observation> = (0..2).map(|desk| shown(table.view(desk))).collect();
    let revision = table.view(0).observation.revision;
    assert_eq!(rebind(&mut table, &rules), [""; 0]);
    let after: Vec<Observation> = (0..2).map(|desk| shown(table.view(desk))).collect();
    assert_eq!(before, after);
    assert!(table.view(0).observation.revision > revision, "no desk takes the question for the old one");
    let file = verified(&table);
    assert_eq!(file.lines.iter().filter(|line| matches!(line.content, Content::Control(_))).count(), 1);
    // And it goes on.
    table.play_to(5);
    verified(&table);
}

#[test]
fn a_changed_scenario_is_played_with_the_orders_so_far_and_its_record_is_its_own() {
    let mut table = open(&rules(), None);
    table.play_to(3);
    let orders = |table: &Table| -> Vec<String> {
        let file = verified(table);
        let calls = file.lines.iter().filter(|line| line.kind == Kind::Close);
        calls.map(|line| format!("{:?}", line.content)).take(1).collect()
    };
    let first = orders(&table);
    let changed = august(
        "title: \"Another August\", injects: [(name: \"rumour\", label: \"A rumour of a second mine\", text: \"It is said.\", \
         when: At(Minutes(0)), source: \"made up\")]",
    );
    assert_eq!(rebind(&mut table, &changed), [""; 0]);
    assert_eq!(orders(&table), first, "the first turn was ordered as before");
    assert_eq!(table.view(0).briefing.scenario.label, "Another August");
    let told = table.view(0).log.iter().any(|news| format!("{news:?}").contains("second mine"));
    assert!(told, "the new inject has come at its time: {:?}", table.view(0).log);
    assert!(rebuild(&verified(&table)).unwrap().scenario().text.contains("rumour"));
}

#[test]
fn an_order_that_is_not_in_order_any_more_is_told_and_left_out() {
    let mut table = open(&rules(), None);
    table.play_to(4);
    let acts = rules()
        .scenario()
        .document
        .actions
        .iter()
        .map(|action| format!("(name: \"actions.{}.offered\", value: Flag(false))", action.name))
        .collect::<Vec<_>>();
    let told = rebind(&mut table, &august(&format!("settings: [{}]", acts.join(", "))));
    assert!(
        told.iter().any(|told| told.starts_with("Turn ") && told.ends_with("nothing was done instead.")),
        "{told:?}"
    );
    verified(&table);
    table.play_to(5);
}

#[test]
fn other_seats_are_refused_and_the_game_goes_on_as_it_was() {
    let mut table = open(&rules(), None);
    table.play_to(2);
    let record = table.session.record(&table.key);
    let august = rules();
    let seats = &august.scenario().document.seats;
    let mut japan = seats.iter().find(|seat| !seat.plays).unwrap().clone();
    japan.name = "japan".to_owned();
    let other = self::august(&format!("seats: [{}]", ron::to_string(&japan).unwrap()));
    let refused = table.session.rebind(&table.key, other, None).unwrap_err();
    assert!(refused.starts_with("the seats are not the same any more"), "{refused}");
    assert_eq!(table.session.record(&table.key), record);
    table.play_to(3);
}

#[test]
fn the_journal_goes_on_in_a_new_file_and_both_can_be_resumed() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["game.journal", "game.journal.1"].map(|name| folder.path().join(name));
    let rules = rules();
    let mut table = super::sit(Session::open(Arc::clone(&rules), config(&rules, Some(&first))).unwrap());
    table.play_to(3);
    let old = fs::read_to_string(&first).unwrap();
    let changed = august("title: \"Another August\"");
    assert_eq!(table.session.rebind(&table.key, changed, Some(second.clone())), Ok(Vec::new()));
    table.play_to(4);
    assert_eq!(fs::read_to_string(&first).unwrap(), old, "nothing is taken from the old one");
    assert_eq!(fs::read_to_string(&second).unwrap(), table.session.record(&table.key));
    drop(table);
    for (journal, turn) in [(&first, 3), (&second, 4)] {
        let (session, _, key) = Session::resume(journal, offramp::storage::Faults::none()).unwrap();
        assert_eq!(session.turns(&key), turn);
        assert_eq!(session.record(&key), fs::read_to_string(journal).unwrap());
    }
}
