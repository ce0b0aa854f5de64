//! Lowering: what all parts share (registers, constants, locals, errors) and the three entries.

use super::code::{Code, Op, Reg, Slot};
use super::expr::{Linear, Range};
use super::{Numbers, ProgramError, REGISTERS};
use crate::engine::dice::SiteId;
use crate::vocabulary::words::{Condition, Expr, Statement};
use crate::vocabulary::{Id, TrackId};
use std::collections::BTreeMap;

/// Lowers a list of rules.
pub(super) fn program(
    rules: &[(SiteId, &[Statement])],
    numbers: &Numbers<'_>,
) -> Result<Code, Vec<ProgramError>> {
    let mut lowering = Lowering::new(numbers);
    for (rule, &(site, statements)) in rules.iter().enumerate() {
        lowering.rule = rule;
        lowering.site = site;
        lowering.rolled.clear();
        lowering.statements(statements, None);
    }
    lowering.finish()
}

/// Lowers a condition; the register holds 1 where it holds, else 0.
pub(super) fn guard(condition: &Condition, numbers: &Numbers<'_>) -> Result<(Code, Reg), Vec<ProgramError>> {
    let mut lowering = Lowering::new(numbers);
    let result = lowering.test(condition);
    lowering.finish().map(|code| (code, result))
}

/// Lowers a value.
pub(super) fn amount(expr: &Expr, numbers: &Numbers<'_>) -> Result<(Code, Reg), Vec<ProgramError>> {
    let mut lowering = Lowering::new(numbers);
    let result = lowering.value(expr);
    let result = lowering.register(&result);
    lowering.finish().map(|code| (code, result))
}

/// A named value of a list.
#[derive(Clone, Copy)]
pub(super) struct Local {
    pub reg: Reg,
    pub range: Range,
    /// Whether every way to here gave it a value.
    pub known: bool,
}

/// The registers of a track.
struct Track {
    now: Reg,
    /// Its level at the start of the step, kept apart once the list has written the track.
    before: Option<Reg>,
    written: bool,
}

/// The state of lowering one list.
pub(super) struct Lowering<'a> {
    pub numbers: &'a Numbers<'a>,
    pub code: Code,
    pub errors: Vec<ProgramError>,
    pub rule: usize,
    pub site: SiteId,
    /// How often a name was rolled on the way to here within the rule.
    pub rolled: BTreeMap<String, u32>,
    pub locals: BTreeMap<String, Local>,
    constants: BTreeMap<i64, Reg>,
    tracks: BTreeMap<TrackId, Track>,
    /// Temporaries of the statements being lowered, innermost last.
    busy: Vec<Reg>,
    free: Vec<Reg>,
    /// Instructions before this one may be a jump's way around, so they keep their targets.
    pub settled: usize,
}

impl<'a> Lowering<'a> {
    fn new(numbers: &'a Numbers<'a>) -> Self {
        Lowering {
            numbers,
            code: Code::default(),
            errors: Vec::new(),
            rule: 0,
            site: SiteId::new("", "", ""),
            rolled: BTreeMap::new(),
            locals: BTreeMap::new(),
            constants: BTreeMap::new(),
            tracks: BTreeMap::new(),
            busy: Vec::new(),
            free: Vec::new(),
            settled: 0,
        }
    }

    fn finish(mut self) -> Result<Code, Vec<ProgramError>> {
        self.number(self.code.ops.len());
        if usize::from(self.code.size) + self.code.widest > REGISTERS
            && !self.errors.contains(&ProgramError::TooLong)
        {
            self.errors.push(ProgramError::TooLong);
        }
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.code.stores = self
            .tracks
            .iter()
            .filter(|(_, track)| track.written)
            .map(|(&id, track)| Slot { track: id, reg: track.now })
            .collect();
        Ok(self.code)
    }

    /// A count as an operand; a count that is too large is an error, told once.
    pub fn number(&mut self, count: usize) -> u16 {
        u16::try_from(count).unwrap_or_else(|_| {
            if !self.errors.contains(&ProgramError::TooLong) {
                self.errors.push(ProgramError::TooLong);
            }
            0
        })
    }

    fn new_register(&mut self) -> Reg {
        let reg = self.code.size;
        self.code.size = self.number(usize::from(reg) + 1);
        reg
    }

    /// A register for a value that nobody needs after the statement.
    pub fn temporary(&mut self) -> Reg {
        let reg = self.free.pop().unwrap_or_else(|| self.new_register());
        self.busy.push(reg);
        reg
    }

    /// Whether a register holds a temporary value.
    pub fn is_temporary(&self, reg: Reg) -> bool {
        self.busy.contains(&reg)
    }

    /// Marks the start of a statement.
    pub fn mark(&self) -> usize {
        self.busy.len()
    }

    /// Gives back the temporaries taken since a mark.
    pub fn release(&mut self, mark: usize) {
        self.free.extend(self.busy.drain(mark..).rev());
    }

    /// The register that holds a constant.
    pub fn constant(&mut self, value: i64) -> Reg {
        if let Some(&reg) = self.constants.get(&value) {
            return reg;
        }
        let reg = self.new_register();
        self.code.constants.push((reg, value));
        self.constants.insert(value, reg);
        reg
    }

    fn track(&mut self, id: TrackId) -> &mut Track {
        if !self.tracks.contains_key(&id) {
            let now = self.new_register();
            self.code.loads.push(Slot { track: id, reg: now });
            self.tracks.insert(id, Track { now, before: None, written: false });
        }
        self.tracks.get_mut(&id).expect("inserted above")
    }

    /// The lowest and highest level of a track.
    pub fn bounds(&self, id: TrackId) -> Range {
        let (low, high) = self.numbers.ranges[id.index()];
        (i64::from(low), i64::from(high))
    }

    /// The register of a level as the list left it so far.
    pub fn level(&mut self, id: TrackId) -> Reg {
        self.track(id).now
    }

    /// The register of a level that is about to be written.
    pub fn written_level(&mut self, id: TrackId) -> Reg {
        let track = self.track(id);
        track.written = true;
        track.now
    }

    /// The register of a level at the start of the step.
    pub fn before(&mut self, id: TrackId) -> Reg {
        let track = self.track(id);
        match track.before {
            _ if !track.written => track.now,
            Some(reg) => reg,
            None => {
                let reg = self.new_register();
                self.code.loads.push(Slot { track: id, reg });
                self.track(id).before = Some(reg);
                reg
            }
        }
    }

    /// The register that a statement is about to give a local's value.
    pub fn assign(&mut self, name: &str, range: Range) -> Reg {
        if let Some(local) = self.locals.get_mut(name) {
            local.range = range;
            local.known = true;
            return local.reg;
        }
        let reg = self.new_register();
        self.locals.insert(name.to_owned(), Local { reg, range, known: true });
        reg
    }

    /// A local's value; an unknown name is an error and counts as 0.
    pub fn local(&mut self, name: &str) -> Linear {
        match self.locals.get(name) {
            Some(local) if local.known => Linear::of(local.reg, local.range),
            _ => {
                let mut near: Vec<String> = self
                    .locals
                    .iter()
                    .filter(|(_, local)| local.known)
                    .map(|(name, _)| name.clone())
                    .collect();
                near.sort_by_key(|known| strsim::osa_distance(known, name));
                near.truncate(3);
                self.errors.push(ProgramError::UnknownLocal { rule: self.rule, name: name.to_owned(), near });
                Linear::constant(0)
            }
        }
    }

    pub fn emit(&mut self, op: Op) {
        self.code.ops.push(op);
    }
}
