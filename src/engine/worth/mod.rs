//! What acts are worth to whom, worked out once: stated effects on aims, and the likely reply with its effects.
//!
//! Floats are used while filling the tables; the tables hold integers.

mod chain;
mod kernel;
mod reference;

use super::cells::cell_of;
use super::state::MAX_SEATS;
use crate::scenario::Bound;
use crate::scenario::section::{AimMeasure, MAX_AIMS};
use crate::vocabulary::words::Condition;
use crate::vocabulary::{ActionId, CELLS, Cell, Id, Ppm, RUNGS, Rung};

/// Points by aim, in thousandths.
pub(super) type Points = [i32; MAX_AIMS];

/// Tables of worth.
#[derive(Debug)]
pub(super) struct Worth {
    /// The cell of every action, by rung of the stimulus, then action.
    pub cells: Vec<Vec<Cell>>,
    /// Expected change of a seat's aims by an act's stated effects: by seat, then action.
    pub direct: Vec<Vec<Points>>,
    /// Expected change of a seat's aims by the reply of its target: by seat, then rung of the act, then cell. For an
    /// aim that is a condition, the change in its chance, the act itself and what may follow the reply included.
    pub reply: Vec<Vec<[Points; CELLS]>>,
    /// The answer of each of a seat's dispositions to an act: by seat, disposition, rung, cell.
    pub kernel: Vec<Vec<Vec<[Ppm; CELLS]>>>,
}

/// How likely a condition is at the start of the scenario with the crisis standing at a rung; even odds for what that
/// does not decide.
pub(super) fn likely(condition: &Condition, bound: &Bound, standing: Rung) -> f64 {
    let levels: Vec<f64> = bound.tracks.iter().map(|t| f64::from(t.start)).collect();
    reference::chance_at(condition, standing.index(), &levels, bound)
}

impl Worth {
    pub fn new(bound: &Bound, repertoire: &[Vec<ActionId>]) -> Worth {
        let levels: Vec<f64> = bound.tracks.iter().map(|t| f64::from(t.start)).collect();
        let moves: Vec<Vec<f64>> = bound
            .scenario
            .document
            .actions
            .iter()
            .map(|action| reference::expected_moves(&action.effects, &levels, bound))
            .collect();
        let points = |seat: usize, moves: &[f64]| -> Points {
            std::array::from_fn(|k| {
                let aim = bound.seats[seat].aims.get(k);
                let track = aim.and_then(|aim| aim.track.map(|track| (aim.points, track)));
                track.map_or(0, |(points, track)| (f64::from(points) * moves[track.index()]) as i32)
            })
        };
        let seats = bound.seats.len().min(MAX_SEATS);
        let cells: Vec<Vec<Cell>> = (0..RUNGS as u8)
            .map(|rung| (0..moves.len()).map(|a| cell_of(bound, ActionId::new(a), Rung(rung))).collect())
            .collect();
        let direct: Vec<Vec<Points>> =
            (0..seats).map(|s| moves.iter().map(|m| points(s, m)).collect()).collect();
        let runs = chain::Highest::new(&bound.kernels, bound.model.lowest_fire());
        let reply = (0..seats)
            .map(|s| {
                let Some(rival) = bound.seats[s].rivals.first() else {
                    return vec![[[0; MAX_AIMS]; CELLS]; RUNGS];
                };
                let held = conditions(bound, s, &levels);
                let side = usize::from(bound.seats[rival.index()].side);
                let other = usize::from(bound.seats[s].side);
                (0..RUNGS)
                    .map(|rung| {
                        std::array::from_fn(|c| {
                            let cell = Cell::ALL[c];
                            let acts = repertoire[rival.index()].iter();
                            let acts = acts.filter(|a| {
                                cell != Cell::Nothing
                                    && cells[rung][a.index()] == cell
                                    && ready(bound, **a, rung, &levels)
                            });
                            let mean = mean(acts.map(|a| &direct[s][a.index()]));
                            let highest = runs.after_reply(side, other, rung, cell);
                            std::array::from_fn(|k| match &held[k] {
                                None => mean[k],
                                Some(by_rung) => {
                                    let likely: f64 = (0..RUNGS).map(|r| highest[r] * by_rung[r]).sum();
                                    let points = f64::from(bound.seats[s].aims[k].points);
                                    (points * (likely - by_rung[0])) as i32
                                }
                            })
                        })
                    })
                    .collect()
            })
            .collect();
        let kernel = (0..seats)
            .map(|s| kernel::of_dispositions(bound, s, &repertoire[s], (&cells, &direct[s]), &levels))
            .collect();
        Worth { cells, direct, reply, kernel }
    }
}

/// Whether an act can be done at the reference state without anybody's release, were the crisis to stand at a rung.
fn ready(bound: &Bound, action: ActionId, rung: usize, levels: &[f64]) -> bool {
    let needs = &bound.scenario.document.actions[action.index()].needs;
    let met = |needs| reference::chance_at(needs, rung, levels, bound) > 0.0;
    bound.actions[action.index()].release.is_empty() && needs.as_ref().is_none_or(met)
}

/// The chance of each of a seat's aims that is a condition, by the highest rung that the crisis reaches.
fn conditions(bound: &Bound, seat: usize, levels: &[f64]) -> [Option<[f64; RUNGS]>; MAX_AIMS] {
    let aims = &bound.scenario.document.seats[seat].aims;
    std::array::from_fn(|k| match &aims.get(k)?.measure {
        AimMeasure::Track(_) => None,
        AimMeasure::Holds(condition) => {
            Some(std::array::from_fn(|rung| reference::chance_at(condition, rung, levels, bound)))
        }
    })
}

/// The mean worth of some acts; of none, nothing.
fn mean<'a>(acts: impl Iterator<Item = &'a Points>) -> Points {
    let (mut sum, mut count) = ([0i64; MAX_AIMS], 0);
    for points in acts {
        count += 1;
        for (sum, points) in sum.iter_mut().zip(points) {
            *sum += i64::from(*points);
        }
    }
    sum.map(|sum| (sum / count.max(1)) as i32)
}
