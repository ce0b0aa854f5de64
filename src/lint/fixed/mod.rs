//! What shows in the words and numbers of a scenario without playing it.

mod meeting;
mod range;
mod reach;
mod texts;
mod truth;
mod uses;
mod words;
mod world;

pub(super) use words::At;

use super::limits::Limits;
use super::notes::Notes;
use crate::scenario::Bound;
use truth::Truth;
use world::{Standing, World};

/// Looks through a scenario.
pub(super) fn look_through(bound: &Bound, limits: &Limits, notes: &mut Notes<'_>) {
    let world = World::of(bound, Standing::Settable);
    reach::conditions(bound, &world, notes);
    reach::shadowed_endings(bound, &world, notes);
    reach::late_injects(bound, &world, notes);
    reach::actions(bound, &world, notes);
    uses::names(bound, notes);
    uses::locals(bound, notes);
    uses::unread_texts(bound, notes);
    uses::empty_groups(bound, &world, notes);
    meeting::lines_and_bodies(bound, notes);
    meeting::ladder(bound, notes);
    texts::look_through(bound, limits, notes);
}

/// By inject: whether it waits for a setting to be another than it is, so that no game with these settings can have it.
pub(super) fn waiting_for_settings(bound: &Bound) -> Vec<bool> {
    let world = World::of(bound, Standing::AsBound);
    world.fired.iter().map(|fired| *fired == Truth::Never).collect()
}
