//! What nobody reads: parameters, tables, tracks and other entries, named values, texts, groups of an agenda.

use super::words::{At, Reader, lists, read_all, read_list};
use super::world::World;
use crate::lint::notes::{Note, Notes};
use crate::scenario::Bound;
use crate::scenario::diagnostics::Code;
use crate::scenario::document::{Document, Entry};
use crate::scenario::section::{AimMeasure, Carries, Model, Step, Visibility};
use crate::vocabulary::words::{Expr, Statement};
use crate::vocabulary::{Id, Ref};
use std::collections::BTreeSet;

/// The entries that something reads, by section and position.
#[derive(Default)]
struct Used(BTreeSet<(&'static str, usize)>);

impl Used {
    fn by<'a, I: Id + 'a>(&mut self, names: impl IntoIterator<Item = &'a Ref<I>>) {
        self.0.extend(names.into_iter().map(|name| (I::SECTION, name.id().index())));
    }
}

impl Reader for Used {
    fn expr(&mut self, value: &Expr) {
        match value {
            Expr::Level(track) | Expr::Before(track) => self.by([track]),
            Expr::Param(param) => self.by([param]),
            Expr::Lookup(table, _) => self.by([table]),
            _ => {}
        }
    }
}

/// Whether somebody at the table sees it.
fn is_seen(document: &Document, visibility: &Visibility) -> bool {
    match visibility {
        Visibility::All => true,
        Visibility::Nobody => false,
        Visibility::Seats(seats) => seats.iter().any(|seat| document.seats[seat.id().index()].plays),
    }
}

fn used(document: &Document) -> Used {
    let mut used = Used::default();
    read_all(document, &mut used);
    for aim in document.seats.iter().flat_map(|seat| &seat.aims) {
        if let AimMeasure::Track(track) = &aim.measure {
            used.by([track]);
        }
    }
    for campaign in &document.campaign {
        used.by(&campaign.incident_rate);
        used.by(campaign.capital.iter().map(|(_, track)| track));
    }
    for action in &document.actions {
        used.by([&action.path]);
        used.by(&action.losses);
        used.by(action.fires_at.iter().chain(&action.crosses));
    }
    for incident in &document.incidents {
        used.by([&incident.path]);
        used.by(&incident.losses);
        used.by([&incident.site]);
        used.by(incident.windows.iter().map(|(window, _)| window));
    }
    used
}

/// Entries whose names nothing reads and that nobody sees.
pub(super) fn names(bound: &Bound, notes: &mut Notes<'_>) {
    let document = &bound.scenario.document;
    let Used(used) = used(document);
    let mut look = |section: &'static str, at: usize, entry: &dyn Entry, what: &str, expected: &str| {
        if !used.contains(&(section, at)) && notes.covers(section, at) {
            let message = format!("{what} `{}`", entry.name());
            let note = Note::new(Code::Unused, message).expected(expected);
            notes.note(&At::new(section, at, "name"), note);
        }
    };
    for (p, parameter) in document.parameters.iter().enumerate() {
        if !Model::NAMES.iter().any(|(name, _)| *name == parameter.name) {
            let expected = "a rule, an effect or a condition with `Param(…)` of it, or no such parameter";
            look("parameters", p, parameter, "nothing reads the parameter", expected);
        }
    }
    for (t, table) in document.tables.iter().enumerate() {
        look("tables", t, table, "nothing looks up the table", "a `Lookup(…)` in it, or no such table");
    }
    for (t, track) in document.tracks.iter().enumerate() {
        if !is_seen(document, &track.seen_by) {
            let expected =
                "an aim, a rule or a condition that reads it, a seat that sees it, or no such track";
            look("tracks", t, track, "nothing reads and nobody sees the track", expected);
        }
    }
    for (l, loss) in document.losses.iter().enumerate() {
        let expected = "an action or an incident that has it as its `losses`, or no such entry";
        look("losses", l, loss, "nothing costs lives as in", expected);
    }
    for (s, site) in document.sites.iter().enumerate() {
        let expected = "an action or an incident at it, or no such site";
        look("sites", s, site, "nothing happens at the site", expected);
    }
    for (p, path) in document.paths.iter().enumerate() {
        if path.carries == Carries::Acts {
            let expected = "an action or an incident with this `path`, or no such path";
            look("paths", p, path, "nothing takes the path", expected);
        }
    }
    for (w, window) in document.calendar.iter().enumerate() {
        if !is_seen(document, &window.seen_by) {
            let expected =
                "an incident that has it among its `windows`, a seat that sees it, or no such window";
            look("calendar", w, window, "nothing hangs on and nobody sees the window", expected);
        }
    }
}

/// Named values of lists that no later statement reads.
pub(super) fn locals(bound: &Bound, notes: &mut Notes<'_>) {
    let document = &bound.scenario.document;
    let lists = lists(document);
    // The rules of a step are one list.
    let mut of_steps = Step::ALL.map(|step| (step, Locals::default()));
    for done in &lists {
        let of_step = of_steps.iter_mut().find(|(step, _)| done.of_step == Some(*step));
        match of_step {
            Some((_, locals)) => {
                locals.at = Some(done.at.clone());
                read_list(done.list, &done.at.path, locals);
            }
            None => {
                let mut own = Locals { at: Some(done.at.clone()), ..Locals::default() };
                read_list(done.list, &done.at.path, &mut own);
                own.tell(notes);
            }
        }
    }
    of_steps.iter().for_each(|(_, locals)| locals.tell(notes));
}

/// The values that a list names and reads.
#[derive(Default)]
struct Locals {
    /// The part of the list in hand.
    at: Option<At>,
    given: Vec<(At, String)>,
    read: BTreeSet<String>,
}

impl Locals {
    fn tell(&self, notes: &mut Notes<'_>) {
        for (at, name) in self.given.iter().filter(|(_, name)| !self.read.contains(name)) {
            if notes.covers(at.section, at.entry) {
                let note = Note::new(Code::Unused, format!("nothing reads the value `{name}`"));
                notes.note(at, note.expected("a `Local(…)` of it further on, or no such statement"));
            }
        }
    }
}

impl Reader for Locals {
    fn expr(&mut self, value: &Expr) {
        if let Expr::Local(name) = value {
            self.read.insert(name.clone());
        }
    }

    fn statement(&mut self, statement: &Statement, path: &str) {
        let (word, name) = match statement {
            Statement::Let(name, _) => ("Let", name),
            Statement::Roll(name, _) => ("Roll", name),
            Statement::Pick(name, _) => ("Pick", name),
            _ => return,
        };
        self.given.extend(self.at.as_ref().map(|at| (at.path(format!("{path}.{word}.0")), name.clone())));
    }
}

/// Texts that nobody at the table can read.
pub(super) fn unread_texts(bound: &Bound, notes: &mut Notes<'_>) {
    let document = &bound.scenario.document;
    for (s, seat) in document.seats.iter().enumerate() {
        if !seat.plays && !seat.briefing.is_empty() && notes.covers("seats", s) {
            let message = format!("nobody reads the briefing of `{}`, which acts by rules alone", seat.name);
            notes.note(&At::new("seats", s, "briefing"), Note::new(Code::Unused, message));
        }
    }
    for (i, inject) in document.injects.iter().enumerate() {
        let to_seats = matches!(inject.seen_by, Visibility::Seats(_));
        if to_seats && !is_seen(document, &inject.seen_by) && notes.covers("injects", i) {
            let message = format!("nobody reads the text of `{}`: none who see it play", inject.name);
            let note = Note::new(Code::Unused, message).expected("seats that give orders, or `Nobody`");
            notes.note(&At::new("injects", i, "seen_by"), note);
        }
    }
}

/// Groups of a campaign's agenda in which there is nothing to order.
pub(super) fn empty_groups(bound: &Bound, world: &World, notes: &mut Notes<'_>) {
    for (c, campaign) in bound.scenario.document.campaign.iter().enumerate() {
        for (g, group) in campaign.agenda.iter().enumerate() {
            let able = |act: usize| world.barrier(bound, act).is_none();
            if !group.acts.iter().any(|(act, _)| able(act.id().index())) && notes.covers("campaign", c) {
                let message = format!("the group `{}` holds no act that a seat can ever order", group.label);
                let at = At::new("campaign", c, format!("agenda.{g}.acts"));
                notes.note(&at, Note::new(Code::Unused, message));
            }
        }
    }
}
