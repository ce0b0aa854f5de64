//! The seats: what each was, how it fared, what it believed, and how good its estimates were.

use super::{days, percent, when};
use crate::report::document::{Block, Section, Steps, Table};
use crate::trace::{BeliefCourse, Debrief, DebriefSeat, PERSON, score_words, standing_words};

/// What each seat was, and its score.
pub fn scores(debrief: &Debrief) -> Section {
    let mut section = Section::new("The seats and how they fared");
    let mut table = Table::new(["seat", "played by", "in truth", "score"]);
    for seat in &debrief.seats {
        let by = seat.played_by.split(", then ").map(|by| if by == PERSON { "a person" } else { by });
        let by = by.collect::<Vec<_>>().join(", then ");
        let score = score_words(&seat.score).join("; ");
        table.row([seat.label.clone(), by.to_owned(), seat.disposition.clone(), score]);
    }
    section.listing(table, "Nobody played.");
    for seat in &debrief.seats {
        if let Some((games, below)) = seat.standing {
            section.text(format!("{}. {}", seat.label, standing_words(&seat.score, games, below)));
        }
    }
    section
}

/// What surprised whom.
pub fn surprises(debrief: &Debrief) -> Section {
    let mut section = Section::new("Who was surprised by what");
    section.text(
        "Acts that a seat's staff gave less than 25 % when they came, and what a rival truly was, at the moment at which \
         it was given least.",
    );
    let mut table = Table::new(["seat", "when", "what was so", "it gave that"]);
    for surprise in &debrief.surprises {
        let when = format!("{}, turn {}", when(debrief, surprise.minute), surprise.turn);
        table.row([surprise.seat.clone(), when, surprise.what.clone(), percent(surprise.given)]);
    }
    section.listing(table, "Nobody was surprised: staff gave everything 25 % or more.");
    section
}

/// What each seat believed of its rivals, over time.
pub fn beliefs(debrief: &Debrief) -> Section {
    let mut section = Section::new("What each seat believed, beside what was so");
    let last = debrief.steps.last().map_or(0, |step| step.minute);
    let mut table =
        Table::new(["seat", "question", "in truth", "believed at first", "at least", "at the end"]);
    let mut lines = Vec::new();
    for DebriefSeat { label, courses, .. } in &debrief.seats {
        for BeliefCourse { question, truth, points } in courses {
            let shares = || points.iter().map(|(_, share)| *share);
            let cells = [shares().next(), shares().min(), shares().next_back()];
            let cells = cells.map(|share| share.map_or_else(String::new, percent));
            let [first, least, end] = cells;
            table.row([label.clone(), question.clone(), truth.clone(), first, least, end]);
            let line = points.iter().map(|(at, share)| (days(debrief, *at), f64::from(*share) / 10_000.0));
            lines.push((format!("{label}: {question} ({truth})"), line.collect()));
        }
    }
    if lines.len() > 1 || lines.iter().any(|(_, line): &(String, Vec<_>)| line.len() > 1) {
        section.text("How likely each seat's staff took the truth to be, in percent:");
        section.push(Block::Steps(Steps {
            about: "Beliefs in what was true, over time".to_owned(),
            time: "day".to_owned(),
            span: (days(debrief, 0), days(debrief, last)),
            marks: [0, 25, 50, 75, 100].map(|mark| (f64::from(mark), format!("{mark} %"))).to_vec(),
            lines,
        }));
    }
    section.listing(table, "No seat has a belief about what a rival is.");
    section
}

/// The participants' answers to the questions of their staff.
pub fn estimates(debrief: &Debrief) -> Section {
    let mut section = Section::new("Answers to the questions of the staff");
    let mut table = Table::new(["seat", "when", "question", "answer", "it came so", "error"]);
    // Where people play, theirs are of interest, and not those of the policies beside them.
    let person = |seat: &DebriefSeat| seat.played_by.split(", then ").any(|by| by == PERSON);
    let people = debrief.seats.iter().any(person);
    let shown = |label: &str| !people || debrief.seats.iter().any(|seat| seat.label == label && person(seat));
    for given in debrief.estimates.iter().filter(|given| shown(&given.seat)) {
        let came = match given.came {
            Some(true) => "yes",
            Some(false) => "no",
            None => "the game ended first",
        };
        table.row([
            given.seat.clone(),
            format!("{}, turn {}", when(debrief, given.minute), given.turn),
            given.question.clone(),
            percent(given.estimate),
            came.to_owned(),
            given.error.map_or_else(String::new, thousandths),
        ]);
    }
    section.listing(table, "Nobody answered a question.");
    for seat in debrief.seats.iter().filter(|seat| shown(&seat.label)) {
        if let Some(brier) = seat.brier {
            section.text(format!(
                "{}: mean error (Brier score) {}; 0 is best, 0.250 is what always saying 50 % gives.",
                seat.label,
                thousandths(brier)
            ));
        }
    }
    section
}

fn thousandths(number: u32) -> String {
    format!("{}.{:03}", number / 1000, number % 1000)
}
