//! What is odd about a scenario that has no errors: what can never happen, what always happens, what nobody reads.
//!
//! `fixed` looks at what is written, `played` at games between the scenario's doctrines. Both leave their findings as
//! warnings among the scenario's diagnostics, so that they are placed, worded and explained as errors are.

mod fixed;
mod limits;
mod notes;
mod played;

pub use limits::Limits;
pub use notes::Scope;
pub use played::{Effort, Played, combinations};

use crate::engine::Rules;
use crate::scenario::diagnostics::Diagnostics;
use notes::Notes;

/// Looks through what a scenario says, with the numbers that are bound to it.
pub fn look_through(rules: &Rules, scope: Scope, limits: &Limits, findings: &mut Diagnostics) {
    fixed::look_through(&rules.bound, limits, &mut Notes::new(rules.scenario(), scope, findings));
}

/// Weighs what games came to. `argument` is what the scenario is called on the command line, for the commands that show
/// a finding.
pub fn weigh(
    played: &Played,
    rules: &Rules,
    argument: &str,
    scope: Scope,
    limits: &Limits,
    findings: &mut Diagnostics,
) {
    played.weigh(rules, argument, limits, &mut Notes::new(rules.scenario(), scope, findings));
}
