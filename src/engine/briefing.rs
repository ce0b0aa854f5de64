//! A seat's handbook: the names and texts behind the ids of its observations, and what only it knows of itself.

use crate::scenario::section::{Doctrine, Domain, MAX_TYPES};
use crate::vocabulary::{
    ActionId, BodyId, ChannelId, Cost, DoctrineId, HypothesisId, Minute, Ppm, Reading, Ref, Rung, SeatId,
    TermId, TrackId, TriggerId,
};
use serde::Serialize;

/// Name in files and on the command line, label on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Name in files and on the command line.
    pub name: String,
    /// Label on the screen.
    pub label: String,
}

/// What one seat may know before and during the game. Indexes are those of the ids.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Briefing {
    /// Whose handbook this is.
    pub seat: Option<SeatId>,
    /// The scenario.
    pub scenario: Label,
    /// What the crisis is about.
    pub summary: String,
    /// Date and time of minute 0.
    pub start: String,
    /// The seat's own briefing.
    pub role: String,
    /// The seat's own disposition.
    pub disposition: Label,
    /// Names of the rungs.
    pub rungs: Vec<Label>,
    /// What stands on each rung.
    pub rung_definitions: Vec<String>,
    /// Seats and actors.
    pub seats: Vec<SeatBrief>,
    /// The seat's own aims.
    pub aims: Vec<AimBrief>,
    /// Tracks; those that the seat does not see have an empty label.
    pub tracks: Vec<TrackBrief>,
    /// Actions.
    pub actions: Vec<ActionBrief>,
    /// Channels.
    pub channels: Vec<ChannelBrief>,
    /// Bodies.
    pub bodies: Vec<BodyBrief>,
    /// Accords.
    pub accords: Vec<Label>,
    /// Kinds of incident.
    pub incidents: Vec<Label>,
    /// Classes of site.
    pub sites: Vec<Label>,
    /// Terms.
    pub terms: Vec<TermBrief>,
    /// The seat's own hypotheses.
    pub hypotheses: Vec<HypothesisBrief>,
    /// The seat's own triggers.
    pub triggers: Vec<TriggerBrief>,
    /// Endings.
    pub endings: Vec<EndingBrief>,
    /// Known windows of the calendar: label, first and last minute.
    pub calendar: Vec<(String, Minute, Minute)>,
    /// Doctrines that can play the seat.
    pub doctrines: Vec<DoctrineBrief>,
    /// What automated seats need of the model's parameters.
    pub staff: StaffNumbers,
    /// What this seat did in the historical record, for the policy that repeats it.
    pub record: Vec<RecordBrief>,
    /// Only the engine makes briefings.
    #[serde(skip)]
    pub(in crate::engine) sealed: (),
}

/// A seat or actor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SeatBrief {
    /// Name and label.
    pub label: Label,
    /// One line on who it is.
    pub summary: String,
    /// Whether it gives orders.
    pub plays: bool,
    /// Whether it is this seat's ally.
    pub ally: bool,
    /// Whether it is this seat's rival.
    pub rival: bool,
    /// Its possible dispositions.
    pub dispositions: Vec<Label>,
}

/// One of the seat's own aims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AimBrief {
    /// Name and label.
    pub label: Label,
    /// The track that measures it, if one does.
    pub track: Option<TrackId>,
    /// Thousandths of points a level, or once; as this seat's disposition weighs it.
    pub points: i32,
    /// Whether losing this cannot be offset.
    pub floor: bool,
}

/// A track that the seat sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TrackBrief {
    /// Name and label; empty if the seat does not see it.
    pub label: Label,
    /// What one point means.
    pub unit: String,
    /// Lowest level.
    pub min: i32,
    /// Highest level.
    pub max: i32,
    /// Level at the start.
    pub start: i32,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionBrief {
    /// Name and label.
    pub label: Label,
    /// What it is.
    pub about: String,
    /// Who can order it.
    pub seats: Vec<SeatId>,
    /// Its rung.
    pub rung: Rung,
    /// Where it takes place.
    pub domain: Domain,
    /// What it means.
    pub reading: Reading,
    /// What it costs as a signal.
    pub cost: Cost,
    /// Whether it goes on until stopped.
    pub continuing: bool,
    /// Who has to agree, in words.
    pub release: Vec<String>,
    /// The bodies that can release it.
    pub bodies: Vec<BodyId>,
    /// The allies that have to consent.
    pub consents: Vec<SeatId>,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChannelBrief {
    /// Name and label.
    pub label: Label,
    /// Whom it connects.
    pub members: Vec<SeatId>,
    /// Who decides whether it is answered or cut.
    pub owner: Option<SeatId>,
    /// Minutes that a message takes.
    pub latency: Minute,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BodyBrief {
    /// Name and label.
    pub label: Label,
    /// Who sits in it.
    pub members: Vec<SeatId>,
    /// What it can release.
    pub grants: Vec<ActionId>,
}

/// A term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermBrief {
    /// Name and label.
    pub label: Label,
    /// Who has to do it.
    pub giver: SeatId,
    /// What it is worth to this seat, in thousandths of points.
    pub worth: i32,
    /// What it costs its giver in face, in thousandths of points.
    pub face_cost: i32,
    /// Whether agreeing on it settles the crisis.
    pub settles: bool,
}

/// One of the seat's own hypotheses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HypothesisBrief {
    /// Which.
    pub id: HypothesisId,
    /// Name and label.
    pub label: Label,
    /// Whom it is about.
    pub subject: SeatId,
    /// The types, in order.
    pub types: Vec<String>,
    /// The prior in parts per million.
    pub prior: [Ppm; MAX_TYPES],
}

/// One of the seat's own triggers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TriggerBrief {
    /// Which.
    pub id: TriggerId,
    /// Name and label.
    pub label: Label,
    /// The action concerned.
    pub action: ActionId,
    /// What it does, in words.
    pub mode: String,
}

/// An ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EndingBrief {
    /// Name and label.
    pub label: Label,
    /// What those at the table read.
    pub text: String,
}

/// A doctrine that can play the seat.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DoctrineBrief {
    /// Which.
    pub id: DoctrineId,
    /// Name and label.
    pub label: Label,
    /// What it stands for.
    pub about: String,
    /// Its numbers.
    #[serde(skip)]
    pub doctrine: Doctrine,
}

/// What automated seats need of the model's parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StaffNumbers {
    /// Thousandths of nats a point.
    pub aim_scale: i32,
    /// Largest utility either way, in milli-nats.
    pub utility_clip: i32,
    /// Belief in the author needed for fire, in parts per million.
    pub attrib_bar_fire: i32,
    /// Belief in the author needed for measures, in parts per million.
    pub attrib_bar_measures: i32,
    /// Restraint: constant, and milli-nats a rung above 6.
    pub restrain: (i32, i32),
    /// Compliance: constant, by dependence, by the logarithm of deaths.
    pub comply: (i32, i32, i32),
}

/// A step of the historical record of this seat.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordBrief {
    /// When.
    pub minute: Minute,
    /// The act.
    pub act: Option<ActionId>,
    /// The continuing act that was ended.
    pub stop: Option<ActionId>,
    /// What was proposed: to whom, over which channel, terms, deadline, threat.
    pub proposed: Option<RecordedProposal>,
    /// Whether what lay on the table was accepted (true) or rejected (false).
    pub answered: Option<bool>,
}

/// A proposal of the record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordedProposal {
    /// To whom.
    pub to: SeatId,
    /// Over which channel.
    pub over: Option<ChannelId>,
    /// What.
    pub terms: Vec<TermId>,
    /// Minutes until it lapses.
    pub deadline: Option<Minute>,
    /// What was threatened.
    pub threat: Option<ActionId>,
}

impl Briefing {
    /// Finds an entry by its authored name in a list of labels; the position is the id's index.
    pub fn position<'a>(labels: impl IntoIterator<Item = &'a Label>, name: &str) -> Option<usize> {
        labels.into_iter().position(|label| label.name == name)
    }
}

/// Resolves a list of references.
pub(in crate::engine) fn ids<I: crate::vocabulary::Id>(refs: &[Ref<I>]) -> Vec<I> {
    refs.iter().map(Ref::id).collect()
}
