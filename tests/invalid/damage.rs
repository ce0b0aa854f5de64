//! Every shipped scenario with one token left out, doubled or swapped: never a panic, and every error inside the file.

use crate::load::load;
use offramp::storage;
use std::ops::Range;

/// The tokens of a text, roughly: words and numbers, texts, single characters. Comments and spaces lie between.
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
        let length = if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            });
            end.map_or(rest.len(), |end| end + 2)
        } else if word(c) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        found.push(at..at + length);
        at += length;
    }
    found
}

/// How many tokens of all files together are damaged; the step through them is odd, so that all kinds are met.
const SAMPLE: usize = 200;

#[test]
fn a_damaged_scenario_loads_or_is_told_where() {
    let (mut told, mut loaded) = (0, 0);
    for shipped in storage::all() {
        let text = shipped.text;
        let tokens = tokens(text);
        let step = (tokens.len() * storage::all().len() / SAMPLE) | 1;
        for pair in tokens.windows(2).step_by(step) {
            let (one, two) = (&text[pair[0].clone()], &text[pair[1].clone()]);
            let (before, between, after) =
                (&text[..pair[0].start], &text[pair[0].end..pair[1].start], &text[pair[1].end..]);
            for change in [
                format!("{between}{two}"),
                format!("{one} {one}{between}{two}"),
                format!("{two}{between}{one}"),
            ] {
                let damaged = format!("{before}{change}{after}");
                let lines = damaged.split('\n').count() as u64;
                let (scenario, diagnostics) = load(&damaged);
                assert_eq!(scenario.is_none(), diagnostics.has_errors());
                for finding in diagnostics.to_json() {
                    let line = finding["line"].as_u64().unwrap_or(1);
                    let inside = if finding["file"] == "x.ron" { line <= lines } else { line > 0 };
                    assert!(inside, "{finding} in {}", shipped.name);
                }
                if scenario.is_none() { told += 1 } else { loaded += 1 }
            }
        }
    }
    assert!(told > 300 && told > 4 * loaded, "{told} told, {loaded} loaded");
}
