//! Questions for the debrief.

use crate::scenario::check::{Check, Checker};
use serde::{Deserialize, Serialize};

/// A question that participants are asked after the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionDoc {
    /// Name in the file.
    pub name: String,
    /// What is asked.
    pub text: String,
}

impl Check for QuestionDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        if self.text.trim().is_empty() {
            at.problem("text", "the question asks nothing".into(), "a sentence");
        }
    }
}
