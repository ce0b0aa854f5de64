//! A changed scenario under a game that is being played, for its author.
//!
//! A record holds one scenario, and playing it again must give it. So nothing is changed in mid-game: the game is played
//! again from its beginning under the new rules, on the same dice, with the orders and the acts of control so far, up to
//! the turn that is under way. What the new rules do not allow is not done, and told. What comes of it is a game of the
//! new scenario like any other, with a record of its own that resumes and verifies.

use super::control::ControlCommand;
use super::keys::ControlKey;
use super::opening::{Occupant, SessionConfig};
use super::pace::limit;
use super::play::Session;
use super::talk::Said;
use crate::engine::{Orders, Rules};
use crate::storage::Faults;
use crate::trace::{Call, Content, NamedOrders, RecordedLine, TraceFile};
use crate::vocabulary::{Id, SeatId};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

impl Session {
    /// Puts other rules, bound with the game's own settings, under the game: see [the module](self). The journal, if
    /// one is kept, goes on in the new file `journal`; the old one stays as it is. What could not be done again is told,
    /// a sentence each.
    ///
    /// # Errors
    /// In words, if the new rules have other seats or the new journal cannot be begun; the game is as it was then.
    ///
    /// # Panics
    /// If the key belongs to another session.
    pub fn rebind(
        &mut self,
        key: &ControlKey,
        rules: Arc<Rules>,
        journal: Option<PathBuf>,
    ) -> Result<Vec<String>, String> {
        let file = TraceFile::read(self.record(key).as_bytes()).map_err(|error| error.to_string())?;
        let setup = file.setup()?;
        let seats = |rules: &Rules| -> Vec<(String, bool)> {
            let seats = &rules.scenario().document.seats;
            seats.iter().map(|seat| (seat.name.clone(), seat.plays)).collect()
        };
        if seats(&rules) != seats(self.course.game.rules()) {
            return Err(
                "the seats are not the same any more, so that this game cannot go on under it".to_owned()
            );
        }
        let scenario = Arc::clone(rules.scenario());
        let by = setup
            .players
            .iter()
            .filter_map(|player| Some((scenario.seat(&player.seat)?, Occupant::named(&player.by))));
        let people = self
            .places
            .iter()
            .flat_map(|place| place.people.iter().map(|person| (place.seat(), person.clone())));
        let config = SessionConfig {
            seed: setup.seed,
            run: setup.run,
            settings: setup.settings,
            seats: by.collect(),
            people: people.collect(),
            journal,
            faults: Faults::none(),
        };
        let (mut again, ..) = Session::open(rules, config).map_err(|error| error.to_string())?;
        let told = Reliving::of(&file.path(), self.course.opened.len()).run(&mut again);
        self.take_over(again);
        Ok(told)
    }

    /// Goes on as another session, at the same desks.
    fn take_over(&mut self, mut again: Session) {
        for sitting in &mut again.course.seats {
            if let Some(before) = self.course.seat(sitting.follower.seat()) {
                sitting.follower.goes_on_after(&before.follower);
            }
        }
        std::mem::swap(&mut self.setup, &mut again.setup);
        std::mem::swap(&mut self.course, &mut again.course);
        std::mem::swap(&mut self.moments, &mut again.moments);
        std::mem::swap(&mut self.notes, &mut again.notes);
        std::mem::swap(&mut self.writer, &mut again.writer);
        std::mem::swap(&mut self.keeper, &mut again.keeper);
        std::mem::swap(&mut self.lines, &mut again.lines);
        self.pace.decided();
        self.show_everybody();
    }
}

/// The turns of a record, to be gone through again.
struct Reliving<'a> {
    /// What happened before the first turn, then turn by turn.
    turns: Vec<Vec<&'a RecordedLine>>,
    told: Vec<String>,
}

impl<'a> Reliving<'a> {
    /// The lines that led to a turn, the opening of that turn included.
    fn of(path: &[&'a RecordedLine], turns: usize) -> Self {
        let mut by_turn = vec![Vec::new()];
        for line in path {
            if line.kind == Call::Open.kind() {
                by_turn.push(Vec::new());
            }
            by_turn.last_mut().expect("there is one from the start").push(*line);
        }
        by_turn.truncate(turns + 1);
        Reliving { turns: by_turn, told: Vec::new() }
    }

    fn run(mut self, session: &mut Session) -> Vec<String> {
        let turns = std::mem::take(&mut self.turns);
        let last = turns.len().saturating_sub(1);
        for (turn, lines) in turns.iter().enumerate() {
            let mut left = lines.clone();
            // The turn under way is opened, and no more: its orders are still to be given.
            if turn > 0 && !self.turn(session, turn, &mut left, turn != last) {
                let over = session.course.opened.len();
                self.told.push(format!("Under the changed scenario the game is over in turn {over}."));
                return self.told;
            }
            left.iter().for_each(|line| self.again(session, turn, line));
        }
        self.told
    }

    /// Plays a turn; only its opening, unless `whole`. False if the game is over before it.
    fn turn(
        &mut self,
        session: &mut Session,
        turn: usize,
        left: &mut Vec<&RecordedLine>,
        whole: bool,
    ) -> bool {
        let mut opened = false;
        loop {
            let Some(call) = Call::next(&session.course.game) else { return opened };
            if opened && (call == Call::Open || !whole) {
                return true;
            }
            opened |= call == Call::Open;
            let recorded = left.iter().position(|line| line.kind == call.kind());
            // What control did before that call comes before it again.
            let before: Vec<&RecordedLine> = left.drain(..recorded.unwrap_or(0)).collect();
            before.iter().for_each(|line| self.again(session, turn, line));
            let recorded = recorded.map(|_| left.remove(0));
            self.seal(session, turn, recorded);
            session.advance(call);
        }
    }

    /// Seals what people ordered in a recorded call, as far as it is in order.
    fn seal(&mut self, session: &mut Session, turn: usize, recorded: Option<&RecordedLine>) {
        let given: Option<&BTreeMap<String, NamedOrders>> = recorded.and_then(|line| match &line.content {
            Content::Call(orders) => Some(orders),
            _ => None,
        });
        let waiting = session.course.seats.iter().filter(|sitting| session.course.waits_for(sitting));
        let waiting: Vec<SeatId> = waiting.map(|sitting| sitting.follower.seat()).collect();
        for seat in waiting {
            let orders = self.orders(session, turn, seat, given);
            session.seal(seat, orders);
        }
    }

    fn orders(
        &mut self,
        session: &Session,
        turn: usize,
        seat: SeatId,
        given: Option<&BTreeMap<String, NamedOrders>>,
    ) -> Orders {
        let names = session.writer.names();
        let label = &session.course.game.rules().scenario().document.seats[seat.index()].label;
        let mut tell =
            |what: String| self.told.push(format!("Turn {turn}, {label}: {what}; nothing was done instead."));
        let Some(given) = given else {
            tell("something is asked that was not asked before".to_owned());
            return Orders::default();
        };
        // Who ordered nothing stands in no record.
        let Some(named) = given.get(names.seat(seat)) else { return Orders::default() };
        let Some(sitting) = session.course.seat(seat) else { return Orders::default() };
        let view = &sitting.follower.view;
        match names.read(named) {
            Err(why) => {
                tell(why);
                Orders::default()
            }
            Ok(orders) => match orders.check(&view.observation, &view.briefing).first() {
                None => orders,
                Some(problem) => {
                    tell(problem.describe(&view.briefing));
                    Orders::default()
                }
            },
        }
    }

    /// Does again what control did, and what was said at the table.
    fn again(&mut self, session: &mut Session, turn: usize, line: &RecordedLine) {
        let names = session.writer.names();
        let done = match &line.content {
            Content::Control(act) => {
                names.read_act(act).and_then(|act| session.carry_out(ControlCommand::Act(act)))
            }
            Content::Seat(seating) if seating.people.is_empty() => match names.find_seat(&seating.seat) {
                Some(seat) => {
                    session.carry_out(ControlCommand::Seat { seat, to: Occupant::named(&seating.by) })
                }
                None => Err(format!("no seat is called `{}`", seating.seat)),
            },
            Content::Talk(talk) => match Said::read(talk, names) {
                Some(Said { from, by, to, over, text, .. }) => session.say(from, by, to, over, text),
                None => Err("what was said has no such line any more".to_owned()),
            },
            Content::Note(note) => session.carry_out(match note.clock {
                Some(seconds) => ControlCommand::Clock(limit(seconds)),
                None => ControlCommand::Note { at: None, text: note.text.clone() },
            }),
            Content::Fork(fork) => {
                let line = session.course.opened.last().copied().unwrap_or_default();
                // That the seats were told of it is among what was said.
                session.rewind(line, fork.salt, fork.why.clone())
            }
            Content::Call(_) | Content::Seat(_) | Content::Sealed(_) | Content::End => Ok(()),
        };
        if let Err(why) = done {
            self.told.push(format!("Turn {turn}: what control did is not done again: {why}."));
        }
    }
}
