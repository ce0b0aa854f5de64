//! The session itself: it holds the game, lets seats decide, and shows each what it may see.

use super::desk::{DeskCommand, SeatDesk, SeatView};
use super::follow::Follower;
use super::journal::Keeper;
use super::keys::{ControlKey, ControlView, SeatKey, Stamp};
use super::peers::{FEW, peers, place};
use super::runner::{BUDGET, NoSuchPolicy, Table, usual_policy};
use crate::engine::{Asked, Game, Orders, Rules};
use crate::scenario::Settings;
use crate::storage::Lock;
use crate::storage::{Faults, RECORD_LIMIT, StorageError, read_bytes};
use crate::trace::{
    Call, CallRecord, Chronicle, Debrief, Divergence, ENGINE, NotRebuilt, PERSON, Player, ReadError,
    RecordKind, Replay, Setup, TraceFile, TraceWriter, rebuild, verify,
};
use crate::vocabulary::{Id, SeatId};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Who plays a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occupant {
    /// A person, at a desk.
    Person,
    /// The policy of this name.
    Policy(String),
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

/// What a session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A person has to decide.
    Waiting,
    /// The game is over.
    Over,
    /// The game does not end: it used up its budget of calls.
    OverBudget,
}

/// A person's place.
#[derive(Debug)]
struct Place {
    follower: Follower,
    views: Option<Sender<SeatView>>,
    sealed: bool,
}

/// One game from start to end.
#[derive(Debug)]
pub struct Session {
    stamp: Stamp,
    game: Game,
    setup: Setup,
    table: Table,
    places: Vec<Place>,
    inbox: Receiver<(SeatId, DeskCommand)>,
    outbox: Sender<(SeatId, DeskCommand)>,
    record: CallRecord,
    chronicle: Chronicle,
    writer: TraceWriter,
    keeper: Option<Keeper>,
    notice: Option<String>,
    debrief: Option<Arc<Debrief>>,
    calls: u32,
    ended: bool,
}

/// A session with the keys to its desks and to control.
pub type Opened = (Session, Vec<SeatKey>, ControlKey);

impl Session {
    /// Opens a game that has not begun; a key comes for every seat that a person plays.
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
        if let Some((seat, _)) = config.seats.iter().find(|(seat, _)| !scenario.players().any(|p| p == *seat))
        {
            let doc = scenario.document.seats.get(seat.index());
            return Err(SessionError::NoOrders(doc.map_or_else(String::new, |doc| doc.name.clone())));
        }
        let players = scenario.players().map(|seat| Player {
            seat: scenario.document.seats[seat.index()].name.clone(),
            by: match occupant(seat) {
                Occupant::Person => PERSON.to_owned(),
                Occupant::Policy(name) => name,
            },
        });
        let setup = Setup {
            seed: config.seed,
            run: config.run,
            settings: config.settings,
            players: players.collect(),
        };
        let (writer, lines) = TraceWriter::begin(RecordKind::Journal, &scenario, ENGINE, &setup);
        let game = Game::new(rules, setup.seed, setup.run);
        let mut session = Session::assemble(game, setup, writer)?;
        if let Some(path) = &config.journal {
            let mut keeper = Keeper::create(path, config.faults)?;
            for line in lines {
                keeper.write(line)?;
            }
            session.keeper = Some(keeper);
        }
        session.catch_up_views();
        Ok(session.with_keys())
    }

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
        let writer = TraceWriter::resume(rules.scenario(), last, file.last);
        let mut session = Session::assemble(game, setup, writer)?;
        session.replay(&file)?;
        session.keeper = Some(Keeper::open(path, lock, file.length, faults)?);
        session.ended = file.ended();
        session.notice = file.torn.map(|line| {
            format!("Line {line} of the journal was cut off when the program stopped; what it told is decided again.")
        });
        session.catch_up_views();
        Ok(session.with_keys())
    }

    fn assemble(game: Game, setup: Setup, writer: TraceWriter) -> Result<Session, SessionError> {
        let scenario = Arc::clone(game.rules().scenario());
        let named =
            setup.players.iter().filter_map(|player| Some((scenario.seat(&player.seat)?, &player.by)));
        let (people, policies): (Vec<_>, Vec<_>) = named.partition(|(_, by)| *by == PERSON);
        let policies: Vec<_> = policies.into_iter().map(|(seat, by)| (seat, by.clone())).collect();
        let table = Table::new(&game, setup.seed, setup.run, &policies).map_err(SessionError::Policy)?;
        let places = people.into_iter().map(|(seat, _)| Place {
            follower: Follower::new(&game, seat),
            views: None,
            sealed: false,
        });
        let (outbox, inbox) = channel();
        Ok(Session {
            stamp: Stamp::new(),
            places: places.collect(),
            table,
            inbox,
            outbox,
            record: CallRecord::default(),
            chronicle: Chronicle::new(&scenario, &setup),
            writer,
            keeper: None,
            notice: None,
            debrief: None,
            calls: 0,
            ended: false,
            game,
            setup,
        })
    }

    fn with_keys(self) -> Opened {
        let keys = self.places.iter().map(|place| SeatKey::new(place.seat(), &self.stamp)).collect();
        let control = ControlKey::new(&self.stamp);
        (self, keys, control)
    }

    /// The desk of a key's seat.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn desk(&mut self, key: SeatKey) -> SeatDesk {
        assert!(key.fits(&self.stamp), "a key opens only the session that it was made for");
        let (sender, receiver) = channel();
        let place = self.places.iter_mut().find(|place| place.seat() == key.seat());
        let place = place.expect("every key has its place");
        place.views = Some(sender);
        SeatDesk::new(place.seat(), place.follower.view.clone(), receiver, self.outbox.clone())
    }

    /// The truth, for control.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn control(&self, key: &ControlKey) -> ControlView<'_> {
        assert!(key.fits(&self.stamp), "a key opens only the session that it was made for");
        ControlView::new(&self.game, &self.setup)
    }

    /// Takes in what the desks sent and goes on as far as the game can without a person.
    pub fn pump(&mut self) -> Progress {
        while let Ok((seat, command)) = self.inbox.try_recv() {
            self.take(seat, command);
        }
        loop {
            let Some(call) = Call::next(&self.game) else {
                self.end();
                return Progress::Over;
            };
            if self.calls >= BUDGET {
                return Progress::OverBudget;
            }
            if self.places.iter().any(|place| !place.sealed && self.asks(place.seat())) {
                self.retry_journal();
                return Progress::Waiting;
            }
            self.advance(call);
        }
    }

    /// Whether the next call takes a decision of the seat.
    fn asks(&self, seat: SeatId) -> bool {
        self.game.observation(seat).asked != Asked::Nothing
    }

    fn take(&mut self, seat: SeatId, command: DeskCommand) {
        let DeskCommand::Seal { revision, orders } = command;
        let asked = self.asks(seat);
        let Some(place) = self.places.iter_mut().find(|place| place.seat() == seat) else { return };
        let current = asked && !place.sealed && revision == place.follower.view.observation.revision;
        if !current {
            // What has been decided stays decided.
            return;
        }
        let problems = orders.check(&place.follower.view.observation, &place.follower.view.briefing);
        if problems.is_empty() {
            place.sealed = true;
            *self.table.orders_of(seat) = orders;
        } else {
            place.follower.view.refused = problems;
            place.send();
        }
    }

    fn advance(&mut self, call: Call) {
        self.table.decide(&self.game);
        self.make(call);
        let line = self.writer.call(call, &self.game, self.table.orders(), &self.record);
        self.keep(line);
        self.clear_people();
        self.show();
    }

    /// Makes a call with the orders on the table.
    fn make(&mut self, call: Call) {
        self.calls += 1;
        self.record.clear();
        call.make(&mut self.game, self.table.orders(), &mut self.record);
        self.chronicle.call(&self.record, &self.game);
    }

    fn clear_people(&mut self) {
        for place in &mut self.places {
            place.sealed = false;
            self.table.orders_of(place.seat()).clear();
        }
    }

    /// Plays the journal's calls again; automated seats decide again, so that their memory is as it was.
    fn replay(&mut self, file: &TraceFile) -> Result<(), SessionError> {
        let rules = Arc::clone(self.game.rules());
        let mut replay = Replay::new(file, &rules);
        for line in &file.lines {
            let Some(call) = replay.step().map_err(SessionError::Diverged)? else { break };
            self.table.decide(&self.game);
            for seat in self.table.seats() {
                if replay.orders().get(seat.index()) != self.table.orders().get(seat.index()) {
                    let seat = rules.scenario().document.seats[seat.index()].name.clone();
                    return Err(SessionError::OtherPolicy { seat, line: line.number });
                }
            }
            for place in &self.places {
                if let Some(orders) = replay.orders().get(place.seat().index()) {
                    *self.table.orders_of(place.seat()) = Orders::clone(orders);
                }
            }
            self.make(call);
            self.clear_people();
            for place in &mut self.places {
                place.follower.call(&self.game);
            }
        }
        Ok(())
    }

    /// Writes the end and opens the debrief, once.
    fn end(&mut self) {
        if let (false, Some(outcome)) = (self.ended, self.game.outcome()) {
            self.ended = true;
            let line = self.writer.end(self.game.rules(), &outcome);
            self.keep(line);
        }
        self.retry_journal();
        if self.debrief.is_none() {
            let debrief = self.chronicle.debrief(&self.game);
            self.debrief = debrief.map(|mut debrief| {
                // Only people read it here.
                if !self.places.is_empty()
                    && let Some(peers) = peers(&self.game, self.setup.seed, FEW, 1, &|_| true)
                {
                    place(&mut debrief, &self.game, &peers);
                }
                Arc::new(debrief)
            });
            for place in &mut self.places {
                place.follower.view.debrief.clone_from(&self.debrief);
                place.send();
            }
        }
    }

    fn keep(&mut self, line: String) {
        if let Some(keeper) = &mut self.keeper {
            let written = keeper.write(line);
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
                    self.catch_up_views();
                }
            }
            Ok(()) => {
                if self.notice.as_ref().is_some_and(|notice| notice.starts_with(GOES_ON)) {
                    self.notice = None;
                    self.catch_up_views();
                }
            }
        }
    }

    /// Shows every person what its seat learned.
    fn show(&mut self) {
        for place in &mut self.places {
            if place.follower.call(&self.game) {
                place.follower.view.notice.clone_from(&self.notice);
                place.send();
            }
        }
    }

    /// Shows every person the notice of the hour.
    fn catch_up_views(&mut self) {
        for place in &mut self.places {
            place.follower.view.notice.clone_from(&self.notice);
            place.send();
        }
    }
}

impl Place {
    fn seat(&self) -> SeatId {
        self.follower.seat()
    }

    fn send(&mut self) {
        self.follower.view.revision += 1;
        if let Some(views) = &self.views {
            // A desk that is gone sees nothing more; its seat waits until the game is left or resumed.
            let _ = views.send(self.follower.view.clone());
        }
    }
}
