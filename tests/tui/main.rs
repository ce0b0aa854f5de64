//! The terminal: what each screen looks like, what each key does, and that no text acts on a terminal.

mod control;
mod fixture;
mod keys;
mod monkey;
mod plain;
mod screens;
