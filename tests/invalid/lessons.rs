//! What `offramp explain` shows: every example has the finding that it explains, and has it first.

use crate::lint::findings;
use crate::load::load;
use offramp::scenario::diagnostics::Code;

/// Games by which an example shows what only playing shows.
const RUNS: u64 = 12;

#[test]
fn every_example_of_a_code_has_that_finding_first() {
    for code in Code::ALL {
        let Some(wrong) = code.lesson().wrong else { continue };
        let diagnostics = match &code.text()[..2] {
            "L0" => findings(wrong, if code.text() > "L07" { RUNS } else { 0 }),
            _ => load(wrong).1,
        };
        let first = diagnostics.sorted().first().map(|finding| finding.code);
        assert_eq!(first, Some(*code), "{wrong}{}", diagnostics.to_lines());
    }
}

#[test]
fn most_codes_have_an_example_and_all_say_how_to_mend_it() {
    let shown = Code::ALL.iter().filter(|code| code.lesson().wrong.is_some()).count();
    assert!(shown * 4 >= Code::ALL.len() * 3, "{shown} of {}", Code::ALL.len());
    for code in Code::ALL {
        assert!(code.lesson().mend.ends_with('.'), "{}", code.text());
    }
}
