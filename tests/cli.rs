//! The program from outside: what it prints, what it writes, and how it ends.

mod support;

use offramp::trace::chain::ChainWriter;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn offramp() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offramp"));
    command.stdin(Stdio::null()).env_remove("NO_COLOR");
    command
}

fn run(arguments: &[&str]) -> Output {
    offramp().args(arguments).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("output is UTF-8")
}

/// Asserts how the program ends and what it says about that.
#[track_caller]
fn refuses(arguments: &[&str], code: i32, says: &str) {
    let output = run(arguments);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
    assert!(stderr.contains(says), "{arguments:?} says: {stderr}");
    assert!(output.stdout.is_empty(), "{arguments:?} prints: {}", text(&output.stdout));
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout).to_owned()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().expect("a folder can be made"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_str().expect("the folder's name is text").to_owned()
    }
}

fn trace(folder: &Folder, name: &str, seed: &str) -> String {
    let file = folder.name(name);
    succeeds(&["run", "august-2015", "--seed", seed, "--trace", &file]);
    file
}

/// Plays a seat by lines and gives what was printed.
fn play(arguments: &[&str], lines: &str) -> Output {
    let mut child = offramp()
        .arg("play")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may end before it has read everything.
    let _ = child.stdin.take().expect("stdin is a pipe").write_all(lines.as_bytes());
    child.wait_with_output().expect("the program ends")
}

const COMMANDS: [&str; 17] = [
    "list",
    "play",
    "run",
    "replay",
    "check",
    "lint",
    "injects",
    "diff",
    "try",
    "plan",
    "sweep",
    "merge",
    "report",
    "whatif",
    "validate",
    "doc",
    "completions",
];

#[test]
fn every_command_has_help_with_an_example() {
    assert!(succeeds(&["--help"]).contains("Exit codes"));
    for command in COMMANDS {
        assert!(succeeds(&[command, "--help"]).contains("Example"), "{command}");
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    refuses(&["dance"], 2, "dance");
    refuses(&["run"], 2, "SCENARIO");
    refuses(&["run", "august-2015", "--seed", "minus one"], 2, "--seed");
    refuses(&["replay", "x", "--verify", "--turn", "2"], 2, "--turn");
}

#[test]
fn the_library_is_listed_with_its_seats() {
    let list = succeeds(&["list"]);
    assert!(list.starts_with("august-2015"), "{list}");
    assert!(list.contains("rok (South Korea)"), "{list}");
    for shipped in offramp::storage::all() {
        let listed = list.lines().any(|line| line.starts_with(&format!("{}  ", shipped.name)));
        assert_eq!(listed, shipped.playable, "{}: {list}", shipped.name);
    }
}

#[test]
fn names_that_do_not_exist_are_answered_with_the_nearest() {
    refuses(&["run", "august-2051"], 2, "did you mean `august-2015`?");
    refuses(&["run", "august-2015", "--policy", "rock=passive"], 2, "did you mean `rok`?");
    refuses(&["run", "august-2015", "--policy", "rok=pasive"], 2, "did you mean `passive`?");
    refuses(&["run", "august-2015", "--policy", "china=passive"], 2, "gives no orders");
    refuses(&["run", "august-2015", "--policy", "rok"], 2, "SEAT=NAME");
    refuses(&["run", "august-2015", "--set", "tracks.redines.start=1"], 2, "no setting is called");
    refuses(&["lint", "august-2015", "--runs", "1000000000000"], 2, "not in 0..=1000000");
    refuses(&["lint", "august-2015", "--runs", "5", "--threads", "0"], 2, "not in 1..=1024");
    refuses(&["run", "august-2015", "--set", "tracks"], 2, "section.name.field=value");
}

#[test]
fn files_that_are_not_there_or_of_another_kind_end_with_2() {
    let folder = Folder::new();
    let directory = folder.0.path().to_str().unwrap();
    refuses(&["run", "./no/such.ron"], 2, "there is no such file");
    refuses(&["run", directory], 2, "it is a folder");
    refuses(&["replay", &folder.name("none.trace")], 2, "there is no such file");
    refuses(
        &["replay", directory, "--verify"],
        2,
        "it is a folder, not a file; of a sweep, say which game: --run N",
    );
    refuses(&["play", "--resume", &folder.name("none")], 2, "there is no such file");
    let scenario = folder.name("x.ron");
    fs::write(&scenario, "(format: 1)").unwrap();
    refuses(&["replay", &scenario, "--verify"], 2, "not a trace or journal");
    refuses(&["play", "--resume", &scenario], 2, "not a trace or journal");
    fs::write(&scenario, b"(name: \"\xff\")").unwrap();
    refuses(&["check", &scenario], 2, "not UTF-8");
}

#[test]
fn a_scenario_with_errors_ends_with_1_at_its_place() {
    let folder = Folder::new();
    let scenario = folder.name("x.ron");
    fs::write(&scenario, "(format: 1, name: \"x\", tracks: [(nam: \"a\")])").unwrap();
    refuses(&["run", &scenario], 1, "nam");
    let output = run(&["check", &scenario, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
    assert_eq!(report["findings"][0]["line"], 1, "{report}");
    assert!(succeeds(&["check", "august-2015", "korea"]).contains("august-2015: no errors"));
}

#[test]
fn settings_and_the_composed_scenario_are_shown() {
    let settings = succeeds(&["check", "august-2015", "--settings"]);
    assert!(settings.lines().any(|line| line.starts_with("tracks.")), "{settings}");
    let folder = Folder::new();
    let composed = folder.path("composed.ron");
    fs::write(&composed, succeeds(&["check", "august-2015", "--print-composed"])).unwrap();
    let composed = composed.to_str().unwrap();
    assert_eq!(
        succeeds(&["run", composed, "--seed", "7", "--format", "json"]),
        succeeds(&["run", "august-2015", "--seed", "7", "--format", "json"]),
        "the composed scenario plays as the one that it was composed from"
    );
}

#[test]
fn escape_codes_in_arguments_are_shown_and_not_obeyed() {
    for arguments in [
        &["run", "\u{1b}[2Jx"][..],
        &["run", "./\u{1b}[2Jx.ron"],
        &["run", "august-2015", "--policy", "\u{1b}[2J=passive"],
        &["run", "august-2015", "--policy", "rok=\u{1b}[2J"],
        &["run", "august-2015", "--set", "\u{1b}[2J=1"],
        &["\u{1b}[2J"],
        &["replay", "\u{1b}[2J"],
        &["play", "--seat", "\u{1b}[2J", "--plain"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = [output.stdout, output.stderr].concat();
        assert!(!said.contains(&0x1b), "{arguments:?}: {}", String::from_utf8_lossy(&said));
    }
}

#[test]
fn a_run_gives_the_same_bytes_wherever_and_whenever() {
    let folder = Folder::new();
    let file = trace(&folder, "first", "7");
    let first = fs::read(&file).unwrap();
    assert!(first == fs::read(trace(&folder, "second", "7")).unwrap());
    assert!(first != fs::read(trace(&folder, "third", "8")).unwrap());
    let elsewhere = folder.path("elsewhere");
    let output = offramp()
        .args(["run", "august-2015", "--seed", "7", "--trace"])
        .arg(&elsewhere)
        .current_dir(folder.0.path())
        .envs([("TZ", "Asia/Seoul"), ("LANG", "C"), ("HOME", "/nowhere"), ("TERM", "dumb")])
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(first == fs::read(elsewhere).unwrap());
}

#[test]
fn the_transcript_is_the_same_live_and_replayed() {
    let folder = Folder::new();
    let file = folder.name("game.trace");
    let live = succeeds(&["run", "august-2015", "--seed", "7", "--trace", &file]);
    assert_eq!(succeeds(&["replay", &file]), live);
    assert!(live.contains("The end:"), "{live}");
}

#[test]
fn without_a_command_or_a_terminal_the_default_crisis_is_told() {
    assert_eq!(succeeds(&[]), succeeds(&["run", "august-2015"]));
}

#[test]
fn damage_ends_with_1_and_names_the_line() {
    let folder = Folder::new();
    let file = trace(&folder, "game.trace", "7");
    assert!(succeeds(&["replay", &file, "--verify"]).contains("verified"));
    let whole = fs::read(&file).unwrap();
    let line_of = |place: usize| whole[..place].iter().filter(|byte| **byte == b'\n').count() + 1;
    let damaged = folder.name("damaged");
    for step in 0..24 {
        let place = (whole.len() - 1) * step / 23;
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        fs::write(&damaged, &bytes).unwrap();
        refuses(&["replay", &damaged, "--verify"], 1, &format!("line {} ", line_of(place)));
        fs::write(&damaged, &whole[..place]).unwrap();
        refuses(&["replay", &damaged, "--verify"], 1, &format!("line {} ", line_of(place)));
    }
    let mut lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    for (a, b) in [(0, 1), (2, 3), (3, 5), (1, lines.len() - 1)] {
        lines.swap(a, b);
        fs::write(&damaged, lines.concat()).unwrap();
        refuses(&["replay", &damaged, "--verify"], 1, &format!("line {} ", a + 1));
        lines.swap(a, b);
    }
    fs::write(&damaged, &whole[..whole.len() / 2]).unwrap();
    refuses(&["replay", &damaged], 65, "is cut off");
    fs::write(&damaged, lines[..lines.len() - 1].concat()).unwrap();
    refuses(&["replay", &damaged, "--verify"], 1, &format!("line {} is missing", lines.len()));
}

#[test]
fn a_trace_of_another_format_ends_with_65_and_says_which() {
    let folder = Folder::new();
    let file = folder.name("newer.trace");
    let header = r#"{"kind":"header","n":1,"branch":0,"parent":0,"format":2}"#;
    fs::write(&file, ChainWriter::new().seal(header) + "\n").unwrap();
    for arguments in [&["replay", &file][..], &["replay", &file, "--verify"], &["play", "--resume", &file]] {
        refuses(arguments, 65, "format 2");
    }
}

#[test]
fn a_turn_can_be_shown_by_itself_and_a_seat_sees_its_own_game() {
    let folder = Folder::new();
    let file = trace(&folder, "game.trace", "7");
    let second = succeeds(&["replay", &file, "--turn", "2"]);
    assert!(
        second.contains("Turn 2") && !second.contains("Turn 1,") && !second.contains("Turn 3"),
        "{second}"
    );
    refuses(&["replay", &file, "--turn", "9999"], 2, "the game has no turn 9999");
    refuses(&["replay", &file, "--turn", "0"], 2, "--turn");
    refuses(&["replay", &file, "--as", "atlantis"], 2, "no seat is called `atlantis`");
    let turn = succeeds(&["replay", &file, "--as", "rok", "--turn", "2"]);
    assert!(turn.contains("\nOrdered:\n- Contact: ") && turn.contains("\nOrdered:\n- Act: "), "{turn}");
    let seen = succeeds(&["replay", &file, "--as", "rok"]);
    assert!(seen.contains("South Korea") && !seen.contains("roll:"), "{seen}");
}

#[test]
fn a_seats_export_holds_no_seed_key_or_hash() {
    let folder = Folder::new();
    let file = trace(&folder, "game.trace", "948571");
    let export = folder.name("rok.jsonl");
    succeeds(&["replay", &file, "--as", "rok", "--export", &export]);
    let exported = fs::read_to_string(&export).unwrap();
    let fingerprint = succeeds(&["run", "august-2015", "--format", "json"]);
    let fingerprint: serde_json::Value = serde_json::from_str(&fingerprint).unwrap();
    for secret in ["948571", "seed", "digest", "chain", fingerprint["fingerprint"].as_str().unwrap()] {
        assert!(!exported.contains(secret), "{secret}");
    }
    for (number, line) in exported.lines().enumerate().skip(1) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["observation"]["revision"], number, "lines count themselves");
    }
    refuses(&["play", "--resume", &export], 2, "not a trace or journal");
}

#[test]
fn playing_by_lines_needs_a_seat_and_takes_one() {
    refuses(&["play", "august-2015", "--plain"], 2, "--seat dprk|rok|us");
    refuses(&["play", "august-2015"], 2, "--seat dprk|rok|us");
    refuses(
        &["play", "--seat", "rok", "--seat", "us"],
        2,
        "several seats, or control, at one terminal need a screen",
    );
    refuses(&["play", "--seat", "rok", "--policy", "rok=passive"], 2, "your own seat");
    refuses(&["play", "--resume", "x", "--seed", "1"], 2, "--seed");
}

const ROK: [&str; 4] = ["august-2015", "--seat", "rok", "--plain"];

#[test]
fn a_whole_game_is_played_by_lines_without_a_control_byte() {
    let output = play(&[&ROK[..], &["--seed", "7"]].concat(), &"done\n".repeat(2000));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    assert!(told.contains("To play it again: seed 7."), "the debrief tells the seed");
    assert!(!told.contains(|c: char| c.is_control() && c != '\n'));
}

#[test]
fn a_game_saved_and_resumed_at_every_decision_is_the_game_played_in_one_go() {
    let folder = Folder::new();
    let (once, often) = (folder.name("once"), folder.name("often"));
    let first = [&ROK[..], &["--seed", "7", "--save"]].concat();
    assert!(play(&[&first[..], &[&once]].concat(), &"done\n".repeat(2000)).status.success());
    let output = play(&[&first[..], &[&often]].concat(), "done\n");
    assert!(output.status.success());
    assert!(text(&output.stderr).contains("--resume"), "the participant learns how to go on");
    assert!(succeeds(&["replay", &often, "--verify"]).contains("unfinished"));
    for _ in 0..2000 {
        if fs::read(&once).unwrap() == fs::read(&often).unwrap() {
            break;
        }
        let output = play(&["--resume", &often, "--plain"], "done\n");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    assert!(fs::read(&once).unwrap() == fs::read(&often).unwrap());
    assert!(succeeds(&["replay", &often, "--verify"]).contains("verified, "));
    let exported = folder.name("game.trace");
    succeeds(&["replay", &often, "--export", &exported]);
    assert!(succeeds(&["replay", &exported, "--verify"]).contains("verified, "));
    refuses(&["play", "--resume", &exported], 2, "only a journal can be resumed");
}

#[test]
fn a_journal_in_use_ends_with_75() {
    let folder = Folder::new();
    let journal = folder.name("game.journal");
    let mut first = offramp()
        .arg("play")
        .args(ROK)
        .args(["--save", &journal])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    // The pipe stays open: a first player whose output is closed would leave.
    let mut said = BufReader::new(first.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    refuses(&["play", "--resume", &journal, "--plain"], 75, "is using it");
    drop(first.stdin.take());
    first.wait().unwrap();
    let output = play(&["--resume", &journal, "--plain"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

#[test]
fn a_save_overwrites_nothing_and_needs_its_folder() {
    let folder = Folder::new();
    let taken = folder.name("taken");
    fs::write(&taken, "precious").unwrap();
    refuses(&[&["play"], &ROK[..], &["--save", &taken]].concat(), 2, "not overwritten");
    assert_eq!(fs::read_to_string(&taken).unwrap(), "precious");
    let nowhere = folder.name("no/such/folder/game");
    refuses(&[&["play"], &ROK[..], &["--save", &nowhere]].concat(), 74, "does not exist");
    refuses(&["run", "august-2015", "--trace", &nowhere], 74, "does not exist");
    refuses(&["run", "august-2015", "--trace", folder.0.path().to_str().unwrap()], 74, "it is a folder");
}

#[test]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    let mut child = offramp()
        .args(["check", "august-2015", "--print-composed"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 141)), "{:?}", output.status);
    assert_eq!(text(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_ends_with_74() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = offramp().args(["list"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(74), "{}", text(&output.stderr));
}

#[test]
fn completions_name_every_command() {
    let script = succeeds(&["completions", "bash"]);
    assert!(COMMANDS.iter().all(|command| script.contains(command)));
}

#[test]
fn a_new_scenario_checks_and_plays_as_it_is_and_overwrites_nothing() {
    let folder = Folder::new();
    let make = |arguments: &[&str]| {
        let mut command = offramp();
        command.current_dir(folder.0.path()).args(["new", "estuary"]).args(arguments);
        command.output().expect("the program starts")
    };
    let made = make(&["--title", "A \"boat\"", "--start", "2028-05-01 06:00"]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    let file = folder.name("estuary.ron");
    let written = fs::read_to_string(&file).expect("it is there");
    assert!(written.contains("title: \"A \\\"boat\\\"\"") && !written.contains("NAME"), "{written}");
    let found = run(&["check", &file]);
    assert_eq!((found.status.code(), text(&found.stderr)), (Some(0), ""));
    assert!(succeeds(&["run", &file, "--seed", "3"]).contains("A \"boat\""));
    let again = make(&[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("is there already"), "{}", text(&again.stderr));
    assert_eq!(fs::read_to_string(&file).ok(), Some(written));
    refuses(&["new", "1boat"], 2, "`1boat` is no name");
    refuses(&["new", "my boat"], 2, "`my boat` is no name");
}

#[test]
fn a_code_is_explained_with_an_example() {
    let told = succeeds(&["explain", "e0404"]);
    assert!(told.starts_with(
        "E0404: A new entry has a name that the base already has.\n\nFor example:\n\n    (format: 1"
    ));
    assert!(succeeds(&["explain"]).lines().count() > 30);
    refuses(&["explain", "E0440"], 2, "did you mean `E0404`?");
}

#[test]
fn a_list_of_injects_goes_out_and_comes_back_as_a_scenario_on_top() {
    let folder = Folder::new();
    let (list, mine) = (folder.name("events.csv"), folder.name("mine.ron"));
    succeeds(&["injects", "august-2015", "--export", &list]);
    let changed = fs::read_to_string(&list).unwrap().replace("2015-08-15 10:00,15985 minutes", ",11 days");
    fs::write(&list, changed).unwrap();
    succeeds(&["injects", "august-2015", "--import", &list, "--out", &mine]);
    let text = fs::read_to_string(&mine).unwrap();
    assert!(text.contains("replace: (") && text.contains("when: At(Days(11))"), "{text}");
    assert_eq!(succeeds(&["check", &mine]), format!("{mine}: no errors\n"));
    // A list of a scenario in a file: the new one stands beside it, and never in its place.
    succeeds(&["injects", &mine, "--export", &list]);
    refuses(&["injects", &mine, "--import", &list, "--out", &mine], 2, "cannot take its place");
    succeeds(&["injects", &mine, "--import", &list, "--out", &folder.name("next.ron")]);
    refuses(
        &["injects", &mine, "--import", &list, "--out", "/elsewhere/next.ron"],
        2,
        "write the new scenario beside",
    );
    fs::write(&list, "name,when,label,text,source\na,sometimes,A,a,x\n").unwrap();
    refuses(&["injects", "august-2015", "--import", &list], 1, "[when]:2:1");
}

#[test]
fn what_changes_is_told_in_words_and_games_only_if_they_can_be_paired() {
    let folder = Folder::new();
    let mine = folder.name("mine.ron");
    let changed = "(format: 1, name: \"mine\", base: \"august-2015\", remove: (injects: [\"storm_passes\"]))";
    fs::write(&mine, changed).unwrap();
    let told = succeeds(&["diff", "august-2015", &mine]);
    assert!(told.contains("2 differences\n\nheader\n  name was \"august-2015\", is \"mine\"\n"), "{told}");
    assert!(told.ends_with("injects\n  `storm_passes` is gone: A typhoon passes the east coast\n"), "{told}");
    assert_eq!(succeeds(&["diff", &mine, &mine]), format!("{mine} and {mine} hold the same\n"));
    let games = succeeds(&["diff", "august-2015", &mine, "--runs", "4", "--format", "json"]);
    let games: serde_json::Value = serde_json::from_str(&games).unwrap();
    assert_eq!((&games["games"]["pairs"], &games["same_play"]), (&4.into(), &false.into()));
    let apart = run(&["diff", "august-2015", "coercion", "--runs", "4"]);
    assert_eq!(apart.status.code(), Some(65));
    assert!(text(&apart.stdout).contains("`japan` is new"), "the words come all the same");
    assert!(
        text(&apart.stderr)
            .contains("their games cannot be paired: seats that give orders are dprk, rok, us in one")
    );
}

#[test]
fn what_validate_says_of_the_model_stands_with_what_it_means() {
    let told = succeeds(&["validate", "--games", "1"]);
    // The last line of the statistics counts the verdicts that there are.
    let counts =
        told.lines().find_map(|line| line.split_once(" statistics: ")).expect("verdicts are counted").1;
    let (_, statistics) = told.split_once("Record against model\n").expect("it has statistics");
    let (means, _) = statistics.split_once("\nstatistic ").expect("what they mean stands before them");
    for count in counts.split(", ") {
        let (_, verdict) = count.split_once(' ').expect("a count of a verdict");
        assert!(means.contains(&format!("{verdict}: ")), "{verdict} is not explained: {means}");
    }
    for (section, words) in [
        ("Cases, scored", ["Log score: ", "Rank: ", "Smoothing: "].as_slice()),
        ("Steps of the record", &["Log score: ", "Smoothing: "]),
        ("The same with a share of chance", &["share of chance is"]),
        ("Estimates of fire", &["Brier: ", "Reliability: ", "Resolution: "]),
        ("Stylised facts", &["holds: ", "not measured: "]),
    ] {
        let (_, text) =
            told.split_once(&format!("\n\n{section}")).unwrap_or_else(|| panic!("no {section}: {told}"));
        let text = text.split("\n\n").next().unwrap_or_default();
        assert!(words.iter().all(|word| text.contains(word)), "{section}: {text}");
    }
}

#[test]
fn a_briefing_of_the_handbook_holds_only_what_its_seat_may_know() {
    let folder = Folder::new();
    let rules = support::rules();
    let document = &rules.scenario().document;
    let mut north = document.seats.iter().find(|seat| seat.name == "dprk").unwrap().clone();
    north.briefing = "HIDDEN ROLE".to_owned();
    north.aims[0].label = "HIDDEN AIM".to_owned();
    north.dispositions[0].initiative += 40;
    let holder = |name: &str| document.hypotheses.iter().find(|h| h.name == name).unwrap().holder.name();
    let mut trigger = document.triggers.iter().find(|t| holder(t.belief.name()) == "dprk").unwrap().clone();
    trigger.label = "HIDDEN TRIGGER".to_owned();
    let mut inject = document.injects[3].clone();
    inject.label = "HIDDEN INJECT".to_owned();
    // What the North counts alone, and believes at first.
    let mut track = document.tracks.iter().find(|track| track.name == "dprk_strain").unwrap().clone();
    track.start += 30;
    let mut belief = document.hypotheses.iter().find(|h| h.holder.name() == "dprk").unwrap().clone();
    belief.label = "HIDDEN BELIEF".to_owned();
    let text = format!(
        "(format: 1, name: \"august-2015\", base: \"august-2015\", teaching_aim: \"HIDDEN LESSON\",\n replace: (seats: [{}], \
         triggers: [{}], injects: [{}], tracks: [{}], hypotheses: [{}]), remove: (injects: [\"storm_passes\"]))",
        ron::to_string(&north).unwrap(),
        ron::to_string(&trigger).unwrap(),
        ron::to_string(&inject).unwrap(),
        ron::to_string(&track).unwrap(),
        ron::to_string(&belief).unwrap(),
    );
    let changed = folder.name("changed.ron");
    fs::write(&changed, text).unwrap();
    succeeds(&["doc", "august-2015", "handbook", "--out", &folder.name("plain")]);
    succeeds(&["doc", &changed, "handbook", "--out", &folder.name("hidden")]);
    let page = |book: &str, page: &str| fs::read_to_string(folder.path(book).join(page)).unwrap();
    for seat in ["briefing-rok.md", "briefing-us.md"] {
        assert_eq!(page("plain", seat), page("hidden", seat), "{seat}");
    }
    let north = page("hidden", "briefing-dprk.md");
    for own in ["HIDDEN ROLE", "HIDDEN AIM", "HIDDEN TRIGGER", "HIDDEN BELIEF"] {
        assert!(north.contains(own), "{own}");
    }
    assert!(!north.contains("HIDDEN INJECT") && !north.contains("HIDDEN LESSON"), "{north}");
    let control = page("hidden", "white-cell.md");
    for hidden in ["HIDDEN LESSON", "HIDDEN INJECT", "HIDDEN TRIGGER"] {
        assert!(control.contains(hidden), "{hidden}");
    }
    assert!(!control.contains("storm_passes"));
}

#[test]
fn the_model_is_described_with_every_parameter_once_and_the_weakest_evidence_first() {
    let book = succeeds(&["doc", "august-2015", "handbook"]);
    let (_, model) = book.split_once("# Model description").expect("it comes last");
    for element in [
        "1. Purpose and patterns",
        "2. Entities",
        "3. Process overview",
        "4. Design concepts",
        "5. Init",
        "6. Input",
        "7. Sub",
    ] {
        assert!(model.contains(&format!("\n## {element}")), "{element}");
    }
    let rules = support::rules();
    let parameters = &rules.scenario().document.parameters;
    for parameter in parameters {
        let row = format!("\n| `{}` | ", parameter.name);
        assert_eq!(model.matches(&row).count(), 1, "{}", parameter.name);
        assert!(model.contains(&parameter.source.replace('|', "\\|")), "{}", parameter.source);
    }
    let order = ["judgement", "known", "read"];
    for part in model.split("\n### ").skip(1) {
        let confidence = part.lines().filter(|line| line.starts_with("| `")).map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            order.iter().position(|word| cells[5] == *word).unwrap_or_else(|| panic!("{line}"))
        });
        assert!(confidence.is_sorted(), "{part}");
    }
}

#[test]
fn a_game_is_tried_from_a_turn_with_an_inject() {
    let folder = Folder::new();
    let journal = folder.name("tried.journal");
    let told = succeeds(&[
        "try",
        "august-2015",
        "--from",
        "3",
        "--inject",
        "false_shot",
        "--seed",
        "3",
        "--save",
        &journal,
    ]);
    assert!(told.contains("\nTurn 3, ") && !told.contains("\nTurn 2, "), "{told}");
    assert!(told.contains("A report of shots that proves false") && told.contains("\nThe end: "), "{told}");
    assert!(succeeds(&["replay", &journal, "--verify"]).contains("verified"));
    // The way there is the way of an unattended game.
    let [tried, played] =
        [["replay", &journal, "--turn", "2"], ["run", "august-2015", "--seed", "3"]].map(|a| succeeds(&a));
    assert!(played.contains(tried.trim_end()), "{tried}");
    refuses(&["try", "august-2015", "--inject", "false_shto"], 2, "did you mean `false_shot`?");
    refuses(&["try", "august-2015", "--from", "500"], 1, "is over before turn 500");
    refuses(&["try", "august-2015", "--from", "2", "--inject", "mines_go_off"], 1, "cannot fire in turn 2");
    refuses(&["try", "august-2015", "--seat", "china"], 2, "gives no orders");
}

#[test]
fn a_scenario_that_is_saved_while_it_is_played_is_taken_up_at_the_next_turn() {
    let folder = Folder::new();
    let (mine, journal) = (folder.name("mine.ron"), folder.name("game.journal"));
    let with = |changes: &str| format!("(format: 1, name: \"mine\", base: \"august-2015\", {changes})");
    fs::write(&mine, with("")).unwrap();
    let mut child = offramp()
        .args(["play", &mine, "--seat", "rok", "--plain", "--reload", "--seed", "7", "--save", &journal])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("it is a pipe")).lines().map_while(Result::ok);
    let mut orders = child.stdin.take().expect("it is a pipe");
    // It holds its peace until a line says so; turns pass one by one.
    let mut pass_until = |what: &str| {
        for _ in 0..60 {
            orders.write_all(b"done\n").expect("it listens");
            for line in lines.by_ref() {
                if line.contains(what) {
                    return line;
                }
                if line.starts_with("ASKED") {
                    break;
                }
            }
        }
        panic!("nothing says `{what}`");
    };
    pass_until("ASKED");
    fs::write(&mine, with("injects: [(name: \"x\", label: \"X\")]")).unwrap();
    let refused = pass_until("The game goes on as it was");
    assert!(refused.contains("error(s) in the changed file") && refused.contains("mine.ron:1:"), "{refused}");
    fs::write(&mine, with("title: \"Another August\"")).unwrap();
    pass_until("The changed scenario is played, with the orders so far.");
    drop(orders);
    let output = child.wait_with_output().expect("it ends");
    assert!(text(&output.stderr).contains("game.journal.1'"), "{}", text(&output.stderr));
    for record in [&journal, &format!("{journal}.1")] {
        assert!(succeeds(&["replay", record, "--verify"]).contains("verified"), "{record}");
    }
    refuses(&["play", "august-2015", "--seat", "rok", "--reload"], 2, "a file of your own");
}

#[test]
fn lint_ends_with_1_if_it_finds_something_and_names_a_game_that_shows_it() {
    let folder = Folder::new();
    let file = folder.name("odd.ron");
    let endings = r#"endings: [(name: "worn_out", label: "Worn out", text: "All are tired.", class: Frozen,
        when: Compare(Gauge(TalksRounds), Ge, Const(60)))]"#;
    fs::write(&file, format!("(format: 1, name: \"odd\", base: \"august-2015\", {endings})")).unwrap();
    assert_eq!(succeeds(&["lint", &file]), format!("{file}: no findings\n"));
    let output = run(&["lint", &file, "--runs", "4", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let finding = &report["findings"][0];
    assert_eq!((&finding["code"], &finding["line"]), (&"L0704".into(), &2.into()));
    let shown = finding["shown_by"].as_str().expect("a command");
    let arguments: Vec<&str> = shown.split(' ').skip(1).collect();
    assert_eq!(arguments[..4], ["run", &file, "--seed", "1"]);
    succeeds(&arguments);
}

#[test]
fn what_a_crisis_is_about_stands_first_and_an_aim_names_its_level() {
    let told = play(&["han-estuary", "--seat", "rok", "--plain"], "status\nbrief\nquit\n");
    let told = text(&told.stdout);
    assert!(told.contains("Your tracks:\n  Crew on the northern bank 5 of 6 (people)\n"), "{told}");
    assert!(
        told.contains("for each point of 'Crew on the northern bank' (people) above its start\n"),
        "{told}"
    );
    assert!(told.contains("You sit in none."), "all that its bodies could release is out of play: {told}");
}

#[test]
fn check_with_watch_reports_anew_when_the_file_has_changed_and_only_then() {
    let folder = Folder::new();
    let file = folder.name("mine.ron");
    let text = |section: &str| format!("(format: 1, name: \"mine\", base: \"august-2015\", {section}: [])");
    fs::write(&file, "(format: 1, name: \"mine\", base: \"late.ron\")").unwrap();
    let mut child = offramp()
        .args(["check", &file, "--watch", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut reports = BufReader::new(child.stdout.take().expect("stdout is a pipe")).lines();
    let mut errors = || {
        let line = reports.next().expect("a report").expect("text");
        let report: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        report["errors"].as_u64()
    };
    // The base is not there yet, and then it is.
    assert_eq!(errors(), Some(1));
    fs::write(folder.path("late.ron"), text("tracks")).unwrap();
    assert_eq!(errors(), Some(0));
    fs::write(&file, text("tracsk")).unwrap();
    assert_eq!(errors(), Some(1));
    // The same text again is no change: the next report is about the one after it.
    fs::write(&file, text("tracsk")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(700));
    fs::write(&file, text("tracks")).unwrap();
    assert_eq!(errors(), Some(0));
    child.kill().expect("it still watches");
    child.wait().expect("it ends");
}
