//! The score of a seat: a vector, of which no part offsets another, and which is never summed across seats.

use super::rules::Rules;
use super::state::{NEVER, State};
use crate::scenario::section::HypothesisKind;
use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{Id, Ppm, SeatId};
use serde::{Deserialize, Serialize};

/// How a seat came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Points of its aims in thousandths, those with a floor left out.
    pub aims: i32,
    /// Whether an aim with a floor (no war, no nuclear use) was lost: no points offset that.
    pub floored: bool,
    /// Own soldiers who died.
    pub soldiers: i32,
    /// Civilians who died, on any side.
    pub civilians: i32,
    /// How far the seat and its allies believe that the others come, on average, in parts per million; nothing for a
    /// seat without allies.
    pub alliance: Option<Ppm>,
    /// What is left behind.
    pub left: Left,
}

/// What a seat leaves behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Own ultimatums that still run.
    pub open_ultimatums: u8,
    /// Own ultimatums that lapsed.
    pub lapsed_threats: u8,
    /// Accords of which it is a party, in force at the start and no longer.
    pub broken_accords: u8,
    /// What its allies have lost of their belief that it comes, in parts per million.
    pub lost_assurance: Ppm,
}

impl Score {
    /// The parts as numbers of which more is better: aims, people, alliance, what is left behind.
    pub fn parts(&self) -> [i64; 4] {
        let left = &self.left;
        let debts = [left.open_ultimatums, left.lapsed_threats, left.broken_accords].map(i64::from);
        [
            // Whoever lost a floor stands behind all who did not.
            if self.floored { i64::MIN / 2 + i64::from(self.aims) } else { i64::from(self.aims) },
            -i64::from(self.soldiers) - i64::from(self.civilians),
            self.alliance.map_or(0, i64::from),
            -debts.iter().sum::<i64>() * 1_000_000 - i64::from(left.lost_assurance),
        ]
    }

    /// Where this score stands among others: for each part, the percentage of them below it, those alike counting half.
    pub fn among(&self, others: &[Score]) -> [u8; 4] {
        let own = self.parts();
        std::array::from_fn(|part| {
            let theirs = others.iter().map(|other| other.parts()[part].cmp(&own[part]));
            let halves: usize = theirs.map(|order| [2, 1, 0][(order as i8 + 1) as usize]).sum();
            let all = others.len().max(1);
            // Rounded, as every table that places a game among others is.
            ((halves * 100 + all) / (2 * all)) as u8
        })
    }
}

impl State {
    /// The score of a seat as things stand; `points` are those of its aims.
    pub(in crate::engine) fn score(&self, rules: &Rules, seat: SeatId, points: &[i32]) -> Score {
        let bound = &rules.bound.seats[seat.index()];
        let aims = || bound.aims.iter().zip(points);
        let sum = aims().filter(|(aim, _)| !aim.floor).map(|(_, points)| i64::from(*points)).sum::<i64>();
        let count = |n: usize| n.min(255) as u8;
        let parties = rules.bound.accords.iter().zip(&self.accords);
        let mut lost = 0;
        let mut trust = Vec::new();
        for &ally in &bound.allies {
            trust.extend(self.assurance(rules, seat, ally).map(|(now, _)| now));
            if let Some((now, before)) = self.assurance(rules, ally, seat) {
                trust.push(now);
                lost = lost.max(before.saturating_sub(now));
            }
        }
        Score {
            aims: sum.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32,
            floored: aims().any(|(aim, points)| aim.floor && *points <= 0),
            soldiers: self.deaths[seat.index()],
            civilians: self.civilians,
            alliance: (!trust.is_empty())
                .then(|| (trust.iter().map(|t| u64::from(*t)).sum::<u64>() / trust.len() as u64) as Ppm),
            left: Left {
                open_ultimatums: count(
                    self.proposals
                        .iter()
                        .filter(|p| p.from == seat && p.threat.is_some() && p.deadline != NEVER)
                        .count(),
                ),
                lapsed_threats: self.lapses[seat.index()],
                broken_accords: count(
                    parties
                        .filter(|(accord, now)| {
                            accord.parties.contains(&seat)
                                && accord.status == AccordStatus::InForce
                                && **now != AccordStatus::InForce
                        })
                        .count(),
                ),
                lost_assurance: lost,
            },
        }
    }

    /// How far a seat believes that an ally comes, now and at the start.
    fn assurance(&self, rules: &Rules, seat: SeatId, ally: SeatId) -> Option<(Ppm, Ppm)> {
        let found = rules.bound.hypotheses.iter().find(|h| {
            h.holder == seat && h.subject == ally && matches!(h.about, HypothesisKind::Commitment(_))
        })?;
        Some((self.beliefs[found.offset], found.prior[0]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(aims: i32) -> Score {
        Score { aims, alliance: Some(800_000), ..Score::default() }
    }

    #[test]
    fn no_points_lift_a_seat_that_lost_its_floor_above_one_that_did_not() {
        let war = Score { floored: true, ..score(i32::MAX) };
        assert!(war.parts()[0] < score(i32::MIN).parts()[0]);
        assert!(war.parts()[0] > Score { floored: true, ..score(0) }.parts()[0]);
    }

    #[test]
    fn each_part_is_placed_among_others_on_its_own() {
        let others: Vec<Score> = (0..4).map(|k| Score { soldiers: k, ..score(k * 1000) }).collect();
        let own = Score { soldiers: 3, ..score(2500) };
        assert_eq!(own.among(&others), [75, 13, 50, 50], "aims above three of four, deaths like the worst");
        assert_eq!(own.among(&[]), [0; 4]);
    }

    #[test]
    fn a_lapsed_threat_weighs_more_than_any_loss_of_assurance() {
        let left = |lapsed_threats, lost_assurance| {
            Score { left: Left { lapsed_threats, lost_assurance, ..Left::default() }, ..score(0) }.parts()[3]
        };
        assert!(left(0, 0) > left(0, 300_000) && left(0, 300_000) > left(1, 0) && left(1, 0) > left(1, 1));
    }
}
