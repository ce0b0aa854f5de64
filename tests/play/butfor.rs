//! What would have come but for this: on a game whose answer is known by hand, and on the shipped crisis.

use crate::support;
use offramp::analysis::Matched;
use offramp::engine::{ActOrder, Asked, CallAnswer, Contact, Game, Message, Orders, Outcome, Rules, bind};
use offramp::scenario::source::Source;
use offramp::scenario::{Settings, compile};
use offramp::session::butfor::{Choice, Effort, Instead, Moments, but_for, of_game};
use offramp::session::runner::{Table, usual_policy};
use offramp::session::{Inquired, Occupant, Progress, SeatDesk, Session, SessionConfig};
use offramp::storage::shipped;
use offramp::trace::{ButFor, Call, CallRecord, Reached};
use offramp::vocabulary::{ChannelId, Id, SeatId};
use std::sync::Arc;

const SEED: u64 = 11;

fn effort(continuations: u32) -> Effort {
    Effort { continuations, threads: 2 }
}

/// The game in which a push is answered at rung 8 by a chance of 300 in a thousand.
fn push() -> Arc<Rules> {
    let base = |name: &str, _: &Source| {
        shipped(name).map(|base| Source::new(base.file, base.text)).ok_or_else(|| name.to_owned())
    };
    let text = include_str!("../fixtures/push.ron");
    let (scenario, findings) = compile(Source::new("push.ron", text), &base);
    let scenario = scenario.unwrap_or_else(|| panic!("{}", findings.to_text(false)));
    bind(&Arc::new(scenario), &Settings::default()).expect("it binds")
}

/// Plays a game and keeps its moments: policies by name, and what `people` order in the place of theirs.
fn play(
    rules: &Arc<Rules>,
    policy: &dyn Fn(SeatId) -> String,
    people: &[SeatId],
    order: impl Fn(&Game, SeatId) -> Orders,
) -> (Moments, Game) {
    let seats = rules.scenario().players().filter(|seat| !people.contains(seat));
    let policies: Vec<(SeatId, String)> = seats.map(|seat| (seat, policy(seat))).collect();
    let mut game = Game::new(Arc::clone(rules), SEED, 0);
    let mut table = Table::new(&game, SEED, 0, &policies).expect("the policies exist");
    let (mut moments, mut record) = (Moments::new(SEED), CallRecord::default());
    while let Some(call) = Call::next(&game) {
        table.decide(&game);
        for seat in people {
            *table.orders_of(*seat) = order(&game, *seat);
        }
        record.clear();
        moments.before(call, &game, &table, table.orders());
        call.make(&mut game, table.orders(), &mut record);
        moments.after(&record);
    }
    (moments, game)
}

/// The pusher pushes in the first turn and calls the other side, which lets it ring.
fn pushed(rules: &Arc<Rules>) -> (Moments, Game) {
    ordered(rules, "push")
}

/// The pusher orders an act in the first turn.
fn ordered(rules: &Arc<Rules>, act: &str) -> (Moments, Game) {
    let scenario = rules.scenario();
    let pusher = scenario.seat("pusher").expect("it is there");
    let action = scenario.document.actions.iter().position(|doc| doc.name == act).expect("it is there");
    play(rules, &|_| "passive".to_owned(), &[pusher], |game, seat| {
        let seen = game.observation(seat);
        let first = seen.turn == 0;
        let act = ActOrder { action: Id::new(action), start_tick: 0, defy: false };
        Orders { act: (first && seen.asked == Asked::Orders).then_some(act), ..Orders::default() }
    })
}

fn at(table: &ButFor, what: &str, rung: usize) -> Reached {
    let row = table.rows.iter().find(|row| row.what.contains(what));
    row.unwrap_or_else(|| panic!("no {what} in {table:?}")).reached[rung]
}

#[test]
fn a_game_with_a_known_answer_gives_it() {
    let rules = push();
    let (moments, game) = pushed(&rules);
    let choice = Choice { from: Some(offramp::vocabulary::Rung(6)), most: 24 };
    let table = of_game(&moments, &game, &choice, effort(1000), &|_| true).expect("nobody stops it");
    let push = table.rows.iter().find(|row| row.what == "Pusher: Push (rung 6)").expect("the push counts");
    assert_eq!((push.turn, push.minute, push.instead.as_str()), (1, 0, "hold"));
    // The push itself: it is there, or it is not.
    assert_eq!(push.reached[6].as_it_was(), 1000);
    assert_eq!(push.reached[6].instead(), push.reached[8].instead());
    // Its answer: 1 - 0.7 * 0.7 with the rumour that comes either way, and 0.3 without the push.
    let difference = |reached: Reached| {
        let Reached { only_as_it_was, only_instead, .. } = reached;
        let matched = Matched {
            only_first: only_as_it_was.into(),
            only_second: only_instead.into(),
            pairs: reached.pairs().into(),
        };
        matched.difference()
    };
    let answered = push.reached[8];
    let share = |count: u32| f64::from(count) / 1000.0;
    assert!((share(answered.as_it_was()) - 0.51).abs() < 0.05, "{answered:?}");
    assert!((share(answered.instead()) - 0.30).abs() < 0.05, "{answered:?}");
    let found = difference(answered);
    assert!(found.interval.contains(-0.21) && found.interval.half_width() < 0.04, "{found:?}");
    // The same luck: where the rumour alone is answered, it is answered with the push before it too.
    assert_eq!(answered.only_instead, 0, "{answered:?}");
    // Without the rumour there is only the push: 0.3 as the game stood if it had not been answered by then.
    let rumour = at(&table, "A rumour of a push", 8);
    assert!(rumour.pairs() == 1000 && rumour.only_instead == 0, "{rumour:?}");
    assert!(at(&table, "A rumour of a push", 13) == Reached { neither: 1000, ..Reached::default() });
}

#[test]
fn an_unchanged_replacement_changes_nothing() {
    let rules = support::rules();
    let usual = |seat| usual_policy(rules.scenario(), seat).to_owned();
    let (moments, game) = play(&rules, &usual, &[], |_, _| Orders::default());
    let (mut asked, _) = moments.decisive(&game, &Choice::default());
    assert!(asked.len() >= 3, "the crisis has its moments: {asked:?}");
    for it in &mut asked {
        it.instead = Instead::Unchanged;
    }
    let table = but_for(&moments, &asked, effort(3), &|_| true).expect("nobody stops it");
    for row in &table.rows {
        assert_eq!(row.differ, 0, "{row:?}");
        for reached in row.reached {
            assert_eq!((reached.only_as_it_was, reached.only_instead, reached.pairs()), (0, 0, 3));
        }
    }
}

#[test]
fn with_the_games_own_luck_automated_seats_play_it_as_it_was() {
    let rules = support::rules();
    let usual = |seat| usual_policy(rules.scenario(), seat).to_owned();
    let (moments, game) = play(&rules, &usual, &[], |_, _| Orders::default());
    let outcome: Outcome = game.outcome().expect("it is over");
    for it in moments.decisive(&game, &Choice::default()).0 {
        assert_eq!(moments.own_luck(&it).as_ref(), Some(&outcome), "{it:?}");
    }
}

#[test]
fn the_table_is_the_same_for_any_number_of_threads_and_can_be_stopped() {
    let rules = push();
    let (moments, game) = pushed(&rules);
    let of = |threads| {
        let effort = Effort { continuations: 40, threads };
        of_game(&moments, &game, &Choice::default(), effort, &|_| true)
    };
    assert_eq!(of(1), of(3));
    assert_eq!(of_game(&moments, &game, &Choice::default(), effort(40), &|done| done < 10), None);
}

#[test]
fn a_call_that_rang_out_can_be_answered_and_says_nothing_by_that_alone() {
    let rules = push();
    let scenario = rules.scenario();
    let [pusher, other] = ["pusher", "pushed"].map(|name| scenario.seat(name).expect("it is there"));
    let line = ChannelId::new(rules.bound.channels.len() - 1);
    let call = Contact::Call { channel: line, to: other, message: Message::Warn };
    let (moments, _) = play(&rules, &|_| "passive".to_owned(), &[pusher, other], |game, seat| {
        let first = game.minute() == 0;
        match game.observation(seat).asked {
            Asked::Contacts if first && seat == pusher => {
                Orders { contacts: vec![call], ..Orders::default() }
            }
            Asked::Answers => Orders { answers: vec![CallAnswer::LetRing], ..Orders::default() },
            _ => Orders::default(),
        }
    });
    let it = moments.answered(1, Some(line), Some(pusher)).expect("it rang out");
    let table = but_for(&moments, &[it], effort(20), &|_| true).expect("nobody stops it");
    let row = &table.rows[0];
    assert_eq!(row.what, "Pusher calls Pushed over Private line: no answer");
    assert_eq!(
        (row.instead.as_str(), row.differ),
        ("answered", 20),
        "a call answered is counted as answered"
    );
    assert!(row.reached.iter().all(|reached| (reached.only_as_it_was, reached.only_instead) == (0, 0)));
    let why = moments.answered(2, None, None).expect_err("only the first rang out");
    assert!(why.contains("calls went unanswered in turns 1"), "{why}");
}

/// A session in which the pusher is a person who orders nothing, played to its end.
fn finished() -> (Session, SeatDesk) {
    let rules = push();
    let pusher = rules.scenario().seat("pusher").expect("it is there");
    let config =
        SessionConfig { seed: SEED, seats: vec![(pusher, Occupant::Person)], ..SessionConfig::default() };
    let (mut session, mut keys, _) = Session::open(rules, config).expect("it opens");
    let mut desk = session.desk(keys.pop().expect("one person plays"));
    while session.pump() != Progress::Over {
        desk.refresh();
        desk.seal(Orders::default()).expect("nothing can be ordered");
    }
    desk.refresh();
    (session, desk)
}

#[test]
fn a_desk_asks_after_the_end_and_nobody_waits_for_the_answer() {
    let (mut session, mut desk) = finished();
    let debrief = desk.view().debrief.clone().expect("the game is over");
    assert_eq!((desk.view().inquired, &debrief.but_for), (Inquired::NotYet, &None));
    desk.inquire();
    session.pump();
    desk.refresh();
    assert_ne!(desk.view().inquired, Inquired::NotYet);
    while desk.view().inquired != Inquired::Found {
        assert_eq!(session.pump(), Progress::Over);
        desk.refresh();
        std::thread::yield_now();
    }
    let debrief = desk.view().debrief.clone().expect("it stays over");
    let table = debrief.but_for.as_ref().expect("the table has come");
    assert!(table.rows.iter().any(|row| row.what == "A rumour of a push"), "{table:?}");
}

#[test]
fn an_inquiry_can_be_given_up_and_asked_again() {
    let (mut session, mut desk) = finished();
    for (times, asked) in [(2, false), (1, true)] {
        (0..times).for_each(|_| desk.inquire());
        session.pump();
        desk.refresh();
        assert_eq!(desk.view().inquired != Inquired::NotYet, asked);
    }
}

#[test]
fn an_order_that_came_to_nothing_could_not_have_been_otherwise() {
    let rules = push();
    let held = |act: &str| {
        let (moments, game) = ordered(&rules, act);
        let (all, _) =
            moments.decisive(&game, &Choice { from: Some(offramp::vocabulary::Rung(0)), most: 24 });
        all.iter().filter(|it| matches!(it.instead, Instead::Hold(_))).count()
    };
    assert_eq!((held("push"), held("bluff")), (1, 0));
}
