//! What each seat can do.

use super::page::Page;
use super::words::{joined, named, names, rate, span, variant};
use crate::scenario::document::Document;
use crate::scenario::section::{ActionDoc, Release, Tempo};

pub fn page(document: &Document) -> Page {
    let mut page = Page::new(
        document,
        "Actions",
        "actions",
        "Rung and domain decide the cell in which an act answers a stimulus. The rate is that of an act unprovoked, for an\n\
         automated seat at the reference state; what is left out of it comes only as an answer or by a person's order. What\n\
         an act needs and changes stands in the scenario.",
    );
    for seat in document.seats.iter().filter(|seat| seat.plays) {
        page.part(&seat.label);
        let own = document.actions.iter().filter(|a| a.seats.first().is_some_and(|s| s.name() == seat.name));
        let own = own.filter(|action| document.offers(&action.name));
        page.table(
            [
                "action", "rung", "domain", "at", "takes", "lasts", "reads as", "rate", "losses", "consent",
                "source",
            ],
            own.map(|action| {
                [
                    with_others(action),
                    action.rung.to_string(),
                    variant(action.domain),
                    place(action),
                    span(action.lead),
                    lasts(action.tempo),
                    signal(action),
                    rate(action.initiative),
                    action.losses.as_ref().map_or("-".to_owned(), |loss| format!("`{}`", loss.name())),
                    joined(action.release.iter().map(consent)),
                    action.source.clone(),
                ]
            }),
        );
    }
    let out: Vec<_> = document.actions.iter().filter(|action| !document.offers(&action.name)).collect();
    if !out.is_empty() {
        page.part("Out of play");
        page.text("The base has these acts, and here nobody can order them.");
        page.items(out.into_iter().map(|action| named(&action.name, &action.label)));
    }
    page
}

/// An act that several seats can do stands with the first of them.
fn with_others(action: &ActionDoc) -> String {
    let name = named(&action.name, &action.label);
    match &action.seats[..] {
        [_, others @ ..] if !others.is_empty() => format!("{name} (also {})", names(others)),
        _ => name,
    }
}

fn place(action: &ActionDoc) -> String {
    match (&action.fires_at, &action.crosses) {
        (Some(site), _) => format!("fires at `{}`", site.name()),
        (None, Some(site)) => format!("crosses `{}`", site.name()),
        (None, None) => "-".to_owned(),
    }
}

fn lasts(tempo: Tempo) -> String {
    match tempo {
        Tempo::Once => "-".to_owned(),
        Tempo::OnceOnly => "once in a game".to_owned(),
        Tempo::Continuing => "until stopped".to_owned(),
        Tempo::For(duration) => span(duration),
    }
}

fn signal(action: &ActionDoc) -> String {
    let hides = if action.covert.is_some() { "; hides its author" } else { "" };
    format!("{}, {}{hides}", action.reading.word(), variant(action.cost))
}

fn consent(release: &Release) -> String {
    match release {
        Release::Ally(seat) => format!("`{}`", seat.name()),
        Release::Host(seat) => format!("`{}` as host", seat.name()),
        Release::Body(body) => format!("`{}`", body.name()),
    }
}
