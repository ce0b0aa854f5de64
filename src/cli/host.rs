//! `offramp host`: seats over SSH.

#[cfg(feature = "ssh")]
mod console;
#[cfg(feature = "ssh")]
mod folder;

use super::exit::{Exit, Failure};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

/// Serves a crisis to people at their own terminals, over SSH.
///
/// Prints a passcode for each seat. A participant types `ssh -p 2222 SEAT@HOST` and the passcode, which opens the seat
/// once. Type a seat's name to get a fresh passcode for it; Ctrl-C ends. Needs a build with the cargo feature `ssh`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp host august-2015 --save exercise\n  \
                        offramp host august-2015 --seat rok --seat us --listen 192.0.2.7:2222 --save exercise\n  \
                        offramp host --resume exercise")]
pub struct Host {
    /// A path, or the name of a shipped scenario.
    #[arg(required_unless_present = "resume")]
    scenario: Option<OsString>,
    /// Where to listen. Only this machine reaches the address unless it is one of the network's.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:2222")]
    listen: String,
    /// A seat for a person; all seats if absent. The others can change hands later.
    #[arg(long, value_name = "SEAT")]
    seat: Vec<String>,
    /// Who plays another seat: base, random, passive, record, keeper, or a doctrine of the scenario.
    #[arg(long, value_name = "SEAT=NAME")]
    policy: Vec<String>,
    /// An adviser at a person's seat, with a passcode of their own: sees what the seat sees, and seals nothing.
    #[arg(long, value_name = "SEAT=NAME")]
    adviser: Vec<String>,
    /// The seed of all luck; drawn anew if absent, and told in the debrief.
    #[arg(long)]
    seed: Option<u64>,
    /// Public keys that open seats: lines of SEAT and a key. Such a seat gets no passcode unless you ask for one.
    #[arg(long, value_name = "FILE")]
    authorized_keys: Option<PathBuf>,
    /// Keep the game, the host's key and a log in this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "resume")]
    save: Option<PathBuf>,
    /// Go on with the game of this folder; every seat gets a new passcode.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["scenario", "seat", "policy", "adviser", "seed"])]
    resume: Option<PathBuf>,
}

#[cfg(not(feature = "ssh"))]
impl Host {
    /// Says what is missing.
    pub fn run(&self, _: &mut dyn Write) -> Result<Exit, Failure> {
        let Host {
            scenario,
            listen,
            seat: _,
            policy: _,
            adviser: _,
            seed: _,
            authorized_keys: _,
            save: _,
            resume,
        } = self;
        let what =
            scenario.clone().or_else(|| resume.clone().map(PathBuf::into_os_string)).unwrap_or_default();
        Err(Failure::usage(format!(
            "'{}' cannot be served at {listen}: this offramp was built without SSH; build it with `--features ssh`",
            what.display()
        )))
    }
}

#[cfg(feature = "ssh")]
mod serving {
    use super::super::play::{drawn_seed, resume_failure, session_failure};
    use super::super::{say, scenario, seats};
    use super::console::Console;
    use super::folder::Folder;
    use super::{Exit, Failure, Host, Write};
    use crate::host::{self, FirstPasscode, HostKey, HostedSeat, SeatPublicKey};
    use crate::scenario::{Scenario, Settings};
    use crate::session::{ControlKey, Occupant, Opened, Person, Role, SeatKey, Session, SessionConfig};
    use crate::storage::{Faults, SCENARIO_LIMIT, read_text};
    use crate::vocabulary::{Id, SeatId};
    use std::sync::Arc;

    impl Host {
        /// Sets the game up and serves it until a signal ends it.
        pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
            let folder = match (&self.save, &self.resume) {
                (Some(path), _) => Some(Folder::create(path)?),
                (None, Some(path)) => Some(Folder::open(path)?),
                (None, None) => None,
            };
            let public_keys = self.public_keys()?;
            let key = match &folder {
                Some(folder) => folder.key()?,
                None => HostKey::new().map_err(|why| Failure::new(Exit::Io, why))?,
            };
            let address = host::read_address(&self.listen).map_err(Failure::usage)?;
            let host = host::Host::listen(address, key.clone()).map_err(|error| {
                Failure::new(Exit::Io, format!("cannot listen at {}: {error}", self.listen))
            })?;
            let (session, keys, control) = self.session(folder.as_ref())?;
            let hosted = hosted(&session, keys, &control, public_keys)?;
            let scenario = Arc::clone(session.control(&control).game().rules().scenario());
            let address = host.address()?;
            writeln!(out, "{} at {address}, host key {}", scenario.document.name, key.fingerprint())?;
            if folder.is_none() {
                writeln!(out, "This game is not saved; --save DIR keeps it.")?;
            }
            writeln!(
                out,
                "Each passcode opens its seat once. Type a seat's name for a fresh one; Ctrl-C ends."
            )?;
            out.flush()?;
            let mut console = Console::new(folder.as_ref().map(Folder::log).transpose()?, address, out)?;
            host.serve(session, hosted, &mut console)?;
            if let Some(path) = self.save.as_ref().or(self.resume.as_ref()) {
                say(&format!("The game is saved; go on with: offramp host --resume '{}'", path.display()));
            }
            Ok(console.exit())
        }

        fn session(&self, folder: Option<&Folder>) -> Result<Opened, Failure> {
            let journal = folder.map(Folder::journal);
            if let (Some(_), Some(journal)) = (&self.resume, &journal) {
                return Session::resume(journal, Faults::none())
                    .map_err(|error| resume_failure(journal, &error));
            }
            let scenario = scenario::load(self.scenario.as_deref().unwrap_or_default())?;
            let people = self.people(&scenario)?;
            let policies = seats::policies(&scenario, &self.policy)?;
            if let Some((both, _)) = policies.iter().find(|(given, _)| people.contains(given)) {
                let name = &scenario.document.seats[both.index()].name;
                return Err(Failure::usage(format!(
                    "`{name}` is a person's seat; --policy is for the others"
                )));
            }
            let advised = self.advised(&scenario, &people)?;
            let people = people.into_iter().map(|seat| (seat, Occupant::Person));
            let others = policies.into_iter().map(|(seat, policy)| (seat, Occupant::Policy(policy)));
            let rules = scenario::rules(&scenario, &Settings::default())?;
            let config = SessionConfig {
                seed: self.seed.unwrap_or_else(drawn_seed),
                run: 0,
                settings: Settings::default(),
                people: advised,
                seats: people.chain(others).collect(),
                journal,
                faults: Faults::none(),
            };
            Session::open(rules, config).map_err(|error| session_failure(&error))
        }

        /// The seats of people: those named, or all that no policy is named for.
        fn people(&self, scenario: &Scenario) -> Result<Vec<SeatId>, Failure> {
            if self.seat.is_empty() {
                let taken = seats::policies(scenario, &self.policy)?;
                return Ok(scenario.players().filter(|seat| taken.iter().all(|(t, _)| t != seat)).collect());
            }
            let mut people = Vec::new();
            for name in &self.seat {
                let seat = seats::seat(scenario, name)?;
                if people.contains(&seat) {
                    return Err(Failure::usage(format!("`{name}` is named twice")));
                }
                people.push(seat);
            }
            Ok(people)
        }

        /// The people of seats that have advisers: the lead first.
        fn advised(&self, scenario: &Scenario, people: &[SeatId]) -> Result<Vec<(SeatId, Person)>, Failure> {
            let mut advised: Vec<(SeatId, Person)> = Vec::new();
            for text in &self.adviser {
                let Some((seat, name)) = text.split_once('=').filter(|(_, name)| !name.is_empty()) else {
                    return Err(Failure::usage(format!("`{text}` is no adviser: expected SEAT=NAME")));
                };
                let at = seats::seat(scenario, seat)?;
                if !people.contains(&at) {
                    return Err(Failure::usage(format!("`{seat}` is no person's seat, and has no adviser")));
                }
                if advised.iter().any(|(seat, person)| *seat == at && person.name == name) {
                    return Err(Failure::usage(format!("`{text}` is named twice")));
                }
                if !advised.iter().any(|(seat, _)| *seat == at) {
                    advised.push((at, Person::default()));
                }
                let person = Person { name: name.to_owned(), role: Role::Adviser, ..Person::default() };
                advised.push((at, person));
            }
            Ok(advised)
        }

        fn public_keys(&self) -> Result<Vec<(String, SeatPublicKey)>, Failure> {
            let Some(path) = &self.authorized_keys else { return Ok(Vec::new()) };
            let text = read_text(path, SCENARIO_LIMIT)?;
            host::read_keys(&text).map_err(|why| Failure::usage(format!("'{}': {why}", path.display())))
        }
    }

    /// All seats with what opens them. One that a policy plays now is there for whoever takes it over.
    fn hosted(
        session: &Session,
        keys: Vec<SeatKey>,
        control: &ControlKey,
        mut public: Vec<(String, SeatPublicKey)>,
    ) -> Result<Vec<HostedSeat>, Failure> {
        if keys.is_empty() {
            return Err(Failure::usage("no person plays in this game: there is no seat to serve"));
        }
        let scenario = session.control(control).game().rules().scenario();
        let vacant = scenario.players().filter(|seat| keys.iter().all(|key| key.seat() != *seat));
        let vacant: Vec<SeatKey> =
            vacant.map(|seat| session.seat_key(control, seat, Person::default())).collect();
        let expected = keys.len();
        let mut hosted = Vec::new();
        for (number, key) in keys.into_iter().chain(vacant).enumerate() {
            let user = scenario.document.seats[key.seat().index()].name.clone();
            let name = match key.person().role {
                Role::Lead => user.clone(),
                Role::Adviser => format!("{user}:{}", key.person().name),
            };
            let (own, others): (Vec<_>, Vec<_>) = public.into_iter().partition(|(seat, _)| *seat == name);
            public = others;
            let first_passcode = if number < expected && own.is_empty() {
                FirstPasscode::AtOnce
            } else {
                FirstPasscode::OnWish
            };
            let public_keys = own.into_iter().map(|(_, key)| key).collect();
            hosted.push(HostedSeat { user, name, key, public_keys, first_passcode });
        }
        match public.first() {
            Some((name, _)) => {
                Err(Failure::usage(format!("a public key is for `{name}`, and no seat is called so")))
            }
            None => Ok(hosted),
        }
    }
}
