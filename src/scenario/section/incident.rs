//! Incidents: what happens at the line without anybody's order.

use super::Domain;
use crate::scenario::check::{Check, Checker};
use crate::vocabulary::words::Statement;
use crate::vocabulary::{AuthoredChance, LossId, PathId, Rate, Reading, Ref, Rung, SeatId, SiteId, WindowId};
use serde::{Deserialize, Serialize};

/// A kind of incident as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncidentDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Whose forces do it.
    pub by: Ref<SeatId>,
    /// Against whom.
    pub against: Ref<SeatId>,
    /// The rung that it stands on.
    pub rung: u8,
    /// Where.
    pub domain: Domain,
    /// The class of site.
    pub site: Ref<SiteId>,
    /// Whether fire is opened, so that an exchange may follow.
    #[serde(default)]
    pub fires: bool,
    /// Whether the line is crossed, so that the forces at the site meet it.
    #[serde(default)]
    pub crosses: bool,
    /// Base rate of publicised incidents.
    pub rate: Rate,
    /// Factors on the rate while a calendar window is open, in parts per thousand of the parameter `window_factor`.
    #[serde(default)]
    pub windows: Vec<(Ref<WindowId>, i32)>,
    /// Chance that it was meant by someone in the chain of command below the leader.
    pub deliberate: AuthoredChance,
    /// What it means to those who see it.
    pub reading: Reading,
    /// How others learn of it.
    pub path: Ref<PathId>,
    /// How sure observers are of the author at once.
    pub suspicion: AuthoredChance,
    /// Weights of evidence on the same day, after a week, after two months, never.
    #[serde(default = "plain")]
    pub lag: (u32, u32, u32, u32),
    /// What it may cost in lives.
    #[serde(default)]
    pub losses: Option<Ref<LossId>>,
    /// What it changes.
    #[serde(default)]
    pub effects: Vec<Statement>,
    /// Where the numbers come from.
    pub source: String,
}

/// What happens at the line is plain on the same day unless the author says otherwise.
fn plain() -> (u32, u32, u32, u32) {
    (1, 0, 0, 0)
}

impl Check for IncidentDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("by", &mut self.by);
        at.field("against", &mut self.against);
        at.within("rung", self.rung, 0.0, 9.0);
        at.field("site", &mut self.site);
        at.rate("rate", self.rate);
        for (index, (window, factor)) in self.windows.iter_mut().enumerate() {
            at.field(&format!("windows.{index}.0"), window);
            at.within(&format!("windows.{index}.1"), *factor, 0.0, 10_000.0);
        }
        at.chance("deliberate", self.deliberate);
        at.field("path", &mut self.path);
        at.chance("suspicion", self.suspicion);
        at.weights("lag", &<[u32; 4]>::from(self.lag));
        at.optional("losses", &mut self.losses);
        at.list("effects", &mut self.effects);
    }
}

/// A kind of incident with its numbers bound.
#[derive(Clone, Debug)]
pub struct Incident {
    /// Whose forces do it.
    pub by: SeatId,
    /// Against whom.
    pub against: SeatId,
    /// The rung that it stands on.
    pub rung: Rung,
    /// Where.
    pub domain: Domain,
    /// The class of site.
    pub site: SiteId,
    /// Whether fire is opened.
    pub fires: bool,
    /// Whether the line is crossed.
    pub crosses: bool,
    /// Hazard a tick in parts per 2^32 before climate, windows and excitation (a rate, not yet a chance).
    pub hazard: u64,
    /// Factors on the rate by window, in parts per thousand.
    pub windows: Vec<(WindowId, i32)>,
    /// Chance in parts per million that it was meant.
    pub deliberate: u32,
    /// What it means.
    pub reading: Reading,
    /// How others learn of it.
    pub path: PathId,
    /// Belief in the true author at once, in parts per million.
    pub suspicion: u32,
    /// Weights of evidence: same day, a week, months, never.
    pub lag: [u32; 4],
    /// What it may cost in lives.
    pub losses: Option<LossId>,
}

impl IncidentDoc {
    /// Converts the authored numbers for a tick length in minutes, a branching ratio `n` in 0..0.9, and the common
    /// factor of every window.
    pub fn bind(&self, tick: i32, n: f64, window: f64) -> Incident {
        Incident {
            by: self.by.id(),
            against: self.against.id(),
            rung: Rung(self.rung),
            domain: self.domain,
            site: self.site.id(),
            fires: self.fires,
            crosses: self.crosses,
            hazard: (self.rate.per_minute() * f64::from(tick) * (1.0 - n) * 4_294_967_296.0 + 0.5) as u64,
            windows: self
                .windows
                .iter()
                .map(|(w, f)| (w.id(), (f64::from(*f) * window + 0.5) as i32))
                .collect(),
            deliberate: (self.deliberate.share().unwrap_or(0.0) * 1e6) as u32,
            reading: self.reading,
            path: self.path.id(),
            suspicion: (self.suspicion.share().unwrap_or(0.0) * 1e6) as u32,
            lag: self.lag.into(),
            losses: self.losses.as_ref().map(Ref::id),
        }
    }
}
