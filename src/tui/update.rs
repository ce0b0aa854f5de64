//! What a key does: it changes the app, and asks the loop for what only the loop can do.

mod overlay;

use super::app::{App, Command, Overlay, Screen};
use super::draft::Piece;
use super::form::FormKind;
use super::keymap::{self, Action, Key, Scope};
use super::palette::Palette;
use super::screen;
use super::talk;
use crate::session::{ActOrder, Asked, Hands, Inquired, Role};
use crate::vocabulary::counted;

/// Whether an action changes the draft.
fn drafts(action: Action) -> bool {
    use Action::{Clear, Contact, Defy, Estimate, Less, More, Stance, Take, Undo, Word};
    matches!(action, Clear | Contact | Defy | Estimate | Less | More | Stance | Take | Undo | Word)
}

/// The longest search text.
const LONGEST_SEARCH: usize = 60;

impl App {
    /// Handles a key.
    pub fn press(&mut self, key: Key) -> Option<Command> {
        let action = keymap::find(self.scope(), key);
        if action != Some(Action::Force) {
            self.interrupted = false;
        }
        match action {
            Some(Action::Force | Action::Suspend | Action::Redraw) => self.perform(action?),
            _ if matches!(self.overlay, Some(Overlay::Say(_))) => self.on_say(key),
            Some(action) => self.perform(action),
            None => {
                if let Key::Char(c) = key {
                    self.typed(c);
                }
                None
            }
        }
    }

    fn perform(&mut self, action: Action) -> Option<Command> {
        match action {
            Action::Force => self.interrupt(),
            Action::Suspend => Some(Command::Suspend),
            Action::Redraw => Some(Command::Redraw),
            action => match self.overlay.take() {
                Some(overlay) => self.on_overlay(overlay, action),
                None => self.on_screen(action),
            },
        }
    }

    /// Takes in a letter that is no key: for the lines that are typed into.
    fn typed(&mut self, letter: char) {
        match &mut self.overlay {
            Some(Overlay::Search(text)) if text.chars().count() < LONGEST_SEARCH => text.push(letter),
            Some(Overlay::Palette(palette)) => palette.write(letter),
            Some(Overlay::Form(form)) => {
                if let Some(digit) = letter.to_digit(10)
                    && form.digit(digit as usize)
                {
                    self.status = Some(format!("An estimate is at most 100 %: it begins anew with {digit}."));
                }
            }
            _ => {}
        }
    }

    /// Takes in pasted text: into the search line if it is open, else nowhere, so that a paste orders nothing.
    pub fn paste(&mut self, pasted: &str) {
        match &mut self.overlay {
            Some(Overlay::Search(text)) => {
                let room = LONGEST_SEARCH.saturating_sub(text.chars().count());
                text.extend(pasted.chars().filter(|c| !c.is_control()).take(room));
            }
            Some(Overlay::Say(entry)) => entry.write(pasted),
            _ => self.status = Some("Pasted text is not taken for keys.".to_owned()),
        }
    }

    fn interrupt(&mut self) -> Option<Command> {
        if self.interrupted {
            return Some(Command::Quit);
        }
        self.interrupted = true;
        self.status = Some("Ctrl-C again leaves at once.".to_owned());
        None
    }

    fn on_screen(&mut self, action: Action) -> Option<Command> {
        let page = self.body_height().max(1) as isize;
        // What was said of the key before does not stand beside this one.
        self.status = None;
        if let (true, Some(why)) = (drafts(action), self.closed()) {
            // Elsewhere Enter leads to what is asked.
            if action != Action::Take || screen::rows(self).is_some() || self.screen == Screen::Contact {
                self.status = Some(why.to_owned());
                return None;
            }
        }
        match action {
            Action::Help => self.overlay = Some(Overlay::Help(0)),
            Action::Quit => self.overlay = Some(Overlay::ConfirmQuit),
            Action::Back => {
                // The screen of a question that is answered has gone.
                let before = self.came_from;
                let there = before != self.screen && self.screens().iter().any(|(_, s)| *s == before);
                self.show(if there { before } else { Screen::Situation });
            }
            Action::NextScreen => self.cycle(1),
            Action::PreviousScreen => self.cycle(-1),
            Action::ToBriefing => self.show(Screen::Briefing),
            Action::ToSituation => self.show(Screen::Situation),
            Action::ToDecision => self.go_decide(),
            Action::ToReport => self.show(Screen::Report),
            Action::ToTimeline => {
                self.show(Screen::Timeline);
                // The newest is what one looks for.
                self.step(isize::MAX);
            }
            Action::ToTalk => self.show(Screen::Talk),
            Action::Say => self.overlay = Some(Overlay::Say(talk::entry(&self.view))),
            Action::HandOver => return Some(Command::HandOver),
            Action::ToDebrief if self.view.debrief.is_some() => self.show(Screen::Debrief),
            Action::ToDebrief => self.status = Some("The debrief comes after the end.".to_owned()),
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::PageUp => self.step(-page),
            Action::PageDown => self.step(page),
            Action::First => self.step(isize::MIN),
            Action::Last => self.step(isize::MAX),
            Action::Less => self.change(-1),
            Action::More => self.change(1),
            Action::Take => self.pick(),
            Action::Contact => self.open(FormKind::Contact),
            Action::Word => self.open(FormKind::Word),
            Action::Stance => self.open(FormKind::Stance),
            Action::Estimate if self.view.observation.question.is_some() => self.open(FormKind::Estimate),
            Action::Estimate => self.status = Some("Staff ask for no estimate this turn.".to_owned()),
            Action::About => self.overlay = Some(Overlay::About(0)),
            Action::Defy => self.defy(),
            Action::Undo => {
                let words = if self.draft.undo() { "Taken back." } else { "Nothing to take back." };
                self.status = Some(words.to_owned());
            }
            Action::Clear => {
                self.draft.clear(&self.view);
                self.status = Some("The draft is empty; u brings it back.".to_owned());
            }
            Action::Seal if self.view.table.person.role != Role::Lead => {
                self.status =
                    Some("Only the lead of your seat seals; tell them by m what you would do.".to_owned());
            }
            // One seals what one sees.
            Action::Seal
                if !matches!(
                    self.screen.scope(),
                    Scope::Contact | Scope::Calls | Scope::Orders | Scope::Flash
                ) =>
            {
                self.go_decide();
                if screen::rows(self).is_some() || self.screen == Screen::Contact {
                    self.status = Some("This is what is asked; s again seals it.".to_owned());
                }
            }
            // What was in order when it was put need not be so now.
            Action::Seal if self.sealed.is_none() => match self.draft.doubt(&self.view) {
                Some(why) => self.status = Some(format!("Not sealed: {why}.")),
                None => self.overlay = Some(Overlay::ConfirmSeal),
            },
            Action::Search => self.overlay = Some(Overlay::Search(String::new())),
            Action::Palette => self.overlay = Some(Overlay::Palette(Palette::default())),
            Action::ButFor if self.view.inquired != Inquired::Found => return Some(Command::Inquire),
            Action::ButFor => self.status = Some("It is worked out: see further down.".to_owned()),
            Action::Theme => {
                let (theme, name) = self.theme.next();
                self.theme = theme;
                self.status = Some(format!("Colours: {name}."));
            }
            Action::NextSection => self.go_to_section(true),
            Action::PreviousSection => self.go_to_section(false),
            Action::NextMatch => self.find_match(true, false),
            Action::PreviousMatch => self.find_match(false, false),
            Action::Filter => {
                self.topic = self.topic.next();
                self.scroll = 0;
                self.status = Some(format!("Showing {}.", self.topic.word()));
            }
            Action::Seal
            | Action::Force
            | Action::Suspend
            | Action::Redraw
            | Action::Yes
            | Action::No
            | Action::Erase
            | Action::Rule
            | Action::Note
            | Action::Clock
            | Action::EndGame
            | Action::Pause
            | Action::Fire
            | Action::Hold
            | Action::Skip
            | Action::Reword
            | Action::Reseat => {}
        }
        None
    }

    fn seal(&mut self) -> Option<Command> {
        let open = self.view.table.hands == Hands::Open;
        if self.sealed.is_some() || !open || self.view.observation.asked == Asked::Nothing {
            return None;
        }
        let orders = self.draft.orders().clone();
        self.sealed = Some(orders.clone());
        self.decided = true;
        self.status = Some("Sealed. The others decide.".to_owned());
        Some(Command::Seal(orders))
    }

    /// Why nothing can be drafted now, if that is so.
    fn closed(&self) -> Option<&'static str> {
        match self.view.table.hands {
            _ if self.view.debrief.is_some() => None,
            Hands::Policy => Some("A policy plays this seat now; control can hand it back."),
            Hands::Sealed => Some("You have sealed; the others decide."),
            Hands::Open => self.sealed.is_some().then_some("You have sealed; the others decide."),
        }
    }

    fn cycle(&mut self, by: isize) {
        let screens = self.screens();
        let at = screens.iter().position(|(_, s)| *s == self.screen).unwrap_or(0) as isize;
        self.show(screens[(at + by).rem_euclid(screens.len() as isize) as usize].1);
    }

    fn go_decide(&mut self) {
        self.to_decision();
        if self.view.debrief.is_some() {
            self.status = Some("The game is over: 6 debrief, 5 all that you learned, q leaves.".to_owned());
        } else if self.view.observation.asked == Asked::Nothing {
            self.status = Some("Nothing is asked of you now.".to_owned());
        }
    }

    /// Moves the cursor, or the page on screens that are read.
    fn step(&mut self, by: isize) {
        if let Some(rows) = screen::rows(self) {
            self.row = self.row.saturating_add_signed(by).min(rows.saturating_sub(1));
        } else {
            let last = screen::length(self).saturating_sub(self.body_height());
            self.scroll = self.scroll.saturating_add_signed(by).min(last);
        }
    }

    fn change(&mut self, by: isize) {
        match self.screen {
            Screen::Calls => {
                let options = screen::calls::options(self);
                let Some(given) = self.draft.orders().answers.get(self.row) else { return };
                let at = options.iter().position(|o| o == given).unwrap_or(0) as isize;
                let next = options[(at + by).rem_euclid(options.len() as isize) as usize];
                self.put(Piece::Answer(self.row, next));
            }
            Screen::Orders => match self.draft.orders().act {
                Some(act) => {
                    let start_tick = act.start_tick.saturating_add_signed(by.signum() as i8);
                    self.put(Piece::Act(Some(ActOrder { start_tick, ..act })));
                }
                None => {
                    self.status =
                        Some("Choose an act first; then Left and Right set when it starts.".to_owned())
                }
            },
            _ => {}
        }
    }

    fn pick(&mut self) {
        match self.screen {
            Screen::Briefing
            | Screen::Situation
            | Screen::Report
            | Screen::Timeline
            | Screen::Debrief
            | Screen::Talk => {
                self.go_decide();
            }
            Screen::Contact => self.open(FormKind::Contact),
            Screen::Calls => self.change(1),
            Screen::Orders => {
                let item = self.row.checked_sub(1).and_then(|i| self.view.observation.menu.get(i));
                let act = item.map(|item| ActOrder { action: item.action, start_tick: 0, defy: false });
                self.put(Piece::Act(act));
            }
            Screen::Flash => {
                if let Some(order) = screen::flash::options(self).get(self.row) {
                    self.put(Piece::Flash(*order));
                }
            }
        }
    }

    fn defy(&mut self) {
        match self.draft.orders().act {
            Some(act) => self.put(Piece::Act(Some(ActOrder { defy: !act.defy, ..act }))),
            None => self.status = Some("Choose an act first; d then decides whether it defies.".to_owned()),
        }
    }

    fn put(&mut self, piece: Piece) {
        self.status = match self.draft.put(piece, &self.view) {
            Ok(()) => None,
            Err(problem) => Some(format!("Not so: {problem}.")),
        };
    }

    /// Goes to the next section of a page, or to the one before, as far as the page can be moved.
    fn go_to_section(&mut self, forward: bool) {
        let headings = screen::headings(self);
        let (from, last) = (self.scroll, screen::length(self).saturating_sub(self.body_height()));
        let found = match forward {
            true => headings.iter().position(|(at, _)| *at > from && from < last),
            false => headings.iter().rposition(|(at, _)| *at < from),
        };
        self.status = Some(match found {
            Some(k) => {
                self.scroll = headings[k].0.min(last);
                format!("Section {} of {}: {}.", k + 1, headings.len(), headings[k].1)
            }
            None if forward => "No further section is out of sight.".to_owned(),
            None => "This is the first section.".to_owned(),
        });
    }

    fn find_match(&mut self, forward: bool, here: bool) {
        if self.search.is_empty() {
            self.status = Some("Press / and type what to look for.".to_owned());
            return;
        }
        let found = screen::timeline::matches(self);
        let next = if forward {
            found.iter().find(|at| **at > self.scroll || (here && **at == self.scroll)).or(found.first())
        } else {
            found.iter().rev().find(|at| **at < self.scroll).or(found.last())
        };
        match next {
            Some(at) => {
                self.scroll = *at;
                let lines = counted(found.len() as u32, "line matches", "lines match");
                self.status = Some(format!("{lines} '{}'.", self.search));
            }
            None => self.status = Some(format!("No line matches '{}'.", self.search)),
        }
    }
}
