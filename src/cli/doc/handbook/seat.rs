//! A seat's briefing: what whoever plays it may know before the first turn.
//!
//! What depends on the seat's hidden disposition, which the dice decide, is left to the game.

use crate::cli::doc::page::Page;
use crate::cli::doc::words::{joined, percent, variant};
use crate::engine::{ActionBrief, Briefing, Label};
use crate::scenario::document::Document;
use crate::tui::calendar::span;
use crate::vocabulary::{Date, Id, SeatId};

pub fn page(document: &Document, brief: &Briefing) -> Page {
    let own = brief.seat.unwrap_or(SeatId::new(0));
    let name =
        |seat: SeatId| brief.seats.get(seat.index()).map_or_else(String::new, |s| s.label.label.clone());
    let mut page = Page::begin(
        document,
        &format!("Briefing: {}", name(own)),
        "handbook",
        "For whoever plays this seat. The other seats have briefings of their own.",
    );
    page.part("The crisis");
    page.text(&format!("{}. It begins on {}, local time.", brief.scenario.label, brief.start));
    page.text(&brief.summary);
    page.part("You");
    page.text(&brief.role);
    let kinds: Vec<&str> =
        brief.seats.get(own.index()).iter().flat_map(|s| &s.dispositions).map(|d| d.label.as_str()).collect();
    if kinds.len() > 1 {
        page.text(&format!(
            "You are one of these, and only you are told which when the game begins: {}. It weighs your aims.",
            kinds.join("; ")
        ));
    }
    page.part("Your aims");
    page.items(brief.aims.iter().map(|aim| {
        let floor = if aim.floor { " (if it fails, nothing can offset that)" } else { "" };
        format!("{}{floor}", aim.label.label)
    }));
    page.part("Who is there");
    page.table(
        ["who", "about", "to you", "could be"],
        brief.seats.iter().enumerate().filter(|(at, _)| *at != own.index()).map(|(_, seat)| {
            let to_you = match (seat.ally, seat.rival, seat.plays) {
                (true, ..) => "ally",
                (_, true, _) => "rival",
                (.., true) => "neither",
                _ => "gives no orders",
            };
            let told = seat.ally || seat.rival;
            let kinds = seat.dispositions.iter().filter(|_| told).map(|d| d.label.clone());
            [seat.label.label.clone(), seat.summary.clone(), to_you.to_owned(), joined(kinds)]
        }),
    );
    page.part("What you can order");
    page.table(
        ["act", "rung", "domain", "lasts", "needs the consent of", "what it is"],
        brief.actions.iter().filter(|act| act.seats.contains(&own)).map(|act| {
            [
                act.label.label.clone(),
                act.rung.0.to_string(),
                variant(act.domain),
                match act.continues {
                    None => "-".to_owned(),
                    Some(0) => "until stopped".to_owned(),
                    Some(minutes) => format!("{}, or until stopped", span(minutes)),
                },
                joined(act.release.iter().cloned()),
                about(act),
            ]
        }),
    );
    page.part("Lines that you can use");
    page.table(
        ["line", "to", "a message takes", "who decides whether it is answered"],
        brief.channels.iter().filter(|channel| channel.members.contains(&own)).map(|channel| {
            [
                channel.label.label.clone(),
                joined(channel.members.iter().filter(|seat| **seat != own).map(|seat| name(*seat))),
                format!("{} minutes", channel.latency),
                channel.owner.map_or_else(|| "nobody".to_owned(), name),
            ]
        }),
    );
    page.part("Bodies that you sit in");
    let act = |at: usize| brief.actions.get(at).map_or_else(String::new, |act| act.label.label.clone());
    page.table(
        ["body", "members", "can release"],
        brief.bodies.iter().filter(|body| body.members.contains(&own)).map(|body| {
            [
                body.label.label.clone(),
                joined(body.members.iter().map(|seat| name(*seat))),
                joined(body.grants.iter().map(|action| act(action.index()))),
            ]
        }),
    );
    page.part("What can be proposed");
    page.table(
        ["term", "who has to do it", "settles the crisis"],
        brief.terms.iter().map(|term| {
            let settles = if term.settles { "yes" } else { "-" };
            [term.label.label.clone(), name(term.giver), settles.to_owned()]
        }),
    );
    page.part("What your staff think likely");
    page.table(
        ["question", "to begin with"],
        brief.hypotheses.iter().map(|hypothesis| {
            let priors = hypothesis.types.iter().zip(hypothesis.prior);
            let priors = priors.map(|(kind, prior)| format!("{kind} {}", percent(prior)));
            [hypothesis.label.label.clone(), joined(priors)]
        }),
    );
    page.items(brief.triggers.iter().map(|trigger| {
        format!("{}: {} {}", trigger.label.label, trigger.does.word(), act(trigger.action.index()))
    }));
    page.part("What you can see");
    let seen = brief.tracks.iter().filter(|track| !track.label.label.is_empty());
    let (focus, others): (Vec<_>, Vec<_>) = seen.partition(|track| track.focus);
    page.table(
        ["level", "counts", "range", "at the start"],
        focus.iter().chain(&others).map(|track| {
            [
                track.label.label.clone(),
                if track.unit.is_empty() { "-".to_owned() } else { track.unit.clone() },
                format!("{} to {}", track.min, track.max),
                track.start.to_string(),
            ]
        }),
    );
    page.part("Calendar");
    let start = Date::read(&brief.start);
    let date =
        |minute| start.map_or_else(|| format!("minute {minute}"), |start| start.after(minute).to_string());
    page.items(
        brief.calendar.iter().map(|(label, from, to)| format!("{label}: {} to {}", date(*from), date(*to))),
    );
    page.part("How it can end");
    page.items(brief.endings.iter().map(|ending| {
        let text = if ending.text.is_empty() { String::new() } else { format!(": {}", ending.text) };
        format!("{}{text}", ending.label.label)
    }));
    page.part("The ladder");
    page.table(
        ["rung", "name", "what stands on it"],
        brief.rungs.iter().zip(&brief.rung_definitions).enumerate().map(
            |(at, (Label { label, .. }, definition))| [at.to_string(), label.clone(), definition.clone()],
        ),
    );
    page
}

fn about(act: &ActionBrief) -> String {
    match &act.agenda {
        Some(agenda) => {
            format!("{} (agenda: {}, {} of political capital)", act.about, agenda.group, agenda.price)
        }
        None => act.about.clone(),
    }
}
