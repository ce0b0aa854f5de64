//! What lies on top of a page of control's desk: texts, a question, the palette, forms.

use super::entries::{Purpose, UNREAD};
use super::{ControlApp, ControlOrder, pages};
use crate::session::{ControlAct, ControlCommand, InjectDeed, InjectRow, Inquired, SeatView};
use crate::tui::entry::{Entry, Filled};
use crate::tui::keymap::{self, Action, Key, Scope};
use crate::tui::palette::Palette;
use crate::tui::screen::{debrief, entry, palette};
use crate::tui::widget::{page, popup};
use crate::vocabulary::InjectId;
use ratatui::Frame;
use ratatui::text::Line;

/// What lies on top of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Overlay {
    /// The keys, from this line on.
    Help(usize),
    /// Details of the row with the cursor, from this line on.
    Details(usize),
    /// The debrief, from this line on.
    Debrief(usize),
    /// Whether an inject is to fire now.
    Fire(InjectId),
    /// Every key of the page by its words.
    Palette(Palette),
    /// A form, and what it is for.
    Entry(Purpose, Entry),
    /// Whether a form that cannot be undone is to be sent.
    Sure(Purpose, Entry),
}

impl Overlay {
    pub fn scope(&self) -> Scope {
        match self {
            Overlay::Help(_) | Overlay::Details(_) | Overlay::Debrief(_) => Scope::Help,
            Overlay::Fire(_) | Overlay::Sure(..) => Scope::Confirm,
            Overlay::Palette(_) => Scope::Palette,
            Overlay::Entry(..) => Scope::Entry,
        }
    }
}

impl ControlApp {
    /// Handles a key while something lies on top.
    pub(super) fn press_on(
        &mut self,
        overlay: Overlay,
        action: Option<Action>,
        key: Key,
    ) -> Option<ControlOrder> {
        match overlay {
            Overlay::Entry(purpose, entry) => return self.fill(purpose, entry, key),
            Overlay::Help(from) => self.overlay = self.scrolled(from, action).map(Overlay::Help),
            Overlay::Details(from) => self.overlay = self.scrolled(from, action).map(Overlay::Details),
            Overlay::Debrief(from) => {
                let last = self.debrief_lines().len().saturating_sub(1);
                self.overlay = self.scrolled(from, action).map(|from| Overlay::Debrief(from.min(last)));
            }
            Overlay::Fire(inject) => match action {
                Some(Action::Yes) => {
                    let act = ControlAct::Inject { inject, deed: InjectDeed::Fire };
                    return Some(ControlOrder::Send(Box::new(ControlCommand::Act(act))));
                }
                Some(Action::No | Action::Take) => self.status = Some("It was not fired.".to_owned()),
                _ => self.overlay = Some(Overlay::Fire(inject)),
            },
            Overlay::Sure(purpose, entry) => return self.press_on_question(purpose, entry, action),
            Overlay::Palette(palette) => return self.press_on_palette(palette, action, key),
        }
        None
    }

    fn press_on_palette(
        &mut self,
        mut palette: Palette,
        action: Option<Action>,
        key: Key,
    ) -> Option<ControlOrder> {
        let scope = self.page.scope();
        match (action, key) {
            (Some(Action::Take), _) => {
                return palette.found(scope).get(palette.at).and_then(|it| self.act(it.action));
            }
            (Some(Action::Back), _) => return None,
            (Some(Action::Up), _) => palette.step(-1, scope),
            (Some(Action::Down), _) => palette.step(1, scope),
            (Some(Action::Erase), _) => palette.erase(),
            (_, Key::Char(letter)) => palette.write(letter),
            _ => {}
        }
        self.overlay = Some(Overlay::Palette(palette));
        None
    }

    fn fill(&mut self, purpose: Purpose, mut entry: Entry, key: Key) -> Option<ControlOrder> {
        match entry.press(key) {
            Filled::Dropped => return None,
            Filled::Going => {}
            Filled::Sent => match purpose.build(&self.board, &entry) {
                Ok(_) if purpose.cannot_be_undone() => {
                    self.overlay = Some(Overlay::Sure(purpose, entry));
                    return None;
                }
                Ok(command) => return Some(self.send(purpose, entry, command)),
                Err(problem) => entry.problem = Some(problem),
            },
        }
        self.overlay = Some(Overlay::Entry(purpose, entry));
        None
    }

    /// Sends what a form makes. It is kept until the next one, for the case that it is refused.
    fn send(&mut self, purpose: Purpose, entry: Entry, command: ControlCommand) -> ControlOrder {
        self.status = Some("Done.".to_owned());
        self.sent = Some((purpose, entry));
        ControlOrder::Send(Box::new(command))
    }

    /// Opens the form that was refused again, with the reason and all that was typed.
    pub(super) fn reopen(&mut self, refused: &str) {
        if let (None, Some((purpose, mut entry))) = (&self.overlay, self.sent.take()) {
            entry.problem = Some(refused.to_owned());
            self.overlay = Some(Overlay::Entry(purpose, entry));
        }
    }

    /// Whether the form is to be sent, at its question.
    fn press_on_question(
        &mut self,
        purpose: Purpose,
        entry: Entry,
        action: Option<Action>,
    ) -> Option<ControlOrder> {
        match (action, purpose.build(&self.board, &entry)) {
            (Some(Action::Yes), Ok(command)) => return Some(self.send(purpose, entry, command)),
            // The board may have changed since it was asked.
            (Some(Action::Yes), Err(problem)) => {
                self.overlay = Some(Overlay::Entry(purpose, Entry { problem: Some(problem), ..entry }));
            }
            (Some(Action::No | Action::Take), _) => self.overlay = Some(Overlay::Entry(purpose, entry)),
            _ => self.overlay = Some(Overlay::Sure(purpose, entry)),
        }
        None
    }

    fn scrolled(&self, from: usize, action: Option<Action>) -> Option<usize> {
        let page = self.body_height().max(1);
        match action {
            Some(Action::Up) => Some(from.saturating_sub(1)),
            Some(Action::Down) => Some(from + 1),
            Some(Action::PageUp) => Some(from.saturating_sub(page)),
            Some(Action::PageDown) => Some(from + page),
            Some(Action::First) => Some(0),
            Some(Action::Back) => None,
            _ => Some(from),
        }
    }

    /// The debrief that every seat reads, laid out for this terminal.
    fn debrief_lines(&self) -> Vec<Line<'static>> {
        // What would have come but for this or that is asked from a seat.
        let seat = self.board.seats.first();
        let view = seat.map(|row| SeatView { inquired: Inquired::Found, ..row.view.clone() });
        view.map_or_else(Vec::new, |view| debrief::page(&view, self.theme, self.room()).lines())
    }

    fn room(&self) -> usize {
        usize::from(self.size.0.saturating_sub(6))
    }

    fn asks_to_fire(&self, row: &InjectRow) -> Vec<Line<'static>> {
        let mut paper = page::Page::new(self.theme, self.room().min(66));
        paper.styled(&row.label, self.theme.strong);
        paper.text(&format!("Its time is: {}. Read by: {}.", row.when, row.read_by));
        paper.gap();
        paper.text(UNREAD);
        paper.styled("Fire it now?  y yes  [n no]", self.theme.strong);
        paper.lines()
    }

    fn asks_to_send(&self, purpose: Purpose, form: &Entry) -> Vec<Line<'static>> {
        let mut paper = page::Page::new(self.theme, self.room().min(66));
        for text in purpose.comes_to(&self.board, form) {
            paper.text(&text);
        }
        paper.gap();
        paper.styled("Is it to be so?  y yes  [n back to the form]", self.theme.strong);
        paper.lines()
    }

    pub(super) fn draw_overlay(&self, frame: &mut Frame<'_>) {
        let (width, height) = self.size;
        let whole = (width.saturating_sub(2), height.saturating_sub(3));
        let small = |lines: &[Line<'_>]| (70, (lines.len() as u16 + 2).min(height.saturating_sub(2)));
        let (title, size, lines, from) = match &self.overlay {
            None => return,
            Some(Overlay::Entry(purpose, form)) => {
                return entry::draw(form, &purpose.hint(&self.board, form), self.theme, frame);
            }
            Some(Overlay::Palette(palette)) => {
                return palette::draw(palette, self.page.scope(), self.theme, frame);
            }
            Some(Overlay::Help(from)) => {
                let mut page = page::Page::new(self.theme, 66);
                for binding in keymap::of(self.page.scope()) {
                    page.text(&format!("{}: {}", binding.show, binding.words));
                }
                let lines = page.lines();
                ("Keys; Esc closes", small(&lines), lines, *from)
            }
            Some(Overlay::Fire(inject)) => {
                let row = self.board.injects.iter().find(|row| row.inject == *inject);
                let lines = row.map_or_else(Vec::new, |row| self.asks_to_fire(row));
                ("Fire an inject", small(&lines), lines, 0)
            }
            Some(Overlay::Sure(purpose, form)) => {
                let lines = self.asks_to_send(*purpose, form);
                (form.title.as_str(), small(&lines), lines, 0)
            }
            Some(Overlay::Details(from)) => {
                let Some(target) = self.target() else { return };
                let lines = pages::details(&self.board, target, self.room(), self.theme);
                ("Esc closes, PgDn reads on", whole, lines, *from)
            }
            Some(Overlay::Debrief(from)) => {
                ("The debrief; Esc closes, PgDn reads on", whole, self.debrief_lines(), *from)
            }
        };
        let inside = popup::open(frame, title, size, self.theme);
        page::draw(frame, inside, &lines, from.min(lines.len().saturating_sub(1)));
    }
}
