//! Rows: tables as CSV, the same bytes on every machine, and the dictionary of their columns.
//!
//! Everything measured is a whole number; names are words, and the values of factors stand as the design states them.
//! [`Results`] is what is read back of a finished sweep: all that analysis and reports know of one.

mod results;
mod table;

pub use super::experiment::{Metric, Watched};
pub use super::factor::{Span, Value};
pub use results::{Layout, Point, Results};
pub use table::Table;

use serde::{Deserialize, Serialize};
use std::io::{self, Read};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Whole numbers.
    Whole,
    /// Numbers with up to six decimals.
    Number,
    /// Words.
    Word,
}

impl Kind {
    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Whole => "whole numbers",
            Kind::Number => "numbers",
            Kind::Word => "words",
        }
    }
}

/// The columns that a table of runs begins with: which run a row is of.
pub const LABELS: [&str; 5] = ["run", "point", "replicate", "seed", "luck"];

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What it counts.
    pub unit: String,
    /// What it says.
    pub about: String,
    /// The words that it may hold, where that is known beforehand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<String>, kind: Kind, unit: &str, about: impl Into<String>) -> Column {
        Column { name: name.into(), kind, unit: unit.to_owned(), about: about.into(), words: Vec::new() }
    }

    /// The same column, which may hold these words alone.
    pub fn of_words(self, words: impl IntoIterator<Item = impl Into<String>>) -> Column {
        Column { words: words.into_iter().map(Into::into).collect(), ..self }
    }

    /// Whether it says which run a row is of, and nothing of how that went.
    pub fn is_label(&self) -> bool {
        LABELS.contains(&self.name.as_str())
    }

    /// The least and the most that it can hold, as far as its unit says.
    pub fn range(&self) -> (f64, f64) {
        match self.unit.as_str() {
            "yes or no" => (0.0, 1.0),
            "parts per million" => (0.0, 1e6),
            "count" | "people" | "rung" | "turns" | "minutes" | "thousandths of a reading" => {
                (0.0, f64::INFINITY)
            }
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}

/// How a run went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It ended.
    Done,
    /// It did not end within its budget of engine steps.
    Budget,
    /// It panicked, which is a bug.
    Panic,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 3] = [Status::Done, Status::Budget, Status::Panic];

    /// The word in a row.
    pub fn word(self) -> &'static str {
        match self {
            Status::Done => "ok",
            Status::Budget => "budget",
            Status::Panic => "panic",
        }
    }
}

/// Rows on their way to a file.
#[derive(Debug)]
pub struct RowText {
    writer: csv::Writer<Vec<u8>>,
    digits: String,
}

impl Default for RowText {
    fn default() -> RowText {
        RowText::over(Vec::new())
    }
}

impl RowText {
    /// No rows yet, in the memory of text that is no longer needed.
    pub fn over(mut old: Vec<u8>) -> RowText {
        old.clear();
        let mut builder = csv::WriterBuilder::new();
        builder.terminator(csv::Terminator::Any(b'\n')).flexible(true);
        RowText { writer: builder.from_writer(old), digits: String::new() }
    }

    /// Adds a word to the row in hand.
    pub fn word(&mut self, word: &str) {
        self.writer.write_field(word).expect("memory takes everything");
    }

    /// Adds a whole number to the row in hand.
    pub fn whole(&mut self, number: i64) {
        use std::fmt::Write;
        self.digits.clear();
        write!(self.digits, "{number}").expect("memory takes everything");
        self.writer.write_field(&self.digits).expect("memory takes everything");
    }

    /// Adds a factor's value to the row in hand.
    pub fn value(&mut self, value: &Value) {
        use std::fmt::Write;
        self.digits.clear();
        write!(self.digits, "{value}").expect("memory takes everything");
        self.writer.write_field(&self.digits).expect("memory takes everything");
    }

    /// Adds cells that say nothing to the row in hand.
    pub fn nothing(&mut self, cells: usize) {
        (0..cells).for_each(|_| self.word(""));
    }

    /// Ends the row in hand.
    pub fn end(&mut self) {
        self.writer.write_record(None::<&[u8]>).expect("memory takes everything");
    }

    /// The text of all rows.
    pub fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().expect("memory takes everything")
    }
}

/// The first line of a table.
pub fn header(columns: &[Column]) -> Vec<u8> {
    let mut text = RowText::default();
    columns.iter().for_each(|column| text.word(&column.name));
    text.end();
    text.into_bytes()
}

/// Reads the rows of a table that has no first line of names, one by one, as text cells.
///
/// # Errors
/// If the input cannot be read or is no table.
pub fn each_row(input: impl Read, mut take: impl FnMut(&csv::StringRecord)) -> io::Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(input);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(io::Error::from)? {
        take(&record);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_in_a_cell_is_read_back_as_it_was() {
        let words = ["a,b", "say \"x\"", "two\nlines", "=1+1", " padded ", "한국", "", "\r", "-5"];
        let mut text = RowText::default();
        for _ in 0..2 {
            words.iter().for_each(|word| text.word(word));
            text.whole(-7);
            text.value(&Value::Number(250_000));
            text.end();
        }
        let bytes = text.into_bytes();
        let mut rows = Vec::new();
        each_row(&bytes[..], |row| rows.push(row.iter().map(str::to_owned).collect::<Vec<_>>())).unwrap();
        let expected: Vec<&str> = words.iter().copied().chain(["-7", "0.25"]).collect();
        assert_eq!(rows, [expected.clone(), expected]);
    }
}
