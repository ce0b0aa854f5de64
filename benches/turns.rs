//! The unattended run: August 2015 played by its default doctrines, without a record. The unit is one game; a game has
//! about as many ticks as the bench prints.

use criterion::{Criterion, criterion_group, criterion_main};
use offramp::engine::{Game, NoRecord, bind};
use offramp::scenario::source::Source;
use offramp::scenario::{Settings, compile};
use offramp::session::runner::{self, Table, usual_policy};
use std::hint::black_box;
use std::sync::Arc;

fn unattended(criterion: &mut Criterion) {
    let shipped = offramp::storage::shipped("august-2015").expect("the default scenario is shipped");
    let resolve = |name: &str, _: &Source| {
        let base = offramp::storage::shipped(name).ok_or_else(|| name.to_owned())?;
        Ok(Source::new(base.file, base.text))
    };
    let (scenario, _) = compile(Source::new(shipped.file, shipped.text), &resolve);
    let scenario = Arc::new(scenario.expect("the default scenario compiles"));
    let rules = bind(&scenario, &Settings::default()).expect("it binds");
    let policies: Vec<_> =
        scenario.players().map(|seat| (seat, usual_policy(&scenario, seat).to_owned())).collect();
    let mut game = Game::new(Arc::clone(&rules), 1, 0);
    let mut table = Table::new(&game, 1, 0, &policies).expect("the doctrines exist");
    let mut run = 0;
    let mut play = move || {
        run += 1;
        game.restart(1, run);
        table.restart(&game, 1, run).expect("the doctrines exist");
        runner::run(&mut game, &mut table, &mut NoRecord).expect("the game ends").minutes
    };
    let ticks: i64 = (0..1000).map(|_| i64::from(play()) / 360).sum();
    criterion.bench_function(&format!("august-2015, {} ticks a thousand games", ticks), |bencher| {
        bencher.iter(|| black_box(play()));
    });
}

criterion_group!(benches, unattended);
criterion_main!(benches);
