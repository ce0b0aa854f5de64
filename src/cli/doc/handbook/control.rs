//! The white cell's book: what is to come, what is hidden, what can be changed, and what to ask afterwards.

use crate::cli::doc::page::Page;
use crate::cli::doc::words::{joined, named, names, share, span, variant};
use crate::engine::{Rules, condition_words, statement_words};
use crate::scenario::document::Document;
use crate::scenario::section::{HypothesisKind, InjectDoc, Schedule, TriggerMode, Visibility};
use crate::scenario::{Bound, offered};
use crate::vocabulary::{ActionId, Date, Duration, Id};

pub fn page(rules: &Rules) -> Page {
    let scenario = rules.scenario();
    let document = &scenario.document;
    let mut page = Page::begin(
        document,
        "White-cell book",
        "handbook",
        "**Not for players.** It holds the truth of every seat and all that is to come.",
    );
    page.part("What it is for");
    page.text(&format!("{}. It begins on {}, local time.", document.title, document.start));
    page.text(&document.summary);
    page.text(&document.teaching_aim);
    page.text(&format!("Made for {}.", document.sitting.unwrap_or_default().words()));
    page.text(&format!("Source: {}", document.source));
    injects(document, &mut page);
    hidden(&rules.bound, &mut page);
    endings(document, &mut page);
    page.part("What can be set");
    page.text(
        "`--set NAME=VALUE` changes one of these for a game that runs unattended. `actions.NAME.offered=false` takes an act \
         off the menu. The parameters of the model stand in its description.",
    );
    let told = |name: &str| !name.starts_with("parameters.") && !name.ends_with(".offered");
    let settings = offered(scenario).into_iter().filter(|setting| told(&setting.name));
    page.table(
        ["setting", "as it stands", "can be"],
        settings.map(|setting| [format!("`{}`", setting.name), setting.default, setting.allowed.to_string()]),
    );
    questions(&rules.bound, &mut page);
    page
}

fn seen_by(document: &Document, visibility: &Visibility) -> String {
    match visibility {
        Visibility::All => "all".to_owned(),
        Visibility::Nobody => "nobody".to_owned(),
        Visibility::Seats(seats) => joined(seats.iter().map(|seat| label(document, seat.name()))),
    }
}

fn label(document: &Document, seat: &str) -> String {
    document.seats.iter().find(|s| s.name == seat).map_or_else(|| seat.to_owned(), |s| s.label.clone())
}

fn time(inject: &InjectDoc) -> Option<Duration> {
    match inject.when {
        Schedule::At(time) | Schedule::Once(time, _) => Some(time),
        Schedule::OnCall => None,
    }
}

fn injects(document: &Document, page: &mut Page) {
    let start = Date::read(&document.start);
    let mut timed: Vec<(i32, &InjectDoc)> =
        document.injects.iter().filter_map(|inject| Some((time(inject)?.minutes(), inject))).collect();
    timed.sort_by_key(|(minute, _)| *minute);
    page.part("Injects in the order of their time");
    page.text("What is done by *once* comes as soon as its condition holds, from that time on.");
    let act = |inject: &InjectDoc| {
        inject.act.as_ref().map_or_else(
            || "-".to_owned(),
            |(seat, action)| format!("{}: `{}`", label(document, seat.name()), action.name()),
        )
    };
    let changes =
        |inject: &InjectDoc| joined(inject.effects.iter().map(|effect| statement_words(effect, document)));
    page.table(
        ["when", "inject", "read by", "wakes", "is the act", "changes", "once"],
        timed.iter().map(|(minute, inject)| {
            let date =
                start.map_or_else(|| span(Duration::Minutes(*minute)), |s| s.after(*minute).to_string());
            let once = match &inject.when {
                Schedule::Once(_, condition) => condition_words(condition, document),
                Schedule::At(_) | Schedule::OnCall => "-".to_owned(),
            };
            [
                date,
                named(&inject.name, &inject.label),
                seen_by(document, &inject.seen_by),
                if inject.wakes { "yes" } else { "-" }.to_owned(),
                act(inject),
                changes(inject),
                once,
            ]
        }),
    );
    page.part("Injects on call");
    let on_call = || document.injects.iter().filter(|inject| time(inject).is_none());
    page.table(
        ["inject", "read by", "wakes", "is the act", "changes"],
        on_call().map(|inject| {
            [
                named(&inject.name, &inject.label),
                seen_by(document, &inject.seen_by),
                if inject.wakes { "yes" } else { "-" }.to_owned(),
                act(inject),
                changes(inject),
            ]
        }),
    );
    page.part("What injects say");
    page.items(
        document
            .injects
            .iter()
            .map(|inject| format!("**{}.** {} *{}*", inject.label, inject.text, inject.source)),
    );
}

fn hidden(bound: &Bound, page: &mut Page) {
    let document = &bound.scenario.document;
    page.part("What a seat may secretly be");
    page.text("Drawn when the game begins; a seat is told its own, and nobody else's.");
    page.table(
        ["seat", "disposition", "how likely", "weighs aims, in thousandths"],
        document.seats.iter().filter(|seat| seat.plays).flat_map(|seat| {
            let total = seat.dispositions.iter().map(|d| u64::from(d.prior)).sum();
            seat.dispositions.iter().map(move |d| {
                let aims = joined(d.aims.iter().map(|(aim, by)| format!("`{aim}` {by}")));
                [seat.label.clone(), named(&d.name, &d.label), share(d.prior, total), aims]
            })
        }),
    );
    page.part("Levels that not everyone sees");
    page.table(
        ["level", "seen by", "range", "at the start"],
        document.tracks.iter().filter(|track| track.seen_by != Visibility::All).map(|track| {
            [
                named(&track.name, &track.label),
                seen_by(document, &track.seen_by),
                format!("{} to {}", track.min, track.max),
                track.start.to_string(),
            ]
        }),
    );
    page.part("Conditions on belief");
    page.table(
        ["trigger", "belief", "at least", "for ticks", "what it does"],
        document.triggers.iter().zip(&bound.triggers).filter(|(_, t)| bound.offers(t.action)).map(
            |(trigger, _)| {
                let does = match &trigger.mode {
                    TriggerMode::Permit(action) => format!("unlocks `{}`", action.name()),
                    TriggerMode::Press(action, _) => format!("staff press for `{}`", action.name()),
                    TriggerMode::Delegate(action, ..) => {
                        format!("`{}` may fire by itself, if delegated", action.name())
                    }
                };
                [
                    named(&trigger.name, &trigger.label),
                    format!("`{}`", trigger.belief.name()),
                    format!("{} %", trigger.at_least),
                    trigger.for_ticks.to_string(),
                    does,
                ]
            },
        ),
    );
    page.part("Acts that hide their author");
    page.table(
        ["act", "of"],
        document
            .actions
            .iter()
            .enumerate()
            .filter(|(a, action)| action.covert.is_some() && bound.offers(ActionId::new(*a)))
            .map(|(_, action)| [named(&action.name, &action.label), names(&action.seats)]),
    );
}

fn endings(document: &Document, page: &mut Page) {
    page.part("How it can end");
    page.table(
        ["ending", "kind", "when", "rare"],
        document.endings.iter().map(|ending| {
            let rare = if ending.rare { "yes" } else { "-" };
            let when = condition_words(&ending.when, document);
            [named(&ending.name, &ending.label), variant(ending.class), when, rare.to_owned()]
        }),
    );
}

/// Questions that follow from what the scenario holds.
fn questions(bound: &Bound, page: &mut Page) {
    let document = &bound.scenario.document;
    page.part("Questions for the debrief");
    page.text(&format!("What the scenario is to teach: {}", document.teaching_aim));
    page.items(document.questions.iter().map(|question| question.text.clone()));
    page.text("What its parts suggest to ask:");
    let acts = document.injects.iter().filter_map(|inject| {
        let (seat, _) = inject.act.as_ref()?;
        let who = label(document, seat.name());
        Some(format!("*{}*: what did each seat take it for, and what did {who} mean by it?", inject.label))
    });
    let beliefs = document.hypotheses.iter().filter_map(|hypothesis| {
        let HypothesisKind::Disposition(subject) = &hypothesis.about else { return None };
        let (holder, subject) = (label(document, hypothesis.holder.name()), label(document, subject.name()));
        Some(format!(
            "What did {holder} take {subject} to be, what was it in truth, and which act decided that?"
        ))
    });
    let sites = document.sites.iter().map(|site| {
        format!("{}: what happened there by standing orders before anybody was asked?", site.label)
    });
    let lines = document.channels.iter().map(|channel| {
        format!("{}: who used it first, for what, and what was believed of what was said?", channel.label)
    });
    let bodies =
        document.bodies.iter().zip(&bound.bodies).filter(|(_, body)| !body.members.is_empty()).map(
            |(body, _)| format!("{}: was it asked, when, and was the answer there in time?", body.label),
        );
    page.items(acts.chain(beliefs).chain(sites).chain(lines).chain(bodies));
    page.text(
        "And of every game: who could have stopped it, when, and at what price? Which roll decided, and at what chance? \
         What would have come but for one act (`offramp whatif`)?",
    );
}
