//! Rules and lookup tables: general words for what no mechanic covers.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::words::Statement;
use crate::vocabulary::{Ref, SeatId};
use serde::{Deserialize, Serialize};

/// The step of a turn that a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Step {
    /// Step 1, each tick: for the first time before anybody has decided anything.
    Situation,
    /// Step 5, each tick.
    Adjudication,
    /// Step 8, each tick.
    Escalation,
    /// Step 1 of the first tick of each calm turn of a campaign but the first, in a crisis too.
    Period,
}

impl Step {
    /// All steps that rules may belong to.
    pub const ALL: [Step; 4] = [Step::Situation, Step::Adjudication, Step::Escalation, Step::Period];
}

/// A rule as authored. Rules of one step run in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleDoc {
    /// Name in the file; its rolls are addressed by it.
    pub name: String,
    /// When it runs.
    pub step: Step,
    /// The actor whose rule it is, if one.
    #[serde(default)]
    pub actor: Option<Ref<SeatId>>,
    /// What it does.
    pub does: Vec<Statement>,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
}

impl Check for RuleDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.optional("actor", &mut self.actor);
        at.rule("does", self.step, &mut self.does);
    }
}

/// A lookup table as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableDoc {
    /// Name in the file.
    pub name: String,
    /// Its values, from index 0.
    pub values: Vec<i32>,
    /// Where the numbers come from.
    #[serde(default)]
    pub source: String,
}

impl Check for TableDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        if self.values.is_empty() {
            at.problem("values", "the table is empty".into(), "at least one value");
        }
    }
}
