//! Conditions that only compare levels and counts with constants, ask for facts, and combine such: what most
//! conditions say. They are answered from the left, without any set-up, as far as the answer needs.

use super::code::Fact;
use super::{Counter, Numbers, Reads};
use crate::vocabulary::words::{Condition, Expr, Op};
use crate::vocabulary::{Id, TrackId};

/// A condition without arithmetic.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plain {
    /// A level lies within bounds.
    Level(TrackId, i32, i32),
    /// A count lies within bounds.
    Count(Counter, i64, i64),
    /// A fact holds.
    Fact(Fact),
    Not(Box<Plain>),
    All(Vec<Plain>),
    Any(Vec<Plain>),
}

impl Plain {
    /// The plain form of a condition, if it has one.
    pub fn lower(condition: &Condition, numbers: &Numbers<'_>) -> Option<Plain> {
        let each = |parts: &[Condition]| -> Option<Vec<Plain>> {
            parts.iter().map(|part| Plain::lower(part, numbers)).collect()
        };
        Some(match condition {
            Condition::All(parts) => Plain::All(each(parts)?),
            Condition::Any(parts) => Plain::Any(each(parts)?),
            Condition::Not(inner) => Plain::Not(Box::new(Plain::lower(inner, numbers)?)),
            Condition::InForce(accord) => Plain::Fact(Fact::InForce(accord.id())),
            Condition::On(action) => Plain::Fact(Fact::On(action.id())),
            Condition::Fired(inject) => Plain::Fact(Fact::Fired(inject.id())),
            Condition::Open(channel) => Plain::Fact(Fact::Open(channel.id())),
            Condition::Compare(value, op, limit) => {
                let limit = match limit {
                    Expr::Const(value) => *value,
                    Expr::Param(param) => numbers.params[param.id().index()],
                    _ => return None,
                };
                let within = |low, high| match value {
                    Expr::Level(track) | Expr::Before(track) => Some(Plain::Level(track.id(), low, high)),
                    Expr::Gauge(gauge) => {
                        let low = if low == i32::MIN { i64::MIN } else { i64::from(low) };
                        let high = if high == i32::MAX { i64::MAX } else { i64::from(high) };
                        Some(Plain::Count(Counter::from(gauge), low, high))
                    }
                    _ => None,
                };
                // A limit at the very edge of 32 bits would need one more step: the general form answers it.
                match (op, limit.checked_add(1), limit.checked_sub(1)) {
                    (_, None, _) | (_, _, None) => return None,
                    (Op::Eq, ..) => within(limit, limit)?,
                    (Op::Ne, ..) => Plain::Not(Box::new(within(limit, limit)?)),
                    (Op::Ge, ..) => within(limit, i32::MAX)?,
                    (Op::Le, ..) => within(i32::MIN, limit)?,
                    (Op::Gt, Some(above), _) => within(above, i32::MAX)?,
                    (Op::Lt, _, Some(below)) => within(i32::MIN, below)?,
                }
            }
        })
    }

    /// Whether it holds.
    #[inline]
    pub fn holds(&self, reads: &impl Reads) -> bool {
        match self {
            Plain::Level(track, low, high) => (*low..=*high).contains(&reads.levels()[track.index()]),
            _ => self.holds_otherwise(reads),
        }
    }

    /// The same for what is not a level: apart, so that the commonest question costs no call.
    fn holds_otherwise(&self, reads: &impl Reads) -> bool {
        match self {
            Plain::Level(..) => unreachable!("asked before"),
            Plain::Count(counter, low, high) => (*low..=*high).contains(&reads.count(*counter)),
            Plain::Fact(fact) => fact.holds(reads),
            Plain::Not(inner) => !inner.holds(reads),
            Plain::All(parts) => parts.iter().all(|part| part.holds(reads)),
            Plain::Any(parts) => parts.iter().any(|part| part.holds(reads)),
        }
    }
}
