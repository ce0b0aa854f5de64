//! Records of whole games: the same bytes every time, verified line by line, resumed at any line.

use crate::support::rules;
use offramp::engine::{Game, Orders, Rules};
use offramp::policy::{Policy, SeatDice, SeatMemory, Seated};
use offramp::scenario::Settings;
use offramp::session::runner::{Recording, Table, run, usual_policy};
use offramp::session::{Occupant, Progress, Session, SessionConfig, SessionError};
use offramp::storage::{FaultKind, Faults};
use offramp::trace::{
    ENGINE, Player, ReadError, RecordKind, Setup, TraceFile, TraceWriter, Verified, as_trace, rebuild, verify,
};
use offramp::vocabulary::{Id, SeatId};
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn policies(rules: &Rules) -> Vec<(SeatId, String)> {
    let scenario = rules.scenario();
    scenario.players().map(|seat| (seat, usual_policy(scenario, seat).to_owned())).collect()
}

/// A whole game by the usual policies, as the text of its record.
fn play(rules: &Arc<Rules>, kind: RecordKind, seed: u64) -> String {
    let scenario = rules.scenario();
    let players = policies(rules);
    let setup = Setup {
        seed,
        run: 0,
        settings: Settings::default(),
        players: players
            .iter()
            .map(|(seat, by)| Player {
                seat: scenario.document.seats[seat.index()].name.clone(),
                by: by.clone(),
            })
            .collect(),
    };
    let mut game = Game::new(Arc::clone(rules), seed, 0);
    let mut table = Table::new(&game, seed, 0, &players).expect("the usual policies exist");
    let (mut writer, opening) = TraceWriter::begin(kind, scenario, ENGINE, &setup);
    let mut lines = opening.to_vec();
    let mut recording = Recording::new(|call, game: &Game, orders: &[Orders], record: &_| {
        lines.push(writer.call(call, game, orders, record));
    });
    let outcome = run(&mut game, &mut table, &mut recording).expect("the game ends");
    drop(recording);
    lines.push(writer.end(rules, &outcome));
    lines.into_iter().map(|line| line + "\n").collect()
}

fn read(text: &str) -> TraceFile {
    TraceFile::read(text.as_bytes()).expect("the record is sound")
}

#[test]
fn a_seed_gives_the_same_bytes_twice_and_another_seed_gives_others() {
    let rules = rules();
    let first = play(&rules, RecordKind::Trace, 7);
    assert!(first == play(&rules, RecordKind::Trace, 7));
    assert!(first != play(&rules, RecordKind::Trace, 8));
}

#[test]
fn a_trace_needs_no_other_file_to_be_verified() {
    let text = play(&rules(), RecordKind::Trace, 7);
    let file = read(&text);
    let rebuilt = rebuild(&file).expect("the scenario is in line 2");
    assert_eq!(verify(&file, &rebuilt), Ok(Verified::Whole));
}

#[test]
fn a_trace_holds_whole_numbers_only() {
    let text = play(&rules(), RecordKind::Trace, 7);
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(!has_float(&value), "{line}");
    }
}

fn has_float(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => number.is_f64(),
        serde_json::Value::Array(list) => list.iter().any(has_float),
        serde_json::Value::Object(fields) => fields.values().any(has_float),
        _ => false,
    }
}

#[test]
fn a_changed_order_roll_or_digest_is_found_even_under_a_sound_chain() {
    let rules = rules();
    let text = play(&rules, RecordKind::Trace, 7);
    let forge = |find: &dyn Fn(&str) -> bool, change: &dyn Fn(&mut serde_json::Value)| {
        let mut chain = offramp::trace::chain::ChainWriter::new();
        let mut forged = None;
        let mut text_out = String::new();
        for (index, line) in text.lines().enumerate() {
            let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
            value.as_object_mut().unwrap().shift_remove("chain");
            if forged.is_none() && find(line) {
                change(&mut value);
                forged = Some(index + 1);
            }
            text_out += &(chain.seal(&value.to_string()) + "\n");
        }
        let error = verify(&read(&text_out), &rules).expect_err("the forgery is found");
        (forged.expect("something was changed"), error)
    };
    let (line, error) = forge(&|line| line.contains(r#""kind":"close""#), &|value| {
        value["digest"] = "00".repeat(16).into();
    });
    assert_eq!((error.line, error.field.as_str()), (line, "digest"));
    let (line, error) = forge(&|line| line.contains(r#""result":0"#), &|value| {
        value["rolls"][0]["result"] = 77.into();
    });
    assert_eq!((error.line, error.field.as_str()), (line, "rolls.0.result"));
    let (line, error) = forge(&|line| line.contains(r#""act":{"#), &|value| {
        let orders = value["orders"].as_object_mut().unwrap();
        orders.retain(|_, orders| orders.get("act").is_none());
    });
    assert_eq!(error.line, line, "{error}");
    let (_, error) = forge(&|line| line.contains(r#""kind":"header""#), &|value| value["seed"] = 8.into());
    assert_eq!(error.line, 3, "another seed shows at the first call: {error}");
    let (line, error) = forge(&|line| line.contains(r#""kind":"end""#), &|value| {
        value["outcome"]["turns"] = 1.into();
    });
    assert_eq!((error.line, error.field.as_str()), (line, "outcome.turns"));
}

/// A session of automated seats only, which plays to the end at once.
fn unattended(rules: &Arc<Rules>, journal: &Path, faults: Faults) -> Result<Session, SessionError> {
    let config =
        SessionConfig { seed: 7, journal: Some(journal.to_owned()), faults, ..SessionConfig::default() };
    let (mut session, keys, _) = Session::open(Arc::clone(rules), config)?;
    assert!(keys.is_empty());
    assert_eq!(session.pump(), Progress::Over);
    Ok(session)
}

#[test]
fn a_journal_resumed_at_any_line_becomes_the_same_journal() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game.journal");
    drop(unattended(&rules, &path, Faults::none()).unwrap());
    let whole = fs::read_to_string(&path).unwrap();
    assert_eq!(whole, play(&rules, RecordKind::Journal, 7), "a session plays as the runner does");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    for kept in 2..=lines.len() {
        let torn = lines.get(kept).map_or("", |line| &line[..line.len() / 2]);
        fs::write(&path, lines[..kept].concat() + torn).unwrap();
        let (mut session, _, _) = Session::resume(&path, Faults::none()).unwrap();
        assert_eq!(session.pump(), Progress::Over);
        drop(session);
        assert!(fs::read_to_string(&path).unwrap() == whole, "resumed after line {kept}");
    }
}

#[test]
fn a_finished_journal_exports_as_the_trace_of_an_uninterrupted_game() {
    let rules = rules();
    let journal = play(&rules, RecordKind::Journal, 7);
    let lines = as_trace(&read(&journal), &rules).unwrap();
    assert!(
        lines.iter().map(|line| format!("{line}\n")).collect::<String>()
            == play(&rules, RecordKind::Trace, 7)
    );
}

/// A person who decides as a policy would, so that a game with desks can be played by a test.
struct Stand {
    policy: Seated,
    memory: SeatMemory,
}

#[test]
fn a_persons_game_resumed_at_every_decision_is_the_game_played_in_one_go() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let play = |name: &str, resume: bool| {
        let path = folder.path().join(name);
        let seat = rules.scenario().seat("rok").unwrap();
        let config = SessionConfig {
            seed: 7,
            seats: vec![(seat, Occupant::Person)],
            journal: Some(path.clone()),
            ..SessionConfig::default()
        };
        let mut opened = Session::open(Arc::clone(&rules), config).unwrap();
        let mut stand: Option<Stand> = None;
        let luck = offramp::engine::dice::RootKey::new(99, offramp::engine::dice::Domain::Opening);
        loop {
            let (mut session, mut keys, _control) = opened;
            let mut desk = session.desk(keys.pop().unwrap());
            let over = loop {
                match session.pump() {
                    Progress::Over => break true,
                    Progress::OverBudget => panic!("the game hangs"),
                    Progress::Waiting => {}
                }
                desk.refresh();
                let view = desk.view();
                let stand = stand.get_or_insert_with(|| Stand {
                    policy: Seated::named("random", &view.briefing).unwrap(),
                    memory: SeatMemory::default(),
                });
                let dice =
                    SeatDice::new(luck.at(u64::from(view.observation.revision), view.observation.minute));
                let mut orders = Orders::default();
                stand.policy.decide(&view.observation, &view.briefing, &mut stand.memory, &dice, &mut orders);
                desk.seal(orders).expect("a policy's orders are in order");
                session.pump();
                if resume {
                    break false;
                }
            };
            if over {
                desk.refresh();
                assert!(desk.view().debrief.is_some());
                let told = format!("{:?}", desk.view().log);
                drop(session);
                return (fs::read_to_string(&path).unwrap(), told);
            }
            drop(session);
            opened = Session::resume(&path, Faults::none()).unwrap();
        }
    };
    let (once, told_once) = play("once", false);
    let (often, told_often) = play("often", true);
    assert!(once == often);
    assert_eq!(told_once, told_often, "the seat's log is as it was");
}

#[test]
fn whatever_the_disk_does_the_game_goes_on_and_the_journal_stays_sound() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    for kind in [FaultKind::Io, FaultKind::NoSpace] {
        for k in 1..40 {
            let path = folder.path().join(format!("{kind:?}{k}"));
            let _ = unattended(&rules, &path, Faults::fail_from(k, kind));
            let Ok(bytes) = fs::read(&path) else { continue };
            match TraceFile::read(&bytes) {
                Ok(file) => assert!(verify(&file, &rules).is_ok(), "{kind:?} from operation {k} on"),
                Err(error) => assert!(
                    matches!(error, ReadError::Damaged(_) | ReadError::Unfinished { .. })
                        && bytes.len() < 200_000,
                    "{kind:?} from operation {k} on: {error}"
                ),
            }
        }
    }
}

#[test]
fn a_journal_that_cannot_be_written_is_told_with_its_path() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game.journal");
    let seat = rules.scenario().seat("rok").unwrap();
    let config = SessionConfig {
        seed: 7,
        seats: vec![(seat, Occupant::Person)],
        journal: Some(path.clone()),
        faults: Faults::fail_from(9, FaultKind::NoSpace),
        ..SessionConfig::default()
    };
    let (mut session, mut keys, _) = Session::open(Arc::clone(&rules), config).unwrap();
    let mut desk = session.desk(keys.pop().unwrap());
    for _ in 0..3 {
        session.pump();
        desk.refresh();
        desk.seal(Orders::default()).unwrap();
    }
    session.pump();
    desk.refresh();
    let notice = desk.view().notice.clone().expect("the participant is told");
    assert!(notice.contains(&path.display().to_string()), "{notice}");
}

#[cfg(unix)]
#[test]
fn a_journal_is_for_its_owner_alone_and_says_what_it_holds() {
    use std::os::unix::fs::PermissionsExt;
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game.journal");
    drop(unattended(&rules, &path, Faults::none()).unwrap());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let first = fs::read_to_string(&path).unwrap();
    assert!(first.lines().next().unwrap().contains("holds the truth"));
}

#[test]
fn a_journal_in_use_is_not_opened_twice() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game.journal");
    let _session = unattended(&rules, &path, Faults::none()).unwrap();
    let error = Session::resume(&path, Faults::none()).unwrap_err();
    assert!(
        matches!(&error, SessionError::Storage(e) if matches!(e.trouble, offramp::storage::Trouble::Held(_)))
    );
}

#[test]
fn late_double_and_foreign_orders_change_nothing() {
    let rules = rules();
    let seat = rules.scenario().seat("rok").unwrap();
    let open = || {
        let config =
            SessionConfig { seed: 7, seats: vec![(seat, Occupant::Person)], ..SessionConfig::default() };
        Session::open(Arc::clone(&rules), config).unwrap()
    };
    let (mut session, mut keys, control) = open();
    let mut desk = session.desk(keys.pop().unwrap());
    session.pump();
    desk.refresh();
    desk.seal(Orders::default()).unwrap();
    desk.seal(Orders::default()).unwrap();
    desk.seal(Orders::default()).unwrap();
    session.pump();
    let (mut other, mut other_keys, other_control) = open();
    let mut other_desk = other.desk(other_keys.pop().unwrap());
    other.pump();
    other_desk.refresh();
    other_desk.seal(Orders::default()).unwrap();
    other.pump();
    assert_eq!(
        session.control(&control).game().digest(),
        other.control(&other_control).game().digest(),
        "only the first of three seals counts"
    );
}

#[test]
#[should_panic(expected = "a key opens only the session")]
fn a_key_of_another_session_opens_nothing() {
    let rules = rules();
    let open = || Session::open(Arc::clone(&rules), SessionConfig::default()).unwrap();
    let (session, _, _) = open();
    let (_, _, control) = open();
    session.control(&control);
}
