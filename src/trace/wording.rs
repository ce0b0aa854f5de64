//! Facts and rolls in plain English, by the scenario's own labels: the umpire's words, which tell everything.

use crate::engine::{
    AuthoredRoll, CallResult, Cause, Departure, Draw, Fact, Failure, Message, Purpose, Roll, Season,
    authored_roll,
};
use crate::scenario::Scenario;
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    AccordId, ActionId, BodyId, CauseTag, ChannelId, DAY, Id, IncidentId, InjectId, Minute, Ppm, Rung,
    SafeText, SeatId, SiteId, TrackId, TriggerId, counted,
};

/// Speaks by one scenario's labels.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    scenario: &'a Scenario,
    /// Minutes from midnight to minute 0.
    first: Minute,
}

/// Text from a file as one safe line.
pub fn one_line(text: &str) -> String {
    SafeText::new(text).as_str().replace('\n', " ")
}

/// A share as percent: whole above ten, with a tenth below.
pub fn percent(share: Ppm) -> String {
    let tenths = (share + 500) / 1000;
    if tenths >= 100 || tenths.is_multiple_of(10) {
        format!("{} %", (tenths + 5) / 10)
    } else {
        format!("{}.{} %", tenths / 10, tenths % 10)
    }
}

/// A time as `Day 17 15:52`, where minute 0 is so many minutes after the midnight of day 1.
pub fn moment(first: Minute, minute: Minute) -> String {
    let since = minute + first;
    let (day, of_day) = (since.div_euclid(DAY), since.rem_euclid(DAY));
    format!("Day {} {:02}:{:02}", day + 1, of_day / 60, of_day % 60)
}

impl<'a> Wording<'a> {
    /// Words by a scenario's labels.
    pub fn new(scenario: &'a Scenario) -> Self {
        Wording { scenario, first: minutes_since_midnight(&scenario.document.start) }
    }

    /// A time as `Day 17 15:52`; the day on which the scenario starts is day 1.
    pub fn moment(&self, minute: Minute) -> String {
        moment(self.first, minute)
    }

    /// Minutes from midnight to minute 0.
    pub fn first(&self) -> Minute {
        self.first
    }

    /// A seat's label.
    pub fn seat(&self, id: SeatId) -> String {
        label(self.scenario.document.seats.get(id.index()).map(|s| (&s.label, &s.name)), "a seat")
    }

    /// An action's label.
    pub fn action(&self, id: ActionId) -> String {
        label(self.scenario.document.actions.get(id.index()).map(|a| (&a.label, &a.name)), "an act")
    }

    pub(super) fn scenario(&self) -> &Scenario {
        self.scenario
    }

    /// A track's label.
    pub(super) fn track(&self, id: TrackId) -> String {
        label(self.scenario.document.tracks.get(id.index()).map(|t| (&t.label, &t.name)), "a track")
    }

    fn incident(&self, id: IncidentId) -> String {
        label(self.scenario.document.incidents.get(id.index()).map(|i| (&i.label, &i.name)), "an incident")
    }

    /// An inject's label.
    pub fn inject(&self, id: InjectId) -> String {
        label(self.scenario.document.injects.get(id.index()).map(|i| (&i.label, &i.name)), "an event")
    }

    /// A channel's label.
    pub fn channel(&self, id: ChannelId) -> String {
        label(self.scenario.document.channels.get(id.index()).map(|c| (&c.label, &c.name)), "a channel")
    }

    /// A body's label.
    pub fn body(&self, id: BodyId) -> String {
        label(self.scenario.document.bodies.get(id.index()).map(|b| (&b.label, &b.name)), "a body")
    }

    pub(super) fn accord(&self, id: AccordId) -> String {
        label(self.scenario.document.accords.get(id.index()).map(|a| (&a.label, &a.name)), "an accord")
    }

    fn site(&self, id: SiteId) -> String {
        label(self.scenario.document.sites.get(id.index()).map(|s| (&s.label, &s.name)), "a site")
    }

    fn trigger(&self, id: TriggerId) -> String {
        one_line(self.scenario.document.triggers.get(id.index()).map_or("a trigger", |t| t.name.as_str()))
    }

    /// A rung as `7 (direct fire)`.
    pub fn rung(&self, rung: Rung) -> String {
        let row = self.scenario.document.ladder.iter().find(|row| row.rung == rung.0);
        row.map_or_else(|| rung.to_string(), |row| format!("{rung} ({})", one_line(&row.label)))
    }

    /// Why something happened; nothing where a seat simply ordered it.
    fn cause(&self, cause: Cause) -> String {
        let tag = |tag: CauseTag| match tag {
            CauseTag::Deliberate => "deliberate",
            CauseTag::Inadvertent => "not meant so",
            CauseTag::Accidental => "nobody ordered it",
        };
        match cause {
            Cause::Ordered => String::new(),
            Cause::Scenario => " [scenario]".to_owned(),
            Cause::Standing => " [standing order]".to_owned(),
            Cause::Local(t) => format!(" [local commander: {}]", tag(t)),
            Cause::Line(t) => format!(" [at the line: {}]", tag(t)),
            Cause::Delegated(trigger) => format!(" [delegated trigger {}]", self.trigger(trigger)),
            Cause::Rule => " [rule]".to_owned(),
        }
    }

    fn failure(&self, why: Failure) -> String {
        match why {
            Failure::NotReleased(ally) => format!("{} did not release it", self.seat(ally)),
            Failure::BodyRefused(body) => format!("{} did not release it", self.body(body)),
            Failure::Overtaken => "overtaken by events".to_owned(),
            Failure::Unknown => "it could not be done".to_owned(),
        }
    }

    fn message(&self, message: Message) -> String {
        match message {
            Message::Test => "a line test".to_owned(),
            Message::Reassure => "'no harm is meant'".to_owned(),
            Message::Warn => "a warning".to_owned(),
            Message::Notice(action) => format!("notice of `{}`", self.action(action)),
            Message::Query => "'who did this?'".to_owned(),
            Message::Regret => "regret, without admission".to_owned(),
        }
    }

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
                format!("Trigger {} is {}", self.trigger(trigger), if met { "met" } else { "no longer met" })
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

    /// Whose roll it is, if an author wrote it.
    pub(super) fn author(&self, roll: &Roll) -> Option<AuthoredRoll<'_>> {
        let written = roll.purpose == Purpose::Rule;
        written.then(|| authored_roll(&self.scenario.document, roll.site)).flatten()
    }

    /// A roll that an author wrote, by its name.
    pub(super) fn authored(&self, roll: &Roll, authored: &AuthoredRoll<'_>) -> String {
        let name = one_line(authored.name);
        match authored.draw {
            Draw::Roll => rolled(&name, roll),
            Draw::Pick => format!("{name}: option {}", roll.result),
        }
    }

    /// A roll in words; nothing for those that are made in every tick and did not come.
    pub fn roll(&self, roll: &Roll) -> Option<String> {
        let routine = matches!(
            roll.purpose,
            Purpose::Incident
                | Purpose::Fault
                | Purpose::Repair
                | Purpose::LinePolitics
                | Purpose::Fading
                | Purpose::Horizon
                | Purpose::Delegated
        );
        // How an act is perceived is told as what the observer saw.
        // And what dice of a ruling show, as the ruling.
        if matches!(roll.purpose, Purpose::Decay | Purpose::Initiative | Purpose::Percept | Purpose::Ruling) {
            return None;
        }
        if routine && roll.result == 0 {
            return None;
        }
        let what = match roll.purpose {
            Purpose::Disposition => "hidden disposition",
            Purpose::Climate => "hidden climate",
            Purpose::Incident => "an incident happens",
            Purpose::IncidentCause => "whether the incident was meant",
            Purpose::Contact => "what the intruder does",
            Purpose::Deviation => "the local commander deviates",
            Purpose::DeviationKind => "how he deviates",
            Purpose::Latency => "minutes until the reply",
            Purpose::AnyDeath => "anyone dies",
            Purpose::HowMany => "how many die",
            Purpose::Percept => "how it is perceived",
            Purpose::Evidence => "when evidence comes",
            Purpose::Finding => "what the finding says of the cause",
            Purpose::Fault => "the line fails",
            Purpose::Repair => "the line is repaired",
            Purpose::LinePolitics => "the line is cut or restored",
            Purpose::Fidelity => "the message arrives undistorted",
            Purpose::Leak => "the call leaks",
            Purpose::Quorum => "the body has a quorum",
            Purpose::WalkOut => "someone walks out",
            Purpose::Fading => "the crisis fades",
            Purpose::Horizon => "the game ends after its horizon",
            Purpose::Delegated => "the delegated trigger fires",
            Purpose::Rule => "a rule",
            Purpose::Ruling => "a die of a ruling",
            Purpose::Decay => "a level drifts back",
            Purpose::Initiative => "who moves first",
            Purpose::Reply => "whether there is a reply",
        };
        Some(if roll.chance == 0 {
            let number = || roll.result.to_string();
            format!("{what}: {}", picked(roll).map_or_else(number, str::to_owned))
        } else {
            rolled(what, roll)
        })
    }
}

/// What was rolled, at what chance, and whether it came.
fn rolled(what: &str, roll: &Roll) -> String {
    let came = if roll.result == 0 { "no" } else { "yes" };
    format!("{what}, {}: {came}", percent(roll.chance))
}

/// What a roll picked from a list of words, if it did.
fn picked(roll: &Roll) -> Option<&'static str> {
    const EVIDENCE: [&str; 4] = ["on the same day", "after days", "after weeks", "never"];
    let at = usize::try_from(roll.result).ok()?;
    match roll.purpose {
        Purpose::Evidence => EVIDENCE.get(at).copied(),
        Purpose::Finding => CauseTag::ALL.get(at).map(|cause| cause.word()),
        Purpose::DeviationKind => Departure::ALL.get(at).map(|kind| kind.word()),
        _ => None,
    }
}

/// A channel's political state in a word.
pub(super) fn politics_word(politics: Politics) -> &'static str {
    match politics {
        Politics::Open => "open",
        Politics::Silent => "silent",
        Politics::Cut => "cut",
    }
}

fn label(entry: Option<(&String, &String)>, missing: &str) -> String {
    match entry {
        Some((label, _)) if !label.is_empty() => one_line(label),
        Some((_, name)) => one_line(name),
        None => missing.to_owned(),
    }
}

/// The time of day of `2015-08-04 07:35`, in minutes; 0 where there is none.
fn minutes_since_midnight(start: &str) -> Minute {
    let clock = start.split_whitespace().nth(1).and_then(|clock| clock.split_once(':'));
    let number = |digits: &str| digits.parse::<Minute>().ok();
    clock.and_then(|(hours, minutes)| Some(number(hours)? * 60 + number(minutes)?)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_chances_keep_a_tenth() {
        assert_eq!(percent(123_456), "12 %");
        assert_eq!(percent(23_456), "2.3 %");
        assert_eq!(percent(20_000), "2 %");
        assert_eq!(percent(1_000_000), "100 %");
    }

    #[test]
    fn the_time_of_day_is_read_from_the_start() {
        assert_eq!(minutes_since_midnight("2015-08-04 07:35"), 455);
        assert_eq!(minutes_since_midnight("2015-08-04"), 0);
        assert_eq!(minutes_since_midnight("soon"), 0);
    }
}
