//! The summary of a sweep, as sections.

use super::document::{Bands, Bar, Block, Section, Table};
use super::number::{cell, cells, counted, interval, number};
use crate::analysis::course::Course;
use crate::analysis::summary::{Details, Spread, Summary, WordShare};
use crate::analysis::{Figure, Transitions};
use crate::sweep::rows::Results;
use crate::vocabulary::DAY;

/// What was run, and what became of it.
pub fn what_was_run(results: &Results, over_all: &Summary) -> Section {
    let manifest = &results.manifest;
    let mut section = Section::new("What was run");
    let about = results.experiment.about.trim();
    if !about.is_empty() {
        section.text(about);
    }
    let (points, replications) = (manifest.points, manifest.replications);
    section.text(format!(
        "{} of {}, {} of {} each; seed {}, {}; offramp {}, rules {}, plan {}.",
        counted(manifest.runs, "run"),
        manifest.scenario,
        counted(points, "design point"),
        counted(replications, "run"),
        manifest.seed,
        match (points, results.shares_luck()) {
            (1, _) => "one luck a run",
            (_, true) => "run r of every point with the same luck",
            (_, false) => "every run with luck of its own",
        },
        manifest.offramp,
        manifest.rules,
        manifest.plan,
    ));
    let again = results.experiment.design.repeats().len() as u64;
    if again > 0 {
        section.text(format!(
            "{} the values of an earlier one{}: each counts as often as it is listed.",
            if again == 1 { "1 design point has".to_owned() } else { format!("{again} design points have") },
            if results.shares_luck() { ", and the same games" } else { "" }
        ));
    }
    section.text(format!("Played by {}.", setup(results)));
    if manifest.stopped_early {
        section.text("It stopped early: every metric was as exact as wanted.");
    }
    let mut statuses = format!("{} ended and are counted below", over_all.runs);
    if over_all.budget > 0 {
        let steps = results.experiment.budget;
        statuses +=
            &format!("; {} did not end within {steps} engine steps and are left out", over_all.budget);
    }
    if over_all.panics > 0 {
        statuses += &format!("; {} hit a bug and are left out", over_all.panics);
    }
    section.text(statuses + ". Intervals are 95 %.");
    section
}

/// Who played at every point, and which settings held there.
pub fn setup(results: &Results) -> String {
    let experiment = &results.experiment;
    let varied = |name: &str| experiment.factors.iter().any(|factor| factor.name == name);
    let players = experiment.policies.iter().map(|(seat, policy)| {
        let factor = format!("seats.{seat}.policy");
        if varied(&factor) { format!("{seat}: by design point") } else { format!("{seat}: {policy}") }
    });
    let players: Vec<String> = players.collect();
    let settings = match &experiment.settings[..] {
        [] => "no setting changed".to_owned(),
        settings => format!("with {}", settings.join(", ")),
    };
    format!("{}; {settings}", players.join(", "))
}

/// The figures that were asked for, over all runs.
pub fn figures(figures: &[Figure], over_all: &Summary) -> Section {
    let mut section = Section::new("Figures, over all runs");
    let mut table = Table::new(["figure", "unit", "value", "95 % interval", "runs", "lucks"]);
    for (figure, estimate) in figures.iter().zip(&over_all.figures) {
        let unit = if figure.is_share() { "share of runs" } else { &figure.unit };
        let [value, interval] = cells(estimate);
        let counts = [over_all.runs, estimate.cases].map(|count| count.to_string());
        table.row([figure.name.clone(), unit.to_owned(), value, interval].into_iter().chain(counts));
    }
    section.table(table);
    section
}

/// The most points that a table for people shows.
pub const MOST_POINTS: usize = 40;

/// The figures point by point, with the values of the factors.
pub fn points(results: &Results, figures: &[Figure], points: &[Summary]) -> Section {
    let mut section = Section::new("Figures, by design point");
    let factors = &results.experiment.factors;
    let names = factors.iter().map(|factor| factor.name.as_str());
    let mut head = vec!["point"];
    head.extend(names);
    head.extend(figures.iter().map(|figure| figure.name.as_str()));
    head.extend(["runs", "left out"]);
    let mut table = Table::new(head);
    for summary in points.iter().take(MOST_POINTS) {
        let point = summary.point.unwrap_or(0);
        let mut row = vec![point.to_string()];
        row.extend(results.values(point).iter().map(ToString::to_string));
        row.extend(summary.figures.iter().map(cell));
        row.extend([summary.runs, summary.budget + summary.panics].map(|count| count.to_string()));
        table.row(row);
    }
    section.table(table);
    if points.len() > MOST_POINTS {
        section.text(format!(
            "The first {MOST_POINTS} of {} points; `offramp analyze DIR --format csv` has all, `--point N` shows one.",
            points.len()
        ));
    }
    section
}

fn bars(words: &[WordShare]) -> Block {
    Block::Bars(words.iter().map(|w| Bar { label: w.word.clone(), estimate: w.share }).collect())
}

/// How it ended.
pub fn endings(details: &Details) -> Vec<Section> {
    let mut kinds = Section::new("How it ended: kinds of end");
    kinds.blocks.push(bars(&details.classes));
    let mut endings = Section::new("How it ended: endings");
    endings.blocks.push(bars(&details.endings));
    let mut reached =
        Section::new("How high it went: shares of runs whose highest act rung was this or more");
    let bar = |(rung, share): &(i64, _)| Bar { label: format!("rung {rung}"), estimate: *share };
    reached.blocks.push(Block::Bars(details.reached.iter().map(bar).collect()));
    vec![kinds, endings, reached]
}

/// Every column that was measured.
pub fn columns(details: &Details) -> Section {
    let mut section = Section::new("Everything that was measured");
    let mut table =
        Table::new(["column", "unit", "mean", "95 % interval", "5 %", "median", "its interval", "95 %"]);
    for Spread { column, mean, quantiles: [low, median, high] } in &details.columns {
        let [value, ends] = cells(mean);
        let quantiles =
            [number(low.value), number(median.value), interval(median.interval), number(high.value)];
        table.row([column.name.clone(), column.unit.clone(), value, ends].into_iter().chain(quantiles));
    }
    section.table(table);
    section
}

/// Which share of the runs stood at which rung when.
pub fn course(course: &Course) -> Section {
    let mut section = Section::new("Standing rungs over time");
    section.push(Block::Bands(Bands {
        time: "day".to_owned(),
        times: course.minutes.iter().map(|minute| *minute as f64 / f64::from(DAY)).collect(),
        labels: course.rungs.iter().map(|rung| format!("rung {rung}")).collect(),
        shares: course.shares.clone(),
        rest: "ended".to_owned(),
    }));
    section
}

/// From which rung a turn led to which.
pub fn transitions(matrix: &Transitions) -> Section {
    let mut section = Section::new("From rung to rung: where a turn that began at one standing rung ended");
    let mut table = Table::new(["from"]);
    table.head.extend(matrix.rungs.iter().map(|rung| format!("to {rung}")));
    table.head.push("turns".to_owned());
    for row in &matrix.rows {
        let from = row.rung.map_or_else(|| "first turn".to_owned(), |rung| rung.to_string());
        let shares = row.shares.iter();
        let shares = shares.map(|share| if share.value > 0.0 { cell(share) } else { "-".to_owned() });
        table.row([from].into_iter().chain(shares).chain([row.turns.to_string()]));
    }
    section.table(table);
    section.text(
        "Every turn is counted once. A run's first turn has a row of its own: no turn came before it, and what the \
         scenario opens with strikes in it.",
    );
    section
}
