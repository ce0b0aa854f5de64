//! The flat form of a program: instructions over one array of registers, and the constant parts they point into.

use super::{Counter, Outcome, Reads};
use crate::engine::dice::SiteId;
use crate::vocabulary::{AccordId, ActionId, ChannelId, InjectId, TrackId};
use wide::i16x8;

/// A position in the register array.
pub(super) type Reg = u16;

/// One instruction. Operands are registers; `dst` is written after all operands were read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Op {
    /// `dst = a`
    Copy { dst: Reg, a: Reg },
    /// `dst = a + b`, saturating
    Add { dst: Reg, a: Reg, b: Reg },
    /// `dst = a - b`, saturating
    Sub { dst: Reg, a: Reg, b: Reg },
    /// `dst = a * b`, saturating
    Mul { dst: Reg, a: Reg, b: Reg },
    /// `dst = a / b` rounded down, 0 where `b` is 0
    Div { dst: Reg, a: Reg, b: Reg },
    /// The smaller.
    Min { dst: Reg, a: Reg, b: Reg },
    /// The larger.
    Max { dst: Reg, a: Reg, b: Reg },
    /// `dst = factor * a + bias`; nothing can leave 64 bits.
    Line { dst: Reg, a: Reg, factor: i32, bias: i32 },
    /// `dst = a + bias`, held between two bounds; nothing can leave 32 bits.
    Hold { dst: Reg, a: Reg, bias: i16, low: i32, high: i32 },
    /// A bounded sum of at most two multiples.
    Pair { dst: Reg, sum: u16 },
    /// A bounded sum of more multiples.
    Sum { dst: Reg, sum: u16 },
    /// The entry at `a` of the table that begins at `first`, held inside the table.
    Lookup { dst: Reg, a: Reg, first: u32, last: u32 },
    /// What the engine counts.
    Count { dst: Reg, counter: u16 },
    /// 1 while a fact holds, else 0.
    Fact { dst: Reg, fact: u16 },
    /// `dst = (a == b)`
    Equal { dst: Reg, a: Reg, b: Reg },
    /// `dst = (a < b)`
    Less { dst: Reg, a: Reg, b: Reg },
    /// `dst = 1 - a` of a truth value
    Not { dst: Reg, a: Reg },
    /// Both of two truth values.
    And { dst: Reg, a: Reg, b: Reg },
    /// Either of two truth values.
    Or { dst: Reg, a: Reg, b: Reg },
    /// `dst = a` where the truth value `when` is 1
    Select { dst: Reg, when: Reg, a: Reg },
    /// `dst = a` where the truth value `when` is 0
    Otherwise { dst: Reg, when: Reg, a: Reg },
    /// Goes on at `to`.
    Jump { to: u16 },
    /// Goes on at `to` where `a == b`.
    JumpEqual { a: Reg, b: Reg, to: u16 },
    /// Goes on at `to` where `a != b`.
    JumpUnequal { a: Reg, b: Reg, to: u16 },
    /// Goes on at `to` where `a < b`.
    JumpLess { a: Reg, b: Reg, to: u16 },
    /// Goes on at `to` where `a >= b`.
    JumpAtLeast { a: Reg, b: Reg, to: u16 },
    /// 1 if the chance of `a` per mille came, else 0.
    Roll { dst: Reg, a: Reg, draw: u16 },
    /// The same with the chance `factor * a + bias`.
    RollLine { dst: Reg, a: Reg, draw: u16, factor: i32, bias: i32 },
    /// The position picked by weights that depend on the state.
    Pick { dst: Reg, draw: u16, choice: u16 },
    /// The same of a few options with small numbers.
    PickLanes { dst: Reg, draw: u16, lanes: u16 },
    /// The position picked by constant weights.
    PickFixed { dst: Reg, draw: u16, thresholds: u16 },
    /// Reports an outcome that is not a level.
    Tell { outcome: u16 },
}

/// Four to a cache line.
const _: () = assert!(size_of::<Op>() == 16);

/// A stretch of one of the constant arrays.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Span {
    pub first: u32,
    pub len: u32,
}

impl Span {
    /// The stretch of `array`.
    #[inline(always)]
    pub fn of<T>(self, array: &[T]) -> &[T] {
        &array[self.first as usize..][..self.len as usize]
    }
}

/// A register times a constant.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Term {
    pub factor: i32,
    pub reg: Reg,
}

/// The terms of a long sum: with them it fills 64 bytes. A longer one is computed in parts.
pub(super) const LONG: usize = 5;

/// A constant plus terms, held between two bounds; places left over have the factor 0. A fixed number of terms
/// costs less than a loop whose end the processor must guess. Lowering proves that no part can leave 64 bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sum<const N: usize> {
    pub bias: i64,
    pub low: i64,
    pub high: i64,
    pub terms: [Term; N],
}

/// The most different registers that the weights of one pick share.
pub(super) const FEATURES: usize = 5;

/// A pick whose weights are bounded sums over the same few registers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    pub features: [Reg; FEATURES],
    pub options: Span,
}

/// An option of a pick: its weight is the gate times the bounded sum. Lowering bounds it to 0..=2^32.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weight {
    pub bias: i64,
    pub low: i64,
    pub high: i64,
    pub factors: [i32; FEATURES],
    pub gate: Reg,
}

/// The most options of a pick whose weights are computed side by side.
pub(super) const LANES: usize = 8;

/// The most different registers, gates among them, that the weights of such a pick share.
pub(super) const LANE_FEATURES: usize = 8;

/// A pick of a few options, one a lane, whose factors, features, sums and total all fit into 16 bits. A gate is a
/// feature like others: while it is 0 its factor is missing, and the sum falls to the lower bound of 0. A lane that is
/// left over weighs nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lanes {
    pub features: [Reg; LANE_FEATURES],
    /// By feature, its factor in every lane.
    pub factors: [i16x8; LANE_FEATURES],
    pub bias: i16x8,
    pub low: i16x8,
}

/// A fact that the engine knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fact {
    InForce(AccordId),
    On(ActionId),
    Fired(InjectId),
    Open(ChannelId),
}

impl Fact {
    /// Whether it holds.
    #[inline]
    pub fn holds(self, reads: &impl Reads) -> bool {
        match self {
            Fact::InForce(accord) => reads.in_force(accord),
            Fact::On(action) => reads.on(action),
            Fact::Fired(inject) => reads.fired(inject),
            Fact::Open(channel) => reads.open(channel),
        }
    }
}

/// A level's place in the registers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slot {
    pub track: TrackId,
    pub reg: Reg,
}

/// The address of a roll or pick, and where it was authored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// The rule's site with the name of the roll or pick.
    pub site: SiteId,
    /// 0, or the count of earlier rolls of this name on the way through the rule.
    pub index: u32,
    /// The position of the rule in its list.
    pub rule: usize,
    /// The name of the roll or pick.
    pub name: String,
}

/// Everything that running needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Code {
    pub ops: Vec<Op>,
    /// How many registers the code uses.
    pub size: u16,
    /// Registers that hold a constant.
    pub constants: Vec<(Reg, i64)>,
    /// Registers that start as a level's value.
    pub loads: Vec<Slot>,
    /// Registers that end as a level's value, by track.
    pub stores: Vec<Slot>,
    pub pairs: Vec<Sum<2>>,
    pub sums: Vec<Sum<LONG>>,
    /// Each table once, one after the other.
    pub entries: Vec<i32>,
    pub counters: Vec<Counter>,
    pub facts: Vec<Fact>,
    pub choices: Vec<Choice>,
    pub weights: Vec<Weight>,
    pub lanes: Vec<Lanes>,
    /// The most options of any pick.
    pub widest: usize,
    pub cuts: Vec<u32>,
    pub thresholds: Vec<Span>,
    pub draws: Vec<Draw>,
    pub outcomes: Vec<Outcome>,
}

impl Op {
    /// The register that an instruction computes into.
    pub fn written(&mut self) -> Option<&mut Reg> {
        match self {
            Op::Copy { dst, .. }
            | Op::Add { dst, .. }
            | Op::Sub { dst, .. }
            | Op::Mul { dst, .. }
            | Op::Div { dst, .. }
            | Op::Min { dst, .. }
            | Op::Max { dst, .. }
            | Op::Line { dst, .. }
            | Op::Hold { dst, .. }
            | Op::Pair { dst, .. }
            | Op::Sum { dst, .. }
            | Op::Lookup { dst, .. }
            | Op::Count { dst, .. } => Some(dst),
            _ => None,
        }
    }
}
