//! Gauges: which beliefs a row tells of, and how they are read.

use crate::engine::Rules;
use crate::scenario::section::{Hypothesis, HypothesisKind};
use crate::vocabulary::{Chance, Id, Ppm, Rung};

/// The lowest rung that nobody has seen: pressure to act there is pressure to use or lose.
const UNKNOWN: Rung = Rung(10);

/// What a belief is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gauge {
    /// The belief that an ally does not come.
    Abandonment,
    /// The belief that an ally acts unconsulted.
    Entrapment,
    /// What is believed of a rival's disposition beside the truth.
    Error,
    /// The belief that an attack is near, where it presses towards an unknown rung.
    UseOrLose,
}

/// A hypothesis that is measured.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Its position.
    pub hypothesis: usize,
    /// How it is read.
    pub gauge: Gauge,
    /// What is read now.
    pub now: Ppm,
    /// The highest that was read.
    pub worst: Ppm,
    /// Summed over ticks.
    pub sum: i64,
}

/// The hypotheses that are measured, in the scenario's order.
pub fn watched(rules: &Rules) -> Vec<Watched> {
    let bound = &rules.bound;
    let presses = |h: usize| {
        bound.triggers.iter().any(|trigger| {
            trigger.belief.index() == h
                && (trigger.press > 0 || trigger.hazard.iter().any(|chance| *chance != Chance::NEVER))
                && bound.actions[trigger.action.index()].rung >= UNKNOWN
        })
    };
    let gauge = |(h, hypothesis): (usize, &Hypothesis)| {
        let gauge = match hypothesis.about {
            HypothesisKind::Commitment(_) => Gauge::Abandonment,
            HypothesisKind::Unconsulted(_) => Gauge::Entrapment,
            HypothesisKind::Disposition(_) => Gauge::Error,
            HypothesisKind::Imminence(..) if presses(h) => Gauge::UseOrLose,
            HypothesisKind::Imminence(..) => return None,
        };
        Some(Watched { hypothesis: h, gauge, now: 0, worst: 0, sum: 0 })
    };
    bound.hypotheses.iter().enumerate().filter_map(gauge).collect()
}
