//! No allocation per turn once warm, counted by an allocator of the test's own.

#[expect(dead_code, reason = "the other tests use the rest of it")]
#[path = "invariants/games.rs"]
mod games;

use games::{Chooser, LONG, rules, shipped};
use offramp::engine::{Game, NoRecord, Orders, Phase, Recorder};
use offramp::sweep::Measure;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Arc;

thread_local! {
    static COUNTED: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, which counts what this thread asks for.
struct Counting;

#[expect(unsafe_code, reason = "an allocator cannot be written without; it only hands on to the system's")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNTED.with(|counted| counted.set(counted.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNTED.with(|counted| counted.set(counted.get() + 1));
        unsafe { System.realloc(block, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What something allocates.
fn allocations(what: impl FnOnce()) -> u64 {
    let before = COUNTED.with(Cell::get);
    what();
    COUNTED.with(Cell::get) - before
}

/// The orders that a game was given, call by call.
fn tape(game: &mut Game, seed: u64) -> Vec<Vec<Orders>> {
    let chooser = Chooser::new(game, seed);
    let mut tape = Vec::new();
    while game.phase() != Phase::Over && tape.len() < LONG {
        tape.push(chooser.all(game));
        call(game, &tape[tape.len() - 1], &mut NoRecord);
    }
    tape
}

fn call(game: &mut Game, orders: &[Orders], record: &mut impl Recorder) {
    match game.phase() {
        Phase::Opening => game.open(record),
        Phase::Contacts | Phase::Answers => game.contact(orders, record),
        Phase::Orders | Phase::Flash => game.close(orders, record),
        Phase::Over => {}
    }
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(1)))), 1);
}

#[test]
fn a_warm_game_allocates_nothing_from_its_restart_to_its_end() {
    const GAMES: u64 = 20;
    let rules = rules(shipped("august-2015"));
    let mut game = Game::new(Arc::clone(&rules), 0, 0);
    let tapes: Vec<Vec<Vec<Orders>>> = (0..GAMES)
        .map(|seed| {
            game.restart(seed, 0);
            tape(&mut game, seed)
        })
        .collect();
    for (seed, tape) in tapes.iter().enumerate() {
        let counted = allocations(|| {
            game.restart(seed as u64, 0);
            for orders in tape {
                call(&mut game, orders, &mut NoRecord);
            }
        });
        assert_eq!(counted, 0, "game {seed} of {} calls", tape.len());
    }
}

#[test]
fn measuring_a_warm_game_allocates_nothing_either() {
    const GAMES: u64 = 20;
    let rules = rules(shipped("august-2015"));
    let mut game = Game::new(Arc::clone(&rules), 0, 0);
    let mut measure = Measure::new(&rules, true);
    for round in 0..2 {
        for seed in 0..GAMES {
            game.restart(seed, 0);
            let tape = tape(&mut game, seed);
            let counted = allocations(|| {
                game.restart(seed, 0);
                measure.begin(&game);
                for orders in &tape {
                    call(&mut game, orders, &mut measure);
                }
            });
            // The first round is the warming.
            assert!(round == 0 || counted == 0, "game {seed}: {counted}");
        }
    }
}
