//! Each key of the table, pressed on each screen where it counts, does what its words say.

use crate::fixture;
use crate::screens::{app, buffer, text};
use offramp::session::{Asked, Inquired, Word};
use offramp::tui::app::{Overlay, Screen};
use offramp::tui::keymap::{Action, Binding, CONTROL, KEYMAP, Key, Scope};
use offramp::tui::palette::Palette;
use offramp::tui::{App, Command, Start, StartCommand, Theme, Visit};
use std::sync::Arc;

/// An app on which the keys of a scope count, in the middle of things, so that every step can be seen.
fn ready(scope: Scope) -> App {
    let asked = match scope {
        Scope::Contact => Asked::Contacts,
        Scope::Calls => Asked::Answers,
        Scope::Flash => Asked::Flash,
        _ => Asked::Orders,
    };
    let mut app = match scope {
        Scope::Debrief => app(fixture::ended_view(fixture::Text::Clean), (80, 12)),
        _ => app(fixture::view(asked), (80, 12)),
    };
    let keys: &[Key] = match scope {
        Scope::Start | Scope::Briefing => &[],
        Scope::Situation => &[Key::Char('2')],
        Scope::Contact | Scope::Calls | Scope::Flash => &[Key::Char('3')],
        Scope::Orders => &[Key::Char('3'), Key::Down, Key::Enter],
        Scope::Report => &[Key::Char('4')],
        Scope::Timeline => {
            &[Key::Char('5'), Key::Home, Key::Char('/'), Key::Char('l'), Key::Char('i'), Key::Enter]
        }
        Scope::Debrief => &[Key::Char('6')],
        // From the answer that a proposal waits for to a statement, and on to its tone.
        Scope::Form => &[Key::Char('3'), Key::Char('w'), Key::Left, Key::Left, Key::Down],
        Scope::Confirm => &[Key::Char('q')],
        Scope::Help => &[Key::Char('3'), Key::Char('?'), Key::Down],
        Scope::Search => &[Key::Char('5'), Key::Char('/'), Key::Char('a')],
        Scope::Palette => &[Key::Char(':'), Key::Char('b'), Key::Down],
        Scope::Talk => &[Key::Char('7')],
        other => panic!("{other:?} is no place of a seat's screens"),
    };
    for key in keys {
        app.press(*key);
    }
    if app.overlay.is_none() && !matches!(scope, Scope::Timeline) {
        app.press(Key::Down);
    }
    if scope == Scope::Contact {
        app.press(Key::Char('c'));
        app.press(Key::Enter);
    }
    if scope == Scope::Calls {
        app.press(Key::Right);
    }
    if scope == Scope::Flash {
        app.press(Key::Enter);
    }
    assert_eq!(app.scope(), if scope == Scope::Start { Scope::Briefing } else { scope });
    app
}

/// Where the cursor, the page, or the form's line is.
fn place(app: &App) -> (usize, usize, usize) {
    let inner = match &app.overlay {
        Some(Overlay::Form(form)) => form.at,
        Some(Overlay::Help(from)) => *from,
        Some(Overlay::Palette(palette)) => palette.at,
        _ => 0,
    };
    (app.row, app.scroll, inner)
}

fn sum(app: &App) -> usize {
    let (row, scroll, inner) = place(app);
    row + scroll + inner
}

fn holds(binding: &Binding, scope: Scope, key: Key) {
    let before = ready(scope);
    let mut app = before.clone();
    let command = app.press(key);
    let what = format!("{key:?} in {scope:?}: {}", binding.words);
    let form = scope == Scope::Form;
    let (fields_before, fields) = match (&before.overlay, &app.overlay) {
        (Some(Overlay::Form(a)), Some(Overlay::Form(b))) => (a.fields(&before.view), b.fields(&app.view)),
        _ => (Vec::new(), Vec::new()),
    };
    let good = match binding.action {
        Action::Help => {
            form && app.status.is_some()
                || matches!(app.overlay, Some(Overlay::Help(_)))
                || scope == Scope::Confirm
        }
        Action::Quit => app.overlay == Some(Overlay::ConfirmQuit),
        Action::Force => command.is_none() && app.press(key) == Some(Command::Quit),
        Action::Suspend => command == Some(Command::Suspend),
        Action::Redraw => command == Some(Command::Redraw),
        Action::Back => command.is_none() && (app.overlay != before.overlay || app.screen != before.screen),
        Action::NextScreen | Action::PreviousScreen => app.screen != before.screen,
        Action::ToBriefing => app.screen == Screen::Briefing,
        Action::ToSituation => app.screen == Screen::Situation,
        Action::ToDecision => {
            Screen::for_asked(app.view.observation.asked).is_none_or(|screen| app.screen == screen)
        }
        Action::ToReport => app.screen == Screen::Report,
        Action::ToTimeline => app.screen == Screen::Timeline,
        Action::ToDebrief => app.screen == Screen::Debrief || app.status.is_some(),
        Action::Up | Action::First => sum(&app) <= sum(&before),
        Action::PageUp if form => fields[1].chosen <= fields_before[1].chosen,
        Action::PageDown if form => fields[1].chosen > fields_before[1].chosen,
        Action::PageUp => sum(&app) <= sum(&before),
        Action::Down | Action::PageDown | Action::Last => {
            sum(&app) > sum(&before) || (sum(&app) == sum(&before) && app.press(key).is_none())
        }
        Action::Less | Action::More if form => fields[1].chosen != fields_before[1].chosen,
        Action::Less | Action::More if scope == Scope::Calls => app.draft.orders() != before.draft.orders(),
        Action::Less => app.draft.orders().act.unwrap().start_tick == 0,
        Action::More => app.draft.orders().act.unwrap().start_tick == 1,
        Action::Take => match scope {
            Scope::Confirm => command.is_none() && app.overlay.is_none(),
            Scope::Form => app.overlay.is_none() && app.draft.orders().word.is_some(),
            Scope::Search => app.overlay.is_none() && app.search == "a",
            Scope::Palette => app.overlay.is_none() && app.screen != before.screen,
            Scope::Contact => matches!(app.overlay, Some(Overlay::Form(_))),
            Scope::Calls => app.draft.orders().answers[1] != before.draft.orders().answers[1],
            Scope::Orders => {
                app.draft.orders().act.map(|a| a.action) == Some(fixture::id(0)) || app.status.is_some()
            }
            Scope::Flash => app.draft.orders().flash.is_some(),
            _ => app.screen == Screen::Orders || app.status.is_some(),
        },
        Action::Contact | Action::Word | Action::Stance | Action::Estimate => {
            matches!(app.overlay, Some(Overlay::Form(_)))
        }
        Action::About => matches!(app.overlay, Some(Overlay::About(0))),
        Action::Defy => app.draft.orders().act.unwrap().defy,
        Action::Undo | Action::Clear => app.draft.orders() != before.draft.orders(),
        // Nobody seals what stands on another screen.
        Action::Seal if matches!(scope, Scope::Contact | Scope::Calls | Scope::Orders | Scope::Flash) => {
            app.overlay == Some(Overlay::ConfirmSeal)
        }
        Action::Seal => app.screen == Screen::Orders && app.overlay.is_none() && app.status.is_some(),
        Action::Search => app.overlay == Some(Overlay::Search(String::new())),
        Action::NextSection => app.scroll > before.scroll && app.status.is_some(),
        Action::PreviousSection => app.scroll < before.scroll && app.status.is_some(),
        Action::NextMatch | Action::PreviousMatch => app.scroll != before.scroll,
        Action::Filter => app.topic != before.topic,
        Action::Yes => command == Some(Command::Quit),
        Action::No => command.is_none() && app.overlay.is_none(),
        Action::Erase if scope == Scope::Palette => app.overlay == Some(Overlay::Palette(Palette::default())),
        Action::Erase => app.overlay == Some(Overlay::Search(String::new())),
        Action::Palette => app.overlay == Some(Overlay::Palette(Palette::default())),
        Action::ButFor => command == Some(Command::Inquire),
        Action::Say => matches!(app.overlay, Some(Overlay::Say(_))),
        Action::ToTalk => app.screen == Screen::Talk,
        Action::HandOver => command == Some(Command::HandOver),
        Action::Rule
        | Action::Note
        | Action::Clock
        | Action::EndGame
        | Action::Pause
        | Action::Fire
        | Action::Hold
        | Action::Skip
        | Action::Reword
        | Action::Reseat => false,
        Action::Theme => app.theme != before.theme && app.status.is_some(),
    };
    assert!(good, "{what}");
}

#[test]
fn each_key_of_the_table_does_what_its_words_say() {
    for binding in KEYMAP {
        // The first screen, control's pages and forms for text have tests of their own.
        let seats = |scope: &&Scope| {
            !matches!(scope, Scope::Start | Scope::Entry | Scope::Handover) && !CONTROL.contains(scope)
        };
        for scope in binding.scopes.iter().filter(seats) {
            for key in binding.keys {
                holds(binding, *scope, *key);
            }
        }
    }
}

#[test]
fn each_key_of_the_start_screen_does_what_its_words_say() {
    let choices = fixture::choices(fixture::Text::Clean);
    for binding in KEYMAP.iter().filter(|b| b.scopes.contains(&Scope::Start)) {
        for key in binding.keys {
            let mut start = Start::new(&choices, Visit::Another, Theme::mono());
            if matches!(binding.action, Action::Down | Action::PageDown | Action::Last) {
                start.press(Key::Up);
            }
            let at = start.scenario;
            let command = start.press(*key);
            let good = match binding.action {
                Action::Take => start.seat == Some(1),
                Action::Up | Action::PageUp | Action::First => start.scenario < at,
                Action::Down | Action::PageDown | Action::Last => start.scenario > at,
                Action::Quit => command.is_none() && start.press(Key::Char('y')) == Some(StartCommand::Quit),
                Action::Back => command.is_none() && start.seat.is_none(),
                Action::Help => start.press(Key::Esc).is_none() && start.press(Key::Enter).is_none(),
                Action::Redraw => command == Some(StartCommand::Redraw),
                Action::Suspend => command == Some(StartCommand::Suspend),
                Action::Force => start.press(*key) == Some(StartCommand::Quit),
                other => panic!("{other:?} is not for the start screen"),
            };
            assert!(good, "{key:?}: {}", binding.words);
        }
    }
}

#[test]
fn a_whole_turn_goes_by_keys_alone() {
    let mut app = app(fixture::view(Asked::Orders), (80, 24));
    for key in [Key::Enter, Key::Down, Key::Enter, Key::Char('w'), Key::Enter, Key::Char('s')] {
        assert_eq!(app.press(key), None);
    }
    let Some(Command::Seal(orders)) = app.press(Key::Enter) else { panic!("not sealed") };
    assert_eq!(orders.act.map(|a| a.action), Some(fixture::id(0)));
    assert!(orders.word.is_some());
    assert!(app.waits());
    let mut next = fixture::view(Asked::Contacts);
    next.observation.revision += 1;
    next.log.extend(fixture::log(fixture::Text::Clean).pop());
    app.take(next);
    assert_eq!(app.screen, Screen::Report);
    app.press(Key::Enter);
    assert_eq!(app.screen, Screen::Contact);
}

#[test]
fn refused_orders_come_back_as_the_draft() {
    let mut app = app(fixture::view(Asked::Orders), (80, 24));
    for key in [Key::Enter, Key::Down, Key::Enter, Key::Char('s'), Key::Char('y')] {
        app.press(key);
    }
    let mut refused = fixture::view(Asked::Orders);
    refused.refused = vec![offramp::session::OrderError::NotOnMenu];
    app.take(refused);
    assert!(!app.waits());
    assert_eq!(app.draft.orders().act.map(|a| a.action), Some(fixture::id(0)));
    assert!(app.status.unwrap().contains("not on the menu"));
}

/// A line of the form on top.
struct Line {
    label: String,
    value: String,
    options: Vec<String>,
    about: String,
}

fn form(app: &App) -> Vec<Line> {
    let Some(Overlay::Form(form)) = &app.overlay else { panic!("no form: {:?}", app.overlay) };
    let line = |value: String, label, options, about| Line { label, value, options, about };
    let fields = form.fields(&app.view).into_iter();
    fields.map(|f| line(f.value().to_owned(), f.label, f.options, f.about)).collect()
}

/// An app with the form of a proposal on top.
fn proposing() -> App {
    let mut app = app(fixture::view(Asked::Orders), (100, 30));
    for key in [Key::Char('3'), Key::Char('w')] {
        app.press(key);
    }
    while !form(&app)[0].value.contains("make a proposal") {
        app.press(Key::Right);
    }
    app
}

#[test]
fn a_term_that_cannot_be_offered_now_cannot_be_chosen() {
    let mut app = proposing();
    let term = |app: &App, words: &str| {
        form(app).into_iter().find(|line| line.label.contains(words)).expect("the term stands there")
    };
    assert_eq!(term(&app, "stop the loudspeakers").options.len(), 2);
    let barred = term(&app, "express regret");
    assert_eq!(barred.options, ["no (not now)"]);
    assert!(barred.about.ends_with("; not now: it was agreed already"), "{}", barred.about);
    Arc::make_mut(&mut app.view.briefing).terms[1].needs =
        vec!["calm holds".to_owned(), "nobody \u{1b}[31mlooks".to_owned()];
    let why = term(&app, "express regret").about;
    assert!(why.contains("; not now: it needs that calm holds, and that nobody "), "{why}");
    assert!(!why.contains('\u{1b}'), "{why:?}");
}

#[test]
fn a_draft_of_whose_proposal_news_leave_nothing_is_not_sealed_and_keeps_the_rest() {
    let mut app = proposing();
    let term = form(&app).iter().position(|line| line.label.contains("stop the loudspeakers")).unwrap();
    (0..term).for_each(|_| {
        app.press(Key::Down);
    });
    for key in [Key::Right, Key::Enter] {
        app.press(key);
    }
    let drafted = app.draft.orders().clone();
    assert!(matches!(drafted.word, Some(Word::Propose(_))), "{drafted:?}");
    let mut news = fixture::view(Asked::Orders);
    news.observation.revision += 1;
    app.take(news.clone());
    assert_eq!(app.draft.orders(), &drafted, "the term is still on offer");
    news.observation.terms.clear();
    app.take(news.clone());
    assert_eq!(app.draft.orders(), &drafted, "nothing new is asked");
    app.press(Key::Char('s'));
    let lost = "nothing is left to propose: 'stop the loudspeakers' was agreed already.";
    assert_eq!((app.overlay.clone(), app.status.clone()), (None, Some(format!("Not sealed: {lost}"))));
    news.observation.revision += 1;
    app.take(news);
    assert_eq!(app.draft.orders(), &drafted, "an act beside the proposal would still be in order");
    let told = format!("News has come in, and your draft cannot be sealed as it is: {lost}");
    assert_eq!(app.status, Some(told));
}

#[test]
fn an_estimate_that_grows_too_long_begins_anew_and_says_so() {
    let mut app = app(fixture::view(Asked::Orders), (100, 30));
    let typed = |app: &App| match &app.overlay {
        Some(Overlay::Form(form)) => form.fields(&app.view)[0].value().to_owned(),
        other => panic!("no form: {other:?}"),
    };
    for key in ['3', 'e', '7'] {
        app.press(Key::Char(key));
    }
    assert_eq!((typed(&app).as_str(), &app.status), ("7 %", &None));
    app.press(Key::Char('5'));
    assert_eq!((typed(&app).as_str(), &app.status), ("75 %", &None));
    app.press(Key::Char('3'));
    assert_eq!(typed(&app), "3 %");
    assert!(app.status.as_deref().is_some_and(|said| said.contains("at most 100 %")), "{:?}", app.status);
}

#[test]
fn when_the_but_for_table_is_worked_out_the_page_turns_there() {
    let mut before = fixture::ended_view(fixture::Text::Clean);
    before.inquired = Inquired::Working(1, 2);
    let mut app = app(before, (80, 24));
    app.press(Key::Char('6'));
    app.press(Key::Home);
    let found = fixture::ended_view(fixture::Text::Clean);
    app.take(offramp::session::SeatView { inquired: Inquired::Found, ..found });
    assert!(app.scroll > 0);
    let shown = text(&buffer(&app));
    let top = shown.lines().find(|line| line.contains("But for this: what")).unwrap_or_default();
    let at = shown.lines().position(|line| line == top);
    assert!(!top.is_empty() && at < Some(4), "{shown}");
}

#[test]
fn a_key_goes_through_the_sections_of_a_long_page_and_names_each() {
    let mut app = app(fixture::ended_view(fixture::Text::Clean), (80, 12));
    app.press(Key::Char('6'));
    let mut passed = vec![app.scroll];
    loop {
        app.press(Key::Char('n'));
        let (said, top) = (app.status.clone().unwrap(), text(&buffer(&app)));
        if app.scroll == passed[passed.len() - 1] {
            assert_eq!(said, "No further section is out of sight.");
            break;
        }
        passed.push(app.scroll);
        let (place, heading) = said.split_once(": '").unwrap();
        assert!(place.starts_with(&format!("Section {} of ", passed.len())), "{said}");
        let heading: String = heading.chars().take(20).collect();
        assert!(top.contains(heading.trim_end_matches("'.")), "{said}\n{top}");
    }
    assert!(passed.len() > 4, "{passed:?}");
    for at in passed.iter().rev().skip(1) {
        app.press(Key::Char('N'));
        assert_eq!(app.scroll, *at);
    }
    app.press(Key::Char('N'));
    assert_eq!((app.scroll, app.status.as_deref()), (0, Some("This is the first section.")));
}
