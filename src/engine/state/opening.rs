//! The state before the first turn: levels as authored, hidden dispositions and climate drawn.

use super::{BodyState, InjectStatus, Line, LineEnd, NEVER, Standing, State, TriggerState};
use crate::engine::dice::{Draws, StepDice};
use crate::engine::event::COUNTERS;
use crate::engine::observation::LineState;
use crate::engine::rules::Rules;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{Id, ONE_MILLION, Reading, Rung, SeatId};

impl State {
    /// The state at minute 0, with what is hidden drawn from the opening's dice.
    pub fn opening(rules: &Rules, dice: &StepDice) -> State {
        let bound = &rules.bound;
        let seats = bound.seats.len();
        let beliefs: Vec<u32> = bound.hypotheses.iter().flat_map(|h| h.prior.iter().copied()).collect();
        let mut state = State {
            minute: 0,
            turn: 0,
            turn_start: 0,
            levels: bound.tracks.iter().map(|t| t.start).collect(),
            last_at: [NEVER; 14],
            acts_at: [0; 14],
            peak: Rung(0),
            cap: None,
            settled: false,
            faded: false,
            quiet_since: 0,
            deaths: vec![0; seats],
            civilians: 0,
            climate: 1000,
            excitation: 0,
            dispositions: vec![0; seats],
            ongoing: Vec::new(),
            done: vec![false; bound.actions.len()],
            lines: bound.channels.iter().map(|c| Line { working: true, politics: c.politics }).collect(),
            ends: Vec::with_capacity(seats * bound.channels.len()),
            bodies: bound.bodies.iter().map(|b| BodyState { maturity: b.maturity, pending: None }).collect(),
            released: Vec::new(),
            accords: bound.accords.iter().map(|a| a.status).collect(),
            injects: vec![InjectStatus::Pending; bound.injects.len()],
            remembered: beliefs.clone(),
            beliefs,
            expected: vec![Reading::Neutral.index() as i32 * 1000; seats * seats],
            triggers: vec![TriggerState::default(); bound.triggers.len()],
            stimuli: Vec::new(),
            cases: Vec::new(),
            proposals: Vec::new(),
            talks: None,
            standing: Vec::with_capacity(seats * bound.sites.len()),
            consents: vec![Rung(9); seats * seats],
            restraints: vec![None; seats],
            scheduled: Vec::new(),
            exchange: None,
            reports: Vec::new(),
            counters: [0; COUNTERS],
            face: vec![0; seats],
            estimates: vec![ONE_MILLION / 2; seats],
            woken: false,
            flashes: 0,
            next_number: 1,
            ended: None,
        };
        for channel in &bound.channels {
            for seat in &bound.seats {
                // A line that is publicly cut is known to be cut; all others are presumed to work.
                let known =
                    if channel.politics == Politics::Cut { LineState::Cut } else { LineState::Presumed };
                state.ends.push(LineEnd { state: known, since: NEVER, answering: seat.answers });
            }
        }
        for seat in &bound.seats {
            for (reply, volume, delegated) in &seat.standing {
                state.standing.push(Standing { reply: *reply, volume: *volume, delegated: *delegated });
            }
        }
        state.draw_hidden(rules, dice, None);
        state
    }

    /// Goes back to minute 0 of another run.
    pub fn reopen(&mut self, rules: &Rules, dice: &StepDice) {
        *self = State::opening(rules, dice);
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
