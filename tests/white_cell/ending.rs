//! Control ends the game: a line of the journal like its other acts, with a debrief of what had come.

use super::{ControlAct, ControlCommand, Faults, NewsKind, Progress, Session, Table, open, read, rules, sit};
use offramp::session::Ended;
use offramp::trace::{Kind, Verified, rebuild, verify};
use std::fs;
use std::time::Duration;

const WHY: &str = "the hour is over";

fn end(table: &mut Table) {
    table.control(ControlCommand::Act(ControlAct::End { why: WHY.to_owned() }));
}

#[test]
fn a_game_that_control_ends_is_a_finished_journal_that_verifies_and_resumes() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game");
    let mut table = open(&rules, Some(&path));
    table.play_to(3);
    assert_eq!(
        table.refused(ControlCommand::Act(ControlAct::End { why: " ".to_owned() })),
        "the reason is empty"
    );
    end(&mut table);
    assert_eq!(table.pump(), Progress::Over);
    let told = table.view(0).debrief.clone().expect("everybody has the debrief");
    let (label, text) = &told.ending;
    assert!(label == "Ended by control" && text.contains(WHY), "{label}: {text}");
    assert!(told.class.ends_with("ended by control"), "{}", told.class);
    assert!(told.steps.iter().any(|step| step.truth.contains(WHY)));
    drop(table);
    let text = fs::read_to_string(&path).unwrap();
    let file = read(&text);
    assert_eq!(verify(&file, &rebuild(&file).unwrap()), Ok(Verified::Whole));
    assert_eq!(file.lines.last().map(|line| line.kind), Some(Kind::End));
    let mut table = sit(Session::resume(&path, Faults::none()).unwrap());
    assert_eq!(table.pump(), Progress::Over);
    assert_eq!(table.view(0).debrief.as_ref(), Some(&told));
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "nothing is written again");
    assert_eq!(
        table.refused(ControlCommand::Act(ControlAct::End { why: WHY.to_owned() })),
        "the game is over; rewind it first"
    );
}

#[test]
fn a_seat_reads_that_play_stops_and_not_why() {
    let mut table = open(&rules(), None);
    table.play_to(2);
    end(&mut table);
    for desk in 0..table.desks.len() {
        let view = table.view(desk);
        assert_eq!(view.observation.ended, Some(Ended::Control));
        let last = view.log.last().map(|news| news.kind.clone());
        assert_eq!(last, Some(NewsKind::Ended { ending: Ended::Control }));
        assert!(!format!("{:?} {:?}", view.log, view.table.talk).contains(WHY));
    }
}

#[test]
fn who_goes_back_from_a_game_that_control_ended_plays_on_and_the_seats_hear_of_it() {
    let mut table = open(&rules(), None);
    table.play_to(3);
    end(&mut table);
    assert_eq!(table.pump(), Progress::Over);
    let turn = table.control.board().turns[1].clone();
    table.control(ControlCommand::Rewind { line: turn.line, salt: 0, why: "more time".to_owned() });
    assert_eq!(table.pump(), Progress::Waiting);
    let view = table.view(0);
    assert!(view.debrief.is_none() && view.observation.ended.is_none());
    let heard = view.table.talk.last().map(|said| said.text.clone());
    assert_eq!(heard, Some(format!("Play goes back to {}.", turn.moment)));
}

#[test]
fn a_resumed_game_keeps_its_clock() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game");
    let mut table = open(&rules, Some(&path));
    table.pump();
    table.control(ControlCommand::Clock(Some(Duration::from_secs(600))));
    drop(table);
    let mut table = sit(Session::resume(&path, Faults::none()).unwrap());
    table.pump();
    let pace = table.view(0).table.pace;
    assert_eq!(pace.limit, Some(Duration::from_secs(600)));
    assert!(pace.until.is_some(), "it runs anew for the decision in hand");
}
