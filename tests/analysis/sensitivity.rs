//! Sensitivity, discovery and robustness: known answers, and figures worked out anew.

use super::{Home, findings, key, mean, near, refuses, square, succeeds, table, wholes};
use offramp::analysis::cart::Tree;
use offramp::analysis::cases::{Cases, Limit, Values};
use offramp::analysis::morris::morris;
use offramp::analysis::prim::{choose, peel};
use offramp::analysis::sobol::{Block, sobol};
use offramp::sweep::design::Design;
use offramp::sweep::factor::{Factor, Span, Target, Value};
use std::f64::consts::PI;

/// Factors from -pi to pi.
fn turns(count: usize) -> Vec<Factor> {
    let factor = |k| Factor {
        name: format!("x{k}"),
        target: Target::Setting,
        span: Span::Numbers(-3_141_593, 3_141_593),
        own: Value::Number(0),
    };
    (0..count).map(factor).collect()
}

fn point(design: &Design, factors: &[Factor], point: u64) -> Vec<f64> {
    let number = |value: &Value| value.to_string().parse().expect("a number");
    design.values(factors, 1, point).iter().map(number).collect()
}

/// Ishigami and Homma's function (1990), with a = 7 and b = 0.1.
fn ishigami(x: &[f64]) -> f64 {
    let sin = libm::sin;
    sin(x[0]) + 7.0 * square(sin(x[1])) + 0.1 * square(square(x[2])) * sin(x[0])
}

#[test]
fn ishigamis_function_has_its_known_indices() {
    let (base, factors) = (1024, turns(3));
    let design = Design::Saltelli { base, second_order: true };
    let value = |at: u64| ishigami(&point(&design, &factors, at));
    let block = |k: u64| Block {
        a: value(k * 8),
        b: value(k * 8 + 7),
        ab: (1..4).map(|row| value(k * 8 + row)).collect(),
        ba: (4..7).map(|row| value(k * 8 + row)).collect(),
    };
    let blocks: Vec<Block> = (0..u64::from(base)).map(block).collect();
    let found = sobol(&blocks, 3, 100, 1).expect("it varies");
    let (a, b) = (7.0f64, 0.1f64);
    let alone = 0.5 * square(1.0 + b * libm::pow(PI, 4.0) / 5.0);
    let second = a * a / 8.0;
    let together = b * b * libm::pow(PI, 8.0) * (1.0 / 18.0 - 1.0 / 50.0);
    let whole = alone + second + together;
    let (first, total) = ([alone, second, 0.0], [alone + together, second, together]);
    for k in 0..3 {
        for (name, estimate, known) in
            [("first", found[k].first, first[k] / whole), ("total", found[k].total, total[k] / whole)]
        {
            assert!((estimate.value - known).abs() < 0.03, "{name} {k}: {estimate:?}, known {known}");
            let wide = estimate.interval.half_width().max(0.01);
            assert!((estimate.value - known).abs() < 2.0 * wide, "{name} {k}: {estimate:?}, known {known}");
        }
    }
    let pair = found[0].pairs[1];
    assert!((pair.value - together / whole).abs() < 0.05, "{pair:?}");
    let none = |value| Block { a: value, b: value, ab: vec![value; 3], ba: Vec::new() };
    assert!(sobol(&[none(2.0), none(2.0)], 3, 10, 1).is_none());
}

#[test]
fn effects_of_a_plane_are_its_slopes() {
    let (factors, design) = (turns(3), Design::Morris { trajectories: 20, levels: 4 });
    let plane = |x: &[f64]| 3.0 * x[0] - 0.5 * x[1];
    let trajectory = |t: u64| -> Vec<f64> {
        let mut effects = vec![0.0; 3];
        for step in t * 4 + 1..t * 4 + 4 {
            let (before, after) = (point(&design, &factors, step - 1), point(&design, &factors, step));
            let moved = (0..3).find(|k| before[*k] != after[*k]).expect("one factor moves");
            effects[moved] = (plane(&after) - plane(&before)) / ((after[moved] - before[moved]) / (2.0 * PI));
        }
        effects
    };
    let effects = morris(&(0..20).map(trajectory).collect::<Vec<_>>(), 3, 100, 1);
    for (effect, slope) in effects.iter().zip([6.0 * PI, -PI, 0.0]) {
        assert!((effect.mean.value - slope).abs() < 1e-4, "{effect:?}");
        assert!((effect.mu_star.value - slope.abs()).abs() < 1e-4 && effect.sigma.value < 1e-4, "{effect:?}");
    }
}

/// A Latin hypercube of four factors from 0 to 1 and one of three words, with a planted box.
fn planted() -> Cases {
    let mut factors = turns(4);
    factors.iter_mut().for_each(|factor| factor.span = Span::Numbers(0, 1_000_000));
    let design = Design::LatinHypercube { points: 600 };
    let rows: Vec<Vec<f64>> = (0..600).map(|at| point(&design, &factors, at)).collect();
    let words: Vec<usize> = (0..600).map(|at| at % 3).collect();
    let inside = |at: usize| (0.2..=0.6).contains(&rows[at][0]) && rows[at][2] > 0.5 && words[at] != 1;
    // Ten runs of every point: nine of interest inside, one outside.
    let hits = (0..600).map(|at| if inside(at) { 9 } else { 1 }).collect();
    let mut values: Vec<Values> =
        (0..4).map(|k| Values::Numbers(rows.iter().map(|row| row[k]).collect())).collect();
    values.push(Values::Words(["a", "b", "c"].map(str::to_owned).to_vec(), words));
    let mut cases = Cases::default();
    cases.names = ["x0", "x1", "x2", "x3", "word"].map(str::to_owned).to_vec();
    (cases.values, cases.hits, cases.runs) = (values, hits, vec![10; 600]);
    cases
}

#[test]
fn a_planted_box_is_found_and_nothing_else() {
    let cases = planted();
    let found = choose(&cases, &peel(&cases)).expect("there is a box");
    assert_eq!(found.limited(), [0, 2, 4], "{found:?}");
    let Some(Limit::Between(low, high)) = found.limits[0] else { panic!("{found:?}") };
    assert!((low - 0.2).abs() < 0.05 && (high - 0.6).abs() < 0.05, "{low} to {high}");
    let Some(Limit::Between(low, high)) = found.limits[2] else { panic!("{found:?}") };
    assert!((low - 0.5).abs() < 0.05 && high == f64::INFINITY, "{low} to {high}");
    assert_eq!(found.limits[4], Some(Limit::OneOf(vec![0, 2])));
    assert!(found.density > 0.8, "{found:?}");
}

#[test]
fn a_condition_that_no_factor_moves_has_no_box_and_no_tree() {
    let mut cases = planted();
    cases.hits = (0..600).map(|at| u64::from(at % 7 == 0)).collect();
    cases.runs = vec![1; 600];
    if let Some(found) = choose(&cases, &peel(&cases)) {
        assert!(found.limited().len() <= 1, "{found:?}");
    }
    cases.hits = vec![0; 600];
    assert!(choose(&cases, &peel(&cases)).is_none());
    assert!(Tree::grow(&cases).split.is_none());
}

#[test]
fn the_tree_divides_where_the_box_was_planted() {
    let cases = planted();
    let tree = Tree::grow(&cases);
    let mut densest: (f64, usize) = (0.0, 0);
    let mut stack = vec![&tree];
    while let Some(branch) = stack.pop() {
        match &branch.split {
            Some(split) => stack.extend(split.branches.iter()),
            None if branch.density > densest.0 => densest = (branch.density, branch.cases.len()),
            None => {}
        }
    }
    assert!(densest.0 > 0.8 && densest.1 > 40, "{densest:?}");
}

const FACTORS: &str =
    "factors: [(name: \"parameters.percept_bias.value\"), (name: \"parameters.fade_hazard.value\")]";

#[test]
fn effects_and_indices_of_a_sweep_are_those_of_its_tables() {
    let home = Home::new();
    let morris = home
        .sweep("morris", &format!("{FACTORS}, replications: 2, design: Morris(trajectories: 3, levels: 4)"));
    let rows = table(&morris, "runs.csv");
    let at = |rows: &[_], point: usize, column: &str| -> f64 {
        let here: Vec<_> = rows
            .iter()
            .filter(|row: &&std::collections::BTreeMap<String, String>| row["point"] == point.to_string())
            .cloned()
            .collect();
        mean(&wholes(&here, column))
    };
    let design = table(&morris, "design.csv");
    let ranges: Vec<(f64, f64)> = ["parameters.percept_bias.value", "parameters.fade_hazard.value"]
        .iter()
        .map(|name| {
            let experiment: serde_json::Value =
                serde_json::from_str(&std::fs::read_to_string(home.path("morris/plan.json")).unwrap())
                    .unwrap();
            let factors = experiment["experiment"]["factors"].as_array().unwrap();
            let span = &factors.iter().find(|factor| factor["name"] == *name).unwrap()["span"];
            let (ends, unit) =
                if span["Numbers"].is_array() { (&span["Numbers"], 1e6) } else { (&span["Wholes"], 1.0) };
            (ends[0].as_f64().unwrap() / unit, ends[1].as_f64().unwrap() / unit)
        })
        .collect();
    let mut sizes = [0.0; 2];
    for t in 0..3 {
        for step in t * 3 + 1..t * 3 + 3 {
            for (k, name) in
                ["parameters.percept_bias.value", "parameters.fade_hazard.value"].iter().enumerate()
            {
                let cell = |point: usize| design[point][*name].parse::<f64>().unwrap();
                let moved = (cell(step) - cell(step - 1)) / (ranges[k].1 - ranges[k].0);
                if moved != 0.0 {
                    let effect = (at(&rows, step, "minutes") - at(&rows, step - 1, "minutes")) / moved;
                    sizes[k] += effect.abs() / 3.0;
                }
            }
        }
    }
    let found = findings(&["analyze", &morris, "--metric", "minutes"]);
    for (k, name) in ["parameters.percept_bias.value", "parameters.fade_hazard.value"].iter().enumerate() {
        let mu_star = found[&key(["sensitivity", "", &format!("minutes by {name}"), "mu_star"])];
        assert!((mu_star[0] - sizes[k]).abs() <= 1e-4 * sizes[k], "{mu_star:?}, expected {sizes:?}");
    }
    let saltelli = home.sweep(
        "saltelli",
        &format!("{FACTORS}, replications: 2, design: Saltelli(base: 8, second_order: false)"),
    );
    assert!(!succeeds(&["analyze", &saltelli, "--metric", "minutes"]).contains("has luck of its own"));
    let own = "replications: 1, pairing: Independent, design: Morris(trajectories: 2, levels: 4)";
    let own = home.sweep("own", &format!("{FACTORS}, {own}"));
    let told = succeeds(&["analyze", &own, "--metric", "minutes"]);
    assert!(told.contains("Every run has luck of its own"), "{told}");
    let rows = table(&saltelli, "runs.csv");
    let y: Vec<f64> = (0..32).map(|point| at(&rows, point, "misperception")).collect();
    let centre = y.iter().sum::<f64>() / 32.0;
    let base: Vec<f64> = (0..8).flat_map(|k| [y[k * 4], y[k * 4 + 3]]).collect();
    let middle = base.iter().sum::<f64>() / 16.0;
    let variance = base.iter().map(|y| square(y - middle)).sum::<f64>() / 16.0;
    let found = findings(&["analyze", &saltelli, "--metric", "misperception"]);
    for (k, name) in ["parameters.percept_bias.value", "parameters.fade_hazard.value"].iter().enumerate() {
        let get =
            |statistic| found[&key(["sensitivity", "", &format!("misperception by {name}"), statistic])][0];
        let (a, ab, b) = (|j: usize| y[j * 4], |j: usize| y[j * 4 + 1 + k], |j: usize| y[j * 4 + 3]);
        let first = (0..8).map(|j| (b(j) - centre) * (ab(j) - a(j))).sum::<f64>() / 8.0 / variance;
        near(get("S1"), first);
        near(get("ST"), (0..8).map(|j| square(a(j) - ab(j))).sum::<f64>() / 16.0 / variance);
    }
}

#[test]
fn policies_are_judged_against_the_best_of_each_world() {
    let home = Home::new();
    let folder = home.sweep(
        "policies",
        "replications: 6, factors: [(name: \"seats.rok.policy\", over: Words([\"firm_reply\", \"passive\"])),
         (name: \"parameters.percept_bias.value\")], design: Grid(steps: 3)",
    );
    let rows = table(&folder, "runs.csv");
    let value = |policy: &str, bias: &str| {
        let here = |row: &&std::collections::BTreeMap<String, String>| {
            row["seats.rok.policy"] == policy && row["parameters.percept_bias.value"] == bias
        };
        mean(&wholes(&rows.iter().filter(here).cloned().collect::<Vec<_>>(), "score.rok.aims"))
    };
    let mut biases: Vec<String> =
        rows.iter().map(|row| row["parameters.percept_bias.value"].clone()).collect();
    biases.sort();
    biases.dedup();
    assert_eq!(biases.len(), 3);
    let found = findings(&["analyze", &folder]);
    for (policy, other) in [("firm_reply", "passive"), ("passive", "firm_reply")] {
        let regrets: Vec<f64> =
            biases.iter().map(|bias| (value(other, bias) - value(policy, bias)).max(0.0)).collect();
        let subject = format!("score.rok.aims by seats.rok.policy={policy}");
        let get = |statistic| found[&key(["robustness", "", &subject, statistic])][0];
        // Less what luck gave the best, and never below zero.
        let mean_regret = get("mean regret");
        let plain = regrets.iter().sum::<f64>() / 3.0;
        assert!((0.0..=plain * (1.0 + 1e-9)).contains(&mean_regret), "{mean_regret}, {plain} as it is");
        near(get("worst regret"), regrets.iter().copied().fold(0.0, f64::max));
        near(get("worst"), biases.iter().map(|bias| value(policy, bias)).fold(f64::INFINITY, f64::min));
    }
    let text = succeeds(&["analyze", &folder, "--minimise", "peak", "--discover", "peak>=7"]);
    assert!(text.contains("Robustness of seats.rok.policy, by peak (less is better)"), "{text}");
    assert!(text.contains("Where peak>=7 holds how often: a tree (CART)"), "{text}");
    let found = findings(&["analyze", &folder, "--discover", "turns>=2"]);
    let shares = |what: &str| -> Vec<f64> {
        let leaves = found.iter().filter(|(key, _)| key[0] == "leaf" && key[3] == what);
        leaves.map(|(_, share)| share[0]).collect()
    };
    near(shares("mass").iter().sum(), 1.0);
    near(shares("coverage").iter().sum(), 1.0);
    let grown = |cases: &[f64]| cases.len() == shares("density").len() && !cases.is_empty();
    assert!(grown(&shares("mass")), "{found:?}");
    let lonely = home.sweep(
        "lonely",
        "replications: 2, factors: [(name: \"seats.rok.policy\", over: Words([\"firm_reply\", \"passive\"])),
         (name: \"parameters.percept_bias.value\")], design: List([[\"passive\", \"0.1\"], [\"firm_reply\", \"0.2\"]])",
    );
    refuses(&["analyze", &lonely, "--maximise", "turns"], 2, "no two design points differ in a policy alone");
    for (arguments, says) in [
        (["--discover", "peak"], "`peak` is no condition: write `peak>=NUMBER`"),
        (["--discover", "peek>=7"], "--discover: no column is called `peek`; did you mean `peak`?"),
        (["--maximise", "scor.rok.aims"], "did you mean `score.rok.aims`?"),
    ] {
        refuses(&[["analyze", &folder].as_slice(), &arguments].concat(), 2, says);
    }
}
