//! Reports: one page, whole in itself, with the figures of the analysis.

use super::{GRID, Home, refuses, succeeds};
use std::fs;

/// Tags that have no end.
const VOID: [&str; 2] = ["meta", "!DOCTYPE"];

/// Whether every tag that opens closes in its place.
fn balanced(page: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let name = tag.split(['>', ' ']).next().unwrap_or("");
        if let Some(end) = name.strip_prefix('/') {
            match open.pop() {
                Some(begun) if begun == end => {}
                other => return Err(format!("</{end}> closes {other:?}")),
            }
        } else if !VOID.contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

#[test]
fn a_report_is_whole_in_itself_and_says_what_the_analysis_says() {
    let home = Home::new();
    let folder = home.sweep("grid", GRID);
    let other = home.sweep("other", &format!("{GRID}, policies: [(seat: \"rok\", policy: \"passive\")]"));
    let (html, markdown) = (home.name("a.html"), home.name("a.md"));
    let more = ["--discover", "misperception>=400", "--against", &folder];
    let arguments = [["report", &other, "--out", &html, "--out", &markdown].as_slice(), &more].concat();
    succeeds(&arguments);
    let page = fs::read_to_string(&html).unwrap();
    assert_eq!(balanced(&page), Ok(()));
    for foreign in ["<script", " src=", " href=", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let elsewhere = page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "");
    assert!(!elsewhere.contains("http"), "it names something elsewhere");
    for said in [
        "What was run",
        "What was varied",
        "Figures, over all runs",
        "How it ended: kinds of end",
        "Standing rungs over time",
        "From rung to rung",
        "a box (PRIM)",
        "a tree (CART)",
        "Everything that was measured",
        "a teaching and analysis aid, not a forecast",
    ] {
        assert!(page.contains(said), "it does not say `{said}`");
        assert!(fs::read_to_string(&markdown).unwrap().contains(said), "Markdown does not say `{said}`");
    }
    assert!(page.matches("<svg ").count() >= 5, "it has few charts");
    let analysis = succeeds(&["analyze", &other]);
    let line = analysis.lines().find(|line| line.trim_start().starts_with("height")).unwrap();
    let value = line.split_whitespace().nth(2).unwrap();
    assert!(page.contains(&format!("<td>height</td><td>rung</td><td>{value}</td>")), "no {value}");
    let before = (fs::read(&html).unwrap(), fs::read(&markdown).unwrap());
    succeeds(&arguments);
    assert!(
        before == (fs::read(&html).unwrap(), fs::read(&markdown).unwrap()),
        "the same again is not the same"
    );
}

#[test]
fn tables_in_markdown_have_as_many_cells_in_every_row() {
    let home = Home::new();
    let (folder, out) = (home.sweep("grid", GRID), home.name("a.md"));
    succeeds(&["report", &folder, "--out", &out]);
    let text = fs::read_to_string(out).unwrap();
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut tables = 0;
    for pair in text.lines().collect::<Vec<_>>().windows(2) {
        if pair[0].starts_with('|') && pair[1].starts_with('|') {
            assert_eq!(cells(pair[0]), cells(pair[1]), "{pair:?}");
            tables += usize::from(pair[1].starts_with("|---"));
        }
    }
    assert!(tables >= 8, "{tables} tables");
}

#[test]
fn a_report_that_cannot_be_made_is_refused_before_anything_is_written() {
    let home = Home::new();
    let folder = home.sweep("small", "replications: 3");
    let other = home.sweep("seed", "replications: 3, seed: 9");
    let out = home.name("a.html");
    refuses(
        &["report", &folder, "--out", &home.name("a.pdf")],
        2,
        "expected a file that ends in `.html` or `.md`",
    );
    refuses(&["report", &folder], 2, "--out");
    refuses(&["report", &folder, "--out", &out, "--against", &other], 65, "share no luck");
    refuses(&["report", &folder, "--out", &out, "--discover", "peak>=6"], 2, "the sweep has no factors");
    assert!(!home.path("a.html").exists());
    refuses(&["report", &folder, "--out", &home.name("nowhere/a.html")], 74, "nowhere/a.html");
}
