//! A contrast: whether a condition holds more often in one group of design points than in another, over lucks and
//! points alike.

use statrs::distribution::{ContinuousCDF, StudentsT};
use std::collections::BTreeMap;

/// The runs of a design point: the luck of each, and whether the condition holds of it.
pub type Outcomes = Vec<(usize, bool)>;

/// The chance of as large a gain of the first group over the second if it were luck's, one-sided.
///
/// Runs of one point and runs that met one luck are no independent cases. The error is clustered by both (Cameron,
/// Gelbach and Miller 2011): the variance by lucks and that by points, less that by runs, which both count; and not less
/// than either. Student's t has one degree of freedom less than there are lucks, or points in the smaller group. The
/// chance is never below what so few lucks or points can give at all: that a coin falls alike for every luck, and that
/// of all ways to choose the group's points it is this one.
pub fn chance(first: &[&Outcomes], second: &[&Outcomes]) -> f64 {
    let mean = |points: &[&Outcomes]| {
        let runs = points.iter().map(|point| point.len()).sum::<usize>() as f64;
        let hits = points.iter().flat_map(|point| point.iter()).filter(|run| run.1).count() as f64;
        (hits / runs, runs)
    };
    let ((here, of), (there, its)) = (mean(first), mean(second));
    let groups = first.iter().map(|point| (*point, here, of));
    let groups = groups.chain(second.iter().map(|point| (*point, there, -its)));
    // How far each run moves the gain.
    let mut by_luck: BTreeMap<usize, f64> = BTreeMap::new();
    let (mut by_point, mut by_run) = (Vec::new(), Vec::new());
    for (point, mean, runs) in groups.filter(|(point, ..)| !point.is_empty()) {
        let mut whole = 0.0;
        for (luck, holds) in point {
            let moves = (f64::from(u8::from(*holds)) - mean) / runs;
            *by_luck.entry(*luck).or_default() += moves;
            by_run.push(moves);
            whole += moves;
        }
        by_point.push(whole);
    }
    let [lucks, points] = [by_luck.len(), by_point.len()];
    let inside = first.iter().filter(|point| !point.is_empty()).count();
    let least = least_by_lucks(lucks).max(least_by_points(points, inside));
    let freedom = lucks.min(inside).min(points - inside).saturating_sub(1) as f64;
    let by_luck = variance(by_luck.into_values());
    let (by_point, by_run) = (variance(by_point.into_iter()), variance(by_run.into_iter()));
    let error = (by_luck + by_point - by_run).max(by_luck).max(by_point).sqrt();
    let gain = here - there;
    // The rounding of equal values is no spread.
    let spread = error > 1e-12;
    match StudentsT::new(0.0, 1.0, freedom) {
        Ok(law) if gain > 0.0 && spread => law.sf(gain / error).max(least),
        Ok(_) if gain > 0.0 => least,
        _ => 1.0,
    }
}

/// The least chance that so many lucks can tell: that a coin falls alike for all.
pub fn least_by_lucks(lucks: usize) -> f64 {
    (0..lucks).fold(1.0, |chance: f64, _| chance / 2.0)
}

/// The least chance that so many points can tell, if so many are inside: that of all ways to choose them it is this one.
pub fn least_by_points(points: usize, inside: usize) -> f64 {
    let few = inside.min(points - inside);
    (0..few).fold(1.0, |chance, k| chance * (k + 1) as f64 / (points - k) as f64)
}

/// The variance of a sum of so many independent parts.
fn variance(parts: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = parts.len() as f64;
    parts.map(|part| part * part).sum::<f64>() * count / (count - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of so many lucks, of which those that hold are given.
    fn points(count: usize, lucks: usize, holds: impl Fn(usize, usize) -> bool) -> Vec<Outcomes> {
        let point = |at| (0..lucks).map(|luck| (luck, holds(at, luck))).collect();
        (0..count).map(point).collect()
    }

    fn between(first: &[Outcomes], second: &[Outcomes]) -> f64 {
        chance(&first.iter().collect::<Vec<_>>(), &second.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_gain_in_every_luck_and_at_every_point_is_as_sure_as_so_few_can_be() {
        let always = points(30, 10, |_, _| true);
        assert_eq!(between(&always, &points(30, 10, |_, _| false)), 1.0 / 1024.0);
        assert_eq!(between(&always[..2], &points(2, 10, |_, _| false)), 1.0 / 6.0);
        assert_eq!(between(&points(30, 10, |_, _| false), &always), 1.0);
    }

    #[test]
    fn many_points_that_share_few_lucks_do_not_make_a_gain_sure() {
        // Six lucks of ten favour the first group at every point, four the second: nothing is told from that.
        let (first, second) = (points(30, 10, |_, luck| luck < 6), points(30, 10, |_, luck| luck >= 6));
        let told = between(&first, &second);
        assert!((0.2..0.4).contains(&told), "{told}");
    }

    #[test]
    fn many_lucks_at_few_points_do_not_make_a_gain_sure() {
        // Points differ by something else: five of nine hold in one group, four of nine in the other.
        let (first, second) = (points(9, 200, |at, _| at < 5), points(9, 200, |at, _| at < 4));
        let told = between(&first, &second);
        assert!((0.25..0.4).contains(&told), "{told}");
    }

    #[test]
    fn runs_that_share_nothing_count_one_by_one() {
        // A luck a point and run: 60 of 100 against 40 of 100, z = 0.2 / sqrt(0.48 / 100) = 2.89.
        let own = |from: usize, holds: fn(usize) -> bool| -> Vec<Outcomes> {
            (0..100).map(|at| vec![(from + at, holds(at))]).collect()
        };
        let told = between(&own(0, |at| at % 10 < 6), &own(100, |at| at % 10 < 4));
        assert!((0.002..0.0026).contains(&told), "{told}");
    }
}
