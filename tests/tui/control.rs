//! Control's desk on the screen: every page at every size, what is filled in, and any keys at all.

use crate::screens::text;
use offramp::engine::bind;
use offramp::scenario::source::Source;
use offramp::scenario::{Settings, compile};
use offramp::session::{
    ControlAct, ControlCommand, ControlDesk, Effect, Occupant, Progress, Session, SessionConfig,
};
use offramp::storage::shipped;
use offramp::tui::keymap::{CONTROL, KEYMAP, Key, Scope};
use offramp::tui::{ControlApp, ControlOrder, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::Arc;

/// August 2015 with a person at Seoul, as control sees it before the first decision.
fn table() -> (Session, ControlDesk) {
    let file = shipped("august-2015").unwrap();
    let base = |name: &str, _: &Source| {
        shipped(name).map(|base| Source::new(base.file, base.text)).ok_or_else(|| name.to_owned())
    };
    let (scenario, _) = compile(Source::new(file.file, file.text), &base);
    let rules = bind(&Arc::new(scenario.unwrap()), &Settings::default()).unwrap();
    let seats = vec![(rules.scenario().seat("rok").unwrap(), Occupant::Person)];
    let (mut session, _, control) =
        Session::open(rules, SessionConfig { seed: 7, seats, ..SessionConfig::default() }).unwrap();
    let mut desk = session.control_desk(&control);
    session.pump();
    desk.refresh();
    (session, desk)
}

fn app(desk: &ControlDesk, size: (u16, u16)) -> ControlApp {
    let mut app = ControlApp::new(Arc::clone(desk.board()), Theme::mono());
    app.size = size;
    app
}

fn shown(app: &ControlApp) -> String {
    let mut terminal = Terminal::new(TestBackend::new(app.size.0, app.size.1)).unwrap();
    terminal.draw(|frame| app.draw(frame)).unwrap();
    text(terminal.backend().buffer())
}

/// The act that is sent.
fn act(order: Option<ControlOrder>) -> ControlAct {
    let Some(ControlOrder::Send(command)) = order else { panic!("nothing is sent") };
    let ControlCommand::Act(act) = *command else { panic!("no act: {command:?}") };
    act
}

fn type_in(app: &mut ControlApp, text: &str) {
    for c in text.chars() {
        assert_eq!(app.press(Key::Char(c)), None);
    }
}

#[test]
fn every_page_of_control_shows_the_truth_at_80x24_and_more_at_120x40() {
    let (_session, desk) = table();
    for (page, holds) in [
        ('1', "Sense of danger"),
        ('2', "pending"),
        ('3', "South Korea: person, ABSENT, HAS TO DECIDE on calls"),
        ('4', "Nothing has been said yet"),
        ('5', "Mines maim two soldiers"),
        ('6', "turn 1, Day 1 07:35, branch 0"),
    ] {
        for size in [(80, 24), (120, 40)] {
            let mut app = app(&desk, size);
            app.press(Key::Char(page));
            let shown = shown(&app);
            assert!(shown.contains(holds) && shown.starts_with("CONTROL"), "page {page}:\n{shown}");
        }
    }
    let mut wide = app(&desk, (120, 40));
    wide.press(Key::Char('1'));
    assert!(shown(&wide).contains("in truth:"), "a wide terminal shows the seats beside the board");
}

#[test]
fn what_control_fills_in_becomes_the_command_and_nothing_goes_without_a_reason() {
    let (_session, desk) = table();
    let mut app = app(&desk, (80, 24));
    app.press(Key::Enter);
    for _ in 0..3 {
        app.press(Key::Backspace);
    }
    type_in(&mut app, "40");
    assert_eq!(app.press(Key::Enter), None);
    assert!(shown(&app).contains("Not so: the reason is empty."), "{}", shown(&app));
    app.press(Key::Down);
    type_in(&mut app, "it was too low");
    let ControlAct::Correct { effect, why } = act(app.press(Key::Enter)) else { panic!("a correction") };
    let track = desk.board().tracks[0].track;
    assert_eq!((effect, why.as_str()), (Effect::Level { track, level: 40 }, "it was too low"));

    app.press(Key::Char('r'));
    type_in(&mut app, "A ship is sent");
    for _ in 0..3 {
        app.press(Key::Tab);
    }
    type_in(&mut app, "because the sea is calm");
    assert_eq!(app.press(Key::Enter), None, "an argument needs its weight");
    for _ in 0..30 {
        app.press(Key::Backspace);
    }
    type_in(&mut app, "+2 the sea is calm");
    assert!(shown(&app).contains("Two dice need 5: 83 %"), "{}", shown(&app));
    assert_eq!(app.press(Key::Enter), None, "dice that are thrown cannot be taken back: it is asked first");
    assert!(shown(&app).contains("Two dice need 5: 83 %, with 1 argument."), "{}", shown(&app));
    let ControlAct::Rule(ruling) = act(app.press(Key::Char('y'))) else { panic!("a ruling") };
    assert_eq!((ruling.proposal.as_str(), ruling.needed()), ("A ship is sent", 5));
}

#[test]
fn each_key_of_control_does_something_or_says_why_not() {
    let (_session, desk) = table();
    for (page, scope) in ['1', '2', '3', '5', '6']
        .into_iter()
        .zip([CONTROL[0], CONTROL[1], CONTROL[2], CONTROL[3], CONTROL[4]])
    {
        for binding in KEYMAP.iter().filter(|binding| binding.scopes.contains(&scope)) {
            for key in binding.keys {
                let mut app = app(&desk, (80, 12));
                // A page that no key of the test leads to, and the middle of the page.
                app.press(Key::Char(if *key == Key::Char(page) { '4' } else { page }));
                if *key != Key::Char(page) && app.scope() == scope {
                    app.press(Key::Down);
                }
                let before = shown(&app);
                let order = app.press(*key);
                let moves = matches!(
                    key,
                    Key::Up
                        | Key::Down
                        | Key::PageUp
                        | Key::PageDown
                        | Key::Home
                        | Key::End
                        | Key::Ctrl(_)
                        | Key::Char('j' | 'k' | 'g' | 'G')
                );
                let good = order.is_some() || moves || shown(&app) != before || *key == Key::Char(page);
                assert!(good, "{key:?} on page {page}: {}", binding.words);
            }
        }
    }
}

/// Presses random keys, from a page on, at changing sizes, and lets the session do what they say; how many commands came.
fn pound(page: char, keys: usize, seed: u64) -> usize {
    let (mut session, mut desk) = table();
    let mut app = app(&desk, (80, 24));
    app.press(Key::Char(page));
    let mut dice = seed;
    let mut below = |n: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % n
    };
    let mut sent = 0;
    for _ in 0..keys {
        let binding = &KEYMAP[below(KEYMAP.len())];
        let ours =
            binding.scopes.iter().any(|s| CONTROL.contains(s) || matches!(s, Scope::Entry | Scope::Confirm));
        let key = if ours {
            binding.keys[below(binding.keys.len())]
        } else {
            Key::Char(['7', '한', '+', ' '][below(4)])
        };
        if let Some(ControlOrder::Send(command)) = app.press(key) {
            sent += 1;
            desk.send(*command);
            assert_ne!(session.pump(), Progress::OverBudget);
            if desk.refresh() {
                app.take(Arc::clone(desk.board()));
            }
        }
        if below(30) == 0 {
            app.size = (below(301) as u16, below(101) as u16);
            shown(&app);
        }
    }
    sent
}

#[test]
fn no_keys_at_any_size_make_controls_desk_or_its_session_panic() {
    let sent = pound('1', 3_000, 7);
    assert!(sent > 20, "{sent}");
}

#[test]
#[ignore = "takes minutes; for releases"]
fn a_hundred_thousand_random_keys_from_every_page_of_control_never_panic() {
    for (seed, page) in ('1'..='6').enumerate() {
        pound(page, 100_000, seed as u64);
    }
}

#[test]
fn an_inject_without_text_is_refused_and_one_with_text_goes_after_a_question() {
    let (_session, desk) = table();
    let mut app = app(&desk, (80, 24));
    app.press(Key::Char('w'));
    type_in(&mut app, "A rumour");
    app.press(Key::Down);
    app.press(Key::Down);
    type_in(&mut app, "to all of them");
    assert!(shown(&app).contains("nothing is typed on this line"), "{}", shown(&app));
    assert_eq!(app.press(Key::Enter), None);
    assert!(shown(&app).contains("Not so: the text is empty."), "{}", shown(&app));
    app.press(Key::Up);
    type_in(&mut app, "Somebody has heard something.");
    assert_eq!(app.press(Key::Enter), None, "it is asked first");
    assert!(shown(&app).contains("Read by North Korea"), "{}", shown(&app));
    assert_eq!(app.press(Key::Enter), None, "Enter goes back to the form");
    assert!(shown(&app).contains("Somebody has heard something._"), "{}", shown(&app));
    app.press(Key::Enter);
    let ControlAct::Write(written) = act(app.press(Key::Char('y'))) else { panic!("an inject") };
    assert_eq!(written.words.expect("it says something").headline, "A rumour");
}

#[test]
fn a_ruling_on_nothing_throws_no_dice() {
    let (_session, desk) = table();
    let mut app = app(&desk, (80, 24));
    app.press(Key::Char('r'));
    assert_eq!(app.press(Key::Enter), None);
    assert!(shown(&app).contains("Not so: the proposal is empty."), "{}", shown(&app));
}

/// Fills in a level for the first track, with a reason, and sends it.
fn correct(app: &mut ControlApp, desk: &mut ControlDesk, session: &mut Session, level: &str) {
    app.press(Key::Enter);
    for _ in 0..3 {
        app.press(Key::Backspace);
    }
    type_in(app, level);
    app.press(Key::Down);
    type_in(app, "it was too low");
    let Some(ControlOrder::Send(command)) = app.press(Key::Enter) else { panic!("nothing is sent") };
    desk.send(*command);
    session.pump();
    assert!(desk.refresh());
    app.take(Arc::clone(desk.board()));
}

#[test]
fn a_form_that_the_session_refuses_comes_back_with_all_that_was_typed() {
    let (mut session, mut desk) = table();
    let mut app = app(&desk, (80, 24));
    correct(&mut app, &mut desk, &mut session, "999999");
    let shown = shown(&app);
    assert!(shown.contains("Not so: ") && shown.contains("it was too low"), "{shown}");
}

/// A refusal belongs to what was sent last, and that need not have come from a form.
#[test]
fn a_form_that_went_through_does_not_come_back_for_a_refusal_of_something_else() {
    let (mut session, mut desk) = table();
    let mut app = app(&desk, (80, 24));
    correct(&mut app, &mut desk, &mut session, "40");
    app.press(Key::Char('2'));
    // The last of the list has not come yet.
    for _ in 0..100 {
        app.press(Key::Down);
    }
    app.press(Key::Char('f'));
    let Some(ControlOrder::Send(fire)) = app.press(Key::Char('y')) else { panic!("nothing fires") };
    // Twice: the second time it has fired already.
    for _ in 0..2 {
        desk.send((*fire).clone());
        session.pump();
        assert!(desk.refresh());
    }
    app.take(Arc::clone(desk.board()));
    assert!(!shown(&app).contains("it was too low"), "{}", shown(&app));
}
