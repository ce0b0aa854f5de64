//! What an author writes, and what the engine plays: source, document, checks, composition, binding.

pub mod binding;
pub mod check;
pub mod diagnostics;
pub mod document;
pub mod section;
