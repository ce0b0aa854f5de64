//! What happened since the last decision, in order, with the rolls that the seat may see.

use super::orders;
use crate::session::{News, NewsKind, SeatView};
use crate::tui::app::App;
use crate::tui::text::roll;
use crate::tui::widget::page::Page;
use crate::vocabulary::Id;

/// The page.
pub fn page(app: &App, width: usize) -> Page {
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
    if let Some(capital) = capital(&app.view, app.report_from, app.capital_from) {
        page.text(&capital);
    }
    for piece in news {
        page.entry("-", &words.news(&News { roll: None, ..piece.clone() }));
        if let Some(seen) = piece.roll {
            page.styled(&format!("    {}", roll(&piece.kind, seen)), app.theme.strong);
        }
    }
    page
}

/// How a seat's political capital came from where it stood before a piece of the news to where it stands now.
pub fn capital(view: &SeatView, from: usize, before: Option<i32>) -> Option<String> {
    let (label, now) = orders::purse(view)?;
    let before = before?;
    let price = |news: &News| match news.kind {
        NewsKind::OwnAct { action } => {
            view.briefing.actions.get(action.index())?.agenda.as_ref().map(|agenda| agenda.price)
        }
        _ => None,
    };
    let spent: i32 = since(view, from).iter().filter_map(price).sum();
    let otherwise = match now - before + spent {
        0 => String::new(),
        gained @ 1.. => format!(", {gained} came in"),
        lost => format!(", {} lost otherwise", -lost),
    };
    (now != before || spent != 0)
        .then(|| format!("{label}: {before} before, {spent} spent on acts{otherwise}, {now} now."))
}

/// The news of a view from one piece on.
pub fn since(view: &SeatView, from: usize) -> &[News] {
    view.log.get(from..).unwrap_or_default()
}
