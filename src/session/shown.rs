//! What of the engine's observations is shown to a seat: only those that tell it something.

use crate::engine::{Asked, Observation};

/// Takes an observation in; false if it tells the seat nothing new.
///
/// How many calls the engine made meanwhile is not for the seat to know (another seat may have been asked something),
/// so the revision of what is shown counts what was shown.
pub(super) fn learn(shown: &mut Observation, seen: &Observation) -> bool {
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
        let mut seen = Observation { asked: Asked::Contacts, revision: 7, ..Observation::default() };
        assert!(learn(&mut shown, &seen));
        seen = Observation { asked: Asked::Nothing, revision: 8, ..seen };
        assert!(learn(&mut shown, &seen));
        seen.revision = 12;
        assert!(!learn(&mut shown, &seen));
        assert_eq!(shown.revision, 2);
        seen.minute = 360;
        assert!(learn(&mut shown, &seen));
        assert_eq!(shown.revision, 3);
    }
}
