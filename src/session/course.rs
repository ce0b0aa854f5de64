//! The course of a game: everything that goes on with it, and that a rewind takes back as one.

use super::butfor::Moments;
use super::follow::Follower;
use super::inquiry::Inquired;
use super::opening::Occupant;
use super::runner::{NoSuchPolicy, Table};
use super::talk::Said;
use crate::engine::{Asked, ControlAct, Fact, Game, Orders};
use crate::trace::{Call, CallRecord, Chronicle, Debrief, Entry, PERSON, Setup};
use crate::vocabulary::{Id, InjectId, Minute, SeatId};
use std::sync::Arc;

/// A seat in a course.
#[derive(Clone, Debug)]
pub(super) struct Sitting {
    pub by: Occupant,
    pub follower: Follower,
    pub sealed: bool,
}

impl Sitting {
    pub fn is_person(&self) -> bool {
        self.by == Occupant::Person
    }
}

/// A game with its seats, and all that has been told of it.
#[derive(Clone, Debug)]
pub(super) struct Course {
    pub game: Game,
    pub table: Table,
    pub record: CallRecord,
    pub chronicle: Chronicle,
    /// By seat that plays.
    pub seats: Vec<Sitting>,
    pub talk: Vec<Said>,
    pub debrief: Option<Arc<Debrief>>,
    /// Where the game can be played on from otherwise.
    pub moments: Moments,
    pub inquired: Inquired,
    pub ended: bool,
    pub calls: u32,
    /// The lines in which the turns opened that led here.
    pub opened: Vec<u32>,
    /// The line of the record that each step of the chronicle is told in.
    pub told_in: Vec<u32>,
    /// Injects that fired, and when.
    fired: Vec<(InjectId, Minute)>,
}

impl Course {
    /// Before the first call.
    pub fn new(game: Game, setup: &Setup) -> Result<Course, NoSuchPolicy> {
        let scenario = Arc::clone(game.rules().scenario());
        let by = |seat: SeatId| {
            let name = &scenario.document.seats[seat.index()].name;
            setup.players.iter().find(|player| player.seat == *name).map_or(PERSON, |player| &player.by)
        };
        let policies: Vec<(SeatId, String)> = scenario
            .players()
            .filter(|seat| by(*seat) != PERSON)
            .map(|seat| (seat, by(seat).to_owned()))
            .collect();
        let table = Table::new(&game, setup.seed, setup.run, &policies)?;
        let seats = scenario.players().map(|seat| Sitting {
            by: Occupant::named(by(seat)),
            follower: Follower::new(&game, seat),
            sealed: false,
        });
        Ok(Course {
            seats: seats.collect(),
            table,
            record: CallRecord::default(),
            chronicle: Chronicle::new(&scenario, setup),
            talk: Vec::new(),
            debrief: None,
            moments: Moments::new(setup.seed),
            inquired: Inquired::NotYet,
            ended: false,
            calls: 0,
            opened: Vec::new(),
            told_in: Vec::new(),
            fired: Vec::new(),
            game,
        })
    }

    pub fn seat(&self, seat: SeatId) -> Option<&Sitting> {
        self.seats.iter().find(|sitting| sitting.follower.seat() == seat)
    }

    pub fn seat_mut(&mut self, seat: SeatId) -> Option<&mut Sitting> {
        self.seats.iter_mut().find(|sitting| sitting.follower.seat() == seat)
    }

    /// Whether the next call takes a decision of the seat.
    pub fn asks(&self, seat: SeatId) -> bool {
        self.game.observation(seat).asked != Asked::Nothing
    }

    /// Whether a person has still to decide.
    pub fn waits_for(&self, sitting: &Sitting) -> bool {
        sitting.is_person() && !sitting.sealed && self.asks(sitting.follower.seat())
    }

    /// Seals a person's orders.
    pub fn seal(&mut self, seat: SeatId, orders: Orders) {
        *self.table.orders_of(seat) = orders;
        if let Some(sitting) = self.seat_mut(seat) {
            sitting.sealed = true;
        }
    }

    /// Makes a call with the orders on the table; the line that it is told in is `line`.
    pub fn make(&mut self, call: Call, line: u32) {
        self.calls += 1;
        self.record.clear();
        self.moments.before(call, &self.game, &self.table, self.table.orders());
        call.make(&mut self.game, self.table.orders(), &mut self.record);
        self.moments.after(&self.record);
        self.chronicle.call(&self.record, &self.game);
        self.told(line);
    }

    /// Does an act of control.
    pub fn control(&mut self, act: &ControlAct, line: u32) {
        self.record.clear();
        self.game.control(act, &mut self.record);
        self.chronicle.control(act, &self.record, &self.game);
        self.told(line);
    }

    /// What the record of this line told has been taken in.
    fn told(&mut self, line: u32) {
        self.told_in.resize(self.chronicle.steps().len(), line);
        let fired = self.record.facts().iter().filter_map(|timed| match timed.fact {
            Fact::Inject(inject) => Some((inject, timed.minute)),
            _ => None,
        });
        self.fired.extend(fired);
    }

    /// When an inject fired, if it has.
    pub fn fired(&self, inject: InjectId) -> Option<Minute> {
        self.fired.iter().find(|(known, _)| *known == inject).map(|(_, minute)| *minute)
    }

    /// Lets every seat see what an act of control means to it; the seats to which that is news.
    pub fn learn_of_control(&mut self) -> Vec<SeatId> {
        let Course { game, seats, .. } = self;
        let learned = seats.iter_mut().filter_map(|sitting| {
            let learned = sitting.follower.control(game);
            learned.then(|| sitting.follower.seat())
        });
        learned.collect()
    }

    /// Takes people's orders off the table, once they have been played.
    pub fn clear_people(&mut self) {
        let Course { seats, table, .. } = self;
        for sitting in seats.iter_mut().filter(|sitting| sitting.is_person()) {
            sitting.sealed = false;
            table.orders_of(sitting.follower.seat()).clear();
        }
    }

    /// Hands a seat to somebody else. A policy begins without memory; what it observes from now on it remembers.
    pub fn sit(&mut self, seat: SeatId, by: &Occupant, setup: &Setup) -> Result<(), NoSuchPolicy> {
        let policy = match by {
            Occupant::Person => None,
            Occupant::Policy(name) => Some(name.as_str()),
        };
        self.table.sit(&self.game, setup.seed, seat, policy)?;
        if let Some(sitting) = self.seat_mut(seat) {
            sitting.by = by.clone();
            sitting.sealed = false;
        }
        Ok(())
    }

    /// Tells the chronicle of something at the table; the line that it is told in is `line`.
    pub fn tell(&mut self, entry: &Entry<'_>, line: u32) {
        self.chronicle.entry(entry, &self.record, &self.game);
        self.told_in.resize(self.chronicle.steps().len(), line);
    }

    /// Other luck from now on; salt 0 keeps it.
    pub fn fork(&mut self, salt: u64) {
        self.game = self.game.fork(salt);
        self.table = self.table.fork(salt);
    }
}
