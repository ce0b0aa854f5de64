//! What control may do to the game: acts, checked before they are done, and done by [`Game::control`](super::Game::control).
//!
//! An act is plain data: a record holds it by authored names, and playing the record again does it again.

use super::dice::{Draws, SiteId, StepDice};
use super::rules::Rules;
use super::state::InjectStatus;
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{AccordId, ActionId, ChannelId, Id, InjectId, SeatId, TrackId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most letters of a text that control writes.
pub const LONGEST_TEXT: usize = 2000;
/// The most arguments, and the most effects, of one act.
pub const MOST_PARTS: usize = 24;
/// The heaviest argument.
pub const HEAVIEST: i8 = 3;
/// What two dice must reach when no argument weighs: seven or more.
pub const EVEN: i32 = 7;

/// Something that control does to the game.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ControlAct {
    /// To an inject of the scenario.
    Inject {
        /// Which.
        inject: InjectId,
        /// What.
        deed: InjectDeed,
    },
    /// An inject that the scenario does not have.
    Write(Consequence),
    /// A result is set right, or something is changed by hand.
    Correct {
        /// What becomes so.
        effect: Effect,
        /// Why, for the debrief.
        why: String,
    },
    /// A ruling on a proposal in free words.
    Rule(Ruling),
    /// The game ends here, with the crisis as it stands.
    End {
        /// Why, for the debrief.
        why: String,
    },
}

/// What control does to an inject of the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InjectDeed {
    /// It fires now.
    Fire,
    /// It does not fire until it is released.
    Hold,
    /// It fires by its own schedule again; at once, if its time has come.
    Release,
    /// It never fires.
    Skip,
    /// It says something else when it fires.
    Reword(Words),
}

/// What those who see an inject read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Headline.
    pub headline: String,
    /// Text.
    pub text: String,
}

/// What follows from an inject of control's own, or from a ruling.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequence {
    /// What is told, if anything.
    pub words: Option<Words>,
    /// Who reads it.
    pub audience: Vec<SeatId>,
    /// What changes.
    pub effects: Vec<Effect>,
}

/// One thing that control changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// A track stands at a level.
    Level {
        /// Which.
        track: TrackId,
        /// Where.
        level: i32,
    },
    /// A track moves.
    Shift {
        /// Which.
        track: TrackId,
        /// How far.
        by: i32,
    },
    /// A channel's political state.
    Line {
        /// Which.
        channel: ChannelId,
        /// The state.
        politics: Politics,
    },
    /// Whether a channel works.
    Works {
        /// Which.
        channel: ChannelId,
        /// Whether.
        working: bool,
    },
    /// Soldiers died, or did not after all.
    Deaths {
        /// Whose.
        seat: SeatId,
        /// How many more.
        dead: i32,
    },
    /// Civilians died, or did not after all.
    Civilians {
        /// How many more.
        dead: i32,
    },
    /// An accord's standing.
    Accord {
        /// Which.
        accord: AccordId,
        /// The standing.
        status: AccordStatus,
    },
    /// A seat's act happens, whatever the seat would order.
    Act {
        /// Whose.
        seat: SeatId,
        /// What.
        action: ActionId,
    },
    /// A continuing act ends.
    Stop {
        /// Whose.
        seat: SeatId,
        /// What.
        action: ActionId,
    },
    /// An act that is due later does not happen.
    Cancel {
        /// Whose.
        seat: SeatId,
        /// What.
        action: ActionId,
    },
}

/// An argument for or against a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// What is argued.
    pub text: String,
    /// How much it weighs: above zero for the proposal, below zero against it.
    pub weight: i8,
}

/// A ruling on a proposal in free words: a matrix argument.
///
/// After Chris Engle's matrix games, in the form that professional games use: two dice are thrown, [`EVEN`] or more
/// succeeds, and each point of argument moves what is needed by one. What is needed stays between 3 and 12, so that
/// no argument is certain of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Whose proposal it is, if it is a seat's.
    pub seat: Option<SeatId>,
    /// What is proposed.
    pub proposal: String,
    /// What two dice would have to reach without arguments; [`EVEN`] unless control sees it otherwise.
    pub base: i32,
    /// The ledger.
    pub arguments: Vec<Argument>,
    /// What follows if it succeeds.
    pub success: Consequence,
    /// What follows if it does not.
    pub failure: Consequence,
}

impl Ruling {
    /// What two dice must reach.
    pub fn needed(&self) -> i32 {
        let weight: i32 = self.arguments.iter().map(|argument| i32::from(argument.weight)).sum();
        self.base.saturating_sub(weight).clamp(3, 12)
    }

    /// In how many of the 36 throws of two dice it succeeds.
    pub fn throws(&self) -> u32 {
        let needed = self.needed();
        (1..=6).map(|first| (1..=6).filter(|second| first + second >= needed).count() as u32).sum()
    }

    /// The chance in percent, rounded.
    pub fn percent(&self) -> u32 {
        (self.throws() * 100 + 18) / 36
    }

    /// Throws the dice. Their address is the game time and the proposal's words: the same proposal at the same time
    /// falls the same, whatever was argued, so that nobody throws until it pleases.
    pub(super) fn throw(&self, dice: &StepDice) -> [u8; 2] {
        [0, 1].map(|index| dice.below(self.site(), index, 6) as u8 + 1)
    }

    /// Where its dice are thrown.
    pub(super) fn site(&self) -> SiteId {
        SiteId::new("ruling", "", &self.proposal)
    }
}

/// What is wrong with an act of control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ControlError {
    /// The game is over.
    Over,
    /// No such entry of a section.
    Unknown(&'static str),
    /// The inject has fired.
    Fired,
    /// The inject is not held.
    NotHeld,
    /// A text is missing: which.
    NoText(&'static str),
    /// A text is too long: which.
    TooLong(&'static str),
    /// Nobody would read it.
    NoAudience,
    /// It says and changes nothing.
    Nothing,
    /// More arguments or effects than a ledger holds.
    TooMany(&'static str),
    /// A track cannot stand there: its least and its greatest level.
    OutOfRange(i32, i32),
    /// An argument that weighs nothing, or too much.
    BadWeight,
    /// A base that two dice cannot reach.
    BadBase,
    /// The seat does nothing of the kind.
    NotGoingOn,
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ControlError::Over => write!(f, "the game is over; rewind it first"),
            ControlError::Unknown(what) => write!(f, "the scenario has no such entry among its {what}"),
            ControlError::Fired => write!(f, "it has fired already"),
            ControlError::NotHeld => write!(f, "it is not held"),
            ControlError::NoText(what) => write!(f, "the {what} is empty"),
            ControlError::TooLong(what) => {
                write!(f, "the {what} has more than {LONGEST_TEXT} letters")
            }
            ControlError::NoAudience => write!(f, "nobody would read it: choose at least one seat"),
            ControlError::Nothing => write!(f, "it neither says nor changes anything"),
            ControlError::TooMany(what) => write!(f, "at most {MOST_PARTS} {what}"),
            ControlError::OutOfRange(least, most) => {
                write!(f, "that track stands between {least} and {most}")
            }
            ControlError::BadWeight => {
                write!(f, "an argument weighs 1 to {HEAVIEST} for it, or -1 to -{HEAVIEST} against it")
            }
            ControlError::BadBase => write!(f, "two dice reach 2 to 12"),
            ControlError::NotGoingOn => write!(f, "that seat has nothing of the kind going on"),
        }
    }
}

impl std::error::Error for ControlError {}

/// What an act is checked against.
pub(super) struct Checked<'a> {
    pub rules: &'a Rules,
    pub injects: &'a [InjectStatus],
}

impl Checked<'_> {
    /// Whether an act can be done.
    pub fn act(&self, act: &ControlAct) -> Result<(), ControlError> {
        match act {
            ControlAct::Inject { inject, deed } => self.inject(*inject, deed),
            ControlAct::Write(consequence) => {
                if consequence.words.is_none() && consequence.effects.is_empty() {
                    return Err(ControlError::Nothing);
                }
                self.consequence(consequence)
            }
            ControlAct::Correct { effect, why } => {
                text("reason", why)?;
                self.effect(effect)
            }
            ControlAct::Rule(ruling) => self.ruling(ruling),
            ControlAct::End { why } => text("reason", why),
        }
    }

    fn inject(&self, inject: InjectId, deed: &InjectDeed) -> Result<(), ControlError> {
        let status = self.injects.get(inject.index()).ok_or(ControlError::Unknown("injects"))?;
        if *status == InjectStatus::Fired {
            return Err(ControlError::Fired);
        }
        match deed {
            InjectDeed::Release if *status == InjectStatus::Pending => Err(ControlError::NotHeld),
            InjectDeed::Reword(words) => check_words(words),
            InjectDeed::Fire | InjectDeed::Hold | InjectDeed::Release | InjectDeed::Skip => Ok(()),
        }
    }

    fn ruling(&self, ruling: &Ruling) -> Result<(), ControlError> {
        text("proposal", &ruling.proposal)?;
        ruling.seat.map_or(Ok(()), |seat| self.seat(seat))?;
        if !(2..=12).contains(&ruling.base) {
            return Err(ControlError::BadBase);
        }
        at_most("arguments", ruling.arguments.len())?;
        for argument in &ruling.arguments {
            text("argument", &argument.text)?;
            if argument.weight == 0 || argument.weight.unsigned_abs() > HEAVIEST.unsigned_abs() {
                return Err(ControlError::BadWeight);
            }
        }
        self.consequence(&ruling.success)?;
        self.consequence(&ruling.failure)
    }

    fn consequence(&self, consequence: &Consequence) -> Result<(), ControlError> {
        if let Some(words) = &consequence.words {
            check_words(words)?;
            if consequence.audience.is_empty() {
                return Err(ControlError::NoAudience);
            }
        }
        consequence.audience.iter().try_for_each(|seat| self.seat(*seat))?;
        at_most("effects", consequence.effects.len())?;
        consequence.effects.iter().try_for_each(|effect| self.effect(effect))
    }

    fn effect(&self, effect: &Effect) -> Result<(), ControlError> {
        let bound = &self.rules.bound;
        let known = |index: usize, count: usize, section| {
            if index < count { Ok(()) } else { Err(ControlError::Unknown(section)) }
        };
        match *effect {
            Effect::Level { track, level } => {
                let track = bound.tracks.get(track.index()).ok_or(ControlError::Unknown("tracks"))?;
                if (track.min..=track.max).contains(&level) {
                    Ok(())
                } else {
                    Err(ControlError::OutOfRange(track.min, track.max))
                }
            }
            Effect::Shift { track, by: _ } => known(track.index(), bound.tracks.len(), "tracks"),
            Effect::Line { channel, politics: _ } | Effect::Works { channel, working: _ } => {
                known(channel.index(), bound.channels.len(), "channels")
            }
            Effect::Deaths { seat, dead: _ } => self.seat(seat),
            Effect::Civilians { dead: _ } => Ok(()),
            Effect::Accord { accord, status: _ } => known(accord.index(), bound.accords.len(), "accords"),
            Effect::Act { seat, action }
            | Effect::Stop { seat, action }
            | Effect::Cancel { seat, action } => {
                self.seat(seat)?;
                known(action.index(), bound.actions.len(), "actions")
            }
        }
    }

    fn seat(&self, seat: SeatId) -> Result<(), ControlError> {
        if seat.index() < self.rules.seats() { Ok(()) } else { Err(ControlError::Unknown("seats")) }
    }
}

fn check_words(words: &Words) -> Result<(), ControlError> {
    text("headline", &words.headline)?;
    if words.text.chars().count() > LONGEST_TEXT { Err(ControlError::TooLong("text")) } else { Ok(()) }
}

fn text(what: &'static str, text: &str) -> Result<(), ControlError> {
    match text.chars().count() {
        _ if text.trim().is_empty() => Err(ControlError::NoText(what)),
        letters if letters > LONGEST_TEXT => Err(ControlError::TooLong(what)),
        _ => Ok(()),
    }
}

fn at_most(what: &'static str, count: usize) -> Result<(), ControlError> {
    if count > MOST_PARTS { Err(ControlError::TooMany(what)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruling(weights: &[i8]) -> Ruling {
        let argument = |weight: &i8| Argument { text: "because".to_owned(), weight: *weight };
        Ruling { base: EVEN, arguments: weights.iter().map(argument).collect(), ..Ruling::default() }
    }

    #[test]
    fn each_point_of_argument_moves_what_two_dice_must_reach_by_one() {
        for (weights, needed, throws) in [
            (&[][..], 7, 21),
            (&[1], 6, 26),
            (&[2, -1], 6, 26),
            (&[-1], 8, 15),
            (&[-3, -3], 12, 1),
            (&[3, 3, 3], 3, 35),
        ] {
            let ruling = ruling(weights);
            assert_eq!((ruling.needed(), ruling.throws()), (needed, throws), "{weights:?}");
        }
        assert_eq!(ruling(&[]).percent(), 58);
        assert_eq!(ruling(&[-3, -3]).percent(), 3);
    }

    #[test]
    fn dice_are_thrown_by_the_proposals_words_and_not_by_what_is_argued() {
        use crate::engine::dice::{Domain, RootKey};
        let dice = RootKey::new(7, Domain::Ruling).at(0, 720);
        let mut plain = ruling(&[]);
        plain.proposal = "we send a ship".to_owned();
        let argued = Ruling { arguments: ruling(&[3]).arguments, ..plain.clone() };
        assert_eq!(plain.throw(&dice), argued.throw(&dice));
        let mut seen = std::collections::BTreeSet::new();
        for k in 0..400 {
            plain.proposal = format!("we send ship {k}");
            seen.insert(plain.throw(&dice));
        }
        assert_eq!(seen.len(), 36, "every throw comes");
    }
}
