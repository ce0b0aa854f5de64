//! The rules of play.
//!
//! `Game` is moved by three calls, and by what control does between them; each runs steps of the turn through the mechanics, which read the state, roll keyed
//! dice and emit facts with their changes; `state::apply` alone changes state, `state::observe` alone discloses it.

mod authored;
mod briefing;
mod cells;
mod control;
pub mod dice;
mod event;
mod evidence;
mod game;
mod legality;
mod likelihood;
mod mechanics;
mod needs;
mod observation;
mod offers;
mod order;
pub mod program;
mod rules;
mod score;
mod state;
mod step;
mod worth;

pub use authored::{AuthoredRoll, Draw, Holder, authored_roll};
pub use briefing::*;
pub use control::{
    Argument, Consequence, ControlAct, ControlError, EVEN, Effect, HEAVIEST, InjectDeed, LONGEST_TEXT,
    MOST_PARTS, Ruling, Words,
};
pub use event::*;
pub use game::{CourseClass, Game, Outcome, Readers};
pub use legality::OrderError;
pub use needs::{does as statement_words, holds as condition_words};
pub use observation::*;
pub use order::*;
pub use rules::{Rules, bind};
pub use score::{Left, Score};
// Words of a scenario that orders and briefings are made of.
pub use crate::scenario::section::{
    Bargaining, Domain, LineWeights, MessageWeights, ReplyRule, Talking, UnderFireDoc,
};
pub use state::{
    CAUSES, Case, Crossing, Debt, Deed, Exchange, InjectStatus, MAX_SEATS, NEVER, Ongoing, Opinion, Phase,
    Proposal, Report, Request, Restraint, Scheduled, Standing, Stimulus, Talks,
};
