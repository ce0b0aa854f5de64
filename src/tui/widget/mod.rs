//! Pieces of screens; one file each.

pub mod bar;
pub mod footer;
pub mod header;
pub mod ladder;
pub mod list;
pub mod page;
pub mod popup;
