//! Reports: what an analysis found, for people and for programs.
//!
//! A [`Document`] says what is shown, and knows no format; each format has a file of its own. Findings are also written
//! one number a row, as CSV or JSON.
//!
//! | file | owns |
//! |---|---|
//! | [`document`] | sections, tables, charts |
//! | [`text`] | a document on a terminal |
//! | [`rows`] | findings as CSV and JSON |
//! | [`summary`] | the summary of a sweep, as sections |
//! | [`comparison`] | a comparison of two arms, as sections |

pub mod comparison;
pub mod document;
mod number;
pub mod rows;
pub mod summary;
pub mod text;

pub use document::{Bar, Block, Document, Section, Table};
