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
    let below = rows.len().saturating_sub(from + height);
    if below > 0 && width > 20 {
        // On a heading's or an act's line: what is out of sight must be known of before it can be looked for.
        let mark = format!(" {below} more below");
        let at = Rect {
            x: area.right().saturating_sub(mark.len() as u16),
            y: area.bottom().saturating_sub(1),
            width: mark.len() as u16,
            height: 1,
        };
        frame.render_widget(Span::styled(mark, theme.faint), at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn shown(rows: usize, chosen: usize) -> String {
        let rows: Vec<Row> =
            (1..=rows).map(|n| Row::Choice(format!("choice {n}"), Style::default())).collect();
        let mut terminal = Terminal::new(TestBackend::new(30, 3)).expect("a screen of memory");
        let drawn = terminal.draw(|frame| draw(frame, frame.area(), &rows, chosen, Theme::colour()));
        drawn.expect("it draws").buffer.content.iter().map(|cell| cell.symbol()).collect()
    }

    #[test]
    fn a_list_says_how_much_of_it_is_out_of_sight() {
        assert!(shown(8, 0).ends_with("5 more below"));
        assert!(shown(8, 5).ends_with("2 more below"));
        assert!(!shown(8, 7).contains("more below"));
        assert!(!shown(3, 0).contains("more below"));
    }
}
