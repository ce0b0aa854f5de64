//! News as sentences.

use super::{Words, accord_status, line_state, order, percent, safe};
use crate::session::{News, NewsKind, Season, SeenRoll};
use crate::tui::calendar::span;
use crate::vocabulary::{SeatId, counted};

/// What a piece of news is about, for filtering the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topic {
    /// Everything.
    #[default]
    All,
    /// Acts, incidents, fire and losses.
    Acts,
    /// Calls, lines, statements, proposals and talks.
    Talk,
    /// Allies, bodies and accords.
    Allies,
    /// Messages of the scenario, evidence and judgements.
    Reports,
}

/// Whose signal a piece of news is, as far as it is attributed.
pub fn author(kind: &NewsKind) -> Option<SeatId> {
    match *kind {
        NewsKind::Act { by, .. } => by,
        NewsKind::Fire { by, .. }
        | NewsKind::Hail { by, .. }
        | NewsKind::Stopped { by, .. }
        | NewsKind::Statement { by, .. }
        | NewsKind::CallAnswered { by, .. }
        | NewsKind::CallTaken { from: by, .. }
        | NewsKind::CallMissed { from: by, .. }
        | NewsKind::Proposal { from: by, .. }
        | NewsKind::Answered { by, .. }
        | NewsKind::Incident { suspect: by, .. }
        | NewsKind::Evidence { author: by, .. }
        | NewsKind::Contested { by, .. }
        | NewsKind::Restrained { by, .. }
        | NewsKind::Defied { by, .. }
        | NewsKind::CallLeaked { ally: by, .. } => Some(by),
        _ => None,
    }
}

impl Topic {
    /// The next topic, round and round.
    pub fn next(self) -> Topic {
        match self {
            Topic::All => Topic::Acts,
            Topic::Acts => Topic::Talk,
            Topic::Talk => Topic::Allies,
            Topic::Allies => Topic::Reports,
            Topic::Reports => Topic::All,
        }
    }

    /// The topic in words.
    pub fn word(self) -> &'static str {
        match self {
            Topic::All => "everything",
            Topic::Acts => "acts, fire and losses",
            Topic::Talk => "calls, words and proposals",
            Topic::Allies => "allies, bodies and accords",
            Topic::Reports => "reports and judgements",
        }
    }

    /// Whether a piece of news belongs to this topic.
    pub fn covers(self, news: &News) -> bool {
        self == Topic::All || self == Topic::of(&news.kind)
    }

    fn of(kind: &NewsKind) -> Topic {
        match kind {
            NewsKind::Act { .. }
            | NewsKind::OwnAct { .. }
            | NewsKind::OwnActOfScenario { .. }
            | NewsKind::OwnActStanding { .. }
            | NewsKind::OwnActFailed { .. }
            | NewsKind::OwnActDelayed { .. }
            | NewsKind::OwnActTakenBack { .. }
            | NewsKind::Hail { .. }
            | NewsKind::Stopped { .. }
            | NewsKind::Incident { .. }
            | NewsKind::Fire { .. }
            | NewsKind::CeaseFire { .. }
            | NewsKind::Deviation { .. }
            | NewsKind::Deaths { .. } => Topic::Acts,
            NewsKind::CallAnswered { .. }
            | NewsKind::CallUnanswered { .. }
            | NewsKind::CallTaken { .. }
            | NewsKind::CallMissed { .. }
            | NewsKind::Line { .. }
            | NewsKind::Statement { .. }
            | NewsKind::OwnStatement { .. }
            | NewsKind::Proposal { .. }
            | NewsKind::Undelivered { .. }
            | NewsKind::Answered { .. }
            | NewsKind::Lapsed { .. }
            | NewsKind::TalksRound { .. }
            | NewsKind::TalksBroken { .. }
            | NewsKind::Agreed { .. } => Topic::Talk,
            NewsKind::CallLeaked { .. }
            | NewsKind::BodyAnswered { .. }
            | NewsKind::Restrained { .. }
            | NewsKind::PromiseBroken { .. }
            | NewsKind::ReleaseAsked { .. }
            | NewsKind::OwnRestraint { .. }
            | NewsKind::OwnReleaseAsked { .. }
            | NewsKind::Released { .. }
            | NewsKind::Defied { .. }
            | NewsKind::Accord { .. } => Topic::Allies,
            NewsKind::Message { .. }
            | NewsKind::FromControl { .. }
            | NewsKind::Ruled { .. }
            | NewsKind::Evidence { .. }
            | NewsKind::Contested { .. }
            | NewsKind::Trigger { .. }
            | NewsKind::Season { .. }
            | NewsKind::Ended { .. } => Topic::Reports,
        }
    }
}

/// The roll that decided a piece of news in words, such as `chance 30 % that someone walks out: did not come`.
pub fn roll(news: &NewsKind, roll: SeenRoll) -> String {
    let of = match news {
        NewsKind::TalksRound { .. } | NewsKind::TalksBroken { .. } => " that someone walks out",
        NewsKind::BodyAnswered { .. } => " of a quorum",
        _ => "",
    };
    let (sign, came) = match roll {
        // What came was not impossible, and what did not was not certain.
        SeenRoll { percent: 0, came: true } => ("<1", "came"),
        SeenRoll { percent: 100, came: false } => (">99", "did not come"),
        SeenRoll { percent, came: true } => (&*percent.to_string(), "came"),
        SeenRoll { percent, came: false } => (&*percent.to_string(), "did not come"),
    };
    format!("chance {sign} %{of}: {came}")
}

/// Words with a full stop, unless they end otherwise.
fn closed(words: String) -> String {
    if words.ends_with('?') { words } else { words + "." }
}

/// A headline with its text.
fn message(headline: &str, text: &str) -> String {
    let (headline, text) = (safe(headline), safe(text));
    if text.is_empty() { headline } else { format!("{headline}. {text}") }
}

impl Words<'_> {
    /// One piece of news as a sentence with its time, and its roll where the seat may see it.
    pub fn news(&self, news: &News) -> String {
        let moment = self.moment(news.minute);
        let mut kind = self.kind(&news.kind);
        if let NewsKind::Message { text, .. } | NewsKind::FromControl { text, .. } = &news.kind {
            // A text that begins with its time, such as `06:00.`, stands beside that time here.
            let time = format!("{}. ", moment.rsplit(' ').next().unwrap_or_default());
            if let (true, Some(at)) = (text.starts_with(&time), kind.rfind(&**text)) {
                kind.replace_range(at..at + time.len(), "");
            }
        }
        let mut text = format!("{moment}: {kind}");
        if let Some(seen) = news.roll {
            text.push_str(&format!(" [{}]", roll(&news.kind, seen)));
        }
        text
    }

    fn kind(&self, kind: &NewsKind) -> String {
        match kind {
            NewsKind::Message { headline, text } => message(headline, text),
            NewsKind::FromControl { headline, text } => format!("From control: {}", message(headline, text)),
            NewsKind::Ruled { faces: [first, second], needed, came } => {
                let how = if *came { "succeeded" } else { "failed" };
                format!(
                    "Control ruled on a proposal: two dice had to reach {needed}, fell on {first} and {second}, and it {how}."
                )
            }
            NewsKind::Act { by, action, reading } => {
                format!("{}: {} (it looked {}).", self.author(*by), self.action(*action), reading.word())
            }
            NewsKind::OwnAct { action } => format!("Done by your side: {}.", self.action(*action)),
            NewsKind::OwnActOfScenario { action } => {
                format!(
                    "Done by your side as the scenario has it, without your order: {}.",
                    self.action(*action)
                )
            }
            NewsKind::OwnActStanding { action } => format!(
                "Done by your forces on the spot, without asking you; they report it as their standing order: {}.",
                self.action(*action)
            ),
            NewsKind::OwnActFailed { action, why } => {
                format!("Your order failed: {}; {}.", self.action(*action), self.failure(*why))
            }
            NewsKind::OwnActDelayed { action, until } => format!(
                "Your order is pending: {}, due {}. A stance can take it back.",
                self.action(*action),
                self.moment(*until)
            ),
            NewsKind::OwnActTakenBack { action } => format!("You took back {}.", self.action(*action)),
            NewsKind::Stopped { by, action } => {
                format!("Over: {} by {}.", self.action(*action), self.seat(*by))
            }
            NewsKind::Incident { incident, suspect, .. } if self.briefing.seat == Some(*suspect) => {
                format!("Incident: {}; your own forces did it.", self.incident(*incident))
            }
            NewsKind::Incident { incident, suspect, reading } => format!(
                "Incident: {}; {} is suspected (it looked {}).",
                self.incident(*incident),
                self.seat(*suspect),
                reading.word()
            ),
            NewsKind::Fire { site, by, rung, rounds, after } => {
                let answer = if *after > 0 {
                    format!(", {} after the fire that it answers", span(*after))
                } else {
                    String::new()
                };
                format!(
                    "{} fired at {}, rung {}, {} (a salvo has 100){answer}.",
                    self.seat(*by),
                    self.site(*site),
                    self.rung(*rung),
                    counted(*rounds, "round", "rounds")
                )
            }
            NewsKind::Hail { site, by, heeded } => {
                let own = self.briefing.seat == Some(*by);
                format!(
                    "{} hailed {} at {}, who {}.",
                    self.seat(*by),
                    if own { "intruders" } else { "your own people" },
                    self.site(*site),
                    if *heeded { "turned back" } else { "went on" }
                )
            }
            NewsKind::CeaseFire { site, held } => {
                format!("The exchange at {} is over: {} did not answer.", self.site(*site), self.seat(*held))
            }
            NewsKind::Deviation { site, at, kind } => format!(
                "Report: your own local commander at {} {} {}.",
                self.site(*site),
                kind.word(),
                at.word()
            ),
            NewsKind::Deaths { seat, dead, civilians } => {
                format!(
                    "Losses of {}: {}, {}.",
                    self.seat(*seat),
                    counted(*dead, "soldier", "soldiers"),
                    counted(*civilians, "civilian", "civilians")
                )
            }
            NewsKind::Evidence { case, author, cause, belief } => format!(
                "Finding in case {case}: {} did it {}; staff say {}.",
                self.seat(*author),
                cause.word(),
                percent(*belief)
            ),
            NewsKind::Contested { case, by } => {
                format!("{} denies the finding in case {case}.", self.seat(*by))
            }
            NewsKind::CallAnswered { channel, by, message } => format!(
                "{} answered your call over {}. It said: {}",
                self.seat(*by),
                self.channel(*channel),
                closed(self.message(*message))
            ),
            NewsKind::CallUnanswered { channel, to } => format!(
                "Your call to {} over {} rang out: refusal or fault, nobody can tell.",
                self.seat(*to),
                self.channel(*channel)
            ),
            NewsKind::CallTaken { channel, from, message } => format!(
                "{} called over {}. It said: {}",
                self.seat(*from),
                self.channel(*channel),
                closed(self.message(*message))
            ),
            NewsKind::CallMissed { channel, from } => {
                format!("{} called over {}; you let it ring.", self.seat(*from), self.channel(*channel))
            }
            NewsKind::CallLeaked { ally, with } => {
                format!("{} was seen to speak with {} in private.", self.seat(*ally), self.seat(*with))
            }
            NewsKind::Line { channel, state } => {
                format!("Line {}: {}.", self.channel(*channel), line_state(*state))
            }
            NewsKind::Statement { by, reading } => {
                format!("{} made a public statement that sounded {}.", self.seat(*by), reading.word())
            }
            NewsKind::OwnStatement { reading } => format!("You made a {} public statement.", reading.word()),
            NewsKind::Proposal { number, from, to, ultimatum, counters, terms } => {
                let what = if *ultimatum { "Ultimatum" } else { "Proposal" };
                let place = counters.map_or_else(String::new, |old| format!(", in place of #{old}"));
                let waits = if self.briefing.seat == Some(*to) {
                    "you have to answer".to_owned()
                } else {
                    format!("{} has to answer", self.seat(*to))
                };
                let terms = match self.terms(*terms) {
                    none if none.is_empty() => "it is off the table again".to_owned(),
                    terms => format!("{terms}; {waits}"),
                };
                format!("{what} #{number} from {} to {}{place}: {terms}.", self.seat(*from), self.seat(*to))
            }
            NewsKind::Undelivered { channel } => {
                format!("Your proposal could not be delivered over {}.", self.channel(*channel))
            }
            NewsKind::Answered { number, by, answer } if self.briefing.seat == Some(*by) => {
                format!("You answered {}: {}.", self.named(*number), order::answer(*answer))
            }
            NewsKind::Answered { number, by, answer } => {
                format!("{} answered {}: {}.", self.seat(*by), self.named(*number), order::answer(*answer))
            }
            NewsKind::Lapsed { number, from, executed } => {
                let end =
                    if *executed { "the threat was carried out" } else { "the threat was not carried out" };
                format!("The deadline of {} for {} passed; {end}.", self.seat(*from), self.named(*number))
            }
            NewsKind::TalksRound { with, round } => {
                format!("Round {round} of talks with {} was held.", self.seat(*with))
            }
            NewsKind::TalksBroken { with, by } => match by {
                Some(by) => format!("Talks with {} broke down: {} left.", self.seat(*with), self.seat(*by)),
                None => format!("Talks with {} broke down.", self.seat(*with)),
            },
            NewsKind::Agreed { number, settles } => {
                let settled = if *settles { "; that settles the crisis" } else { "" };
                format!("The terms of {} were agreed{settled}.", self.named(*number))
            }
            NewsKind::BodyAnswered { body, by, action, granted, by_default } => {
                let asked = match self.briefing.seat == Some(*by) {
                    true => String::new(),
                    false => format!(" for {}", self.seat(*by)),
                };
                let verb = if *granted { "released" } else { "did not release" };
                let default = if *by_default { " (by default, for want of a quorum)" } else { "" };
                format!("{} {verb} this{asked}: {}{default}.", self.body(*body), self.action(*action))
            }
            NewsKind::Restrained { by, from, with } => format!(
                "{} asks you not to act at rung {} or above, {}.",
                self.seat(*by),
                self.rung(*from),
                with.words()
            ),
            NewsKind::PromiseBroken { by, to } => {
                format!("The show of force that {} promised {} did not come.", self.seat(*by), self.seat(*to))
            }
            NewsKind::ReleaseAsked { by, action } => {
                format!("{} asks you to agree to this: {}.", self.seat(*by), self.action(*action))
            }
            NewsKind::OwnRestraint { ally, from, with } => format!(
                "You asked {} not to act at rung {} or above, {}{}.",
                self.seat(*ally),
                self.rung(*from),
                with.words(),
                order::taken_back(*with)
            ),
            NewsKind::OwnReleaseAsked { ally, action } => format!(
                "You asked {} to agree to this: {}. An answer may take a turn or more, or never come.",
                self.seat(*ally),
                self.action(*action)
            ),
            NewsKind::Released { by, up_to } => format!(
                "{} releases you up to rung {}: what needs its agreement can be done up to there.",
                self.seat(*by),
                self.rung(*up_to)
            ),
            NewsKind::Defied { by, action } => {
                format!("{} went on although you asked not to: {}.", self.seat(*by), self.action(*action))
            }
            NewsKind::Accord { accord, status } => {
                format!("Accord {}: {}.", self.accord(*accord), accord_status(*status))
            }
            NewsKind::Trigger { trigger, met } => {
                let verb = if *met { "judge this met" } else { "judge this no longer met" };
                format!("Staff {verb}: {}.", self.trigger(*trigger))
            }
            NewsKind::Season { now: Season::Crisis } => {
                "A crisis: from now on turns are hours and days.".to_owned()
            }
            NewsKind::Season { now: Season::Calm } => "The crisis is over: the long turns go on.".to_owned(),
            NewsKind::Ended { ending } => format!("The game is over: {}.", self.ending(*ending)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::{Id, SeatId};

    #[test]
    fn a_roll_says_what_came_or_not() {
        let round = NewsKind::TalksRound { with: SeatId::new(1), round: 2 };
        let seen = SeenRoll { percent: 6, came: false };
        assert_eq!(roll(&round, seen), "chance 6 % that someone walks out: did not come");
        let rare = SeenRoll { percent: 0, came: true };
        assert_eq!(roll(&round, rare), "chance <1 % that someone walks out: came");
    }
}
