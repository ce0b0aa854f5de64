//! Incoming calls: answer each, or let it ring.

use crate::session::{CallAnswer, Message};
use crate::tui::app::App;
use crate::tui::form::own_actions;
use crate::tui::widget::list::{self, Row};
use crate::tui::widget::page::{self, Page};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

/// Draws the calls with the answers that are drafted.
pub fn draw(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let words = app.words();
    let calls = &app.view.observation.calls;
    let rows: Vec<Row> = calls
        .iter()
        .zip(&app.draft.orders().answers)
        .map(|(call, given)| {
            let text = format!(
                "{} over {}:  < {} >",
                words.seat(call.from),
                words.channel(call.channel),
                words.call_answer(*given)
            );
            Row::Choice(text, app.theme.plain)
        })
        .collect();
    let [above, below] =
        Layout::vertical([Constraint::Length(rows.len().min(8) as u16 + 2), Constraint::Min(0)]).areas(area);
    let mut all = vec![Row::Heading("Calls are coming in".to_owned())];
    all.extend(rows);
    list::draw(frame, above, &all, app.row, app.theme);
    let mut page = Page::new(app.theme, usize::from(area.width));
    if calls.is_empty() {
        page.hint("Nobody calls; s goes on.");
    }
    page.text("What is said comes after the line is taken. An answer tells the caller that the line works and what you want to be believed; it may be a lie.");
    page.gap();
    page.text(
        "Left to ring, a call looks to the caller like a refusal or like a fault: nobody can tell which.",
    );
    page.gap();
    page.hint(
        "What stands there at first is your standing instruction for the line: a stance, t on the orders screen.",
    );
    page::draw(frame, below, &page.lines(), 0);
}

/// What can be done with a call, in the order in which Right goes through it.
pub fn options(app: &App) -> Vec<CallAnswer> {
    let words = [Message::Reassure, Message::Warn, Message::Query, Message::Regret, Message::Test];
    let mut options = vec![CallAnswer::LetRing];
    options.extend(words.map(CallAnswer::Answer));
    options.extend(own_actions(&app.view).map(|a| CallAnswer::Answer(Message::Notice(a))));
    options
}
