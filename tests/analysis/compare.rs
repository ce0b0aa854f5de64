//! Comparisons: pairs that met the same dice, and what cannot be paired.

use super::{GRID, Home, findings, key, mean, near, refuses, square, succeeds, table, wholes};

/// A sweep of one point, in a folder.
fn arm(home: &Home, name: &str, more: &[&str]) -> String {
    let (folder, out) = (home.name(name), home.name(name));
    let arguments = ["sweep", "august-2015", "--runs", "12", "--out", &out];
    succeeds(&[arguments.as_slice(), more].concat());
    folder
}

#[test]
fn differences_are_those_of_the_rows_pair_by_pair() {
    let home = Home::new();
    let (base, firm) = (arm(&home, "base", &[]), arm(&home, "firm", &["--policy", "rok=passive"]));
    let found = findings(&["compare", &base, &firm]);
    let (here, there) = (table(&base, "runs.csv"), table(&firm, "runs.csv"));
    let mut varied = 0;
    for column in ["peak", "turns", "minutes", "misperception", "score.rok.aims"] {
        let (x, y) = (wholes(&here, column), wholes(&there, column));
        let differences: Vec<i64> = x.iter().zip(&y).map(|(x, y)| y - x).collect();
        let get = |statistic| found[&key(["comparison", "", column, statistic])];
        near(get("first")[0], mean(&x));
        near(get("second")[0], mean(&y));
        let [value, low, high] = get("difference");
        near(value, mean(&differences));
        let variance =
            |values: &[i64]| values.iter().map(|v| square(*v as f64 - mean(values))).sum::<f64>() / 11.0;
        // Student's t with eleven degrees of freedom.
        near(high - low, 2.0 * 2.200_985_160 * (variance(&differences) / 12.0).sqrt());
        if variance(&differences) > 0.0 {
            varied += 1;
            near(get("narrower by")[0], ((variance(&x) + variance(&y)) / variance(&differences)).sqrt());
        }
    }
    assert!(varied > 2, "arms that hardly differ show nothing");
    // A share's factor is that of the interval beside it: Bonett and Price's, and Agresti and Caffo's for no pairs.
    let minutes = [wholes(&here, "minutes"), wholes(&there, "minutes")];
    let hits = |least: i64| minutes.each_ref().map(|arm| arm.iter().map(|m| *m >= least).collect::<Vec<_>>());
    let apart = |[x, y]: &[Vec<bool>; 2]| x.iter().zip(y).filter(|(x, y)| x != y).count();
    let least = *minutes[0].iter().max_by_key(|least| apart(&hits(**least))).unwrap();
    let [x, y] = hits(least);
    let metric = format!("minutes>={least}");
    let found = findings(&["compare", &base, &firm, "--metric", &metric]);
    let get = |statistic| found[&key(["comparison", "", &metric, statistic])];
    let differ = apart(&hits(least));
    assert!(differ > 0 && get("pairs that differ")[0] == differ as f64, "{differ} pairs differ");
    let [_, low, high] = get("difference");
    let shares = [&x, &y].map(|arm| (arm.iter().filter(|hit| **hit).count() + 1) as f64 / 14.0);
    let variance: f64 = shares.iter().map(|share| share * (1.0 - share) / 14.0).sum();
    near(get("narrower by")[0], 2.0 * 1.959_963_984_540_054 * variance.sqrt() / (high - low));
    let csv = succeeds(&["compare", &base, &firm, "--format", "csv"]);
    let mut differences: Vec<&str> = csv.lines().filter(|line| line.contains(",difference,")).collect();
    let rows = differences.len();
    differences.sort_unstable();
    differences.dedup_by_key(|line| line.split(',').nth(2));
    assert_eq!(differences.len(), rows, "a figure is told twice");
    assert!(csv.contains(",war,") && !csv.contains("class=war"), "{csv}");
    let text = succeeds(&["compare", &base, &firm, "--metric", "turns"]);
    assert!(text.contains("12 pairs of runs with the same luck;"), "{text}");
}

#[test]
fn two_points_of_a_sweep_and_two_values_of_a_factor_are_arms() {
    let home = Home::new();
    let folder = home.sweep("grid", GRID);
    let rows = table(&folder, "runs.csv");
    let at = |points: &[&str]| -> Vec<_> {
        rows.iter().filter(|row| points.contains(&row["point"].as_str())).cloned().collect()
    };
    let difference = |arguments: &[&str]| {
        let all =
            [["compare", folder.as_str()].as_slice(), arguments, &["--metric", "misperception"]].concat();
        findings(&all)[&key(["comparison", "", "misperception", "difference"])]
    };
    let column = |points: &[&str]| wholes(&at(points), "misperception");
    near(difference(&["--points", "0", "3"])[0], mean(&column(&["3"])) - mean(&column(&["0"])));
    // Points 0 and 1 differ in the regime alone, and so do 2 and 3.
    let cut = difference(&["--arms", "channels.mil_west.regime=AsRecorded,ForcedCut"]);
    near(cut[0], mean(&column(&["1", "3"])) - mean(&column(&["0", "2"])));
    let mirrored = difference(&["--arms", "channels.mil_west.regime=ForcedCut,AsRecorded"]);
    near(mirrored[0], -cut[0]);
    near(mirrored[1], -cut[2]);
    for (arms, says) in [
        (
            "channels.mil_west.regime=AsRecorded,Forced",
            "no design point has `channels.mil_west.regime=Forced`; it takes `AsRecorded`, `ForcedCut`",
        ),
        (
            "channels.mil_east.regime=a,b",
            "`channels.mil_east.regime` is no factor of the sweep, which has `parameters.percept_bias.value`",
        ),
        ("peak", "expected FACTOR=X,Y and not `peak`"),
    ] {
        refuses(&["compare", &folder, "--arms", arms], 2, says);
    }
    refuses(&["compare", &folder], 2, "one folder is not two arms");
    refuses(&["compare", &folder, &folder], 65, "both arms are the same runs, those of '");
    refuses(&["compare", &folder, &format!("{folder}/.")], 65, "name another folder, or two design points");
    refuses(&["compare", &folder, "--points", "1", "1"], 65, "those of point 1 of '");
    let twice = "channels.mil_west.regime=ForcedCut,ForcedCut";
    refuses(&["compare", &folder, "--arms", twice], 2, "`ForcedCut` twice: two values of");
    refuses(&["compare", &folder, "--points", "0", "9"], 2, "no design point 9; it has 0 to 3");
}

#[test]
fn folders_that_share_no_luck_are_refused_and_say_why() {
    let home = Home::new();
    let (base, other) = (arm(&home, "base", &[]), arm(&home, "other", &["--seed", "2"]));
    refuses(
        &["compare", &base, &other],
        65,
        "the seed of the first is 1, of the second 2; play both with one `--seed`",
    );
    let two = "factors: [(name: \"parameters.percept_bias.value\")], replications: 3";
    let (grid, more) =
        (home.sweep("two", two), home.sweep("more", &format!("{two}, design: Grid(steps: 3)")));
    refuses(&["compare", &base, &grid], 65, "choose one of each with `--points`");
    refuses(&["compare", &grid, &more], 65, "choose one of each with `--points`");
    succeeds(&["compare", &grid, &more, "--points", "1", "2"]);
    let changed =
        "factors: [(name: \"parameters.percept_bias.value\", over: Range(0.1, 0.2))], replications: 3";
    let moved = home.sweep("moved", changed);
    refuses(
        &["compare", &grid, &moved],
        65,
        "the points differ: at point 0, `parameters.percept_bias.value` is 0 in",
    );
    let own = home.sweep("own", &format!("{two}, pairing: Independent"));
    refuses(&["compare", &own, "--points", "0", "1"], 65, "its points cannot be paired");
    // Point 0 has the same lucks either way, the others have not.
    let says = "the `pairing` of the first is Common, of the second Independent; play both with one";
    refuses(&["compare", &grid, &own], 65, says);
    let longer = home.sweep(
        "longer",
        "factors: [(name: \"parameters.percept_bias.value\")], replications: 6, \
                                       pairing: Independent",
    );
    refuses(&["compare", &own, &longer], 65, "at point 1 has the luck of a run of");
    succeeds(&["compare", &own, &longer, "--points", "0", "0"]);
    let alone = arm(&home, "alone", &["--independent"]);
    succeeds(&["compare", &base, &alone]);
}

#[test]
fn means_of_arms_that_never_differ_have_no_interval_and_no_factor() {
    let home = Home::new();
    let (base, firm) = (arm(&home, "base", &[]), arm(&home, "firm", &["--policy", "rok=passive"]));
    let text = succeeds(&["compare", &base, &firm, "--metric", "deaths.china", "--metric", "peak>=99"]);
    let line = |name: &str| text.lines().find(|line| line.trim_start().starts_with(name)).unwrap().to_owned();
    let deaths = line("deaths.china");
    assert!(deaths.contains("no pair differed") && deaths.ends_with(" -"), "{text}");
    assert!(!line("peak>=99").contains("no pair differed"), "shares have a bound: {text}");
    let found = findings(&["compare", &base, &firm, "--metric", "deaths.china"]);
    let get = |statistic| found[&key(["comparison", "", "deaths.china", statistic])];
    let [difference, low, high] = get("difference");
    assert!(difference == 0.0 && low.is_nan() && high.is_nan() && get("narrower by")[0].is_nan());
    assert_eq!(get("pairs that differ")[0], 0.0);
    let again = arm(&home, "again", &[]);
    refuses(&["compare", &base, &again], 65, "both arms are the same runs");
}
