//! The white cell: what control does to a game that is being played. Every one of its acts is a line of the journal,
//! which is written before anybody is shown what came of it.

use super::control::ControlCommand;
use super::opening::Occupant;
use super::play::Session;
use super::talk::{LONGEST_MESSAGE, Said, Speaker};
use crate::engine::ControlAct;
use crate::trace::{Entry, Fork, Note, Seating, Voice, Wording};
use crate::vocabulary::{ChannelId, Id, SeatId};
use std::time::Instant;

impl Session {
    /// Carries a command of control out.
    ///
    /// # Errors
    /// In words for control, if it cannot be done; nothing has changed then.
    pub(super) fn carry_out(&mut self, command: ControlCommand) -> Result<(), String> {
        match command {
            ControlCommand::Act(act) => self.act(&act),
            ControlCommand::Seat { seat, to } => self.hand_over(seat, &to),
            ControlCommand::Say { to, text } => {
                let to = to.into_iter().map(Speaker::Seat).collect();
                self.say(Speaker::Control, String::new(), to, None, text)
            }
            ControlCommand::Note { at, text } => {
                if at.is_some_and(|line| line == 0 || line > self.writer.n()) {
                    return Err(format!("the record has {} lines", self.writer.n()));
                }
                self.note(at, checked(&text)?, None);
                Ok(())
            }
            ControlCommand::Rewind { line, salt, why } => {
                self.rewind(line, salt, why)?;
                self.tell_of_the_rewind()
            }
            ControlCommand::Pause(paused) => {
                self.pace.pause(paused, Instant::now());
                self.note(None, if paused { "The game is paused." } else { "The game goes on." }, None);
                self.show_everybody();
                Ok(())
            }
            ControlCommand::Clock(limit) => {
                self.pace.set(limit);
                let told = limit.map_or_else(
                    || "Decisions take as long as they like.".to_owned(),
                    |limit| format!("A decision may take {} seconds.", limit.as_secs()),
                );
                self.note(None, &told, Some(limit.map_or(0, |limit| limit.as_secs())));
                self.show_everybody();
                Ok(())
            }
        }
    }

    fn act(&mut self, act: &ControlAct) -> Result<(), String> {
        self.course.game.check_control(act).map_err(|why| why.to_string())?;
        let line = self.writer.n() + 1;
        self.course.control(act, line);
        let line = self.writer.control(act, &self.course.game, &self.course.record);
        self.keep(line);
        self.learn_of_control();
        Ok(())
    }

    /// Lets every seat see what an act of control means to it, and sends it to those to whom that is news.
    fn learn_of_control(&mut self) {
        let learned: Vec<SeatId> = self.course.learn_of_control();
        for seat in learned {
            self.show_seat(seat);
        }
    }

    fn hand_over(&mut self, seat: SeatId, to: &Occupant) -> Result<(), String> {
        let sitting = self.course.seat(seat).ok_or("that seat gives no orders")?;
        if sitting.by == *to {
            return Err(format!("that seat is played by {} already", to.word()));
        }
        if self.course.game.outcome().is_some() {
            return Err("the game is over; rewind it first".to_owned());
        }
        self.course.sit(seat, to, &self.setup).map_err(|why| why.to_string())?;
        let name = self.writer.names().seat(seat).to_owned();
        let seating = Seating { seat: name, by: to.word().to_owned(), people: Vec::new() };
        let line = self.writer.seating(&seating);
        self.course.tell(&Entry::Seat(&seating), self.writer.n());
        self.keep(line);
        self.show_seat(seat);
        Ok(())
    }

    /// Says something, and delivers it as the channel allows.
    ///
    /// # Errors
    /// In words, if it cannot be said at all.
    pub(super) fn say(
        &mut self,
        from: Speaker,
        by: String,
        to: Vec<Speaker>,
        over: Option<ChannelId>,
        text: String,
    ) -> Result<(), String> {
        checked(&text)?;
        let known = |speaker: &Speaker| match speaker {
            Speaker::Control => true,
            Speaker::Seat(seat) => self.course.seat(*seat).is_some(),
        };
        // Those who share a seat may speak among themselves, over no channel and with nobody else.
        let within = to[..] == [from] && from != Speaker::Control && over.is_none();
        if to.is_empty() || !within && to.contains(&from) || !to.iter().all(known) {
            return Err("choose other seats, or your own alone".to_owned());
        }
        if let Some(channel) = over {
            let channels = &self.course.game.rules().scenario().document.channels;
            let members = channels.get(channel.index()).map(|channel| &channel.members);
            let connects = |speaker: &Speaker| match speaker {
                Speaker::Control => false,
                Speaker::Seat(seat) => members.is_some_and(|list| list.iter().any(|m| m.id() == *seat)),
            };
            if !connects(&from) || !to.iter().all(connects) {
                return Err("that channel does not connect them".to_owned());
            }
        }
        let (game, turn) = (&self.course.game, self.course.record.turn());
        let delivered = over.is_none_or(|channel| game.carries(channel));
        let said = Said { minute: game.minute(), turn, from, by, to, over, delivered, text };
        let talk = said.written(self.writer.names());
        let line = self.writer.talk(&talk);
        self.course.tell(&Entry::Talk(&talk), self.writer.n());
        self.keep(line);
        let hear: Vec<SeatId> =
            self.places.iter().map(|place| place.seat()).filter(|seat| said.reaches(*seat)).collect();
        self.course.talk.push(said);
        for seat in hear {
            self.show_seat(seat);
        }
        Ok(())
    }

    fn note(&mut self, at: Option<u32>, text: &str, clock: Option<u64>) {
        let note = Note {
            minute: self.course.game.minute(),
            turn: self.course.record.turn(),
            by: Voice::Control,
            at,
            text: text.to_owned(),
            clock,
        };
        let line = self.writer.note(&note);
        self.course.tell(&Entry::Note(&note), self.writer.n());
        self.notes.push(note);
        self.keep(line);
    }

    pub(super) fn rewind(&mut self, line: u32, salt: u64, why: String) -> Result<(), String> {
        let moment = self.moments.iter().find(|moment| moment.line == line);
        let moment = moment.ok_or("no turn opens there")?;
        let turn = moment.course.record.turn();
        self.go_back_to(line, salt);
        let fork = Fork { turn, salt, why };
        let line = self.writer.fork(line, &fork);
        self.course.tell(&Entry::Fork(&fork), self.writer.n());
        self.keep(line);
        self.show_everybody();
        Ok(())
    }

    /// Who sits elsewhere would see another day on the screen, and no word of why.
    fn tell_of_the_rewind(&mut self) -> Result<(), String> {
        let now = Wording::new(self.course.game.rules().scenario()).moment(self.course.game.minute());
        let seats = self.places.iter().map(|place| Speaker::Seat(place.seat())).collect();
        self.say(Speaker::Control, String::new(), seats, None, format!("Play goes back to {now}."))
    }

    /// Takes up the game as it was when the turn of that line opened; whether there is such a turn.
    pub(super) fn go_back_to(&mut self, line: u32, salt: u64) -> bool {
        let Some(moment) = self.moments.iter().find(|moment| moment.line == line) else { return false };
        let mut course = moment.course.clone();
        course.fork(salt);
        for sitting in &mut course.seats {
            if let Some(before) = self.course.seat(sitting.follower.seat()) {
                sitting.follower.goes_on_after(&before.follower);
            }
        }
        self.course = course;
        self.pace.decided();
        true
    }
}

/// A text that may be said.
fn checked(text: &str) -> Result<&str, String> {
    if text.trim().is_empty() {
        return Err("there is nothing to say".to_owned());
    }
    if text.chars().count() > LONGEST_MESSAGE {
        return Err(format!("at most {LONGEST_MESSAGE} letters"));
    }
    Ok(text)
}
