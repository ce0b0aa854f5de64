//! A scenario file that its author goes on saving while it is played: `offramp play --reload`.

use super::exit::Failure;
use super::scenario;
use crate::scenario::{Scenario, Settings};
use crate::session::{ControlKey, Session};
use crate::storage::shipped;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Looks at the file when a turn begins.
pub struct Reload {
    argument: OsString,
    /// What is played, as text.
    text: String,
    /// The turn in which the file was last looked at.
    turn: u16,
    /// The journal that was asked for, and the one that is written: a number more for every change.
    journal: Option<(PathBuf, PathBuf)>,
    changes: u32,
}

impl Reload {
    /// For a scenario in a file of one's own.
    ///
    /// # Errors
    /// If it is shipped inside the program, where nobody can change it.
    pub fn of(argument: &OsStr, journal: Option<&Path>) -> Result<Reload, Failure> {
        if argument.to_str().and_then(shipped).is_some() {
            return Err(Failure::usage("--reload looks at a scenario in a file of your own"));
        }
        let text = scenario::load(argument)?.text.clone();
        let journal = journal.map(|path| (path.to_owned(), path.to_owned()));
        Ok(Reload { argument: argument.to_owned(), text, turn: 0, journal, changes: 0 })
    }

    /// The journal that is written now.
    pub fn journal(&self) -> Option<&Path> {
        self.journal.as_ref().map(|(_, now)| now.as_path())
    }

    /// Once a turn: takes up what was saved in the meantime. What to tell the participant, if anything.
    pub fn look(&mut self, session: &mut Session, key: &ControlKey) -> Option<String> {
        let turn = session.turns(key);
        if turn == self.turn {
            return None;
        }
        self.turn = turn;
        match self.changed() {
            Ok(None) => None,
            Ok(Some(scenario)) => Some(self.take_up(&scenario, session, key).unwrap_or_else(goes_on)),
            Err(why) => Some(goes_on(why)),
        }
    }

    /// The scenario as it was saved, if it is sound and another one.
    fn changed(&self) -> Result<Option<Arc<Scenario>>, String> {
        let loaded = scenario::read(&self.argument).map_err(|failure| failure.message)?;
        let found = loaded.findings.to_lines();
        let scenario = loaded.scenario.ok_or_else(|| {
            let (errors, _) = loaded.findings.counts();
            let first = found.lines().find(|line| line.contains("error[")).unwrap_or_default();
            format!("{errors} error(s) in the changed file, first: {first}")
        })?;
        Ok(Some(scenario).filter(|scenario| scenario.text != self.text))
    }

    fn take_up(
        &mut self,
        scenario: &Arc<Scenario>,
        session: &mut Session,
        key: &ControlKey,
    ) -> Result<String, String> {
        let rules = scenario::rules(scenario, &Settings::default()).map_err(|failure| failure.message)?;
        let number = self.changes + 1;
        let journal = self.journal.as_ref().map(|(first, _)| {
            let mut name = first.clone().into_os_string();
            name.push(format!(".{number}"));
            PathBuf::from(name)
        });
        let told = session.rebind(key, rules, journal.clone())?;
        self.text.clone_from(&scenario.text);
        self.changes = number;
        if let (Some(kept), Some(journal)) = (&mut self.journal, journal) {
            kept.1 = journal;
        }
        self.turn = session.turns(key);
        let mut message = "The changed scenario is played, with the orders so far.".to_owned();
        for sentence in told {
            message += " ";
            message += &sentence;
        }
        Ok(message)
    }
}

/// Why nothing was taken up.
fn goes_on(why: String) -> String {
    format!("The game goes on as it was: {why}")
}
