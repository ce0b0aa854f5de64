//! `offramp validate`: the model against the record.

use super::Format;
use super::exit::{Exit, Failure};
use crate::analysis::Estimate;
use crate::storage::record;
use crate::validation::{
    CaseLine, Plan, Record, Report, Score, StepLine, SureLine, Verdict, Wanted, number, validate,
};
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
    /// Print the stylised facts alone, as text.
    #[arg(long, conflicts_with = "format")]
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

/// What the verdicts of statistics mean.
const VERDICTS: [&str; 5] = [
    "Each value stands with its 95 % interval and, as n, its number of cases: an interval of few cases is met easily.",
    "inside: the model's value lies in the record's interval; or the record is one history, which has none, and its value",
    "lies in the model's range over histories as long. unclear: it does not, but the model's interval reaches in, and more",
    "games would tell. OUTSIDE: neither. no cases: the model played none. out of scope: the model does not speak of it, for",
    "the reason below.",
];
/// How cases are scored.
const CASES: [&str; 4] = [
    "Log score: the logarithm of the chance that was given to what happened; nearer to zero is better. Rank: the place of",
    "what happened among all classes that a course can have; the likeliest is 1. Smoothing: each class counts as seen half",
    "a time more, for the model and the baselines alike, so that what was never seen is not impossible: with few games all",
    "scores draw near to a uniform guess.",
];
/// How steps are scored.
const STEPS: [&str; 3] = [
    "Log score: the logarithm of the share with the same choice among the copies of the seat that chose anything; nearer to",
    "zero is better. Smoothing: each choice there was counts as taken by half a copy more, so that what no copy took is not",
    "impossible.",
];
/// What a share of chance is.
const CHANCE: [&str; 3] = [
    "Forecasts of single steps are too sure by themselves. So each is mixed with choosing at random: chance 0 is the forecast",
    "alone, 1 is choosing at random. The share of chance is the one that scores best on the steps of all other crises. Only",
    "a score above that at random tells anything of steps.",
];
/// What a Brier score is made of.
const ESTIMATES: [&str; 3] = [
    "Brier: the mean square of what was stated less what came, which is 1 or 0; less is better. Reliability: how far what",
    "was stated lies from the share that came true; less is better. Resolution: how far these shares lie apart; more is",
    "better.",
];
/// When a stylised fact holds.
const FACTS: [&str; 2] = [
    "holds: every figure under it is as it says, whatever its interval. not measured: it is out of scope, or no game had a",
    "case.",
];

/// An empty line, a heading, and what the figures under it mean.
fn section(heading: &str, means: &[&str]) -> Vec<String> {
    ["", heading].into_iter().chain(means.iter().copied()).map(str::to_owned).collect()
}

/// Value, interval and number of cases, in one column.
fn shown(estimate: &Estimate) -> String {
    let (value, cases) = (number(estimate.value), estimate.cases);
    let interval = estimate.interval;
    if !interval.low.is_finite() && !interval.high.is_finite() {
        format!("{value} (n {cases})")
    } else {
        format!("{value} [{}, {}] (n {cases})", number(interval.low), number(interval.high))
    }
}

fn statistics(report: &Report) -> Vec<String> {
    let mut lines = section("Record against model", &VERDICTS);
    lines.push(format!("{:<56} {:<32} {:<40} verdict", "statistic", "record", "model"));
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
    let mut lines =
        section("Cases, scored with what rests on them and without, beside two baselines", &CASES);
    let scored = |score: &Score| format!("log score {:.3}, rank {:.1}", score.log_score, score.rank);
    for case in &report.cases {
        lines.push(format!("{}: {}", case.scenario, case.class));
        lines.push(format!("    share of games {}, {}", shown(&case.share), scored(&case.fitted)));
        lines.push(format!("    left out       {}, {}", shown(&case.left_out_share), scored(&case.left_out)));
        lines.push(format!(
            "    other crises alone: {}; uniform: {}",
            scored(&case.base_rates),
            scored(&case.uniform)
        ));
        lines.extend(case.rests_on.iter().map(|number| format!("    rests on it: {number}")));
    }
    let mean = |of: fn(&CaseLine) -> &Score| Score::mean(report.cases.iter().map(of));
    let means = [
        ("the model with each case left out", mean(|case| &case.left_out)),
        ("the record's other crises alone", mean(|case| &case.base_rates)),
        ("a uniform guess", mean(|case| &case.uniform)),
    ];
    lines.push(format!("Mean over {} cases", report.cases.len()));
    let told = means.into_iter().filter_map(|(who, mean)| mean.map(|mean| (who, mean)));
    lines.extend(told.map(|(who, mean)| format!("    {who:<36} {}", scored(&mean))));
    lines.extend(steps(report));
    lines
}

fn steps(report: &Report) -> Vec<String> {
    let mut lines = section("Steps of the record: what the seats' doctrines wanted at that point", &STEPS);
    lines.push(format!(
        "{:<22} {:<5} {:<40} the same, of those that chose, of all",
        "scenario", "seat", "step"
    ));
    for step in &report.steps {
        let Wanted { same, filled, of } = step.doctrine;
        lines.push(format!(
            "{:<22} {:<5} {:<40} {same:>5} of {filled:>5} of {of:>5}; log score {:.2}, base rates {:.2}, at random {:.2}",
            step.scenario,
            step.seat,
            step.step,
            step.doctrine_score(),
            step.base_score(),
            step.uniform_score(),
        ));
    }
    let count = report.steps.len();
    if count > 0 {
        let mean = |score: fn(&StepLine) -> f64| report.steps.iter().map(score).sum::<f64>() / count as f64;
        lines.push(format!(
            "Mean log score over {count} steps, given that something was chosen: doctrines {:.3}, base rates {:.3}, at random {:.3}",
            mean(StepLine::doctrine_score),
            mean(StepLine::base_score),
            mean(StepLine::uniform_score),
        ));
    }
    lines.extend(sureness(&report.sureness));
    lines
}

fn sureness(crises: &[SureLine]) -> Vec<String> {
    if crises.is_empty() {
        return Vec::new();
    }
    let mut lines =
        section("The same with a share of chance, fitted on the steps of the other crises", &CHANCE);
    for line in crises {
        lines.push(format!(
            "{:<22} {:>2} steps; chance {:.2}: doctrines {:.3}; chance {:.2}: base rates {:.3}; at random {:.3}",
            line.scenario,
            line.steps,
            line.doctrine_chance,
            line.doctrine,
            line.base_chance,
            line.base,
            line.uniform
        ));
    }
    let pooled = |of| SureLine::pooled(crises, of);
    lines.push(format!(
        "Mean log score over all steps: doctrines {:.3}, base rates {:.3}, at random {:.3}",
        pooled(|line| line.doctrine),
        pooled(|line| line.base),
        pooled(|line| line.uniform)
    ));
    let gain = SureLine::gain(crises);
    lines.push(format!("Doctrines above choosing at random, in the mean over crises: {}", shown(&gain)));
    lines
}

fn courses(report: &Report) -> Vec<String> {
    let mut lines = section("Courses", &[]);
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
    let mut lines = section("Estimates of fire within two days, under doctrines", &ESTIMATES);
    lines.push(format!(
        "n {}: Brier {:.4} = reliability {:.4} - resolution {:.4} + uncertainty {:.4} + within bins {:.4}; \
         log score {:.3}",
        forecasts.count,
        brier.score,
        brier.reliability,
        brier.resolution,
        brier.uncertainty,
        brier.within,
        forecasts.log_score
    ));
    for bin in &forecasts.curve {
        lines.push(format!(
            "    stated {:.2}: came true {:.3} [{:.3}, {:.3}] (n {})",
            bin.stated, bin.observed, bin.interval.low, bin.interval.high, bin.cases
        ));
    }
    lines
}

fn facts(report: &Report) -> Vec<String> {
    let mut lines = section("Stylised facts", &FACTS);
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
