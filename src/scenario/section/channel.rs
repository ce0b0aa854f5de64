//! Channels: who can reach whom, how fast, how surely, and by whose leave.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{ActionId, AuthoredChance, Chance, DAY, Duration, Minute, Rate, Ref, SeatId};
use serde::{Deserialize, Serialize};

/// At what level a channel connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChannelLevel {
    /// Liaison officers.
    Liaison,
    /// Military lines.
    Military,
    /// A third command that keeps an armistice.
    Command,
    /// Leaders.
    Leader,
    /// A go-between.
    ThirdParty,
    /// Allies among themselves.
    Allied,
}

/// What a sweep or an author imposes on a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Regime {
    /// As the scenario says.
    #[default]
    AsRecorded,
    /// Always open.
    ForcedOpen,
    /// Always cut.
    ForcedCut,
}

/// A channel as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelDoc {
    /// Name in the file.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// Whom it connects.
    pub members: Vec<Ref<SeatId>>,
    /// At what level.
    pub level: ChannelLevel,
    /// The seat that decides whether it is answered or cut; nobody if left out.
    #[serde(default)]
    pub owner: Option<Ref<SeatId>>,
    /// How long a message takes. In a crisis a line that takes as long as a tick cannot be used.
    pub latency: Duration,
    /// Chance that a message says what its sender meant.
    pub fidelity: AuthoredChance,
    /// Chance that a call fails for technical reasons.
    pub fault: AuthoredChance,
    /// How long a fault lasts on average.
    pub repair: Duration,
    /// Political state at the start.
    pub politics: Politics,
    /// Rate at which an automated owner (or, without an owner, chance) cuts it.
    pub cut: Rate,
    /// Factors on the rate of cutting, in parts per thousand, while an act goes on or stands unanswered before the
    /// owner; the strongest counts.
    #[serde(default)]
    pub stirred: Vec<(Ref<ActionId>, i32)>,
    /// Rate at which it is restored.
    pub restore: Rate,
    /// Chance that a private call becomes known to the caller's allies.
    #[serde(default)]
    pub leak: AuthoredChance,
    /// Where the numbers come from.
    pub source: String,
}

impl Check for ChannelDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("members", &mut self.members);
        if self.members.len() < 2 {
            at.problem("members", "a channel connects at least two seats".into(), "two or more members");
        }
        at.unique("members", self.members.iter().map(Ref::name));
        at.optional("owner", &mut self.owner);
        at.positive_duration("latency", self.latency);
        at.positive_duration("repair", self.repair);
        at.chance("fidelity", self.fidelity);
        at.chance("fault", self.fault);
        at.chance("leak", self.leak);
        at.rate("cut", self.cut);
        for (index, (action, factor)) in self.stirred.iter_mut().enumerate() {
            at.field(&format!("stirred.{index}.0"), action);
            at.within(&format!("stirred.{index}.1"), *factor, 0.0, 100_000.0);
        }
        at.rate("restore", self.restore);
    }
}

/// A channel with its numbers bound.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Whom it connects.
    pub members: Vec<SeatId>,
    /// At what level.
    pub level: ChannelLevel,
    /// The seat that decides.
    pub owner: Option<SeatId>,
    /// Minutes that a message takes.
    pub latency: Minute,
    /// Chance that a message says what its sender meant.
    pub fidelity: Chance,
    /// Chance that a call fails for technical reasons.
    pub fault: Chance,
    /// Chance that a fault is repaired in one tick.
    pub repair: Chance,
    /// Political state at the start.
    pub politics: Politics,
    /// What is imposed.
    pub regime: Regime,
    /// Chance a day of being cut.
    pub cut: Chance,
    /// Factors on it by act, in parts per thousand.
    pub stirred: Vec<(ActionId, i32)>,
    /// Chance a day of being restored.
    pub restore: Chance,
    /// Chance that a private call becomes known.
    pub leak: Chance,
}

impl Channel {
    /// Whether a seat is on the line.
    pub fn connects(&self, seat: SeatId) -> bool {
        self.members.contains(&seat)
    }
}

impl ChannelDoc {
    /// Converts the authored numbers for a tick length in minutes.
    pub fn bind(&self, regime: Regime, tick: Minute) -> Channel {
        Channel {
            members: self.members.iter().map(Ref::id).collect(),
            level: self.level,
            owner: self.owner.as_ref().map(Ref::id),
            latency: self.latency.minutes(),
            fidelity: self.fidelity.bind(),
            fault: self.fault.bind(),
            repair: crate::scenario::binding::hazard(1.0 / f64::from(self.repair.minutes().max(1)), tick),
            politics: self.politics,
            regime,
            cut: crate::scenario::binding::hazard(self.cut.per_minute(), DAY),
            stirred: self.stirred.iter().map(|(action, factor)| (action.id(), *factor)).collect(),
            restore: crate::scenario::binding::hazard(self.restore.per_minute(), DAY),
            leak: self.leak.bind(),
        }
    }
}
