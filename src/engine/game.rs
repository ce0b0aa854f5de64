//! A game: rules, state and luck, moved by three calls.

use super::briefing::Briefing;
use super::event::{COUNTERS, Recorder};
use super::observation::Observation;
use super::order::Orders;
use super::state::Phase;
use crate::scenario::Rules;
use crate::scenario::section::EndingClass;
use crate::vocabulary::{EndingId, Minute, Rung, SeatId};
use std::sync::Arc;

/// One game. It is cheap to copy; rules are shared.
#[derive(Clone, Debug)]
pub struct Game {
    rules: Arc<Rules>,
}

/// How a game came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The ending.
    pub ending: EndingId,
    /// What kind of end it is.
    pub class: EndingClass,
    /// Highest act rung.
    pub peak: Rung,
    /// Deaths by seat.
    pub deaths: Vec<i32>,
    /// Deaths among civilians.
    pub civilians: i32,
    /// Turns played.
    pub turns: u16,
    /// Minutes played.
    pub minutes: Minute,
    /// Counts, by `Counter`.
    pub counters: [i32; COUNTERS],
    /// Points of each seat's aims in thousandths.
    pub aims: Vec<Vec<i32>>,
}

impl Game {
    /// A game before its first opening: run `run` of the seed.
    pub fn new(rules: Arc<Rules>, seed: u64, run: u64) -> Game {
        let _ = (seed, run);
        Game { rules }
    }

    /// The rules.
    pub fn rules(&self) -> &Arc<Rules> {
        &self.rules
    }

    /// What the engine waits for. `Opening` -> `open`; `Contacts`/`Answers` -> `contact`; `Orders`/`Flash` -> `close`.
    pub fn phase(&self) -> Phase {
        todo!()
    }

    /// Steps 1 and 2: situation and observation.
    pub fn open(&mut self, _record: &mut impl Recorder) {
        todo!()
    }

    /// Step 3: takes every seat's calls (first round) or answers (second round); `orders` is indexed by seat.
    pub fn contact(&mut self, _orders: &[Orders], _record: &mut impl Recorder) {
        todo!()
    }

    /// Steps 4 to 8, and the further ticks of the turn; or the answer to a flash decision.
    pub fn close(&mut self, _orders: &[Orders], _record: &mut impl Recorder) {
        todo!()
    }

    /// What a seat knows after the last call.
    pub fn observation(&self, _seat: SeatId) -> &Observation {
        todo!()
    }

    /// A seat's handbook.
    pub fn briefing(&self, _seat: SeatId) -> Briefing {
        todo!()
    }

    /// A copy with other luck from now on; salt 0 keeps it.
    pub fn fork(&self, _salt: u64) -> Game {
        todo!()
    }

    /// A copy in which all that a seat cannot know is drawn anew.
    pub fn twin(&self, _seat: SeatId, _salt: u64) -> Game {
        todo!()
    }

    /// A hash of the whole state, as 32 hexadecimal digits.
    pub fn digest(&self) -> String {
        todo!()
    }

    /// How it came out, once it is over.
    pub fn outcome(&self) -> Option<Outcome> {
        todo!()
    }
}
