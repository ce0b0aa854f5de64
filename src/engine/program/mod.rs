//! Authored rules, conditions and amounts as flat programs.
//!
//! Binding lowers the words of `vocabulary::words` once: names, parameters and constants are gone, sums are folded,
//! and what is left is one list of instructions over dense registers ([`Program`], [`Guard`], [`Amount`]). A program
//! reads the world through [`Reads`] and writes nothing: it reports [`Outcome`]s.

#[cfg(test)]
mod by_hand;
mod code;
mod error;
mod expr;
mod lower;
mod plain;
mod run;
mod statement;
#[cfg(test)]
mod tests;

use super::dice::{Draws, SiteId};
use crate::vocabulary::words::{AccordStatus, Condition, Expr, Gauge, Politics, Statement};
use crate::vocabulary::{
    AccordId, ActionId, BodyId, Chance, ChannelId, IncidentId, InjectId, SeatId, TrackId,
};
pub use code::Draw;
use code::{Code, Reg};
pub use error::ProgramError;
use plain::Plain;

/// The numbers of one design point that lowering writes into a program.
#[derive(Clone, Copy, Debug)]
pub struct Numbers<'a> {
    /// The lowest and highest level of every track.
    pub ranges: &'a [(i32, i32)],
    /// The lookup tables, none empty.
    pub tables: &'a [Vec<i32>],
    /// The parameters, each rounded to a whole number in its own unit.
    pub params: &'a [i32],
}

/// What programs may read of the world, as it was at the start of the step.
///
/// The one who asks decides whose world it is: the truth for rules, a seat's knowledge for what an action needs.
pub trait Reads {
    /// The level of every track, by id, each within its track's range.
    fn levels(&self) -> &[i32];
    /// Something that the engine counts.
    fn count(&self, counter: Counter) -> i64;
    /// Whether an accord is in force.
    fn in_force(&self, accord: AccordId) -> bool;
    /// Whether a continuing act is on.
    fn on(&self, action: ActionId) -> bool;
    /// Whether an inject has fired.
    fn fired(&self, inject: InjectId) -> bool;
    /// Whether a channel is kept open by its owner.
    fn open(&self, channel: ChannelId) -> bool;
}

/// A [`Gauge`] with its name looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// Whole days since the start.
    Day,
    /// Whole hours since the start.
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
    DeathsOf(SeatId),
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
    /// Rounds of talks held so far.
    TalksRounds,
    /// Acts at or above a rung so far.
    ActsAtLeast(u8),
    /// A consultation body's maturity.
    MaturityOf(BodyId),
}

impl From<&Gauge> for Counter {
    fn from(gauge: &Gauge) -> Self {
        match gauge {
            Gauge::Day => Counter::Day,
            Gauge::Hour => Counter::Hour,
            Gauge::Minute => Counter::Minute,
            Gauge::Turn => Counter::Turn,
            Gauge::StandingRung => Counter::StandingRung,
            Gauge::PeakRung => Counter::PeakRung,
            Gauge::DeathsOf(seat) => Counter::DeathsOf(seat.id()),
            Gauge::CivilianDeaths => Counter::CivilianDeaths,
            Gauge::QuietHours => Counter::QuietHours,
            Gauge::Faded => Counter::Faded,
            Gauge::Settled => Counter::Settled,
            Gauge::OpenDeadlines => Counter::OpenDeadlines,
            Gauge::TalksRounds => Counter::TalksRounds,
            Gauge::ActsAtLeast(rung) => Counter::ActsAtLeast(*rung),
            Gauge::MaturityOf(body) => Counter::MaturityOf(body.id()),
        }
    }
}

/// What a program found to be so. Levels come last, one net change each, in the order of their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A level changed.
    Level {
        /// The track.
        track: TrackId,
        /// The level at the start of the step.
        before: i32,
        /// The level that the list leaves.
        after: i32,
    },
    /// An accord's standing is set.
    Accord(AccordId, AccordStatus),
    /// A channel's political state is set.
    Channel(ChannelId, Politics),
    /// A continuing act ends.
    Stop(ActionId),
    /// Open cases are investigated.
    Investigate,
    /// The acting seat contests what findings say of it.
    Contest,
    /// An incident happens.
    Incident(IncidentId),
    /// A consultation body's maturity moves.
    Mature(BodyId, i32),
    /// A chance was rolled; told only if asked.
    Rolled {
        /// Which roll: a position in [`Program::draws`].
        draw: u16,
        /// The chance.
        chance: Chance,
        /// Whether it came.
        came: bool,
    },
    /// An option was picked; told only if asked.
    Picked {
        /// Which pick: a position in [`Program::draws`].
        draw: u16,
        /// The option's position.
        option: u16,
        /// The chance that this option had.
        chance: Chance,
    },
}

/// How many values a program can hold at once: far above any sound list of rules.
const REGISTERS: usize = 4096;

/// Working memory that all programs share and reuse, so that running allocates nothing. It is made when first used.
#[derive(Clone, Debug, Default)]
pub struct Registers(Option<Box<[i64; REGISTERS]>>);

impl Registers {
    #[inline]
    fn all(&mut self) -> &mut [i64; REGISTERS] {
        self.0.get_or_insert_with(|| Box::new([0; REGISTERS]))
    }
}

/// A list of rules, or the effects of one action, inject or accord.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    code: Code,
}

impl Program {
    /// Lowers a list of rules, each with the site of its luck. The lists run in order as one: what one rule names,
    /// later rules may read.
    ///
    /// # Errors
    /// Every fault of the list: unknown locals, empty tables, too many values.
    ///
    /// # Panics
    /// Panics if a name of another section was not resolved.
    pub fn lower(rules: &[(SiteId, &[Statement])], numbers: &Numbers<'_>) -> Result<Self, Vec<ProgramError>> {
        lower::program(rules, numbers).map(|code| Program { code })
    }

    /// Runs the rules in order and reports what comes of them. `Level` reads what earlier rules left, `Before`, the
    /// facts and the counts the start of the step. Rolls and picks are reported only if `TELL` is true.
    pub fn run<const TELL: bool>(
        &self,
        reads: &impl Reads,
        dice: &impl Draws,
        registers: &mut Registers,
        mut out: impl FnMut(Outcome),
    ) {
        let registers = registers.all();
        run::load(&self.code, reads, registers);
        run::execute::<TELL>(&self.code, reads, dice, registers, &mut out);
        run::tell_levels(&self.code, reads, registers, &mut out);
    }

    /// The address and the authored name of every roll and pick.
    pub fn draws(&self) -> &[Draw] {
        &self.code.draws
    }

    /// The tracks that the list may change, in the order of their ids.
    pub fn writes(&self) -> impl Iterator<Item = TrackId> + '_ {
        self.code.stores.iter().map(|slot| slot.track)
    }
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Guard(Test);

/// The two forms of a condition.
#[derive(Clone, Debug, PartialEq)]
enum Test {
    /// A condition without arithmetic.
    Plain(Plain),
    /// Anything else: the register is 1 where it holds.
    Code(Box<Code>, Reg),
}

impl Guard {
    /// Lowers a condition.
    ///
    /// # Errors
    /// Every fault of the condition; it has no locals, so naming one is a fault.
    ///
    /// # Panics
    /// Panics if a name of another section was not resolved.
    pub fn lower(condition: &Condition, numbers: &Numbers<'_>) -> Result<Self, Vec<ProgramError>> {
        if let Some(plain) = Plain::lower(condition, numbers) {
            return Ok(Guard(Test::Plain(plain)));
        }
        lower::guard(condition, numbers).map(|(code, result)| Guard(Test::Code(Box::new(code), result)))
    }

    /// Whether the condition holds.
    #[inline]
    pub fn holds(&self, reads: &impl Reads, registers: &mut Registers) -> bool {
        match &self.0 {
            Test::Plain(plain) => plain.holds(reads),
            Test::Code(code, result) => run::value(code, *result, reads, registers.all()) != 0,
        }
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    code: Code,
    result: Reg,
}

impl Amount {
    /// Lowers a value.
    ///
    /// # Errors
    /// Every fault of the expression; it has no locals, so naming one is a fault.
    ///
    /// # Panics
    /// Panics if a name of another section was not resolved.
    pub fn lower(expr: &Expr, numbers: &Numbers<'_>) -> Result<Self, Vec<ProgramError>> {
        lower::amount(expr, numbers).map(|(code, result)| Amount { code, result })
    }

    /// The value.
    pub fn value(&self, reads: &impl Reads, registers: &mut Registers) -> i64 {
        run::value(&self.code, self.result, reads, registers.all())
    }
}
