//! `offramp play`: a person at a seat, on the screen or by lines of text.

use super::exit::{Exit, Failure};
use super::people::People;
use super::reload::Reload;
use super::{say, scenario, seats};
use crate::scenario::Settings;
use crate::session::{
    ControlDesk, Occupant, Opened, Progress, SeatDesk, Session, SessionConfig, SessionError,
};
use crate::storage::{Faults, all, has_played, remember_play};
use crate::tui::{self, Choice, Left, Picked, Visit};
use crate::vocabulary::Id;
use std::ffi::{OsStr, OsString};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Plays a crisis from one seat.
#[derive(Debug, Default, clap::Args)]
#[command(
    after_help = "Examples:\n  offramp play\n  offramp play august-2015 --seat rok --save game.journal\n  \
                        offramp play --resume game.journal\n  \
                        offramp play august-2015 --seat rok --seat dprk --control\n  \
                        offramp play august-2015 --seat dprk --plain < orders.txt\n  \
                        offramp play my.ron --seat rok --reload"
)]
pub struct Play {
    /// A path, or the name of a shipped scenario; picked on the first screen if absent.
    scenario: Option<OsString>,
    /// The seat that you play; picked on the first screen if absent. Several take turns at one terminal.
    #[arg(long, value_name = "SEAT")]
    seat: Vec<String>,
    #[command(flatten)]
    people: People,
    /// Let control sit at the same terminal, behind a passphrase: the white cell's desk.
    #[arg(long)]
    control: bool,
    /// Who plays another seat: base, random, passive, record, keeper, or a doctrine of the scenario.
    #[arg(long, value_name = "SEAT=NAME")]
    policy: Vec<String>,
    /// The seed of all luck; drawn anew if absent, and told in the debrief.
    #[arg(long)]
    seed: Option<u64>,
    /// Keep a journal in this new file, from which the game can be resumed.
    #[arg(long, value_name = "FILE", conflicts_with = "resume")]
    save: Option<PathBuf>,
    /// Go on with the game of this journal.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["scenario", "seat", "policy", "lead", "adviser", "aim", "seed"])]
    resume: Option<PathBuf>,
    /// Take up a changed scenario file at the next turn, with the orders so far: for authors.
    #[arg(long, requires = "scenario", conflicts_with = "resume")]
    reload: bool,
    /// Lines of text instead of screens: for scripts and screen readers.
    #[arg(long)]
    plain: bool,
}

impl Play {
    /// Whether screens can be shown.
    pub fn on_screen(&self) -> bool {
        !self.plain && tui::can_show()
    }

    /// Sets the game up and plays it.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let mut reload = match &self.scenario {
            Some(scenario) if self.reload => Some(Reload::of(scenario, self.save.as_deref())?),
            _ => None,
        };
        let (mut session, mut keys, key) = match &self.resume {
            Some(path) => {
                Session::resume(path, Faults::none()).map_err(|error| resume_failure(path, &error))?
            }
            None => match self.open()? {
                Some(opened) => opened,
                None => return Ok(Exit::Done),
            },
        };
        if keys.is_empty() && !self.control {
            return Err(Failure::usage("no person plays in this game"));
        }
        if self.control {
            // Control may hand any seat to a person.
            keys.extend(seats::vacant(&session, &keys, &key));
        }
        let mut desks: Vec<SeatDesk> = keys.into_iter().map(|key| session.desk(key)).collect();
        let mut control = self.control.then(|| session.control_desk(&key));
        let mut pump = || match session.pump() {
            Progress::Waiting | Progress::Over => {
                let told = reload.as_mut().and_then(|reload| reload.look(&mut session, &key));
                if told.is_some() {
                    session.pump();
                }
                told
            }
            Progress::OverBudget => Some("The game does not end: this is a bug of offramp.".to_owned()),
        };
        let left = self.play(&mut pump, &mut desks, control.as_mut(), out)?;
        let reloaded = reload.as_ref().and_then(Reload::journal);
        let path = reloaded.or(self.save.as_deref()).or(self.resume.as_deref());
        if let (Left::Quit | Left::Signalled(_), Some(path)) = (left, path) {
            say(&format!(
                "The game is saved, but for what was drafted and not sealed; go on with: offramp play --resume '{}'",
                path.display()
            ));
        }
        Ok(match left {
            Left::Finished | Left::Quit => Exit::Done,
            Left::Signalled(signal) => Exit::Signal(u8::try_from(signal).unwrap_or(u8::MAX)),
        })
    }

    fn play(
        &self,
        pump: &mut dyn FnMut() -> Option<String>,
        desks: &mut [SeatDesk],
        control: Option<&mut ControlDesk>,
        out: &mut dyn Write,
    ) -> Result<Left, Failure> {
        pump();
        let mut greeting = self.resume.is_some().then(|| RESUMED.to_owned());
        let pump = &mut || {
            let told = pump();
            greeting.take().or(told)
        };
        Ok(match (self.on_screen(), desks, control) {
            (true, [desk], None) => tui::play(desk, pump)?,
            (true, desks, control) => tui::share(desks, control, pump)?,
            (false, [desk], None) => tui::play_plain(desk, pump, &mut io::stdin().lock(), out)?,
            (false, ..) => {
                return Err(Failure::usage("several seats, or control, at one terminal need a screen"));
            }
        })
    }

    /// A new game; nothing if the participant left the first screen.
    fn open(&self) -> Result<Option<Opened>, Failure> {
        let Some((scenario, picked)) = self.pick()? else { return Ok(None) };
        let scenario = scenario::load(&scenario)?;
        let own = picked.iter().map(|seat| seats::seat(&scenario, seat)).collect::<Result<Vec<_>, _>>()?;
        let policies = seats::policies(&scenario, &self.policy)?;
        if let Some((both, _)) = policies.iter().find(|(given, _)| own.contains(given)) {
            let name = &scenario.document.seats[both.index()].name;
            return Err(Failure::usage(format!("`{name}` is your own seat; --policy is for the others")));
        }
        let rules = scenario::rules(&scenario, &Settings::default())?;
        let others = policies.into_iter().map(|(seat, policy)| (seat, Occupant::Policy(policy)));
        let config = SessionConfig {
            seed: self.seed.unwrap_or_else(drawn_seed),
            run: 0,
            settings: Settings::default(),
            seats: own.iter().map(|seat| (*seat, Occupant::Person)).chain(others).collect(),
            people: self.people.read(&scenario, &own)?,
            journal: self.save.clone(),
            faults: Faults::none(),
        };
        Session::open(rules, config).map(Some).map_err(|error| session_failure(&error))
    }

    /// Scenario and seats: as given, or as picked on the first screen.
    fn pick(&self) -> Result<Option<(OsString, Vec<String>)>, Failure> {
        let default = OsString::from(scenario::DEFAULT);
        if !self.seat.is_empty() || self.control {
            return Ok(Some((self.scenario.clone().unwrap_or(default), self.seat.clone())));
        }
        if !self.on_screen() {
            let name = self.scenario.as_ref().unwrap_or(&default);
            let scenario = scenario::load(name)?;
            let names: Vec<&str> =
                scenario.players().map(|seat| scenario.document.seats[seat.index()].name.as_str()).collect();
            return Err(Failure::usage(format!("say which seat you play: --seat {}", names.join("|"))));
        }
        let choices = match &self.scenario {
            Some(name) => vec![choice(name)?],
            None => {
                let shipped = all().iter().filter(|shipped| shipped.playable);
                shipped.map(|shipped| choice(OsStr::new(shipped.name))).collect::<Result<_, _>>()?
            }
        };
        let visit = if has_played() { Visit::Another } else { Visit::First };
        let picked = tui::start_screen(&choices, visit)?;
        if picked.is_some() {
            // Where nothing can be kept, whoever comes back is greeted as new.
            let _ = remember_play();
        }
        Ok(picked
            .map(|Picked { scenario, seat }| (self.scenario.clone().unwrap_or(scenario.into()), vec![seat])))
    }
}

/// What whoever goes on with a game is told first.
const RESUMED: &str = "Resumed after what was sealed last; a draft that was not sealed is not kept.";

/// A scenario as the first screen offers it.
fn choice(name: &OsStr) -> Result<Choice, Failure> {
    let scenario = scenario::load(name)?;
    let document = &scenario.document;
    Ok(Choice {
        name: name.to_string_lossy().into_owned(),
        title: document.title.clone(),
        summary: document.summary.clone(),
        seats: scenario
            .players()
            .map(|seat| {
                let doc = &document.seats[seat.index()];
                (doc.name.clone(), doc.label.clone(), doc.summary.clone())
            })
            .collect(),
    })
}

/// A seed from the operating system's luck, short enough to be typed again.
pub(super) fn drawn_seed() -> u64 {
    RandomState::new().build_hasher().finish() >> 32
}

pub(super) fn session_failure(error: &SessionError) -> Failure {
    let exit = match error {
        SessionError::Storage(error) => super::exit::of_storage(error),
        SessionError::Policy(_) | SessionError::NoOrders(_) => Exit::Usage,
        SessionError::Unread(crate::trace::ReadError::NotARecord) | SessionError::IsTrace => Exit::Usage,
        SessionError::Unread(_)
        | SessionError::NotRebuilt(_)
        | SessionError::Diverged(_)
        | SessionError::OtherPolicy { .. } => Exit::Data,
    };
    Failure::new(exit, error)
}

pub(super) fn resume_failure(path: &Path, error: &SessionError) -> Failure {
    let failure = session_failure(error);
    match error {
        SessionError::Storage(_) => failure,
        _ => Failure::new(failure.exit, format!("'{}': {}", path.display(), failure.message)),
    }
}
