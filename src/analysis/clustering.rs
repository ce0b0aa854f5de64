//! Clustering: whether events come in bursts.

use crate::statistics::moments::Moments;
use crate::statistics::share::Share;

/// Fano factor of counts in equal windows: variance over mean (Fano 1947). It is 1 for a Poisson process.
pub fn fano(counts: &Moments) -> f64 {
    counts.variance() / counts.mean()
}

/// Gaps between events, in the caller's whole unit of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    gaps: Vec<i64>,
}

impl Gaps {
    /// The gaps between neighbours of ascending times.
    pub fn between(times: &[i64]) -> Self {
        Gaps { gaps: times.windows(2).map(|pair| pair[1] - pair[0]).collect() }
    }

    /// The share of gaps of `length` or less.
    pub fn within(&self, length: i64) -> Share {
        let short = self.gaps.iter().filter(|gap| **gap <= length).count();
        Share::new(short as u64, self.gaps.len() as u64)
    }

    /// Coefficient of variation: standard deviation over mean. It is 1 for a Poisson process.
    pub fn variation(&self) -> f64 {
        let moments: Moments = self.gaps.iter().copied().collect();
        moments.variance().sqrt() / moments.mean()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_counts_do_not_cluster_and_bursts_do() {
        assert_eq!(fano(&[3, 3, 3, 3].into_iter().collect()), 0.0);
        // Mean 2, variance 16/3.
        let bursts = fano(&[0, 4, 0, 4].into_iter().collect());
        assert!((bursts - 16.0 / 3.0 / 2.0).abs() < 1e-12);
    }

    #[test]
    fn gaps_are_counted_between_neighbours() {
        let gaps = Gaps::between(&[0, 10, 40, 41, 100]);
        assert_eq!(gaps.within(30), Share::new(3, 4));
        assert_eq!(gaps.within(29), Share::new(2, 4));
        assert_eq!(Gaps::between(&[0, 5, 10, 15]).variation(), 0.0);
        assert_eq!(Gaps::between(&[]).within(1).of, 0);
    }
}
