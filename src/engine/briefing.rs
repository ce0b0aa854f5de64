//! A seat's handbook: the names and texts behind the ids of its observations, and what only it knows of itself.

use super::needs;
use super::order::Answer;
use super::rules::Rules;
use crate::scenario::section::{
    Doctrine, Domain, HypothesisKind, MAX_TYPES, RecordedWord, Release, Trigger, TriggerMode,
};
use crate::vocabulary::{
    ActionId, BodyId, ChannelId, Cost, DoctrineId, Duration, HypothesisId, Id, Minute, Ppm, Reading, Ref,
    Rung, SeatId, TermId, TrackId, TriggerId,
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
    /// Whether it goes on until stopped.
    pub continuing: bool,
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

impl Briefing {
    /// The handbook of a seat with this hidden disposition.
    pub(in crate::engine) fn new(rules: &Rules, seat: SeatId, disposition: u8) -> Briefing {
        let bound = &rules.bound;
        let document = &bound.scenario.document;
        let own = &document.seats[seat.index()];
        let numbers = &bound.seats[seat.index()];
        let label = |name: &str, label: &str| Label { name: name.to_owned(), label: label.to_owned() };
        let held = numbers.dispositions.get(usize::from(disposition));
        let mut rungs: Vec<_> = document.ladder.iter().collect();
        rungs.sort_by_key(|rung| rung.rung);
        let model = &bound.model;
        Briefing {
            seat: Some(seat),
            scenario: label(&document.name, &document.title),
            summary: document.summary.clone(),
            start: document.start.clone(),
            role: own.briefing.clone(),
            disposition: own
                .dispositions
                .get(usize::from(disposition))
                .map_or_else(Label::default, |d| label(&d.name, &d.label)),
            rungs: rungs.iter().map(|r| label(&r.name, &r.label)).collect(),
            rung_definitions: rungs.iter().map(|r| r.definition.clone()).collect(),
            seats: document
                .seats
                .iter()
                .enumerate()
                .map(|(s, other)| SeatBrief {
                    label: label(&other.name, &other.label),
                    summary: other.summary.clone(),
                    plays: other.plays,
                    ally: numbers.allies.contains(&SeatId::new(s)),
                    rival: numbers.rivals.contains(&SeatId::new(s)),
                    dispositions: other.dispositions.iter().map(|d| label(&d.name, &d.label)).collect(),
                })
                .collect(),
            aims: own
                .aims
                .iter()
                .enumerate()
                .map(|(k, aim)| {
                    let factor = held.and_then(|d| d.aims.get(k)).map_or(1000, |f| i64::from(*f));
                    AimBrief {
                        label: label(&aim.name, &aim.label),
                        track: numbers.aims[k].track,
                        points: (i64::from(numbers.aims[k].points) * factor / 1000) as i32,
                        floor: aim.floor,
                    }
                })
                .collect(),
            tracks: document
                .tracks
                .iter()
                .enumerate()
                .map(|(t, track)| {
                    let seen = track.seen_by.shows(seat);
                    TrackBrief {
                        label: if seen { label(&track.name, &track.label) } else { Label::default() },
                        focus: seen && track.is_in_focus(),
                        unit: if seen { track.unit.clone() } else { String::new() },
                        min: track.min,
                        max: track.max,
                        start: if seen { bound.tracks[t].start } else { 0 },
                    }
                })
                .collect(),
            actions: (0..document.actions.len()).map(|a| action_brief(rules, a, seat)).collect(),
            channels: document
                .channels
                .iter()
                .zip(&bound.channels)
                .map(|(doc, channel)| ChannelBrief {
                    label: label(&doc.name, &doc.label),
                    members: channel.members.clone(),
                    owner: channel.owner,
                    latency: channel.latency,
                })
                .collect(),
            bodies: document
                .bodies
                .iter()
                .zip(&bound.bodies)
                .map(|(doc, body)| BodyBrief {
                    label: label(&doc.name, &doc.label),
                    members: body.members.clone(),
                    grants: body.grants.clone(),
                })
                .collect(),
            accords: document.accords.iter().map(|a| label(&a.name, &a.label)).collect(),
            incidents: document.incidents.iter().map(|i| label(&i.name, &i.label)).collect(),
            sites: document.sites.iter().map(|s| label(&s.name, &s.label)).collect(),
            terms: document
                .terms
                .iter()
                .zip(&bound.terms)
                .map(|(doc, term)| TermBrief {
                    label: label(&doc.name, &doc.label),
                    giver: term.giver,
                    worth: term.worth_to(seat, usize::from(disposition)),
                    face_cost: term.face_cost,
                    settles: term.settles,
                    needs: needs::words(doc.needs.as_ref(), document, seat),
                })
                .collect(),
            hypotheses: hypotheses(rules, seat),
            triggers: triggers(rules, seat),
            endings: document
                .endings
                .iter()
                .map(|e| EndingBrief { label: label(&e.name, &e.label), text: e.text.clone() })
                .collect(),
            campaign: campaign(rules, seat),
            calendar: document
                .calendar
                .iter()
                .zip(&bound.windows)
                .filter(|(doc, _)| doc.seen_by.shows(seat))
                .map(|(doc, window)| (doc.label.clone(), window.from, window.until))
                .collect(),
            doctrines: document
                .doctrines
                .iter()
                .zip(&bound.doctrines)
                .enumerate()
                .filter(|(_, (_, (plays, _)))| *plays == seat)
                .map(|(d, (doc, (_, doctrine)))| DoctrineBrief {
                    id: DoctrineId::new(d),
                    label: label(&doc.name, &doc.label),
                    about: doc.about.clone(),
                    doctrine: doctrine.clone(),
                })
                .collect(),
            staff: StaffNumbers {
                aim_scale: model.aim_scale,
                utility_clip: model.utility_clip,
                attrib_bar_fire: model.attrib_bar_fire,
                attrib_bar_measures: model.attrib_bar_measures,
                restrain: (model.restrain_base, model.restrain_rung, model.restrain_nuclear),
                comply: (model.comply_base, model.comply_dependence, model.comply_deaths),
                induced: [
                    0,
                    model.comply_assurance,
                    model.comply_show,
                    model.comply_statement,
                    model.comply_caveat,
                    model.comply_withheld,
                ],
                cooling_rate: model.cooling_rate,
                loosen_deaths: model.loosen_deaths,
                most_volume: u16::try_from(model.most_volume.saturating_mul(100)).unwrap_or(u16::MAX),
                highest_delegated: Rung::nearest(model.explicit_above),
                lowest_fire: model.lowest_fire(),
                quiet: Rung::nearest(model.fade_rung),
                hardness: held.map_or(0, |d| d.hardness),
                audience_cost: model.audience_cost,
                private_publicity: model.private_publicity,
                round_face: model.round_face,
            },
            record: record(rules, seat),
            sealed: Sealed,
        }
    }
}

fn action_brief(rules: &Rules, index: usize, seat: SeatId) -> ActionBrief {
    let doc = &rules.scenario().document.actions[index];
    let action = &rules.bound.actions[index];
    let document = &rules.scenario().document;
    let release = |release: &Release| match release {
        Release::Ally(seat) => format!("release by {}", document.seats[seat.id().index()].label),
        Release::Host(seat) => format!("consent of {}", document.seats[seat.id().index()].label),
        Release::Body(body) => format!("release by {}", document.bodies[body.id().index()].label),
    };
    ActionBrief {
        label: Label { name: doc.name.clone(), label: doc.label.clone() },
        about: doc.about.clone(),
        seats: action.seats.clone(),
        rung: action.rung,
        domain: action.domain,
        reading: action.reading,
        cost: action.cost,
        continuing: action.continues.is_some(),
        agenda: agenda_brief(rules, index),
        needs: needs::words(doc.needs.as_ref(), document, seat),
        release: action.release.iter().map(release).collect(),
        bodies: action
            .release
            .iter()
            .filter_map(|r| match r {
                Release::Body(body) => Some(body.id()),
                Release::Ally(_) | Release::Host(_) => None,
            })
            .collect(),
        consents: action
            .release
            .iter()
            .filter_map(|r| match r {
                Release::Ally(seat) | Release::Host(seat) => Some(seat.id()),
                Release::Body(_) => None,
            })
            .collect(),
    }
}

fn agenda_brief(rules: &Rules, action: usize) -> Option<AgendaBrief> {
    let item = rules.bound.agenda_item(ActionId::new(action))?;
    let listed = &rules.scenario().document.campaign.first()?.agenda;
    Some(AgendaBrief { group: listed.get(usize::from(item.group))?.label.clone(), price: item.price })
}

fn campaign(rules: &Rules, seat: SeatId) -> Option<CampaignBrief> {
    let bound = rules.bound.campaign.as_ref()?;
    let turn = rules.scenario().document.campaign.first()?.label.clone();
    Some(CampaignBrief {
        turn,
        turn_minutes: bound.turn,
        drop: bound.drop,
        capital: bound.capital[seat.index()],
    })
}

fn hypotheses(rules: &Rules, seat: SeatId) -> Vec<HypothesisBrief> {
    let document = &rules.scenario().document;
    let own = rules.bound.hypotheses.iter().enumerate().filter(|(_, h)| h.holder == seat);
    own.map(|(h, hypothesis)| {
        let types = match hypothesis.about {
            HypothesisKind::Disposition(_) => document.seats[hypothesis.subject.index()]
                .dispositions
                .iter()
                .map(|d| d.label.clone())
                .collect(),
            HypothesisKind::Commitment(_)
            | HypothesisKind::Unconsulted(_)
            | HypothesisKind::Imminence(..) => {
                vec!["yes".to_owned(), "no".to_owned()]
            }
        };
        let mut prior = [0; MAX_TYPES];
        prior[..hypothesis.types].copy_from_slice(&hypothesis.prior);
        HypothesisBrief {
            id: HypothesisId::new(h),
            label: Label {
                name: document.hypotheses[h].name.clone(),
                label: document.hypotheses[h].label.clone(),
            },
            subject: hypothesis.subject,
            types,
            prior,
        }
    })
    .collect()
}

fn triggers(rules: &Rules, seat: SeatId) -> Vec<TriggerBrief> {
    let document = &rules.scenario().document;
    let brief = |(id, trigger): (TriggerId, &Trigger)| {
        let doc = &document.triggers[id.index()];
        TriggerBrief {
            id,
            label: Label { name: doc.name.clone(), label: doc.label.clone() },
            action: trigger.action,
            does: match &doc.mode {
                TriggerMode::Permit(_) => TriggerDoes::Unlocks,
                TriggerMode::Press(..) => TriggerDoes::Presses,
                TriggerMode::Delegate(..) => TriggerDoes::Fires,
            },
        }
    };
    rules.bound.triggers_of(seat).map(brief).collect()
}

fn record(rules: &Rules, seat: SeatId) -> Vec<RecordBrief> {
    let own = rules.bound.record.iter().filter(|step| step.seat == seat);
    own.map(|step| {
        let (proposed, answered) = match &step.word {
            Some(RecordedWord::Proposed { to, over, terms, deadline, threat }) => (
                Some(RecordedProposal {
                    to: to.id(),
                    over: over.as_ref().map(Ref::id),
                    terms: terms.iter().map(Ref::id).collect(),
                    deadline: deadline.map(Duration::minutes),
                    threat: threat.as_ref().map(Ref::id),
                }),
                None,
            ),
            Some(RecordedWord::Accepted) => (None, Some(Answer::Accept)),
            Some(RecordedWord::Talks) => (None, Some(Answer::Talk)),
            Some(RecordedWord::Rejected) => (None, Some(Answer::Reject)),
            None => (None, None),
        };
        RecordBrief { minute: step.at, act: step.act, stop: step.stop, proposed, answered }
    })
    .collect()
}
