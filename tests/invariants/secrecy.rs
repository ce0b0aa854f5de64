//! Secrets: a seat cannot tell twin worlds apart, whatever it looks at.

use super::games::{
    Chooser, advance, composed, play, playable, rules, shipped, short_campaign, trials, trials_each,
};
use offramp::engine::{
    ActOrder, Answer, CallAnswer, Contact, FlashOrder, Game, Message, NoRecord, Orders, Rules, Stance, Word,
};
use offramp::scenario::section::Tempo;
use offramp::session::{Follower, SeatExport, SeatView};
use offramp::tui::app::Screen;
use offramp::tui::{App, Theme, draw};
use offramp::vocabulary::{Id, SeatId};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use std::sync::Arc;

/// How many twins are made after each call that a test looks at.
pub const TWINS: u64 = 2;

/// Everything that a seat can look at, as text.
pub fn view(game: &Game, seat: SeatId) -> String {
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
        drafts.push(Orders { word: Some(Word::Extend { proposal: number, by: 1440 }), ..Orders::default() });
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

/// Shows every playing seat's twins beside the game, after every `every`th call of it; `own` is what the seat sees in
/// the game, made once for all of its twins.
fn compare<V>(
    rules: &Arc<Rules>,
    seed: u64,
    every: usize,
    own: impl Fn(&Game, SeatId) -> V,
    mut with: impl FnMut(&V, &Game, SeatId),
) {
    let mut game = Game::new(Arc::clone(rules), seed, 0);
    let chooser = Chooser::new(&game, seed);
    let mut calls = 0;
    play(&mut game, &chooser, &mut NoRecord, |game| {
        calls += 1;
        if (calls + seed as usize).is_multiple_of(every) {
            for seat in rules.scenario().players() {
                let own = own(game, seat);
                for salt in 1..=TWINS {
                    with(&own, &game.twin(seat, seed * 1000 + calls as u64 * 10 + salt), seat);
                }
            }
        }
    });
}

#[test]
fn twin_worlds_give_identical_observations_and_handbooks() {
    for name in playable() {
        let rules = rules(shipped(name));
        for seed in 0..trials_each(200) {
            compare(&rules, seed, 7, view, |own, twin, seat| {
                let other = view(twin, seat);
                assert!(*own == other, "{name}, seed {seed}, {seat:?}: {}", first_difference(own, &other));
            });
        }
    }
}

#[test]
fn twin_worlds_of_a_campaign_give_identical_observations_and_handbooks() {
    let rules = rules(composed(&short_campaign()));
    for seed in 0..trials(2) {
        compare(&rules, seed, 3, view, |own, twin, seat| {
            let other = view(twin, seat);
            assert!(*own == other, "seed {seed}, {seat:?}: {}", first_difference(own, &other));
        });
    }
}

/// In the shipped crises no continuing act is covert, so twins of those alone would not notice such a leak.
#[test]
fn twin_worlds_look_alike_where_continuing_acts_are_covert() {
    let mut document = shipped("august-2015").document.clone();
    let covert = document.actions.iter().find_map(|a| a.covert.clone()).expect("some act is covert");
    for action in document.actions.iter_mut().filter(|a| matches!(a.tempo, Tempo::Continuing | Tempo::For(_)))
    {
        action.covert = Some(covert.clone());
    }
    let rules = rules(composed(&document));
    for seed in 0..trials(20) {
        compare(&rules, seed, 7, view, |own, twin, seat| {
            let other = view(twin, seat);
            assert!(*own == other, "seed {seed}, {seat:?}: {}", first_difference(own, &other));
        });
    }
}

#[test]
fn twin_worlds_refuse_the_same_orders_in_the_same_words() {
    for name in playable() {
        let rules = rules(shipped(name));
        for seed in 0..trials_each(20) {
            compare(&rules, seed, 31, refusals, |own, twin, seat| {
                let other = refusals(twin, seat);
                assert!(*own == other, "{name}, seed {seed}: {}", first_difference(own, &other));
            });
        }
    }
}

/// Every screen of a seat's desk at the designed minimum.
fn screens(view: &SeatView) -> Vec<Buffer> {
    const ALL: [Screen; 8] = [
        Screen::Briefing,
        Screen::Situation,
        Screen::Contact,
        Screen::Calls,
        Screen::Orders,
        Screen::Flash,
        Screen::Report,
        Screen::Timeline,
    ];
    let mut app = App::new(view.clone(), Theme::mono());
    app.size = (80, 24);
    let mut drawn = |screen| {
        app.screen = screen;
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a screen in memory");
        terminal.draw(|frame| draw(&app, frame)).expect("it can be drawn").buffer.clone()
    };
    ALL.map(&mut drawn).into()
}

/// A desk and an export follow the whole game; at some calls a copy of each is shown the twin instead.
#[test]
fn twin_worlds_give_identical_screens_and_exports() {
    for name in playable() {
        let rules = rules(shipped(name));
        for seed in 0..trials(2) {
            let mut game = Game::new(Arc::clone(&rules), seed, 0);
            let chooser = Chooser::new(&game, seed);
            let mut seats: Vec<(SeatId, Follower, SeatExport)> = rules
                .scenario()
                .players()
                .map(|seat| (seat, Follower::new(&game, seat), SeatExport::begin(&game, seat).0))
                .collect();
            let mut calls = 0u64;
            play(&mut game, &chooser, &mut NoRecord, |game| {
                calls += 1;
                let looked_at = (calls + seed).is_multiple_of(37);
                for (seat, follower, export) in &mut seats {
                    let shown = |salt: u64| {
                        let twin = game.twin(*seat, seed * 1000 + calls * 10 + salt);
                        let (mut follower, mut export) = (follower.clone(), export.clone());
                        follower.call(&twin);
                        (screens(follower.view()), export.call(&twin))
                    };
                    let twins: Vec<_> = if looked_at { (1..=TWINS).map(shown).collect() } else { Vec::new() };
                    follower.call(game);
                    let line = export.call(game);
                    if twins.is_empty() {
                        continue;
                    }
                    let own = screens(follower.view());
                    for (drawn, exported) in twins {
                        for (own, other) in own.iter().zip(&drawn) {
                            assert!(own == other, "{name}, seed {seed}, {seat:?}: {}", parted(own, other));
                        }
                        assert_eq!(line, exported, "{name}, seed {seed}, {seat:?}");
                    }
                }
            });
        }
    }
}

/// The rows of two screens that differ.
fn parted(one: &Buffer, other: &Buffer) -> String {
    let rows = |buffer: &Buffer| -> Vec<String> {
        let row = |cells: &[Cell]| cells.iter().map(Cell::symbol).collect();
        buffer.content.chunks(usize::from(buffer.area.width)).map(row).collect()
    };
    let pairs = rows(one).into_iter().zip(rows(other)).filter(|(own, other)| own != other);
    pairs.map(|(own, other)| format!("\n  {own}\n  {other}")).collect()
}

#[test]
fn twin_worlds_really_differ() {
    for name in playable() {
        let rules = rules(shipped(name));
        let (mut twins, mut different, mut told) = (0, 0, 0);
        for seed in 0..trials_each(20) {
            let whole = |game: &Game, seat: SeatId| {
                let others = rules.scenario().players().filter(|other| *other != seat);
                (game.digest(), others.map(|other| view(game, other)).collect::<Vec<_>>())
            };
            compare(&rules, seed, 11, whole, |(digest, others), twin, seat| {
                let (other_digest, told_others) = whole(twin, seat);
                twins += 1;
                different += u32::from(*digest != other_digest);
                told += u32::from(*others != told_others);
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
pub fn first_difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()));
    let around = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(200)..(at + 80).min(text.len())])
            .into_owned()
    };
    format!("at byte {at}\n  {}\n  {}", around(one), around(other))
}

#[test]
fn the_games_compared_hold_the_secrets_that_could_leak() {
    #[derive(Default)]
    struct Kinds(std::collections::BTreeMap<String, u32>);
    impl offramp::engine::Recorder for Kinds {
        fn roll(&mut self, _: &offramp::engine::Roll) {}
        fn fact(&mut self, fact: &offramp::engine::Fact) {
            let told = format!("{fact:?}");
            let kind = told.split([' ', '(']).next().unwrap_or_default().to_owned();
            *self.0.entry(kind).or_default() += 1;
        }
        fn change(&mut self, change: &offramp::engine::Change) {
            if let offramp::engine::Change::Case(_) = change {
                *self.0.entry("Case".to_owned()).or_default() += 1;
            }
        }
    }
    let rules = rules(shipped("august-2015"));
    let (mut kinds, mut flashes, mut peaks) = (Kinds::default(), 0, std::collections::BTreeMap::new());
    for seed in 0..100 {
        let mut game = Game::new(Arc::clone(&rules), seed, 0);
        let chooser = Chooser::new(&game, seed);
        play(&mut game, &chooser, &mut kinds, |game| {
            flashes += u32::from(game.phase() == offramp::engine::Phase::Flash);
        });
        if let Some(outcome) = game.outcome() {
            *peaks.entry(outcome.peak).or_insert(0u32) += 1;
        }
    }
    let met = format!("{flashes} flash decisions, peaks {peaks:?}, {:?}", kinds.0);
    for kind in
        ["Case", "Evidence", "Call", "Proposed", "TalksRound", "Incident", "Consulted", "Line", "Fire"]
    {
        assert!(kinds.0.get(kind).is_some_and(|count| *count >= 20), "too few of {kind}: {met}");
    }
    assert!(flashes >= 20, "{met}");
}
