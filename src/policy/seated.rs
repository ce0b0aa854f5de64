//! From the name of a policy to a policy that can play.

use super::doctrine::ByDoctrine;
use super::keeper::Keeper;
use super::passive::Passive;
use super::random::Random;
use super::record::ByRecord;
use super::{Policy, SeatDice, SeatMemory};
use crate::engine::{Briefing, Observation, Orders};

/// The policies that every seat of every scenario has.
const ALWAYS: [&str; 5] = ["base", "random", "passive", "record", "keeper"];

/// How unlike a known name a name may be and still be taken for a slip, in edits for each three letters.
const LETTERS_A_SLIP: usize = 3;

/// A policy made ready for one seat: everything that depends on names alone is worked out.
#[derive(Clone, Debug)]
pub enum Seated {
    /// Prefers nothing: the record's base rates alone.
    Base(Box<ByDoctrine>),
    /// Any legal orders, each as likely as the other.
    Random(Random),
    /// Does nothing, and says so when asked.
    Passive(Passive),
    /// Repeats the historical record.
    Record(ByRecord),
    /// Tends its own lines at the record's rates, and does nothing else.
    Keeper(Keeper),
    /// Follows a doctrine of the scenario.
    Doctrine(Box<ByDoctrine>),
}

impl Seated {
    /// The policy called `name` for the seat whose briefing this is.
    ///
    /// # Errors
    /// If the seat has no such policy; the error names those that it has.
    pub fn named(name: &str, briefing: &Briefing) -> Result<Seated, UnknownPolicy> {
        match name {
            "base" => Ok(Seated::Base(Box::new(ByDoctrine::indifferent(briefing)))),
            "random" => Ok(Seated::Random(Random::new())),
            "passive" => Ok(Seated::Passive(Passive)),
            "keeper" => Ok(Seated::Keeper(Keeper::new(briefing))),
            "record" => Ok(Seated::Record(ByRecord::new(briefing))),
            _ => match briefing.doctrines.iter().find(|doctrine| doctrine.label.name == name) {
                Some(doctrine) => Ok(Seated::Doctrine(Box::new(ByDoctrine::new(doctrine, briefing)))),
                None => Err(UnknownPolicy::new(name, briefing)),
            },
        }
    }

    /// The names of all policies that can play the seat.
    pub fn names(briefing: &Briefing) -> impl Iterator<Item = &str> {
        ALWAYS.into_iter().chain(briefing.doctrines.iter().map(|doctrine| doctrine.label.name.as_str()))
    }
}

impl Policy for Seated {
    fn decide(
        &self,
        seen: &Observation,
        briefing: &Briefing,
        memory: &mut SeatMemory,
        dice: &SeatDice,
        orders: &mut Orders,
    ) {
        orders.clear();
        match self {
            Seated::Random(policy) => policy.decide(seen, briefing, memory, dice, orders),
            Seated::Passive(policy) => policy.decide(seen, briefing, memory, dice, orders),
            Seated::Record(policy) => policy.decide(seen, briefing, memory, dice, orders),
            Seated::Keeper(policy) => policy.decide(seen, briefing, memory, dice, orders),
            Seated::Base(policy) | Seated::Doctrine(policy) => {
                policy.decide(seen, briefing, memory, dice, orders)
            }
        }
    }
}

/// No policy of a seat has the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPolicy {
    /// The name that was asked for.
    pub name: String,
    /// The policies that there are.
    pub known: Vec<String>,
    /// The one that was probably meant.
    pub nearest: Option<String>,
}

impl UnknownPolicy {
    fn new(name: &str, briefing: &Briefing) -> Self {
        let known: Vec<String> = Seated::names(briefing).map(str::to_owned).collect();
        let nearest = known
            .iter()
            .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
            .filter(|(edits, candidate)| {
                edits * LETTERS_A_SLIP <= candidate.chars().count().max(LETTERS_A_SLIP)
            })
            .min_by_key(|(edits, _)| *edits)
            .map(|(_, candidate)| candidate.clone());
        UnknownPolicy { name: name.to_owned(), known, nearest }
    }
}

impl std::fmt::Display for UnknownPolicy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no policy is called `{}`", self.name.escape_debug())?;
        if let Some(nearest) = &self.nearest {
            write!(f, "; did you mean `{nearest}`?")?;
        }
        write!(f, " (valid: {})", self.known.join(", "))
    }
}

impl std::error::Error for UnknownPolicy {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::fixture;

    #[test]
    fn every_listed_name_gives_a_policy() {
        let briefing = fixture::briefing();
        assert_eq!(
            Seated::names(&briefing).collect::<Vec<_>>(),
            ["base", "random", "passive", "record", "keeper", "plain"]
        );
        for name in Seated::names(&briefing) {
            assert!(Seated::named(name, &briefing).is_ok(), "{name}");
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest_and_all_valid_ones() {
        let briefing = fixture::briefing();
        assert_eq!(
            Seated::named("pasive", &briefing).unwrap_err().to_string(),
            "no policy is called `pasive`; did you mean `passive`? (valid: base, random, passive, record, keeper, plain)"
        );
        assert_eq!(
            Seated::named("\u{1b}[2J", &briefing).unwrap_err().to_string(),
            "no policy is called `\\u{1b}[2J` (valid: base, random, passive, record, keeper, plain)"
        );
    }
}
