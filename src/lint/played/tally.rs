//! Counts over many games, each with the first game that shows it.

use super::watch::Watch;
use crate::engine::{Outcome, Rules};
use crate::scenario::section::EndingClass;
use crate::vocabulary::{Id, Minute, TOP_RUNG};

/// How often something was so, and the first run in which it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub times: u64,
    pub first: Option<u64>,
}

impl Count {
    fn add(&mut self, times: impl Into<u64>, run: u64) {
        let times = times.into();
        if times > 0 {
            self.merge(Count { times, first: Some(run) });
        }
    }

    fn merge(&mut self, other: Count) {
        self.times += other.times;
        self.first = match (self.first, other.first) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }

    /// Percent of something, rounded down.
    pub fn percent_of(self, whole: u64) -> u64 {
        (self.times * 100).checked_div(whole).unwrap_or(0)
    }
}

/// What games came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    pub games: u64,
    /// By inject: games in which it fired.
    pub fired: Vec<Count>,
    /// By action: games in which it was done or ordered.
    pub taken: Vec<Count>,
    /// By seat and action: orders.
    pub ordered: Vec<Vec<Count>>,
    /// By seat: turns in which it was asked for orders.
    pub asked: Vec<Count>,
    /// By seat: those in which it had no act to order.
    pub idle: Vec<Count>,
    /// By ending: games that ended so.
    pub ended: Vec<Count>,
    /// Games by the day on which they were over.
    pub days: Vec<Count>,
    /// Games that did not end.
    pub endless: Count,
    /// Games that ended in war or reached the top of the ladder.
    pub top: Count,
}

/// Days beyond which games are counted together.
const MOST_DAYS: usize = 40_000;

impl Tally {
    pub fn new(rules: &Rules) -> Tally {
        let bound = &rules.bound;
        let none = |count: usize| vec![Count::default(); count];
        Tally {
            games: 0,
            fired: none(bound.injects.len()),
            taken: none(bound.actions.len()),
            ordered: vec![none(bound.actions.len()); bound.seats.len()],
            asked: none(bound.seats.len()),
            idle: none(bound.seats.len()),
            ended: none(bound.endings.len()),
            days: Vec::new(),
            endless: Count::default(),
            top: Count::default(),
        }
    }

    /// Counts a game that has been watched; it has no outcome if it did not end.
    pub fn count(&mut self, run: u64, watch: &Watch, outcome: Option<&Outcome>) {
        self.games += 1;
        for (count, fired) in self.fired.iter_mut().zip(&watch.fired) {
            count.add(*fired, run);
        }
        for (s, (own, ordered)) in self.ordered.iter_mut().zip(&watch.ordered).enumerate() {
            own.iter_mut().zip(ordered).for_each(|(count, times)| count.add(*times, run));
            self.asked[s].add(watch.asked[s], run);
            self.idle[s].add(watch.idle[s], run);
        }
        for (a, (count, done)) in self.taken.iter_mut().zip(&watch.done).enumerate() {
            let ordered = watch.ordered.iter().any(|of_seat| of_seat[a] > 0);
            count.add(*done || ordered, run);
        }
        let Some(outcome) = outcome else {
            self.endless.add(true, run);
            return;
        };
        if let Some(ending) = outcome.ending() {
            self.ended[ending.index()].add(true, run);
        }
        self.top.add(outcome.class == Some(EndingClass::War) || outcome.peak.0 >= TOP_RUNG, run);
        let day = usize::try_from(outcome.minutes / crate::vocabulary::DAY).unwrap_or(0).min(MOST_DAYS);
        if self.days.len() <= day {
            self.days.resize(day + 1, Count::default());
        }
        self.days[day].add(true, run);
    }

    /// Adds what other games came to.
    pub fn merge(&mut self, other: &Tally) {
        fn all(own: &mut [Count], other: &[Count]) {
            own.iter_mut().zip(other).for_each(|(own, other)| own.merge(*other));
        }
        let Tally { games, fired, taken, ordered, asked, idle, ended, days, endless, top } = self;
        *games += other.games;
        all(fired, &other.fired);
        all(taken, &other.taken);
        ordered.iter_mut().zip(&other.ordered).for_each(|(own, other)| all(own, other));
        all(asked, &other.asked);
        all(idle, &other.idle);
        all(ended, &other.ended);
        days.resize(days.len().max(other.days.len()), Count::default());
        all(days, &other.days);
        endless.merge(other.endless);
        top.merge(other.top);
    }

    /// Games that were not over by a minute.
    pub fn longer_than(&self, minutes: Minute) -> Count {
        let from = usize::try_from(minutes / crate::vocabulary::DAY).unwrap_or(0).min(MOST_DAYS) + 1;
        let mut longer = self.endless;
        self.days.iter().skip(from).for_each(|count| longer.merge(*count));
        longer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_keeps_the_first_run_that_shows_it_whatever_the_order() {
        let mut count = Count::default();
        count.add(false, 1);
        assert_eq!(count, Count::default());
        count.add(3_u32, 9);
        count.add(true, 4);
        assert_eq!(count, Count { times: 4, first: Some(4) });
        assert_eq!(count.percent_of(5), 80);
        assert_eq!(Count::default().percent_of(0), 0);
    }
}
