//! Plans for tests: the shipped crisis, a few runs of it.

use super::check::read;
use super::experiment::{Experiment, ExperimentDoc};
use super::plan::Plan;
use crate::scenario::source::Source;
use crate::scenario::{Scenario, compile};
use crate::storage::shipped;
use std::sync::{Arc, LazyLock};

static AUGUST: LazyLock<Arc<Scenario>> = LazyLock::new(|| compiled(load("august-2015").unwrap()));

fn load(name: &str) -> Result<Source, String> {
    shipped(name).map(|s| Source::new(s.file, s.text)).ok_or("none".to_owned())
}

/// A scenario that builds on shipped ones.
pub fn compiled(source: Source) -> Arc<Scenario> {
    let (scenario, findings) = compile(source, &|name, _| load(name));
    Arc::new(scenario.unwrap_or_else(|| panic!("{}", findings.to_lines())))
}

/// The shipped crisis.
pub fn august() -> Arc<Scenario> {
    Arc::clone(&AUGUST)
}

/// An experiment with these factors over what the scenario states.
pub fn experiment(factors: &[&str]) -> Experiment {
    let list = factors.iter().map(|name| format!("(name: \"{name}\"),")).collect::<String>();
    resolved(&format!("factors: [{list}], replications: 3")).expect("it is sound")
}

/// An experiment of the shipped crisis, from the text of its fields; or what is wrong with it, a line each.
pub fn resolved(fields: &str) -> Result<Experiment, String> {
    resolved_with(&august(), fields, &|name| Err(format!("there is no `{name}`")))
}

/// The same of another scenario, with files of designs.
pub fn resolved_with(
    scenario: &Arc<Scenario>,
    fields: &str,
    table: &dyn Fn(&str) -> Result<String, String>,
) -> Result<Experiment, String> {
    let text = format!("(format: 1, name: \"test\", scenario: \"august-2015\",\n{fields})");
    let (document, mut findings) = read(Source::new("test.ron", text));
    let Some((document, file)) = document else { return Err(findings.to_lines()) };
    let document: ExperimentDoc = document;
    document.resolve(scenario, file, table, &mut findings).ok_or_else(|| findings.to_lines())
}

/// A plan of three runs of the shipped crisis, changed.
pub fn plan(change: impl FnOnce(&mut Experiment)) -> Plan {
    let mut experiment = experiment(&[]);
    change(&mut experiment);
    Plan::new(august(), experiment)
}
