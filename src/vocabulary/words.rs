//! The words of rules, effects and conditions, as an author writes them.
//!
//! They are typed integer expressions: what they cannot say, no scenario can do. `engine::program` lowers them to
//! one flat program.

use super::{
    AccordId, ActionId, BodyId, ChannelId, IncidentId, InjectId, ParamId, Ref, SeatId, TableId, TrackId,
};
use serde::{Deserialize, Serialize};

/// A value: always a whole number. Intermediate results saturate at 64 bits, never wrap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expr {
    /// A number.
    Const(i32),
    /// A track's level, as earlier rules of the same list left it.
    Level(Ref<TrackId>),
    /// A track's level at the start of the step.
    Before(Ref<TrackId>),
    /// The result of an earlier `Let`, `Roll` or `Pick` of the same list.
    Local(String),
    /// A parameter, rounded to a whole number in its own unit.
    Param(Ref<ParamId>),
    /// Something that the engine counts.
    Gauge(Gauge),
    /// The sum.
    Add(Vec<Expr>),
    /// The first less the second.
    Sub(Box<Expr>, Box<Expr>),
    /// The product.
    Mul(Vec<Expr>),
    /// The first divided by the second, rounded down; division by zero gives zero.
    DivFloor(Box<Expr>, Box<Expr>),
    /// The smallest.
    Min(Vec<Expr>),
    /// The largest.
    Max(Vec<Expr>),
    /// The first, held between the second and the third.
    Clamp(Box<Expr>, Box<Expr>, Box<Expr>),
    /// The entry of a table at an index, held inside the table.
    Lookup(Ref<TableId>, Box<Expr>),
}

/// Something that the engine counts and a scenario may read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Gauge {
    /// Whole days passed since the start: 0 on what the screen calls Day 1, up to 24 hours after the start.
    Day,
    /// Whole hours passed since the start; not the hour of the day.
    Hour,
    /// Minutes since the start.
    Minute,
    /// Turns completed.
    Turn,
    /// The standing rung.
    StandingRung,
    /// The highest act rung so far.
    PeakRung,
    /// Deaths in a seat's forces.
    DeathsOf(Ref<SeatId>),
    /// Deaths among civilians.
    CivilianDeaths,
    /// Hours since the last stimulus above the fading rung.
    QuietHours,
    /// 1 once the crisis has faded, else 0.
    Faded,
    /// 1 while a settlement stands, else 0.
    Settled,
    /// Ultimatums and deadlines still open.
    OpenDeadlines,
    /// Rounds of talks held so far; 0 without talks.
    TalksRounds,
    /// Acts at or above a rung so far; in a campaign, since the last crisis.
    ActsAtLeast(u8),
    /// A consultation body's maturity.
    MaturityOf(Ref<BodyId>),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Less.
    Lt,
    /// At most.
    Le,
    /// More.
    Gt,
    /// At least.
    Ge,
}

impl Op {
    /// Whether it holds between two values.
    pub fn holds<T: PartialOrd>(self, a: T, b: T) -> bool {
        match self {
            Op::Eq => a == b,
            Op::Ne => a != b,
            Op::Lt => a < b,
            Op::Le => a <= b,
            Op::Gt => a > b,
            Op::Ge => a >= b,
        }
    }
}

/// Something that holds or does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    /// A comparison of two values.
    Compare(Expr, Op, Expr),
    /// All of these (true when empty).
    All(Vec<Condition>),
    /// Any of these (false when empty).
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// The accord is in force.
    InForce(Ref<AccordId>),
    /// The continuing act is on.
    On(Ref<ActionId>),
    /// The inject has fired.
    Fired(Ref<InjectId>),
    /// The channel's owner keeps it open.
    Open(Ref<ChannelId>),
}

/// A step of a rule or an effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Statement {
    /// Names a value for later statements of the same list.
    Let(String, Expr),
    /// Sets a level, held inside the track's range.
    Set(Ref<TrackId>, Expr),
    /// Adds to a level, held inside the track's range.
    Shift(Ref<TrackId>, Expr),
    /// Does one thing or the other.
    When {
        /// What is asked.
        that: Condition,
        /// Done if it holds.
        then: Vec<Statement>,
        /// Done if it does not.
        #[serde(default)]
        otherwise: Vec<Statement>,
    },
    /// Rolls a chance in parts per thousand; the name is 1 if it came, else 0.
    Roll(String, Expr),
    /// Picks among options by whole-number weights (negative counts as zero); the name is the option's position.
    /// If every weight is zero the first option is taken.
    Pick(String, Vec<Expr>),
    /// Changes an accord's standing.
    Accord(Ref<AccordId>, AccordStatus),
    /// Changes a channel's political state.
    Channel(Ref<ChannelId>, Politics),
    /// Ends a continuing act.
    Stop(Ref<ActionId>),
    /// Puts open cases under investigation, so that evidence on their author comes sooner.
    Investigate,
    /// Denies what findings say of the acting seat.
    Contest,
    /// Makes an incident happen now.
    Incident(Ref<IncidentId>),
    /// Adds to a consultation body's maturity, held inside 0 to 100.
    Mature(Ref<BodyId>, i32),
}

/// How an accord stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AccordStatus {
    /// Not (yet) agreed.
    #[default]
    Absent,
    /// In force.
    InForce,
    /// Suspended by a party.
    Suspended,
    /// Ended.
    Scrapped,
}

/// A channel's political state, decided by its owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Politics {
    /// Calls are answered.
    #[default]
    Open,
    /// The line is up and nobody answers.
    Silent,
    /// The line is cut.
    Cut,
}
