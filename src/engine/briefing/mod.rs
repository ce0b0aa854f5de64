//! A seat's handbook: the names and texts behind the ids of its observations, and what only it knows of itself.

mod write;

use super::order::Answer;
use crate::scenario::section::{Doctrine, Domain, MAX_TYPES};
use crate::vocabulary::{
    ActionId, BodyId, ChannelId, Cost, DoctrineId, HypothesisId, Minute, Ppm, Reading, Rung, SeatId, TermId,
    TrackId, TriggerId,
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

/// Keeps handbooks from being made outside the engine.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::engine) struct Sealed;

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
    /// What calm turns are called, and the track that holds the seat's political capital, if this is a campaign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignBrief>,
    /// Doctrines that can play the seat.
    pub doctrines: Vec<DoctrineBrief>,
    /// What automated seats need of the model's parameters.
    pub staff: StaffNumbers,
    /// What this seat did in the historical record, for the policy that repeats it.
    pub record: Vec<RecordBrief>,
    /// Only the engine makes briefings.
    #[serde(skip)]
    pub(in crate::engine) sealed: Sealed,
}

/// A campaign, as a seat needs to know it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CampaignBrief {
    /// What a calm turn is called.
    pub turn: String,
    /// How long one lasts.
    pub turn_minutes: Minute,
    /// The standing rung from which play drops into crisis turns.
    pub drop: Rung,
    /// The track that holds the seat's political capital.
    pub capital: Option<TrackId>,
}

/// An act's place on the agenda of calm turns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgendaBrief {
    /// Its group.
    pub group: String,
    /// The political capital that it costs.
    pub price: i32,
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
    /// Whether the crisis is about it.
    pub focus: bool,
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
    /// Whether it goes on, and for how many minutes unless it is ended before; 0 if until then.
    pub continues: Option<Minute>,
    /// Its place on the agenda: it can be ordered in calm turns alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agenda: Option<AgendaBrief>,
    /// Who has to agree, in words.
    pub release: Vec<String>,
    /// The bodies that can release it.
    pub bodies: Vec<BodyId>,
    /// The allies that have to consent.
    pub consents: Vec<SeatId>,
    /// What has to hold, part by part, to be read after "it needs that".
    pub needs: Vec<String>,
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
    /// What has to hold for it to be offered, part by part, to be read after "it needs that".
    pub needs: Vec<String>,
}

impl TermBrief {
    /// Why a term that is not on offer is not, to be read after "it".
    pub fn barred(&self) -> String {
        match &self.needs[..] {
            // Nothing else takes a term that needs nothing off the table.
            [] => "was agreed already".to_owned(),
            needs => format!("needs that {}", needs.join(", and that ")),
        }
    }
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
    /// What it does once it is met.
    pub does: TriggerDoes,
}

/// What a trigger does to its action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum TriggerDoes {
    /// It can be ordered.
    Unlocks,
    /// Staff press for it.
    Presses,
    /// It may fire by itself, if the seat allowed that beforehand.
    Fires,
}

impl TriggerDoes {
    /// The words that a screen puts before the action.
    pub fn word(self) -> &'static str {
        match self {
            TriggerDoes::Unlocks => "unlocks",
            TriggerDoes::Presses => "makes staff press for",
            TriggerDoes::Fires => "if pre-delegated, may fire by itself:",
        }
    }
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
    /// Restraint: constant, milli-nats a rung above 6, and where nuclear forces are in play.
    pub restrain: (i32, i32, i32),
    /// Compliance: constant, by dependence, by the logarithm of deaths.
    pub comply: (i32, i32, i32),
    /// Compliance gained by what comes with a request, by `Inducement`, in milli-nats.
    pub induced: [i32; 6],
    /// Milli-nats a day by which an old grievance loses military replies.
    pub cooling_rate: i32,
    /// Own dead from which standing orders are loosened.
    pub loosen_deaths: i32,
    /// The largest volume of a standing order, in rounds for each hundred received.
    pub most_volume: u16,
    /// The highest rung that a standing order can reach: above it every crossing needs an explicit order.
    pub highest_delegated: Rung,
    /// The rung of warning shots: no fire stands lower.
    pub lowest_fire: Rung,
    /// The highest rung that counts as quiet: forces on the move hold a crisis there, and no higher.
    pub quiet: Rung,
    /// Milli-nats a rung that the seat's disposition gains by standing above a stimulus.
    pub hardness: i32,
    /// What letting a public ultimatum lapse costs, in thousandths of points.
    pub audience_cost: i32,
    /// The share of that which a private one costs, in parts per million.
    pub private_publicity: i32,
    /// The share of a face cost, and of the reluctance to settle, that each round of talks leaves, in parts per million.
    pub round_face: i32,
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
    /// How what lay on the table was answered.
    pub answered: Option<Answer>,
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
