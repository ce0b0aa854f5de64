//! The command palette on top of a screen.

use crate::tui::keymap::Scope;
use crate::tui::palette::Palette;
use crate::tui::text::pad;
use crate::tui::theme::Theme;
use crate::tui::widget::list::{self, Row};
use crate::tui::widget::popup;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::text::Span;

/// Columns of the key.
const KEY: usize = 10;
/// The most actions in sight.
const ROWS: usize = 14;

/// Draws what was typed and the actions that fit it.
pub fn draw(palette: &Palette, scope: Scope, theme: Theme, frame: &mut Frame<'_>) {
    let found = palette.found(scope);
    let rows: Vec<Row> = found
        .iter()
        .map(|binding| Row::Choice(format!("{} {}", pad(binding.show, KEY), binding.words), theme.plain))
        .collect();
    let height = rows.len().clamp(1, ROWS) as u16 + 3;
    let inside = popup::open(frame, "What do you want to do? Enter does it", (64, height), theme);
    let [line, below] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(inside);
    frame.render_widget(Span::styled(format!(":{}_", palette.typed), theme.strong), line);
    if rows.is_empty() {
        frame.render_widget(Span::styled("No action has these letters.", theme.faint), below);
    } else {
        list::draw(frame, below, &rows, palette.at, theme);
    }
}
