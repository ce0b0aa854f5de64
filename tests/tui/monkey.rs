//! Any keys at any size: nothing panics, and the last frame is the one that a fresh start would draw.

use crate::fixture::{self, Text};
use crate::screens::{buffer, gallery};
use offramp::session::{Asked, SeatView};
use offramp::tui::keymap::{self, KEYMAP, Key};
use offramp::tui::{App, Command, Event, Gate, Remote, Start, Theme, Visit, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// A small generator of its own, so that a failure names the seed that shows it again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// A key that means something where the app stands, a key that means something elsewhere, or none that does.
fn key(app: &App, dice: &mut Dice) -> Key {
    let here: Vec<_> = keymap::of(app.scope()).collect();
    let binding = match dice.below(3) {
        0 => &KEYMAP[dice.below(KEYMAP.len())],
        _ => here[dice.below(here.len())],
    };
    match dice.below(12) {
        0 => Key::Char(['z', '한', '\u{301}', ' ', '9'][dice.below(5)]),
        _ => binding.keys[dice.below(binding.keys.len())],
    }
}

fn views() -> Vec<SeatView> {
    let asked = [Asked::Orders, Asked::Contacts, Asked::Answers, Asked::Flash, Asked::Nothing];
    let mut views: Vec<SeatView> = asked.iter().map(|a| fixture::view(*a)).collect();
    views.push(fixture::poisoned_view(Asked::Orders, Text::Poisoned));
    views.push(fixture::ended_view(Text::Clean));
    views.push(SeatView::default());
    for asked in asked {
        let mut bare = SeatView::default();
        bare.observation.asked = asked;
        views.push(bare);
    }
    views
}

/// What a participant, the game and the terminal's window may do to a screen, so many times.
fn pound(app: &mut App, events: u32, dice: &mut Dice) -> u32 {
    let views = views();
    let mut sealed = 0;
    for event in 0..events {
        if let Some(Command::Seal(orders)) = app.press(key(app, dice)) {
            sealed += 1;
            assert_eq!(orders.check(&app.view.observation, &app.view.briefing), []);
        }
        if dice.below(40) == 0 {
            let mut view = views[dice.below(views.len())].clone();
            view.observation.revision = event + 10;
            app.take(view);
        }
        if dice.below(8) == 0 {
            app.size = (dice.below(301) as u16, dice.below(101) as u16);
            if event % 3 == 0 {
                app.size = (dice.below(4) as u16, dice.below(4) as u16);
            }
            buffer(app);
        }
    }
    sealed
}

#[test]
fn twenty_thousand_random_keys_at_random_sizes_never_panic() {
    let mut app = App::new(views()[0].clone(), Theme::mono());
    assert!(pound(&mut app, 20_000, &mut Dice(7)) > 20, "the keys reach the sealing of orders");
}

#[test]
#[ignore = "takes minutes; for releases"]
fn a_hundred_thousand_random_keys_from_every_screen_never_panic() {
    for (seed, (_, mut app)) in gallery(Text::Poisoned, (80, 24)).into_iter().enumerate() {
        pound(&mut app, 100_000, &mut Dice(seed as u64));
    }
}

#[test]
fn random_bytes_from_afar_never_panic_and_every_frame_is_what_a_fresh_one_would_be() {
    const SEQUENCES: &[u8] = b"\x1b[OABCD5~;Z201\x7f\r\t";
    const LETTERS: &[u8] = b"1234567?swtecuxjkgGyn/";
    let mut dice = Dice(3);
    let mut app = App::new(fixture::poisoned_view(Asked::Orders, Text::Poisoned), Theme::colour());
    let mut remote = Remote::new(80, 24);
    let mut seen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
    seen.process(&remote.enter());
    for _ in 0..1500 {
        let bytes: Vec<u8> = (0..dice.below(24))
            .map(|_| match dice.below(3) {
                0 => SEQUENCES[dice.below(SEQUENCES.len())],
                1 => LETTERS[dice.below(LETTERS.len())],
                _ => dice.below(256) as u8,
            })
            .collect();
        let mut events = remote.read(&bytes);
        events.extend(remote.settle());
        for event in events {
            match event {
                Event::Key(key) => drop(app.press(key)),
                Event::Paste(text) => app.paste(&text),
                other => panic!("{other:?} comes from no line"),
            }
        }
        if dice.below(6) == 0 {
            let size = (1 + dice.below(300) as u16, 1 + dice.below(100) as u16);
            remote.resize(size.0.into(), size.1.into());
            seen.screen_mut().set_size(size.1.try_into().unwrap(), size.0.try_into().unwrap());
        }
        app.size = remote.size();
        seen.process(&remote.frame(|frame| draw(&app, frame)));
        let shown: Vec<String> =
            seen.screen().rows(0, app.size.0).map(|row| row.trim_end().to_owned()).collect();
        let fresh = buffer(&app);
        let fresh: Vec<String> = (0..app.size.1).map(|y| row_of(&fresh, y)).collect();
        assert_eq!(shown, fresh);
    }
}

/// A row of a buffer as a terminal shows it.
fn row_of(buffer: &Buffer, y: u16) -> String {
    let mut row = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        row.push_str(symbol);
        x += (unicode_width::UnicodeWidthStr::width(symbol) as u16).max(1);
    }
    row.trim_end().to_owned()
}

#[test]
fn every_screen_survives_every_small_size() {
    for width in [0, 1, 2, 3, 5, 9, 20, 40, 79, 80, 120, 300] {
        for height in [0, 1, 2, 3, 4, 5, 9, 23, 24, 40, 100] {
            for (_, mut app) in gallery(Text::Clean, (80, 24)) {
                app.size = (width, height);
                buffer(&app);
            }
        }
    }
}

#[test]
fn the_first_screen_and_the_gate_survive_every_small_size() {
    for size in [(0, 0), (1, 1), (0, 9), (9, 0), (2, 3), (5, 5), (40, 10), (79, 23), (300, 100)] {
        let mut start = Start::new(&fixture::choices(Text::Clean), Visit::Another, Theme::mono());
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        for key in [Key::Up, Key::Enter, Key::Char('?'), Key::Esc, Key::Char('q')] {
            start.press(key);
            terminal.draw(|frame| start.draw(frame)).unwrap();
        }
        let gate = Gate {
            title: "You sit at the seat `rok`.".to_owned(),
            texts: vec!["What has to be known before all else.".to_owned()],
            mark: Some("7K3F-9QXM-2VTD".to_owned()),
        };
        terminal.draw(|frame| gate.draw(Theme::colour(), frame)).unwrap();
    }
}

#[test]
fn after_many_resizes_the_last_frame_is_a_fresh_one() {
    let mut dice = Dice(11);
    let mut app = App::new(fixture::view(Asked::Orders), Theme::mono());
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    for _ in 0..300 {
        let pressed = key(&app, &mut dice);
        app.press(pressed);
        app.size = (1 + dice.below(299) as u16, 1 + dice.below(99) as u16);
        terminal.backend_mut().resize(app.size.0, app.size.1);
        terminal.draw(|frame| draw(&app, frame)).unwrap();
        assert_eq!(terminal.backend().buffer(), &buffer(&app));
    }
}
