//! What defines each design.

use super::*;
use crate::sweep::factor::{MILLION, Span, Target};
use std::collections::BTreeSet;

fn unit(d: usize) -> Vec<Factor> {
    let factor = |k: usize| Factor {
        name: format!("parameters.f{k}.value"),
        target: Target::Setting,
        span: Span::Numbers(0, MILLION),
        own: Value::Number(MILLION / 2),
    };
    (0..d).map(factor).collect()
}

fn number(value: &Value) -> i64 {
    match value {
        Value::Number(number) => *number,
        Value::Word(word) => panic!("{word} is no number"),
    }
}

fn all(design: &Design, factors: &[Factor]) -> Vec<Vec<i64>> {
    let points = design.points(factors).unwrap();
    (0..points).map(|p| design.values(factors, 7, p).iter().map(number).collect()).collect()
}

#[test]
fn a_grid_holds_every_combination_once() {
    let points = all(&Design::Grid { steps: 3 }, &unit(3));
    let once: BTreeSet<_> = points.iter().collect();
    assert_eq!((points.len(), once.len()), (27, 27));
    assert_eq!(points[1], [0, 0, MILLION / 2], "the last factor moves fastest");
    assert_eq!(all(&Design::Grid { steps: 3 }, &[]), [[0_i64; 0]], "nothing to vary is one point");
}

#[test]
fn one_at_a_time_moves_one_factor_from_its_own_value() {
    let points = all(&Design::OneAtATime { steps: 2 }, &unit(2));
    let half = MILLION / 2;
    assert_eq!(points, [[half, half], [0, half], [MILLION, half], [half, 0], [half, MILLION]]);
}

#[test]
fn a_latin_hypercube_has_one_point_in_every_stratum_of_every_factor() {
    for count in [1_u32, 7, 100, 1000] {
        let points = all(&Design::LatinHypercube { points: count }, &unit(4));
        for factor in 0..4 {
            // A point may be rounded onto the border of its stratum, a millionth away.
            let mut sorted: Vec<i64> = points.iter().map(|point| point[factor]).collect();
            sorted.sort_unstable();
            for (stratum, value) in sorted.iter().enumerate() {
                let (low, high) = (stratum as i64 * MILLION, (stratum as i64 + 1) * MILLION);
                let scaled = value * i64::from(count);
                let margin = i64::from(count);
                assert!((low - margin..=high + margin).contains(&scaled), "{value} of {count}");
            }
        }
        let pairs: BTreeSet<_> = points.iter().map(|point| (point[0], point[1])).collect();
        assert_eq!(pairs.len(), points.len());
    }
}

#[test]
fn sobol_points_are_balanced_in_every_dyadic_interval() {
    let points = all(&Design::Sobol { points: 64 }, &unit(5));
    for factor in 0..5 {
        let strata: BTreeSet<i64> = points.iter().map(|point| point[factor] * 64 / (MILLION + 1)).collect();
        assert_eq!(strata.len(), 64, "factor {factor}");
    }
}

#[test]
fn a_trajectory_moves_every_factor_once_by_half_its_levels() {
    let factors = unit(6);
    let points = all(&Design::Morris { trajectories: 20, levels: 4 }, &factors);
    let mut rises = 0;
    for trajectory in points.chunks(7) {
        let mut moved = BTreeSet::new();
        for pair in trajectory.windows(2) {
            let changed: Vec<usize> = (0..6).filter(|k| pair[0][*k] != pair[1][*k]).collect();
            assert_eq!(changed.len(), 1);
            let step = pair[1][changed[0]] - pair[0][changed[0]];
            assert!((step.abs() - 666_667).abs() <= 1, "two of three steps of a third each: {step}");
            rises += i32::from(step > 0);
            moved.insert(changed[0]);
        }
        assert_eq!(moved.len(), 6);
    }
    assert!((40..=80).contains(&rises), "{rises} of 120 moves rise");
}

#[test]
fn a_saltelli_sample_is_laid_out_as_in_salib() {
    let d = 3;
    for (second_order, size) in [(false, d + 2), (true, 2 * d + 2)] {
        let points = all(&Design::Saltelli { base: 8, second_order }, &unit(d));
        assert_eq!(points.len(), 8 * size);
        let base = all(&Design::Sobol { points: 8 }, &unit(2 * d));
        for (rows, base) in points.chunks(size).zip(base) {
            let (a, b) = base.split_at(d);
            assert_eq!((&rows[0][..], &rows[size - 1][..]), (a, b));
            for k in 0..d {
                let mixed = |from: &[i64], other: &[i64]| -> Vec<i64> {
                    (0..d).map(|j| if j == k { other[j] } else { from[j] }).collect()
                };
                assert_eq!(rows[1 + k], mixed(a, b), "A with factor {k} of B");
                if second_order {
                    assert_eq!(rows[1 + d + k], mixed(b, a), "B with factor {k} of A");
                }
            }
        }
    }
}

#[test]
fn a_point_depends_on_the_seed_and_its_number_alone() {
    let factors = unit(3);
    let designs = [
        Design::LatinHypercube { points: 50 },
        Design::Sobol { points: 50 },
        Design::Morris { trajectories: 10, levels: 4 },
        Design::Saltelli { base: 8, second_order: true },
    ];
    for design in designs {
        let at = |seed, point| design.values(&factors, seed, point);
        assert_eq!(at(1, 17), at(1, 17));
        assert!((0..20).any(|point| at(1, point) != at(2, point)), "{design:?}");
    }
}

#[test]
fn a_table_is_read_back_as_it_was_written_in_any_order_of_columns() {
    let factors = unit(3);
    let design = Design::LatinHypercube { points: 20 };
    let mut text = Vec::new();
    let add = |piece: &[u8]| {
        text.extend_from_slice(piece);
        Ok::<(), ()>(())
    };
    write_table(&design, &factors, 7, add).unwrap();
    let text = String::from_utf8(text).unwrap();
    let names: Vec<&str> = factors.iter().map(|factor| factor.name.as_str()).collect();
    let points = read_table(&text, &names).unwrap();
    assert_eq!(points, (0..20).map(|p| design.values(&factors, 7, p)).collect::<Vec<_>>());
    let turned = read_table("b,point,a\n1,0,x\n2,1,y\n", &["a", "b"]).unwrap();
    assert_eq!(turned[1], ["y".parse().unwrap(), "2".parse().unwrap()]);
}

#[test]
fn a_table_that_does_not_fit_is_refused_with_the_reason() {
    let refusal = |text: &str| read_table(text, &["a", "b"]).unwrap_err();
    assert_eq!(refusal("a\n1\n"), "no column is called `b`");
    assert_eq!(refusal("a,b,c\n1,2,3\n"), "the column `c` is no factor of the experiment");
    assert_eq!(refusal("a,b,a\n1,2,3\n"), "two columns are called `a`");
    assert_eq!(refusal("a,b\n1,\n"), "line 2, column `b`: there is no value");
    assert_eq!(refusal("a,b\n1,nan\n"), "line 2, column `b`: nan is not finite");
    assert!(refusal("a,b\n1\n").contains("line: 2"), "{}", refusal("a,b\n1\n"));
}

#[test]
fn designs_out_of_their_limits_are_refused() {
    let fault = |design: Design, d: usize| design.fault(&unit(d)).map(|(what, _)| what);
    assert_eq!(fault(Design::LatinHypercube { points: 0 }, 1).unwrap(), "an empty design");
    assert_eq!(fault(Design::List(Vec::new()), 1).unwrap(), "an empty design");
    assert_eq!(fault(Design::Sobol { points: 65_537 }, 1).unwrap(), "65537 Sobol points of 1 factors");
    assert_eq!(
        fault(Design::Saltelli { base: 100, second_order: false }, 1).unwrap(),
        "100 base points of 1 factors"
    );
    assert_eq!(
        fault(Design::Saltelli { base: 128, second_order: false }, 129).unwrap(),
        "128 base points of 129 factors"
    );
    assert_eq!(fault(Design::Morris { trajectories: 4, levels: 5 }, 1).unwrap(), "5 levels");
    assert_eq!(fault(Design::Grid { steps: 1 }, 1).unwrap(), "1 steps");
    assert_eq!(fault(Design::Sobol { points: 4 }, 0).unwrap(), "a design without factors");
    assert_eq!(fault(Design::Grid { steps: 2 }, 0), None);
    let twice = Factor {
        span: Span::Levels([150_000, 200_000, 150_000].map(Value::Number).to_vec()),
        ..unit(1).remove(0)
    };
    let refused = Design::LatinHypercube { points: 4 }.fault(&[twice]);
    assert_eq!(refused.unwrap().0, "`parameters.f0.value` takes 0.15 twice");
    assert_eq!(Design::Grid { steps: 1000 }.points(&unit(7)), None, "more points than can be counted");
}
