//! Who may sit where: places, the passcodes and public keys that open them, and addresses that guessed wrong.

use super::passcode::{Passcode, Seal, seal_of_typed};
use russh::keys::PublicKey;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A place by its number in the roster.
pub(super) type PlaceId = usize;

/// All places of a session. It is shared, and asked by many connections at once.
#[derive(Clone, Debug)]
pub(super) struct Roster(Arc<Mutex<Vec<Place>>>);

#[derive(Debug)]
struct Place {
    /// The user name that asks for it.
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
    /// Places of these user names, which no passcode opens yet.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let place = |name| Place { name, code: None, keys: Vec::new() };
        Roster(Arc::new(Mutex::new(names.into_iter().map(place).collect())))
    }

    fn places(&self) -> MutexGuard<'_, Vec<Place>> {
        // A list of seals is whole whoever panicked while looking at it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place of a user name.
    pub fn find(&self, name: &str) -> Option<PlaceId> {
        self.places().iter().position(|place| place.name == name)
    }

    /// The user name of a place.
    pub fn name(&self, place: PlaceId) -> String {
        self.places()[place].name.clone()
    }

    /// All user names.
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

    /// Whether a public key opens the place of a user name.
    pub fn knows(&self, name: &str, key: &PublicKey) -> bool {
        self.places().iter().any(|place| place.name == name && place.opens(key))
    }

    /// Whether any place is opened by a public key.
    pub fn has_keys(&self) -> bool {
        self.places().iter().any(|place| !place.keys.is_empty())
    }

    /// Whether this place is opened by a public key.
    pub fn has_key(&self, place: PlaceId) -> bool {
        !self.places()[place].keys.is_empty()
    }

    /// Lets in who typed the passcode of a place; it opens nothing any more then.
    pub fn admit(&self, name: &str, typed: &str) -> Option<Pass> {
        let seal = seal_of_typed(typed);
        let mut places = self.places();
        let place = places.iter().position(|place| place.name == name)?;
        let spent = places[place].code.take_if(|code| *code == seal)?;
        Some(Pass { roster: self.clone(), place, spent: Some(spent) })
    }

    /// Lets in who proved to own a public key of a place.
    pub fn admit_key(&self, name: &str, key: &PublicKey) -> Option<Pass> {
        let place = self.find(name).filter(|_| self.knows(name, key))?;
        Some(Pass { roster: self.clone(), place, spent: None })
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
        Roster::new(["rok", "dprk"].map(str::to_owned))
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
