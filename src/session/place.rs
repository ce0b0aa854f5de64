//! A seat's place at the table: the people who may sit there, and the desks that they sit at.

use super::control::Attendance;
use super::course::{Course, Sitting};
use super::desk::{DeskNumber, Hands, SeatDesk, SeatView, TableView};
use super::pace::Pace;
use crate::trace::{Person, Role};
use crate::vocabulary::SeatId;
use std::sync::mpsc::{Sender, channel};

/// A desk of a place.
#[derive(Debug)]
struct End {
    number: u32,
    person: Person,
    views: Sender<SeatView>,
    revision: u32,
    /// Whether somebody sits there.
    here: bool,
}

/// A seat's place.
#[derive(Debug)]
pub(super) struct Place {
    seat: SeatId,
    /// People who are named, at whatever desk.
    pub people: Vec<Person>,
    ends: Vec<End>,
    opened: u32,
}

impl Place {
    pub fn new(seat: SeatId) -> Self {
        Place { seat, people: Vec::new(), ends: Vec::new(), opened: 0 }
    }

    pub fn seat(&self) -> SeatId {
        self.seat
    }

    /// A new desk.
    pub fn open(
        &mut self,
        person: Person,
        view: SeatView,
        commands: Sender<(DeskNumber, super::desk::DeskCommand)>,
    ) -> SeatDesk {
        let (views, receiver) = channel();
        let number = self.opened;
        self.opened += 1;
        self.ends.push(End { number, person, views, revision: view.revision, here: true });
        SeatDesk::new((self.seat, number), view, receiver, commands)
    }

    /// Who sits at a desk.
    pub fn person(&self, number: u32) -> Option<&Person> {
        self.ends.iter().find(|end| end.number == number).map(|end| &end.person)
    }

    /// Whose desks are open, and who of them is there.
    pub fn attendance(&self) -> Vec<Attendance> {
        self.ends.iter().map(|end| Attendance { person: end.person.clone(), here: end.here }).collect()
    }

    /// Somebody sits down at a desk, or rises from it.
    pub fn attend(&mut self, number: u32, here: bool) {
        if let Some(end) = self.ends.iter_mut().find(|end| end.number == number) {
            end.here = here;
        }
    }

    /// Whether the desk's person seals the seat's orders.
    pub fn leads(&self, number: u32) -> bool {
        self.person(number).is_some_and(|person| person.role == Role::Lead)
    }

    /// Sends every desk what its person may see.
    pub fn send(&mut self, course: &Course, pace: Pace, notice: Option<&String>) {
        let Some(sitting) = course.seat(self.seat) else { return };
        self.ends.retain_mut(|end| {
            end.revision += 1;
            let view = view(sitting, course, end.person.clone(), pace, notice, end.revision);
            // A desk that is gone sees nothing more; its seat waits until somebody sits down again.
            end.views.send(view).is_ok()
        });
    }
}

/// What a person at a seat may see.
pub(super) fn view(
    sitting: &Sitting,
    course: &Course,
    person: Person,
    pace: Pace,
    notice: Option<&String>,
    revision: u32,
) -> SeatView {
    let seat = sitting.follower.seat();
    let hands = match (sitting.is_person(), sitting.sealed) {
        (false, _) => Hands::Policy,
        (true, true) => Hands::Sealed,
        (true, false) => Hands::Open,
    };
    let talk = course.talk.iter().filter(|said| said.reaches(seat)).cloned().collect();
    SeatView {
        revision,
        notice: notice.cloned(),
        debrief: course.debrief.clone(),
        inquired: course.inquired,
        table: TableView { person, hands, pace, talk },
        ..sitting.follower.view.clone()
    }
}
