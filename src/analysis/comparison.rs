//! Comparisons of two arms by common random numbers: differences, how exact they are, and what pairing saved.

use super::bootstrap::FEWEST;
use super::figure::Figure;
use super::finding::Finding;
use super::luck::ByLuck;
use super::paired::Paired;
use super::pairs::Pairs;
use crate::statistics::interval::{Estimate, Interval, normal_quantile};

/// What two arms make of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The figure's name.
    pub name: String,
    /// What it counts; a share has no unit.
    pub unit: String,
    /// The first arm.
    pub first: Estimate,
    /// The second arm.
    pub second: Estimate,
    /// Second less first.
    pub difference: Estimate,
    /// The correlation of both arms over lucks; not a number where one never varies.
    pub correlation: f64,
    /// How many times wider the interval of the difference would be if both arms had luck of their own: the interval of
    /// the same kind of two such samples, beside this one. Not a number where no pair differs.
    pub narrower: f64,
    /// Pairs of runs that differ.
    pub differ: u64,
    /// Pairs of runs.
    pub pairs: u64,
}

impl Difference {
    /// Compares two arms by a figure, as each of them has it.
    pub fn of(pairs: &Pairs<'_>, first: &Figure, second: &Figure) -> Difference {
        let mut sides = [ByLuck::new(pairs.lucks.len()), ByLuck::new(pairs.lucks.len())];
        let mut paired = Paired::default();
        let (mut up, mut down) = (0, 0);
        for (luck, rows) in pairs.lucks.iter().enumerate() {
            let (mut here, mut there) = (0, 0);
            for (a, b) in rows {
                let values = (first.value(pairs.first, *a), second.value(pairs.second, *b));
                sides[0].push(luck, values.0);
                sides[1].push(luck, values.1);
                (here, there) = (here + values.0, there + values.1);
                up += u64::from(values.1 > values.0);
                down += u64::from(values.1 < values.0);
            }
            paired.push(here, there);
        }
        let share = first.is_share();
        let side = |figure: &Figure, lucks: &ByLuck| {
            if share { lucks.share() } else { lucks.mean().within(figure.range()) }
        };
        let (lucks, per_luck) = (pairs.lucks.len() as u64, pairs.lucks[0].len() as f64);
        let plain = paired.estimate();
        let (interval, narrower) = match (up + down, share) {
            (0, true) => (bonett_price(0, 0, lucks), f64::NAN),
            (0, false) => (Interval::NONE, f64::NAN),
            (_, true) if per_luck == 1.0 => {
                let interval = bonett_price(up, down, lucks);
                let apart = agresti_caffo(sides.each_ref().map(|side| side.sum().max(0) as u64), lucks);
                (interval, apart.half_width() / interval.half_width())
            }
            // So few lucks that tell the same difference do not tell that others would.
            _ if plain.interval.low == plain.interval.high && lucks < FEWEST as u64 => {
                (Interval::EVERYTHING, f64::NAN)
            }
            // Both intervals are Student's, and differ by their variances alone.
            _ => {
                let Interval { low, high } = plain.interval;
                (Interval::new(low / per_luck, high / per_luck), paired.variance_ratio().sqrt())
            }
        };
        let difference = Estimate { value: plain.value / per_luck, interval, cases: lucks };
        Difference {
            name: first.name.clone(),
            unit: first.unit.clone(),
            first: side(first, &sides[0]),
            second: side(second, &sides[1]),
            difference,
            correlation: paired.correlation(),
            narrower,
            differ: up + down,
            pairs: sides[0].cases(),
        }
    }

    /// Its numbers.
    pub fn findings(&self) -> Vec<Finding> {
        let plain = |value| Estimate { value, interval: Interval::EVERYTHING, cases: self.difference.cases };
        let numbers = [
            ("first", self.first),
            ("second", self.second),
            ("difference", self.difference),
            ("correlation", plain(self.correlation)),
            ("narrower by", plain(self.narrower)),
            ("pairs that differ", Estimate { cases: self.pairs, ..plain(self.differ as f64) }),
        ];
        numbers.map(|(what, number)| Finding::new("comparison", None, &self.name, what, number)).to_vec()
    }
}

/// The interval of a difference of shares of `n` pairs, of which `up` and `down` differ either way: Wald's, with one
/// pair more of each kind (Bonett and Price 2012). It has width where no pair differs.
pub fn bonett_price(up: u64, down: u64, n: u64) -> Interval {
    let cases = (n + 2) as f64;
    let (up, down) = ((up + 1) as f64 / cases, (down + 1) as f64 / cases);
    let centre = up - down;
    let half = normal_quantile() * ((up + down - centre * centre) / cases).sqrt();
    Interval::new((centre - half).max(-1.0), (centre + half).min(1.0))
}

/// The interval of a difference of shares of two samples of `n` each that share nothing: Wald's, with a hit and a miss
/// more on either side (Agresti and Caffo 2000). It is to such samples what [`bonett_price`] is to pairs.
fn agresti_caffo(hits: [u64; 2], n: u64) -> Interval {
    let cases = (n + 2) as f64;
    let [first, second] = hits.map(|hits| (hits + 1) as f64 / cases);
    let half = normal_quantile() * ((first * (1.0 - first) + second * (1.0 - second)) / cases).sqrt();
    Interval::new((second - first - half).max(-1.0), (second - first + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_shares_that_are_no_pairs_has_a_hit_and_a_miss_more_on_either_side() {
        // 9/10 and 6/10 of ten as they stand: 10/12 and 7/12, worked out by hand.
        let found = agresti_caffo([9, 6], 10);
        let half = 1.959_964 * (10.0f64 / 12.0 * 2.0 / 12.0 / 12.0 + 7.0 / 12.0 * 5.0 / 12.0 / 12.0).sqrt();
        assert!((found.low - (-0.25 - half)).abs() < 1e-6 && (found.high - (half - 0.25)).abs() < 1e-6);
    }

    #[test]
    fn the_interval_of_paired_shares_has_width_even_where_no_pair_differs() {
        let none = bonett_price(0, 0, 30);
        assert!(none.low < -0.08 && none.low > -0.1 && (none.high + none.low).abs() < 1e-12, "{none:?}");
        // Twelve against two of a hundred: difference (13 - 3) / 102, worked out by hand.
        let some = bonett_price(12, 2, 100);
        assert!((some.low - 0.0232).abs() < 1e-3 && (some.high - 0.1729).abs() < 1e-3, "{some:?}");
    }
}
