//! Reading a record: is it one, is it of a format that is read here, and is it whole?

use super::chain::{self, Damage, Link, Reason};
use super::names::{NamedAct, NamedOrders};
use super::record::{FORMAT, Header, Kind, RULES, RecordKind, ScenarioLine};
use super::table::{Fork, Note, Sealed, Seating, Talk};
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
    /// Everything after the scenario, in the order in which it was written.
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

/// A line after the scenario.
#[derive(Clone, Debug)]
pub struct RecordedLine {
    /// The line's number.
    pub number: usize,
    /// Its branch.
    pub branch: u32,
    /// The number of the line that it follows.
    pub parent: usize,
    /// What it is.
    pub kind: Kind,
    /// What replay needs of it; the rest is compared, not parsed.
    pub content: Content,
}

/// What replay needs of a line.
#[derive(Clone, Debug)]
pub enum Content {
    /// Of a call: the orders that went in, by seat name.
    Call(BTreeMap<String, NamedOrders>),
    /// What control did.
    Control(NamedAct),
    /// Who plays a seat.
    Seat(Seating),
    /// What a seat sealed.
    Sealed(Sealed),
    /// What was said.
    Talk(Talk),
    /// A remark.
    Note(Note),
    /// Where the game goes on.
    Fork(Fork),
    /// Nothing more.
    End,
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

/// What replay needs of a call's line.
#[derive(Deserialize)]
struct Given {
    #[serde(default)]
    orders: BTreeMap<String, NamedOrders>,
}

/// What replay needs of the line of an act of control.
#[derive(Deserialize)]
struct Done {
    act: NamedAct,
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
        let lines = after_the_scenario(&bodies)?;
        if header.record == RecordKind::Trace && !has_ended(&lines) {
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

    /// Whether the game was played to its end, and not taken back from there.
    pub fn ended(&self) -> bool {
        has_ended(&self.lines)
    }

    /// The lines that led to where the game stands: without what control took back.
    pub fn path(&self) -> Vec<&RecordedLine> {
        let mut path = Vec::with_capacity(self.lines.len());
        let mut next = self.lines.last();
        while let Some(line) = next {
            path.push(line);
            // The first two lines of a record are not among `lines`.
            next = line.parent.checked_sub(3).and_then(|at| self.lines.get(at));
        }
        path.reverse();
        path
    }

    /// The branch of the last line.
    pub fn branch(&self) -> u32 {
        self.lines.last().map_or(0, |line| line.branch)
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

/// Whether nothing but remarks follows an end.
fn has_ended(lines: &[RecordedLine]) -> bool {
    let said = |line: &&RecordedLine| matches!(line.kind, Kind::Talk | Kind::Note);
    lines.iter().rev().find(|line| !said(line)).is_some_and(|line| line.kind == Kind::End)
}

fn after_the_scenario(bodies: &[String]) -> Result<Vec<RecordedLine>, ReadError> {
    let mut lines: Vec<RecordedLine> = Vec::with_capacity(bodies.len());
    for (index, body) in bodies.iter().enumerate() {
        let number = index + 1;
        let place: Place = parse(number, body)?;
        let parent = place.parent as usize;
        let malformed = |why: String| ReadError::Malformed { line: number, why };
        let branch = lines.last().map_or(0, |line| line.branch);
        let forks = place.kind == Kind::Fork;
        let fits = if forks { place.branch == branch + 1 } else { parent == index && place.branch == branch };
        if place.n as usize != number || !fits {
            return Err(malformed(format!(
                "it says that it is line {} of branch {} after line {parent}",
                place.n, place.branch
            )));
        }
        if forks {
            let to = parent.checked_sub(3).and_then(|at| lines.get(at));
            if to.is_none_or(|line| line.kind != Kind::Open) {
                return Err(malformed(format!("it goes on from line {parent}, where no turn opens")));
            }
        }
        let after_end = has_ended(&lines);
        let content = match (number, place.kind) {
            (1, Kind::Header) | (2, Kind::Scenario) => continue,
            (3.., Kind::Talk) => Content::Talk(parse(number, body)?),
            (3.., Kind::Note) => Content::Note(parse(number, body)?),
            (3.., Kind::Fork) => Content::Fork(parse(number, body)?),
            (3.., Kind::Open | Kind::Contact | Kind::Close) if !after_end => {
                Content::Call(parse::<Given>(number, body)?.orders)
            }
            (3.., Kind::Control) if !after_end => Content::Control(parse::<Done>(number, body)?.act),
            (3.., Kind::Seat) if !after_end => Content::Seat(parse(number, body)?),
            (3.., Kind::Sealed) if !after_end => Content::Sealed(parse(number, body)?),
            (3.., Kind::End) if !after_end => Content::End,
            (_, kind) => {
                return Err(malformed(format!("a line of kind `{}` does not belong here", kind.word())));
            }
        };
        lines.push(RecordedLine { number, branch: place.branch, parent, kind: place.kind, content });
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

    const HEADER: &str = r#"{"kind":"header","n":1,"branch":0,"parent":0,"format":1,"record":"RECORD","warning":"","rules":2,"engine":"0.1.0","scenario":"s","fingerprint":"f","seed":1,"run":0,"settings":[],"players":[]}"#;
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
        let rules = HEADER.replace("RECORD", "trace").replace(r#""rules":2"#, r#""rules":9"#);
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
        let fork = r#"{"kind":"fork","n":4,"branch":1,"parent":2,"turn":0,"salt":0,"why":""}"#;
        assert_eq!(
            error(&record(&[&trace, SCENARIO, OPEN, fork])),
            "line 4 is not what a record holds: it goes on from line 2, where no turn opens"
        );
        let late = r#"{"kind":"close","n":5,"branch":0,"parent":4}"#;
        assert_eq!(
            error(&record(&[&trace, SCENARIO, OPEN, END, late])),
            "line 5 is not what a record holds: a line of kind `close` does not belong here"
        );
    }

    #[test]
    fn what_was_taken_back_is_kept_and_is_not_on_the_path() {
        let journal = HEADER.replace("RECORD", "journal");
        let fork = r#"{"kind":"fork","n":5,"branch":1,"parent":3,"turn":0,"salt":0,"why":"again"}"#;
        let contact = r#"{"kind":"contact","n":6,"branch":1,"parent":5}"#;
        let read = TraceFile::read(&record(&[&journal, SCENARIO, OPEN, END, fork, contact])).unwrap();
        assert_eq!((read.lines.len(), read.branch(), read.ended()), (4, 1, false));
        let path: Vec<usize> = read.path().iter().map(|line| line.number).collect();
        assert_eq!(path, [3, 5, 6]);
    }
}
