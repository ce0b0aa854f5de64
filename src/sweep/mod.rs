//! Sweeps: many games, by a plan.
//!
//! An [`Experiment`] says what is varied and how often. A [`Plan`] gives every run a number, and says by that number
//! alone what the run is. Runs are worked off in fixed chunks, whose parts prove themselves and can be made anywhere,
//! in any order, twice; [`merge`] makes one table of them, the same bytes always.
//!
//! ```text
//! experiment.ron --read, resolve--> Experiment --Plan--> chunks --Player--> parts --merge--> runs.csv, manifest.json
//! ```

mod check;
mod columns;
pub mod design;
mod execute;
pub mod experiment;
pub mod factor;
#[cfg(test)]
mod fixture;
mod folder;
mod gauge;
mod measure;
mod merge;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod plan;
mod play;
pub mod rare;
mod replay;
pub mod rows;
mod stop;
#[cfg(test)]
mod tests;

pub use check::{MOST_RUNS, read};
pub use columns::{columns, step_columns};
pub use execute::{WORKER, execute};
pub use experiment::{Experiment, ExperimentDoc};
pub use folder::{Folder, Found, RUNS, STEPS, SweepError};
pub use measure::Measure;
pub use merge::{Manifest, finished, may_stop_after, merge, plain_rules};
#[cfg(feature = "parquet")]
pub use parquet::to_parquet;
pub use part::Identity;
pub use plan::{Job, Plan};
pub use play::{identity, rows_of};
pub use replay::{agrees, record};
pub use stop::Tally;
