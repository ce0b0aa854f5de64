//! `offramp report`: a finished sweep, or the debrief of a recorded game, as one page.

use super::analyze::{Asked, Deeper};
use super::compare::differing;
use super::debrief::Debriefing;
use super::exit::{Exit, Failure};
use crate::analysis::course::{Course, STEP_COLUMNS};
use crate::analysis::{Arm, Details, Pairs, Summary};
use crate::report::{Document, Section, caveats, comparison, html, markdown, summary};
use crate::storage::{Faults, Privacy, RECORD_LIMIT, StorageError, Trouble, read_bytes, replace};
use crate::sweep::rows::Results;
use crate::trace::one_line;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes a finished sweep or the debrief of a game as one page.
///
/// Of a sweep: what was run, the figures with intervals, charts, sensitivity, comparisons, caveats. Of a game: the truth
/// beside what each seat saw and believed, what would have come but for this or that, and where it lies among others.
///
/// HTML is one file that loads nothing and runs nothing; Markdown has tables for charts.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp report base --out base.html\n  \
                        offramp report hotlines --out hotlines.html --out hotlines.md --discover 'peak>=7'\n  \
                        offramp report firm --against base --out firm.html\n  \
                        offramp report game.trace --out debrief.html --out debrief.md\n  \
                        offramp report game.trace --out debrief.html --among 10000 --continuations 500")]
pub struct Report {
    /// The folder of a sweep, or the trace or finished journal of a game.
    #[arg(value_name = "DIR|TRACE")]
    of: PathBuf,
    /// The file to write, `.html` or `.md`; may be given for both.
    #[arg(long, required = true, value_name = "FILE")]
    out: Vec<PathBuf>,
    /// A sweep that this one is compared with, run by run.
    #[arg(long, value_name = "DIR")]
    against: Vec<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    deeper: Deeper,
    #[command(flatten)]
    debriefing: Debriefing,
}

/// How a page is written, by the end of its file's name.
fn format_of(path: &Path) -> Result<fn(&Document) -> String, Failure> {
    match path.extension().and_then(|end| end.to_str()) {
        Some("html" | "htm") => Ok(html::html),
        Some("md" | "markdown") => Ok(markdown::markdown),
        _ => {
            let path = path.display();
            Err(Failure::usage(format!(
                "--out: expected a file that ends in `.html` or `.md`, and not '{path}'"
            )))
        }
    }
}

impl Report {
    /// Analyses and writes.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let formats = self.out.iter().map(|path| format_of(path)).collect::<Result<Vec<_>, _>>()?;
        let document = match read_bytes(&self.of, RECORD_LIMIT) {
            Ok(bytes) => {
                self.asks_of_a_game()?;
                self.debriefing.document(&self.of, &bytes)?
            }
            Err(StorageError { trouble: Trouble::IsDirectory, .. }) => {
                self.document(&Results::read(&self.of)?)?
            }
            Err(error) => return Err(error.into()),
        };
        for (path, format) in self.out.iter().zip(formats) {
            replace(path, format(&document).as_bytes(), Privacy::Shared, &mut Faults::none())?;
            writeln!(out, "{}", one_line(&path.display().to_string()))?;
        }
        Ok(Exit::Done)
    }

    /// Refuses what is asked of the runs of a sweep alone.
    fn asks_of_a_game(&self) -> Result<(), Failure> {
        let Deeper { discover, maximise, minimise } = &self.deeper;
        let asked = [
            ("--metric", !self.asked.metric.is_empty()),
            ("--discover", !discover.is_empty()),
            ("--maximise", !maximise.is_empty()),
            ("--minimise", !minimise.is_empty()),
            ("--against", !self.against.is_empty()),
        ];
        match asked.iter().find(|(_, given)| *given) {
            Some((option, _)) => {
                let of = one_line(&self.of.display().to_string());
                Err(Failure::usage(format!("{option} is asked of a sweep, and '{of}' is a game")))
            }
            None => Ok(()),
        }
    }

    fn document(&self, results: &Results) -> Result<Document, Failure> {
        let figures = self.asked.figures(results)?;
        let over_all = Summary::of(results, &figures, None);
        let mut sections = vec![summary::what_was_run(results, &over_all)];
        sections.extend(caveats::varied(results));
        sections.push(summary::figures(&figures, &over_all));
        let points = 0..results.points.len();
        if points.len() > 1 {
            let points: Vec<Summary> =
                points.map(|point| Summary::of(results, &figures, Some(point))).collect();
            sections.push(summary::points(results, &figures, &points));
        }
        let details = Details::of(results, None);
        sections.extend(summary::endings(&details));
        if results.has_steps() {
            let course = Course::of(results, &results.steps(&STEP_COLUMNS)?);
            sections.extend(course.as_ref().map(summary::course));
            sections.extend(super::analyze::transitions(results)?.as_ref().map(summary::transitions));
        }
        sections.extend(self.deeper.sections(results, &figures)?);
        for path in &self.against {
            sections.extend(self.against(results, path)?);
        }
        sections.push(summary::columns(&details));
        sections.push(caveats::caveats(results));
        sections.push(caveats::again(results));
        Ok(Document {
            title: format!("{}: {}", results.manifest.scenario, results.manifest.experiment),
            sections,
        })
    }

    /// What this sweep does otherwise than another.
    fn against(&self, results: &Results, path: &Path) -> Result<Vec<Section>, Failure> {
        let other = Results::read(path)?;
        let pairs = Pairs::of(&Arm::whole(&other), &Arm::whole(results));
        let pairs = pairs.map_err(|why| Failure::new(Exit::Data, format!("--against: {why}")))?;
        let differences = differing(&pairs, &self.asked)?;
        let names = [path, results.path()].map(|path| path.display().to_string());
        let mut what = comparison::what_is_compared(&pairs, [&names[0], &names[1]]);
        what.heading = format!("Against {}", names[0]);
        let mut table = comparison::differences("Differences", &differences);
        table.blocks.extend(comparison::chart(&differences));
        Ok(vec![what, table, comparison::how_to_read()])
    }
}
