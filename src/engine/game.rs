//! A game: rules, state and luck, moved by three calls.
//!
//! `open` runs steps 1 and 2, `contact` takes calls and answers, `close` takes sealed orders and runs steps 5 to 8 of
//! every tick until something wakes the seats. None of them can fail.

mod control;
mod fork;
mod outcome;
mod tick;

pub(super) use control::Written;
pub use outcome::{CourseClass, Outcome};

use super::briefing::Briefing;
use super::dice::{RootKey, SeedKeys, StepDice};
use super::event::{Cause, Change, Fact, NoRecord, Recorder};
use super::mechanics::contact::Call;
use super::mechanics::{bargaining, contact, exchange, ledger, stances};
use super::observation::{Asked, Ended, Observation};
use super::order::{CallAnswer, FlashOrder, MAX_CONTACTS, Message, Orders, Word};
use super::rules::Rules;
use super::state::observe::{Disclosure, Notes};
use super::state::parts::Parts;
use super::state::{MAX_SEATS, Phase, Scheduled, State};
use super::step::{Buffers, Step};
use crate::vocabulary::{EndingId, Id, Minute, Rung, SeatId};
use std::sync::Arc;

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

    /// A hash of the whole state, as 32 hexadecimal digits.
    pub fn digest(&self) -> String {
        let bytes = serde_json::to_vec(&(&self.state, self.phase, self.tick)).unwrap_or_default();
        blake3::hash(&bytes).to_hex()[..32].to_owned()
    }

    /// The hidden disposition of a seat: for control and the debrief, once it may be told.
    pub fn disposition(&self, seat: SeatId) -> usize {
        usize::from(self.state.dispositions[seat.index()])
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
