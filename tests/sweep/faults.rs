//! Disks that are full, parts of others, runs that panic, plans out of all bounds, memory.

use super::{Home, offramp, refuses, same, succeeds, text, whole};
use offramp::sweep::{Folder, Found, identity};
use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_told_of_and_costs_nothing_that_was_played() {
    let home = Home::new();
    let whole = whole(&home);
    let (small, out, program) = (home.name("small.ron"), home.name("out"), env!("CARGO_BIN_EXE_offramp"));
    // No file may grow beyond a kilobyte: not the plan's, not a part, not a table.
    for (name, before, parts) in [("new", None, 0), ("begun", Some("0/10"), 1), ("played", Some("0/1"), 10)] {
        let (folder, path) = (home.path(name), home.name(name));
        if let Some(shard) = before {
            succeeds(&["sweep", &small, "--steps", "--out", &path, "--shard", shard]);
        }
        let script = format!("trap '' XFSZ; ulimit -f 1; '{program}' sweep '{small}' --steps --out '{path}'");
        let output = Command::new("bash").args(["-c", &script]).output().expect("bash runs");
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(74), "{stderr}");
        assert!(stderr.contains(&path), "it says which file: {stderr}");
        let there = fs::read_dir(folder.join("parts")).map_or(0, Iterator::count);
        assert_eq!(there, parts, "{name}: every part that was there, and nothing half written");
        succeeds(&["sweep", &small, "--steps", "--out", &path]);
        same(&folder, &whole);
    }
    // Where only the last word cannot be written, the tables are there all the same.
    let script = format!("'{program}' sweep '{small}' --steps --out '{out}' > /dev/full");
    let output = Command::new("bash").args(["-c", &script]).output().expect("bash runs");
    assert_eq!(output.status.code(), Some(74), "{}", text(&output.stderr));
    same(&home.path("out"), &whole);
}

#[test]
fn a_part_of_another_plan_is_refused_by_name_and_left_alone() {
    let home = Home::new();
    let (small, out, other) = (home.name("small.ron"), home.name("out"), home.name("other"));
    succeeds(&["sweep", &small, "--out", &out, "--chunk", "0"]);
    succeeds(&["sweep", &small, "--out", &other, "--chunk", "1", "--seed", "8"]);
    let foreign = home.path("out/parts/part-000001");
    fs::copy(home.path("other/parts/part-000001"), &foreign).unwrap();
    let before = fs::read(&foreign).unwrap();
    for more in [&["--resume"][..], &["--chunk", "1"], &["--missing"]] {
        let arguments = [&["sweep", &small, "--out", &out][..], more].concat();
        refuses(&arguments, 65, "part-000001': it is of plan ");
    }
    refuses(&["merge", &out, "--out", &home.name("merged")], 65, "these chunks are missing: ");
    assert!(fs::read(&foreign).unwrap() == before);
}

#[test]
fn a_sweep_in_which_a_run_panicked_ends_with_its_own_code() {
    let home = Home::new();
    let (small, out) = (home.name("small.ron"), home.name("out"));
    succeeds(&["sweep", &small, "--out", &out, "--shard", "0/1"]);
    // As a worker leaves it whose run panicked; no sound game does.
    let folder = Folder::at(&home.path("out"));
    let identity = identity(&folder.plan().unwrap()).unwrap();
    let Found::Whole(mut part) = folder.look(&identity, 3).unwrap() else { panic!("the part is whole") };
    part.label.panics = 1;
    folder.put(&part).unwrap();
    refuses(&["sweep", &small, "--out", &out], 70, "1 runs panicked, which is a bug of offramp");
    let manifest = fs::read_to_string(home.path("out/manifest.json")).unwrap();
    assert!(manifest.contains("\"panics\": 1"), "{manifest}");
}

#[test]
fn a_plan_out_of_all_bounds_is_refused_at_once() {
    let home = Home::new();
    let factors = ["percept_bias", "horizon", "end_hazard", "fade_hazard"]
        .map(|name| format!("(name: \"parameters.{name}.value\"),"))
        .concat();
    let text = format!(
        "(format: 1, name: \"vast\", scenario: \"august-2015\", design: Grid(steps: 1000), factors: [{factors}])"
    );
    fs::write(home.path("vast.ron"), text).unwrap();
    let begun = Instant::now();
    let (vast, out) = (home.name("vast.ron"), home.name("out"));
    refuses(&["sweep", &vast, "--out", &out], 1, "expected at most 100000000 runs");
    refuses(&["plan", &vast], 1, "expected at most 100000000 runs");
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert!(!home.path("out").exists());
}

/// The most memory that a sweep of so many runs of C1 has held by a tenth of its parts, and by its end, in kilobytes.
#[cfg(target_os = "linux")]
fn memory(home: &Home, runs: u64) -> (u64, u64) {
    let (out, number) = (home.name("memory"), runs.to_string());
    let c1 = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/c1/c1.ron");
    let mut command = offramp();
    let mut child = command.args(["sweep", c1, "--runs", &number, "--out", &out]).spawn().unwrap();
    let (mut tenth, mut most, mut parts) = (0, 0, 0);
    while child.try_wait().unwrap().is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        most = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(most);
        let written = fs::read_dir(home.path("memory/parts")).map_or(0, |parts| parts.count());
        // A chunk of a million runs has some four thousand.
        if parts == 0 && written as u64 >= runs / 4096 / 10 {
            (tenth, parts) = (most, written);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(child.wait().unwrap().success());
    let rows = fs::read_to_string(home.path("memory/runs.csv")).unwrap();
    assert_eq!(rows.lines().count() as u64, runs + 1);
    assert!((24..=32).contains(&parts), "{parts} parts are no tenth");
    (tenth, most)
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "a million runs: half a minute"]
fn memory_is_flat_from_a_tenth_of_the_runs_to_the_end() {
    let (tenth, whole) = memory(&Home::new(), 1_000_000);
    let told = format!("{tenth} kB by a tenth, {whole} kB by the end");
    writeln!(std::io::stderr(), "peak memory: {told}").expect("somebody listens");
    assert!(whole * 100 <= tenth * 101, "{told}");
    assert!(whole <= 300_000, "{whole} kB");
}
