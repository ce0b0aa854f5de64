//! A form on top of a screen: a line for each choice.

use crate::tui::app::App;
use crate::tui::form::{Form, FormKind};
use crate::tui::text::{clip, pad, wrap};
use crate::tui::widget::list::{self, Row};
use crate::tui::widget::popup;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::text::Span;

/// Lines for the choice with the cursor, when it is too long for its own.
const VALUE_LINES: usize = 3;

/// From how many choices on one wants to go by tens.
const LONG_LIST: usize = 12;

/// The longest label that stands in the first column.
const SHORT_LABEL: usize = 16;

/// Draws the form.
pub fn draw(app: &App, form: &Form, frame: &mut Frame<'_>) {
    let fields = form.fields(&app.view);
    let width = app.size.0.saturating_sub(4).min(100);
    // Long labels, such as terms, have a column of their own, so that the choices beside short ones are not cut.
    let widest = |long: bool| {
        let labels = fields.iter().map(|f| f.label.chars().count()).filter(|n| (*n > SHORT_LABEL) == long);
        labels.max().unwrap_or(0).min(usize::from(width) * 4 / 7)
    };
    let (short, long) = (widest(false), widest(true));
    let rows: Vec<Row> = fields
        .iter()
        .map(|field| {
            let count = field.options.len();
            let place = if count > 1 { format!(" ({}/{count})", field.chosen + 1) } else { String::new() };
            let column = if field.label.chars().count() > SHORT_LABEL { long } else { short };
            let text = format!("{}  < {} >{place}", pad(&field.label, column), field.value());
            Row::Choice(text, app.theme.plain)
        })
        .collect();
    let field = fields.get(form.at);
    let about = field.map_or("", |f| if f.about.is_empty() { f.value() } else { &f.about });
    let mut texts = wrap(about, usize::from(width.saturating_sub(2)));
    texts.truncate(VALUE_LINES);
    let problem = app.status.as_deref().filter(|s| s.starts_with("Not so"));
    let keys = match (form.kind, field) {
        (FormKind::Estimate, _) => "Type a number, or Left/Right; Enter puts it in, Esc goes back",
        (_, Some(field)) if field.options.len() > LONG_LIST => {
            "Up/Down line, Left/Right choice, PgUp/PgDn ten, Enter puts in, Esc back"
        }
        _ => "Up/Down line, Left/Right choice, Enter puts it in, Esc goes back",
    };
    texts.push(problem.unwrap_or(keys).to_owned());
    let height = (rows.len() + texts.len() + 2).min(usize::from(app.size.1.saturating_sub(3))) as u16;
    let inside = popup::open(frame, form.title(), (width, height), app.theme);
    let [list, rest] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(texts.len() as u16)]).areas(inside);
    list::draw(frame, list, &rows, form.at, app.theme);
    for (text, row) in texts.iter().zip(rest.rows()) {
        frame.render_widget(Span::styled(clip(text, usize::from(row.width)), app.theme.faint), row);
    }
}
