//! Analysis: estimates that always carry their interval and their number of cases.
//!
//! What an interval is, and those of means and shares, stand in [`crate::statistics`]. All intervals are two-sided at
//! 95 %.
//!
//! | file | answers |
//! |---|---|
//! | [`rate`] | events over time, by the Poisson law |
//! | [`quantile`] | quantiles of a sample, with intervals that assume no distribution |
//! | [`bootstrap`] | any statistic of a sample, resampled with a seed |
//! | [`jackknife`] | a statistic of many points, without some of their lucks |
//! | [`repeats`] | a small chance, from independent estimates of it |
//! | [`paired`] | differences of pairs, and what pairing saved |
//! | [`matched`] | differences of shares, pair by pair |
//! | [`clustering`] | whether events come in bursts: Fano factor, gaps |
//! | [`distribution`] | whether two distributions of counts agree |
//! | [`contrast`] | whether a gain is more than that of lucks and points |
//! | [`morris`], [`sobol`] | which factors matter: elementary effects, parts of the variance |
//! | [`forecast`] | whether stated probabilities were right: Brier, reliability, log score |
//!
//! These know plain numbers only. The others ask the rows of a finished sweep:
//!
//! | file | answers |
//! |---|---|
//! | [`figure`] | what is asked of every run |
//! | [`luck`] | means and shares of runs that share luck |
//! | [`summary`] | every number that was measured, at a design point or over all |
//! | [`transitions`], [`course`] | from which rung a turn led to which; which rung was held when |
//! | [`pairs`] | which runs of two arms met the same dice |
//! | [`comparison`] | by how much two arms differ, and what pairing saved |
//! | [`sensitivity`] | which factors of a sweep move a figure |
//! | [`cases`], [`prim`], [`cart`] | where in the factors' space a condition holds: a box, a tree |
//! | [`regret`] | how a choice fares in every world that the other factors make |
//! | [`finding`] | all of it, one number a row |

pub mod bootstrap;
pub mod cart;
pub mod cases;
pub mod clustering;
pub mod comparison;
pub mod contrast;
pub mod course;
pub mod distribution;
pub mod figure;
pub mod finding;
pub mod forecast;
pub mod jackknife;
pub mod luck;
pub mod matched;
pub mod morris;
pub mod paired;
pub mod pairs;
pub mod prim;
pub mod quantile;
pub mod rate;
pub mod regret;
pub mod repeats;
pub mod sensitivity;
pub mod sobol;
pub mod summary;
pub mod transitions;

pub use bootstrap::bootstrap;
pub use cases::Cases;
pub use clustering::{Gaps, fano};
pub use comparison::Difference;
pub use distribution::{ChiSquare, Distribution};
pub use figure::Figure;
pub use finding::Finding;
pub use forecast::{Brier, Forecasts, ReliabilityBin};
pub use luck::ByLuck;
pub use matched::Matched;
pub use paired::Paired;
pub use pairs::{Arm, Pairs};
pub use quantile::Sample;
pub use rate::EventRate;
pub use regret::Robustness;
pub use repeats::Repeats;
pub use sensitivity::Sensitivity;
pub use summary::{Details, Summary};
pub use transitions::Transitions;

pub use crate::statistics::{Estimate, Interval, LEVEL, Moments, Share};
