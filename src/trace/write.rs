//! Writing a record: header, scenario, a line a call, and the end.

use super::call::{Call, CallRecord};
use super::chain::{ChainWriter, Link};
use super::names::NameTable;
use super::record::{
    CallLine, ControlLine, EndLine, FORMAT, Header, Kind, OutcomeLine, Player, RULES, RecordKind,
    ScenarioLine, TableLine, WARNING,
};
use super::table::{Fork, Note, Sealed, Seating, Talk};
use crate::engine::{ControlAct, Counter, Game, Orders, Outcome, Rules};
use crate::scenario::document::SettingValue;
use crate::scenario::{Scenario, Settings};
use crate::vocabulary::{Id, SeatId};
use serde::Serialize;
use std::sync::Arc;

/// The version of this program.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// How a game was set up: what a header says beside the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// The seed.
    pub seed: u64,
    /// The run of that seed.
    pub run: u64,
    /// Settings that differ from the scenario's own values.
    pub settings: Settings,
    /// Who plays which seat, in the order of the seats.
    pub players: Vec<Player>,
}

/// Writes the lines of one record. Lines come without their newline; what becomes of them is the caller's business.
#[derive(Clone, Debug)]
pub struct TraceWriter {
    chain: ChainWriter,
    scenario: Arc<Scenario>,
    names: NameTable,
    n: u32,
    /// The branch that is being written; branches are counted.
    branch: u32,
}

impl TraceWriter {
    /// Begins a record: returns the writer, the header and the scenario line. `engine` is the version of the program
    /// that played the game.
    pub fn begin(
        record: RecordKind,
        scenario: &Arc<Scenario>,
        engine: &str,
        setup: &Setup,
    ) -> (TraceWriter, [String; 2]) {
        let mut writer = TraceWriter {
            chain: ChainWriter::new(),
            scenario: Arc::clone(scenario),
            names: NameTable::new(scenario),
            n: 0,
            branch: 0,
        };
        let header = writer.header(record, engine, setup);
        let text = writer.scenario_line();
        (writer, [header, text])
    }

    /// Goes on after line `n` of a record, which is on that branch.
    pub fn resume(scenario: &Arc<Scenario>, n: u32, branch: u32, last: Link) -> TraceWriter {
        TraceWriter {
            chain: ChainWriter::resume(last),
            scenario: Arc::clone(scenario),
            names: NameTable::new(scenario),
            n,
            branch,
        }
    }

    /// The names that the record uses.
    pub fn names(&self) -> &NameTable {
        &self.names
    }

    /// The branch that is written.
    pub fn branch(&self) -> u32 {
        self.branch
    }

    /// The number of the last line written.
    pub fn n(&self) -> u32 {
        self.n
    }

    fn header(&mut self, record: RecordKind, engine: &str, setup: &Setup) -> String {
        let (n, parent) = self.next();
        self.seal(&Header {
            kind: Kind::Header,
            n,
            branch: 0,
            parent,
            format: FORMAT,
            record,
            warning: WARNING.to_owned(),
            rules: RULES,
            engine: engine.to_owned(),
            scenario: self.scenario.document.name.clone(),
            fingerprint: self.scenario.fingerprint.clone(),
            seed: setup.seed,
            run: setup.run,
            settings: setup.settings.0.iter().map(|(name, value)| setting_text(name, value)).collect(),
            players: setup.players.clone(),
        })
    }

    fn scenario_line(&mut self) -> String {
        let (n, parent) = self.next();
        self.seal(&ScenarioLine {
            kind: Kind::Scenario,
            n,
            branch: 0,
            parent,
            text: self.scenario.text.clone(),
        })
    }

    /// The line of a call: `orders` is what went in, by seat; `record` and `game` are what came out.
    pub fn call(&mut self, call: Call, game: &Game, orders: &[Orders], record: &CallRecord) -> String {
        let (n, parent) = self.next();
        let given = if call == Call::Open { &[] } else { orders };
        let nothing = Orders::default();
        let line = CallLine {
            kind: call.kind(),
            n,
            branch: self.branch,
            parent,
            minute: game.minute(),
            turn: record.turn(),
            orders: given
                .iter()
                .enumerate()
                .filter(|(_, orders)| **orders != nothing)
                .map(|(seat, orders)| (self.names.seat(SeatId::new(seat)), self.names.write(orders)))
                .collect(),
            rolls: record.rolls(),
            facts: record.facts(),
            changes: record.changes(),
            digest: game.digest(),
        };
        seal(&mut self.chain, &line)
    }

    /// The last line of a finished game.
    pub fn end(&mut self, rules: &Rules, outcome: &Outcome) -> String {
        let (n, parent) = self.next();
        let branch = self.branch;
        let line = EndLine { kind: Kind::End, n, branch, parent, outcome: outcome_line(rules, outcome) };
        seal(&mut self.chain, &line)
    }

    /// The line of an act of control: `record` and `game` are what came of it.
    pub fn control(&mut self, act: &ControlAct, game: &Game, record: &CallRecord) -> String {
        let (n, parent) = self.next();
        let line = ControlLine {
            kind: Kind::Control,
            n,
            branch: self.branch,
            parent,
            minute: game.minute(),
            turn: record.turn(),
            act: self.names.write_act(act),
            rolls: record.rolls(),
            facts: record.facts(),
            changes: record.changes(),
            digest: game.digest(),
        };
        seal(&mut self.chain, &line)
    }

    /// The line of a seat that changes hands, or of the people at it.
    pub fn seating(&mut self, seating: &Seating) -> String {
        self.table(Kind::Seat, seating)
    }

    /// The line of sealed orders.
    pub fn sealed(&mut self, seat: SeatId, orders: &Orders) -> String {
        let sealed = Sealed { seat: self.names.seat(seat).to_owned(), orders: self.names.write(orders) };
        self.table(Kind::Sealed, &sealed)
    }

    /// The line of something said.
    pub fn talk(&mut self, talk: &Talk) -> String {
        self.table(Kind::Talk, talk)
    }

    /// The line of a remark.
    pub fn note(&mut self, note: &Note) -> String {
        self.table(Kind::Note, note)
    }

    /// The line of a branch that goes on from line `parent`; all further lines are on it.
    pub fn fork(&mut self, parent: u32, fork: &Fork) -> String {
        let (n, _) = self.next();
        self.branch += 1;
        let branch = self.branch;
        seal(&mut self.chain, &TableLine { kind: Kind::Fork, n, branch, parent, content: fork })
    }

    fn table(&mut self, kind: Kind, content: &impl Serialize) -> String {
        let (n, parent) = self.next();
        seal(&mut self.chain, &TableLine { kind, n, branch: self.branch, parent, content })
    }

    fn next(&mut self) -> (u32, u32) {
        let parent = self.n;
        self.n += 1;
        (self.n, parent)
    }

    fn seal(&mut self, line: &impl Serialize) -> String {
        seal(&mut self.chain, line)
    }
}

fn seal(chain: &mut ChainWriter, line: &impl Serialize) -> String {
    chain.seal(&serde_json::to_string(line).expect("records are plain data"))
}

/// An outcome by authored names.
pub fn outcome_line<'a>(rules: &'a Rules, outcome: &Outcome) -> OutcomeLine<'a> {
    let document = &rules.scenario().document;
    OutcomeLine {
        ending: outcome.ending().map_or("", |ending| document.endings[ending.index()].name.as_str()),
        class: outcome.class_word(),
        course: outcome.course_class(rules).to_string(),
        peak: outcome.peak.0,
        turns: outcome.turns,
        minutes: outcome.minutes,
        deaths: document
            .seats
            .iter()
            .zip(&outcome.deaths)
            .map(|(seat, deaths)| (seat.name.as_str(), *deaths))
            .collect(),
        civilians: outcome.civilians,
        counters: Counter::ALL
            .iter()
            .zip(outcome.counters)
            .map(|(counter, count)| (counter_name(*counter), count))
            .collect(),
        aims: document
            .seats
            .iter()
            .zip(&outcome.aims)
            .filter(|(_, points)| !points.is_empty())
            .map(|(seat, points)| {
                let aims = seat.aims.iter().zip(points).map(|(aim, points)| (aim.name.as_str(), *points));
                (seat.name.as_str(), aims.collect())
            })
            .collect(),
        scores: document
            .seats
            .iter()
            .zip(&outcome.scores)
            .filter(|(seat, _)| seat.plays)
            .map(|(seat, score)| (seat.name.as_str(), *score))
            .collect(),
    }
}

/// A setting as one writes it on the command line.
pub fn setting_text(name: &str, value: &SettingValue) -> String {
    match value {
        // `{:?}` keeps the point of a whole number, so that it is read back as a number.
        SettingValue::Number(number) => format!("{name}={number:?}"),
        SettingValue::Whole(number) => format!("{name}={number}"),
        SettingValue::Flag(flag) => format!("{name}={flag}"),
        SettingValue::Choice(choice) => format!("{name}={choice}"),
    }
}

/// The name of a counter in records and rows: `CallsTried` is `calls_tried`.
pub fn counter_name(counter: Counter) -> String {
    let name = format!("{counter:?}");
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_written_in_lower_case_with_underscores() {
        let names: Vec<String> = Counter::ALL.iter().map(|c| counter_name(*c)).collect();
        assert_eq!(names[0], "kinetic");
        assert_eq!(names[1], "kinetic_caused");
        assert!(names.contains(&"accords_broken".to_owned()));
    }

    #[test]
    fn a_whole_number_setting_and_a_number_setting_are_told_apart() {
        assert_eq!(setting_text("a.b.c", &SettingValue::Number(2.0)), "a.b.c=2.0");
        assert_eq!(setting_text("a.b.c", &SettingValue::Whole(2)), "a.b.c=2");
    }
}
