//! The rules of play.

mod briefing;
mod dice;
mod event;
mod observation;
mod order;
mod state;

pub use briefing::*;
pub use dice::SiteId;
pub use event::*;
pub use observation::*;
pub use order::*;
pub use state::{
    Case, Exchange, InjectStatus, MAX_SEATS, Ongoing, Phase, Proposal, Report, Request, Restraint, Scheduled, Standing,
    Stimulus, Talks,
};
