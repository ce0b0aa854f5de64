//! Distributions of counts over the same classes: whether two agree, and how far apart they are.

use serde::Serialize;
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// The result of a chi-square test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ChiSquare {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom.
    pub freedom: u64,
    /// The chance of as large a statistic if both were of one kind.
    pub p: f64,
}

impl ChiSquare {
    fn new(statistic: f64, freedom: u64) -> Self {
        let p = ChiSquared::new(freedom as f64).map_or(1.0, |chi| chi.sf(statistic));
        ChiSquare { statistic, freedom, p }
    }
}

/// Counts by class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Distribution {
    counts: Vec<u64>,
}

impl Distribution {
    /// Counts in the order of their classes.
    pub fn new(counts: Vec<u64>) -> Self {
        Distribution { counts }
    }

    /// The counts.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// All cases.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The share of each class.
    pub fn shares(&self) -> impl Iterator<Item = f64> + '_ {
        let total = self.total() as f64;
        self.counts.iter().map(move |count| *count as f64 / total)
    }

    /// Half the sum of the differences of shares: 0 if equal, 1 if nothing is common (total variation).
    pub fn distance(&self, other: &Distribution) -> f64 {
        self.shares().zip(other.shares()).map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0
    }

    /// Pearson's test of homogeneity of two samples (1900): sum (O - E)^2 / E over both rows, E from the pooled shares.
    /// Classes that neither sample has are left out. Counts below five in a class make p rough.
    pub fn homogeneity(&self, other: &Distribution) -> ChiSquare {
        let (here, there) = (self.total() as f64, other.total() as f64);
        let mut statistic = 0.0;
        let mut classes: u64 = 0;
        for (a, b) in self.counts.iter().zip(&other.counts) {
            let pooled = (a + b) as f64;
            if pooled == 0.0 {
                continue;
            }
            classes += 1;
            for (seen, size) in [(*a as f64, here), (*b as f64, there)] {
                let expected = pooled * size / (here + there);
                if expected > 0.0 {
                    statistic += (seen - expected) * (seen - expected) / expected;
                }
            }
        }
        ChiSquare::new(statistic, classes.saturating_sub(1))
    }

    /// Pearson's test of fit to known shares, which sum to one: sum (O - E)^2 / E with E = n p.
    pub fn fit(&self, shares: &[f64]) -> ChiSquare {
        let total = self.total() as f64;
        let terms = self.counts.iter().zip(shares).filter(|(_, share)| **share > 0.0);
        let statistic = terms.clone().map(|(count, share)| {
            let expected = total * share;
            (*count as f64 - expected) * (*count as f64 - expected) / expected
        });
        ChiSquare::new(statistic.sum(), (terms.count() as u64).saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_shares_are_at_no_distance_and_disjoint_ones_at_one() {
        let a = Distribution::new(vec![10, 30, 60]);
        assert_eq!(a.distance(&Distribution::new(vec![1, 3, 6])), 0.0);
        let left = Distribution::new(vec![5, 0]);
        assert_eq!(left.distance(&Distribution::new(vec![0, 9])), 1.0);
    }

    #[test]
    fn the_tests_give_what_is_worked_out_by_hand() {
        // A fair die thrown 60 times: (25 + 4 + 1 + 4 + 1 + 25) / 10 = 6.
        let die = Distribution::new(vec![5, 8, 9, 12, 11, 15]).fit(&[1.0 / 6.0; 6]);
        assert!((die.statistic - 6.0).abs() < 1e-9 && die.freedom == 5, "{die:?}");
        assert!((die.p - 0.306).abs() < 1e-3, "{die:?}");
        // A table of two by two: 20 of 50 against 10 of 50, chi-square 4.762.
        let two = Distribution::new(vec![20, 30]).homogeneity(&Distribution::new(vec![10, 40]));
        assert!((two.statistic - 4.762).abs() < 1e-3 && two.freedom == 1, "{two:?}");
    }

    #[test]
    fn a_class_that_nobody_has_costs_no_freedom() {
        let test = Distribution::new(vec![4, 0, 6]).homogeneity(&Distribution::new(vec![4, 0, 6]));
        assert_eq!((test.statistic, test.freedom, test.p), (0.0, 1, 1.0));
    }
}
