//! The session itself: it holds the game, lets seats decide, and shows each what it may see.

use super::board::Boards;
use super::course::Course;
use super::desk::{DeskCommand, DeskNumber, SeatDesk};
use super::inquiry::{Inquired, Inquiry};
use super::journal::Keeper;
use super::keys::{ControlKey, ControlView, SeatKey, Stamp};
use super::pace::Pace;
use super::peers::{FEW, peers, place};
use super::place::{Place, view};
use super::runner::BUDGET;
use super::talk::Speaker;
use crate::engine::Orders;
use crate::storage::StorageError;
use crate::trace::{Call, Debrief, Note, Setup, TraceWriter};
use crate::vocabulary::SeatId;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Instant;

/// What a session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A person has to decide.
    Waiting,
    /// The game is over.
    Over,
    /// The game does not end: it used up its budget of engine steps.
    OverBudget,
}

/// A turn that the game can go on from.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub line: u32,
    pub branch: u32,
    /// As it was after the turn was opened.
    pub course: Course,
}

/// One game from start to end.
#[derive(Debug)]
pub struct Session {
    pub(super) stamp: Stamp,
    pub(super) setup: Setup,
    pub(super) course: Course,
    pub(super) places: Vec<Place>,
    /// The start of every turn, on every branch.
    pub(super) moments: Vec<Moment>,
    /// Remarks, on every branch.
    pub(super) notes: Vec<Note>,
    pub(super) pace: Pace,
    pub(super) boards: Boards,
    pub(super) inbox: Receiver<(DeskNumber, DeskCommand)>,
    pub(super) outbox: Sender<(DeskNumber, DeskCommand)>,
    pub(super) writer: TraceWriter,
    /// What was written so far, line by line.
    pub(super) lines: Vec<String>,
    pub(super) keeper: Option<Keeper>,
    pub(super) notice: Option<String>,
    /// The question what would have come but for this or that, while it is worked out.
    pub(super) inquiry: Option<Inquiry>,
}

impl Session {
    /// A desk of a key's seat.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn desk(&mut self, key: SeatKey) -> SeatDesk {
        assert!(key.fits(&self.stamp), "a key opens only the session that it was made for");
        let place = self.places.iter_mut().find(|place| place.seat() == key.seat());
        let place = place.expect("every key has its place");
        let sitting = self.course.seat(place.seat()).expect("every place has its seat");
        let person = key.into_person();
        let view = view(sitting, &self.course, person.clone(), self.pace, self.notice.as_ref(), 1);
        self.boards.stir();
        place.open(person, view, self.outbox.clone())
    }

    /// The truth, for control.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn control(&self, key: &ControlKey) -> ControlView<'_> {
        assert!(key.fits(&self.stamp), "a key opens only the session that it was made for");
        ControlView::new(&self.course.game, &self.setup)
    }

    /// Takes in what the desks sent and goes on as far as the game can without a person.
    pub fn pump(&mut self) -> Progress {
        let progress = self.go_on();
        self.show_boards();
        progress
    }

    fn go_on(&mut self) -> Progress {
        while let Some((desk, command)) = self.boards.next_command() {
            let refused = self.carry_out(command).err();
            self.boards.refuse(desk, refused);
        }
        while let Ok((desk, command)) = self.inbox.try_recv() {
            self.take(desk, command);
        }
        loop {
            let Some(call) = Call::next(&self.course.game) else {
                self.end();
                return Progress::Over;
            };
            if self.course.calls >= BUDGET {
                return Progress::OverBudget;
            }
            if self.waits(Instant::now()) {
                self.retry_journal();
                return Progress::Waiting;
            }
            self.advance(call);
        }
    }

    /// Whether somebody has still to decide, or control holds the game. Whoever lets the clock run out orders nothing.
    pub(super) fn waits(&mut self, now: Instant) -> bool {
        let waiting: Vec<SeatId> = self
            .course
            .seats
            .iter()
            .filter(|sitting| self.course.waits_for(sitting))
            .map(|sitting| sitting.follower.seat())
            .collect();
        if self.pace.is_up(now) {
            for seat in waiting {
                self.seal(seat, Orders::default());
                // Else a turn would have passed without a word. It is said to a seat that sits here, so it can be said.
                let words = "Time ran out before anything was sealed.".to_owned();
                let _ = self.say(Speaker::Control, String::new(), vec![Speaker::Seat(seat)], None, words);
            }
            return false;
        }
        if !waiting.is_empty() && self.pace.start(now) {
            self.show_everybody();
        }
        self.pace.paused || !waiting.is_empty()
    }

    fn take(&mut self, (seat, desk): DeskNumber, command: DeskCommand) {
        let Some(place) = self.places.iter_mut().find(|place| place.seat() == seat) else { return };
        match command {
            DeskCommand::Seal { revision, orders } if place.leads(desk) => {
                self.take_orders(seat, revision, orders);
            }
            // Who advises may see and talk; the desk has said so already.
            DeskCommand::Seal { .. } => {}
            DeskCommand::Say { to, over, text } => {
                let by = place.person(desk).map_or_else(String::new, |person| person.name.clone());
                // What cannot be said at all is not said; the desk's own checks have told its person why.
                let _ = self.say(Speaker::Seat(seat), by, to, over, text);
            }
            DeskCommand::Attend(here) => {
                place.attend(desk, here);
                self.boards.stir();
            }
            DeskCommand::Inquire => self.inquire(),
        }
    }

    fn take_orders(&mut self, seat: SeatId, revision: u32, orders: Orders) {
        let Some(sitting) = self.course.seat(seat) else { return };
        let view = &sitting.follower.view;
        if !self.course.waits_for(sitting) || revision != view.observation.revision {
            // What has been decided stays decided.
            return;
        }
        let problems = orders.check(&view.observation, &view.briefing);
        if problems.is_empty() {
            self.seal(seat, orders);
        } else if let Some(sitting) = self.course.seat_mut(seat) {
            sitting.follower.view.refused = problems;
            self.show_seat(seat);
        }
    }

    /// Seals a seat's orders: they are in the journal before anybody is told so.
    pub(super) fn seal(&mut self, seat: SeatId, orders: Orders) {
        let line = self.writer.sealed(seat, &orders);
        self.course.seal(seat, orders);
        self.keep(line);
        self.show_seat(seat);
    }

    pub(super) fn advance(&mut self, call: Call) {
        self.course.table.decide(&self.course.game);
        self.course.make(call, self.writer.n() + 1);
        self.pace.decided();
        let Course { game, table, record, .. } = &self.course;
        let line = self.writer.call(call, game, table.orders(), record);
        self.keep(line);
        self.settle(call, self.writer.n(), self.writer.branch());
        self.show();
    }

    /// After a call has been written in that line: takes people's orders off the table, and remembers where a turn
    /// opened.
    pub(super) fn settle(&mut self, call: Call, line: u32, branch: u32) {
        self.course.clear_people();
        if call == Call::Open {
            self.course.opened.push(line);
            let mut course = self.course.clone();
            for sitting in &mut course.seats {
                sitting.follower.call(&self.course.game);
            }
            self.moments.push(Moment { line, branch, course });
        }
    }

    /// Writes the end and opens the debrief, once.
    fn end(&mut self) {
        if let (false, Some(outcome)) = (self.course.ended, self.course.game.outcome()) {
            self.course.ended = true;
            let line = self.writer.end(self.course.game.rules(), &outcome);
            self.keep(line);
        }
        self.retry_journal();
        self.hear_inquiry();
        if self.course.debrief.is_none() {
            let debrief = self.course.chronicle.debrief(&self.course.game);
            self.course.debrief = debrief.map(|mut debrief| {
                // Only people read it here.
                if self.course.seats.iter().any(|sitting| sitting.is_person())
                    && let Some(peers) = peers(&self.course.game, self.setup.seed, FEW, 1, &|_| true)
                {
                    place(&mut debrief, &self.course.game, &peers);
                }
                Arc::new(debrief)
            });
            self.show_everybody();
        }
    }

    /// Begins to work out what would have come but for this or that, or gives it up.
    fn inquire(&mut self) {
        if self.inquiry.take().is_none() && self.course.inquired == Inquired::NotYet {
            self.inquiry = Inquiry::begin(&self.course.moments, &self.course.game);
        }
        if self.course.inquired != Inquired::Found {
            self.show_inquired(self.inquiry.as_ref().map_or(Inquired::NotYet, Inquiry::so_far));
        }
    }

    /// Puts the table of an inquiry into the debrief once it has come, and shows how far it is.
    fn hear_inquiry(&mut self) {
        if !matches!(self.course.inquired, Inquired::Working(..)) {
            // A rewind has taken the question back.
            self.inquiry = None;
        }
        let Some(inquiry) = &self.inquiry else { return };
        let Some(answer) = inquiry.answer() else { return self.show_inquired(inquiry.so_far()) };
        self.inquiry = None;
        match (answer, &self.course.debrief) {
            (Some(table), Some(debrief)) => {
                let told = Debrief { but_for: Some(table), ..Debrief::clone(debrief) };
                self.course.debrief = Some(Arc::new(told));
                self.show_inquired(Inquired::Found);
            }
            _ => self.show_inquired(Inquired::NotYet),
        }
    }

    fn show_inquired(&mut self, so_far: Inquired) {
        if self.course.inquired != so_far {
            self.course.inquired = so_far;
            self.show_everybody();
        }
    }

    /// Writes a line before anybody sees what it tells.
    pub(super) fn keep(&mut self, line: String) {
        self.boards.stir();
        self.lines.push(line);
        if let (Some(keeper), Some(line)) = (&mut self.keeper, self.lines.last()) {
            let written = keeper.write(line.clone());
            self.tell(written);
        }
    }

    fn retry_journal(&mut self) {
        if let Some(keeper) = &mut self.keeper {
            let written = keeper.catch_up();
            self.tell(written);
        }
    }

    /// Says that the journal cannot be written, or that it can again.
    fn tell(&mut self, written: Result<(), StorageError>) {
        const GOES_ON: &str = "The game goes on, and is not saved";
        match written {
            Err(error) => {
                let notice = format!("{GOES_ON}: {error}.");
                if self.notice.as_ref() != Some(&notice) {
                    self.notice = Some(notice);
                    self.show_everybody();
                }
            }
            Ok(()) => {
                if self.notice.as_ref().is_some_and(|notice| notice.starts_with(GOES_ON)) {
                    self.notice = None;
                    self.show_everybody();
                }
            }
        }
    }

    /// Shows every seat what it learned from a call.
    fn show(&mut self) {
        let Session { course, places, pace, notice, .. } = self;
        for place in places {
            let Course { game, seats, .. } = &mut *course;
            let sitting = seats.iter_mut().find(|sitting| sitting.follower.seat() == place.seat());
            let learned = sitting.is_some_and(|sitting| sitting.follower.call(game));
            if learned {
                place.send(course, *pace, notice.as_ref());
            }
        }
    }

    /// Shows a seat how things stand.
    pub(super) fn show_seat(&mut self, seat: SeatId) {
        self.boards.stir();
        if let Some(place) = self.places.iter_mut().find(|place| place.seat() == seat) {
            place.send(&self.course, self.pace, self.notice.as_ref());
        }
    }

    /// Shows every seat how things stand.
    pub(super) fn show_everybody(&mut self) {
        self.boards.stir();
        for place in &mut self.places {
            place.send(&self.course, self.pace, self.notice.as_ref());
        }
    }
}
