//! Lowering of expressions: sums of multiples are folded into one instruction wherever nothing can overflow.

use super::code::{LONG, Op, Reg, Sum, Term};
use super::lower::Lowering;
use super::{Counter, ProgramError};
use crate::vocabulary::Id;
use crate::vocabulary::words::Expr;

/// The lowest and highest value that something can have.
pub(super) type Range = (i64, i64);

/// A constant plus multiples of registers, not yet computed. No part of it can leave 64 bits.
#[derive(Clone, Debug)]
pub(super) struct Linear {
    pub bias: i64,
    pub terms: Vec<(Reg, i32)>,
    pub range: Range,
    /// The largest absolute value that the parts could add up to.
    pub reach: i128,
}

impl Linear {
    pub fn constant(value: i64) -> Self {
        Linear { bias: value, terms: Vec::new(), range: (value, value), reach: i128::from(value).abs() }
    }

    pub fn of(reg: Reg, range: Range) -> Self {
        let reach = i128::from(range.0).abs().max(i128::from(range.1).abs());
        Linear { bias: 0, terms: vec![(reg, 1)], range, reach }
    }

    pub fn as_constant(&self) -> Option<i64> {
        self.terms.is_empty().then_some(self.bias)
    }

    /// The register, where the value is just that.
    fn as_register(&self) -> Option<Reg> {
        match self.terms[..] {
            [(reg, 1)] if self.bias == 0 => Some(reg),
            _ => None,
        }
    }

    /// The register, the factor and the constant, where the value is one multiple with a small constant.
    pub fn line(&self) -> Option<(Reg, i32, i32)> {
        match self.terms[..] {
            [(reg, factor)] => Some((reg, factor, i32::try_from(self.bias).ok()?)),
            _ => None,
        }
    }

    /// The product with a constant, if exact.
    pub fn times(&self, factor: i64) -> Option<Linear> {
        if factor == 1 {
            return Some(self.clone());
        }
        let reach = self.reach.checked_mul(i128::from(factor).abs())?;
        if reach > i128::from(i64::MAX) {
            return None;
        }
        let mut terms = Vec::with_capacity(self.terms.len());
        for &(reg, own) in self.terms.iter().filter(|_| factor != 0) {
            terms.push((reg, i32::try_from(i64::from(own).checked_mul(factor)?).ok()?));
        }
        let (a, b) = (self.range.0 * factor, self.range.1 * factor);
        Some(Linear { bias: self.bias * factor, terms, range: (a.min(b), a.max(b)), reach })
    }

    /// The sum, if exact.
    pub fn plus(&self, other: &Linear) -> Option<Linear> {
        if self.as_constant() == Some(0) {
            return Some(other.clone());
        }
        let reach = self.reach + other.reach;
        if reach > i128::from(i64::MAX) {
            return None;
        }
        let mut terms = self.terms.clone();
        for &(reg, factor) in &other.terms {
            match terms.iter_mut().find(|(known, _)| *known == reg) {
                Some((_, own)) => *own = own.checked_add(factor)?,
                None => terms.push((reg, factor)),
            }
        }
        terms.retain(|&(_, factor)| factor != 0);
        let range = (self.range.0 + other.range.0, self.range.1 + other.range.1);
        Some(Linear { bias: self.bias + other.bias, terms, range, reach })
    }

    /// The range of the register of a multiple with a constant.
    fn alone(&self) -> Option<Range> {
        let (_, factor, bias) = self.line()?;
        let end = |value: i64| value.checked_sub(i64::from(bias))?.checked_div(i64::from(factor));
        let (one, other) = (end(self.range.0)?, end(self.range.1)?);
        Some((one.min(other), one.max(other)))
    }

    /// The value without its constant, and the constant.
    pub fn split(mut self) -> (Linear, i64) {
        let bias = std::mem::take(&mut self.bias);
        self.range = (self.range.0.saturating_sub(bias), self.range.1.saturating_sub(bias));
        (self, bias)
    }
}

/// A linear value held between two bounds.
#[derive(Clone, Debug)]
pub(super) struct Bounded {
    pub linear: Linear,
    pub low: i64,
    pub high: i64,
}

impl Bounded {
    pub fn free(linear: Linear) -> Self {
        Bounded { linear, low: i64::MIN, high: i64::MAX }
    }

    /// Holds the value between further bounds, of which the upper wins; bounds that cannot bind are left out.
    pub fn within(self, low: i64, high: i64) -> Self {
        let hold = |value: i64| value.max(low).min(high);
        let held = Bounded { linear: self.linear, low: hold(self.low), high: hold(self.high) };
        let (least, most) = held.linear.range;
        let (low, high) = (held.low.min(held.high), held.high);
        if let Some(value) = held.linear.as_constant() {
            return Bounded::free(Linear::constant(value.max(low).min(high)));
        }
        Bounded {
            low: if least >= low { i64::MIN } else { low },
            high: if most <= high { i64::MAX } else { high },
            ..held
        }
    }

    pub fn range(&self) -> Range {
        let hold = |value: i64| value.max(self.low).min(self.high);
        (hold(self.linear.range.0), hold(self.linear.range.1))
    }

    /// The instruction for a register with a small constant between bounds, where nothing leaves 32 bits.
    fn hold(&self, dst: Reg) -> Option<Op> {
        let small = |value: i64| i32::try_from(value).ok();
        let (a, 1, bias) = self.linear.line()? else { return None };
        // A bound that is none lies beyond whatever the value can be.
        let (least, most) = (small(self.linear.range.0)?, small(self.linear.range.1)?);
        let low = if self.low == i64::MIN { least } else { small(self.low)? };
        let high = if self.high == i64::MAX { most.max(low) } else { small(self.high)? };
        Some(Op::Hold { dst, a, bias: i16::try_from(bias).ok()?, low, high })
    }

    fn is_free(&self) -> bool {
        self.low == i64::MIN && self.high == i64::MAX
    }
}

impl Lowering<'_> {
    /// The value of an expression, computed as far as it must be.
    pub fn value(&mut self, expr: &Expr) -> Linear {
        let bounded = self.bounded(expr);
        self.settle(bounded)
    }

    /// The value of an expression, of which an outermost bound is not yet applied.
    pub fn bounded(&mut self, expr: &Expr) -> Bounded {
        let linear = match expr {
            Expr::Const(value) => Linear::constant(i64::from(*value)),
            Expr::Level(track) => Linear::of(self.level(track.id()), self.bounds(track.id())),
            Expr::Before(track) => Linear::of(self.before(track.id()), self.bounds(track.id())),
            Expr::Local(name) => self.local(name),
            Expr::Param(param) => Linear::constant(i64::from(self.numbers.params[param.id().index()])),
            Expr::Gauge(gauge) => {
                let counter = self.number(self.code.counters.len());
                self.code.counters.push(Counter::from(gauge));
                let dst = self.temporary();
                self.emit(Op::Count { dst, counter });
                Linear::of(dst, (i64::MIN, i64::MAX))
            }
            Expr::Add(parts) => {
                let parts = parts.iter();
                parts.fold(Linear::constant(0), |sum, part| {
                    let part = self.value(part);
                    self.add(sum, part)
                })
            }
            Expr::Sub(a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                self.subtract(a, b)
            }
            Expr::Mul(parts) => {
                let parts = parts.iter();
                parts.fold(Linear::constant(1), |product, part| {
                    let part = self.value(part);
                    self.multiply(product, part)
                })
            }
            Expr::DivFloor(a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                let (a, b) = (self.register(&a), self.register(&b));
                self.computed((i64::MIN, i64::MAX), |dst| Op::Div { dst, a, b })
            }
            Expr::Min(parts) => return self.extreme(parts, i64::min, |dst, a, b| Op::Min { dst, a, b }),
            Expr::Max(parts) => return self.extreme(parts, i64::max, |dst, a, b| Op::Max { dst, a, b }),
            Expr::Clamp(value, low, high) => {
                let (value, low, high) = (self.bounded(value), self.value(low), self.value(high));
                if let (Some(low), Some(high)) = (low.as_constant(), high.as_constant()) {
                    return value.within(low, high);
                }
                let value = self.settle(value);
                let (a, low, high) = (self.register(&value), self.register(&low), self.register(&high));
                let raised = self.temporary();
                self.emit(Op::Max { dst: raised, a, b: low });
                self.computed((i64::MIN, i64::MAX), |dst| Op::Min { dst, a: raised, b: high })
            }
            Expr::Lookup(table, index) => {
                let id = table.id().index();
                let index = self.value(index);
                let Some(range) = range_of(&self.numbers.tables[id]) else {
                    let table = table.name().to_owned();
                    self.errors.push(ProgramError::EmptyTable { rule: self.rule, table });
                    return Bounded::free(Linear::constant(0));
                };
                let (a, first) = (self.register(&index), self.table(id));
                let last = self.numbers.tables[id].len() as u32 - 1;
                self.computed(range, |dst| Op::Lookup { dst, a, first, last })
            }
        };
        Bounded::free(linear)
    }

    /// The smallest or largest of several values; of none, 0.
    fn extreme(
        &mut self,
        parts: &[Expr],
        better: fn(i64, i64) -> i64,
        op: fn(Reg, Reg, Reg) -> Op,
    ) -> Bounded {
        let values: Vec<Linear> = parts.iter().map(|part| self.value(part)).collect();
        let bound = values.iter().filter_map(Linear::as_constant).reduce(better);
        let mut open = values.into_iter().filter(|value| value.as_constant().is_none());
        let Some(mut best) = open.next() else {
            return Bounded::free(Linear::constant(bound.unwrap_or(0)));
        };
        for other in open {
            let range = (better(best.range.0, other.range.0), better(best.range.1, other.range.1));
            let (a, b) = (self.register(&best), self.register(&other));
            best = self.computed(range, |dst| op(dst, a, b));
        }
        match bound {
            None => Bounded::free(best),
            Some(bound) if better(0, 1) == 1 => Bounded::free(best).within(bound, i64::MAX),
            Some(bound) => Bounded::free(best).within(i64::MIN, bound),
        }
    }

    pub fn add(&mut self, a: Linear, b: Linear) -> Linear {
        a.plus(&b).unwrap_or_else(|| {
            let range = (a.range.0.saturating_add(b.range.0), a.range.1.saturating_add(b.range.1));
            let (a, b) = (self.register(&a), self.register(&b));
            self.computed(range, |dst| Op::Add { dst, a, b })
        })
    }

    fn subtract(&mut self, a: Linear, b: Linear) -> Linear {
        b.times(-1).and_then(|b| a.plus(&b)).unwrap_or_else(|| {
            let range = (a.range.0.saturating_sub(b.range.1), a.range.1.saturating_sub(b.range.0));
            let (a, b) = (self.register(&a), self.register(&b));
            self.computed(range, |dst| Op::Sub { dst, a, b })
        })
    }

    pub fn multiply(&mut self, a: Linear, b: Linear) -> Linear {
        let exact = match (a.as_constant(), b.as_constant()) {
            (Some(a), Some(b)) => Some(Linear::constant(a.saturating_mul(b))),
            (Some(factor), None) => b.times(factor),
            (None, Some(factor)) => a.times(factor),
            (None, None) => self.multiplied_out(&a, &b),
        };
        exact.unwrap_or_else(|| self.multiplied(&a, &b))
    }

    /// The product of two multiples with constants, in parts: all but the product of the registers themselves goes
    /// into the sum around it. Nothing if a part could leave 64 bits, or its factor 32.
    fn multiplied_out(&mut self, a: &Linear, b: &Linear) -> Option<Linear> {
        let ((p, p_factor, p_bias), (q, q_factor, q_bias)) = (a.line()?, b.line()?);
        let (of_p, of_q) = (Linear::of(p, a.alone()?), Linear::of(q, b.alone()?));
        if of_p.reach.checked_mul(of_q.reach)? > i128::from(i64::MAX) {
            return None;
        }
        let [p_factor, p_bias, q_factor, q_bias] = [p_factor, p_bias, q_factor, q_bias].map(i64::from);
        let dst = self.temporary();
        let both = Linear::of(dst, corners(of_p.range, of_q.range)).times(p_factor * q_factor)?;
        let rest = of_p.times(p_factor * q_bias)?.plus(&of_q.times(q_factor * p_bias)?)?;
        let sum = both.plus(&rest)?.plus(&Linear::constant(p_bias * q_bias))?;
        self.emit(Op::Mul { dst, a: p, b: q });
        // Both ranges are true: that of the product is the closer one as a rule, that of the parts keeps to the reach.
        let whole = corners(a.range, b.range);
        Some(Linear { range: (whole.0.max(sum.range.0), whole.1.min(sum.range.1)), ..sum })
    }

    /// The product by an instruction, which saturates.
    fn multiplied(&mut self, a: &Linear, b: &Linear) -> Linear {
        let range = corners(a.range, b.range);
        let (a, b) = (self.register(a), self.register(b));
        self.computed(range, |dst| Op::Mul { dst, a, b })
    }

    /// Emits an instruction into a new temporary and gives its value.
    fn computed(&mut self, range: Range, op: impl FnOnce(Reg) -> Op) -> Linear {
        let dst = self.temporary();
        self.emit(op(dst));
        Linear::of(dst, range)
    }

    /// Applies an open bound.
    pub fn settle(&mut self, bounded: Bounded) -> Linear {
        if bounded.is_free() {
            return bounded.linear;
        }
        let range = bounded.range();
        Linear::of(self.register_of(&bounded), range)
    }

    /// The register that holds a value.
    pub fn register(&mut self, linear: &Linear) -> Reg {
        self.register_of(&Bounded::free(linear.clone()))
    }

    fn register_of(&mut self, bounded: &Bounded) -> Reg {
        if bounded.is_free() {
            if let Some(reg) = bounded.linear.as_register() {
                return reg;
            }
            if let Some(value) = bounded.linear.as_constant() {
                return self.constant(value);
            }
        }
        let dst = self.temporary();
        self.put(dst, bounded);
        dst
    }

    /// Computes a value into a register.
    pub fn put(&mut self, dst: Reg, bounded: &Bounded) {
        let Bounded { linear, .. } = bounded;
        let op = match (linear.as_constant(), &linear.terms[..]) {
            (Some(value), _) => Op::Copy { dst, a: self.constant(value) },
            _ if !bounded.is_free() => bounded.hold(dst).unwrap_or_else(|| self.sum(dst, bounded)),
            (_, &[(a, 1)]) if linear.bias == 0 => {
                if self.retarget(a, dst) {
                    return;
                }
                Op::Copy { dst, a }
            }
            (_, &[(a, 1), (b, 1)]) if linear.bias == 0 => Op::Add { dst, a, b },
            (_, &[(a, 1), (b, -1)]) if linear.bias == 0 => Op::Sub { dst, a, b },
            _ => match linear.line() {
                Some((a, factor, bias)) => Op::Line { dst, a, factor, bias },
                None => self.sum(dst, bounded),
            },
        };
        self.emit(op);
    }

    /// Lets the instruction just emitted write to `dst` where it wrote to the temporary `from`.
    fn retarget(&mut self, from: Reg, dst: Reg) -> bool {
        if self.code.ops.len() <= self.settled || !self.is_temporary(from) {
            return false;
        }
        match self.code.ops.last_mut().and_then(Op::written) {
            Some(written) if *written == from => {
                *written = dst;
                true
            }
            _ => false,
        }
    }

    /// The instruction for a sum. What does not fit into one comes before it, in parts.
    fn sum(&mut self, dst: Reg, bounded: &Bounded) -> Op {
        let &Bounded { ref linear, low, high } = bounded;
        let mut terms: Vec<Term> = linear.terms.iter().map(|&(reg, factor)| Term { factor, reg }).collect();
        while terms.len() > LONG {
            let (part, rest) = (terms[..LONG].to_vec(), terms[LONG..].to_vec());
            let reg = self.temporary();
            let op = self.sum_of(reg, Sum { bias: 0, low: i64::MIN, high: i64::MAX, terms: padded(&part) });
            self.emit(op);
            terms = [&[Term { factor: 1, reg }], &rest[..]].concat();
        }
        if terms.len() > 2 {
            return self.sum_of(dst, Sum { bias: linear.bias, low, high, terms: padded(&terms) });
        }
        let sum = self.number(self.code.pairs.len());
        self.code.pairs.push(Sum { bias: linear.bias, low, high, terms: padded(&terms) });
        Op::Pair { dst, sum }
    }

    fn sum_of(&mut self, dst: Reg, sum: Sum<LONG>) -> Op {
        let position = self.number(self.code.sums.len());
        self.code.sums.push(sum);
        Op::Sum { dst, sum: position }
    }

    /// Where a table begins among the entries, copied there once.
    fn table(&mut self, id: usize) -> u32 {
        let table = &self.numbers.tables[id][..];
        let entries = &mut self.code.entries;
        let found = entries.windows(table.len()).position(|window| window == table);
        found.unwrap_or_else(|| {
            entries.extend_from_slice(table);
            entries.len() - table.len()
        }) as u32
    }
}

/// The range of a product.
fn corners(p: Range, q: Range) -> Range {
    let corners = [(p.0, q.0), (p.0, q.1), (p.1, q.0), (p.1, q.1)].map(|(x, y)| x.saturating_mul(y));
    corners.iter().fold((i64::MAX, i64::MIN), |range, &corner| (range.0.min(corner), range.1.max(corner)))
}

/// Terms with empty places up to the fixed number.
fn padded<const N: usize>(terms: &[Term]) -> [Term; N] {
    std::array::from_fn(|place| terms.get(place).copied().unwrap_or_default())
}

/// The lowest and highest entry; nothing for an empty table.
fn range_of(table: &[i32]) -> Option<Range> {
    let (low, high) = (table.iter().min()?, table.iter().max()?);
    Some((i64::from(*low), i64::from(*high)))
}
