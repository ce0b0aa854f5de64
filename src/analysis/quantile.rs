//! Quantiles of a sample, with intervals that assume no distribution.

use crate::statistics::interval::{Estimate, Interval, LEVEL};
use statrs::distribution::{Binomial, DiscreteCDF};

/// The ranks, from 1, of the order statistics that bound the quantile at `p` in a sample of `n`.
fn ranks(n: usize, p: f64) -> (Option<usize>, Option<usize>) {
    let Ok(below) = Binomial::new(p, n as u64) else { return (None, None) };
    let tail = (1.0 - LEVEL) / 2.0;
    // The quantile lies below the r-th smallest value with the chance that fewer than r values lie below it.
    let chance = |rank: usize| below.cdf((rank - 1) as u64);
    let first = |test: &dyn Fn(f64) -> bool| {
        let (mut low, mut high) = (0, n + 1);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if test(chance(middle)) { high = middle } else { low = middle }
        }
        high
    };
    let (low, high) = (first(&|chance| chance > tail) - 1, first(&|chance| chance >= 1.0 - tail));
    ((low > 0).then_some(low), (high <= n).then_some(high))
}

/// Values in ascending order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    sorted: Vec<f64>,
}

impl Sample {
    /// Sorts values.
    pub fn new(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        Sample { sorted: values }
    }

    /// The values, ascending.
    pub fn values(&self) -> &[f64] {
        &self.sorted
    }

    /// The quantile at `p` between 0 and 1, interpolated between order statistics at (n - 1) p (definition 7 of Hyndman
    /// and Fan 1996); not a number without values.
    pub fn quantile(&self, p: f64) -> f64 {
        let Some(last) = self.sorted.len().checked_sub(1) else { return f64::NAN };
        let place = p.clamp(0.0, 1.0) * last as f64;
        let below = place.floor() as usize;
        let above = (below + 1).min(last);
        let part = place - below as f64;
        self.sorted[below] + part * (self.sorted[above] - self.sorted[below])
    }

    /// The interval of the quantile at `p` between two order statistics: the ranks are quantiles of the binomial
    /// distribution (n, p), so that no law of the values is assumed (David and Nagaraja 2003, section 7.1). Where the
    /// sample is too small for the level, the end is open.
    pub fn quantile_interval(&self, p: f64) -> Interval {
        let (low, high) = ranks(self.sorted.len(), p);
        let at = |rank: usize| self.sorted[rank - 1];
        Interval::new(low.map_or(f64::NEG_INFINITY, at), high.map_or(f64::INFINITY, at))
    }

    /// The quantile at `p` and its interval.
    pub fn estimate(&self, p: f64) -> Estimate {
        let interval = if self.sorted.is_empty() { Interval::EVERYTHING } else { self.quantile_interval(p) };
        Estimate { value: self.quantile(p), interval, cases: self.sorted.len() as u64 }
    }

    /// The range that leaves half of what lies outside [`LEVEL`] on each side.
    pub fn central_range(&self) -> Interval {
        let tail = (1.0 - LEVEL) / 2.0;
        Interval::new(self.quantile(tail), self.quantile(1.0 - tail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        let sample = Sample::new(vec![4.0, 1.0, 3.0, 2.0]);
        assert_eq!(sample.quantile(0.5), 2.5);
        assert_eq!((sample.quantile(0.0), sample.quantile(1.0)), (1.0, 4.0));
        assert!(Sample::default().quantile(0.5).is_nan());
    }

    #[test]
    fn a_medians_interval_lies_between_the_order_statistics_of_the_tables() {
        // n = 10: the 2nd and 9th values cover the median with 97.9 %.
        let ten = Sample::new((1..=10).map(f64::from).collect());
        assert_eq!(ten.quantile_interval(0.5), Interval::new(2.0, 9.0));
        // Five values cannot bound it at this level from within.
        let five = Sample::new((1..=5).map(f64::from).collect());
        assert_eq!(five.quantile_interval(0.5), Interval::EVERYTHING);
    }
}
