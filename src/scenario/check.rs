//! Checking and resolving a composed document: every name found, every number inside its range.

use super::diagnostics::{Code, nearest, quote};
use super::section::Step;
use crate::vocabulary::{AuthoredChance, DAY, Duration, Id, Minute, Rate, Ref};
use std::collections::{BTreeMap, BTreeSet};

/// How many findings of one scenario are reported.
pub const MOST_FINDINGS: usize = 200;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// What [`is_name`] holds, for people.
pub const NAME: &str = "a letter, then at most 59 letters, digits, `_` or `-`";

/// Whether something can be named so. Names stand in tables, where `-x` would be taken for a formula and `1-2` for a date.
pub fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.starts_with(char::is_alphabetic) && text.chars().count() <= LONGEST_NAME && text.chars().all(fits)
}

/// Something in a document that can look itself over and resolve the names inside it.
pub trait Check {
    /// Reports what is wrong and resolves every reference.
    fn check(&mut self, at: &mut Checker<'_>);
}

/// The names of every section, with the position of each.
#[derive(Clone, Debug, Default)]
pub struct Names {
    sections: BTreeMap<&'static str, BTreeMap<String, usize>>,
    removed: BTreeSet<(&'static str, String)>,
}

impl Names {
    /// Enters the names of a section in order.
    pub fn enter<'a>(&mut self, section: &'static str, names: impl Iterator<Item = &'a str>) {
        let table = self.sections.entry(section).or_default();
        for (index, name) in names.enumerate() {
            table.entry(name.to_owned()).or_insert(index);
        }
    }

    /// Notes names that a file removed from its base, so that what still refers to them is told.
    pub fn note_removed(&mut self, removed: impl Iterator<Item = (&'static str, String)>) {
        self.removed.extend(removed);
    }

    /// The id of a name.
    pub fn find<I: Id>(&self, name: &str) -> Option<I> {
        self.position(I::SECTION, name).map(I::new)
    }

    /// The position of a name in a section.
    pub fn position(&self, section: &str, name: &str) -> Option<usize> {
        self.sections.get(section)?.get(name).copied()
    }

    /// The names of a section, in alphabetical order.
    pub fn of(&self, section: &str) -> impl Iterator<Item = &str> {
        self.sections.get(section).into_iter().flatten().map(|(name, _)| name.as_str())
    }
}

/// A finding before it has a place in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The section.
    pub section: &'static str,
    /// The entry's position in the composed section.
    pub entry: usize,
    /// The path inside the entry, dot by dot.
    pub path: String,
    /// Its kind.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What was expected.
    pub expected: Option<String>,
    /// The nearest valid name.
    pub nearest: Option<String>,
    /// The section and name of the removed entry that it is about, if it is about one.
    pub removed: Option<(&'static str, String)>,
}

/// What checking keeps from one entry to the next.
#[derive(Debug, Default)]
pub struct Log {
    /// Everything found, at most [`MOST_FINDINGS`].
    pub findings: Vec<Finding>,
    /// Whether more was found than is kept.
    pub overflowed: bool,
    /// The rules of a step are one list: what one names, later ones may read.
    lists: BTreeMap<Step, Scope>,
}

/// The values that a list of statements has named so far, and its length.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Names that have a value on every way to here.
    pub known: Vec<String>,
    /// Statements, conditions and expressions so far.
    pub words: usize,
}

/// Walks a document, keeping the path of where it is.
pub struct Checker<'a> {
    pub(super) names: &'a Names,
    section: &'static str,
    entry: usize,
    path: Vec<String>,
    log: &'a mut Log,
    pub(super) scope: Scope,
}

impl<'a> Checker<'a> {
    /// A checker for one entry of one section.
    pub fn new(names: &'a Names, section: &'static str, entry: usize, log: &'a mut Log) -> Self {
        Checker { names, section, entry, path: Vec::new(), log, scope: Scope::default() }
    }

    /// Checks a field (or a variant's payload) under its name.
    pub fn field(&mut self, name: &str, value: &mut impl Check) {
        self.path.push(name.to_owned());
        value.check(self);
        self.path.pop();
    }

    /// Checks a field that may be left out.
    pub fn optional<T: Check>(&mut self, name: &str, value: &mut Option<T>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    /// Checks a field that continues the list of all rules of one step.
    pub fn rule(&mut self, name: &str, step: Step, value: &mut impl Check) {
        self.scope = self.log.lists.remove(&step).unwrap_or_default();
        self.field(name, value);
        self.log.lists.insert(step, std::mem::take(&mut self.scope));
    }

    /// Checks a field that is a list of statements of its own: what it names is known in it alone.
    pub fn list(&mut self, name: &str, value: &mut impl Check) {
        self.scope = Scope::default();
        self.field(name, value);
        self.scope = Scope::default();
    }

    /// Reports a problem at a field.
    pub fn problem(&mut self, field: &str, message: String, expected: &str) {
        self.find(field, Code::Unsound, message, Some(expected));
    }

    /// Reports an unknown name at a field.
    pub fn unknown<'n>(&mut self, field: &str, kind: &str, name: &str, known: impl Iterator<Item = &'n str>) {
        let message = format!("no {kind} is called {}", quote(name));
        if let Some(finding) = self.find(field, Code::UnknownName, message, None) {
            finding.nearest = nearest(name, known);
        }
    }

    /// Reports a name to which no statement before has given a value.
    pub(super) fn unknown_local(&mut self, name: &str) {
        let known = std::mem::take(&mut self.scope.known);
        let message = format!("nothing before this gives {} a value", quote(name));
        let expected = "a name that an earlier `Let`, `Roll` or `Pick` of this list gives";
        if let Some(finding) = self.find("", Code::UnknownName, message, Some(expected)) {
            finding.nearest = nearest(name, known.iter().map(String::as_str));
        }
        self.scope.known = known;
    }

    /// Reports a name that is empty, too long or written with other characters than names have.
    pub fn name(&mut self, field: &str, name: &str) {
        if !is_name(name) {
            self.problem(field, format!("{} is no name", quote(name)), NAME);
        }
    }

    /// Reports a value outside the permitted range.
    fn out_of_range(&mut self, field: &str, message: String, range: &str) {
        self.find(field, Code::OutOfRange, message, Some(range));
    }

    /// Reports a number outside a range.
    pub fn within(&mut self, field: &str, number: impl Into<f64>, low: f64, high: f64) {
        let number = number.into();
        if !(low..=high).contains(&number) {
            self.out_of_range(field, format!("{number} is out of range"), &format!("{low} to {high}"));
        }
    }

    /// Reports a chance outside 0 to 1.
    pub fn chance(&mut self, field: &str, chance: AuthoredChance) {
        if chance.share().is_none() {
            let (number, high, unit) = match chance {
                AuthoredChance::PerMille(n) => (n, 1000, "per mille"),
                AuthoredChance::Percent(n) => (n, 100, "percent"),
            };
            self.out_of_range(field, format!("a chance of {number} {unit}"), &format!("0 to {high} {unit}"));
        }
    }

    /// Reports a rate that is negative, not finite or above one a minute.
    pub fn rate(&mut self, field: &str, rate: Rate) {
        if !rate.is_sound() {
            let (number, unit, high) = match rate {
                Rate::PerHour(n) => (n, "an hour", 60),
                Rate::PerDay(n) => (n, "a day", DAY),
                Rate::PerYear(n) => (n, "a year", 525_960),
            };
            self.out_of_range(field, format!("a rate of {number} {unit}"), &format!("0 to {high} {unit}"));
        }
    }

    /// Reports a duration that is not positive or longer than a scenario may state.
    pub fn positive_duration(&mut self, field: &str, duration: Duration) {
        if !(1..=i64::from(Duration::LONGEST)).contains(&exact(duration)) {
            let range = "more than zero, at most 100 years";
            self.out_of_range(field, format!("{duration:?} is out of range"), range);
        }
    }

    /// Reports a duration that is negative or longer than a scenario may state.
    pub fn not_negative_duration(&mut self, field: &str, duration: Duration) {
        if !(0..=i64::from(Duration::LONGEST)).contains(&exact(duration)) {
            self.out_of_range(field, format!("{duration:?} is out of range"), "zero to 100 years");
        }
    }

    /// Reports weights of which none is above zero, or which are out of range.
    pub fn weights(&mut self, field: &str, weights: &[u32]) {
        const HEAVIEST: u32 = 1_000_000;
        for (index, weight) in weights.iter().enumerate() {
            self.within(&format!("{field}.{index}"), *weight, 0.0, f64::from(HEAVIEST));
        }
        if weights.iter().all(|weight| *weight == 0) {
            self.problem(field, "every weight is zero".into(), "at least one weight above zero");
        }
    }

    /// Reports names that stand twice in a list inside an entry.
    pub fn unique<'n>(&mut self, field: &str, names: impl Iterator<Item = &'n str>) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name) {
                self.problem(field, format!("{} stands twice", quote(name)), "each name once");
            }
        }
    }

    /// Notes a finding, and gives it for more to be said; nothing once there are enough.
    fn find(
        &mut self,
        field: &str,
        code: Code,
        message: String,
        expected: Option<&str>,
    ) -> Option<&mut Finding> {
        if self.log.findings.len() == MOST_FINDINGS {
            self.log.overflowed = true;
            return None;
        }
        let mut path = self.path.join(".");
        if !field.is_empty() {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(field);
        }
        self.log.findings.push(Finding {
            section: self.section,
            entry: self.entry,
            path,
            code,
            message,
            expected: expected.map(str::to_owned),
            nearest: None,
            removed: None,
        });
        self.log.findings.last_mut()
    }
}

/// The minutes of a duration, not clamped.
fn exact(duration: Duration) -> i64 {
    const HOUR: Minute = 60;
    let (number, minutes) = match duration {
        Duration::Minutes(n) => (n, 1),
        Duration::Hours(n) => (n, HOUR),
        Duration::Days(n) => (n, 24 * HOUR),
        Duration::Quarters(n) => (n, 91 * 24 * HOUR),
    };
    i64::from(number) * i64::from(minutes)
}

impl<I: Id> Check for Ref<I> {
    fn check(&mut self, at: &mut Checker<'_>) {
        let names = at.names;
        match names.find(self.name()) {
            Some(id) => self.resolve(id),
            None if names.removed.contains(&(I::SECTION, self.name().to_owned())) => {
                let message = format!("the {} {} was removed", singular(I::SECTION), quote(self.name()));
                let expected = match I::SECTION {
                    "actions" => {
                        "another action, or no removal: what `offered` does not name is out of play and stays named"
                    }
                    _ => "another name, or no removal; if this entry is to go too, name it under `remove`",
                };
                if let Some(finding) = at.find("", Code::RemovedName, message, Some(expected)) {
                    finding.removed = Some((I::SECTION, self.name().to_owned()));
                }
            }
            None => at.unknown("", singular(I::SECTION), self.name(), names.of(I::SECTION)),
        }
    }
}

/// The singular of a section's name, for messages.
pub fn singular(section: &'static str) -> &'static str {
    match section {
        "bodies" => "body",
        "hypotheses" => "hypothesis",
        "losses" => "loss",
        "latencies" => "latency",
        "calendar" => "window",
        "ladder" => "rung",
        "record" => "step of the record",
        plural => plural.strip_suffix('s').unwrap_or(plural),
    }
}

impl<T: Check> Check for Vec<T> {
    fn check(&mut self, at: &mut Checker<'_>) {
        for (index, item) in self.iter_mut().enumerate() {
            at.field(&index.to_string(), item);
        }
    }
}
