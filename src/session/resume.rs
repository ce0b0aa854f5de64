//! Going on with the game of a journal: every line is done again, on every branch, so that everything is as it was.

use super::course::Course;
use super::journal::Keeper;
use super::opening::{Occupant, Opened, SessionError};
use super::pace::limit;
use super::play::Session;
use super::talk::Said;
use crate::engine::{Game, Orders};
use crate::storage::{Faults, Lock, RECORD_LIMIT, read_bytes};
use crate::trace::{
    Call, Content, Divergence, Entry, NamedOrders, RecordKind, RecordedLine, Seating, TraceFile, TraceWriter,
    rebuild, verify,
};
use crate::vocabulary::{Id, SeatId};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

impl Session {
    /// Goes on with the game of a journal. The journal is verified first; a torn last line is dropped, which the
    /// views' notice says.
    ///
    /// # Errors
    /// If the file is no sound journal of this version, is held by another process, or cannot be written.
    pub fn resume(path: &Path, faults: Faults) -> Result<Opened, SessionError> {
        let bytes = read_bytes(path, RECORD_LIMIT)?;
        let lock = Lock::take(path)?;
        let file = TraceFile::read(&bytes).map_err(SessionError::Unread)?;
        if file.header.record == RecordKind::Trace {
            return Err(SessionError::IsTrace);
        }
        let rules = rebuild(&file).map_err(SessionError::NotRebuilt)?;
        verify(&file, &rules).map_err(SessionError::Diverged)?;
        let setup = file.setup().map_err(|_| SessionError::IsTrace)?;
        let game = Game::new(Arc::clone(&rules), setup.seed, setup.run);
        let last = u32::try_from(file.line_count()).unwrap_or(u32::MAX);
        let writer = TraceWriter::resume(rules.scenario(), last, file.branch(), file.last);
        let mut session = Session::assemble(game, setup, writer)?;
        for line in &file.lines {
            session.do_again(line)?;
        }
        session.lines = String::from_utf8_lossy(&bytes[..file.length]).lines().map(str::to_owned).collect();
        session.keeper = Some(Keeper::open(path, lock, file.length, faults)?);
        session.course.ended = file.ended();
        session.notice = file.torn.map(|line| {
            format!("Line {line} of the journal was cut off when the program stopped; what it told is decided again.")
        });
        session.show_everybody();
        Ok(session.with_keys())
    }

    fn do_again(&mut self, line: &RecordedLine) -> Result<(), SessionError> {
        let number = number_of(line.number);
        match &line.content {
            Content::Call(orders) => self.call_again(line, orders)?,
            Content::Control(act) => {
                let act = self.writer.names().read_act(act).map_err(|why| unread(line, "act", why))?;
                self.course.control(&act, number);
                self.course.learn_of_control();
            }
            Content::Seat(seating) => self.sit_again(line, seating)?,
            Content::Sealed(sealed) => {
                let (seat, orders) = self.orders_of(line, &sealed.seat, &sealed.orders)?;
                self.course.seal(seat, orders);
            }
            Content::Talk(talk) => {
                let said = Said::read(talk, self.writer.names());
                self.course.talk.push(said.ok_or_else(|| unread(line, "to", "nobody known".to_owned()))?);
                self.course.tell(&Entry::Talk(talk), number);
            }
            Content::Note(note) => {
                self.notes.push(note.clone());
                if let Some(seconds) = note.clock {
                    self.pace.set(limit(seconds));
                }
                self.course.tell(&Entry::Note(note), number);
            }
            Content::Fork(fork) => {
                if !self.go_back_to(number_of(line.parent), fork.salt) {
                    return Err(unread(line, "parent", "no turn opens there".to_owned()));
                }
                self.course.tell(&Entry::Fork(fork), number);
            }
            Content::End => {}
        }
        Ok(())
    }

    /// Makes a recorded call; automated seats decide again, so that their memory is as it was.
    fn call_again(
        &mut self,
        line: &RecordedLine,
        given: &BTreeMap<String, NamedOrders>,
    ) -> Result<(), SessionError> {
        let rules = Arc::clone(self.course.game.rules());
        let call = Call::next(&self.course.game).filter(|call| call.kind() == line.kind);
        let call = call.ok_or_else(|| unread(line, "kind", "another call".to_owned()))?;
        let mut orders = vec![Orders::default(); rules.seats()];
        for (seat, named) in given {
            let (seat, given) = self.orders_of(line, seat, named)?;
            orders[seat.index()] = given;
        }
        self.course.table.decide(&self.course.game);
        for seat in self.course.table.seats() {
            if orders.get(seat.index()) != self.course.table.orders().get(seat.index()) {
                let seat = rules.scenario().document.seats[seat.index()].name.clone();
                return Err(SessionError::OtherPolicy { seat, line: line.number });
            }
        }
        let people = self.course.seats.iter().filter(|sitting| sitting.is_person());
        let people: Vec<SeatId> = people.map(|sitting| sitting.follower.seat()).collect();
        for seat in people {
            *self.course.table.orders_of(seat) = std::mem::take(&mut orders[seat.index()]);
        }
        self.course.make(call, number_of(line.number));
        self.settle(call, number_of(line.number), line.branch);
        let Course { game, seats, .. } = &mut self.course;
        for sitting in seats {
            sitting.follower.call(game);
        }
        Ok(())
    }

    fn sit_again(&mut self, line: &RecordedLine, seating: &Seating) -> Result<(), SessionError> {
        let seat = self.writer.names().find_seat(&seating.seat);
        let seat = seat.ok_or_else(|| unread(line, "seat", "no such seat".to_owned()))?;
        let to = Occupant::named(&seating.by);
        if self.course.seat(seat).is_some_and(|sitting| sitting.by != to) {
            self.course.sit(seat, &to, &self.setup).map_err(SessionError::Policy)?;
        }
        if seating.people.is_empty() {
            self.course.tell(&Entry::Seat(seating), number_of(line.number));
        }
        if let (false, Some(place)) =
            (seating.people.is_empty(), self.places.iter_mut().find(|place| place.seat() == seat))
        {
            place.people.clone_from(&seating.people);
        }
        Ok(())
    }

    fn orders_of(
        &self,
        line: &RecordedLine,
        seat: &str,
        orders: &NamedOrders,
    ) -> Result<(SeatId, Orders), SessionError> {
        let names = self.writer.names();
        let seat = names.find_seat(seat).ok_or_else(|| unread(line, "orders", "no such seat".to_owned()))?;
        Ok((seat, names.read(orders).map_err(|why| unread(line, "orders", why))?))
    }
}

/// A line's number as records count.
fn number_of(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// A line that the check of the record should have refused.
fn unread(line: &RecordedLine, field: &str, why: String) -> SessionError {
    SessionError::Diverged(Divergence {
        line: line.number,
        field: field.to_owned(),
        recorded: "what cannot be read".to_owned(),
        replayed: why,
    })
}
