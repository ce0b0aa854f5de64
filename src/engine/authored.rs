//! Rolls that an author wrote: where each has its luck, and by that address whose roll it is.

use super::dice::SiteId;
use crate::scenario::document::Document;
use crate::scenario::section::RuleDoc;
use crate::vocabulary::words::Statement;

/// The address of a rule's luck.
pub(super) fn of_rule(rule: &RuleDoc) -> SiteId {
    SiteId::new("rule", rule.actor.as_ref().map_or("", |actor| actor.name()), &rule.name)
}

/// The address of the luck in what an entry of this kind brings about.
pub(super) fn of_effect(kind: &str, name: &str) -> SiteId {
    SiteId::new("effect", kind, name)
}

/// What a roll stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A rule, which runs by itself.
    Rule,
    /// What an act, an inject or another entry brings about.
    Effect,
}

/// How a roll is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// A chance: it comes or not.
    Roll,
    /// One of several options.
    Pick,
}

/// A roll that an author wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthoredRoll<'a> {
    /// What it stands in.
    pub holder: Holder,
    /// The name of the rule or entry that it stands in.
    pub of: &'a str,
    /// Its own name.
    pub name: &'a str,
    /// How it is made.
    pub draw: Draw,
}

/// The roll of a scenario that has its luck at this address.
pub fn authored_roll(document: &Document, site: SiteId) -> Option<AuthoredRoll<'_>> {
    let rules = document.rules.iter().map(|rule| (Holder::Rule, of_rule(rule), &rule.name, &rule.does));
    rules.chain(effects(document)).find_map(|(holder, outer, of, list)| {
        let (name, draw) = drawn(list, &|name| outer.with(name) == site)?;
        Some(AuthoredRoll { holder, of, name, draw })
    })
}

/// Every list of effects: its address, the entry that it stands in, and itself.
fn effects(document: &Document) -> impl Iterator<Item = (Holder, SiteId, &String, &Vec<Statement>)> {
    fn effect<'a>(
        kind: &'static str,
        name: &'a String,
        list: &'a Vec<Statement>,
    ) -> (Holder, SiteId, &'a String, &'a Vec<Statement>) {
        (Holder::Effect, of_effect(kind, name), name, list)
    }
    let acts = document.actions.iter();
    let acts =
        acts.flat_map(|a| [effect("action", &a.name, &a.effects), effect("stop", &a.name, &a.on_stop)]);
    let injects = document.injects.iter().map(|i| effect("inject", &i.name, &i.effects));
    let incidents = document.incidents.iter().map(|i| effect("incident", &i.name, &i.effects));
    let accords = document.accords.iter().map(|a| effect("accord", &a.name, &a.on_break));
    let terms = document.terms.iter().map(|t| effect("term", &t.name, &t.effects));
    let campaign = document.campaign.iter();
    let campaign =
        campaign.flat_map(|c| [effect("drop", &c.name, &c.on_drop), effect("return", &c.name, &c.on_return)]);
    acts.chain(injects).chain(incidents).chain(accords).chain(terms).chain(campaign)
}

/// The first roll or pick of a list whose name is the one.
fn drawn<'a>(list: &'a [Statement], is: &dyn Fn(&str) -> bool) -> Option<(&'a str, Draw)> {
    list.iter().find_map(|statement| match statement {
        Statement::Roll(name, _) => is(name).then_some((name.as_str(), Draw::Roll)),
        Statement::Pick(name, _) => is(name).then_some((name.as_str(), Draw::Pick)),
        Statement::When { that: _, then, otherwise } => drawn(then, is).or_else(|| drawn(otherwise, is)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::section::Step;
    use crate::vocabulary::words::{Condition, Expr};

    #[test]
    fn a_roll_is_found_by_its_address_however_deep_it_stands() {
        let roll = |name: &str| Statement::Roll(name.to_owned(), Expr::Const(500));
        let inner = Statement::When {
            that: Condition::All(Vec::new()),
            then: Vec::new(),
            otherwise: vec![Statement::Pick("way".to_owned(), Vec::new())],
        };
        let rule = |name: &str, does| RuleDoc {
            name: name.to_owned(),
            step: Step::Situation,
            actor: None,
            does,
            source: String::new(),
        };
        let rules = vec![rule("wind", vec![roll("blows")]), rule("fire", vec![roll("blows"), inner])];
        let document = Document { rules, ..Document::default() };
        let found = |rule: usize, name: &str| {
            let roll = authored_roll(&document, of_rule(&document.rules[rule]).with(name))?;
            Some((roll.holder, roll.of, roll.name, roll.draw))
        };
        assert_eq!(found(0, "blows"), Some((Holder::Rule, "wind", "blows", Draw::Roll)));
        assert_eq!(found(1, "blows"), Some((Holder::Rule, "fire", "blows", Draw::Roll)));
        assert_eq!(found(1, "way"), Some((Holder::Rule, "fire", "way", Draw::Pick)));
        assert_eq!(found(0, "way"), None);
    }
}
