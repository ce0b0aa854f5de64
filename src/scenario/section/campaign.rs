//! The campaign: long turns while it is calm, a drop into crisis turns, and the way back.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::words::{Condition, Statement};
use crate::vocabulary::{ActionId, Duration, Minute, Ref, Rung, SeatId, TOP_RUNG, TrackId};
use serde::{Deserialize, Serialize};

/// The most capital that an act may cost.
const MOST_PRICE: f64 = 1000.0;

/// A campaign as authored. A scenario has one at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CampaignDoc {
    /// Name in the file.
    pub name: String,
    /// What a calm turn is called on the screen.
    pub label: String,
    /// How long a calm turn lasts.
    pub turn: Duration,
    /// The standing rung from which play drops into crisis turns.
    pub drop_rung: u8,
    /// When a crisis is over, so that calm turns go on.
    pub until: Condition,
    /// How often the hidden climate is drawn anew; never if left out.
    #[serde(default)]
    pub climate: Option<Duration>,
    /// The track that scales the rates of all incidents, in parts per thousand; as in the record if left out.
    #[serde(default)]
    pub incident_rate: Option<Ref<TrackId>>,
    /// The track that holds each seat's political capital. The seat must see it.
    #[serde(default)]
    pub capital: Vec<(Ref<SeatId>, Ref<TrackId>)>,
    /// What can be ordered in calm turns, and only then, in groups.
    pub agenda: Vec<AgendaDoc>,
    /// What changes when play drops into a crisis.
    #[serde(default)]
    pub on_drop: Vec<Statement>,
    /// What changes when a crisis is over: what it leaves behind.
    #[serde(default)]
    pub on_return: Vec<Statement>,
    /// Where the numbers come from.
    pub source: String,
}

/// A group of acts on the agenda.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaDoc {
    /// Name on the screen.
    pub label: String,
    /// Its acts, each with the capital that it costs.
    pub acts: Vec<(Ref<ActionId>, i32)>,
}

impl Check for CampaignDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.positive_duration("turn", self.turn);
        at.within("drop_rung", self.drop_rung, 1.0, f64::from(TOP_RUNG));
        at.field("until", &mut self.until);
        if let Some(climate) = self.climate {
            at.positive_duration("climate", climate);
        }
        at.optional("incident_rate", &mut self.incident_rate);
        for (index, (seat, track)) in self.capital.iter_mut().enumerate() {
            at.field(&format!("capital.{index}.0"), seat);
            at.field(&format!("capital.{index}.1"), track);
        }
        for (g, group) in self.agenda.iter_mut().enumerate() {
            for (index, (act, price)) in group.acts.iter_mut().enumerate() {
                at.field(&format!("agenda.{g}.acts.{index}.0"), act);
                at.within(&format!("agenda.{g}.acts.{index}.1"), *price, 0.0, MOST_PRICE);
            }
        }
        let acts = self.agenda.iter().flat_map(|group| &group.acts);
        at.unique("agenda", acts.map(|(act, _)| act.name()));
        at.list("on_drop", &mut self.on_drop);
        at.list("on_return", &mut self.on_return);
    }
}

/// A campaign with its numbers bound.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Minutes of a calm turn.
    pub turn: Minute,
    /// The standing rung from which play drops into crisis turns.
    pub drop: Rung,
    /// Minutes between two draws of the hidden climate; 0 for never.
    pub climate: Minute,
    /// The track that scales the rates of all incidents, in parts per thousand.
    pub incident_rate: Option<TrackId>,
    /// By seat: the track that holds its capital.
    pub capital: Vec<Option<TrackId>>,
    /// By action: its place on the agenda.
    pub agenda: Vec<Option<AgendaItem>>,
}

/// An act's place on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgendaItem {
    /// Its group.
    pub group: u8,
    /// Its place in the group.
    pub place: u16,
    /// The capital that it costs.
    pub price: i32,
}

impl CampaignDoc {
    /// Converts the authored numbers for a scenario with this many seats and actions.
    pub fn bind(&self, seats: usize, actions: usize) -> Campaign {
        use crate::vocabulary::Id;
        let mut capital = vec![None; seats];
        for (seat, track) in &self.capital {
            capital[seat.id().index()] = Some(track.id());
        }
        let mut agenda = vec![None; actions];
        for (group, listed) in (0..).zip(&self.agenda) {
            for (place, (act, price)) in (0..).zip(&listed.acts) {
                agenda[act.id().index()] = Some(AgendaItem { group, place, price: *price });
            }
        }
        Campaign {
            turn: self.turn.minutes().max(1),
            drop: Rung(self.drop_rung),
            climate: self.climate.map_or(0, Duration::minutes),
            incident_rate: self.incident_rate.as_ref().map(Ref::id),
            capital,
            agenda,
        }
    }
}

impl Campaign {
    /// Whether a boundary of calm turns lies after one minute, and no later than another.
    pub fn turns_between(&self, after: Minute, until: Minute) -> bool {
        after / self.turn != until / self.turn
    }

    /// Whether the hidden climate is due to be drawn anew after one minute, and no later than another.
    pub fn climate_between(&self, after: Minute, until: Minute) -> bool {
        self.climate > 0 && after / self.climate != until / self.climate
    }

    /// Minutes from now to the next boundary of calm turns.
    pub fn left(&self, now: Minute) -> Minute {
        self.turn - now % self.turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_of_calm_turns_lie_on_one_grid_whatever_happens_between() {
        let campaign = Campaign {
            turn: 100,
            drop: Rung(6),
            climate: 400,
            incident_rate: None,
            capital: vec![],
            agenda: vec![],
        };
        assert_eq!([0, 1, 99, 100].map(|now| campaign.left(now)), [100, 99, 1, 100]);
        assert!(campaign.turns_between(99, 100) && !campaign.turns_between(100, 160));
        assert!(campaign.turns_between(190, 250), "a tick may straddle it");
        assert!(campaign.climate_between(399, 400) && !campaign.climate_between(100, 200));
    }
}
