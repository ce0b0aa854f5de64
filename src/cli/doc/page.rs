//! A page in Markdown: a heading, words, tables.

use crate::scenario::document::Document;
use crate::trace::one_line;
use crate::vocabulary::SafeText;
use std::fmt::Write;

/// A page as it grows.
#[derive(Debug)]
pub struct Page(String);

impl Page {
    /// Begins a page on a scenario. `list` is the word that asks for it.
    pub fn new(document: &Document, title: &str, list: &str, about: &str) -> Page {
        Page::begin(document, &format!("{title} of `{}`", one_line(&document.name)), list, about)
    }

    /// Begins a page with a heading of its own. `list` is the word that asks for it.
    pub fn begin(document: &Document, heading: &str, list: &str, about: &str) -> Page {
        let (heading, name) = (one_line(heading), one_line(&document.name));
        Page(format!(
            "# {heading}\n\nWritten by `offramp doc {name} {list}` from the scenario; change it there.\n\n{about}\n"
        ))
    }

    /// Begins a part of the page.
    pub fn part(&mut self, heading: &str) {
        self.gap();
        self.line(&format!("## {}", one_line(heading)));
    }

    /// Begins a part of a part.
    pub fn sub(&mut self, heading: &str) {
        self.gap();
        self.line(&format!("### {}", one_line(heading)));
    }

    /// Adds a paragraph, if there is anything in it.
    pub fn text(&mut self, text: &str) {
        let lines = SafeText::new(text).as_str().lines().map(str::trim).collect::<Vec<_>>().join("\n");
        if !lines.is_empty() {
            self.gap();
            self.line(&lines);
        }
    }

    /// Adds a list, or says that there is nothing to put into one.
    pub fn items(&mut self, items: impl Iterator<Item = String>) {
        self.gap();
        let start = self.0.len();
        for item in items {
            self.line(&format!("- {}", one_line(&item)));
        }
        if self.0.len() == start {
            self.line("None.");
        }
    }

    /// Adds a table, or says that there is nothing to put into one.
    pub fn table<const N: usize>(&mut self, head: [&str; N], rows: impl Iterator<Item = [String; N]>) {
        self.gap();
        let start = self.0.len();
        for row in rows {
            self.row(row.iter().map(|cell| one_line(cell).replace('|', "\\|")));
        }
        if self.0.len() == start {
            self.line("None.");
            return;
        }
        let body = self.0.split_off(start);
        self.row(head.iter().map(|cell| (*cell).to_owned()));
        self.line(&format!("|{}", "---|".repeat(N)));
        self.0 += &body;
    }

    fn row(&mut self, cells: impl Iterator<Item = String>) {
        self.0 += "|";
        for cell in cells {
            // Writing to text cannot fail.
            let _ = write!(self.0, " {cell} |");
        }
        self.0 += "\n";
    }

    /// Leaves a line free before what is to come.
    fn gap(&mut self) {
        if !self.0.ends_with("\n\n") {
            self.0 += "\n";
        }
    }

    fn line(&mut self, text: &str) {
        self.0 += text;
        self.0 += "\n";
    }
}

impl std::fmt::Display for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
