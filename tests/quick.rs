//! scratch
use offramp::engine::*;
use offramp::scenario::source::Source;
use offramp::scenario::{Scenario, Settings, compile};
use std::sync::Arc;
fn load(name: &str) -> Arc<Scenario> {
    let s = offramp::storage::shipped(name).unwrap();
    let resolve = |n: &str, _: &Source| {
        offramp::storage::shipped(n).map(|s| Source::new(s.file, s.text)).ok_or("no".to_owned())
    };
    let (scenario, d) = compile(Source::new(s.file, s.text), &resolve);
    eprintln!("{}", d.to_text(false));
    Arc::new(scenario.expect("compiles"))
}
#[test]
fn quick() {
    let scenario = load("august-2015");
    let rules = bind(&scenario, &Settings::default()).unwrap();
    let mut ends = std::collections::BTreeMap::new();
    let mut turns = 0;
    let t = std::time::Instant::now();
    let n = 200;
    let mut minutes = 0i64;
    for run in 0..n {
        let mut g = Game::new(rules.clone(), 1, run);
        for _ in 0..10000 {
            match g.phase() {
                Phase::Opening => g.open(&mut NoRecord),
                Phase::Contacts | Phase::Answers => g.contact(&[], &mut NoRecord),
                Phase::Orders | Phase::Flash => g.close(&[], &mut NoRecord),
                Phase::Over => break,
            }
        }
        let o = g.outcome().expect("ends");
        *ends
            .entry((
                scenario.document.endings[offramp::vocabulary::Id::index(o.ending)].name.clone(),
                o.peak.0,
            ))
            .or_insert(0) += 1;
        turns += o.turns as u32;
        minutes += o.minutes as i64;
    }
    eprintln!(
        "{ends:?} turns {} ticks {} time/tick {:?}",
        turns as f64 / n as f64,
        minutes as f64 / 360.0 / n as f64,
        t.elapsed() / ((minutes / 360) as u32)
    );
}
