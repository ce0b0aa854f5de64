//! One game from start to end.

mod desk;

pub use crate::engine::{
    ActOrder, Answer, Asked, Briefing, CallAnswer, Contact, FlashOrder, Inducement, Legality, Message, News,
    NewsKind, Observation, OrderError, Orders, ProposalDraft, Question, SeenRoll, Stance, Word,
};
pub use crate::engine::{
    ActionBrief, AimBrief, BeliefView, BodyBrief, BodyView, CallView, CaseView, ChannelBrief, ChannelView,
    EndingBrief, ExchangeView, Failure, HIGHEST_DELEGATED, HypothesisBrief, Label, LineState, MAX_CONTACTS, MENU,
    MenuItem, ProposalView, RestraintView, SeatBrief, StandingView, StimulusView, TalksView, TermBrief, TrackBrief,
    TriggerBrief, TriggerView,
};
pub use crate::scenario::section::{Domain, ReplyRule};
pub use crate::trace::{Debrief, DebriefSeat, DebriefStep};
pub use desk::{DeskCommand, SeatDesk, SeatView};
