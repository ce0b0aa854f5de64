//! What happens at the line without orders, how forces meet a crossing, and what acts cost in lives.

use super::page::Page;
use super::words::{chance, joined, named, rate, share, thousandths, variant};
use crate::scenario::document::Document;

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "Incidents",
        "incidents",
        "Rates are those of publicised incidents at a climate of one, before excitation, windows and accords.",
    );
    page.part("Kinds");
    page.table(
        [
            "incident",
            "by",
            "rung",
            "site",
            "rate",
            "meant",
            "author known at once",
            "evidence",
            "losses",
            "source",
        ],
        document.incidents.iter().map(|incident| {
            let does = match (incident.fires, incident.crosses) {
                (true, _) => ", opens fire",
                (false, true) => ", crosses",
                (false, false) => "",
            };
            [
                named(&incident.name, &incident.label),
                format!("`{}`", incident.by.name()),
                incident.rung.to_string(),
                format!("`{}`{does}", incident.site.name()),
                rate(incident.rate),
                chance(incident.deliberate),
                chance(incident.suspicion),
                lag(incident.lag),
                incident.losses.as_ref().map_or("-".to_owned(), |loss| format!("`{}`", loss.name())),
                incident.source.clone(),
            ]
        }),
    );
    page.part("Contact at the line");
    page.table(
        [
            "site",
            "hails",
            "warning shots",
            "turns back at a hail",
            "fires back",
            "turns back at a shot",
            "source",
        ],
        document.sites.iter().filter_map(|site| {
            let contact = site.contact.as_ref()?;
            Some([
                named(&site.name, &site.label),
                contact.hails.to_string(),
                contact.shots.to_string(),
                chance(contact.heeds_hail),
                chance(contact.fires_back),
                chance(contact.heeds_shot),
                contact.source.clone(),
            ])
        }),
    );
    page.part("Accords");
    page.table(
        ["accord", "at the start", "factors on rates while in force", "steps before aimed fire", "source"],
        document.accords.iter().map(|accord| {
            let steps = accord
                .procedure
                .iter()
                .map(|p| format!("{}: {} hails, {} shots", variant(p.domain), p.broadcasts, p.shots));
            [
                named(&accord.name, &accord.label),
                variant(accord.status),
                joined(
                    accord
                        .contact
                        .iter()
                        .map(|(incident, by)| format!("`{}` {}", incident.name(), thousandths(*by))),
                ),
                joined(steps),
                accord.source.clone(),
            ]
        }),
    );
    page.part("Losses");
    page.table(
        ["losses", "any death", "median", "sigma", "most", "who", "source"],
        document.losses.iter().map(|loss| {
            [
                format!("`{}`", loss.name),
                chance(loss.any),
                loss.median.to_string(),
                loss.sigma.to_string(),
                loss.cap.to_string(),
                variant(loss.victims),
                loss.source.clone(),
            ]
        }),
    );
    page
}

/// When evidence comes.
fn lag((day, week, months, never): (u32, u32, u32, u32)) -> String {
    let parts = [(day, "same day"), (week, "week"), (months, "months"), (never, "never")];
    let total = parts.iter().map(|(weight, _)| u64::from(*weight)).sum();
    let there = parts.iter().filter(|(weight, _)| *weight > 0);
    joined(there.map(|(weight, when)| format!("{when} {}", share(*weight, total))))
}
