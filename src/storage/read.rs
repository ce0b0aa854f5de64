//! Bounded reading: a regular file, no larger than a limit, and text where text is needed.

use super::error::{Deed, StorageError, Trouble};
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// The most bytes that a scenario, experiment or other authored file may have: 5 MB.
pub const SCENARIO_LIMIT: u64 = 5_000_000;

/// The most bytes that a trace or journal may have: 256 MB.
pub const RECORD_LIMIT: u64 = 256_000_000;

/// Reads a text file of at most `limit` bytes, as it is: a byte order mark and line ends stay.
///
/// # Errors
/// All of [`read_bytes`], and `NotText` with the offset of the first byte that is not UTF-8.
pub fn read_text(path: &Path, limit: u64) -> Result<String, StorageError> {
    String::from_utf8(read_bytes(path, limit)?).map_err(|error| {
        StorageError::new(Deed::Read, path, Trouble::NotText(error.utf8_error().valid_up_to()))
    })
}

/// Reads a file of at most `limit` bytes.
///
/// Folders, devices, pipes and sockets are refused before they are opened, so that nothing can make this wait. The
/// size is measured while reading, because the one that a system states need not be true.
///
/// # Errors
/// `NotFound`, `IsDirectory`, `NotRegular`, `TooLarge`, `Denied`, `Io`.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, StorageError> {
    let fail = |trouble| StorageError::new(Deed::Read, path, trouble);
    let system = |error| StorageError::from_io(Deed::Read, path, error);
    let (file, stated) = open_regular(path)?;
    if stated > limit {
        return Err(fail(Trouble::TooLarge(limit)));
    }
    let mut bytes = Vec::with_capacity(stated as usize);
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(system)?;
    if bytes.len() as u64 > limit {
        return Err(fail(Trouble::TooLarge(limit)));
    }
    Ok(bytes)
}

/// Opens a file of any size, to be read piece by piece.
///
/// # Errors
/// `NotFound`, `IsDirectory`, `NotRegular`, `Denied`, `Io`.
pub fn open(path: &Path) -> Result<impl Read, StorageError> {
    open_regular(path).map(|(file, _)| file)
}

/// A regular file and its stated size.
fn open_regular(path: &Path) -> Result<(File, u64), StorageError> {
    let fail = |trouble| StorageError::new(Deed::Read, path, trouble);
    let system = |error| StorageError::from_io(Deed::Read, path, error);
    let stated = regular(&fs::metadata(path).map_err(system)?).map_err(fail)?;
    let file = File::open(path).map_err(system)?;
    // What was opened may not be what was looked at.
    regular(&file.metadata().map_err(system)?).map_err(fail)?;
    Ok((file, stated))
}

/// The file that `relative` names within `folder`, after all links are followed.
///
/// # Errors
/// `Outside` when `relative` is absolute, climbs with `..`, or leads out of the folder through a link; otherwise as
/// [`read_bytes`].
pub fn inside(folder: &Path, relative: &str) -> Result<PathBuf, StorageError> {
    let path = folder.join(relative);
    let outside = || StorageError::new(Deed::Read, &path, Trouble::Outside);
    if !Path::new(relative).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
    {
        return Err(outside());
    }
    let system = |error| StorageError::from_io(Deed::Read, &path, error);
    // The folder of a file named without one is the empty path, which the system does not know.
    let home = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let home = home.canonicalize().map_err(system)?;
    let real = path.canonicalize().map_err(system)?;
    if real.starts_with(&home) { Ok(path) } else { Err(outside()) }
}

/// The stated size, if this is a regular file.
fn regular(metadata: &Metadata) -> Result<u64, Trouble> {
    if metadata.is_dir() {
        Err(Trouble::IsDirectory)
    } else if !metadata.is_file() {
        Err(Trouble::NotRegular)
    } else {
        Ok(metadata.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble<T>(result: Result<T, StorageError>) -> Trouble {
        result.err().expect("the read is refused").trouble
    }

    #[test]
    fn text_comes_back_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, "\u{feff}(\r\n한국)").unwrap();
        assert_eq!(read_text(&path, SCENARIO_LIMIT).unwrap(), "\u{feff}(\r\n한국)");
        fs::write(&path, "").unwrap();
        assert_eq!(read_text(&path, SCENARIO_LIMIT).unwrap(), "");
    }

    #[test]
    fn a_missing_file_and_a_folder_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(trouble(read_text(&folder.path().join("none"), 10)), Trouble::NotFound));
        assert!(matches!(trouble(read_text(folder.path(), 10)), Trouble::IsDirectory));
        assert!(matches!(trouble(read_text(Path::new(""), 10)), Trouble::NotFound));
        assert!(matches!(trouble(read_text(Path::new("a\0b"), 10)), Trouble::NotFound));
    }

    #[test]
    fn the_limit_counts_bytes_and_includes_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "12345").unwrap();
        assert_eq!(read_text(&path, 5).unwrap(), "12345");
        assert!(matches!(trouble(read_text(&path, 4)), Trouble::TooLarge(4)));
    }

    #[test]
    fn a_file_of_a_gigabyte_is_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huge");
        File::create(&path).unwrap().set_len(1 << 30).unwrap();
        assert!(matches!(trouble(read_text(&path, SCENARIO_LIMIT)), Trouble::TooLarge(SCENARIO_LIMIT)));
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_with_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, b"abc\xff").unwrap();
        assert!(matches!(trouble(read_text(&path, 10)), Trouble::NotText(3)));
        assert_eq!(read_bytes(&path, 10).unwrap(), b"abc\xff");
    }

    #[cfg(unix)]
    #[test]
    fn devices_pipes_and_sockets_are_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let fifo = folder.path().join("fifo");
        assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        for path in [Path::new("/dev/zero"), Path::new("/dev/null"), &socket, &fifo] {
            assert!(matches!(trouble(read_text(path, 10)), Trouble::NotRegular), "{}", path.display());
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_whose_stated_size_is_wrong_is_measured_while_reading() {
        assert!(matches!(trouble(read_bytes(Path::new("/proc/self/status"), 8)), Trouble::TooLarge(8)));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_named_by_another_stays_inside_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        fs::create_dir_all(home.join("sub")).unwrap();
        fs::write(folder.path().join("secret"), "x").unwrap();
        fs::write(home.join("sub/base.ron"), "x").unwrap();
        std::os::unix::fs::symlink("../secret", home.join("link")).unwrap();
        std::os::unix::fs::symlink("sub/base.ron", home.join("kind")).unwrap();
        for good in ["sub/base.ron", "./sub/base.ron", "kind"] {
            assert_eq!(inside(&home, good).unwrap(), home.join(good));
        }
        for bad in ["../secret", "sub/../../secret", "/etc/passwd", "link"] {
            assert!(matches!(trouble(inside(&home, bad)), Trouble::Outside), "{bad}");
        }
        assert!(matches!(trouble(inside(&home, "none")), Trouble::NotFound));
    }
}
