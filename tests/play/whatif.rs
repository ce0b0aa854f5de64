//! The debrief as a document and `whatif`, from outside.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offramp"));
    command.args(arguments).stdin(Stdio::null()).output().expect("the program starts")
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

#[track_caller]
fn refuses(arguments: &[&str], code: i32, says: &str) {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(said.contains(says), "{arguments:?} says: {said}");
    assert!(output.stdout.is_empty(), "{arguments:?} prints something");
}

/// A folder with the trace of a game of a shipped crisis.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Home {
        let home = Home(tempfile::tempdir().expect("a folder can be made"));
        succeeds(&["run", "october-2014", "--seed", "3", "--trace", &home.name("game.trace")]);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_str().expect("the folder's name is text").to_owned()
    }
}

const FEW: [&str; 2] = ["--continuations", "3"];

/// Whether every tag that opens closes in its place.
fn balanced(page: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let name = tag.split(['>', ' ', '\n']).next().unwrap_or("");
        match name.strip_prefix('/') {
            Some(end) => match open.pop() {
                Some(begun) if begun == end => {}
                other => return Err(format!("</{end}> closes {other:?}")),
            },
            None if ["meta", "!DOCTYPE"].contains(&name) => {}
            None => open.push(name),
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

#[test]
fn a_debrief_is_one_page_that_loads_nothing_and_is_the_same_again() {
    let home = Home::new();
    let (html, markdown) = (home.name("a.html"), home.name("a.md"));
    let trace = home.name("game.trace");
    let arguments = [
        ["report", &trace, "--out", &html, "--out", &markdown, "--among", "12", "--rows", "3"].as_slice(),
        &FEW,
    ]
    .concat();
    succeeds(&arguments);
    let page = fs::read_to_string(&html).expect("it was written");
    assert_eq!(balanced(&page), Ok(()));
    for foreign in ["<script", " src=", " href=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let text = fs::read_to_string(&markdown).expect("it was written");
    for said in [
        "How it ended",
        "The course on the ladder",
        "The seats and how they fared",
        "This game among 12",
        "But for this",
        "Who was surprised by what",
        "What each seat believed, beside what was so",
        "Calls that nobody answered",
        "Consultations against the clock",
        "Answers to the questions of the staff",
        "Step by step",
        "not a forecast",
    ] {
        assert!(page.contains(said) && text.contains(said), "it does not say `{said}`");
    }
    assert!(page.matches("<svg ").count() >= 3, "it has few charts");
    let before = (page, text);
    succeeds(&[arguments.as_slice(), &["--threads", "1"]].concat());
    let again = (fs::read_to_string(&html).unwrap(), fs::read_to_string(&markdown).unwrap());
    assert!(before == again, "the same again, on one thread, is not the same");
}

#[test]
fn what_if_tells_people_and_programs_the_same() {
    let home = Home::new();
    let trace = home.name("game.trace");
    let asked = [["whatif", &trace, "--at", "1", "--seat", "rok", "--hold"].as_slice(), &FEW].concat();
    let text = succeeds(&asked);
    assert!(text.contains("Turn 1, Day 1") && text.contains("Instead: hold"), "{text}");
    assert!(text.contains("3 pairs of continuations with the same luck"), "{text}");
    let json = succeeds(&[asked.as_slice(), &["--format", "json", "--threads", "1"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let row = &json["rows"][0];
    assert_eq!((&row["instead"], &row["pairs"]), (&"hold".into(), &3.into()));
    assert!(text.contains(row["what"].as_str().expect("text")), "{text}");
    assert!(text.contains(&format!("{} of them differ", row["differ"])), "{text}");
    let rungs = row["rungs"].as_array().expect("rungs");
    assert_eq!((rungs.len(), &rungs[0]["as_it_was"]), (14, &3.into()), "every game reaches rung 0");
}

#[test]
fn what_cannot_be_asked_is_refused_with_the_reason_and_the_nearest_name() {
    let home = Home::new();
    let trace = home.name("game.trace");
    let asks = |more: &[&'static str]| {
        let mut all = vec!["whatif".to_owned(), trace.clone(), "--at".to_owned()];
        all.extend(more.iter().map(|word| (*word).to_owned()));
        all
    };
    let refused = |more: &[&'static str], code: i32, says: &str| {
        let all = asks(more);
        refuses(&all.iter().map(String::as_str).collect::<Vec<_>>(), code, says);
    };
    refused(&["900", "--seat", "rok", "--hold"], 2, "the game has no turn 900");
    refused(&["1", "--seat", "rock", "--hold"], 2, "did you mean `rok`?");
    refused(&["1", "--hold"], 2, "--seat");
    refused(&["1"], 2, "--hold");
    refused(&["1", "--seat", "rok", "--act", "warning_sots"], 2, "no action is called `warning_sots`");
    refused(&["1", "--without-inject", "nothing_of_the_kind"], 2, "no inject is called");
    refused(&["1", "--answer", "mil_wst"], 2, "did you mean `mil_west`?");
    refused(&["0", "--seat", "rok", "--hold"], 2, "0");
    refuses(&["whatif", &home.name("none"), "--at", "1", "--seat", "rok", "--hold"], 2, "none");
    fs::write(home.path("page"), "not a record").expect("it can be written");
    refuses(&["whatif", &home.name("page"), "--at", "1", "--seat", "rok", "--hold"], 2, "not a trace");
    let mut damaged = fs::read(home.path("game.trace")).expect("it was written");
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(home.path("damaged"), damaged).expect("it can be written");
    refuses(&["whatif", &home.name("damaged"), "--at", "1", "--seat", "rok", "--hold"], 65, "damaged");
    refuses(&["report", &home.name("damaged"), "--out", &home.name("a.html")], 65, "damaged");
    assert!(!home.path("a.html").exists());
}
