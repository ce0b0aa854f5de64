//! Analyses of finished sweeps, from outside: every figure against one that is worked out anew from the tables.

mod compare;
mod diff;
mod levers;
mod report;
mod sensitivity;
mod summary;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offramp"));
    command.args(arguments).stdin(Stdio::null()).output().expect("the program starts")
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

/// A folder for sweeps.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        Home(tempfile::tempdir().expect("a folder can be made"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_str().expect("the folder's name is text").to_owned()
    }

    /// Plays an experiment of these fields, and gives the folder's name.
    fn sweep(&self, name: &str, fields: &str) -> String {
        let text = format!("(format: 1, name: \"{name}\", scenario: \"august-2015\",\n{fields})");
        fs::write(self.path(&format!("{name}.ron")), text).expect("it can be written");
        succeeds(&["sweep", &self.name(&format!("{name}.ron")), "--steps", "--out", &self.name(name)]);
        self.name(name)
    }
}

/// The rows of a table, by column.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("it is a table")).collect()
}

fn table(folder: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    rows(&fs::read_to_string(Path::new(folder).join(name)).expect("the table is there"))
}

/// Whole numbers of a column in rows that have measurements.
fn wholes(rows: &[BTreeMap<String, String>], column: &str) -> Vec<i64> {
    let done = rows.iter().filter(|row| row.get("status").is_none_or(|status| status == "ok"));
    done.map(|row| row[column].parse().expect("a whole number")).collect()
}

/// Findings by analysis, point, subject and statistic: value, low, high.
fn findings(arguments: &[&str]) -> BTreeMap<[String; 4], [f64; 3]> {
    let text = succeeds(&[arguments, &["--format", "csv"]].concat());
    let key = |row: &BTreeMap<String, String>| {
        ["analysis", "point", "subject", "statistic"].map(|column| row[column].clone())
    };
    let number = |cell: &String| cell.parse().unwrap_or(f64::NAN);
    let of = |row: &BTreeMap<String, String>| ["value", "low", "high"].map(|column| number(&row[column]));
    rows(&text).iter().map(|row| (key(row), of(row))).collect()
}

fn key(words: [&str; 4]) -> [String; 4] {
    words.map(str::to_owned)
}

fn square(x: f64) -> f64 {
    x * x
}

fn mean(values: &[i64]) -> f64 {
    values.iter().sum::<i64>() as f64 / values.len() as f64
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found}, expected {expected}");
}

/// Two factors, four points, eight lucks.
const GRID: &str = "replications: 8, chunk: 5, seed: 3,
    factors: [(name: \"parameters.percept_bias.value\"),
    (name: \"channels.mil_west.regime\", over: Words([\"AsRecorded\", \"ForcedCut\"]))],
    metrics: [(name: \"deep misreading\", of: AtLeast(\"misperception\", 300)), (name: \"height\", of: Mean(\"peak\"))]";
