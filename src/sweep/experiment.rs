//! The experiment: what a sweep varies, how often it runs each point, and what it watches.

use super::design::Design;
use super::factor::Factor;
use crate::scenario::document::SettingDoc;
use crate::session::runner;
use crate::vocabulary::Rung;
use serde::{Deserialize, Serialize};

/// An experiment file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExperimentDoc {
    /// The format's version: 1.
    pub format: u32,
    /// The experiment's name.
    pub name: String,
    /// What it asks.
    #[serde(default)]
    pub about: String,
    /// The scenario: a shipped name, or a path inside the experiment's folder.
    pub scenario: String,
    /// Settings that hold at every point.
    #[serde(default)]
    pub settings: Vec<SettingDoc>,
    /// Who plays a seat at every point; the scenario's choice if left out.
    #[serde(default)]
    pub policies: Vec<PolicyDoc>,
    /// What is varied.
    #[serde(default)]
    pub factors: Vec<FactorDoc>,
    /// Which points are run.
    #[serde(default)]
    pub design: Design,
    /// Runs of each point.
    #[serde(default = "one")]
    pub replications: u32,
    /// The seed of all luck, the design's included.
    #[serde(default = "first_seed")]
    pub seed: u64,
    /// Which luck the points share.
    #[serde(default)]
    pub pairing: Pairing,
    /// Runs in a chunk, the least that is worked off at once.
    #[serde(default)]
    pub chunk: Option<u32>,
    /// Engine steps after which a game is given up: openings of turns, rounds of contact, and closings. A turn has three or
    /// more.
    #[serde(default = "usual_budget")]
    pub budget: u32,
    /// Whether every turn has a row too.
    #[serde(default)]
    pub steps: bool,
    /// What is watched.
    #[serde(default)]
    pub metrics: Vec<Metric>,
    /// Runs of each point after which the sweep stops if every metric is as exact as wanted.
    #[serde(default)]
    pub stop_at: Vec<u32>,
}

/// Who plays a seat.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyDoc {
    /// The seat.
    pub seat: String,
    /// Its policy.
    pub policy: String,
}

/// A factor as an author writes it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorDoc {
    /// A setting, `section.name.field`, or `seats.NAME.policy`.
    pub name: String,
    /// The values that it takes.
    #[serde(default)]
    pub over: Over,
}

/// The values that a factor takes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub enum Over {
    /// The range or the words that the scenario states.
    #[default]
    Stated,
    /// All between two numbers.
    Range(f64, f64),
    /// These numbers.
    Levels(Vec<f64>),
    /// These words.
    Words(Vec<String>),
}

/// Which luck design points share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pairing {
    /// Run number r of every point has the same luck: differences between points are not blurred by it.
    #[default]
    Common,
    /// Every run has luck of its own.
    Independent,
}

/// Something watched: a number a point, with the half-width of its 95 % interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub of: Watched,
    /// The half-width wanted.
    #[serde(default)]
    pub half_width: Option<f64>,
}

impl Metric {
    /// What is looked at where an experiment names nothing: how high it went, whether it came to the scenario's lowest
    /// rung of fire, and whether it became war.
    pub fn usual(lowest_fire: Rung) -> Vec<Metric> {
        let metric = |name: &str, of| Metric { name: name.to_owned(), of, half_width: None };
        let fire = Watched::AtLeast("peak".to_owned(), lowest_fire.0.into());
        vec![
            metric("peak", Watched::Mean("peak".to_owned())),
            metric(&format!("peak>={lowest_fire}"), fire),
            metric("war", Watched::Share("class".to_owned(), "war".to_owned())),
        ]
    }
}

/// What a metric is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Watched {
    /// The mean of a column.
    Mean(String),
    /// The share of runs with a word in a column.
    Share(String, String),
    /// The share of runs with at least so much in a column.
    AtLeast(String, i64),
}

impl Watched {
    /// What is watched as it is typed: a column (its mean), `COLUMN=WORD`, `COLUMN>=NUMBER` or `COLUMN>NUMBER`.
    ///
    /// # Errors
    /// If a number is none.
    pub fn parse(text: &str) -> Result<Watched, String> {
        let least = |number: &str| {
            let number = number.trim();
            number.parse::<i64>().map_err(|_| format!("`{number}` in `{text}` is no whole number"))
        };
        let column = |name: &str| name.trim().to_owned();
        Ok(if let Some((name, number)) = text.split_once(">=") {
            Watched::AtLeast(column(name), least(number)?)
        } else if let Some((name, number)) = text.split_once('>') {
            Watched::AtLeast(column(name), least(number)?.saturating_add(1))
        } else if let Some((name, word)) = text.split_once('=') {
            Watched::Share(column(name), word.trim().to_owned())
        } else {
            Watched::Mean(column(text))
        })
    }

    /// The column that it reads.
    pub fn column(&self) -> &str {
        match self {
            Watched::Mean(column) | Watched::Share(column, _) | Watched::AtLeast(column, _) => column,
        }
    }
}

fn one() -> u32 {
    1
}

fn first_seed() -> u64 {
    1
}

fn usual_budget() -> u32 {
    runner::BATCH_BUDGET
}

/// An experiment with every name found and every value sound: what a plan is made of. Nothing outside of it and the
/// scenario decides a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// The experiment's name.
    pub name: String,
    /// What it asks.
    pub about: String,
    /// Settings that hold at every point, as `--set` takes them.
    pub settings: Vec<String>,
    /// Who plays each seat unless a factor says otherwise: the seat and its policy.
    pub policies: Vec<(String, String)>,
    /// What is varied.
    pub factors: Vec<Factor>,
    /// Which points are run.
    pub design: Design,
    /// Runs of each point.
    pub replications: u32,
    /// The seed.
    pub seed: u64,
    /// Which luck the points share.
    pub pairing: Pairing,
    /// Runs in a chunk.
    pub chunk: u32,
    /// Engine steps after which a game is given up: openings of turns, rounds of contact, and closings. A turn has three or
    /// more.
    pub budget: u32,
    /// Whether every turn has a row too.
    pub steps: bool,
    /// What is watched.
    pub metrics: Vec<Metric>,
    /// Runs of each point after which the sweep may stop.
    pub stop_at: Vec<u32>,
}

impl ExperimentDoc {
    /// The experiment without factors: one point of a scenario.
    pub fn plain(scenario: &str, name: &str) -> ExperimentDoc {
        ExperimentDoc {
            format: 1,
            name: name.to_owned(),
            about: String::new(),
            scenario: scenario.to_owned(),
            settings: Vec::new(),
            policies: Vec::new(),
            factors: Vec::new(),
            design: Design::default(),
            replications: 1000,
            seed: first_seed(),
            pairing: Pairing::default(),
            chunk: None,
            budget: usual_budget(),
            steps: false,
            metrics: Vec::new(),
            stop_at: Vec::new(),
        }
    }
}
