//! Conditions that can never hold, or always do, and which part of them is to blame.

use super::range::Range;
use super::world::World;
use crate::scenario::Bound;
use crate::vocabulary::Id;
use crate::vocabulary::words::{Condition, Expr, Statement};

/// Whether something is ever so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    /// Never.
    Never,
    /// It depends.
    Maybe,
    /// Always.
    Always,
}

impl Truth {
    fn of(certain: Option<bool>) -> Truth {
        match certain {
            Some(true) => Truth::Always,
            Some(false) => Truth::Never,
            None => Truth::Maybe,
        }
    }

    fn not(self) -> Truth {
        match self {
            Truth::Never => Truth::Always,
            Truth::Maybe => Truth::Maybe,
            Truth::Always => Truth::Never,
        }
    }

    /// Of several, all of which have to hold.
    fn all(truths: &[Truth]) -> Truth {
        if truths.contains(&Truth::Never) {
            Truth::Never
        } else if truths.iter().all(|truth| *truth == Truth::Always) {
            Truth::Always
        } else {
            Truth::Maybe
        }
    }
}

/// A part of a condition that never or always holds.
#[derive(Clone, Debug)]
pub(super) struct Flaw {
    /// Where it stands in its entry.
    pub path: String,
    /// Never or always.
    pub truth: Truth,
    /// Why.
    pub why: String,
}

/// Judges the words of a scenario in the world that it can make.
pub(super) struct Judge<'a> {
    bound: &'a Bound,
    world: &'a World,
    /// What is known beside the world: values under a condition that is taken to hold.
    given: Vec<(Expr, Range)>,
    /// Values that the list in hand has named, the latest last.
    pub locals: Vec<(String, Range)>,
    /// What was found.
    pub flaws: Vec<Flaw>,
}

impl<'a> Judge<'a> {
    pub fn new(bound: &'a Bound, world: &'a World) -> Self {
        Judge { bound, world, given: Vec::new(), locals: Vec::new(), flaws: Vec::new() }
    }

    /// Whether a condition ever holds, without a word on why.
    pub fn verdict(&mut self, condition: &Condition) -> Truth {
        let before = self.flaws.len();
        let truth = self.judge(condition, "");
        self.flaws.truncate(before);
        truth
    }

    /// Whether one condition holds wherever another does, as far as their comparisons show.
    pub fn follows(&mut self, condition: &Condition, from: &Condition) -> bool {
        let before = self.given.len();
        self.grant(from);
        let truth = self.verdict(condition);
        self.given.truncate(before);
        truth == Truth::Always
    }

    /// Whether a condition ever holds. The parts of it that never or always do are among the flaws.
    pub fn judge(&mut self, condition: &Condition, path: &str) -> Truth {
        match condition {
            Condition::Compare(a, op, b) => {
                let (left, right) = (self.range(a), self.range(b));
                let truth = Truth::of(left.compare(*op, right));
                self.blame(path, truth, || format!("the left side is {left}, the right side {right}"));
                truth
            }
            Condition::All(list) => self.judge_all(list, path),
            Condition::Any(list) => {
                let truths = self.judge_each(list, &format!("{path}.Any"));
                let fails: Vec<Truth> = truths.into_iter().map(Truth::not).collect();
                Truth::all(&fails).not()
            }
            Condition::Not(inner) => self.judge(inner, &format!("{path}.Not")).not(),
            Condition::On(action) => {
                let at = action.id().index();
                let truth = self.world.on[at];
                self.blame(path, truth, || match self.bound.actions[at].continues {
                    None => {
                        format!("`{}` is over once it is done: its tempo lets it not go on", action.name())
                    }
                    Some(_) => format!("nobody can ever take `{}`", action.name()),
                });
                truth
            }
            Condition::Fired(inject) => {
                let truth = self.world.fired[inject.id().index()];
                self.blame(path, truth, || format!("`{}` can never fire", inject.name()));
                truth
            }
            Condition::InForce(accord) => self.world.in_force[accord.id().index()],
            // Its politics and its regime are for settings to change.
            Condition::Open(_) => Truth::Maybe,
        }
    }

    fn blame(&mut self, path: &str, truth: Truth, why: impl FnOnce() -> String) {
        if truth != Truth::Maybe {
            self.flaws.push(Flaw { path: path.to_owned(), truth, why: why() });
        }
    }

    fn judge_each(&mut self, list: &[Condition], path: &str) -> Vec<Truth> {
        let each = list.iter().enumerate();
        each.map(|(index, condition)| self.judge(condition, &format!("{path}.{index}"))).collect()
    }

    /// Each alone, and then each where the comparisons before it hold.
    fn judge_all(&mut self, list: &[Condition], path: &str) -> Truth {
        let alone = Truth::all(&self.judge_each(list, &format!("{path}.All")));
        if alone != Truth::Maybe {
            return alone;
        }
        let before = self.given.len();
        let mut clash = None;
        for (index, condition) in list.iter().enumerate() {
            if self.verdict(condition) == Truth::Never {
                clash = Some(index);
                break;
            }
            self.grant(condition);
        }
        self.given.truncate(before);
        let Some(index) = clash else { return Truth::Maybe };
        let why = "it can never hold where the conditions before it do".to_owned();
        self.flaws.push(Flaw { path: format!("{path}.All.{index}"), truth: Truth::Never, why });
        Truth::Never
    }

    /// Takes a condition to hold: its comparisons of single values narrow what these may be.
    fn grant(&mut self, condition: &Condition) {
        match condition {
            Condition::Compare(value, op, with) => {
                let single = matches!(
                    value,
                    Expr::Level(_) | Expr::Before(_) | Expr::Local(_) | Expr::Param(_) | Expr::Gauge(_)
                );
                if single {
                    let left = self.range(value).where_holds(*op, self.range(with));
                    self.given.push((value.clone(), left));
                }
            }
            Condition::All(list) => list.iter().for_each(|inner| self.grant(inner)),
            _ => {}
        }
    }

    /// What a value may be.
    fn range(&self, value: &Expr) -> Range {
        if let Some((_, range)) = self.given.iter().rev().find(|(known, _)| known == value) {
            return *range;
        }
        let fold = |list: &[Expr], f: fn(Range, Range) -> Range| {
            list.iter().map(|inner| self.range(inner)).reduce(f).unwrap_or(Range::ANY)
        };
        match value {
            Expr::Const(number) => Range::only(*number),
            Expr::Level(track) | Expr::Before(track) => self.world.levels[track.id().index()],
            Expr::Local(name) => {
                let known = self.locals.iter().rev().find(|(known, _)| known == name);
                known.map_or(Range::ANY, |(_, range)| *range)
            }
            Expr::Param(param) => self.world.params[param.id().index()],
            Expr::Gauge(gauge) => self.world.gauge(gauge),
            Expr::Add(list) => fold(list, Range::plus),
            Expr::Mul(list) => fold(list, Range::times),
            Expr::Min(list) => fold(list, Range::least),
            Expr::Max(list) => fold(list, Range::most),
            Expr::Sub(a, b) => self.range(a).minus(self.range(b)),
            Expr::DivFloor(a, b) => self.range(a).over(self.range(b)),
            Expr::Clamp(a, low, high) => self.range(a).most(self.range(low)).least(self.range(high)),
            Expr::Lookup(table, index) => {
                let values = &self.bound.tables[table.id().index()];
                let last = values.len() as i64 - 1;
                let Range { low, high } = self.range(index);
                let (low, high) = (low.clamp(0, last) as usize, high.clamp(0, last) as usize);
                Range::around(values[low..=high].iter().map(|value| i64::from(*value)))
            }
        }
    }

    /// Judges the conditions in a list of statements; what can never be reached is passed over.
    pub fn judge_list(&mut self, list: &[Statement], path: &str) {
        for (index, statement) in list.iter().enumerate() {
            match statement {
                Statement::Let(name, value) => self.locals.push((name.clone(), self.range(value))),
                Statement::Roll(name, _) => self.locals.push((name.clone(), Range::new(0, 1))),
                Statement::Pick(name, weights) => {
                    self.locals.push((name.clone(), Range::new(0, weights.len() as i64 - 1)));
                }
                Statement::When { that, then, otherwise } => {
                    let path = format!("{path}.{index}.When");
                    let truth = self.judge(that, &format!("{path}.that"));
                    let before = self.locals.clone();
                    if truth != Truth::Never {
                        self.judge_list(then, &format!("{path}.then"));
                    }
                    let after_then = std::mem::replace(&mut self.locals, before);
                    if truth != Truth::Always {
                        self.judge_list(otherwise, &format!("{path}.otherwise"));
                    }
                    self.merge(after_then);
                }
                _ => {}
            }
        }
    }

    /// After two ways to here a name may have the value of either.
    fn merge(&mut self, other: Vec<(String, Range)>) {
        let latest = |list: &[(String, Range)], name: &str| {
            list.iter().rev().find(|(known, _)| known == name).map(|(_, range)| *range)
        };
        let mut merged: Vec<(String, Range)> = Vec::new();
        for (name, _) in other.iter().chain(&self.locals) {
            if merged.iter().any(|(known, _)| known == name) {
                continue;
            }
            let either = match (latest(&self.locals, name), latest(&other, name)) {
                (Some(a), Some(b)) => a.or(b),
                _ => Range::ANY,
            };
            merged.push((name.clone(), either));
        }
        self.locals = merged;
    }
}
