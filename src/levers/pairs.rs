//! What some pairs of games came to.

use super::card::{Direction, Tally};

/// The tallies of what is compared, and how many pairs differ or did not count.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    pub tallies: Vec<Tally>,
    /// Pairs that differ in anything that is compared.
    pub differ: u64,
    /// Pairs of which a game did not end within its budget.
    pub left_out: u64,
}

impl Pairs {
    /// Adds further pairs.
    pub fn merge(&mut self, other: &Pairs) {
        self.tallies.resize(self.tallies.len().max(other.tallies.len()), Tally::default());
        self.tallies.iter_mut().zip(&other.tallies).for_each(|(own, tally)| own.merge(tally));
        self.differ += other.differ;
        self.left_out += other.left_out;
    }

    /// Whether the first that is compared, the highest rung of all games, went up or down.
    pub fn direction(&self) -> Direction {
        self.tallies.first().map_or(Direction::None, Tally::direction)
    }
}
