//! What seats may believe: hypotheses, the paths that signals take, and triggers on belief.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{ActionId, CONTEXTS, Chance, HypothesisId, Minute, READINGS, Rate, Ref, SeatId};
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
    /// Likelihood of each reading (conceding to hostile) by type, in parts per thousand. For a disposition it is
    /// derived from how it would act if left out.
    #[serde(default)]
    pub likelihood: Vec<[u32; READINGS]>,
    /// The same where the sender has a demand with a deadline before it; as `likelihood` if left out.
    #[serde(default)]
    pub after_demand: Vec<[u32; READINGS]>,
    /// The same where the sender has been fired at; as `likelihood` if left out.
    #[serde(default)]
    pub after_fire: Vec<[u32; READINGS]>,
    /// For an imminence: acts whose going on raises its prior, with the factor on the odds. So a posture that threatens
    /// what could be lost makes a first strike look nearer.
    #[serde(default)]
    pub raised_by: Vec<(Ref<ActionId>, f64)>,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for HypothesisDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("holder", &mut self.holder);
        at.field("about", &mut self.about);
        for (index, (action, factor)) in self.raised_by.iter_mut().enumerate() {
            at.field(&format!("raised_by.{index}.0"), action);
            at.within(&format!("raised_by.{index}.1"), *factor, 0.1, 10.0);
        }
        if !self.raised_by.is_empty() && !matches!(self.about, HypothesisKind::Imminence(..)) {
            at.problem("raised_by", "this is no imminence".into(), "only where an act may be imminent");
        }
        for (field, rows) in self.tables() {
            for (index, row) in rows.iter().enumerate() {
                let sum: u64 = row.iter().map(|share| u64::from(*share)).sum();
                if sum != 1000 {
                    at.problem(
                        &format!("{field}.{index}"),
                        format!("the chances sum to {sum} per mille"),
                        "seven chances that sum to 1000",
                    );
                }
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

impl HypothesisDoc {
    /// The authored tables by context, with the field of each.
    pub fn tables(&self) -> [(&'static str, &Vec<[u32; READINGS]>); CONTEXTS] {
        [
            ("likelihood", &self.likelihood),
            ("after_demand", &self.after_demand),
            ("after_fire", &self.after_fire),
        ]
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
    /// Acts whose going on raises it, with the factor on the odds in thousandths.
    pub raised_by: Vec<(ActionId, u32)>,
    /// Authored likelihood of each reading in parts per million, by context, then type; no types where it is derived.
    pub likelihood: [Vec<[u32; READINGS]>; CONTEXTS],
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

/// A path with its tables bound.
#[derive(Clone, Debug)]
pub struct Path {
    /// What is perceived of a signal.
    pub plain: Noise,
    /// What is perceived of an act that a message explains.
    pub explained: Noise,
}

/// Into how many steps the table of perception divides a reading.
pub const STEPS: usize = 50;

/// The chances of each perceived reading, around what arrives.
#[derive(Clone, Debug)]
pub struct Noise {
    /// Cumulative thresholds of the perceived reading, by what arrives in [`STEPS`] of a reading.
    pub perceived: Vec<[u64; READINGS]>,
}

impl Noise {
    /// The chance of perceiving a reading where one was meant and no expectation bends it: what a receiver, who does
    /// not know the own bias, reckons with.
    pub fn honest(&self, meant: usize, perceived: usize) -> f64 {
        let row = &self.perceived[meant * STEPS];
        let below = if perceived == 0 { 0 } else { row[perceived - 1] };
        (row[perceived] - below) as f64 / Chance::CERTAIN.parts() as f64
    }
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
    /// Chance a tick that it fires by percent of belief above its bar, for a delegating one; none otherwise.
    pub hazard: Vec<Chance>,
    /// Whether it unlocks the action.
    pub permits: bool,
}

impl TriggerDoc {
    /// Converts the authored numbers.
    pub fn bind(&self, holder: SeatId, leave_margin: u32, delegate_slope: f64, tick: Minute) -> Trigger {
        let enter = u32::from(self.at_least) * 10_000;
        let (action, press, hazard, permits) = match &self.mode {
            TriggerMode::Permit(action) => (action.id(), 0, Vec::new(), true),
            TriggerMode::Press(action, nats) => (action.id(), (nats * 1000.0) as i32, Vec::new(), false),
            TriggerMode::Delegate(action, rate) => {
                let at = |above: u8| {
                    let risen = libm::exp(delegate_slope * f64::from(above) / 100.0);
                    crate::scenario::binding::hazard(rate.per_minute() * risen, tick)
                };
                (action.id(), 0, (0..=100).map(at).collect(), false)
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
