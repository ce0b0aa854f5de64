//! Bargaining and alliance on their own: seats that follow a script, without incidents at the line.

mod alliance;
mod bargaining;
mod lines;
mod table;
