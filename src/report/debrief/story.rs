//! The course on the ladder, and the timeline: the truth, and what each seat saw of it.

use super::{days, when};
use crate::report::document::{Block, Entry, Section, Steps, Table};
use crate::trace::{Debrief, DebriefStep, StepFrom};

/// The standing rung over time.
pub fn course(debrief: &Debrief) -> Section {
    let mut section = Section::new("The course on the ladder");
    let line =
        debrief.path.iter().map(|(minute, rung)| (days(debrief, *minute), f64::from(rung.0))).collect();
    let last = debrief.steps.last().map(|step| step.minute).max(debrief.path.last().map(|at| at.0));
    section.push(Block::Steps(Steps {
        about: "The standing rung over time".to_owned(),
        time: "day".to_owned(),
        span: (days(debrief, 0), days(debrief, last.unwrap_or(0))),
        marks: debrief
            .ladder
            .iter()
            .map(|(rung, label)| (f64::from(rung.0), format!("{rung} {label}")))
            .collect(),
        lines: vec![("standing rung".to_owned(), line)],
    }));
    section
}

/// Where the levels began and ended that the crisis is about; nothing if it names none.
pub fn levels(debrief: &Debrief) -> Option<Section> {
    let mut section = Section::new("What it was about");
    let mut table = Table::new(["level", "at the start", "at the end", "moved most in"]);
    for course in &debrief.levels {
        let unit = if course.unit.is_empty() { String::new() } else { format!(" ({})", course.unit) };
        let moves = course.moves.iter().map(|m| format!("turn {}: {} to {}", m.turn, m.from, m.to));
        let moves: Vec<String> = moves.collect();
        table.row([
            format!("{}{unit}", course.level),
            course.start.to_string(),
            course.end.to_string(),
            if moves.is_empty() { "-".to_owned() } else { moves.join("; ") },
        ]);
    }
    let any = !table.rows.is_empty();
    section.table(table);
    any.then_some(section)
}

/// What the scenario asks the participants; nothing if it asks nothing.
pub fn questions(debrief: &Debrief) -> Option<Section> {
    let mut section = Section::new("Questions for everybody");
    for (number, question) in debrief.questions.iter().enumerate() {
        section.text(format!("{}. {question}", number + 1));
    }
    section.text(
        "Answer with `m`, also now: what is said after the end is kept with the game and stands below.",
    );
    (!debrief.questions.is_empty()).then_some(section)
}

/// What control did, and what was said and noted at the table; nothing if nobody did.
pub fn table(debrief: &Debrief) -> Option<Section> {
    let mut section = Section::new("Control and the table: rulings, notes, talk");
    let mut table = Table::new(["when", "what", "why"]);
    for step in debrief.steps.iter().filter(|step| step.from != StepFrom::Game) {
        let when = format!("{}, turn {}", when(debrief, step.minute), step.turn);
        table.row([when, step.truth.clone(), step.rolls.join("; ")]);
    }
    let any = !table.rows.is_empty();
    section.listing(table, "");
    any.then_some(section)
}

/// Everything that happened.
pub fn timeline(debrief: &Debrief) -> Section {
    let mut section = Section::new("Step by step: the truth, and what each seat saw");
    section.push(Block::Story(debrief.steps.iter().map(|step| entry(debrief, step)).collect()));
    section
}

fn entry(debrief: &Debrief, step: &DebriefStep) -> Entry {
    let DebriefStep { minute, turn, rung, truth, rolls, seen, from } = step;
    let of = if *from == StepFrom::Game { "roll: " } else { "" };
    let mut lines: Vec<String> = rolls.iter().map(|roll| format!("{of}{roll}")).collect();
    lines.extend(seen.iter().map(|(seat, seen)| format!("{seat} saw {seen}")));
    if step.unseen() {
        lines.push("nobody saw it".to_owned());
    }
    Entry {
        head: format!("{}, turn {turn}, standing rung {rung}", when(debrief, *minute)),
        title: truth.clone(),
        lines,
    }
}
