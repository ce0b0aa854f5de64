//! The rules of play.

pub mod dice;
