//! Forks, replays and looking: what leaves a game as it is, and what changes its luck.

use super::games::{Chooser, advance, digests, play, rules, shipped, trials};
use offramp::engine::{Game, NoRecord, Phase, Rules};
use offramp::vocabulary::{Id, SeatId};
use std::collections::BTreeSet;
use std::sync::Arc;

fn august() -> Arc<Rules> {
    rules(shipped("august-2015"))
}

/// A game some calls into its course.
fn under_way(rules: &Arc<Rules>, seed: u64, calls: usize) -> (Game, Chooser) {
    let mut game = Game::new(Arc::clone(rules), seed, 0);
    let chooser = Chooser::new(&game, seed);
    for _ in 0..calls {
        advance(&mut game, &chooser, &mut NoRecord);
    }
    (game, chooser)
}

#[test]
fn a_seed_played_twice_gives_the_same_course() {
    let rules = august();
    for seed in 0..trials(100) {
        let [first, second] = [0, 1].map(|_| {
            let (mut game, chooser) = under_way(&rules, seed, 0);
            digests(&mut game, &chooser)
        });
        assert_eq!(first, second, "seed {seed}");
    }
}

#[test]
fn a_game_started_over_equals_a_new_one() {
    let rules = august();
    let (mut used, chooser) = under_way(&rules, 1, 0);
    digests(&mut used, &chooser);
    for seed in 2..20 {
        let (mut new, _) = under_way(&rules, seed, 0);
        used.restart(seed, 0);
        let chooser = Chooser::new(&new, seed);
        assert_eq!(digests(&mut used, &chooser), digests(&mut new, &chooser), "seed {seed}");
        let last = |game: &Game| serde_json::to_string(game.observation(SeatId::new(1))).unwrap();
        assert_eq!(last(&used), last(&new), "seed {seed}");
    }
}

#[test]
fn a_fork_with_salt_zero_equals_the_original_to_the_end() {
    let rules = august();
    for calls in [0, 1, 2, 3, 7, 20, 41] {
        let (mut game, chooser) = under_way(&rules, 5, calls);
        let mut fork = game.fork(0);
        assert_eq!(digests(&mut fork, &chooser), digests(&mut game, &chooser), "after {calls} calls");
    }
}

#[test]
fn a_thousand_salts_give_different_courses() {
    let (game, chooser) = under_way(&august(), 3, 2);
    let mut courses = BTreeSet::new();
    for salt in 0..=1000 {
        // A glance at every sixteenth call tells courses apart, and costs less than the games.
        let (mut calls, mut course) = (0, Vec::new());
        play(&mut game.fork(salt), &chooser, &mut NoRecord, |game| {
            calls += 1;
            if calls % 16 == 0 || game.phase() == Phase::Over {
                course.push(game.digest());
            }
        });
        courses.insert(course);
    }
    assert_eq!(courses.len(), 1001);
}

#[test]
fn forks_do_not_touch_the_original() {
    let rules = august();
    let (mut alone, chooser) = under_way(&rules, 11, 0);
    let undisturbed = digests(&mut alone, &chooser);
    let (mut game, chooser) = under_way(&rules, 11, 0);
    let mut disturbed = Vec::new();
    let mut salt = 0;
    while game.phase() != Phase::Over && disturbed.len() < undisturbed.len() {
        salt += 1;
        let mut before = game.fork(salt);
        advance(&mut game, &chooser, &mut NoRecord);
        let digest = game.digest();
        advance(&mut before, &chooser, &mut NoRecord);
        advance(&mut game.fork(salt), &chooser, &mut NoRecord);
        assert_eq!(game.digest(), digest);
        disturbed.push(digest);
    }
    assert_eq!(disturbed, undisturbed);
}

#[test]
fn a_copy_goes_on_where_the_game_stood_after_every_call() {
    let rules = august();
    for seed in 0..trials(50) {
        let (mut game, chooser) = under_way(&rules, seed, 0);
        let straight = digests(&mut game, &chooser);
        let (mut game, chooser) = under_way(&rules, seed, 0);
        let mut copied = Vec::new();
        while game.phase() != Phase::Over && copied.len() < straight.len() {
            game = game.clone();
            advance(&mut game, &chooser, &mut NoRecord);
            copied.push(game.digest());
        }
        assert_eq!(copied, straight, "seed {seed}");
    }
}

#[test]
fn looking_leaves_the_game_and_its_luck_untouched() {
    let rules = august();
    for seed in 0..10 {
        let (mut alone, chooser) = under_way(&rules, seed, 0);
        let undisturbed = digests(&mut alone, &chooser);
        let (mut game, chooser) = under_way(&rules, seed, 0);
        let mut watched = Vec::new();
        play(&mut game, &chooser, &mut NoRecord, |game| {
            let before = game.digest();
            for seat in game.rules().scenario().players() {
                let _ = (game.observation(seat).clone(), game.briefing(seat), game.twin(seat, 3));
            }
            let _ = (game.fork(1), game.outcome(), game.minute());
            assert_eq!(game.digest(), before);
            watched.push(before);
        });
        assert_eq!(watched, undisturbed, "seed {seed}");
    }
}
