//! What an author reads when a scenario is wrong: real documents over the shipped base.

mod bad_input;
mod base_and_override;
mod damage;
mod events;
mod extremes;
mod fields;
mod fixtures;
mod fuzz;
mod lessons;
mod limits;
mod lint;
mod load;
mod names;
mod offered;
mod settings;
mod slips;
