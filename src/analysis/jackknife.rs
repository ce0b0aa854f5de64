//! The jackknife: how much a statistic of many design points would move by other lucks than those that they share.
//!
//! A resample would draw some lucks twice, and a function of the mean over lucks, such as the part of a variance, moves
//! by that as well. Leaving lucks out does not.

use super::bootstrap::FEWEST;
use crate::statistics::interval::{Estimate, Interval, t_quantile};

/// The interval of a statistic from its values without one group of lucks each: the jackknife's variance, which leaves
/// out a group at a time (Kott 2001), with Student's quantile. There is none if no group moves it, and nothing is known of
/// few.
pub fn jackknife(value: f64, without: &[f64]) -> Estimate {
    let groups = without.len() as f64;
    let centre = without.iter().sum::<f64>() / groups;
    let squares: f64 = without.iter().map(|left| (left - centre) * (left - centre)).sum();
    // Means over lucks that say the same differ by what rounding leaves.
    let alike = without.iter().all(|left| (left - centre).abs() <= 1e-12 * centre.abs());
    let interval = if without.len() < FEWEST {
        Interval::EVERYTHING
    } else if alike {
        Interval::NONE
    } else {
        let half = t_quantile(groups - 1.0) * (squares * (groups - 1.0) / groups).sqrt();
        Interval::new(value - half, value + half)
    };
    Estimate { value, interval, cases: without.len() as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_mean_it_is_students_interval() {
        let sample = [3.0, 5.0, 4.0, 9.0, 7.0, 1.0, 6.0, 5.0];
        let (sum, count) = (sample.iter().sum::<f64>(), sample.len() as f64);
        let without: Vec<f64> = sample.iter().map(|left| (sum - left) / (count - 1.0)).collect();
        let found = jackknife(sum / count, &without);
        let squares: f64 = sample.iter().map(|value| (value - 5.0) * (value - 5.0)).sum();
        let student = t_quantile(7.0) * (squares / 7.0 / 8.0).sqrt();
        assert!((found.interval.half_width() - student).abs() < 1e-12, "{found:?}, Student's {student}");
        assert!((found.interval.low + found.interval.high - 10.0).abs() < 1e-12 && found.cases == 8);
    }

    #[test]
    fn few_groups_say_nothing_and_equal_ones_have_no_interval() {
        assert_eq!(jackknife(1.0, &[1.0, 2.0, 1.0, 2.0, 1.0]).interval, Interval::EVERYTHING);
        for groups in 6..=50 {
            let third = vec![1.0 / 3.0; groups];
            assert!(jackknife(1.0 / 3.0, &third).interval.is_none(), "{groups} groups");
        }
        assert!(jackknife(0.0, &[0.0; 6]).interval.is_none());
    }
}
