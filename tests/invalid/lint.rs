//! Lint: each file of `tests/fixtures/lint` with exactly the findings that its comments name.
//!
//! `// expected: CODE` stands at the end of the line that the finding points at.

use crate::load::load;
use offramp::engine::{Game, NoRecord, Rules, bind};
use offramp::lint::{self, Effort, Limits, Played, Scope};
use offramp::scenario::diagnostics::{Code, Diagnostics};
use offramp::scenario::{Scenario, Settings};
use offramp::session::runner::{Table, run};
use offramp::vocabulary::Id;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Games of a file with findings that only playing shows.
const RUNS: u64 = 24;

/// What is odd about a scenario as it is written.
pub fn look_through(scenario: Scenario, mut findings: Diagnostics) -> Diagnostics {
    lint::look_through(&rules(scenario), Scope::Own, &Limits::default(), &mut findings);
    findings
}

fn rules(scenario: Scenario) -> Arc<Rules> {
    bind(&Arc::new(scenario), &Settings::default()).expect("its words are sound")
}

/// A line and a code, as comments and findings name them.
type Places = BTreeSet<(u64, String)>;

fn expected(text: &str) -> Places {
    let lines = (1..).zip(text.lines());
    lines.filter_map(|(line, text)| Some((line, text.split_once("// expected: ")?.1.to_owned()))).collect()
}

fn found(findings: &Diagnostics) -> Places {
    let place = |finding: &serde_json::Value| {
        assert_eq!(finding["file"], "x.ron", "{finding}");
        (finding["line"].as_u64().unwrap_or(0), finding["code"].as_str().unwrap_or("").to_owned())
    };
    findings.to_json().iter().map(place).collect()
}

/// What is looked for, and how.
struct Look {
    effort: Effort,
    limits: Limits,
    scope: Scope,
}

impl Look {
    fn with_runs(runs: u64) -> Look {
        let effort = Effort { runs, seed: 1, threads: 2 };
        Look { effort, limits: Limits::default(), scope: Scope::Own }
    }

    fn through(&self, text: &str) -> Diagnostics {
        let (scenario, mut findings) = load(text);
        assert_eq!(findings.to_lines(), "");
        let rules = rules(scenario.expect("it is sound"));
        lint::look_through(&rules, self.scope, &self.limits, &mut findings);
        if self.effort.runs > 0 {
            let played = Played::new(&rules, self.effort, &|_| true).expect("its doctrines play");
            let played = played.expect("nobody stops it");
            lint::weigh(&played, &rules, "x.ron", self.scope, &self.limits, &mut findings);
        }
        findings
    }
}

/// All findings about a text, from playing it too if `runs` is above zero.
pub fn findings(text: &str, runs: u64) -> Diagnostics {
    Look::with_runs(runs).through(text)
}

#[test]
fn every_planted_defect_is_found_at_its_line_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint");
    let mut kinds = BTreeSet::new();
    let mut files = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of fixtures is there") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a readable fixture");
        let expected = expected(&text);
        let runs = if text.contains("expected: L07") { RUNS } else { 0 };
        let findings = findings(&text, runs);
        assert_eq!(found(&findings), expected, "{}:\n{}", path.display(), findings.to_lines());
        kinds.extend(expected.into_iter().map(|(_, code)| code));
        files += 1;
    }
    assert_eq!(files, 12);
    let lints = Code::ALL.iter().map(|code| code.text()).filter(|code| code.starts_with('L'));
    let missing: Vec<_> = lints.filter(|code| !kinds.contains(*code)).collect();
    assert!(missing.is_empty(), "no fixture has {missing:?}");
}

#[test]
fn findings_from_games_do_not_depend_on_the_number_of_threads() {
    let text = "(format: 1, name: \"x\", base: \"korea\")";
    let weighed = |threads: usize| {
        let effort = Effort { runs: 6, seed: 3, threads };
        // Nothing is good enough for these limits.
        let limits = Limits { certain: 1, dominant: 1, runaway: 0, ..Limits::default() };
        Look { effort, limits, scope: Scope::WithBases }.through(text).to_lines()
    };
    let one = weighed(1);
    assert!(one.lines().count() > 3, "{one}");
    assert_eq!(one, weighed(3));
}

#[test]
fn what_a_finding_says_is_seen_in_the_game_that_it_names() {
    let text = "(format: 1, name: \"x\", base: \"korea\")";
    let limits = Limits { certain: 1, ..Limits::default() };
    let look = Look { limits, ..Look::with_runs(9) };
    let found = look.through(text).to_json();
    let certain = found.iter().find(|finding| finding["code"] == "L0705").expect("an ending came");
    let command = certain["shown_by"].as_str().expect("a game shows it");
    let said = |option: &str| command.split(option).nth(1).and_then(|rest| rest.split(' ').next());
    let seed: u64 = said("--seed ").and_then(|seed| seed.parse().ok()).expect("a seed");
    let rules = rules(load(text).0.expect("it is sound"));
    let policies: Vec<_> = command
        .split(" --policy ")
        .skip(1)
        .map(|policy| policy.split_once('=').expect("SEAT=NAME"))
        .map(|(seat, name)| (rules.scenario().seat(seat).expect("a seat"), name.to_owned()))
        .collect();
    let mut game = Game::new(Arc::clone(&rules), seed, 0);
    let mut table = Table::new(&game, seed, 0, &policies).expect("they play");
    let outcome = run(&mut game, &mut table, &mut NoRecord).expect("it ends");
    let ending =
        &rules.scenario().document.endings[outcome.ending().expect("no control ends it").index()].name;
    let message = certain["message"].as_str().expect("a message");
    assert!(message.starts_with(&format!("the ending `{ending}` came in ")), "{message}: {ending}");
}
