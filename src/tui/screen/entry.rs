//! A form that takes text, on top of a screen.

use crate::tui::entry::{Entry, Input};
use crate::tui::text::{clip, pad, safe, wrap};
use crate::tui::theme::Theme;
use crate::tui::widget::page::{self, Page};
use crate::tui::widget::popup;
use ratatui::Frame;
use ratatui::text::{Line, Span};

/// Draws the form; `hint` says what follows from it as it stands.
pub fn draw(entry: &Entry, hint: &str, theme: Theme, frame: &mut Frame<'_>) {
    let whole = frame.area();
    let width = whole.width.saturating_sub(4).min(100);
    let room = usize::from(width.saturating_sub(2));
    let column = entry.fields.iter().map(|field| field.label.chars().count()).max().unwrap_or(0);
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut cursor = 0;
    for (at, field) in entry.fields.iter().enumerate() {
        let here = at == entry.at;
        let value = match &field.input {
            Input::Text(text) if here => format!("{}_", safe(text)),
            Input::Text(text) => safe(text),
            Input::Choice { options, chosen } => {
                format!("< {} > ({}/{})", options.get(*chosen).map_or("", |o| o), chosen + 1, options.len())
            }
        };
        let sign = if here { "> " } else { "  " };
        let style = if here { theme.strong } else { theme.plain };
        let mut lead = format!("{sign}{}  ", pad(field.label, column));
        if here {
            cursor = lines.len();
        }
        let pieces = wrap(&value, room.saturating_sub(column + 4));
        for piece in if pieces.is_empty() { vec![String::new()] } else { pieces } {
            lines.push(Line::from(Span::styled(format!("{lead}{piece}"), style)));
            lead = " ".repeat(column + 4);
        }
    }
    let mut below = Page::new(theme, room);
    if !hint.is_empty() {
        below.styled(hint, theme.warn);
    }
    match &entry.problem {
        Some(problem) => below.styled(&format!("Not so: {}.", safe(problem)), theme.warn),
        None => below.hint("Up/Down or Tab line, Left/Right choice, Enter sends it, Esc gives it up"),
    }
    let below = below.lines();
    let height = (lines.len() + below.len() + 2).min(usize::from(whole.height.saturating_sub(1)));
    let title = clip(&entry.title, room.saturating_sub(2));
    let inside = popup::open(frame, &title, (width, height as u16), theme);
    let room = usize::from(inside.height).saturating_sub(below.len());
    let from = (cursor + 1).saturating_sub(room);
    let shown: Vec<Line<'static>> = lines.into_iter().skip(from).take(room).chain(below).collect();
    page::draw(frame, inside, &shown, 0);
}
