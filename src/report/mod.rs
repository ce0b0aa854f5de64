//! Reports: what an analysis found, for people and for programs.
//!
//! A [`Document`] says what is shown, and knows no format; each format has a file of its own. Findings are also written
//! one number a row, as CSV or JSON.
//!
//! | file | owns |
//! |---|---|
//! | [`document`] | sections, tables, charts |
//! | [`text`] | a document on a terminal |
//! | [`html`], [`svg`] | a document as one page with charts |
//! | [`markdown`] | a document as Markdown |
//! | [`rows`] | findings as CSV and JSON |
//! | [`summary`] | the summary of a sweep, as sections |
//! | [`comparison`] | a comparison of two arms, as sections |
//! | [`sensitivity`] | which factors matter, and how choices fare, as sections |
//! | [`discovery`] | a box and a tree, as sections |
//! | [`debrief`] | one game after its end, as sections |
//! | [`caveats`] | what was varied, what the figures do not say, how to get them again |

pub mod caveats;
pub mod comparison;
pub mod debrief;
pub mod discovery;
pub mod document;
pub mod html;
pub mod markdown;
mod number;
pub mod rows;
pub mod sensitivity;
pub mod summary;
pub mod svg;
pub mod text;

pub use document::{Bar, Block, Document, Entry, Section, Table};
