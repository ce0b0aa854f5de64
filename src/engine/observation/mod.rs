//! What a seat may know: the only thing that people, policies and exports ever see of a game.
//!
//! An observation is built up from nothing by `engine::state::observe`; it is never the truth with parts removed.

mod menu;
mod news;
mod views;

pub use menu::*;
pub use news::*;
pub use views::*;

use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{AccordId, ActionId, EndingId, Minute, Rung, SeatId, TermId, TrackId};
use serde::Serialize;

/// By what a game ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By an ending of the scenario.
    Scenario(EndingId),
    /// By control, with the crisis still open.
    Control,
}

impl Ended {
    /// The scenario's ending, if it is one.
    pub fn ending(self) -> Option<EndingId> {
        match self {
            Ended::Scenario(ending) => Some(ending),
            Ended::Control => None,
        }
    }
}

/// An ending of the scenario is written as its number alone.
impl Serialize for Ended {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Ended::Scenario(ending) => ending.serialize(to),
            Ended::Control => to.serialize_str("control"),
        }
    }
}

/// What the engine waits for from a seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Asked {
    /// Nothing: others decide, or the game is over.
    #[default]
    Nothing,
    /// Calls and requests (first round of contact).
    Contacts,
    /// Answers to incoming calls (second round).
    Answers,
    /// Act, word, stances, estimate.
    Orders,
    /// One order in the middle of an exchange of fire.
    Flash,
}

/// How fast time goes from turn to turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Season {
    /// Crisis turns: hours to days, ended by what happens.
    #[default]
    Crisis,
    /// Calm turns of a campaign, ended by the calendar or by a crisis.
    Calm,
}

impl Season {
    /// Whether it is that of a crisis: the only one of a scenario that is no campaign.
    pub fn is_crisis(&self) -> bool {
        *self == Season::Crisis
    }
}

/// What one seat knows after one call of the engine.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Observation {
    /// Counts the observations of this seat.
    pub revision: u32,
    /// Whose observation this is.
    pub seat: Option<SeatId>,
    /// What is asked of the seat now.
    pub asked: Asked,
    /// Game time in minutes.
    pub minute: Minute,
    /// Turns completed.
    pub turn: u16,
    /// Minutes that the turn to come may last at most.
    pub turn_minutes: Minute,
    /// Length of a tick in minutes.
    pub tick_minutes: Minute,
    /// Whether the turn is one of a crisis or of the calm between.
    #[serde(skip_serializing_if = "Season::is_crisis")]
    pub season: Season,
    /// How the game ended, if it did.
    pub ended: Option<Ended>,
    /// The standing rung.
    pub standing_rung: Rung,
    /// The highest rung of an act so far.
    pub peak_rung: Rung,
    /// Levels of the tracks that the seat sees.
    pub levels: Vec<(TrackId, i32)>,
    /// Known deaths by seat.
    pub deaths: Vec<(SeatId, i32)>,
    /// Known deaths among civilians.
    pub civilian_deaths: i32,
    /// Continuing acts that the seat knows of, and whose.
    pub continuing: Vec<(SeatId, ActionId)>,
    /// Channels that the seat is a member of.
    pub channels: Vec<ChannelView>,
    /// Bodies that it sits in.
    pub bodies: Vec<BodyView>,
    /// Accords.
    pub accords: Vec<(AccordId, AccordStatus)>,
    /// Stimuli against the seat that are still open.
    pub stimuli: Vec<StimulusView>,
    /// The place among them of the one that is decided on next, to which the cells of the menu are relative.
    pub asks: Option<u8>,
    /// Acts and incidents whose author is not known, newest last.
    pub cases: Vec<CaseView>,
    /// The staff's estimate on each of the seat's hypotheses.
    pub beliefs: Vec<BeliefView>,
    /// The seat's triggers.
    pub triggers: Vec<TriggerView>,
    /// Open proposals to or from the seat, and public ones.
    pub proposals: Vec<ProposalView>,
    /// Terms that can be offered now, as far as the seat knows.
    pub terms: Vec<TermId>,
    /// Talks that the seat takes part in.
    pub talks: Option<TalksView>,
    /// Incoming calls, in the order in which `Orders::answers` answers them.
    pub calls: Vec<CallView>,
    /// Own standing orders by site.
    pub standing: Vec<StandingView>,
    /// Own acts that are due later and can still be countermanded.
    pub pending: Vec<PendingView>,
    /// How far each ally is released.
    pub consents: Vec<(SeatId, Rung)>,
    /// An ally's standing request not to act from a rung on.
    pub restraint: Option<RestraintView>,
    /// How each alliance looks.
    pub alliances: Vec<AllianceView>,
    /// The exchange of fire that a flash decision is about.
    pub exchange: Option<ExchangeView>,
    /// Under fire: the replies that can be ordered, in the order of their rules.
    pub replies: Vec<ReplyView>,
    /// The acts on offer, by cell; at most [`MENU`].
    pub menu: Vec<MenuItem>,
    /// Points of attention left this turn.
    pub attention: u8,
    /// A question for a seat that has little to decide.
    pub question: Option<Question>,
    /// What the seat learned since its last observation, in order.
    pub news: Vec<News>,
    /// Points that each own aim stands at, in thousandths.
    pub aims: Vec<i32>,
    /// Points of face lost by ultimatums that lapsed, in thousandths.
    pub face_lost: i32,
    /// Working memory of the menu: the levels that the seat knows, every other at its start. Also what keeps
    /// observations from being made outside the engine.
    #[serde(skip)]
    pub(in crate::engine) known_levels: Vec<i32>,
}

impl Observation {
    /// Ticks of the turn to come in which an act may start; of a longer turn only the first 255.
    pub fn ticks(&self) -> u8 {
        let ticks = (self.turn_minutes / self.tick_minutes.max(1)).max(1);
        u8::try_from(ticks).unwrap_or(u8::MAX)
    }
}
