//! Intervals, and estimates that carry one.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Confidence level of every interval.
pub const LEVEL: f64 = 0.95;

/// A closed interval.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Nothing is known.
    pub const EVERYTHING: Interval = Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };

    /// There is none: no case differed from another, and so none says how far luck moves the value. Its ends are not
    /// numbers.
    pub const NONE: Interval = Interval { low: f64::NAN, high: f64::NAN };

    /// The interval between two ends.
    pub fn new(low: f64, high: f64) -> Self {
        Interval { low, high }
    }

    /// Whether a value lies within, ends included.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Whether there is one at all; see [`Interval::NONE`].
    pub fn is_none(self) -> bool {
        self.low.is_nan() || self.high.is_nan()
    }

    /// What of it lies within a range, which holds the value too.
    pub fn within(self, (least, most): (f64, f64)) -> Interval {
        let end = |end: f64| if end.is_finite() { end.clamp(least, most) } else { end };
        Interval { low: end(self.low), high: end(self.high) }
    }

    /// Half of its width.
    pub fn half_width(self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

impl PartialEq for Interval {
    /// Where there is none on either side both are alike, though ends that are no numbers equal nothing.
    fn eq(&self, other: &Interval) -> bool {
        self.is_none() && other.is_none() || self.low == other.low && self.high == other.high
    }
}

/// A value with its interval and the number of cases that it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Where the truth lies at [`LEVEL`].
    pub interval: Interval,
    /// Independent cases that the interval rests on; where there is none, what the value was counted from.
    pub cases: u64,
}

impl Estimate {
    /// The same value, its interval within a range that holds it.
    pub fn within(self, range: (f64, f64)) -> Estimate {
        Estimate { interval: self.interval.within(range), ..self }
    }
}

/// The quantile of the standard normal distribution that leaves (1 - [`LEVEL`]) / 2 above it: 1.95996.
pub fn normal_quantile() -> f64 {
    Normal::standard().inverse_cdf(0.5 + LEVEL / 2.0)
}

/// Degrees of freedom from which the series is exact to twelve digits; `statrs` searches its incomplete beta function,
/// loses digits there, and from a hundred million on comes to no end.
const MANY: f64 = 1000.0;

/// The same quantile of Student's t with this many degrees of freedom; infinite if there are none.
pub fn t_quantile(freedom: f64) -> f64 {
    if freedom >= MANY {
        return t_of_many(freedom);
    }
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |t| t.inverse_cdf(0.5 + LEVEL / 2.0))
}

/// Student's t by its distance from the normal quantile, in powers of one over the degrees of freedom (Abramowitz and
/// Stegun 1964, 26.7.5).
fn t_of_many(freedom: f64) -> f64 {
    let z = normal_quantile();
    let z2 = z * z;
    let terms = [
        (z2 + 1.0) / 4.0,
        ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0,
        (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0,
        ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92160.0,
    ];
    z * (1.0 + terms.iter().rev().fold(0.0, |sum, term| (sum + term) / freedom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        assert!((normal_quantile() - 1.959_964).abs() < 1e-6);
        assert!((t_quantile(9.0) - 2.262_157).abs() < 1e-5);
    }

    #[test]
    fn the_quantile_of_t_falls_to_the_normal_one_however_many_cases_there_are() {
        // 1.9623 in the tables; and by the first term of the series alone, worked out by hand.
        assert!((t_quantile(1e3) - 1.962_339_080_8).abs() < 1e-9, "{}", t_quantile(1e3));
        assert!((t_quantile(1e6) - 1.959_966_356_8).abs() < 1e-9, "{}", t_quantile(1e6));
        let beside = (t_quantile(MANY - 1.0), t_quantile(MANY));
        assert!(beside.0 > beside.1 && beside.0 - beside.1 < 3e-6, "{beside:?}");
        for power in 3..16 {
            let (here, next) = (libm::pow(10.0, power.into()), libm::pow(10.0, (power + 1).into()));
            assert!(t_quantile(here) >= t_quantile(next) && t_quantile(next) >= normal_quantile(), "{here}");
        }
        assert_eq!(t_quantile(0.0), f64::INFINITY);
    }

    #[test]
    fn an_interval_holds_its_ends_and_nothing_beyond() {
        let interval = Interval::new(0.1, 0.3);
        assert!(interval.contains(0.1) && interval.contains(0.3) && !interval.contains(0.300_001));
        assert!((interval.half_width() - 0.1).abs() < 1e-12);
        assert!(Interval::NONE.is_none() && !Interval::EVERYTHING.is_none());
        assert!(Interval::NONE == Interval::NONE && Interval::NONE != interval);
    }

    #[test]
    fn an_interval_keeps_within_a_range_and_open_ends_stay_open() {
        let counts = (0.0, f64::INFINITY);
        assert_eq!(Interval::new(-13.0, 34.0).within(counts), Interval::new(0.0, 34.0));
        assert_eq!(Interval::new(2.0, 1e7).within((0.0, 1e6)), Interval::new(2.0, 1e6));
        assert_eq!(Interval::EVERYTHING.within(counts), Interval::EVERYTHING);
    }
}
