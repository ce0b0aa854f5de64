//! What suites share.

use offramp::engine::{Rules, bind};
use offramp::scenario::source::Source;
use offramp::scenario::{Settings, compile};
use offramp::storage::shipped;
use std::sync::Arc;

/// The rules of August 2015, as shipped.
pub fn rules() -> Arc<Rules> {
    rules_with("")
}

/// The rules of August 2015 with a further line in the header.
pub fn rules_with(line: &str) -> Arc<Rules> {
    let file = shipped("august-2015").expect("the library has it");
    let text = file.text.replacen("format: 1,", &format!("format: 1, {line}"), 1);
    let base = |name: &str, _: &Source| {
        shipped(name).map(|base| Source::new(base.file, base.text)).ok_or_else(|| name.to_owned())
    };
    let (scenario, findings) = compile(Source::new(file.file, text), &base);
    bind(&Arc::new(scenario.unwrap_or_else(|| panic!("{}", findings.to_text(false)))), &Settings::default())
        .expect("the settings are sound")
}
