//! Questions before what cannot be taken back; the answer in brackets is what Enter gives.

use crate::session::Asked;
use crate::tui::app::App;
use crate::tui::widget::page::{self, Page};
use crate::tui::widget::popup;
use ratatui::Frame;

/// Asks whether to seal.
pub fn seal(app: &App, frame: &mut Frame<'_>) {
    let mut page = Page::new(app.theme, 66);
    for line in app.draft.lines(&app.view) {
        page.entry("*", &line);
    }
    page.gap();
    page.text("What is sealed cannot be taken back.");
    page.styled("Seal them?  [y yes]  n no", app.theme.strong);
    let what = match app.view.observation.asked {
        Asked::Contacts => "Seal the calls and requests; orders come next",
        Asked::Answers => "Seal the answers to calls",
        Asked::Nothing | Asked::Orders | Asked::Flash => "Seal the orders",
    };
    ask(app, frame, what, page);
}

/// Asks whether to leave.
pub fn quit(app: &App, frame: &mut Frame<'_>) {
    let mut page = Page::new(app.theme, 66);
    if app.view.debrief.is_none() {
        page.text("The game is not over, and what you have drafted is not sealed.");
    }
    page.styled("Leave?  y yes  [n no]", app.theme.strong);
    ask(app, frame, "Leave", page);
}

fn ask(app: &App, frame: &mut Frame<'_>, title: &str, page: Page) {
    let lines = page.lines();
    let inside = popup::open(frame, title, (70, (lines.len() as u16).saturating_add(2)), app.theme);
    // The question comes last, and has to be in sight on any terminal.
    let from = lines.len().saturating_sub(usize::from(inside.height));
    page::draw(frame, inside, &lines, from);
}
