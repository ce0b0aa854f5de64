//! Each file of `tests/fixtures/invalid` with the exact lines that its author reads: `x.ron` with `x.txt`.
//!
//! `OFFRAMP_BLESS=1 cargo test --test invalid` writes the lines anew; read the difference before keeping it.

use crate::load::load;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/invalid")
}

/// The names of the fixtures, without their ending.
fn stems(ending: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).expect("the folder of fixtures is there");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("plain names"));
    names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect()
}

#[test]
fn every_fixture_is_told_exactly_what_is_wrong() {
    let bless = std::env::var_os("OFFRAMP_BLESS").is_some();
    let mut wrong = Vec::new();
    for stem in stems(".ron") {
        let text = std::fs::read_to_string(folder().join(format!("{stem}.ron"))).expect("a readable fixture");
        let (scenario, diagnostics) = load(&text);
        let found = diagnostics.to_lines();
        assert!(scenario.is_none() && diagnostics.has_errors(), "{stem} is sound");
        let file = folder().join(format!("{stem}.txt"));
        if bless {
            std::fs::write(&file, &found).expect("the expectation is written");
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{stem}:\n--- expected\n{expected}--- found\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // An expectation without its file is left over.
    assert_eq!(stems(".ron"), stems(".txt"));
}

#[test]
fn no_line_of_an_expectation_can_act_on_a_terminal() {
    for stem in stems(".txt") {
        let text = std::fs::read_to_string(folder().join(format!("{stem}.txt"))).expect("readable");
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{stem}");
    }
}
