//! Accords: what is agreed, what it changes at the line, and the engagement procedure that it prescribes.

use super::Domain;
use crate::scenario::check::{Check, Checker};
use crate::vocabulary::words::{AccordStatus, Statement};
use crate::vocabulary::{IncidentId, Ref, SeatId};
use serde::{Deserialize, Serialize};

/// An accord as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccordDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Who agreed.
    pub parties: Vec<Ref<SeatId>>,
    /// How it stands at the start.
    pub status: AccordStatus,
    /// Factors on incident rates while in force, in parts per thousand.
    #[serde(default)]
    pub contact: Vec<(Ref<IncidentId>, i32)>,
    /// Warning steps that come before fire while in force, in place of the site's own.
    #[serde(default)]
    pub procedure: Vec<ProcedureDoc>,
    /// What changes when a party suspends it.
    #[serde(default)]
    pub on_break: Vec<Statement>,
    /// Where the numbers come from.
    pub source: String,
}

/// The steps that an accord prescribes before fire in one domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureDoc {
    /// Where it applies.
    pub domain: Domain,
    /// Warning broadcasts before warning shots.
    pub broadcasts: u8,
    /// Warning shots before aimed fire.
    pub shots: u8,
}

impl Check for AccordDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("parties", &mut self.parties);
        at.unique("parties", self.parties.iter().map(Ref::name));
        for (index, (incident, factor)) in self.contact.iter_mut().enumerate() {
            at.field(&format!("contact.{index}.0"), incident);
            at.within(&format!("contact.{index}.1"), *factor, 0.0, 10_000.0);
        }
        for (index, procedure) in self.procedure.iter().enumerate() {
            at.within(&format!("procedure.{index}.broadcasts"), procedure.broadcasts, 0.0, 20.0);
            at.within(&format!("procedure.{index}.shots"), procedure.shots, 0.0, 20.0);
        }
        at.list("on_break", &mut self.on_break);
    }
}

/// An accord with its numbers bound.
#[derive(Clone, Debug)]
pub struct Accord {
    /// Who agreed.
    pub parties: Vec<SeatId>,
    /// How it stands at the start.
    pub status: AccordStatus,
    /// Factor on each incident's rate while in force, in parts per thousand.
    pub contact: Vec<i32>,
    /// Warning steps before fire.
    pub procedure: Vec<Procedure>,
}

/// The steps that an accord prescribes before fire in one domain.
#[derive(Clone, Copy, Debug)]
pub struct Procedure {
    /// Where it applies.
    pub domain: Domain,
    /// Hails before warning shots.
    pub hails: u8,
    /// Warning shots before aimed fire.
    pub shots: u8,
}

impl AccordDoc {
    /// Converts the authored numbers for a scenario with this many kinds of incident.
    pub fn bind(&self, status: Option<AccordStatus>, incidents: usize) -> Accord {
        let mut contact = vec![1000; incidents];
        for (incident, factor) in &self.contact {
            contact[crate::vocabulary::Id::index(incident.id())] = *factor;
        }
        Accord {
            parties: self.parties.iter().map(Ref::id).collect(),
            status: status.unwrap_or(self.status),
            contact,
            procedure: self
                .procedure
                .iter()
                .map(|p| Procedure { domain: p.domain, hails: p.broadcasts, shots: p.shots })
                .collect(),
        }
    }
}
