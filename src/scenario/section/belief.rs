//! What seats may believe: hypotheses, the paths that signals take, and triggers on belief.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{ActionId, Chance, HypothesisId, Minute, Rate, Ref, SeatId};
use serde::{Deserialize, Serialize};

/// What a hypothesis is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HypothesisKind {
    /// Which disposition a rival has; one type a disposition.
    Disposition(Ref<SeatId>),
    /// Whether an ally comes (assurance); types: comes, does not.
    Commitment(Ref<SeatId>),
    /// Whether an ally acts unconsulted (entrapment); types: does, does not.
    Unconsulted(Ref<SeatId>),
    /// Whether a rival is about to do one of these; types: is, is not.
    Imminence(Ref<SeatId>, Vec<Ref<ActionId>>),
}

impl Check for HypothesisKind {
    fn check(&mut self, at: &mut Checker<'_>) {
        match self {
            HypothesisKind::Disposition(seat) => at.field("Disposition", seat),
            HypothesisKind::Commitment(seat) => at.field("Commitment", seat),
            HypothesisKind::Unconsulted(seat) => at.field("Unconsulted", seat),
            HypothesisKind::Imminence(seat, actions) => {
                at.field("Imminence.0", seat);
                at.field("Imminence.1", actions);
            }
        }
    }
}

/// A hypothesis as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HypothesisDoc {
    /// Name in the file.
    pub name: String,
    /// The question in a participant's words.
    pub label: String,
    /// Who asks it.
    pub holder: Ref<SeatId>,
    /// What it is about.
    pub about: HypothesisKind,
    /// Prior weight of each type, in order; a rival's own priors if left out.
    #[serde(default)]
    pub prior: Vec<u32>,
    /// Likelihood of each reading (conceding to hostile) by type, in parts per thousand; derived if left out.
    #[serde(default)]
    pub likelihood: Vec<[u32; 7]>,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for HypothesisDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("holder", &mut self.holder);
        at.field("about", &mut self.about);
        for (index, row) in self.likelihood.iter().enumerate() {
            let sum: u64 = row.iter().map(|share| u64::from(*share)).sum();
            if sum != 1000 {
                at.problem(
                    &format!("likelihood.{index}"),
                    format!("the chances sum to {sum} per mille"),
                    "seven chances that sum to 1000",
                );
            }
        }
        if !matches!(self.about, HypothesisKind::Disposition(_)) && self.prior.is_empty() {
            at.problem("prior", "there are no weights".into(), "two weights: yes, no");
        }
        if !self.prior.is_empty() {
            at.weights("prior", &self.prior);
        }
    }
}

/// A hypothesis with its numbers bound.
#[derive(Clone, Debug)]
pub struct Hypothesis {
    /// Who asks it.
    pub holder: SeatId,
    /// Whom it is about.
    pub subject: SeatId,
    /// What is asked.
    pub about: HypothesisKind,
    /// Where its shares start in the belief array.
    pub offset: usize,
    /// How many types it has.
    pub types: usize,
    /// Prior in parts per million, summing to a million.
    pub prior: Vec<u32>,
    /// Likelihood of each reading by type, in parts per million, every entry above zero.
    pub likelihood: Vec<[u32; 7]>,
}

/// What takes a path by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carries {
    /// Acts that name it.
    #[default]
    Acts,
    /// Public statements too.
    Statements,
    /// Messages over channels too.
    Messages,
}

/// A path that signals take to an observer, as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// What takes this path unless an act names another.
    #[serde(default)]
    pub carries: Carries,
    /// Standard deviation of what is perceived, in readings.
    pub sd: f64,
    /// Where the number comes from.
    pub source: String,
}

impl Check for PathDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.within("sd", self.sd, 0.0, 5.0);
    }
}

/// A path with its table bound.
#[derive(Clone, Debug)]
pub struct Path {
    /// Cumulative thresholds of the perceived reading, by true reading and expected reading, with the bias.
    pub biased: Vec<[[u64; 7]; 7]>,
    /// Shares in parts per million of each perceived reading, by true reading, without the bias.
    pub honest: Vec<[u32; 7]>,
}

/// What a trigger does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TriggerMode {
    /// Unlocks an action.
    Permit(Ref<ActionId>),
    /// Adds nats to an automated seat's utility of an action; a person is told that staff judge it met.
    Press(Ref<ActionId>, f64),
    /// Fires an action with a hazard, if the seat pre-delegated it and the standing rung is 9 or more.
    Delegate(Ref<ActionId>, Rate),
}

/// A trigger on a belief, as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TriggerDoc {
    /// Name in the file.
    pub name: String,
    /// The condition in a participant's words.
    pub label: String,
    /// The hypothesis that it watches; its first type is the one that counts.
    pub belief: Ref<HypothesisId>,
    /// The belief in percent from which it counts.
    pub at_least: u8,
    /// For how many ticks in a row.
    pub for_ticks: u8,
    /// What it does.
    pub mode: TriggerMode,
    /// Where it comes from.
    pub source: String,
}

impl Check for TriggerDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("belief", &mut self.belief);
        at.within("at_least", self.at_least, 1.0, 100.0);
        at.within("for_ticks", self.for_ticks, 1.0, 100.0);
        match &mut self.mode {
            TriggerMode::Permit(action) => at.field("mode.Permit", action),
            TriggerMode::Press(action, nats) => {
                at.field("mode.Press.0", action);
                at.within("mode.Press.1", *nats, -8.0, 8.0);
            }
            TriggerMode::Delegate(action, rate) => {
                at.field("mode.Delegate.0", action);
                at.rate("mode.Delegate.1", *rate);
            }
        }
    }
}

/// A trigger with its numbers bound.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// The seat that holds the belief.
    pub seat: SeatId,
    /// The hypothesis that it watches.
    pub belief: HypothesisId,
    /// Belief in parts per million at which it starts to count.
    pub enter: u32,
    /// Belief below which it stops counting.
    pub leave: u32,
    /// For how many ticks in a row.
    pub for_ticks: u8,
    /// The action concerned.
    pub action: ActionId,
    /// Milli-nats added, for a pressing trigger.
    pub press: i32,
    /// Chance a tick that it fires, for a delegating one.
    pub hazard: Chance,
    /// Whether it unlocks the action.
    pub permits: bool,
}

impl TriggerDoc {
    /// Converts the authored numbers.
    pub fn bind(&self, holder: SeatId, leave_margin: u32, tick: Minute) -> Trigger {
        let enter = u32::from(self.at_least) * 10_000;
        let (action, press, hazard, permits) = match &self.mode {
            TriggerMode::Permit(action) => (action.id(), 0, Chance::NEVER, true),
            TriggerMode::Press(action, nats) => (action.id(), (nats * 1000.0) as i32, Chance::NEVER, false),
            TriggerMode::Delegate(action, rate) => {
                (action.id(), 0, crate::scenario::binding::hazard(rate.per_minute(), tick), false)
            }
        };
        Trigger {
            seat: holder,
            belief: self.belief.id(),
            enter,
            leave: enter.saturating_sub(leave_margin),
            for_ticks: self.for_ticks,
            action,
            press,
            hazard,
            permits,
        }
    }
}
