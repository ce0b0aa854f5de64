//! Factors: what an experiment varies, and the values that it takes.
//!
//! A value is held in whole millionths of its unit, finer than any number that binding keeps: a design point is then
//! the same text in every file and the same setting on every machine.

use crate::scenario::document::SettingValue;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How many parts of a number are told apart.
pub const MILLION: i64 = 1_000_000;

/// The largest number that a factor may have.
const LARGEST: f64 = 1e9;

/// One value of a factor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Value {
    /// A number in millionths.
    Number(i64),
    /// A word.
    Word(String),
}

impl Value {
    /// A number with at most six decimals.
    pub fn number(number: f64) -> Option<Value> {
        let millionths = number * MILLION as f64;
        let whole = libm::round(millionths);
        let exact = number.abs() <= LARGEST && whole as i64 as f64 / MILLION as f64 == number;
        exact.then_some(Value::Number(whole as i64))
    }

    /// The value as a setting takes it.
    pub fn setting(&self) -> SettingValue {
        match self {
            Value::Number(n) if n % MILLION == 0 => SettingValue::Whole(n / MILLION),
            Value::Number(n) => SettingValue::Number(*n as f64 / MILLION as f64),
            Value::Word(word) => match word.as_str() {
                "true" => SettingValue::Flag(true),
                "false" => SettingValue::Flag(false),
                _ => SettingValue::Choice(word.clone()),
            },
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Word(word) => f.write_str(word),
            Value::Number(n) => {
                let sign = if *n < 0 { "-" } else { "" };
                let (whole, rest) = (n.unsigned_abs() / MILLION as u64, n.unsigned_abs() % MILLION as u64);
                if rest == 0 {
                    return write!(f, "{sign}{whole}");
                }
                let decimals = format!("{rest:06}");
                write!(f, "{sign}{whole}.{}", decimals.trim_end_matches('0'))
            }
        }
    }
}

impl FromStr for Value {
    type Err = String;

    fn from_str(text: &str) -> Result<Value, String> {
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Value::number(number)
                .ok_or_else(|| format!("{text} is no number of at most six decimals up to 1000000000")),
            Ok(_) => Err(format!("{text} is not finite")),
            Err(_) if text.is_empty() => Err("there is no value".to_owned()),
            Err(_) => Ok(Value::Word(text.to_owned())),
        }
    }
}

impl From<Value> for String {
    fn from(value: Value) -> String {
        value.to_string()
    }
}

impl TryFrom<String> for Value {
    type Error = String;

    fn try_from(text: String) -> Result<Value, String> {
        text.parse()
    }
}

/// What a factor sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A setting of the scenario, by the factor's own name.
    Setting,
    /// The policy of this seat.
    Policy(String),
}

/// The values that a factor may take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// Any number between two, in millionths.
    Numbers(i64, i64),
    /// Any whole number between two, both included.
    Wholes(i64, i64),
    /// One of these.
    Levels(Vec<Value>),
}

/// A factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factor {
    /// `section.name.field`.
    pub name: String,
    /// What it sets.
    pub target: Target,
    /// What it may be.
    pub span: Span,
    /// The value that holds where the factor is left alone.
    pub own: Value,
}

/// Where in a factor's span a design point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The factor's own value.
    Own,
    /// A part of the way, in parts of 2^64.
    Part(u64),
    /// Step `k` of `of` equal steps: 0 is the low end, `of` the high end.
    Step {
        /// Which.
        k: u32,
        /// Of how many.
        of: u32,
    },
    /// A level by its position.
    Level(usize),
}

impl Span {
    /// A level that is given twice, if any is.
    pub fn repeated(&self) -> Option<&Value> {
        let Span::Levels(levels) = self else { return None };
        levels.iter().enumerate().find(|(k, level)| levels[..*k].contains(level)).map(|(_, level)| level)
    }

    /// How many values a grid of `steps` takes of it.
    pub fn steps(&self, steps: u32) -> u64 {
        match self {
            Span::Numbers(low, high) if low == high => 1,
            Span::Numbers(..) => u64::from(steps),
            Span::Wholes(low, high) => u64::from(steps).min(low.abs_diff(*high) + 1),
            Span::Levels(levels) => levels.len() as u64,
        }
    }

    /// The `k`-th of the values that a grid of `steps` takes.
    pub fn step(&self, k: u64, steps: u32) -> Spot {
        match self {
            Span::Levels(_) => Spot::Level(k as usize),
            Span::Numbers(..) | Span::Wholes(..) => {
                Spot::Step { k: k as u32, of: (self.steps(steps) as u32).saturating_sub(1) }
            }
        }
    }
}

impl Factor {
    /// The value at a spot.
    pub fn value(&self, spot: Spot) -> Value {
        match (spot, &self.span) {
            (Spot::Own, _) => self.own.clone(),
            (Spot::Level(at), Span::Levels(levels)) => levels[at.min(levels.len() - 1)].clone(),
            (Spot::Level(at), span) => self.value(Spot::Step { k: at as u32, of: span.steps(2) as u32 }),
            (Spot::Part(part), Span::Numbers(low, high)) => {
                let width = u128::from(low.abs_diff(*high));
                Value::Number(low + ((width * u128::from(part) + (1 << 63)) >> 64) as i64)
            }
            (Spot::Part(part), Span::Wholes(low, high)) => {
                let count = u128::from(low.abs_diff(*high)) + 1;
                Value::Number((low + ((count * u128::from(part)) >> 64) as i64) * MILLION)
            }
            (Spot::Part(part), Span::Levels(levels)) => {
                levels[((levels.len() as u128 * u128::from(part)) >> 64) as usize].clone()
            }
            (Spot::Step { k, of }, Span::Numbers(low, high)) => {
                Value::Number(low + rounded(low.abs_diff(*high), k, of) as i64)
            }
            (Spot::Step { k, of }, Span::Wholes(low, high)) => {
                Value::Number((low + rounded(low.abs_diff(*high), k, of) as i64) * MILLION)
            }
            (Spot::Step { k, of }, Span::Levels(levels)) => {
                levels[rounded(levels.len() as u64 - 1, k, of) as usize].clone()
            }
        }
    }
}

/// `k` of `of` equal parts of a width, rounded half up.
fn rounded(width: u64, k: u32, of: u32) -> u64 {
    let of = u128::from(of.max(1));
    ((u128::from(width) * u128::from(k) * 2 + of) / (2 * of)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(span: Span) -> Factor {
        Factor { name: "f".to_owned(), target: Target::Setting, span, own: Value::Number(7) }
    }

    #[test]
    fn a_value_is_read_back_as_it_is_written() {
        for text in ["0", "1", "-1.25", "0.000001", "1000000000", "0.3", "ForcedCut"] {
            assert_eq!(text.parse::<Value>().unwrap().to_string(), text);
        }
        for wrong in ["0.0000001", "1e10", "nan", "inf", ""] {
            assert!(wrong.parse::<Value>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_setting_is_the_number_that_the_text_says() {
        let setting = |text: &str| text.parse::<Value>().unwrap().setting();
        assert_eq!(setting("0.3"), SettingValue::Number(0.3));
        assert_eq!(setting("4"), SettingValue::Whole(4));
        assert_eq!(setting("true"), SettingValue::Flag(true));
        assert_eq!(setting("Open"), SettingValue::Choice("Open".to_owned()));
    }

    #[test]
    fn parts_of_the_way_reach_both_ends_and_every_level_alike() {
        let numbers = factor(Span::Numbers(-MILLION, MILLION));
        assert_eq!(numbers.value(Spot::Part(0)), Value::Number(-MILLION));
        assert_eq!(numbers.value(Spot::Part(u64::MAX)), Value::Number(MILLION));
        assert_eq!(numbers.value(Spot::Part(1 << 63)), Value::Number(0));
        let wholes = factor(Span::Wholes(2, 5));
        let parts = (0..8).map(|k| wholes.value(Spot::Part(k << 61)).to_string());
        assert_eq!(parts.collect::<Vec<_>>(), ["2", "2", "3", "3", "4", "4", "5", "5"]);
    }

    #[test]
    fn steps_run_from_the_low_end_to_the_high_end() {
        let steps = |factor: &Factor, n: u32| {
            let spots = (0..factor.span.steps(n)).map(|k| factor.span.step(k, n));
            spots.map(|spot| factor.value(spot).to_string()).collect::<Vec<_>>()
        };
        assert_eq!(steps(&factor(Span::Numbers(0, MILLION)), 5), ["0", "0.25", "0.5", "0.75", "1"]);
        assert_eq!(steps(&factor(Span::Numbers(3, 3)), 5), ["0.000003"]);
        assert_eq!(steps(&factor(Span::Wholes(0, 2)), 5), ["0", "1", "2"]);
        let words = ["a", "b", "c"].map(|word| Value::Word(word.to_owned()));
        assert_eq!(steps(&factor(Span::Levels(words.to_vec())), 2), ["a", "b", "c"]);
    }
}
