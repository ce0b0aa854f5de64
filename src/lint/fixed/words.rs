//! Where a scenario's conditions and lists of statements stand, and a walk through them.

use crate::scenario::document::Document;
use crate::scenario::section::{AimMeasure, Schedule, Step};
use crate::vocabulary::words::{Condition, Expr, Statement};

/// A place inside an entry of a composed section; the path is written with dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lint) struct At {
    pub section: &'static str,
    pub entry: usize,
    pub path: String,
}

impl At {
    pub fn new(section: &'static str, entry: usize, path: impl Into<String>) -> At {
        At { section, entry, path: path.into() }
    }

    /// Another place in the same entry.
    pub fn path(&self, path: impl Into<String>) -> At {
        At { path: path.into(), ..*self }
    }
}

/// What a condition decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decides {
    /// Whether a game ends.
    Ending,
    /// Whether an inject fires.
    Inject,
    /// Whether an action can be ordered.
    Order,
    /// Something else.
    Other,
}

/// A condition and where it stands.
pub(super) struct Asked<'a> {
    pub at: At,
    pub decides: Decides,
    pub condition: &'a Condition,
}

/// All conditions that are not part of a statement.
pub(super) fn conditions(document: &Document) -> Vec<Asked<'_>> {
    let mut all = Vec::new();
    let mut ask = |section, entry, path: String, decides, condition| {
        all.push(Asked { at: At::new(section, entry, path), decides, condition });
    };
    for (s, seat) in document.seats.iter().enumerate() {
        for (k, aim) in seat.aims.iter().enumerate() {
            if let AimMeasure::Holds(condition) = &aim.measure {
                ask("seats", s, format!("aims.{k}.measure.Holds"), Decides::Other, condition);
            }
        }
    }
    for (a, action) in document.actions.iter().enumerate() {
        if let Some(condition) = &action.needs {
            ask("actions", a, "needs".into(), Decides::Order, condition);
        }
        if let Some(condition) = &action.fails_if {
            ask("actions", a, "fails_if".into(), Decides::Other, condition);
        }
    }
    for (i, inject) in document.injects.iter().enumerate() {
        if let Schedule::Once(_, condition) = &inject.when {
            ask("injects", i, "when.Once.1".into(), Decides::Inject, condition);
        }
    }
    for (t, term) in document.terms.iter().enumerate() {
        if let Some(condition) = &term.needs {
            ask("terms", t, "needs".into(), Decides::Other, condition);
        }
    }
    for (e, ending) in document.endings.iter().enumerate() {
        ask("endings", e, "when".into(), Decides::Ending, &ending.when);
    }
    for (c, campaign) in document.campaign.iter().enumerate() {
        ask("campaign", c, "until".into(), Decides::Other, &campaign.until);
    }
    all
}

/// A list of statements and where it stands.
pub(super) struct Done<'a> {
    pub at: At,
    /// The step whose rules it is a part of: what one names, later ones of the step may read.
    pub of_step: Option<Step>,
    pub list: &'a [Statement],
}

/// All lists of statements.
pub(super) fn lists(document: &Document) -> Vec<Done<'_>> {
    let mut all = Vec::new();
    let mut add = |section, entry, path: &str, list| {
        all.push(Done { at: At::new(section, entry, path), of_step: None, list });
    };
    for (a, accord) in document.accords.iter().enumerate() {
        add("accords", a, "on_break", accord.on_break.as_slice());
    }
    for (a, action) in document.actions.iter().enumerate() {
        add("actions", a, "effects", &action.effects);
        add("actions", a, "on_stop", &action.on_stop);
    }
    for (i, incident) in document.incidents.iter().enumerate() {
        add("incidents", i, "effects", &incident.effects);
    }
    for (i, inject) in document.injects.iter().enumerate() {
        add("injects", i, "effects", &inject.effects);
    }
    for (t, term) in document.terms.iter().enumerate() {
        add("terms", t, "effects", &term.effects);
    }
    for (c, campaign) in document.campaign.iter().enumerate() {
        add("campaign", c, "on_drop", &campaign.on_drop);
        add("campaign", c, "on_return", &campaign.on_return);
    }
    let rules = document.rules.iter().enumerate();
    all.extend(rules.map(|(r, rule)| Done {
        at: At::new("rules", r, "does"),
        of_step: Some(rule.step),
        list: &rule.does,
    }));
    all
}

/// Somebody who walks through words; each is shown before what is inside it.
pub(super) trait Reader {
    fn expr(&mut self, _: &Expr) {}
    fn statement(&mut self, _: &Statement, _path: &str) {}
}

/// Shows every word of a scenario.
pub(super) fn read_all(document: &Document, reader: &mut impl Reader) {
    for asked in conditions(document) {
        read_condition(asked.condition, reader);
    }
    for done in lists(document) {
        read_list(done.list, &done.at.path, reader);
    }
}

/// Shows the words of a list of statements.
pub(super) fn read_list(list: &[Statement], path: &str, reader: &mut impl Reader) {
    for (index, statement) in list.iter().enumerate() {
        let path = format!("{path}.{index}");
        reader.statement(statement, &path);
        match statement {
            Statement::Let(_, value)
            | Statement::Set(_, value)
            | Statement::Shift(_, value)
            | Statement::Roll(_, value) => read_expr(value, reader),
            Statement::Pick(_, weights) => weights.iter().for_each(|weight| read_expr(weight, reader)),
            Statement::When { that, then, otherwise } => {
                read_condition(that, reader);
                read_list(then, &format!("{path}.When.then"), reader);
                read_list(otherwise, &format!("{path}.When.otherwise"), reader);
            }
            Statement::Accord(..)
            | Statement::Channel(..)
            | Statement::Stop(_)
            | Statement::Investigate
            | Statement::Contest
            | Statement::Incident(_)
            | Statement::Mature(..) => {}
        }
    }
}

fn read_condition(condition: &Condition, reader: &mut impl Reader) {
    match condition {
        Condition::Compare(a, _, b) => [a, b].into_iter().for_each(|value| read_expr(value, reader)),
        Condition::All(list) | Condition::Any(list) => {
            list.iter().for_each(|inner| read_condition(inner, reader));
        }
        Condition::Not(inner) => read_condition(inner, reader),
        Condition::InForce(_) | Condition::On(_) | Condition::Fired(_) | Condition::Open(_) => {}
    }
}

fn read_expr(value: &Expr, reader: &mut impl Reader) {
    reader.expr(value);
    match value {
        Expr::Add(list) | Expr::Mul(list) | Expr::Min(list) | Expr::Max(list) => {
            list.iter().for_each(|inner| read_expr(inner, reader));
        }
        Expr::Sub(a, b) | Expr::DivFloor(a, b) => {
            [a, b].into_iter().for_each(|inner| read_expr(inner, reader))
        }
        Expr::Clamp(a, b, c) => [a, b, c].into_iter().for_each(|inner| read_expr(inner, reader)),
        Expr::Lookup(_, index) => read_expr(index, reader),
        Expr::Const(_)
        | Expr::Level(_)
        | Expr::Before(_)
        | Expr::Local(_)
        | Expr::Param(_)
        | Expr::Gauge(_) => {}
    }
}
