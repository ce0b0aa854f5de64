//! One game after its end: what happened beside what was perceived, what would have come but for it, and where it lies
//! among others.

mod among;
mod but_for;
mod clock;
mod seats;
mod story;

pub use but_for::{BUT_FOR, but_for, difference, what_if};

use super::document::{Document, Section};
use crate::trace::{Debrief, moment};
use crate::vocabulary::{DAY, Minute, Ppm};

/// The whole debrief as a document.
pub fn document(debrief: &Debrief) -> Document {
    let mut sections = vec![what_was_played(debrief), story::course(debrief)];
    sections.push(seats::scores(debrief));
    sections.extend(beside_the_course(debrief));
    sections.push(story::timeline(debrief));
    sections.push(before_you_quote());
    Document { title: format!("Debrief: {}", debrief.title), sections }
}

/// All but the course, the scores and the steps: what the crisis was about, where the game lies among others, what would have come but for what,
/// surprises, beliefs, and what was late.
pub fn beside_the_course(debrief: &Debrief) -> Vec<Section> {
    let mut sections: Vec<Section> = story::levels(debrief).into_iter().collect();
    sections.extend(debrief.among.iter().map(|among| among::among(debrief, among)));
    sections.extend(debrief.but_for.iter().map(|table| but_for(table, debrief)));
    sections.push(seats::surprises(debrief));
    sections.push(seats::beliefs(debrief));
    sections.push(clock::calls(debrief));
    sections.push(clock::consultations(debrief));
    sections.push(seats::estimates(debrief));
    sections.extend(story::questions(debrief));
    sections.extend(story::table(debrief));
    sections
}

fn what_was_played(debrief: &Debrief) -> Section {
    let mut section = Section::new("How it ended");
    let (label, text) = &debrief.ending;
    section.text(label);
    if !text.is_empty() {
        section.text(text);
    }
    let peak = debrief.ladder.iter().find(|(rung, _)| *rung == debrief.peak);
    let peak = peak.map_or_else(String::new, |(_, label)| format!(" ({label})"));
    section.text(format!("Course: {}. Highest rung of an act: {}{peak}.", debrief.class, debrief.peak));
    section.text(format!("To play it again: {}.", debrief.seed));
    section
}

fn before_you_quote() -> Section {
    let mut section = Section::new("Before you quote a figure");
    section.text(
        "This is a teaching and analysis aid, not a forecast. The chances here are properties of a model of a crisis: they \
         say what follows from its assumptions and from the policies that play on, not what would have happened in \
         history. Their intervals say how far luck moves them, and do not hold the doubt about the model's numbers. Above \
         rung 9 all of these are judgement.",
    );
    section
}

/// A time as people read it.
fn when(debrief: &Debrief, minute: Minute) -> String {
    moment(debrief.first, minute)
}

/// A time in days, for charts; the first day begins at 1.
fn days(debrief: &Debrief, minute: Minute) -> f64 {
    1.0 + f64::from(minute + debrief.first) / f64::from(DAY)
}

/// How long something took, in the largest units that tell it.
fn span(minutes: Minute) -> String {
    match minutes {
        ..60 => format!("{minutes} min"),
        60..DAY => format!("{} h {:02} min", minutes / 60, minutes % 60),
        _ => format!("{} d {} h", minutes / DAY, minutes % DAY / 60),
    }
}

/// A share as whole percent.
fn percent(share: Ppm) -> String {
    crate::trace::percent(share)
}
