//! The file system, and the only module that names it: bounded reads, atomic replacement, the synced journal, locks,
//! and the scenarios shipped inside the binary.
//!
//! Everything that touches a disk here fails with a [`StorageError`] that names the path, and every write passes
//! through [`Faults`], so that a test can fail the k-th operation for every k.

mod append;
mod error;
mod fault;
mod folder;
mod library;
mod lock;
mod read;
#[cfg(test)]
pub mod scratch;
mod visit;
mod write;

pub use append::Journal;
pub use error::{Deed, StorageError, Trouble};
pub use fault::{FaultKind, Faults};
pub use folder::{make_folder, names_in, remove_file, remove_folder};
pub use library::{Shipped, all, instruments, record, shipped, template};
pub use lock::Lock;
pub use read::{RECORD_LIMIT, SCENARIO_LIMIT, inside, open, read_bytes, read_text};
pub use visit::{has_played, remember_play};
pub use write::{Draft, Privacy, replace};
