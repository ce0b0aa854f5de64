//! Records of games.

mod debrief;

pub use debrief::{Debrief, DebriefSeat, DebriefStep};
