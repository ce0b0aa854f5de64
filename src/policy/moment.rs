//! What a policy has before it when it decides, and the questions that every policy asks of it.

use super::SeatDice;
use crate::engine::{Briefing, ChannelView, Domain, LineState, Observation, ProposalView, StimulusView};
use crate::vocabulary::{ActionId, ChannelId, Id, Minute, Ppm, Rung, SeatId};

/// One decision: what is seen, the handbook, the luck.
#[derive(Clone, Copy)]
pub(super) struct Moment<'a> {
    pub seen: &'a Observation,
    pub briefing: &'a Briefing,
    pub dice: &'a SeatDice,
    /// Whose decision it is.
    pub own: SeatId,
    /// The stimulus that is to be decided on: the one that the menu's cells are relative to.
    pub stimulus: Option<StimulusView>,
    /// The gravest act that the seat has not answered, decided or not.
    pub grievance: Option<StimulusView>,
}

impl<'a> Moment<'a> {
    /// The moment, unless the observation is nobody's.
    pub fn new(seen: &'a Observation, briefing: &'a Briefing, dice: &'a SeatDice) -> Option<Self> {
        let gravest = |s: &&StimulusView| (s.rung, s.minute);
        let stimulus = seen.asks.and_then(|place| seen.stimuli.get(usize::from(place))).copied();
        let grievance = seen.stimuli.iter().max_by_key(gravest).copied();
        Some(Moment { seen, briefing, dice, own: seen.seat?, stimulus, grievance })
    }

    /// Ticks of the turn to come.
    pub fn ticks(&self) -> u8 {
        self.seen.ticks()
    }

    /// The last tick of the turn to come that starts no later than a time.
    pub fn tick_at(&self, minute: Minute) -> u8 {
        let ticks = (minute - self.seen.minute).max(0) / self.seen.tick_minutes.max(1);
        u8::try_from(ticks).unwrap_or(u8::MAX).min(self.ticks() - 1)
    }

    /// Whether something is open or stands high enough to talk about.
    pub fn crisis(&self) -> bool {
        self.grievance.is_some() || self.seen.standing_rung >= self.briefing.staff.quiet
    }

    /// Whether strategic forces are in play, as far as the seat sees.
    pub fn nuclear(&self) -> bool {
        let strategic = |action: ActionId| {
            self.briefing.actions.get(action.index()).is_some_and(|a| a.domain == Domain::Strategic)
        };
        self.seen.continuing.iter().any(|(_, action)| strategic(*action))
    }

    /// Own dead so far.
    pub fn own_dead(&self) -> u32 {
        let dead: i32 = self.seen.deaths.iter().filter(|(seat, _)| *seat == self.own).map(|(_, n)| *n).sum();
        dead.max(0) as u32
    }

    /// Whether there is an act whose author is still in question.
    pub fn author_open(&self) -> bool {
        self.seen.cases.iter().any(|case| self.doubts(case.belief))
    }

    /// Whether the seat does not know whom to hold to account for the gravest of what it has not answered.
    pub fn is_in_doubt(&self) -> bool {
        self.grievance.is_some_and(|grievance| self.doubts(grievance.surely))
    }

    fn doubts(&self, belief: Ppm) -> bool {
        i64::from(belief) < i64::from(self.briefing.staff.attrib_bar_measures)
    }

    /// Rivals that give orders.
    pub fn rivals(&self) -> impl Iterator<Item = SeatId> + Clone + 'a {
        let own = self.own;
        (self.briefing.seats.iter().enumerate())
            .filter(|(_, seat)| seat.rival && seat.plays)
            .map(|(index, _)| SeatId::new(index))
            .filter(move |seat| *seat != own)
    }

    /// Allies that give orders.
    pub fn allies(&self) -> impl Iterator<Item = SeatId> + Clone + 'a {
        let own = self.own;
        (self.briefing.seats.iter().enumerate())
            .filter(|(_, seat)| seat.ally && seat.plays)
            .map(|(index, _)| SeatId::new(index))
            .filter(move |seat| *seat != own)
    }

    /// Whether a seat gives orders.
    pub fn plays(&self, seat: SeatId) -> bool {
        self.briefing.seats.get(seat.index()).is_some_and(|s| s.plays)
    }

    /// Whether a channel connects this seat with another.
    pub fn connects(&self, channel: ChannelId, other: SeatId) -> bool {
        other != self.own
            && self
                .briefing
                .channels
                .get(channel.index())
                .is_some_and(|c| c.members.contains(&other) && c.members.contains(&self.own))
    }

    /// Channels to another seat that are not known to be cut.
    pub fn lines_to(&self, other: SeatId) -> impl Iterator<Item = &'a ChannelView> + Clone {
        let moment = *self;
        (moment.seen.channels.iter())
            .filter(move |view| view.state != LineState::Cut && moment.connects(view.channel, other))
    }

    /// The rung of an act; the lowest if it is unknown.
    pub fn rung_of(&self, action: ActionId) -> Rung {
        self.briefing.actions.get(action.index()).map_or(Rung(0), |a| a.rung)
    }

    /// Whether this seat is one that can order an act.
    pub fn can_order(&self, action: ActionId) -> bool {
        self.briefing.actions.get(action.index()).is_some_and(|a| a.seats.contains(&self.own))
    }

    /// Proposals to this seat.
    pub fn offers(&self) -> impl Iterator<Item = &'a ProposalView> + Clone {
        let own = self.own;
        self.seen.proposals.iter().filter(move |p| p.to == own && p.from != own)
    }

    /// Own proposals on the table.
    pub fn own_offers(&self) -> impl Iterator<Item = &'a ProposalView> + Clone {
        let own = self.own;
        self.seen.proposals.iter().filter(move |p| p.from == own)
    }

    /// The belief in the first type of the first hypothesis about a seat: for an ally, that it comes.
    pub fn belief_in(&self, subject: SeatId) -> Option<Ppm> {
        let hypothesis = self.briefing.hypotheses.iter().find(|h| h.subject == subject)?;
        self.seen.beliefs.iter().find(|b| b.hypothesis == hypothesis.id).map(|b| b.shares[0])
    }
}
