//! The one mutator: nothing else changes the state of a game.

use super::{InjectStatus, NEVER, State};
use crate::engine::event::{Change, Counter};
use crate::engine::observation::Season;
use crate::engine::rules::Rules;
use crate::vocabulary::{ActionId, Id, RUNGS, Rung};

/// How many stimuli, cases, proposals, reports and continuing acts are kept; the oldest goes first. A capacity and
/// no number of the model: it bounds the state.
const KEPT: usize = 24;

impl State {
    /// Turns a change into state. Levels stay inside their track's range.
    #[inline]
    pub fn apply(&mut self, rules: &Rules, change: &Change) {
        // Most changes are levels; they are spared what the others need.
        match *change {
            Change::Level(track, by) => {
                let bounds = &rules.bound.tracks[track.index()];
                let level = &mut self.levels[track.index()];
                *level = level.saturating_add(by).clamp(bounds.min, bounds.max);
            }
            _ => self.apply_other(rules, change),
        }
    }

    fn apply_other(&mut self, rules: &Rules, change: &Change) {
        match *change {
            Change::Level(..) => {}
            Change::Clock(minute) => {
                self.minute = minute;
                self.flashes = 0;
            }
            Change::TurnBegins => {
                self.turn_start = self.minute;
                self.woken = false;
                self.flashes = 0;
            }
            Change::TurnEnds => self.turn += 1,
            Change::ActAt(rung) => {
                self.last_at[rung.index()] = self.minute;
                self.acts_at[rung.index()] = self.acts_at[rung.index()].saturating_add(1);
                self.peak = self.peak.max(rung);
                if self.cap.is_some_and(|cap| rung > cap) {
                    self.cap = None;
                    self.settled = false;
                }
            }
            Change::Renewed(rung) => self.last_at[rung.index()] = self.minute,
            Change::Cap(rung) => self.cap = Some(rung),
            Change::Settled(settled) => self.settled = settled,
            Change::Agreed(seat, term) => self.agreed[seat.index()] |= 1 << (term.index() % 64),
            Change::Faded => self.faded = true,
            Change::Unquiet => {
                self.quiet_since = self.minute;
                self.faded = false;
            }
            Change::Deaths(seat, by) => {
                let deaths = &mut self.deaths[seat.index()];
                *deaths = deaths.saturating_add(by);
            }
            Change::Civilians(by) => self.civilians = self.civilians.saturating_add(by),
            Change::Climate(to) => self.climate = to,
            Change::Excitation(to) => self.excitation = to,
            Change::Disposition(seat, to) => self.dispositions[seat.index()] = to,
            Change::Begin(ongoing) => {
                self.ongoing.retain(|o| (o.seat, o.action) != (ongoing.seat, ongoing.action));
                push(&mut self.ongoing, ongoing);
            }
            Change::Stop(seat, action) => self.ongoing.retain(|o| (o.seat, o.action) != (seat, action)),
            Change::Done(seat, action) => {
                self.done[seat.index() * rules.bound.actions.len() + action.index()] = true;
            }
            Change::Technical(channel, working) => self.lines[channel.index()].working = working,
            Change::Political(channel, politics) => self.lines[channel.index()].politics = politics,
            Change::LineSeen(channel, seat, state) => {
                let minute = self.minute;
                let end = self.end_mut(channel, seat);
                end.state = state;
                end.since = minute;
            }
            Change::Answering(channel, seat, answering) => self.end_mut(channel, seat).answering = answering,
            Change::Requested(body, request) => self.bodies[body.index()].pending = Some(request),
            Change::BodyFree(body) => self.bodies[body.index()].pending = None,
            Change::Maturity(body, by) => {
                let maturity = &mut self.bodies[body.index()].maturity;
                *maturity = (i32::from(*maturity) + by).clamp(0, 100) as u8;
            }
            Change::Released(seat, action) => {
                if !self.released.contains(&(seat, action)) {
                    push(&mut self.released, (seat, action));
                }
            }
            Change::Accord(accord, status) => self.accords[accord.index()] = status,
            Change::Inject(inject, status) => {
                let now = &mut self.injects[inject.index()];
                if *now != InjectStatus::Fired {
                    *now = status;
                }
            }
            Change::Belief(hypothesis, shares) => {
                let hypothesis = &rules.bound.hypotheses[hypothesis.index()];
                self.beliefs[hypothesis.offset..][..hypothesis.types]
                    .copy_from_slice(&shares[..hypothesis.types]);
            }
            Change::Reckoned(hypothesis, chance) => {
                let at = rules.evidence.imminent.iter().position(|i| i.hypothesis == hypothesis);
                if let Some(at) = at {
                    self.reckoned[at] = chance;
                }
            }
            Change::Trigger(trigger, ticks, met) => {
                let trigger = &mut self.triggers[trigger.index()];
                trigger.ticks = ticks;
                trigger.met = met;
            }
            Change::PreDelegate(trigger, on) => self.triggers[trigger.index()].delegated = on,
            Change::Stimulus(stimulus) => {
                self.next_number = self.next_number.wrapping_add(1);
                if self.stimuli.len() == KEPT {
                    // What waits for its author is not forgotten for the sake of what does not.
                    let idle = self.stimuli.iter().position(|s| s.case.is_none() || s.open.is_empty());
                    self.stimuli.remove(idle.unwrap_or(0));
                }
                push(&mut self.stimuli, stimulus);
            }
            Change::FireSeen { observer, on } => {
                let seats = self.dispositions.len();
                self.fire_seen[observer.index() * seats + on.index()] = self.minute;
            }
            Change::FireMet { observer, by } => {
                let seats = self.dispositions.len();
                self.fire_seen[observer.index() * seats + by.index()] = NEVER;
            }
            Change::Closed(number, _) => self.stimuli.retain(|s| s.number != number),
            Change::Undecided(number, open) => {
                if let Some(stimulus) = self.stimuli.iter_mut().find(|s| s.number == number) {
                    stimulus.open = open;
                }
            }
            Change::Case(case) => {
                self.next_case = self.next_case.wrapping_add(1);
                push(&mut self.cases, case);
            }
            Change::Opinion(number, seat, opinion) => {
                if let Some(case) = self.cases.iter_mut().find(|c| c.number == number) {
                    case.opinions[seat.index()] = opinion;
                }
            }
            Change::Contested(number) => {
                if let Some(case) = self.cases.iter_mut().find(|c| c.number == number) {
                    case.contested = true;
                }
            }
            Change::Investigated(number, evidence_at) => {
                if let Some(case) = self.cases.iter_mut().find(|c| c.number == number) {
                    case.investigated = true;
                    case.evidence_at = evidence_at;
                }
            }
            Change::CaseKnown(number) => {
                if let Some(case) = self.cases.iter_mut().find(|c| c.number == number) {
                    case.known = true;
                }
            }
            Change::Proposal(proposal) => push(&mut self.proposals, proposal),
            Change::Answered(number, answer) => {
                if let Some(proposal) = self.proposals.iter_mut().find(|p| p.number == number) {
                    proposal.answer = Some(answer);
                }
            }
            Change::Executed(number) => {
                if let Some(proposal) = self.proposals.iter_mut().find(|p| p.number == number) {
                    proposal.executed = true;
                }
            }
            Change::Lapsed(seat) => {
                let lapses = &mut self.lapses[seat.index()];
                *lapses = lapses.saturating_add(1);
            }
            Change::Deadline(number, deadline) => {
                if let Some(proposal) = self.proposals.iter_mut().find(|p| p.number == number) {
                    proposal.deadline = deadline;
                }
            }
            Change::ProposalClosed(number) => self.proposals.retain(|p| p.number != number),
            Change::Talks(talks) => self.talks = talks,
            Change::Standing(seat, site, standing) => {
                let sites = rules.bound.sites.len();
                self.standing[seat.index() * sites + site.index()] = standing;
            }
            Change::Consent(seat, ally, up_to) => {
                let seats = self.dispositions.len();
                self.consents[seat.index() * seats + ally.index()] = up_to;
            }
            Change::Restraint(seat, restraint) => self.restraints[seat.index()] = restraint,
            Change::Debt(debt) => {
                self.debts.retain(|d| (d.by, d.to) != (debt.by, debt.to));
                push(&mut self.debts, debt);
            }
            Change::DebtClosed(by, to) => self.debts.retain(|d| (d.by, d.to) != (by, to)),
            Change::Schedule(scheduled) => {
                self.next_number = self.next_number.wrapping_add(1);
                push(&mut self.scheduled, scheduled);
            }
            Change::Unschedule(number) => self.scheduled.retain(|s| s.number != number),
            Change::Exchange(exchange) => {
                if let Some(asks) = exchange.filter(|e| e.flash) {
                    self.asked_at[asks.under_fire.index()] = self.minute;
                }
                self.exchange = exchange;
            }
            Change::Crossing(crossing) => self.crossing = crossing,
            Change::Report(report) => push(&mut self.reports, report),
            Change::ReportsIn(minute) => self.reports.retain(|r| r.due > minute),
            Change::Count(counter, by) => {
                self.counters[counter as usize] += by;
                if counter == Counter::Flashes {
                    self.flashes += 1;
                }
            }
            Change::Face(seat, by) => {
                let face = &mut self.face[seat.index()];
                *face = face.saturating_add(by);
            }
            Change::Remember(seat) => {
                for hypothesis in rules.bound.hypotheses.iter().filter(|h| h.holder == seat) {
                    let range = hypothesis.offset..hypothesis.offset + hypothesis.types;
                    self.remembered[range.clone()].copy_from_slice(&self.beliefs[range]);
                }
            }
            // Nothing hangs on an estimate: it is kept in the record, and scored in the debrief.
            Change::Estimate(..) => {}
            Change::Wake => self.woken = true,
            Change::Season(season) => self.set_season(rules, season),
            Change::Ended(ending) => self.ended = Some(ending),
        }
    }

    /// A crisis begins with nothing faded, settled or done; what can be done only once in a campaign stays done.
    fn set_season(&mut self, rules: &Rules, season: Season) {
        self.season = season;
        (self.faded, self.settled) = (false, false);
        if season == Season::Calm {
            self.acts_at = [0; RUNGS];
            let acts = (0..rules.bound.actions.len()).map(ActionId::new);
            let in_crises: Vec<bool> = acts.map(|act| rules.agenda_item(act).is_none()).collect();
            for (done, in_crises) in self.done.iter_mut().zip(in_crises.iter().cycle()) {
                *done &= !in_crises;
            }
        }
    }

    fn end_mut(
        &mut self,
        channel: crate::vocabulary::ChannelId,
        seat: crate::vocabulary::SeatId,
    ) -> &mut super::LineEnd {
        let seats = self.dispositions.len();
        &mut self.ends[channel.index() * seats + seat.index()]
    }

    /// The standing rung: for each rung its last act, cooled by a rung for each cooldown since; continuing acts count
    /// at their own rung; a settlement caps it.
    pub fn standing_rung(&self, bound: &crate::scenario::Bound) -> Rung {
        let mut standing = 0;
        // From the top: a rung that is not above what already stands cannot raise it.
        for (r, row) in bound.ladder.iter().enumerate().rev() {
            if r as i32 <= standing {
                break;
            }
            let last = self.last_at[r];
            if last != NEVER {
                let cooled = (self.minute - last) / row.cooldown;
                standing = standing.max(r as i32 - cooled);
            }
        }
        for ongoing in &self.ongoing {
            standing = standing.max(i32::from(bound.actions[ongoing.action.index()].rung.0));
        }
        let standing = Rung(standing.max(0) as u8);
        self.cap.map_or(standing, |cap| standing.min(cap))
    }

    /// How many deadlines are open.
    pub fn open_deadlines(&self) -> usize {
        self.proposals.iter().filter(|p| p.deadline != NEVER).count()
    }
}

fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() == KEPT {
        list.remove(0);
    }
    list.push(item);
}
