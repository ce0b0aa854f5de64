//! `offramp compare`: two arms of one crisis, paired by their luck.

use super::analyze::{Asked, Format, about, point, print, print_rows};
use super::exit::{Exit, Failure};
use crate::analysis::{Arm, Difference, Figure, Pairs};
use crate::report::{Document, comparison};
use crate::sweep::rows::{Kind, Results, Watched};
use serde_json::{Map, Value};
use std::io::Write;
use std::path::PathBuf;

/// Compares two sweeps, or two arms of one, run by run: differences with intervals, and what pairing saved.
///
/// Runs are paired that met the same dice: run r of one arm and run r of the other.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp compare base firm\n  offramp compare hotlines --points 0 1\n  \
                        offramp compare hotlines --arms channels.mil_west.regime=ForcedOpen,ForcedCut\n  \
                        offramp compare base firm --metric peak --format csv\n\n\
                        Exit code 65 if the two cannot be paired.")]
pub struct Compare {
    /// The folder of the first arm.
    first: PathBuf,
    /// The folder of the second arm; the same folder unless given.
    second: Option<PathBuf>,
    /// The design points that are compared: one of the first, one of the second.
    #[arg(long, num_args = 2, value_names = ["I", "J"], conflicts_with = "arms")]
    points: Vec<usize>,
    /// Compare two values of a factor, over all points that differ in nothing else.
    #[arg(long, value_name = "FACTOR=X,Y", conflicts_with = "second")]
    arms: Option<String>,
    #[command(flatten)]
    asked: Asked,
    /// How the findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Compare {
    /// Compares, prints.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        if self.second.is_none() && self.points.is_empty() && self.arms.is_none() {
            return Err(Failure::usage(
                "one folder is not two arms: name a second one, two design points (`--points 0 1`), or two values of a \
                 factor (`--arms FACTOR=X,Y`)",
            ));
        }
        let first = Results::read(&self.first)?;
        let second = self.second.as_ref().map(|path| Results::read(path)).transpose()?;
        let second = second.as_ref().unwrap_or(&first);
        let (arms, names) = self.arms(&first, second)?;
        let pairs = Pairs::of(&arms[0], &arms[1]).map_err(|why| Failure::new(Exit::Data, why))?;
        let asked = usual(&first, &self.asked)?;
        let every = if self.asked.metric.is_empty() { every(&first, &asked) } else { Vec::new() };
        let (asked, every) = (differences(&pairs, &asked)?, differences(&pairs, &every)?);
        if self.format == Format::Text {
            let mut sections = vec![comparison::what_is_compared(&pairs, [&names[0], &names[1]])];
            sections.push(comparison::differences("Differences", &asked));
            if !every.is_empty() {
                sections.push(comparison::differences("Everything else that was measured", &every));
            }
            sections.push(comparison::how_to_read());
            print(&Document { title: format!("{} and {}", names[0], names[1]), sections }, out)?;
            return Ok(Exit::Done);
        }
        let whole = [("first", about(&first)), ("second", about(second))];
        let whole = whole.map(|(side, about)| (side.to_owned(), Value::Object(about)));
        let findings: Vec<_> = asked.iter().chain(&every).flat_map(Difference::findings).collect();
        print_rows(self.format, Map::from_iter(whole), &findings, out)?;
        Ok(Exit::Done)
    }

    /// Both arms, and what they are called.
    fn arms<'a>(
        &self,
        first: &'a Results,
        second: &'a Results,
    ) -> Result<([Arm<'a>; 2], [String; 2]), Failure> {
        let path = |results: &Results| results.path().display().to_string();
        if let Some(arms) = &self.arms {
            let values =
                arms.split_once('=').and_then(|(factor, values)| Some((factor, values.split_once(',')?)));
            let Some((factor, (x, y))) = values else {
                return Err(Failure::usage(format!("--arms: expected FACTOR=X,Y and not `{arms}`")));
            };
            let arms =
                Arm::apart(first, factor, [x, y]).map_err(|why| Failure::usage(format!("--arms: {why}")))?;
            return Ok((arms, [x, y].map(|value| format!("{}, {factor}={value}", path(first)))));
        }
        if let [i, j] = self.points[..] {
            let arm = |results, at| Ok::<_, Failure>(Arm { results, points: vec![point(results, at)?] });
            let names =
                [(first, i), (second, j)].map(|(results, at)| format!("{}, point {at}", path(results)));
            return Ok(([arm(first, i)?, arm(second, j)?], names));
        }
        Ok(([Arm::whole(first), Arm::whole(second)], [path(first), path(second)]))
    }
}

/// The differences that were asked for; unless any were, of the usual figures and the kinds of end.
pub fn differing(pairs: &Pairs<'_>, asked: &Asked) -> Result<Vec<Difference>, Failure> {
    differences(pairs, &usual(pairs.first, asked)?)
}

fn usual(first: &Results, asked: &Asked) -> Result<Vec<Figure>, Failure> {
    let mut figures = asked.figures(first)?;
    if asked.metric.is_empty() {
        let words = first.runs.column("class").map_or(&[][..], |column| first.runs.words(column));
        let share = |word: &String| {
            Figure::new(first, &format!("class={word}"), Watched::Share("class".to_owned(), word.clone()))
                .ok()
        };
        let kinds: Vec<Figure> =
            words.iter().filter_map(share).filter(|kind| is_new(kind, &figures)).collect();
        figures.extend(kinds);
    }
    Ok(figures)
}

/// Whether no other figure says the same.
fn is_new(figure: &Figure, others: &[Figure]) -> bool {
    !others.iter().any(|other| other.asks_the_same(figure))
}

fn differences(pairs: &Pairs<'_>, figures: &[Figure]) -> Result<Vec<Difference>, Failure> {
    let difference = |figure: &Figure| {
        let other = figure.in_another(pairs.second).map_err(|why| Failure::new(Exit::Data, why))?;
        Ok(Difference::of(pairs, figure, &other))
    };
    figures.iter().map(difference).collect()
}

/// The means of all columns that were not asked for.
fn every(results: &Results, asked: &[Figure]) -> Vec<Figure> {
    let whole = results.measured().filter(|(_, column)| column.kind == Kind::Whole);
    whole
        .filter_map(|(_, column)| Figure::new(results, &column.name, Watched::Mean(column.name.clone())).ok())
        .filter(|figure| is_new(figure, asked))
        .collect()
}
