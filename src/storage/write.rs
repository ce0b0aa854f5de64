//! Atomic replacement: after a crash or an error the path holds the old file or the new one, whole.

use super::error::{Deed, StorageError, Trouble};
use super::fault::Faults;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Whoever the user's umask lets.
    Shared,
    /// The owner alone: mode 0600.
    Owner,
}

/// Writes a file as a whole: a temporary file beside it is filled, synced and renamed over it, then the folder is
/// synced.
///
/// # Errors
/// `IsDirectory` and `NotRegular` when something other than a regular file stands there, links included, because a
/// rename would put an end to it; `NotFound` when the folder is missing; `Denied`; `Io`. The old file is untouched
/// unless only the last step, syncing the folder, failed: then the new one stands, whole.
pub fn replace(path: &Path, bytes: &[u8], privacy: Privacy, faults: &mut Faults) -> Result<(), StorageError> {
    refuse_other_than_file(path)?;
    try_replace(path, bytes, privacy, faults).map_err(|error| StorageError::from_io(Deed::Write, path, error))
}

fn try_replace(path: &Path, bytes: &[u8], privacy: Privacy, faults: &mut Faults) -> io::Result<()> {
    let folder = folder_of(path);
    let mut temporary = faults.run(|| create_beside(folder, privacy))?;
    faults.write_all(temporary.as_file_mut(), bytes)?;
    put_in_place(temporary, path, faults)
}

/// Syncs a filled temporary file, renames it to its place and syncs the folder.
fn put_in_place(mut temporary: tempfile::NamedTempFile, path: &Path, faults: &mut Faults) -> io::Result<()> {
    faults.run(|| temporary.as_file().sync_all())?;
    faults.run(|| fs::rename(temporary.path(), path))?;
    // The name is gone, so there is nothing left to clean up; failing to notice would remove a stranger's file.
    temporary.disable_cleanup(true);
    faults.run(|| sync_folder(folder_of(path)))
}

/// A file that grows in a temporary file beside its place and then takes it, whole: for what does not fit in memory.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    temporary: tempfile::NamedTempFile,
    faults: Faults,
}

impl Draft {
    /// Begins a file that anyone may read whom the user's umask lets.
    ///
    /// # Errors
    /// As for [`replace`].
    pub fn begin(path: &Path, mut faults: Faults) -> Result<Draft, StorageError> {
        refuse_other_than_file(path)?;
        let created = faults.run(|| create_beside(folder_of(path), Privacy::Shared));
        let temporary = created.map_err(|error| StorageError::from_io(Deed::Write, path, error))?;
        Ok(Draft { path: path.to_path_buf(), temporary, faults })
    }

    /// Adds to the file.
    ///
    /// # Errors
    /// `Io`, for instance on a full disk; what stood in the file's place is untouched.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), StorageError> {
        let written = self.faults.write_all(self.temporary.as_file_mut(), bytes);
        written.map_err(|error| StorageError::from_io(Deed::Write, &self.path, error))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// As for [`replace`].
    pub fn finish(self) -> Result<(), StorageError> {
        let Draft { path, temporary, mut faults } = self;
        put_in_place(temporary, &path, &mut faults)
            .map_err(|error| StorageError::from_io(Deed::Write, &path, error))
    }
}

fn create_beside(folder: &Path, privacy: Privacy) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".offramp-").suffix(".tmp");
    #[cfg(unix)]
    if privacy == Privacy::Shared {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = privacy;
    builder.tempfile_in(folder)
}

/// Refuses a path at which something other than a regular file stands; that nothing stands there is fine.
pub(super) fn refuse_other_than_file(path: &Path) -> Result<(), StorageError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Err(StorageError::new(Deed::Write, path, Trouble::IsDirectory)),
        Ok(found) if !found.is_file() => Err(StorageError::new(Deed::Write, path, Trouble::NotRegular)),
        _ => Ok(()),
    }
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Makes a new or changed name in a folder outlast a loss of power.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be opened for syncing here; the system orders the rename itself.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fault::FaultKind;
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_new_file_appears_and_an_old_one_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        for text in ["first", "second, longer", ""] {
            replace(&path, text.as_bytes(), Privacy::Shared, &mut Faults::none()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn whichever_operation_fails_the_file_is_whole_and_nothing_is_left_behind() {
        for kind in [FaultKind::Io, FaultKind::NoSpace] {
            let mut k = 1;
            loop {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("a");
                fs::write(&path, "old").unwrap();
                let mut faults = Faults::fail_at(k, kind);
                let outcome = replace(&path, b"new text", Privacy::Owner, &mut faults);
                if !faults.struck() {
                    break;
                }
                let error = outcome.expect_err("the fault is reported");
                assert_eq!(error.path, path);
                let found = fs::read_to_string(&path).unwrap();
                // Operation 5 syncs the folder after the rename.
                assert_eq!(found, if k < 5 { "old" } else { "new text" }, "operation {k}");
                assert_eq!(names(folder.path()), ["a"], "operation {k}");
                k += 1;
            }
            assert_eq!(k, 6, "create, write, sync, rename, sync the folder");
        }
    }

    #[test]
    fn a_draft_that_fails_or_is_given_up_leaves_what_was_there() {
        for k in 1.. {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a");
            fs::write(&path, "old").unwrap();
            let write = || {
                let mut draft = Draft::begin(&path, Faults::fail_at(k, FaultKind::NoSpace))?;
                draft.push(b"new ")?;
                draft.push(b"text")?;
                draft.finish()
            };
            if write().is_ok() {
                assert_eq!((k, fs::read_to_string(&path).unwrap().as_str()), (7, "new text"));
                break;
            }
            // Operation 6 syncs the folder after the rename.
            assert_eq!(fs::read_to_string(&path).unwrap(), if k < 6 { "old" } else { "new text" }, "{k}");
            assert_eq!(names(folder.path()), ["a"], "operation {k}");
        }
    }

    #[test]
    fn interruptions_and_short_writes_are_overcome() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        for kind in [FaultKind::Interrupted, FaultKind::ShortWrite] {
            for k in 1..=6 {
                replace(&path, b"new text", Privacy::Owner, &mut Faults::fail_at(k, kind)).unwrap();
                assert_eq!(fs::read_to_string(&path).unwrap(), "new text");
                fs::write(&path, "old").unwrap();
            }
        }
    }

    #[test]
    fn a_folder_or_a_missing_folder_is_refused_by_kind() {
        let folder = tempfile::tempdir().unwrap();
        let attempt =
            |path: &Path| replace(path, b"", Privacy::Shared, &mut Faults::none()).unwrap_err().trouble;
        assert!(matches!(attempt(folder.path()), Trouble::IsDirectory));
        assert!(matches!(attempt(&folder.path().join("none/a")), Trouble::NotFound));
    }

    #[cfg(unix)]
    #[test]
    fn sockets_and_links_are_not_renamed_away() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "kept").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for path in [&socket, &link] {
            let error = replace(path, b"", Privacy::Shared, &mut Faults::none()).unwrap_err();
            assert!(matches!(error.trouble, Trouble::NotRegular));
        }
        assert_eq!(fs::read_to_string(&link).unwrap(), "kept");
    }

    #[cfg(unix)]
    #[test]
    fn an_owners_file_is_closed_to_everyone_else() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        replace(&path, b"", Privacy::Shared, &mut Faults::none()).unwrap();
        replace(&path, b"", Privacy::Owner, &mut Faults::none()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
