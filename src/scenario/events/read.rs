//! Reading the list: rows as injects, with everything that is wrong with them.

use super::table::{Cell, Reading, Row};
use super::{Column, read_span};
use crate::scenario::Scenario;
use crate::scenario::check::{Finding, Log};
use crate::scenario::diagnostics::{Code, Diagnostic, Diagnostics, nearest, quote};
use crate::scenario::locate::Trail;
use crate::scenario::parse::{LONGEST_TEXT, parse};
use crate::scenario::section::{InjectDoc, Schedule, Visibility};
use crate::scenario::source::Source;
use crate::scenario::whole::{across, whole};
use crate::vocabulary::{ActionId, Date, Duration, Ref, SeatId};
use serde::de::DeserializeOwned;

/// Reads a list of injects that is to take the place of a scenario's own. Everything wrong with it is in the
/// diagnostics; the injects are there only if none of it is an error. Columns may stand in any order; those that the
/// list does not know are passed over with a warning, and so are rows without anything in them.
pub fn read(source: Source, onto: &Scenario) -> (Option<Vec<InjectDoc>>, Diagnostics) {
    let name = source.name.clone();
    let text = source.text.clone();
    let mut diagnostics = Diagnostics::new();
    let file = diagnostics.add_source(source);
    let start = Date::read(&onto.document.start);
    let mut reading = Reading { file, name, start, diagnostics };
    let mut list = List::default();
    for row in reading.rows(&text) {
        match reading.inject(&row) {
            Some(inject) => {
                list.injects.push(inject);
                list.rows.push(row);
            }
            None => list.unread.extend(row.get(Column::Name).map(|cell| cell.text.clone())),
        }
    }
    reading.check(onto, &mut list);
    let sound = !reading.diagnostics.has_errors();
    (sound.then_some(list.injects), reading.diagnostics)
}

/// What was read so far.
#[derive(Default)]
struct List {
    injects: Vec<InjectDoc>,
    /// The row of each inject.
    rows: Vec<Row>,
    /// The names of rows that could not be read: others may refer to them.
    unread: Vec<String>,
}

impl Reading {
    /// A row as an inject; what is wrong with it is told, all of it.
    fn inject(&mut self, row: &Row) -> Option<InjectDoc> {
        let name = self.needed(row, Column::Name);
        let label = self.prose(row, Column::Label);
        let text = self.prose(row, Column::Text);
        let source = self.prose(row, Column::Source);
        let when = self.schedule(row);
        let wakes = self.choice(row, Column::Wakes, &[("no", false), ("yes", true)], false);
        let act = self.act(row);
        let effects = row.get(Column::Effects).map_or(Some(Vec::new()), |cell| self.worded(cell));
        Some(InjectDoc {
            name: name?,
            label: label?,
            text: text?,
            when: when?,
            seen_by: seen_by(row),
            wakes: wakes?,
            act,
            effects: effects?,
            source: source?,
        })
    }

    fn needed(&mut self, row: &Row, column: Column) -> Option<String> {
        let cell = row.get(column);
        if cell.is_none() {
            let message = format!("the row has no {}", quote(column.head()));
            let expected = format!("something under `{}`", column.head());
            self.refuse(&row.first.clone(), Code::MissingField, message, &expected);
        }
        cell.map(|cell| cell.text.clone())
    }

    /// A text for readers: it may be empty.
    fn prose(&mut self, row: &Row, column: Column) -> Option<String> {
        let Some(cell) = row.get(column) else { return Some(String::new()) };
        let length = cell.text.chars().count();
        if length > LONGEST_TEXT {
            let message = format!("this text has {length} characters");
            self.refuse(cell, Code::LongText, message, &format!("at most {LONGEST_TEXT} characters"));
            return None;
        }
        Some(cell.text.clone())
    }

    /// One of some words; `usual` for an empty cell.
    fn choice<T: Copy>(&mut self, row: &Row, column: Column, words: &[(&str, T)], usual: T) -> Option<T> {
        let Some(cell) = row.get(column) else { return Some(usual) };
        let written = cell.text.to_lowercase();
        let found = words.iter().find(|(word, _)| *word == written).map(|(_, value)| *value);
        if found.is_none() {
            let known = || words.iter().map(|(word, _)| *word);
            let message = format!("{} cannot stand under `{}`", quote(&cell.text), column.head());
            let expected = known().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
            let error = Diagnostic::error(Code::UnknownVariant, cell.file, message).at(cell.span);
            self.diagnostics.push(error.expected(expected).nearest(nearest(&written, known())));
        }
        found
    }

    /// A value in the words of the format.
    fn worded<T: DeserializeOwned + Send>(&mut self, cell: &Cell) -> Option<T> {
        parse(cell.file, &mut self.diagnostics)
    }

    fn schedule(&mut self, row: &Row) -> Option<Schedule> {
        self.needed(row, Column::When)?;
        let kinds = [("at", Kind::At), ("once", Kind::Once), ("on call", Kind::OnCall)];
        match self.choice(row, Column::When, &kinds, Kind::OnCall)? {
            Kind::OnCall => {
                let clean =
                    self.nothing_in(row, &[Column::Date, Column::After, Column::Condition], "on call");
                clean.then_some(Schedule::OnCall)
            }
            Kind::At => {
                let clean = self.nothing_in(row, &[Column::Condition], "at");
                self.time(row).filter(|_| clean).map(Schedule::At)
            }
            Kind::Once => {
                let time = self.time(row);
                let condition = match row.get(Column::Condition) {
                    Some(cell) => self.worded(cell),
                    None => {
                        self.lacks(row, "`once` has no condition", "something under `condition`");
                        None
                    }
                };
                time.zip(condition).map(|(time, condition)| Schedule::Once(time, condition))
            }
        }
    }

    /// Refuses a row for what its kind of time needs.
    fn lacks(&mut self, row: &Row, message: &str, expected: &str) {
        let cell = row.get(Column::When).unwrap_or(&row.first).clone();
        self.refuse(&cell, Code::MissingField, message.to_owned(), expected);
    }

    /// Refuses what would count for nothing.
    fn nothing_in(&mut self, row: &Row, columns: &[Column], kind: &str) -> bool {
        let mut clean = true;
        for column in columns {
            if let Some(cell) = row.get(*column) {
                let message =
                    format!("`{}` says something although the inject comes `{kind}`", column.head());
                self.refuse(cell, Code::Unsound, message, "an empty cell, or another word under `when`");
                clean = false;
            }
        }
        clean
    }

    /// The time since the start, by either column or by both if they agree.
    fn time(&mut self, row: &Row) -> Option<Duration> {
        let after = row.get(Column::After).map(|cell| (cell, read_span(&cell.text)));
        let date = row.get(Column::Date).map(|cell| (cell, Date::read(&cell.text)));
        if let Some((cell, None)) = &after {
            let message = format!("{} is no span of time", quote(&cell.text));
            self.refuse(
                cell,
                Code::BadValue,
                message,
                "such as `90 minutes`, `3 hours`, `2 days` or `1 quarter`",
            );
        }
        if let Some((cell, None)) = &date {
            let message = format!("{} is no date with a time", quote(&cell.text));
            self.refuse(cell, Code::BadValue, message, "such as `2015-08-04 07:35`, or an empty cell");
        }
        match (after, date) {
            (Some((_, after)), None) => after,
            (None, Some((cell, date))) => self.counted(cell, date?),
            (Some((_, after)), Some((cell, date))) => {
                let (after, date) = (after?, date?);
                let told = self.start.map(|start| start.after(after.minutes()));
                if told.is_some_and(|told| told != date) {
                    let message = format!("{} is not the date that `after` comes to", quote(&cell.text));
                    let told = told
                        .map_or_else(String::new, |told| format!("`{told}`, or one of the two cells empty"));
                    self.refuse(cell, Code::Unsound, message, &told);
                    return None;
                }
                Some(after)
            }
            (None, None) => {
                self.lacks(row, "the row has no time", "a time under `after` or `date`");
                None
            }
        }
    }

    /// A date as a span from the scenario's start.
    fn counted(&mut self, cell: &Cell, date: Date) -> Option<Duration> {
        let since = self.start.map(|start| date.since(start));
        let minutes = since.and_then(|minutes| i32::try_from(minutes).ok()).filter(|minutes| *minutes >= 0);
        if minutes.is_none() {
            let message = format!("{} cannot be counted from the scenario's start", quote(&cell.text));
            let start = self.start.map_or_else(
                || "a time under `after`: the scenario has no date".to_owned(),
                |start| format!("a time at or after `{start}`"),
            );
            self.refuse(cell, Code::OutOfRange, message, &start);
        }
        minutes.map(Duration::Minutes)
    }

    /// The act that a row is; refused if only half of it is told.
    fn act(&mut self, row: &Row) -> Option<(Ref<SeatId>, Ref<ActionId>)> {
        match (row.get(Column::Seat), row.get(Column::Action)) {
            (None, None) => None,
            (Some(seat), Some(action)) => Some((Ref::named(&*seat.text), Ref::named(&*action.text))),
            (Some(cell), None) | (None, Some(cell)) => {
                let message = "an act needs both a seat and an action".to_owned();
                self.refuse(cell, Code::MissingField, message, "both cells, or neither");
                None
            }
        }
    }

    /// Checks the list in the place of the scenario's own injects, and resolves its names.
    fn check(&mut self, onto: &Scenario, list: &mut List) {
        self.find_twins(list);
        let mut document = onto.document.clone();
        document.injects = std::mem::take(&mut list.injects);
        let mut names = document.names();
        names.enter("injects", list.unread.iter().map(String::as_str));
        let gone = onto.document.injects.iter().map(|old| old.name.as_str());
        let gone = gone.filter(|old| names.position("injects", old).is_none());
        names.note_removed(gone.map(|name| ("injects", name.to_owned())).collect::<Vec<_>>().into_iter());
        let mut log = Log::default();
        document.check(&names, &mut log);
        across(&document, &names, &mut log);
        if log.findings.is_empty() && !self.diagnostics.has_errors() {
            let file = self.file;
            whole(&document, &names, &mut log, &mut |error| self.diagnostics.push(error(file)));
        }
        for finding in &log.findings {
            let entry = document.entry(finding.section, finding.entry).unwrap_or_default();
            self.report(finding, &list.rows, entry);
        }
        list.injects = document.injects;
    }

    fn find_twins(&mut self, list: &List) {
        let cell = |row: usize| list.rows[row].get(Column::Name).unwrap_or(&list.rows[row].first);
        for (at, inject) in list.injects.iter().enumerate() {
            let earlier = list.injects[..at].iter().position(|other| other.name == inject.name);
            if let Some(earlier) = earlier.map(cell) {
                let message = format!("{} stands twice in the list", quote(&inject.name));
                let error = Diagnostic::error(Code::DuplicateName, cell(at).file, message).at(cell(at).span);
                self.diagnostics.push(error.also(earlier.file, Some(earlier.span), "first given here"));
            }
        }
    }

    /// A finding at the cell that it is about; about the list as a whole, if it is about an entry that is not in it.
    fn report(&mut self, finding: &Finding, rows: &[Row], entry: &str) {
        let row = rows.get(finding.entry).filter(|_| finding.section == "injects");
        let mut error = match row {
            Some(row) => {
                let (column, rest) = column_of(&finding.path);
                let cell = row.get(column).unwrap_or(&row.first);
                let inner = Some(Trail::root().dotted(rest)).filter(|trail| !trail.is_root());
                let span = inner.and_then(|trail| self.diagnostics.locate(cell.file, &trail));
                Diagnostic::error(finding.code, cell.file, finding.message.clone())
                    .at(span.unwrap_or(cell.span))
            }
            None => {
                let message = format!("`{}.{}`: {}", finding.section, entry, finding.message);
                Diagnostic::error(finding.code, self.file, message)
            }
        };
        if let Some(expected) = &finding.expected {
            error = error.expected(expected.clone());
        }
        self.diagnostics.push(error.nearest(finding.nearest.clone()));
    }
}

/// When an inject comes, as the list says it.
#[derive(Clone, Copy)]
enum Kind {
    At,
    Once,
    OnCall,
}

fn seen_by(row: &Row) -> Visibility {
    let Some(cell) = row.get(Column::SeenBy) else { return Visibility::All };
    match cell.text.to_lowercase().as_str() {
        "all" => Visibility::All,
        "nobody" => Visibility::Nobody,
        _ => {
            let names = cell.text.split(',').map(str::trim).filter(|name| !name.is_empty());
            Visibility::Seats(names.map(Ref::named).collect())
        }
    }
}

/// The column that a path inside an inject leads to, and the rest of the path inside that cell.
fn column_of(path: &str) -> (Column, &str) {
    let rest = |prefix: &str| path.strip_prefix(prefix).map(|rest| rest.trim_start_matches('.'));
    if let Some(rest) = rest("when.Once.1") {
        (Column::Condition, rest)
    } else if let Some(rest) = rest("effects") {
        (Column::Effects, rest)
    } else if path.starts_with("when") {
        (Column::After, "")
    } else if path.starts_with("seen_by") {
        (Column::SeenBy, "")
    } else if path.starts_with("act.0") {
        (Column::Seat, "")
    } else if path.starts_with("act") {
        (Column::Action, "")
    } else {
        (Column::Name, "")
    }
}
