//! One seat followed through a game: what of the engine's observations is shown to it.

use super::desk::SeatView;
use crate::engine::{Asked, Game, Observation};
use crate::vocabulary::SeatId;
use std::sync::Arc;

/// Follows a seat, and holds what it has been shown.
#[derive(Clone, Debug)]
pub struct Follower {
    seat: SeatId,
    pub(super) view: SeatView,
    /// How many of the observation's news are in the log.
    logged: usize,
}

impl Follower {
    /// Before the first call.
    pub fn new(game: &Game, seat: SeatId) -> Self {
        let view = SeatView { briefing: Arc::new(game.briefing(seat)), ..SeatView::default() };
        Follower { seat, view, logged: 0 }
    }

    /// The seat.
    pub fn seat(&self) -> SeatId {
        self.seat
    }

    /// What the seat has been shown.
    pub fn view(&self) -> &SeatView {
        &self.view
    }

    /// Takes in what the seat knows after a call; false if that is nothing new to it.
    pub fn call(&mut self, game: &Game) -> bool {
        let seen = game.observation(self.seat);
        let fresh = learn(&mut self.view.observation, seen);
        self.logged = 0;
        if fresh {
            self.take_in();
        }
        fresh
    }

    /// Takes in what the seat knows after an act of control; false if that is nothing new to it. The news of the call
    /// before still stand in the observation then.
    pub fn control(&mut self, game: &Game) -> bool {
        let seen = game.observation(self.seat);
        let shown = &mut self.view.observation;
        let count = shown.revision;
        shown.revision = seen.revision;
        let fresh = shown != seen;
        if fresh {
            shown.clone_from(seen);
        }
        shown.revision = if fresh { count + 1 } else { count };
        if fresh {
            self.take_in();
        }
        fresh
    }

    fn take_in(&mut self) {
        let news = &self.view.observation.news;
        self.view.log.extend_from_slice(&news[self.logged.min(news.len())..]);
        self.logged = news.len();
        let seen = &self.view.observation;
        if self.view.path.last().is_none_or(|(_, before)| *before != seen.standing_rung) {
            self.view.path.push((seen.minute, seen.standing_rung));
        }
        self.view.refused.clear();
    }

    /// Goes on with the counts of a course that is taken back, so that no desk takes an old question for a new one.
    pub(super) fn goes_on_after(&mut self, before: &Follower) {
        self.view.observation.revision = before.view.observation.revision + 1;
    }
}

/// Takes an observation in; false if it tells the seat nothing new.
///
/// How many calls the engine made meanwhile is not for the seat to know (another seat may have been asked something),
/// so the revision of what is shown counts what was shown.
fn learn(shown: &mut Observation, seen: &Observation) -> bool {
    let count = shown.revision;
    shown.revision = seen.revision;
    let fresh = shown != seen || !seen.news.is_empty() || seen.asked != Asked::Nothing;
    shown.clone_from(seen);
    shown.revision = if fresh { count + 1 } else { count };
    fresh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_observation_that_tells_nothing_new_is_not_counted() {
        let mut shown = Observation::default();
        let mut seen = Observation::default();
        (seen.asked, seen.revision) = (Asked::Contacts, 7);
        assert!(learn(&mut shown, &seen));
        (seen.asked, seen.revision) = (Asked::Nothing, 8);
        assert!(learn(&mut shown, &seen));
        seen.revision = 12;
        assert!(!learn(&mut shown, &seen));
        assert_eq!(shown.revision, 2);
        seen.minute = 360;
        assert!(learn(&mut shown, &seen));
        assert_eq!(shown.revision, 3);
    }
}
