//! Checking the words of rules, effects and conditions: names, lengths, and that a named value has been given.
//!
//! A value is known where every way to here has named it, as `engine::program` lowers it.

use super::check::{Check, Checker};
use crate::vocabulary::TOP_RUNG;
use crate::vocabulary::words::{Condition, Expr, Gauge, Statement};

/// The most words (statements, conditions and expressions) that one list or condition may have.
const MOST_WORDS: usize = 10_000;

/// The reading of a named value.
struct Reading<'a>(&'a str);

impl Check for Reading<'_> {
    fn check(&mut self, at: &mut Checker<'_>) {
        if !at.scope.known.iter().any(|known| known == self.0) {
            at.unknown_local(self.0);
        }
    }
}

impl Checker<'_> {
    /// Counts a word; false once there are too many, of which the first is reported.
    fn counts_word(&mut self) -> bool {
        self.scope.words += 1;
        if self.scope.words == MOST_WORDS + 1 {
            let message = format!("the list has more than {MOST_WORDS} words up to here");
            self.problem("", message, &format!("at most {MOST_WORDS} statements, conditions and values"));
        }
        self.scope.words <= MOST_WORDS
    }

    /// Notes that a statement gives a name a value.
    fn gives(&mut self, field: &str, name: &str) {
        self.name(field, name);
        if !self.scope.known.iter().any(|known| known == name) {
            self.scope.known.push(name.to_owned());
        }
    }
}

impl Check for Expr {
    fn check(&mut self, at: &mut Checker<'_>) {
        if !at.counts_word() {
            return;
        }
        match self {
            Expr::Const(_) => {}
            Expr::Local(name) => at.field("Local", &mut Reading(name)),
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
            Gauge::MaturityOf(body) => at.field("MaturityOf", body),
            Gauge::ActsAtLeast(rung) => at.within("ActsAtLeast", *rung, 0.0, f64::from(TOP_RUNG)),
            _ => {}
        }
    }
}

impl Check for Condition {
    fn check(&mut self, at: &mut Checker<'_>) {
        if !at.counts_word() {
            return;
        }
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
        if !at.counts_word() {
            return;
        }
        match self {
            Statement::Let(name, value) => {
                at.field("Let.1", value);
                at.gives("Let.0", name);
            }
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
                let before = at.scope.known.len();
                at.field("When.then", then);
                let after_then = at.scope.known.split_off(before);
                at.field("When.otherwise", otherwise);
                let after_otherwise = at.scope.known.split_off(before);
                at.scope.known.extend(after_then.into_iter().filter(|name| after_otherwise.contains(name)));
            }
            Statement::Roll(name, chance) => {
                at.field("Roll.1", chance);
                at.gives("Roll.0", name);
            }
            Statement::Pick(name, weights) => {
                at.field("Pick.1", weights);
                if weights.is_empty() {
                    at.problem("Pick.1", "there is nothing to pick from".into(), "at least one weight");
                }
                at.gives("Pick.0", name);
            }
            Statement::Accord(accord, _) => at.field("Accord.0", accord),
            Statement::Channel(channel, _) => at.field("Channel.0", channel),
            Statement::Stop(action) => at.field("Stop", action),
            Statement::Investigate | Statement::Contest => {}
            Statement::Incident(incident) => at.field("Incident", incident),
            Statement::Mature(body, by) => {
                at.field("Mature.0", body);
                at.within("Mature.1", *by, -100.0, 100.0);
            }
        }
    }
}
