//! A scenario on top of its base: what a child may say, and what it is told when it says something else.

use offramp::scenario::compose::{Overrides, Placed, compose_section, load_chain};
use offramp::scenario::diagnostics::Diagnostics;
use offramp::scenario::document::Entry;
use offramp::scenario::source::Source;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Mini {
    format: u32,
    base: Option<String>,
    tracks: Vec<Track>,
    replace: Tracks,
    remove: Names,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Tracks {
    tracks: Vec<Track>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Names {
    tracks: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Track {
    name: String,
    #[serde(default)]
    start: i32,
}

impl Entry for Track {
    fn name(&self) -> &str {
        &self.name
    }
}

/// Loads the first of some files with its bases, and gives the tracks as `name=start` and the findings.
fn compose(files: &[(&str, &str)]) -> (Vec<String>, String) {
    let resolve = |name: &str, asker: &Source| {
        let found = files.iter().find(|(file, _)| *file == name);
        found
            .map(|(file, text)| Source::new(*file, *text))
            .ok_or_else(|| format!("there is no scenario `{name}` for `{}`", asker.name))
    };
    let mut diagnostics = Diagnostics::new();
    let root = Source::new(files[0].0, files[0].1);
    let mut tracks: Vec<Placed<Track>> = Vec::new();
    for (file, document) in load_chain::<Mini>(root, &resolve, &mut diagnostics).unwrap_or_default() {
        let Mini { tracks: new, replace, remove, .. } = document;
        let overrides = Overrides { file, new, replace: replace.tracks, remove: remove.tracks };
        tracks = compose_section("tracks", tracks, overrides, &mut diagnostics);
    }
    let names = tracks.iter().map(|placed| format!("{}={}", placed.entry.name, placed.entry.start));
    (names.collect(), diagnostics.to_lines())
}

const BASE: (&str, &str) =
    ("base", r#"(format: 1, tracks: [(name: "a", start: 1), (name: "b", start: 2), (name: "c", start: 3)])"#);

/// Composes a child of [`BASE`].
fn child(rest: &str) -> (Vec<String>, String) {
    compose(&[("child", &format!("(format: 1, base: \"base\", {rest})")), BASE])
}

/// Asserts what is said about a child of [`BASE`].
#[track_caller]
fn finds(rest: &str, expected: &str) {
    assert_eq!(child(rest).1.trim_end(), expected);
}

#[test]
fn the_base_comes_first_then_what_is_new() {
    let rest = r#"tracks: [(name: "x", start: 9)], replace: (tracks: [(name: "b", start: 7)]), remove: (tracks: ["a"])"#;
    assert_eq!(child(rest), (vec!["b=7".into(), "c=3".into(), "x=9".into()], String::new()));
}

#[test]
fn a_new_entry_with_a_name_of_the_base_is_told_of_replace() {
    finds(
        r#"tracks: [(name: "b")]"#,
        "child:1:43: error[E0404]: the base already has `b` in `tracks`; \
         expected a new name, or the entry under `replace: (tracks: […])`",
    );
}

#[test]
fn an_entry_twice_in_one_list_is_an_error() {
    let twice = "error[E0405]: `x` stands twice in `tracks`";
    finds(r#"tracks: [(name: "x"), (name: "x")]"#, &format!("child:1:56: {twice}"));
    finds(
        r#"replace: (tracks: [(name: "a"), (name: "a")])"#,
        "child:1:66: error[E0405]: `a` stands twice in `tracks`",
    );
    finds(r#"remove: (tracks: ["a", "a"])"#, "child:1:50: error[E0405]: `a` stands twice in `tracks`");
}

#[test]
fn replacing_or_removing_what_is_not_there_names_the_nearest() {
    let base = ("base", r#"(format: 1, tracks: [(name: "tension")])"#);
    let child =
        r#"(format: 1, base: "base", replace: (tracks: [(name: "tensoin")]), remove: (tracks: ["tensio"]))"#;
    let (tracks, found) = compose(&[("child", child), base]);
    assert_eq!(tracks, ["tension=0"]);
    assert_eq!(
        found,
        "child:1:53: error[E0406]: the base has no `tensoin` in `tracks`; did you mean `tension`?\n\
         child:1:85: error[E0407]: the base has no `tensio` in `tracks`; did you mean `tension`?\n"
    );
}

#[test]
fn an_entry_cannot_be_both_replaced_and_removed() {
    finds(
        r#"replace: (tracks: [(name: "a")]), remove: (tracks: ["a"])"#,
        "child:1:79: error[E0408]: `a` is both replaced and removed",
    );
}

#[test]
fn a_misspelt_verb_names_the_nearest_one() {
    finds(
        r#"repalce: (tracks: [])"#,
        "child:1:27: error[E0301]: there is no field `repalce`; \
         expected one of `format`, `base`, `tracks`, `replace`, `remove`; did you mean `replace`?",
    );
}

#[test]
fn a_missing_base_is_shown_where_it_is_named() {
    let (_, found) = compose(&[("child", r#"(format: 1, base: Some("bsae"))"#), BASE]);
    assert_eq!(found, "child:1:24: error[E0401]: there is no scenario `bsae` for `child`\n");
}

#[test]
fn a_circle_of_bases_is_named() {
    let (_, found) = compose(&[("a", r#"(base: "b")"#), ("b", r#"(base: "c")"#), ("c", r#"(base: "b")"#)]);
    assert_eq!(found, "c:1:8: error[E0402]: the bases run in a circle: `b` -> `c` -> `b`\n");
}

#[test]
fn a_chain_of_bases_has_a_limit() {
    let chain = |last: usize| {
        let file =
            |n: usize| if n < last { format!("(base: \"{}\")", n + 1) } else { "(format: 1)".to_owned() };
        let files: Vec<_> = (0..=last).map(|n| (n.to_string(), file(n))).collect();
        compose(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>()).1
    };
    assert_eq!(chain(8), "");
    assert_eq!(chain(9), "8:1:8: error[E0403]: more than 8 bases stand above `0`\n");
}

#[test]
fn errors_of_all_files_are_reported_at_once() {
    let (tracks, found) =
        compose(&[("child", r#"(base: "base", tracks: 1)"#), ("base", "(tracks: [(nmae: 1)])")]);
    assert!(tracks.is_empty());
    let files: Vec<_> = found.lines().map(|line| &line[..5]).collect();
    assert_eq!(files, ["child", "base:"]);
}
