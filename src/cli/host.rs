//! `offramp host`: seats over SSH.

#[cfg(feature = "ssh")]
mod console;
#[cfg(feature = "ssh")]
mod folder;

use super::exit::{Exit, Failure};
use super::people::People;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

/// Serves a crisis to people at their own terminals, over SSH.
///
/// Prints a passcode for each seat and for `control`, the white cell's desk. Whoever sits there types
/// `ssh -p 2222 SEAT@HOST` and the passcode, which opens the seat once. Type a seat's name to get a fresh passcode for
/// it; Ctrl-C ends. Needs a build with the cargo feature `ssh`.
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
    #[command(flatten)]
    people: People,
    /// The seed of all luck; drawn anew if absent, and told in the debrief.
    #[arg(long)]
    seed: Option<u64>,
    /// Public keys that open seats, or control: lines of SEAT and a key. Such a seat gets no passcode unless you ask.
    #[arg(long, value_name = "FILE")]
    authorized_keys: Option<PathBuf>,
    /// Keep the game, the host's key and a log in this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "resume")]
    save: Option<PathBuf>,
    /// Go on with the game of this folder; every seat gets a new passcode.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["scenario", "seat", "policy", "lead", "adviser", "aim", "seed"])]
    resume: Option<PathBuf>,
}

#[cfg(not(feature = "ssh"))]
impl Host {
    /// Says what is missing.
    pub fn run(&self, _: &mut dyn Write) -> Result<Exit, Failure> {
        Err(self.missing())
    }
}

#[cfg(any(test, not(feature = "ssh")))]
impl Host {
    /// What a build without SSH says.
    fn missing(&self) -> Failure {
        let Host {
            scenario,
            listen,
            seat: _,
            policy: _,
            people: _,
            seed: _,
            authorized_keys: _,
            save: _,
            resume,
        } = self;
        let what =
            scenario.clone().or_else(|| resume.clone().map(PathBuf::into_os_string)).unwrap_or_default();
        Failure::usage(format!(
            "'{}' cannot be served at {listen}: this offramp was built without SSH; build it with `--features ssh`",
            what.display()
        ))
    }
}

#[cfg(feature = "ssh")]
mod serving {
    use super::super::play::{drawn_seed, resume_failure, session_failure};
    use super::super::{say, scenario, seats};
    use super::console::Console;
    use super::folder::Folder;
    use super::{Exit, Failure, Host, Write};
    use crate::host::{self, FirstPasscode, HostKey, Hosted, SeatPublicKey};
    use crate::scenario::{Scenario, Settings};
    use crate::session::{ControlKey, Occupant, Opened, Role, SeatKey, Session, SessionConfig};
    use crate::storage::{Faults, SCENARIO_LIMIT, read_text};
    use crate::vocabulary::{Id, SeatId};
    use std::sync::Arc;

    /// The user name of the white cell's desk.
    const CONTROL: &str = "control";

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
            let scenario = Arc::clone(session.control(&control).game().rules().scenario());
            let (seats, control) = hosted(&session, keys, control, public_keys)?;
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
            host.serve(session, seats, control, &mut console)?;
            if let Some(path) = self.save.as_ref().or(self.resume.as_ref()) {
                say(&format!(
                    "The game is saved; go on with: offramp host --resume '{}' --listen {}",
                    path.display(),
                    self.listen
                ));
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
            let named = self.people.read(&scenario, &people)?;
            let people = people.into_iter().map(|seat| (seat, Occupant::Person));
            let others = policies.into_iter().map(|(seat, policy)| (seat, Occupant::Policy(policy)));
            let rules = scenario::rules(&scenario, &Settings::default())?;
            let config = SessionConfig {
                seed: self.seed.unwrap_or_else(drawn_seed),
                run: 0,
                settings: Settings::default(),
                people: named,
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

        fn public_keys(&self) -> Result<Vec<(String, SeatPublicKey)>, Failure> {
            let Some(path) = &self.authorized_keys else { return Ok(Vec::new()) };
            let text = read_text(path, SCENARIO_LIMIT)?;
            host::read_keys(&text).map_err(|why| Failure::usage(format!("'{}': {why}", path.display())))
        }
    }

    /// All seats, and control's desk, with what opens them. A seat that a policy plays now is there for whoever takes it
    /// over.
    fn hosted(
        session: &Session,
        keys: Vec<SeatKey>,
        control: ControlKey,
        mut public: Vec<(String, SeatPublicKey)>,
    ) -> Result<(Vec<Hosted<SeatKey>>, Hosted<ControlKey>), Failure> {
        if keys.is_empty() {
            return Err(Failure::usage("no person plays in this game: there is no seat to serve"));
        }
        let scenario = session.control(&control).game().rules().scenario();
        let name_of = |seat: SeatId| scenario.document.seats[seat.index()].name.clone();
        if scenario.players().any(|seat| name_of(seat) == CONTROL) {
            return Err(Failure::usage(format!("a seat is called `{CONTROL}`, as the white cell's desk is")));
        }
        let vacant = seats::vacant(session, &keys, &control);
        let expected = keys.len();
        let mut places = Vec::new();
        for (number, key) in keys.into_iter().chain(vacant).enumerate() {
            let user = name_of(key.seat());
            let name = match key.person().role {
                Role::Lead => user.clone(),
                Role::Adviser => format!("{user}:{}", key.person().name),
            };
            places.push(place(user, name, key, number < expected, &mut public));
        }
        let control = place(CONTROL.to_owned(), CONTROL.to_owned(), control, true, &mut public);
        match public.first() {
            Some((name, _)) => {
                Err(Failure::usage(format!("a public key is for `{name}`, and no seat is called so")))
            }
            None => Ok((places, control)),
        }
    }

    /// A place with the public keys that are its own. Where somebody is expected and no such key opens it, it has a
    /// passcode at once.
    fn place<K>(
        user: String,
        name: String,
        key: K,
        expected: bool,
        public: &mut Vec<(String, SeatPublicKey)>,
    ) -> Hosted<K> {
        let (own, others): (Vec<_>, Vec<_>) =
            std::mem::take(public).into_iter().partition(|(place, _)| *place == name);
        *public = others;
        let at_once = expected && own.is_empty();
        Hosted {
            user,
            name,
            key,
            public_keys: own.into_iter().map(|(_, key)| key).collect(),
            first_passcode: if at_once { FirstPasscode::AtOnce } else { FirstPasscode::OnWish },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Host;
    use crate::cli::exit::Exit;
    use clap::{Args, Command, FromArgMatches};

    #[test]
    fn a_build_without_ssh_says_how_to_get_one_with_it() {
        let words = Host::augment_args(Command::new("host")).get_matches_from(["host", "august-2015"]);
        let missing = Host::from_arg_matches(&words).expect("it is a command").missing();
        assert_eq!(missing.exit, Exit::Usage);
        assert_eq!(
            missing.message,
            "'august-2015' cannot be served at 127.0.0.1:2222: this offramp was built without SSH; build it with \
             `--features ssh`"
        );
    }
}
