//! What is offered in which order, worked out once: a menu is then one pass over a list.

use super::rules::Turns;
use super::worth::Worth;
use crate::scenario::Bound;
use crate::scenario::section::{Domain, HypothesisKind, Release};
use crate::vocabulary::{ActionId, BodyId, Id, RUNGS, Rung, SeatId, TriggerId};
use std::cmp::Reverse;

/// Domains that a stimulus can have, in the order of their numbers.
const DOMAINS: [Domain; 7] = [
    Domain::Land,
    Domain::Sea,
    Domain::Air,
    Domain::Strategic,
    Domain::Information,
    Domain::Economic,
    Domain::Political,
];

/// Tables for menus.
#[derive(Debug)]
pub(super) struct Offers {
    /// By seat, then stimulus: first none, then each rung in each domain.
    queues: Vec<Vec<Queue>>,
    /// By seat: its agenda in a campaign's calm turns, in order of group and place.
    pub agenda: Vec<Vec<ActionId>>,
    /// By action: the triggers that speak of it.
    pub triggers: Vec<Vec<TriggerId>>,
    /// By action: the first body that has to release it.
    pub body: Vec<Option<BodyId>>,
    /// By seat: where its belief in the dispositions of its target begins, if it has one.
    pub about_target: Vec<Option<usize>>,
    /// By rung: what it costs to cross all firebreaks up to it, in milli-nats.
    pub crossing: [i32; RUNGS],
}

/// All acts of a seat in the order in which they find a place on its menu.
#[derive(Debug)]
pub(super) struct Queue {
    /// Cell by cell, and in each cell what answers in the stimulus's domain and what the record shows most often first.
    pub acts: Vec<ActionId>,
    /// The place of each of them in the order in which a menu lists what it holds: by cell, rung and name.
    pub listed: Vec<u16>,
}

impl Offers {
    pub fn new(bound: &Bound, repertoire: &[Vec<ActionId>], names: &Turns, worth: &Worth) -> Offers {
        let stimuli = || (0..RUNGS as u8).flat_map(|rung| DOMAINS.map(|domain| Some((Rung(rung), domain))));
        let queues = |acts: &Vec<ActionId>| {
            std::iter::once(None).chain(stimuli()).map(|s| Queue::new(bound, acts, names, worth, s)).collect()
        };
        let of_action = |a: usize| {
            let triggers = bound.triggers.iter().enumerate().filter(|(_, t)| t.action.index() == a);
            triggers.map(|(t, _)| TriggerId::new(t)).collect()
        };
        let crossed = |rung: usize| bound.ladder.iter().filter(move |row| row.rung.index() <= rung);
        Offers {
            queues: repertoire.iter().map(queues).collect(),
            agenda: (0..bound.seats.len()).map(|s| agenda(bound, SeatId::new(s))).collect(),
            triggers: (0..bound.actions.len()).map(of_action).collect(),
            body: bound.actions.iter().map(|act| act.release.iter().find_map(body)).collect(),
            about_target: (0..bound.seats.len()).map(|s| about_target(bound, SeatId::new(s))).collect(),
            crossing: std::array::from_fn(|rung| crossed(rung).map(|row| row.crossing_cost).sum()),
        }
    }

    /// The queue of a seat after a stimulus, or without one.
    pub fn queue(&self, seat: SeatId, stimulus: Option<(Rung, Domain)>) -> &Queue {
        let place = stimulus.map_or(0, |(rung, domain)| 1 + rung.index() * DOMAINS.len() + domain as usize);
        &self.queues[seat.index()][place]
    }
}

impl Queue {
    fn new(
        bound: &Bound,
        acts: &[ActionId],
        names: &Turns,
        worth: &Worth,
        stimulus: Option<(Rung, Domain)>,
    ) -> Queue {
        let cells = &worth.cells[stimulus.map_or(bound.model.unprovoked(), |(rung, _)| rung).index()];
        let name = |a: ActionId| names.actions[a.index()];
        let mut listed = acts.to_vec();
        listed.sort_by_key(|a| (cells[a.index()], bound.actions[a.index()].rung, name(*a)));
        let mut acts = listed.clone();
        acts.sort_by_key(|a| {
            let act = &bound.actions[a.index()];
            let elsewhere = act.domain.is_military() && stimulus.is_some_and(|(_, d)| d != act.domain);
            (cells[a.index()], elsewhere, Reverse(act.initiative.parts()), act.rung, name(*a))
        });
        let place = |a: &ActionId| listed.iter().position(|other| other == a).unwrap_or(0) as u16;
        Queue { listed: acts.iter().map(place).collect(), acts }
    }
}

/// What a seat can order in calm turns.
fn agenda(bound: &Bound, seat: SeatId) -> Vec<ActionId> {
    let acts = (0..bound.actions.len()).map(ActionId::new);
    let own = acts.filter(|act| bound.actions[act.index()].seats.contains(&seat));
    let mut listed: Vec<_> = own.filter_map(|act| Some((bound.agenda_item(act)?, act))).collect();
    listed.sort();
    listed.into_iter().map(|(_, act)| act).collect()
}

fn body(release: &Release) -> Option<BodyId> {
    match release {
        Release::Body(body) => Some(body.id()),
        Release::Ally(_) | Release::Host(_) => None,
    }
}

/// The first hypothesis of a seat about the disposition of its target.
fn about_target(bound: &Bound, seat: SeatId) -> Option<usize> {
    let target = bound.seats[seat.index()].rivals.first().copied()?;
    let about = |h: &&crate::scenario::section::Hypothesis| {
        h.holder == seat && h.subject == target && matches!(h.about, HypothesisKind::Disposition(_))
    };
    bound.hypotheses.iter().find(about).map(|h| h.offset)
}
