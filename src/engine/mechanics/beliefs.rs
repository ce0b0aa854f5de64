//! Beliefs: how evidence moves them, and the one place where they are written.

use crate::engine::event::{Change, Recorder};
use crate::engine::evidence::Imminent;
use crate::engine::step::Step;
use crate::scenario::section::MAX_TYPES;
use crate::vocabulary::{DAY, HypothesisId, Id, ONE_MILLION, Ppm, SeatId};

/// The shares of a belief, with what this step has changed already.
pub fn held<R: Recorder>(step: &Step<'_, R>, id: HypothesisId) -> [Ppm; MAX_TYPES] {
    let written = step.out.changes.iter().rev().find_map(|change| match change {
        Change::Belief(h, shares) if *h == id => Some(*shares),
        _ => None,
    });
    written.unwrap_or_else(|| {
        let hypothesis = &step.rules.bound.hypotheses[id.index()];
        let mut shares = [0; MAX_TYPES];
        shares[..hypothesis.types]
            .copy_from_slice(&step.state.beliefs[hypothesis.offset..][..hypothesis.types]);
        shares
    })
}

/// Writes a belief: weights become shares, none below the floor.
pub fn write<R: Recorder>(step: &mut Step<'_, R>, id: HypothesisId, weights: &[u64; MAX_TYPES], floor: i32) {
    let types = step.rules.bound.hypotheses[id.index()].types;
    let shares = shares_of(&weights[..types], floor.max(0) as Ppm);
    step.change(Change::Belief(id, shares));
}

/// Updates a belief by what a reading does to the odds of each type, `factors` in parts per million.
///
/// `credit` is the belief, before and now, that the reading is the subject's own doing: whatever is not says nothing
/// of the subject. So an act is credited once, and credited more as evidence on its author comes in.
pub fn learn<R: Recorder>(
    step: &mut Step<'_, R>,
    id: HypothesisId,
    factors: &[Ppm; MAX_TYPES],
    credit: Credit,
) {
    let weights = learned(&held(step, id), factors, credit);
    write(step, id, &weights, step.rules.bound.model.belief_floor);
}

/// The belief that a reading is its subject's own doing, in parts per million.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// As it was when the reading was last weighed.
    pub was: Ppm,
    /// As it is now.
    pub now: Ppm,
}

/// Prior times likelihood, where the likelihood is a mixture: the type's own in so far as the subject did it, the mean
/// of all types in so far as it did not.
pub fn learned(shares: &[Ppm; MAX_TYPES], factors: &[Ppm; MAX_TYPES], credit: Credit) -> [u64; MAX_TYPES] {
    let million = u64::from(ONE_MILLION);
    let mean: u64 = shares.iter().zip(factors).map(|(b, f)| u64::from(*b) * u64::from(*f)).sum();
    let mixed = |factor: Ppm, credit: Ppm| {
        let credit = u64::from(credit.min(ONE_MILLION));
        credit * u64::from(factor) + (million - credit) * mean / million
    };
    std::array::from_fn(|kind| {
        let now = u64::from(shares[kind]) * mixed(factors[kind], credit.now);
        // What the reading was given before is taken back; a new one has been given the same for every type.
        if credit.was == 0 { now } else { now / (mixed(factors[kind], credit.was) / million).max(1) }
    })
}

/// Shares that sum to a million, with none below the floor; what rounding leaves goes to the largest.
pub fn shares_of(weights: &[u64], floor: Ppm) -> [Ppm; MAX_TYPES] {
    let types = weights.len().clamp(1, MAX_TYPES);
    let floor = floor.min(ONE_MILLION / (types as u32 * 2));
    let total: u128 = weights.iter().map(|w| u128::from(*w)).sum();
    let free = u128::from(ONE_MILLION - floor * types as u32);
    let mut shares = [0; MAX_TYPES];
    for (share, weight) in shares.iter_mut().zip(weights) {
        let part = (u128::from(*weight) * free).checked_div(total).unwrap_or(free / types as u128);
        *share = floor + part as Ppm;
    }
    let missing = ONE_MILLION - shares.iter().sum::<Ppm>();
    if let Some(largest) = shares[..types].iter_mut().max() {
        *largest += missing;
    }
    shares
}

/// Moves the first type of a yes-or-no belief by parts per million.
pub fn shift<R: Recorder>(step: &mut Step<'_, R>, id: HypothesisId, by: i32) {
    let yes = (i64::from(held(step, id)[0]) + i64::from(by)).clamp(0, i64::from(ONE_MILLION)) as u64;
    let weights = [yes, u64::from(ONE_MILLION) - yes, 0, 0];
    write(step, id, &weights, step.rules.bound.model.belief_floor);
}

/// Beliefs that an act is imminent follow what they are reckoned from: the belief about the actor's disposition, and
/// the postures that raise them. What evidence has added stays.
pub fn reckon<R: Recorder>(step: &mut Step<'_, R>) {
    let rules = step.rules;
    for (i, imminent) in rules.evidence.imminent.iter().enumerate() {
        let (was, now) = (step.state.reckoned[i], chance_of(step, imminent));
        if now == was {
            continue;
        }
        let (was, now) = (u64::from(was.clamp(1, ONE_MILLION - 1)), u64::from(now));
        let million = u64::from(ONE_MILLION);
        let shares = held(step, imminent.hypothesis);
        // Odds times the ratio of the new prior odds to the old; each product stays below 10 to the 18.
        let weights = [
            u64::from(shares[0]) * now * (million - was),
            u64::from(shares[1]) * (million - now) * was,
            0,
            0,
        ];
        step.change(Change::Reckoned(imminent.hypothesis, now as Ppm));
        write(step, imminent.hypothesis, &weights, 0);
    }
}

/// The chance that a belief in an imminence is reckoned from now, strictly between no and yes.
fn chance_of<R: Recorder>(step: &Step<'_, R>, imminent: &Imminent) -> Ppm {
    let rules = step.rules;
    let hypothesis = &rules.bound.hypotheses[imminent.hypothesis.index()];
    let expectation = rules.evidence.expectation(hypothesis.holder, hypothesis.subject);
    let shares = expectation.belief.map_or(expectation.prior, |belief| held(step, belief));
    let base = u64::from(imminent.base(&shares).clamp(1, ONE_MILLION - 1));
    let (mut yes, no) = (base * 1000, (u64::from(ONE_MILLION) - base) * 1000);
    for (action, factor) in &imminent.raised {
        let act = &rules.bound.actions[action.index()];
        let holder = hypothesis.holder;
        let known = |by: SeatId| by == holder || act.seen_by[holder.index()];
        if step.state.ongoing.iter().any(|o| o.action == *action && known(o.seat)) {
            yes = (yes * u64::from(*factor) / 1000).min(1 << 40);
        }
    }
    ((yes * u64::from(ONE_MILLION) / (yes + no)) as Ppm).clamp(1, ONE_MILLION - 1)
}

/// Once a day every belief returns a little towards its prior.
pub fn leak<R: Recorder>(step: &mut Step<'_, R>) {
    let model = &step.rules.bound.model;
    if model.belief_leak <= 0 || step.state.minute % DAY >= model.tick_minutes {
        return;
    }
    for h in 0..step.rules.bound.hypotheses.len() {
        let id = HypothesisId::new(h);
        let now = held(step, id);
        let reckoned = step.rules.evidence.imminent.iter().position(|i| i.hypothesis == id);
        let mut weights = [0; MAX_TYPES];
        for (kind, (weight, prior)) in
            weights.iter_mut().zip(&step.rules.bound.hypotheses[h].prior).enumerate()
        {
            let prior = match reckoned.map(|at| step.state.reckoned[at]) {
                Some(yes) if kind == 0 => yes,
                Some(yes) => ONE_MILLION - yes,
                None => *prior,
            };
            let (now, prior) = (i64::from(now[kind]), i64::from(prior));
            *weight = (now + (prior - now) * i64::from(model.belief_leak) / 1_000_000) as u64;
        }
        write(step, id, &weights, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_always_sum_to_a_million_and_keep_the_floor() {
        for weights in [[0, 0, 0], [1, 2, 3], [u64::MAX / 4, 0, 7], [999_999, 1, 0]] {
            let shares = shares_of(&weights, 10_000);
            assert_eq!(shares.iter().sum::<u32>(), ONE_MILLION, "{shares:?}");
            assert!(shares[..3].iter().all(|s| *s >= 10_000), "{shares:?}");
        }
    }

    #[test]
    fn a_reading_that_its_subject_may_not_have_caused_says_less_and_credit_adds_up() {
        let (prior, factors) = ([500_000, 500_000, 0, 0], [300_000, 100_000, 0, 0]);
        let after = |shares, was, now| shares_of(&learned(&shares, &factors, Credit { was, now })[..2], 0);
        assert_eq!(after(prior, 0, 0)[0], 500_000, "nobody's act says nothing");
        assert_eq!(after(prior, 0, 1_000_000)[0], 750_000, "Bayes' rule");
        // Half of it: 0.5 * 0.75 + 0.5 * 0.5.
        assert_eq!(after(prior, 0, 500_000)[0], 625_000);
        // The other half later: odds of 1 to 1 times 3, whatever the way there.
        let half = after(prior, 0, 500_000);
        let whole = after(half, 500_000, 1_000_000)[0];
        assert!((740_000..760_000).contains(&whole), "{whole}");
        let back = after(half, 500_000, 0)[0];
        assert!((495_000..510_000).contains(&back), "{back}");
    }
}
