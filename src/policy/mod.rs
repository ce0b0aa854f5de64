//! Automated seats: each decides from what its seat may know, and from nothing else.
//!
//! A policy is stateless. What has to outlive a decision is in [`SeatMemory`], which travels with the game, so forks,
//! saves and replays need nothing from here. Luck comes from [`SeatDice`], a domain of its own for each seat.

mod bargain;
mod choice;
mod contact;
mod doctrine;
mod flash;
mod keeper;
mod logit;
mod luck;
mod memory;
mod moment;
mod passive;
mod random;
mod record;
mod seated;
mod stance;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod fixture;

pub use luck::SeatDice;
pub use memory::SeatMemory;
pub use seated::{Seated, UnknownPolicy};

use crate::engine::{Briefing, Observation, Orders};

/// How an automated seat decides.
pub trait Policy {
    /// Fills the slots of `orders` that `seen.asked` asks for. They come in cleared; what is left empty means what
    /// an empty slot means for a person: hold, say nothing, keep the standing orders.
    fn decide(
        &self,
        seen: &Observation,
        briefing: &Briefing,
        memory: &mut SeatMemory,
        dice: &SeatDice,
        orders: &mut Orders,
    );
}
