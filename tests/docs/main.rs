//! The pages, held to the program: commands run, scenario fragments compile, links lead somewhere, lists are complete.

mod authored;
mod fields;
mod pieces;
mod shell;
mod type_file;

use offramp::engine::bind;
use offramp::scenario::diagnostics::Code;
use offramp::scenario::document::Document;
use offramp::scenario::events::Column;
use offramp::scenario::source::Source;
use offramp::scenario::{Scenario, Settings, compile};
use offramp::storage::shipped;
use offramp::tui::keymap::{CONTROL, KEYMAP};
use pieces::Piece;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The README and every page below `docs/`, by path from the root.
fn pages() -> Vec<String> {
    fn below(folder: &str, found: &mut Vec<String>) {
        let entries = fs::read_dir(root().join(folder)).expect("the folder can be listed");
        for entry in entries.map(|entry| entry.expect("it can be listed")) {
            let path = format!("{folder}/{}", entry.file_name().to_str().expect("file names are text"));
            if entry.path().is_dir() {
                below(&path, found);
            } else if path.ends_with(".md") {
                found.push(path);
            }
        }
    }
    let mut found = vec!["README.md".to_owned()];
    below("docs", &mut found);
    found.sort();
    found
}

/// A fenced block of a page.
struct Block {
    /// What stands behind the opening fence.
    language: String,
    /// The line of the page at which it opens, from 1.
    line: usize,
    text: String,
}

/// All fenced blocks of a page, in order.
fn all_blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Block { language: language.to_owned(), line: number + 1, text: String::new() });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is never closed");
    blocks
}

/// The fenced blocks of a page in one language, each with its line.
fn blocks(page: &str, language: &str) -> Vec<(usize, String)> {
    let blocks = all_blocks(page).into_iter().filter(|block| block.language == language);
    blocks.map(|block| (block.line, block.text)).collect()
}

fn library(name: &str) -> Result<Source, String> {
    shipped(name).map(|s| Source::new(s.file, s.text)).ok_or_else(|| format!("no scenario `{name}`"))
}

fn compiled(source: Source) -> Arc<Scenario> {
    let (scenario, diagnostics) = compile(source, &|name, _| library(name));
    Arc::new(scenario.unwrap_or_else(|| panic!("\n{}", diagnostics.to_text(false))))
}

/// Resolves an experiment, whose scenario must be a shipped one.
fn experiment(source: Source) {
    let (document, mut findings) = offramp::sweep::read(source);
    let (document, file) = document.unwrap_or_else(|| panic!("\n{}", findings.to_text(false)));
    let scenario = compiled(library(&document.scenario).expect("it is shipped"));
    let no_table = |name: &str| Err(format!("no file `{name}`"));
    let experiment = document.resolve(&scenario, file, &no_table, &mut findings);
    assert!(experiment.is_some(), "\n{}", findings.to_text(false));
}

#[test]
fn every_scenario_fragment_compiles_and_binds() {
    let mut seen = 0;
    for page in pages() {
        for (line, block) in blocks(&read(&page), "ron") {
            // What grows over a page is checked as it grows, with the page's commands.
            if Piece::read(&block).is_some() {
                continue;
            }
            let whole = Source::new(format!("{page}:{line}"), block.as_str());
            if whole.names("scenario") {
                experiment(whole);
                continue;
            }
            // A fragment is a whole file, or sections to put into one that builds on the shipped crisis.
            let text = if block.starts_with('(') {
                block
            } else {
                format!("(format: 1, name: \"fragment\", base: \"august-2015\",\n{block})")
            };
            let scenario = compiled(Source::new(format!("{page}:{line}"), text));
            if let Err(problems) = bind(&scenario, &Settings::default()) {
                panic!("{page}:{line}: {problems:?}");
            }
            seen += 1;
        }
    }
    assert!(seen > 0, "the pages show no scenario text");
}

#[test]
fn every_experiment_in_the_tree_is_sound() {
    let mut seen = 0;
    for entry in std::fs::read_dir(root().join("experiments")).expect("a folder of experiments") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("text");
        assert!(text.contains(&format!("name: \"{stem}\"")), "{stem} is not called as its file is");
        experiment(Source::new(format!("experiments/{stem}.ron"), &text));
        seen += 1;
    }
    assert!(seen > 0, "the tree holds no experiment");
}

#[test]
fn every_design_of_the_analysts_table_is_one() {
    let page = read("docs/guide/analyst.md");
    let (_, table) = page.split_once("| design | points |\n|---|---|\n").expect("the table is there");
    let rows: Vec<&str> = table.lines().take_while(|line| line.starts_with('|')).collect();
    for row in &rows {
        let design = row.split('`').nth(1).expect("a design stands first");
        let text =
            format!("(format: 1, name: \"x\", scenario: \"august-2015\", factors: [], design: {design})");
        let (document, findings) = offramp::sweep::read(Source::new("analyst.md", text));
        assert!(document.is_some(), "\n{}", findings.to_text(false));
    }
    assert_eq!(rows.len(), 8);
}

#[test]
fn every_command_in_the_pages_runs_and_every_finished_file_is_what_its_page_makes() {
    // Most commands play one game on one core, so the pages run side by side.
    let pages = pages();
    let failures: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = pages.iter().map(|page| scope.spawn(|| shell::failures(page))).collect();
        running.into_iter().flat_map(|page| page.join().expect("a page is gone through")).collect()
    });
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn the_first_screen_shows_both_commands_of_all_set_up() {
    let readme = read("README.md");
    let screen: Vec<&str> = readme.lines().take(24).collect();
    assert!(screen.iter().all(|line| line.chars().count() <= 80), "the first screen has 80 columns");
    for command in ["cargo run --release ", "cargo test "] {
        assert!(screen.iter().any(|line| line.starts_with(command)), "{command}");
    }
}

#[test]
fn the_gate_runs_the_test_command_of_the_front_page() {
    assert!(read(".ci/run").lines().any(|line| line == "step cargo test"));
}

#[test]
fn every_link_leads_to_a_page_and_a_heading() {
    let anchor = |heading: &str| -> String {
        let kept = heading.trim().to_lowercase();
        kept.chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
            .collect::<String>()
            .replace(' ', "-")
    };
    let mut broken = Vec::new();
    for page in pages() {
        let text = read(&page);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let folder = Path::new(&page).parent().expect("a page lies in a folder");
            let path = if file.is_empty() { root().join(&page) } else { root().join(folder).join(file) };
            let there = if heading.is_empty() {
                path.exists()
            } else {
                fs::read_to_string(&path).is_ok_and(|text| {
                    let mut headings = text.lines().filter(|line| line.starts_with('#'));
                    headings.any(|line| anchor(line.trim_start_matches('#')) == heading)
                })
            };
            if !there {
                broken.push(format!("{page}: {target}"));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// The text of a page below a heading, up to the next one of the same or a higher level.
fn under<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = page.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no heading `{heading}`"));
    let body = &page[start + 1 + heading.len()..];
    let level = heading.bytes().take_while(|byte| *byte == b'#').count();
    let ends = (1..=level).filter_map(|n| body.find(&format!("\n{} ", "#".repeat(n))));
    &body[..ends.min().unwrap_or(body.len())]
}

/// The fields that the tables of a stretch of a page describe, in order.
fn described(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect()
}

#[test]
fn the_reference_describes_every_section_with_exactly_its_fields() {
    let page = read("docs/reference/scenario-fields.md");
    let mut scenario = serde_json::to_value(&compiled(library("august-2015").unwrap()).document).unwrap();
    // The shipped crisis has no table, so one is put in its place.
    scenario["tables"] = serde_json::json!([{ "name": "t", "values": [1], "source": "" }]);
    // Nor is it a campaign.
    let campaign = serde_json::to_value(&compiled(library("korea-2021").unwrap()).document).unwrap();
    scenario["campaign"] = campaign["campaign"].clone();
    // And it offers whatever its base has.
    scenario["offered"] = serde_json::json!([]);
    for section in Document::SECTIONS {
        let mut fields: Vec<String> =
            scenario[section][0].as_object().map(|entry| entry.keys().cloned().collect()).unwrap_or_default();
        let mut shown: Vec<&str> = described(under(&page, &format!("### {section}")));
        fields.sort();
        shown.sort_unstable();
        assert_eq!(shown, fields, "{section}");
    }
    let mut header: Vec<&String> =
        scenario.as_object().unwrap().keys().filter(|k| !Document::SECTIONS.contains(&k.as_str())).collect();
    header.retain(|key| !["replace", "remove", "settings"].contains(&key.as_str()));
    let format = read("docs/reference/scenario-format.md");
    let mut shown = described(under(&format, "## The header"));
    header.sort();
    shown.sort_unstable();
    assert_eq!(shown, header);
}

#[test]
fn the_format_explains_every_word_that_the_page_of_fields_leaves_to_it() {
    let page = read("docs/reference/scenario-format.md");
    let types = authored::types();
    let left = types.iter().filter(|ty| !ty.is_struct && fields::explained_elsewhere(&ty.name).is_some());
    let words: Vec<&str> = left.flat_map(|ty| &ty.members).map(|word| word.name.as_str()).collect();
    let unexplained = words.iter().filter(|word| !page.contains(&format!("`{word}")));
    assert_eq!(unexplained.collect::<Vec<_>>(), Vec::<&&str>::new());
    assert!(words.len() > 50, "{words:?}");
}

#[test]
fn the_reference_lists_every_code() {
    let page = read("docs/reference/scenario-format.md");
    let listed: Vec<&str> = under(&page, "## Codes")
        .lines()
        .filter(|l| ["| E", "| W", "| L"].iter().any(|kind| l.starts_with(kind)))
        .collect();
    let known: Vec<String> =
        Code::ALL.iter().map(|c| format!("| {} | {} |", c.text(), c.meaning())).collect();
    assert_eq!(listed, known);
}

#[test]
fn the_reference_describes_every_column_of_a_list_of_events() {
    let page = read("docs/reference/scenario-format.md");
    let (_, table) =
        page.split_once("| column | what stands in it |\n|---|---|\n").expect("the table is there");
    let listed: Vec<&str> = table.lines().take_while(|line| line.starts_with('|')).collect();
    let known: Vec<String> =
        Column::ALL.iter().map(|c| format!("| `{}` | {} |", c.head(), c.about())).collect();
    assert_eq!(listed, known);
}

/// The lists of the shipped ruleset that `offramp doc` writes, each a page of the reference.
const LISTS: [&str; 10] = [
    "ladder",
    "parameters",
    "seats",
    "actions",
    "replies",
    "incidents",
    "channels",
    "beliefs",
    "terms",
    "instruments",
];

/// What differs from what it is generated from; with `OFFRAMP_BLESS` it is written, and nothing differs.
fn stale(page: &str, text: &[u8]) -> Option<String> {
    if std::env::var_os("OFFRAMP_BLESS").is_some() {
        fs::write(root().join(page), text).expect("the page can be written");
    }
    let current = fs::read(root().join(page)).ok().as_deref() == Some(text);
    (!current).then(|| format!("{page} is stale: OFFRAMP_BLESS=1 cargo test --test docs writes it"))
}

#[test]
fn every_generated_list_is_what_the_command_writes() {
    for list in LISTS {
        // What stands for an instrument may be in a crisis or in a campaign; a campaign holds both.
        let ruleset = if list == "instruments" { "korea-2021" } else { "korea" };
        let output = Command::new(env!("CARGO_BIN_EXE_offramp")).args(["doc", ruleset, list]).output();
        let output = output.expect("the program starts");
        assert!(output.status.success(), "{list}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(stale(&format!("docs/reference/{list}.md"), &output.stdout), None);
    }
}

#[test]
fn the_generated_pages_of_the_format_are_what_the_source_says() {
    assert_eq!(stale("docs/reference/scenario-fields.md", fields::page().as_bytes()), None);
    assert_eq!(stale("docs/reference/scenario.rs", type_file::text().as_bytes()), None);
}

#[test]
fn the_book_has_every_page_once() {
    let summary = read("docs/SUMMARY.md");
    let links = summary.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let mut named: Vec<String> = links.map(|page| format!("docs/{page}")).collect();
    named.sort();
    let in_book = |page: &String| page.starts_with("docs/") && page != "docs/SUMMARY.md";
    assert_eq!(named, pages().into_iter().filter(in_book).collect::<Vec<_>>());
}

/// How many rows the policy paper's list of instruments has; see `scenarios/paper/instruments.ron`.
const INSTRUMENTS: usize = 139;

#[test]
fn every_instrument_of_the_paper_has_something_that_stands_for_it() {
    let page = read("docs/reference/instruments.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| instrument |"))
        .map(|line| line.split(" | ").collect())
        .collect();
    assert_eq!(rows.len(), INSTRUMENTS);
    for row in rows {
        assert!(row.len() == 3 && row[1] != "-" && !row[2].trim_matches([' ', '|']).is_empty(), "{row:?}");
    }
}

#[test]
fn every_part_of_the_model_that_reads_parameters_has_a_page_that_leads_to_them() {
    let list = read("docs/reference/parameters.md");
    let pages: Vec<(String, String)> =
        pages().into_iter().filter(|p| p.starts_with("docs/concepts/")).map(|p| (read(&p), p)).collect();
    for heading in list.lines().filter_map(|line| line.strip_prefix("## ")) {
        let named = |(text, _): &&(String, String)| text.starts_with(&format!("# {heading}\n"));
        let (text, page) = pages.iter().find(named).unwrap_or_else(|| panic!("no page on `{heading}`"));
        let anchor = heading.to_lowercase().replace(',', "").replace(' ', "-");
        assert!(
            text.contains(&format!("(../reference/parameters.md#{anchor})")),
            "{page}: no link to {anchor}"
        );
    }
}

#[test]
fn every_test_that_the_pages_name_exists() {
    fn sources(folder: &Path, all: &mut String) {
        for entry in fs::read_dir(folder).expect("the folder can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                sources(&path, all);
            } else if path.extension().is_some_and(|end| end == "rs") {
                *all += &fs::read_to_string(path).expect("source is text");
            }
        }
    }
    let mut all = String::new();
    sources(&root().join("src"), &mut all);
    sources(&root().join("tests"), &mut all);
    // Test names are sentences: three words or more; on the pages on the model longer than any parameter.
    let concepts =
        pages().into_iter().filter(|page| page.starts_with("docs/concepts/")).map(|page| (page, 5));
    let mut missing = Vec::new();
    for (page, least) in concepts.chain([("docs/architecture.md".to_owned(), 2)]) {
        let text = read(&page);
        let named = text.split('`').skip(1).step_by(2).filter(|word| {
            word.matches('_').count() >= least && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        });
        let unknown = named.filter(|name| !all.contains(&format!("fn {name}(")));
        missing.extend(unknown.map(|name| format!("{page}: {name}")));
    }
    assert!(missing.is_empty(), "no such tests: {missing:?}");
}

#[test]
fn the_glossary_explains_each_word_once_and_every_word_that_it_leans_on() {
    let page = read("docs/glossary.md");
    let mut words: Vec<&str> = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("**")) {
        // Headwords come first; an explanation may introduce further words in bold.
        words.extend(line.split("**").skip(1).step_by(2));
    }
    let mut once = words.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(words.len(), once.len(), "a word is explained twice");
    let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).to_lowercase();
    let known = |word: &str| words.iter().any(|w| singular(w.trim_end_matches(" (R)")) == singular(word));
    let plain = page.replace("**", "");
    let missing: Vec<&str> = plain.split('*').skip(1).step_by(2).filter(|word| !known(word)).collect();
    assert!(missing.is_empty(), "no entry for {missing:?}");
}

#[test]
fn the_participants_guide_lists_exactly_the_keys_that_there_are() {
    let page = read("docs/guide/participant.md");
    let cells =
        under(&page, "## Keys").lines().filter_map(|line| line.strip_prefix("| `")?.split('|').next());
    let listed: BTreeSet<&str> =
        cells.flat_map(|keys| keys.split(['`', ',', ' '])).filter(|k| !k.is_empty()).collect();
    // Control's keys are in the instructors' guide.
    let participants = KEYMAP.iter().filter(|b| b.scopes.iter().any(|scope| !CONTROL.contains(scope)));
    let bound: BTreeSet<&str> = participants.map(|binding| binding.show).collect();
    assert_eq!(listed, bound);
}
