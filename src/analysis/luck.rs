//! Runs that share luck: figures over many design points, with intervals that know that run r of every point met the
//! same dice.
//!
//! The points are taken as given and the lucks as the sample. Where every luck has one run these are the plain
//! intervals of a mean and of a share.

use super::bootstrap::FEWEST;
use crate::statistics::interval::{Estimate, Interval, normal_quantile, t_quantile};
use crate::statistics::moments::Moments;
use crate::statistics::share::{Share, wilson};

/// Sums by luck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByLuck {
    /// The sum and the number of cases of each luck.
    lots: Vec<(i128, u64)>,
    moments: Moments,
}

impl ByLuck {
    /// Nothing seen yet, of so many lucks.
    pub fn new(lucks: usize) -> ByLuck {
        ByLuck { lots: vec![(0, 0); lucks], moments: Moments::default() }
    }

    /// Adds a case.
    pub fn push(&mut self, luck: usize, value: i64) {
        let lot = &mut self.lots[luck];
        *lot = (lot.0 + i128::from(value), lot.1 + 1);
        self.moments.push(value);
    }

    /// Cases.
    pub fn cases(&self) -> u64 {
        self.moments.count
    }

    /// The sum of all values.
    pub fn sum(&self) -> i128 {
        self.moments.sum
    }

    fn single(&self) -> bool {
        self.lots.iter().all(|lot| lot.1 <= 1)
    }

    /// How many lucks have cases: the sample.
    pub fn lucks(&self) -> u64 {
        self.lots.iter().filter(|lot| lot.1 > 0).count() as u64
    }

    /// The standard error of the mean as a ratio of two sums over lucks (Cochran 1977, section 6.3); nothing known of
    /// one luck.
    pub(super) fn error(&self) -> Option<f64> {
        let (lucks, cases) = (self.lucks() as f64, self.cases() as f64);
        // How far a luck's sum lies from its part of the whole, times the number of cases: exact, so that lucks which
        // are all alike have an error of nothing and not of what rounding leaves.
        let apart = |(sum, of): &(i128, u64)| sum * i128::from(self.cases()) - self.sum() * i128::from(*of);
        let squares: f64 = self.lots.iter().map(|lot| apart(lot) as f64 / cases).map(|d| d * d).sum();
        (lucks > 1.0).then(|| (squares * lucks / (lucks - 1.0)).sqrt() / cases)
    }

    /// The quantile of Student's t that belongs to so many lucks.
    fn t(&self) -> f64 {
        t_quantile((self.lucks() - 1) as f64)
    }

    /// The mean; its interval is Student's over lucks. If all lucks are alike there is none, and nothing is known if they
    /// are few as well.
    pub fn mean(&self) -> Estimate {
        let value = self.moments.mean();
        let interval = match self.error() {
            Some(0.0) if self.lucks() >= FEWEST as u64 => Interval::NONE,
            None | Some(0.0) => Interval::EVERYTHING,
            Some(_) if self.single() => self.moments.estimate().interval,
            Some(error) => {
                let half = self.t() * error;
                Interval::new(value - half, value + half)
            }
        };
        Estimate { value, interval, cases: self.lucks() }
    }

    /// The share of cases that are 1 and not 0, by Wilson. Where lucks have many cases, they count as so many
    /// independent ones as would have the same error (Kish 1965), and as fewer where few lucks say what that error is
    /// (Korn and Graubard 1998); if the error is nothing, as many as there are lucks.
    pub fn share(&self) -> Estimate {
        let share = Share::new(self.sum().max(0) as u64, self.cases());
        if self.single() {
            return share.estimate();
        }
        let p = share.value();
        let interval = match self.error() {
            None => Interval::new(0.0, 1.0),
            Some(error) if error > 0.0 => {
                let z = normal_quantile() / self.t();
                wilson(p, (p * (1.0 - p) / (error * error)).min(self.cases() as f64) * z * z)
            }
            Some(_) => wilson(p, self.lucks() as f64),
        };
        Estimate { value: p, interval, cases: self.lucks() }
    }

    /// Half the width of the interval of the share, as Wald has it: what Woodruff's interval of a quantile needs. Few
    /// lucks bound no quantile.
    pub(super) fn wald(&self) -> Option<f64> {
        self.error().filter(|_| self.lucks() >= FEWEST as u64).map(|error| self.t() * error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_case_a_luck_is_a_plain_sample() {
        let mut plain = ByLuck::new(9);
        (1..=9).for_each(|value| plain.push(value as usize - 1, value));
        assert_eq!(plain.mean(), (1..=9).collect::<Moments>().estimate());
        let error = plain.error().unwrap();
        assert!((error - (7.5f64 / 9.0).sqrt()).abs() < 1e-12, "{error}");
        let mut share = ByLuck::new(80);
        (0..80).for_each(|luck| share.push(luck, i64::from(luck < 16)));
        assert_eq!(share.share(), Share::new(16, 80).estimate());
    }

    #[test]
    fn points_that_share_luck_are_not_independent_cases() {
        // Ten lucks, each of which decides all of its hundred cases.
        let mut same = ByLuck::new(10);
        (0..1000).for_each(|case| same.push(case % 10, i64::from(case % 10 < 3)));
        let (wide, narrow) = (same.share(), Share::new(300, 1000).estimate());
        assert_eq!((wide.value, wide.cases), (0.3, 10));
        assert!(wide.interval.half_width() > 8.0 * narrow.interval.half_width(), "{wide:?}");
        let [low, high] = [wide.interval.low, wide.interval.high];
        // Wilson's ends solve |p - P| = t sqrt(P (1 - P) / n) for the nine cases that have the error of ten lucks.
        for end in [low, high] {
            let reach = t_quantile(9.0) * (end * (1.0 - end) / 9.0).sqrt();
            assert!(((0.3 - end).abs() - reach).abs() < 1e-9, "{wide:?}");
        }
        // The variance of a mean of ten lucks, with n - 1 in its denominator.
        let half = t_quantile(9.0) * (0.3f64 * 0.7 / 9.0).sqrt();
        assert!((same.mean().interval.half_width() - half).abs() < 1e-12);
    }

    #[test]
    fn lucks_that_are_all_alike_have_no_error_and_count_once_each() {
        // Seven of ten in each of thirty lucks: in floating point their sums miss 0.7 by what rounding leaves.
        let mut alike = ByLuck::new(30);
        (0..300).for_each(|case| alike.push(case % 30, i64::from(case / 30 < 7)));
        assert_eq!(alike.error(), Some(0.0));
        assert_eq!(alike.share().interval, Share::new(21, 30).interval());
    }

    #[test]
    fn what_never_happened_in_any_luck_is_bounded_by_the_number_of_lucks() {
        let mut never = ByLuck::new(20);
        (0..2000).for_each(|case| never.push(case % 20, 0));
        assert_eq!(never.share().interval, Share::new(0, 20).interval());
        assert!(never.mean().interval.is_none());
        assert_eq!(ByLuck::new(1).mean().interval, Interval::EVERYTHING);
    }

    #[test]
    fn few_lucks_that_are_alike_say_nothing() {
        let mut two = ByLuck::new(2);
        (0..200).for_each(|case| two.push(case % 2, 1080));
        assert_eq!((two.mean().interval, two.wald()), (Interval::EVERYTHING, None));
    }
}
