//! The table itself: its head, its rows and their cells.
//!
//! A cell is read as a text of its own, pushed down to the line where it stands in the table: so what the format's
//! words get wrong in it is said as in a scenario's file, and at the table's line.

use super::{Column, unguarded};
use crate::scenario::diagnostics::{Code, Diagnostic, Diagnostics, nearest, quote};
use crate::scenario::parse::{MOST_ITEMS, check_text};
use crate::scenario::source::{BYTE_ORDER_MARK, FileId, Source, Span};
use crate::vocabulary::Date;
use std::collections::BTreeMap;

/// A cell, and the file that its text became.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub text: String,
    pub file: FileId,
    /// Where in that file its text stands.
    pub span: Span,
}

/// A row: the cells that hold something.
#[derive(Debug)]
pub(super) struct Row {
    cells: BTreeMap<Column, Cell>,
    /// The first cell that holds something.
    pub first: Cell,
}

impl Row {
    /// The cell of a column, if something stands in it.
    pub fn get(&self, column: Column) -> Option<&Cell> {
        self.cells.get(&column)
    }
}

/// A list on its way to injects.
pub(super) struct Reading {
    /// The list as a whole.
    pub file: FileId,
    pub name: String,
    /// When the scenario starts, if it has a date.
    pub start: Option<Date>,
    pub diagnostics: Diagnostics,
}

impl Reading {
    /// Notes an error at a cell.
    pub fn refuse(&mut self, cell: &Cell, code: Code, message: String, expected: &str) {
        self.diagnostics.push(Diagnostic::error(code, cell.file, message).at(cell.span).expected(expected));
    }

    /// The rows that hold anything; none if the head cannot be read.
    pub fn rows(&mut self, text: &str) -> Vec<Row> {
        if let Err(refused) = check_text(self.file, text) {
            self.diagnostics.push(refused);
            return Vec::new();
        }
        let text = text.trim_start_matches(BYTE_ORDER_MARK);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(text))
            .from_reader(text.as_bytes());
        let mut records = reader.records().map_while(Result::ok);
        let columns = self.columns(&records.next().unwrap_or_default());
        if self.diagnostics.has_errors() {
            return Vec::new();
        }
        let mut rows = Vec::new();
        let (mut counted, mut line) = (0, 1);
        for record in records {
            // Lines without anything before a record count as part of it.
            let begins = record.position().map_or(0, csv::Position::byte) as usize;
            let blank = text[begins..].len() - text[begins..].trim_start_matches(['\r', '\n']).len();
            line += text[counted..begins + blank].matches('\n').count();
            counted = begins + blank;
            rows.extend(self.row(&record, line, &columns));
            if rows.len() > MOST_ITEMS {
                let message = format!("there are more than {MOST_ITEMS} rows");
                self.diagnostics.push(Diagnostic::error(Code::TooMany, self.file, message));
                return rows;
            }
        }
        rows
    }

    /// What stands in which place of a row.
    fn columns(&mut self, head: &csv::StringRecord) -> Vec<Option<Column>> {
        let mut columns: Vec<Option<Column>> = Vec::new();
        let span =
            Span::new(0, self.diagnostics.sources().get(self.file).text.lines().next().map_or(0, str::len));
        let heads = Column::ALL.iter().map(|column| column.head());
        for text in head {
            let written = text.trim().to_lowercase();
            let known = Column::ALL.iter().find(|column| column.head() == written).copied();
            if known.is_some() && columns.contains(&known) {
                let message = format!("two columns are called {}", quote(&written));
                self.diagnostics.push(Diagnostic::error(Code::DuplicateField, self.file, message).at(span));
            } else if known.is_none() && !written.is_empty() {
                let message = format!("the column {} is passed over: no inject has it", quote(text));
                let warning = Diagnostic::warning(Code::UnknownField, self.file, message).at(span);
                self.diagnostics.push(warning.nearest(nearest(&written, heads.clone())));
            }
            columns.push(known);
        }
        for column in [Column::Name, Column::When, Column::Label, Column::Text, Column::Source] {
            if !columns.contains(&Some(column)) {
                let message = format!("no column is called {}", quote(column.head()));
                let error = Diagnostic::error(Code::MissingField, self.file, message).at(span);
                self.diagnostics.push(error.expected(heads.clone().collect::<Vec<_>>().join(", ")));
            }
        }
        columns
    }

    fn row(&mut self, record: &csv::StringRecord, line: usize, columns: &[Option<Column>]) -> Option<Row> {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let mut line = line;
        let mut cells = BTreeMap::new();
        let mut first = None;
        for (place, text) in record.iter().enumerate() {
            let column = columns.get(place).copied().flatten();
            if !text.trim().is_empty() {
                let known = column.map_or_else(|| format!("column {}", place + 1), |c| c.head().to_owned());
                let cell = self.cell(&known, line, text, column);
                if place >= columns.len() {
                    let message = format!("the row has {} cells", record.len());
                    let expected = format!(
                        "{}, as in the first row; a text with a comma stands between `\"`",
                        columns.len()
                    );
                    self.refuse(&cell, Code::WrongLength, message, &expected);
                    return None;
                }
                first.get_or_insert_with(|| cell.clone());
                cells.extend(column.map(|column| (column, cell)));
            }
            line += text.matches('\n').count();
        }
        Some(Row { cells, first: first? })
    }

    /// A cell as a file of its own, with its text on the line of the table.
    fn cell(&mut self, head: &str, line: usize, written: &str, column: Option<Column>) -> Cell {
        let prose = matches!(column, Some(Column::Label | Column::Text | Column::Source));
        let written = unguarded(written).replace("\r\n", "\n");
        let text = if prose { written } else { written.trim().to_owned() };
        let above = line.saturating_sub(1);
        let file = "\n".repeat(above) + &text;
        let span = Span::new(above, file.len());
        let file = self.diagnostics.add_source(Source::new(format!("{} [{head}]", self.name), file));
        Cell { text, file, span }
    }
}

/// What separates the cells: spreadsheets of many languages write semicolons, and some tabs.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |by: char| head.matches(by).count();
    [(b';', count(';')), (b'\t', count('\t'))]
        .into_iter()
        .filter(|(_, found)| *found > count(','))
        .max_by_key(|(_, found)| *found)
        .map_or(b',', |(by, _)| by)
}
