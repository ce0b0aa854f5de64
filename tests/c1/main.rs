//! Game C1 in general rule words: the proof that the rule language is strong enough, and says the same game.

mod alone;
mod scenario;

use alone::Alone;
use offramp::engine::Game;
use offramp::engine::dice::{Draws, SiteId};
use offramp::vocabulary::Id;

/// The reference of 100 million runs: shares of settled, clash, war, nuclear.
const REFERENCE: [f64; 4] = [0.61572, 0.29529, 0.08091, 0.00809];

#[test]
fn a_hundred_thousand_runs_agree_with_the_reference() {
    const RUNS: u64 = 100_000;
    let mut game = Game::new(scenario::rules(), 1, 0);
    let (mut classes, mut turns) = ([0u32; 4], 0u64);
    for run in 0..RUNS {
        game.restart(1, run);
        let ending = game.run_out(100).expect("every run ends within thirty turns");
        classes[ending.index()] += 1;
        // The turn in which the game ends is not completed.
        turns += 1 + u64::from(game.outcome().expect("it is over").turns);
    }
    let expected = REFERENCE.map(|share| share * RUNS as f64);
    let misses =
        classes.iter().zip(expected).map(|(&count, expected)| (f64::from(count) - expected, expected));
    let chi_square: f64 = misses.map(|(miss, expected)| miss * miss / expected).sum();
    // Three degrees of freedom: one sound game in a thousand exceeds 16.27.
    assert!(chi_square < 16.27, "chi-square {chi_square:.2}, classes {classes:?}");
    // The standard deviation of a run's turns is below 10, so five standard errors of the mean are below 0.16.
    let mean_turns = turns as f64 / RUNS as f64;
    assert!((mean_turns - 24.700).abs() < 0.16, "mean turns {mean_turns:.3}");
}

/// The murmur3 finaliser of the tape that all versions of C1 share.
fn scramble(mut h: u32) -> u32 {
    h = (h ^ (h >> 16)).wrapping_mul(0x85EB_CA6B);
    h = (h ^ (h >> 13)).wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 16)
}

/// Which slot of the tape a roll of the file reads.
fn slot(name: &str) -> u32 {
    const SLOTS: [(&str, u32); 15] = [
        ("fails", 0),
        ("restored", 0),
        ("happens", 1),
        ("grade", 2),
        ("dprk", 6),
        ("rok", 7),
        ("answer", 8),
        ("us", 9),
        ("misread", 10),
        ("who", 11),
        ("slip", 12),
        ("public", 13),
        ("climb", 14),
        ("accident", 15),
        ("ceasefire", 15),
    ];
    SLOTS.iter().find(|(known, _)| *known == name).expect("every roll has a slot").1
}

/// Dice that read the shared tape.
struct Tape<'a> {
    run: u32,
    turn: u32,
    slots: &'a [(SiteId, u32)],
}

impl Draws for Tape<'_> {
    fn draw(&self, site: SiteId, _: u32) -> u32 {
        let (_, slot) = self.slots.iter().find(|(known, _)| *known == site).expect("every roll has a slot");
        let place = self.turn.wrapping_mul(64).wrapping_add(*slot).wrapping_add(0x1234_5678);
        scramble(self.run.wrapping_mul(0x9E37_79B1) ^ scramble(place))
    }
}

#[test]
fn on_the_shared_tape_every_course_equals_the_hand_written_game() {
    let mut game = Alone::new();
    let mut noises = 3..;
    let slots: Vec<(SiteId, u32)> = game
        .program
        .draws()
        .iter()
        .map(|draw| {
            let slot = if draw.name == "noise" { noises.next().unwrap_or(0) } else { slot(&draw.name) };
            (draw.site, slot)
        })
        .collect();
    let mut digest = 0xCBF2_9CE4_8422_2325u64;
    for run in 0..2000 {
        let course = game.play(|turn| Tape { run, turn, slots: &slots });
        for part in [course.class as u64, course.peak as u64, u64::from(course.turns), course.tension as u64]
        {
            digest = (digest ^ part).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }
    assert_eq!(digest, 0x045d_1b89_fbb4_a9e7);
}
