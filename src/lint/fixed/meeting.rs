//! Who can meet whom: channels and bodies with too few who play, and ladders that cannot be climbed step by step.

use super::words::At;
use crate::lint::notes::{Note, Notes};
use crate::scenario::Bound;
use crate::scenario::diagnostics::Code;
use crate::vocabulary::{Id, SeatId};

/// Channels over which nobody can call, and bodies that nobody can ask.
pub(super) fn lines_and_bodies(bound: &Bound, notes: &mut Notes<'_>) {
    let document = &bound.scenario.document;
    let playing = |members: &[SeatId]| members.iter().filter(|m| document.seats[m.index()].plays).count();
    for (c, channel) in bound.channels.iter().enumerate() {
        let able = playing(&channel.members);
        if able < 2 && notes.covers("channels", c) {
            let name = &document.channels[c].name;
            let message = match able {
                0 => format!("nobody can call over `{name}`: none of its members plays"),
                _ => format!("nobody can be reached over `{name}`: only one of its members plays"),
            };
            let note = Note::new(Code::NobodyMeets, message).expected("two or more members that give orders");
            notes.note(&At::new("channels", c, "members"), note);
        }
    }
    for (b, body) in bound.bodies.iter().enumerate() {
        if playing(&body.members) == 0 && notes.covers("bodies", b) {
            let name = &document.bodies[b].name;
            let message = format!("nobody can ask `{name}`: none of its members plays");
            let note = Note::new(Code::NobodyMeets, message).expected("a member that gives orders");
            notes.note(&At::new("bodies", b, "members"), note);
        }
    }
}

/// Rungs without a name below others, and rungs on which nothing happens below others.
pub(super) fn ladder(bound: &Bound, notes: &mut Notes<'_>) {
    let document = &bound.scenario.document;
    let covered = (0..document.ladder.len()).find(|row| notes.covers("ladder", *row));
    let Some(first) = covered else { return };
    let row_of = |rung: u8| document.ladder.iter().position(|row| row.rung == rung);
    let highest = document.ladder.iter().map(|row| row.rung).max().unwrap_or(0);
    let nameless: Vec<String> =
        (0..highest).filter(|rung| row_of(*rung).is_none()).map(|rung| rung.to_string()).collect();
    if !nameless.is_empty() {
        let message = format!("the ladder goes up to {highest} and has no rung {}", nameless.join(", "));
        let note = Note::new(Code::LadderGap, message).expected("each rung from 0 up");
        notes.note(&At::new("ladder", first, "name"), note);
    }
    let injected = |action: usize| {
        bound.injects.iter().any(|inject| inject.act.is_some_and(|(_, act)| act.index() == action))
    };
    let acts = bound.actions.iter().enumerate().filter(|(a, act)| !act.seats.is_empty() || injected(*a));
    let acts: Vec<u8> = acts.map(|(_, act)| act.rung.0).collect();
    let happens =
        |rung: u8| acts.contains(&rung) || bound.incidents.iter().any(|incident| incident.rung.0 == rung);
    let top = acts.iter().copied().max().unwrap_or(0);
    for rung in (1..top).filter(|rung| !happens(*rung)) {
        let Some(row) = row_of(rung) else { continue };
        let message = format!("no act and no incident stands on rung {rung}, though some stand above it");
        let note =
            Note::new(Code::LadderGap, message).expected("an act on it, so that the climb has no jump");
        notes.note(&At::new("ladder", row, "rung"), note);
    }
}
