//! The rules of play.

pub mod dice;
pub mod program;
