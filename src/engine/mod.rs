//! The rules of play.

mod briefing;
pub mod dice;
mod event;
mod game;
mod legality;
mod observation;
mod order;
mod state;

pub use briefing::*;
pub use event::*;
pub use game::{Game, Outcome};
pub use legality::{HIGHEST_DELEGATED, OrderError};
pub use observation::*;
pub use order::*;
pub use state::{
    Case, Exchange, InjectStatus, MAX_SEATS, Ongoing, Phase, Proposal, Report, Request, Restraint, Scheduled,
    Standing, Stimulus, Talks,
};
