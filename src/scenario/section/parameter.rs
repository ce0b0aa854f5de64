//! Parameters: every number that an expert would argue about, with its unit, range, source and confidence.

use crate::scenario::check::{Check, Checker};
use crate::vocabulary::{DAY, Rung, TOP_RUNG};
use serde::{Deserialize, Serialize};

/// How well a number is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// Computed from the record, or read in a source.
    Read,
    /// General knowledge.
    Known,
    /// Judgement.
    Judgement,
}

/// What a parameter counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Minutes of game time.
    Minutes,
    /// Days of game time.
    Days,
    /// A share or chance, 0 to 1.
    Share,
    /// Events a day.
    PerDay,
    /// Natural-log units of odds.
    Nats,
    /// Nats a point of an aim.
    NatsPerPoint,
    /// A rung of the ladder.
    Rung,
    /// Points of an aim.
    Points,
    /// A pure number.
    Count,
}

impl Unit {
    /// What any range must stay within, so that no sum of the engine leaves its integer; parameters that only
    /// authored words read have room.
    fn limits(self, modelled: bool) -> (f64, f64) {
        match self {
            Unit::Share => (0.0, 1.0),
            _ if !modelled => (-1e9, 1e9),
            Unit::Minutes => (0.0, 43_200.0),
            Unit::Days => (0.0, 36_500.0),
            Unit::PerDay => (0.0, 1.0),
            Unit::Nats | Unit::NatsPerPoint => (-100.0, 100.0),
            Unit::Rung => (0.0, f64::from(TOP_RUNG)),
            Unit::Points => (0.0, 1000.0),
            Unit::Count => (0.0, 100.0),
        }
    }
}

/// A parameter as authored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterDoc {
    /// Name in the file and in settings.
    pub name: String,
    /// What it does, in one sentence.
    pub about: String,
    /// What it counts.
    pub unit: Unit,
    /// Its value unless a setting says otherwise.
    pub default: f64,
    /// Plausible range, lowest and highest.
    pub range: (f64, f64),
    /// Where the number comes from.
    pub source: String,
    /// How well it is known.
    pub confidence: Confidence,
}

impl Check for ParameterDoc {
    fn check(&mut self, at: &mut Checker<'_>) {
        let (low, high) = self.range;
        if low > high {
            at.problem("range", format!("{low} to {high} is empty"), "lowest, highest");
            return;
        }
        at.within("default", self.default, low, high);
        let modelled = Model::NAMES.iter().any(|(name, _)| *name == self.name);
        let (least, most) = self.unit.limits(modelled);
        at.within("range.0", low, least, most);
        at.within("range.1", high, least, most);
        if self.source.trim().is_empty() {
            at.problem("source", "no source".into(), "where the number comes from, or \"judgement\"");
        }
    }
}

/// What reads a parameter: the part of the model that the pages on it are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadBy {
    /// The clock, turns, and what a turn allows.
    Clock,
    /// Acts, cells and replies.
    Replies,
    /// Incidents and forces at the line: contact, exchanges, local deviation.
    Line,
    /// Perception, beliefs and attribution.
    Belief,
    /// The choice of an automated seat.
    Choosing,
    /// Channels and contact.
    Channels,
    /// Bargaining and fading.
    Bargaining,
    /// The alliance.
    Alliance,
    /// Losses, triggers and endings.
    Endings,
    /// Only what the scenario itself writes.
    Scenario,
}

impl ReadBy {
    /// All of them, in the order of the pages.
    pub const ALL: [ReadBy; 10] = [
        ReadBy::Clock,
        ReadBy::Replies,
        ReadBy::Line,
        ReadBy::Belief,
        ReadBy::Choosing,
        ReadBy::Channels,
        ReadBy::Bargaining,
        ReadBy::Alliance,
        ReadBy::Endings,
        ReadBy::Scenario,
    ];

    /// What reads the parameter of a name.
    pub fn of(name: &str) -> ReadBy {
        Model::READ.iter().find(|(read, _)| *read == name).map_or(ReadBy::Scenario, |(_, part)| *part)
    }

    /// The heading under which readers find it.
    pub fn words(self) -> &'static str {
        match self {
            ReadBy::Clock => "The clock and turns",
            ReadBy::Replies => "Acts, cells and replies",
            ReadBy::Line => "Incidents and the line",
            ReadBy::Belief => "Perception and belief",
            ReadBy::Choosing => "Choosing",
            ReadBy::Channels => "Channels and contact",
            ReadBy::Bargaining => "Bargaining and fading",
            ReadBy::Alliance => "The alliance",
            ReadBy::Endings => "Losses, triggers and endings",
            ReadBy::Scenario => "The scenario's own rules",
        }
    }
}

macro_rules! model {
    ($([$part:ident] $($(#[$doc:meta])* $name:ident: $kind:ident;)*)*) => {
        /// The parameters that the mechanics read, as integers.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Model {
            $($($(#[$doc])* pub $name: i32,)*)*
        }

        impl Model {
            /// The names that a scenario's parameters must cover, with the unit of each.
            pub const NAMES: &'static [(&'static str, Unit)] = &[$($((stringify!($name), Unit::$kind),)*)*];

            /// What reads each of them.
            const READ: &'static [(&'static str, ReadBy)] = &[$($((stringify!($name), ReadBy::$part),)*)*];

            /// Reads every parameter through `number`, a lookup by name.
            pub fn bind(number: impl Fn(&str) -> f64) -> Model {
                Model { $($($name: scale(Unit::$kind, number(stringify!($name))),)*)* }
            }
        }
    };
}

/// The integer that stands for a number: shares in parts per million, nats, points and daily rates in thousandths
/// or millionths, everything else rounded to a whole number.
fn scale(unit: Unit, number: f64) -> i32 {
    let factor = match unit {
        Unit::Share | Unit::PerDay => 1e6,
        Unit::Nats | Unit::NatsPerPoint | Unit::Points => 1000.0,
        Unit::Minutes | Unit::Rung | Unit::Count => 1.0,
        Unit::Days => f64::from(DAY),
    };
    libm::floor(number * factor + 0.5) as i32
}

impl Model {
    /// The lowest rung of an act of arms.
    pub fn kinetic(&self) -> Rung {
        Rung::nearest(self.kinetic_rung)
    }

    /// The rung that an act without a stimulus is measured against.
    pub fn unprovoked(&self) -> Rung {
        Rung::nearest(self.unprovoked_rung)
    }

    /// The rung of warning shots and symbolic fire: no fire stands lower.
    pub fn lowest_fire(&self) -> Rung {
        Rung::nearest(self.warning_rung)
    }
}

model! {
    [Clock]
    /// Length of a tick in minutes.
    tick_minutes: Minutes;
    /// Lowest rung of a stimulus that ends a turn.
    wake_rung: Rung;
    /// Most ticks in a turn.
    max_quiet_ticks: Count;
    /// Most ticks in a turn while the standing rung is hot.
    max_quiet_ticks_hot: Count;
    /// The standing rung from which the crisis counts as hot.
    hot_rung: Rung;
    [Endings]
    /// Minutes after which the game ends by hazard.
    horizon: Days;
    /// Chance a day of ending after the horizon, in parts per million.
    end_hazard: PerDay;
    [Line]
    /// Most alternations of an exchange of fire.
    exchange_rounds: Count;
    /// Minutes of latency from which a flash decision is asked.
    flash_after: Minutes;
    /// Most flash decisions in a tick.
    max_flash: Count;
    /// Most flash decisions in a crisis; after them standing orders hold.
    most_flashes: Count;
    /// Time for which leaders who have been asked about fire at a seat are not asked again, in minutes.
    flash_again: Minutes;
    /// The rung of warning shots and symbolic fire.
    warning_rung: Rung;
    /// The rung from which fire is plainly aimed: it is answered as direct fire, and is what a commander fires who aims.
    aimed_rung: Rung;
    /// Most rounds that a standing order fires, for each round of an opening salvo.
    most_volume: Count;
    /// Times an opening salvo from which fire reads a step harder.
    harder_volume: Count;
    /// Share of an opening salvo up to which fire reads a step softer, in parts per million.
    softer_volume: Share;
    [Bargaining]
    /// The rung at or below which things count as quiet.
    fade_rung: Rung;
    /// Chance of fading a quiet day, in parts per million.
    fade_hazard: PerDay;
    [Replies]
    /// Minutes in which half of a grievance is forgotten.
    grievance_half_life: Days;
    /// Weight below which a grievance is forgotten, in parts per million.
    grievance_forgotten: Share;
    [Line]
    /// Shape of the hidden climate: smaller varies more (thousandths).
    climate_size: Points;
    /// Factor on incident rates in calendar windows that incidents name (thousandths).
    window_factor: Points;
    /// Minutes in which excitation falls by e.
    excite_days: Days;
    /// Incidents that an incident causes, in parts per million.
    excite_n: Share;
    [Belief]
    /// Weight of expectation in perception, in parts per million.
    percept_bias: Share;
    /// Weight of cheap talk in an update, in parts per million.
    weight_cheap: Share;
    /// Weight of a sunk-cost signal, in parts per million.
    weight_sunk: Share;
    /// Weight of a signal that ties hands, in parts per million.
    weight_tied: Share;
    /// Least chance of any reading from any type, in parts per million.
    likelihood_floor: Share;
    /// Least belief in any type, in parts per million.
    belief_floor: Share;
    /// Share of belief that returns to the prior a day, in parts per million.
    belief_leak: PerDay;
    [Line]
    /// Chance that a local commander deviates at a contact step, in parts per million.
    local_deviation: Share;
    /// Weight of leaving a warning out among departures from orders.
    deviate_skip: Count;
    /// Weight of aiming instead of warning or holding.
    deviate_aim: Count;
    /// Weight of firing more than ordered.
    deviate_volume: Count;
    /// Weight of not firing, or not going on patrol.
    deviate_hold: Count;
    /// Weight of not getting the order.
    deviate_unheard: Count;
    /// Times the ordered rounds that a commander fires who exceeds them.
    excess_volume: Count;
    /// Minutes until a seat learns what its own local commander really did.
    report_lag: Minutes;
    [Alliance]
    /// Restraint: constant, in milli-nats.
    restrain_base: Nats;
    /// Restraint: milli-nats a rung above 6.
    restrain_rung: Nats;
    /// Restraint: milli-nats where nuclear forces are in play.
    restrain_nuclear: Nats;
    /// Minutes that a request to hold back stands.
    restraint_lasts: Days;
    /// Compliance: constant, in milli-nats.
    comply_base: Nats;
    /// Compliance: milli-nats by dependence (times the ally-assurance belief).
    comply_dependence: Nats;
    /// Compliance: milli-nats lost by the logarithm of deaths.
    comply_deaths: Nats;
    /// Compliance: milli-nats gained where the ally assures that it comes.
    comply_assurance: Nats;
    /// Compliance: milli-nats gained where the ally promises a show of force.
    comply_show: Nats;
    /// Compliance: milli-nats gained by a joint statement.
    comply_statement: Nats;
    /// Compliance: milli-nats gained by a caveat.
    comply_caveat: Nats;
    /// Compliance: milli-nats gained by the threat to withhold support.
    comply_withheld: Nats;
    /// Assurance that a promise to an ally gains at once, in parts per million.
    promise_gain: Share;
    /// Minutes within which a promised show of force has to come.
    show_of_force_within: Days;
    /// Assurance lost when it does not, in parts per million.
    promise_broken_cost: Share;
    /// Assurance lost by withholding support, in parts per million.
    withheld_cost: Share;
    /// Belief that the rival can strike the ally's own land: what decoupling scales with, in parts per million.
    homeland_reach: Share;
    [Bargaining]
    /// Points lost by letting an ultimatum lapse in public (thousandths).
    audience_cost: Points;
    /// Factor on that cost when the target visibly prepared, in parts per million.
    visible_preparation: Share;
    /// Share of that cost when the ultimatum was given in private, in parts per million.
    private_publicity: Share;
    /// Lowest rung of what the target of an ultimatum does that counts as preparation.
    prepared_rung: Rung;
    /// Share of a giver's face cost that remains when a proposal can be read in two ways, in parts per million.
    ambiguous_face: Share;
    /// Share of it that remains when a proposal came in private, in parts per million.
    private_face: Share;
    /// Share of it that remains after each round of talks, in parts per million.
    round_face: Share;
    /// Chance of a walk-out at each round of talks of officials, in parts per million.
    walk_out: Share;
    /// Chance of a walk-out at each round of talks of envoys who may settle, in parts per million.
    walk_out_envoys: Share;
    /// Minutes between rounds of talks.
    talks_round: Minutes;
    [Replies]
    /// Belief in the author needed for fire, in parts per million.
    attrib_bar_fire: Share;
    /// Belief in the author needed for non-military measures, in parts per million.
    attrib_bar_measures: Share;
    /// Nats a day by which old grievances lose military replies (thousandths).
    cooling_rate: Nats;
    [Belief]
    /// Factor on the rate of evidence under investigation (count).
    investigation_factor: Count;
    /// Minutes until evidence comes on the same day.
    evidence_same_day: Minutes;
    /// Minutes until evidence comes after about a week.
    evidence_days: Days;
    /// Minutes until evidence comes after about two months.
    evidence_weeks: Days;
    /// Chance that a finding names the right cause, in parts per million.
    finding_right: Share;
    /// Chance that a finding names an author who did not do it, as observers reckon, in parts per million.
    finding_doubt: Share;
    /// Share of a third party's odds on the author that a denial takes, in parts per million.
    denial: Share;
    [Choosing]
    /// Nats a point (thousandths).
    aim_scale: NatsPerPoint;
    /// Largest utility either way, in milli-nats.
    utility_clip: Nats;
    [Clock]
    /// Points of attention a turn.
    attention: Count;
    [Endings]
    /// Margin by which a trigger's belief must fall before it lets go, in parts per million.
    trigger_margin: Share;
    /// Dead from which a seat is asked to loosen its standing orders.
    loosen_deaths: Count;
    /// Milli-nats on the hazard of a pre-delegated trigger from its bar to certainty.
    delegate_slope: Nats;
    /// The rung that no standing order passes, and from which a pre-delegated trigger may fire.
    explicit_above: Rung;
    [Alliance]
    /// The rung from which an ally's release is needed.
    release_from: Rung;
    [Belief]
    /// Reading noise kept when a bound message arrives, in parts per million.
    message_clarity: Share;
    [Channels]
    /// Chance that a private call with a rival, once leaked, lowers an ally's assurance: its size in parts per million.
    leak_cost: Share;
    /// The rung of cutting a line.
    cut_rung: Rung;
    [Replies]
    /// Lowest rung of an act of arms.
    kinetic_rung: Rung;
    /// The rung that an act without a stimulus is measured against.
    unprovoked_rung: Rung;
    [Belief]
    /// Chance at the reference state of a condition which that state does not decide, in parts per million.
    reference_odds: Share;
    /// The rung at which a demand stands for those who answer it.
    demand_rung: Rung;
    /// Most rungs above or below that count when it is worked out how a disposition would signal.
    hardness_rungs: Count;
    /// Most chance that an act is imminent by any disposition of its actor, in parts per million.
    imminence_most: Share;
    /// Belief in an author from which staff no longer ask who it was, in parts per million.
    author_settled: Share;
    [Bargaining]
    /// Minutes without a grave stimulus after which a crisis may fade.
    fade_after: Days;
    [Alliance]
    /// The rung up to which allies have given their leave at the start.
    consent_start: Rung;
}
