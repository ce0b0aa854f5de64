//! The folder of a hosted game: journal, host key and log, in the hands of one host at a time.

use crate::cli::exit::{Exit, Failure};
use crate::host::HostKey;
use crate::storage::{Faults, Journal, Lock, Privacy, Trouble, make_folder, names_in, read_text, replace};
use std::path::{Path, PathBuf};

const JOURNAL: &str = "game.journal";
const KEY: &str = "host_key";
const LOG: &str = "host.log";
/// What the lock stands beside.
const LOCK: &str = "host";
/// The most bytes that a key has.
const KEY_LIMIT: u64 = 16_384;

/// A folder that is locked as long as this lives.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: Lock,
}

impl Folder {
    /// A folder for a new game.
    ///
    /// # Errors
    /// If it holds a game already, another host has it, or nothing can be written there.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        make_folder(path)?;
        let folder = Folder::locked(path)?;
        if folder.holds_game()? {
            let path = path.display();
            return Err(Failure::usage(format!(
                "'{path}' holds a game already; `--resume {path}` goes on with it"
            )));
        }
        Ok(folder)
    }

    /// A folder that holds a game.
    ///
    /// # Errors
    /// If it holds none, another host has it, or nothing can be written there.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let holds_game = names_in(path)?.iter().any(|name| name == JOURNAL);
        if !holds_game {
            return Err(Failure::usage(format!("'{}' holds no game that was hosted", path.display())));
        }
        Folder::locked(path)
    }

    fn locked(path: &Path) -> Result<Self, Failure> {
        Ok(Folder { path: path.to_path_buf(), _lock: Lock::take(&path.join(LOCK))? })
    }

    fn holds_game(&self) -> Result<bool, Failure> {
        Ok(names_in(&self.path)?.iter().any(|name| name == JOURNAL))
    }

    /// The journal's file.
    pub fn journal(&self) -> PathBuf {
        self.path.join(JOURNAL)
    }

    /// The host's key: the one that is kept here, or a new one that is kept from now on.
    ///
    /// # Errors
    /// If it is no key, or cannot be read or written.
    pub fn key(&self) -> Result<HostKey, Failure> {
        let path = self.path.join(KEY);
        match read_text(&path, KEY_LIMIT) {
            Ok(text) => HostKey::read(&text).map_err(|why| {
                Failure::new(Exit::Data, format!("'{}' is no private key: {why}", path.display()))
            }),
            Err(error) if matches!(error.trouble, Trouble::NotFound) => {
                let fail = |why| Failure::new(Exit::Io, why);
                let key = HostKey::new().map_err(fail)?;
                let text = key.to_text().map_err(fail)?;
                replace(&path, text.as_bytes(), Privacy::Owner, &mut Faults::none())?;
                Ok(key)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The log, to be added to.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn log(&self) -> Result<Journal, Failure> {
        let path = self.path.join(LOG);
        let there = names_in(&self.path)?.iter().any(|name| name == LOG);
        let open = if there { Journal::open } else { Journal::create };
        Ok(open(&path, Faults::none())?)
    }
}
