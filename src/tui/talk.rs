//! Talk of a seat: the form for something to say, and what was said as lines.

use super::app::{App, Command};
use super::entry::{Entry, Field};
use super::text::{Words, safe};
use super::widget::page::Page;
use crate::session::{Said, SeatView, Speaker};
use crate::vocabulary::{ChannelId, Id, SeatId};

/// The form.
pub fn entry(view: &SeatView) -> Entry {
    let words = Words::of(view);
    let to = receivers(view).into_iter().map(|to| to_words(words, &to)).collect();
    let mut over = vec!["at the table".to_owned()];
    over.extend(channels(view).map(|channel| words.channel(channel)));
    Entry::new(
        "Say something",
        vec![Field::choice("To", to, 0), Field::choice("Over", over, 0), Field::text("Text")],
    )
}

/// What the form says.
///
/// # Errors
/// In words, if it says nothing.
pub fn build(view: &SeatView, entry: &Entry) -> Result<Command, String> {
    let to = receivers(view).into_iter().nth(entry.chosen(0)).unwrap_or_default();
    let over = entry.chosen(1).checked_sub(1).and_then(|at| channels(view).nth(at));
    say(view, to, over, entry.text(2))
}

/// The command that says something.
///
/// # Errors
/// In words, if it says nothing, to nobody, or a channel does not connect those who are to hear it.
pub fn say(
    view: &SeatView,
    to: Vec<Speaker>,
    over: Option<ChannelId>,
    text: &str,
) -> Result<Command, String> {
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err("there is nothing to say".to_owned());
    }
    let own = view.briefing.seat.map(Speaker::Seat);
    let within = own.is_some_and(|own| to[..] == [own]) && over.is_none();
    if to.is_empty() || !within && own.is_some_and(|own| to.contains(&own)) {
        return Err("say it to other seats, to control, or to your own seat alone".to_owned());
    }
    if let Some(channel) = over {
        let members = &view.briefing.channels[channel.index()].members;
        let connects = |to: &Speaker| matches!(to, Speaker::Seat(seat) if members.contains(seat));
        let own = view.briefing.seat.is_some_and(|own| members.contains(&own));
        if !own || !to.iter().all(connects) {
            return Err("that channel does not connect you with all of them".to_owned());
        }
    }
    Ok(Command::Say { to, over, text })
}

/// The channels of the seat.
fn channels(view: &SeatView) -> impl Iterator<Item = ChannelId> + '_ {
    let own = view.briefing.seat;
    let all = view.briefing.channels.iter().enumerate();
    all.filter(move |(_, channel)| own.is_some_and(|own| channel.members.contains(&own)))
        .map(|(at, _)| ChannelId::new(at))
}

/// Every other seat that plays.
pub fn others(view: &SeatView) -> impl Iterator<Item = Speaker> + '_ {
    let seats = view.briefing.seats.iter().enumerate();
    let others = seats.filter(|(at, seat)| seat.plays && view.briefing.seat != Some(SeatId::new(*at)));
    others.map(|(at, _)| Speaker::Seat(SeatId::new(at)))
}

/// Each other seat alone, all of them, control, and those who share the own seat.
fn receivers(view: &SeatView) -> Vec<Vec<Speaker>> {
    let others: Vec<Speaker> = others(view).collect();
    let mut all: Vec<Vec<Speaker>> = others.iter().map(|one| vec![*one]).collect();
    if others.len() > 1 {
        all.push(others);
    }
    all.push(vec![Speaker::Control]);
    all.extend(view.briefing.seat.map(|own| vec![Speaker::Seat(own)]));
    all
}

fn to_words(words: Words<'_>, to: &[Speaker]) -> String {
    to.iter().map(|to| speaker(words, *to)).collect::<Vec<_>>().join(", ")
}

fn speaker(words: Words<'_>, speaker: Speaker) -> String {
    match speaker {
        Speaker::Control => "control".to_owned(),
        Speaker::Seat(seat) => words.seat(seat),
    }
}

/// What was said and heard.
pub fn page(app: &App, width: usize) -> Page {
    let words = app.words();
    let mut page = Page::new(app.theme, width);
    page.heading("Talk");
    page.entries(
        app.view.table.talk.iter().map(|said| line(words, said)),
        "Nobody has spoken; m says something.",
    );
    page
}

/// Something that was said, as a line.
pub fn line(words: Words<'_>, said: &Said) -> String {
    let by = if said.by.is_empty() { String::new() } else { format!(" ({})", safe(&said.by)) };
    let over = said.over.map_or_else(String::new, |channel| format!(" over {}", words.channel(channel)));
    let lost = if said.delivered { "" } else { " [it did not get through]" };
    format!(
        "{} {}{by} to {}{over}{lost}: {}",
        words.moment(said.minute),
        speaker(words, said.from),
        to_words(words, &said.to),
        safe(&said.text)
    )
}
