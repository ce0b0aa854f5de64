//! What is said at the table: words among any seats, over a channel or in a side room. Control reads all of it.
//!
//! Talk is no part of the game's state: nobody's orders, beliefs or luck hang on it.

use crate::trace::{NameTable, Talk, Voice};
use crate::vocabulary::{ChannelId, Minute, SeatId};

/// The most letters of one message.
pub const LONGEST_MESSAGE: usize = 2000;

/// Who speaks or is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speaker {
    /// Control.
    Control,
    /// A seat.
    Seat(SeatId),
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Game time.
    pub minute: Minute,
    /// Turns completed.
    pub turn: u16,
    /// Who spoke.
    pub from: Speaker,
    /// What the person is called; empty if that is not known.
    pub by: String,
    /// To whom.
    pub to: Vec<Speaker>,
    /// Over which channel; at the table if over none.
    pub over: Option<ChannelId>,
    /// Whether it got through.
    pub delivered: bool,
    /// What was said.
    pub text: String,
}

impl Said {
    /// Whether a seat hears it: who spoke, and those spoken to if it got through.
    pub fn reaches(&self, seat: SeatId) -> bool {
        let seat = Speaker::Seat(seat);
        self.from == seat || self.delivered && self.to.contains(&seat)
    }

    /// As the record has it.
    pub(super) fn written(&self, names: &NameTable) -> Talk {
        Talk {
            minute: self.minute,
            turn: self.turn,
            from: voice(self.from, names),
            by: self.by.clone(),
            to: self.to.iter().map(|speaker| voice(*speaker, names)).collect(),
            over: self.over.map(|channel| names.channel(channel).to_owned()),
            delivered: self.delivered,
            text: self.text.clone(),
        }
    }

    /// From the record; nothing if it names somebody unknown.
    pub(super) fn read(talk: &Talk, names: &NameTable) -> Option<Said> {
        Some(Said {
            minute: talk.minute,
            turn: talk.turn,
            from: speaker(&talk.from, names)?,
            by: talk.by.clone(),
            to: talk.to.iter().map(|voice| speaker(voice, names)).collect::<Option<_>>()?,
            over: match &talk.over {
                Some(name) => Some(names.find_channel(name)?),
                None => None,
            },
            delivered: talk.delivered,
            text: talk.text.clone(),
        })
    }
}

fn voice(speaker: Speaker, names: &NameTable) -> Voice {
    match speaker {
        Speaker::Control => Voice::Control,
        Speaker::Seat(seat) => Voice::Seat(names.seat(seat).to_owned()),
    }
}

pub(super) fn speaker(voice: &Voice, names: &NameTable) -> Option<Speaker> {
    match voice {
        Voice::Control => Some(Speaker::Control),
        Voice::Seat(name) => names.find_seat(name).map(Speaker::Seat),
    }
}
