//! The judge's own test: violations planted in small sources are found, and innocent look-alikes are not.

use crate::judge::{Sources, forgotten, imports, words};

fn sources(files: &[(&str, &str)]) -> Sources {
    files.iter().map(|(file, text)| (file.to_string(), text.to_string())).collect()
}

/// The one violation that a file causes.
fn sole(judge: fn(&Sources) -> Vec<String>, file: &str, text: &str) -> String {
    let violations = judge(&sources(&[(file, text)]));
    assert_eq!(violations.len(), 1, "{violations:?}");
    violations.into_iter().next().unwrap_or_default()
}

fn assert_clean(judge: fn(&Sources) -> Vec<String>, file: &str, text: &str) {
    assert_eq!(judge(&sources(&[(file, text)])), Vec::<String>::new());
}

#[test]
fn an_import_against_the_table_is_found_in_every_spelling() {
    let expected = "src/engine/clock.rs:2: `crate::session::Session`: `engine` may not import `session`";
    for spelling in [
        "\nuse crate::session::Session;",
        "\nuse crate::{session::Session as S};",
        "\nuse super::super::session::Session;",
        "\nfn f(s: crate::session::Session) {}",
        "\nfn f(s: super::super::session::Session) {}",
        "\n#[cfg(test)] mod tests { use super::super::super::session::Session; }",
    ] {
        assert_eq!(sole(imports, "src/engine/clock.rs", spelling), expected, "{spelling}");
    }
}

#[test]
fn what_the_table_allows_is_clean() {
    assert_clean(imports, "src/engine/clock.rs", "use crate::scenario::Scenario; use super::dice::Roll;");
    assert_clean(imports, "src/engine/clock.rs", "/// As [`crate::session::Session`].\nuse std::fmt;");
    assert_clean(imports, "src/cli/run.rs", "use crate::{engine, session::Session, tui};");
    assert_clean(imports, "src/main.rs", "fn main() { offramp::cli::main() }");
    assert_clean(imports, "src/lib.rs", "pub use crate::session::Session;");
}

#[test]
fn the_crate_itself_is_not_imported() {
    assert!(sole(imports, "src/engine/clock.rs", "use crate as all;").contains("would hide"));
    assert!(sole(imports, "src/engine/mod.rs", "use super::*;").contains("may not import `*`"));
}

#[test]
fn the_binary_reaches_the_command_line_alone() {
    let found = sole(imports, "src/main.rs", "use offramp::engine::Game;");
    assert_eq!(found, "src/main.rs:1: `crate::engine::Game`: `main` may not import `engine`");
}

#[test]
fn a_module_that_the_table_does_not_know_is_found() {
    let found = sole(imports, "src/oddments/mod.rs", "");
    assert_eq!(found, "src/oddments/mod.rs:1: module `oddments` is not in the table of layers");
    assert!(sole(imports, "src/cli/run.rs", "use crate::oddments::X;").contains("may not import `oddments`"));
}

#[test]
fn a_module_open_in_part_gives_only_that_part() {
    let engine = ("src/engine/order.rs", "pub struct Orders; struct Inner; // pub struct Rules");
    let judge = |text: &str| imports(&sources(&[engine, ("src/policy/random.rs", text)]));
    for spelling in ["use crate::engine::Orders;", "use crate::engine::dice::{SeatDice};"] {
        assert_eq!(judge(spelling), Vec::<String>::new());
    }
    for path in ["crate::engine::Rules", "crate::engine::Inner", "crate::engine", "crate::engine::*"] {
        let expected =
            format!("src/policy/random.rs:1: `{path}`: this part of `engine` is closed to `policy`");
        assert_eq!(judge(&format!("use {path};")), [expected]);
    }
}

#[test]
fn only_the_control_and_debrief_screens_read_traces() {
    let text = "use crate::trace::Trace;";
    assert_clean(imports, "src/tui/screen/debrief.rs", text);
    assert_clean(imports, "src/tui/screen/control.rs", text);
    assert!(sole(imports, "src/tui/screen/orders.rs", text).contains("`tui` may not import `trace`"));
}

#[test]
fn the_file_system_is_found_outside_storage() {
    for text in
        ["use std::{fs, io};", "fn f() { std::fs::read(p); }", "fn f(f: File) {}", "fn f() { p.exists(); }"]
    {
        let found = sole(words, "src/session/save.rs", text);
        assert!(found.ends_with("only `storage` names the file system"), "{found}");
        assert_clean(words, "src/storage/save.rs", text);
    }
    assert_clean(words, "src/session/save.rs", "// File\nfn exists() -> &str { \"std::fs::File\" }");
}

#[test]
fn printing_and_the_terminal_are_found_outside_their_places() {
    assert!(sole(words, "src/sweep/mod.rs", "fn f() { print!(\"x\"); }").contains("print"));
    assert!(sole(words, "src/tui/app.rs", "use std::io::stdout;").contains("print"));
    assert_clean(words, "src/cli/run.rs", "fn f() { println!(\"x\"); std::io::stdout(); }");
    assert!(sole(words, "src/tui/keymap.rs", "use ratatui::crossterm;").contains("terminal library"));
    assert_clean(words, "src/tui/terminal.rs", "use crossterm::event; use std::io::stdout;");
}

#[test]
fn words_for_the_truth_are_found_on_a_seats_side() {
    let found = sole(words, "src/policy/doctrine.rs", "fn f() {}\n\nfn g(truth: &GroundTruth) {}");
    assert_eq!(found, "src/policy/doctrine.rs:3: `GroundTruth`: a seat's side has no word for the truth");
    assert!(sole(words, "src/tui/widget/ladder.rs", "struct A { game: Game }").contains("`Game`"));
    assert_clean(words, "src/tui/widget/ladder.rs", "struct A { list: ListState } // Game");
    assert_clean(words, "src/tui/screen/debrief.rs", "use crate::trace::TurnRecord;");
    assert_clean(words, "src/session/mod.rs", "struct A { game: Game }");
}

#[test]
fn what_would_break_determinism_is_found_in_the_core() {
    for text in [
        "use std::collections::HashMap;",
        "#[cfg(test)] mod tests { type A = HashSet<u8>; }",
        "fn f() { Instant::now(); }",
        "fn f() { std::env::var(\"A\"); }",
        "use std::thread;",
    ] {
        assert!(sole(words, "src/engine/order.rs", text).contains("the core"), "{text}");
    }
    assert_clean(words, "src/scenario/parse.rs", "use std::thread;");
    assert!(sole(words, "src/scenario/source.rs", "use std::thread;").contains("threads"));
    assert!(sole(words, "src/engine/order.rs", "fn f(x: f64) {}").contains("floats"));
}

#[test]
fn a_file_that_no_mod_reaches_is_found() {
    let tree = sources(&[
        ("src/lib.rs", "mod engine;"),
        ("src/engine/mod.rs", "mod clock; // mod lost;"),
        ("src/engine/clock.rs", "mod tick;"),
        ("src/engine/clock/tick.rs", ""),
        ("src/engine/lost.rs", ""),
        ("src/adrift/mod.rs", ""),
        ("tests/one.rs", "mod shared;"),
        ("tests/shared/mod.rs", ""),
        ("tests/suite/main.rs", "mod inner;"),
        ("tests/suite/inner.rs", ""),
        ("tests/suite/lost.rs", ""),
    ]);
    assert_eq!(
        forgotten(&tree),
        [
            "src/adrift/mod.rs:1: no parent says `mod adrift;`, so it is not compiled",
            "src/engine/lost.rs:1: no parent says `mod lost;`, so it is not compiled",
            "tests/suite/lost.rs:1: no parent says `mod lost;`, so it is not compiled",
        ]
    );
}
