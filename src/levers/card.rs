//! The report card: what a lever changes, with intervals, where it holds, and where it turns round.

use super::outcome::Outcome;
use crate::analysis::bootstrap::FEWEST;
use crate::analysis::comparison::bonett_price;
use crate::analysis::paired::Paired;
use crate::statistics::interval::{Estimate, Interval};
use crate::statistics::share::Share;
use serde::Serialize;

/// Pairs of games as one outcome saw them; tallies merge in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    paired: Paired,
    up: u64,
    down: u64,
}

impl Tally {
    pub fn push(&mut self, without: i64, with: i64) {
        self.paired.push(without, with);
        self.up += u64::from(with > without);
        self.down += u64::from(with < without);
    }

    pub fn merge(&mut self, other: &Tally) {
        self.paired.merge(&other.paired);
        self.up += other.up;
        self.down += other.down;
    }

    /// With less without, in the outcome's own unit.
    pub fn effect(&self, outcome: &Outcome) -> Effect {
        let scale = outcome.scale();
        let scaled = |value: f64| value / scale;
        let plain = self.paired.estimate();
        let interval = if outcome.is_chance() {
            bonett_price(self.up, self.down, plain.cases)
        } else {
            let Interval { low, high } = self.interval();
            Interval::new(scaled(low), scaled(high))
        };
        Effect {
            outcome: outcome.label(),
            without: scaled(self.paired.first.mean()),
            with: scaled(self.paired.second.mean()),
            difference: Estimate { value: scaled(plain.value), interval, cases: plain.cases },
            differ: self.up + self.down,
            is_level: matches!(outcome, Outcome::Level(..)),
        }
    }

    /// The interval of the difference of means. Pairs that do not differ say nothing of how far others would: then there
    /// is none. So few that differ alike do not tell that others would.
    fn interval(&self) -> Interval {
        let Estimate { interval, cases, .. } = self.paired.estimate();
        match self.up + self.down {
            0 => Interval::NONE,
            _ if interval.low == interval.high && cases < FEWEST as u64 => Interval::EVERYTHING,
            _ => interval,
        }
    }

    /// Which way a mean moves, as far as the pairs can tell.
    pub fn direction(&self) -> Direction {
        let interval = self.interval();
        match self.up + self.down {
            0 => Direction::None,
            _ if interval.high < 0.0 => Direction::Down,
            _ if interval.low > 0.0 => Direction::Up,
            _ => Direction::Unclear,
        }
    }
}

/// Which way a mean moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// No pair of games differs.
    None,
    Down,
    Up,
    /// The interval holds zero.
    Unclear,
}

/// What a lever does to one outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// The outcome.
    pub outcome: String,
    /// Its mean without the lever: a chance, days, or a belief between 0 and 1.
    pub without: f64,
    /// Its mean with it.
    pub with: f64,
    /// With less without, pair by pair. Where no pair differs, a mean's has no interval, and a chance's still has one.
    pub difference: Estimate,
    /// Pairs of games in which it differs at all.
    pub differ: u64,
    /// Whether it is the level of a track.
    pub is_level: bool,
}

impl Effect {
    /// The most pairs of a hundred in which it may differ at 95 %, from how many do; what is left to say where no pair
    /// differs.
    pub fn differ_at_most(&self) -> f64 {
        100.0 * Share::new(self.differ, self.difference.cases).estimate().interval.high
    }

    /// How far the difference lies from nothing, in half-widths of its interval: beyond 1 luck does not explain it. One
    /// that is the same in every pair has no width, and is beyond all luck.
    pub fn strength(&self) -> f64 {
        if self.differ == 0 {
            return 0.0;
        }
        self.difference.value.abs() / self.difference.interval.half_width()
    }
}

/// In how many worlds a lever lowers or raises the mean of the highest rung.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Worlds {
    /// It lowers it, beyond what luck explains.
    pub lower: u64,
    /// It raises it, beyond what luck explains.
    pub higher: u64,
    /// The pairs cannot tell.
    pub unclear: u64,
    /// No pair of games differs in it.
    pub same: u64,
}

impl Worlds {
    pub(super) fn count(&mut self, direction: Direction) {
        *match direction {
            Direction::Down => &mut self.lower,
            Direction::Up => &mut self.higher,
            Direction::Unclear => &mut self.unclear,
            Direction::None => &mut self.same,
        } += 1;
    }

    /// Whether it helps in one and hurts in another.
    pub fn mixed(&self) -> bool {
        self.lower > 0 && self.higher > 0
    }
}

/// One lever's report card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// The lever.
    pub lever: String,
    /// What it is.
    pub label: String,
    /// What is recommended.
    pub claim: String,
    /// What it changes over all scenarios, with the scenarios' own numbers.
    pub effects: Vec<Effect>,
    /// Scenarios in which it lowers the mean of the highest rung beyond luck.
    pub helps_in: Vec<String>,
    /// Scenarios in which it raises it beyond luck.
    pub hurts_in: Vec<String>,
    /// Pairs of games that differ in anything that is measured.
    pub differ: u64,
    /// Scenarios that lack what its arms name, in which it was not weighed.
    pub not_in: Vec<String>,
    /// The same over worlds drawn from the parameters' stated ranges, scenario by scenario.
    pub worlds: Worlds,
    /// Games that did not end within their budget and are left out with their pair.
    pub left_out: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(value: f64, half: f64, differ: u64) -> Effect {
        let interval = Interval { low: value - half, high: value + half };
        Effect {
            outcome: "accords in force".to_owned(),
            without: 0.0,
            with: value,
            difference: Estimate { value, interval, cases: 12 },
            differ,
            is_level: true,
        }
    }

    #[test]
    fn pairs_that_do_not_differ_have_no_interval_of_no_width_and_few_that_agree_tell_nothing() {
        let days = |pairs: u64, later: i64| {
            let mut tally = Tally::default();
            (0..pairs).for_each(|_| tally.push(1440, 1440 + later));
            (tally.effect(&Outcome::Days), tally.direction())
        };
        let (same, direction) = days(200, 0);
        assert!(same.difference.interval.is_none() && same.difference.value == 0.0, "{same:?}");
        assert_eq!((same.differ, direction), (0, Direction::None));
        // Wilson's upper end for none of 200: z z / (n + z z).
        assert!((same.differ_at_most() - 100.0 * 3.841_459 / 203.841_459).abs() < 1e-4, "{same:?}");
        let (few, direction) = days(5, 1440);
        assert_eq!((few.difference.interval, direction), (Interval::EVERYTHING, Direction::Unclear));
        let (many, direction) = days(6, 1440);
        assert_eq!((many.difference.interval, direction), (Interval::new(1.0, 1.0), Direction::Up));
    }

    #[test]
    fn a_difference_that_is_the_same_in_every_pair_is_stronger_than_any_that_spreads() {
        assert!(effect(1.0, 0.0, 12).strength() > effect(50.0, 0.1, 12).strength());
        assert!(effect(-1.0, 0.0, 12).strength() > effect(50.0, 0.1, 12).strength());
        assert_eq!(effect(0.0, 0.0, 0).strength(), 0.0, "where no game differs there is nothing");
    }
}
