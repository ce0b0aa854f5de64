//! Game C1 as a scenario of rules: time of a run of 24.7 turns in the mean, on one thread.

#[path = "../tests/c1/scenario.rs"]
mod scenario;

use criterion::{Criterion, criterion_group, criterion_main};
use offramp::engine::dice::Draws;
use scenario::Game;
use std::hint::black_box;

fn benchmarks(criterion: &mut Criterion) {
    let luck = Game::luck(1);
    let mut group = criterion.benchmark_group("c1");
    group.bench_function("run", |bencher| {
        let (mut game, mut run) = (Game::new(), 0);
        bencher.iter(|| {
            run += 1;
            black_box(game.play(&luck, run))
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
        let game = Game::new();
        let (dice, site) = (luck.at(3, 60), game.program.draws()[0].site);
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
