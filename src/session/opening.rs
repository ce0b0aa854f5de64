//! How a session is opened: with which seed and people, and why it cannot be.

use super::board::Boards;
use super::course::Course;
use super::journal::Keeper;
use super::keys::{ControlKey, SeatKey, Stamp};
use super::pace::Pace;
use super::place::Place;
use super::play::Session;
use super::runner::{NoSuchPolicy, usual_policy};
use crate::engine::{Game, Rules};
use crate::scenario::Settings;
use crate::storage::{Faults, StorageError};
use crate::trace::{
    Divergence, ENGINE, NotRebuilt, PERSON, Person, Player, ReadError, RecordKind, Seating, Setup,
    TraceWriter,
};
use crate::vocabulary::{Id, SeatId};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;

/// Who plays a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occupant {
    /// A person, at a desk.
    Person,
    /// The policy of this name.
    Policy(String),
}

impl Occupant {
    /// From the word of a record.
    pub(super) fn named(by: &str) -> Occupant {
        if by == PERSON { Occupant::Person } else { Occupant::Policy(by.to_owned()) }
    }

    /// The word of a record.
    pub fn word(&self) -> &str {
        match self {
            Occupant::Person => PERSON,
            Occupant::Policy(name) => name,
        }
    }
}

/// What a session is opened with.
#[derive(Clone, Debug, Default)]
pub struct SessionConfig {
    /// The seed.
    pub seed: u64,
    /// The run of that seed.
    pub run: u64,
    /// The settings that the rules were bound with.
    pub settings: Settings,
    /// Who plays which seat; seats that are left out are played by their usual policy.
    pub seats: Vec<(SeatId, Occupant)>,
    /// People at the seats, if more is to be known of them than that there is one: several can share a seat.
    pub people: Vec<(SeatId, Person)>,
    /// Where the journal is kept, if one is.
    pub journal: Option<PathBuf>,
    /// Faults of the journal's file, for tests.
    pub faults: Faults,
}

/// Why a session cannot be opened or resumed.
#[derive(Debug)]
pub enum SessionError {
    /// The journal's file is in the way.
    Storage(StorageError),
    /// A seat has no such policy.
    Policy(NoSuchPolicy),
    /// A seat acts by rules alone: its name.
    NoOrders(String),
    /// The file cannot be read as a journal.
    Unread(ReadError),
    /// The file is a trace, which is finished and does not resume.
    IsTrace,
    /// The recorded scenario is not accepted.
    NotRebuilt(NotRebuilt),
    /// Playing the journal again gives something else.
    Diverged(Divergence),
    /// An automated seat decides otherwise than it did: its name, and the line.
    OtherPolicy {
        /// The seat's name.
        seat: String,
        /// The line of the journal.
        line: usize,
    },
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SessionError::Storage(error) => write!(f, "{error}"),
            SessionError::Policy(error) => write!(f, "{error}"),
            SessionError::NoOrders(seat) => {
                write!(f, "`{seat}` acts by the scenario's rules and gives no orders")
            }
            SessionError::Unread(error) => write!(f, "{error}"),
            SessionError::IsTrace => {
                write!(f, "this is the trace of a finished game; only a journal can be resumed")
            }
            SessionError::NotRebuilt(error) => write!(f, "{error}"),
            SessionError::Diverged(error) => write!(f, "{error}"),
            SessionError::OtherPolicy { seat, line } => write!(
                f,
                "line {line}: the policy of `{seat}` decides otherwise in this version, so the game cannot go on as it was"
            ),
        }
    }
}

impl std::error::Error for SessionError {}

impl From<StorageError> for SessionError {
    fn from(error: StorageError) -> Self {
        SessionError::Storage(error)
    }
}

/// A session with the keys to its desks and to control.
pub type Opened = (Session, Vec<SeatKey>, ControlKey);

impl Session {
    /// Opens a game that has not begun; a key comes for every person at a seat that people play.
    ///
    /// # Errors
    /// If a policy or the journal's file is not as it should be.
    pub fn open(rules: Arc<Rules>, config: SessionConfig) -> Result<Opened, SessionError> {
        let scenario = Arc::clone(rules.scenario());
        let occupant = |seat: SeatId| {
            let given = config.seats.iter().find(|(known, _)| *known == seat);
            given.map_or_else(
                || Occupant::Policy(usual_policy(&scenario, seat).to_owned()),
                |(_, occupant)| occupant.clone(),
            )
        };
        let named =
            config.seats.iter().map(|(seat, _)| seat).chain(config.people.iter().map(|(seat, _)| seat));
        if let Some(seat) = named.into_iter().find(|seat| !scenario.players().any(|p| p == **seat)) {
            let doc = scenario.document.seats.get(seat.index());
            return Err(SessionError::NoOrders(doc.map_or_else(String::new, |doc| doc.name.clone())));
        }
        let players = scenario.players().map(|seat| Player {
            seat: scenario.document.seats[seat.index()].name.clone(),
            by: occupant(seat).word().to_owned(),
        });
        let setup = Setup {
            seed: config.seed,
            run: config.run,
            settings: config.settings,
            players: players.collect(),
        };
        let (mut writer, lines) = TraceWriter::begin(RecordKind::Journal, &scenario, ENGINE, &setup);
        let mut lines = Vec::from(lines);
        for seat in scenario.players() {
            let people = config.people.iter().filter(|(at, _)| *at == seat);
            let people: Vec<Person> = people.map(|(_, person)| person.clone()).collect();
            if !people.is_empty() {
                let seat_name = scenario.document.seats[seat.index()].name.clone();
                let by = occupant(seat).word().to_owned();
                lines.push(writer.seating(&Seating { seat: seat_name, by, people }));
            }
        }
        let game = Game::new(rules, setup.seed, setup.run);
        let mut session = Session::assemble(game, setup, writer)?;
        for (seat, person) in config.people {
            if let Some(place) = session.places.iter_mut().find(|place| place.seat() == seat) {
                place.people.push(person);
            }
        }
        if let Some(path) = &config.journal {
            let mut keeper = Keeper::create(path, config.faults)?;
            for line in &lines {
                keeper.write(line.clone())?;
            }
            session.keeper = Some(keeper);
        }
        session.lines = lines;
        session.show_everybody();
        Ok(session.with_keys())
    }

    pub(super) fn assemble(game: Game, setup: Setup, writer: TraceWriter) -> Result<Session, SessionError> {
        let players: Vec<SeatId> = game.rules().scenario().players().collect();
        let (outbox, inbox) = channel();
        Ok(Session {
            stamp: Stamp::new(),
            course: Course::new(game, &setup).map_err(SessionError::Policy)?,
            places: players.into_iter().map(Place::new).collect(),
            moments: Vec::new(),
            notes: Vec::new(),
            pace: Pace::default(),
            boards: Boards::new(),
            inbox,
            outbox,
            writer,
            lines: Vec::new(),
            keeper: None,
            notice: None,
            inquiry: None,
            setup,
        })
    }

    pub(super) fn with_keys(self) -> Opened {
        let mut keys = Vec::new();
        for place in &self.places {
            let by_person = self.course.seat(place.seat()).is_some_and(|sitting| sitting.is_person());
            if by_person && place.people.is_empty() {
                keys.push(SeatKey::new(place.seat(), Person::default(), &self.stamp));
            }
            let people = place.people.iter().filter(|_| by_person);
            keys.extend(people.map(|person| SeatKey::new(place.seat(), person.clone(), &self.stamp)));
        }
        let control = ControlKey::new(&self.stamp);
        (self, keys, control)
    }

    /// A further key to a seat's desk, for a person who sits down later or comes back.
    ///
    /// # Panics
    /// If control's key belongs to another session.
    pub fn seat_key(&self, control: &ControlKey, seat: SeatId, person: Person) -> SeatKey {
        assert!(control.fits(&self.stamp), "a key opens only the session that it was made for");
        SeatKey::new(seat, person, &self.stamp)
    }
}
