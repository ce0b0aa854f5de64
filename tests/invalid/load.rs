//! Loading: a text over the shipped library, and the shipped files with a change.

use offramp::scenario::diagnostics::Diagnostics;
use offramp::scenario::source::Source;
use offramp::scenario::{Scenario, compile};
use offramp::storage;
use offramp::storage::Shipped;

/// Compiles a text as `x.ron`. A base is looked for in the library, where `changed` takes the place of the file that
/// it names.
pub fn load_over(text: &str, changed: Option<(&str, &str)>) -> (Option<Scenario>, Diagnostics) {
    let resolve = |name: &str, asker: &Source| {
        if name == "x" {
            return Ok(asker.clone());
        }
        let found = storage::shipped(name).ok_or_else(|| format!("there is no scenario `{name}`"))?;
        let text = changed.filter(|(file, _)| *file == found.file).map_or(found.text, |(_, text)| text);
        Ok(Source::new(found.file, text))
    };
    compile(Source::new("x.ron", text), &resolve)
}

/// Compiles a text as `x.ron` over the library as it is shipped.
pub fn load(text: &str) -> (Option<Scenario>, Diagnostics) {
    load_over(text, None)
}

/// Every shipped scenario that can be played.
pub fn playable() -> impl Iterator<Item = &'static Shipped> {
    storage::all().iter().filter(|scenario| scenario.playable)
}

#[test]
fn nothing_is_said_about_a_shipped_scenario() {
    for shipped in storage::all() {
        let (scenario, diagnostics) = load(shipped.text);
        assert_eq!(diagnostics.to_lines(), "", "{}", shipped.name);
        let scenario = scenario.unwrap_or_else(|| panic!("{} has errors", shipped.name));
        if shipped.playable {
            let odd = crate::lint::look_through(scenario, diagnostics).to_lines();
            assert_eq!(odd, "", "{}", shipped.name);
        }
    }
}
