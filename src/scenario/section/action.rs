//! Actions: everything that a seat can order, and what it says to those who see it.

use super::Visibility;
use crate::scenario::check::{Check, Checker};
use crate::vocabulary::words::{Condition, Statement};
use crate::vocabulary::{
    AuthoredChance, BodyId, Chance, Cost, Duration, LossId, Minute, PathId, Rate, Reading, Ref, Rung, SeatId,
    SiteId, TOP_RUNG,
};
use serde::{Deserialize, Serialize};

/// Where an act takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Domain {
    /// On land.
    Land,
    /// At sea.
    Sea,
    /// In the air.
    Air,
    /// With strategic or nuclear weapons.
    Strategic,
    /// By information: broadcasts, leaflets, cyber.
    Information,
    /// By economic means.
    Economic,
    /// By political means and words.
    Political,
}

impl Domain {
    /// Whether armed forces act.
    pub fn is_military(self) -> bool {
        matches!(self, Domain::Land | Domain::Sea | Domain::Air | Domain::Strategic)
    }
}

/// Who has to agree before an act happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Release {
    /// An ally of the acting seat that holds the means.
    Ally(Ref<SeatId>),
    /// The seat whose soil is used.
    Host(Ref<SeatId>),
    /// A consultation body.
    Body(Ref<BodyId>),
}

impl Check for Release {
    fn check(&mut self, at: &mut Checker<'_>) {
        match self {
            Release::Ally(seat) => at.field("Ally", seat),
            Release::Host(seat) => at.field("Host", seat),
            Release::Body(body) => at.field("Body", body),
        }
    }
}

/// Whether an act is over once done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tempo {
    /// Done at once.
    #[default]
    Once,
    /// Done at once, and by each seat only one time in a game.
    OnceOnly,
    /// Goes on until stopped.
    Continuing,
    /// Goes on for a time.
    For(Duration),
}

/// How an act that hides its author comes to light.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CovertDoc {
    /// Weight of evidence on the same day.
    pub same_day: u32,
    /// Weight of evidence after about a week.
    pub week: u32,
    /// Weight of evidence after about two months.
    pub months: u32,
    /// Weight of no evidence ever.
    pub never: u32,
    /// How sure observers are of the author at once.
    pub suspicion: AuthoredChance,
}

/// An action as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// One sentence on what it is.
    pub about: String,
    /// Who can order it.
    pub seats: Vec<Ref<SeatId>>,
    /// The rung that the act stands on.
    pub rung: u8,
    /// Where it takes place.
    pub domain: Domain,
    /// Whether it is over once done.
    #[serde(default)]
    pub tempo: Tempo,
    /// The site at which it opens fire, if it does.
    #[serde(default)]
    pub fires_at: Option<Ref<SiteId>>,
    /// The site whose line it crosses, so that its forces meet it. Whether it turns back there decides on shots, and not on
    /// whether a continuing act goes on: what is to end it says `Stop`.
    #[serde(default)]
    pub crosses: Option<Ref<SiteId>>,
    /// Time between order and act. What falls into one tick is told at the tick's beginning.
    #[serde(default = "at_once")]
    pub lead: Duration,
    /// What it means.
    pub reading: Reading,
    /// What it costs as a signal.
    pub cost: Cost,
    /// How others learn of it.
    pub path: Ref<PathId>,
    /// Who learns of it.
    #[serde(default)]
    pub seen_by: Visibility,
    /// Set if the act hides its author. Not with `fires_at` or `crosses`: who is met at the line is seen.
    #[serde(default)]
    pub covert: Option<CovertDoc>,
    /// What it may cost in lives.
    #[serde(default)]
    pub losses: Option<Ref<LossId>>,
    /// Who has to agree.
    #[serde(default)]
    pub release: Vec<Release>,
    /// When it may be ordered: what the seat can know. Participants are not told it: say it in `about`.
    #[serde(default)]
    pub needs: Option<Condition>,
    /// When it fails although ordered: the truth.
    #[serde(default)]
    pub fails_if: Option<Condition>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Statement>,
    /// What changes when it ends, for a continuing act.
    #[serde(default)]
    pub on_stop: Vec<Statement>,
    /// Rate at which an automated seat takes it unprovoked. A written rate of nothing says that only people are to take it.
    #[serde(default = "no_rate")]
    pub initiative: Rate,
    /// Whether it can be taken back.
    #[serde(default)]
    pub reversible: bool,
    /// Where the numbers come from.
    pub source: String,
}

fn at_once() -> Duration {
    Duration::Minutes(0)
}

fn no_rate() -> Rate {
    Rate::PerDay(0.0)
}

impl Check for ActionDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("seats", &mut self.seats);
        at.within("rung", self.rung, 0.0, f64::from(TOP_RUNG));
        at.optional("fires_at", &mut self.fires_at);
        at.optional("crosses", &mut self.crosses);
        at.not_negative_duration("lead", self.lead);
        if let Tempo::For(duration) = self.tempo {
            at.positive_duration("tempo.For", duration);
        }
        at.field("path", &mut self.path);
        at.field("seen_by", &mut self.seen_by);
        if let Some(covert) = &self.covert {
            let weights = [covert.same_day, covert.week, covert.months, covert.never];
            for (field, weight) in ["same_day", "week", "months", "never"].into_iter().zip(weights) {
                at.within(&format!("covert.{field}"), weight, 0.0, 1_000_000.0);
            }
            if weights == [0; 4] {
                at.problem("covert", "every weight is zero".into(), "at least one weight above zero");
            }
            at.chance("covert.suspicion", covert.suspicion);
            let open = [("fires_at", self.fires_at.is_some()), ("crosses", self.crosses.is_some())];
            for (field, _) in open.into_iter().filter(|(_, given)| *given) {
                let message = format!("an act with `{field}` is met at the line, which shows whose it is");
                at.problem("covert", message, "`covert` only where nobody meets the act");
            }
        }
        at.optional("losses", &mut self.losses);
        at.field("release", &mut self.release);
        at.optional("needs", &mut self.needs);
        at.optional("fails_if", &mut self.fails_if);
        at.list("effects", &mut self.effects);
        at.list("on_stop", &mut self.on_stop);
        at.rate("initiative", self.initiative);
    }
}

/// An action with its numbers bound.
#[derive(Clone, Debug)]
pub struct Action {
    /// Who can order it.
    pub seats: Vec<SeatId>,
    /// The rung that the act stands on.
    pub rung: Rung,
    /// Where it takes place.
    pub domain: Domain,
    /// Whether a seat can do it only one time.
    pub once_only: bool,
    /// Whether it goes on, and for how many minutes (0 = until stopped).
    pub continues: Option<Minute>,
    /// The site at which it opens fire.
    pub fires_at: Option<SiteId>,
    /// The site whose line it crosses.
    pub crosses: Option<SiteId>,
    /// Minutes between order and act.
    pub lead: Minute,
    /// What it means.
    pub reading: Reading,
    /// What it costs as a signal.
    pub cost: Cost,
    /// How others learn of it.
    pub path: PathId,
    /// Who learns of it, by seat.
    pub seen_by: Vec<bool>,
    /// Set if the act hides its author.
    pub covert: Option<Covert>,
    /// What it may cost in lives.
    pub losses: Option<LossId>,
    /// Who has to agree.
    pub release: Vec<Release>,
    /// Chance an hour that an automated seat takes it unprovoked, in parts per 2^32.
    pub initiative: Chance,
    /// Whether it can be taken back.
    pub reversible: bool,
}

/// How an act that hides its author comes to light.
#[derive(Clone, Copy, Debug)]
pub struct Covert {
    /// Weights of evidence: same day, a week, months, never.
    pub lag: [u32; 4],
    /// Belief in the true author at once, in parts per million.
    pub suspicion: u32,
}

impl ActionDoc {
    /// Converts the authored numbers for a scenario with this many seats; nobody can order what is not offered.
    pub fn bind(&self, seats: usize, offered: bool) -> Action {
        use crate::vocabulary::Id;
        let takers = if offered { self.seats.as_slice() } else { &[] };
        Action {
            seats: takers.iter().map(Ref::id).collect(),
            rung: Rung(self.rung),
            domain: self.domain,
            once_only: self.tempo == Tempo::OnceOnly,
            continues: match self.tempo {
                Tempo::Once | Tempo::OnceOnly => None,
                Tempo::Continuing => Some(0),
                Tempo::For(duration) => Some(duration.minutes().max(1)),
            },
            fires_at: self.fires_at.as_ref().map(Ref::id),
            crosses: self.crosses.as_ref().map(Ref::id),
            lead: self.lead.minutes(),
            reading: self.reading,
            cost: self.cost,
            path: self.path.id(),
            seen_by: (0..seats)
                .map(|s| {
                    let seat = SeatId::new(s);
                    self.seen_by.shows(seat) || self.seats.iter().any(|own| own.id() == seat)
                })
                .collect(),
            covert: self.covert.as_ref().map(|c| Covert {
                lag: [c.same_day, c.week, c.months, c.never],
                suspicion: (c.suspicion.share().unwrap_or(0.0) * 1e6) as u32,
            }),
            losses: self.losses.as_ref().map(Ref::id),
            release: self.release.clone(),
            initiative: crate::scenario::binding::hazard(self.initiative.per_minute(), 60),
            reversible: self.reversible,
        }
    }
}
