//! What an author writes, and what the engine plays: source, document, checks, composition, binding.

pub mod binding;
pub mod check;
pub mod compose;
pub mod diagnostics;
pub mod document;
pub mod locate;
mod outline;
pub mod parse;
mod reader;
mod render;
mod schema;
pub mod section;
pub mod source;
mod tokens;
