//! Playing a record again: call by call for those who look, line by line for those who check.

use super::call::{Call, CallRecord};
use super::names::{NameTable, NamedOrders};
use super::read::{Content, RecordedLine, TraceFile, unsealed};
use super::record::{Kind, RecordKind};
use super::table::{Fork, Note, Sealed, Seating, Talk};
use super::write::{Setup, TraceWriter};
use crate::engine::{ControlAct, Game, Orders, Rules, bind};
use crate::scenario::source::Source;
use crate::scenario::{Settings, compile};
use crate::vocabulary::Id;
use serde_json::Value;
use std::collections::BTreeMap;
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

/// What a line of a record did.
#[derive(Clone, Debug)]
pub enum Entry<'a> {
    /// A call of the engine.
    Call(Call),
    /// An act of control.
    Control(Box<ControlAct>),
    /// A seat changed hands, or people sat down.
    Seat(&'a Seating),
    /// A seat sealed its orders.
    Sealed(&'a Sealed),
    /// Something was said.
    Talk(&'a Talk),
    /// A remark.
    Note(&'a Note),
    /// The game goes on from an earlier turn.
    Fork(&'a Fork),
    /// The game was over.
    End,
}

/// A recorded game that is played again: the one path through the record that led to where the game stands.
#[derive(Clone, Debug)]
pub struct Replay<'a> {
    lines: std::vec::IntoIter<&'a RecordedLine>,
    player: Player,
    number: usize,
}

impl<'a> Replay<'a> {
    /// Before the first call. `rules` are those of the record's own scenario and settings.
    pub fn new(file: &'a TraceFile, rules: &Arc<Rules>) -> Self {
        Replay { lines: file.path().into_iter(), player: Player::new(file, rules), number: 2 }
    }

    /// Plays on up to the next recorded call and makes it; `None` when the record has no more. What control did
    /// before it is done as well; [`Replay::entry`] tells of it.
    ///
    /// # Errors
    /// If the game does not wait for that call, or what went in cannot be read.
    pub fn step(&mut self) -> Result<Option<Call>, Divergence> {
        while let Some(entry) = self.entry()? {
            if let Entry::Call(call) = entry {
                return Ok(Some(call));
            }
        }
        Ok(None)
    }

    /// Plays the next line; `None` when the record has no more.
    ///
    /// # Errors
    /// As [`Replay::step`].
    pub fn entry(&mut self) -> Result<Option<Entry<'a>>, Divergence> {
        let Some(line) = self.lines.next() else { return Ok(None) };
        self.number = line.number;
        self.player.play(line).map(Some)
    }

    /// The number of the line that was played last.
    pub fn line(&self) -> usize {
        self.number
    }

    /// The game after the last line.
    pub fn game(&self) -> &Game {
        &self.player.game
    }

    /// What the last call or act of control told.
    pub fn record(&self) -> &CallRecord {
        &self.player.record
    }

    /// The orders that went into the last call, by seat.
    pub fn orders(&self) -> &[Orders] {
        &self.player.orders
    }

    /// The names that the record uses.
    pub fn names(&self) -> &NameTable {
        &self.player.names
    }

    /// The game and its record, to go on from here.
    pub fn into_parts(self) -> (Game, CallRecord) {
        (self.player.game, self.player.record)
    }
}

/// Plays lines, whichever it is given next.
#[derive(Clone, Debug)]
struct Player {
    names: NameTable,
    game: Game,
    orders: Vec<Orders>,
    record: CallRecord,
}

impl Player {
    fn new(file: &TraceFile, rules: &Arc<Rules>) -> Self {
        let names = NameTable::new(rules.scenario());
        Player {
            orders: vec![Orders::default(); names.seats()],
            names,
            game: Game::new(Arc::clone(rules), file.header.seed, file.header.run),
            record: CallRecord::default(),
        }
    }

    fn play<'a>(&mut self, line: &'a RecordedLine) -> Result<Entry<'a>, Divergence> {
        Ok(match &line.content {
            Content::Call(orders) => Entry::Call(self.call(line, orders)?),
            Content::Control(act) => {
                let unread = |why| unreadable(line, "act", "an act that cannot be read", why);
                let act = self.names.read_act(act).map_err(unread)?;
                self.game.check_control(&act).map_err(|why| unread(why.to_string()))?;
                self.record.clear();
                self.game.control(&act, &mut self.record);
                Entry::Control(Box::new(act))
            }
            Content::Seat(seating) => Entry::Seat(seating),
            Content::Sealed(sealed) => Entry::Sealed(sealed),
            Content::Talk(talk) => Entry::Talk(talk),
            Content::Note(note) => Entry::Note(note),
            Content::Fork(fork) => {
                self.game = self.game.fork(fork.salt);
                Entry::Fork(fork)
            }
            Content::End if Call::next(&self.game).is_none() => Entry::End,
            Content::End => return Err(self.out_of_turn(line)),
        })
    }

    fn call(
        &mut self,
        line: &RecordedLine,
        given: &BTreeMap<String, NamedOrders>,
    ) -> Result<Call, Divergence> {
        let call = Call::next(&self.game).filter(|call| call.kind() == line.kind);
        let call = call.ok_or_else(|| self.out_of_turn(line))?;
        self.orders.iter_mut().for_each(Orders::clear);
        for (seat, orders) in given {
            let known = self.names.find_seat(seat).ok_or_else(|| "no such seat".to_owned());
            let (seat, orders) =
                known.and_then(|seat| Ok((seat, self.names.read(orders)?))).map_err(|why| {
                    unreadable(line, &format!("orders.{seat}"), "orders that cannot be read", why)
                })?;
            self.orders[seat.index()] = orders;
        }
        self.record.clear();
        call.make(&mut self.game, &self.orders, &mut self.record);
        Ok(call)
    }

    /// The game waits for something else.
    fn out_of_turn(&self, line: &RecordedLine) -> Divergence {
        Divergence {
            line: line.number,
            field: "kind".to_owned(),
            recorded: line.kind.word().to_owned(),
            replayed: Call::next(&self.game).map_or(Kind::End, Call::kind).word().to_owned(),
        }
    }
}

fn unreadable(line: &RecordedLine, field: &str, what: &str, why: String) -> Divergence {
    Divergence { line: line.number, field: field.to_owned(), recorded: what.to_owned(), replayed: why }
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

/// Plays a record again and writes it anew, line by line: every branch, in the order in which it was played.
struct Rewrite<'a> {
    lines: std::slice::Iter<'a, RecordedLine>,
    player: Player,
    writer: TraceWriter,
    opening: std::array::IntoIter<String, 2>,
    /// The game after each line from which a branch goes on.
    kept: BTreeMap<usize, Option<(Game, CallRecord)>>,
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
        let forks = file.lines.iter().filter(|line| line.kind == Kind::Fork);
        Ok(Rewrite {
            lines: file.lines.iter(),
            player: Player::new(file, rules),
            writer,
            opening: opening.into_iter(),
            kept: forks.map(|line| (line.parent, None)).collect(),
        })
    }

    fn next_line(&mut self) -> Result<Option<String>, Divergence> {
        if let Some(line) = self.opening.next() {
            return Ok(Some(line));
        }
        let Some(line) = self.lines.next() else { return Ok(None) };
        let Rewrite { player, writer, kept, .. } = self;
        if let (Kind::Fork, Some(Some((game, record)))) = (line.kind, kept.get(&line.parent)) {
            (player.game, player.record) = (game.clone(), record.clone());
        }
        let entry = player.play(line)?;
        let Player { names, game, orders, record } = &*player;
        let written = match entry {
            Entry::Call(call) => writer.call(call, game, orders, record),
            Entry::Control(act) => writer.control(&act, game, record),
            Entry::Seat(seating) => writer.seating(seating),
            Entry::Sealed(sealed) => {
                let known = names.find_seat(&sealed.seat).ok_or_else(|| "no such seat".to_owned());
                let (seat, orders) = known
                    .and_then(|seat| Ok((seat, names.read(&sealed.orders)?)))
                    .map_err(|why| unreadable(line, "orders", "orders that cannot be read", why))?;
                writer.sealed(seat, &orders)
            }
            Entry::Talk(talk) => writer.talk(&heard(talk, names, game, record)),
            Entry::Note(note) => {
                writer.note(&Note { minute: game.minute(), turn: record.turn(), ..note.clone() })
            }
            Entry::Fork(fork) => {
                let parent = u32::try_from(line.parent).unwrap_or(u32::MAX);
                writer.fork(parent, &Fork { turn: record.turn(), ..fork.clone() })
            }
            Entry::End => {
                let outcome = game.outcome().ok_or_else(|| player.out_of_turn(line))?;
                writer.end(game.rules(), &outcome)
            }
        };
        if let Some(kept) = kept.get_mut(&line.number) {
            *kept = Some((player.game.clone(), player.record.clone()));
        }
        Ok(Some(written))
    }
}

/// What was said, delivered as the channel allows in the game as it stands.
fn heard(talk: &Talk, names: &NameTable, game: &Game, record: &CallRecord) -> Talk {
    let carries = |name: &String| names.find_channel(name).is_some_and(|channel| game.carries(channel));
    let delivered = talk.over.as_ref().is_none_or(carries);
    Talk { minute: game.minute(), turn: record.turn(), delivered, ..talk.clone() }
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
