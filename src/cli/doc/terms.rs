//! What a proposal can contain, and how a game can end.

use super::page::Page;
use super::words::{joined, named, variant};
use crate::scenario::document::Document;

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "Terms and endings",
        "terms",
        "Worth is in points of aims, to seats of any disposition unless one is named.",
    );
    page.part("Terms");
    page.table(
        ["term", "given by", "worth", "face cost", "settles", "caps the rung at", "source"],
        document.terms.iter().map(|term| {
            let plain = term.worth.iter().map(|(seat, points)| format!("`{}` {points}", seat.name()));
            let held =
                term.held.iter().map(|(seat, kind, points)| format!("`{}` if {kind} {points}", seat.name()));
            [
                named(&term.name, &term.label),
                format!("`{}`", term.giver.name()),
                joined(plain.chain(held)),
                term.face_cost.to_string(),
                if term.settles { "yes" } else { "-" }.to_owned(),
                term.caps_at.map_or("-".to_owned(), |rung| rung.to_string()),
                term.source.clone(),
            ]
        }),
    );
    page.part("Endings");
    page.table(
        ["ending", "kind", "rare"],
        document.endings.iter().map(|ending| {
            [
                named(&ending.name, &ending.label),
                variant(ending.class),
                if ending.rare { "yes" } else { "-" }.to_owned(),
            ]
        }),
    );
    page
}
