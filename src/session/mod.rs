//! One game from start to end.

mod desk;

pub use crate::engine::{
    ActOrder, Answer, Asked, Briefing, CallAnswer, Contact, FlashOrder, Inducement, Legality, Message, News,
    NewsKind, Observation, OrderError, Orders, ProposalDraft, Question, SeenRoll, Stance, Word,
};
pub use crate::trace::Debrief;
pub use desk::{DeskCommand, SeatDesk, SeatView};
