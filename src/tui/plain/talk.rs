//! Talk in line mode: what is said, and what was heard.

use super::super::talk;
use super::grammar;
use crate::session::{SeatView, Speaker};
use crate::tui::app::Command;

/// Reads `SEAT,SEAT [over CHANNEL]: TEXT`, where `all` stands for every other seat and `control` for control.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(line: &str, view: &SeatView) -> Result<Command, String> {
    let (to, text) = line.split_once(':').ok_or("write a colon between whom you tell and what")?;
    let (to, over) = match to.split_once(" over ") {
        Some((to, channel)) => (to, Some(grammar::channel(channel.trim(), view)?)),
        None => (to, None),
    };
    let mut speakers = Vec::new();
    for name in to.split([',', ' ']).filter(|name| !name.is_empty()) {
        match name {
            "control" => speakers.push(Speaker::Control),
            "all" => speakers.extend(talk::others(view)),
            name => speakers.push(Speaker::Seat(grammar::seat(name, view)?)),
        }
    }
    speakers.sort_unstable();
    speakers.dedup();
    talk::say(view, speakers, over, text)
}

/// What was said and heard, from the message at `from` on.
pub fn lines(view: &SeatView, from: usize) -> Vec<String> {
    let said = view.table.talk.iter().skip(from);
    said.map(|said| format!("Said: {}", talk::line(super::Words::of(view), said))).collect()
}
