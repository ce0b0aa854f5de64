//! Seats and rule-driven actors: aims, hidden dispositions, standing orders, and the sites where forces meet.

use super::{Domain, LatencyClass};
use crate::scenario::check::{Check, Checker};
use crate::vocabulary::words::Condition;
use crate::vocabulary::{AuthoredChance, Chance, DoctrineId, Ref, Rung, SeatId, SiteId, TrackId};
use serde::{Deserialize, Serialize};

/// Who may see something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Visibility {
    /// Everyone.
    #[default]
    All,
    /// Nobody but control.
    Nobody,
    /// These seats.
    Seats(Vec<Ref<SeatId>>),
}

impl Check for Visibility {
    fn check(&mut self, at: &mut Checker<'_>) {
        if let Visibility::Seats(seats) = self {
            at.field("Seats", seats);
        }
    }
}

impl Visibility {
    /// Whether a seat sees it.
    pub fn shows(&self, seat: SeatId) -> bool {
        match self {
            Visibility::All => true,
            Visibility::Nobody => false,
            Visibility::Seats(seats) => seats.iter().any(|s| s.id() == seat),
        }
    }
}

/// A seat, or an actor that plays by rules alone, as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatDoc {
    /// Name in the file and on the command line.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// The side that it stands on; seats of one side read replies from the same kernels.
    pub side: String,
    /// Whether it gives orders (true) or acts by rules alone.
    pub plays: bool,
    /// One line on who this is.
    pub summary: String,
    /// The briefing that only this seat reads.
    #[serde(default)]
    pub briefing: String,
    /// What it wants, and what each is worth.
    #[serde(default)]
    pub aims: Vec<AimDoc>,
    /// Which kinds of player it may secretly be.
    #[serde(default)]
    pub dispositions: Vec<DispositionDoc>,
    /// Its allies.
    #[serde(default)]
    pub allies: Vec<Ref<SeatId>>,
    /// Its rivals.
    #[serde(default)]
    pub rivals: Vec<Ref<SeatId>>,
    /// Standing rules of engagement, one a site class at most.
    #[serde(default)]
    pub standing: Vec<EngagementRule>,
    /// Whether it answers the telephone unless told otherwise.
    #[serde(default = "yes")]
    pub answers: bool,
    /// The doctrine that plays it unless told otherwise.
    #[serde(default)]
    pub doctrine: Option<Ref<DoctrineId>>,
    /// Where the numbers come from.
    pub source: String,
}

fn yes() -> bool {
    true
}

impl Check for SeatDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("aims", &mut self.aims);
        at.field("dispositions", &mut self.dispositions);
        at.unique("aims", self.aims.iter().map(|aim| aim.name.as_str()));
        at.unique("dispositions", self.dispositions.iter().map(|d| d.name.as_str()));
        for (index, disposition) in self.dispositions.iter().enumerate() {
            for (position, (name, _)) in disposition.aims.iter().enumerate() {
                if !self.aims.iter().any(|aim| aim.name == *name) {
                    let known = self.aims.iter().map(|aim| aim.name.as_str());
                    let field = format!("dispositions.{index}.aims.{position}.0");
                    at.unknown(&field, &format!("aim of `{}`", self.name), name, known);
                }
            }
        }
        at.field("allies", &mut self.allies);
        at.field("rivals", &mut self.rivals);
        at.field("standing", &mut self.standing);
        at.unique("standing", self.standing.iter().map(|rule| rule.site.name()));
        at.optional("doctrine", &mut self.doctrine);
        if !self.dispositions.is_empty() && self.dispositions.iter().all(|d| d.prior == 0) {
            at.problem("dispositions", "every prior is zero".into(), "at least one prior above zero");
        }
        if self.plays && self.dispositions.is_empty() {
            at.problem(
                "dispositions",
                "a seat that plays needs at least one disposition".into(),
                "one or more",
            );
        }
        if self.dispositions.len() > MAX_TYPES {
            let message = format!("{} dispositions", self.dispositions.len());
            at.problem("dispositions", message, &format!("at most {MAX_TYPES}"));
        }
        if self.aims.len() > MAX_AIMS {
            at.problem("aims", format!("{} aims", self.aims.len()), &format!("at most {MAX_AIMS}"));
        }
    }
}

/// How many types a hypothesis may have.
pub const MAX_TYPES: usize = 4;
/// How many aims a seat may have.
pub const MAX_AIMS: usize = 8;

/// An aim as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AimDoc {
    /// Name in the file.
    pub name: String,
    /// The aim in a participant's words.
    pub label: String,
    /// How it is measured.
    pub measure: AimMeasure,
    /// Points: for a track, for each level above its start; for a condition, once if it holds at the end.
    pub points: f64,
    /// Whether losing this cannot be offset by other aims.
    #[serde(default)]
    pub floor: bool,
}

/// How an aim is measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AimMeasure {
    /// By a track's distance from its start.
    Track(Ref<TrackId>),
    /// By whether a condition holds at the end.
    Holds(Condition),
}

impl Check for AimDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.name("name", &self.name);
        at.within("points", self.points, -1000.0, 1000.0);
        match &mut self.measure {
            AimMeasure::Track(track) => at.field("measure.Track", track),
            AimMeasure::Holds(condition) => at.field("measure.Holds", condition),
        }
    }
}

/// A hidden disposition as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispositionDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Weight in the prior.
    pub prior: u32,
    /// Factors on the seat's aims, in parts per thousand; 1000 where left out.
    #[serde(default)]
    pub aims: Vec<(String, i32)>,
    /// Factor on its rates of initiative, in parts per thousand.
    #[serde(default = "one")]
    pub initiative: i32,
    /// Nats a rung above the stimulus that it gains (or loses, if negative) by a harder reply.
    #[serde(default)]
    pub hardness: f64,
}

fn one() -> i32 {
    1000
}

impl Check for DispositionDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.name("name", &self.name);
        for (index, (_, factor)) in self.aims.iter().enumerate() {
            at.within(&format!("aims.{index}.1"), *factor, 0.0, 20_000.0);
        }
        at.within("prior", self.prior, 0.0, 1_000_000.0);
        at.within("initiative", self.initiative, 0.0, 20_000.0);
        at.within("hardness", self.hardness, -4.0, 4.0);
    }
}

/// What a local commander does under fire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReplyRule {
    /// Hold fire.
    Hold,
    /// Warn.
    Warn,
    /// Fire that is meant to hit nothing.
    Symbolic,
    /// The rung of the fire received.
    #[default]
    InKind,
    /// One rung above it.
    InKindPlusOne,
}

impl ReplyRule {
    /// All rules, mildest first.
    pub const ALL: [ReplyRule; 5] =
        [ReplyRule::Hold, ReplyRule::Warn, ReplyRule::Symbolic, ReplyRule::InKind, ReplyRule::InKindPlusOne];

    /// The words that a screen uses.
    pub fn word(self) -> &'static str {
        match self {
            ReplyRule::Hold => "hold fire",
            ReplyRule::Warn => "warn",
            ReplyRule::Symbolic => "symbolic fire",
            ReplyRule::InKind => "in kind",
            ReplyRule::InKindPlusOne => "in kind plus one",
        }
    }
}

/// A standing rule of engagement for a class of site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EngagementRule {
    /// The class of site.
    pub site: Ref<SiteId>,
    /// What the local commander does under fire.
    pub reply: ReplyRule,
    /// Rounds fired for each hundred received. Each hundred has the act's chance of deaths of its own; much or little
    /// fire reads harder or softer.
    #[serde(default = "hundred")]
    pub volume: u16,
    /// The highest rung that a local commander may reach alone; one who deviates from orders may go beyond.
    pub delegated_rung: u8,
}

fn hundred() -> u16 {
    100
}

impl Check for EngagementRule {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("site", &mut self.site);
        at.within("volume", self.volume, 0.0, 2000.0);
        at.within("delegated_rung", self.delegated_rung, 0.0, 9.0);
    }
}

/// A class of site at which forces meet, as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Where it lies.
    pub domain: Domain,
    /// How fast a reply to unaimed or unclear fire here comes; direct fire is always fast.
    pub latency: LatencyClass,
    /// What the forces here do when their line is crossed; nothing if left out.
    #[serde(default)]
    pub contact: Option<ContactDoc>,
    /// Where the classification comes from.
    pub source: String,
}

/// The engagement procedure at a site as authored: steps before aimed fire, and what intruders do at each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactDoc {
    /// Hails before warning shots; an accord in force between the two sides prescribes its own number.
    pub hails: u8,
    /// Warning shots before aimed fire, likewise.
    pub shots: u8,
    /// Chance that an intruder turns back at a hail.
    pub heeds_hail: AuthoredChance,
    /// Chance that an intruder answers warning shots with aimed fire.
    pub fires_back: AuthoredChance,
    /// Chance that one who does not turns back at them.
    pub heeds_shot: AuthoredChance,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for ContactDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.within("hails", self.hails, 0.0, 20.0);
        at.within("shots", self.shots, 0.0, 20.0);
        at.chance("heeds_hail", self.heeds_hail);
        at.chance("fires_back", self.fires_back);
        at.chance("heeds_shot", self.heeds_shot);
    }
}

impl Check for SiteDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.optional("contact", &mut self.contact);
    }
}

/// A class of site with its numbers bound.
#[derive(Clone, Debug)]
pub struct Site {
    /// Where it lies.
    pub domain: Domain,
    /// How fast a reply to unaimed or unclear fire here comes.
    pub latency: LatencyClass,
    /// What the forces here do when their line is crossed.
    pub contact: Option<ContactRule>,
}

/// An engagement procedure, bound.
#[derive(Clone, Copy, Debug)]
pub struct ContactRule {
    /// Hails before warning shots.
    pub hails: u8,
    /// Warning shots before aimed fire.
    pub shots: u8,
    /// Chance that an intruder turns back at a hail.
    pub heeds_hail: Chance,
    /// Chance that an intruder answers warning shots with aimed fire.
    pub fires_back: Chance,
    /// Chance that one who does not turns back at them.
    pub heeds_shot: Chance,
}

impl SiteDoc {
    /// Converts the authored numbers.
    pub fn bind(&self) -> Site {
        Site {
            domain: self.domain,
            latency: self.latency,
            contact: self.contact.as_ref().map(|contact| ContactRule {
                hails: contact.hails,
                shots: contact.shots,
                heeds_hail: contact.heeds_hail.bind(),
                fires_back: contact.fires_back.bind(),
                heeds_shot: contact.heeds_shot.bind(),
            }),
        }
    }
}

/// A seat with its numbers bound.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Which side it stands on: seats with equal numbers share a side.
    pub side: u8,
    /// Whether it gives orders.
    pub plays: bool,
    /// Its aims.
    pub aims: Vec<Aim>,
    /// Its possible dispositions.
    pub dispositions: Vec<Disposition>,
    /// Its allies.
    pub allies: Vec<SeatId>,
    /// Its rivals.
    pub rivals: Vec<SeatId>,
    /// Standing rules by site.
    pub standing: Vec<(ReplyRule, u16, Rung)>,
    /// Whether it answers calls at the start.
    pub answers: bool,
}

/// An aim with its numbers bound.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    /// The track that measures it, if one does; its condition is guard `aim` of the seat otherwise.
    pub track: Option<TrackId>,
    /// Milli-points a level, or once.
    pub points: i32,
    /// Whether losing this cannot be offset.
    pub floor: bool,
}

/// A disposition with its numbers bound.
#[derive(Clone, Debug)]
pub struct Disposition {
    /// Prior in parts per million.
    pub prior: u32,
    /// Factor on each aim in parts per thousand.
    pub aims: Vec<i32>,
    /// Factor on initiative rates in parts per thousand.
    pub initiative: i32,
    /// Milli-nats a rung.
    pub hardness: i32,
}

impl SeatDoc {
    /// Converts the authored numbers; `side` and the number of sites come from the whole scenario.
    pub fn bind(&self, side: u8, sites: usize) -> Seat {
        let total: u64 = self.dispositions.iter().map(|d| u64::from(d.prior)).sum::<u64>().max(1);
        let mut dispositions: Vec<Disposition> = self
            .dispositions
            .iter()
            .map(|d| Disposition {
                prior: (u64::from(d.prior) * 1_000_000 / total) as u32,
                aims: self
                    .aims
                    .iter()
                    .map(|aim| d.aims.iter().find(|(name, _)| *name == aim.name).map_or(1000, |(_, f)| *f))
                    .collect(),
                initiative: d.initiative,
                hardness: (d.hardness * 1000.0) as i32,
            })
            .collect();
        let missing = 1_000_000u32.saturating_sub(dispositions.iter().map(|d| d.prior).sum());
        if let Some(first) = dispositions.first_mut() {
            first.prior += missing;
        }
        let mut standing = vec![(ReplyRule::InKind, 100, Rung(7)); sites];
        for rule in &self.standing {
            standing[crate::vocabulary::Id::index(rule.site.id())] =
                (rule.reply, rule.volume, Rung(rule.delegated_rung));
        }
        Seat {
            side,
            plays: self.plays,
            aims: self
                .aims
                .iter()
                .map(|aim| Aim {
                    track: match &aim.measure {
                        AimMeasure::Track(track) => Some(track.id()),
                        AimMeasure::Holds(_) => None,
                    },
                    points: (aim.points * 1000.0) as i32,
                    floor: aim.floor,
                })
                .collect(),
            dispositions,
            allies: self.allies.iter().map(Ref::id).collect(),
            rivals: self.rivals.iter().map(Ref::id).collect(),
            standing,
            answers: self.answers,
        }
    }
}
