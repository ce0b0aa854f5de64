//! What goes wrong with files, told to the person who typed the path.

use crate::vocabulary::SafeText;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What was attempted when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Reading a file.
    Read,
    /// Creating, replacing or extending a file.
    Write,
    /// Locking a file or folder.
    Lock,
}

/// The kinds of trouble, apart so that a command can give each its exit code.
#[derive(Debug)]
pub enum Trouble {
    /// Nothing is there, or a folder on the way to it is missing.
    NotFound,
    /// Something is there already, and it must not be overwritten.
    Exists,
    /// A folder stands where a file is needed.
    IsDirectory,
    /// A device, pipe or socket, or a link where only the file itself will do.
    NotRegular,
    /// The path leads out of the folder that must contain it.
    Outside,
    /// Not UTF-8 from this byte on, counted from 0.
    NotText(usize),
    /// More bytes than this limit.
    TooLarge(u64),
    /// The system forbids it to this user.
    Denied,
    /// Another process, of this number where it is known, holds the lock.
    Held(Option<u32>),
    /// The disk or the system failed.
    Io(io::Error),
}

/// A file operation that failed: what was attempted, on which path, and why.
#[derive(Debug)]
pub struct StorageError {
    /// What was attempted.
    pub deed: Deed,
    /// The path, as it was given.
    pub path: PathBuf,
    /// Why it failed.
    pub trouble: Trouble,
}

impl StorageError {
    pub(super) fn new(deed: Deed, path: &Path, trouble: Trouble) -> Self {
        StorageError { deed, path: path.to_path_buf(), trouble }
    }

    /// Sorts an error of the system into the kinds that a person can act on.
    pub(super) fn from_io(deed: Deed, path: &Path, error: io::Error) -> Self {
        let trouble = match error.kind() {
            // A name that the system cannot even look up (too long, with a zero byte) names nothing either.
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::InvalidFilename => Trouble::NotFound,
            io::ErrorKind::AlreadyExists => Trouble::Exists,
            io::ErrorKind::IsADirectory => Trouble::IsDirectory,
            io::ErrorKind::PermissionDenied => Trouble::Denied,
            _ => Trouble::Io(error),
        };
        StorageError::new(deed, path, trouble)
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.deed {
            Deed::Read => "read",
            Deed::Write => "write",
            Deed::Lock => "lock",
        };
        let path = self.path.to_string_lossy().replace('\n', r"\u{a}");
        write!(f, "cannot {verb} '{}': ", SafeText::new(&path))?;
        match (&self.trouble, self.deed) {
            (Trouble::NotFound, Deed::Read) => write!(f, "there is no such file"),
            (Trouble::NotFound, _) => write!(f, "the file or the folder it should be in does not exist"),
            (Trouble::Exists, _) => write!(f, "it exists already, and is not overwritten"),
            (Trouble::IsDirectory, _) => write!(f, "it is a folder, not a file"),
            (Trouble::NotRegular, _) => write!(f, "it is not a regular file"),
            (Trouble::Outside, _) => write!(f, "it lies outside the folder of the file that names it"),
            (Trouble::NotText(offset), _) => {
                write!(f, "it is not UTF-8 text; the first wrong byte is at offset {offset}")
            }
            (Trouble::TooLarge(limit), _) => write!(f, "it is larger than the limit of {limit} bytes"),
            (Trouble::Denied, _) => write!(f, "permission denied"),
            (Trouble::Held(Some(pid)), _) => write!(f, "process {pid} is using it"),
            (Trouble::Held(None), _) => write!(f, "another process is using it"),
            (Trouble::Io(error), _) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for StorageError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.trouble {
            Trouble::Io(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_path_and_reason_on_one_safe_line() {
        let error = StorageError::new(Deed::Read, Path::new("no\u{1b}[2J\nsuch.ron"), Trouble::NotFound);
        assert_eq!(error.to_string(), r"cannot read 'no\u{1b}[2J\u{a}such.ron': there is no such file");
        let error = StorageError::new(Deed::Lock, Path::new("save"), Trouble::Held(Some(42)));
        assert_eq!(error.to_string(), "cannot lock 'save': process 42 is using it");
    }

    #[test]
    fn what_the_system_reports_becomes_a_kind_that_a_command_can_tell_apart() {
        let sort = |kind: io::ErrorKind| {
            StorageError::from_io(Deed::Write, Path::new("x"), io::Error::from(kind)).trouble
        };
        assert!(matches!(sort(io::ErrorKind::NotFound), Trouble::NotFound));
        assert!(matches!(sort(io::ErrorKind::NotADirectory), Trouble::NotFound));
        assert!(matches!(sort(io::ErrorKind::PermissionDenied), Trouble::Denied));
        assert!(matches!(sort(io::ErrorKind::AlreadyExists), Trouble::Exists));
        assert!(matches!(sort(io::ErrorKind::StorageFull), Trouble::Io(_)));
    }
}
