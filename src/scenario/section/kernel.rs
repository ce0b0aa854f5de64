//! The record's base rates: reply kernels, reply latencies, losses.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{AuthoredChance, CELLS, Chance, Duration, TOP_RUNG};
use serde::{Deserialize, Serialize};

/// How one side replies to a class of stimulus, as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KernelDoc {
    /// Name in the file.
    pub name: String,
    /// The side that replies.
    pub side: String,
    /// Lowest and highest rung of the stimulus.
    pub rungs: (u8, u8),
    /// Weights of nothing, protest, non-military, symbolic fire, in kind, one up, two or more up.
    pub weights: [u32; CELLS],
    /// Where the numbers come from.
    pub source: String,
}

impl Check for KernelDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        if self.rungs.0 > self.rungs.1 {
            at.problem("rungs", format!("{} to {} is empty", self.rungs.0, self.rungs.1), "lowest, highest");
        }
        at.within("rungs.0", self.rungs.0, 0.0, f64::from(TOP_RUNG));
        at.within("rungs.1", self.rungs.1, 0.0, f64::from(TOP_RUNG));
        at.weights("weights", &self.weights);
    }
}

/// A kernel, bound.
#[derive(Clone, Copy, Debug)]
pub struct Kernel {
    /// The side that replies.
    pub side: u8,
    /// Lowest rung of the stimulus.
    pub from: u8,
    /// Highest rung of the stimulus.
    pub to: u8,
    /// Share of each cell in parts per million.
    pub shares: [u32; CELLS],
}

impl KernelDoc {
    /// Converts weights into shares.
    pub fn bind(&self, side: u8) -> Kernel {
        let total: u64 = self.weights.iter().map(|w| u64::from(*w)).sum::<u64>().max(1);
        Kernel {
            side,
            from: self.rungs.0,
            to: self.rungs.1,
            shares: self.weights.map(|w| (u64::from(w) * 1_000_000 / total) as u32),
        }
    }
}

/// How clear a stimulus is, which decides how fast it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LatencyClass {
    /// Under direct fire.
    Direct,
    /// Unaimed fire, or fire of unclear origin.
    Ambiguous,
    /// Political or symbolic.
    Political,
}

/// A reply latency as authored: lognormal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LatencyDoc {
    /// Name in the file.
    pub name: String,
    /// Which stimuli it is for.
    pub class: LatencyClass,
    /// Median.
    pub median: Duration,
    /// Standard deviation of the logarithm.
    pub sigma: f64,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for LatencyDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.positive_duration("median", self.median);
        at.within("sigma", self.sigma, 0.0, 3.0);
    }
}

/// A latency as a table of quantiles.
#[derive(Clone, Debug)]
pub struct Latency {
    /// Which stimuli it is for.
    pub class: LatencyClass,
    /// Minutes at 256 evenly spaced quantiles.
    pub minutes: Vec<i32>,
}

impl LatencyDoc {
    /// Fills the table.
    pub fn bind(&self) -> Latency {
        Latency {
            class: self.class,
            minutes: crate::scenario::binding::lognormal(
                f64::from(self.median.minutes()),
                self.sigma,
                1,
                100_000,
            ),
        }
    }
}

/// Who is hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Victims {
    /// The forces of the seat acted against.
    Target,
    /// The acting seat's own forces.
    Own,
    /// Civilians of the seat acted against.
    Civilians,
}

/// A kind of loss as authored: a chance of any death, then a discrete lognormal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LossDoc {
    /// Name in the file.
    pub name: String,
    /// Chance of any death.
    pub any: AuthoredChance,
    /// Median number of dead, given any.
    pub median: f64,
    /// Standard deviation of the logarithm.
    pub sigma: f64,
    /// Most dead.
    pub cap: u32,
    /// Who is hit.
    pub victims: Victims,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for LossDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.chance("any", self.any);
        at.within("median", self.median, 1.0, 1e7);
        at.within("sigma", self.sigma, 0.0, 4.0);
        at.within("cap", self.cap, 1.0, 1e8);
    }
}

/// A kind of loss, bound.
#[derive(Clone, Debug)]
pub struct Loss {
    /// Chance of any death.
    pub any: Chance,
    /// Dead at 256 evenly spaced quantiles.
    pub dead: Vec<i32>,
    /// Who is hit.
    pub victims: Victims,
}

impl LossDoc {
    /// Fills the table.
    pub fn bind(&self) -> Loss {
        Loss {
            any: self.any.bind(),
            dead: crate::scenario::binding::lognormal(self.median, self.sigma, 1, self.cap as i32),
            victims: self.victims,
        }
    }
}
