//! Records of a game: how they are written, sealed, read, replayed and shown.

pub mod chain;
