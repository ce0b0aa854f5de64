//! Sensitivity, discovery and robustness: known answers, and figures worked out anew.

use super::{Home, findings, key, mean, near, refuses, square, succeeds, table, wholes};
use offramp::analysis::cart::Tree;
use offramp::analysis::cases::{Cases, Limit, Values};
use offramp::analysis::morris::morris;
use offramp::analysis::prim::{NoBox, Search};
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
    // Twenty runs of every point: nine of ten of interest inside, one outside.
    let run = |at: usize, luck: usize| (luck, (at + luck) % 10 < if inside(at) { 9 } else { 1 });
    let outcomes = (0..600).map(|at| (0..20).map(|luck| run(at, luck)).collect()).collect();
    let mut values: Vec<Values> =
        (0..4).map(|k| Values::Numbers(rows.iter().map(|row| row[k]).collect())).collect();
    values.push(Values::Words(["a", "b", "c"].map(str::to_owned).to_vec(), words));
    Cases::new(["x0", "x1", "x2", "x3", "word"].map(str::to_owned).to_vec(), values, outcomes)
}

/// The same design points, with so many lucks and other outcomes.
fn otherwise(cases: &Cases, lucks: usize, mut holds: impl FnMut(usize, usize) -> bool) -> Cases {
    let mut runs = |at| (0..lucks).map(|luck| (luck, holds(at, luck))).collect();
    Cases::new(cases.names.clone(), cases.values.clone(), (0..cases.len()).map(&mut runs).collect())
}

#[test]
fn a_planted_box_is_found_and_nothing_else() {
    let cases = planted();
    let found = Search::of(&cases).found.expect("there is a box");
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
    let planted = planted();
    if let Ok(found) = Search::of(&otherwise(&planted, 20, |at, _| at % 7 == 0)).found {
        assert!(found.limited().len() <= 1, "{found:?}");
    }
    let never = otherwise(&planted, 20, |_, _| false);
    assert_eq!(Search::of(&never).found, Err(NoBox::Never));
    assert!(Tree::grow(&never).split.is_none());
    assert_eq!(Search::of(&otherwise(&planted, 20, |_, _| true)).found, Err(NoBox::Always));
}

#[test]
fn few_lucks_and_few_points_tell_no_box_however_clear_it_looks() {
    let planted = planted();
    let by_word = |cases: &Cases, lucks| otherwise(cases, lucks, |at, _| at % 3 == 1);
    assert_eq!(Search::of(&by_word(&planted, 8)).found, Err(NoBox::FewLucks));
    let found =
        Search::of(&by_word(&planted, 10)).found.expect("ten lucks tell what every one of them shows");
    assert_eq!(found.limited(), [4]);
    let of = |lucks: usize| (0..lucks).map(|luck| (luck, false)).collect::<Vec<_>>();
    let words = Values::Words(["a", "b"].map(str::to_owned).to_vec(), vec![0, 1, 0, 1]);
    let few = Cases::new(vec!["word".to_owned()], vec![words], vec![of(40); 4]);
    assert_eq!(Search::of(&otherwise(&few, 40, |at, _| at % 2 == 1)).found, Err(NoBox::FewPoints));
}

/// A seeded toss of a fair coin, for a pair of numbers.
fn toss(seed: u64, at: usize, luck: usize) -> bool {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ ((at as u64) << 32 | luck as u64);
    for factor in [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb] {
        state = (state ^ (state >> 30)).wrapping_mul(factor);
    }
    (state >> 31) & 1 == 1
}

#[test]
fn what_has_no_effect_seldom_has_a_box() {
    // Sixty points that share ten lucks, as an analyst has them. In the first world luck alone decides every run; in
    // the second each luck favours a word, one this and another that; in the third it never happens at half of the
    // points, which no factor tells, so that a box is looked for with up to three limits. One limit in twenty stays:
    // more than 18 of 200 of one, and 44 of three, come by once in two hundred times.
    let words: Vec<usize> = (0..60).map(|at| usize::from(toss(99, at, 0))).collect();
    let spread = |by: usize| Values::Numbers((0..60).map(|at| (at * by % 61) as f64).collect());
    let values =
        vec![Values::Words(["a", "b"].map(str::to_owned).to_vec(), words.clone()), spread(7), spread(22)];
    let names = ["word", "x", "y"].map(str::to_owned).to_vec();
    let empty = Cases::new(names, values, vec![Vec::new(); 60]);
    let seeds = 1..=200;
    for (world, most) in [(0, 18), (1, 18), (2, 44)] {
        let boxes = seeds.clone().filter(|seed| {
            let cases = otherwise(&empty, 10, |at, luck| match world {
                1 if luck % 5 != 4 => (words[at] == 1) == toss(*seed, 1000, luck),
                2 => toss(*seed, at, luck) && toss(*seed, at, 2000),
                _ => toss(*seed, at, luck),
            });
            Search::of(&cases).found.is_ok()
        });
        let boxes = boxes.count();
        assert!(boxes <= most, "{boxes} of 200 seeds have a box in world {world}");
    }
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
        &format!("{FACTORS}, replications: 6, design: Saltelli(base: 8, second_order: false)"),
    );
    assert!(!succeeds(&["analyze", &saltelli, "--metric", "minutes"]).contains("has luck of its own"));
    let own = "replications: 1, pairing: Independent, design: Morris(trajectories: 2, levels: 4)";
    let own = home.sweep("own", &format!("{FACTORS}, {own}"));
    let told = succeeds(&["analyze", &own, "--metric", "minutes"]);
    assert!(told.contains("Every run has luck of its own"), "{told}");
    let rows = table(&saltelli, "runs.csv");
    let y: Vec<f64> = (0..32).map(|point| at(&rows, point, "misperception")).collect();
    let centre = y.iter().sum::<f64>() / 32.0;
    let variance = |y: &[f64]| {
        let base: Vec<f64> = (0..8).flat_map(|k| [y[k * 4], y[k * 4 + 3]]).collect();
        let middle = base.iter().sum::<f64>() / 16.0;
        base.iter().map(|y| square(y - middle)).sum::<f64>() / 16.0
    };
    let total = |y: &[f64], k: usize| {
        (0..8).map(|j| square(y[j * 4] - y[j * 4 + 1 + k])).sum::<f64>() / 16.0 / variance(y)
    };
    // Six runs a point, in the order of their lucks: the points' means without each of these.
    let without = |luck: usize| -> Vec<f64> {
        let kept = rows.iter().enumerate().filter(|(row, _)| row % 6 != luck).map(|(_, row)| row.clone());
        let kept: Vec<_> = kept.collect();
        (0..32).map(|point| at(&kept, point, "misperception")).collect()
    };
    let found = findings(&["analyze", &saltelli, "--metric", "misperception"]);
    for (k, name) in ["parameters.percept_bias.value", "parameters.fade_hazard.value"].iter().enumerate() {
        let estimate =
            |statistic| found[&key(["sensitivity", "", &format!("misperception by {name}"), statistic])];
        let get = |statistic| estimate(statistic)[0];
        let (a, ab, b) = (|j: usize| y[j * 4], |j: usize| y[j * 4 + 1 + k], |j: usize| y[j * 4 + 3]);
        let first = (0..8).map(|j| (b(j) - centre) * (ab(j) - a(j))).sum::<f64>() / 8.0 / variance(&y);
        near(get("S1"), first);
        near(get("ST"), total(&y, k));
        // The jackknife: Student's quantile of five degrees of freedom, 2.571.
        let left: Vec<f64> = (0..6).map(|luck| total(&without(luck), k)).collect();
        let centre = left.iter().sum::<f64>() / 6.0;
        let squares = left.iter().map(|left| square(left - centre)).sum::<f64>();
        let [value, low, high] = estimate("ST over lucks");
        near(value, total(&y, k));
        if k == 0 {
            let half = 2.570_581_836 * (squares * 5.0 / 6.0).sqrt();
            near(low, (value - half).max(0.0));
            near(high, value + half);
        } else {
            assert!(
                squares == 0.0 && low.is_nan() && high.is_nan(),
                "fading moves no reading: {low} to {high}"
            );
        }
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

#[test]
fn a_choice_that_is_best_by_luck_has_a_regret_and_says_how_often_it_would_be_best_again() {
    let home = Home::new();
    let folder = home.sweep(
        "close",
        "replications: 8, seed: 5, factors: [(name: \"seats.rok.policy\", over: Words([\"firm_reply\", \"passive\"]))]",
    );
    let rows = table(&folder, "runs.csv");
    let of = |policy: &str| -> Vec<i64> {
        let here = |row: &&std::collections::BTreeMap<String, String>| row["seats.rok.policy"] == policy;
        wholes(&rows.iter().filter(here).cloned().collect::<Vec<_>>(), "minutes")
    };
    let (firm, passive) = (of("firm_reply"), of("passive"));
    let gains: Vec<i64> = firm.iter().zip(&passive).map(|(firm, passive)| firm - passive).collect();
    assert!(
        gains.iter().any(|gain| *gain > 0) && gains.iter().any(|gain| *gain < 0),
        "{gains:?} shows nothing"
    );
    let found = findings(&["analyze", &folder, "--maximise", "minutes"]);
    let get = |policy: &str, statistic| {
        found[&key(["robustness", "", &format!("minutes by seats.rok.policy={policy}"), statistic])]
    };
    let (winner, loser) =
        if mean(&gains) >= 0.0 { ("firm_reply", "passive") } else { ("passive", "firm_reply") };
    let [again, other] = [winner, loser].map(|policy| get(policy, "best in share of resamples")[0]);
    assert!(again > 0.5 && again < 1.0 && again + other >= 1.0, "{again} and {other}");
    let [value, low, high] = get(winner, "mean regret");
    assert!(value == 0.0 && low == 0.0 && high > 0.0, "{value} ({low} to {high})");
    // The comparison of both does not tell them apart either.
    let arms = format!("seats.rok.policy={winner},{loser}");
    let compared = findings(&["compare", &folder, "--arms", &arms, "--metric", "minutes"]);
    let [_, below, above] = compared[&key(["comparison", "", "minutes", "difference"])];
    assert!(below < 0.0 && above > 0.0, "{below} to {above} tells them apart, and the resamples do not");
    let text = succeeds(&["analyze", &folder, "--maximise", "minutes"]);
    assert!(text.contains("best again") && text.contains("do not tell which is best"), "{text}");
}

#[test]
fn few_trajectories_and_factors_that_move_nothing_have_no_interval() {
    let home = Home::new();
    let few =
        home.sweep("few", &format!("{FACTORS}, replications: 2, design: Morris(trajectories: 4, levels: 4)"));
    let text = succeeds(&["analyze", &few, "--metric", "minutes", "--metric", "deaths.us"]);
    assert!(text.contains("too few to tell"), "{text}");
    // An interval of no width has the same at both ends.
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(['(', ')'])).collect();
    let flat = words.windows(3).find(|ends| ends[1] == "to" && ends[0] == ends[2]);
    assert!(flat.is_none(), "{flat:?}: {text}");
    let found = findings(&["analyze", &few, "--metric", "minutes"]);
    let bounds =
        found.iter().filter(|(key, _)| key[0] == "sensitivity").map(|(_, [_, low, high])| (low, high));
    assert!(bounds.clone().count() == 8 && bounds.clone().all(|(low, high)| low.is_nan() && high.is_nan()));
}
