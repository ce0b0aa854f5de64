//! Records of a game: how they are written, sealed, read, replayed and shown.

mod butfor;
mod call;
pub mod chain;
mod chronicle;
mod control;
mod debrief;
mod names;
mod perception;
mod read;
mod record;
mod replay;
mod table;
mod told;
mod transcript;
mod wording;
mod write;

pub use butfor::{ButFor, ButForRow, Reached};
pub use call::{Call, CallRecord};
pub use chronicle::Chronicle;
pub use control::player_words;
pub use debrief::{
    Among, BeliefCourse, Consultation, ConsultationEnd, Debrief, DebriefSeat, DebriefStep, GivenEstimate,
    LevelCourse, LevelMove, Placed, PlacedUnit, StepFrom, Surprise, Unanswered,
};
pub use names::{NameTable, NamedAct, NamedOrders};
pub use read::{Content, ReadError, RecordedLine, TraceFile};
pub use record::{
    CallLine, ControlLine, EndLine, FORMAT, Header, Kind, OutcomeLine, PERSON, Player, RULES, RecordKind,
    ScenarioLine, TableLine, TimedFact, WARNING,
};
pub use replay::{Divergence, Entry, NotRebuilt, Replay, Verified, as_trace, rebuild, verify};
pub use table::{Fork, Note, Person, Role, Sealed, Seating, Talk, Voice};
pub use transcript::{Rolls, Transcript, score_words, standing_words};
pub use wording::{Wording, moment, one_line, percent};
pub use write::{ENGINE, Setup, TraceWriter, counter_name, outcome_line, setting_text};
