//! Records of a game: how they are written, sealed, read, replayed and shown.

pub mod chain;
mod debrief;

pub use debrief::{Debrief, DebriefSeat, DebriefStep};
