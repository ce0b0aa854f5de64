//! The invariants: luck that keeps its place, forks, secrets, and games that are the same everywhere.

mod campaign;
mod ends;
mod forks;
mod games;
mod hand;
mod luck;
mod portability;
mod secrecy;
