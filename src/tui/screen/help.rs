//! Texts on top of a screen: its keys, from the one table of keys; and all about an act.

use crate::tui::app::{App, Screen};
use crate::tui::keymap::{self, Key};
use crate::tui::widget::page::{self, Page};
use crate::tui::widget::popup;
use ratatui::Frame;
use ratatui::text::Line;

/// Columns of the text inside the box.
const WIDTH: usize = 66;

/// Draws the help from a line on.
pub fn draw(app: &App, frame: &mut Frame<'_>, from: usize) {
    show(app, frame, &format!("Keys on {}; Esc closes", app.screen.title()), &lines(app), from);
}

/// Draws all about the act with the cursor, from a line on.
pub fn draw_about(app: &App, frame: &mut Frame<'_>, from: usize) {
    show(app, frame, "All about it; Esc closes", &about(app), from);
}

/// How many lines of a text on top can be shown.
pub fn room(app: &App) -> usize {
    usize::from(app.size.1).saturating_sub(4)
}

fn show(app: &App, frame: &mut Frame<'_>, title: &str, lines: &[Line<'static>], from: usize) {
    let more = if from + room(app) < lines.len() { "; PgDn for more" } else { "" };
    let height = lines.len().min(room(app)) as u16 + 2;
    let inside = popup::open(frame, &format!("{title}{more}"), (WIDTH as u16 + 4, height), app.theme);
    page::draw(frame, inside, lines, from);
}

/// The lines on the act with the cursor.
pub fn about(app: &App) -> Vec<Line<'static>> {
    let mut page = Page::new(app.theme, WIDTH);
    let texts = if app.screen == Screen::Flash {
        super::flash::detail_of(app)
    } else {
        let item = app.row.checked_sub(1).and_then(|i| app.view.observation.menu.get(i));
        super::orders::detail_of(&app.view, item)
    };
    texts.iter().for_each(|text| page.text(text));
    page.lines()
}

/// The lines of the help.
pub fn lines(app: &App) -> Vec<Line<'static>> {
    let mut page = Page::new(app.theme, WIDTH);
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
