//! What happened since the last decision, in order, with the rolls that the seat may see.

use crate::session::{News, SeatView};
use crate::tui::app::App;
use crate::tui::text::roll;
use crate::tui::widget::page::Page;
use ratatui::text::Line;

/// The page.
pub fn lines(app: &App, width: usize) -> Vec<Line<'static>> {
    let words = app.words();
    let mut page = Page::new(app.theme, width);
    let news = since(&app.view, app.report_from);
    page.heading(&match news.len() {
        1 => "What happened (1 report)".to_owned(),
        n => format!("What happened ({n} reports)"),
    });
    if news.is_empty() {
        page.hint("Nothing new was reported. Enter goes to what is asked of you; 5 shows all so far.");
    }
    for piece in news {
        page.entry("-", &words.news(&News { roll: None, ..piece.clone() }));
        if let Some(seen) = piece.roll {
            page.styled(&format!("    {}", roll(&piece.kind, seen)), app.theme.strong);
        }
    }
    page.lines()
}

/// The news of a view from one piece on.
pub fn since(view: &SeatView, from: usize) -> &[News] {
    view.log.get(from..).unwrap_or_default()
}
