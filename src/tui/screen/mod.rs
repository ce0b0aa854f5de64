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
use super::widget::page::{self, Heading, Page};
use ratatui::Frame;
use ratatui::layout::Rect;
use std::collections::BTreeMap;

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
            let lines = page(app, usize::from(area.width)).lines();
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
    columns(app).into_iter().map(|page| page.lines().len()).max().unwrap_or(0)
}

/// Where the sections of a screen that is read begin, from top to bottom; those that begin side by side are one.
pub fn headings(app: &App) -> Vec<Heading> {
    let mut all: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for page in columns(app) {
        for (at, heading) in page.headings() {
            all.entry(*at).or_default().push(format!("'{heading}'"));
        }
    }
    all.into_iter().map(|(at, headings)| (at, headings.join(", "))).collect()
}

/// The columns of a screen that is read, as long as they are.
fn columns(app: &App) -> Vec<Page> {
    match app.screen {
        Screen::Situation => situation::columns(app, app.size.0).into_iter().map(|(_, page)| page).collect(),
        _ => vec![page(app, app.size.0.into())],
    }
}

fn page(app: &App, width: usize) -> Page {
    match app.screen {
        Screen::Briefing => briefing::page(app, width),
        Screen::Contact => contact::page(app, width),
        Screen::Report => report::page(app, width),
        Screen::Timeline => timeline::page(app, width),
        Screen::Debrief => debrief::page(&app.view, app.theme, width),
        Screen::Talk => super::talk::page(app, width),
        Screen::Calls | Screen::Orders | Screen::Flash | Screen::Situation => Page::new(app.theme, width),
    }
}
