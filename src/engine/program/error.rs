//! What can be wrong with a list of rules once its names are resolved.

use std::fmt;

/// A fault of a list of rules, a condition or an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgramError {
    /// A name that no earlier statement on every way to here has given a value.
    UnknownLocal {
        /// The rule's position in its list; 0 for a condition or amount.
        rule: usize,
        /// The name as written.
        name: String,
        /// Names known there, the nearest first, at most three.
        near: Vec<String>,
    },
    /// A table without entries.
    EmptyTable {
        /// The rule's position in its list; 0 for a condition or amount.
        rule: usize,
        /// The table's name.
        table: String,
    },
    /// A pick without options.
    EmptyPick {
        /// The rule's position in its list.
        rule: usize,
        /// The pick's name.
        name: String,
    },
    /// The list is longer than one program can hold.
    TooLong,
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProgramError::UnknownLocal { name, near, .. } => {
                write!(f, "nothing named `{name}` has a value here")?;
                match near.first() {
                    Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
                    None => Ok(()),
                }
            }
            ProgramError::EmptyTable { table, .. } => write!(f, "the table `{table}` has no entries"),
            ProgramError::EmptyPick { name, .. } => write!(f, "the pick `{name}` has no options"),
            ProgramError::TooLong => {
                f.write_str("the list needs more than 4,096 values or 65,535 instructions")
            }
        }
    }
}

impl std::error::Error for ProgramError {}
