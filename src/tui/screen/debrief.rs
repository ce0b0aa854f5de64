//! After the end: the truth beside what each seat perceived.

use crate::report::{Block, Section, Table, debrief};
use crate::session::{Inquired, SeatView};
use crate::trace::{DebriefSeat, DebriefStep, StepFrom, player_words, score_words, standing_words};
use crate::tui::app::App;
use crate::tui::screen::start::DISCLAIMER;
use crate::tui::text::{Words, points, prose, safe};
use crate::tui::theme::Theme;
use crate::tui::widget::page::Page;

/// The page of a view that holds the debrief.
pub fn page(view: &SeatView, theme: Theme, width: usize) -> Page {
    let mut page = Page::new(theme, width);
    for (heading, texts) in sections(view) {
        page.heading(&heading);
        for text in texts {
            page.item(&text);
        }
    }
    page
}

/// The line at which the but-for table begins; the first if there is none.
pub fn but_for_at(app: &App) -> usize {
    let page = page(&app.view, app.theme, app.size.0.into());
    let table = page.headings().iter().find(|(_, heading)| heading == debrief::BUT_FOR);
    table.map_or(0, |(at, _)| *at)
}

/// The debrief as headings and paragraphs, for the screen and the line mode.
pub fn sections(view: &SeatView) -> Vec<(String, Vec<String>)> {
    let words = Words::of(view);
    let Some(debrief) = &view.debrief else {
        return vec![("Debrief".to_owned(), vec!["The debrief comes after the end.".to_owned()])];
    };
    let mut end = vec![safe(&debrief.ending.0)];
    end.extend(prose(&debrief.ending.1));
    end.push(format!(
        "Course: {}. Highest rung of an act: {}.",
        safe(&debrief.class),
        words.rung(debrief.peak)
    ));
    end.push(format!("To play it again: {}.", safe(&debrief.seed)));
    end.push(format!("This is {DISCLAIMER}."));
    end.extend(inquired(view.inquired));
    let mut sections = vec![(format!("Debrief: {}", safe(&debrief.title)), end)];
    // Readers look for themselves first.
    let own = view.briefing.seat.map(|seat| words.seat(seat));
    let (first, others): (Vec<_>, Vec<_>) = debrief.seats.iter().partition(|s| Some(safe(&s.label)) == own);
    sections.extend(first.into_iter().chain(others).map(|s| (safe(&s.label), seat(s))));
    sections.extend(debrief::beside_the_course(debrief).iter().map(told));
    sections.push(("Step by step: the truth, and what each seat saw".to_owned(), Vec::new()));
    sections.extend(debrief.steps.iter().map(|s| step(words, s)));
    sections
}

fn seat(seat: &DebriefSeat) -> Vec<String> {
    let DebriefSeat { label: _, played_by, disposition, aims, score, standing, beliefs, courses: _, brier } =
        seat;
    let by: Vec<String> = played_by.split(", then ").map(player_words).map(|by| safe(&by)).collect();
    let by = by.join(", then ");
    let mut texts = vec![format!("Played by {by}. It truly was: {}.", safe(disposition))];
    let all: i64 = aims.iter().map(|(_, p)| i64::from(*p)).sum();
    let each: Vec<String> = aims.iter().map(|(name, p)| format!("{} {}", safe(name), points(*p))).collect();
    if !each.is_empty() {
        let floor = if all == i64::from(score.aims) { "" } else { ", floors apart" };
        texts.push(format!("Aims: {} (together {}{floor}).", each.join(", "), points(score.aims)));
    }
    // The aims are told above one by one.
    texts.extend(
        score_words(score).into_iter().skip(usize::from(!score.floored)).map(|part| format!("- {part}")),
    );
    texts.extend(standing.map(|(games, below)| standing_words(score, games, below)));
    let (settled, open): (Vec<_>, Vec<_>) = beliefs.iter().partition(|(_, _, truth)| !truth.is_empty());
    texts.extend(settled.into_iter().map(|(question, held, truth)| {
        let mark = if question.ends_with('?') { "" } else { ":" };
        format!("- {}{mark} In truth {}; it believed that at {held} %.", safe(question), safe(truth))
    }));
    if !open.is_empty() {
        let open: Vec<String> =
            open.into_iter().map(|(question, held, _)| format!("{} {held} %", safe(question))).collect();
        texts.push(format!("- Its last estimates of what cannot be known for sure: {}.", open.join("; ")));
    }
    if let Some(brier) = brier {
        texts.push(format!(
            "Error of its estimates (Brier score): {}.{:03}; 0 is best, 0.250 a coin toss.",
            brier / 1000,
            brier % 1000
        ));
    }
    texts
}

/// What can be asked for, or how far it has come.
fn inquired(so_far: Inquired) -> Option<String> {
    match so_far {
        Inquired::NotYet => Some(
            "b works out what the model says would have come but for this or that; it takes a while."
                .to_owned(),
        ),
        Inquired::Working(done, of) => {
            Some(format!("But for this: {done} of {of} games are played; b gives it up."))
        }
        Inquired::Found => None,
    }
}

/// A section of the document as a heading and paragraphs. Charts are left to the document.
fn told(section: &Section) -> (String, Vec<String>) {
    let shown = |block: &Block| {
        matches!(block, Block::Text(_) | Block::Table(_) | Block::Listing(_) | Block::Bars(_))
    };
    let blocks = section.blocks.iter().enumerate();
    let texts = blocks.flat_map(|(at, block)| match block {
        // What announces a chart is left to the document with it.
        Block::Text(text) if text.ends_with(':') && section.blocks.get(at + 1).is_some_and(|b| !shown(b)) => {
            Vec::new()
        }
        Block::Text(text) => prose(text),
        Block::Table(table) | Block::Listing(table) => rows(table),
        Block::Bars(bars) => {
            bars.iter().map(|bar| format!("- {}: {:.1} %", safe(&bar.label), bar.estimate.value)).collect()
        }
        _ => Vec::new(),
    });
    (safe(&section.heading), texts.collect())
}

/// A paragraph for each row of a table: its first cell, then the others by the names of their columns.
fn rows(table: &Table) -> Vec<String> {
    let row = |row: &Vec<String>| {
        let (first, rest) = row.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        let rest = rest.iter().zip(table.head.iter().skip(1)).filter(|(cell, _)| !cell.is_empty());
        let rest: Vec<String> = rest.map(|(cell, head)| format!("{}: {}", safe(head), safe(cell))).collect();
        format!("- {}. {}", safe(first), rest.join("; "))
    };
    table.rows.iter().map(row).collect()
}

fn step(words: Words<'_>, step: &DebriefStep) -> (String, Vec<String>) {
    let DebriefStep { minute, turn, rung, truth, rolls, seen, from } = step;
    let heading = format!("{} · turn {turn} · standing rung {rung}", words.moment(*minute));
    let (what, of) = if *from == StepFrom::Game { ("truth: ", "roll: ") } else { ("", "") };
    let mut texts = vec![format!("  {what}{}", safe(truth))];
    texts.extend(rolls.iter().map(|r| format!("  {of}{}", safe(r))));
    texts.extend(seen.iter().map(|(who, what)| format!("  {} saw: {}", safe(who), safe(what))));
    if step.unseen() {
        texts.push("  nobody saw it".to_owned());
    }
    (heading, texts)
}
