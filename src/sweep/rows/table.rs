//! A table read back, column by column, and checked against the hash that its manifest states.

use super::super::folder::{Folder, SweepError};
use super::super::merge::TableFile;
use super::{Column, Kind};
use crate::scenario::diagnostics::nearest;
use crate::storage::open;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// The columns of a table that somebody asked for.
#[derive(Clone, Debug, Default)]
pub struct Table {
    columns: Vec<Column>,
    /// By column, then row; empty for a column that nobody asked for.
    cells: Vec<Vec<i64>>,
    /// By column, the words that stand in it.
    words: Vec<Vec<String>>,
}

/// A reader that hashes what passes through it.
struct Hashing<R> {
    input: R,
    hasher: blake3::Hasher,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}

impl Table {
    /// Reads the columns that are `wanted` of the rows that are `kept`.
    ///
    /// # Errors
    /// If the table cannot be read, or is not what the manifest says.
    pub(super) fn read(
        folder: &Folder,
        file: &TableFile,
        columns: &[Column],
        wanted: impl Fn(&Column) -> bool,
        mut kept: impl FnMut(&csv::StringRecord) -> Result<bool, String>,
    ) -> Result<Table, SweepError> {
        let path = folder.file(&file.name);
        let damaged = |why: String| SweepError::Damaged(format!("'{}' is damaged: {why}", path.display()));
        let wanted: Vec<usize> = (0..columns.len()).filter(|c| wanted(&columns[*c])).collect();
        let mut table = Table {
            columns: columns.to_vec(),
            cells: vec![Vec::new(); columns.len()],
            words: vec![Vec::new(); columns.len()],
        };
        let mut known = vec![BTreeMap::new(); columns.len()];
        let mut input = Hashing { input: open(&path)?, hasher: blake3::Hasher::new() };
        let mut reader = csv::ReaderBuilder::new().from_reader(BufReader::new(&mut input));
        let names = reader.headers().map_err(|error| damaged(error.to_string()))?;
        if !names.iter().eq(columns.iter().map(|column| column.name.as_str())) {
            return Err(damaged("its first line does not name the manifest's columns".to_owned()));
        }
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row).map_err(|error| damaged(error.to_string()))? {
            let line = row.position().map_or(0, csv::Position::line);
            if !kept(&row).map_err(|why| damaged(format!("line {line}: {why}")))? {
                continue;
            }
            for &c in &wanted {
                let cell = match columns[c].kind {
                    Kind::Word => Some(table.word_id(c, &row[c], &mut known[c])),
                    kind => number(&row[c], kind),
                };
                table.cells[c].push(cell.ok_or_else(|| {
                    let Column { name, kind, .. } = &columns[c];
                    damaged(format!("line {line}, column `{name}`: `{}` among {}", &row[c], kind.word()))
                })?);
            }
        }
        drop(reader);
        if input.hasher.finalize().to_hex().as_str() != file.blake3 {
            return Err(damaged("its hash is not the manifest's".to_owned()));
        }
        Ok(table)
    }

    fn word_id(&mut self, column: usize, word: &str, known: &mut BTreeMap<String, i64>) -> i64 {
        if let Some(id) = known.get(word) {
            return *id;
        }
        let id = self.words[column].len() as i64;
        self.words[column].push(word.to_owned());
        known.insert(word.to_owned(), id);
        id
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// A column by its name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// A column by its name.
    ///
    /// # Errors
    /// If there is none; the nearest name is named.
    pub fn find(&self, name: &str) -> Result<usize, String> {
        self.column(name).ok_or_else(|| {
            let near = nearest(name, self.columns.iter().map(|column| column.name.as_str()));
            let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            format!("no column is called `{name}`{near}")
        })
    }

    /// The cells of a column: whole numbers, numbers in millionths, or the positions of words.
    pub fn cells(&self, column: usize) -> &[i64] {
        &self.cells[column]
    }

    /// The words that stand in a column, each once, in the order in which they first appear.
    pub fn words(&self, column: usize) -> &[String] {
        &self.words[column]
    }

    /// The word of a column that is nearest to one that it does not hold; nothing if it may hold that one.
    pub fn nearest_word(&self, column: usize, word: &str) -> Option<String> {
        let may_be = &self.columns[column].words;
        if may_be.iter().any(|known| known == word) {
            return None;
        }
        nearest(word, self.words[column].iter().chain(may_be).map(String::as_str))
    }
}

fn number(text: &str, kind: Kind) -> Option<i64> {
    match kind {
        Kind::Whole => text.parse().ok(),
        Kind::Number => match text.parse() {
            Ok(super::Value::Number(millionths)) => Some(millionths),
            _ => None,
        },
        Kind::Word => None,
    }
}

/// The part of a manifest that describes a table.
pub(super) fn file_of<'a>(
    files: &'a [TableFile],
    name: &str,
    folder: &Path,
) -> Result<&'a TableFile, SweepError> {
    files.iter().find(|file| file.name == name).ok_or_else(|| {
        SweepError::NotASweep(format!(
            "'{}' has no `{name}`: the sweep was not asked for it",
            folder.display()
        ))
    })
}
