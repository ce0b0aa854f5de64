//! Games from outside: played, written down, read again, weighed and told.

mod butfor;
mod dealings;
mod debrief;
mod line;
#[path = "../support/mod.rs"]
mod support;
mod trace;
mod whatif;
