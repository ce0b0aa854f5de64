//! One call of the engine: which it is, and what it told its recorder.

use super::record::{Kind, TimedFact};
use crate::engine::{Change, Fact, Game, Orders, Phase, Recorder, Roll};
use crate::vocabulary::Minute;

/// A call of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Situation and observation.
    Open,
    /// A round of contact.
    Contact,
    /// Orders and adjudication, or a flash decision.
    Close,
}

impl Call {
    /// The call that a game waits for; nothing once it is over.
    pub fn next(game: &Game) -> Option<Call> {
        match game.phase() {
            Phase::Opening => Some(Call::Open),
            Phase::Contacts | Phase::Answers => Some(Call::Contact),
            Phase::Orders | Phase::Flash => Some(Call::Close),
            Phase::Over => None,
        }
    }

    /// Makes the call.
    pub fn make(self, game: &mut Game, orders: &[Orders], recorder: &mut impl Recorder) {
        match self {
            Call::Open => game.open(recorder),
            Call::Contact => game.contact(orders, recorder),
            Call::Close => game.close(orders, recorder),
        }
    }

    /// The kind of the call's line in a record.
    pub fn kind(self) -> Kind {
        match self {
            Call::Open => Kind::Open,
            Call::Contact => Kind::Contact,
            Call::Close => Kind::Close,
        }
    }
}

/// What one call told: a buffer that is cleared and filled again.
#[derive(Clone, Debug, Default)]
pub struct CallRecord {
    rolls: Vec<Roll>,
    facts: Vec<TimedFact>,
    changes: Vec<Change>,
    /// Game time before the call.
    before: Minute,
    minute: Minute,
    /// Turns completed before the call.
    turn_before: u16,
    turn: u16,
}

impl CallRecord {
    /// Forgets the last call; the clock and the count of turns go on.
    pub fn clear(&mut self) {
        let CallRecord { rolls, facts, changes, before, minute, turn_before, turn } = self;
        *before = *minute;
        *turn_before = *turn;
        rolls.clear();
        facts.clear();
        changes.clear();
    }

    /// The rolls, in order.
    pub fn rolls(&self) -> &[Roll] {
        &self.rolls
    }

    /// What happened, in order.
    pub fn facts(&self) -> &[TimedFact] {
        &self.facts
    }

    /// What that changed, in order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Game time after the call.
    pub fn minute(&self) -> Minute {
        self.minute
    }

    /// Game time before the call.
    pub fn minute_before(&self) -> Minute {
        self.before
    }

    /// Turns completed so far.
    pub fn turn(&self) -> u16 {
        self.turn
    }

    /// The turn that the call is a part of, counted from 1: the number by which people are told of it.
    pub fn in_turn(&self) -> u16 {
        self.turn_before.saturating_add(1)
    }

    /// The rolls that were made after the last fact.
    pub fn rolls_after_facts(&self) -> &[Roll] {
        &self.rolls[self.facts.last().map_or(0, |fact| fact.rolls)..]
    }

    /// Each fact with the rolls that were made since the fact before.
    pub fn facts_with_rolls(&self) -> impl Iterator<Item = (&TimedFact, &[Roll])> {
        let mut from = 0;
        self.facts.iter().map(move |fact| {
            let rolls = &self.rolls[from..fact.rolls];
            from = fact.rolls;
            (fact, rolls)
        })
    }
}

impl Recorder for CallRecord {
    fn roll(&mut self, roll: &Roll) {
        self.rolls.push(*roll);
    }

    fn fact(&mut self, fact: &Fact) {
        self.facts.push(TimedFact { minute: self.minute, rolls: self.rolls.len(), fact: *fact });
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Clock(minute) => self.minute = *minute,
            Change::TurnEnds => self.turn = self.turn.saturating_add(1),
            _ => {}
        }
        self.changes.push(*change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Purpose;
    use crate::engine::dice::SiteId;
    use crate::vocabulary::Rung;

    #[test]
    fn a_fact_has_the_time_of_its_step_and_the_rolls_since_the_fact_before() {
        let roll = Roll {
            purpose: Purpose::Fault,
            site: SiteId::new("fault", "", "line"),
            index: 0,
            chance: 1,
            result: 0,
        };
        let mut record = CallRecord::default();
        record.roll(&roll);
        record.fact(&Fact::Standing { rung: Rung(1) });
        record.change(&Change::Clock(720));
        record.roll(&roll);
        record.roll(&roll);
        record.fact(&Fact::Standing { rung: Rung(2) });
        let seen: Vec<_> =
            record.facts_with_rolls().map(|(fact, rolls)| (fact.minute, rolls.len())).collect();
        assert_eq!(seen, [(0, 1), (720, 2)]);
        record.clear();
        record.fact(&Fact::Standing { rung: Rung(2) });
        assert_eq!(record.facts()[0].minute, 720, "the clock goes on from call to call");
    }

    #[test]
    fn the_call_that_ends_a_turn_is_a_part_of_it() {
        let mut record = CallRecord::default();
        assert_eq!(record.in_turn(), 1);
        record.change(&Change::TurnEnds);
        assert_eq!((record.in_turn(), record.turn()), (1, 1));
        record.clear();
        assert_eq!((record.in_turn(), record.turn()), (2, 1));
    }
}
