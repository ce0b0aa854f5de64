//! Secrets: a seat cannot tell twin worlds apart, whatever it looks at.

use super::games::{Chooser, SHIPPED, advance, play, rules, shipped, trials};
use offramp::engine::{
    ActOrder, Answer, CallAnswer, Contact, FlashOrder, Game, Message, NoRecord, Orders, Rules, Stance, Word,
};
use offramp::vocabulary::{Id, SeatId};
use std::sync::Arc;

/// How many twins are made after each call that a test looks at.
const TWINS: u64 = 2;

/// Everything that a seat can look at, as text.
fn view(game: &Game, seat: SeatId) -> String {
    let seen = serde_json::to_string(game.observation(seat)).expect("observations can be written");
    format!("{seen}\n{:?}", game.briefing(seat))
}

/// Orders of every kind, most of them wrong now: what is refused, and in which words.
fn refusals(game: &Game, seat: SeatId) -> String {
    let (seen, briefing) = (game.observation(seat), game.briefing(seat));
    let document = &game.rules().scenario().document;
    let mut drafts = Vec::new();
    for action in (0..document.actions.len()).map(Id::new) {
        let act = Some(ActOrder { action, start_tick: 0, defy: false });
        drafts.push(Orders { act, ..Orders::default() });
        let stop = Stance::Stop { action };
        drafts.push(Orders { stances: vec![stop], ..Orders::default() });
        for body in (0..document.bodies.len()).map(Id::new) {
            drafts.push(Orders { contacts: vec![Contact::Consult { body, action }], ..Orders::default() });
        }
    }
    for number in 0..200 {
        let word = Some(Word::Answer { proposal: number, answer: Answer::Accept });
        drafts.push(Orders { word, ..Orders::default() });
        drafts.push(Orders { word: Some(Word::Extend { proposal: number }), ..Orders::default() });
    }
    for channel in (0..document.channels.len()).map(Id::new) {
        for to in (0..document.seats.len()).map(Id::new) {
            let call = Contact::Call { channel, to, message: Message::Test };
            drafts.push(Orders { contacts: vec![call], ..Orders::default() });
        }
        drafts.push(Orders {
            stances: vec![Stance::Answering { channel, answers: true }],
            ..Orders::default()
        });
    }
    for n in 0..3 {
        drafts.push(Orders { answers: vec![CallAnswer::LetRing; n], ..Orders::default() });
    }
    drafts.push(Orders { flash: Some(FlashOrder::Hold), ..Orders::default() });
    drafts.push(Orders { estimate: Some(500_000), ..Orders::default() });
    let words = |draft: &Orders| {
        draft.check(seen, &briefing).iter().map(|e| format!("{e:?}: {}", e.describe(&briefing))).collect()
    };
    drafts.iter().map(words).collect::<Vec<String>>().join("\n")
}

/// Compares every playing seat's view with that of twins, after every `every`th call of a game.
fn compare(rules: &Arc<Rules>, seed: u64, every: usize, mut with: impl FnMut(&Game, &Game, SeatId)) {
    let mut game = Game::new(Arc::clone(rules), seed, 0);
    let chooser = Chooser::new(&game, seed);
    let mut calls = 0;
    play(&mut game, &chooser, &mut NoRecord, |game| {
        calls += 1;
        if (calls + seed as usize).is_multiple_of(every) {
            for seat in rules.scenario().players() {
                for salt in 1..=TWINS {
                    with(game, &game.twin(seat, seed * 1000 + calls as u64 * 10 + salt), seat);
                }
            }
        }
    });
}

#[test]
fn twin_worlds_give_identical_observations_and_handbooks() {
    for name in SHIPPED {
        let rules = rules(shipped(name));
        for seed in 0..trials(200) {
            compare(&rules, seed, 7, |game, twin, seat| {
                let (own, other) = (view(game, seat), view(twin, seat));
                assert!(own == other, "{name}, seed {seed}, {seat:?}: {}", first_difference(&own, &other));
            });
        }
    }
}

#[test]
fn twin_worlds_refuse_the_same_orders_in_the_same_words() {
    for name in SHIPPED {
        let rules = rules(shipped(name));
        for seed in 0..trials(20) {
            compare(&rules, seed, 31, |game, twin, seat| {
                let (own, other) = (refusals(game, seat), refusals(twin, seat));
                assert!(own == other, "{name}, seed {seed}: {}", first_difference(&own, &other));
            });
        }
    }
}

#[test]
fn twin_worlds_really_differ() {
    for name in SHIPPED {
        let rules = rules(shipped(name));
        let (mut twins, mut different, mut told) = (0, 0, 0);
        for seed in 0..20 {
            compare(&rules, seed, 11, |game, twin, seat| {
                twins += 1;
                different += u32::from(game.digest() != twin.digest());
                let others = rules.scenario().players().filter(|other| *other != seat);
                told += u32::from(others.into_iter().any(|other| view(game, other) != view(twin, other)));
            });
        }
        assert!(different * 100 >= twins * 99, "{different} of {twins} twins differ");
        assert!(told * 100 >= twins * 99, "another seat can tell {told} of {twins} twins apart");
    }
}

#[test]
fn a_view_that_held_the_truth_would_tell_twins_apart() {
    let rules = rules(shipped("august-2015"));
    let mut game = Game::new(Arc::clone(&rules), 1, 0);
    let chooser = Chooser::new(&game, 1);
    advance(&mut game, &chooser, &mut NoRecord);
    let (rok, dprk) = (rules.scenario().seat("rok").unwrap(), rules.scenario().seat("dprk").unwrap());
    assert!((1..20).any(|salt| game.twin(rok, salt).disposition(dprk) != game.disposition(dprk)));
    assert!((1..20).all(|salt| game.twin(rok, salt).disposition(rok) == game.disposition(rok)));
}

/// The place where two texts part, with what stands around it.
fn first_difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()));
    let around = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(200)..(at + 80).min(text.len())])
            .into_owned()
    };
    format!("at byte {at}\n  {}\n  {}", around(one), around(other))
}
