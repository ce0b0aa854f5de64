//! The model of a scenario in the ODD form, the second update: Grimm et al. (2020), JASSS 23(2) 7.

use crate::cli::doc::page::Page;
use crate::cli::doc::parameters::{self, COLUMNS};
use crate::cli::doc::words::{joined, named, span, variant};
use crate::scenario::document::{Document, Mechanic};
use crate::scenario::section::{Confidence, ParameterDoc, ReadBy, Schedule};
use crate::vocabulary::counted;
use std::cmp::Reverse;

pub fn page(document: &Document) -> Page {
    let mut page = Page::begin(
        document,
        "Model description",
        "handbook",
        "In the form of the ODD protocol (Overview, Design concepts, Details), second update: Grimm et al. (2020), Journal of\n\
         Artificial Societies and Social Simulation 23(2) 7. Lists and numbers are those of this scenario.",
    );
    purpose(document, &mut page);
    entities(document, &mut page);
    process(document, &mut page);
    concepts(document, &mut page);
    initialisation(document, &mut page);
    input(document, &mut page);
    submodels(document, &mut page);
    page
}

fn purpose(document: &Document, page: &mut Page) {
    page.part("1. Purpose and patterns");
    page.text(&document.teaching_aim);
    page.text(
        "The model is an aid to teaching and to analysis: it shows what follows from stated assumptions on how states act, \
         perceive and bargain in a crisis. It is not a forecast, and no figure of it is a chance of a real event.",
    );
    page.text(
        "Patterns by which it can be judged: how often an act is answered, how high and how fast; how incidents cluster; how \
         often lines are silent; how long crises last and how they end. `offramp validate` sets them beside the record, with \
         the number of cases. Above rung 9 there is no record, and what governs it is judgement with wide ranges.",
    );
    if !document.record.is_empty() {
        page.text(&format!(
            "This crisis happened: {} steps of its record are in the scenario, and the policy `record` plays them.",
            document.record.len()
        ));
    }
}

fn entities(document: &Document, page: &mut Page) {
    page.part("2. Entities, state variables and scales");
    let of = |plays: bool| document.seats.iter().filter(move |seat| seat.plays == plays);
    page.table(
        ["entity", "how many", "state"],
        [
            (
                "seats, which decide",
                of(true).count(),
                "hidden disposition, beliefs, standing orders, attention, deaths",
            ),
            ("actors, which act by rules alone", of(false).count(), "none of their own"),
            ("tracks", document.tracks.len(), "a level"),
            ("channels", document.channels.len(), "works or not; open, silent or cut"),
            ("consultation bodies", document.bodies.len(), "maturity; requests under way"),
            ("accords", document.accords.len(), "absent, in force, suspended or scrapped"),
            ("actions", document.actions.len(), "under way or not, for acts that go on"),
            ("kinds of incident", document.incidents.len(), "a rate, excited by what happened"),
            ("sites at which forces meet", document.sites.len(), "an exchange of fire, if there is one"),
            ("hypotheses", document.hypotheses.len(), "a share of belief for each type"),
        ]
        .map(|(entity, count, state)| [entity.to_owned(), count.to_string(), state.to_owned()])
        .into_iter(),
    );
    page.text(&format!(
        "The crisis as a whole has a standing rung and a highest rung on a ladder of {}, a ledger of stimuli that wait for an \
         answer, proposals on the table, and a clock.",
        document.ladder.len()
    ));
    page.text(
        "Scales: time in whole minutes, moved on by ticks; a turn is one tick or more, until something wakes the seats. Space \
         is a list of kinds of site, without distances. Levels are whole numbers, beliefs parts per million, chances parts per \
         2^32.",
    );
    if let Some(campaign) = document.campaign.first() {
        page.text(&format!("Between crises a turn is long: {} ({}).", span(campaign.turn), campaign.label));
    }
    page.table(
        ["track", "counts", "range", "start", "returns to", "half of the way in"],
        document.tracks.iter().map(|track| {
            [
                named(&track.name, &track.label),
                if track.unit.is_empty() { "-".to_owned() } else { track.unit.clone() },
                format!("{} to {}", track.min, track.max),
                track.start.to_string(),
                track.baseline.unwrap_or(track.start).to_string(),
                track.half_life.map_or_else(|| "never".to_owned(), span),
            ]
        }),
    );
}

fn process(document: &Document, page: &mut Page) {
    page.part("3. Process overview and scheduling");
    page.text("A turn, in this order; what a step changes is folded when the step ends:");
    page.items(
        [
            "Situation: tracks decay, injects fire, incidents strike, bodies answer, lines are repaired.",
            "Observation: each seat is shown what it may see.",
            "Contact: seats call and ask, and those who are called answer; words move beliefs at once.",
            "Orders: all seats seal theirs together.",
            "Adjudication: due acts run one by one, with obstacles, losses, and exchanges of fire in minutes; fire can ask for \
             a decision in mid-turn.",
            "Perception and belief: each observer perceives each act, and beliefs move.",
            "Escalation: triggers, deadlines, fading, endings.",
        ]
        .map(str::to_owned)
        .into_iter(),
    );
    page.text("Further ticks of a turn run all but contact and orders. Mechanics that this scenario uses:");
    page.items(document.mechanics.iter().map(|mechanic| {
        let what = match mechanic {
            Mechanic::Incidents => "incidents without orders, clustered in time",
            Mechanic::Beliefs => "percepts, beliefs and triggers",
            Mechanic::Channels => "channels that fail and are cut",
            Mechanic::Bargaining => "proposals, ultimatums, talks, fading",
            Mechanic::Alliance => "restraint, release, consultation",
            Mechanic::Exchanges => "exchanges of fire",
        };
        format!("{}: {what}", variant(mechanic))
    }));
    if !document.rules.is_empty() {
        let rules =
            joined(document.rules.iter().map(|rule| format!("`{}` ({})", rule.name, variant(rule.step))));
        page.text(&format!("Rules of the scenario's own, each with its step: {rules}."));
    }
}

fn concepts(document: &Document, page: &mut Page) {
    page.part("4. Design concepts");
    page.items(
        [
            ("Basic principles.", "With all utilities at zero choices are the record's base rates; doctrine, belief and \
              institutions are deviations from it. A channel has no effect of its own: only what is said over it and believed."),
            ("Emergence.", "How high a crisis goes, how it ends and how long it lasts follow from acts and answers; none of \
              it is drawn."),
            ("Adaptation.", "A seat chooses a kind of answer to each stimulus, then an act of that kind, by the record's \
              weights and its own utility."),
            ("Objectives.", "Aims with points, weighed by doctrine and hidden disposition; war and nuclear use have a floor \
              that no points offset."),
            ("Learning.", "Beliefs move by Bayes' rule on what was perceived; a receiver does not know its own bias."),
            ("Prediction.", "One step ahead: an act's own effects and the rival's reply, by what one believes of the rival."),
            ("Sensing.", "Nobody sees the truth. Readings are drawn towards what was expected and blurred by the path that \
              they take; acts can hide their author; own commanders report late."),
            ("Interaction.", "Acts, fire at a site, calls, proposals, requests to allies, consent and release."),
            ("Stochasticity.", "Every roll has an address of its own, from the seed, the time and authored names, so that two \
              arms of a comparison share all luck that they have in common."),
            ("Collectives.", "Allies: assurance, restraint, bodies that give consent."),
            ("Observation.", "All facts, rolls and changes are recorded; a sweep measures outcomes, steps and the strongest \
              beliefs."),
        ]
        .map(|(concept, text)| format!("**{concept}** {text}"))
        .into_iter(),
    );
    page.table(
        ["seat", "aims", "usual doctrine"],
        document.seats.iter().filter(|seat| seat.plays).map(|seat| {
            let doctrine =
                seat.doctrine.as_ref().map_or_else(|| "-".to_owned(), |d| format!("`{}`", d.name()));
            [seat.label.clone(), joined(seat.aims.iter().map(|aim| aim.label.clone())), doctrine]
        }),
    );
}

fn initialisation(document: &Document, page: &mut Page) {
    page.part("5. Initialisation");
    page.text(&format!(
        "Minute 0 is {}, local time. Levels begin as tabled above. Each seat's disposition is drawn by its prior, and each \
         hypothesis begins at its prior. A setting can change any of the numbers for a game or a sweep.",
        document.start
    ));
    page.table(
        ["accord", "stands", "between"],
        document.accords.iter().map(|accord| {
            let parties = joined(accord.parties.iter().map(|seat| format!("`{}`", seat.name())));
            [named(&accord.name, &accord.label), variant(accord.status), parties]
        }),
    );
    page.table(
        ["channel", "politics", "between"],
        document.channels.iter().map(|channel| {
            let members = joined(channel.members.iter().map(|seat| format!("`{}`", seat.name())));
            [named(&channel.name, &channel.label), variant(channel.politics), members]
        }),
    );
}

fn input(document: &Document, page: &mut Page) {
    page.part("6. Input data");
    let count =
        |kind: fn(&Schedule) -> bool| document.injects.iter().filter(|inject| kind(&inject.when)).count();
    page.text(&format!(
        "From outside come injects, {} at their time, {} once a condition holds and {} on call, and {}. No other file is read.",
        count(|when| matches!(when, Schedule::At(_))),
        count(|when| matches!(when, Schedule::Once(..))),
        count(|when| matches!(when, Schedule::OnCall)),
        counted(document.calendar.len() as i64, "window of the calendar", "windows of the calendar")
    ));
}

/// What a submodel computes, in two sentences.
fn computes(part: ReadBy) -> &'static str {
    match part {
        ReadBy::Clock => {
            "Time runs in ticks; a turn ends when something wakes the seats or after the longest quiet span. Orders have a \
             budget: an act, a word, two contacts, and points of attention for stances."
        }
        ReadBy::Replies => {
            "Every act above the lowest rungs is a stimulus; whether, how high and how fast it is answered is drawn from what \
             the record shows of that side. An entry closes by an answer or decays."
        }
        ReadBy::Line => {
            "Incidents come by self-exciting rates times a hidden climate. Forces that meet hail, warn and fire by standing \
             orders within minutes, and now and then do something else than ordered."
        }
        ReadBy::Belief => {
            "An act's reading is drawn towards the expectation and blurred by its path; beliefs move by Bayes' rule. The author \
             of a covert act becomes known with a lag, or never."
        }
        ReadBy::Choosing => {
            "A cell of answers is chosen by the record's weight times the exponential of its utility, then an act in the cell. \
             Utility is aims times expected change, one reply ahead."
        }
        ReadBy::Channels => {
            "A line works or is faulted by chance, and is open, silent or cut by its owner's order. A call that is refused is \
             itself perceived."
        }
        ReadBy::Bargaining => {
            "Terms have a value for each disposition and a cost in face that privacy and rounds of talks lower. A crisis \
             without stimuli fades by a daily hazard; an ultimatum that lapses costs its sender."
        }
        ReadBy::Alliance => {
            "An ally may ask for restraint, with inducements or penalties, and may be needed for release. Bodies answer after \
             a wait that falls with maturity, and with a default when time is up."
        }
        ReadBy::Endings => {
            "Deaths are drawn by kind of act. Beliefs that hold long enough trip triggers; endings are conditions, looked at \
             after every step."
        }
        ReadBy::Scenario => "What only the scenario's own rules, effects and conditions read.",
    }
}

fn submodels(document: &Document, page: &mut Page) {
    page.part("7. Submodels, and how well their numbers are known");
    page.text(
        "*Judgement* is judgement, *known* is general knowledge, *read* is computed from the record or read in a source. The \
         submodels and the numbers of each stand with the weakest evidence first: what to doubt first, and what to vary.",
    );
    let of = |part: ReadBy| {
        let mut read: Vec<&ParameterDoc> =
            document.parameters.iter().filter(|p| ReadBy::of(&p.name) == part).collect();
        read.sort_by_key(|p| Reverse(p.confidence));
        read
    };
    let known = |read: &[&ParameterDoc], how: Confidence| read.iter().filter(|p| p.confidence == how).count();
    let mut parts: Vec<(ReadBy, Vec<&ParameterDoc>)> =
        ReadBy::ALL.into_iter().map(|part| (part, of(part))).filter(|(_, read)| !read.is_empty()).collect();
    // By the share that is judgement, in thousandths.
    parts.sort_by_key(|(_, read)| Reverse(known(read, Confidence::Judgement) * 1000 / read.len()));
    page.table(
        ["submodel", "judgement", "known", "read"],
        parts.iter().map(|(part, read)| {
            let [judged, general, cited] = [Confidence::Judgement, Confidence::Known, Confidence::Read]
                .map(|how| known(read, how).to_string());
            [part.words().to_owned(), judged, general, cited]
        }),
    );
    for (part, read) in &parts {
        page.sub(part.words());
        page.text(computes(*part));
        page.table(COLUMNS, read.iter().map(|p| parameters::row(p)));
    }
}
