//! Ranges of whole numbers, and how arithmetic widens them.

use crate::vocabulary::words::Op;
use std::fmt;

/// All whole numbers from `low` to `high`; none if `low` is above `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub low: i64,
    pub high: i64,
}

impl Range {
    /// Any number at all.
    pub const ANY: Range = Range { low: i64::MIN, high: i64::MAX };
    /// Nothing below zero.
    pub const COUNT: Range = Range { low: 0, high: i64::MAX };

    pub fn new(low: impl Into<i64>, high: impl Into<i64>) -> Range {
        Range { low: low.into(), high: high.into() }
    }

    pub fn only(number: impl Into<i64>) -> Range {
        let number = number.into();
        Range { low: number, high: number }
    }

    /// The smallest range that holds all these numbers; any number if there are none.
    pub fn around(numbers: impl IntoIterator<Item = i64>) -> Range {
        let ranges = numbers.into_iter().map(Range::only);
        ranges.reduce(Range::or).unwrap_or(Range::ANY)
    }

    pub fn is_empty(self) -> bool {
        self.low > self.high
    }

    /// What lies in either, and between.
    pub fn or(self, other: Range) -> Range {
        Range { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What lies in both.
    pub fn and(self, other: Range) -> Range {
        Range { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    pub fn plus(self, other: Range) -> Range {
        Range { low: self.low.saturating_add(other.low), high: self.high.saturating_add(other.high) }
    }

    pub fn minus(self, other: Range) -> Range {
        Range { low: self.low.saturating_sub(other.high), high: self.high.saturating_sub(other.low) }
    }

    pub fn times(self, other: Range) -> Range {
        let product = |a: i64, b: i64| a.saturating_mul(b);
        self.corners(other, product)
    }

    /// Division rounded down; by zero it is zero.
    pub fn over(self, other: Range) -> Range {
        let floor = |a: i64, b: i64| match b {
            0 => 0,
            -1 => a.saturating_neg(),
            _ => a.div_euclid(b) - i64::from(b < 0 && a.rem_euclid(b) != 0),
        };
        // On one side of zero the quotient grows or falls with each of the two.
        let parts = [Range::new(i64::MIN, -1), Range::only(0), Range::new(1, i64::MAX)];
        let parts = parts.map(|part| other.and(part)).into_iter().filter(|part| !part.is_empty());
        parts.map(|part| self.corners(part, floor)).reduce(Range::or).unwrap_or(Range::ANY)
    }

    pub fn least(self, other: Range) -> Range {
        Range { low: self.low.min(other.low), high: self.high.min(other.high) }
    }

    pub fn most(self, other: Range) -> Range {
        Range { low: self.low.max(other.low), high: self.high.max(other.high) }
    }

    fn corners(self, other: Range, f: impl Fn(i64, i64) -> i64) -> Range {
        let pairs =
            [(self.low, other.low), (self.low, other.high), (self.high, other.low), (self.high, other.high)];
        Range::around(pairs.map(|(a, b)| f(a, b)))
    }

    /// Whether a comparison always or never holds between numbers of two ranges; neither if it depends.
    pub fn compare(self, op: Op, other: Range) -> Option<bool> {
        let apart = self.high < other.low || other.high < self.low;
        let same = self.low == self.high && self == other;
        let (always, never) = match op {
            Op::Eq => (same, apart),
            Op::Ne => (apart, same),
            Op::Lt => (self.high < other.low, self.low >= other.high),
            Op::Le => (self.high <= other.low, self.low > other.high),
            Op::Gt => (self.low > other.high, self.high <= other.low),
            Op::Ge => (self.low >= other.high, self.high < other.low),
        };
        (always || never).then_some(always)
    }

    /// What is left of a range of which a comparison with another holds.
    pub fn where_holds(self, op: Op, other: Range) -> Range {
        self.and(match op {
            Op::Eq => other,
            Op::Ne => Range::ANY,
            Op::Lt => Range::new(i64::MIN, other.high.saturating_sub(1)),
            Op::Le => Range::new(i64::MIN, other.high),
            Op::Gt => Range::new(other.low.saturating_add(1), i64::MAX),
            Op::Ge => Range::new(other.low, i64::MAX),
        })
    }
}

/// As messages say what a value may be.
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const FAR: i64 = 1 << 40;
        match (self.low <= -FAR, self.high >= FAR) {
            _ if self.low == self.high => write!(f, "{}", self.low),
            (true, true) => f.write_str("any number"),
            (true, false) => write!(f, "{} at most", self.high),
            (false, true) => write!(f, "{} or more", self.low),
            (false, false) => write!(f, "{} to {}", self.low, self.high),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_on_ranges_holds_every_result_and_no_end_is_out_of_reach() {
        let ranges =
            [(-3, -1), (-2, 2), (0, 0), (1, 4), (-7, 5)].map(|(low, high): (i64, i64)| Range::new(low, high));
        let all = |range: Range| range.low..=range.high;
        let floor = |a: i64, b: i64| if b == 0 { 0 } else { (a as f64 / b as f64).floor() as i64 };
        for a in ranges {
            for b in ranges {
                let results = |f: &dyn Fn(i64, i64) -> i64| {
                    Range::around(all(a).flat_map(|x| all(b).map(move |y| (x, y))).map(|(x, y)| f(x, y)))
                };
                assert_eq!(a.plus(b), results(&|x, y| x + y));
                assert_eq!(a.minus(b), results(&|x, y| x - y));
                assert_eq!(a.times(b), results(&|x, y| x * y));
                assert_eq!(a.over(b), results(&floor), "{a} over {b}");
                assert_eq!(a.least(b), results(&|x, y| x.min(y)));
                assert_eq!(a.most(b), results(&|x, y| x.max(y)));
            }
        }
    }

    #[test]
    fn a_comparison_is_certain_exactly_if_every_pair_agrees() {
        let ranges = [(0, 0), (0, 2), (2, 3), (5, 5)].map(|(low, high): (i64, i64)| Range::new(low, high));
        for (a, b) in ranges.iter().flat_map(|a| ranges.iter().map(move |b| (*a, *b))) {
            for (op, holds) in [
                (Op::Eq, (|x, y| x == y) as fn(&i64, &i64) -> bool),
                (Op::Ne, |x, y| x != y),
                (Op::Lt, |x, y| x < y),
                (Op::Le, |x, y| x <= y),
                (Op::Gt, |x, y| x > y),
                (Op::Ge, |x, y| x >= y),
            ] {
                let pairs = || (a.low..=a.high).flat_map(|x| (b.low..=b.high).map(move |y| (x, y)));
                let all = pairs().all(|(x, y)| holds(&x, &y));
                let none = !pairs().any(|(x, y)| holds(&x, &y));
                let expected = (all || none).then_some(all);
                assert_eq!(a.compare(op, b), expected, "{a} {op:?} {b}");
            }
        }
    }
}
