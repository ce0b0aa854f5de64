//! The white cell: what control does is a line of the journal, is done again on resume, is proved by verifying, and is
//! seen by the seats only as the game shows it.

mod author;
mod ending;
mod refused;
#[path = "../support/mod.rs"]
mod support;

use offramp::engine::dice::{Domain, RootKey};
use offramp::engine::{Orders, Rules};
use offramp::policy::{Policy, SeatDice, SeatMemory, Seated};
use offramp::session::{
    Argument, Consequence, ControlAct, ControlCommand, ControlDesk, ControlKey, EVEN, Effect, Hands,
    InjectDeed, InjectStatus, NewsKind, Occupant, Person, Progress, Role, Ruling, SeatDesk, SeatView,
    Session, SessionConfig, Speaker, Words,
};
use offramp::storage::Faults;
use offramp::trace::{Content, Kind, TraceFile, Verified, as_trace, rebuild, verify};
use offramp::vocabulary::words::Politics;
use offramp::vocabulary::{ChannelId, Id, SeatId, TrackId};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::{rules, rules_with};

fn seat(rules: &Rules, name: &str) -> SeatId {
    rules.scenario().seat(name).expect("the scenario has it")
}

/// The position of an entry's name in a section.
fn id<I: Id>(rules: &Rules, name: &str) -> I {
    rules.scenario().names.find(name).unwrap_or_else(|| panic!("no {name}"))
}

/// A game with people at ROK (its desks come first) and DPRK, and control.
struct Table {
    session: Session,
    desks: Vec<SeatDesk>,
    control: ControlDesk,
    key: ControlKey,
}

fn config(rules: &Rules, journal: Option<&Path>) -> SessionConfig {
    SessionConfig {
        seed: 7,
        seats: vec![(seat(rules, "rok"), Occupant::Person), (seat(rules, "dprk"), Occupant::Person)],
        journal: journal.map(Path::to_owned),
        ..SessionConfig::default()
    }
}

fn sit((mut session, mut keys, control): offramp::session::Opened) -> Table {
    let [rok, dprk] = ["rok", "dprk"].map(|name| seat(session.control(&control).game().rules(), name));
    if keys.iter().all(|key| key.seat() != dprk) {
        // A policy plays there now; its person comes back later.
        keys.push(session.seat_key(&control, dprk, Person::default()));
    }
    let mut desks: Vec<SeatDesk> = keys.into_iter().map(|key| session.desk(key)).collect();
    desks.sort_by_key(|desk| desk.seat() != rok);
    let desk = session.control_desk(&control);
    Table { session, desks, control: desk, key: control }
}

fn open(rules: &Arc<Rules>, journal: Option<&Path>) -> Table {
    sit(Session::open(Arc::clone(rules), config(rules, journal)).unwrap())
}

impl Table {
    fn pump(&mut self) -> Progress {
        let progress = self.session.pump();
        for desk in &mut self.desks {
            desk.refresh();
        }
        self.control.refresh();
        progress
    }

    fn control(&mut self, command: ControlCommand) {
        self.control.send(command);
        self.pump();
        assert_eq!(self.control.board().refused, None);
    }

    fn refused(&mut self, command: ControlCommand) -> String {
        self.control.send(command);
        self.pump();
        self.control.board().refused.clone().expect("it is refused")
    }

    fn view(&self, desk: usize) -> &SeatView {
        self.desks[desk].view()
    }

    /// Every person decides as a policy without memory would.
    fn decide(&mut self) {
        let luck = RootKey::new(99, Domain::Opening);
        for desk in &self.desks {
            let view = desk.view();
            if view.table.hands != Hands::Open {
                continue;
            }
            let policy = Seated::named("random", &view.briefing).unwrap();
            let seen = &view.observation;
            let dice = SeatDice::new(luck.at(u64::from(seen.revision), seen.minute));
            let mut orders = Orders::default();
            policy.decide(seen, &view.briefing, &mut SeatMemory::default(), &dice, &mut orders);
            desk.seal(orders).expect("a policy's orders are in order");
        }
    }

    /// Plays until control sees this turn.
    fn play_to(&mut self, turn: u16) {
        for _ in 0..500 {
            assert_eq!(self.pump(), Progress::Waiting, "the game lasts until then");
            if self.control.board().turn >= turn {
                return;
            }
            self.decide();
        }
        panic!("turn {turn} does not come");
    }
}

fn words(headline: &str, text: &str) -> Option<Words> {
    Some(Words { headline: headline.to_owned(), text: text.to_owned() })
}

fn message(to: &[SeatId], headline: &str) -> Consequence {
    Consequence {
        words: words(headline, "Nothing more is known."),
        audience: to.to_vec(),
        effects: Vec::new(),
    }
}

fn ruling(rules: &Rules) -> Ruling {
    Ruling {
        seat: Some(seat(rules, "rok")),
        proposal: "The navy finds the wreck of the boat".to_owned(),
        base: EVEN,
        arguments: vec![
            Argument { text: "the sea is calm".to_owned(), weight: 2 },
            Argument { text: "nobody knows where to look".to_owned(), weight: -1 },
        ],
        success: message(&[seat(rules, "rok")], "The wreck is found"),
        failure: message(&[seat(rules, "rok")], "The wreck is not found"),
    }
}

/// What control does in the course of the exercise, by the number of decisions taken before.
fn script(rules: &Rules, step: usize, table: &mut Table) {
    let (rok, dprk, us) = (seat(rules, "rok"), seat(rules, "dprk"), seat(rules, "us"));
    let tension: TrackId = id(rules, "tension");
    let line: ChannelId = id(rules, "panmunjom_liaison");
    let act = |act| ControlCommand::Act(act);
    match step {
        1 => {
            table.control(act(ControlAct::Write(message(&[rok, us], "A rumour"))));
            let injects = &table.control.board().injects;
            let inject = injects.iter().find(|row| row.status == InjectStatus::Pending).unwrap().inject;
            table.control(act(ControlAct::Inject { inject, deed: InjectDeed::Hold }));
            table.control(ControlCommand::Note { at: Some(3), text: "they hesitate".to_owned() });
        }
        2 => {
            table.control(ControlCommand::Say { to: vec![dprk], text: "Five minutes more.".to_owned() });
            table.desks[0].say(vec![Speaker::Seat(dprk)], Some(line), "Hello?".to_owned());
            table.desks[0].say(vec![Speaker::Seat(us), Speaker::Control], None, "What now?".to_owned());
            table.pump();
        }
        3 => table.control(act(ControlAct::Rule(ruling(rules)))),
        4 => {
            let to = Occupant::Policy("guarded".to_owned());
            table.control(ControlCommand::Seat { seat: dprk, to });
        }
        5 => table.control(act(ControlAct::Correct {
            effect: Effect::Level { track: tension, level: 50 },
            why: "the table agreed that it was too low".to_owned(),
        })),
        6 => table.control(act(ControlAct::Correct {
            effect: Effect::Line { channel: line, politics: Politics::Cut },
            why: "the room wants to see it".to_owned(),
        })),
        7 => table.control(ControlCommand::Seat { seat: dprk, to: Occupant::Person }),
        9 => {
            let turn = table.control.board().turns[1].clone();
            table.control(ControlCommand::Rewind { line: turn.line, salt: 0, why: "once more".to_owned() });
        }
        11 => table.control(act(ControlAct::Rule(Ruling {
            proposal: "Both sides accept a mixed commission".to_owned(),
            ..ruling(rules)
        }))),
        13 => {
            let turn = table.control.board().turns[0].clone();
            table.control(ControlCommand::Rewind { line: turn.line, salt: 5, why: "other luck".to_owned() });
        }
        _ => {}
    }
}

/// The whole exercise, with the host killed and resumed after every step, or not.
fn exercise(rules: &Arc<Rules>, path: &Path, resume: bool) -> (String, Vec<String>) {
    let mut table = open(rules, Some(path));
    for step in 0.. {
        if table.pump() == Progress::Over {
            break;
        }
        script(rules, step, &mut table);
        table.decide();
        table.session.pump();
        if resume {
            let Table { session, desks, control, .. } = table;
            drop((session, desks, control));
            table = sit(Session::resume(path, Faults::none()).unwrap());
        }
    }
    let told = |view: &SeatView| format!("{:?} {:?} {:?}", view.log, view.table.talk, view.debrief);
    let told = table.desks.iter().map(|desk| told(desk.view())).collect();
    drop(table);
    (fs::read_to_string(path).unwrap(), told)
}

fn read(text: &str) -> TraceFile {
    TraceFile::read(text.as_bytes()).expect("the record is sound")
}

#[test]
fn an_exercise_resumed_at_every_step_is_the_one_that_ran_through_and_verifies() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    let (once, told_once) = exercise(&rules, &path("once"), false);
    let (often, told_often) = exercise(&rules, &path("often"), true);
    if let Some((a, b)) = once.lines().zip(often.lines()).find(|(a, b)| a != b) {
        panic!("these differ:\n{a}\n{b}");
    }
    assert_eq!(once.len(), often.len());
    assert_eq!(told_once, told_often, "what the seats were told is as it was");
    let file = read(&once);
    let rebuilt = rebuild(&file).unwrap();
    assert_eq!(verify(&file, &rebuilt), Ok(Verified::Whole));
    for kind in [Kind::Control, Kind::Seat, Kind::Sealed, Kind::Talk, Kind::Note, Kind::Fork, Kind::End] {
        assert!(file.lines.iter().any(|line| line.kind == kind), "{kind:?} is in the record");
    }
    assert_eq!(file.branch(), 2);
    assert!(file.path().len() < file.lines.len(), "what was taken back is kept, off the path");
    let trace = as_trace(&file, &rules).unwrap().join("\n") + "\n";
    assert_eq!(verify(&read(&trace), &rules), Ok(Verified::Whole), "a trace keeps every branch");
}

#[test]
fn what_control_did_is_proved_by_playing_it_again() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let (text, _) = exercise(&rules, &folder.path().join("game"), false);
    let forge = |kind: &str, change: &dyn Fn(&mut serde_json::Value)| {
        let mut chain = offramp::trace::chain::ChainWriter::new();
        let mut forged = None;
        let mut out = String::new();
        for (index, line) in text.lines().enumerate() {
            let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
            value.as_object_mut().unwrap().shift_remove("chain");
            if forged.is_none() && value["kind"] == kind {
                change(&mut value);
                forged = Some(index + 1);
            }
            out += &(chain.seal(&value.to_string()) + "\n");
        }
        let error = verify(&read(&out), &rules).expect_err("the forgery is found");
        assert_eq!(Some(error.line), forged, "{error}");
        error.field
    };
    assert_eq!(
        forge("talk", &|value| value["delivered"] = (!value["delivered"].as_bool().unwrap()).into()),
        "delivered"
    );
    assert_eq!(forge("control", &|value| value["digest"] = "0".into()), "digest");
    assert_eq!(forge("fork", &|value| value["turn"] = 40.into()), "turn");
}

#[test]
fn a_message_of_control_reaches_its_audience_as_any_message_and_nobody_else() {
    let rules = rules();
    let mut table = open(&rules, None);
    table.play_to(2);
    let before = table.view(1).clone();
    let to = [seat(&rules, "rok")];
    table.control(ControlCommand::Act(ControlAct::Write(message(&to, "A rumour"))));
    let news = &table.view(0).log.last().unwrap().kind;
    assert!(matches!(news, NewsKind::Message { headline, .. } if &**headline == "A rumour"), "{news:?}");
    assert_eq!(*table.view(1), before, "the other seat is not even sent a view");
}

#[test]
fn where_the_scenario_shows_controls_hand_its_messages_say_so_and_every_seat_reads_its_dice() {
    let rules = rules_with("white_cell: Shown,");
    let mut table = open(&rules, None);
    table.play_to(2);
    table.control(ControlCommand::Act(ControlAct::Rule(ruling(&rules))));
    let last = |desk: usize| table.view(desk).log.last().expect("there is news").kind.clone();
    let headlines = ["The wreck is found", "The wreck is not found"];
    let (told, dice) = (last(0), last(1));
    assert!(
        matches!(&told, NewsKind::FromControl { headline, .. } if headlines.contains(&&**headline)),
        "{told:?}"
    );
    let NewsKind::Ruled { faces: [first, second], needed, came } = dice else { panic!("{dice:?}") };
    assert_eq!((needed, came), (6, first + second >= 6));
}

#[test]
fn what_a_seat_cannot_know_of_control_and_talk_changes_nothing_that_it_is_shown() {
    let rules = rules();
    let (rok, us) = (seat(&rules, "rok"), seat(&rules, "us"));
    let plays = |secret: bool| {
        let mut table = open(&rules, None);
        let mut shown = Vec::new();
        for turn in 2..6 {
            table.play_to(turn);
            if secret {
                table.control(ControlCommand::Say { to: vec![rok], text: "a secret word".to_owned() });
                table.desks[0].say(vec![Speaker::Seat(us)], None, "a secret answer".to_owned());
                table.pump();
                table
                    .control(ControlCommand::Act(ControlAct::Write(message(&[rok, us], "a secret message"))));
                table.control(ControlCommand::Note { at: None, text: "a secret note".to_owned() });
                let empty = Ruling {
                    success: Consequence::default(),
                    failure: Consequence::default(),
                    ..ruling(&rules)
                };
                table.control(ControlCommand::Act(ControlAct::Rule(empty)));
            }
            shown.push(table.view(1).clone());
        }
        assert!(!format!("{shown:?}").contains("secret"));
        // ROK decides otherwise once it has been told something; until then the two worlds are the same to DPRK.
        shown.swap_remove(0)
    };
    assert_eq!(plays(false), plays(true));
}

#[test]
fn words_over_a_channel_come_through_only_if_it_carries_them_and_only_to_its_members() {
    let rules = rules();
    let (rok, dprk, us) = (seat(&rules, "rok"), seat(&rules, "dprk"), seat(&rules, "us"));
    let line: ChannelId = id(&rules, "panmunjom_liaison");
    let mut table = open(&rules, None);
    table.play_to(2);
    let set = |politics| {
        let effect = Effect::Line { channel: line, politics };
        ControlCommand::Act(ControlAct::Correct { effect, why: "for the test".to_owned() })
    };
    let working = Effect::Works { channel: line, working: true };
    table.control(ControlCommand::Act(ControlAct::Correct { effect: working, why: "repair".to_owned() }));
    for (politics, comes) in [(Politics::Open, true), (Politics::Silent, false), (Politics::Cut, false)] {
        table.control(set(politics));
        table.desks[0].say(vec![Speaker::Seat(dprk)], Some(line), format!("by {politics:?}"));
        table.pump();
        let own = table.view(0).table.talk.last().unwrap();
        assert_eq!((own.delivered, own.from), (comes, Speaker::Seat(rok)), "{politics:?}");
        let heard =
            table.view(1).table.talk.last().is_some_and(|said| said.text == format!("by {politics:?}"));
        assert_eq!(heard, comes, "{politics:?}");
    }
    let said = table.control.board().talk.len();
    assert_eq!(said, 3, "control reads all of it, what did not come through as well");
    table.desks[0].say(vec![Speaker::Seat(us)], Some(line), "not a member".to_owned());
    table.desks[0].say(vec![], None, "to nobody".to_owned());
    table.desks[0].say(vec![Speaker::Seat(us)], None, " ".to_owned());
    table.pump();
    assert_eq!(table.control.board().talk.len(), said);
}

#[test]
fn an_adviser_sees_what_the_seat_sees_talks_and_cannot_seal() {
    let rules = rules();
    let rok = seat(&rules, "rok");
    let person = |name: &str, role, aim: &str| Person { name: name.to_owned(), role, aim: aim.to_owned() };
    let people =
        vec![(rok, person("Kim", Role::Lead, "")), (rok, person("Lee", Role::Adviser, "keep the army out"))];
    let config = SessionConfig { people, ..config(&rules, None) };
    let (session, keys, control) = Session::open(Arc::clone(&rules), config).unwrap();
    assert_eq!(keys.iter().map(|key| key.person().name.as_str()).collect::<Vec<_>>(), ["", "Kim", "Lee"]);
    let mut table = sit((session, keys, control));
    table.pump();
    let (kim, lee) = (table.view(0).clone(), table.view(1).clone());
    assert_eq!((&kim.observation, &kim.log), (&lee.observation, &lee.log));
    assert_eq!((kim.table.person.aim.as_str(), lee.table.person.aim.as_str()), ("", "keep the army out"));
    let refused = table.desks[1].seal(Orders::default()).unwrap_err();
    assert_eq!(refused[0].describe(&lee.briefing), "only the lead of your seat seals orders; you advise");
    table.desks[1].say(vec![Speaker::Control], None, "He is about to shoot.".to_owned());
    table.desks[1].say(vec![Speaker::Seat(rok)], None, "Ring them first.".to_owned());
    table.pump();
    let read = |desk: usize| table.view(desk).table.talk.iter().any(|said| said.text == "Ring them first.");
    let others = (2..table.desks.len()).any(read);
    assert!(read(0) && read(1) && !others, "those who share a seat speak among themselves");
    table.desks[0].seal(Orders::default()).unwrap();
    table.pump();
    assert_eq!(table.view(1).table.hands, Hands::Sealed, "the adviser sees that the lead has sealed");
    assert_eq!(table.control.board().talk[0].by, "Lee");
}

#[test]
fn what_is_sealed_survives_while_another_seat_still_thinks() {
    let rules = rules();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("game");
    let mut table = open(&rules, Some(&path));
    table.play_to(2);
    let decided = table.view(0).table.hands;
    assert_eq!(decided, Hands::Open);
    table.desks[0].seal(Orders::default()).unwrap();
    table.pump();
    let line = fs::read_to_string(&path).unwrap().lines().last().unwrap().to_owned();
    assert!(line.contains(r#""kind":"sealed""#), "{line}");
    drop(table);
    let mut table = sit(Session::resume(&path, Faults::none()).unwrap());
    table.pump();
    let sealed: Vec<Hands> = table.desks.iter().map(|desk| desk.view().table.hands).collect();
    assert!(sealed.contains(&Hands::Sealed) && sealed.contains(&Hands::Open), "{sealed:?}");
    let (branch, file) = (0, read(&fs::read_to_string(&path).unwrap()));
    assert_eq!(file.branch(), branch);
    assert!(matches!(file.lines.last().unwrap().content, Content::Sealed(_)));
}

#[test]
fn a_seat_is_handed_to_a_policy_and_back_in_mid_game() {
    let rules = rules();
    let dprk = seat(&rules, "dprk");
    let mut table = open(&rules, None);
    table.play_to(2);
    table.control(ControlCommand::Seat { seat: dprk, to: Occupant::Policy("guarded".to_owned()) });
    let desk = table.desks.iter().position(|desk| desk.seat() == dprk).unwrap();
    assert_eq!(table.view(desk).table.hands, Hands::Policy);
    table.play_to(4);
    table.control(ControlCommand::Seat { seat: dprk, to: Occupant::Person });
    assert_eq!(table.view(desk).table.hands, Hands::Open);
    table.play_to(5);
    let refused =
        table.refused(ControlCommand::Seat { seat: dprk, to: Occupant::Policy("napoleon".to_owned()) });
    assert!(refused.contains("napoleon"), "{refused}");
}

#[test]
fn an_inject_is_held_released_skipped_reworded_and_fired_on_game_time_only() {
    let rules = rules();
    let mut table = open(&rules, None);
    table.pump();
    let injects = |table: &Table| table.control.board().injects.clone();
    let pending = injects(&table).iter().find(|row| row.status == InjectStatus::Pending).unwrap().clone();
    let deed = |deed| ControlCommand::Act(ControlAct::Inject { inject: pending.inject, deed });
    let status = |table: &Table| injects(table)[pending.inject.index()].status;
    table.control(deed(InjectDeed::Hold));
    assert_eq!(status(&table), InjectStatus::Held);
    table.control(deed(InjectDeed::Release));
    assert_eq!(status(&table), InjectStatus::Pending);
    assert_eq!(table.refused(deed(InjectDeed::Release)), "it is not held");
    table.control(deed(InjectDeed::Skip));
    assert_eq!(status(&table), InjectStatus::Skipped);
    let reworded =
        Words { headline: "In other words".to_owned(), text: "It says something else.".to_owned() };
    table.control(deed(InjectDeed::Reword(reworded)));
    let row = injects(&table)[pending.inject.index()].clone();
    assert_eq!((row.label.as_str(), row.text.as_str()), ("In other words", "It says something else."));
    table.control(deed(InjectDeed::Fire));
    assert_eq!(status(&table), InjectStatus::Fired);
    assert_eq!(table.refused(deed(InjectDeed::Fire)), "it has fired already");
    let told = table.desks.iter().any(|desk| format!("{:?}", desk.view().log).contains("In other words"));
    assert!(told, "somebody reads the new words");
}

#[test]
fn a_rewound_game_keeps_its_luck_unless_other_luck_is_asked_for() {
    let rules = rules();
    let course = |salt: Option<u64>| {
        let mut table = open(&rules, None);
        table.play_to(6);
        if let Some(salt) = salt {
            let turn = table.control.board().turns[1].clone();
            table.control(ControlCommand::Rewind { line: turn.line, salt, why: String::new() });
            assert_eq!(table.control.board().turn, turn.turn);
        }
        // From here on nobody does anything: what differs is luck.
        for _ in 0..20 {
            if table.pump() == Progress::Over {
                break;
            }
            for desk in &table.desks {
                let answers =
                    desk.view().observation.calls.iter().map(|_| offramp::session::CallAnswer::LetRing);
                let _ = desk.seal(Orders { answers: answers.collect(), ..Orders::default() });
            }
        }
        let story = table.control.board().story.iter();
        story.map(|(_, step)| (step.minute, step.truth.clone())).collect::<Vec<_>>()
    };
    let (kept, again, other) = (course(Some(0)), course(Some(0)), course(Some(3)));
    assert_eq!(kept, again);
    assert_ne!(kept, other);
}

#[test]
fn the_game_waits_while_it_is_paused_and_the_clock_seals_for_whoever_does_not() {
    let rules = rules();
    let mut table = open(&rules, None);
    table.pump();
    table.control(ControlCommand::Pause(true));
    let turn = |table: &Table| (table.control.board().turn, table.control.board().phase);
    let before = turn(&table);
    table.decide();
    assert_eq!((table.pump(), turn(&table)), (Progress::Waiting, before));
    table.control(ControlCommand::Pause(false));
    assert_ne!(turn(&table), before);
    let before = turn(&table);
    table.control(ControlCommand::Clock(Some(std::time::Duration::ZERO)));
    table.pump();
    assert_ne!(turn(&table), before, "time was up at once");
    let told = table.view(0).table.talk.last().expect("control says so");
    assert_eq!(
        (told.from, told.text.as_str()),
        (Speaker::Control, "Time ran out before anything was sealed.")
    );
}

/// A game in line mode that answers every question with what it drafted by itself, killed after some milliseconds; how
/// many answers it had taken by then, and whether it had ended.
#[cfg(unix)]
fn played_and_killed(journal: &Path, resume: bool, patience: u64) -> (usize, bool) {
    use std::io::{Read, Write};
    use std::process::{Command, Stdio};
    let mut command = Command::new(env!("CARGO_BIN_EXE_offramp"));
    if resume {
        command.args(["play", "--plain", "--resume"]).arg(journal);
    } else {
        command
            .args(["play", "august-2015", "--seat", "rok", "--seed", "7", "--plain", "--save"])
            .arg(journal);
    }
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut told = String::new();
        // What was told before the kill is read to its end.
        let _ = output.read_to_string(&mut told);
        told
    });
    let writer = std::thread::spawn(move || {
        for _ in 0..400 {
            if input.write_all(b"done\n").is_err() {
                return;
            }
        }
    });
    std::thread::sleep(std::time::Duration::from_millis(patience));
    let ended = child.try_wait().unwrap().is_some();
    let _ = child.kill();
    let _ = child.wait();
    let _ = writer.join();
    // A prompt comes once the answer before it has been taken in, saved and shown.
    let prompts = reader.join().unwrap().lines().filter(|line| line.starts_with("> ")).count();
    (prompts.saturating_sub(1), ended)
}

/// `OFFRAMP_KILLS=200 cargo test --release --test white_cell killed` kills 200 times.
#[cfg(unix)]
#[test]
fn whenever_a_game_is_killed_nothing_sealed_is_lost() {
    let kills = std::env::var("OFFRAMP_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6);
    let folder = tempfile::tempdir().unwrap();
    let mut dice = 11_u64;
    let (mut game, mut resume, mut sealed_before) = (0, false, 0);
    for kill in 0..kills {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let path = folder.path().join(format!("{game}"));
        let (taken, ended) = played_and_killed(&path, resume, 100 + (dice >> 33) % 900);
        let Ok(bytes) = fs::read(&path) else { continue };
        let Ok(file) = TraceFile::read(&bytes) else {
            // Killed while the first two lines were written: nothing has been sealed yet.
            assert_eq!((taken, resume), (0, false), "kill {kill}");
            fs::remove_file(&path).unwrap();
            continue;
        };
        let rules = rebuild(&file).unwrap();
        assert!(verify(&file, &rules).is_ok(), "kill {kill}: {:?}", verify(&file, &rules));
        let sealed = file.lines.iter().filter(|line| line.kind == Kind::Sealed).count();
        assert!(sealed >= sealed_before + taken, "kill {kill}: {sealed} of {sealed_before} and {taken}");
        (resume, sealed_before) = (true, sealed);
        if ended || file.ended() {
            (game, resume, sealed_before) = (game + 1, false, 0);
        }
    }
}
