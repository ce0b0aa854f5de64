//! Lines between seats, and the bodies of allies.

use super::page::Page;
use super::words::{chance, joined, named, names, rate, span, thousandths, variant};
use crate::scenario::document::Document;

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "Channels",
        "channels",
        "The owner decides whether a line is answered or cut; the rates are those at which an automated owner does so, or\n\
         chance where nobody owns it. The factors raise the rate of cutting while such an act goes on or stands unanswered.",
    );
    page.part("Lines");
    page.table(
        [
            "line",
            "between",
            "level",
            "owner",
            "delay",
            "clear",
            "fault a call",
            "repair",
            "at the start",
            "cut",
            "restored",
            "stirred by",
            "leaks",
            "source",
        ],
        document.channels.iter().map(|line| {
            let stirred = line.stirred.iter();
            [
                named(&line.name, &line.label),
                names(&line.members),
                variant(line.level),
                names(&line.owner),
                span(line.latency),
                chance(line.fidelity),
                chance(line.fault),
                span(line.repair),
                variant(line.politics),
                rate(line.cut),
                rate(line.restore),
                joined(stirred.map(|(act, by)| format!("`{}` {}", act.name(), thousandths(*by)))),
                chance(line.leak),
                line.source.clone(),
            ]
        }),
    );
    page.part("Consultation bodies");
    page.table(
        [
            "body",
            "members",
            "lead at maturity 0",
            "maturity",
            "speed",
            "spent by a request",
            "meets",
            "if not",
            "releases",
            "source",
        ],
        document.bodies.iter().map(|body| {
            [
                named(&body.name, &body.label),
                names(&body.members),
                span(body.lead),
                body.maturity.to_string(),
                body.speed.to_string(),
                body.spend.to_string(),
                chance(body.quorum),
                variant(body.default),
                names(&body.grants),
                body.source.clone(),
            ]
        }),
    );
    page
}
