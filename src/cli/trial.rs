//! `offramp try`: a game from a chosen point, with a chosen inject.

use super::exit::{Exit, Failure};
use super::play::session_failure;
use super::recorded::{Turns, transcript, write_lines};
use super::{say, scenario, seats};
use crate::engine::{ControlAct, InjectDeed, Rules};
use crate::scenario::diagnostics::nearest;
use crate::scenario::{Scenario, Settings};
use crate::session::{ControlCommand, ControlKey, Occupant, Person, Progress, Session, SessionConfig};
use crate::storage::Faults;
use crate::trace::{Rolls, TraceFile};
use crate::tui::{self, Left};
use crate::vocabulary::{InjectId, SeatId};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// Plays from a chosen point: automated seats up to a turn, then an inject, then you.
///
/// Without a seat, or without a terminal, automated seats play on and the transcript from that turn is printed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  offramp try august-2015 --from 3 --inject false_shot\n  \
                        offramp try my.ron --from 2 --inject rumour --seat rok\n  \
                        offramp try my.ron --from 4 --seat rok --plain < orders.txt\n\n\
                        Exit code 1 if the game is over before that turn, or the inject cannot fire there.")]
pub struct Try {
    /// Path, or name of a shipped scenario.
    scenario: OsString,
    /// The turn at whose beginning you come in.
    #[arg(long, value_name = "TURN", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    from: u16,
    /// An inject that fires then, whatever its own time.
    #[arg(long, value_name = "NAME")]
    inject: Vec<String>,
    /// The seat that you play from then on.
    #[arg(long, value_name = "SEAT")]
    seat: Option<String>,
    /// Who plays a seat: base, random, passive, record, keeper, or a doctrine of the scenario.
    #[arg(long, value_name = "SEAT=NAME")]
    policy: Vec<String>,
    /// The seed of all luck: the same seed gives the same way to that turn.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Keep a journal in this new file.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Lines of text instead of screens.
    #[arg(long, requires = "seat")]
    plain: bool,
}

impl Try {
    /// Plays to the point, fires, and goes on.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let scenario = scenario::load(&self.scenario)?;
        let injects = self.injects(&scenario)?;
        let seat = self.seat.as_ref().map(|name| seats::seat(&scenario, name)).transpose()?;
        let rules = scenario::rules(&scenario, &Settings::default())?;
        let policies = seats::policies(&scenario, &self.policy)?;
        let config = SessionConfig {
            seed: self.seed,
            seats: policies.into_iter().map(|(seat, policy)| (seat, Occupant::Policy(policy))).collect(),
            journal: self.save.clone(),
            faults: Faults::none(),
            ..SessionConfig::default()
        };
        let (mut session, _, control) =
            Session::open(Arc::clone(&rules), config).map_err(|error| session_failure(&error))?;
        if !session.play_to(&control, self.from) {
            let why = format!("with seed {} the game is over before turn {} begins", self.seed, self.from);
            return Err(Failure::new(Exit::NotSo, why));
        }
        for (name, inject) in injects {
            let act = ControlAct::Inject { inject, deed: InjectDeed::Fire };
            session.command(&control, ControlCommand::Act(act)).map_err(|why| {
                Failure::new(Exit::NotSo, format!("`{name}` cannot fire in turn {}: {why}", self.from))
            })?;
        }
        match seat.filter(|_| self.plain || tui::can_show()) {
            Some(seat) => self.play(&mut session, &control, seat, out),
            None => self.tell(&mut session, &control, &rules, out),
        }
    }

    fn injects(&self, scenario: &Scenario) -> Result<Vec<(&str, InjectId)>, Failure> {
        let find = |name: &String| {
            scenario.names.find(name).ok_or_else(|| {
                let hint = nearest(name, scenario.names.of("injects"))
                    .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                Failure::usage(format!("no inject is called `{name}`{hint}"))
            })
        };
        self.inject.iter().map(|name| Ok((name.as_str(), find(name)?))).collect()
    }

    /// A person takes the seat.
    fn play(
        &self,
        session: &mut Session,
        control: &ControlKey,
        seat: SeatId,
        out: &mut dyn Write,
    ) -> Result<Exit, Failure> {
        let hand_over = ControlCommand::Seat { seat, to: Occupant::Person };
        session.command(control, hand_over).map_err(|why| Failure::new(Exit::NotSo, why))?;
        let key = session.seat_key(control, seat, Person::default());
        let mut desk = session.desk(key);
        let mut pump = || match session.pump() {
            Progress::Waiting | Progress::Over => None,
            Progress::OverBudget => Some("The game does not end: this is a bug of offramp.".to_owned()),
        };
        pump();
        let left = if self.plain {
            tui::play_plain(&mut desk, &mut pump, &mut io::stdin().lock(), out)?
        } else {
            tui::play(&mut desk, &mut pump)?
        };
        Ok(match left {
            Left::Finished | Left::Quit => Exit::Done,
            Left::Signalled(signal) => Exit::Signal(u8::try_from(signal).unwrap_or(u8::MAX)),
        })
    }

    /// Automated seats play on, and the game is told from the turn on.
    fn tell(
        &self,
        session: &mut Session,
        control: &ControlKey,
        rules: &Arc<Rules>,
        out: &mut dyn Write,
    ) -> Result<Exit, Failure> {
        if self.seat.is_some() {
            say("there is no terminal to play on; automated seats go on (--plain plays by lines)");
        }
        if session.pump() == Progress::OverBudget {
            return Err(Failure::new(Exit::Bug, "the game does not end"));
        }
        let bug = |why: &dyn std::fmt::Display| Failure::new(Exit::Bug, why);
        let file = TraceFile::read(session.record(control).as_bytes()).map_err(|error| bug(&error))?;
        let told = transcript(&file, rules, Turns::From(self.from), Rolls::default())
            .map_err(|error| bug(&error))?;
        write_lines(out, &told.lines)?;
        Ok(Exit::Done)
    }
}
