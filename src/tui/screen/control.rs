//! Control's desk: the truth, each seat beside it, and what the white cell can do about it.
//!
//! ```text
//! CONTROL · August 2015 · Day 17 15:52 · turn 9 · waits for orders
//! Standing rung 6 (Limited attack), highest 7 · branch 0 · clock 2:13
//!  [1 Board] 2 Injects  3 Seats  4 Talk  5 Story  6 Turns
//! (the page)
//! status or hint
//! Enter change this  w write an inject  r rule ... ? help
//! ```

mod entries;
mod overlay;
mod pages;

use crate::session::{ControlAct, ControlBoard, ControlCommand, InjectDeed, InjectStatus};
use crate::tui::entry::Entry;
use crate::tui::keymap::{self, Action, Key, Scope};
use crate::tui::palette::Palette;
use crate::tui::text::clip;
use crate::tui::theme::Theme;
use crate::tui::widget::{footer, list, page};
use entries::Purpose;
use overlay::Overlay;
use pages::Target;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use std::sync::Arc;

/// A page of control's desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Tracks, channels, accords, what is due.
    Board,
    /// Injects.
    Injects,
    /// Who plays, and what each seat sees.
    Seats,
    /// What was said.
    Talk,
    /// What happened, with notes.
    Story,
    /// Turns to go back to.
    Turns,
}

impl Page {
    /// All pages, in the order of their numbers.
    pub const ALL: [Page; 6] =
        [Page::Board, Page::Injects, Page::Seats, Page::Talk, Page::Story, Page::Turns];

    fn title(self) -> &'static str {
        match self {
            Page::Board => "Board",
            Page::Injects => "Injects",
            Page::Seats => "Seats",
            Page::Talk => "Talk",
            Page::Story => "Story",
            Page::Turns => "Turns",
        }
    }

    fn scope(self) -> Scope {
        match self {
            Page::Board => Scope::ControlBoard,
            Page::Injects => Scope::ControlInjects,
            Page::Seats => Scope::ControlSeats,
            Page::Talk | Page::Story => Scope::ControlReading,
            Page::Turns => Scope::ControlTurns,
        }
    }
}

/// What the loop has to do.
#[derive(Clone, Debug, PartialEq)]
pub enum ControlOrder {
    /// Tell the session.
    Send(Box<ControlCommand>),
    /// Leave the desk.
    Leave,
    /// Leave it without being asked again.
    LeaveAtOnce,
    /// Stop until the shell goes on.
    Suspend,
    /// Draw everything anew.
    Redraw,
}

/// Control's screen.
#[derive(Clone, Debug)]
pub struct ControlApp {
    board: Arc<ControlBoard>,
    /// The page.
    pub page: Page,
    /// The row with the cursor.
    pub row: usize,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What the last key did.
    pub status: Option<String>,
    /// The styles.
    pub theme: Theme,
    overlay: Option<Overlay>,
    /// The form that was sent last, until something else is sent.
    sent: Option<(Purpose, Entry)>,
    interrupted: bool,
}

impl ControlApp {
    /// Opens with the board.
    pub fn new(board: Arc<ControlBoard>, theme: Theme) -> Self {
        ControlApp {
            board,
            page: Page::Board,
            row: 0,
            size: (80, 24),
            status: None,
            overlay: None,
            sent: None,
            theme,
            interrupted: false,
        }
    }

    /// Takes in a new board.
    pub fn take(&mut self, board: Arc<ControlBoard>) {
        let at_end = self.row + 1 >= self.rows(&self.board).len();
        self.status = match (&board.refused, &board.notice) {
            (Some(refused), _) => Some(format!("Refused: {refused}.")),
            (None, Some(notice)) => Some(notice.clone()),
            (None, None) => None,
        };
        self.board = board;
        if let Some(refused) = self.board.refused.clone() {
            self.reopen(&refused);
        }
        let last = self.rows(&self.board).len().saturating_sub(1);
        let reads = matches!(self.page, Page::Talk | Page::Story);
        self.row = if reads && at_end { last } else { self.row.min(last) };
    }

    /// Whose keys count now.
    pub fn scope(&self) -> Scope {
        match &self.overlay {
            Some(overlay) => overlay.scope(),
            None => self.page.scope(),
        }
    }

    /// Handles a key.
    pub fn press(&mut self, key: Key) -> Option<ControlOrder> {
        let action = keymap::find(self.scope(), key);
        let again = std::mem::replace(&mut self.interrupted, action == Some(Action::Force));
        match action {
            Some(Action::Force) if again => return Some(ControlOrder::LeaveAtOnce),
            Some(Action::Force) => {
                self.status = Some("Ctrl-C again leaves at once.".to_owned());
                return None;
            }
            Some(Action::Suspend) => return Some(ControlOrder::Suspend),
            Some(Action::Redraw) => return Some(ControlOrder::Redraw),
            _ => {}
        }
        let overlay = self.overlay.take();
        let in_a_form = matches!(overlay, Some(Overlay::Entry(..) | Overlay::Sure(..)));
        let order = match overlay {
            Some(overlay) => self.press_on(overlay, action, key),
            None => action.and_then(|action| self.act(action)),
        };
        if order.is_some() && !in_a_form {
            self.sent = None;
        }
        order
    }

    /// Takes in pasted text: into a form, else nowhere.
    pub fn paste(&mut self, pasted: &str) {
        match &mut self.overlay {
            Some(Overlay::Entry(_, entry)) => entry.write(pasted),
            Some(Overlay::Palette(palette)) => pasted.chars().for_each(|letter| palette.write(letter)),
            _ => {}
        }
    }

    fn act(&mut self, action: Action) -> Option<ControlOrder> {
        self.status = None;
        let height = self.body_height().max(1) as isize;
        let send = |command| Some(ControlOrder::Send(Box::new(command)));
        match action {
            Action::Quit => return Some(ControlOrder::Leave),
            Action::Help => self.overlay = Some(Overlay::Help(0)),
            Action::NextScreen => self.turn(1),
            Action::PreviousScreen => self.turn(-1),
            Action::ToBriefing => self.show(Page::Board),
            Action::ToSituation => self.show(Page::Injects),
            Action::ToDecision => self.show(Page::Seats),
            Action::ToReport => self.show(Page::Talk),
            Action::ToTimeline => self.show(Page::Story),
            Action::ToDebrief => self.show(Page::Turns),
            Action::Up => self.step(-1),
            Action::Down => self.step(1),
            Action::PageUp => self.step(-height),
            Action::PageDown => self.step(height),
            Action::First => self.step(isize::MIN),
            Action::Last => self.step(isize::MAX),
            Action::Take => self.take_row(),
            Action::Word => self.open(Purpose::Write),
            Action::Rule => self.open(Purpose::Rule),
            Action::Say => self.open(Purpose::Say),
            Action::Note => {
                let at = match self.target() {
                    Some(Target::Step(at)) => self.board.story.get(at).map(|(line, _)| *line),
                    _ => None,
                };
                self.open(Purpose::Note(at));
            }
            Action::Clock => self.open(Purpose::Clock),
            Action::Pause => return send(ControlCommand::Pause(!self.board.pace.paused)),
            Action::Fire => match self.inject_row() {
                Some(row) if row.status == InjectStatus::Fired => {
                    self.status = Some("It has fired already.".to_owned());
                }
                Some(row) => self.overlay = Some(Overlay::Fire(row.inject)),
                None => {}
            },
            Action::EndGame if self.board.over => self.status = Some("The game is over already.".to_owned()),
            Action::EndGame => self.open(Purpose::End),
            Action::ToTalk if self.board.over => self.overlay = Some(Overlay::Debrief(0)),
            Action::ToTalk => {
                self.status = Some("The debrief comes after the end; E ends the game.".to_owned())
            }
            Action::Palette => self.overlay = Some(Overlay::Palette(Palette::default())),
            Action::Hold => {
                let held = self.inject_row().is_some_and(|row| row.status == InjectStatus::Held);
                return self.inject(if held { InjectDeed::Release } else { InjectDeed::Hold });
            }
            Action::Skip => return self.inject(InjectDeed::Skip),
            Action::Reword => {
                if let Some(at) = self.target() {
                    self.open(Purpose::Change(at));
                }
            }
            Action::Reseat => {
                if let Some(Target::Seat(at)) = self.target() {
                    self.open(Purpose::Seat(at));
                }
            }
            _ => {}
        }
        None
    }

    fn inject_row(&self) -> Option<&crate::session::InjectRow> {
        match self.target() {
            Some(Target::Inject(at)) => self.board.injects.get(at),
            _ => None,
        }
    }

    fn inject(&self, deed: InjectDeed) -> Option<ControlOrder> {
        let inject = self.inject_row()?.inject;
        Some(ControlOrder::Send(Box::new(ControlCommand::Act(ControlAct::Inject { inject, deed }))))
    }

    /// What the row with the cursor stands for.
    fn target(&self) -> Option<Target> {
        self.rows(&self.board).get(self.row).map(|row| row.1)
    }

    fn take_row(&mut self) {
        match self.target() {
            Some(Target::Seat(_) | Target::Inject(_) | Target::Step(_) | Target::Said(_)) => {
                self.overlay = Some(Overlay::Details(0));
            }
            Some(target) => self.open(Purpose::Change(target)),
            None => {}
        }
    }

    fn open(&mut self, purpose: Purpose) {
        match purpose.entry(&self.board) {
            Some(entry) => self.overlay = Some(Overlay::Entry(purpose, entry)),
            None => self.status = Some("There is nothing to change here.".to_owned()),
        }
    }

    fn show(&mut self, page: Page) {
        self.page = page;
        let last = self.rows(&self.board).len().saturating_sub(1);
        self.row = if matches!(page, Page::Talk | Page::Story | Page::Turns) { last } else { 0 };
    }

    fn turn(&mut self, by: isize) {
        let at = Page::ALL.iter().position(|page| *page == self.page).unwrap_or(0) as isize;
        self.show(Page::ALL[(at + by).rem_euclid(Page::ALL.len() as isize) as usize]);
    }

    fn step(&mut self, by: isize) {
        let last = self.rows(&self.board).len().saturating_sub(1);
        self.row = self.row.saturating_add_signed(by).min(last);
    }

    fn body_height(&self) -> usize {
        usize::from(self.size.1).saturating_sub(5)
    }

    /// The rows of the page that the cursor can stand on: text, and what it stands for.
    fn rows(&self, board: &ControlBoard) -> Vec<(String, Target)> {
        pages::rows(self.page, board)
    }

    /// Draws the desk.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let [head, tabs, body, foot] = Layout::vertical([
            Constraint::Length(2),
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(2),
        ])
        .areas(frame.area());
        let width = usize::from(head.width);
        for (text, row) in pages::head(&self.board).into_iter().zip(head.rows()) {
            frame.render_widget(Span::styled(clip(&text, width), self.theme.strong), row);
        }
        self.draw_tabs(frame, tabs);
        self.draw_body(frame, body);
        let status = self.status.clone().unwrap_or_else(|| pages::hint(self.page).to_owned());
        let style = if self.status.is_some() { self.theme.warn } else { self.theme.faint };
        let mut rows = foot.rows();
        let row = rows.next().unwrap_or_default();
        frame.render_widget(Span::styled(clip(&crate::tui::text::safe(&status), width), style), row);
        let row = rows.next().unwrap_or_default();
        frame.render_widget(footer::line(self.scope(), self.theme, width), row);
        self.draw_overlay(frame);
    }

    fn draw_tabs(&self, frame: &mut Frame<'_>, area: Rect) {
        let tabs = Page::ALL.iter().enumerate().map(|(at, page)| {
            let (number, title) = (at + 1, page.title());
            if *page == self.page {
                Span::styled(format!("[{number} {title}]"), self.theme.selected)
            } else {
                Span::styled(format!(" {number} {title} "), self.theme.plain)
            }
        });
        let debrief = self.board.over.then(|| Span::styled(" 7 Debrief ", self.theme.plain));
        frame.render_widget(Line::from(tabs.chain(debrief).collect::<Vec<_>>()), area);
    }

    /// The rows; on a wide terminal with the seats or the details beside them.
    fn draw_body(&self, frame: &mut Frame<'_>, area: Rect) {
        let wide = area.width >= 110;
        let [left, right] =
            Layout::horizontal([Constraint::Percentage(if wide { 58 } else { 100 }), Constraint::Min(0)])
                .spacing(u16::from(wide) * 2)
                .areas(area);
        let rows = pages::with_headings(self.page, &self.board, self.theme);
        list::draw(frame, left, &rows, self.row, self.theme);
        if wide {
            let lines = match self.target() {
                Some(target) if self.page != Page::Board => {
                    pages::details(&self.board, target, usize::from(right.width), self.theme)
                }
                _ => pages::seats_at_a_glance(&self.board, usize::from(right.width), self.theme),
            };
            page::draw(frame, right, &lines, 0);
        }
    }
}
