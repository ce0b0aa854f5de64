//! Game C1 as a scenario of rules: time of a run of 24.7 turns in the mean, on one thread.

#[path = "../tests/c1/scenario.rs"]
mod scenario;

use criterion::{Criterion, criterion_group, criterion_main};
use offramp::engine::Game;
use offramp::engine::dice::{Domain, Draws, RootKey, SiteId};
use std::hint::black_box;

fn benchmarks(criterion: &mut Criterion) {
    let luck = RootKey::new(1, Domain::Adjudication);
    let mut group = criterion.benchmark_group("c1");
    group.bench_function("run", |bencher| {
        let (mut game, mut run) = (Game::new(scenario::rules(), 1, 0), 0);
        bencher.iter(|| {
            run += 1;
            game.restart(1, run);
            black_box(game.run_out(100))
        });
    });
    group.bench_function("dice of one step", |bencher| {
        let mut minute = 0;
        bencher.iter(|| {
            minute += 60;
            black_box(luck.at(black_box(3), minute))
        });
    });
    group.bench_function("one draw", |bencher| {
        let (dice, site) = (luck.at(3, 60), SiteId::new("rule", "", "hotline"));
        let mut index = 0;
        bencher.iter(|| {
            index += 1;
            black_box(dice.draw(black_box(site), index))
        });
    });
    group.finish();
}

criterion_group!(c1, benchmarks);
criterion_main!(c1);
