//! The rungs of the ladder.

use super::page::Page;
use super::words::{chance, span};
use crate::scenario::document::Document;

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "The ladder",
        "ladder",
        "A rung with a cost of crossing is a firebreak. The cooldown is the time without such acts in which the standing\n\
         rung falls by one.",
    );
    page.part("Rungs");
    page.table(
        [
            "rung",
            "name",
            "what stands there",
            "cooldown",
            "cost of crossing, nats",
            "reaches the news",
            "source",
        ],
        document.ladder.iter().map(|rung| {
            [
                rung.rung.to_string(),
                rung.label.clone(),
                rung.definition.clone(),
                span(rung.cooldown),
                if rung.crossing_cost > 0.0 { rung.crossing_cost.to_string() } else { "-".to_owned() },
                chance(rung.publicised),
                rung.source.clone(),
            ]
        }),
    );
    page
}
