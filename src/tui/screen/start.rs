//! The first screen: which crisis, and which seat.

use crate::tui::keymap::{self, Action, Key, Scope};
use crate::tui::text::{clip, safe};
use crate::tui::theme::Theme;
use crate::tui::widget::footer;
use crate::tui::widget::list::{self, Row};
use crate::tui::widget::page::{self, Page};
use crate::tui::widget::popup;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::text::Span;

/// What this program is, and what it is not.
pub const DISCLAIMER: &str = "a teaching and analysis aid, not a forecast";

/// The scenario on which the cursor stands at first.
const FIRST: &str = "august-2015";
/// The scenario that whoever plays for the first time is offered before all others: a lesson.
const LESSON: &str = "first-watch";

/// Whether somebody has played before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// Never; a lesson comes first.
    First,
    /// Yes.
    Another,
}

/// A scenario on offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Its name on the command line.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The seats that give orders: name, label, one line.
    pub seats: Vec<(String, String, String)>,
}

/// What was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    /// The scenario's name.
    pub scenario: String,
    /// The seat's name.
    pub seat: String,
}

/// What the first screen asks of its loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartCommand {
    /// Play this.
    Play(Picked),
    /// Leave.
    Quit,
    /// Stop until the shell goes on.
    Suspend,
    /// Draw everything anew.
    Redraw,
}

/// The first screen.
#[derive(Clone, Debug)]
pub struct Start {
    choices: Vec<Choice>,
    /// Whether the first of them is a lesson for whoever is new.
    lesson: bool,
    /// The scenario with the cursor.
    pub scenario: usize,
    /// The seat with the cursor, once the scenario is chosen.
    pub seat: Option<usize>,
    help: bool,
    leaving: bool,
    interrupted: bool,
    theme: Theme,
}

impl Start {
    /// Offers these scenarios.
    pub fn new(choices: &[Choice], visit: Visit, theme: Theme) -> Self {
        let mut choices = choices.to_vec();
        let lesson = choices.iter().position(|c| c.name == LESSON).filter(|_| visit == Visit::First);
        if let Some(lesson) = lesson {
            choices[..=lesson].rotate_right(1);
        }
        let usual = choices.iter().position(|c| c.name == FIRST).unwrap_or(0);
        Start {
            choices,
            lesson: lesson.is_some(),
            scenario: if lesson.is_some() { 0 } else { usual },
            seat: None,
            help: false,
            leaving: false,
            interrupted: false,
            theme,
        }
    }

    /// Handles a key.
    pub fn press(&mut self, key: Key) -> Option<StartCommand> {
        let scope = if self.leaving {
            Scope::Confirm
        } else if self.help {
            Scope::Help
        } else {
            Scope::Start
        };
        let action = keymap::find(scope, key)?;
        let again = std::mem::replace(&mut self.interrupted, action == Action::Force);
        match action {
            Action::Force if again => return Some(StartCommand::Quit),
            Action::Suspend => return Some(StartCommand::Suspend),
            Action::Redraw => return Some(StartCommand::Redraw),
            Action::Yes if self.leaving => return Some(StartCommand::Quit),
            _ if self.leaving => self.leaving = matches!(action, Action::Help | Action::Force),
            Action::Back if self.help => self.help = false,
            Action::Back => self.seat = None,
            Action::Help => self.help = true,
            Action::Quit => self.leaving = true,
            _ if self.help => {}
            Action::Up | Action::PageUp => self.step(-1),
            Action::Down | Action::PageDown => self.step(1),
            Action::First => self.step(isize::MIN),
            Action::Last => self.step(isize::MAX),
            Action::Take => return self.take(),
            _ => {}
        }
        None
    }

    fn step(&mut self, by: isize) {
        let seats = self.choices.get(self.scenario).map_or(0, |c| c.seats.len());
        match &mut self.seat {
            Some(seat) => *seat = seat.saturating_add_signed(by).min(seats.saturating_sub(1)),
            None => {
                self.scenario =
                    self.scenario.saturating_add_signed(by).min(self.choices.len().saturating_sub(1));
            }
        }
    }

    fn take(&mut self) -> Option<StartCommand> {
        let choice = self.choices.get(self.scenario)?;
        match self.seat {
            None => {
                self.seat = Some(choice.seats.iter().position(|s| s.0 == "rok").unwrap_or(0));
                None
            }
            Some(at) => choice
                .seats
                .get(at)
                .map(|s| StartCommand::Play(Picked { scenario: choice.name.clone(), seat: s.0.clone() })),
        }
    }

    /// Draws the screen.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let width = usize::from(area.width);
        let [head, list_area, about, foot] = Layout::vertical([
            Constraint::Length(4),
            Constraint::Length((self.rows().len() as u16 + 1).min(area.height / 2)),
            Constraint::Min(0),
            Constraint::Length(2),
        ])
        .areas(area);
        let mut title = Page::new(self.theme, width);
        title.styled("offramp: a crisis, at the table", self.theme.strong);
        title.text(&format!("This is {DISCLAIMER}."));
        title.gap();
        let asked = match (self.seat, self.lesson) {
            (Some(_), _) => "ASKED: which seat?",
            (None, true) => "ASKED: which crisis? If you are new here, begin with the first: it is short.",
            (None, false) => "ASKED: which crisis?",
        };
        title.styled(asked, self.theme.warn);
        page::draw(frame, head, &title.lines(), 0);
        list::draw(frame, list_area, &self.rows(), self.seat.unwrap_or(self.scenario), self.theme);
        let mut text = Page::new(self.theme, width);
        text.gap();
        match (self.choices.get(self.scenario), self.seat) {
            (None, _) => text.hint("No scenario was found. q leaves; offramp check FILE says what is wrong."),
            (Some(choice), None) => text.text(&safe(&choice.summary)),
            (Some(choice), Some(at)) => {
                text.text(
                    &choice.seats.get(at).map_or("This crisis has no seat.".to_owned(), |s| safe(&s.2)),
                );
            }
        }
        let mut lines = text.lines();
        let room = usize::from(about.height);
        if lines.len() > room && room > 0 {
            lines.truncate(room - 1);
            lines.push(ratatui::text::Line::styled("(the briefing tells the rest)", self.theme.faint));
        }
        page::draw(frame, about, &lines, 0);
        let hint = if self.interrupted {
            "Ctrl-C again leaves at once."
        } else {
            "Up and Down move, Enter chooses, Esc goes back. Other seats play alone."
        };
        let mut rows = foot.rows();
        let row = rows.next().unwrap_or_default();
        frame.render_widget(Span::styled(clip(hint, width), self.theme.faint), row);
        let row = rows.next().unwrap_or_default();
        frame.render_widget(footer::line(Scope::Start, self.theme, width), row);
        self.draw_overlay(frame);
    }

    fn draw_overlay(&self, frame: &mut Frame<'_>) {
        let (title, texts): (&str, Vec<String>) = if self.leaving {
            ("Leave", vec!["Leave?  y yes  [n no]".to_owned()])
        } else if self.help {
            let keys = keymap::of(Scope::Start).map(|b| format!("{}: {}", b.show, b.words));
            ("Keys; Esc closes", keys.collect())
        } else {
            return;
        };
        let mut page = Page::new(self.theme, 56);
        for text in &texts {
            page.text(text);
        }
        let lines = page.lines();
        let inside = popup::open(frame, title, (60, lines.len() as u16 + 2), self.theme);
        page::draw(frame, inside, &lines, 0);
    }

    fn rows(&self) -> Vec<Row> {
        let row = |text: String| Row::Choice(text, self.theme.plain);
        match (self.seat, self.choices.get(self.scenario)) {
            (Some(_), Some(choice)) => choice.seats.iter().map(|s| row(safe(&s.1))).collect(),
            _ => {
                self.choices.iter().map(|c| row(format!("{} ({})", safe(&c.title), safe(&c.name)))).collect()
            }
        }
    }
}
