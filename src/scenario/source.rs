//! Source texts: what a file is called, what it says, and where in it something stands.
//!
//! Reading files is `storage`'s work; this module only holds the text and counts lines and columns.

use super::locate::Trail;
use super::outline::Outline;
use std::sync::{Arc, OnceLock};

/// The byte-order mark that some editors put in front of a text.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// A text and the name under which the user knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name as shown to the user: a path or the name of a library scenario. Also the identity by which a
    /// cycle of bases is noticed.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Source {
    /// A source of a name and a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Source { name: name.into(), text: text.into() }
    }

    /// Whether the document itself has a field of this name: what kind of file it is.
    pub fn names(&self, field: &str) -> bool {
        Outline::read(&self.text, FileId(0)).0.top_field(&self.text, field).is_some()
    }

    /// Takes the bytes of a file as text.
    ///
    /// # Errors
    /// Bytes that are not UTF-8 give a message with the place of the first wrong byte.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, String> {
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(name, text)),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(&error.as_bytes()[..good]);
                let Place { line, column } = Place::of(&text, good);
                let byte = error.as_bytes()[good];
                Err(format!("not UTF-8 text: byte 0x{byte:02x} at line {line}, column {column}"))
            }
        }
    }
}

/// Which of the loaded files something stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(u32);

/// A stretch of a text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Where it begins.
    pub start: u32,
    /// Where it ends (the first byte that no longer belongs to it).
    pub end: u32,
}

impl Span {
    /// The stretch between two byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end) }
    }

    /// The stretch as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether nothing lies in it.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether the other stretch lies inside this one.
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A line and a column, both counted from 1; a column is one character, whatever its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column. A byte-order mark has none.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset in a text.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = &text[..text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
        let column = 1 + before[line_start..].chars().filter(|c| *c != BYTE_ORDER_MARK).count();
        Place { line, column }
    }
}

/// The files that were loaded, in the order in which they were met.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Loaded>,
}

#[derive(Debug)]
struct Loaded {
    source: Arc<Source>,
    outline: OnceLock<Outline>,
}

impl Sources {
    /// Takes a file in.
    pub fn add(&mut self, source: Source) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than four billion files"));
        self.files.push(Loaded { source: Arc::new(source), outline: OnceLock::new() });
        id
    }

    /// The file.
    pub fn get(&self, id: FileId) -> &Arc<Source> {
        &self.files[id.0 as usize].source
    }

    /// All files.
    pub fn all(&self) -> impl Iterator<Item = &Source> {
        self.files.iter().map(|file| file.source.as_ref())
    }

    /// Where the value at a trail's end stands. If the trail leads nowhere (a field left out), the head of the nearest
    /// enclosing value.
    pub fn locate(&self, id: FileId, trail: &Trail) -> Option<Span> {
        let text = &self.get(id).text;
        self.outline(id).locate(text, trail)
    }

    /// Whether a trail leads to a value that is there.
    pub fn has(&self, id: FileId, trail: &Trail) -> bool {
        let text = &self.get(id).text;
        self.outline(id).resolve(text, trail).is_some_and(|(_, arrived)| arrived)
    }

    /// The shape of the file's text, read once.
    pub(super) fn outline(&self, id: FileId) -> &Outline {
        let file = &self.files[id.0 as usize];
        file.outline.get_or_init(|| Outline::read(&file.source.text, id).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_whatever_their_width_or_bytes() {
        let text = "\u{feff}a\r\n\t한국 x";
        let x = text.find('x').expect("there is an x");
        assert_eq!(Place::of(text, 3), Place { line: 1, column: 1 });
        assert_eq!(Place::of(text, x), Place { line: 2, column: 5 });
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_with_their_place() {
        let refused = Source::from_bytes("x.ron", b"(\n a: \"\xff\")".to_vec());
        assert_eq!(refused, Err("not UTF-8 text: byte 0xff at line 2, column 6".to_owned()));
    }
}
