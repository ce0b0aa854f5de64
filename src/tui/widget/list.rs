//! Rows of which one has the cursor: a sign and reversed video, never colour alone.

use crate::tui::text::clip;
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// A row.
#[derive(Clone, Debug)]
pub enum Row {
    /// A heading that the cursor passes over.
    Heading(String),
    /// A row that the cursor can stand on.
    Choice(String, Style),
}

/// Draws rows so that the chosen one is in sight.
pub fn draw(frame: &mut Frame<'_>, area: Rect, rows: &[Row], chosen: usize, theme: Theme) {
    let position = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| matches!(row, Row::Choice(..)))
        .nth(chosen)
        .map_or(0, |(at, _)| at);
    let height = usize::from(area.height);
    // The heading above the first choice stays in sight with it.
    let from = if position < height { 0 } else { position + 1 - height };
    let width = usize::from(area.width);
    for ((at, row), line) in rows.iter().enumerate().skip(from).zip(area.rows()) {
        let text = match row {
            Row::Heading(text) => Line::from(Span::styled(clip(text, width), theme.strong)),
            Row::Choice(text, _) if at == position => {
                let text = super::super::text::pad(&format!("> {text}"), width);
                Line::from(Span::styled(text, theme.selected))
            }
            Row::Choice(text, style) => Line::from(Span::styled(clip(&format!("  {text}"), width), *style)),
        };
        frame.render_widget(text, line);
    }
}
