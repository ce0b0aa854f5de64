//! Who plays which run: the combinations of doctrines, spread evenly over however many runs there are.

use crate::scenario::Scenario;
use crate::session::runner::usual_policy;
use crate::vocabulary::{Id, SeatId};

/// A policy for every seat that gives orders.
pub(super) type Seating = Vec<(SeatId, String)>;

/// The doctrines of every seat that gives orders, and how runs are spread over their combinations.
#[derive(Clone, Debug)]
pub(super) struct Spread {
    seats: Vec<(SeatId, Vec<String>)>,
    runs: u64,
    /// From run to run it is so many combinations further: coprime to their number, so that each has its turn, and not
    /// far from the golden section, so that few runs lie far apart.
    stride: u64,
}

/// How many combinations of doctrines there are.
pub fn combinations(scenario: &Scenario) -> u64 {
    Spread::new(scenario, 0).combinations()
}

impl Spread {
    pub fn new(scenario: &Scenario, runs: u64) -> Spread {
        let seats = scenario.players().map(|seat| {
            let doctrines = scenario.document.doctrines.iter().filter(|doctrine| doctrine.seat.id() == seat);
            let mut names: Vec<String> = doctrines.map(|doctrine| doctrine.name.clone()).collect();
            if names.is_empty() {
                names.push(usual_policy(scenario, seat).to_owned());
            }
            (seat, names)
        });
        Spread::over(seats.collect(), runs)
    }

    fn over(seats: Vec<(SeatId, Vec<String>)>, runs: u64) -> Spread {
        let count: u64 = seats.iter().map(|(_, names)| names.len() as u64).product();
        let strides = count * 618 / 1000..count;
        let stride = strides.into_iter().find(|stride| common_divisor(*stride, count) == 1).unwrap_or(1);
        Spread { seats, runs, stride }
    }

    pub fn combinations(&self) -> u64 {
        self.seats.iter().map(|(_, names)| names.len() as u64).product()
    }

    /// The combination that plays a run.
    pub fn of_run(&self, run: u64) -> u64 {
        let count = self.combinations();
        (run % count) * self.stride % count
    }

    /// The players of a combination.
    pub fn players(&self, mut combination: u64) -> Seating {
        let mut pick = |(seat, names): &(SeatId, Vec<String>)| {
            let count = names.len() as u64;
            let name = names[(combination % count) as usize].clone();
            combination /= count;
            (*seat, name)
        };
        self.seats.iter().map(&mut pick).collect()
    }

    /// The players of a run as options of a command.
    pub fn options(&self, scenario: &Scenario, run: u64) -> String {
        let seat = |seat: SeatId| &scenario.document.seats[seat.index()].name;
        let players = self.players(self.of_run(run));
        players.iter().map(|(id, policy)| format!(" --policy {}={policy}", seat(*id))).collect()
    }

    /// All runs in pieces of at most `most`, each with the combination that plays it.
    pub fn pieces(&self, most: u64) -> Vec<(u64, Vec<u64>)> {
        let count = self.combinations();
        let mut pieces = Vec::new();
        for first in 0..count.min(self.runs) {
            let runs: Vec<u64> = (first..self.runs).step_by(count as usize).collect();
            let own = runs.chunks(most as usize).map(|runs| (self.of_run(first), runs.to_vec()));
            pieces.extend(own);
        }
        pieces
    }
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn spread(doctrines: &[usize], runs: u64) -> Spread {
        let names = |count: usize| (0..count).map(|name| name.to_string()).collect();
        let seats = doctrines.iter().enumerate().map(|(seat, count)| (SeatId::new(seat), names(*count)));
        Spread::over(seats.collect(), runs)
    }

    #[test]
    fn every_combination_has_its_turn_before_one_has_a_second() {
        for doctrines in [&[1, 1][..], &[2, 1, 3], &[4, 4, 3], &[5]] {
            let spread = spread(doctrines, 0);
            let count = spread.combinations();
            let met: BTreeSet<u64> = (0..count).map(|run| spread.of_run(run)).collect();
            assert_eq!(met.len() as u64, count, "{doctrines:?}");
        }
    }

    #[test]
    fn few_runs_meet_every_doctrine_of_every_seat() {
        let spread = spread(&[4, 4, 3], 12);
        let met: BTreeSet<(SeatId, String)> =
            (0..12).flat_map(|run| spread.players(spread.of_run(run))).collect();
        assert_eq!(met.len(), 4 + 4 + 3);
    }

    #[test]
    fn pieces_hold_every_run_once_with_those_who_play_it() {
        let spread = spread(&[2, 3], 50);
        let pieces = spread.pieces(4);
        let mut runs: Vec<u64> = pieces.iter().flat_map(|(_, runs)| runs.clone()).collect();
        runs.sort_unstable();
        assert_eq!(runs, (0..50).collect::<Vec<_>>());
        assert!(pieces.iter().all(|(who, runs)| runs.iter().all(|run| spread.of_run(*run) == *who)));
    }
}
