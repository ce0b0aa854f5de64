//! The keys of the screen below, from the one table of keys.

use crate::tui::app::App;
use crate::tui::keymap::{self, Key};
use crate::tui::widget::page::{self, Page};
use crate::tui::widget::popup;
use ratatui::Frame;
use ratatui::text::Line;

/// Draws the help from a line on.
pub fn draw(app: &App, frame: &mut Frame<'_>, from: usize) {
    let lines = lines(app);
    let title = format!("Keys on {}; Esc closes", app.screen.title());
    let size = (64, (lines.len() as u16).saturating_add(2).min(app.size.1.saturating_sub(2)));
    let inside = popup::open(frame, &title, size, app.theme);
    page::draw(frame, inside, &lines, from);
}

/// The lines of the help.
pub fn lines(app: &App) -> Vec<Line<'static>> {
    let mut page = Page::new(app.theme, 60);
    for binding in keymap::of(app.screen.scope()) {
        let keys: Vec<String> = binding.keys.iter().map(|k| name(*k)).collect();
        page.text(&format!("{}: {}", keys.join(" or "), binding.words));
    }
    page.lines()
}

/// A key's name.
pub fn name(key: Key) -> String {
    match key {
        Key::Char(' ') => "Space".to_owned(),
        Key::Char(c) => c.to_string(),
        Key::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
        Key::Up => "Up".to_owned(),
        Key::Down => "Down".to_owned(),
        Key::Left => "Left".to_owned(),
        Key::Right => "Right".to_owned(),
        Key::PageUp => "PgUp".to_owned(),
        Key::PageDown => "PgDn".to_owned(),
        Key::Home => "Home".to_owned(),
        Key::End => "End".to_owned(),
        Key::Enter => "Enter".to_owned(),
        Key::Esc => "Esc".to_owned(),
        Key::Tab => "Tab".to_owned(),
        Key::BackTab => "Shift-Tab".to_owned(),
        Key::Backspace => "Backspace".to_owned(),
        Key::Delete => "Del".to_owned(),
    }
}
