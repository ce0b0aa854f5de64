//! Whether somebody has played here before: an empty file among the user's own.

use super::folder::make_folder;
use super::{Faults, Privacy, StorageError, replace};
use std::env;
use std::path::PathBuf;

/// The file, by the rules for where programs keep what is not worth a backup; nothing if there is no home.
fn mark() -> Option<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = absolute("XDG_STATE_HOME").or_else(|| Some(absolute("HOME")?.join(".local/state")))?;
    Some(state.join("offramp").join("played"))
}

/// Whether a game has been begun here before.
pub fn has_played() -> bool {
    mark().is_some_and(|path| path.exists())
}

/// Remembers that a game has been begun here.
///
/// # Errors
/// If it cannot be written; the next visit then is a first one again.
pub fn remember_play() -> Result<(), StorageError> {
    let Some(path) = mark() else { return Ok(()) };
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    replace(&path, b"", Privacy::Owner, &mut Faults::none())
}
