//! Facts and changes: what happened, and what that does to the state.
//!
//! A mechanic emits a [`Fact`] together with its [`Change`]s; only `state::apply` turns changes into state. Many
//! mechanics speak these few kinds, and trace, replay, debrief and sweep read nothing else.

mod change;
mod fact;
mod roll;

pub use change::{COUNTERS, Change, Counter};
pub use fact::{CallResult, Cause, Fact};
pub use roll::{Purpose, Roll};

/// What a recorder is told. In a sweep it compiles to nothing; in play it fills a reused buffer.
pub trait Recorder {
    /// Whether rolls of rules are told at all.
    const HEARS_ROLLS: bool = true;

    /// A roll was made.
    fn roll(&mut self, roll: &Roll);
    /// Something happened.
    fn fact(&mut self, fact: &Fact);
    /// Something changed.
    fn change(&mut self, change: &Change);
}

/// The recorder of a sweep: it keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRecord;

impl Recorder for NoRecord {
    const HEARS_ROLLS: bool = false;

    fn roll(&mut self, _: &Roll) {}
    fn fact(&mut self, _: &Fact) {}
    fn change(&mut self, _: &Change) {}
}
