//! The state before the first turn: levels as authored, hidden dispositions and climate drawn.

use super::observe::refill;
use super::{BodyState, InjectStatus, Line, LineEnd, NEVER, Standing, State, TriggerState};
use crate::engine::dice::{Draws, StepDice};
use crate::engine::event::COUNTERS;
use crate::engine::observation::{LineState, Season};
use crate::engine::rules::Rules;
use crate::scenario::section::Seat;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{Id, ONE_MILLION, RUNGS, Rung, SeatId};
use std::iter::repeat_n;

impl State {
    /// The state at minute 0, with what is hidden drawn from the opening's dice.
    pub fn opening(rules: &Rules, dice: &StepDice) -> State {
        let mut state = State::default();
        state.reopen(rules, dice);
        state
    }

    /// Goes back to minute 0 of another run and keeps every buffer.
    pub fn reopen(&mut self, rules: &Rules, dice: &StepDice) {
        let bound = &rules.bound;
        let seats = bound.seats.len();
        // Destructured, so that a new field does not build until somebody says how it starts.
        let State {
            minute,
            turn,
            turn_start,
            levels,
            last_at,
            acts_at,
            peak,
            cap,
            settled,
            agreed,
            faded,
            quiet_since,
            deaths,
            civilians,
            climate,
            excitation,
            dispositions,
            ongoing,
            done,
            lines,
            ends,
            bodies,
            released,
            accords,
            injects,
            beliefs,
            remembered,
            reckoned,
            triggers,
            stimuli,
            cases,
            fire_seen,
            proposals,
            talks,
            standing,
            consents,
            restraints,
            debts,
            scheduled,
            exchange,
            crossing,
            reports,
            counters,
            face,
            lapses,
            woken,
            season,
            flashes,
            asked_at,
            next_number,
            next_case,
            ended,
        } = self;
        (*minute, *turn, *turn_start) = (0, 0, 0);
        refill(levels, bound.tracks.iter().map(|t| t.start));
        (*last_at, *acts_at) = ([NEVER; RUNGS], [0; RUNGS]);
        (*peak, *cap) = (Rung(0), None);
        (*settled, *faded, *quiet_since) = (false, false, 0);
        refill(deaths, repeat_n(0, seats));
        (*civilians, *climate, *excitation) = (0, 1000, 0);
        refill(dispositions, repeat_n(0, seats));
        ongoing.clear();
        refill(done, repeat_n(false, seats * bound.actions.len()));
        refill(lines, bound.channels.iter().map(|c| Line { working: true, politics: c.politics }));
        refill(
            ends,
            bound.channels.iter().flat_map(|channel| {
                // A line that is publicly cut is known to be cut; all others are presumed to work.
                let known =
                    if channel.politics == Politics::Cut { LineState::Cut } else { LineState::Presumed };
                let end = move |seat: &Seat| LineEnd { state: known, since: NEVER, answering: seat.answers };
                bound.seats.iter().map(end)
            }),
        );
        refill(bodies, bound.bodies.iter().map(|b| BodyState { maturity: b.maturity, pending: None }));
        released.clear();
        refill(accords, bound.accords.iter().map(|a| a.status));
        refill(injects, repeat_n(InjectStatus::Pending, bound.injects.len()));
        refill(beliefs, bound.hypotheses.iter().flat_map(|h| h.prior.iter().copied()));
        refill(remembered, beliefs.iter().copied());
        refill(reckoned, rules.evidence.imminent.iter().map(|imminent| imminent.start));
        refill(triggers, repeat_n(TriggerState::default(), bound.triggers.len()));
        stimuli.clear();
        cases.clear();
        refill(fire_seen, repeat_n(NEVER, seats * seats));
        proposals.clear();
        *talks = None;
        let orders = bound.seats.iter().flat_map(|seat| &seat.standing);
        refill(standing, orders.map(|&(reply, volume, delegated)| Standing { reply, volume, delegated }));
        refill(consents, repeat_n(Rung::nearest(bound.model.consent_start), seats * seats));
        refill(restraints, repeat_n(None, seats));
        debts.clear();
        scheduled.clear();
        (*exchange, *crossing) = (None, None);
        reports.clear();
        *counters = [0; COUNTERS];
        refill(face, repeat_n(0, seats));
        refill(lapses, repeat_n(0, seats));
        (*woken, *flashes) = (false, 0);
        *season = if bound.campaign.is_some() { Season::Calm } else { Season::Crisis };
        refill(asked_at, repeat_n(NEVER, seats));
        refill(agreed, repeat_n(0, seats));
        (*next_number, *next_case) = (1, 1);
        *ended = None;
        self.draw_hidden(rules, dice, None);
    }

    /// Draws what is hidden from a seat (or from everybody): dispositions of all others, and the climate.
    pub fn draw_hidden(&mut self, rules: &Rules, dice: &StepDice, from: Option<SeatId>) {
        for (s, seat) in rules.bound.seats.iter().enumerate() {
            if Some(SeatId::new(s)) == from || seat.dispositions.is_empty() {
                continue;
            }
            let share = dice.below(rules.luck.seats[s].with("disposition"), 0, ONE_MILLION);
            let mut sum = 0;
            let drawn = seat.dispositions.iter().position(|d| {
                sum += d.prior;
                share < sum
            });
            self.dispositions[s] = drawn.unwrap_or(0) as u8;
        }
        self.climate = dice.table(rules.luck.climate, 0, &rules.bound.climate);
    }
}
