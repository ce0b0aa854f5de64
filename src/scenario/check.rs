//! Checking and resolving a composed document: every name found, every number inside its range.

use super::diagnostics::nearest;
use crate::vocabulary::words::{Condition, Expr, Gauge, Statement};
use crate::vocabulary::{AuthoredChance, Duration, Id, Rate, Ref};
use std::collections::BTreeMap;

/// Something in a document that can look itself over and resolve the names inside it.
pub trait Check {
    /// Reports what is wrong and resolves every reference.
    fn check(&mut self, at: &mut Checker<'_>);
}

/// The names of every section, with the position of each.
#[derive(Clone, Debug, Default)]
pub struct Names {
    sections: BTreeMap<&'static str, BTreeMap<String, usize>>,
}

impl Names {
    /// Enters the names of a section in order.
    pub fn enter<'a>(&mut self, section: &'static str, names: impl Iterator<Item = &'a str>) {
        let table = self.sections.entry(section).or_default();
        for (index, name) in names.enumerate() {
            table.entry(name.to_owned()).or_insert(index);
        }
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
    /// What is wrong.
    pub message: String,
    /// What was expected.
    pub expected: Option<String>,
    /// The nearest valid name.
    pub nearest: Option<String>,
}

/// Walks a document, keeping the path of where it is.
pub struct Checker<'a> {
    names: &'a Names,
    section: &'static str,
    entry: usize,
    path: Vec<String>,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Checker<'a> {
    /// A checker for one entry of one section.
    pub fn new(
        names: &'a Names,
        section: &'static str,
        entry: usize,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        Checker { names, section, entry, path: Vec::new(), findings }
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

    /// Reports a problem at a field.
    pub fn problem(&mut self, field: &str, message: String, expected: &str) {
        self.find(field, message, Some(expected.to_owned()), None);
    }

    /// Reports an unknown name at a field.
    pub fn unknown<'n>(&mut self, field: &str, kind: &str, name: &str, known: impl Iterator<Item = &'n str>) {
        let nearest = nearest(name, known);
        self.find(field, format!("no {kind} is called `{name}`"), None, nearest);
    }

    /// Reports a number outside a range.
    pub fn within(&mut self, field: &str, number: f64, low: f64, high: f64) {
        if !(low..=high).contains(&number) {
            self.problem(field, format!("{number} is out of range"), &format!("{low} to {high}"));
        }
    }

    /// Reports a chance outside 0 to 1.
    pub fn chance(&mut self, field: &str, chance: AuthoredChance) {
        if chance.share().is_none() {
            let (number, high, unit) = match chance {
                AuthoredChance::PerMille(n) => (n, 1000, "per mille"),
                AuthoredChance::Percent(n) => (n, 100, "percent"),
            };
            self.problem(field, format!("a chance of {number} {unit}"), &format!("0 to {high} {unit}"));
        }
    }

    /// Reports a rate that is negative, not finite or above one a minute.
    pub fn rate(&mut self, field: &str, rate: Rate) {
        if !rate.is_sound() {
            self.problem(field, format!("a rate of {} a minute", rate.per_minute()), "0 to 1 a minute");
        }
    }

    /// Reports a duration that is zero or negative.
    pub fn positive_duration(&mut self, field: &str, duration: Duration) {
        if duration.minutes() <= 0 {
            self.problem(field, "the duration is not positive".into(), "more than zero");
        }
    }

    /// Reports a negative duration.
    pub fn not_negative_duration(&mut self, field: &str, duration: Duration) {
        if duration.minutes() < 0 {
            self.problem(field, "the duration is negative".into(), "zero or more");
        }
    }

    /// Reports names that stand twice in a list inside an entry.
    pub fn unique<'n>(&mut self, field: &str, names: impl Iterator<Item = &'n str>) {
        let mut seen = std::collections::BTreeSet::new();
        for name in names {
            if !seen.insert(name) {
                self.problem(field, format!("`{name}` stands twice"), "each name once");
            }
        }
    }

    fn find(&mut self, field: &str, message: String, expected: Option<String>, nearest: Option<String>) {
        let mut path = self.path.join(".");
        if !field.is_empty() {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(field);
        }
        self.findings.push(Finding {
            section: self.section,
            entry: self.entry,
            path,
            message,
            expected,
            nearest,
        });
    }
}

impl<I: Id> Check for Ref<I> {
    fn check(&mut self, at: &mut Checker<'_>) {
        match at.names.find(self.name()) {
            Some(id) => self.resolve(id),
            None => {
                let names = at.names;
                let name = self.name().to_owned();
                at.unknown("", singular(I::SECTION), &name, names.of(I::SECTION));
            }
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

impl Check for Expr {
    fn check(&mut self, at: &mut Checker<'_>) {
        match self {
            Expr::Const(_) | Expr::Local(_) => {}
            Expr::Level(track) => at.field("Level", track),
            Expr::Before(track) => at.field("Before", track),
            Expr::Param(param) => at.field("Param", param),
            Expr::Gauge(gauge) => at.field("Gauge", gauge),
            Expr::Add(list) => at.field("Add", list),
            Expr::Mul(list) => at.field("Mul", list),
            Expr::Min(list) => at.field("Min", list),
            Expr::Max(list) => at.field("Max", list),
            Expr::Sub(a, b) => {
                at.field("Sub.0", a.as_mut());
                at.field("Sub.1", b.as_mut());
            }
            Expr::DivFloor(a, b) => {
                at.field("DivFloor.0", a.as_mut());
                at.field("DivFloor.1", b.as_mut());
            }
            Expr::Clamp(a, b, c) => {
                at.field("Clamp.0", a.as_mut());
                at.field("Clamp.1", b.as_mut());
                at.field("Clamp.2", c.as_mut());
            }
            Expr::Lookup(table, index) => {
                at.field("Lookup.0", table);
                at.field("Lookup.1", index.as_mut());
            }
        }
    }
}

impl Check for Gauge {
    fn check(&mut self, at: &mut Checker<'_>) {
        match self {
            Gauge::DeathsOf(seat) => at.field("DeathsOf", seat),
            Gauge::ActsAtLeast(rung) => at.within("ActsAtLeast", f64::from(*rung), 0.0, 13.0),
            _ => {}
        }
    }
}

impl Check for Condition {
    fn check(&mut self, at: &mut Checker<'_>) {
        match self {
            Condition::Compare(a, _, b) => {
                at.field("Compare.0", a);
                at.field("Compare.2", b);
            }
            Condition::All(list) => at.field("All", list),
            Condition::Any(list) => at.field("Any", list),
            Condition::Not(inner) => at.field("Not", inner.as_mut()),
            Condition::InForce(accord) => at.field("InForce", accord),
            Condition::On(action) => at.field("On", action),
            Condition::Fired(inject) => at.field("Fired", inject),
            Condition::Open(channel) => at.field("Open", channel),
        }
    }
}

impl Check for Statement {
    fn check(&mut self, at: &mut Checker<'_>) {
        match self {
            Statement::Let(_, value) => at.field("Let.1", value),
            Statement::Investigate => {}
            Statement::Set(track, value) => {
                at.field("Set.0", track);
                at.field("Set.1", value);
            }
            Statement::Shift(track, value) => {
                at.field("Shift.0", track);
                at.field("Shift.1", value);
            }
            Statement::When { that, then, otherwise } => {
                at.field("When.that", that);
                at.field("When.then", then);
                at.field("When.otherwise", otherwise);
            }
            Statement::Roll(_, chance) => at.field("Roll.1", chance),
            Statement::Pick(_, weights) => at.field("Pick.1", weights),
            Statement::Accord(accord, _) => at.field("Accord.0", accord),
            Statement::Channel(channel, _) => at.field("Channel.0", channel),
            Statement::Stop(action) => at.field("Stop", action),
            Statement::Incident(incident) => at.field("Incident", incident),
        }
    }
}
