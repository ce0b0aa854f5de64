//! Findings: every number of an analysis, one a row, for programs.

use super::figure::Figure;
use super::summary::{Details, QUANTILES, Summary};
use super::transitions::Transitions;
use crate::statistics::interval::Estimate;

/// A number that an analysis found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind of analysis it is of.
    pub analysis: &'static str,
    /// The design point; nothing if it is over all.
    pub point: Option<usize>,
    /// What it is about: a figure, a column, a factor.
    pub subject: String,
    /// What it says of that.
    pub statistic: String,
    /// The number.
    pub estimate: Estimate,
}

impl Finding {
    /// A finding.
    pub fn new(
        analysis: &'static str,
        point: Option<usize>,
        subject: impl Into<String>,
        statistic: impl Into<String>,
        estimate: Estimate,
    ) -> Finding {
        Finding { analysis, point, subject: subject.into(), statistic: statistic.into(), estimate }
    }
}

impl Summary {
    /// Its figures.
    pub fn findings(&self, figures: &[Figure]) -> Vec<Finding> {
        let finding = |(figure, estimate): (&Figure, &Estimate)| {
            let statistic = if figure.is_share() { "share" } else { "mean" };
            Finding::new("figure", self.point, &figure.name, statistic, *estimate)
        };
        figures.iter().zip(&self.figures).map(finding).collect()
    }
}

impl Details {
    /// Its shares, means and quantiles.
    pub fn findings(&self, point: Option<usize>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (column, words) in [("ending", &self.endings), ("class", &self.classes)] {
            findings.extend(
                words.iter().map(|word| Finding::new("share", point, column, &word.word, word.share)),
            );
        }
        for (rung, share) in &self.reached {
            findings.push(Finding::new("share", point, "peak", format!(">={rung}"), *share));
        }
        for spread in &self.columns {
            let name = &spread.column.name;
            findings.push(Finding::new("column", point, name, "mean", spread.mean));
            for (p, quantile) in QUANTILES.iter().zip(spread.quantiles) {
                findings.push(Finding::new("column", point, name, format!("quantile {p}"), quantile));
            }
        }
        findings
    }
}

impl Transitions {
    /// Its shares.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for row in &self.rows {
            let subject = row.rung.map_or_else(|| "first turn".to_owned(), |rung| format!("standing {rung}"));
            for (to, share) in self.rungs.iter().zip(&row.shares) {
                findings.push(Finding::new("transition", None, &subject, format!("to {to}"), *share));
            }
        }
        findings
    }
}
