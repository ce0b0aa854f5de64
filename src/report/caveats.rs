//! What a reader must know before quoting a figure, and how to get the same one again.

use super::document::{Section, Table};
use crate::sweep::rows::{Results, Span};

/// What was varied, and what the scenario itself has.
pub fn varied(results: &Results) -> Option<Section> {
    let factors = &results.experiment.factors;
    if factors.is_empty() {
        return None;
    }
    let mut section = Section::new("What was varied");
    let mut table = Table::new(["factor", "values", "the scenario's own"]);
    for factor in factors {
        let decimal = |millionths: &i64| crate::sweep::rows::Value::Number(*millionths).to_string();
        let values = match &factor.span {
            Span::Numbers(low, high) => format!("{} to {}", decimal(low), decimal(high)),
            Span::Wholes(low, high) => format!("whole numbers {low} to {high}"),
            Span::Levels(levels) => levels.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        };
        table.row([factor.name.clone(), values, factor.own.to_string()]);
    }
    section.table(table);
    Some(section)
}

/// What the figures do not say.
pub fn caveats(results: &Results) -> Section {
    let mut section = Section::new("Before you quote a figure");
    let manifest = &results.manifest;
    section.text(
        "This is a teaching and analysis aid, not a forecast. The figures are of a model of a crisis: they say what \
         follows from its assumptions, and nothing about how likely a crisis is.",
    );
    section.text(
        "The intervals say how far luck moves a figure. They do not hold the doubt about the model's numbers: that is \
         what varying them is for. Many of these numbers are judgement, and above rung 9 all are; \
         `offramp check --settings` lists them with their ranges, the scenario with their sources.",
    );
    if manifest.points > 1 {
        section.text(
            "A figure over all design points is an average over the design, not over the world: it weighs the points \
             alike, however likely they are.",
        );
    }
    let left_out = manifest.budget + manifest.panics;
    if left_out > 0 {
        section.text(format!(
            "{left_out} of {} runs have no measurements and are left out. If what they have in common is what is \
             measured, the figures are wrong by it.",
            manifest.runs
        ));
    }
    section
}

/// How to get the same figures again.
pub fn again(results: &Results) -> Section {
    let mut section = Section::new("To get the same again");
    let manifest = &results.manifest;
    section.text(format!(
        "Any row of `runs.csv` can be seen as the game that it was: `offramp replay DIR --run N`. The same plan played \
         by the same version gives the same tables to the byte. Offramp {}, rules {}, engine {}, plan {}, scenario {} \
         ({}), seed {}.",
        manifest.offramp,
        manifest.rules,
        manifest.engine,
        manifest.plan,
        manifest.scenario,
        manifest.fingerprint,
        manifest.seed
    ));
    let mut table = Table::new(["table", "bytes", "BLAKE3"]);
    for file in &manifest.files {
        table.row([file.name.clone(), file.bytes.to_string(), file.blake3.clone()]);
    }
    section.table(table);
    section
}
