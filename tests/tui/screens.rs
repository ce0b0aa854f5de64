//! What each screen looks like, against texts that a person can read.
//!
//! `OFFRAMP_GOLDEN=write cargo test --test tui` writes them anew.

use crate::fixture::{self, Text};
use offramp::session::Asked;
use offramp::session::{SeatView, TriggerDoes};
use offramp::tui::app::Screen;
use offramp::tui::keymap::Key;
use offramp::tui::{App, Choice, Start, Theme, Visit, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use std::path::PathBuf;
use std::sync::Arc;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

pub fn app(view: SeatView, size: (u16, u16)) -> App {
    let mut app = App::new(view, Theme::mono());
    app.size = size;
    app
}

pub fn buffer(app: &App) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(app.size.0, app.size.1)).unwrap();
    terminal.draw(|frame| draw(app, frame)).unwrap();
    terminal.backend().buffer().clone()
}

fn start_buffer(start: &Start, size: (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    terminal.draw(|frame| start.draw(frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The screen as text, without the blanks at the ends of lines.
pub fn text(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for y in 0..area.height {
        let line: String = (0..area.width).map(|x| buffer[(x, y)].symbol()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn golden(name: &str, size: (u16, u16), found: &str) {
    let file = format!("{name}.{}x{}.txt", size.0, size.1);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tui").join(file);
    if std::env::var_os("OFFRAMP_GOLDEN").is_some_and(|v| v == "write") {
        std::fs::write(&path, found).unwrap();
        return;
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(wanted == found, "{} differs; it now reads:\n{found}", path.display());
}

/// Every screen and overlay by name, as a key press or two brings it up.
pub fn gallery(text: Text, size: (u16, u16)) -> Vec<(&'static str, App)> {
    let pressed = |asked, keys: &[Key]| {
        let mut app = app(fixture::poisoned_view(asked, text), size);
        for key in keys {
            app.press(*key);
        }
        app
    };
    let c = Key::Char;
    let proposal = [c('3'), c('w'), Key::Left, Key::Down, Key::Down, Key::Down, Key::Right];
    vec![
        ("briefing", pressed(Asked::Orders, &[])),
        ("situation", pressed(Asked::Orders, &[c('2')])),
        ("contact", pressed(Asked::Contacts, &[c('3'), c('c'), Key::Enter])),
        ("contact-form", pressed(Asked::Contacts, &[c('3'), c('c')])),
        ("calls", pressed(Asked::Answers, &[c('3'), Key::Right])),
        ("orders", pressed(Asked::Orders, &[c('3'), Key::Down, Key::Down, Key::Down, Key::Enter])),
        ("orders-barred", pressed(Asked::Orders, &[c('3'), Key::End])),
        ("act", pressed(Asked::Orders, &[c('3'), Key::End, c('i')])),
        ("proposal-form", pressed(Asked::Orders, &proposal)),
        ("stance-form", pressed(Asked::Orders, &[c('3'), c('t')])),
        ("seal", pressed(Asked::Orders, &[c('3'), c('s')])),
        ("flash", pressed(Asked::Flash, &[c('3'), Key::Down])),
        ("report", pressed(Asked::Orders, &[c('4')])),
        ("timeline", pressed(Asked::Orders, &[c('5')])),
        ("waiting", pressed(Asked::Nothing, &[c('2')])),
        ("help", pressed(Asked::Orders, &[c('3'), c('?')])),
        ("leave", pressed(Asked::Orders, &[c('q')])),
        ("debrief", {
            let mut app = app(fixture::ended_view(text), size);
            app.press(c('6'));
            app
        }),
    ]
}

#[test]
fn only_a_trigger_that_fires_by_itself_can_be_pre_delegated() {
    let offers = |does: TriggerDoes| {
        let mut view = fixture::view(Asked::Orders);
        Arc::make_mut(&mut view.briefing).triggers[0].does = does;
        let mut app = app(view, (80, 24));
        app.press(Key::Char('3'));
        app.press(Key::Char('t'));
        (0..10).any(|_| {
            app.press(Key::Right);
            text(&buffer(&app)).contains("pre-delegate a trigger")
        })
    };
    assert!(offers(TriggerDoes::Fires));
    assert!(!offers(TriggerDoes::Presses) && !offers(TriggerDoes::Unlocks));
}

#[test]
fn every_screen_reads_as_the_golden_texts_say() {
    for size in SIZES {
        for (name, app) in gallery(Text::Clean, size) {
            golden(name, size, &text(&buffer(&app)));
        }
        let mut start = Start::new(&fixture::choices(Text::Clean), Visit::Another, Theme::mono());
        golden("start", size, &text(&start_buffer(&start, size)));
        start.press(Key::Enter);
        golden("start-seat", size, &text(&start_buffer(&start, size)));
    }
}

#[test]
fn august_2015_is_where_the_cursor_stands_and_enter_twice_plays_it() {
    let mut start = Start::new(&fixture::choices(Text::Clean), Visit::Another, Theme::mono());
    start.press(Key::Enter);
    let picked = start.press(Key::Enter);
    let wanted = offramp::tui::Picked { scenario: "august-2015".to_owned(), seat: "rok".to_owned() };
    assert_eq!(picked, Some(offramp::tui::StartCommand::Play(wanted)));
}

#[test]
fn whoever_is_new_is_offered_the_lesson_first_and_others_find_it_in_the_list() {
    let mut choices = fixture::choices(Text::Clean);
    choices.push(Choice { name: "first-watch".to_owned(), ..choices[0].clone() });
    for (visit, scenario) in [(Visit::First, "first-watch"), (Visit::Another, "august-2015")] {
        let mut start = Start::new(&choices, visit, Theme::mono());
        let told =
            text(&start_buffer(&start, (80, 24))).contains("If you are new here, begin with the first");
        assert_eq!(told, visit == Visit::First);
        start.press(Key::Enter);
        let picked = start.press(Key::Enter);
        let wanted = offramp::tui::Picked { scenario: scenario.to_owned(), seat: "rok".to_owned() };
        assert_eq!(picked, Some(offramp::tui::StartCommand::Play(wanted)));
    }
}

#[test]
fn the_start_and_the_debrief_say_what_this_is_not() {
    let start = Start::new(&fixture::choices(Text::Clean), Visit::Another, Theme::mono());
    let words = "a teaching and analysis aid, not a forecast";
    assert!(text(&start_buffer(&start, (80, 24))).contains(words));
    let debrief = gallery(Text::Clean, (80, 24)).pop().unwrap().1;
    assert_eq!(debrief.screen, Screen::Debrief);
    assert!(text(&buffer(&debrief)).contains(words));
}

#[test]
fn without_colour_the_selection_is_reversed_and_nothing_is_coloured() {
    for (name, app) in gallery(Text::Clean, (80, 24)) {
        let buffer = buffer(&app);
        assert!(buffer.content.iter().all(|c| c.fg == Color::Reset && c.bg == Color::Reset), "{name}");
        let reversed = |row: usize| {
            buffer.content[row * 80..(row + 1) * 80].iter().any(|c| c.modifier.contains(Modifier::REVERSED))
        };
        assert!(name == "help" || reversed(2), "{name}: the bar shows which screen this is");
        if ["calls", "orders", "flash", "contact-form", "stance-form"].contains(&name) {
            assert!((3..22).any(reversed), "{name}: the row with the cursor stands out");
        }
    }
}

#[test]
fn no_cell_ever_holds_a_control_character() {
    for size in SIZES {
        for (name, app) in gallery(Text::Poisoned, size) {
            let hidden =
                |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}');
            let bad = buffer(&app).content.iter().any(|cell| cell.symbol().contains(hidden));
            assert!(!bad, "{name} shows a character that could act on a terminal");
        }
    }
}

#[test]
fn a_screen_that_is_too_small_says_so_and_runs_on() {
    let mut app = app(fixture::view(Asked::Orders), (60, 10));
    assert!(text(&buffer(&app)).contains("needs 80x24, has 60x10"));
    app.press(Key::Char('2'));
    assert_eq!(app.screen, Screen::Situation);
}
