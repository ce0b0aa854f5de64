//! The architecture, held by a test: which module may import which, and which words stay where.
//!
//! `rules` is the table to read, `source` turns Rust text into words and paths, `judge` holds one to the other. Code
//! under `#[cfg(test)]` counts like any other; comments and strings do not count.

mod judge;
mod planted;
mod rules;
mod source;

use judge::Sources;
use std::fs;
use std::path::Path;

/// Reads all `.rs` files below a folder of the crate, with paths relative to the crate.
fn gather(folder: &str, sources: &mut Sources) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries {
        let entry = entry.expect("the folder can be listed");
        let name = format!("{folder}/{}", entry.file_name().to_str().expect("file names are text"));
        if entry.path().is_dir() {
            gather(&name, sources);
        } else if name.ends_with(".rs") {
            sources.insert(name, fs::read_to_string(entry.path()).expect("the source can be read"));
        }
    }
}

fn assert_none(violations: Vec<String>) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn every_module_imports_only_what_the_table_allows() {
    let mut sources = Sources::new();
    gather("src", &mut sources);
    assert!(sources.contains_key("src/lib.rs"));
    assert_none(judge::imports(&sources));
}

#[test]
fn every_word_stays_where_it_belongs() {
    let mut sources = Sources::new();
    gather("src", &mut sources);
    assert_none(judge::words(&sources));
}

#[test]
fn no_source_file_is_forgotten() {
    let mut sources = Sources::new();
    for folder in ["src", "tests", "benches", "examples"] {
        gather(folder, &mut sources);
    }
    assert_none(judge::forgotten(&sources));
    let manifest = include_str!("../../Cargo.toml");
    assert!(!manifest.contains("autotests"), "cargo must find every file in tests/ by itself");
}
