//! Advisory locks: one process at a time on a journal or a folder.

use super::error::{Deed, StorageError, Trouble};
use super::write::refuse_other_than_file;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

/// A lock, held until it is dropped or the process ends, however it ends.
///
/// It stands in a file of its own, `<path>.lock`, which holds the number of the process and is empty when nobody
/// holds it. The file stays: removing it would let two processes lock two different files of that name.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock beside `path`, at once or not at all.
    ///
    /// # Errors
    /// `Held` with the other process's number if it can be read; `NotFound` when the folder is missing; `Denied`;
    /// `Io`.
    pub fn take(path: &Path) -> Result<Self, StorageError> {
        let beside = beside(path);
        refuse_other_than_file(&beside)?;
        let system = |error| StorageError::from_io(Deed::Lock, path, error);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&beside);
        let file = file.map_err(system)?;
        match file.try_lock() {
            Ok(()) => sign(file).map_err(system),
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&beside).ok().and_then(|text| text.trim().parse().ok());
                Err(StorageError::new(Deed::Lock, path, Trouble::Held(holder)))
            }
            Err(TryLockError::Error(error)) => Err(system(error)),
        }
    }
}

/// Writes the process's number into the file it has locked.
fn sign(mut file: File) -> io::Result<Lock> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())?;
    Ok(Lock { file })
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock itself goes with the file handle; a number that stays behind would only puzzle a reader.
        let _ = self.file.set_len(0);
    }
}

fn beside(path: &Path) -> PathBuf {
    // `saves/` and `saves` are the same folder and must have the same lock.
    let mut name = path.components().as_path().as_os_str().to_os_string();
    name.push(".lock");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_refused_with_the_first_ones_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("game.journal");
        let lock = Lock::take(&path).unwrap();
        let error = Lock::take(&path).unwrap_err();
        assert!(matches!(error.trouble, Trouble::Held(Some(pid)) if pid == std::process::id()));
        assert_eq!(error.path, path);
        drop(lock);
        Lock::take(&path).unwrap();
    }

    #[test]
    fn a_lock_that_nobody_holds_names_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("game.journal");
        drop(Lock::take(&path).unwrap());
        assert_eq!(fs::read_to_string(folder.path().join("game.journal.lock")).unwrap(), "");
    }

    #[test]
    fn what_a_dead_process_left_behind_does_not_hold() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("game.journal");
        fs::write(folder.path().join("game.journal.lock"), "4294967295 and more\n").unwrap();
        let _lock = Lock::take(&path).unwrap();
        let text = fs::read_to_string(folder.path().join("game.journal.lock")).unwrap();
        assert_eq!(text, format!("{}\n", std::process::id()));
    }

    #[test]
    fn a_folder_is_locked_under_either_spelling() {
        let folder = tempfile::tempdir().unwrap();
        let saves = folder.path().join("saves");
        fs::create_dir(&saves).unwrap();
        let _lock = Lock::take(&saves).unwrap();
        let error = Lock::take(&folder.path().join("saves/")).unwrap_err();
        assert!(matches!(error.trouble, Trouble::Held(_)));
    }

    #[test]
    fn a_missing_folder_is_not_a_held_lock() {
        let folder = tempfile::tempdir().unwrap();
        let error = Lock::take(&folder.path().join("none/game.journal")).unwrap_err();
        assert!(matches!(error.trouble, Trouble::NotFound));
    }
}
