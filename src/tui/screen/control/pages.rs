//! The pages of control's desk as rows, and the details of a row.

use super::Page;
use crate::session::{
    Asked, Attendance, ControlBoard, Hands, InjectStatus, Occupant, Said, SeatRow, Speaker,
};
use crate::tui::screen::situation;
use crate::tui::text::{Words, accord_status, pace, politics, safe};
use crate::tui::theme::Theme;
use crate::tui::widget::list::Row;
use crate::tui::widget::page::Page as Paper;
use crate::vocabulary::{ActionId, SeatId};
use ratatui::text::Line;

/// What a row stands for: its position in a list of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A track.
    Track(usize),
    /// A channel.
    Channel(usize),
    /// An accord.
    Accord(usize),
    /// An act that is due: whose, and which. Such rows come and go while somebody writes.
    Due(SeatId, ActionId),
    /// A continuing act: whose, and which.
    Continuing(SeatId, ActionId),
    /// An inject.
    Inject(usize),
    /// A seat.
    Seat(usize),
    /// Something said.
    Said(usize),
    /// Something that happened.
    Step(usize),
    /// A turn.
    Turn(usize),
}

/// The two lines at the top.
pub fn head(board: &ControlBoard) -> [String; 2] {
    let clock =
        pace(board.pace).filter(|_| !board.over).map_or_else(String::new, |pace| format!(" · {pace}"));
    let branch = if board.branch == 0 { String::new() } else { format!(" · branch {}", board.branch) };
    let waits = if board.over { "the game is over".to_owned() } else { format!("asked: {}", board.phase) };
    [
        format!("CONTROL · {} · turn {} · {waits}{clock}", board.moment, board.turn),
        format!("Standing rung {}, highest act {}{branch} · {}", board.standing.1, board.peak, board.title),
    ]
}

/// What to do on a page.
pub fn hint(page: Page) -> &'static str {
    match page {
        Page::Board => "Enter changes what the cursor is on, with a reason; every act is logged.",
        Page::Injects => "f fires (it asks first), h holds or releases, x skips, e rewords; Enter reads it.",
        Page::Seats => "Enter shows what the seat sees beside the truth; o hands it to somebody else.",
        Page::Talk => "m says something to seats; all talk is here, what did not get through as well.",
        Page::Story => "The truth. n pins a note to the line; Enter shows rolls and what seats saw.",
        Page::Turns => "Enter goes back to the start of a turn; what came after stays in the record.",
    }
}

/// The rows that the cursor can stand on.
pub fn rows(page: Page, board: &ControlBoard) -> Vec<(String, Target)> {
    match page {
        Page::Board => board_rows(board),
        Page::Injects => injects(board),
        Page::Seats => {
            board.seats.iter().enumerate().map(|(at, row)| (seat(row), Target::Seat(at))).collect()
        }
        Page::Talk => {
            board.talk.iter().enumerate().map(|(at, row)| (said(board, row), Target::Said(at))).collect()
        }
        Page::Story => story(board),
        Page::Turns => turns(board),
    }
}

/// The rows with their headings.
pub fn with_headings(page: Page, board: &ControlBoard, theme: Theme) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut above = "";
    for (text, target) in self::rows(page, board) {
        let heading = match target {
            Target::Track(_) => "Tracks",
            Target::Channel(_) => "Channels",
            Target::Accord(_) => "Accords",
            Target::Due(..) => "Acts that are due",
            Target::Continuing(..) => "Acts that go on",
            _ => "",
        };
        if heading != above {
            rows.push(Row::Heading(heading.to_owned()));
            above = heading;
        }
        rows.push(Row::Choice(safe(&text), theme.plain));
    }
    if rows.is_empty() {
        let nothing = match page {
            Page::Talk => "Nothing has been said yet.",
            Page::Turns => "No turn has opened yet.",
            _ => "Nothing yet.",
        };
        rows.push(Row::Heading(nothing.to_owned()));
    }
    rows
}

fn board_rows(board: &ControlBoard) -> Vec<(String, Target)> {
    let mut rows = Vec::new();
    for (at, track) in board.tracks.iter().enumerate() {
        rows.push((format!("{} {} of {}", track.label, track.level, track.range.1), Target::Track(at)));
    }
    for (at, channel) in board.channels.iter().enumerate() {
        let fault = if channel.working { "" } else { ", out of order" };
        rows.push((format!("{}: {}{fault}", channel.label, politics(channel.politics)), Target::Channel(at)));
    }
    for (at, (_, label, status)) in board.accords.iter().enumerate() {
        rows.push((format!("{label}: {}", accord_status(*status)), Target::Accord(at)));
    }
    for due in &board.scheduled {
        rows.push((due.words.clone(), Target::Due(due.seat, due.action)));
    }
    for (seat, action, words) in &board.continuing {
        rows.push((words.clone(), Target::Continuing(*seat, *action)));
    }
    rows
}

fn injects(board: &ControlBoard) -> Vec<(String, Target)> {
    let word = |status| match status {
        InjectStatus::Pending => "pending",
        InjectStatus::Held => "HELD   ",
        InjectStatus::Fired => "fired  ",
        InjectStatus::Skipped => "skipped",
    };
    let rows = board.injects.iter().enumerate();
    rows.map(|(at, row)| {
        let when = row.fired.as_ref().unwrap_or(&row.when);
        (format!("{}  {}  ({when})", word(row.status), row.label), Target::Inject(at))
    })
    .collect()
}

fn seat(row: &SeatRow) -> String {
    let named = row.people.iter().filter(|desk| !desk.person.name.is_empty());
    let people: Vec<String> = named
        .map(|Attendance { person, here }| {
            let away = if *here { "" } else { ", away" };
            format!("{} ({}{away})", person.name, person.role.word())
        })
        .collect();
    let people = if people.is_empty() { String::new() } else { format!("; {}", people.join(", ")) };
    let nobody = row.by == Occupant::Person && !row.people.iter().any(|desk| desk.here);
    let absent = if nobody { "ABSENT, " } else { "" };
    let by = match &row.by {
        Occupant::Person => "person".to_owned(),
        Occupant::Policy(name) => format!("policy {name}"),
    };
    format!("{}: {by}, {absent}{}{people}", row.label, decides(row))
}

/// Whether a seat has decided.
fn decides(row: &SeatRow) -> &'static str {
    match (row.view.table.hands, row.view.observation.asked) {
        (Hands::Policy, _) => "decides by itself",
        (Hands::Sealed, _) => "has sealed",
        (Hands::Open, Asked::Nothing) => "is asked nothing",
        (Hands::Open, Asked::Contacts) => "HAS TO DECIDE on calls",
        (Hands::Open, Asked::Answers) => "HAS TO ANSWER calls",
        (Hands::Open, Asked::Orders) => "HAS TO DECIDE on orders",
        (Hands::Open, Asked::Flash) => "HAS TO DECIDE under fire",
    }
}

/// A seat's label.
pub fn seat_label(board: &ControlBoard, seat: SeatId) -> String {
    board
        .seats
        .iter()
        .find(|row| row.seat == seat)
        .map_or_else(|| "a seat".to_owned(), |row| row.label.clone())
}

fn speaker(board: &ControlBoard, speaker: Speaker) -> String {
    match speaker {
        Speaker::Control => "control".to_owned(),
        Speaker::Seat(seat) => seat_label(board, seat),
    }
}

fn said(board: &ControlBoard, said: &Said) -> String {
    let to: Vec<String> = said.to.iter().map(|to| speaker(board, *to)).collect();
    let by = if said.by.is_empty() { String::new() } else { format!(" ({})", said.by) };
    let over = said.over.and_then(|id| board.channels.iter().find(|row| row.channel == id));
    let over = over.map_or_else(String::new, |row| format!(", {}", row.label));
    let lost = if said.delivered { "" } else { " [did not get through]" };
    format!(
        "t{} {}{by} to {}{over}{lost}: {}",
        said.turn + 1,
        speaker(board, said.from),
        to.join(", "),
        said.text
    )
}

fn story(board: &ControlBoard) -> Vec<(String, Target)> {
    let rows = board.story.iter().enumerate();
    rows.map(|(at, (line, step))| {
        let noted = board.notes.iter().any(|note| note.at == Some(*line));
        let sign = if noted { "*" } else { " " };
        (format!("{sign}t{} r{} {}", step.turn, step.rung, step.truth), Target::Step(at))
    })
    .collect()
}

fn turns(board: &ControlBoard) -> Vec<(String, Target)> {
    let rows = board.turns.iter().enumerate();
    rows.map(|(at, row)| {
        let left = if row.led_here { "" } else { ", which was left" };
        (format!("turn {}, {}, branch {}{left}", row.turn, row.moment, row.branch), Target::Turn(at))
    })
    .collect()
}

/// Every seat in two lines.
pub fn seats_at_a_glance(board: &ControlBoard, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut paper = Paper::new(theme, width);
    paper.heading("Seats");
    for row in &board.seats {
        paper.entry("-", &seat(row));
        if !row.disposition.is_empty() {
            paper.entry(" ", &format!("in truth: {}", row.disposition));
        }
    }
    if let Some(exchange) = &board.exchange {
        paper.heading("Under fire");
        paper.text(exchange);
    }
    paper.heading("Last notes");
    let notes = board.notes.iter().rev().take(6).map(|note| format!("{}: {}", note.moment, note.text));
    paper.entries(notes, "None yet; n writes one.");
    paper.lines()
}

/// When an inject comes that has a time.
const STEPS: &str = "It comes with the first step of play that begins then or later.";

/// All about a row.
pub fn details(board: &ControlBoard, target: Target, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut paper = Paper::new(theme, width);
    match target {
        Target::Inject(at) => {
            if let Some(row) = board.injects.get(at) {
                paper.heading(&row.label);
                paper.text(&match &row.fired {
                    Some(fired) => format!("Fired {fired}; its own time: {}.", row.when),
                    None => format!("Its time: {}. {STEPS}", row.when),
                });
                paper.text(&format!("Read by: {}.", row.read_by));
                paper.gap();
                paper.text(&row.text);
                paper.heading("What it does");
                paper.entries(row.does.iter().map(|does| safe(does)), "Nothing but what is read.");
            }
        }
        Target::Said(at) => {
            if let Some(row) = board.talk.get(at) {
                paper.text(&safe(&said(board, row)));
            }
        }
        Target::Step(at) => {
            if let Some((line, step)) = board.story.get(at) {
                paper.heading(&safe(&step.truth));
                paper.hint(&format!(
                    "turn {}, standing rung {}, line {line} of the record",
                    step.turn, step.rung
                ));
                paper.entries(
                    step.rolls.iter().map(|roll| format!("roll: {}", safe(roll))),
                    "No roll behind it.",
                );
                paper.heading("What seats saw");
                let seen = step.seen.iter().map(|(seat, seen)| format!("{seat} saw {}", safe(seen)));
                paper.entries(seen, "Nothing, or only what stands in their news.");
                paper.heading("Notes");
                let notes = board.notes.iter().filter(|note| note.at == Some(*line));
                paper.entries(notes.map(|note| note.text.clone()), "None; n writes one.");
            }
        }
        Target::Seat(at) => {
            if let Some(row) = board.seats.get(at) {
                seat_details(board, row, &mut paper);
            }
        }
        _ => {}
    }
    paper.lines()
}

/// What a seat sees, beside the truth of the same.
fn seat_details(board: &ControlBoard, row: &SeatRow, paper: &mut Paper) {
    paper.heading(&format!("{}, in truth {}", row.label, row.disposition));
    paper.text(&seat(row));
    for Attendance { person, .. } in row.people.iter().filter(|desk| !desk.person.aim.is_empty()) {
        paper.entry("-", &format!("{} wants: {}", safe(&person.name), safe(&person.aim)));
    }
    paper.heading("Tracks in truth");
    paper.entries(board.tracks.iter().map(|track| format!("{} {}", track.label, track.level)), "None.");
    for section in situation::sections(&row.view) {
        for (heading, entries, otherwise) in section {
            paper.heading(&format!("{} sees: {heading}", row.label));
            paper.entries(entries, otherwise);
        }
    }
    paper.heading(&format!("Last news to {}", row.label));
    let words = Words::of(&row.view);
    let news = row.view.log.iter().rev().take(12);
    paper.entries(news.map(|news| words.news(news)), "None yet.");
}
