//! What a call told, put together for people: each event with its rolls and with what seats saw of it.

use super::call::CallRecord;
use super::record::TimedFact;
use super::wording::{Wording, one_line};
use crate::engine::{AuthoredRoll, Draw, Fact, Holder, Purpose, Roll};
use crate::vocabulary::{Minute, Ppm, Rung, SeatId};

/// What stands for the truth where a seat learned of something that happened before.
const LATE: &str = "what happened before comes to light";

/// One thing that a call told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Something happened.
    Event(Event),
    /// A rule of the scenario rolled.
    Rule(RuleRolls),
    /// A step ended, with this rung standing.
    Standing(Rung),
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub minute: Minute,
    /// What; of what comes to light late, the first that a seat learned.
    pub fact: Fact,
    /// The same in words.
    pub truth: String,
    /// The rolls that decided it, or that it called for, in words.
    pub rolls: Vec<String>,
    /// What seats saw of it, in words to be read after "saw".
    pub seen: Vec<(SeatId, String)>,
}

/// What one rule rolled at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleRolls {
    /// When.
    pub minute: Minute,
    /// The rule's name.
    pub rule: String,
    /// Its rolls in words.
    pub rolls: Vec<String>,
    /// Whether something came that was more likely not to.
    pub against_the_odds: bool,
}

impl RuleRolls {
    fn take(&mut self, words: &Wording<'_>, roll: &Roll, authored: &AuthoredRoll<'_>) {
        let unlikely = roll.chance < EVEN && roll.result != 0;
        self.against_the_odds |= authored.draw == Draw::Roll && unlikely;
        self.rolls.push(words.authored(roll, authored));
    }
}

/// As likely as not, in parts per million.
const EVEN: Ppm = 500_000;

/// The events of a call, in order, and where its steps end.
pub fn told(words: &Wording<'_>, record: &CallRecord) -> Vec<Told> {
    let mut all = Vec::new();
    for (timed, rolls) in record.facts_with_rolls() {
        let mut ahead = Vec::new();
        for roll in rolls {
            if by_an_author(words, &mut all, timed.minute, roll) {
                continue;
            }
            let owner = if decides(roll.purpose, &timed.fact) { None } else { owner(&mut all, roll.purpose) };
            owner.map_or(&mut ahead, |event| &mut event.rolls).extend(words.roll(roll));
        }
        if let Fact::Standing { rung } = timed.fact {
            // Rolls that nothing came of end with the step.
            all.push(Told::Standing(rung));
        } else if let Some(event) = event(words, &mut all, timed) {
            event.rolls.append(&mut ahead);
        }
    }
    for roll in record.rolls_after_facts() {
        if by_an_author(words, &mut all, record.minute(), roll) {
            continue;
        }
        if let Some(event) = owner(&mut all, roll.purpose) {
            event.rolls.extend(words.roll(roll));
        }
    }
    all
}

/// Tells a roll that an author wrote: a rule's under the rule, an effect's under what it is an effect of.
fn by_an_author(words: &Wording<'_>, all: &mut Vec<Told>, minute: Minute, roll: &Roll) -> bool {
    let Some(authored) = words.author(roll) else { return false };
    if authored.holder == Holder::Effect {
        if let Some(event) = last_event(all) {
            event.rolls.push(words.authored(roll, &authored));
        }
        return true;
    }
    let rule = one_line(authored.of);
    if !matches!(all.last(), Some(Told::Rule(last)) if last.rule == rule) {
        let (rolls, against_the_odds) = (Vec::new(), false);
        all.push(Told::Rule(RuleRolls { minute, rule, rolls, against_the_odds }));
    }
    if let Some(Told::Rule(last)) = all.last_mut() {
        last.take(words, roll, &authored);
    }
    true
}

/// The last event of the step, whatever rules rolled since.
fn last_event(all: &mut [Told]) -> Option<&mut Event> {
    match all.iter_mut().rev().find(|told| !matches!(told, Told::Rule(_))) {
        Some(Told::Event(event)) => Some(event),
        _ => None,
    }
}

/// The event that a fact is or tells more of; nothing if it has no words.
fn event<'a>(words: &Wording<'_>, all: &'a mut Vec<Told>, timed: &TimedFact) -> Option<&'a mut Event> {
    let new = |truth: String| {
        let (rolls, seen) = (Vec::new(), Vec::new());
        Told::Event(Event { minute: timed.minute, fact: timed.fact, truth, rolls, seen })
    };
    let percept = words.percept(&timed.fact);
    if percept.is_some() {
        let goes_on = last_event(all).is_some_and(|last| is_of(&timed.fact, &last.fact));
        if !goes_on {
            all.push(new(LATE.to_owned()));
        }
    } else {
        all.push(new(words.fact(&timed.fact)?));
    }
    let event = last_event(all)?;
    event.seen.extend(percept);
    Some(event)
}

/// Whether what a seat saw is of this event: percepts follow the deed that they are about, but for what comes out later.
fn is_of(percept: &Fact, event: &Fact) -> bool {
    match (percept, event) {
        (Fact::Evidence { case, .. }, Fact::Evidence { case: other, .. }) => case == other,
        (Fact::Evidence { .. } | Fact::DeviationReported { .. }, _) => false,
        (_, Fact::Evidence { .. } | Fact::DeviationReported { .. }) => false,
        _ => true,
    }
}

/// Whether a roll that is usually made after its event was made for the fact that follows it.
fn decides(purpose: Purpose, next: &Fact) -> bool {
    match purpose {
        Purpose::AnyDeath | Purpose::HowMany => matches!(next, Fact::Deaths { .. }),
        Purpose::Contact => matches!(next, Fact::Hail { .. }),
        _ => false,
    }
}

/// The event that called for a roll of this purpose, if such rolls are made after their event.
fn owner(all: &mut [Told], purpose: Purpose) -> Option<&mut Event> {
    let calls_for: fn(&Fact) -> bool = match purpose {
        Purpose::Evidence | Purpose::AnyDeath | Purpose::HowMany => {
            |fact| matches!(fact, Fact::Act { .. } | Fact::Incident { .. })
        }
        Purpose::Contact => |fact| matches!(fact, Fact::Act { .. }),
        Purpose::Fidelity | Purpose::Leak => |fact| matches!(fact, Fact::Call { .. }),
        _ => return None,
    };
    all.iter_mut().rev().find_map(|told| match told {
        Told::Event(event) if calls_for(&event.fact) => Some(event),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Cause, Recorder, Roll, dice};
    use crate::scenario::Scenario;
    use crate::vocabulary::{ActionId, CauseTag, Id};

    fn roll(record: &mut CallRecord, purpose: Purpose) {
        let site = dice::SiteId::new("any", "", "roll");
        record.roll(&Roll { purpose, site, index: 0, chance: 0, result: 3 });
    }

    fn tell(record: &CallRecord) -> Vec<Event> {
        let (document, names, origins, fingerprint, text) = Default::default();
        let scenario = Scenario { document, names, origins, fingerprint, text };
        let told = told(&Wording::new(&scenario), record).into_iter();
        told.filter_map(|told| if let Told::Event(event) = told { Some(event) } else { None }).collect()
    }

    fn act() -> Fact {
        Fact::Act { by: SeatId::new(0), action: ActionId::new(0), cause: Cause::Ordered }
    }

    #[test]
    fn a_roll_made_after_its_event_stays_with_it() {
        let mut record = CallRecord::default();
        record.fact(&act());
        roll(&mut record, Purpose::AnyDeath);
        roll(&mut record, Purpose::Evidence);
        record.fact(&Fact::TalksRound { a: SeatId::new(0), b: SeatId::new(1), round: 1 });
        record.fact(&act());
        roll(&mut record, Purpose::AnyDeath);
        record.fact(&Fact::Deaths { seat: SeatId::new(0), dead: 3, civilians: 0 });
        roll(&mut record, Purpose::Evidence);
        let told: Vec<_> = tell(&record).into_iter().map(|event| event.rolls.len()).collect();
        assert_eq!(told, [2, 0, 1, 1], "the act's, none for talks, evidence of the second act, its deaths");
    }

    #[test]
    fn what_comes_to_light_late_is_no_part_of_the_event_before() {
        let mut record = CallRecord::default();
        record.fact(&act());
        roll(&mut record, Purpose::Finding);
        for case in [1, 1, 2] {
            record.fact(&Fact::Evidence {
                case,
                seat: SeatId::new(0),
                author: SeatId::new(1),
                cause: CauseTag::Deliberate,
                belief: 900_000,
            });
        }
        let told: Vec<_> = tell(&record).into_iter().map(|e| (e.rolls.len(), e.seen.len())).collect();
        assert_eq!(told, [(0, 0), (1, 2), (0, 1)]);
    }
}
