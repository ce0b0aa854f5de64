//! What may ever be so in a scenario: levels, acts that go on, injects that fire. What a setting is there to change (an
//! accord's standing, a line's politics, a parameter within its range) may be either way.
//!
//! It begins with everything possible and takes away what cannot be, until nothing more falls.

use super::range::Range;
use super::truth::{Judge, Truth};
use super::words::{Reader, read_all};
use crate::scenario::Bound;
use crate::scenario::section::{Release, Schedule};
use crate::vocabulary::words::{AccordStatus, Condition, Expr, Gauge, Op, Statement};
use crate::vocabulary::{ActionId, DAY, Id, Minute, SeatId};
use std::collections::BTreeSet;

/// What may ever be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct World {
    /// The levels of each track.
    pub levels: Vec<Range>,
    /// What each parameter may be set to, rounded.
    pub params: Vec<Range>,
    /// Whether each accord is in force.
    pub in_force: Vec<Truth>,
    /// Whether each act goes on.
    pub on: Vec<Truth>,
    /// Whether each inject has fired.
    pub fired: Vec<Truth>,
    /// The last minute at which a game can go on, and the ending that sees to it.
    pub last: Option<(Minute, usize)>,
}

impl World {
    /// The world that a scenario can make.
    pub fn of(bound: &Bound, standing: Standing) -> World {
        let document = &bound.scenario.document;
        let mut moved = Moved::default();
        read_all(document, &mut moved);
        let capital = bound.campaign.iter().flat_map(|campaign| campaign.capital.iter().flatten());
        moved.tracks.extend(capital.map(|track| track.index()));
        let level = |(t, track): (usize, &crate::scenario::section::Track)| {
            let moves = moved.tracks.contains(&t) || (track.half_life > 0 && track.baseline != track.start);
            if moves { Range::new(track.min, track.max) } else { Range::only(track.start) }
        };
        let whole = |number: f64| libm::round(number) as i64;
        let mut world = World {
            levels: bound.tracks.iter().enumerate().map(level).collect(),
            params: document
                .parameters
                .iter()
                .map(|p| Range::new(whole(p.range.0), whole(p.range.1)))
                .collect(),
            in_force: (0..bound.accords.len())
                .map(|a| match standing {
                    Standing::Settable => Truth::Maybe,
                    Standing::AsBound => moved.in_force(bound, a),
                })
                .collect(),
            on: vec![Truth::Maybe; bound.actions.len()],
            fired: vec![Truth::Maybe; bound.injects.len()],
            last: last_minute(bound),
        };
        loop {
            let fired = (0..bound.injects.len()).map(|i| world.can_fire(bound, i)).collect();
            let on = (0..bound.actions.len()).map(|a| world.can_go_on(bound, a)).collect();
            let next = World { fired, on, ..world.clone() };
            if next == world {
                return world;
            }
            world = next;
        }
    }

    fn can_fire(&self, bound: &Bound, inject: usize) -> Truth {
        match &bound.scenario.document.injects[inject].when {
            Schedule::Once(_, condition) if Judge::new(bound, self).verdict(condition) == Truth::Never => {
                Truth::Never
            }
            _ => Truth::Maybe,
        }
    }

    fn can_go_on(&self, bound: &Bound, action: usize) -> Truth {
        let never = bound.actions[action].continues.is_none()
            || (self.barrier(bound, action).is_some() && !self.is_injected(bound, action));
        if never { Truth::Never } else { Truth::Maybe }
    }

    /// Whether an inject that can fire does an act, whoever could order it.
    pub fn is_injected(&self, bound: &Bound, action: usize) -> bool {
        let does = |act: Option<(SeatId, ActionId)>| act.is_some_and(|(_, done)| done.index() == action);
        bound
            .injects
            .iter()
            .zip(&self.fired)
            .any(|(inject, fired)| does(inject.act) && *fired != Truth::Never)
    }

    /// Why no seat can ever take an action; nothing if one can.
    pub fn barrier(&self, bound: &Bound, action: usize) -> Option<Barrier> {
        let (act, doc) = (&bound.actions[action], &bound.scenario.document.actions[action]);
        if act.seats.is_empty() {
            return Some(if doc.seats.is_empty() { Barrier::Nobody } else { Barrier::NotOffered });
        }
        // Standing orders open fire for seats that give no orders.
        let plays = |seat: &SeatId| bound.scenario.document.seats[seat.index()].plays;
        if !act.seats.iter().any(plays) && act.fires_at.is_none() {
            return Some(Barrier::Actors);
        }
        let grants = |body: &crate::scenario::section::Body| body.grants.iter().any(|a| a.index() == action);
        for (position, release) in act.release.iter().enumerate() {
            if let Release::Body(body) = release
                && !grants(&bound.bodies[body.id().index()])
            {
                return Some(Barrier::Body(position));
            }
        }
        let price = bound.agenda_item(ActionId::new(action)).map_or(0, |item| item.price);
        let capital = |seat: &SeatId| {
            let campaign = bound.campaign.as_ref()?;
            campaign.capital[seat.index()].map(|track| bound.tracks[track.index()].max)
        };
        if price > 0 && act.seats.iter().all(|seat| capital(seat).is_some_and(|most| most < price)) {
            return Some(Barrier::Price(price));
        }
        let needs = doc.needs.as_ref()?;
        (Judge::new(bound, self).verdict(needs) == Truth::Never).then_some(Barrier::Needs)
    }

    /// What a gauge may read.
    pub fn gauge(&self, gauge: &Gauge) -> Range {
        // A game that is over at a minute is seen to be so at the end of a tick.
        let until = |unit: Minute| match self.last {
            Some((last, _)) => Range::new(0, last.saturating_add(DAY) / unit),
            None => Range::COUNT,
        };
        match gauge {
            Gauge::Day => until(DAY),
            Gauge::Hour => until(60),
            Gauge::Minute => until(1),
            Gauge::StandingRung | Gauge::PeakRung => Range::new(0, crate::vocabulary::TOP_RUNG),
            Gauge::Faded | Gauge::Settled => Range::new(0, 1),
            Gauge::MaturityOf(_) => Range::new(0, 100),
            Gauge::Turn
            | Gauge::DeathsOf(_)
            | Gauge::CivilianDeaths
            | Gauge::QuietHours
            | Gauge::OpenDeadlines
            | Gauge::TalksRounds
            | Gauge::ActsAtLeast(_) => Range::COUNT,
        }
    }
}

/// Why no seat can ever take an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Barrier {
    /// It names no seat.
    Nobody,
    /// A setting says that it is not offered.
    NotOffered,
    /// All its seats act by rules alone.
    Actors,
    /// Its release of this position names a body that cannot grant it.
    Body(usize),
    /// It costs more capital than any of its seats can have.
    Price(i32),
    /// What it needs can never be.
    Needs,
}

/// The earliest minute at which some ending is sure to have come: one that asks for the time alone.
fn last_minute(bound: &Bound) -> Option<(Minute, usize)> {
    fn due(condition: &Condition) -> Option<Minute> {
        match condition {
            Condition::Compare(Expr::Gauge(gauge), Op::Ge, Expr::Const(number)) => match gauge {
                Gauge::Day => Some(number.saturating_mul(DAY)),
                Gauge::Hour => Some(number.saturating_mul(60)),
                Gauge::Minute => Some(*number),
                _ => None,
            },
            Condition::All(list) if list.len() == 1 => due(&list[0]),
            _ => None,
        }
    }
    let endings = bound.scenario.document.endings.iter().enumerate();
    endings.filter_map(|(e, ending)| Some((due(&ending.when)?, e))).min()
}

/// How accords are taken to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// As a setting may have it: either way.
    Settable,
    /// As bound, unless a statement changes it.
    AsBound,
}

/// What statements change: tracks, and the standing of accords.
#[derive(Default)]
struct Moved {
    tracks: BTreeSet<usize>,
    accords: BTreeSet<(usize, AccordStatus)>,
}

impl Moved {
    fn in_force(&self, bound: &Bound, accord: usize) -> Truth {
        let becomes = |in_force: bool| {
            self.accords.iter().any(|(id, to)| *id == accord && (*to == AccordStatus::InForce) == in_force)
        };
        match bound.accords[accord].status == AccordStatus::InForce {
            true if !becomes(false) => Truth::Always,
            false if !becomes(true) => Truth::Never,
            _ => Truth::Maybe,
        }
    }
}

impl Reader for Moved {
    fn statement(&mut self, statement: &Statement, _: &str) {
        match statement {
            Statement::Set(track, _) | Statement::Shift(track, _) => {
                self.tracks.insert(track.id().index());
            }
            Statement::Accord(accord, to) => {
                self.accords.insert((accord.id().index(), *to));
            }
            _ => {}
        }
    }
}
