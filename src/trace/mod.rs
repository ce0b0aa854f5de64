//! Records of a game: how they are written, sealed, read, replayed and shown.

mod call;
pub mod chain;
mod debrief;
mod names;
mod read;
mod record;
mod write;

pub use call::{Call, CallRecord};
pub use debrief::{Debrief, DebriefSeat, DebriefStep};
pub use names::{NameTable, NamedOrders};
pub use read::{ReadError, RecordedLine, TraceFile};
pub use record::{
    CallLine, EndLine, FORMAT, Header, Kind, OutcomeLine, PERSON, Player, RULES, RecordKind, ScenarioLine,
    TimedFact, WARNING,
};
pub use write::{Setup, TraceWriter, outcome_line, setting_text};
