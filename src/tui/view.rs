//! Draws the app: header, bar of screens, the screen, status and keys, and what lies on top.
//!
//! ```text
//! You are ROK · Day 17 15:52 · standing rung 6 'Limited attack' · ASKED: orders
//! Act, word, stance. At stake: unanswered, DPRK at rung 6.
//!  1 Briefing  2 Situation [3 Orders] 4 Report  5 Timeline
//! (the screen)
//! status or hint
//! Enter choose this  s seal the orders  w word  ...  ? help
//! ```

use super::app::{App, Overlay};
use super::screen;
use super::widget::{bar, footer, header};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

/// The least size that every screen is made for.
pub const LEAST: (u16, u16) = (80, 24);

/// Draws a frame.
pub fn draw(app: &App, frame: &mut Frame<'_>) {
    let area = frame.area();
    let [head, tabs, body, foot] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(2),
    ])
    .areas(area);
    header::draw(app, frame, head);
    let lines = screen::draw(app, frame, body);
    bar::draw(app, frame, tabs, lines);
    footer::draw(app, frame, foot);
    match &app.overlay {
        None => {}
        Some(Overlay::Help(from)) => screen::help::draw(app, frame, *from),
        Some(Overlay::About(from)) => screen::help::draw_about(app, frame, *from),
        Some(Overlay::ConfirmSeal) => screen::confirm::seal(app, frame),
        Some(Overlay::ConfirmQuit) => screen::confirm::quit(app, frame),
        Some(Overlay::Palette(palette)) => {
            screen::palette::draw(palette, app.screen.scope(), app.theme, frame)
        }
        Some(Overlay::Form(form)) => screen::form::draw(app, form, frame),
        Some(Overlay::Say(entry)) => screen::entry::draw(entry, "", app.theme, frame),
        Some(Overlay::Search(text)) => {
            let line = Line::from(Span::styled(format!("/{text}_"), app.theme.strong));
            let row = foot.rows().next().unwrap_or_default();
            frame.render_widget(ratatui::widgets::Clear, row);
            frame.render_widget(line, row);
        }
    }
    notice_of_size(app, frame, area);
}

/// Says that the terminal is too small, in the last row, and lets the rest run on.
fn notice_of_size(app: &App, frame: &mut Frame<'_>, area: Rect) {
    if area.width >= LEAST.0 && area.height >= LEAST.1 || area.is_empty() {
        return;
    }
    let row = Rect { y: area.bottom() - 1, height: 1, ..area };
    let text = format!("needs {}x{}, has {}x{}; ? help", LEAST.0, LEAST.1, area.width, area.height);
    frame.render_widget(ratatui::widgets::Clear, row);
    frame.render_widget(Span::styled(text, app.theme.warn), row);
}
