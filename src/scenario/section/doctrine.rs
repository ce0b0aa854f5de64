//! Doctrines: how an automated seat turns aims and beliefs into choices.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{ActionId, Duration, Minute, Ppm, Ref, Rung, SeatId, TOP_RUNG};
use serde::{Deserialize, Serialize};

/// A doctrine as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DoctrineDoc {
    /// Name in the file and on the command line.
    pub name: String,
    /// Name on the screen.
    pub label: String,
    /// What it stands for, in a sentence or two.
    pub about: String,
    /// Which seat it can play.
    pub seat: Ref<SeatId>,
    /// How sharply it prefers what is better: 0 follows the record's base rates alone.
    pub sharpness: f64,
    /// Factors on the seat's aims, in parts per thousand; 1000 where left out.
    #[serde(default)]
    pub aims: Vec<(String, i32)>,
    /// Nats a rung above the stimulus that it gains (or loses, if negative).
    #[serde(default)]
    pub hardness: f64,
    /// Nats of attraction or aversion to single actions.
    #[serde(default)]
    pub leanings: Vec<(Ref<ActionId>, f64)>,
    /// Acts that it never takes.
    #[serde(default)]
    pub never: Vec<Ref<ActionId>>,
    /// When it proposes a way out, and what it accepts.
    pub bargaining: BargainingDoc,
    /// Calls and public statements.
    pub talking: TalkingDoc,
    /// What it orders in the middle of an exchange of fire, and after losses.
    pub under_fire: UnderFireDoc,
    /// Its estimate of fire within two days where no belief says more: pairs of a standing rung and the parts per
    /// thousand from that rung on.
    pub fire_soon: Vec<(u8, i32)>,
    /// Chance in parts per thousand, each quiet decision, that it withdraws a posture which nothing answers any more.
    pub wind_down: i32,
    /// Nats by which it restrains an ally more (or less).
    #[serde(default)]
    pub restrain: f64,
    /// Nats by which it complies with an ally's restraint more (or less).
    #[serde(default)]
    pub comply: f64,
    /// Where the numbers come from.
    pub source: String,
}

/// The largest weight among options.
const MOST_WEIGHT: f64 = 1000.0;

impl Check for DoctrineDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        at.field("seat", &mut self.seat);
        at.within("sharpness", self.sharpness, 0.0, 5.0);
        at.within("hardness", self.hardness, -4.0, 4.0);
        for (index, (action, nats)) in self.leanings.iter_mut().enumerate() {
            at.field(&format!("leanings.{index}.0"), action);
            at.within(&format!("leanings.{index}.1"), *nats, -8.0, 8.0);
        }
        at.unique("aims", self.aims.iter().map(|(aim, _)| aim.as_str()));
        for (index, (_, factor)) in self.aims.iter().enumerate() {
            at.within(&format!("aims.{index}.1"), *factor, 0.0, 20_000.0);
        }
        at.field("never", &mut self.never);
        self.bargaining.check(at);
        self.talking.check(at);
        self.under_fire.check(at);
        for (index, (rung, chance)) in self.fire_soon.iter().enumerate() {
            at.within(&format!("fire_soon.{index}.0"), *rung, 0.0, f64::from(TOP_RUNG));
            at.within(&format!("fire_soon.{index}.1"), *chance, 0.0, 1000.0);
        }
        at.within("wind_down", self.wind_down, 0.0, 1000.0);
        at.within("restrain", self.restrain, -8.0, 8.0);
        at.within("comply", self.comply, -8.0, 8.0);
    }
}

/// How a doctrine bargains, as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BargainingDoc {
    /// The standing rung from which it proposes; below it only while a deadline is open or talks are held.
    pub from_rung: u8,
    /// Chance in parts per thousand of proposing a way out, each such decision.
    pub propose: i32,
    /// The least time between two packages of its own accord; an answer to an offer is none.
    pub again: Duration,
    /// Chance in parts per thousand of a proposal, each decision while talks are held, and of a counter-proposal where
    /// an offer would be put off or refused.
    pub counter: i32,
    /// Points that a package may fall short of going on and still be as good.
    pub patience: f64,
    /// Points that going on costs for each rung that the crisis stands on.
    pub rung_cost: f64,
    /// What the rungs to which a threatened act would take the crisis count for, in parts per thousand: it may be
    /// carried out or not.
    pub threat_counts: i32,
    /// Nats against yes to a package that is exactly as good as going on. Each round of talks leaves the share
    /// `round_face` of it.
    pub reluctance: f64,
    /// Nats that a package may fall further short and still open talks.
    pub talk_within: f64,
    /// Nats that a package may fall further short and still be stalled, not rejected.
    pub stall_within: f64,
    /// Chance in parts per thousand that a proposal is an ultimatum, after a stimulus at `ultimatum_rung` or above.
    pub ultimatum: i32,
    /// The lowest rung of a stimulus that an ultimatum answers.
    pub ultimatum_rung: u8,
    /// The time that an ultimatum gives.
    pub ultimatum_time: Duration,
    /// The further time that it gives while talks are held.
    pub extension: Duration,
}

/// How a doctrine talks, as authored. Chances are in parts per thousand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TalkingDoc {
    /// Chance of calling a rival, each decision in a crisis.
    pub call: i32,
    /// Chance of a request to an ally or a body, each decision in a crisis.
    pub consult: i32,
    /// The least time between two requests to an ally to hold back.
    pub ask_again: Duration,
    /// Chance that a call is taken over a line that own staff answer.
    pub take_call: i32,
    /// Chance of a public statement that explains an own act.
    pub explain: i32,
    /// Chance of a public statement in a crisis without an own act.
    pub state: i32,
    /// Which line is called.
    pub lines: LineWeights,
    /// What calls say.
    pub messages: MessageWeights,
}

/// Weights of the lines to a rival by what the caller knows of them. A line that is known to be cut is not called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineWeights {
    /// A line whose last call was answered.
    pub answered: u32,
    /// A line that is open as far as anybody knows.
    pub presumed: u32,
    /// A line that rang out.
    pub no_answer: u32,
}

/// Weights of what a call says, before hardness moves them between warning and reassurance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MessageWeights {
    /// Only trying the line.
    pub test: u32,
    /// Only trying a line that rang out before.
    pub test_after_silence: u32,
    /// Asking who did it, while that is open.
    pub query: u32,
    /// Giving notice of a continuing own act.
    pub notice: u32,
    /// Warning.
    pub warn: u32,
    /// Reassuring.
    pub reassure: u32,
}

/// What a doctrine orders under fire, as authored. Weights are before hardness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnderFireDoc {
    /// Weight of holding fire.
    pub hold: u32,
    /// Weight of the standing order.
    pub standing: u32,
    /// Weight of answering one rung up.
    pub rise: u32,
    /// Weight of saying nothing while an ally is under fire.
    pub ally_silent: u32,
    /// Weight of releasing an ally under fire.
    pub ally_release: u32,
    /// Percent of the volume of fire in standing orders once own losses have loosened them.
    pub volume_after_losses: u16,
}

impl BargainingDoc {
    fn check(&self, at: &mut Checker<'_>) {
        at.within("bargaining.from_rung", self.from_rung, 0.0, f64::from(TOP_RUNG));
        at.within("bargaining.propose", self.propose, 0.0, 1000.0);
        at.within("bargaining.counter", self.counter, 0.0, 1000.0);
        at.within("bargaining.patience", self.patience, -1000.0, 1000.0);
        at.within("bargaining.rung_cost", self.rung_cost, 0.0, 100.0);
        at.within("bargaining.threat_counts", self.threat_counts, 0.0, 1000.0);
        at.within("bargaining.reluctance", self.reluctance, -8.0, 8.0);
        at.within("bargaining.talk_within", self.talk_within, 0.0, 16.0);
        // What is wrong with the one is no fault of the other.
        let least = Some(self.talk_within).filter(|within| (0.0..=16.0).contains(within)).unwrap_or(0.0);
        at.within("bargaining.stall_within", self.stall_within, least, 16.0);
        at.within("bargaining.ultimatum", self.ultimatum, 0.0, 1000.0);
        at.within("bargaining.ultimatum_rung", self.ultimatum_rung, 0.0, f64::from(TOP_RUNG));
        at.not_negative_duration("bargaining.again", self.again);
        at.positive_duration("bargaining.ultimatum_time", self.ultimatum_time);
        at.positive_duration("bargaining.extension", self.extension);
    }

    fn bind(&self) -> Bargaining {
        Bargaining {
            from_rung: Rung(self.from_rung),
            propose: self.propose,
            counter: self.counter,
            patience: milli(self.patience),
            rung_cost: milli(self.rung_cost),
            threat_counts: self.threat_counts,
            reluctance: milli(self.reluctance),
            talk_within: milli(self.talk_within),
            stall_within: milli(self.stall_within),
            ultimatum: self.ultimatum,
            ultimatum_rung: Rung(self.ultimatum_rung),
            ultimatum_time: self.ultimatum_time.minutes(),
            again: self.again.minutes(),
            extension: self.extension.minutes().max(60),
        }
    }
}

impl TalkingDoc {
    fn check(&self, at: &mut Checker<'_>) {
        at.within("talking.call", self.call, 0.0, 1000.0);
        at.within("talking.consult", self.consult, 0.0, 1000.0);
        at.not_negative_duration("talking.ask_again", self.ask_again);
        at.within("talking.take_call", self.take_call, 0.0, 1000.0);
        at.within("talking.explain", self.explain, 0.0, 1000.0);
        at.within("talking.state", self.state, 0.0, 1000.0);
        let LineWeights { answered, presumed, no_answer } = self.lines;
        for (name, weight) in [("answered", answered), ("presumed", presumed), ("no_answer", no_answer)] {
            at.within(&format!("talking.lines.{name}"), weight, 0.0, MOST_WEIGHT);
        }
        let said = &self.messages;
        if said.warn.saturating_add(said.reassure) == 0 {
            at.problem(
                "talking.messages",
                "warn and reassure are zero".into(),
                "something that can always be said",
            );
        }
        for (name, weight) in [
            ("test", said.test),
            ("test_after_silence", said.test_after_silence),
            ("query", said.query),
            ("notice", said.notice),
            ("warn", said.warn),
            ("reassure", said.reassure),
        ] {
            at.within(&format!("talking.messages.{name}"), weight, 0.0, MOST_WEIGHT);
        }
    }

    fn bind(&self) -> Talking {
        Talking {
            call: self.call,
            consult: self.consult,
            ask_again: self.ask_again.minutes(),
            take_call: self.take_call,
            explain: self.explain,
            state: self.state,
            lines: self.lines,
            messages: self.messages,
        }
    }
}

impl UnderFireDoc {
    fn check(&self, at: &mut Checker<'_>) {
        for (options, sum) in [
            ("hold, standing", self.hold.saturating_add(self.standing)),
            ("ally_silent, ally_release", self.ally_silent.saturating_add(self.ally_release)),
        ] {
            if sum == 0 {
                at.problem("under_fire", format!("{options} are zero"), "at least one weight above zero");
            }
        }
        for (name, weight) in [
            ("hold", self.hold),
            ("standing", self.standing),
            ("rise", self.rise),
            ("ally_silent", self.ally_silent),
            ("ally_release", self.ally_release),
        ] {
            at.within(&format!("under_fire.{name}"), weight, 0.0, MOST_WEIGHT);
        }
        at.within("under_fire.volume_after_losses", self.volume_after_losses, 100.0, 1000.0);
    }
}

/// A doctrine with its numbers bound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doctrine {
    /// Sharpness in parts per thousand.
    pub sharpness: i32,
    /// Factor on each of the seat's aims, in parts per thousand.
    pub aims: Vec<i32>,
    /// Milli-nats a rung above the stimulus.
    pub hardness: i32,
    /// Milli-nats by action, of all actions of the scenario.
    pub leaning: Vec<i32>,
    /// Whether it never takes an action, of all actions of the scenario.
    pub never: Vec<bool>,
    /// How it bargains.
    pub bargaining: Bargaining,
    /// How it talks.
    pub talking: Talking,
    /// What it orders under fire and after losses.
    pub under_fire: UnderFireDoc,
    /// Standing rungs, highest first, and the parts per million of fire within two days from there on.
    pub fire_soon: Vec<(Rung, Ppm)>,
    /// Chance of withdrawing a posture that nothing answers any more, in parts per thousand.
    pub wind_down: i32,
    /// Milli-nats of restraining an ally.
    pub restrain: i32,
    /// Milli-nats of complying.
    pub comply: i32,
}

/// How a doctrine bargains, bound. Chances are in parts per thousand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bargaining {
    /// The standing rung from which it proposes without a deadline or talks.
    pub from_rung: Rung,
    /// Chance of proposing.
    pub propose: i32,
    /// Minutes between two packages of its own accord.
    pub again: Minute,
    /// Chance of proposing while talks are held.
    pub counter: i32,
    /// Milli-points that a package may fall short and still be as good as going on.
    pub patience: i32,
    /// Milli-points that going on costs a rung.
    pub rung_cost: i32,
    /// What a threatened act's rungs count for, in parts per thousand.
    pub threat_counts: i32,
    /// Milli-nats against yes to a package that is as good as going on.
    pub reluctance: i32,
    /// Milli-nats short of acceptance that still open talks.
    pub talk_within: i32,
    /// Milli-nats short of acceptance that are still stalled.
    pub stall_within: i32,
    /// Chance that a proposal is an ultimatum.
    pub ultimatum: i32,
    /// The lowest rung of a stimulus that an ultimatum answers.
    pub ultimatum_rung: Rung,
    /// Minutes that an ultimatum gives.
    pub ultimatum_time: Minute,
    /// Further minutes that it gives while talks are held.
    pub extension: Minute,
}

/// How a doctrine talks, bound. Chances are in parts per thousand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Talking {
    /// Chance of calling a rival.
    pub call: i32,
    /// Chance of a request to an ally or a body.
    pub consult: i32,
    /// Minutes between two requests to an ally to hold back.
    pub ask_again: Minute,
    /// Chance that a call is taken.
    pub take_call: i32,
    /// Chance of a statement on an own act.
    pub explain: i32,
    /// Chance of a statement without one.
    pub state: i32,
    /// Which line is called.
    pub lines: LineWeights,
    /// What calls say.
    pub messages: MessageWeights,
}

fn milli(n: f64) -> i32 {
    (n * 1000.0) as i32
}

impl DoctrineDoc {
    /// Converts the authored numbers, given the seat's aims by name and the number of actions.
    pub fn bind(&self, aims: &[&str], actions: usize) -> Doctrine {
        use crate::vocabulary::Id;
        let mut fire_soon: Vec<_> =
            self.fire_soon.iter().map(|(rung, chance)| (Rung(*rung), *chance as Ppm * 1000)).collect();
        fire_soon.sort_by_key(|(rung, _)| std::cmp::Reverse(*rung));
        let mut leaning = vec![0; actions];
        for (action, nats) in &self.leanings {
            leaning[action.id().index()] = milli(*nats);
        }
        let mut never = vec![false; actions];
        for action in &self.never {
            never[action.id().index()] = true;
        }
        Doctrine {
            sharpness: milli(self.sharpness),
            aims: aims
                .iter()
                .map(|aim| self.aims.iter().find(|(name, _)| name == aim).map_or(1000, |(_, f)| *f))
                .collect(),
            hardness: milli(self.hardness),
            leaning,
            never,
            bargaining: self.bargaining.bind(),
            talking: self.talking.bind(),
            under_fire: self.under_fire,
            fire_soon,
            wind_down: self.wind_down,
            restrain: milli(self.restrain),
            comply: milli(self.comply),
        }
    }
}
