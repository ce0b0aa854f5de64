//! The ticks of a turn: steps 1 and 5 to 8, until something wakes the seats.

use super::Game;
use crate::engine::event::{Cause, Change, Fact, Recorder};
use crate::engine::mechanics::{
    acts, alliance, bargaining, beliefs, bodies, campaign, cases, channels, decay, deviation, engagement,
    escalation, exchange, incidents, injects, ledger, triggers,
};
use crate::engine::observation::Season;
use crate::engine::state::{InjectStatus, Phase, Scheduled};
use crate::scenario::document::Mechanic;
use crate::scenario::section::Step as RuleStep;
use crate::vocabulary::{Id, InjectId};

/// The most incidents that effects may set off in one step: a rule that causes itself stops here.
const MAX_CHAINED: usize = 8;

impl Game {
    /// Runs ticks until something wakes the seats, asks for a flash decision, or ends the game.
    pub(super) fn run_ticks(&mut self, record: &mut impl Recorder) {
        loop {
            if !self.adjudicate(record) {
                self.phase = Phase::Flash;
                return;
            }
            self.escalate(record);
            if self.state.ended.is_some() {
                return self.finish();
            }
            let wakes = self.step(record, campaign::turn) || self.wakes();
            self.tick += 1;
            let next = self.state.minute + self.rules.bound.model.tick_minutes.max(1);
            self.step(record, |step| step.change(Change::Clock(next)));
            if wakes {
                self.step(record, |step| {
                    for order in step.state.scheduled.iter().filter(|s| s.voidable) {
                        step.change(Change::Unschedule(order.number));
                    }
                    step.change(Change::TurnEnds);
                });
                self.phase = Phase::Opening;
                return;
            }
            self.situation(record);
        }
    }

    /// Whether the turn ends with this tick.
    fn wakes(&mut self) -> bool {
        let model = &self.rules.bound.model;
        if let (Season::Calm, Some(campaign)) = (self.state.season, &self.rules.bound.campaign) {
            return campaign.turns_between(self.state.minute, self.state.minute + model.tick_minutes);
        }
        let hot = i32::from(self.state.standing_rung(&self.rules.bound).0) >= model.hot_rung;
        let most = if hot { model.max_quiet_ticks_hot } else { model.max_quiet_ticks };
        let horizon = self.state.minute + model.tick_minutes;
        self.state.woken
            || self.tick + 1 >= most
            || self.state.proposals.iter().any(|p| p.deadline <= horizon)
    }

    /// Step 1.
    pub(super) fn situation(&mut self, record: &mut impl Recorder) {
        self.step(record, decay::run);
        self.step(record, ledger::forget);
        for inject in (0..self.rules.bound.injects.len()).map(InjectId::new) {
            if self.state.injects[inject.index()] == InjectStatus::Pending
                && self.step(record, |step| injects::due(step, inject))
            {
                self.step(record, |step| injects::fire(step, inject));
                self.chain(record);
            }
        }
        if self.rules.bound.uses(Mechanic::Incidents) {
            for k in 0..self.rules.order_of.incidents.len() {
                let incident = self.rules.order_of.incidents[k];
                if self.step(record, |step| incidents::happens(step, incident)) {
                    self.step(record, |step| incidents::strike(step, incident));
                    self.chain(record);
                }
            }
        }
        if self.rules.bound.uses(Mechanic::Alliance) {
            self.step(record, bodies::run);
            self.step(record, alliance::debts);
        }
        if self.rules.bound.uses(Mechanic::Channels) {
            self.step(record, channels::run);
        }
        if self.rules.bound.uses(Mechanic::Bargaining) {
            self.step(record, bargaining::talks);
        }
        if self.rules.bound.uses(Mechanic::Beliefs) {
            self.step(record, cases::run);
            self.step(record, beliefs::leak);
        }
        self.step(record, deviation::reports);
        self.periods(record);
        self.rules_of(RuleStep::Situation, record);
    }

    /// What comes with a new calm turn of a campaign, or a new year of it.
    fn periods(&mut self, record: &mut impl Recorder) {
        let (now, before) = (self.state.minute, self.state.minute - self.rules.bound.model.tick_minutes);
        let Some(campaign) = self.rules.bound.campaign.as_ref().filter(|_| before >= 0) else { return };
        let (turns, climate) = (campaign.turns_between(before, now), campaign.climate_between(before, now));
        if climate {
            self.step(record, campaign::new_climate);
        }
        if turns {
            self.rules_of(RuleStep::Period, record);
        }
    }

    /// Step 5 with 6: acts that are due, by initiative, with exchanges. False if a flash decision is asked.
    fn adjudicate(&mut self, record: &mut impl Recorder) -> bool {
        loop {
            if let Some(e) = self.state.exchange {
                if self.step(record, |step| exchange::advance(step, e, None)) == exchange::Next::Flash {
                    return false;
                }
                self.chain(record);
                continue;
            }
            if let Some(crossing) = self.state.crossing {
                self.step(record, |step| engagement::advance(step, crossing));
                continue;
            }
            let Some(order) = self.next_due(record) else { break };
            self.step(record, |step| acts::attempt(step, &order));
            self.chain(record);
        }
        self.rules_of(RuleStep::Adjudication, record);
        true
    }

    /// The act that is due next: the earliest, then by initiative.
    fn next_due(&mut self, record: &mut impl Recorder) -> Option<Scheduled> {
        let end = self.state.minute + self.rules.bound.model.tick_minutes.max(1);
        if !self.state.scheduled.iter().any(|s| s.due < end) {
            return None;
        }
        self.step(record, |step| {
            let rules = step.rules;
            let due = step.state.scheduled.iter().filter(|s| s.due < end);
            let first = due.min_by_key(|s| {
                (
                    s.due,
                    s.cause != Cause::Scenario,
                    decay::initiative(step, rules.luck.seats[s.seat.index()]),
                    s.number,
                )
            });
            first.copied()
        })
    }

    /// Steps 7 and 8: triggers, deadlines, fading, endings.
    fn escalate(&mut self, record: &mut impl Recorder) {
        if self.rules.bound.uses(Mechanic::Beliefs) {
            self.step(record, beliefs::reckon);
            if let Some((seat, action, cause)) = self.step(record, triggers::run) {
                self.step(record, |step| acts::perform(step, seat, action, &acts::Manner::plain(cause)));
            }
        }
        if self.rules.bound.uses(Mechanic::Bargaining) {
            self.step(record, bargaining::deadlines);
            self.step(record, escalation::fade);
        }
        self.rules_of(RuleStep::Escalation, record);
        self.step(record, escalation::end);
        self.step(record, |step| {
            let rung = step.state.standing_rung(&step.rules.bound);
            step.record.fact(&Fact::Standing { rung });
        });
    }

    fn rules_of(&mut self, when: RuleStep, record: &mut impl Recorder) {
        if self.rules.programs.rules[when as usize].is_none() {
            return;
        }
        self.step(record, |step| {
            if let Some(program) = &step.rules.programs.rules[when as usize] {
                step.run_rules(program);
            }
        });
        self.chain(record);
    }

    /// Works off incidents that effects caused.
    pub(super) fn chain(&mut self, record: &mut impl Recorder) {
        for _ in 0..MAX_CHAINED {
            let Some(incident) = self.buffers.incidents.pop() else { return };
            self.step(record, |step| incidents::strike(step, incident));
        }
        self.buffers.incidents.clear();
    }
}
