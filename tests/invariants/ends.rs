//! What ends takes its own with it: acts that other acts stop, lines that an act cuts, talks that a party leaves.

use super::games::{rules, shipped};
use offramp::engine::{
    ActOrder, Answer, Asked, Game, LineState, NoRecord, Observation, Orders, ProposalDraft, Rules, Word,
};
use offramp::trace::Call;
use offramp::vocabulary::{ActionId, Id, SeatId, TermId, TrackId};
use std::sync::Arc;

/// The id of the entry of this name.
fn id<I: Id>(rules: &Rules, name: &str) -> I {
    rules.scenario().names.find(name).expect("there is such an entry")
}

/// A game in which seats do what a script says; it stops before the orders of the turn with this number.
fn play(rules: &Arc<Rules>, turns: u16, decide: impl Fn(SeatId, &Observation) -> Orders) -> Game {
    let mut game = Game::new(Arc::clone(rules), 5, 0);
    let players: Vec<SeatId> = rules.scenario().players().collect();
    while let Some(call) = Call::next(&game) {
        let mut orders = vec![Orders::default(); rules.bound.seats.len()];
        for seat in &players {
            let seen = game.observation(*seat);
            if seen.asked == Asked::Orders {
                if seen.turn >= turns {
                    return game;
                }
                orders[seat.index()] = decide(*seat, seen);
            }
        }
        call.make(&mut game, &orders, &mut NoRecord);
    }
    game
}

fn act(action: ActionId) -> Orders {
    let act = Some(ActOrder { action, start_tick: 0, defy: true });
    Orders { act, ..Orders::default() }
}

#[test]
fn what_a_continuing_act_brought_goes_when_another_act_stops_it() {
    let rules = rules(shipped("august-2015"));
    let (dprk, rok): (SeatId, SeatId) = (id(&rules, "dprk"), id(&rules, "rok"));
    let pressure: TrackId = id(&rules, "broadcast_pressure");
    let [on, off] = ["rok_loudspeakers", "rok_stop_loudspeakers"].map(|name| id(&rules, name));
    let level = |turns: u16| {
        let game = play(&rules, turns, |seat, seen| match (seat == rok, seen.turn) {
            (true, 0) => act(on),
            (true, 1) => act(off),
            _ => Orders::default(),
        });
        let levels = &game.observation(dprk).levels;
        levels.iter().find(|(track, _)| *track == pressure).map(|(_, level)| *level)
    };
    let before = level(0).expect("the North sees the pressure");
    assert_eq!(level(1), Some(before + 40));
    assert_eq!(level(2), Some(before));
}

#[test]
fn a_line_that_an_act_cuts_is_seen_to_be_cut_from_both_ends() {
    let rules = rules(shipped("liaison-office-2020"));
    let dprk: SeatId = id(&rules, "dprk");
    let cut: ActionId = id(&rules, "dprk_cut_lines");
    let game = play(&rules, 1, |seat, _| if seat == dprk { act(cut) } else { Orders::default() });
    let line = id(&rules, "mil_west");
    for name in ["dprk", "rok"] {
        let seen = game.observation(id(&rules, name));
        let view = seen.channels.iter().find(|view| view.channel == line).expect("the seat is on the line");
        assert_eq!(view.state, LineState::Cut, "{name}");
    }
}

#[test]
fn talks_end_when_a_party_rejects_what_they_are_about() {
    let rules = rules(shipped("october-2014"));
    let (dprk, rok): (SeatId, SeatId) = (id(&rules, "dprk"), id(&rules, "rok"));
    let talk: TermId = id(&rules, "keep_talking");
    let decide = |seat: SeatId, seen: &Observation| {
        let offer = seen.proposals.iter().find(|p| p.to == seat);
        let word = match offer {
            None if seat == dprk && seen.turn == 0 => Some(Word::Propose(ProposalDraft {
                to: rok,
                over: None,
                terms: vec![talk],
                deadline: None,
                threat: None,
                ambiguous: false,
                counters: None,
            })),
            None => None,
            Some(offer) => {
                let answer = if seen.talks.is_some() { Answer::Reject } else { Answer::Talk };
                Some(Word::Answer { proposal: offer.number, answer })
            }
        };
        Orders { word, ..Orders::default() }
    };
    let talks = |turns: u16| play(&rules, turns, decide).observation(dprk).talks;
    assert!(talks(2).is_some());
    assert_eq!(talks(3), None);
    assert_eq!(play(&rules, 3, decide).observation(dprk).proposals, []);
}
