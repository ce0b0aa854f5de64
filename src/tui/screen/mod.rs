//! The screens; one file each.

pub mod briefing;
pub mod calls;
pub mod confirm;
pub mod contact;
pub mod control;
pub mod debrief;
pub mod entry;
pub mod flash;
pub mod form;
pub mod gate;
pub mod handover;
pub mod help;
pub mod orders;
pub mod palette;
pub mod report;
pub mod situation;
pub mod start;
pub mod timeline;

use super::app::{App, Screen};
use super::widget::page;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// Draws the app's screen; gives the lines of the whole page if it is one that is read.
pub fn draw(app: &App, frame: &mut Frame<'_>, area: Rect) -> Option<usize> {
    match app.screen {
        Screen::Calls => calls::draw(app, frame, area),
        Screen::Orders => orders::draw(app, frame, area),
        Screen::Flash => flash::draw(app, frame, area),
        Screen::Situation => return Some(situation::draw(app, frame, area)),
        Screen::Briefing
        | Screen::Contact
        | Screen::Report
        | Screen::Timeline
        | Screen::Debrief
        | Screen::Talk => {
            let lines = lines(app, usize::from(area.width));
            page::draw(frame, area, &lines, app.scroll);
            return Some(lines.len());
        }
    }
    None
}

/// How many rows the cursor can stand on; none on screens that are read.
pub fn rows(app: &App) -> Option<usize> {
    match app.screen {
        Screen::Calls => Some(app.view.observation.calls.len()),
        Screen::Orders => Some(app.view.observation.menu.len() + 1),
        Screen::Flash => Some(flash::options(app).len()),
        _ => None,
    }
}

/// How many lines a screen that is read has.
pub fn length(app: &App) -> usize {
    let width = usize::from(app.size.0);
    match app.screen {
        Screen::Situation => situation::columns(app, app.size.0).iter().map(|c| c.1.len()).max().unwrap_or(0),
        _ => lines(app, width).len(),
    }
}

fn lines(app: &App, width: usize) -> Vec<Line<'static>> {
    match app.screen {
        Screen::Briefing => briefing::lines(app, width),
        Screen::Contact => contact::lines(app, width),
        Screen::Report => report::lines(app, width),
        Screen::Timeline => timeline::lines(app, width),
        Screen::Debrief => debrief::lines(app, width),
        Screen::Talk => super::talk::lines(app, width),
        Screen::Calls | Screen::Orders | Screen::Flash | Screen::Situation => Vec::new(),
    }
}
