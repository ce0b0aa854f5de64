//! Conditions that decide nothing, endings and injects that cannot come, actions that nobody can take.

use super::truth::{Flaw, Judge, Truth};
use super::words::{Asked, At, Decides, conditions as all_conditions, lists};
use super::world::{Barrier, World};
use crate::lint::notes::{Note, Notes};
use crate::scenario::Bound;
use crate::scenario::diagnostics::Code;
use crate::scenario::document::Document;
use crate::scenario::section::{Schedule, Step};
use crate::vocabulary::DAY;

/// Conditions that never hold, or always.
pub(super) fn conditions(bound: &Bound, world: &World, notes: &mut Notes<'_>) {
    let document = &bound.scenario.document;
    for asked in all_conditions(document) {
        if notes.covers(asked.at.section, asked.at.entry) {
            let mut judge = Judge::new(bound, world);
            let truth = judge.judge(asked.condition, &asked.at.path);
            // An act that an inject does may be kept out of everybody's hands.
            if asked.decides == Decides::Order && world.is_injected(bound, asked.at.entry) {
                continue;
            }
            tell(document, &asked, truth, judge.flaws, notes);
        }
    }
    // The rules of a step are one list: what one names, later ones read.
    let mut of_steps = Step::ALL.map(|step| (step, Judge::new(bound, world)));
    for done in lists(document) {
        let mut own = Judge::new(bound, world);
        let of_step = of_steps.iter_mut().find(|(step, _)| done.of_step == Some(*step));
        let judge = of_step.map_or(&mut own, |(_, judge)| judge);
        judge.judge_list(done.list, &done.at.path);
        let flaws = std::mem::take(&mut judge.flaws);
        if notes.covers(done.at.section, done.at.entry) {
            flaws.iter().for_each(|flaw| notes.note(&done.at.path(&flaw.path), plain(flaw)));
        }
    }
}

/// Tells of the flaws of a condition; the first by what it makes of the whole, if that can never hold.
fn tell(document: &Document, asked: &Asked<'_>, truth: Truth, flaws: Vec<Flaw>, notes: &mut Notes<'_>) {
    let entry = asked.at.entry;
    let means = match asked.decides {
        _ if truth != Truth::Never => None,
        Decides::Ending => {
            let name = &document.endings[entry].name;
            Some((Code::EndingUnreachable, format!("the ending `{name}` can never come")))
        }
        Decides::Inject => {
            let name = &document.injects[entry].name;
            Some((Code::InjectUnreachable, format!("the inject `{name}` can never fire")))
        }
        Decides::Order => {
            let name = &document.actions[entry].name;
            Some((Code::NobodyActs, format!("nobody can ever order `{name}`")))
        }
        Decides::Other => None,
    };
    let mut flaws = flaws.into_iter();
    if let Some((code, what)) = means {
        let (path, why) = match flaws.next() {
            Some(flaw) => (flaw.path, flaw.why),
            None => (asked.at.path.clone(), "nothing meets its condition".to_owned()),
        };
        notes.note(&asked.at.path(path), Note::new(code, format!("{what}: {why}")));
    }
    flaws.for_each(|flaw| notes.note(&asked.at.path(&flaw.path), plain(&flaw)));
}

fn plain(flaw: &Flaw) -> Note {
    let (code, what) = match flaw.truth {
        Truth::Always => (Code::AlwaysHolds, "this always holds"),
        _ => (Code::NeverHolds, "this can never hold"),
    };
    Note::new(code, format!("{what}: {}", flaw.why))
}

/// Endings that hold only where an earlier one does, which comes instead.
pub(super) fn shadowed_endings(bound: &Bound, world: &World, notes: &mut Notes<'_>) {
    let endings = &bound.scenario.document.endings;
    for (e, ending) in endings.iter().enumerate() {
        let mut judge = Judge::new(bound, world);
        if judge.verdict(&ending.when) == Truth::Never {
            continue;
        }
        if let Some(first) = endings[..e].iter().find(|first| judge.follows(&first.when, &ending.when)) {
            let message = format!(
                "the ending `{}` can never come: `{}` stands before it and holds wherever it does",
                ending.name, first.name
            );
            let expected = "the narrower of the two first, or a condition that excludes the other";
            notes.note(
                &At::new("endings", e, "when"),
                Note::new(Code::EndingUnreachable, message).expected(expected),
            );
        }
    }
}

/// Injects of a time at which every game is over.
pub(super) fn late_injects(bound: &Bound, world: &World, notes: &mut Notes<'_>) {
    let document = &bound.scenario.document;
    let Some((last, ending)) = world.last else { return };
    for (i, inject) in document.injects.iter().enumerate() {
        let (path, time) = match &inject.when {
            Schedule::At(time) => ("when.At", time.minutes()),
            Schedule::Once(time, _) => ("when.Once.0", time.minutes()),
            Schedule::OnCall => continue,
        };
        if notes.covers("injects", i) && time > last {
            let over = &document.endings[ending].name;
            let message = format!(
                "the inject `{}` can never fire: `{over}` ends every game after {} days",
                inject.name,
                last / DAY
            );
            notes.note(&At::new("injects", i, path), Note::new(Code::InjectUnreachable, message));
        }
    }
}

/// Actions that no seat can ever take.
pub(super) fn actions(bound: &Bound, world: &World, notes: &mut Notes<'_>) {
    let document = &bound.scenario.document;
    for (a, action) in document.actions.iter().enumerate() {
        let Some(barrier) = world.barrier(bound, a).filter(|_| notes.covers("actions", a)) else { continue };
        let (path, why) = match barrier {
            // What is not offered on purpose, and what `needs` rules out, is told elsewhere or not at all.
            Barrier::NotOffered | Barrier::Needs => continue,
            // The act of an inject may be nobody's order.
            Barrier::Nobody | Barrier::Actors if world.is_injected(bound, a) => continue,
            Barrier::Nobody => ("seats".to_owned(), "it names no seat".to_owned()),
            Barrier::Actors => ("seats".to_owned(), "all its seats act by rules alone".to_owned()),
            Barrier::Body(position) => {
                let why = "the body that has to release it does not have it among its `grants`";
                (format!("release.{position}"), why.to_owned())
            }
            Barrier::Price(price) => {
                ("name".to_owned(), format!("it costs {price}, more than any of its seats can have"))
            }
        };
        let message = format!("nobody can ever order `{}`: {why}", action.name);
        notes.note(&At::new("actions", a, path), Note::new(Code::NobodyActs, message));
    }
}
