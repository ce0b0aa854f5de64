//! Seats over SSH: every participant at a terminal of their own, with nothing to install.
//!
//! The session has one owner, the thread that calls [`Host::serve`]. It alone lets the game go on. Each place, which is a
//! person's at a seat or control's, has a station, which holds its desk and screen; connections carry bytes to and from
//! stations and know nothing else.
//!
//! ```text
//! socket -> line (paced) -> protocol -> visitor -> station: desk, screen
//! socket <- line (cut if stuck) <- protocol <- outlet <-'      | orders, views
//!                                                           session
//! ```
//!
//! What a connection may cost is in `limits`. Who may enter is in the roster: a seat's passcode opens it once. All
//! clocks and threads of a hosted game are here, and none of them reaches its rules.

mod door;
mod limits;
mod line;
mod note;
mod outlet;
mod passcode;
mod roster;
mod scene;
mod station;
mod suspects;
mod visitor;

pub use note::{Departure, Happened, Note, Proof, Refusal};
pub use passcode::Passcode;
pub use std::net::SocketAddr as Address;

use crate::session::{ControlKey, Progress, SeatKey, Session};
use door::Door;
use note::Notes;
use roster::{PlaceId, Roster};
use russh::keys::{Algorithm, HashAlg, PrivateKey, PublicKey, ssh_key};
use russh::server::{Config, run_stream};
use russh::{MethodKind, MethodSet, SshId};
use scene::{ControlScene, Scene, SeatScene};
use station::{Knock, Station};
use std::fmt;
use std::io;
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};
use suspects::Suspects;
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, watch};
use visitor::Visitor;

/// How often the owner looks for signals and wishes while nobody decides anything.
const TICK: Duration = Duration::from_millis(100);
/// How often what happened in bulk is summed up.
const SUMMARY: Duration = Duration::from_secs(10);
/// Notes that are told in one tick.
const TOLD: usize = 32;

/// The host's own key, by which participants know it again.
#[derive(Clone)]
pub struct HostKey(PrivateKey);

impl HostKey {
    /// A new key.
    ///
    /// # Errors
    /// If the system has no luck to give.
    pub fn new() -> Result<Self, String> {
        PrivateKey::random(&mut rand::rng(), Algorithm::Ed25519)
            .map(HostKey)
            .map_err(|error| error.to_string())
    }

    /// Reads a key as it was written.
    ///
    /// # Errors
    /// If that is no private key.
    pub fn read(text: &str) -> Result<Self, String> {
        PrivateKey::from_openssh(text).map(HostKey).map_err(|error| error.to_string())
    }

    /// The key as text. It is a secret: who has it can pass for this host.
    ///
    /// # Errors
    /// If the key cannot be written.
    pub fn to_text(&self) -> Result<String, String> {
        let text = self.0.to_openssh(ssh_key::LineEnding::LF).map_err(|error| error.to_string())?;
        Ok(text.as_str().to_owned())
    }

    /// What a client shows on its first connection.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }
}

impl fmt::Debug for HostKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostKey({})", self.fingerprint())
    }
}

/// Public keys that open seats: lines of a user name and a key as `ssh-keygen` writes it.
///
/// # Errors
/// The first line that is not of that form.
pub fn read_keys(text: &str) -> Result<Vec<(String, SeatPublicKey)>, String> {
    let mut keys = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, key) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let key = PublicKey::from_openssh(key.trim())
            .map_err(|error| format!("line {}: expected SEAT and a public key: {error}", number + 1))?;
        keys.push((name.to_owned(), SeatPublicKey(key)));
    }
    Ok(keys)
}

/// An address to listen at.
///
/// # Errors
/// If it is not an address with a port.
pub fn read_address(text: &str) -> Result<Address, String> {
    text.parse().map_err(|_| format!("`{text}` is no address: expected one such as 127.0.0.1:2222"))
}

/// A public key that opens a seat.
#[derive(Clone, Debug)]
pub struct SeatPublicKey(PublicKey);

/// A place that is entered over SSH: with a [`SeatKey`] a person's at a seat, with the [`ControlKey`] control's.
#[derive(Debug)]
pub struct Hosted<K> {
    /// The user name that asks for it; people who share a seat share it.
    pub user: String,
    /// What the place is called at the console and in the log, which is its own.
    pub name: String,
    /// Its key, which decides what is shown there.
    pub key: K,
    /// Public keys that open it.
    pub public_keys: Vec<SeatPublicKey>,
    /// When its first passcode is issued.
    pub first_passcode: FirstPasscode,
}

/// When the first passcode of a place is issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstPasscode {
    /// At once: somebody is expected there.
    AtOnce,
    /// When the warden wishes it: a policy plays the seat, or a public key opens it.
    OnWish,
}

/// Whoever runs the host: is told what happens, and says what is wanted.
pub trait Warden {
    /// A passcode for a seat, to be handed to its participant, who types the user name.
    fn issued(&mut self, user: &str, seat: &str, code: &Passcode);
    /// Something happened.
    fn noted(&mut self, note: &Note);
    /// The game is over, or does not end.
    fn finished(&mut self, progress: Progress);
    /// The name of a seat that needs a fresh passcode.
    fn wish(&mut self) -> Option<String>;
    /// No seat is called so; these are.
    fn unknown(&mut self, seat: &str, names: &[String]);
    /// Why the host is to end, once it is.
    fn ending(&mut self) -> Option<String>;
}

/// A host that listens, and serves nobody yet.
#[derive(Debug)]
pub struct Host {
    listener: TcpListener,
    key: HostKey,
}

/// Places while they are set up.
struct Places<'a> {
    roster: Roster,
    stations: Vec<mpsc::Sender<Knock>>,
    /// Where somebody is expected.
    expected: Vec<PlaceId>,
    runtime: &'a Runtime,
    rounds: watch::Receiver<u64>,
    ending: watch::Receiver<Option<String>>,
    decided: SyncSender<()>,
    notes: Notes,
}

impl Places<'_> {
    /// Adds a place whose key opens a scene.
    fn add<K, S: Scene>(&mut self, hosted: Hosted<K>, open: impl FnOnce(K) -> S) {
        let Hosted { user, name, key, public_keys, first_passcode } = hosted;
        let place = self.roster.add(user, name.clone());
        for key in public_keys {
            self.roster.add_key(place, key.0);
        }
        self.expected.extend((first_passcode == FirstPasscode::AtOnce).then_some(place));
        let station = Station::new(name, open(key), self.decided.clone(), self.notes.clone());
        let (send, inbox) = mpsc::channel(limits::INBOX);
        self.runtime.spawn(station.serve(inbox, self.rounds.clone(), self.ending.clone()));
        self.stations.push(send);
    }
}

/// What connections share.
struct Hall {
    roster: Roster,
    /// The way to the station of each place.
    stations: Vec<mpsc::Sender<Knock>>,
    suspects: Suspects,
    notes: Notes,
}

impl Host {
    /// Listens at an address.
    ///
    /// # Errors
    /// If the address is taken, or not one of this machine.
    pub fn listen(address: Address, key: HostKey) -> io::Result<Host> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Host { listener, key })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// If the system does not tell.
    pub fn address(&self) -> io::Result<Address> {
        self.listener.local_addr()
    }

    /// Serves a session's seats and control's desk until the warden ends it. Then every terminal is given back with the
    /// warden's words.
    ///
    /// # Errors
    /// If the system gives no threads or sockets.
    pub fn serve(
        self,
        mut session: Session,
        seats: Vec<Hosted<SeatKey>>,
        control: Hosted<ControlKey>,
        warden: &mut dyn Warden,
    ) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let (notes, noted) = Notes::new();
        let (rounds, rounds_seen) = watch::channel(0);
        let (end, ending) = watch::channel(None);
        // A signal that waits already says all that another would.
        let (decided, decisions) = sync_channel(1);
        let mut places = Places {
            roster: Roster::default(),
            stations: Vec::new(),
            expected: Vec::new(),
            runtime: &runtime,
            rounds: rounds_seen,
            ending,
            decided,
            notes: notes.clone(),
        };
        for seat in seats {
            places.add(seat, |key| SeatScene::new(session.desk(key)));
        }
        places.add(control, |key| ControlScene::new(session.control_desk(&key)));
        let Places { roster, stations, expected, .. } = places;
        let mut owner = Owner { session, rounds, progress: None };
        let hall = Arc::new(Hall {
            roster: roster.clone(),
            stations,
            suspects: Suspects::default(),
            notes: notes.clone(),
        });
        let door = Door::default();
        self.admit(&runtime, hall, door.clone())?;
        let mut office =
            Office { roster, door: door.clone(), notes, noted, summed: Instant::now(), warned: None };
        for place in expected {
            office.issue(place, warden);
        }
        // A bug in the game must not leave anybody's terminal as it was drawn.
        let ended = catch_unwind(AssertUnwindSafe(|| {
            loop {
                owner.go_on(&decisions, warden);
                office.work(warden);
                if let Some(words) = warden.ending() {
                    break words;
                }
            }
        }));
        let words =
            ended.as_ref().map_or("offramp failed; the host has to be started again.", String::as_str);
        end.send_replace(Some(words.to_owned()));
        runtime.block_on(door.wait_for_leave());
        ended.map(drop).or_else(|panic| resume_unwind(panic))
    }

    /// Lets connections in.
    fn admit(self, runtime: &Runtime, hall: Arc<Hall>, door: Door) -> io::Result<()> {
        let config = Arc::new(config(&self.key, hall.methods()));
        let _inside = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        runtime.spawn(async move {
            loop {
                match listener.accept().await {
                    Ok((socket, from)) => {
                        let (near, far) = tokio::io::duplex(limits::PIPE);
                        let line = tokio::spawn(line::carry(socket, far)).abort_handle();
                        let visit = door.open(line.clone());
                        let visitor = Visitor::new(Arc::clone(&hall), from, visit, line);
                        let config = Arc::clone(&config);
                        tokio::spawn(async move {
                            // How a connection that never sat down ends is of no account; a station sees its own end.
                            if let Ok(session) = run_stream(config, near, visitor).await {
                                let _ = session.await;
                            }
                        });
                    }
                    // Out of file handles, most likely: some will be free again soon.
                    Err(_) => tokio::time::sleep(TICK).await,
                }
            }
        });
        Ok(())
    }
}

impl Hall {
    /// By what somebody may prove a right to a seat.
    fn methods(&self) -> MethodSet {
        let mut methods = MethodSet::empty();
        if self.roster.has_keys() {
            methods.push(MethodKind::PublicKey);
        }
        methods.push(MethodKind::Password);
        methods
    }
}

fn config(key: &HostKey, methods: MethodSet) -> Config {
    Config {
        server_id: SshId::Standard("SSH-2.0-offramp".into()),
        methods,
        // The visitor times its own refusals; a key that opens nothing is no secret.
        auth_rejection_time: Duration::ZERO,
        keys: vec![key.0.clone()],
        window_size: limits::WINDOW,
        maximum_packet_size: limits::PACKET,
        channel_buffer_size: 1,
        event_buffer_size: 1,
        max_auth_attempts: limits::TRIES + limits::OFFERS,
        inactivity_timeout: Some(limits::NAMING),
        keepalive_interval: Some(limits::KEEPALIVE),
        keepalive_max: limits::UNANSWERED,
        ..Config::default()
    }
}

/// The session and the one thread that lets it go on.
struct Owner {
    session: Session,
    rounds: watch::Sender<u64>,
    progress: Option<Progress>,
}

impl Owner {
    /// Waits for a decision, but not for long, and lets the session go on.
    fn go_on(&mut self, decisions: &Receiver<()>, warden: &mut dyn Warden) {
        // The first time nothing has to be decided for something to be shown.
        if self.progress.is_some() {
            let _ = decisions.recv_timeout(TICK);
        }
        // Even without a decision: a journal that could not be written is tried again.
        let progress = self.session.pump();
        self.rounds.send_modify(|round| *round += 1);
        if self.progress.replace(progress) != Some(progress) && progress != Progress::Waiting {
            warden.finished(progress);
        }
    }
}

/// What is told to the warden, and what it wishes.
struct Office {
    roster: Roster,
    door: Door,
    notes: Notes,
    noted: Receiver<Note>,
    summed: Instant,
    /// The last warning that was told.
    warned: Option<Happened>,
}

impl Office {
    fn issue(&self, place: PlaceId, warden: &mut dyn Warden) {
        let code = self.roster.issue(place);
        warden.issued(&self.roster.user(place), &self.roster.name(place), &code);
    }

    fn work(&mut self, warden: &mut dyn Warden) {
        for note in self.noted.try_iter().take(TOLD) {
            // Every seat is warned of the same; the warden need not hear it from each.
            if matches!(note.what, Happened::Warned { .. })
                && self.warned.replace(note.what.clone()) == Some(note.what.clone())
            {
                continue;
            }
            warden.noted(&note);
        }
        if self.summed.elapsed() >= SUMMARY {
            self.summed = Instant::now();
            self.door.settle(&self.notes);
            self.notes.settle();
        }
        while let Some(name) = warden.wish() {
            match self.roster.find(&name) {
                Some(place) => self.issue(place, warden),
                None => warden.unknown(&name, &self.roster.names()),
            }
        }
    }
}
