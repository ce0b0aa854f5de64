//! What acts are worth to whom, worked out once: stated effects on aims, and the likely reply with its effects.
//!
//! Floats are used while filling the tables; the tables hold integers.

use super::state::MAX_SEATS;
use crate::scenario::Bound;
use crate::scenario::section::{MAX_AIMS, MAX_TYPES};
use crate::vocabulary::words::{Condition, Expr, Gauge, Op, Statement};
use crate::vocabulary::{ActionId, CELLS, Cell, Id, Rung, SeatId};

/// Points by aim, in thousandths.
pub(super) type Points = [i32; MAX_AIMS];

/// Tables of worth.
#[derive(Debug)]
pub(super) struct Worth {
    /// The cell of every action, by rung of the stimulus, then action.
    pub cells: Vec<Vec<Cell>>,
    /// Expected change of a seat's aims by an act's stated effects: by seat, then action.
    pub direct: Vec<Vec<Points>>,
    /// Expected change of a seat's aims by the reply of its target: by seat, then rung of the act, then cell.
    pub reply: Vec<Vec<[Points; CELLS]>>,
    /// A seat's reply shares as its target believes each disposition to act: by seat, disposition, rung, cell.
    pub kernel: Vec<Vec<Vec<[u32; CELLS]>>>,
}

/// The cell of an act relative to a stimulus.
fn cell_of(bound: &Bound, action: ActionId, stimulus: Rung) -> Cell {
    let act = &bound.actions[action.index()];
    if act.rung <= Rung(1) {
        Cell::Protest
    } else if !act.domain.is_military() || act.rung <= Rung(4) {
        Cell::NonMilitary
    } else if act.rung == stimulus {
        Cell::InKind
    } else if act.rung == Rung(5) || act.rung < stimulus {
        Cell::Symbolic
    } else if act.rung.0 == stimulus.0 + 1 {
        Cell::OneUp
    } else {
        Cell::TwoUp
    }
}

impl Worth {
    pub fn new(bound: &Bound, repertoire: &[Vec<ActionId>]) -> Worth {
        let levels: Vec<f64> = bound.tracks.iter().map(|t| f64::from(t.start)).collect();
        let moves: Vec<Vec<f64>> = bound
            .scenario
            .document
            .actions
            .iter()
            .map(|action| expected_moves(&action.effects, &levels, &bound.params))
            .collect();
        let points = |seat: usize, moves: &[f64]| -> Points {
            std::array::from_fn(|k| {
                let aim = bound.seats[seat].aims.get(k);
                let track = aim.and_then(|aim| aim.track.map(|track| (aim.points, track)));
                track.map_or(0, |(points, track)| (f64::from(points) * moves[track.index()]) as i32)
            })
        };
        let seats = bound.seats.len().min(MAX_SEATS);
        let direct: Vec<Vec<Points>> =
            (0..seats).map(|s| moves.iter().map(|m| points(s, m)).collect()).collect();
        let reply = (0..seats)
            .map(|s| {
                let target = bound.seats[s].rivals.first();
                (0..14u8)
                    .map(|rung| {
                        std::array::from_fn(|cell| {
                            target.map_or([0; MAX_AIMS], |rival| {
                                mean_of_cell(
                                    bound,
                                    &repertoire[rival.index()],
                                    Rung(rung),
                                    Cell::ALL[cell],
                                    &direct[s],
                                )
                            })
                        })
                    })
                    .collect()
            })
            .collect();
        let kernel = (0..seats).map(|s| kernels(bound, SeatId::new(s))).collect();
        let cells = (0..14u8)
            .map(|rung| (0..moves.len()).map(|a| cell_of(bound, ActionId::new(a), Rung(rung))).collect())
            .collect();
        Worth { cells, direct, reply, kernel }
    }
}

/// The mean worth, to the asking seat, of the acts that a rival has in a cell.
fn mean_of_cell(bound: &Bound, acts: &[ActionId], stimulus: Rung, cell: Cell, direct: &[Points]) -> Points {
    let in_cell: Vec<&Points> = acts
        .iter()
        .filter(|a| cell_of(bound, **a, stimulus) == cell && bound.actions[a.index()].release.is_empty())
        .map(|a| &direct[a.index()])
        .collect();
    std::array::from_fn(|k| {
        let sum: i64 = in_cell.iter().map(|p| i64::from(p[k])).sum();
        if in_cell.is_empty() { 0 } else { (sum / in_cell.len() as i64) as i32 }
    })
}

/// The record's kernel of a seat's side, tilted by the hardness of each disposition.
fn kernels(bound: &Bound, seat: SeatId) -> Vec<Vec<[u32; CELLS]>> {
    let me = &bound.seats[seat.index()];
    let base = &bound.kernels[usize::from(me.side)];
    let dispositions = me.dispositions.len().clamp(1, MAX_TYPES);
    (0..dispositions)
        .map(|d| {
            let hardness = me.dispositions.get(d).map_or(0.0, |d| f64::from(d.hardness) / 1000.0);
            base.iter()
                .map(|shares| {
                    let tilted: [f64; CELLS] = std::array::from_fn(|cell| {
                        let steps = match Cell::ALL[cell] {
                            Cell::OneUp => 1.0,
                            Cell::TwoUp => 2.0,
                            Cell::InKind => 0.0,
                            Cell::Symbolic => -1.0,
                            Cell::Nothing | Cell::Protest | Cell::NonMilitary => -2.0,
                        };
                        f64::from(shares[cell]) * libm::exp(hardness * steps)
                    });
                    let total: f64 = tilted.iter().sum();
                    tilted.map(|share| if total > 0.0 { (share / total * 1e6 + 0.5) as u32 } else { 0 })
                })
                .collect()
        })
        .collect()
}

/// Expected change of every track by a list of statements at the reference state. A roll counts as its chance; what
/// hangs on it counts in proportion.
fn expected_moves(list: &[Statement], levels: &[f64], params: &[i32]) -> Vec<f64> {
    let standing = Rung(0);
    let mut world =
        Reference { levels: levels.to_vec(), start: levels, params, standing, locals: Vec::new() };
    world.run(list, 1.0);
    world.levels.iter().zip(levels).map(|(after, before)| after - before).collect()
}

/// How likely a condition is at the start of the scenario with the crisis standing at a rung; even odds for what that
/// does not decide.
pub(super) fn likely(condition: &Condition, bound: &Bound, standing: Rung) -> f64 {
    let levels: Vec<f64> = bound.tracks.iter().map(|t| f64::from(t.start)).collect();
    let start = &levels;
    let params = &bound.params;
    Reference { levels: levels.clone(), start, params, standing, locals: Vec::new() }.chance(condition)
}

struct Reference<'a> {
    standing: Rung,
    levels: Vec<f64>,
    start: &'a [f64],
    params: &'a [i32],
    locals: Vec<(String, f64)>,
}

impl Reference<'_> {
    fn run(&mut self, list: &[Statement], weight: f64) {
        for statement in list {
            match statement {
                Statement::Let(name, value) => {
                    let value = self.value(value);
                    self.locals.push((name.clone(), value));
                }
                Statement::Set(track, value) => {
                    let value = self.value(value);
                    let level = &mut self.levels[track.id().index()];
                    *level += weight * (value - *level);
                }
                Statement::Shift(track, value) => {
                    let value = self.value(value);
                    self.levels[track.id().index()] += weight * value;
                }
                Statement::When { that, then, otherwise } => {
                    let chance = self.chance(that);
                    self.run(then, weight * chance);
                    self.run(otherwise, weight * (1.0 - chance));
                }
                Statement::Roll(name, chance) => {
                    let chance = (self.value(chance) / 1000.0).clamp(0.0, 1.0);
                    self.locals.push((name.clone(), chance));
                }
                Statement::Pick(name, weights) => {
                    let weights: Vec<f64> = weights.iter().map(|w| self.value(w).max(0.0)).collect();
                    let total: f64 = weights.iter().sum();
                    let mean =
                        weights.iter().enumerate().map(|(k, w)| k as f64 * w).sum::<f64>() / total.max(1.0);
                    self.locals.push((name.clone(), mean));
                }
                Statement::Accord(..)
                | Statement::Channel(..)
                | Statement::Stop(_)
                | Statement::Investigate
                | Statement::Contest
                | Statement::Incident(_) => {}
            }
        }
    }

    fn value(&self, expr: &Expr) -> f64 {
        let fold = |list: &[Expr], f: fn(f64, f64) -> f64| {
            list.iter().map(|e| self.value(e)).reduce(f).unwrap_or(0.0)
        };
        match expr {
            Expr::Const(n) => f64::from(*n),
            Expr::Level(track) => self.levels[track.id().index()],
            Expr::Before(track) => self.start[track.id().index()],
            Expr::Local(name) => self.locals.iter().rev().find(|(n, _)| n == name).map_or(0.0, |(_, v)| *v),
            Expr::Param(param) => f64::from(self.params[param.id().index()]),
            Expr::Gauge(Gauge::StandingRung | Gauge::PeakRung) => f64::from(self.standing.0),
            Expr::Gauge(Gauge::ActsAtLeast(rung)) => f64::from(u8::from(*rung <= self.standing.0)),
            Expr::Gauge(_) | Expr::Lookup(..) => 0.0,
            Expr::Add(list) => fold(list, |a, b| a + b),
            Expr::Sub(a, b) => self.value(a) - self.value(b),
            Expr::Mul(list) => fold(list, |a, b| a * b),
            Expr::DivFloor(a, b) => {
                let b = self.value(b);
                if b == 0.0 { 0.0 } else { self.value(a) / b }
            }
            Expr::Min(list) => fold(list, f64::min),
            Expr::Max(list) => fold(list, f64::max),
            Expr::Clamp(a, low, high) => self.value(a).max(self.value(low)).min(self.value(high)),
        }
    }

    fn chance(&self, condition: &Condition) -> f64 {
        match condition {
            Condition::Compare(Expr::Local(name), op, Expr::Const(1)) => {
                let chance = self.value(&Expr::Local(name.clone())).clamp(0.0, 1.0);
                match op {
                    Op::Eq | Op::Ge => chance,
                    Op::Ne | Op::Lt => 1.0 - chance,
                    Op::Le => 1.0,
                    Op::Gt => 0.0,
                }
            }
            Condition::Compare(a, op, b) => {
                let (a, b) = (self.value(a), self.value(b));
                f64::from(u8::from(match op {
                    Op::Eq => a == b,
                    Op::Ne => a != b,
                    Op::Lt => a < b,
                    Op::Le => a <= b,
                    Op::Gt => a > b,
                    Op::Ge => a >= b,
                }))
            }
            Condition::All(list) => list.iter().map(|c| self.chance(c)).product(),
            Condition::Any(list) => 1.0 - list.iter().map(|c| 1.0 - self.chance(c)).product::<f64>(),
            Condition::Not(inner) => 1.0 - self.chance(inner),
            // At the reference state nothing has happened yet: half is the honest weight of what cannot be known.
            Condition::InForce(_) | Condition::On(_) | Condition::Fired(_) | Condition::Open(_) => 0.5,
        }
    }
}
