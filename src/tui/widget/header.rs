//! Two lines on every screen: who, when, how high; and what is asked and what is at stake.

use crate::session::{Asked, Hands, MAX_CONTACTS, Observation};
use crate::tui::app::App;
use crate::tui::calendar::span;
use crate::tui::text::{Words, clip, pace};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Draws the two lines.
pub fn draw(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let seen = &app.view.observation;
    let width = usize::from(area.width);
    let table = &app.view.table;
    let mut asked = match (seen.ended, table.hands) {
        (Some(_), _) => " · GAME OVER".to_owned(),
        (None, Hands::Policy) => " · A POLICY PLAYS".to_owned(),
        (None, Hands::Sealed) => " · SEALED".to_owned(),
        (None, Hands::Open) => format!(" · ASKED: {}", asked(seen.asked)),
    };
    if let (None, Some(pace)) = (seen.ended, pace(table.pace)) {
        asked += &format!(" · {pace}");
    }
    let room = width.saturating_sub(asked.chars().count());
    let head = head(app, room);
    let lines = [
        Line::from(Span::styled(clip(&head, room) + &asked, app.theme.strong)),
        Line::from(Span::styled(clip(&stake(app.words(), seen), width), app.theme.warn)),
    ];
    for (line, row) in lines.iter().zip(area.rows()) {
        frame.render_widget(line, row);
    }
}

/// The fullest of several heads that fits: with the date, without, with no name for the rung, and with its number alone.
fn head(app: &App, room: usize) -> String {
    let seen = &app.view.observation;
    let head = app.words().header(&app.view);
    let date = app.words().calendar().date(seen.minute).filter(|date| !head.contains(date));
    let date = date.map_or(String::new(), |d| format!(" · {d}"));
    let named = app.words().rung(seen.standing_rung);
    let terse = head.replacen("standing ", "", 1);
    let bare = head.replacen(&named, &seen.standing_rung.to_string(), 1);
    let least = bare.replacen("standing ", "", 1);
    let fits = |text: &String| text.chars().count() <= room;
    [format!("{head}{date}"), head, terse, format!("{bare}{date}"), bare]
        .into_iter()
        .find(fits)
        .unwrap_or(least)
}

/// What is asked, in a word.
pub fn asked(asked: Asked) -> &'static str {
    match asked {
        Asked::Nothing => "nothing",
        Asked::Contacts => "contact",
        Asked::Answers => "calls",
        Asked::Orders => "orders",
        Asked::Flash => "FLASH",
    }
}

/// What is asked, and what is at stake.
pub fn stake(words: Words<'_>, seen: &Observation) -> String {
    match seen.asked {
        Asked::Nothing if seen.ended.is_some() => "The game is over.".to_owned(),
        Asked::Nothing => "Others decide; nothing is asked of you.".to_owned(),
        Asked::Contacts => format!(
            "Up to {MAX_CONTACTS} calls or requests. At stake: what others believe, releases in time."
        ),
        Asked::Answers => {
            let calls = match seen.calls.len() {
                1 => "1 call is ringing".to_owned(),
                n => format!("{n} calls are ringing"),
            };
            format!("{calls}. At stake: silence looks like refusal or fault.")
        }
        Asked::Orders => format!("Act, word, stance. At stake: {}.", at_stake(words, seen)),
        Asked::Flash => match &seen.exchange {
            Some(fire) => format!(
                "At stake: the next shot. {} is under fire at {}, rung {}.",
                words.seat(fire.under_fire),
                words.site(fire.site),
                fire.rung
            ),
            None => "At stake: the next shot. One order now.".to_owned(),
        },
    }
}

fn at_stake(words: Words<'_>, seen: &Observation) -> String {
    let deadline = seen
        .proposals
        .iter()
        .filter(|p| p.answer.is_none() && Some(p.to) == seen.seat)
        .filter_map(|p| p.deadline.map(|d| (d, p)))
        .min_by_key(|(d, _)| *d);
    if let Some((when, proposal)) = deadline {
        let left = span(when.saturating_sub(seen.minute));
        return format!("#{} of {} lapses in {left}", proposal.number, words.seat(proposal.from));
    }
    match seen.stimuli.iter().max_by_key(|s| s.rung) {
        Some(open) => format!("unanswered, {} at rung {}", words.seat(open.by), open.rung),
        None => "your aims; nothing is unanswered".to_owned(),
    }
}
