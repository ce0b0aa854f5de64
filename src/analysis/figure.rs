//! Figures: what is asked of the runs of a sweep, as numbers that every run has.

use crate::sweep::rows::{Kind, Metric, Results, Watched};

/// A number that every run has, and whose mean is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is called.
    pub name: String,
    /// What it counts; a share has no unit.
    pub unit: String,
    of: Watched,
    column: usize,
    /// The position of the word of a share; nothing if no run has it.
    word: Option<i64>,
    range: (f64, f64),
}

impl Figure {
    /// A figure by its columns.
    ///
    /// # Errors
    /// If there is no such column, or it holds something else.
    pub fn new(results: &Results, name: &str, of: Watched) -> Result<Figure, String> {
        let column = results.runs.find(of.column())?;
        let stated = &results.runs.columns()[column];
        let kind = if matches!(of, Watched::Share(..)) { Kind::Word } else { Kind::Whole };
        if stated.kind != kind {
            return Err(format!(
                "`{}` holds {}, and `{name}` asks for {}",
                stated.name,
                stated.kind.word(),
                kind.word()
            ));
        }
        if stated.is_label() {
            return Err(format!("`{}` says which run it is, and nothing of how that went", stated.name));
        }
        let word = match &of {
            Watched::Share(_, word) => results.runs.words(column).iter().position(|known| known == word),
            _ => None,
        };
        let range = if matches!(of, Watched::Mean(_)) { stated.range() } else { (0.0, 1.0) };
        let unit = if matches!(of, Watched::Mean(_)) { stated.unit.clone() } else { String::new() };
        Ok(Figure { name: name.to_owned(), unit, of, column, word: word.map(|word| word as i64), range })
    }

    /// A figure as it is typed: the name of a metric, a column (its mean), `COLUMN=WORD`, `COLUMN>=NUMBER` or
    /// `COLUMN>NUMBER` (the share of runs of which that holds).
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(results: &Results, text: &str) -> Result<Figure, String> {
        if let Some(metric) = results.experiment.metrics.iter().find(|metric| metric.name == text) {
            return Figure::new(results, text, metric.of.clone());
        }
        let of = Watched::parse(text)?;
        let figure = Figure::new(results, text, of)?;
        // A word that no run has may be what is asked for, or a slip.
        if let (Watched::Share(_, word), None) = (&figure.of, figure.word) {
            let may_be = &results.runs.columns()[figure.column].words;
            if let Some(near) = results.runs.nearest_word(figure.column, word) {
                return Err(format!("no run has `{word}` in `{text}`; did you mean `{near}`?"));
            }
            if !may_be.is_empty() && !may_be.contains(word) {
                return Err(format!("`{word}` in `{text}` is none of: {}", may_be.join(", ")));
            }
        }
        Ok(figure)
    }

    /// A figure that is a condition on a run, as it is typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn condition(results: &Results, text: &str) -> Result<Figure, String> {
        let figure = Figure::parse(results, text)?;
        if figure.is_share() {
            return Ok(figure);
        }
        Err(format!(
            "`{text}` is no condition: write `{text}>=NUMBER`, or `COLUMN=WORD` for a column of words"
        ))
    }

    /// What is looked at unless somebody says what: the experiment's metrics, or the usual ones.
    pub fn usual(results: &Results) -> Vec<Figure> {
        let stated = &results.experiment.metrics;
        let metrics =
            if stated.is_empty() { Metric::usual(results.manifest.lowest_fire) } else { stated.clone() };
        let figure = |metric: Metric| Figure::new(results, &metric.name, metric.of).ok();
        metrics.into_iter().filter_map(figure).collect()
    }

    /// The same figure of another sweep.
    ///
    /// # Errors
    /// If that has no such column.
    pub fn in_another(&self, results: &Results) -> Result<Figure, String> {
        let why = |why| format!("'{}': {why}", results.path().display());
        Figure::new(results, &self.name, self.of.clone()).map_err(why)
    }

    /// Whether both ask the same of every run, whatever they are called.
    pub fn asks_the_same(&self, other: &Figure) -> bool {
        self.of == other.of
    }

    /// The least and the most that a run can have, as far as that is known.
    pub fn range(&self) -> (f64, f64) {
        self.range
    }

    /// What a run has.
    pub fn value(&self, results: &Results, row: u32) -> i64 {
        let cell = results.runs.cells(self.column)[row as usize];
        match &self.of {
            Watched::Mean(_) => cell,
            Watched::Share(..) => i64::from(Some(cell) == self.word),
            Watched::AtLeast(_, least) => i64::from(cell >= *least),
        }
    }

    /// Whether it is a share of runs, and not a mean.
    pub fn is_share(&self) -> bool {
        !matches!(self.of, Watched::Mean(_))
    }
}
