//! Doctrines: how an automated seat turns aims and beliefs into choices.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{ActionId, Ref, SeatId};
use serde::{Deserialize, Serialize};

/// A doctrine as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoctrineDoc {
    /// Name in the file and on the command line.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// What it stands for, in a sentence or two.
    pub about: String,
    /// Which seat it can play.
    pub seat: Ref<SeatId>,
    /// How sharply it prefers what is better: 0 follows the record's base rates alone.
    pub sharpness: f64,
    /// Factors on the seat's aims, in parts per thousand; 1000 where left out.
    #[serde(default)]
    pub aims: Vec<(String, i32)>,
    /// Nats a rung above the stimulus that it gains (or loses, if negative).
    #[serde(default)]
    pub hardness: f64,
    /// Nats of attraction or aversion to single actions.
    #[serde(default)]
    pub leanings: Vec<(Ref<ActionId>, f64)>,
    /// Acts that it never takes.
    #[serde(default)]
    pub never: Vec<Ref<ActionId>>,
    /// Weight in parts per thousand of proposing a way out, each decision in a crisis.
    pub propose: i32,
    /// Points that a package may fall short of going on and still be accepted.
    pub patience: f64,
    /// Weight in parts per thousand of calling a rival, each decision in a crisis.
    pub call: i32,
    /// Weight in parts per thousand of consulting an ally, each decision in a crisis.
    pub consult: i32,
    /// Nats by which it restrains an ally more (or less).
    #[serde(default)]
    pub restrain: f64,
    /// Nats by which it complies with an ally's restraint more (or less).
    #[serde(default)]
    pub comply: f64,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for DoctrineDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("seat", &mut self.seat);
        at.within("sharpness", self.sharpness, 0.0, 5.0);
        at.within("hardness", self.hardness, -4.0, 4.0);
        for (index, (action, nats)) in self.leanings.iter_mut().enumerate() {
            at.field(&format!("leanings.{index}.0"), action);
            at.within(&format!("leanings.{index}.1"), *nats, -8.0, 8.0);
        }
        at.unique("aims", self.aims.iter().map(|(aim, _)| aim.as_str()));
        for (index, (_, factor)) in self.aims.iter().enumerate() {
            at.within(&format!("aims.{index}.1"), *factor, 0.0, 20_000.0);
        }
        at.field("never", &mut self.never);
        at.within("propose", self.propose, 0.0, 1000.0);
        at.within("patience", self.patience, -1000.0, 1000.0);
        at.within("call", self.call, 0.0, 1000.0);
        at.within("consult", self.consult, 0.0, 1000.0);
        at.within("restrain", self.restrain, -8.0, 8.0);
        at.within("comply", self.comply, -8.0, 8.0);
    }
}

/// A doctrine with its numbers bound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doctrine {
    /// Sharpness in parts per thousand.
    pub sharpness: i32,
    /// Factor on each of the seat's aims, in parts per thousand.
    pub aims: Vec<i32>,
    /// Milli-nats a rung above the stimulus.
    pub hardness: i32,
    /// Milli-nats by action, of all actions of the scenario.
    pub leaning: Vec<i32>,
    /// Whether it never takes an action, of all actions of the scenario.
    pub never: Vec<bool>,
    /// Weight of proposing, in parts per thousand.
    pub propose: i32,
    /// Milli-points that a package may fall short.
    pub patience: i32,
    /// Weight of calling, in parts per thousand.
    pub call: i32,
    /// Weight of consulting, in parts per thousand.
    pub consult: i32,
    /// Milli-nats of restraining an ally.
    pub restrain: i32,
    /// Milli-nats of complying.
    pub comply: i32,
}

impl DoctrineDoc {
    /// Converts the authored numbers, given the seat's aims by name and the number of actions.
    pub fn bind(&self, aims: &[&str], actions: usize) -> Doctrine {
        use crate::vocabulary::Id;
        let milli = |n: f64| (n * 1000.0) as i32;
        let mut leaning = vec![0; actions];
        for (action, nats) in &self.leanings {
            leaning[action.id().index()] = milli(*nats);
        }
        let mut never = vec![false; actions];
        for action in &self.never {
            never[action.id().index()] = true;
        }
        Doctrine {
            sharpness: milli(self.sharpness),
            aims: aims
                .iter()
                .map(|aim| self.aims.iter().find(|(name, _)| name == aim).map_or(1000, |(_, f)| *f))
                .collect(),
            hardness: milli(self.hardness),
            leaning,
            never,
            propose: self.propose,
            patience: milli(self.patience),
            call: self.call,
            consult: self.consult,
            restrain: milli(self.restrain),
            comply: milli(self.comply),
        }
    }
}
