//! What an author reads when a file is wrong: each mistake, its place and its exact message.

use offramp::scenario::diagnostics::Diagnostics;
use offramp::scenario::parse::parse;
use offramp::scenario::source::Source;
use offramp::vocabulary::words::Condition;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mini {
    format: u32,
    #[serde(default)]
    title: String,
    #[serde(default)]
    tracks: Vec<Track>,
    #[serde(default)]
    rules: Vec<Rule>,
    #[serde(default)]
    weights: BTreeMap<String, f64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Track {
    name: String,
    start: u8,
    #[serde(default)]
    about: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    when: Condition,
}

/// Loads a text as `x.ron`.
fn load(text: &str) -> (Option<Mini>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let file = diagnostics.add_source(Source::new("x.ron", text));
    let document = parse(file, &mut diagnostics);
    assert_eq!(document.is_none(), diagnostics.has_errors(), "{}", diagnostics.to_text(false));
    (document, diagnostics)
}

/// Asserts the one-line form of everything found.
#[track_caller]
fn finds(text: &str, expected: &[&str]) {
    let found = load(text).1.to_lines();
    assert_eq!(found.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_sound_file_gives_its_document_and_no_word() {
    let text = r#"#![type = "Mini"]
        (format: 1, title: "한국", tracks: [(name: "a", start: 3, about: "yes")], // fine
        rules: [(name: "r", when: All([Not(Open("line")), Compare(Level("a"), Ge, Const(-3))]))],
        weights: {"x": 0.5, "y": 1e3})"#;
    let (document, diagnostics) = load(text);
    assert!(diagnostics.is_empty(), "{}", diagnostics.to_text(false));
    let document = document.expect("a sound file");
    assert_eq!((document.title.as_str(), document.rules.len(), document.weights["y"]), ("한국", 1, 1000.0));
}

#[test]
fn a_file_with_nothing_in_it() {
    finds("", &["x.ron: error[E0102]: the file is empty; expected a document such as `(format: 1, …)`"]);
    finds(
        " \r\n\t",
        &["x.ron: error[E0102]: the file is empty; expected a document such as `(format: 1, …)`"],
    );
    finds(
        "// only a comment",
        &["x.ron: error[E0102]: the file holds no document; expected a document such as `(format: 1, …)`"],
    );
}

#[test]
fn a_byte_order_mark_is_a_warning_and_has_no_column() {
    let (document, diagnostics) = load("\u{feff}(format: 1)");
    assert!(document.is_some());
    let warning = "x.ron:1:1: warning[W0107]: the file begins with a byte-order mark, which is ignored\n";
    assert_eq!(diagnostics.to_lines(), warning);
    let lines = load("\u{feff}(format: one)").1.to_lines();
    let error = "x.ron:1:10: error[E0304]: the name `one` cannot stand here; expected a whole number";
    assert_eq!(lines.lines().nth(1), Some(error));
}

#[test]
fn a_file_of_another_format_is_refused_for_that_alone() {
    let message = "error[E0105]: this file is format 2; this offramp reads format 1";
    finds("(format: 2, novelty: @, tracks: 7)", &[&format!("x.ron:1:10: {message}")]);
    finds("(title: \"x\",\n format: 2)", &[&format!("x.ron:2:10: {message}")]);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let text = " ".repeat(50_000_000);
    let message = "the file has 50000000 bytes; the limit is 5000000 bytes (5 MB)";
    finds(&text, &[&format!("x.ron: error[E0101]: {message}")]);
}

#[test]
fn nesting_past_the_limit_is_refused_at_its_place_however_deep_it_goes() {
    let message = "x.ron:1:65: error[E0104]: brackets are nested more than 64 deep here";
    finds(&"[".repeat(10_000), &[message]);
    finds(&"(".repeat(4_999_999), &[message]);
    finds(&format!("{}{}", "[".repeat(2_500_000), "]".repeat(2_500_000)), &[message]);
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    let deep = format!("{}On(\"a\"){}", "Not(".repeat(60), ")".repeat(60));
    let (document, diagnostics) = load(&format!("(format: 1, rules: [(name: \"r\", when: {deep})])"));
    assert!(document.is_some(), "{}", diagnostics.to_text(false));
}

#[test]
fn brackets_in_texts_and_comments_do_not_nest() {
    let open = "[".repeat(100);
    let text = format!("( /* {open} /* ( */ */ format: 1, // {open}\n title: r#\"{open}\"\"#)");
    assert!(load(&text).0.is_some());
}

#[test]
fn a_missing_comma_is_shown_where_it_belongs() {
    finds(
        "(\n  format: 1,\n  title: \"한국\"\n  tracks: [],\n)",
        &["x.ron:3:14: error[E0204]: a comma is missing after this value"],
    );
}

#[test]
fn a_missing_quotation_mark_is_shown_where_the_text_opened() {
    let message = "error[E0201]: this text is never closed; expected `\"`";
    finds(
        "(\n  format: 1,\n  title: \"abc,\n  tracks: [(name: \"a\", start: 1)],\n)",
        &[&format!("x.ron:3:10: {message}")],
    );
    finds("(format: 1, title: \"abc)", &[&format!("x.ron:1:20: {message}")]);
}

#[test]
fn brackets_that_do_not_fit() {
    finds("(format: 1, tracks: [", &["x.ron:1:21: error[E0202]: this `[` is never closed"]);
    finds("(format: 1, tracks: [)", &["x.ron:1:22: error[E0203]: `)` cannot close `[`; expected `]`"]);
    finds("(format: 1))", &["x.ron:1:12: error[E0203]: this bracket closes nothing"]);
    finds("(format: 1) (", &["x.ron:1:13: error[E0207]: the document has ended before this"]);
    finds("(format: 1 /* (", &["x.ron:1:12: error[E0206]: this comment is never closed; expected `*/`"]);
}

#[test]
fn other_languages_are_recognised() {
    let round = "a struct is written with `( )`, not with `{ }`";
    let hint = "expected `(name: value, …)`, the names without quotation marks";
    finds("{\"format\": 1, \"title\": \"x\"}", &[&format!("x.ron:1:1: error[E0212]: {round}; {hint}")]);
    finds(
        "(format: 1, tracks: [{\"name\": \"a\"}])",
        &[&format!("x.ron:1:22: error[E0212]: {round}; {hint}")],
    );
    finds("Mini { format: 1 }", &[&format!("x.ron:1:6: error[E0212]: {round}; expected `(`")]);
    finds(
        "(\"format\": 1)",
        &["x.ron:1:2: error[E0205]: a field name is written without quotation marks; expected `format:`"],
    );
    finds(
        "(format = 1)",
        &["x.ron:1:9: error[E0205]: `=` cannot stand here; expected `:` between a name and its value"],
    );
    finds(
        "(format: 1, title: 'abc')",
        &["x.ron:1:20: error[E0205]: a text stands between double quotation marks; expected `\"`"],
    );
    finds(
        "#![enable(unwrap_newtypes)]\n(format: 1)",
        &["x.ron:1:11: error[E0106]: the extension `unwrap_newtypes` is not part of the scenario format"],
    );
}

#[test]
fn a_misspelt_field_or_choice_names_the_nearest_one() {
    finds(
        "(format: 1, trakcs: [])",
        &["x.ron:1:13: error[E0301]: there is no field `trakcs`; \
           expected one of `format`, `title`, `tracks`, `rules`, `weights`; did you mean `tracks`?"],
    );
    finds(
        "(format: 1, rules: [(name: \"r\", when: Alll([]))])",
        &[
            "x.ron:1:39: error[E0302]: `Alll` is not known here; expected one of `Compare`, `All`, `Any`, `Not`, \
           `InForce`, `On`, `Fired`, `Open`; did you mean `All`?",
        ],
    );
}

#[test]
fn every_entry_with_an_error_is_reported_and_nothing_follows_from_it() {
    let text = "(
    format: 1,
    tracks: [
        (name: \"good\", start: 1),
        (name: \"tension\", strat: 4, start: 300),
        (name: \"trust\"),
    ],
    title: 7,
    rules: [
        (name: \"a\", when: Compare(Level(tension), Gt, Const(\"x\"))),
        (name: \"b\", when: Compare(Const(1), Gtt, Const(1.5))),
        (nmae: \"c\", when: On(\"x\")),
    ],
)";
    finds(
        text,
        &[
            "x.ron:5:27: error[E0301]: there is no field `strat` in `tracks[1]` (\"tension\"); \
             expected one of `name`, `start`, `about`; did you mean `start`?",
            "x.ron:5:44: error[E0305]: `300` is out of range; expected a whole number from 0 to 255",
            "x.ron:6:9: error[E0303]: the field `start` is missing in `tracks[2]` (\"trust\")",
            "x.ron:8:12: error[E0304]: the number `7` cannot stand here; \
             expected a text between double quotation marks",
            "x.ron:10:41: error[E0304]: the name `tension` cannot stand here; \
             expected a text between double quotation marks",
            "x.ron:11:45: error[E0302]: `Gtt` is not known here; \
             expected one of `Eq`, `Ne`, `Lt`, `Le`, `Gt`, `Ge`; did you mean `Gt`?",
            "x.ron:12:10: error[E0301]: there is no field `nmae` in `rules[2]`; \
             expected one of `name`, `when`; did you mean `name`?",
        ],
    );
}

#[test]
fn a_value_too_many_or_too_few() {
    let rule = |when: &str| format!("(format: 1, rules: [(name: \"r\", when: {when})])");
    finds(&rule("On(\"a\", \"b\")"), &["x.ron:1:39: error[E0306]: there are too many values here"]);
    finds(
        &rule("Compare(Const(1), Gt(2), Const(1))"),
        &["x.ron:1:57: error[E0306]: `Gt` stands alone here; expected `Gt` without a bracket"],
    );
    finds(&rule("Not"), &["x.ron:1:39: error[E0304]: `Not` needs what it is about; expected `Not(…)`"]);
}

#[test]
fn numbers_must_be_finite() {
    for number in ["NaN", "inf", "-inf", "1e400", "-1_0.0e400"] {
        let expected =
            format!("x.ron:1:27: error[E0209]: `{number}` is not a finite number; expected a finite number");
        finds(&format!("(format: 1, weights: {{\"a\":{number}}})"), &[&expected]);
    }
}

#[test]
fn doubled_fields_and_keys_show_both_places() {
    finds(
        "(format: 1, weights: {\"a\": 1, \"b\": 2, \"\\u{61}\": 3})",
        &["x.ron:1:39: error[E0211]: the key `\"\\u{61}\"` is given twice"],
    );
    let (_, diagnostics) = load("(\n  format: 1,\n  title: \"a\",\n  title: \"b\",\n)");
    assert_eq!(
        diagnostics.to_text(false),
        "\
error[E0210]: the field `title` is given twice
 --> x.ron:4:3
  |
4 |   title: \"b\",
  |   ^^^^^
  |
 ::: x.ron:3:3
  |
3 |   title: \"a\",
  |   ----- first given here

"
    );
}

#[test]
fn control_characters_and_escape_codes_reach_no_terminal() {
    finds(
        "(format: 1, title: \"a\0b\")",
        &["x.ron:1:22: error[E0103]: the control character U+0000 cannot stand in a scenario"],
    );
    finds(
        "(format: 1, title: \"a\u{1b}[2J\")",
        &["x.ron:1:22: error[E0103]: the control character U+001B cannot stand in a scenario"],
    );
    let (_, diagnostics) = load("(format: 1, tracks: [(name: \"\u{202e}\", strat\u{200b}: 1, \u{1b}: 2)])");
    for text in [diagnostics.to_text(false), diagnostics.to_lines(), format!("{:?}", diagnostics.to_json())] {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "{text}");
    }
}

#[test]
fn carets_stand_under_the_place_whatever_stands_before_it() {
    let (_, diagnostics) = load("\u{feff}(format: 1,\r\n\t/* 한국 */ titel: \"x\",\r\n\ttracks: 3)\r\n");
    assert_eq!(
        diagnostics.to_text(false),
        "\
warning[W0107]: the file begins with a byte-order mark, which is ignored
 --> x.ron:1:1
  |
1 | (format: 1,
  | ^

error[E0301]: there is no field `titel`
 --> x.ron:2:11
  |
2 |     /* 한국 */ titel: \"x\",
  |                ^^^^^
  |
  = note: expected one of `format`, `title`, `tracks`, `rules`, `weights`
  = help: did you mean `title`?

error[E0304]: the number `3` cannot stand here
 --> x.ron:3:10
  |
3 |     tracks: 3)
  |             ^
  |
  = note: expected a list: `[ … ]`

"
    );
}

#[test]
fn findings_as_json_carry_both_ends() {
    let (_, diagnostics) = load("(format: 1,\n titel: \"x\")");
    let expected = serde_json::json!({
        "file": "x.ron", "line": 2, "column": 2, "end_line": 2, "end_column": 7,
        "severity": "error", "code": "E0301", "message": "there is no field `titel`",
        "expected": "one of `format`, `title`, `tracks`, `rules`, `weights`", "nearest": "title", "also": [], "shown_by": null,
    });
    assert_eq!(diagnostics.to_json(), [expected]);
}

#[test]
fn reading_stops_after_fifty_errors_and_says_so() {
    let entries = "(name: 1, start: 1),\n".repeat(60);
    let (_, diagnostics) = load(&format!("(format: 1, tracks: [\n{entries}])"));
    assert_eq!(diagnostics.counts(), (50, 1));
    let last = "warning[W0308]: reading stopped here; correct these errors to see whether there are more";
    assert!(diagnostics.to_lines().contains(last));
}

proptest::proptest! {
    #[test]
    fn a_damaged_file_gives_a_document_or_an_error_inside_it(
        cut in 0..SOUND.len(), length in 0..40_usize, put in "[(\\[{)\\]},:\"'/*r#b0-9eE.a-zSON 한\u{1b}\n-]{0,6}",
    ) {
        let start = SOUND.floor_char_boundary(cut);
        let end = SOUND.floor_char_boundary(cut.saturating_add(length)).max(start);
        let text = format!("{}{put}{}", &SOUND[..start], &SOUND[end..]);
        let lines = text.split('\n').count();
        let (_, diagnostics) = load(&text);
        diagnostics.to_text(true);
        for finding in diagnostics.to_json() {
            let line = finding["line"].as_u64().unwrap_or(1) as usize;
            proptest::prop_assert!(line <= lines, "line {line} of {lines} in {text}");
        }
    }
}

/// A sound file for damaging.
const SOUND: &str = r##"#![enable(implicit_some)]
/* a /* nested */ comment */
(
    format: 1,
    title: "한국 \"x\"",
    tracks: [
        (name: "tension", start: 3, about: Some("how \u{74}ense")), // a comment
        (name: r#"trust "#, start: 0xFF),
    ],
    rules: [
        (name: "r", when: All([Compare(Level("tension"), Gt, Const(-4)), Not(Open("hot"))])),
        (name: "s", when: Any([])),
    ],
    weights: { "a": 1.5e-3, "b": 2 },
)
"##;
