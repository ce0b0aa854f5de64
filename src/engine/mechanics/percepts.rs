//! Percepts and beliefs: how a signal looks to an observer, and what that does to the observer's hypotheses.
//!
//! Perception is biased toward expectation (Jervis 1976) and noisy; the update uses the same table without the bias,
//! since nobody knows their own bias.

use crate::engine::dice::{Draws, SiteId};
use crate::engine::event::{Change, Purpose, Recorder, Roll};
use crate::engine::step::Step;
use crate::scenario::section::{Hypothesis, HypothesisKind};
use crate::vocabulary::{
    ActionId, Chance, Cost, HypothesisId, Id, ONE_MILLION, PathId, READINGS, Reading, SeatId,
};

/// A signal on its way to an observer.
#[derive(Clone, Copy, Debug)]
pub struct Signal {
    /// Who sent it.
    pub by: SeatId,
    /// What was meant.
    pub meant: Reading,
    /// What it cost.
    pub cost: Cost,
    /// How it travels.
    pub path: PathId,
    /// Whether a bound message explains it.
    pub explained: bool,
    /// The act behind it, if it is one.
    pub action: Option<ActionId>,
    /// Where its luck lies.
    pub site: SiteId,
    /// Which signal of the same kind this tick.
    pub index: u32,
}

/// Lets an observer perceive a signal and learn from it.
pub fn perceive<R: Recorder>(step: &mut Step<'_, R>, observer: SeatId, signal: &Signal) -> Reading {
    let (rules, state) = (step.rules, step.state);
    let seats = rules.seats();
    let expected = state.expected[observer.index() * seats + signal.by.index()];
    let site = signal.site.within(rules.luck.seats[observer.index()]);
    let clear = Chance::ppm(i64::from(rules.bound.model.message_clarity));
    let perceived =
        if signal.explained && step.chance(Purpose::Fidelity, site.with("clear"), signal.index, clear) {
            signal.meant
        } else {
            let row = ((expected + 500) / 1000).clamp(0, READINGS as i32 - 1) as usize;
            let edges = &rules.bound.paths[signal.path.index()].biased[signal.meant.index()][row];
            let draw = u64::from(step.dice.draw(site, signal.index));
            let result = edges.iter().position(|edge| draw < *edge).unwrap_or(READINGS - 1);
            step.record.roll(&Roll {
                purpose: Purpose::Percept,
                site,
                index: signal.index,
                chance: 0,
                result: result as i32,
            });
            Reading::at(result)
        };
    let seen = perceived.index() as i32 * 1000;
    step.change(Change::Expect(observer, signal.by, expected + (seen - expected) / 4));
    for h in 0..rules.bound.hypotheses.len() {
        let hypothesis = &rules.bound.hypotheses[h];
        if hypothesis.holder == observer && hypothesis.subject == signal.by && speaks_to(hypothesis, signal) {
            let shares = updated(step, HypothesisId::new(h), signal.path, signal.cost, perceived);
            step.change(Change::Belief(HypothesisId::new(h), shares));
        }
    }
    perceived
}

/// Whether a signal says something about a hypothesis: imminence is read from acts and posture, not from words.
fn speaks_to(hypothesis: &Hypothesis, signal: &Signal) -> bool {
    match hypothesis.about {
        HypothesisKind::Imminence(..) => signal.action.is_some(),
        HypothesisKind::Disposition(_) | HypothesisKind::Commitment(_) | HypothesisKind::Unconsulted(_) => {
            true
        }
    }
}

/// The shares after a reading: prior times evidence, normalised, none below the floor.
fn updated<R: Recorder>(
    step: &Step<'_, R>,
    id: HypothesisId,
    path: PathId,
    cost: Cost,
    perceived: Reading,
) -> [u32; 4] {
    let hypothesis = &step.rules.bound.hypotheses[id.index()];
    let factors = &step.rules.evidence[id.index()][path.index()][cost as usize];
    let now = &step.state.beliefs[hypothesis.offset..][..hypothesis.types];
    let mut shares = [0; 4];
    for (kind, share) in now.iter().enumerate() {
        let weighed =
            u64::from(*share) * u64::from(factors[kind][perceived.index()]) / u64::from(ONE_MILLION);
        shares[kind] = weighed as u32;
    }
    normalise(&mut shares[..hypothesis.types], step.rules.bound.model.belief_floor.max(0) as u32);
    shares
}

/// Makes shares sum to a million with none below the floor; what rounding leaves goes to the largest.
pub fn normalise(shares: &mut [u32], floor: u32) {
    let floor = floor.min(ONE_MILLION / (shares.len().max(1) as u32 * 2));
    let total: u64 = shares.iter().map(|s| u64::from(*s)).sum();
    let free = u64::from(ONE_MILLION) - u64::from(floor) * shares.len() as u64;
    let count = shares.len() as u64;
    for share in shares.iter_mut() {
        let part = (u64::from(*share) * free).checked_div(total).unwrap_or(free / count);
        *share = floor + part as u32;
    }
    let missing = ONE_MILLION - shares.iter().sum::<u32>();
    if let Some(largest) = shares.iter_mut().max() {
        *largest += missing;
    }
}

/// Once a day every belief returns a little towards its prior.
pub fn leak<R: Recorder>(step: &mut Step<'_, R>) {
    let model = &step.rules.bound.model;
    if model.belief_leak <= 0 || step.state.minute % 1440 >= model.tick_minutes {
        return;
    }
    for (h, hypothesis) in step.rules.bound.hypotheses.iter().enumerate() {
        let mut shares = [0; 4];
        let now = &step.state.beliefs[hypothesis.offset..];
        for ((share, prior), now) in shares.iter_mut().zip(&hypothesis.prior).zip(now) {
            let (now, prior) = (i64::from(*now), i64::from(*prior));
            *share = (now + (prior - now) * i64::from(model.belief_leak) / 1_000_000) as u32;
        }
        normalise(&mut shares[..hypothesis.types], 0);
        step.change(Change::Belief(HypothesisId::new(h), shares));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_always_sum_to_a_million_and_keep_the_floor() {
        for mut shares in [[0, 0, 0], [1, 2, 3], [u32::MAX, 0, 7], [999_999, 1, 0]] {
            normalise(&mut shares, 10_000);
            assert_eq!(shares.iter().sum::<u32>(), ONE_MILLION, "{shares:?}");
            assert!(shares.iter().all(|s| *s >= 10_000), "{shares:?}");
        }
    }
}
