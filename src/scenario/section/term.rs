//! Terms: what a proposal can contain, and what each is worth to whom.

use crate::scenario::check::{Check, Checker};
use crate::scenario::section::{MAX_TYPES, SeatDoc};
use crate::vocabulary::words::{Condition, Statement};
use crate::vocabulary::{Id, Ref, SeatId, TOP_RUNG};
use serde::{Deserialize, Serialize};

/// A term as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermDoc {
    /// Name in the file.
    pub name: String,
    /// What is promised, in a participant's words.
    pub label: String,
    /// Who has to do it.
    pub giver: Ref<SeatId>,
    /// When it can be offered.
    #[serde(default)]
    pub needs: Option<Condition>,
    /// What it is worth to each seat, in points as those of its aims; 0 where left out.
    pub worth: Vec<(Ref<SeatId>, f64)>,
    /// What it is worth to a seat of one disposition, in points, where that differs.
    #[serde(default)]
    pub held: Vec<(Ref<SeatId>, String, f64)>,
    /// What it costs the giver in face when said in public and plainly, in points.
    #[serde(default)]
    pub face_cost: f64,
    /// Set if agreeing on it settles the crisis.
    #[serde(default)]
    pub settles: bool,
    /// The rung at which a settlement caps the standing rung.
    #[serde(default)]
    pub caps_at: Option<u8>,
    /// What it changes when agreed.
    #[serde(default)]
    pub effects: Vec<Statement>,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for TermDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("giver", &mut self.giver);
        at.optional("needs", &mut self.needs);
        for (index, (seat, points)) in self.worth.iter_mut().enumerate() {
            at.field(&format!("worth.{index}.0"), seat);
            at.within(&format!("worth.{index}.1"), *points, -1000.0, 1000.0);
        }
        for (index, (seat, _, points)) in self.held.iter_mut().enumerate() {
            at.field(&format!("held.{index}.0"), seat);
            at.within(&format!("held.{index}.2"), *points, -1000.0, 1000.0);
        }
        at.within("face_cost", self.face_cost, 0.0, 1000.0);
        if let Some(rung) = self.caps_at {
            at.within("caps_at", rung, 0.0, f64::from(TOP_RUNG));
        }
        at.list("effects", &mut self.effects);
    }
}

/// A term with its numbers bound.
#[derive(Clone, Debug)]
pub struct Term {
    /// Who has to do it.
    pub giver: SeatId,
    /// Milli-points to each seat, by its disposition.
    worth: Vec<[i32; MAX_TYPES]>,
    /// Milli-points of face to the giver.
    pub face_cost: i32,
    /// Whether agreeing on it settles the crisis.
    pub settles: bool,
    /// The rung at which a settlement caps the standing rung.
    pub caps_at: Option<u8>,
}

impl Term {
    /// Milli-points to a seat of a disposition.
    pub fn worth_to(&self, seat: SeatId, disposition: usize) -> i32 {
        self.worth[seat.index()][disposition.min(MAX_TYPES - 1)]
    }
}

impl TermDoc {
    /// Converts the authored numbers for a scenario with these seats.
    pub fn bind(&self, seats: &[SeatDoc]) -> Term {
        let mut worth = vec![[0; MAX_TYPES]; seats.len()];
        for (seat, points) in &self.worth {
            worth[seat.id().index()] = [(points * 1000.0) as i32; MAX_TYPES];
        }
        for (seat, disposition, points) in &self.held {
            let known = &seats[seat.id().index()].dispositions;
            if let Some(at) = known.iter().position(|d| d.name == *disposition).filter(|at| *at < MAX_TYPES) {
                worth[seat.id().index()][at] = (points * 1000.0) as i32;
            }
        }
        Term {
            giver: self.giver.id(),
            worth,
            face_cost: (self.face_cost * 1000.0) as i32,
            settles: self.settles,
            caps_at: self.caps_at,
        }
    }
}
