//! Twins: another world that a seat cannot tell from this one.
//!
//! Whatever an observation does not show is drawn anew, without asking whether play could lead there: a twin that
//! differs more finds more leaks.

use super::observe::OwnFire;
use super::{InjectStatus, Line, LineEnd, NEVER, Opinion, Report, Restraint, Scheduled, State};
use crate::engine::dice::{Draws, SiteId, StepDice};
use crate::engine::event::{CallResult, Cause, Fact};
use crate::engine::mechanics::contact::Call;
use crate::engine::observation::{ContactStep, Departure, LineState};
use crate::engine::order::{Inducement, Message};
use crate::engine::rules::Rules;
use crate::engine::step::Happened;
use crate::scenario::document::Hand;
use crate::scenario::section::ReplyRule;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{
    ActionId, CauseTag, Cells, DAY, Id, ONE_MILLION, READINGS, RUNGS, Reading, Rung, SeatId,
};

/// Draws anew what one seat cannot know.
pub(in crate::engine) struct Redraw<'a> {
    rules: &'a Rules,
    dice: &'a StepDice,
    seat: SeatId,
    luck: SiteId,
    drawn: u32,
}

impl<'a> Redraw<'a> {
    /// For a seat, by dice of the twin's own.
    pub fn new(rules: &'a Rules, dice: &'a StepDice, seat: SeatId) -> Self {
        Redraw { rules, dice, seat, luck: rules.luck.climate.with("twin"), drawn: 0 }
    }

    fn below(&mut self, n: usize) -> usize {
        self.drawn += 1;
        self.dice.below(self.luck, self.drawn, n as u32) as usize
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 1
    }

    fn share(&mut self) -> u32 {
        self.below(ONE_MILLION as usize + 1) as u32
    }

    fn one_of<T: Copy>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())]
    }

    fn contact_step(&mut self) -> ContactStep {
        self.one_of(&[
            ContactStep::Hail,
            ContactStep::Warning,
            ContactStep::Fire,
            ContactStep::Patrol,
            ContactStep::StandDown,
        ])
    }

    fn departure(&mut self) -> Departure {
        self.one_of(&Departure::ALL)
    }

    fn others(&self) -> impl Iterator<Item = SeatId> + use<> {
        let own = self.seat;
        (0..self.rules.seats()).map(SeatId::new).filter(move |other| *other != own)
    }

    /// Somebody else who may have done it; whoever it was, if there is no other.
    fn author(&mut self, was: SeatId, against: SeatId) -> SeatId {
        let candidates: Vec<SeatId> = self.others().filter(|other| *other != against).collect();
        if candidates.is_empty() { was } else { self.one_of(&candidates) }
    }

    /// The state.
    pub fn state(&mut self, state: &mut State) {
        // Named one by one, so that a new field does not build until somebody draws it anew or says that it is public.
        let State {
            // What every seat is told, or can work out from what it is told.
            minute: _,
            turn: _,
            turn_start: _,
            last_at: _,
            acts_at: _,
            peak: _,
            cap: _,
            settled: _,
            faded: _,
            quiet_since: _,
            deaths: _,
            civilians: _,
            accords: _,
            season: _,
            next_case: _,
            ended: _,
            // With `draw_hidden`.
            climate: _,
            dispositions: _,
            // In `levels`.
            levels: _,
            injects: _,
            // In `minds`.
            beliefs: _,
            remembered: _,
            reckoned: _,
            triggers: _,
            standing: _,
            consents: _,
            restraints: _,
            face: _,
            lapses: _,
            asked_at: _,
            done: _,
            // In `lines`.
            lines: _,
            ends: _,
            // In `bodies`.
            bodies: _,
            released: _,
            // In `plans`.
            ongoing: _,
            scheduled: _,
            exchange: _,
            crossing: _,
            reports: _,
            // In `cases`.
            stimuli: _,
            cases: _,
            fire_seen: _,
            // In `dealings`.
            agreed: _,
            proposals: _,
            talks: _,
            debts: _,
            // Here.
            excitation,
            next_number,
            counters,
            woken,
            flashes,
        } = state;
        *excitation = *excitation / 2 + self.below(1000) as i32;
        *next_number = self.below(1 << 15) as u16;
        for counter in counters {
            *counter += self.below(3) as i32;
        }
        (*woken, *flashes) = (self.coin(), self.below(4) as u8);
        state.draw_hidden(self.rules, self.dice, Some(self.seat));
        self.levels(state);
        self.minds(state);
        self.lines(state);
        self.bodies(state);
        self.plans(state);
        self.cases(state);
        self.dealings(state);
    }

    fn levels(&mut self, state: &mut State) {
        let rules = self.rules;
        for (t, track) in rules.bound.tracks.iter().enumerate() {
            if !rules.scenario().document.tracks[t].seen_by.shows(self.seat) {
                state.levels[t] = track.min + self.below((track.max - track.min + 1) as usize) as i32;
            }
        }
        for (i, status) in state.injects.iter_mut().enumerate() {
            let known = *status == InjectStatus::Fired && rules.bound.injects[i].seen_by[self.seat.index()];
            if !known {
                *status = self.one_of(&[InjectStatus::Pending, InjectStatus::Held, InjectStatus::Skipped]);
            }
        }
    }

    /// What others believe, ordered, agreed to and hide.
    fn minds(&mut self, state: &mut State) {
        let rules = self.rules;
        let (seats, sites, own) = (rules.seats(), rules.bound.sites.len(), self.seat);
        let actions = rules.bound.actions.len();
        for other in self.others().map(Id::index) {
            for site in 0..sites {
                let standing = &mut state.standing[other * sites + site];
                standing.reply = self.one_of(&[
                    ReplyRule::Hold,
                    ReplyRule::Warn,
                    ReplyRule::Symbolic,
                    ReplyRule::InKind,
                    ReplyRule::InKindPlusOne,
                ]);
                standing.volume = self.below(301) as u16;
                standing.delegated = Rung(self.below(10) as u8);
            }
            for done in &mut state.done[other * actions..(other + 1) * actions] {
                *done = self.coin();
            }
            for about in 0..seats {
                state.consents[other * seats + about] = Rung(self.below(RUNGS) as u8);
            }
            state.face[other] = self.below(5000) as i32;
            state.lapses[other] = self.below(4) as u8;
            state.asked_at[other] = self.one_of(&[NEVER, 0, state.minute]);
            let ally = self.one_of(&[None, Some(SeatId::new(self.rules.seats() - 1))]);
            if state.restraints[other].is_none_or(|r| r.by != self.seat) {
                let until = state.minute + self.below(2880) as i32;
                let with = self.one_of(&Inducement::ALL);
                state.restraints[other] = ally.map(|by| Restraint { by, from: Rung(5), until, with });
            }
        }
        for hypothesis in rules.bound.hypotheses.iter().filter(|h| h.holder != own) {
            let range = hypothesis.offset..hypothesis.offset + hypothesis.types;
            let by = 1 + self.below(hypothesis.types.max(2) - 1);
            state.beliefs[range.clone()].rotate_left(by);
            state.remembered[range].rotate_left(by);
        }
        for (i, imminent) in rules.evidence.imminent.iter().enumerate() {
            if rules.bound.hypotheses[imminent.hypothesis.index()].holder != own {
                state.reckoned[i] = self.share();
            }
        }
        for (t, trigger) in rules.bound.triggers.iter().enumerate().filter(|(_, t)| t.seat != own) {
            state.triggers[t].delegated = self.coin();
            state.triggers[t].met = self.coin();
            state.triggers[t].ticks = self.below(usize::from(trigger.for_ticks) + 1) as u8;
        }
    }

    fn lines(&mut self, state: &mut State) {
        let rules = self.rules;
        let seats = rules.seats();
        for (c, channel) in rules.bound.channels.iter().enumerate() {
            let Line { working, politics } = &mut state.lines[c];
            *working = self.coin();
            let announced = channel.connects(self.seat)
                && state.ends[c * seats + self.seat.index()].state == LineState::Cut;
            if channel.owner != Some(self.seat) && !announced {
                *politics = self.one_of(&[Politics::Open, Politics::Silent, Politics::Cut]);
            }
            for other in self.others() {
                let LineEnd { state: seen, since, answering } = &mut state.ends[c * seats + other.index()];
                *seen = self.one_of(&[LineState::Presumed, LineState::Answered, LineState::NoAnswer]);
                *since = self.one_of(&[NEVER, 0]);
                *answering = self.coin();
            }
        }
    }

    fn bodies(&mut self, state: &mut State) {
        let rules = self.rules;
        let seat = self.seat;
        for (b, body) in rules.bound.bodies.iter().enumerate().filter(|(_, b)| !b.members.contains(&seat)) {
            state.bodies[b].maturity = self.below(101) as u8;
            if let Some(request) = state.bodies[b].pending.take() {
                let action = self.one_of(&body.grants);
                state.bodies[b].pending = self.one_of(&[None, Some(super::Request { action, ..request })]);
            }
        }
        let sits = |action| {
            rules.bound.bodies.iter().any(|b| b.members.contains(&seat) && b.grants.contains(&action))
        };
        state.released.retain(|(by, action)| *by == seat || sits(*action));
    }

    /// What others have ordered, and what goes on unseen.
    fn plans(&mut self, state: &mut State) {
        let rules = self.rules;
        let seat = self.seat;
        state.scheduled.retain(|s| s.seat == seat);
        for own in state.reports.iter_mut().filter(|r| r.seat == seat) {
            // What own forces did is not known before the report.
            (own.at, own.kind) = (self.contact_step(), self.departure());
        }
        state.reports.retain(|r| r.seat == seat);
        for other in self.others() {
            if self.coin() && !rules.repertoire[other.index()].is_empty() {
                let action = self.one_of(&rules.repertoire[other.index()]);
                let due = state.minute + self.below(2880) as i32;
                state.scheduled.push(Scheduled {
                    number: state.next_number,
                    seat: other,
                    action,
                    due,
                    defy: self.coin(),
                    voidable: self.coin(),
                    bound: None,
                    cause: self.one_of(&[Cause::Ordered, Cause::Scenario, Cause::Standing]),
                    answers: None,
                });
                state.next_number += 1;
            }
            if self.coin() && !rules.bound.sites.is_empty() {
                let site = Id::new(self.below(rules.bound.sites.len()));
                let (at, kind) = (self.contact_step(), self.departure());
                state.reports.push(Report { seat: other, site, at, kind, due: state.minute + 1 });
            }
        }
        let seen = |action: ActionId| rules.bound.actions[action.index()].seen_by[seat.index()];
        state.ongoing.retain(|o| o.seat == seat || seen(o.action));
        for ongoing in state.ongoing.iter_mut().filter(|o| o.seat != seat) {
            // The deed is seen, and holds the standing rung; whose it is, is not known.
            if rules.bound.actions[ongoing.action.index()].covert.is_some() {
                ongoing.seat = self.author(ongoing.seat, seat);
            }
        }
        if let Some(crossing) = &mut state.crossing
            && ![crossing.intruder, crossing.defender].contains(&seat)
        {
            (crossing.hails, crossing.shots) = (self.below(4) as u8, self.below(4) as u8);
            crossing.taken = self.below(4) as u8;
        }
        if let Some(exchange) = &mut state.exchange {
            let ally = rules.bound.seats[exchange.under_fire.index()].allies.first();
            if exchange.under_fire != seat && ally != Some(&seat) {
                exchange.latency = self.below(60) as i32;
                exchange.rounds = self.below(301) as u16;
            }
        }
    }

    /// Who did it, how it came about, when evidence will come, what others believe of it, and what fire they saw.
    fn cases(&mut self, state: &mut State) {
        for observer in self.others() {
            for seat in 0..self.rules.seats() {
                let seen = self.one_of(&[NEVER, 0, state.minute]);
                state.fire_seen[observer.index() * self.rules.seats() + seat] = seen;
            }
        }
        for case in &mut state.cases {
            if !case.known && case.author != self.seat {
                case.author = self.author(case.author, case.against);
                if !case.investigated {
                    let lag = 1 + self.below(90 * DAY as usize) as i32;
                    case.evidence_at = self.one_of(&[NEVER, state.minute + lag]);
                }
            }
            case.cause = self.one_of(&CauseTag::ALL);
            let own = self.seat;
            for other in (0..case.opinions.len()).map(SeatId::new).filter(|other| *other != own) {
                let belief = if other == case.author { ONE_MILLION } else { self.share() };
                let meant = self.share();
                case.opinions[other.index()] = Opinion::at_once(belief, meant);
                if let Some((reading, _)) = &mut case.deed.seen[other.index()] {
                    *reading = Reading::at(self.below(READINGS));
                }
            }
        }
        for stimulus in &mut state.stimuli {
            let case = state.cases.iter().find(|c| stimulus.case == Some(c.number));
            match (stimulus.case, case) {
                (None, _) => {}
                (Some(_), Some(case)) => stimulus.by = case.author,
                (Some(_), None) => stimulus.by = self.author(stimulus.by, stimulus.against),
            }
            if stimulus.against != self.seat {
                stimulus.rung = Rung(self.below(RUNGS) as u8);
                stimulus.rounds = self.below(301) as u16;
                stimulus.open = self.one_of(&[Cells::NONE, Cells::UNARMED, Cells::ALL]);
            }
        }
    }

    /// What others propose to each other in private.
    fn dealings(&mut self, state: &mut State) {
        let seat = self.seat;
        for proposal in &mut state.proposals {
            if proposal.over.is_some() && proposal.from != seat && proposal.to != seat {
                proposal.terms = 1 << self.below(self.rules.bound.terms.len().clamp(1, 64));
                proposal.deadline = self.one_of(&[NEVER, state.minute + 2880]);
                proposal.answer = None;
            }
        }
        for other in (0..state.agreed.len()).filter(|other| *other != seat.index()) {
            state.agreed[other] = self.below(1 << self.rules.bound.terms.len().min(16)) as u64;
        }
        state.debts.retain(|debt| debt.by == seat || debt.to == seat);
        if state.talks.is_some_and(|t| t.a != seat && t.b != seat) && self.coin() {
            state.talks = None;
        }
    }

    /// Calls on their way: those of others are not known, nor is what happens at the other end.
    pub fn calls(&mut self, calls: &mut Vec<Call>) {
        let seat = self.seat;
        calls.retain(|call| call.from == seat || (call.to == seat && call.stopped.is_none()));
        for call in calls {
            if call.from == seat {
                call.stopped = self.one_of(&[None, Some(CallResult::Fault), Some(CallResult::Refused)]);
            } else {
                call.message =
                    self.one_of(&[Message::Test, Message::Reassure, Message::Warn, Message::Regret]);
            }
        }
    }

    /// What happened since the last observation, as far as the seat could not tell.
    pub fn news(&mut self, news: &mut Vec<Happened>) {
        let (seat, mut own_fire) = (self.seat, OwnFire::default());
        news.retain_mut(|happened| {
            let is_fire = own_fire.next_is(seat, &happened.fact);
            match self.fact(happened.fact, is_fire) {
                Some(fact) => {
                    happened.fact = fact;
                    true
                }
                None => false,
            }
        });
    }

    /// Another fact that looks the same to the seat; `None` for nothing at all. `is_fire` says of an act of its own that
    /// it is the fire before it.
    fn fact(&mut self, fact: Fact, is_fire: bool) -> Option<Fact> {
        let seat = self.seat;
        Some(match fact {
            Fact::Act { by, .. } if by != seat => return None,
            // A seat knows what it did not order.
            Fact::Act { by, action, cause: Cause::Scenario } => {
                Fact::Act { by, action, cause: Cause::Scenario }
            }
            Fact::Act { by, action, cause } => {
                const ORDERED: [Cause; 2] = [Cause::Ordered, Cause::Rule];
                const ON_THE_SPOT: [Cause; 2] = [Cause::Standing, Cause::Local(CauseTag::Inadvertent)];
                // What forces do on the spot they report as their standing order; a departure from it looks the same.
                let alike = match cause {
                    _ if is_fire => [ORDERED, ON_THE_SPOT].concat(),
                    Cause::Standing | Cause::Local(_) => ON_THE_SPOT.to_vec(),
                    _ => ORDERED.to_vec(),
                };
                Fact::Act { by, action, cause: self.one_of(&alike) }
            }
            Fact::Percept { observer, .. } if observer != seat => return None,
            Fact::Percept { observer, by, action, known_author, meant: _, perceived } => {
                let by = if known_author { by } else { self.author(by, seat) };
                let meant = Reading::at(self.below(READINGS));
                Fact::Percept { observer, by, action, known_author, meant, perceived }
            }
            Fact::Incident { by, .. } if by != seat => return None,
            Fact::Incident { incident, by, against, cause: _ } => {
                let cause = Cause::Line(self.one_of(&[CauseTag::Deliberate, CauseTag::Accidental]));
                Fact::Incident { incident, by, against, cause }
            }
            Fact::IncidentPercept { observer, .. } if observer != seat => return None,
            Fact::IncidentPercept { observer, incident, suspect, perceived } => {
                let bound = &self.rules.bound.incidents[incident.index()];
                let plain = bound.suspicion >= ONE_MILLION;
                let suspect = if plain { suspect } else { self.author(suspect, bound.against) };
                Fact::IncidentPercept { observer, incident, suspect, perceived }
            }
            Fact::Failed { by, .. } | Fact::Delayed { by, .. } if by != seat => return None,
            Fact::Ruled { .. } if self.rules.hand() == Hand::Hidden => return None,
            Fact::Deviation { .. } => return None,
            Fact::Hail { by, to, done, .. } if by != seat && !(to == seat && done) => return None,
            Fact::Hail { site, by, to, done, heeded } => {
                Fact::Hail { site, by, to, done: done && (by != seat || self.coin()), heeded }
            }
            Fact::NotGone { by, .. } | Fact::Countermanded { by, .. } if by != seat => return None,
            Fact::NotGone { by, action } => Fact::Act { by, action, cause: Cause::Ordered },
            Fact::Fire { site, by, at, rung, rounds, reported, after, cause: _ } => {
                let rounds = if by == seat { self.below(1001) as u16 } else { rounds };
                let reported = if by == seat { reported } else { self.below(1001) as u16 };
                let cause =
                    self.one_of(&[Cause::Ordered, Cause::Standing, Cause::Local(CauseTag::Inadvertent)]);
                Fact::Fire { site, by, at, rung, rounds, reported, after, cause }
            }
            Fact::Call { channel, from, to, said, result } if from == seat => {
                let silent = [CallResult::Fault, CallResult::Refused, CallResult::LetRing];
                let answered = matches!(result, CallResult::Answered(_));
                let result = if answered { result } else { self.one_of(&silent) };
                Fact::Call { channel, from, to, said, result }
            }
            Fact::Call { to, result, .. }
                if to != seat || !matches!(result, CallResult::Answered(_) | CallResult::LetRing) =>
            {
                return None;
            }
            Fact::Line { by: None, .. } => return None,
            Fact::Line { channel, politics, working: _, by } => {
                Fact::Line { channel, politics, working: self.coin(), by }
            }
            other => other,
        })
    }
}
