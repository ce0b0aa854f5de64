//! Injects: what control or the record puts into the game.

use super::Visibility;
use crate::scenario::check::{Check, Checker};
use crate::vocabulary::words::{Condition, Statement};
use crate::vocabulary::{ActionId, Duration, Minute, Ref, SeatId};
use serde::{Deserialize, Serialize};

/// When an inject fires.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Schedule {
    /// At a time.
    At(Duration),
    /// As soon as a condition holds, from a time on.
    Once(Duration, Condition),
    /// Only when control fires it.
    OnCall,
}

/// An inject as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InjectDoc {
    /// Name in the file.
    pub name: String,
    /// Headline.
    pub label: String,
    /// What those who see it read.
    pub text: String,
    /// When.
    pub when: Schedule,
    /// Who reads it.
    #[serde(default)]
    pub seen_by: Visibility,
    /// Whether it ends a turn, so that seats can decide: at the end of the tick in which it comes.
    #[serde(default)]
    pub wakes: bool,
    /// The act that it is, if it is one: the acting seat and the action, done whatever the seat would order.
    #[serde(default)]
    pub act: Option<(Ref<SeatId>, Ref<ActionId>)>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Statement>,
    /// Where it comes from.
    pub source: String,
}

impl Check for InjectDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        match &mut self.when {
            Schedule::At(time) => at.not_negative_duration("when.At", *time),
            Schedule::Once(time, condition) => {
                at.not_negative_duration("when.Once.0", *time);
                at.field("when.Once.1", condition);
            }
            Schedule::OnCall => {}
        }
        at.field("seen_by", &mut self.seen_by);
        if let Some((seat, action)) = &mut self.act {
            at.field("act.0", seat);
            at.field("act.1", action);
        }
        at.list("effects", &mut self.effects);
    }
}

/// An inject with its numbers bound.
#[derive(Clone, Debug)]
pub struct Inject {
    /// The earliest minute; never by itself if absent.
    pub from: Option<Minute>,
    /// Whether a condition must hold as well.
    pub conditional: bool,
    /// Who reads it, by seat.
    pub seen_by: Vec<bool>,
    /// Whether it ends a turn.
    pub wakes: bool,
    /// The act that it is.
    pub act: Option<(SeatId, ActionId)>,
}

impl InjectDoc {
    /// Converts the authored numbers for a scenario with this many seats.
    pub fn bind(&self, seats: usize) -> Inject {
        use crate::vocabulary::Id;
        let (from, conditional) = match &self.when {
            Schedule::At(time) => (Some(time.minutes()), false),
            Schedule::Once(time, _) => (Some(time.minutes()), true),
            Schedule::OnCall => (None, false),
        };
        Inject {
            from,
            conditional,
            seen_by: (0..seats).map(|s| self.seen_by.shows(SeatId::new(s))).collect(),
            wakes: self.wakes,
            act: self.act.as_ref().map(|(seat, action)| (seat.id(), action.id())),
        }
    }
}
