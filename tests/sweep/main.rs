//! Sweeps from outside: killed, interrupted, run twice at once, merged, refused.

mod cluster;
mod faults;
mod rare;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn offramp() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offramp"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> Output {
    offramp().args(arguments).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("output is UTF-8")
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout).to_owned()
}

#[track_caller]
fn refuses(arguments: &[&str], code: i32, says: &str) {
    let output = run(arguments);
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
    assert!(stderr.contains(says), "{arguments:?} says: {stderr}");
}

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().expect("a folder can be made"));
        let text = "(format: 1, name: \"small\", scenario: \"august-2015\", chunk: 4, replications: 10,\n\
                    factors: [(name: \"parameters.percept_bias.value\"),\n\
                    (name: \"channels.mil_west.regime\", over: Words([\"AsRecorded\", \"ForcedCut\"]))])";
        fs::write(home.path("small.ron"), text).expect("it can be written");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_str().expect("the folder's name is text").to_owned()
    }
}

/// All files below a folder but the lock, by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder is there").map(Result::unwrap) {
        let name = entry.file_name().into_string().expect("names are text");
        if entry.path().is_dir() {
            let inner = files(&entry.path());
            found.extend(inner.into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else if name != "sweep.lock" {
            found.insert(name, fs::read(entry.path()).expect("it can be read"));
        }
    }
    found
}

#[track_caller]
fn same(a: &Path, b: &Path) {
    let (a, b) = (files(a), files(b));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(bytes == b[&name], "{name} differs");
    }
}

/// The whole sweep in a folder.
fn whole(home: &Home) -> PathBuf {
    succeeds(&["sweep", &home.name("small.ron"), "--steps", "--out", &home.name("whole")]);
    home.path("whole")
}

/// A sweep that lasts long enough to be cut short.
const LONG: [&str; 2] = ["--runs", "100"];

fn long(home: &Home) -> PathBuf {
    let (small, out) = (home.name("small.ron"), home.name("whole"));
    succeeds(&["sweep", &small, "--steps", LONG[0], LONG[1], "--out", &out]);
    home.path("whole")
}

/// A sequence of pauses that differs from call to call: no test should always kill at the same moment.
fn pauses(seed: u64) -> impl Iterator<Item = Duration> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        Duration::from_millis(state % 250)
    })
}

fn begin(home: &Home, out: &str) -> Child {
    let mut command = offramp();
    command
        .args(["sweep", &home.name("small.ron"), "--steps", "--threads", "2", "--out", &home.name(out)])
        .args(LONG);
    command.spawn().expect("the program starts")
}

/// How often to kill: a few times in every change, `OFFRAMP_KILLS=100` before a release, which also repeats what else
/// could go wrong only now and then.
fn kills() -> u64 {
    std::env::var("OFFRAMP_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(3)
}

#[test]
fn a_sweep_killed_at_any_moment_and_begun_again_gives_the_same_bytes() {
    let home = Home::new();
    let whole = long(&home);
    let mut pauses = pauses(std::process::id().into());
    for number in 0..kills() {
        let out = format!("killed-{number}");
        for pause in pauses.by_ref().take(2) {
            let mut child = begin(&home, &out);
            std::thread::sleep(pause);
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        }
        let ended = begin(&home, &out).wait_with_output().expect("it ends");
        assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stderr));
        same(&home.path(&out), &whole);
        fs::remove_dir_all(home.path(&out)).expect("it can be removed");
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_sweep_at_once_and_it_can_go_on() {
    let home = Home::new();
    let whole = long(&home);
    let mut pauses = pauses(7);
    let signals = [("INT", 130), ("TERM", 143), ("HUP", 129)];
    for (number, (signal, code)) in (0..kills()).zip(signals.into_iter().cycle()) {
        let out = format!("signal-{number}");
        let mut child = begin(&home, &out);
        // Until the handlers stand, a signal ends a program as it ends any.
        while !home.path(&out).join("parts").exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(pauses.next().unwrap() / 10);
        let sent = Instant::now();
        let kill = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status();
        assert!(kill.is_ok());
        let ended = child.wait_with_output().expect("it ends");
        // No measure of speed: a sweep that does not hear its signal would play on for longer than this.
        assert!(sent.elapsed() < Duration::from_secs(60), "SIG{signal}: {:?}", sent.elapsed());
        // It may have been done before the signal came.
        let known = [Some(code), Some(0)].contains(&ended.status.code());
        assert!(known, "SIG{signal}: {:?} {}", ended.status, text(&ended.stderr));
        assert!(begin(&home, &out).wait().unwrap().success());
        same(&home.path(&out), &whole);
    }
}

#[test]
fn two_processes_on_one_chunk_and_in_one_folder_leave_one_valid_part_each() {
    let home = Home::new();
    let whole = whole(&home);
    let small = home.name("small.ron");
    // Ten pairs a round.
    for round in 0..kills().div_ceil(10) {
        let (shared, merged) = (home.name(&format!("shared-{round}")), home.name(&format!("merged-{round}")));
        let chunks = succeeds(&["sweep", &small, "--steps", "--out", &shared, "--missing"]);
        for chunk in chunks.lines() {
            let start = || {
                let mut command = offramp();
                command.args(["sweep", &small, "--steps", "--out", &shared, "--chunk", chunk]);
                command.spawn().expect("the program starts")
            };
            for child in [start(), start()] {
                let ended = child.wait_with_output().expect("it ends");
                assert_eq!(ended.status.code(), Some(0), "{}", text(&ended.stderr));
            }
        }
        assert_eq!(succeeds(&["sweep", &small, "--steps", "--out", &shared, "--missing"]), "");
        succeeds(&["merge", &shared, "--out", &merged]);
        same(Path::new(&merged), &whole);
        // A whole sweep finds every part there, and only makes the tables.
        succeeds(&["sweep", &small, "--steps", "--out", &shared]);
        same(Path::new(&shared), &whole);
    }
}

#[test]
fn shards_merged_in_any_order_are_the_sweep_in_one_piece() {
    let home = Home::new();
    let whole = whole(&home);
    let small = home.name("small.ron");
    let many: &[usize] = if kills() > 10 { &[1, 7, 64] } else { &[1, 7] };
    for &shards in many {
        let mut folders: Vec<String> = Vec::new();
        for shard in 0..shards {
            let folder = home.name(&format!("shard-{shards}-{shard}"));
            let which = format!("{shard}/{shards}");
            succeeds(&["sweep", &small, "--steps", "--out", &folder, "--shard", &which, "--threads", "1"]);
            folders.insert(shard * 3 % (folders.len() + 1), folder);
        }
        let out = home.name(&format!("merged-{shards}"));
        let mut arguments = vec!["merge"];
        arguments.extend(folders.iter().map(String::as_str));
        arguments.extend(["--out", &out]);
        succeeds(&arguments);
        same(Path::new(&out), &whole);
        if shards == 7 {
            let out = home.name("gap");
            refuses(&["merge", &folders[0], &folders[1], "--out", &out], 65, "these chunks are missing: ");
            refuses(&["merge", &folders[0], &folders[0], "--out", &out], 65, "some chunks are there twice");
        }
    }
}

#[test]
fn a_damaged_part_is_done_again_only_when_told_and_a_foreign_one_never() {
    let home = Home::new();
    let whole = whole(&home);
    let (small, out) = (home.name("small.ron"), home.name("hurt"));
    succeeds(&["sweep", &small, "--steps", "--out", &out, "--shard", "0/1"]);
    let part = home.path("hurt/parts/part-000001");
    let good = fs::read(&part).unwrap();
    fs::write(&part, &good[..good.len() - 1]).unwrap();
    refuses(&["sweep", &small, "--steps", "--out", &out], 65, "--resume does it again");
    refuses(
        &["merge", &out, "--out", &home.name("m")],
        65,
        "is damaged: its hash does not fit what it holds",
    );
    succeeds(&["sweep", &small, "--steps", "--out", &out, "--resume"]);
    same(&home.path("hurt"), &whole);
    refuses(&["sweep", &small, "--out", &out], 65, "holds the plan ");
    refuses(&["sweep", &small, "--steps", "--seed", "5", "--out", &out], 65, "of the experiment small");
    // A table that is damaged later.
    fs::write(home.path("hurt/runs.csv"), "x").unwrap();
    refuses(&["sweep", &small, "--steps", "--out", &out], 65, "its hash is not the manifest's");
    succeeds(&["sweep", &small, "--steps", "--out", &out, "--resume"]);
    same(&home.path("hurt"), &whole);
}

#[test]
fn a_finished_folder_has_nothing_left_to_play_and_no_parts() {
    let home = Home::new();
    let whole = whole(&home);
    let (small, out) = (home.name("small.ron"), home.name("done"));
    let sweep = ["sweep", &small, "--steps", "--out", &out];
    succeeds(&[&sweep[..], &["--shard", "0/1"]].concat());
    let part = fs::read(home.path("done/parts/part-000001")).unwrap();
    succeeds(&sweep);
    for more in [["--chunk", "1"], ["--shard", "0/1"]] {
        let output = run(&[&sweep[..], &more].concat());
        assert_eq!(output.status.code(), Some(0));
        let said = text(&output.stderr);
        assert!(said.contains("is finished: there is nothing left to play"), "{said}");
        same(&home.path("done"), &whole);
    }
    // As whoever was killed after the manifest was written leaves it.
    fs::create_dir(home.path("done/parts")).unwrap();
    fs::write(home.path("done/parts/part-000001"), part).unwrap();
    succeeds(&sweep);
    same(&home.path("done"), &whole);
    // Asking what is missing takes nothing away, whatever else is asked for.
    fs::write(home.path("done/runs.csv"), "x").unwrap();
    let before = files(&home.path("done"));
    assert_eq!(succeeds(&[&sweep[..], &["--missing", "--resume"]].concat()).lines().count(), 10);
    assert!(files(&home.path("done")) == before);
    succeeds(&[&sweep[..], &["--resume"]].concat());
    same(&home.path("done"), &whole);
}

#[test]
fn a_folder_of_another_format_is_left_as_it_is() {
    let home = Home::new();
    let whole = whole(&home);
    let plan = fs::read_to_string(whole.join("plan.json")).unwrap();
    let older = plan.replace("\"offramp_plan\": 2,", "\"offramp_plan\": 1,");
    assert_ne!(older, plan);
    fs::write(whole.join("plan.json"), older).unwrap();
    let before = files(&whole);
    let (small, out) = (home.name("small.ron"), home.name("whole"));
    let says = "is of format 1, and this offramp reads format 2: sweep into another folder";
    refuses(&["sweep", &small, "--steps", "--out", &out], 65, says);
    refuses(&["analyze", &out], 65, says);
    assert!(files(&whole) == before);
}

#[test]
fn a_folder_in_use_is_left_alone() {
    let home = Home::new();
    fs::create_dir(home.path("held")).unwrap();
    let _lock = offramp::storage::Lock::take(&home.path("held/sweep")).unwrap();
    refuses(&["sweep", "august-2015", "--runs", "2", "--out", &home.name("held")], 75, "is using it");
}

#[test]
fn a_row_is_shown_as_the_game_that_it_was() {
    let home = Home::new();
    let whole = whole(&home);
    let folder = whole.to_str().unwrap();
    let trace = home.name("run.trace");
    succeeds(&["replay", folder, "--run", "37", "--export", &trace]);
    let verified = succeeds(&["replay", &trace, "--verify"]);
    assert!(verified.contains("verified"), "{verified}");
    let told = succeeds(&["replay", folder, "--run", "37"]);
    let row = fs::read_to_string(whole.join("runs.csv")).unwrap().lines().nth(38).unwrap().to_owned();
    let ending = row.split(',').nth(8).unwrap();
    let plan: serde_json::Value =
        serde_json::from_slice(&fs::read(whole.join("plan.json")).unwrap()).unwrap();
    assert_eq!(plan["runs"], 40);
    assert!(!ending.is_empty() && !told.is_empty());
    succeeds(&["replay", folder, "--run", "37", "--as", "rok", "--turn", "1"]);
    refuses(&["replay", folder, "--run", "40"], 2, "the plan has no run 40; it has 40");
    refuses(&["replay", &home.name("small.ron"), "--run", "1"], 2, "");
}

#[test]
fn wrong_usage_is_refused_with_the_reason() {
    let home = Home::new();
    let out = home.name("out");
    let small = home.name("small.ron");
    refuses(&["sweep", "august-2051", "--out", &out], 2, "did you mean `august-2015`?");
    refuses(&["sweep", "none.ron", "--out", &out], 2, "there is no such file");
    refuses(&["sweep", &small, "--out", &out, "--shard", "2/2"], 2, "expected I/N");
    refuses(&["sweep", &small, "--out", &out, "--chunk", "99"], 2, "the plan's chunks are 0 to 9");
    refuses(
        &["sweep", "august-2015", "--out", &out, "--set", "tracks.tenson.start=4"],
        2,
        "did you mean `tracks.tension.start`?",
    );
    refuses(
        &["sweep", &small, "--out", &out, "--set", "parameters.percept_bias.value=0.1"],
        2,
        "is a factor",
    );
    refuses(&["sweep", "august-2015", "--out", &out, "--policy", "rok=fierce"], 2, "fierce");
    refuses(&["sweep", "august-2015", "--out", &small, "--runs", "2"], 2, "it exists already");
    refuses(&["merge", &home.name("none"), "--out", &out], 2, "it has no `plan.json`");
    fs::write(
        home.path("stop.ron"),
        "(format: 1, name: \"s\", scenario: \"august-2015\", replications: 9, stop_at: [5], \
        metrics: [(name: \"p\", of: Mean(\"peak\"), half_width: 0.1)])",
    )
    .unwrap();
    refuses(&["sweep", &home.name("stop.ron"), "--out", &out, "--shard", "0/2"], 2, "`stop_at`");
    assert!(!Path::new(&out).exists());
}

#[test]
fn progress_is_told_to_programs_and_nothing_in_a_pipe() {
    let home = Home::new();
    let small = home.name("small.ron");
    let quiet = run(&["sweep", &small, "--out", &home.name("a")]);
    assert_eq!(text(&quiet.stderr), "");
    let told = run(&["sweep", &small, "--out", &home.name("b"), "--progress", "json"]);
    let last = text(&told.stderr).lines().last().expect("it is told at the end");
    let last: serde_json::Value = serde_json::from_str(last).expect("a line is an object");
    assert_eq!((&last["done"], &last["total"]), (&40.into(), &40.into()));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_costs_no_part() {
    let home = Home::new();
    let (small, out) = (home.name("small.ron"), home.name("out"));
    let program = env!("CARGO_BIN_EXE_offramp");
    let script = format!(
        "'{program}' sweep '{small}' --out '{out}' --missing | head -1; echo ${{PIPESTATUS[0]}};
         '{program}' sweep '{small}' --out '{out}' >&- 2>&-; echo $?;
         '{program}' sweep '{small}' --out '{out}' --progress json 2>&- ; echo $?"
    );
    let output = Command::new("bash").args(["-c", &script]).output().expect("bash runs");
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(lines[0], "0");
    assert!(["0", "141"].contains(&lines[1]), "{lines:?}");
    assert!(["0", "74", "141"].contains(&lines[2]), "{lines:?}");
    assert!(lines[3].contains("40 runs"), "{lines:?}");
    assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
}

#[test]
fn a_plan_says_how_many_runs_how_long_and_how_exact() {
    let home = Home::new();
    let small = home.name("small.ron");
    let design = home.name("design.csv");
    let told = succeeds(&["plan", &small, "--pilot", "20", "--half-width", "0.05", "--export", &design]);
    assert!(told.contains("small: 2 factors, 4 points x 10 = 40 runs in 10 chunks of 4"), "{told}");
    let design = fs::read_to_string(design).unwrap();
    assert_eq!(design.lines().next(), Some("point,parameters.percept_bias.value,channels.mil_west.regime"));
    let again = fs::read_to_string(home.path("small.ron")).unwrap();
    fs::write(home.path("again.ron"), again.replace("factors:", "design: Table(\"design.csv\"), factors:"))
        .unwrap();
    fs::write(home.path("scenario.ron"), again.replace("\"small\"", "\"scenario\"")).unwrap();
    let told = succeeds(&["plan", &home.name("scenario.ron"), "--pilot", "2"]);
    assert!(told.starts_with("scenario: 2 factors"), "an experiment keeps its name: {told}");
    let json = succeeds(&["plan", &home.name("again.ron"), "--pilot", "2", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["points"], 4);
    succeeds(&["sweep", &home.name("again.ron"), "--out", &home.name("again")]);
    let rows = |folder: &str| fs::read_to_string(home.path(folder).join("runs.csv")).unwrap();
    succeeds(&["sweep", &small, "--out", &home.name("direct")]);
    assert!(rows("again") == rows("direct"), "an exported design is the design");
}

#[test]
fn a_pilot_that_saw_no_difference_says_so_and_what_is_typed_is_watched() {
    let home = Home::new();
    let told = |what: &[&str]| {
        let small = home.name("small.ron");
        let told = succeeds(
            &[["plan", small.as_str(), "--pilot", "3", "--half-width", "0.1"].as_slice(), what].concat(),
        );
        let line = told.lines().find(|line| line.starts_with(what[1])).unwrap_or_default().to_owned();
        (line.split_whitespace().map(str::to_owned).collect::<Vec<_>>(), told)
    };
    // Nobody uses a nuclear weapon in three games: that tells nothing of how many runs would show it.
    let (line, whole) = told(&["--metric", "peak>=13"]);
    assert_eq!(line, ["peak>=13", "0.0000", "-", "0.1000", "-"], "{whole}");
    assert!(whole.contains("so it cannot tell; ask for more with --pilot"), "{whole}");
    let (line, whole) = told(&["--metric", "minutes"]);
    assert!(line[4].parse::<u64>().is_ok_and(|runs| runs > 3), "{whole}");
    // One run has no interval, and that is not for want of a difference.
    let single = succeeds(&["plan", "august-2015", "--metric", "minutes", "--pilot", "5"]);
    assert!(!single.contains("so it cannot tell"), "{single}");
    // Where a sweep may stop, runs begin anew with the first point.
    let text = fs::read_to_string(home.path("small.ron")).unwrap();
    fs::write(
        home.path("rounds.ron"),
        text.replace(
            "factors:",
            "stop_at: [3], metrics: [(name: \"m\", of: \
        Mean(\"minutes\"), half_width: 1.0)], factors:",
        ),
    )
    .unwrap();
    assert!(succeeds(&["plan", &home.name("rounds.ron")]).contains("on one core"));
    refuses(&["plan", "august-2015", "--metric", "class=setled"], 2, "did you mean `settled`?");
    refuses(
        &["sweep", "august-2015", "--metric", "seed", "--out", &home.name("x")],
        2,
        "`seed` says which run",
    );
}

#[test]
fn nothing_is_written_over_what_a_sweep_keeps_or_said_twice() {
    let home = Home::new();
    let out = home.name("out");
    succeeds(&["sweep", &home.name("small.ron"), "--out", &out]);
    for (command, file) in [("replay", "runs.csv"), ("plan", "manifest.json"), ("plan", "plan.json")] {
        let path = home.path("out").join(file);
        let before = fs::read(&path).unwrap();
        let export = path.to_str().unwrap();
        let small = home.name("small.ron");
        let words = match command {
            "replay" => ["replay", &out, "--run", "1", "--export", export],
            _ => ["plan", &small, "--pilot", "2", "--export", export],
        };
        refuses(&words, 2, "is a file that a sweep keeps; write under another name");
        assert!(fs::read(&path).unwrap() == before, "{command} wrote over {file}");
    }
    let text = "(format: 1, name: \"policy\", scenario: \"august-2015\",
        factors: [(name: \"seats.rok.policy\", over: Words([\"passive\", \"random\"]))])";
    fs::write(home.path("policy.ron"), text).unwrap();
    refuses(
        &["sweep", &home.name("policy.ron"), "--policy", "rok=passive", "--out", &home.name("p")],
        2,
        "`seats.rok.policy` is a factor of the experiment",
    );
}

/// A game that never ends costs its budget and no more.
#[test]
fn a_game_without_end_is_a_row_with_that_status() {
    let home = Home::new();
    let text = "(format: 1, name: \"endless\", base: \"august-2015\", settings: [(name: \"parameters.horizon.value\", \
                value: Number(120.0))])";
    fs::write(home.path("endless.ron"), text).unwrap();
    let experiment = "(format: 1, name: \"e\", scenario: \"endless.ron\", replications: 5, budget: 12)";
    fs::write(home.path("e.ron"), experiment).unwrap();
    let told = succeeds(&["sweep", &home.name("e.ron"), "--out", &home.name("out")]);
    assert!(told.contains("5 runs did not end within 12 engine steps, the `budget`"), "{told}");
    let rows = fs::read_to_string(home.path("out/runs.csv")).unwrap();
    assert_eq!(rows.lines().filter(|row| row.contains(",budget,,")).count(), 5, "{rows}");
    // What was counted are no calls over lines, which columns beside it count.
    let manifest = fs::read_to_string(home.path("out/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let columns = manifest["columns"].as_array().unwrap();
    let about = |name: &str| columns.iter().find(|column| column["name"] == name).unwrap()["about"].as_str();
    assert!(about("status").unwrap().contains("engine steps"), "{:?}", about("status"));
    for name in ["calls_tried", "calls_answered"] {
        assert!(about(name).unwrap().contains("over a line"), "{:?}", about(name));
    }
    fs::write(home.path("none.ron"), experiment.replace("12", "0")).unwrap();
    refuses(&["sweep", &home.name("none.ron"), "--out", &home.name("none")], 1, "0 engine steps");
    let told = succeeds(&["analyze", &home.name("out")]);
    assert!(told.contains("5 did not end within 12 engine steps"), "{told}");
    succeeds(&["replay", &home.name("out"), "--run", "3"]);
}
