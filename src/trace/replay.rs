//! Playing a record again: call by call for those who look, line by line for those who check.

use super::call::{Call, CallRecord};
use super::names::NameTable;
use super::read::{RecordedLine, TraceFile, unsealed};
use super::record::{Kind, RecordKind};
use super::write::{Setup, TraceWriter};
use crate::engine::{Game, Orders, Rules, bind};
use crate::scenario::source::Source;
use crate::scenario::{Settings, compile};
use crate::vocabulary::Id;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// Where a replay differs from its record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The first line that differs.
    pub line: usize,
    /// The first field of it that differs, such as `facts.2.fact.Act.by`.
    pub field: String,
    /// What the record says there.
    pub recorded: String,
    /// What playing it again gives.
    pub replayed: String,
}

impl fmt::Display for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Divergence { line, field, recorded, replayed } = self;
        write!(
            f,
            "line {line} differs in `{field}`: the record says {recorded}, playing it again gives {replayed}"
        )
    }
}

impl std::error::Error for Divergence {}

impl TraceFile {
    /// How the game was set up.
    ///
    /// # Errors
    /// In words, if a setting in the header is none.
    pub fn setup(&self) -> Result<Setup, String> {
        let mut settings = Settings::default();
        for text in &self.header.settings {
            settings.push_text(text)?;
        }
        Ok(Setup {
            seed: self.header.seed,
            run: self.header.run,
            settings,
            players: self.header.players.clone(),
        })
    }
}

/// Why a record's game cannot be set up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRebuilt(String);

impl fmt::Display for NotRebuilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotRebuilt {}

/// The rules of a recorded game, from the scenario and the settings that the record itself holds.
///
/// # Errors
/// If this version no longer reads that scenario, or reads something else in it.
pub fn rebuild(file: &TraceFile) -> Result<Arc<Rules>, NotRebuilt> {
    let no_base = |name: &str, _: &Source| {
        Err(format!("a composed scenario has no base, and this one asks for `{name}`"))
    };
    let (scenario, findings) = compile(Source::new("line 2", file.scenario.as_str()), &no_base);
    let Some(scenario) = scenario else {
        return Err(NotRebuilt(format!(
            "this version of offramp does not accept the scenario in line 2:\n{}",
            findings.to_lines()
        )));
    };
    if scenario.fingerprint != file.header.fingerprint {
        return Err(NotRebuilt(format!(
            "the scenario in line 2 has the fingerprint {}, and the header says {}",
            scenario.fingerprint, file.header.fingerprint
        )));
    }
    let setup = file.setup().map_err(NotRebuilt)?;
    bind(&Arc::new(scenario), &setup.settings).map_err(|problems| NotRebuilt(problems.join("; ")))
}

/// A recorded game that is played again.
#[derive(Clone, Debug)]
pub struct Replay<'a> {
    lines: &'a [RecordedLine],
    names: NameTable,
    game: Game,
    orders: Vec<Orders>,
    record: CallRecord,
}

impl<'a> Replay<'a> {
    /// Before the first call. `rules` are those of the record's own scenario and settings.
    pub fn new(file: &'a TraceFile, rules: &Arc<Rules>) -> Self {
        let names = NameTable::new(rules.scenario());
        Replay {
            lines: &file.lines,
            orders: vec![Orders::default(); names.seats()],
            names,
            game: Game::new(Arc::clone(rules), file.header.seed, file.header.run),
            record: CallRecord::default(),
        }
    }

    /// Makes the next recorded call; `None` when the record has no more.
    ///
    /// # Errors
    /// If the game does not wait for that call, or its orders cannot be read.
    pub fn step(&mut self) -> Result<Option<Call>, Divergence> {
        let Some((line, rest)) = self.lines.split_first() else { return Ok(None) };
        let awaited = Call::next(&self.game);
        if line.kind == Kind::End && awaited.is_none() {
            return Ok(None);
        }
        let call = match awaited {
            Some(call) if call.kind() == line.kind => call,
            _ => {
                return Err(Divergence {
                    line: line.number,
                    field: "kind".to_owned(),
                    recorded: line.kind.word().to_owned(),
                    replayed: awaited.map_or(Kind::End, Call::kind).word().to_owned(),
                });
            }
        };
        self.orders.iter_mut().for_each(Orders::clear);
        for (seat, orders) in &line.orders {
            let known = self.names.find_seat(seat).ok_or_else(|| "no such seat".to_owned());
            match known.and_then(|seat| Ok((seat, self.names.read(orders)?))) {
                Ok((seat, orders)) => self.orders[seat.index()] = orders,
                Err(why) => {
                    return Err(Divergence {
                        line: line.number,
                        field: format!("orders.{seat}"),
                        recorded: "orders that cannot be read".to_owned(),
                        replayed: why,
                    });
                }
            }
        }
        self.lines = rest;
        self.record.clear();
        call.make(&mut self.game, &self.orders, &mut self.record);
        Ok(Some(call))
    }

    /// The game after the last call.
    pub fn game(&self) -> &Game {
        &self.game
    }

    /// What the last call told.
    pub fn record(&self) -> &CallRecord {
        &self.record
    }

    /// The orders that went into the last call, by seat.
    pub fn orders(&self) -> &[Orders] {
        &self.orders
    }

    /// The game and its record, to go on from here.
    pub fn into_parts(self) -> (Game, CallRecord) {
        (self.game, self.record)
    }
}

/// What a check has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Every line is as playing it again gives it, up to the end.
    Whole,
    /// So is every line of a journal whose game goes on.
    Unfinished {
        /// The number of a torn last line that was left out.
        torn: Option<usize>,
    },
}

/// Plays a record again and compares every line.
///
/// # Errors
/// The first difference.
pub fn verify(file: &TraceFile, rules: &Arc<Rules>) -> Result<Verified, Divergence> {
    let mut rewrite = Rewrite::begin(file, rules, file.header.record)?;
    let mut number = 0;
    while let Some(line) = rewrite.next_line()? {
        number += 1;
        compare(file, number, &line)?;
    }
    Ok(if file.ended() { Verified::Whole } else { Verified::Unfinished { torn: file.torn } })
}

/// A record's game as a trace: what a journal becomes when it is exported. It is not verified.
///
/// # Errors
/// If it cannot be played again, the first line that is in the way.
pub fn as_trace(file: &TraceFile, rules: &Arc<Rules>) -> Result<Vec<String>, Divergence> {
    let mut rewrite = Rewrite::begin(file, rules, RecordKind::Trace)?;
    let mut lines = Vec::new();
    while let Some(line) = rewrite.next_line()? {
        lines.push(line);
    }
    Ok(lines)
}

/// Plays a record again and writes it anew, line by line.
struct Rewrite<'a> {
    replay: Replay<'a>,
    writer: TraceWriter,
    opening: std::array::IntoIter<String, 2>,
    ended: bool,
}

impl<'a> Rewrite<'a> {
    fn begin(file: &'a TraceFile, rules: &Arc<Rules>, kind: RecordKind) -> Result<Self, Divergence> {
        let setup = file.setup().map_err(|why| Divergence {
            line: 1,
            field: "settings".to_owned(),
            recorded: "a setting that cannot be read".to_owned(),
            replayed: why,
        })?;
        let (writer, opening) = TraceWriter::begin(kind, rules.scenario(), &file.header.engine, &setup);
        Ok(Rewrite { replay: Replay::new(file, rules), writer, opening: opening.into_iter(), ended: false })
    }

    fn next_line(&mut self) -> Result<Option<String>, Divergence> {
        if let Some(line) = self.opening.next() {
            return Ok(Some(line));
        }
        if let Some(call) = self.replay.step()? {
            let Replay { game, orders, record, .. } = &self.replay;
            return Ok(Some(self.writer.call(call, game, orders, record)));
        }
        if self.ended || self.replay.lines.is_empty() {
            return Ok(None);
        }
        self.ended = true;
        Ok(self.replay.game.outcome().map(|outcome| self.writer.end(self.replay.game.rules(), &outcome)))
    }
}

/// Compares a line with what it was written as, leaving out the chain, which was checked before.
fn compare(file: &TraceFile, number: usize, line: &str) -> Result<(), Divergence> {
    let replayed = unsealed(line);
    let recorded = file.body(number).unwrap_or_default();
    if recorded == replayed {
        return Ok(());
    }
    let parse = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    let (field, recorded, replayed) = difference("", &parse(recorded), &parse(&replayed))
        .unwrap_or_else(|| ("spelling".to_owned(), recorded.to_owned(), replayed.clone()));
    Err(Divergence { line: number, field, recorded: clip(&recorded), replayed: clip(&replayed) })
}

/// The first field in which two values differ, and what each holds there.
fn difference(path: &str, a: &Value, b: &Value) -> Option<(String, String, String)> {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let absent = || "nothing".to_owned();
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let extra = b.keys().filter(|key| !a.contains_key(*key));
            a.keys().chain(extra).find_map(|key| match (a.get(key), b.get(key)) {
                (Some(a), Some(b)) => difference(&below(key), a, b),
                (Some(a), None) => Some((below(key), a.to_string(), absent())),
                (None, b) => Some((below(key), absent(), b.map_or_else(absent, Value::to_string))),
            })
        }
        (Value::Array(a), Value::Array(b)) => (0..a.len().max(b.len())).find_map(|index| {
            let key = below(&index.to_string());
            match (a.get(index), b.get(index)) {
                (Some(a), Some(b)) => difference(&key, a, b),
                (a, b) => Some((
                    key,
                    a.map_or_else(absent, Value::to_string),
                    b.map_or_else(absent, Value::to_string),
                )),
            }
        }),
        (a, b) if a == b => None,
        (a, b) => Some((path.to_owned(), a.to_string(), b.to_string())),
    }
}

/// A value as a message shows it: not longer than a line.
fn clip(text: &str) -> String {
    const LONGEST: usize = 120;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_difference(a: &str, b: &str) -> Option<(String, String, String)> {
        difference("", &serde_json::from_str(a).unwrap(), &serde_json::from_str(b).unwrap())
    }

    #[test]
    fn the_first_differing_field_is_named_with_its_path() {
        let told = |field: &str, a: &str, b: &str| Some((field.to_owned(), a.to_owned(), b.to_owned()));
        assert_eq!(first_difference(r#"{"a":[1,{"b":2}]}"#, r#"{"a":[1,{"b":3}]}"#), told("a.1.b", "2", "3"));
        assert_eq!(first_difference(r#"{"a":[1]}"#, r#"{"a":[1,2]}"#), told("a.1", "nothing", "2"));
        assert_eq!(first_difference(r#"{"a":1}"#, r#"{"a":1,"b":true}"#), told("b", "nothing", "true"));
        assert_eq!(first_difference(r#"{"a":1}"#, r#"{"a":1}"#), None);
    }
}
