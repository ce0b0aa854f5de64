//! How each disposition of a seat answers an act: its doctrine's choice at the reference state, with base utilities.

use super::{Points, ready};
use crate::scenario::Bound;
use crate::scenario::section::{Doctrine, MAX_TYPES};
use crate::vocabulary::{ActionId, CELLS, Cell, Id, Ppm, RUNGS, Ref, Rung};

/// By disposition, then rung of the act that is answered: shares of each cell in parts per million.
pub fn of_dispositions(
    bound: &Bound,
    seat: usize,
    repertoire: &[ActionId],
    (cells, direct): (&[Vec<Cell>], &[Points]),
    levels: &[f64],
) -> Vec<Vec<[Ppm; CELLS]>> {
    let own = &bound.seats[seat];
    let named = bound.scenario.document.seats[seat].doctrine.as_ref().map(Ref::id);
    let doctrine = named.map(|id| &bound.doctrines[id.index()].1);
    (0..own.dispositions.len().clamp(1, MAX_TYPES))
        .map(|d| {
            let chooser = Chooser { bound, seat, disposition: d, doctrine, levels };
            (0..RUNGS as u8)
                .map(|rung| chooser.answer(Rung(rung), repertoire, &cells[usize::from(rung)], direct))
                .collect()
        })
        .collect()
}

/// A disposition with the doctrine that its scenario gives it; without one, a plain one.
struct Chooser<'a> {
    bound: &'a Bound,
    seat: usize,
    disposition: usize,
    doctrine: Option<&'a Doctrine>,
    levels: &'a [f64],
}

impl Chooser<'_> {
    /// P(cell) in proportion to m exp(lambda u); a cell in which the seat has no act leaves its share to nothing.
    fn answer(&self, rung: Rung, acts: &[ActionId], cells: &[Cell], direct: &[Points]) -> [Ppm; CELLS] {
        let sharpness = self.doctrine.map_or(1.0, |d| f64::from(d.sharpness) / 1000.0);
        let base = &self.bound.kernels[usize::from(self.bound.seats[self.seat].side)][rung.index()];
        let total: f64 = base.iter().map(|share| f64::from(*share)).sum();
        let mut weights = [0.0; CELLS];
        let mut silent = total;
        for cell in Cell::ALL.into_iter().skip(1) {
            let able = acts.iter().filter(|a| cells[a.index()] == cell && self.takes(**a, rung));
            let (mut sum, mut count) = (0.0, 0);
            for act in able {
                sum += libm::exp(self.utility(*act, rung, cell, &direct[act.index()]));
                count += 1;
            }
            if count > 0 {
                let share = f64::from(base[cell.index()]);
                silent -= share;
                weights[cell.index()] = share * libm::pow(sum / f64::from(count), sharpness);
            }
        }
        let holding = self.clip(self.hardness() * (0.0 - f64::from(rung.0)));
        weights[Cell::Nothing.index()] = silent.max(0.0) * libm::exp(sharpness * holding);
        let all: f64 = weights.iter().sum();
        weights.map(|weight| if all > 0.0 { (weight / all * 1e6 + 0.5) as Ppm } else { 0 })
    }

    fn takes(&self, act: ActionId, stimulus: Rung) -> bool {
        let never = self.doctrine.is_some_and(|d| d.never.get(act.index()) == Some(&true));
        ready(self.bound, act, stimulus.index(), self.levels) && !never
    }

    /// Nats.
    fn utility(&self, act: ActionId, stimulus: Rung, cell: Cell, direct: &Points) -> f64 {
        let own = &self.bound.seats[self.seat];
        let weighs = |k: usize| {
            let disposition = own.dispositions.get(self.disposition).and_then(|d| d.aims.get(k));
            let doctrine = self.doctrine.and_then(|d| d.aims.get(k));
            [disposition, doctrine].into_iter().flatten().map(|f| f64::from(*f) / 1000.0).product::<f64>()
        };
        let points: f64 = (0..own.aims.len()).map(|k| weighs(k) * f64::from(direct[k]) / 1000.0).sum();
        let leaning = self.doctrine.and_then(|d| d.leaning.get(act.index())).copied().unwrap_or(0);
        let rung = self.bound.actions[act.index()].rung;
        let firebreaks = if cell > Cell::InKind { self.bound.crossing_cost(stimulus, rung) } else { 0 };
        self.clip(
            points * f64::from(self.bound.model.aim_scale) / 1000.0
                + f64::from(leaning - firebreaks) / 1000.0
                + self.hardness() * (f64::from(rung.0) - f64::from(stimulus.0)),
        )
    }

    /// Nats a rung.
    fn hardness(&self) -> f64 {
        let disposition = self.bound.seats[self.seat].dispositions.get(self.disposition);
        let both = disposition.map_or(0, |d| d.hardness) + self.doctrine.map_or(0, |d| d.hardness);
        f64::from(both) / 1000.0
    }

    fn clip(&self, nats: f64) -> f64 {
        let most = f64::from(self.bound.model.utility_clip.max(0)) / 1000.0;
        nats.clamp(-most, most)
    }
}
