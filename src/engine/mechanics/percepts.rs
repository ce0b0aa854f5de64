//! Percepts: how a signal looks to an observer, and what the observer learns from it.
//!
//! Perception is biased toward what the observer predicted (Jervis 1976) and noisy; the update uses the same table
//! without the bias, since nobody knows their own bias.

use super::beliefs::{self, Credit};
use super::ledger;
use crate::engine::dice::{Draws, SiteId};
use crate::engine::event::{Change, Purpose, Recorder, Roll};
use crate::engine::evidence::Circumstance;
use crate::engine::state::{NEVER, Proposal, Seen};
use crate::engine::step::Step;
use crate::scenario::section::{Carries, Hypothesis, HypothesisKind, MAX_TYPES, Noise, STEPS};
use crate::vocabulary::{
    ActionId, Context, Cost, HypothesisId, Id, ONE_MILLION, PathId, Ppm, READINGS, Reading, Rung, SeatId,
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
    /// Whether a message bound to it has arrived.
    pub explained: bool,
    /// The act behind it, if it is one.
    pub action: Option<ActionId>,
    /// The belief that it is its sender's doing, in parts per million.
    pub credit: Ppm,
    /// Where its luck lies.
    pub site: SiteId,
    /// Which signal of the same kind this tick.
    pub index: u32,
}

/// Lets an observer perceive a signal and learn from it.
pub fn perceive<R: Recorder>(step: &mut Step<'_, R>, observer: SeatId, signal: &Signal) -> Reading {
    witness(step, observer, signal).0
}

/// As [`perceive`], with the context in which the observer read it.
pub fn witness<R: Recorder>(step: &mut Step<'_, R>, observer: SeatId, signal: &Signal) -> (Reading, Context) {
    let context = context(step, observer, signal.by);
    let expected = predicted(step, observer, signal.by, context);
    let path = &step.rules.bound.paths[signal.path.index()];
    let noise = if signal.explained { &path.explained } else { &path.plain };
    let site = signal.site.within(step.rules.luck.seats[observer.index()]);
    let edges = arriving(noise, signal.meant, expected, step.rules.bound.model.percept_bias);
    let draw = u64::from(step.dice.draw(site, signal.index));
    let result = edges.iter().position(|edge| draw < *edge).unwrap_or(READINGS - 1);
    step.record.roll(&Roll {
        purpose: Purpose::Percept,
        site,
        index: signal.index,
        chance: 0,
        result: result as i32,
    });
    let perceived = Reading::at(result);
    learn(step, observer, signal, context, perceived);
    (perceived, context)
}

/// Moves the observer's beliefs about the sender.
fn learn<R: Recorder>(
    step: &mut Step<'_, R>,
    observer: SeatId,
    signal: &Signal,
    context: Context,
    perceived: Reading,
) {
    let rules = step.rules;
    let Signal { path, explained, cost, .. } = *signal;
    let met = Circumstance { path, explained, cost, context };
    for (h, hypothesis) in rules.bound.hypotheses.iter().enumerate() {
        if hypothesis.holder == observer && hypothesis.subject == signal.by && speaks_to(hypothesis, signal) {
            let id = HypothesisId::new(h);
            let table = rules.evidence.factors(id, met);
            let factors: [Ppm; MAX_TYPES] = std::array::from_fn(|kind| table[kind][perceived.index()]);
            beliefs::learn(step, id, &factors, Credit { was: 0, now: signal.credit });
        }
    }
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

/// Notes that fire at a rung fell upon a seat: with those who saw it, and with whoever fired.
pub fn note_fire<R: Recorder>(step: &mut Step<'_, R>, by: SeatId, on: SeatId, rung: Rung, seen: &Seen) {
    if rung < step.rules.bound.model.lowest_fire() {
        return;
    }
    step.change(Change::FireSeen { observer: by, on });
    for observer in witnesses(seen) {
        step.change(Change::FireSeen { observer, on });
    }
}

/// Notes that a seat was seen to act: whoever saw it takes what the seat does later for no answer to earlier fire.
pub fn note_act<R: Recorder>(step: &mut Step<'_, R>, by: SeatId, seen: &Seen) {
    for observer in witnesses(seen) {
        if step.state.fire_seen[observer.index() * step.rules.seats() + by.index()] != NEVER {
            step.change(Change::FireMet { observer, by });
        }
    }
}

fn witnesses(seen: &Seen) -> impl Iterator<Item = SeatId> + '_ {
    seen.iter().enumerate().filter(|(_, taken)| taken.is_some()).map(|(o, _)| SeatId::new(o))
}

/// What a signal of a sender follows, as far as the observer knows: its own count of the fire that it saw, not what
/// the sender has left undecided.
fn context<R: Recorder>(step: &Step<'_, R>, observer: SeatId, sender: SeatId) -> Context {
    let state = step.state;
    let demanded = |p: &Proposal| {
        let known = p.over.is_none() || p.from == observer || p.to == observer;
        p.to == sender && p.deadline != NEVER && known
    };
    let fire = state.fire_seen[observer.index() * step.rules.seats() + sender.index()];
    if fire != NEVER && !ledger::is_forgotten(&step.rules.bound.model, state.minute - fire) {
        Context::AfterFire
    } else if state.proposals.iter().any(demanded) {
        Context::AfterDemand
    } else {
        Context::Unprovoked
    }
}

/// The reading that an observer predicts of a sender, in thousandths: the mean over its belief.
fn predicted<R: Recorder>(step: &Step<'_, R>, observer: SeatId, sender: SeatId, context: Context) -> i32 {
    let expectation = step.rules.evidence.expectation(observer, sender);
    let shares = expectation.belief.map_or(expectation.prior, |belief| beliefs::held(step, belief));
    expectation.reading(&shares, context)
}

/// The thresholds of each perceived reading: what arrives is what was meant, drawn towards what was expected (in
/// thousandths of readings) by the bias (in parts per million).
pub fn arriving(noise: &Noise, meant: Reading, expected: i32, bias: i32) -> &[u64; READINGS] {
    let (bias, million) = (i64::from(bias), i64::from(ONE_MILLION));
    let centre = ((million - bias) * meant.index() as i64 * 1000 + bias * i64::from(expected)) / million;
    let step = 1000 / STEPS as i64;
    let row = ((centre + step / 2) / step).clamp(0, noise.perceived.len() as i64 - 1);
    &noise.perceived[row as usize]
}

/// An act that was due by a deadline and did not come: the threat was not carried out, and what was demanded was not
/// done. Each party reads the other's.
pub fn omitted<R: Recorder>(step: &mut Step<'_, R>, proposal: &Proposal) {
    let rules = step.rules;
    for (by, observer, meant) in
        [(proposal.from, proposal.to, Reading::Soft), (proposal.to, proposal.from, Reading::Firm)]
    {
        let signal = Signal {
            by,
            meant,
            cost: Cost::Sunk,
            path: rules.path_of(Carries::Statements),
            explained: false,
            action: None,
            credit: ONE_MILLION,
            site: rules.luck.statement.with("omission").within(rules.luck.seats[by.index()]),
            index: 0,
        };
        perceive(step, observer, &signal);
    }
}
