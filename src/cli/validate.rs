//! `offramp validate`: the model against the record.

use super::Format;
use super::exit::{Exit, Failure};
use crate::analysis::Estimate;
use crate::storage::record;
use crate::validation::{Plan, Record, Report, Verdict, number, validate};
use crate::vocabulary::SafeText;
use std::io::Write;

/// Holds the model against the record: every statistic with its interval, the historical cases, the stylised facts.
///
/// Incidents and channels are also run alone; crises are played both at the record's base rates and under the
/// scenarios' doctrines. A figure is inside if the model's value lies in the record's 95 % interval, and unclear if it
/// does not but its own interval reaches in.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  offramp validate --games 200\n  offramp validate --games 200 --facts\n  \
                        offramp validate --games 2000 --seed 3 --format json"
)]
pub struct Validate {
    /// Games of each crisis, for each way of playing it.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    games: u64,
    /// The seed of all luck: the same seed gives the same report.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the stylised facts alone.
    #[arg(long)]
    facts: bool,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Validate {
    /// Plays, compares, prints.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let record = Record::read(record()).map_err(|error| Failure::new(Exit::Bug, error))?;
        let plan = Plan { games: self.games, seed: self.seed };
        let report = validate(&record, plan).map_err(|error| Failure::new(Exit::Bug, error))?;
        match self.format {
            Format::Json => {
                let text = serde_json::to_string_pretty(&report).map_err(|e| Failure::new(Exit::Bug, e))?;
                writeln!(out, "{text}")?;
            }
            Format::Text => {
                for line in self.text(&report) {
                    writeln!(out, "{}", SafeText::new(&line))?;
                }
            }
        }
        Ok(Exit::Done)
    }

    fn text(&self, report: &Report) -> Vec<String> {
        let mut lines = vec![format!(
            "{} games of each crisis for each way of playing it, seed {}; intervals are 95 %",
            report.games, report.seed
        )];
        if !self.facts {
            lines.extend(statistics(report));
            lines.extend(cases(report));
            lines.extend(courses(report));
            lines.extend(forecasts(report));
        }
        lines.extend(facts(report));
        lines
    }
}

/// Value, interval and number of cases, in one column.
fn shown(estimate: &Estimate) -> String {
    let (value, cases) = (number(estimate.value), estimate.cases);
    let interval = estimate.interval;
    if interval.low.is_infinite() && interval.high.is_infinite() {
        format!("{value} (n {cases})")
    } else {
        format!("{value} [{}, {}] (n {cases})", number(interval.low), number(interval.high))
    }
}

fn statistics(report: &Report) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        "Record against model".to_owned(),
        format!("{:<56} {:<32} {:<40} verdict", "statistic", "record", "model"),
    ];
    for line in &report.statistics {
        let model = match (&line.model, line.spread) {
            (Some(model), Some(spread)) => {
                format!("{} range {} to {}", number(model.value), number(spread.low), number(spread.high))
            }
            (Some(model), None) => shown(model),
            (None, _) => "-".to_owned(),
        };
        lines.push(format!(
            "{:<56} {:<32} {:<40} {}",
            line.label,
            shown(&line.record),
            model,
            line.verdict.word()
        ));
        if let Verdict::OutOfScope(why) = &line.verdict {
            lines.push(format!("    {why}"));
        }
    }
    let counts = ["inside", "unclear", "OUTSIDE", "no cases", "out of scope"];
    let counts: Vec<String> = counts.iter().map(|word| format!("{} {word}", report.verdicts(word))).collect();
    lines.push(format!("{} statistics: {}", report.statistics.len(), counts.join(", ")));
    lines
}

fn cases(report: &Report) -> Vec<String> {
    let mut lines = vec![String::new(), "Cases, scored with what rests on them and without".to_owned()];
    for case in &report.cases {
        lines.push(format!("{}: {}", case.scenario, case.class));
        lines.push(format!("    share of games {}, log score {:.3}", shown(&case.share), case.log_score));
        lines.push(format!(
            "    left out       {}, log score {:.3}",
            shown(&case.left_out_share),
            case.left_out_log_score
        ));
        lines.extend(case.rests_on.iter().map(|number| format!("    rests on it: {number}")));
    }
    lines
}

fn courses(report: &Report) -> Vec<String> {
    let mut lines = vec![String::new(), "Courses".to_owned()];
    for line in &report.classes {
        lines.push(format!(
            "{:<24} {:<12} {:<36} {}",
            line.scenario,
            line.play.word(),
            line.class,
            shown(&line.share)
        ));
    }
    for line in &report.figures {
        let value = line.value.as_ref().map_or("-".to_owned(), shown);
        lines.push(format!("{:<74} {value}", line.label));
    }
    lines
}

fn forecasts(report: &Report) -> Vec<String> {
    let Some(forecasts) = &report.forecasts else { return Vec::new() };
    let brier = &forecasts.brier;
    let mut lines = vec![
        String::new(),
        "Estimates of fire within two days, under doctrines".to_owned(),
        format!(
            "n {}: Brier {:.4} = reliability {:.4} - resolution {:.4} + uncertainty {:.4} + within bins {:.4}; \
             log score {:.3}",
            forecasts.count,
            brier.score,
            brier.reliability,
            brier.resolution,
            brier.uncertainty,
            brier.within,
            forecasts.log_score
        ),
    ];
    for bin in &forecasts.curve {
        lines.push(format!(
            "    stated {:.2}: came true {:.3} [{:.3}, {:.3}] (n {})",
            bin.stated, bin.observed, bin.interval.low, bin.interval.high, bin.cases
        ));
    }
    lines
}

fn facts(report: &Report) -> Vec<String> {
    let mut lines = vec![String::new(), "Stylised facts".to_owned()];
    for fact in &report.facts {
        let word = match fact.holds {
            Some(true) => "holds",
            Some(false) => "FAILS",
            None => "not measured",
        };
        lines.push(format!("{:>2} {word:<12} {}", fact.number, fact.claim));
        lines.extend(fact.figures.iter().map(|figure| format!("                {figure}")));
    }
    let (hold, fail, open) = report.fact_counts();
    lines.push(format!("{} facts: {hold} hold, {fail} fail, {open} not measured", report.facts.len()));
    lines
}
