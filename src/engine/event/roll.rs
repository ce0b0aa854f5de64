//! Rolls: what was decided by luck, at what chance.

use crate::engine::dice::SiteId;
use crate::vocabulary::Ppm;
use serde::Serialize;

/// A roll: where it was made, at what chance, and what came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Roll {
    /// What it decided.
    pub purpose: Purpose,
    /// Its address.
    pub site: SiteId,
    /// Which draw at that address.
    pub index: u32,
    /// Its chance in parts per million; 0 where it picked among more than two.
    pub chance: Ppm,
    /// What came: 0 or 1, or the option picked, or the quantile drawn.
    pub result: i32,
}

/// What a roll decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Purpose {
    /// A hidden disposition at the start.
    Disposition,
    /// The hidden climate at the start, and whenever a campaign draws it anew.
    Climate,
    /// Whether an incident happens.
    Incident,
    /// Whether an incident was meant.
    IncidentCause,
    /// Whether a local commander deviates.
    Deviation,
    /// How a deviation looks.
    DeviationKind,
    /// What an intruder does at a step of the engagement procedure.
    Contact,
    /// How long a reply takes.
    Latency,
    /// Whether anyone dies.
    AnyDeath,
    /// How many die.
    HowMany,
    /// How an act is perceived.
    Percept,
    /// When evidence comes.
    Evidence,
    /// What a finding says of the cause.
    Finding,
    /// Whether a line is at fault.
    Fault,
    /// Whether a line is repaired.
    Repair,
    /// Whether a line is cut or restored.
    LinePolitics,
    /// Whether a message arrives undistorted.
    Fidelity,
    /// Whether a private call leaks.
    Leak,
    /// Whether a body has a quorum.
    Quorum,
    /// Whether talks are walked out of.
    WalkOut,
    /// Whether the crisis fades.
    Fading,
    /// Whether the game ends after its horizon.
    Horizon,
    /// Whether a delegated trigger fires.
    Delegated,
    /// Whether a track moves by one more towards its baseline.
    Decay,
    /// Who acts first.
    Initiative,
    /// Whether a local commander answers fire at all.
    Reply,
    /// A rule's roll or pick.
    Rule,
    /// A die of control's ruling.
    Ruling,
}
