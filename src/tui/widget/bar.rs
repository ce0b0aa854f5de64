//! The bar of screens, with the one shown in brackets, and how far down the page is.

use crate::tui::app::App;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws the bar.
pub fn draw(app: &App, frame: &mut Frame<'_>, area: Rect, lines: Option<usize>) {
    let mut spans = Vec::new();
    for (number, screen) in app.screens() {
        let (text, style) = if screen == app.screen {
            (format!("[{number} {}]", screen.title()), app.theme.selected)
        } else {
            (format!(" {number} {} ", screen.title()), app.theme.plain)
        };
        spans.push(Span::styled(text, style));
    }
    let height = app.body_height();
    if let Some(lines) = lines.filter(|lines| *lines > height || app.scroll > 0) {
        let last = (app.scroll + height).min(lines);
        let below = if last < lines { " PgDn" } else { "" };
        let place = format!("{}-{last}/{lines}{below}", (app.scroll + 1).min(lines));
        let room = usize::from(area.width).saturating_sub(spans.iter().map(Span::width).sum());
        let texts = [format!(" line {place}"), format!(" {place}"), below.to_owned()];
        // Where screens fill the bar, that there is more below matters most.
        if let Some(text) = texts.into_iter().find(|text| text.len() <= room) {
            spans.push(Span::styled(text, app.theme.faint));
        }
    }
    frame.render_widget(Line::from(spans), area);
}
