//! Levers: the policy paper's instruments, what stands for each of them, and what difference its recommendations make.
//!
//! A [`Catalogue`] is data beside the scenarios. It lists every instrument that the paper names with the entries of
//! the rulesets that stand for it, and every recommendation as two arms: the library without it, and with it. Both
//! arms of a pair meet the same luck, so that where a recommendation changes nothing the games are the same.
//!
//! ```text
//! instruments.ron --read, check--> Catalogue --Contest--> pairs of games --Tally--> Card
//! ```
//!
//! [`weigh_change`] plays pairs of two scenarios in the same way: what difference an author's change makes.
//!
//! What comes out are properties of the model, not of the world.

mod arms;
mod card;
mod catalogue;
mod change;
mod contest;
mod ends;
mod outcome;
mod pairs;
mod seating;

pub use arms::Contest;
pub use card::{Card, Effect, Worlds};
pub use catalogue::{Arm, Catalogue, Instrument, Lever, Ruleset};
pub use change::{Change, weigh_change};
pub use contest::{Effort, weigh};
pub use outcome::Outcome;
