//! Control's hand: whatever control does in the middle of a game, a seat cannot tell twin worlds apart by it.

use super::games::{Chooser, LONG, Whim, advance, playable, rules, shipped, trials_each};
use super::secrecy::{TWINS, first_difference, view};
use offramp::engine::{
    Argument, Consequence, ControlAct, EVEN, Effect, Game, InjectDeed, NoRecord, Phase, Ruling, Words,
};
use offramp::vocabulary::words::{AccordStatus, Politics};
use offramp::vocabulary::{ActionId, Id, SeatId};
use std::sync::Arc;

/// Any act of control, in order or not.
fn act(whim: &mut Whim, game: &Game) -> ControlAct {
    let document = &game.rules().scenario().document;
    match whim.below(4) {
        0 => ControlAct::Inject {
            inject: Id::new(whim.below(document.injects.len().max(1))),
            deed: match whim.below(5) {
                0 => InjectDeed::Fire,
                1 => InjectDeed::Hold,
                2 => InjectDeed::Release,
                3 => InjectDeed::Skip,
                _ => InjectDeed::Reword(words("said otherwise")),
            },
        },
        1 => ControlAct::Write(consequence(whim, game)),
        2 => ControlAct::Correct { effect: effect(whim, game), why: "the room wants it".to_owned() },
        _ => ControlAct::Rule(Ruling {
            seat: None,
            proposal: format!("a ship is sent, {}", whim.below(1000)),
            base: EVEN,
            arguments: vec![Argument { text: "the sea is calm".to_owned(), weight: 1 }],
            success: consequence(whim, game),
            failure: consequence(whim, game),
        }),
    }
}

fn words(headline: &str) -> Words {
    Words { headline: headline.to_owned(), text: String::new() }
}

fn consequence(whim: &mut Whim, game: &Game) -> Consequence {
    let players = game.rules().scenario().players();
    let audience: Vec<SeatId> = players.filter(|_| whim.below(2) == 0).collect();
    let told = (!audience.is_empty()).then(|| words("a rumour"));
    Consequence { words: told, audience, effects: vec![effect(whim, game)] }
}

fn effect(whim: &mut Whim, game: &Game) -> Effect {
    let document = &game.rules().scenario().document;
    let track = Id::new(whim.below(document.tracks.len()));
    let channel = Id::new(whim.below(document.channels.len()));
    let action: ActionId = Id::new(whim.below(document.actions.len()));
    let doers = &document.actions[action.index()].seats;
    let seat = doers.first().map_or(SeatId::new(0), |seat| seat.id());
    match whim.below(10) {
        0 => Effect::Level { track, level: whim.below(100) as i32 },
        1 => Effect::Shift { track, by: whim.below(21) as i32 - 10 },
        2 => Effect::Line {
            channel,
            politics: [Politics::Open, Politics::Silent, Politics::Cut][whim.below(3)],
        },
        3 => Effect::Works { channel, working: whim.below(2) == 0 },
        4 => Effect::Deaths { seat, dead: whim.below(5) as i32 - 1 },
        5 => Effect::Civilians { dead: whim.below(3) as i32 },
        6 if !document.accords.is_empty() => Effect::Accord {
            accord: Id::new(whim.below(document.accords.len())),
            status: [AccordStatus::InForce, AccordStatus::Suspended, AccordStatus::Scrapped][whim.below(3)],
        },
        7 => Effect::Stop { seat, action },
        8 => Effect::Cancel { seat, action },
        _ => Effect::Act { seat, action },
    }
}

#[test]
fn twin_worlds_look_alike_whatever_control_does() {
    for name in playable() {
        let rules = rules(shipped(name));
        for seed in 0..trials_each(15) {
            let mut game = Game::new(Arc::clone(&rules), seed, 0);
            let chooser = Chooser::new(&game, seed);
            let mut whim = Whim::new(seed);
            let (mut calls, mut done) = (0u64, 0);
            while game.phase() != Phase::Over && calls < LONG as u64 {
                advance(&mut game, &chooser, &mut NoRecord);
                calls += 1;
                if !(calls + seed).is_multiple_of(5) {
                    continue;
                }
                let act = match calls {
                    30.. => ControlAct::End { why: "the hour is over".to_owned() },
                    _ => act(&mut whim, &game),
                };
                if game.check_control(&act).is_err() {
                    continue;
                }
                game.control(&act, &mut NoRecord);
                done += 1;
                for seat in rules.scenario().players() {
                    let own = view(&game, seat);
                    for salt in 1..=TWINS {
                        let other = view(&game.twin(seat, seed * 1000 + calls * 10 + salt), seat);
                        assert!(
                            own == other,
                            "{name}, seed {seed}, {seat:?}, after {act:?}: {}",
                            first_difference(&own, &other)
                        );
                    }
                }
            }
            assert!(done > 0, "{name}, seed {seed}: control did nothing");
        }
    }
}
