//! The words that every layer shares: ids, levels, chances, time, beliefs, readings, program words.
//!
//! Nothing here knows a scenario, a file or a screen; behaviour stops at arithmetic and parsing.

mod belief;
mod chance;
mod date;
mod ids;
mod ladder;
mod names;
mod signal;
mod text;
mod time;
pub mod words;

pub use belief::{ONE_MILLION, Ppm};
pub use chance::{AuthoredChance, Chance};
pub use date::{Date, civil_from_days, days_from_civil};
pub use ids::*;
pub use ladder::{RUNGS, Rung, TOP_RUNG};
pub use names::Ref;
pub use signal::{CELLS, CONTEXTS, CauseTag, Cell, Cells, Context, Cost, READINGS, Reading};
pub use text::{SafeText, counted};
pub use time::{DAY, Duration, Minute, Rate};
