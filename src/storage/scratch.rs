//! A folder for tests of other modules, which must not name the file system themselves.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder that is gone with its test.
pub struct Scratch(tempfile::TempDir);

impl Scratch {
    /// A new, empty folder.
    pub fn fresh() -> Scratch {
        Scratch(tempfile::tempdir().expect("a folder can be made"))
    }

    /// The place of a name in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What a file holds.
    pub fn read(path: &Path) -> Vec<u8> {
        fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Makes a file hold this.
    pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
        fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}
