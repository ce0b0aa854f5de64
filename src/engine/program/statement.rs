//! Lowering of statements and conditions. A small branch becomes a selection, so that a die does not decide where
//! the processor goes on; any other branch becomes a jump.

use super::code::{Choice, Draw, FEATURES, Fact, LANE_FEATURES, LANES, Lanes, Op, Reg, Span, Weight};
use super::expr::{Bounded, Linear};
use super::lower::Lowering;
use super::{Outcome, ProgramError};
use crate::vocabulary::words::{Condition, Expr, Op as Compare, Statement};
use crate::vocabulary::{Id, TrackId};
use wide::i16x8;

/// Where a statement takes effect: by a register that holds a truth value.
#[derive(Clone, Copy)]
pub(super) enum When {
    Holds(Reg),
    Fails(Reg),
}

impl Lowering<'_> {
    /// Lowers statements. With `when`, each takes effect only then.
    pub fn statements(&mut self, statements: &[Statement], when: Option<When>) {
        for statement in statements {
            let mark = self.mark();
            self.statement(statement, when);
            self.release(mark);
        }
    }

    fn statement(&mut self, statement: &Statement, when: Option<When>) {
        match statement {
            Statement::Let(name, expr) => {
                let value = self.bounded(expr);
                let dst = self.assign(name, value.range());
                self.write(dst, &value, when);
            }
            Statement::Set(track, expr) => {
                let value = self.bounded(expr);
                self.write_level(track.id(), value, when);
            }
            Statement::Shift(track, expr) => {
                let change = self.value(expr);
                let level = self.value(&Expr::Level(track.clone()));
                let level = self.add(level, change);
                self.write_level(track.id(), Bounded::free(level), when);
            }
            Statement::When { that, then, otherwise } => self.branch(that, then, otherwise),
            Statement::Roll(name, expr) => {
                let chance = self.value(expr);
                let op = match chance.line() {
                    Some((a, factor, bias)) => {
                        let (draw, dst) = (self.draw(name), self.assign(name, (0, 1)));
                        Op::RollLine { dst, a, draw, factor, bias }
                    }
                    None => {
                        let (a, draw) = (self.register(&chance), self.draw(name));
                        Op::Roll { dst: self.assign(name, (0, 1)), a, draw }
                    }
                };
                self.emit(op);
            }
            Statement::Pick(name, weights) => self.pick(name, weights),
            Statement::Accord(accord, status) => self.tell(Outcome::Accord(accord.id(), *status)),
            Statement::Channel(channel, politics) => self.tell(Outcome::Channel(channel.id(), *politics)),
            Statement::Investigate => self.tell(Outcome::Investigate),
            Statement::Contest => self.tell(Outcome::Contest),
            Statement::Stop(action) => self.tell(Outcome::Stop(action.id())),
            Statement::Incident(incident) => self.tell(Outcome::Incident(incident.id())),
            Statement::Mature(body, by) => self.tell(Outcome::Mature(body.id(), *by)),
        }
    }

    fn tell(&mut self, outcome: Outcome) {
        let position = self.number(self.code.outcomes.len());
        self.code.outcomes.push(outcome);
        self.emit(Op::Tell { outcome: position });
    }

    fn write(&mut self, dst: Reg, value: &Bounded, when: Option<When>) {
        let Some(when) = when else {
            self.put(dst, value);
            return;
        };
        let value = self.settle(value.clone());
        let a = self.register(&value);
        self.emit(match when {
            When::Holds(when) => Op::Select { dst, when, a },
            When::Fails(when) => Op::Otherwise { dst, when, a },
        });
    }

    fn write_level(&mut self, track: TrackId, value: Bounded, when: Option<When>) {
        let (low, high) = self.numbers.ranges[track.index()];
        let dst = self.written_level(track);
        self.write(dst, &value.within(i64::from(low), i64::from(high)), when);
    }

    /// The address of a roll: the rule's site with the name, counted where a way through the rule repeats a name.
    fn draw(&mut self, name: &str) -> u16 {
        let count = self.rolled.entry(name.to_owned()).or_insert(0);
        let draw = Draw { site: self.site.with(name), index: *count, rule: self.rule, name: name.to_owned() };
        *count += 1;
        let position = self.number(self.code.draws.len());
        self.code.draws.push(draw);
        position
    }

    fn pick(&mut self, name: &str, weights: &[Expr]) {
        if weights.is_empty() {
            self.errors.push(ProgramError::EmptyPick { rule: self.rule, name: name.to_owned() });
        }
        let choices: Vec<(Bounded, Reg)> = weights.iter().map(|weight| self.choice(weight)).collect();
        let draw = self.draw(name);
        let one = self.constant(1);
        let fixed: Option<Vec<i64>> = choices
            .iter()
            .map(|(weight, gate)| weight.linear.as_constant().filter(|_| *gate == one))
            .collect();
        let dst = self.assign(name, (0, choices.len() as i64 - 1));
        if let Some(weights) = fixed {
            let first = self.code.cuts.len() as u32;
            self.code.cuts.extend(cuts(&weights));
            let len = self.code.cuts.len() as u32 - first;
            let thresholds = self.number(self.code.thresholds.len());
            self.code.thresholds.push(Span { first, len });
            self.emit(Op::PickFixed { dst, draw, thresholds });
            return;
        }
        if let Some(lanes) = self.side_by_side(&choices) {
            self.emit(Op::PickLanes { dst, draw, lanes });
        } else {
            let choice = self.weigh(choices);
            self.emit(Op::Pick { dst, draw, choice });
        }
    }

    /// Stores the weights of a pick by lane, if there are few and all their parts are small.
    fn side_by_side(&mut self, choices: &[(Bounded, Reg)]) -> Option<u16> {
        let small = |value: i64| i16::try_from(value).ok();
        let mut features: Vec<Reg> = Vec::with_capacity(LANE_FEATURES);
        let mut factors = [[0; LANES]; LANE_FEATURES];
        let (mut bias, mut low, mut most) = ([0; LANES], [0; LANES], 0);
        let one = self.constant(1);
        for (lane, (held, gate)) in choices.iter().enumerate() {
            let sum = if *gate == one { held.linear.clone() } else { gated(held, *gate)? };
            // The reach bounds every product and every sum of some of them.
            if lane >= LANES || held.high != i64::MAX || sum.reach > i128::from(i16::MAX) {
                return None;
            }
            // So must the running totals of what the lanes can weigh at most.
            most = small(held.range().1.checked_add(most.into())?)?;
            bias[lane] = small(sum.bias)?;
            low[lane] = small(held.low.max(0))?;
            for &(reg, factor) in &sum.terms {
                let place = features.iter().position(|&known| known == reg).unwrap_or(features.len());
                if place == features.len() {
                    features.push(reg);
                }
                factors.get_mut(place)?[lane] = small(i64::from(factor))?;
            }
        }
        features.resize(LANE_FEATURES, 0);
        let position = self.number(self.code.lanes.len());
        self.code.lanes.push(Lanes {
            features: std::array::from_fn(|place| features[place]),
            factors: factors.map(i16x8::new),
            bias: i16x8::new(bias),
            low: i16x8::new(low),
        });
        Some(position)
    }

    /// Stores the weights of a pick over the few registers that they share. A weight that would need more registers
    /// than there is room for is computed before, and then stands as the gate of the constant sum 1.
    fn weigh(&mut self, choices: Vec<(Bounded, Reg)>) -> u16 {
        let mut features: Vec<Reg> = Vec::new();
        let mut rows = Vec::with_capacity(choices.len());
        for (sum, gate) in choices {
            let new: Vec<Reg> =
                sum.linear.terms.iter().map(|&(reg, _)| reg).filter(|reg| !features.contains(reg)).collect();
            if features.len() + new.len() <= FEATURES {
                features.extend(new);
                rows.push((sum, gate));
            } else {
                let sum = self.settle(sum);
                let gate = Linear::of(gate, (0, 1));
                let weight = self.multiply(gate, sum);
                rows.push((Bounded::free(Linear::constant(1)), self.register(&weight)));
            }
        }
        let options = Span { first: self.code.weights.len() as u32, len: rows.len() as u32 };
        for (Bounded { linear, low, high }, gate) in rows {
            let factors = std::array::from_fn(|place| {
                let term = linear.terms.iter().find(|(reg, _)| features.get(place) == Some(reg));
                term.map_or(0, |&(_, factor)| factor)
            });
            self.code.weights.push(Weight { bias: linear.bias, low, high, factors, gate });
        }
        let features = std::array::from_fn(|place| features.get(place).copied().unwrap_or(0));
        self.code.widest = self.code.widest.max(options.len as usize);
        let choice = self.number(self.code.choices.len());
        self.code.choices.push(Choice { features, options });
        choice
    }

    /// A weight as a gate of 0 or 1 times a bounded sum; the gate of most weights is the constant 1.
    fn choice(&mut self, weight: &Expr) -> (Bounded, Reg) {
        let one = self.constant(1);
        let Expr::Mul(factors) = weight else {
            return (self.bounded(weight).within(0, HEAVIEST), one);
        };
        let [gate, sum] = &factors[..] else {
            return (self.bounded(weight).within(0, HEAVIEST), one);
        };
        let (gate, sum) = (self.value(gate), self.bounded(sum));
        if gate.as_constant().is_none() && (0, 1) == (gate.range.0.min(0), gate.range.1.max(1)) {
            return (sum.within(0, HEAVIEST), self.register(&gate));
        }
        let sum = self.settle(sum);
        (Bounded::free(self.multiply(gate, sum)).within(0, HEAVIEST), one)
    }

    fn branch(&mut self, that: &Condition, then: &[Statement], otherwise: &[Statement]) {
        let small = then.len() + otherwise.len() <= 3 && then.iter().chain(otherwise).all(is_small);
        let (locals, rolled) = (self.locals.clone(), self.rolled.clone());
        if small && is_plain(that) {
            let when = self.test(that);
            self.statements(then, Some(When::Holds(when)));
            let (after_then, _) = self.exchange(&locals, &rolled);
            self.statements(otherwise, Some(When::Fails(when)));
            self.join(&after_then);
            return;
        }
        let mut exits = Vec::new();
        self.jump_where(that, false, &mut exits);
        self.statements(then, None);
        let (after_then, rolled_then) = self.exchange(&locals, &rolled);
        if otherwise.is_empty() {
            self.land(&exits);
        } else {
            let end = self.code.ops.len();
            self.emit(Op::Jump { to: 0 });
            self.land(&exits);
            self.statements(otherwise, None);
            self.land(&[end]);
        }
        self.join(&after_then);
        for (name, count) in rolled_then {
            let own = self.rolled.entry(name).or_insert(0);
            *own = count.max(*own);
        }
    }

    /// Goes back to what was known before a branch and gives what is known after it. Registers stay assigned.
    fn exchange(&mut self, locals: &Locals, rolled: &Rolled) -> (Locals, Rolled) {
        let after = self.locals.clone();
        for (name, local) in &mut self.locals {
            match locals.get(name) {
                Some(before) => *local = *before,
                None => local.known = false,
            }
        }
        (after, std::mem::replace(&mut self.rolled, rolled.clone()))
    }

    /// Where two ways meet, a local is known if both gave it a value.
    fn join(&mut self, other: &Locals) {
        for (name, local) in &mut self.locals {
            match other.get(name) {
                Some(theirs) if theirs.known && local.known => {
                    local.range = (local.range.0.min(theirs.range.0), local.range.1.max(theirs.range.1));
                }
                _ => local.known = false,
            }
        }
    }

    /// Lets jumps go on at the next instruction.
    fn land(&mut self, jumps: &[usize]) {
        let here = self.number(self.code.ops.len());
        self.settled = self.code.ops.len();
        for &jump in jumps {
            match &mut self.code.ops[jump] {
                Op::Jump { to }
                | Op::JumpEqual { to, .. }
                | Op::JumpUnequal { to, .. }
                | Op::JumpLess { to, .. }
                | Op::JumpAtLeast { to, .. } => *to = here,
                _ => unreachable!("only jumps are noted as exits"),
            }
        }
    }

    /// Jumps away where a condition is so; the jumps still have to land.
    fn jump_where(&mut self, condition: &Condition, so: bool, jumps: &mut Vec<usize>) {
        const TO: u16 = 0;
        let op = match condition {
            Condition::Not(part) => return self.jump_where(part, !so, jumps),
            Condition::All(parts) | Condition::Any(parts) => {
                let one_decides = matches!(condition, Condition::Any(_)) == so;
                let Some((last, first)) = parts.split_last().filter(|_| !one_decides) else {
                    parts.iter().for_each(|part| self.jump_where(part, so, jumps));
                    if !one_decides {
                        jumps.push(self.code.ops.len());
                        self.emit(Op::Jump { to: TO });
                    }
                    return;
                };
                // The first that is otherwise passes the others by.
                let mut past = Vec::new();
                first.iter().for_each(|part| self.jump_where(part, !so, &mut past));
                self.jump_where(last, so, jumps);
                return self.land(&past);
            }
            Condition::Compare(a, op, b) => {
                let (a, b) = self.sides(a, b);
                let (a, b) = (self.register(&a), self.register(&b));
                match (op, so) {
                    (Compare::Eq, false) | (Compare::Ne, true) => Op::JumpUnequal { a, b, to: TO },
                    (Compare::Ne, false) | (Compare::Eq, true) => Op::JumpEqual { a, b, to: TO },
                    (Compare::Lt, false) | (Compare::Ge, true) => Op::JumpAtLeast { a, b, to: TO },
                    (Compare::Ge, false) | (Compare::Lt, true) => Op::JumpLess { a, b, to: TO },
                    (Compare::Le, false) | (Compare::Gt, true) => Op::JumpLess { a: b, b: a, to: TO },
                    (Compare::Gt, false) | (Compare::Le, true) => Op::JumpAtLeast { a: b, b: a, to: TO },
                }
            }
            _ => {
                let (a, b) = (self.test(condition), self.constant(i64::from(so)));
                Op::JumpEqual { a, b, to: TO }
            }
        };
        jumps.push(self.code.ops.len());
        self.emit(op);
    }

    /// The two sides of a comparison; a constant on the left moves over to a constant right side.
    fn sides(&mut self, a: &Expr, b: &Expr) -> (Linear, Linear) {
        let (a, b) = (self.value(a), self.value(b));
        let moved = match b.as_constant() {
            Some(right) if a.as_constant().is_none() => {
                let (rest, bias) = a.clone().split();
                right.checked_sub(bias).map(|right| (rest, Linear::constant(right)))
            }
            _ => None,
        };
        moved.unwrap_or((a, b))
    }

    /// The truth value of a condition, as 1 or 0.
    pub fn test(&mut self, condition: &Condition) -> Reg {
        let fact = match condition {
            Condition::Compare(a, op, b) => return self.compare(a, *op, b),
            Condition::All(parts) => return self.combine(parts, 1, |dst, a, b| Op::And { dst, a, b }),
            Condition::Any(parts) => return self.combine(parts, 0, |dst, a, b| Op::Or { dst, a, b }),
            Condition::Not(part) => {
                let (a, dst) = (self.test(part), self.temporary());
                self.emit(Op::Not { dst, a });
                return dst;
            }
            Condition::InForce(accord) => Fact::InForce(accord.id()),
            Condition::On(action) => Fact::On(action.id()),
            Condition::Fired(inject) => Fact::Fired(inject.id()),
            Condition::Open(channel) => Fact::Open(channel.id()),
        };
        let (dst, position) = (self.temporary(), self.number(self.code.facts.len()));
        self.code.facts.push(fact);
        self.emit(Op::Fact { dst, fact: position });
        dst
    }

    fn combine(&mut self, parts: &[Condition], none: i64, op: fn(Reg, Reg, Reg) -> Op) -> Reg {
        let Some((first, rest)) = parts.split_first() else {
            return self.constant(none);
        };
        rest.iter().fold(self.test(first), |a, part| {
            let (b, dst) = (self.test(part), self.temporary());
            self.emit(op(dst, a, b));
            dst
        })
    }

    fn compare(&mut self, a: &Expr, op: Compare, b: &Expr) -> Reg {
        let (a, b) = self.sides(a, b);
        // One step of a constant turns "at least" into "more" and "at most" into "less".
        let (op, b) = match (op, b.as_constant()) {
            (Compare::Ge, Some(limit)) if limit > i64::MIN => (Compare::Gt, Linear::constant(limit - 1)),
            (Compare::Le, Some(limit)) if limit < i64::MAX => (Compare::Lt, Linear::constant(limit + 1)),
            _ => (op, b),
        };
        let (a, b) = (self.register(&a), self.register(&b));
        let dst = self.temporary();
        self.emit(match op {
            Compare::Eq | Compare::Ne => Op::Equal { dst, a, b },
            Compare::Lt | Compare::Ge => Op::Less { dst, a, b },
            Compare::Gt | Compare::Le => Op::Less { dst, a: b, b: a },
        });
        if matches!(op, Compare::Ne | Compare::Ge | Compare::Le) {
            self.emit(Op::Not { dst, a: dst });
        }
        dst
    }
}

type Locals = std::collections::BTreeMap<String, super::lower::Local>;
type Rolled = std::collections::BTreeMap<String, u32>;

/// The sum of a weight with a gate as one more term: a closed gate takes away the most that the sum can be, so that
/// its lower bound of 0 holds it. Nothing if the bound is another, or the numbers are too large.
fn gated(weight: &Bounded, gate: Reg) -> Option<Linear> {
    let most = weight.linear.range.1.max(0);
    let open = Linear::of(gate, (0, 1)).times(most)?;
    let sum = weight.linear.plus(&open)?.plus(&Linear::constant(-most));
    sum.filter(|_| weight.low <= 0)
}

/// What a heavier weight of a pick counts as, so that no total overflows.
const HEAVIEST: i64 = 1 << 32;

/// The draws at which constant weights pass on to the next option.
fn cuts(weights: &[i64]) -> Vec<u32> {
    let parts = weights.iter().map(|&weight| weight.max(0) as u64);
    let total = parts.clone().fold(0, u64::saturating_add);
    let mut sum = 0u64;
    let edges = parts.map(|part| {
        sum = sum.saturating_add(part);
        // The first draw whose share of the total is at least the sum so far.
        (u128::from(sum) << 32).div_ceil(u128::from(total.max(1)))
    });
    // Where every weight is zero the first option is taken: no draw passes on.
    let edges = edges.filter(|_| total > 0);
    // An edge at 2^32 is beyond every draw.
    edges.map_while(|edge| u32::try_from(edge).ok()).collect()
}

/// Whether a statement costs less than a branch that the processor guesses wrongly.
fn is_small(statement: &Statement) -> bool {
    match statement {
        Statement::Let(_, expr) | Statement::Set(_, expr) | Statement::Shift(_, expr) => size(expr) <= 8,
        _ => false,
    }
}

/// Whether a condition is a comparison or a few of them.
fn is_plain(condition: &Condition) -> bool {
    match condition {
        Condition::Compare(a, _, b) => size(a) + size(b) <= 6,
        Condition::All(parts) | Condition::Any(parts) => parts.len() <= 3 && parts.iter().all(is_plain),
        Condition::Not(part) => is_plain(part),
        _ => false,
    }
}

/// The number of words of an expression; a division counts for many.
fn size(expr: &Expr) -> usize {
    match expr {
        Expr::Const(_)
        | Expr::Level(_)
        | Expr::Before(_)
        | Expr::Local(_)
        | Expr::Param(_)
        | Expr::Gauge(_) => 1,
        Expr::Add(parts) | Expr::Mul(parts) | Expr::Min(parts) | Expr::Max(parts) => {
            1 + parts.iter().map(size).sum::<usize>()
        }
        Expr::Sub(a, b) => 1 + size(a) + size(b),
        Expr::DivFloor(a, b) => 20 + size(a) + size(b),
        Expr::Clamp(a, b, c) => 1 + size(a) + size(b) + size(c),
        Expr::Lookup(_, index) => 1 + size(index),
    }
}
