//! The handbook of a scenario: a briefing for each seat, a book for the white cell, and a description of the model.
//!
//! A briefing is made from what the engine tells that seat before play ([`Briefing`]) and from nothing else; the other two
//! are for those who know everything.

mod control;
mod model;
mod seat;

use super::page::Page;
use crate::engine::{Game, Rules};
use crate::vocabulary::Id;
use std::sync::Arc;

/// The parts of the handbook: the name of each one's file, and the page.
pub fn pages(rules: &Arc<Rules>) -> Vec<(String, Page)> {
    let document = &rules.scenario().document;
    // Any seed will do: a briefing before play holds nothing that luck decides.
    let game = Game::new(Arc::clone(rules), 0, 0);
    let briefing = |seat: crate::vocabulary::SeatId| {
        let name = &document.seats[seat.index()].name;
        (format!("briefing-{name}"), seat::page(document, &game.briefing(seat)))
    };
    let mut pages: Vec<(String, Page)> = rules.scenario().players().map(briefing).collect();
    pages.push(("white-cell".to_owned(), control::page(rules)));
    pages.push(("model".to_owned(), model::page(document)));
    pages
}
