//! All that the seat learned, day by day, searchable.

use crate::tui::app::App;
use crate::tui::text::Topic;
use crate::tui::widget::page::Page;
use ratatui::style::Modifier;
use ratatui::text::Line;

/// The page.
pub fn page(app: &App, width: usize) -> Page {
    let words = app.words();
    let mut page = Page::new(app.theme, width);
    page.heading(&format!("Timeline: {}", app.topic.word()));
    let mut day = String::new();
    let mut any = false;
    for news in app.view.log.iter().filter(|n| app.topic.covers(n)) {
        any = true;
        let moment = words.moment(news.minute);
        let today = moment.split(',').next().unwrap_or_default().to_owned();
        if today != day {
            let date = words.calendar().date(news.minute).unwrap_or_default();
            page.heading(&format!("{today}  {date}"));
            day = today;
        }
        let text = words.news(news);
        let text = text.strip_prefix(&format!("{day}, ")).unwrap_or(&text).to_owned();
        let found = !app.search.is_empty() && text.to_lowercase().contains(&app.search.to_lowercase());
        let style = if found { app.theme.plain.add_modifier(Modifier::UNDERLINED) } else { app.theme.plain };
        page.styled_entry(if found { "*" } else { "-" }, &text, style);
    }
    if !any {
        let hint = if app.topic == Topic::All {
            "Nothing has been reported yet. Enter goes to what is asked of you."
        } else {
            "Nothing of this kind; f shows another."
        };
        page.hint(hint);
    }
    page
}

/// The lines at which a match begins.
pub fn matches(app: &App) -> Vec<usize> {
    let starts = |line: &Line<'_>| line.spans.iter().any(|s| s.content.starts_with("* "));
    page(app, usize::from(app.size.0))
        .lines()
        .iter()
        .enumerate()
        .filter(|(_, l)| starts(l))
        .map(|(i, _)| i)
        .collect()
}
