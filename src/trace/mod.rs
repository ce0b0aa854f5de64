//! Records of a game: how they are written, sealed, read, replayed and shown.

mod butfor;
mod call;
pub mod chain;
mod chronicle;
mod debrief;
mod names;
mod perception;
mod read;
mod record;
mod replay;
mod told;
mod transcript;
mod wording;
mod write;

pub use butfor::{ButFor, ButForRow, Reached};
pub use call::{Call, CallRecord};
pub use chronicle::Chronicle;
pub use debrief::{
    Among, BeliefCourse, Consultation, ConsultationEnd, Debrief, DebriefSeat, DebriefStep, GivenEstimate,
    Placed, PlacedUnit, Surprise, Unanswered,
};
pub use names::{NameTable, NamedOrders};
pub use read::{ReadError, RecordedLine, TraceFile};
pub use record::{
    CallLine, EndLine, FORMAT, Header, Kind, OutcomeLine, PERSON, Player, RULES, RecordKind, ScenarioLine,
    TimedFact, WARNING,
};
pub use replay::{Divergence, NotRebuilt, Replay, Verified, as_trace, rebuild, verify};
pub use transcript::{Transcript, score_words, standing_words};
pub use wording::{Wording, moment, one_line, percent};
pub use write::{ENGINE, Setup, TraceWriter, counter_name, outcome_line, setting_text};
