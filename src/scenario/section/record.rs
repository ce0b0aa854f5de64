//! The historical record that a scenario carries: what each seat did, and when.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{ActionId, ChannelId, Duration, Minute, Ref, SeatId, TOP_RUNG, TermId};
use serde::{Deserialize, Serialize};

/// What a seat did beside acting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RecordedWord {
    /// It proposed these terms to this seat, over this channel or in public, with a deadline if it was an ultimatum.
    /// `over`, `deadline` and `threat` may be left out.
    Proposed {
        /// To whom.
        to: Ref<SeatId>,
        /// Over which channel; in public if left out.
        #[serde(default)]
        over: Option<Ref<ChannelId>>,
        /// What.
        terms: Vec<Ref<TermId>>,
        /// By when, counted from the step.
        #[serde(default)]
        deadline: Option<Duration>,
        /// What was threatened.
        #[serde(default)]
        threat: Option<Ref<ActionId>>,
    },
    /// It accepted what lay on the table.
    Accepted,
    /// It agreed to talks about what lay on the table.
    Talks,
    /// It rejected what lay on the table.
    Rejected,
}

impl Check for RecordedWord {
    fn check(&mut self, at: &mut Checker<'_>) {
        if let RecordedWord::Proposed { to, over, terms, deadline, threat } = self {
            at.field("Proposed.to", to);
            at.optional("Proposed.over", over);
            at.field("Proposed.terms", terms);
            at.optional("Proposed.threat", threat);
            if let Some(deadline) = deadline {
                at.positive_duration("Proposed.deadline", *deadline);
            }
        }
    }
}

/// A step of the record as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordDoc {
    /// Name in the file.
    pub name: String,
    /// When, since the start.
    pub at: Duration,
    /// Who.
    pub seat: Ref<SeatId>,
    /// What it did, in plain words.
    pub label: String,
    /// The act, if the scenario has one for it.
    #[serde(default)]
    pub act: Option<Ref<ActionId>>,
    /// The continuing act that it ended.
    #[serde(default)]
    pub stop: Option<Ref<ActionId>>,
    /// What it said.
    #[serde(default)]
    pub word: Option<RecordedWord>,
    /// The rung of the step.
    pub rung: u8,
    /// Where it is recorded.
    pub source: String,
}

impl Check for RecordDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.not_negative_duration("at", self.at);
        at.field("seat", &mut self.seat);
        at.optional("act", &mut self.act);
        at.optional("stop", &mut self.stop);
        at.optional("word", &mut self.word);
        at.within("rung", self.rung, 0.0, f64::from(TOP_RUNG));
    }
}

/// A step of the record, bound.
#[derive(Clone, Debug)]
pub struct RecordStep {
    /// When.
    pub at: Minute,
    /// Who.
    pub seat: SeatId,
    /// The act.
    pub act: Option<ActionId>,
    /// The continuing act that it ended.
    pub stop: Option<ActionId>,
    /// What it said.
    pub word: Option<RecordedWord>,
}

impl RecordDoc {
    /// Converts the authored times.
    pub fn bind(&self) -> RecordStep {
        RecordStep {
            at: self.at.minutes(),
            seat: self.seat.id(),
            act: self.act.as_ref().map(Ref::id),
            stop: self.stop.as_ref().map(Ref::id),
            word: self.word.clone(),
        }
    }
}
