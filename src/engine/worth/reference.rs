//! The reference state: what authored words come to on average before anything has happened.

use crate::scenario::Bound;
use crate::vocabulary::Id;
use crate::vocabulary::words::{Condition, Expr, Gauge, Op, Statement};

/// Expected change of every track by a list of statements at the reference state. A roll counts as its chance; what
/// hangs on it counts in proportion.
pub fn expected_moves(list: &[Statement], levels: &[f64], bound: &Bound) -> Vec<f64> {
    let mut world =
        Reference { levels: levels.to_vec(), start: levels, bound, locals: Vec::new(), rung: 0.0 };
    world.run(list, 1.0);
    world.levels.iter().zip(levels).map(|(after, before)| after - before).collect()
}

/// The chance of a condition at the reference state, were the crisis to stand at a rung and never to have gone higher.
pub fn chance_at(condition: &Condition, rung: usize, levels: &[f64], bound: &Bound) -> f64 {
    let levels = levels.to_vec();
    Reference { start: &levels.clone(), levels, bound, locals: Vec::new(), rung: rung as f64 }
        .chance(condition)
}

struct Reference<'a> {
    levels: Vec<f64>,
    start: &'a [f64],
    bound: &'a Bound,
    locals: Vec<(String, f64)>,
    /// The rung on which the crisis stands and beyond which it has not gone.
    rung: f64,
}

impl Reference<'_> {
    fn run(&mut self, list: &[Statement], weight: f64) {
        for statement in list {
            match statement {
                Statement::Let(name, value) => {
                    let value = self.value(value);
                    self.locals.push((name.clone(), value));
                }
                Statement::Set(track, value) => {
                    let value = self.value(value);
                    let level = &mut self.levels[track.id().index()];
                    *level += weight * (value - *level);
                }
                Statement::Shift(track, value) => {
                    let value = self.value(value);
                    self.levels[track.id().index()] += weight * value;
                }
                Statement::When { that, then, otherwise } => {
                    let chance = self.chance(that);
                    self.run(then, weight * chance);
                    self.run(otherwise, weight * (1.0 - chance));
                }
                Statement::Roll(name, chance) => {
                    let chance = (self.value(chance) / 1000.0).clamp(0.0, 1.0);
                    self.locals.push((name.clone(), chance));
                }
                Statement::Pick(name, weights) => {
                    let weights: Vec<f64> = weights.iter().map(|w| self.value(w).max(0.0)).collect();
                    let total: f64 = weights.iter().sum();
                    let mean =
                        weights.iter().enumerate().map(|(k, w)| k as f64 * w).sum::<f64>() / total.max(1.0);
                    self.locals.push((name.clone(), mean));
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

    fn value(&self, expr: &Expr) -> f64 {
        let fold = |list: &[Expr], f: fn(f64, f64) -> f64| {
            list.iter().map(|e| self.value(e)).reduce(f).unwrap_or(0.0)
        };
        match expr {
            Expr::Const(n) => f64::from(*n),
            Expr::Level(track) => self.levels[track.id().index()],
            Expr::Before(track) => self.start[track.id().index()],
            Expr::Local(name) => self.locals.iter().rev().find(|(n, _)| n == name).map_or(0.0, |(_, v)| *v),
            Expr::Param(param) => f64::from(self.bound.params[param.id().index()]),
            Expr::Gauge(Gauge::PeakRung | Gauge::StandingRung) => self.rung,
            Expr::Gauge(Gauge::ActsAtLeast(rung)) => f64::from(u8::from(f64::from(*rung) <= self.rung)),
            Expr::Gauge(_) | Expr::Lookup(..) => 0.0,
            Expr::Add(list) => fold(list, |a, b| a + b),
            Expr::Sub(a, b) => self.value(a) - self.value(b),
            Expr::Mul(list) => fold(list, |a, b| a * b),
            Expr::DivFloor(a, b) => {
                let b = self.value(b);
                if b == 0.0 { 0.0 } else { self.value(a) / b }
            }
            Expr::Min(list) => fold(list, f64::min),
            Expr::Max(list) => fold(list, f64::max),
            Expr::Clamp(a, low, high) => self.value(a).max(self.value(low)).min(self.value(high)),
        }
    }

    fn chance(&self, condition: &Condition) -> f64 {
        match condition {
            Condition::Compare(Expr::Local(name), op, Expr::Const(1)) => {
                let chance = self.value(&Expr::Local(name.clone())).clamp(0.0, 1.0);
                match op {
                    Op::Eq | Op::Ge => chance,
                    Op::Ne | Op::Lt => 1.0 - chance,
                    Op::Le => 1.0,
                    Op::Gt => 0.0,
                }
            }
            Condition::Compare(a, op, b) => f64::from(u8::from(op.holds(self.value(a), self.value(b)))),
            Condition::All(list) => list.iter().map(|c| self.chance(c)).product(),
            Condition::Any(list) => 1.0 - list.iter().map(|c| 1.0 - self.chance(c)).product::<f64>(),
            Condition::Not(inner) => 1.0 - self.chance(inner),
            // At the reference state nothing has happened yet.
            Condition::InForce(_) | Condition::On(_) | Condition::Fired(_) | Condition::Open(_) => {
                f64::from(self.bound.model.reference_odds) / 1e6
            }
        }
    }
}
