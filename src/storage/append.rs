//! The journal on disk: lines are only ever added, each is on the disk before the call returns, and the owner alone
//! may read it.

use super::error::{Deed, StorageError};
use super::fault::Faults;
use super::write::{folder_of, refuse_other_than_file, sync_folder};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// An append-only file of lines.
///
/// After a crash all lines are whole but perhaps the last: it may lack its end and the newline. After an error that
/// the program survives the same holds, and the next append first cuts the torn line away, so that the game can go on
/// once there is room again.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    /// The length of all whole lines.
    length: u64,
    /// Whether a failed append may have left bytes after them.
    torn: bool,
    faults: Faults,
}

impl Journal {
    /// Starts a new journal with mode 0600.
    ///
    /// # Errors
    /// `Exists` rather than overwriting anything; `NotFound` when the folder is missing; `Denied`; `Io`.
    pub fn create(path: &Path, faults: Faults) -> Result<Self, StorageError> {
        Journal::start(path, faults).map_err(|error| StorageError::from_io(Deed::Write, path, error))
    }

    fn start(path: &Path, mut faults: Faults) -> io::Result<Self> {
        let file = faults.run(|| owners_file().create_new(true).open(path))?;
        if let Err(error) = faults.run(|| sync_folder(folder_of(path))) {
            // An empty journal left behind would refuse the next attempt.
            fs::remove_file(path)?;
            return Err(error);
        }
        Ok(Journal { path: path.to_path_buf(), file, length: 0, torn: false, faults })
    }

    /// Opens a journal to add to it. What it holds is not looked at: a reader that found a torn last line says so by
    /// [`Journal::truncate_to`].
    ///
    /// # Errors
    /// `NotFound`, `IsDirectory`, `NotRegular` (links included), `Denied`, `Io`.
    pub fn open(path: &Path, faults: Faults) -> Result<Self, StorageError> {
        refuse_other_than_file(path)?;
        Journal::resume(path, faults).map_err(|error| StorageError::from_io(Deed::Write, path, error))
    }

    fn resume(path: &Path, mut faults: Faults) -> io::Result<Self> {
        let file = faults.run(|| owners_file().open(path))?;
        let length = file.metadata()?.len();
        Ok(Journal { path: path.to_path_buf(), file, length, torn: false, faults })
    }

    /// Adds `line` and a newline, and returns once both are on the disk. `line` must not hold a newline.
    ///
    /// # Errors
    /// `Io`, for instance on a full disk. The line does not count then, and may be appended again.
    pub fn append(&mut self, line: &str) -> Result<(), StorageError> {
        debug_assert!(!line.contains('\n'), "a journal holds one record a line");
        self.try_append(line).map_err(|error| StorageError::from_io(Deed::Write, &self.path, error))
    }

    fn try_append(&mut self, line: &str) -> io::Result<()> {
        if self.torn {
            self.cut(self.length)?;
        }
        let bytes = [line.as_bytes(), b"\n"].concat();
        self.torn = true;
        self.file.seek(SeekFrom::Start(self.length))?;
        self.faults.write_all(&mut self.file, &bytes)?;
        self.faults.run(|| self.file.sync_data())?;
        self.torn = false;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Cuts the file to its first `length` bytes: the end of a line that a reader found whole. Never lengthens it.
    ///
    /// # Errors
    /// `Io`; the file may then have either length.
    pub fn truncate_to(&mut self, length: u64) -> Result<(), StorageError> {
        let length = length.min(self.length);
        self.cut(length).map_err(|error| StorageError::from_io(Deed::Write, &self.path, error))
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.length = length;
        self.torn = true;
        self.faults.run(|| self.file.set_len(length))?;
        self.faults.run(|| self.file.sync_data())?;
        self.torn = false;
        Ok(())
    }

    /// The length of all whole lines in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Where the journal is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Options that open for writing, and that create with mode 0600 when told to create.
fn owners_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

#[cfg(test)]
mod tests {
    use super::super::error::Trouble;
    use super::super::fault::FaultKind;
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("game.journal");
        (folder, path)
    }

    #[test]
    fn lines_are_added_across_openings() {
        let (_folder, path) = folder();
        let mut journal = Journal::create(&path, Faults::none()).unwrap();
        journal.append("one").unwrap();
        journal.append("두").unwrap();
        drop(journal);
        let mut journal = Journal::open(&path, Faults::none()).unwrap();
        journal.append("three").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\n두\nthree\n");
        assert_eq!(journal.length(), 14);
    }

    #[test]
    fn a_journal_is_created_once_and_opened_only_where_it_is() {
        let (folder, path) = folder();
        assert!(matches!(Journal::open(&path, Faults::none()).unwrap_err().trouble, Trouble::NotFound));
        assert!(matches!(
            Journal::open(folder.path(), Faults::none()).unwrap_err().trouble,
            Trouble::IsDirectory
        ));
        Journal::create(&path, Faults::none()).unwrap().append("kept").unwrap();
        assert!(matches!(Journal::create(&path, Faults::none()).unwrap_err().trouble, Trouble::Exists));
        assert_eq!(fs::read_to_string(&path).unwrap(), "kept\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_journal_is_closed_to_everyone_but_its_owner() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = folder();
        Journal::create(&path, Faults::none()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn cutting_shortens_and_never_lengthens() {
        let (_folder, path) = folder();
        let mut journal = Journal::create(&path, Faults::none()).unwrap();
        journal.append("one").unwrap();
        journal.append("two").unwrap();
        journal.truncate_to(100).unwrap();
        assert_eq!(journal.length(), 8);
        journal.truncate_to(4).unwrap();
        journal.append("TWO").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\nTWO\n");
    }

    const KINDS: [FaultKind; 4] =
        [FaultKind::Io, FaultKind::NoSpace, FaultKind::Interrupted, FaultKind::ShortWrite];

    #[test]
    fn whichever_append_fails_the_lines_before_it_stand_and_the_game_goes_on() {
        const WHOLE: &str = "first\nsecond\nthird\n";
        for kind in KINDS {
            let mut k = 3;
            loop {
                let (_folder, path) = folder();
                let mut journal = Journal::create(&path, Faults::fail_at(k, kind)).unwrap();
                for line in WHOLE.lines() {
                    let before = journal.length() as usize;
                    while journal.append(line).is_err() {
                        let found = fs::read_to_string(&path).unwrap();
                        assert_eq!(found.get(..before), Some(&WHOLE[..before]), "{kind:?} at {k}");
                        assert!(
                            WHOLE.starts_with(&found),
                            "{kind:?} at {k}: only a piece of the line may follow"
                        );
                    }
                }
                assert_eq!(fs::read_to_string(&path).unwrap(), WHOLE, "{kind:?} at {k}");
                if !journal.faults.struck() {
                    break;
                }
                k += 1;
            }
            assert_eq!(k, 9, "two operations to create, then a write and a sync for each line");
        }
    }

    #[test]
    fn a_journal_that_could_not_be_created_is_not_there() {
        for k in 1..=2 {
            let (_folder, path) = folder();
            Journal::create(&path, Faults::fail_at(k, FaultKind::Io)).unwrap_err();
            assert!(!path.exists(), "operation {k}");
        }
    }

    #[test]
    fn a_cut_that_fails_is_made_up_for_by_the_next_append() {
        for k in 7..=8 {
            let (_folder, path) = folder();
            let mut journal = Journal::create(&path, Faults::fail_at(k, FaultKind::Io)).unwrap();
            journal.append("one").unwrap();
            journal.append("two").unwrap();
            journal.truncate_to(4).unwrap_err();
            journal.append("TWO").unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "one\nTWO\n", "operation {k}");
        }
    }

    #[test]
    fn a_write_that_fails_in_the_middle_leaves_a_line_without_its_newline() {
        let (_folder, path) = folder();
        // Operations: create, sync the folder, write, sync, and the second line's write.
        let mut journal = Journal::create(&path, Faults::fail_at(5, FaultKind::NoSpace)).unwrap();
        journal.append("first").unwrap();
        let error = journal.append("second").unwrap_err();
        assert!(matches!(error.trouble, Trouble::Io(_)));
        assert_eq!(error.path, path);
        assert_eq!(fs::read_to_string(&path).unwrap(), "first\nseco");
    }

    #[test]
    fn a_disk_that_stays_full_loses_no_line_that_was_accepted() {
        let (_folder, path) = folder();
        let mut journal = Journal::create(&path, Faults::fail_from(5, FaultKind::NoSpace)).unwrap();
        journal.append("first").unwrap();
        for _ in 0..3 {
            journal.append("second").unwrap_err();
        }
        assert!(fs::read_to_string(&path).unwrap().starts_with("first\n"));
    }
}
