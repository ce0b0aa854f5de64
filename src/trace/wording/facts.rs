//! What happened, in words.

use super::{Wording, percent, politics_word};
use crate::engine::{CallResult, Fact, Season};
use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{SeatId, counted};

impl Wording<'_> {
    /// What one seat saw, if the fact is about that and nothing else; to be read after "saw".
    pub fn percept(&self, fact: &Fact) -> Option<(SeatId, String)> {
        Some(match *fact {
            Fact::Percept { observer, by, action, known_author, meant: _, perceived } => {
                let author = if known_author { self.seat(by) } else { "an unknown hand".to_owned() };
                (observer, format!("{author}: {} as {}", self.action(action), perceived.word()))
            }
            Fact::IncidentPercept { observer, incident, suspect, perceived } => (
                observer,
                format!(
                    "{} as {}, and suspects {}",
                    self.incident(incident),
                    perceived.word(),
                    self.seat(suspect)
                ),
            ),
            Fact::StatementHeard { observer, by, perceived } => {
                (observer, format!("the words of {} as {}", self.seat(by), perceived.word()))
            }
            Fact::Evidence { case, seat, author, cause, belief } => (
                seat,
                format!(
                    "the finding in case {case} ({} did it {}), and is {} sure now",
                    self.seat(author),
                    cause.word(),
                    percent(belief)
                ),
            ),
            Fact::DeviationReported { site, seat, at, kind } => (
                seat,
                format!(
                    "in a report that its own forces at {} {} {}",
                    self.site(site),
                    kind.word(),
                    at.word()
                ),
            ),
            Fact::Leak { to, caller, with } => {
                (to, format!("that {} spoke to {} in private", self.seat(caller), self.seat(with)))
            }
            _ => return None,
        })
    }

    /// What happened, in one sentence; nothing for percepts and for the standing rung.
    pub fn fact(&self, fact: &Fact) -> Option<String> {
        if self.percept(fact).is_some() {
            return None;
        }
        self.deed(fact).or_else(|| self.talk(fact)).or_else(|| self.between_allies(fact))
    }

    /// Acts, fire, losses and their like.
    fn deed(&self, fact: &Fact) -> Option<String> {
        Some(match *fact {
            Fact::Inject(inject) => self.inject(inject),
            // The act of control has told it.
            Fact::Message { number: _ } => return None,
            Fact::Ruled { faces: [first, second], needed, came } => format!(
                "The dice show {first} and {second}; {needed} was needed: {}",
                if came { "it succeeds" } else { "it fails" }
            ),
            Fact::Act { by, action, cause } => {
                format!("{}: {}{}", self.seat(by), self.action(action), self.cause(cause))
            }
            Fact::Failed { by, action, why } => {
                format!("{}: {} fails: {}", self.seat(by), self.action(action), self.failure(why))
            }
            Fact::Delayed { by, action, until } => {
                format!("{}: {} is due at {}", self.seat(by), self.action(action), self.moment(until))
            }
            Fact::Stopped { by, action } => format!("{}: {} ends", self.seat(by), self.action(action)),
            Fact::Incident { incident, by, against, cause } => format!(
                "{}, {} against {}{}",
                self.incident(incident),
                self.seat(by),
                self.seat(against),
                self.cause(cause)
            ),
            Fact::Fire { site, by, at, rung, rounds, reported: _, after, cause } => format!(
                "{} fires at {} at {}, rung {}, {} to an opening hundred, after {}{}",
                self.seat(by),
                self.seat(at),
                self.site(site),
                self.rung(rung),
                counted(rounds, "round", "rounds"),
                counted(after, "minute", "minutes"),
                self.cause(cause)
            ),
            Fact::Hail { site, by, to, done, heeded } => format!(
                "{} {} {} at {} to turn back; it {}",
                self.seat(by),
                if done { "hails" } else { "was to hail" },
                self.seat(to),
                self.site(site),
                if heeded { "does" } else { "does not" }
            ),
            Fact::NotGone { by, action } => {
                format!(
                    "{}: {} does not take place, though it is reported done",
                    self.seat(by),
                    self.action(action)
                )
            }
            Fact::Countermanded { by, action } => {
                format!("{} takes back {}", self.seat(by), self.action(action))
            }
            Fact::CeaseFire { site, held } => {
                format!("The fire at {} ends: {} does not answer", self.site(site), self.seat(held))
            }
            Fact::Deviation { site, seat, at, kind } => format!(
                "{}'s commander at {} does not do as ordered {}: he {}",
                self.seat(seat),
                self.site(site),
                at.word(),
                kind.word()
            ),
            Fact::Deaths { seat, dead, civilians } => {
                let verb = if dead + civilians == 1 { "dies" } else { "die" };
                format!(
                    "{}: {} and {} {verb}",
                    self.seat(seat),
                    counted(dead, "soldier", "soldiers"),
                    counted(civilians, "civilian", "civilians")
                )
            }
            Fact::Line { channel, politics, working, by } => {
                let state = politics_word(politics);
                let fault = if working { "" } else { ", and out of order" };
                let by = by.map_or_else(String::new, |by| format!(" by {}", self.seat(by)));
                format!("{} is {state}{by}{fault}", self.channel(channel))
            }
            Fact::Accord { accord, status } => {
                let status = match status {
                    AccordStatus::Absent => "not agreed",
                    AccordStatus::InForce => "in force",
                    AccordStatus::Suspended => "suspended",
                    AccordStatus::Scrapped => "scrapped",
                };
                format!("{} is {status}", self.accord(accord))
            }
            Fact::Trigger { trigger, met } => {
                format!(
                    "Trigger '{}' is {}",
                    self.trigger(trigger),
                    if met { "met" } else { "no longer met" }
                )
            }
            Fact::Season { now: Season::Crisis } => "Play drops into crisis turns".to_owned(),
            Fact::Season { now: Season::Calm } => "The crisis is over: calm turns go on".to_owned(),
            Fact::Ended { ending } => format!("The game ends: {}", self.ending(ending).0),
            _ => return None,
        })
    }

    /// Calls, statements, proposals and talks.
    fn talk(&self, fact: &Fact) -> Option<String> {
        Some(match *fact {
            Fact::Call { channel, from, to, said, result } => {
                let result = match result {
                    CallResult::Answered(words) => format!("answered with {}", self.message(words)),
                    CallResult::Refused => "the line is kept shut".to_owned(),
                    CallResult::LetRing => "left to ring".to_owned(),
                    CallResult::Fault => "the line is at fault".to_owned(),
                    CallResult::TooSlow => "too slow for now".to_owned(),
                };
                format!(
                    "{} calls {} over {} with {}: {result}",
                    self.seat(from),
                    self.seat(to),
                    self.channel(channel),
                    self.message(said)
                )
            }
            Fact::Statement { by, meant } => format!("{}: a {} statement", self.seat(by), meant.word()),
            Fact::Proposed { number, from, to, public, ultimatum, counters } => format!(
                "{}: {} {number} to {}{}{}",
                self.seat(from),
                if ultimatum { "ultimatum" } else { "proposal" },
                self.seat(to),
                counters.map_or_else(String::new, |old| format!(", in answer to {old}")),
                if public { ", in public" } else { "" }
            ),
            Fact::Undelivered { from, channel } => {
                format!("{}: a proposal does not get through over {}", self.seat(from), self.channel(channel))
            }
            Fact::AnsweredProposal { number, by, to, public, answer } => format!(
                "{} answers proposal {number} of {}{}: {}",
                self.seat(by),
                self.seat(to),
                if public { " in public" } else { "" },
                format!("{answer:?}").to_lowercase()
            ),
            Fact::Lapsed { number, from, to, executed } => format!(
                "The deadline of {}'s ultimatum {number} to {} passes, and the threat is {}carried out",
                self.seat(from),
                self.seat(to),
                if executed { "" } else { "not " }
            ),
            Fact::TalksRound { a, b, round } => {
                format!("{} and {} hold round {round} of talks", self.seat(a), self.seat(b))
            }
            Fact::TalksBroken { a, b, by } => {
                let by = by.map_or_else(String::new, |by| format!(": {} leaves", self.seat(by)));
                format!("The talks of {} and {} break down{by}", self.seat(a), self.seat(b))
            }
            Fact::Agreed { number, a, b, settles } => format!(
                "{} and {} agree on proposal {number}{}",
                self.seat(a),
                self.seat(b),
                if settles { ", which settles the crisis" } else { "" }
            ),
            _ => return None,
        })
    }

    /// Consultation, restraint and release.
    fn between_allies(&self, fact: &Fact) -> Option<String> {
        Some(match *fact {
            Fact::Consulted { by, body, action, due } => format!(
                "{} asks {} for {}; an answer is due at {}",
                self.seat(by),
                self.body(body),
                self.action(action),
                self.moment(due)
            ),
            Fact::BodyAnswered { body, seat, action, granted, by_default } => format!(
                "{} {} {} for {}{}",
                self.body(body),
                if granted { "releases" } else { "does not release" },
                self.action(action),
                self.seat(seat),
                if by_default { ", for want of a quorum" } else { "" }
            ),
            Fact::Restrained { by, ally, from, with } => format!(
                "{} asks {} not to act from rung {} on, {}",
                self.seat(by),
                self.seat(ally),
                self.rung(from),
                with.words()
            ),
            Fact::PromiseBroken { by, to } => {
                format!("The show of force that {} promised {} does not come", self.seat(by), self.seat(to))
            }
            Fact::ReleaseAsked { by, ally, action } => {
                format!("{} asks {} to agree to {}", self.seat(by), self.seat(ally), self.action(action))
            }
            Fact::Released { by, ally, up_to } => {
                format!("{} releases {} up to rung {}", self.seat(by), self.seat(ally), self.rung(up_to))
            }
            Fact::Defied { by, ally, action } => {
                format!("{} defies {} by {}", self.seat(by), self.seat(ally), self.action(action))
            }
            _ => return None,
        })
    }
}
