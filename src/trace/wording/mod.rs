//! Facts and rolls in plain English, by the scenario's own labels: the umpire's words, which tell everything.

mod facts;
mod rolls;

use crate::engine::{Cause, Failure, Message};
use crate::scenario::Scenario;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{
    AccordId, ActionId, BodyId, CauseTag, ChannelId, DAY, Id, IncidentId, InjectId, Minute, ONE_MILLION, Ppm,
    Rung, SafeText, SeatId, SiteId, TrackId, TriggerId,
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

/// A share as percent: whole, with a tenth below ten and where it would round to a hundred.
pub fn percent(share: Ppm) -> String {
    let tenths = (share + 500) / 1000;
    // What may come is not impossible, and what may fail is not certain.
    match tenths {
        0 if share > 0 => return "<0.1 %".to_owned(),
        1000 if share < ONE_MILLION => return ">99.9 %".to_owned(),
        _ => {}
    }
    if (100..995).contains(&tenths) || tenths.is_multiple_of(10) {
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
        label(self.scenario.document.triggers.get(id.index()).map(|t| (&t.label, &t.name)), "a trigger")
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
        assert_eq!((percent(0).as_str(), percent(400).as_str()), ("0 %", "<0.1 %"));
        assert_eq!(percent(999_900), ">99.9 %");
        assert_eq!(percent(996_000), "99.6 %");
    }

    #[test]
    fn the_time_of_day_is_read_from_the_start() {
        assert_eq!(minutes_since_midnight("2015-08-04 07:35"), 455);
        assert_eq!(minutes_since_midnight("2015-08-04"), 0);
        assert_eq!(minutes_since_midnight("soon"), 0);
    }
}
