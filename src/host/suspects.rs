//! Addresses from which wrong passcodes came: each answer to the next one takes longer.

use super::limits;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The addresses, as far as they are remembered.
#[derive(Debug, Default)]
pub(super) struct Suspects(Mutex<BTreeMap<IpAddr, Suspect>>);

#[derive(Debug)]
struct Suspect {
    wrong: u32,
    last: Instant,
}

impl Suspects {
    /// Counts a wrong passcode, and says how long its answer takes.
    pub fn wrong(&self, address: IpAddr) -> Duration {
        let now = Instant::now();
        let mut suspects = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        suspects.retain(|_, suspect| now.duration_since(suspect.last) < limits::MEMORY);
        if suspects.len() >= limits::ADDRESSES && !suspects.contains_key(&address) {
            // So many addresses are no seminar: all of them are slow.
            return limits::SLOWEST;
        }
        let suspect = suspects.entry(address).or_insert(Suspect { wrong: 0, last: now });
        let before = suspect.wrong;
        suspect.wrong = suspect.wrong.saturating_add(1);
        suspect.last = now;
        limits::REFUSAL.saturating_add(limits::SLOWER.saturating_mul(before)).min(limits::SLOWEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_passcode_makes_the_next_answer_slower_up_to_a_limit() {
        let suspects = Suspects::default();
        let one: IpAddr = [10, 0, 0, 1].into();
        let waits: Vec<Duration> = (0..40).map(|_| suspects.wrong(one)).collect();
        assert_eq!(waits[0], limits::REFUSAL);
        assert!(waits.is_sorted());
        assert_eq!(waits[39], limits::SLOWEST);
        assert_eq!(suspects.wrong([10, 0, 0, 2].into()), limits::REFUSAL, "others are not slowed");
    }

    #[test]
    fn no_more_addresses_are_remembered_than_there_is_room_for() {
        let suspects = Suspects::default();
        for i in 0..5000u32 {
            suspects.wrong(IpAddr::from(i.to_be_bytes()));
        }
        assert_eq!(suspects.0.lock().unwrap().len(), limits::ADDRESSES);
    }
}
