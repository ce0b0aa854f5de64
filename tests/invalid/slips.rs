//! What authors get wrong in the language itself: over a hundred slips, each in a sound file, each told at its line by
//! words that name the cause.
//!
//! `OFFRAMP_MESSAGES=FILE cargo test --test invalid slips` writes every message as its author would read it.

use crate::load::load;
use std::fmt::Write;

/// A sound file of one entry a section.
pub const SOUND: &str = include_str!("../fixtures/sections.ron");

struct Slip {
    what: &'static str,
    /// What is replaced where it first stands; `↵` is a line break.
    find: &'static str,
    put: &'static str,
    /// What the first error says.
    says: &'static str,
}

const fn slip(what: &'static str, find: &'static str, put: &'static str, says: &'static str) -> Slip {
    Slip { what, find, put, says }
}

/// Where the error cannot be on the line that was changed: nothing is wrong until later.
const TOLD_ELSEWHERE: [&str; 2] = ["file not closed", "entry closed twice"];

/// The file with a slip, and the line on which it is.
fn broken(slip: &Slip) -> (String, u64) {
    let (find, put) = (slip.find.replace('↵', "\n"), slip.put.replace('↵', "\n"));
    let at = SOUND.find(&find).unwrap_or_else(|| panic!("nothing to break: {}", slip.what));
    let text = format!("{}{put}{}", &SOUND[..at], &SOUND[at + find.len()..]);
    let same = text.bytes().zip(SOUND.bytes()).take_while(|(new, old)| new == old).count();
    let line = 1 + text.as_bytes()[..same].iter().filter(|byte| **byte == b'\n').count();
    (text, line as u64)
}

#[test]
fn a_slip_is_told_at_its_line_by_words_that_name_it() {
    let (mut wrong, mut messages) = (String::new(), String::new());
    for slip in SLIPS {
        let (text, line) = broken(slip);
        let (scenario, diagnostics) = load(&text);
        assert!(scenario.is_none(), "{} is sound", slip.what);
        let _ = writeln!(messages, "## {}\n{}", slip.what, diagnostics.to_text(false).trim_end());
        let first = &diagnostics.to_json()[0];
        let also = first["also"].as_array().into_iter().flatten();
        let told = also.chain([first]).any(|place| place["line"] == line);
        if first["message"] != slip.says || told == TOLD_ELSEWHERE.contains(&slip.what) {
            let _ = writeln!(wrong, "{} at {line}: {}", slip.what, diagnostics.to_lines());
        }
    }
    if let Some(file) = std::env::var_os("OFFRAMP_MESSAGES") {
        std::fs::write(file, messages).expect("the messages are written");
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(SLIPS.len() >= 120, "{}", SLIPS.len());
}

#[rustfmt::skip]
const SLIPS: &[Slip] = &[
    slip("missing comma after a text", r#"label: "Tension","#, r#"label: "Tension""#, "a comma is missing after this value"),
    slip("missing comma after a number", "min: 0,", "min: 0", "a comma is missing after this value"),
    slip("missing comma between entries", r#"        ),↵        (↵            name: "leaflets""#, r#"        )↵        (↵            name: "leaflets""#, "a comma is missing after this value"),
    slip("missing comma in a tuple", "(15, 35, 25, 5,", "(15 35, 25, 5,", "a comma is missing after this value"),
    slip("missing comma in a list", r#"members: ["rok", "un"],↵            level"#, r#"members: ["rok" "un"],↵            level"#, "a comma is missing after this value"),
    slip("missing comma in words", r#"Compare(Level("tension"), Ge, Const(5))"#, r#"Compare(Level("tension") Ge, Const(5))"#, "a comma is missing after this value"),
    slip("missing colon", r#"label: "Tension""#, r#"label "Tension""#, "a colon is missing after this name"),
    slip("equals for colon", r#"label: "Tension""#, r#"label = "Tension""#, "a colon is missing after this name"),
    slip("arrow for colon", r#"label: "Tension""#, r#"label => "Tension""#, "a colon is missing after this name"),
    slip("semicolon for comma", r#"label: "Tension","#, r#"label: "Tension";"#, "`;` cannot stand here"),
    slip("decimal comma", "sd: 0.5,", "sd: 0,5,", "`0,5` is no number"),
    slip("percent sign", "crossing_cost: 0.5", "crossing_cost: 50%", "`%` cannot stand here"),
    slip("fraction", "crossing_cost: 0.5", "crossing_cost: 1/2", "`/` cannot stand here"),
    slip("number with unit", "half_life: Some(Days(10))", "half_life: 10 days", "`10 days` is no value"),
    slip("number in words", "min: 0", "min: zero", "the name `zero` cannot stand here"),
    slip("number in quotes", "min: 0", r#"min: "0""#, "a text cannot stand here"),
    slip("fraction for whole", "min: 0", "min: 0.5", "the number `0.5` cannot stand here"),
    slip("two signs", "points: -1.0", "points: --1.0", "`-` cannot stand here"),
    slip("thousands", "max: 100,", "max: 1,000,", "`1,000` is no number"),
    slip("unclosed text", r#"label: "Tension","#, r#"label: "Tension,"#, "this text is never closed"),
    slip("unclosed text at the last", "value: Whole(25)", r#"value: Choice("x)"#, "this text is never closed"),
    slip("single quotes", r#"label: "Tension""#, "label: 'Tension'", "a text stands between double quotation marks"),
    slip("typographic quotes", r#"label: "Tension""#, "label: “Tension”", "a text stands between double quotation marks"),
    slip("text without quotes", r#"label: "Tension""#, "label: Tension", "the name `Tension` cannot stand here"),
    slip("quoted field name", r#"label: "Tension""#, r#""label": "Tension""#, "a field name is written without quotation marks"),
    slip("quote inside text", r#"summary: "Made to be broken.""#, r#"summary: "Made to be "broken".""#, "the text ends at this quotation mark, and then goes on"),
    slip("bad escape", r#"summary: "Made to be broken.""#, r#"summary: "C:\qmade""#, "unknown escape character"),
    slip("bad unicode escape", r#"summary: "Made to be broken.""#, r#"summary: "\u{zz}""#, "non-hex digit found"),
    slip("no value", r#"label: "Tension","#, "label: ,", "`,` cannot stand here"),
    slip("no value and no comma", r#"label: "Tension","#, "label:", "there is no value after `label:`"),
    slip("two commas", r#"label: "Tension","#, r#"label: "Tension",,"#, "`,` cannot stand here"),
    slip("comma first", "    tracks: [↵", "    tracks: [,↵", "`,` cannot stand here"),
    slip("square closes round", "value: Whole(25)", "value: Whole(25]", "`]` cannot close `(`"),
    slip("round closes square", r#"members: ["rok", "un"],↵            level"#, r#"members: ["rok", "un"),↵            level"#, "`)` cannot close `[`"),
    slip("curly closes round", "value: Whole(25)", "value: Whole(25}", "`}` cannot close `(`"),
    slip("round for list", "allies: []", "allies: ()", "a `( )` cannot stand here"),
    slip("round for list of names", r#"grants: ["alert"]"#, r#"grants: ("alert")"#, "a `( )` cannot stand here"),
    slip("bare name for list", r#"grants: ["alert"]"#, r#"grants: "alert""#, "a text cannot stand here"),
    slip("curly for entry", "    sites: [↵        (", "    sites: [↵        {", "`)` cannot close `{`"),
    slip("curly for list", "allies: []", "allies: {}", "a `{ }` cannot stand here"),
    slip("section not closed", r#"            source: "judgement",↵        ),↵    ],↵    sites"#, r#"            source: "judgement",↵        ),↵    sites"#, "the field `sites` stands in a list"),
    slip("entry not closed", r#"            source: "judgement",↵        ),↵    ],↵    sites"#, r#"            source: "judgement",↵    ],↵    sites"#, "`]` cannot close `(`"),
    slip("file not closed", "            value: Whole(25),↵        ),↵    ],↵)", "            value: Whole(25),↵        ),↵    ],↵", "this `(` is never closed"),
    slip("one bracket too many", "            value: Whole(25),↵        ),↵    ],↵)", "            value: Whole(25),↵        ),↵    ],↵))", "this bracket closes nothing"),
    slip("entry closed twice", r#"            seen_by: Seats(["rok"]),"#, r#"            seen_by: Seats(["rok"])),"#, "the field `source` stands in a list"),
    slip("entry without bracket", "    calendar: [↵        (", "    calendar: [", "the field `name` stands in a list without `( )` around it"),
    slip("section is one entry", "    calendar: [↵        (", "    calendar: (", "`]` cannot close `(`"),
    slip("section misspelt", "    calendar: [", "    calender: [", "there is no field `calender`"),
    slip("section in the singular", "    sites: [", "    site: [", "there is no field `site`"),
    slip("section twice", "    tables: [", "    rules: [", "the field `rules` is given twice"),
    slip("field twice", "            min: 0,", "            min: 0,↵            min: 1,", "the field `min` is given twice"),
    slip("unknown field deep inside", "hails: 2", "hailz: 2", r#"there is no field `hailz` in `sites[0]` ("sea_line")"#),
    slip("unknown field deeper", "presumed: 3", "presumes: 3", r#"there is no field `presumes` in `doctrines[0]` ("plain")"#),
    slip("field of another section", "            min: 0,", "            min: 0,↵            rung: 3,", r#"there is no field `rung` in `tracks[0]` ("tension")"#),
    slip("stray word", "            min: 0,", "            min: 0,↵            hello", "a colon is missing after this name"),
    slip("stray text between entries", r#"        (↵            name: "leaflets""#, r#"        "and"↵        (↵            name: "leaflets""#, "a comma is missing after this value"),
    slip("stray symbol", "            min: 0,", "            min: 0, ?", "`?` cannot stand here"),
    slip("hash comment", "            min: 0,", "            # the lowest↵            min: 0,", "`#` cannot stand here"),
    slip("dash comment", "            min: 0,", "            -- the lowest↵            min: 0,", "`-` cannot stand here"),
    slip("unclosed comment", "            min: 0,", "            /* the lowest↵            min: 0,", "this comment is never closed"),
    slip("text after the end", "            value: Whole(25),↵        ),↵    ],↵)", "            value: Whole(25),↵        ),↵    ],↵)↵the end", "the document has ended before this"),
    slip("no-break space", "            min: 0,", "\u{a0}           min: 0,", "the blank U+00A0 cannot stand here"),
    slip("wrong choice", "domain: Sea,↵            latency", "domain: Ocean,↵            latency", "`Ocean` is not known here"),
    slip("choice in small letters", "domain: Sea,↵            latency", "domain: sea,↵            latency", "`sea` is not known here"),
    slip("choice in quotes", "domain: Sea,↵            latency", r#"domain: "Sea",↵            latency"#, "a text cannot stand here"),
    slip("choice with bracket", "domain: Sea,↵            latency", "domain: Sea(1),↵            latency", "`Sea` stands alone here"),
    slip("choice of another kind", "domain: Sea,↵            latency", "domain: Direct,↵            latency", "`Direct` is not known here"),
    slip("choice without its bracket", "tempo: For(Hours(72))", "tempo: For", "`For` needs what it is about"),
    slip("choice with empty bracket", "tempo: For(Hours(72))", "tempo: For()", "there is nothing in `For()`"),
    slip("choice with bare number", "lead: Hours(6)", "lead: 6", "the number `6` cannot stand here"),
    slip("choice with two values", "lead: Hours(6)", "lead: Hours(6, 7)", "there are too many values here"),
    slip("choice with fraction", "lead: Hours(6)", "lead: Hours(6.5)", "the number `6.5` cannot stand here"),
    slip("choice with text", "lead: Hours(6)", r#"lead: Hours("6")"#, "a text cannot stand here"),
    slip("choice unknown", "lead: Hours(6)", "lead: Weeks(6)", "`Weeks` is not known here"),
    slip("choice with named value", "lead: Hours(6)", "lead: Hours(n: 6)", "what stands in `Hours(…)` has a name there"),
    slip("yes for true", "plays: true", "plays: yes", "the name `yes` cannot stand here"),
    slip("True for true", "plays: true", "plays: True", "the name `True` cannot stand here"),
    slip("quoted true", "plays: true", r#"plays: "true""#, "a text cannot stand here"),
    slip("1 for true", "plays: true", "plays: 1", "the number `1` cannot stand here"),
    slip("null", r#"doctrine: Some("plain")"#, "doctrine: null", "the name `null` cannot stand here"),
    slip("bare comparison", r#"Compare(Level("tension"), Ge, Const(5))"#, r#"Compare(Level("tension"), >=, Const(5))"#, "`>` cannot stand here"),
    slip("formula", r#"Some(Compare(Level("tension"), Ge, Const(5)))"#, "tension >= 5", "`>` cannot stand here"),
    slip("quoted comparison", r#"Compare(Level("tension"), Ge, Const(5))"#, r#"Compare(Level("tension"), "Ge", Const(5))"#, "a text cannot stand here"),
    slip("names without Level", r#"Compare(Level("tension"), Ge, Const(5))"#, r#"Compare("tension", Ge, Const(5))"#, "a text cannot stand here"),
    slip("bare names", r#"Compare(Level("tension"), Ge, Const(5))"#, "Compare(tension, Ge, Const(5))", "`tension` is not known here"),
    slip("number without Const", r#"Compare(Level("tension"), Ge, Const(5))"#, r#"Compare(Level("tension"), Ge, 5)"#, "the number `5` cannot stand here"),
    slip("two of three", r#"Compare(Level("tension"), Ge, Const(5))"#, r#"Compare(Level("tension"), Ge)"#, "there are 2 values here"),
    slip("four of three", r#"Compare(Level("tension"), Ge, Const(5))"#, r#"Compare(Level("tension"), Ge, Const(5), Const(6))"#, "there are too many values here"),
    slip("All without list", r#"Some(On("alert"))"#, r#"All(On("alert"))"#, "`On(…)` cannot stand here"),
    slip("Not with list", r#"Not(InForce("truce"))"#, r#"Not([InForce("truce")])"#, "a list cannot stand here"),
    slip("And for All", r#"Some(On("alert"))"#, r#"And([On("alert")])"#, "`And` is not known here"),
    slip("statement for condition", r#"Some(On("alert"))"#, r#"Stop("alert")"#, "`Stop` is not known here"),
    slip("condition for statement", r#"[Stop("alert")]"#, r#"[On("alert")]"#, "`On` is not known here"),
    slip("effect without list", r#"[Stop("alert")]"#, r#"Stop("alert")"#, "`Stop(…)` cannot stand here"),
    slip("shift without amount", r#"[Shift("tension", Const(2))]"#, r#"[Shift("tension")]"#, "there is one value here"),
    slip("shift by bare number", r#"[Shift("tension", Const(2))]"#, r#"[Shift("tension", 2)]"#, "the number `2` cannot stand here"),
    slip("unknown statement", r#"[Shift("tension", Const(2))]"#, r#"[Add("tension", Const(2))]"#, "`Add` is not known here"),
    slip("seats without list", r#"Seats(["rok"])"#, r#"Seats("rok")"#, "a text cannot stand here"),
    slip("pair as single", r#"worth: [("rok", -2.0)]"#, r#"worth: ["rok"]"#, "a text cannot stand here"),
    slip("pair without second", r#"worth: [("rok", -2.0)]"#, r#"worth: [("rok")]"#, "there is one value here"),
    slip("pair turned round", r#"worth: [("rok", -2.0)]"#, r#"worth: [(-2.0, "rok")]"#, "the number `-2.0` cannot stand here"),
    slip("pair with colon", r#"worth: [("rok", -2.0)]"#, r#"worth: ["rok": -2.0]"#, "`:` cannot stand here"),
    slip("pair as struct", r#"worth: [("rok", -2.0)]"#, r#"worth: [(seat: "rok", points: -2.0)]"#, "the values in this bracket have no names"),
    slip("range as list", "range: (1.0, 5.0)", "range: [1.0, 5.0]", "a list cannot stand here"),
    slip("range with dots", "range: (1.0, 5.0)", "range: 1.0..5.0", "the number `1.0..5.0` cannot stand here"),
    slip("range with dash", "rungs: (6, 6)", "rungs: 6-7", "`6-7` is no value"),
    slip("range of one", "range: (1.0, 5.0)", "range: (1.0)", "there is one value here"),
    slip("range turned round", "range: (1.0, 5.0)", "range: (5.0, 1.0)", "5 to 1 is empty"),
    slip("too few weights", "(15, 35, 25, 5, 5, 15, 0)", "(15, 35, 25, 5, 5, 15)", "there are 6 values here"),
    slip("too many weights", "(15, 35, 25, 5, 5, 15, 0)", "(15, 35, 25, 5, 5, 15, 0, 0)", "there are too many values here"),
    slip("negative weight", "(15, 35, 25, 5, 5, 15, 0)", "(15, 35, -25, 5, 5, 15, 0)", "`-25` is out of range"),
    slip("infinite", "sd: 0.5", "sd: inf", "`inf` is not a finite number"),
    slip("too large", "cap: 20", "cap: 99999999999", "`99999999999` is out of range"),
    slip("format as text", "format: 1", r#"format: "1""#, "a text cannot stand here"),
    slip("format 2", "format: 1", "format: 2", "this file is format 2; this offramp reads format 1"),
    slip("name with spaces", r#"name: "sections""#, r#"name: "One of each""#, "`One of each` is no name of a scenario"),
    slip("entry name with spaces", r#"name: "leaflets""#, r#"name: "leaf lets""#, "`leaf lets` is no name"),
    slip("date the other way", "2015-08-04 07:35", "04.08.2015 07:35", "`04.08.2015 07:35` is no date with a time"),
    slip("json", "(↵    format: 1,", r#"{↵    "format": 1,"#, "`)` cannot close `{`"),
    slip("name before the file", "(↵    format: 1,", "Scenario(↵    format: 1,", "the name `Scenario` cannot stand here"),
];
