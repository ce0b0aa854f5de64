//! The hash chain that seals a record of JSON lines, so that any damage names its line.
//!
//! A sealed line is a JSON object whose last field is `chain`. Its value is the BLAKE3 hash, cut to 128 bits and
//! written as 32 lower-case hex digits, of the previous line's value (as written; for the first line, 32 zeros)
//! followed by the line's bytes before that field: before the comma in front of it, or before its first quote where it
//! is the only field. Every line ends with a newline. So with common tools, for line 2 of a file:
//!
//! ```text
//! { line 1's chain value; line 2 up to `,"chain":`, without a newline } | b3sum | cut -c 1-32
//! ```
//!
//! The chain tells damage, not forgery: who rewrites all lines can seal them again. And it sees only what is there: a
//! record cut off between two lines is a shorter record, so a reader of finished traces must also ask for their `end`
//! line.

use std::fmt;

/// What stands before the chain value in a line.
const KEY: &str = "\"chain\":\"";
/// What stands after it.
const CLOSE: &str = "\"}";
/// Hex digits in a chain value.
const DIGITS: usize = 32;

/// A chain value: what one line hands on to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link([u8; DIGITS / 2]);

impl Link {
    /// The value before the first line.
    pub const START: Link = Link([0; DIGITS / 2]);

    /// The value of a line with these bytes before its chain field.
    fn next(self, bytes: &[u8]) -> Link {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.digits()).update(bytes);
        let mut link = Link::START;
        hasher.finalize_xof().fill(&mut link.0);
        link
    }

    fn digits(self) -> [u8; DIGITS] {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut digits = [0; DIGITS];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            pair[0] = HEX[usize::from(byte >> 4)];
            pair[1] = HEX[usize::from(byte & 15)];
        }
        digits
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Seals lines one after the other.
#[derive(Clone, Debug)]
pub struct ChainWriter {
    last: Link,
}

impl Default for ChainWriter {
    fn default() -> Self {
        ChainWriter::new()
    }
}

impl ChainWriter {
    /// A writer of a record's first line.
    pub fn new() -> Self {
        ChainWriter { last: Link::START }
    }

    /// A writer that goes on after a line with this value.
    pub fn resume(last: Link) -> Self {
        ChainWriter { last }
    }

    /// The value of the last line sealed.
    pub fn last(&self) -> Link {
        self.last
    }

    /// Seals a JSON object, written on one line as `{...}` without white space before its closing brace; returns the
    /// line without its newline.
    pub fn seal(&mut self, body: &str) -> String {
        debug_assert!(
            body.starts_with('{') && body.ends_with('}') && !body.contains('\n'),
            "not an object: {body}"
        );
        let mut line = String::with_capacity(body.len() + KEY.len() + DIGITS + 2);
        line.push_str(body.strip_suffix('}').unwrap_or(body));
        self.last = self.last.next(line.as_bytes());
        if line != "{" {
            line.push(',');
        }
        line.push_str(KEY);
        line.push_str(&self.last.to_string());
        line.push_str(CLOSE);
        line
    }
}

/// A line that has been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The line's number, from 1.
    pub number: usize,
    /// The whole JSON object, chain field included, without the newline.
    pub text: &'a str,
    /// Its chain value.
    pub link: Link,
    /// The offset just after its newline: the length of a record that ends with it.
    pub end: usize,
}

/// Where a record is damaged, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The first damaged line's number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The record's last line has no newline: its writer was cut off.
    Torn,
    /// The line is not UTF-8 text.
    NotText,
    /// The line does not end with a chain field.
    Unsealed,
    /// The chain value does not follow from the previous line and this one: something in it was altered, or it is not
    /// the line that stood here.
    Broken,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            Reason::Torn => "is cut off before its end",
            Reason::NotText => "is not UTF-8 text",
            Reason::Unsealed => "does not end with a chain value",
            Reason::Broken => {
                "is altered or out of place: its chain value does not follow from the line before"
            }
        };
        write!(f, "line {} {reason}", self.line)
    }
}

impl std::error::Error for Damage {}

/// What a journal holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound<'a> {
    /// The whole lines.
    pub lines: Vec<Line<'a>>,
    /// The number of a torn last line, which is not among them.
    pub torn: Option<usize>,
}

impl Sound<'_> {
    /// The length of the whole lines in bytes: what to cut a torn journal to.
    pub fn length(&self) -> usize {
        self.lines.last().map_or(0, |line| line.end)
    }

    /// A writer that goes on after the last whole line.
    pub fn writer(&self) -> ChainWriter {
        ChainWriter::resume(self.lines.last().map_or(Link::START, |line| line.link))
    }
}

/// Checks a whole record, which may not be torn.
///
/// # Errors
/// The first damaged line.
pub fn check(record: &[u8]) -> Result<Vec<Line<'_>>, Damage> {
    let sound = check_journal(record)?;
    match sound.torn {
        Some(line) => Err(Damage { line, reason: Reason::Torn }),
        None => Ok(sound.lines),
    }
}

/// Checks a journal, whose last line may be torn, because a crash may stop its writer anywhere.
///
/// # Errors
/// The first damaged line, other than a torn last one.
pub fn check_journal(record: &[u8]) -> Result<Sound<'_>, Damage> {
    let mut sound = Sound { lines: Vec::new(), torn: None };
    let mut last = Link::START;
    let mut end = 0;
    for (index, bytes) in record.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let number = index + 1;
        end += bytes.len();
        let Some(bytes) = bytes.strip_suffix(b"\n") else {
            sound.torn = Some(number);
            break;
        };
        let (text, link) = open(last, bytes).map_err(|reason| Damage { line: number, reason })?;
        sound.lines.push(Line { number, text, link, end });
        last = link;
    }
    Ok(sound)
}

/// Checks one line against the value before it.
fn open(last: Link, bytes: &[u8]) -> Result<(&str, Link), Reason> {
    let text = std::str::from_utf8(bytes).map_err(|_| Reason::NotText)?;
    let (body, digits) = split(bytes).ok_or(Reason::Unsealed)?;
    let link = last.next(body);
    if link.digits() == digits { Ok((text, link)) } else { Err(Reason::Broken) }
}

/// A sealed line's bytes before its chain field, and that field's digits.
fn split(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = line.strip_suffix(CLOSE.as_bytes())?;
    let (rest, digits) = rest.split_at_checked(rest.len().checked_sub(DIGITS)?)?;
    let rest = rest.strip_suffix(KEY.as_bytes())?;
    let body = if rest == b"{" { rest } else { rest.strip_suffix(b",")? };
    Some((body, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bodies of a small record: one empty object, one with text beyond ASCII, two that are equal.
    const BODIES: [&str; 6] = [
        r#"{"kind":"header","n":0}"#,
        r#"{"kind":"scenario","title":"지뢰"}"#,
        r#"{}"#,
        r#"{"kind":"note"}"#,
        r#"{"kind":"note"}"#,
        r#"{"kind":"end","n":5}"#,
    ];

    fn sealed() -> Vec<String> {
        let mut writer = ChainWriter::new();
        BODIES.iter().map(|body| writer.seal(body) + "\n").collect()
    }

    fn damage(record: &[u8]) -> Option<(usize, Reason)> {
        check(record).err().map(|damage| (damage.line, damage.reason))
    }

    #[test]
    fn a_sealed_record_opens_and_each_line_is_json_with_its_chain_last() {
        let record = sealed().concat();
        let lines = check(record.as_bytes()).unwrap();
        assert_eq!(lines.len(), BODIES.len());
        for (line, body) in lines.iter().zip(BODIES) {
            let mut object: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(line.text).unwrap();
            let last_key = object.keys().next_back().cloned();
            assert_eq!(last_key.as_deref(), Some("chain"));
            assert_eq!(object.remove("chain"), Some(line.link.to_string().into()));
            assert_eq!(serde_json::to_string(&object).unwrap(), body);
        }
        assert_eq!(lines.last().unwrap().end, record.len());
    }

    #[test]
    fn the_chain_value_is_what_the_page_says() {
        let mut writer = ChainWriter::new();
        let first = writer.seal(r#"{"a":1}"#);
        let expected = blake3::hash(format!(r#"{}{{"a":1"#, "0".repeat(32)).as_bytes()).to_hex();
        assert_eq!(first, format!(r#"{{"a":1,"chain":"{}"}}"#, &expected[..32]));
        let second = writer.seal("{}");
        let expected = blake3::hash(format!("{}{{", &expected[..32]).as_bytes()).to_hex();
        assert_eq!(second, format!(r#"{{"chain":"{}"}}"#, &expected[..32]));
    }

    #[test]
    fn an_empty_record_has_no_lines_and_no_damage() {
        assert_eq!(check(b""), Ok(Vec::new()));
        assert_eq!(damage(b"\n"), Some((1, Reason::Unsealed)));
    }

    #[test]
    fn a_writer_goes_on_where_the_journal_stopped() {
        let lines = sealed();
        let record = lines[..4].concat();
        let mut writer = check_journal(record.as_bytes()).unwrap().writer();
        assert_eq!(writer.seal(BODIES[4]) + "\n", lines[4]);
        assert_eq!(check_journal(b"").unwrap().writer().seal(BODIES[0]) + "\n", lines[0]);
    }

    #[test]
    fn every_flipped_bit_of_every_byte_is_found_at_its_line() {
        let record = sealed().concat().into_bytes();
        let mut line = 1;
        for place in 0..record.len() {
            for bit in 0..8 {
                let mut flipped = record.clone();
                flipped[place] ^= 1 << bit;
                let (found, reason) = damage(&flipped).expect("a flipped bit is damage");
                assert_eq!(found, line, "byte {place}, bit {bit}");
                let last_newline = place + 1 == record.len();
                assert_eq!(reason == Reason::Torn, last_newline, "byte {place}, bit {bit}: {reason:?}");
            }
            line += usize::from(record[place] == b'\n');
        }
    }

    #[test]
    fn a_cut_at_every_byte_leaves_whole_lines_and_a_torn_one() {
        let record = sealed().concat().into_bytes();
        for length in 0..record.len() {
            let cut = &record[..length];
            let whole = cut.iter().filter(|&&byte| byte == b'\n').count();
            let sound = check_journal(cut).unwrap();
            assert_eq!(sound.lines.len(), whole, "cut at {length}");
            let between_lines = sound.length() == length;
            assert_eq!(sound.torn, (!between_lines).then_some(whole + 1), "cut at {length}");
            let expected = (!between_lines).then_some((whole + 1, Reason::Torn));
            assert_eq!(damage(cut), expected, "cut at {length}");
        }
    }

    #[test]
    fn every_swap_of_two_lines_is_found_at_the_first() {
        for first in 0..BODIES.len() {
            for second in first + 1..BODIES.len() {
                let mut lines = sealed();
                lines.swap(first, second);
                assert_eq!(damage(lines.concat().as_bytes()), Some((first + 1, Reason::Broken)));
            }
        }
    }

    #[test]
    fn a_doubled_line_is_found_at_its_second_copy_and_a_removed_one_at_its_successor() {
        for index in 0..BODIES.len() {
            let mut lines = sealed();
            lines.insert(index, lines[index].clone());
            assert_eq!(damage(lines.concat().as_bytes()), Some((index + 2, Reason::Broken)));
            let mut lines = sealed();
            lines.remove(index);
            // Without its last line the record is a shorter record; its reader misses the `end` line.
            let expected = (index + 1 < BODIES.len()).then_some((index + 1, Reason::Broken));
            assert_eq!(damage(lines.concat().as_bytes()), expected);
        }
    }

    #[test]
    fn a_line_of_another_record_is_found() {
        let mut lines = sealed();
        lines[3] = ChainWriter::new().seal(BODIES[3]) + "\n";
        assert_eq!(damage(lines.concat().as_bytes()), Some((4, Reason::Broken)));
    }

    #[test]
    fn converted_line_ends_and_blank_lines_are_damage() {
        let record = sealed().concat();
        assert_eq!(damage(record.replace('\n', "\r\n").as_bytes()), Some((1, Reason::Unsealed)));
        assert_eq!(damage((record + "\n").as_bytes()), Some((7, Reason::Unsealed)));
    }

    #[test]
    fn damage_is_told_with_its_line() {
        let damage = Damage { line: 3, reason: Reason::Torn };
        assert_eq!(damage.to_string(), "line 3 is cut off before its end");
    }
}
