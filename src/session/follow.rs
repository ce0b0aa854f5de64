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
}

impl Follower {
    /// Before the first call.
    pub fn new(game: &Game, seat: SeatId) -> Self {
        Follower { seat, view: SeatView { briefing: Arc::new(game.briefing(seat)), ..SeatView::default() } }
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
        if fresh {
            self.view.log.extend_from_slice(&seen.news);
            if self.view.path.last().is_none_or(|(_, before)| *before != seen.standing_rung) {
                self.view.path.push((seen.minute, seen.standing_rung));
            }
            self.view.refused.clear();
        }
        fresh
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
