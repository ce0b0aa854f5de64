//! Mechanics run alone: without seats, rules, injects or endings, for as many years as one likes, so that what they do by
//! themselves can be held against the record.

use crate::engine::{Change, Fact, Game, Phase, Recorder, Roll, Rules};
use crate::scenario::Scenario;
use crate::scenario::document::Mechanic;
use crate::vocabulary::{DAY, Minute};
use std::sync::Arc;

/// Minutes of a year.
pub const YEAR: Minute = 1461 * DAY / 4;

/// A scenario of which these mechanics alone run. Exchanges, engagement procedures and losses follow from what they do;
/// nobody gives orders, so standing orders answer.
pub fn alone(mut scenario: Scenario, mechanics: &[Mechanic]) -> Scenario {
    let document = &mut scenario.document;
    document.mechanics = mechanics.to_vec();
    document.seats.iter_mut().for_each(|seat| seat.plays = false);
    document.rules.clear();
    document.injects.clear();
    document.endings.clear();
    // A game without a horizon never ends by hazard.
    document.parameters.iter_mut().filter(|p| p.name == "horizon").for_each(|p| p.default = 0.0);
    scenario
}

/// Plays years of it and tells every fact with its minute, counted from the first. Each year is a game of its own, the
/// run `first` and those after it, and draws its own hidden climate.
pub fn years(rules: &Arc<Rules>, seed: u64, first: u64, years: u32, told: impl FnMut(Minute, &Fact)) {
    let mut teller = Teller { now: 0, start: 0, told };
    for year in 0..years {
        let mut game = Game::new(Arc::clone(rules), seed, first + u64::from(year));
        (teller.now, teller.start) = (0, year as Minute * YEAR);
        while teller.now < YEAR {
            match game.phase() {
                Phase::Opening => game.open(&mut teller),
                Phase::Contacts | Phase::Answers => game.contact(&[], &mut teller),
                Phase::Orders | Phase::Flash => game.close(&[], &mut teller),
                Phase::Over => break,
            }
        }
    }
}

/// A recorder that tells facts with their minute.
struct Teller<F> {
    now: Minute,
    start: Minute,
    told: F,
}

impl<F: FnMut(Minute, &Fact)> Recorder for Teller<F> {
    fn roll(&mut self, _: &Roll) {}

    fn fact(&mut self, fact: &Fact) {
        if self.now < YEAR {
            (self.told)(self.start + self.now, fact);
        }
    }

    fn change(&mut self, change: &Change) {
        if let Change::Clock(now) = change {
            self.now = *now;
        }
    }
}
