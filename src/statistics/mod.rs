//! Statistics of means and shares: estimates that always carry their interval and their number of cases.
//!
//! A sweep stops by the same intervals that an analysis shows. Sums are exact integers, so that partial results merge in
//! any order to the same bytes; floating point comes last. All intervals are two-sided at 95 %.
//!
//! | file | answers |
//! |---|---|
//! | [`interval`] | what an interval is, and whether a value lies in it |
//! | [`moments`] | count, sum and sum of squares; mean with interval |
//! | [`share`] | a share of cases, by Wilson |

pub mod interval;
pub mod moments;
pub mod share;

pub use interval::{Estimate, Interval, LEVEL};
pub use moments::Moments;
pub use share::Share;
