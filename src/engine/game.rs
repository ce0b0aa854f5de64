//! A game: rules, state and luck, moved by three calls.
//!
//! `open` runs steps 1 and 2, `contact` takes calls and answers, `close` takes sealed orders and runs steps 5 to 8 of
//! every tick until something wakes the seats. None of them can fail.

mod control;

pub(super) use control::Written;

use super::briefing::Briefing;
use super::dice::{Domain, RootKey, SeedKeys, StepDice};
use super::event::{COUNTERS, Cause, Change, Fact, NoRecord, Recorder};
use super::mechanics::contact::Call;
use super::mechanics::{
    acts, alliance, bargaining, beliefs, bodies, campaign, cases, channels, contact, decay, deviation,
    engagement, escalation, exchange, incidents, injects, ledger, stances, triggers,
};
use super::observation::{Asked, Ended, Observation, Season};
use super::order::{CallAnswer, FlashOrder, MAX_CONTACTS, Message, Orders, Word};
use super::rules::Rules;
use super::score::Score;
use super::state::observe::{Disclosure, Notes};
use super::state::parts::Parts;
use super::state::twin::Redraw;
use super::state::{InjectStatus, MAX_SEATS, Phase, Scheduled, State};
use super::step::{Buffers, Step, Truth};
use crate::scenario::document::Mechanic;
use crate::scenario::section::EndingClass;
use crate::scenario::section::Step as RuleStep;
use crate::vocabulary::{ChannelId, EndingId, Id, InjectId, Minute, Rung, SeatId};
use std::sync::Arc;

/// The most incidents that effects may set off in one step: a rule that causes itself stops here.
const MAX_CHAINED: usize = 8;

/// Who reads observations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Readers {
    /// Anybody, after every call.
    #[default]
    All,
    /// A seat that is asked something, and nobody else: an observation that asks nothing stays as it was.
    Asked,
}

/// One game. It is cheap to copy; rules are shared.
#[derive(Clone, Debug)]
pub struct Game {
    rules: Arc<Rules>,
    state: State,
    phase: Phase,
    keys: SeedKeys,
    luck: RootKey,
    /// The dice of the minute in hand, once they have been asked for.
    dice: Option<(Minute, StepDice)>,
    run: u64,
    calls: Vec<Call>,
    observations: Vec<Observation>,
    buffers: Buffers,
    /// The tick of this turn that runs, from 0.
    tick: i32,
    /// What is known of every seat's observation beside what it says.
    notes: Vec<Notes>,
    readers: Readers,
    /// What control has written, and its dice.
    written: Written,
    /// How often observations were made.
    revision: u32,
}

/// How a game came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// By what it ended.
    pub ended: Ended,
    /// What kind of end it is; nothing if control ended the game, for then the crisis had none.
    pub class: Option<EndingClass>,
    /// Highest act rung.
    pub peak: Rung,
    /// Deaths by seat.
    pub deaths: Vec<i32>,
    /// Deaths among civilians.
    pub civilians: i32,
    /// Turns completed: the game ended in the one after.
    pub turns: u16,
    /// Minutes played.
    pub minutes: Minute,
    /// Counts, by `Counter`.
    pub counters: [i32; COUNTERS],
    /// Points of each seat's aims in thousandths.
    pub aims: Vec<Vec<i32>>,
    /// The score of each seat; of those that act by rules alone it says little.
    pub scores: Vec<Score>,
}

/// The class of a course: how high, whether anyone of the own side died, and how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CourseClass {
    /// Lowest and highest rung of the band in which the peak lies.
    pub band: (u8, u8),
    /// Whether anyone on the scenario's own side died.
    pub deaths: bool,
    /// What kind of end it was; nothing if control ended the game.
    pub ending: Option<EndingClass>,
}

/// The word for the kind of end that a game came to.
fn ending_word(class: Option<EndingClass>) -> &'static str {
    class.map_or("ended by control", EndingClass::word)
}

/// The class as records name it: the same words in every scenario.
impl std::fmt::Display for CourseClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.write(f, "deaths")
    }
}

impl CourseClass {
    /// The bands of peaks that courses are compared by: they break at the firebreaks.
    pub const BANDS: [(u8, u8); 6] = [(0, 3), (4, 5), (6, 7), (8, 9), (10, 12), (13, 13)];

    /// The class as readers are told it. `own_side` is the scenario's: where it names one, the deaths are those of
    /// allies alone, and the rival may have dead in a game without.
    pub fn words(&self, own_side: &str) -> String {
        let mut words = String::new();
        let deaths = if own_side.is_empty() { "deaths" } else { "allied deaths" };
        self.write(&mut words, deaths).expect("a string takes any text");
        words
    }

    fn write(&self, f: &mut impl std::fmt::Write, deaths: &str) -> std::fmt::Result {
        let no = if self.deaths { "" } else { "no " };
        write!(f, "peak {}-{}, {no}{deaths}, {}", self.band.0, self.band.1, ending_word(self.ending))
    }
}

impl Outcome {
    /// The scenario's ending that came, if one did.
    pub fn ending(&self) -> Option<EndingId> {
        self.ended.ending()
    }

    /// The word for the kind of end.
    pub fn class_word(&self) -> &'static str {
        ending_word(self.class)
    }

    /// The class of the course, given the scenario that it was played in.
    pub fn course_class(&self, rules: &Rules) -> CourseClass {
        let document = &rules.scenario().document;
        let counts = |s: &usize| document.own_side.is_empty() || document.seats[*s].side == document.own_side;
        let died = (0..self.deaths.len()).filter(counts).any(|s| self.deaths[s] > 0);
        let band = CourseClass::BANDS.into_iter().find(|(_, high)| self.peak.0 <= *high).unwrap_or((13, 13));
        CourseClass { band, deaths: died || self.civilians > 0, ending: self.class }
    }
}

impl Game {
    /// A game before its first opening: run `run` of the seed.
    pub fn new(rules: Arc<Rules>, seed: u64, run: u64) -> Game {
        let keys = SeedKeys::new(seed);
        let opening = keys.opening.at(run, 0);
        let state = State::opening(&rules, &opening);
        let observations = vec![Observation::default(); rules.seats()];
        let notes = vec![Notes::blank(); rules.seats()];
        Game {
            state,
            phase: Phase::Opening,
            keys,
            luck: keys.adjudication,
            dice: None,
            run,
            calls: Vec::new(),
            observations,
            buffers: Buffers::default(),
            tick: 0,
            notes,
            readers: Readers::All,
            written: Written::nothing(keys.ruling),
            revision: 0,
            rules,
        }
    }

    /// Starts this game over as another run, keeping every buffer.
    pub fn restart(&mut self, seed: u64, run: u64) {
        self.keys = self.keys.of(seed);
        self.state.reopen(&self.rules, &self.keys.opening.at(run, 0));
        self.phase = Phase::Opening;
        self.luck = self.keys.adjudication;
        self.dice = None;
        self.written = Written::nothing(self.keys.ruling);
        self.run = run;
        self.revision = 0;
        self.calls.clear();
        self.buffers.news.clear();
        self.tick = 0;
        self.distrust();
    }

    /// The rules.
    pub fn rules(&self) -> &Arc<Rules> {
        &self.rules
    }

    /// What the engine waits for: `Opening` takes [`Game::open`]; `Contacts` and `Answers` take [`Game::contact`];
    /// `Orders` and `Flash` take [`Game::close`].
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Game time.
    pub fn minute(&self) -> Minute {
        self.state.minute
    }

    /// The standing rung.
    pub fn standing_rung(&self) -> Rung {
        self.state.standing_rung(&self.rules.bound)
    }

    /// What a seat knows after the last call.
    pub fn observation(&self, seat: SeatId) -> &Observation {
        &self.observations[seat.index()]
    }

    /// Says who reads observations from now on. Where anybody does, they are brought up to date.
    pub fn read_by(&mut self, readers: Readers) {
        if self.readers != readers {
            self.readers = readers;
            self.write_observations();
        }
    }

    /// A seat's handbook.
    pub fn briefing(&self, seat: SeatId) -> Briefing {
        Briefing::new(&self.rules, seat, self.state.dispositions[seat.index()])
    }

    /// Steps 1 and 2: situation and observation.
    pub fn open(&mut self, record: &mut impl Recorder) {
        if self.phase != Phase::Opening {
            return;
        }
        self.forget_news();
        self.tick = 0;
        self.situation(record);
        self.step(record, |step| step.change(Change::TurnBegins));
        self.phase = if self.anyone_plays() { Phase::Contacts } else { Phase::Orders };
        self.observe();
    }

    /// Step 3: takes every seat's calls and requests (first round) or answers (second round). `orders` is indexed by
    /// seat; a seat that is missing does nothing.
    pub fn contact(&mut self, orders: &[Orders], record: &mut impl Recorder) {
        self.forget_news();
        match self.phase {
            Phase::Contacts => {
                self.calls.clear();
                for k in 0..self.rules.order_of.seats.len() {
                    let seat = self.rules.order_of.seats[k];
                    let placed = orders.get(seat.index()).map_or(&[][..], |o| &o.contacts);
                    for contact in placed.iter().take(MAX_CONTACTS) {
                        let call = self.step(record, |step| contact::place(step, seat, contact));
                        self.calls.extend(call);
                    }
                }
                self.phase = if self.calls.is_empty() { Phase::Orders } else { Phase::Answers };
            }
            Phase::Answers => {
                for k in 0..self.calls.len() {
                    let call = self.calls[k];
                    let rings = |c: &&Call| c.stopped.is_none() && c.to == call.to;
                    let nth = self.calls[..k].iter().filter(rings).count();
                    let answer =
                        self.answer_to(&call, orders.get(call.to.index()).and_then(|o| o.answers.get(nth)));
                    self.step(record, |step| contact::answer(step, &call, answer));
                }
                self.calls.clear();
                self.phase = Phase::Orders;
            }
            Phase::Opening | Phase::Orders | Phase::Flash | Phase::Over => return,
        }
        self.observe();
    }

    /// A call is answered as its callee says; without word, by the standing instruction.
    fn answer_to(&self, call: &Call, ordered: Option<&CallAnswer>) -> CallAnswer {
        let seats = self.rules.seats();
        let answering = self.state.ends[call.channel.index() * seats + call.to.index()].answering;
        match ordered {
            Some(answer) => *answer,
            None if answering => CallAnswer::Answer(Message::Query),
            None => CallAnswer::LetRing,
        }
    }

    /// Steps 4 to 8, and the further ticks of the turn; or the answer to a flash decision.
    pub fn close(&mut self, orders: &[Orders], record: &mut impl Recorder) {
        self.forget_news();
        match self.phase {
            Phase::Orders => {
                self.take_orders(orders, record);
                self.phase = Phase::Orders;
            }
            Phase::Flash => {
                let Some(e) = self.state.exchange else { return };
                let by = |seat: SeatId| {
                    orders.get(seat.index()).and_then(|o| o.flash).unwrap_or(FlashOrder::Standing)
                };
                let ally = self.rules.bound.seats[e.under_fire.index()]
                    .allies
                    .first()
                    .map_or(FlashOrder::Standing, |a| by(*a));
                let own = by(e.under_fire);
                self.step(record, |step| exchange::advance(step, e, Some((own, ally))));
            }
            Phase::Opening | Phase::Contacts | Phase::Answers | Phase::Over => return,
        }
        self.run_ticks(record);
        self.observe();
    }

    /// Step 4: every seat's word, stances and order, in the order of the seats' names.
    fn take_orders(&mut self, orders: &[Orders], record: &mut impl Recorder) {
        // First what each decides of what it was asked: another's stance of this turn is not among it yet.
        let mut answers = [None; MAX_SEATS];
        for k in 0..self.rules.order_of.seats.len() {
            let seat = self.rules.order_of.seats[k];
            let Some(order) = orders.get(seat.index()).filter(|_| self.rules.bound.seats[seat.index()].plays)
            else {
                continue;
            };
            let act = order.act.map(|act| act.action);
            answers[seat.index()] = self.step(record, |step| ledger::decide(step, seat, act));
        }
        for k in 0..self.rules.order_of.seats.len() {
            let seat = self.rules.order_of.seats[k];
            let Some(order) = orders.get(seat.index()) else { continue };
            if !self.rules.bound.seats[seat.index()].plays {
                continue;
            }
            self.step(record, |step| step.change(Change::Remember(seat)));
            let attention = self.rules.bound.model.attention.max(0) as usize;
            for stance in order.stances.iter().take(attention) {
                self.step(record, |step| stances::take(step, seat, stance));
            }
            if let Some(word) = &order.word {
                self.step(record, |step| bargaining::say(step, seat, word));
            }
            if let Some(estimate) = order.estimate {
                self.step(record, |step| step.change(Change::Estimate(seat, estimate)));
            }
            if let Some(act) = order.act {
                let bound = match &order.word {
                    Some(Word::Statement { reading, bound: true }) => Some(*reading),
                    _ => None,
                };
                self.step(record, |step| {
                    let lead = step.rules.bound.actions[act.action.index()].lead;
                    let start = i32::from(act.start_tick) * step.rules.bound.model.tick_minutes;
                    let due = step.state.minute + start + lead;
                    step.change(Change::Schedule(Scheduled {
                        number: step.number(),
                        seat,
                        action: act.action,
                        due,
                        defy: act.defy,
                        voidable: act.start_tick > 0,
                        bound,
                        cause: Cause::Ordered,
                        answers: answers[seat.index()],
                    }));
                    if due > step.state.minute {
                        step.fact(Fact::Delayed { by: seat, action: act.action, until: due });
                    }
                });
            }
        }
    }

    /// Runs ticks until something wakes the seats, asks for a flash decision, or ends the game.
    fn run_ticks(&mut self, record: &mut impl Recorder) {
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
    fn situation(&mut self, record: &mut impl Recorder) {
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
    fn chain(&mut self, record: &mut impl Recorder) {
        for _ in 0..MAX_CHAINED {
            let Some(incident) = self.buffers.incidents.pop() else { return };
            self.step(record, |step| incidents::strike(step, incident));
        }
        self.buffers.incidents.clear();
    }

    /// Runs a mechanic on the state as it stands and folds its changes.
    fn step<R: Recorder, T>(&mut self, record: &mut R, mechanic: impl FnOnce(&mut Step<'_, R>) -> T) -> T {
        let dice = self.dice_now();
        let mut step = Step { rules: &self.rules, state: &self.state, dice, out: &mut self.buffers, record };
        let result = mechanic(&mut step);
        if !self.buffers.changes.is_empty() {
            self.fold(record);
        }
        result
    }

    /// The dice of the minute in hand.
    fn dice_now(&mut self) -> StepDice {
        match self.dice {
            Some((minute, dice)) if minute == self.state.minute => dice,
            _ => {
                let dice = self.luck.at(self.run, self.state.minute);
                self.dice = Some((self.state.minute, dice));
                dice
            }
        }
    }

    /// Turns changes into state, and notes whose observation they make stale.
    fn fold(&mut self, record: &mut impl Recorder) {
        for change in &self.buffers.changes {
            record.change(change);
            self.state.apply(&self.rules, change);
            let (parts, whose) = Parts::touched_by(change, &self.rules);
            let touched = match whose {
                Some(seat) => &mut self.notes[seat.index()..=seat.index()],
                None => &mut self.notes[..],
            };
            for notes in touched {
                notes.stale = notes.stale.and(parts);
            }
        }
        self.buffers.changes.clear();
    }

    fn finish(&mut self) {
        self.phase = Phase::Over;
        self.observe();
    }

    fn anyone_plays(&self) -> bool {
        self.rules.bound.seats.iter().any(|seat| seat.plays)
    }

    /// Takes no observation for true any more.
    fn distrust(&mut self) {
        for notes in &mut self.notes {
            notes.stale = Parts::ALL;
        }
    }

    /// What a seat's observation would be if nothing were kept of the one before.
    #[cfg(test)]
    pub(crate) fn written_anew(&self, seat: SeatId) -> Observation {
        let mut game = self.clone();
        game.observations = vec![Observation::default(); game.rules.seats()];
        game.notes = vec![Notes::blank(); game.rules.seats()];
        game.write_observations();
        game.observations.swap_remove(seat.index())
    }

    fn forget_news(&mut self) {
        self.buffers.news.clear();
    }

    /// Step 2: what each seat knows now, and what it is asked.
    fn observe(&mut self) {
        self.revision = self.revision.wrapping_add(1);
        self.write_observations();
    }

    fn write_observations(&mut self) {
        let standing_rung = self.state.standing_rung(&self.rules.bound);
        for s in 0..self.rules.seats() {
            if !self.rules.bound.seats[s].plays {
                continue;
            }
            let seat = SeatId::new(s);
            let asked = self.asked(seat);
            if self.readers == Readers::Asked && asked == Asked::Nothing {
                self.observations[s].asked = asked;
                continue;
            }
            let Game { rules, state, phase, calls, observations, notes, revision, buffers, written, .. } =
                self;
            let Buffers { news, registers, scratch, .. } = buffers;
            let disclosure =
                Disclosure { rules, state, standing_rung, phase: *phase, calls, news, asked, written };
            observations[s].revision = *revision;
            disclosure.fill(seat, &mut observations[s], &mut notes[s], scratch, registers);
        }
    }

    fn asked(&self, seat: SeatId) -> Asked {
        match self.phase {
            Phase::Contacts => Asked::Contacts,
            Phase::Answers if self.calls.iter().any(|c| c.stopped.is_none() && c.to == seat) => {
                Asked::Answers
            }
            Phase::Orders => Asked::Orders,
            Phase::Flash => {
                let e = self.state.exchange;
                let ally = |e: &super::state::Exchange| {
                    self.rules.bound.seats[e.under_fire.index()].allies.first() == Some(&seat)
                };
                if e.is_some_and(|e| e.under_fire == seat || ally(&e)) {
                    Asked::Flash
                } else {
                    Asked::Nothing
                }
            }
            Phase::Opening | Phase::Answers | Phase::Over => Asked::Nothing,
        }
    }

    /// A copy with other luck from now on; salt 0 keeps it.
    pub fn fork(&self, salt: u64) -> Game {
        let mut fork = self.clone();
        fork.luck = self.luck.fork(salt);
        fork.written.fork(salt);
        fork.dice = None;
        fork
    }

    /// Takes an inject that has not fired out of the game: for the question what would have come without it.
    pub fn take_out(&mut self, inject: InjectId) {
        if self.state.injects[inject.index()] != InjectStatus::Fired {
            self.step(&mut NoRecord, |step| step.change(Change::Inject(inject, InjectStatus::Skipped)));
            self.write_observations();
        }
    }

    /// Lets calls that were stopped on their way ring at the other end: for the question what would have come if they
    /// had got through. Whether there is such a call; the line itself stays as it is.
    pub fn let_through(&mut self, channel: ChannelId, from: SeatId, to: SeatId) -> bool {
        let stopped = |call: &&mut Call| {
            call.stopped.is_some() && (call.channel, call.from, call.to) == (channel, from, to)
        };
        let mut any = false;
        for call in self.calls.iter_mut().filter(stopped) {
            call.stopped = None;
            any = true;
        }
        if any {
            self.distrust();
            self.write_observations();
        }
        any
    }

    /// A copy in which all that a seat cannot know is drawn anew, its luck to come included.
    pub fn twin(&self, seat: SeatId, salt: u64) -> Game {
        let mut twin = self.fork(salt);
        let dice = RootKey::new(salt, Domain::Twin).at(self.run, self.state.minute);
        let mut redraw = Redraw::new(&self.rules, &dice, seat);
        redraw.state(&mut twin.state);
        redraw.calls(&mut twin.calls);
        redraw.news(&mut twin.buffers.news);
        twin.distrust();
        twin.write_observations();
        twin
    }

    /// A hash of the whole state, as 32 hexadecimal digits.
    pub fn digest(&self) -> String {
        let bytes = serde_json::to_vec(&(&self.state, self.phase, self.tick)).unwrap_or_default();
        blake3::hash(&bytes).to_hex()[..32].to_owned()
    }

    /// The hidden disposition of a seat: for control and the debrief, once it may be told.
    pub fn disposition(&self, seat: SeatId) -> usize {
        usize::from(self.state.dispositions[seat.index()])
    }

    /// How it came out, once it is over.
    pub fn outcome(&self) -> Option<Outcome> {
        let ended = self.state.ended?;
        let mut registers = super::program::Registers::default();
        let aims: Vec<Vec<i32>> = (0..self.rules.seats())
            .map(|s| {
                let truth = Truth { rules: &self.rules, state: &self.state };
                self.state.aim_points(&self.rules, SeatId::new(s), &truth, &mut registers).collect()
            })
            .collect();
        let scores = aims.iter().enumerate();
        let scores =
            scores.map(|(s, points)| self.state.score(&self.rules, SeatId::new(s), points)).collect();
        Some(Outcome {
            scores,
            ended,
            class: ended.ending().map(|ending| self.rules.bound.endings[ending.index()].class),
            peak: self.state.peak,
            deaths: self.state.deaths.clone(),
            civilians: self.state.civilians,
            turns: self.state.turn,
            minutes: self.state.minute,
            counters: self.state.counters,
            aims,
        })
    }

    /// Plays a whole game of rules alone, without seats; the outcome is `None` if the budget of turns ran out.
    pub fn run_out(&mut self, turns: u32) -> Option<EndingId> {
        for _ in 0..turns {
            match self.phase {
                Phase::Opening => self.open(&mut NoRecord),
                Phase::Contacts | Phase::Answers => self.contact(&[], &mut NoRecord),
                Phase::Orders | Phase::Flash => self.close(&[], &mut NoRecord),
                Phase::Over => break,
            }
        }
        self.state.ended.and_then(Ended::ending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_class_is_told_by_whose_deaths_count_and_recorded_without() {
        let class = CourseClass { band: (6, 7), deaths: false, ending: Some(EndingClass::Settled) };
        assert_eq!(class.to_string(), "peak 6-7, no deaths, settled");
        assert_eq!(class.words(""), "peak 6-7, no deaths, settled");
        assert_eq!(class.words("south"), "peak 6-7, no allied deaths, settled");
        assert_eq!(CourseClass { deaths: true, ..class }.words("south"), "peak 6-7, allied deaths, settled");
        assert_eq!(
            CourseClass { ending: None, ..class }.to_string(),
            "peak 6-7, no deaths, ended by control"
        );
    }
}
