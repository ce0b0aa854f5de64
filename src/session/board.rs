//! What control's desks are shown, and where their commands come in.

use super::Speaker;
use super::control::{
    ChannelRow, ControlBoard, ControlCommand, ControlDesk, ControlDeskNumber, InjectRow, NoteRow,
    ScheduledRow, SeatRow, TrackRow, TurnRow,
};
use super::keys::ControlKey;
use super::place::view;
use super::play::{Moment, Session};
use super::talk::speaker;
use crate::engine::{Phase, condition_words, statement_words};
use crate::policy::Seated;
use crate::scenario::document::Document;
use crate::scenario::section::{InjectDoc, Schedule, Visibility};
use crate::trace::{Person, Wording, one_line};
use crate::vocabulary::{AccordId, ActionId, ChannelId, Id, InjectId, TrackId};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Control's desks, seen from the session.
#[derive(Debug)]
pub(super) struct Boards {
    desks: Vec<Shown>,
    opened: ControlDeskNumber,
    inbox: Receiver<(ControlDeskNumber, ControlCommand)>,
    outbox: Sender<(ControlDeskNumber, ControlCommand)>,
    revision: u32,
    stirred: bool,
}

/// A desk that is shown boards.
#[derive(Debug)]
struct Shown {
    number: ControlDeskNumber,
    boards: Sender<Arc<ControlBoard>>,
    /// What was wrong with its last command, if anything was.
    refused: Option<String>,
}

impl Boards {
    pub fn new() -> Self {
        let (outbox, inbox) = channel();
        Boards { desks: Vec::new(), opened: 0, inbox, outbox, revision: 0, stirred: true }
    }

    /// What is shown is old.
    pub fn stir(&mut self) {
        self.stirred = true;
    }

    /// What was wrong with the last command of a desk, if anything was: no other desk has to do with it.
    pub fn refuse(&mut self, desk: ControlDeskNumber, refused: Option<String>) {
        if let Some(desk) = self.desks.iter_mut().find(|shown| shown.number == desk) {
            desk.refused = refused;
        }
        self.stirred = true;
    }

    pub fn next_command(&mut self) -> Option<(ControlDeskNumber, ControlCommand)> {
        self.inbox.try_recv().ok()
    }
}

impl Session {
    /// A desk for control.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn control_desk(&mut self, key: &ControlKey) -> ControlDesk {
        assert!(key.fits(&self.stamp), "a key opens only the session that it was made for");
        let (sender, receiver) = channel();
        let board = Arc::new(self.board());
        let boards = &mut self.boards;
        let number = boards.opened;
        boards.opened += 1;
        boards.desks.push(Shown { number, boards: sender, refused: None });
        ControlDesk::new(number, board, receiver, boards.outbox.clone())
    }

    /// Shows control what is new.
    pub(super) fn show_boards(&mut self) {
        if !std::mem::take(&mut self.boards.stirred) || self.boards.desks.is_empty() {
            return;
        }
        self.boards.revision += 1;
        let board = Arc::new(self.board());
        self.boards.desks.retain(|desk| {
            let mut board = Arc::clone(&board);
            if desk.refused.is_some() {
                Arc::make_mut(&mut board).refused = desk.refused.clone();
            }
            desk.boards.send(board).is_ok()
        });
    }

    fn board(&self) -> ControlBoard {
        let course = &self.course;
        let game = &course.game;
        let scenario = game.rules().scenario();
        let document = &scenario.document;
        let words = Wording::new(scenario);
        let standing = game.standing_rung();
        ControlBoard {
            revision: self.boards.revision,
            title: one_line(&document.title),
            minute: game.minute(),
            moment: words.moment(game.minute()),
            turn: course.record.turn() + 1,
            phase: phase_word(game.phase()),
            standing: (standing, words.rung(standing)),
            peak: game.peak(),
            tracks: self.tracks(),
            channels: self.channels(),
            injects: self.injects(&words),
            accords: document
                .accords
                .iter()
                .zip(game.accords())
                .enumerate()
                .map(|(at, (doc, status))| (AccordId::new(at), one_line(&doc.label), *status))
                .collect(),
            actions: (0..document.actions.len())
                .map(|at| (ActionId::new(at), words.action(ActionId::new(at))))
                .collect(),
            scheduled: game
                .scheduled()
                .iter()
                .map(|due| ScheduledRow {
                    seat: due.seat,
                    action: due.action,
                    words: format!(
                        "{}  {}: {}",
                        words.moment(due.due),
                        words.seat(due.seat),
                        words.action(due.action)
                    ),
                })
                .collect(),
            continuing: game
                .continuing()
                .iter()
                .map(|act| {
                    let told = format!("{}: {}", words.seat(act.seat), words.action(act.action));
                    (act.seat, act.action, told)
                })
                .collect(),
            exchange: game.exchange().map(|exchange| {
                format!(
                    "{} is under fire by {}, rung {}, round {}",
                    words.seat(exchange.under_fire),
                    words.seat(exchange.fired),
                    exchange.rung,
                    exchange.round + 1
                )
            }),
            seats: self.seats(),
            talk: course.talk.clone(),
            notes: self
                .notes
                .iter()
                .map(|note| NoteRow {
                    at: note.at,
                    moment: words.moment(note.minute),
                    by: speaker(&note.by, self.writer.names()).unwrap_or(Speaker::Control),
                    text: one_line(&note.text),
                })
                .collect(),
            story: course.told_in.iter().copied().zip(course.chronicle.steps().iter().cloned()).collect(),
            turns: self.moments.iter().map(|moment| moment.row(&course.opened, &words)).collect(),
            branch: self.writer.branch(),
            pace: self.pace,
            // Each desk has its own.
            refused: None,
            notice: self.notice.clone(),
            over: game.outcome().is_some(),
        }
    }

    fn tracks(&self) -> Vec<TrackRow> {
        let game = &self.course.game;
        let document = &game.rules().scenario().document;
        let levels = game.levels().iter().zip(game.level_ranges());
        let rows = document.tracks.iter().zip(levels).enumerate();
        rows.map(|(at, (doc, (level, range)))| TrackRow {
            track: TrackId::new(at),
            label: one_line(&doc.label),
            level: *level,
            range,
        })
        .collect()
    }

    fn channels(&self) -> Vec<ChannelRow> {
        let game = &self.course.game;
        let docs = game.rules().scenario().document.channels.iter().enumerate();
        docs.map(|(at, doc)| {
            let channel = ChannelId::new(at);
            let (politics, working) = game.line(channel);
            let label = one_line(&doc.label);
            let members = doc.members.iter().map(|member| member.id()).collect();
            ChannelRow { channel, label, members, politics, working }
        })
        .collect()
    }

    fn injects(&self, words: &Wording<'_>) -> Vec<InjectRow> {
        let game = &self.course.game;
        let document = &game.rules().scenario().document;
        let docs = document.injects.iter().zip(game.injects()).enumerate();
        docs.map(|(at, (doc, status))| (InjectId::new(at), doc, status))
            .map(|(inject, doc, status)| InjectRow {
                inject,
                label: one_line(game.inject_words(inject).0),
                text: one_line(game.inject_words(inject).1),
                when: match &doc.when {
                    Schedule::At(time) => words.moment(time.minutes()),
                    Schedule::Once(time, that) => format!(
                        "from {} on, if {}",
                        words.moment(time.minutes()),
                        condition_words(that, document)
                    ),
                    Schedule::OnCall => "on call".to_owned(),
                },
                fired: self.course.fired(inject).map(|minute| words.moment(minute)),
                read_by: read_by(doc, words),
                does: does(doc, document, words),
                status: *status,
            })
            .collect()
    }

    fn seats(&self) -> Vec<SeatRow> {
        let course = &self.course;
        let scenario = course.game.rules().scenario();
        let words = Wording::new(scenario);
        let rows = self.places.iter().filter_map(|place| {
            let seat = place.seat();
            let sitting = course.seat(seat)?;
            let doc = &scenario.document.seats[seat.index()];
            let held = doc.dispositions.get(course.game.disposition(seat));
            Some(SeatRow {
                seat,
                name: doc.name.clone(),
                label: words.seat(seat),
                by: sitting.by.clone(),
                policies: Arc::new(
                    Seated::names(&sitting.follower.view.briefing).map(str::to_owned).collect(),
                ),
                disposition: held.map_or_else(String::new, |held| one_line(&held.label)),
                people: place.attendance(),
                view: view(sitting, course, Person::default(), self.pace, None, self.boards.revision),
            })
        });
        rows.collect()
    }
}

impl Moment {
    /// The turn as control sees it; `opened` are the lines of the turns that led to where the game stands.
    pub fn row(&self, opened: &[u32], words: &Wording<'_>) -> TurnRow {
        TurnRow {
            led_here: opened.contains(&self.line),
            line: self.line,
            turn: self.course.record.turn() + 1,
            branch: self.branch,
            moment: words.moment(self.course.game.minute()),
        }
    }
}

/// Who reads an inject.
fn read_by(doc: &InjectDoc, words: &Wording<'_>) -> String {
    match &doc.seen_by {
        Visibility::All => "everybody".to_owned(),
        Visibility::Seats(seats) if !seats.is_empty() => {
            seats.iter().map(|seat| words.seat(seat.id())).collect::<Vec<_>>().join(", ")
        }
        Visibility::Nobody | Visibility::Seats(_) => "nobody".to_owned(),
    }
}

/// What an inject does beside being read.
fn does(doc: &InjectDoc, document: &Document, words: &Wording<'_>) -> Vec<String> {
    let act = doc.act.iter();
    let act =
        act.map(|(seat, action)| format!("{}: {} happens", words.seat(seat.id()), words.action(action.id())));
    act.chain(doc.effects.iter().map(|effect| statement_words(effect, document))).collect()
}

fn phase_word(phase: Phase) -> &'static str {
    match phase {
        Phase::Opening => "a turn opens",
        Phase::Contacts => "calls and requests",
        Phase::Answers => "answers to calls",
        Phase::Orders => "orders",
        Phase::Flash => "a decision under fire",
        Phase::Over => "the game is over",
    }
}
