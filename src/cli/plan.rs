//! `offramp plan`: how many runs, how long, and how exact they would be.

use super::Format;
use super::exit::{Exit, Failure};
use super::experiment::{Changes, plan, spares_sweeps};
use super::progress::{Progress, Show};
use crate::storage::{Draft, Faults};
use crate::sweep::design::write_table;
use crate::sweep::experiment::Metric;
use crate::sweep::rows::each_row;
use crate::sweep::{Plan as Planned, Tally, plain_rules, rows_of};
use crate::trace::one_line;
use crate::vocabulary::SafeText;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

/// Says what an experiment would take, from a short pilot.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  offramp plan hotlines.ron\n  offramp plan august-2015 --half-width 0.01\n  \
                        offramp plan hotlines.ron --export design.csv"
)]
pub struct Plan {
    /// An experiment file, or a scenario: a path, or the name of a shipped one.
    experiment: OsString,
    #[command(flatten)]
    changes: Changes,
    /// Runs of the pilot: of the first design point, for the spread, and here and there in the plan, for the time.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u64).range(2..=1_000_000))]
    pilot: u64,
    /// Half the width of the 95 % interval that is wanted, for metrics that state none.
    #[arg(long, value_name = "X")]
    half_width: Option<f64>,
    /// Write the design as CSV: a column a factor, a row a point.
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
    /// How the plan is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Plan {
    /// Plans, plays the pilot, and says what it found.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        if self.half_width.is_some_and(|width| width.is_nan() || width <= 0.0) {
            return Err(Failure::usage("--half-width must be above 0"));
        }
        let plan = plan(&self.experiment, &self.changes)?;
        if let Some(path) = &self.export {
            spares_sweeps(path)?;
            let mut draft = Draft::begin(path, Faults::none())?;
            let experiment = &plan.experiment;
            write_table(&experiment.design, &experiment.factors, experiment.seed, |piece| draft.push(piece))?;
            draft.finish()?;
        }
        let tally = self.pilot(&plan)?;
        let seconds = self.seconds(&plan)?;
        let metrics: Vec<Value> = tally
            .at(0)
            .map(|(metric, sums)| {
                let wanted = metric.half_width.or(self.half_width);
                let runs = plan.experiment.replications.into();
                // What is the same in every run of a pilot tells nothing of how much it varies.
                let told = sums.variance() > 0.0;
                json!({
                    "name": metric.name,
                    "value": finite(sums.mean()),
                    "alike": !told,
                    "half_width": finite(metric.of.half_width(sums, runs)).filter(|_| told),
                    "wanted": wanted,
                    "runs_needed": wanted.filter(|_| told).and_then(|wanted| metric.of.needed(sums, wanted)),
                })
            })
            .collect();
        if self.format == Format::Json {
            let mut report = plan.to_json();
            report["milliseconds_a_run"] = json!(seconds / plan.runs() as f64 * 1000.0);
            report["metrics"] = json!(metrics);
            writeln!(out, "{report}")?;
            return Ok(Exit::Done);
        }
        self.tell(&plan, seconds, &metrics, out)
    }

    /// Plays the first design point so often.
    fn pilot(&self, plan: &Planned) -> Result<Tally, Failure> {
        let mut experiment = plan.experiment.clone();
        (experiment.replications, experiment.stop_at) = (self.pilot as u32, Vec::new());
        let pilot = Planned::new(plan.scenario.clone(), experiment);
        let (rules, stated) = (plain_rules(&pilot)?, &plan.experiment.metrics);
        let usual = || Metric::usual(rules.bound.model.lowest_fire());
        let metrics = if stated.is_empty() { usual() } else { stated.clone() };
        let mut tally = Tally::new(&pilot, &rules, metrics);
        let rows = rows_of(&pilot, 0..self.pilot).map_err(|none| Failure::new(Exit::NotSo, none.why))?;
        each_row(&rows[..], |row| tally.add(row))?;
        Ok(tally)
    }

    /// Plays runs from all over the plan, takes the time, and says how many seconds all runs would take on one core.
    ///
    /// To set a point up takes longer than many a run, so both are told apart: by single runs here and there, and by
    /// stretches of runs that follow one another, as a sweep plays them.
    fn seconds(&self, plan: &Planned) -> Result<f64, Failure> {
        const PLACES: u64 = 10;
        let runs = plan.runs();
        let places = PLACES.min(runs).min(self.pilot);
        let begins = |k: u64| (u128::from(k) * u128::from(runs) / u128::from(places)) as u64;
        let timed = |length: u64| -> Result<Timed, Failure> {
            let stretch = |k: u64| begins(k)..(begins(k) + length).min(begins(k + 1));
            let count: u64 = (0..places).map(|k| stretch(k).count() as u64).sum();
            let begins_a_point = |run: &u64| plan.job(*run).point != plan.job(run - 1).point;
            let points = |k: u64| 1 + stretch(k).skip(1).filter(begins_a_point).count() as u64;
            let points = (0..places).map(points).sum();
            let progress = Progress::begin(Show::None, count);
            rows_of(plan, (0..places).flat_map(stretch))
                .map_err(|none| Failure::new(Exit::NotSo, none.why))?;
            Ok(Timed { runs: count, points, seconds: progress.seconds() })
        };
        let points = if plan.points == 1 { 1 } else { plan.points * plan.rounds() as u64 };
        Ok(Timed::of_all(&timed(1)?, &timed((self.pilot / places).max(1))?, runs, points))
    }

    fn tell(
        &self,
        plan: &Planned,
        seconds: f64,
        metrics: &[Value],
        out: &mut dyn Write,
    ) -> Result<Exit, Failure> {
        let experiment = &plan.experiment;
        writeln!(
            out,
            "{}: {} factors, {} points x {} = {} runs in {} chunks of {}",
            one_line(&experiment.name),
            experiment.factors.len(),
            plan.points,
            experiment.replications,
            plan.runs(),
            plan.chunks(),
            experiment.chunk
        )?;
        for (point, earlier) in experiment.design.repeats() {
            writeln!(out, "point {point} is point {earlier} again, and counts again")?;
        }
        writeln!(out, "plan {}", plan.hash)?;
        writeln!(
            out,
            "pilot: {:.2} ms a run; all runs take about {} on one core",
            seconds / plan.runs() as f64 * 1000.0,
            span(seconds)
        )?;
        writeln!(
            out,
            "\n{:<20} {:>12} {:>12} {:>12} {:>12}",
            "metric", "pilot", "+-", "wanted +-", "runs needed"
        )?;
        for metric in metrics {
            let number = |key: &str| metric[key].as_f64().map_or("-".to_owned(), |n| format!("{n:.4}"));
            let needed = metric["runs_needed"].as_u64().map_or("-".to_owned(), |n| n.to_string());
            writeln!(
                out,
                "{:<20} {:>12} {:>12} {:>12} {needed:>12}",
                SafeText::new(metric["name"].as_str().unwrap_or("")).as_str(),
                number("value"),
                number("half_width"),
                number("wanted")
            )?;
        }
        writeln!(
            out,
            "\n+-: half the 95 % interval with {} runs a point, as the pilot ({} runs) has it.",
            experiment.replications, self.pilot
        )?;
        let alike = metrics.iter().filter(|metric| metric["alike"] == true);
        for metric in alike.filter_map(|metric| metric["name"].as_str()) {
            writeln!(
                out,
                "{}: all runs of the pilot have the same, so it cannot tell; ask for more with --pilot.",
                SafeText::new(metric)
            )?;
        }
        Ok(Exit::Done)
    }
}

/// Runs that were played, and how long that took.
struct Timed {
    runs: u64,
    /// How many times a point was set up.
    points: u64,
    seconds: f64,
}

impl Timed {
    /// How long so many runs of so many points take, by two samples: the time is so much a run and so much a point.
    fn of_all(single: &Timed, stretches: &Timed, runs: u64, points: u64) -> f64 {
        let (runs, points) = (runs as f64, points as f64);
        let [a, b] = [single, stretches].map(|t| (t.runs as f64, t.points as f64, t.seconds));
        let determinant = a.0 * b.1 - b.0 * a.1;
        if determinant == 0.0 {
            return b.2 / b.0 * runs;
        }
        let (run, point) = ((a.2 * b.1 - b.2 * a.1) / determinant, (a.0 * b.2 - b.0 * a.2) / determinant);
        run.max(0.0) * runs + point.max(0.0) * points
    }
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// A span of time in words.
fn span(seconds: f64) -> String {
    match seconds {
        s if s < 1.0 => "a second".to_owned(),
        s if s < 120.0 => format!("{s:.0} s"),
        s if s < 7200.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::Timed;

    #[test]
    fn what_a_point_takes_is_told_apart_from_what_a_run_takes() {
        // Half a second a point and a tenth a run.
        let timed = |runs, points| Timed { runs, points, seconds: points as f64 * 0.5 + runs as f64 * 0.1 };
        let all = |a, b| Timed::of_all(&a, &b, 4000, 200);
        assert!((all(timed(10, 10), timed(100, 10)) - 500.0).abs() < 1e-6);
        assert!((all(timed(10, 10), timed(100, 20)) - 500.0).abs() < 1e-6);
        // Where every run is a point of its own, nothing has to be told apart.
        assert!((Timed::of_all(&timed(10, 10), &timed(50, 50), 200, 200) - 120.0).abs() < 1e-6);
    }
}
