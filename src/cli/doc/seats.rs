//! Who plays: aims, dispositions, standing orders, and the doctrines that play a seat without a person.

use super::page::Page;
use super::words::{joined, named, share, thousandths, variant};
use crate::scenario::document::Document;
use crate::scenario::section::AimMeasure;

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "Seats",
        "seats",
        "Dispositions and doctrines weigh the aims by factors; what they leave out counts once.",
    );
    let seats = || document.seats.iter().filter(|seat| seat.plays);
    page.part("Aims");
    page.table(
        ["seat", "aim", "measured by", "points", "floor"],
        seats().flat_map(|seat| {
            seat.aims.iter().map(|aim| {
                let (measure, each) = match &aim.measure {
                    AimMeasure::Track(track) => (format!("`{}`", track.name()), " a level"),
                    AimMeasure::Holds(_) => ("a condition".to_owned(), " if it holds"),
                };
                [
                    seat.label.clone(),
                    named(&aim.name, &aim.label),
                    measure,
                    format!("{}{each}", aim.points),
                    if aim.floor { "yes" } else { "-" }.to_owned(),
                ]
            })
        }),
    );
    page.part("Dispositions");
    page.table(
        ["seat", "disposition", "prior", "initiative", "hardness, nats a rung", "weighs aims", "source"],
        seats().flat_map(|seat| {
            let total = seat.dispositions.iter().map(|d| u64::from(d.prior)).sum();
            seat.dispositions.iter().map(move |d| {
                [
                    seat.label.clone(),
                    named(&d.name, &d.label),
                    share(d.prior, total),
                    thousandths(d.initiative),
                    d.hardness.to_string(),
                    joined(d.aims.iter().map(|(aim, by)| format!("`{aim}` {}", thousandths(*by)))),
                    seat.source.clone(),
                ]
            })
        }),
    );
    page.part("Standing orders");
    page.table(
        ["seat", "site", "reply", "rounds for each hundred", "highest rung alone", "source"],
        seats().flat_map(|seat| {
            seat.standing.iter().map(|order| {
                [
                    seat.label.clone(),
                    format!("`{}`", order.site.name()),
                    variant(order.reply),
                    order.volume.to_string(),
                    order.delegated_rung.to_string(),
                    seat.source.clone(),
                ]
            })
        }),
    );
    page.part("Doctrines");
    page.table(
        [
            "doctrine",
            "plays",
            "what it stands for",
            "sharpness",
            "hardness",
            "weighs aims",
            "leans to",
            "source",
        ],
        document.doctrines.iter().map(|doctrine| {
            let leanings = doctrine.leanings.iter();
            [
                named(&doctrine.name, &doctrine.label),
                format!("`{}`", doctrine.seat.name()),
                doctrine.about.clone(),
                doctrine.sharpness.to_string(),
                doctrine.hardness.to_string(),
                joined(doctrine.aims.iter().map(|(aim, by)| format!("`{aim}` {}", thousandths(*by)))),
                joined(leanings.map(|(act, nats)| format!("`{}` {nats}", act.name()))),
                doctrine.source.clone(),
            ]
        }),
    );
    page
}
