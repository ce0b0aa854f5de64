//! Folders of results: made, listed, cleaned.

use super::error::{Deed, StorageError};
use std::fs;
use std::io;
use std::path::Path;

/// Makes a folder and those on the way to it; one that is there already will do.
///
/// # Errors
/// `Exists` when a file stands there; `Denied`; `Io`.
pub fn make_folder(path: &Path) -> Result<(), StorageError> {
    fs::create_dir_all(path).map_err(|error| StorageError::from_io(Deed::Write, path, error))
}

/// The names in a folder, sorted; those that are not text are left out. A folder that is not there holds nothing.
///
/// # Errors
/// `NotFound` when a file stands there; `Denied`; `Io`.
pub fn names_in(path: &Path) -> Result<Vec<String>, StorageError> {
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.and_then(Iterator::collect::<io::Result<Vec<fs::DirEntry>>>),
    };
    let entries = entries.map_err(|error| StorageError::from_io(Deed::Read, path, error))?;
    let mut names: Vec<String> =
        entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    Ok(names)
}

/// Removes a file; one that is not there is as good as removed.
///
/// # Errors
/// `IsDirectory`, `Denied`, `Io`.
pub fn remove_file(path: &Path) -> Result<(), StorageError> {
    gone(fs::remove_file(path)).map_err(|error| StorageError::from_io(Deed::Write, path, error))
}

/// Removes an empty folder; one that is not there is as good as removed.
///
/// # Errors
/// `Io` when it is not empty; `Denied`.
pub fn remove_folder(path: &Path) -> Result<(), StorageError> {
    gone(fs::remove_dir(path)).map_err(|error| StorageError::from_io(Deed::Write, path, error))
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_listed_and_removed_and_twice_is_as_good_as_once() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/b");
        assert_eq!(names_in(&folder).unwrap(), [""; 0]);
        for _ in 0..2 {
            make_folder(&folder).unwrap();
        }
        for name in ["y", "x"] {
            fs::write(folder.join(name), "").unwrap();
        }
        assert_eq!(names_in(&folder).unwrap(), ["x", "y"]);
        for name in ["x", "y", "y"] {
            remove_file(&folder.join(name)).unwrap();
        }
        for _ in 0..2 {
            remove_folder(&folder).unwrap();
        }
        assert_eq!(names_in(home.path()).unwrap(), ["a"]);
    }
}
