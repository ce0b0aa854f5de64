//! What control did, and what happened at the table, in plain English.

use super::record::PERSON;
use super::replay::Entry;
use super::table::{Seating, Talk, Voice};
use super::wording::{Wording, one_line};
use crate::engine::{Consequence, ControlAct, Effect, Ended, InjectDeed, Ruling};
use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{Id, SeatId};

/// Who plays a seat, by the word of a record.
pub fn player_words(by: &str) -> String {
    if by == PERSON { "a person".to_owned() } else { format!("the policy {by}") }
}

impl Wording<'_> {
    /// An act of control as one sentence.
    pub fn control(&self, act: &ControlAct) -> String {
        match act {
            ControlAct::Inject { inject, deed } => {
                let inject = self.inject(*inject);
                match deed {
                    InjectDeed::Fire => format!("Control fires '{inject}'"),
                    InjectDeed::Hold => format!("Control holds '{inject}'"),
                    InjectDeed::Release => format!("Control releases '{inject}'"),
                    InjectDeed::Skip => format!("Control skips '{inject}'"),
                    InjectDeed::Reword(words) => {
                        format!("Control rewords '{inject}': '{}'", one_line(&words.headline))
                    }
                }
            }
            ControlAct::Write(consequence) => format!("Control: {}", self.consequence(consequence)),
            ControlAct::Correct { effect, why } => {
                format!("Control: {}, because {}", self.effect(effect), one_line(why))
            }
            ControlAct::Rule(ruling) => self.ruling(ruling),
            ControlAct::End { why } => format!("Control ends the game, because {}", one_line(why)),
        }
    }

    /// The ledger of a ruling, one argument a line; nothing for other acts.
    pub fn arguments(&self, act: &ControlAct) -> Vec<String> {
        let ControlAct::Rule(ruling) = act else { return Vec::new() };
        let told = ruling.arguments.iter();
        told.map(|argument| {
            let side = if argument.weight > 0 { "for" } else { "against" };
            format!("{side}, {:+}: {}", argument.weight, one_line(&argument.text))
        })
        .collect()
    }

    fn ruling(&self, ruling: &Ruling) -> String {
        let seat = ruling.seat.map_or_else(String::new, |seat| format!(" of {}", self.seat(seat)));
        let then = |consequence: &Consequence| {
            let nothing = consequence.words.is_none() && consequence.effects.is_empty();
            if nothing { "nothing".to_owned() } else { self.consequence(consequence) }
        };
        format!(
            "Control rules on a proposal{seat}: '{}'. Two dice need {} ({} %). If it succeeds: {}; if not: {}",
            one_line(&ruling.proposal),
            ruling.needed(),
            ruling.percent(),
            then(&ruling.success),
            then(&ruling.failure)
        )
    }

    fn consequence(&self, consequence: &Consequence) -> String {
        let told = consequence.words.as_ref().map(|words| {
            let to: Vec<String> = consequence.audience.iter().map(|seat| self.seat(*seat)).collect();
            format!("'{}' is told to {}", one_line(&words.headline), to.join(", "))
        });
        let effects = consequence.effects.iter().map(|effect| self.effect(effect));
        told.into_iter().chain(effects).collect::<Vec<_>>().join("; ")
    }

    /// An effect, to be read after "control:".
    pub fn effect(&self, effect: &Effect) -> String {
        match *effect {
            Effect::Level { track, level } => format!("{} is set to {level}", self.track(track)),
            Effect::Shift { track, by } => format!("{} moves by {by:+}", self.track(track)),
            Effect::Line { channel, politics } => {
                format!("{} is {}", self.channel(channel), super::wording::politics_word(politics))
            }
            Effect::Works { channel, working: true } => format!("{} is repaired", self.channel(channel)),
            Effect::Works { channel, working: false } => format!("{} fails", self.channel(channel)),
            Effect::Deaths { seat, dead } => format!("deaths of {} change by {dead:+}", self.seat(seat)),
            Effect::Civilians { dead } => format!("civilian deaths change by {dead:+}"),
            Effect::Accord { accord, status } => {
                let status = match status {
                    AccordStatus::InForce => "in force",
                    AccordStatus::Suspended => "suspended",
                    AccordStatus::Scrapped => "scrapped",
                    AccordStatus::Absent => "absent",
                };
                format!("{} is {status}", self.accord(accord))
            }
            Effect::Act { seat, action } => format!("{}: {} happens", self.seat(seat), self.action(action)),
            Effect::Stop { seat, action } => format!("{}: {} ends", self.seat(seat), self.action(action)),
            Effect::Cancel { seat, action } => {
                format!("{}: {} does not happen", self.seat(seat), self.action(action))
            }
        }
    }

    /// By what a game ended: a label and a text.
    pub fn ending(&self, ended: Ended) -> (String, String) {
        match ended.ending().and_then(|ending| self.scenario().document.endings.get(ending.index())) {
            Some(doc) => (one_line(&doc.label), one_line(&doc.text)),
            None => (
                "Ended by control".to_owned(),
                "Play stopped with the crisis open: what stands here is how far it had come.".to_owned(),
            ),
        }
    }

    /// What happened at the table, as one sentence; nothing for what is told otherwise.
    pub fn table(&self, entry: &Entry<'_>) -> Option<String> {
        Some(match entry {
            Entry::Seat(seating) => self.seating(seating),
            Entry::Talk(talk) => self.said(talk),
            Entry::Note(note) => {
                let at = note.at.map_or_else(String::new, |line| format!(" on line {line}"));
                format!("Note of {}{at}: {}", self.voice(&note.by), one_line(&note.text))
            }
            Entry::Fork(fork) => {
                let luck = if fork.salt == 0 { "with the same luck" } else { "with other luck" };
                let why =
                    if fork.why.is_empty() { String::new() } else { format!(": {}", one_line(&fork.why)) };
                format!(
                    "Control goes back to the start of turn {}, and on from there {luck}{why}",
                    fork.turn + 1
                )
            }
            Entry::Call(_) | Entry::Control(_) | Entry::Sealed(_) | Entry::End => return None,
        })
    }

    fn seating(&self, seating: &Seating) -> String {
        let people: Vec<String> = seating
            .people
            .iter()
            .map(|person| {
                let aim = &person.aim;
                let aim =
                    if aim.is_empty() { String::new() } else { format!(", who wants: {}", one_line(aim)) };
                format!("{} ({}{aim})", one_line(&person.name), person.role.word())
            })
            .collect();
        let people = if people.is_empty() { String::new() } else { format!(": {}", people.join("; ")) };
        format!(
            "{} is played by {}{people}",
            self.seat_named(&seating.seat),
            one_line(&player_words(&seating.by))
        )
    }

    fn said(&self, talk: &Talk) -> String {
        let to: Vec<String> = talk.to.iter().map(|voice| self.voice(voice)).collect();
        let by = if talk.by.is_empty() { String::new() } else { format!(" ({})", one_line(&talk.by)) };
        let over = talk.over.as_ref().map_or_else(String::new, |name| {
            let channels = &self.scenario().document.channels;
            let label = channels.iter().find(|channel| channel.name == *name).map(|channel| &channel.label);
            format!(" over {}", one_line(label.unwrap_or(name)))
        });
        let lost = if talk.delivered { "" } else { ", which does not get through" };
        format!("{}{by} to {}{over}{lost}: {}", self.voice(&talk.from), to.join(", "), one_line(&talk.text))
    }

    fn voice(&self, voice: &Voice) -> String {
        match voice {
            Voice::Control => "control".to_owned(),
            Voice::Seat(name) => self.seat_named(name),
        }
    }

    fn seat_named(&self, name: &str) -> String {
        let seats = &self.scenario().document.seats;
        let at = seats.iter().position(|seat| seat.name == name);
        at.map_or_else(|| one_line(name), |at| self.seat(SeatId::new(at)))
    }
}
