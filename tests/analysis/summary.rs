//! Summaries: shares, means, quantiles, transitions, statuses.

use super::{GRID, Home, findings, key, mean, near, refuses, square, succeeds, table, wholes};
use std::collections::BTreeMap;
use std::fs;

#[test]
fn figures_are_those_of_the_rows_at_every_point_and_over_all() {
    let home = Home::new();
    let folder = home.sweep("grid", GRID);
    let (rows, found) = (table(&folder, "runs.csv"), findings(&["analyze", &folder]));
    for point in ["", "0", "1", "2", "3"] {
        let here: Vec<_> =
            rows.iter().filter(|row| point.is_empty() || row["point"] == point).cloned().collect();
        let get = |analysis, subject, statistic| found[&key([analysis, point, subject, statistic])];
        near(get("figure", "height", "mean")[0], mean(&wholes(&here, "peak")));
        let deep: Vec<i64> = wholes(&here, "misperception").iter().map(|m| i64::from(*m >= 300)).collect();
        near(get("figure", "deep misreading", "share")[0], mean(&deep));
        near(get("column", "minutes", "mean")[0], mean(&wholes(&here, "minutes")));
        let mut minutes = wholes(&here, "minutes");
        minutes.sort_unstable();
        let middle = minutes.len() / 2;
        let [median, low, high] = get("column", "minutes", "quantile 0.5");
        near(median, (minutes[middle - 1] + minutes[middle]) as f64 / 2.0);
        assert!(low.is_nan() || low <= median && (high.is_nan() || median <= high));
        let shares: f64 = found
            .iter()
            .filter(|(key, _)| key[0] == "share" && key[1] == point && key[2] == "class")
            .map(|(_, share)| share[0])
            .sum();
        near(shares, 1.0);
    }
    // Student's interval of eight runs, as far as a rung or a count goes down; none where all are alike.
    let mut kinds = [0; 3];
    for point in 0..4 {
        for column in
            ["peak", "peak_minute", "minutes", "misperception", "outages", "incidents", "kinetic_caused"]
        {
            let values = wholes(&rows[8 * point..8 * point + 8], column);
            let spread = values.iter().map(|value| square(*value as f64 - mean(&values))).sum::<f64>() / 7.0;
            let half = 2.364_624_251 * (spread / 8.0).sqrt();
            let [value, low, high] = found[&key(["column", &point.to_string(), column, "mean"])];
            if spread == 0.0 {
                assert!(low.is_nan() && high.is_nan(), "{column}: {low} to {high}");
                kinds[0] += 1;
                continue;
            }
            near(high, value + half);
            near(low, (value - half).max(0.0));
            kinds[1 + usize::from(low == 0.0)] += 1;
        }
    }
    assert!(kinds.iter().all(|kind| *kind > 0), "{kinds:?} alike, spread and cut off: it shows too little");
    // Over all points the eight lucks are the sample, not the thirty-two runs.
    let by_luck: Vec<f64> = (0..8)
        .map(|luck| {
            let same: Vec<_> = rows.iter().filter(|row| row["luck"] == luck.to_string()).cloned().collect();
            mean(&wholes(&same, "minutes"))
        })
        .collect();
    let centre = by_luck.iter().sum::<f64>() / 8.0;
    let spread: f64 = by_luck.iter().map(|value| square(value - centre)).sum::<f64>() / 7.0;
    let [_, low, high] = found[&key(["column", "", "minutes", "mean"])];
    near(high - low, 2.0 * 2.364_624_251 * (spread / 8.0).sqrt());
}

#[test]
fn the_transition_matrix_counts_every_turn_and_first_turns_apart() {
    let home = Home::new();
    let folder = home.sweep("grid", GRID);
    let (steps, found) = (table(&folder, "steps.csv"), findings(&["analyze", &folder]));
    let mut counts: BTreeMap<(String, String), f64> = BTreeMap::new();
    let mut from: BTreeMap<String, f64> = BTreeMap::new();
    let mut before = "first turn".to_owned();
    for (at, turn) in steps.iter().enumerate() {
        if at == 0 || steps[at - 1]["run"] != turn["run"] {
            "first turn".clone_into(&mut before);
        }
        *from.entry(before.clone()).or_default() += 1.0;
        *counts.entry((before, turn["standing"].clone())).or_default() += 1.0;
        before = format!("standing {}", turn["standing"]);
    }
    assert_eq!(from["first turn"], 32.0, "one of every run");
    assert!(from.len() > 2, "a matrix of one rung shows nothing");
    for ((before, after), count) in &counts {
        let cell = key(["transition", "", before, &format!("to {after}")]);
        near(found[&cell][0], count / from[before]);
        assert!(found[&cell][1] <= found[&cell][0] && found[&cell][0] <= found[&cell][2], "{cell:?}");
    }
    // The page has a row for each, with its turns, and says why first turns stand apart.
    let told = succeeds(&["analyze", &folder]);
    let (_, matrix) = told.split_once("From rung to rung").expect("turns have rows");
    let turns = |line: &str| line.trim_end().rsplit_once(' ')?.1.parse::<f64>().ok();
    let told_turns: f64 = matrix.lines().filter_map(turns).sum();
    assert_eq!(told_turns, steps.len() as f64, "{matrix}");
    assert!(matrix.contains("A run's first turn has a row of its own"), "{matrix}");
}

#[test]
fn runs_that_did_not_end_are_left_out_and_said() {
    let home = Home::new();
    let folder = home.sweep("short", "replications: 30, budget: 40");
    let rows = table(&folder, "runs.csv");
    let over = rows.iter().filter(|row| row["status"] == "budget").count();
    assert!((1..30).contains(&over), "{over} of 30 runs did not end: the budget shows nothing");
    let said = succeeds(&["analyze", &folder]);
    let wanted =
        format!("{} ended and are counted below; {over} did not end within 40 engine steps", 30 - over);
    assert!(said.contains(&wanted), "{said}");
    let found = findings(&["analyze", &folder]);
    near(found[&key(["figure", "", "peak", "mean"])][0], mean(&wholes(&rows, "peak")));
}

#[test]
fn points_that_a_table_has_twice_count_twice_and_are_told() {
    let home = Home::new();
    fs::write(home.path("sample.csv"), "parameters.percept_bias.value\n0.1\n0.2\n0.10\n").unwrap();
    let fields = "factors: [(name: \"parameters.percept_bias.value\")], design: Table(\"sample.csv\"), replications: 4";
    let folder = home.sweep("sample", fields);
    let rows = table(&folder, "runs.csv");
    let of = |point: &str| -> Vec<String> {
        rows.iter().filter(|row| row["point"] == point).map(|row| row["minutes"].clone()).collect()
    };
    assert_eq!(of("0"), of("2"), "they are the same games");
    let told = succeeds(&["analyze", &folder]);
    let wanted = "1 design point has the values of an earlier one, and the same games: each counts as often as it is listed.";
    assert!(told.split_whitespace().collect::<Vec<_>>().join(" ").contains(wanted), "{told}");
    let planned = succeeds(&["plan", &home.name("sample.ron"), "--pilot", "2"]);
    assert!(planned.contains("\npoint 2 is point 0 again, and counts again\n"), "{planned}");
    let once = home.sweep("once", &fields.replace("Table(\"sample.csv\")", "List([[\"0.1\"], [\"0.2\"]])"));
    assert!(!succeeds(&["analyze", &once]).contains("values of an earlier one"));
    fs::write(
        home.path("twice.ron"),
        format!(
            "(format: 1, name: \"twice\", scenario: \"august-2015\", {})",
            fields.replace("Table(\"sample.csv\")", "List([[\"0.1\"], [\"0.10\"]])")
        ),
    )
    .unwrap();
    refuses(&["plan", &home.name("twice.ron")], 1, "point 1 is point 0 again: 0.1");
}

#[test]
fn what_is_asked_for_is_a_metric_a_column_or_a_condition_on_one() {
    let home = Home::new();
    let folder = home.sweep("grid", GRID);
    let rows = table(&folder, "runs.csv");
    let asked = ["--metric", "turns", "--metric", "peak>4", "--metric", "peak>=5", "--metric", "height"];
    let found = findings(&[["analyze", folder.as_str()].as_slice(), &asked].concat());
    let get = |subject, statistic| found[&key(["figure", "", subject, statistic])];
    near(get("turns", "mean")[0], mean(&wholes(&rows, "turns")));
    assert_eq!(get("peak>4", "share"), get("peak>=5", "share"));
    near(get("height", "mean")[0], mean(&wholes(&rows, "peak")));
    let never = findings(&["analyze", &folder, "--metric", "class=war"]);
    let [share, low, high] = never[&key(["figure", "", "class=war", "share"])];
    assert!(share == 0.0 && low == 0.0 && high > 0.05);
    let word = rows[0]["class"].clone();
    let slip = format!("class={}", &word[..word.len() - 1]);
    for (metric, says) in [
        ("peek", "no column is called `peek`; did you mean `peak`?"),
        ("peak=high", "`peak` holds whole numbers"),
        ("class>=3", "`class` holds words"),
        ("peak>=much", "`much` in `peak>=much` is no whole number"),
        (&slip, &format!("did you mean `{word}`?")),
        ("class=armageddon", "none of: faded, settled, imposed, frozen, war"),
        ("seed", "`seed` says which run it is, and nothing of how that went"),
        ("luck>=1", "`luck` says which run it is"),
    ] {
        refuses(&["analyze", &folder, "--metric", metric], 2, says);
    }
    refuses(&["analyze", &folder, "--point", "4"], 2, "no design point 4; it has 0 to 3");
}

/// Who reads figures has to know of what: a folder's name does not say who played.
#[test]
fn every_page_says_who_played_and_which_settings_held() {
    let home = Home::new();
    let [plain, other] = ["plain", "other"].map(|name| home.name(name));
    succeeds(&["sweep", "august-2015", "--runs", "4", "--out", &plain]);
    let changed = ["--policy", "rok=passive", "--set", "parameters.percept_bias.value=0.3"];
    succeeds(
        &[["sweep", "august-2015", "--runs", "4", "--out", other.as_str()].as_slice(), &changed].concat(),
    );
    let played = "dprk: calculated, rok: passive, us: steady; with parameters.percept_bias.value=0.3";
    assert!(succeeds(&["analyze", &other]).contains(&format!("Played by {played}.")));
    let compared = succeeds(&["compare", &plain, &other]);
    assert!(compared.contains("; no setting changed.") && compared.contains(played), "{compared}");
    let json: serde_json::Value =
        serde_json::from_str(&succeeds(&["compare", &plain, &other, "--format", "json"])).unwrap();
    assert_eq!(json["second"]["settings"][0], "parameters.percept_bias.value=0.3");
    assert_eq!(json["first"]["policies"][1], serde_json::json!(["rok", "proportional"]));
}

#[test]
fn a_folder_that_is_no_finished_and_sound_sweep_is_refused() {
    let home = Home::new();
    let folder = home.sweep("small", "replications: 4");
    refuses(&["analyze", &home.name("nowhere")], 2, "is no sweep");
    refuses(&["analyze", &home.name("")], 2, "is no sweep: it has no `plan.json`");
    let whole = fs::read_to_string(home.path("small/runs.csv")).unwrap();
    let spoil = |text: &str, says| {
        fs::write(home.path("small/runs.csv"), text).unwrap();
        refuses(&["analyze", &folder], 65, says);
    };
    let last = whole.lines().last().unwrap();
    spoil(&format!("{whole}{last}\n"), "its hash is not the manifest's");
    spoil(whole.split_once('\n').unwrap().1, "its first line does not name the manifest's columns");
    let cut: String = whole.lines().take(2).map(|line| format!("{line}\n")).collect();
    spoil(&(cut + "1,0,1\n"), "damaged");
    let seventh = whole.replacen("\n0,0,", "\n0,7,", 1);
    spoil(&seventh, "line 2: `7` is no design point");
    fs::write(home.path("small/runs.csv"), &whole).unwrap();
    succeeds(&["analyze", &folder]);
    fs::write(home.path("small/manifest.json"), "{}").unwrap();
    refuses(&["analyze", &folder], 65, "manifest.json' is damaged: missing field");
    fs::remove_file(home.path("small/manifest.json")).unwrap();
    refuses(&["analyze", &folder], 65, "is not finished: it has no `manifest.json` yet");
}

#[test]
fn what_is_looked_at_unasked_is_whether_it_came_to_the_scenarios_own_lowest_rung_of_fire() {
    let home = Home::new();
    let lower = home.name("lower.ron");
    let rung = r#"(name: "warning_rung", about: "Rung of warning shots.", unit: Rung, default: 4.0,
        range: (4.0, 4.0), source: "made up", confidence: Judgement)"#;
    let text =
        format!("(format: 1, name: \"lower\", base: \"august-2015\", replace: (parameters: [{rung}]))");
    fs::write(&lower, text).expect("it can be written");
    for (scenario, fire) in [("august-2015", 5), (&lower, 4)] {
        let usual = format!("peak>={fire}");
        let folder = home.name(&usual);
        succeeds(&["sweep", scenario, "--runs", "8", "--out", &folder]);
        let peaks = wholes(&table(&folder, "runs.csv"), "peak");
        let share = peaks.iter().filter(|peak| **peak >= fire).count() as f64 / peaks.len() as f64;
        near(findings(&["analyze", &folder])[&key(["figure", "", &usual, "share"])][0], share);
        let planned = succeeds(&["plan", scenario, "--runs", "8", "--pilot", "4"]);
        assert!(planned.contains(&usual), "{planned}");
    }
}
