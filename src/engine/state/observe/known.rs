//! The world as a seat knows it, and what its aims are worth there.

use super::Disclosure;
use crate::engine::observation::LineState;
use crate::engine::program::{Counter as Gauge, Reads, Registers};
use crate::engine::rules::Rules;
use crate::engine::state::{InjectStatus, NEVER, Proposal, State};
use crate::engine::step::Truth;
use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{AccordId, ActionId, ChannelId, Id, InjectId, SeatId};

impl State {
    /// Points that each of a seat's aims stands at in a world (the true one, or the one that the seat knows), in
    /// thousandths, as its disposition weighs them.
    pub fn aim_points<'a>(
        &'a self,
        rules: &'a Rules,
        seat: SeatId,
        world: &'a impl Reads,
        registers: &'a mut Registers,
    ) -> impl Iterator<Item = i32> + 'a {
        let s = seat.index();
        let bound = &rules.bound.seats[s];
        let disposition = bound.dispositions.get(usize::from(self.dispositions[s]));
        bound.aims.iter().enumerate().map(move |(k, aim)| {
            let factor = disposition.and_then(|d| d.aims.get(k)).map_or(1000, |f| i64::from(*f));
            let units = match aim.track {
                Some(track) => {
                    i64::from(world.levels()[track.index()] - rules.bound.tracks[track.index()].start)
                }
                None => rules.programs.aims[s][k]
                    .as_ref()
                    .map_or(0, |guard| i64::from(guard.holds(world, registers))),
            };
            (units * i64::from(aim.points) * factor / 1000) as i32
        })
    }
}

/// The world as a seat knows it, for what its actions need. A track that it does not see stands at its start.
pub(in crate::engine::state) struct Known<'a> {
    pub disclosure: &'a Disclosure<'a>,
    pub seat: SeatId,
    pub levels: &'a [i32],
}

impl Reads for Known<'_> {
    fn levels(&self) -> &[i32] {
        self.levels
    }

    fn count(&self, counter: Gauge) -> i64 {
        let Disclosure { rules, state, .. } = self.disclosure;
        match counter {
            Gauge::OpenDeadlines => {
                let known = |p: &&Proposal| p.deadline != NEVER && self.disclosure.shows(self.seat, p);
                state.proposals.iter().filter(known).count() as i64
            }
            Gauge::TalksRounds => {
                let own = state.talks.filter(|t| t.a == self.seat || t.b == self.seat);
                own.map_or(0, |talks| i64::from(talks.rounds))
            }
            // Who does not sit in a body knows what it was like at the start.
            Gauge::MaturityOf(body) if !rules.bound.bodies[body.index()].members.contains(&self.seat) => {
                i64::from(rules.bound.bodies[body.index()].maturity)
            }
            Gauge::StandingRung => i64::from(self.disclosure.standing_rung.0),
            Gauge::Day
            | Gauge::Hour
            | Gauge::Minute
            | Gauge::Turn
            | Gauge::PeakRung
            | Gauge::DeathsOf(_)
            | Gauge::CivilianDeaths
            | Gauge::QuietHours
            | Gauge::Faded
            | Gauge::Settled
            | Gauge::ActsAtLeast(_)
            | Gauge::MaturityOf(_) => Truth { rules, state }.count(counter),
        }
    }

    fn in_force(&self, accord: AccordId) -> bool {
        self.disclosure.state.accords[accord.index()] == AccordStatus::InForce
    }

    fn on(&self, action: ActionId) -> bool {
        let state = self.disclosure.state;
        state
            .ongoing
            .iter()
            .any(|o| o.action == action && self.disclosure.sees_author(self.seat, o.seat, action))
    }

    fn fired(&self, inject: InjectId) -> bool {
        self.disclosure.rules.bound.injects[inject.index()].seen_by[self.seat.index()]
            && self.disclosure.state.injects[inject.index()] == InjectStatus::Fired
    }

    fn open(&self, channel: ChannelId) -> bool {
        let seats = self.disclosure.rules.bound.seats.len();
        let end = &self.disclosure.state.ends[channel.index() * seats + self.seat.index()];
        !matches!(end.state, LineState::Cut | LineState::NoAnswer)
    }
}
