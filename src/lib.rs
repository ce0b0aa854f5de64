//! offramp: a deterministic crisis-escalation wargame simulator.
//!
//! The folder listing is the architecture: a scenario is read (`scenario`), played (`engine`), recorded (`trace`),
//! by people or automated seats (`policy`), as a game from start to end (`session`), on a screen (`tui`) or from
//! the command line (`cli`). `docs/architecture.md` is the map, `docs/glossary.md` the words.

pub mod cli;
pub mod engine;
pub mod policy;
pub mod scenario;
pub mod session;
pub mod storage;
pub mod trace;
pub mod tui;
pub mod vocabulary;
