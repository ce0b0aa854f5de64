//! One game from start to end: a session holds the game, desks hold what their seats may know.
//!
//! [`Session::open`] gives the session, a [`SeatKey`] for every seat that a person plays, and one [`ControlKey`]. A
//! key opens a [`SeatDesk`], which holds owned views and a way to send orders, and no path to the game:
//!
//! ```compile_fail,E0616
//! fn peek(desk: &offramp::session::SeatDesk) {
//!     let _ = &desk.commands;
//! }
//! ```
//!
//! ```compile_fail,E0599
//! fn peek(desk: &offramp::session::SeatDesk) {
//!     let _ = desk.game();
//! }
//! ```
//!
//! Nobody can make a key, or copy one:
//!
//! ```compile_fail,E0451
//! fn forge(mine: offramp::session::SeatKey) {
//!     let _ = offramp::session::SeatKey { seat: mine.seat(), ..mine };
//! }
//! ```
//!
//! ```compile_fail,E0277
//! fn copy<T: Clone>() {}
//! copy::<offramp::session::SeatKey>();
//! ```
//!
//! ```compile_fail,E0277
//! fn copy<T: Clone>() {}
//! copy::<offramp::session::ControlKey>();
//! ```
//!
//! Observations and handbooks come from the engine alone:
//!
//! ```compile_fail,E0451
//! let _ = offramp::session::Observation { minute: 5, ..Default::default() };
//! ```
//!
//! ```compile_fail,E0451
//! let _ = offramp::session::Briefing { seat: None, ..Default::default() };
//! ```
//!
//! And who holds a session still needs the key to look behind it; a game's fields cannot be reached at all:
//!
//! ```compile_fail,E0061
//! fn peek(session: &offramp::session::Session) {
//!     let _ = session.control();
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn peek(session: &offramp::session::Session) {
//!     let _ = &session.game;
//! }
//! ```
//!
//! ```compile_fail,E0616
//! fn peek(game: &offramp::engine::Game) {
//!     let _ = &game.state;
//! }
//! ```
//!
//! ```compile_fail,E0603
//! use offramp::engine::state::State;
//! ```

pub mod alone;
mod author;
mod board;
pub mod butfor;
mod control;
mod course;
mod desk;
mod export;
mod follow;
mod inquiry;
mod journal;
mod keys;
mod opening;
mod pace;
pub mod peers;
mod place;
mod play;
pub mod pool;
mod reload;
mod resume;
pub mod runner;
pub mod stated;
mod talk;
mod white_cell;

pub use crate::engine::{
    ActOrder, Answer, Asked, Briefing, CallAnswer, Contact, Ended, FlashOrder, Inducement, Legality, Message,
    News, NewsKind, Observation, OrderError, Orders, ProposalDraft, Question, Score, Season, SeenRoll,
    Stance, Word,
};
pub use crate::engine::{
    ActionBrief, AgendaBrief, AimBrief, AllianceView, BeliefView, BodyBrief, BodyView, CallView, CaseView,
    ChannelBrief, ChannelView, ContactStep, Departure, EndingBrief, ExchangeView, Failure, HypothesisBrief,
    Label, LineState, MAX_CONTACTS, MENU, MenuItem, PendingView, ProposalView, ReplyView, RestraintView,
    SeatBrief, StandingView, StimulusView, TalksLevel, TalksView, TermBrief, TrackBrief, TriggerBrief,
    TriggerDoes, TriggerView,
};
pub use crate::engine::{
    Argument, Consequence, ControlAct, ControlError, EVEN, Effect, HEAVIEST, InjectDeed, InjectStatus,
    Ruling, Words,
};
pub use crate::scenario::section::{Domain, ReplyRule};
pub use crate::trace::{Debrief, DebriefSeat, DebriefStep, Person, Role};
pub use control::{
    Attendance, ChannelRow, ControlBoard, ControlCommand, ControlDesk, InjectRow, NoteRow, ScheduledRow,
    SeatRow, TrackRow, TurnRow,
};
pub use desk::{DeskCommand, Hands, SeatDesk, SeatView, TableView};
pub use export::SeatExport;
pub use follow::Follower;
pub use inquiry::Inquired;
pub use keys::{ControlKey, ControlView, SeatKey};
pub use opening::{Occupant, Opened, SessionConfig, SessionError};
pub use pace::Pace;
pub use play::{Progress, Session};
pub use talk::{LONGEST_MESSAGE, Said, Speaker};
