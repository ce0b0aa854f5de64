//! What an act says to those who see it, and what kind of act it is.

use serde::{Deserialize, Serialize};

/// How many readings a signal can have.
pub const READINGS: usize = 7;

/// What a signal means, or is perceived to mean, from conciliatory to hostile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reading {
    /// A concession.
    Conceding,
    /// A conciliatory gesture.
    Conciliatory,
    /// Reassuring in tone.
    Soft,
    /// Neither.
    #[default]
    Neutral,
    /// Firm.
    Firm,
    /// A threat.
    Threatening,
    /// Open hostility.
    Hostile,
}

impl Reading {
    /// All readings, conciliatory first.
    pub const ALL: [Reading; READINGS] = [
        Reading::Conceding,
        Reading::Conciliatory,
        Reading::Soft,
        Reading::Neutral,
        Reading::Firm,
        Reading::Threatening,
        Reading::Hostile,
    ];

    /// Position from 0 (conceding) to 6 (hostile).
    pub fn index(self) -> usize {
        self as usize
    }

    /// The reading at a position, clamped to the scale.
    pub fn at(index: usize) -> Reading {
        Self::ALL[index.min(READINGS - 1)]
    }

    /// The word that a report uses.
    pub fn word(self) -> &'static str {
        match self {
            Reading::Conceding => "conceding",
            Reading::Conciliatory => "conciliatory",
            Reading::Soft => "soft",
            Reading::Neutral => "neutral",
            Reading::Firm => "firm",
            Reading::Threatening => "threatening",
            Reading::Hostile => "hostile",
        }
    }
}

/// What a signal costs its sender (Fearon 1997): it decides the weight that receivers give it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cost {
    /// Words alone.
    #[default]
    Cheap,
    /// Costly whatever follows.
    Sunk,
    /// Costly if the sender backs down.
    TiedHands,
}

/// How many contexts there are.
pub const CONTEXTS: usize = 3;

/// What a signal follows: the same act says something else in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Context {
    /// Nothing that its sender would have to answer.
    #[default]
    Unprovoked,
    /// A demand with a deadline lies before its sender.
    AfterDemand,
    /// Its sender has been fired at.
    AfterFire,
}

impl Context {
    /// All contexts, calm first.
    pub const ALL: [Context; CONTEXTS] = [Context::Unprovoked, Context::AfterDemand, Context::AfterFire];
}

/// How an act came about; hidden from all but the debrief.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CauseTag {
    /// Ordered.
    #[default]
    Deliberate,
    /// Ordered, but with an effect that was not meant.
    Inadvertent,
    /// Nobody ordered it.
    Accidental,
}

impl CauseTag {
    /// All causes.
    pub const ALL: [CauseTag; 3] = [CauseTag::Deliberate, CauseTag::Inadvertent, CauseTag::Accidental];

    /// The words that a report uses of an author.
    pub fn word(self) -> &'static str {
        match self {
            CauseTag::Deliberate => "on purpose",
            CauseTag::Inadvertent => "without meaning so",
            CauseTag::Accidental => "by accident",
        }
    }
}

/// How many cells there are.
pub const CELLS: usize = 7;

/// A cell of choice: acts grouped by domain and by rung relative to the stimulus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cell {
    /// Do nothing.
    #[default]
    Nothing,
    /// Protest in words.
    Protest,
    /// Act, without arms.
    NonMilitary,
    /// Fire that is meant to hit nothing.
    Symbolic,
    /// The same rung as the stimulus.
    InKind,
    /// One rung above it.
    OneUp,
    /// Two or more rungs above it.
    TwoUp,
}

impl Cell {
    /// All cells, mildest first.
    pub const ALL: [Cell; CELLS] = [
        Cell::Nothing,
        Cell::Protest,
        Cell::NonMilitary,
        Cell::Symbolic,
        Cell::InKind,
        Cell::OneUp,
        Cell::TwoUp,
    ];

    /// Position in [`Cell::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The words that a menu uses.
    pub fn word(self) -> &'static str {
        match self {
            Cell::Nothing => "nothing",
            Cell::Protest => "protest",
            Cell::NonMilitary => "non-military",
            Cell::Symbolic => "symbolic fire",
            Cell::InKind => "in kind",
            Cell::OneUp => "one rung up",
            Cell::TwoUp => "two or more up",
        }
    }
}

/// A set of cells of reply. That nothing may be done needs no place in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cells(u8);

impl Cells {
    /// None.
    pub const NONE: Cells = Cells(0);
    /// Words.
    pub const WORDS: Cells = Cells::of(&[Cell::Protest]);
    /// Words and measures.
    pub const UNARMED: Cells = Cells::of(&[Cell::Protest, Cell::NonMilitary]);
    /// Arms that are meant to hit.
    pub const AIMED: Cells = Cells::of(&[Cell::InKind, Cell::OneUp, Cell::TwoUp]);
    /// Arms.
    pub const ARMS: Cells = Cells::AIMED.or(Cells::of(&[Cell::Symbolic]));
    /// Every reply.
    pub const ALL: Cells = Cells::UNARMED.or(Cells::ARMS);

    /// These cells.
    pub const fn of(cells: &[Cell]) -> Cells {
        let (mut bits, mut k) = (0, 0);
        while k < cells.len() {
            bits |= 1 << cells[k] as u8;
            k += 1;
        }
        Cells(bits)
    }

    /// Whether a cell is among them.
    pub fn contains(self, cell: Cell) -> bool {
        self.0 >> cell as u8 & 1 == 1
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// These and those.
    pub const fn or(self, others: Cells) -> Cells {
        Cells(self.0 | others.0)
    }

    /// Those of these that are also among others.
    pub const fn and(self, others: Cells) -> Cells {
        Cells(self.0 & others.0)
    }

    /// These, less others.
    pub const fn without(self, others: Cells) -> Cells {
        Cells(self.0 & !others.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_measures_and_arms_are_all_replies_and_nothing_is_none() {
        assert!(Cell::ALL.iter().all(|cell| Cells::ALL.contains(*cell) == (*cell != Cell::Nothing)));
        assert_eq!(Cells::ALL.without(Cells::ARMS), Cells::UNARMED);
        assert_eq!(Cells::UNARMED.and(Cells::ARMS), Cells::NONE);
        assert!(Cells::NONE.is_empty() && !Cells::WORDS.is_empty());
    }
}
