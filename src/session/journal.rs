//! The journal of a session: a line is on the disk before anybody sees what it tells.

use crate::storage::{Faults, Journal, Lock, StorageError};
use std::collections::VecDeque;
use std::path::Path;

/// Keeps a journal; a line that cannot be written waits for the next chance, and the game goes on.
#[derive(Debug)]
pub(super) struct Keeper {
    journal: Journal,
    _lock: Lock,
    waiting: VecDeque<String>,
}

impl Keeper {
    /// Starts a new journal.
    pub fn create(path: &Path, faults: Faults) -> Result<Keeper, StorageError> {
        let lock = Lock::take(path)?;
        Ok(Keeper { journal: Journal::create(path, faults)?, _lock: lock, waiting: VecDeque::new() })
    }

    /// Goes on with a journal whose whole lines end at `length`, which is locked already.
    pub fn open(path: &Path, lock: Lock, length: usize, faults: Faults) -> Result<Keeper, StorageError> {
        let mut journal = Journal::open(path, faults)?;
        if journal.length() > length as u64 {
            journal.truncate_to(length as u64)?;
        }
        Ok(Keeper { journal, _lock: lock, waiting: VecDeque::new() })
    }

    /// Writes a line after all that still wait.
    ///
    /// # Errors
    /// If that fails; the lines wait then.
    pub fn write(&mut self, line: String) -> Result<(), StorageError> {
        self.waiting.push_back(line);
        self.catch_up()
    }

    /// Writes what waits.
    ///
    /// # Errors
    /// If that fails.
    pub fn catch_up(&mut self) -> Result<(), StorageError> {
        while let Some(line) = self.waiting.front() {
            self.journal.append(line)?;
            self.waiting.pop_front();
        }
        Ok(())
    }
}
