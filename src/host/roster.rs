//! Who may sit where: places, the passcodes and public keys that open them, and addresses that guessed wrong.

use super::passcode::{Passcode, Seal, seal_of_typed};
use russh::keys::PublicKey;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A place by its number in the roster.
pub(super) type PlaceId = usize;

/// All places of a session. It is shared, and asked by many connections at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Roster(Arc<Mutex<Vec<Place>>>);

#[derive(Debug)]
struct Place {
    /// The user name that asks for it; people who share a seat share it.
    user: String,
    /// What it is called, which is its own.
    name: String,
    /// The passcode that opens it now. There is one at a time, and it opens once.
    code: Option<Seal>,
    keys: Vec<PublicKey>,
}

impl Place {
    /// Whether a public key opens it; the comment beside a key does not count.
    fn opens(&self, key: &PublicKey) -> bool {
        self.keys.iter().any(|known| known.key_data() == key.key_data())
    }
}

/// The right to enter a place, given to one connection.
///
/// A passcode is spent when the screen is reached; if the connection is lost before that, it counts again.
#[derive(Debug)]
pub(super) struct Pass {
    roster: Roster,
    place: PlaceId,
    spent: Option<Seal>,
}

impl Roster {
    /// Adds a place of this user name and name, which nothing opens yet.
    pub fn add(&self, user: String, name: String) -> PlaceId {
        let mut places = self.places();
        places.push(Place { user, name, code: None, keys: Vec::new() });
        places.len() - 1
    }

    fn places(&self) -> MutexGuard<'_, Vec<Place>> {
        // A list of seals is whole whoever panicked while looking at it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of a name.
    pub fn find(&self, name: &str) -> Option<PlaceId> {
        self.places().iter().position(|place| place.name == name)
    }

    /// The name of a place.
    pub fn name(&self, place: PlaceId) -> String {
        self.places()[place].name.clone()
    }

    /// The user name of a place.
    pub fn user(&self, place: PlaceId) -> String {
        self.places()[place].user.clone()
    }

    /// All names.
    pub fn names(&self) -> Vec<String> {
        self.places().iter().map(|place| place.name.clone()).collect()
    }

    /// A fresh passcode for a place; what opened it before does so no more.
    pub fn issue(&self, place: PlaceId) -> Passcode {
        let code = Passcode::new();
        self.places()[place].code = Some(code.seal());
        code
    }

    /// Lets a public key open a place.
    pub fn add_key(&self, place: PlaceId, key: PublicKey) {
        self.places()[place].keys.push(key);
    }

    /// Whether a public key opens a place of a user name.
    pub fn knows(&self, user: &str, key: &PublicKey) -> bool {
        self.opened(user, key).is_some()
    }

    fn opened(&self, user: &str, key: &PublicKey) -> Option<PlaceId> {
        self.places().iter().position(|place| place.user == user && place.opens(key))
    }

    /// Whether any place is opened by a public key.
    pub fn has_keys(&self) -> bool {
        self.places().iter().any(|place| !place.keys.is_empty())
    }

    /// Lets in who typed the passcode of a place; it opens nothing any more then.
    pub fn admit(&self, user: &str, typed: &str) -> Option<Pass> {
        let seal = seal_of_typed(typed);
        let mut places = self.places();
        let place = places.iter().position(|place| place.user == user && place.code == Some(seal))?;
        Some(Pass { roster: self.clone(), place, spent: places[place].code.take() })
    }

    /// Lets in who proved to own a public key of a place.
    pub fn admit_key(&self, user: &str, key: &PublicKey) -> Option<Pass> {
        self.opened(user, key).map(|place| Pass { roster: self.clone(), place, spent: None })
    }
}

impl Pass {
    /// The place.
    pub fn place(&self) -> PlaceId {
        self.place
    }

    /// Spends the pass on reaching the screen. Who came by a passcode gets the next one, to come back with.
    pub fn spend(mut self) -> Option<Passcode> {
        self.spent.take().map(|_| self.roster.issue(self.place))
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some(seal) = self.spent.take() {
            // Unless a fresh one was issued meanwhile, nobody has seen another.
            self.roster.places()[self.place].code.get_or_insert(seal);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster() -> Roster {
        let roster = Roster::default();
        for (user, name) in [("rok", "rok"), ("dprk", "dprk"), ("rok", "rok:lee")] {
            roster.add(user.to_owned(), name.to_owned());
        }
        roster
    }

    #[test]
    fn a_passcode_opens_its_place_once_and_gives_the_next() {
        let roster = roster();
        let code = roster.issue(0).to_string();
        roster.issue(1);
        assert!(roster.admit("dprk", &code).is_none(), "another seat");
        assert!(roster.admit("us", &code).is_none(), "no such seat");
        assert!(roster.admit("rok", "").is_none());
        let pass = roster.admit("rok", &code).expect("it is right");
        assert!(roster.admit("rok", &code).is_none(), "it is taken already");
        let next = pass.spend().expect("who came by a passcode gets one").to_string();
        assert!(roster.admit("rok", &code).is_none(), "it was used");
        assert!(roster.admit("rok", &next).is_some());
    }

    #[test]
    fn people_who_share_a_seat_have_passcodes_of_their_own() {
        let roster = roster();
        let (lead, adviser) = (roster.issue(0).to_string(), roster.issue(2).to_string());
        assert_eq!(roster.admit("rok", &adviser).map(|pass| pass.place()), Some(2));
        assert_eq!(roster.admit("rok", &lead).map(|pass| pass.place()), Some(0));
    }

    #[test]
    fn a_passcode_whose_connection_is_lost_before_the_screen_counts_again() {
        let roster = roster();
        let code = roster.issue(0).to_string();
        drop(roster.admit("rok", &code).expect("it is right"));
        let pass = roster.admit("rok", &code).expect("it counts again");
        let fresh = roster.issue(0).to_string();
        drop(pass);
        assert!(roster.admit("rok", &code).is_none(), "a fresh one took its place");
        assert!(roster.admit("rok", &fresh).is_some());
    }

    #[test]
    fn a_place_without_a_passcode_is_opened_by_none() {
        assert!(roster().admit("rok", "").is_none());
        assert!(roster().admit("rok", "0000-0000-0000").is_none());
    }
}
