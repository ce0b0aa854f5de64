//! Reading a record: is it one, is it of a format that is read here, and is it whole?

use super::chain::{self, Damage, Link, Reason};
use super::names::NamedOrders;
use super::record::{FORMAT, Header, Kind, RULES, RecordKind, ScenarioLine};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// A record that has been read: chain checked, header and scenario taken out.
#[derive(Clone, Debug)]
pub struct TraceFile {
    /// The first line.
    pub header: Header,
    /// The composed scenario.
    pub scenario: String,
    /// The calls and the end, in order.
    pub lines: Vec<RecordedLine>,
    /// The number of a torn last line that was left out; journals only.
    pub torn: Option<usize>,
    /// The length in bytes of the whole lines: what a torn journal is cut to.
    pub length: usize,
    /// The chain value of the last whole line.
    pub last: Link,
    /// The bodies of all lines, without their chain.
    bodies: Vec<String>,
}

/// A line that replay needs: a call, or the end.
#[derive(Clone, Debug)]
pub struct RecordedLine {
    /// The line's number.
    pub number: usize,
    /// What it is.
    pub kind: Kind,
    /// The orders that went in, by seat name.
    pub orders: BTreeMap<String, NamedOrders>,
}

/// Why a record cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// It is no record at all.
    NotARecord,
    /// A line is damaged.
    Damaged(Damage),
    /// A line is sealed but does not say what it should.
    Malformed {
        /// The line's number.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// It stops before its end, after this many lines.
    Unfinished {
        /// How many lines there are.
        lines: usize,
    },
    /// It is a sound record of something that this version does not read.
    Foreign(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NotARecord => write!(f, "this is not a trace or journal of offramp"),
            ReadError::Damaged(damage) => write!(f, "{damage}"),
            ReadError::Malformed { line, why } => write!(f, "line {line} is not what a record holds: {why}"),
            ReadError::Unfinished { lines } => {
                write!(f, "line {} is missing: a trace ends with a line of kind `end`", lines + 1)
            }
            ReadError::Foreign(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for ReadError {}

/// What every line has.
#[derive(Deserialize)]
struct Place {
    kind: Kind,
    n: u32,
    branch: u32,
    parent: u32,
}

/// What replay needs of a call's line; the rest is compared, not parsed.
#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    orders: BTreeMap<String, NamedOrders>,
}

/// The first field of every record.
const OPENING: &[u8] = br#"{"kind":"header""#;

impl TraceFile {
    /// Reads a record.
    ///
    /// # Errors
    /// What is wrong with it, with the first line concerned.
    pub fn read(bytes: &[u8]) -> Result<TraceFile, ReadError> {
        if !looks_like_a_record(bytes) {
            return Err(ReadError::NotARecord);
        }
        let sound = chain::check_journal(bytes).map_err(ReadError::Damaged)?;
        let missing = |line| ReadError::Damaged(Damage { line, reason: Reason::Torn });
        let bodies: Vec<String> = sound.lines.iter().map(|line| unsealed(line.text)).collect();
        let first = bodies.first().ok_or_else(|| missing(1))?;
        refuse_foreign(first)?;
        let header: Header = parse(1, first)?;
        if let (RecordKind::Trace, Some(line)) = (header.record, sound.torn) {
            return Err(missing(line));
        }
        let second = bodies.get(1).ok_or(ReadError::Unfinished { lines: 1 })?;
        let scenario: ScenarioLine = parse(2, second)?;
        let lines = calls(&bodies)?;
        let ended = lines.last().is_some_and(|line| line.kind == Kind::End);
        if header.record == RecordKind::Trace && !ended {
            return Err(ReadError::Unfinished { lines: bodies.len() });
        }
        Ok(TraceFile {
            header,
            scenario: scenario.text,
            lines,
            torn: sound.torn,
            length: sound.length(),
            last: sound.writer().last(),
            bodies,
        })
    }

    /// Whether the game was played to its end.
    pub fn ended(&self) -> bool {
        self.lines.last().is_some_and(|line| line.kind == Kind::End)
    }

    /// A line without its chain field, by its number from 1.
    pub fn body(&self, number: usize) -> Option<&str> {
        self.bodies.get(number.checked_sub(1)?).map(String::as_str)
    }

    /// How many whole lines there are.
    pub fn line_count(&self) -> usize {
        self.bodies.len()
    }
}

/// Whether this was meant to be a record, however damaged: otherwise the wrong file was named.
fn looks_like_a_record(bytes: &[u8]) -> bool {
    let opens = bytes.starts_with(OPENING) || OPENING.starts_with(bytes);
    opens || bytes.windows(9).any(|window| window == br#""chain":""#)
}

/// A sealed line without its chain field.
pub(super) fn unsealed(line: &str) -> String {
    let cut = line.rfind(r#","chain":""#).unwrap_or(line.len());
    format!("{}}}", &line[..cut])
}

/// Refuses a sound header of another format or of other rules.
fn refuse_foreign(header: &str) -> Result<(), ReadError> {
    let value: serde_json::Value = parse(1, header)?;
    if value["format"] != FORMAT {
        return Err(ReadError::Foreign(format!(
            "this record has format {}, and this version of offramp reads format {FORMAT}",
            value["format"]
        )));
    }
    if value["rules"] != RULES {
        return Err(ReadError::Foreign(format!(
            "this record was played by version {} of the rules, and this version of offramp plays by version {RULES}",
            value["rules"]
        )));
    }
    Ok(())
}

fn calls(bodies: &[String]) -> Result<Vec<RecordedLine>, ReadError> {
    let mut lines = Vec::with_capacity(bodies.len());
    for (index, body) in bodies.iter().enumerate() {
        let number = index + 1;
        let place: Place = parse(number, body)?;
        let malformed = |why: String| ReadError::Malformed { line: number, why };
        if place.n as usize != number || place.parent as usize != index || place.branch != 0 {
            return Err(malformed(format!(
                "it says that it is line {} of branch {} after line {}",
                place.n, place.branch, place.parent
            )));
        }
        match (number, place.kind) {
            (1, Kind::Header) | (2, Kind::Scenario) => {}
            (3.., Kind::Open | Kind::Contact | Kind::Close) => {
                let Given { orders } = parse(number, body)?;
                lines.push(RecordedLine { number, kind: place.kind, orders });
            }
            (3.., Kind::End) if number == bodies.len() => {
                lines.push(RecordedLine { number, kind: Kind::End, orders: BTreeMap::new() });
            }
            (3.., Kind::Control | Kind::Seat | Kind::Talk | Kind::Note | Kind::Fork) => {
                return Err(ReadError::Foreign(format!(
                    "line {number} is of kind `{}`, which this version of offramp cannot replay",
                    place.kind.word()
                )));
            }
            (_, kind) => {
                return Err(malformed(format!("a line of kind `{}` does not belong here", kind.word())));
            }
        }
    }
    Ok(lines)
}

fn parse<T: for<'de> Deserialize<'de>>(line: usize, body: &str) -> Result<T, ReadError> {
    serde_json::from_str(body).map_err(|error| ReadError::Malformed { line, why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::super::chain::ChainWriter;
    use super::*;

    fn record(bodies: &[&str]) -> Vec<u8> {
        let mut writer = ChainWriter::new();
        bodies.iter().map(|body| writer.seal(body) + "\n").collect::<String>().into_bytes()
    }

    const HEADER: &str = r#"{"kind":"header","n":1,"branch":0,"parent":0,"format":1,"record":"RECORD","warning":"","rules":1,"engine":"0.1.0","scenario":"s","fingerprint":"f","seed":1,"run":0,"settings":[],"players":[]}"#;
    const SCENARIO: &str = r#"{"kind":"scenario","n":2,"branch":0,"parent":1,"text":"()"}"#;
    const OPEN: &str = r#"{"kind":"open","n":3,"branch":0,"parent":2}"#;
    const END: &str = r#"{"kind":"end","n":4,"branch":0,"parent":3}"#;

    fn error(bytes: &[u8]) -> String {
        TraceFile::read(bytes).unwrap_err().to_string()
    }

    #[test]
    fn a_trace_must_have_its_end_and_a_journal_need_not() {
        let trace = HEADER.replace("RECORD", "trace");
        let journal = HEADER.replace("RECORD", "journal");
        assert!(TraceFile::read(&record(&[&trace, SCENARIO, OPEN, END])).unwrap().ended());
        assert_eq!(
            error(&record(&[&trace, SCENARIO, OPEN])),
            "line 4 is missing: a trace ends with a line of kind `end`"
        );
        assert!(!TraceFile::read(&record(&[&journal, SCENARIO, OPEN])).unwrap().ended());
    }

    #[test]
    fn a_torn_last_line_is_damage_in_a_trace_and_left_out_of_a_journal() {
        let whole = [SCENARIO, OPEN];
        let read = |kind: &str| {
            let header = HEADER.replace("RECORD", kind);
            let mut bytes = record(&[&header, whole[0], whole[1], END]);
            bytes.truncate(bytes.len() - 5);
            TraceFile::read(&bytes)
        };
        assert_eq!(read("trace").unwrap_err().to_string(), "line 4 is cut off before its end");
        let journal = read("journal").unwrap();
        assert_eq!((journal.torn, journal.line_count(), journal.ended()), (Some(4), 3, false));
    }

    #[test]
    fn another_format_is_refused_by_name_and_another_file_is_no_record() {
        let newer = HEADER.replace("RECORD", "trace").replace(r#""format":1"#, r#""format":2"#);
        assert_eq!(
            error(&record(&[&newer])),
            "this record has format 2, and this version of offramp reads format 1"
        );
        let rules = HEADER.replace("RECORD", "trace").replace(r#""rules":1"#, r#""rules":9"#);
        assert!(matches!(TraceFile::read(&record(&[&rules])), Err(ReadError::Foreign(_))));
        assert_eq!(TraceFile::read(b"(format: 1)").unwrap_err(), ReadError::NotARecord);
        assert_eq!(error(b""), "line 1 is cut off before its end");
    }

    #[test]
    fn lines_out_of_place_are_named() {
        let trace = HEADER.replace("RECORD", "trace");
        assert_eq!(
            error(&record(&[&trace, SCENARIO, END])),
            "line 3 is not what a record holds: it says that it is line 4 of branch 0 after line 3"
        );
        let note = r#"{"kind":"note","n":3,"branch":0,"parent":2}"#;
        assert_eq!(
            error(&record(&[&trace, SCENARIO, note])),
            "line 3 is of kind `note`, which this version of offramp cannot replay"
        );
    }
}
