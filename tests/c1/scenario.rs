//! Game C1 read from its file.

use offramp::engine::{Rules, bind};
use offramp::scenario::source::Source;
use offramp::scenario::{Scenario, Settings, compile};
use std::sync::Arc;

/// Compiles `c1.ron`.
pub fn scenario() -> Scenario {
    let source = Source::new("c1.ron", include_str!("c1.ron"));
    let (scenario, diagnostics) = compile(source, &|name, _| Err(format!("{name} is not needed")));
    scenario.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// The rules of C1.
pub fn rules() -> Arc<Rules> {
    bind(&Arc::new(scenario()), &Settings::default()).expect("the scenario binds")
}
