//! Exit codes: the one place that knows them.

use crate::storage::{Deed, StorageError, Trouble};
use crate::vocabulary::SafeText;
use std::fmt::Display;
use std::io;

/// How the program ends.
///
/// | code | meaning |
/// |---|---|
/// | 0 | Done. |
/// | 1 | The thing examined is not so: errors in a scenario, damage found by `--verify`. |
/// | 2 | Wrong usage, or a file that is not there or not of that kind. |
/// | 65 | Data of another version, or a damaged part: do not try again. |
/// | 70 | A bug. |
/// | 74 | Reading or writing failed. |
/// | 75 | Another process holds the file: try again later. |
/// | 128+n | Ended by signal n; 141 if whoever read the output went away. |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// The thing examined is not so.
    NotSo,
    /// Wrong usage, or a file that is not there or not of that kind.
    Usage,
    /// Data of another version, or a damaged part.
    Data,
    /// A bug.
    Bug,
    /// Reading or writing failed.
    Io,
    /// Another process holds the file.
    Held,
    /// Ended by a signal of this number.
    Signal(u8),
}

/// The signal of a reader that went away.
const SIGPIPE: u8 = 13;

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::NotSo => 1,
            Exit::Usage => 2,
            Exit::Data => 65,
            Exit::Bug => 70,
            Exit::Io => 74,
            Exit::Held => 75,
            Exit::Signal(number) => 128u8.saturating_add(number),
        }
    }
}

/// Why a command stopped: its exit code, and what to say about it (nothing, if nobody listens any more).
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What went wrong, in safe text.
    pub message: String,
}

impl Failure {
    /// A failure with a message; whatever the message holds, it cannot act on a terminal.
    pub fn new(exit: Exit, message: impl Display) -> Self {
        Failure { exit, message: SafeText::new(&message.to_string()).as_str().to_owned() }
    }

    /// Wrong usage.
    pub fn usage(message: impl Display) -> Self {
        Failure::new(Exit::Usage, message)
    }
}

/// The exit code for a file operation that failed.
pub fn of_storage(error: &StorageError) -> Exit {
    match (&error.trouble, error.deed) {
        (Trouble::Held(_), _) => Exit::Held,
        (Trouble::Denied | Trouble::Io(_), _) => Exit::Io,
        (Trouble::Exists, _) | (_, Deed::Read) => Exit::Usage,
        (_, Deed::Write | Deed::Lock) => Exit::Io,
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Failure::new(of_storage(&error), &error)
    }
}

/// Output that could not be written: quietly, if the reader simply went away.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure { exit: Exit::Signal(SIGPIPE), message: String::new() };
        }
        Failure::new(Exit::Io, format!("cannot write the output: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_goes_away_is_no_error_to_speak_of() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!((failure.exit.code(), failure.message.as_str()), (141, ""));
    }

    #[test]
    fn messages_cannot_act_on_a_terminal() {
        assert_eq!(Failure::usage("a\u{1b}[2J").message, r"a\u{1b}[2J");
    }
}
