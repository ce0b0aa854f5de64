//! `offramp analyze`: every number of a finished sweep, with its interval.

use super::exit::{Exit, Failure};
use crate::analysis::transitions::STEP_COLUMNS;
use crate::analysis::{Details, Figure, Finding, Summary, Transitions};
use crate::report::{Document, rows, summary, text};
use crate::sweep::rows::Results;
use crate::vocabulary::SafeText;
use clap::ValueEnum;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::PathBuf;

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One number a row.
    Csv,
    /// One number an object.
    Json,
}

/// Analyses a finished sweep: figures, endings, rungs and all that was measured, each with its 95 % interval.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  offramp analyze base\n  offramp analyze hotlines --metric peak --metric 'class=war'\n  \
                        offramp analyze hotlines --point 3\n  offramp analyze hotlines --discover 'peak>=7'\n  offramp analyze hotlines --format csv > findings.csv\n\n\
                        Exit code 65 if the folder is not finished or damaged."
)]
pub struct Analyze {
    /// The folder of the sweep.
    folder: PathBuf,
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    deeper: Deeper,
    /// Look at this design point alone.
    #[arg(long, value_name = "N", conflicts_with_all = ["discover", "maximise", "minimise"])]
    point: Option<usize>,
    /// How the findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The figures that somebody asks for.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Asked {
    /// What to look at: a metric of the experiment, a column (its mean), COLUMN=WORD, COLUMN>=NUMBER or COLUMN>NUMBER
    /// (the share of runs). The experiment's metrics unless given.
    #[arg(long, value_name = "WHAT")]
    pub metric: Vec<String>,
}

impl Asked {
    /// The figures, of a sweep.
    pub fn figures(&self, results: &Results) -> Result<Vec<Figure>, Failure> {
        if self.metric.is_empty() {
            return Ok(Figure::usual(results));
        }
        let parse = |text: &String| {
            let wrong = |why| Failure::usage(format!("--metric: {why}; `manifest.json` lists the columns"));
            Figure::parse(results, text).map_err(wrong)
        };
        self.metric.iter().map(parse).collect()
    }
}

/// What more somebody asks of the factors of a sweep.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Deeper {
    /// Look for where in the factors' space a condition holds more often: COLUMN=WORD, COLUMN>=NUMBER, or a metric that
    /// is a share. Gives a box (PRIM) and a tree (CART).
    #[arg(long, value_name = "CONDITION")]
    pub discover: Vec<String>,
    /// Judge policies by this, where more is better. Their own seat's aims unless given.
    #[arg(long, value_name = "WHAT")]
    pub maximise: Vec<String>,
    /// Judge policies by this, where less is better.
    #[arg(long, value_name = "WHAT")]
    pub minimise: Vec<String>,
}

/// A design point that the sweep has.
pub fn point(results: &Results, point: usize) -> Result<usize, Failure> {
    if point < results.points.len() {
        return Ok(point);
    }
    let path = results.path().display();
    Err(Failure::usage(format!(
        "'{path}' has no design point {point}; it has 0 to {}",
        results.points.len() - 1
    )))
}

/// What a sweep says of itself, for programs.
pub fn about(results: &Results) -> Map<String, Value> {
    let manifest = &results.manifest;
    let factors: Vec<&str> = results.experiment.factors.iter().map(|factor| factor.name.as_str()).collect();
    let whole = json!({
        "experiment": manifest.experiment,
        "scenario": manifest.scenario,
        "plan": manifest.plan,
        "engine": manifest.engine,
        "seed": manifest.seed,
        "points": manifest.points,
        "runs": manifest.runs,
        "budget": manifest.budget,
        "panics": manifest.panics,
        "policies": results.experiment.policies,
        "settings": results.experiment.settings,
        "factors": factors,
    });
    whole.as_object().cloned().unwrap_or_default()
}

/// Writes a document for people.
pub fn print(document: &Document, out: &mut dyn Write) -> Result<(), Failure> {
    for line in text::lines(document) {
        writeln!(out, "{}", SafeText::new(&line))?;
    }
    Ok(())
}

/// Writes findings for programs.
pub fn print_rows(
    format: Format,
    about: Map<String, Value>,
    findings: &[Finding],
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if format == Format::Csv {
        return Ok(out.write_all(&rows::csv(findings))?);
    }
    Ok(writeln!(out, "{:#}", rows::json(about, findings))?)
}

impl Analyze {
    /// Analyses, prints.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let results = Results::read(&self.folder)?;
        let figures = self.asked.figures(&results)?;
        let chosen = self.point.map(|number| point(&results, number)).transpose()?;
        match self.format {
            Format::Text => {
                let mut document = text_of(&results, &figures, chosen)?;
                if chosen.is_none() {
                    document.sections.extend(self.deeper.sections(&results, &figures)?);
                }
                print(&document, out)?;
            }
            format => {
                let mut findings = findings(&results, &figures, chosen)?;
                if chosen.is_none() {
                    findings.extend(self.deeper.findings(&results, &figures)?);
                }
                print_rows(format, about(&results), &findings, out)?;
            }
        }
        Ok(Exit::Done)
    }
}

/// The matrix from rung to rung, if every turn has a row.
pub fn transitions(results: &Results) -> Result<Option<Transitions>, Failure> {
    if !results.has_steps() {
        return Ok(None);
    }
    Ok(Transitions::of(results, &results.steps(&STEP_COLUMNS)?))
}

fn text_of(results: &Results, figures: &[Figure], point: Option<usize>) -> Result<Document, Failure> {
    let path = results.path().display();
    let over_all = Summary::of(results, figures, None);
    let mut sections = vec![summary::what_was_run(results, &over_all)];
    let many = results.points.len() > 1;
    if point.is_none() {
        sections.push(summary::figures(figures, &over_all));
    }
    let shown = point.map_or(0..results.points.len(), |point| point..point + 1);
    if many {
        let points: Vec<Summary> = shown.map(|point| Summary::of(results, figures, Some(point))).collect();
        sections.push(summary::points(results, figures, &points));
    }
    let details = Details::of(results, point);
    sections.extend(summary::endings(&details));
    sections.push(summary::columns(&details));
    if point.is_none() {
        sections.extend(transitions(results)?.as_ref().map(summary::transitions));
    }
    let title = match point {
        Some(point) => format!("{} ({path}), point {point}", results.manifest.experiment),
        None => format!("{} ({path})", results.manifest.experiment),
    };
    Ok(Document { title, sections })
}

fn findings(results: &Results, figures: &[Figure], point: Option<usize>) -> Result<Vec<Finding>, Failure> {
    let of = |point| {
        let mut findings = Summary::of(results, figures, point).findings(figures);
        findings.extend(Details::of(results, point).findings(point));
        findings
    };
    if point.is_some() {
        return Ok(of(point));
    }
    let mut findings = of(None);
    findings.extend(transitions(results)?.iter().flat_map(Transitions::findings));
    if results.points.len() > 1 {
        findings.extend((0..results.points.len()).flat_map(|point| of(Some(point))));
    }
    Ok(findings)
}
