//! What an author needs of a game: to come in at a chosen turn, to do something there, and to read what is recorded.

use super::control::ControlCommand;
use super::keys::ControlKey;
use super::play::Session;
use super::runner::BUDGET;
use crate::trace::Call;
use std::time::Instant;

impl Session {
    /// Plays on until this turn, counted from 1, has opened; whether it came to that. It stops short where the game
    /// ends, or where a person has to decide.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn play_to(&mut self, key: &ControlKey, turn: u16) -> bool {
        while self.turns(key) < turn {
            let Some(call) = Call::next(&self.course.game) else { return false };
            if self.course.calls >= BUDGET || self.waits(Instant::now()) {
                return false;
            }
            self.advance(call);
        }
        true
    }

    /// The turns that have opened so far.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn turns(&self, key: &ControlKey) -> u16 {
        assert!(key.fits(&self.stamp), "a key opens only the session that it was made for");
        u16::try_from(self.course.opened.len()).unwrap_or(u16::MAX)
    }

    /// Does at once what control's desk would send.
    ///
    /// # Errors
    /// In words, if it cannot be done; nothing has changed then.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn command(&mut self, key: &ControlKey, command: ControlCommand) -> Result<(), String> {
        assert!(key.fits(&self.stamp), "a key opens only the session that it was made for");
        self.carry_out(command)
    }

    /// The record so far, as a journal has it.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn record(&self, key: &ControlKey) -> String {
        assert!(key.fits(&self.stamp), "a key opens only the session that it was made for");
        self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }
}
