//! Consultation bodies: what they grant, how long that takes, and what happens when they do not meet.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{ActionId, AuthoredChance, Chance, Duration, Minute, Ref, SeatId};
use serde::{Deserialize, Serialize};

/// What holds if a body has no quorum by its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BodyDefault {
    /// The request counts as granted.
    Granted,
    /// The request counts as refused.
    Refused,
}

/// A body as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Who sits in it.
    pub members: Vec<Ref<SeatId>>,
    /// How long a request takes with no maturity at all.
    pub lead: Duration,
    /// Maturity at the start, 0 to 100; it shortens the lead by exp(-speed times maturity / 100).
    pub maturity: u8,
    /// How strongly maturity shortens the lead.
    pub speed: f64,
    /// Maturity spent by a request.
    #[serde(default)]
    pub spend: u8,
    /// Actions that it can release.
    pub grants: Vec<Ref<ActionId>>,
    /// Chance that a quorum meets.
    pub quorum: AuthoredChance,
    /// What holds if it does not.
    pub default: BodyDefault,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for BodyDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("members", &mut self.members);
        at.unique("members", self.members.iter().map(Ref::name));
        at.positive_duration("lead", self.lead);
        at.within("maturity", self.maturity, 0.0, 100.0);
        at.within("speed", self.speed, 0.0, 5.0);
        at.within("spend", self.spend, 0.0, 100.0);
        at.field("grants", &mut self.grants);
        at.chance("quorum", self.quorum);
    }
}

/// A body with its numbers bound.
#[derive(Clone, Debug)]
pub struct Body {
    /// Who sits in it; nobody if all that it could release is out of play.
    pub members: Vec<SeatId>,
    /// Minutes that a request takes, by maturity 0 to 100.
    pub lead: Vec<Minute>,
    /// Maturity at the start.
    pub maturity: u8,
    /// Maturity spent by a request.
    pub spend: u8,
    /// Actions that it can release, of those that are offered.
    pub grants: Vec<ActionId>,
    /// Chance that a quorum meets.
    pub quorum: Chance,
    /// What holds if it does not.
    pub default: BodyDefault,
}

impl BodyDoc {
    /// Converts the authored numbers; `factor` scales the lead in parts per thousand.
    pub fn bind(&self, factor: i64, offered: impl Fn(ActionId) -> bool) -> Body {
        let lead = |maturity: u8| {
            let share = libm::exp(-self.speed * f64::from(maturity) / 100.0);
            let minutes = f64::from(self.lead.minutes()) * share * factor as f64 / 1000.0;
            (minutes + 0.5) as Minute
        };
        let grants: Vec<ActionId> = self.grants.iter().map(Ref::id).filter(|act| offered(*act)).collect();
        let idle = grants.is_empty() && !self.grants.is_empty();
        Body {
            members: self.members.iter().filter(|_| !idle).map(Ref::id).collect(),
            lead: (0..=100).map(lead).collect(),
            maturity: self.maturity,
            spend: self.spend,
            grants,
            quorum: self.quorum.bind(),
            default: self.default,
        }
    }
}
