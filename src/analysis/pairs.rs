//! Pairs of runs that met the same dice, from two arms.

use crate::sweep::rows::Results;
use std::collections::BTreeMap;

/// One side of a comparison: design points of a sweep.
#[derive(Clone, Debug)]
pub struct Arm<'a> {
    /// The sweep.
    pub results: &'a Results,
    /// The points, in the order in which they meet those of the other side.
    pub points: Vec<usize>,
}

/// Runs of two arms, pair by pair.
#[derive(Clone, Debug)]
pub struct Pairs<'a> {
    /// The first arm.
    pub first: &'a Results,
    /// The second arm.
    pub second: &'a Results,
    /// The lucks that both arms have at every point: the pairs of rows of each, as many for one as for another.
    pub lucks: Vec<Vec<(u32, u32)>>,
    /// Design points of each arm.
    pub points: usize,
    /// Runs of both arms that are left out, because the luck is not there at every point of both.
    pub alone: u64,
}

impl<'a> Arm<'a> {
    /// All points of a sweep.
    pub fn whole(results: &'a Results) -> Arm<'a> {
        Arm { results, points: (0..results.points.len()).collect() }
    }

    /// Both arms of one sweep: the points at which a factor has one value, and those that differ from them in nothing
    /// but that the factor has another.
    ///
    /// # Errors
    /// If there is no such factor, value or pair of points.
    pub fn apart(results: &'a Results, factor: &str, values: [&str; 2]) -> Result<[Arm<'a>; 2], String> {
        let factors = &results.experiment.factors;
        let at = factors.iter().position(|known| known.name == factor);
        let at = at.ok_or_else(|| {
            let names: Vec<String> = factors.iter().map(|known| format!("`{}`", known.name)).collect();
            format!("`{factor}` is no factor of the sweep, which has {}", listed(&names))
        })?;
        if values[0] == values[1] {
            return Err(format!("`{}` twice: two values of `{factor}` are two arms", values[0]));
        }
        let mut twins: BTreeMap<Vec<String>, [Option<usize>; 2]> = BTreeMap::new();
        let mut seen: Vec<String> = Vec::new();
        for point in 0..results.points.len() {
            let mut point_values: Vec<String> =
                results.values(point).iter().map(ToString::to_string).collect();
            let own = point_values.remove(at);
            if let Some(side) = values.iter().position(|value| *value == own) {
                twins.entry(point_values).or_default()[side] = Some(point);
            }
            if !seen.contains(&own) {
                seen.push(own);
            }
        }
        for value in values {
            if !seen.iter().any(|known| known == value) {
                let known: Vec<String> = seen.iter().take(12).map(|known| format!("`{known}`")).collect();
                return Err(format!("no design point has `{factor}={value}`; it takes {}", listed(&known)));
            }
        }
        let pairs: Vec<(usize, usize)> = twins.values().filter_map(|[a, b]| (*a).zip(*b)).collect();
        if pairs.is_empty() {
            return Err(format!(
                "no two design points differ in `{factor}` alone; a grid or a list has such points, or make two sweeps \
                 of one design and compare them"
            ));
        }
        let (first, second) = pairs.into_iter().unzip();
        Ok([Arm { results, points: first }, Arm { results, points: second }])
    }
}

fn listed(words: &[String]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

impl<'a> Pairs<'a> {
    /// Pairs two arms by the luck of their runs, point by point.
    ///
    /// # Errors
    /// Why they cannot be paired, and what can be done about it.
    pub fn of(first: &Arm<'a>, second: &Arm<'a>) -> Result<Pairs<'a>, String> {
        let (a, b) = (first.results, second.results);
        let one = a.has_same_runs(b);
        if let Some((point, _)) = first.points.iter().zip(&second.points).find(|(x, y)| one && x == y) {
            let point = if first.points.len() == 1 { format!("point {point} of ") } else { String::new() };
            return Err(format!(
                "both arms are the same runs, those of {point}'{}': name another folder, or two design points \
                 (`--points I J`)",
                a.path().display()
            ));
        }
        comparable(a, b)?;
        if one && !a.shares_luck() {
            return Err(format!(
                "every run of '{}' has luck of its own (`pairing: Independent`): its points cannot be paired",
                a.path().display()
            ));
        }
        // At a single point both ways of pairing give the same lucks.
        if a.shares_luck() != b.shares_luck() && (a.points.len() > 1 || b.points.len() > 1) {
            let told = |results: &Results| if results.shares_luck() { "Common" } else { "Independent" };
            return Err(format!(
                "'{}' and '{}' share no luck: the `pairing` of the first is {}, of the second {}; play both with one",
                a.path().display(),
                b.path().display(),
                told(a),
                told(b)
            ));
        }
        if first.points.len() != second.points.len() {
            return Err(format!(
                "'{}' has {} design points and '{}' has {}: choose one of each with `--points`",
                a.path().display(),
                first.points.len(),
                b.path().display(),
                second.points.len()
            ));
        }
        if !one && first.points.len() > 1 {
            same_points(first, second)?;
        }
        let mut by_luck: BTreeMap<i64, Vec<(u32, u32)>> = BTreeMap::new();
        let mut runs = 0;
        for (at, other) in first.points.iter().zip(&second.points) {
            let lucks = |results: &Results, point: usize| -> BTreeMap<i64, u32> {
                let rows = results.points[point].rows.iter();
                rows.map(|row| (results.luck_number(results.luck(*row)), *row)).collect()
            };
            let (here, there) = (lucks(a, *at), lucks(b, *other));
            runs += here.len() + there.len();
            let mut met = false;
            for (luck, row) in &here {
                if let Some(its) = there.get(luck) {
                    by_luck.entry(*luck).or_default().push((*row, *its));
                    met = true;
                }
            }
            // A point without pairs would drop out of all differences, and nobody would see it.
            if !met {
                return Err(format!(
                    "no run of '{}' at point {at} has the luck of a run of '{}' at point {other}",
                    a.path().display(),
                    b.path().display()
                ));
            }
        }
        let whole = by_luck.values().map(Vec::len).max().unwrap_or(0);
        let lucks: Vec<_> = by_luck.into_values().filter(|pairs| pairs.len() == whole).collect();
        let alone = runs as u64 - 2 * lucks.iter().map(|pairs| pairs.len() as u64).sum::<u64>();
        Ok(Pairs { first: a, second: b, lucks, points: first.points.len(), alone })
    }
}

/// Whether the dice of two sweeps are the same dice for the same crisis.
fn comparable(a: &Results, b: &Results) -> Result<(), String> {
    let (x, y) = (&a.manifest, &b.manifest);
    let same = [
        ("scenario", x.scenario.clone(), y.scenario.clone(), "play one scenario, and change it with `--set`"),
        ("seed", x.seed.to_string(), y.seed.to_string(), "play both with one `--seed`"),
        ("version of offramp", x.offramp.clone(), y.offramp.clone(), "play both with one version"),
        ("version of the rules", x.rules.to_string(), y.rules.to_string(), "play both with one version"),
    ];
    for (what, here, there, remedy) in same {
        if here != there {
            return Err(format!(
                "'{}' and '{}' share no luck: the {what} of the first is {here}, of the second {there}; {remedy}",
                a.path().display(),
                b.path().display()
            ));
        }
    }
    Ok(())
}

/// Whether two sweeps of many points have the same points.
fn same_points(first: &Arm<'_>, second: &Arm<'_>) -> Result<(), String> {
    let (a, b) = (first.results, second.results);
    let names = |results: &Results| -> Vec<String> {
        results.experiment.factors.iter().map(|factor| factor.name.clone()).collect()
    };
    let one = "compare one point of each with `--points`, or play both by one design";
    if names(a) != names(b) {
        return Err(format!(
            "the factors differ: '{}' varies {}, '{}' varies {}; {one}",
            a.path().display(),
            listed(&names(a)),
            b.path().display(),
            listed(&names(b))
        ));
    }
    for (here, there) in first.points.iter().zip(&second.points) {
        let differs = a.values(*here).into_iter().zip(b.values(*there)).position(|(x, y)| x != y);
        if let Some(at) = differs {
            return Err(format!(
                "the points differ: at point {here}, `{}` is {} in the first and {} in the second; {one}",
                a.experiment.factors[at].name,
                a.values(*here)[at],
                b.values(*there)[at]
            ));
        }
    }
    Ok(())
}
