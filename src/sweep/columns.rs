//! The dictionary: what every column of a sweep's tables is and counts.

use super::factor::{Factor, Value};
use super::gauge::{Gauge, watched};
use super::rows::{Column, Kind, LABELS, Status};
use crate::engine::{Counter, Rules};
use crate::scenario::section::EndingClass;
use crate::trace::counter_name;

/// The columns of `runs.csv`.
pub fn columns(rules: &Rules, factors: &[Factor]) -> Vec<Column> {
    let whole = |name: &str, unit: &str, about: &str| Column::new(name, Kind::Whole, unit, about);
    let word = |name: &str, about: &str| Column::new(name, Kind::Word, "name", about);
    let labels = [
        "The run; `offramp replay DIR --run N` shows it.",
        "The design point.",
        "Which run of its point.",
        "The seed of all luck.",
        "The run number that the dice know: equal numbers share luck.",
    ];
    let mut columns: Vec<Column> =
        LABELS.into_iter().zip(labels).map(|(name, about)| whole(name, "number", about)).collect();
    columns.extend(factors.iter().map(|factor| {
        let words = matches!(factor.own, Value::Word(_));
        let kind = if words { Kind::Word } else { Kind::Number };
        Column::new(&factor.name, kind, "as in the scenario", "A factor: its value at this design point.")
    }));
    let endings = &rules.scenario().document.endings;
    columns.extend([
        word(
            "status",
            "`ok`; `budget`: it did not end within as many engine steps as the experiment's `budget`; `panic`: a bug. \
             Only `ok` has measurements.",
        )
        .of_words(Status::ALL.map(Status::word)),
        word("ending", "How it ended, by the scenario's name for it.")
            .of_words(endings.iter().map(|ending| &ending.name)),
        word("class", "What kind of end that is.").of_words(EndingClass::ALL.map(EndingClass::word)),
    ]);
    columns.extend(measured(rules));
    columns
}

/// How many columns come before those of [`super::Measure::row`].
pub fn before_measured(factors: usize) -> usize {
    LABELS.len() + factors + 3
}

/// The columns of what is measured, in the order of [`super::Measure::row`].
fn measured(rules: &Rules) -> Vec<Column> {
    let document = &rules.scenario().document;
    let whole = |name: String, unit: &str, about: String| Column::new(name, Kind::Whole, unit, about);
    let fixed = |name: &str, unit: &str, about: &str| Column::new(name, Kind::Whole, unit, about);
    let mut columns = vec![
        fixed("peak", "rung", "Highest act rung."),
        fixed("peak_minute", "minutes", "When it was first reached."),
        fixed("turns", "turns", "Turns completed; the game ended in the one after."),
        fixed("minutes", "minutes", "Game time played."),
    ];
    for seat in &document.seats {
        columns.push(whole(
            format!("deaths.{}", seat.name),
            "people",
            format!("Soldiers of {} who died.", seat.name),
        ));
    }
    columns.push(fixed("deaths_civilian", "people", "Civilians who died."));
    for (s, seat) in document.seats.iter().enumerate().filter(|(_, seat)| seat.plays) {
        let mut score = |part: &str, unit: &str, about: &str| {
            columns.push(whole(
                format!("score.{}.{part}", seat.name),
                unit,
                format!("{}: {about}", seat.name),
            ));
        };
        score(
            "aims",
            "thousandths of a point",
            "points of aims without a floor; never comparable between seats.",
        );
        score("floored", "yes or no", "whether an aim with a floor was lost (1), which no points offset.");
        if !rules.bound.seats[s].allies.is_empty() {
            score("alliance", "parts per million", "how far it and its allies believe that the others come.");
        }
        score("open_ultimatums", "count", "own ultimatums that still run.");
        score("lapsed_threats", "count", "own ultimatums that lapsed.");
        score(
            "broken_accords",
            "count",
            "accords of which it is a party, in force at the start and no longer.",
        );
        score("lost_assurance", "parts per million", "what allies have lost of their belief that it comes.");
        for aim in &seat.aims {
            let about = format!("Points of this aim of {}.", seat.name);
            columns.push(whole(format!("aim.{}.{}", seat.name, aim.name), "thousandths of a point", about));
        }
    }
    for counter in Counter::ALL {
        columns.push(whole(counter_name(counter), "count", counter_about(counter).to_owned()));
    }
    columns.extend([
        fixed("outages", "count", "Times a line stopped working."),
        fixed("cuts", "count", "Times a line was cut or silenced."),
        fixed("percepts", "count", "Acts and statements that somebody perceived, knowing the author."),
        fixed(
            "misperception",
            "thousandths of a reading",
            "Mean distance between what was meant and perceived.",
        ),
    ]);
    let watched = watched(rules);
    for w in &watched {
        let hypothesis = &document.hypotheses[w.hypothesis];
        let (name, label) = (&hypothesis.name, &hypothesis.label);
        let (word, what) = match w.gauge {
            Gauge::Abandonment => ("abandonment", "Belief that the ally does not come"),
            Gauge::Entrapment => ("entrapment", "Belief that the ally acts unconsulted"),
            Gauge::Error => ("belief_error", "Belief in other dispositions than the true one"),
            Gauge::UseOrLose => continue,
        };
        for (part, when) in [("end", "at the end"), ("worst", "at its highest"), ("mean", "over all ticks")] {
            let about = format!("{what}, {when}: {label}");
            columns.push(whole(format!("{word}.{name}.{part}"), "parts per million", about));
        }
    }
    columns.push(fixed(
        "use_or_lose_peak",
        "parts per million",
        "Highest belief in an attack that presses its holder towards rung 10 or more.",
    ));
    columns
}

fn counter_about(counter: Counter) -> &'static str {
    match counter {
        Counter::Kinetic => "Kinetic acts and incidents.",
        Counter::KineticCaused => "Kinetic acts that another act caused.",
        Counter::Flashes => "Decisions that were asked for at once, in the middle of an exchange of fire.",
        Counter::CallsTried => "Calls that somebody tried over a line.",
        Counter::CallsAnswered => "Calls over a line that were answered.",
        Counter::Consultations => "Requests to bodies of an alliance or the United Nations.",
        Counter::ConsultationsGranted => "Requests to bodies that were granted.",
        Counter::ConsultationsLate => "Requests that came too late, or were never answered.",
        Counter::Defiances => "Unconsulted acts: done although an ally asked not to.",
        Counter::Incidents => "Incidents that nobody had ordered.",
        Counter::Lapses => "Ultimatums whose deadline passed without an answer that met them.",
        Counter::AccordsBroken => "Times an accord in force was broken.",
        Counter::Rounds => "Rounds of exchanges of fire.",
        Counter::PromisesBroken => "Shows of force that were promised to an ally and did not come.",
    }
}

/// The columns of `steps.csv`.
pub fn step_columns(rules: &Rules) -> Vec<Column> {
    let fixed = |name: &str, unit: &str, about: &str| Column::new(name, Kind::Whole, unit, about);
    let mut columns = vec![
        fixed("run", "number", "The run."),
        fixed("turn", "number", "The turn, from 1."),
        fixed("minute", "minutes", "Game time at its end."),
        fixed("standing", "rung", "The standing rung at its end."),
        fixed("highest", "rung", "Highest act rung in it."),
        fixed("deaths", "people", "Soldiers of all seats who have died so far."),
        fixed("civilians", "people", "Civilians who have died so far."),
        fixed("kinetic", "count", "Kinetic acts so far."),
        fixed("calls_tried", "count", "Calls over lines tried so far."),
        fixed("calls_answered", "count", "Calls over lines answered so far."),
    ];
    for track in &rules.scenario().document.tracks {
        let about = format!("Level of {} at its end.", track.name);
        columns.push(Column::new(format!("level.{}", track.name), Kind::Whole, "as in the scenario", about));
    }
    columns
}
