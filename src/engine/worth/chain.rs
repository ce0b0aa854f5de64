//! How high a crisis may go after a reply, by the record's kernels alone: reply upon reply until one side lets it be.
//!
//! Above rung 9 these kernels are judgement, and so is what follows from them.

use crate::engine::cells::arms_of;
use crate::vocabulary::{CELLS, Cell, Ppm, RUNGS, Rung};

/// Chances of the highest rung.
type Reach = [f64; RUNGS];

/// Alternations after which a chain is cut off; few come near it.
const ROUNDS: usize = 64;

/// By side, then rung of its act: the highest rung of the acts that follow, that act included.
pub struct Highest {
    kernels: Vec<[[f64; CELLS]; RUNGS]>,
    lowest_fire: Rung,
    /// By acting side, replying side, rung of the act.
    reach: Vec<Vec<[Reach; RUNGS]>>,
}

impl Highest {
    pub fn new(kernels: &[[[Ppm; CELLS]; RUNGS]], lowest_fire: Rung) -> Highest {
        let shares = |row: &[Ppm; CELLS]| {
            let total: f64 = row.iter().map(|share| f64::from(*share)).sum();
            row.map(|share| f64::from(share) / total.max(1.0))
        };
        let kernels: Vec<_> = kernels.iter().map(|side| std::array::from_fn(|r| shares(&side[r]))).collect();
        let alone: [Reach; RUNGS] = std::array::from_fn(only);
        let reach = vec![vec![alone; kernels.len()]; kernels.len()];
        let mut chain = Highest { reach, kernels, lowest_fire };
        for _ in 0..ROUNDS {
            let sides = chain.kernels.len();
            chain.reach = (0..sides)
                .map(|by| {
                    (0..sides).map(|other| std::array::from_fn(|r| chain.after_act(by, other, r))).collect()
                })
                .collect();
        }
        chain
    }

    /// After an act of one side at a rung, while the other may reply.
    fn after_act(&self, by: usize, other: usize, rung: usize) -> Reach {
        let row = &self.kernels[other][rung];
        // A side of which nothing is recorded lets it be.
        let mut reach = only(rung).map(|chance| chance * (1.0 - row.iter().sum::<f64>()));
        for cell in Cell::ALL {
            let share = row[cell.index()];
            let then = self.after_reply(other, by, rung, cell);
            reach.iter_mut().zip(then).for_each(|(sum, chance)| *sum += share * chance);
        }
        reach
    }

    /// After a reply of one side in a cell to an act of the other at a rung.
    pub fn after_reply(&self, by: usize, other: usize, rung: usize, cell: Cell) -> Reach {
        let Some(answered) = arms_of(cell, Rung(rung as u8), self.lowest_fire) else { return only(rung) };
        let later = &self.reach[by][other][answered.index().min(RUNGS - 1)];
        let mut reach = [0.0; RUNGS];
        for (highest, chance) in later.iter().enumerate() {
            reach[highest.max(rung)] += chance;
        }
        reach
    }
}

fn only(rung: usize) -> Reach {
    std::array::from_fn(|r| f64::from(u8::from(r == rung)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sides_that_always_go_one_up_reach_the_top_and_two_that_never_reply_stay() {
        let every = |cell: Cell| {
            let mut row = [0; CELLS];
            row[cell.index()] = 1_000_000;
            vec![[row; RUNGS]; 2]
        };
        let up = Highest::new(&every(Cell::OneUp), Rung(5)).after_reply(0, 1, 6, Cell::InKind);
        assert!((up[RUNGS - 1] - 1.0).abs() < 1e-9, "{up:?}");
        let calm = Highest::new(&every(Cell::Nothing), Rung(5)).after_reply(0, 1, 6, Cell::OneUp);
        assert!((calm[7] - 1.0).abs() < 1e-9, "{calm:?}");
    }

    #[test]
    fn a_chain_of_half_chances_halves_at_every_rung() {
        let mut row = [0; CELLS];
        (row[Cell::Nothing.index()], row[Cell::OneUp.index()]) = (500_000, 500_000);
        let reach = Highest::new(&vec![[row; RUNGS]; 2], Rung(5)).after_act(0, 1, 6);
        for (highest, expected) in [(6, 0.5), (7, 0.25), (8, 0.125), (12, 1.0 / 128.0)] {
            assert!((reach[highest] - expected).abs() < 1e-9, "{highest}: {reach:?}");
        }
    }
}
