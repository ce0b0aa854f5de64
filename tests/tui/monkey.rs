//! Any keys at any size: nothing panics, and the last frame is the one that a fresh start would draw.

use crate::fixture::{self, Text};
use crate::screens::{buffer, gallery};
use offramp::session::{Asked, SeatView};
use offramp::tui::keymap::{KEYMAP, Key};
use offramp::tui::{App, Command, Start, Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// A small generator of its own, so that a failure names the seed that shows it again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

fn key(dice: &mut Dice) -> Key {
    let binding = &KEYMAP[dice.below(KEYMAP.len())];
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

#[test]
fn twenty_thousand_random_keys_at_random_sizes_never_panic() {
    let views = views();
    let mut dice = Dice(7);
    let mut app = App::new(views[0].clone(), Theme::mono());
    let mut sealed = 0;
    for event in 0..20_000u32 {
        match app.press(key(&mut dice)) {
            Some(Command::Seal(orders)) => {
                sealed += 1;
                assert_eq!(orders.check(&app.view.observation, &app.view.briefing), []);
            }
            Some(Command::Quit | Command::Suspend | Command::Redraw) | None => {}
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
            buffer(&app);
        }
    }
    assert!(sealed > 20, "the keys reach the sealing of orders");
}

#[test]
fn every_screen_survives_every_small_size() {
    for size in [(0, 0), (1, 1), (0, 9), (9, 0), (2, 3), (5, 5), (40, 10), (79, 23), (300, 100)] {
        for (_, mut app) in gallery(Text::Clean, (80, 24)) {
            app.size = size;
            buffer(&app);
        }
        let mut start = Start::new(&fixture::choices(Text::Clean), Theme::mono());
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        for key in [Key::Up, Key::Enter, Key::Char('?'), Key::Esc, Key::Char('q')] {
            start.press(key);
            terminal.draw(|frame| start.draw(frame)).unwrap();
        }
    }
}

#[test]
fn after_many_resizes_the_last_frame_is_a_fresh_one() {
    let mut dice = Dice(11);
    let mut app = App::new(fixture::view(Asked::Orders), Theme::mono());
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    for _ in 0..300 {
        app.press(key(&mut dice));
        app.size = (1 + dice.below(299) as u16, 1 + dice.below(99) as u16);
        terminal.backend_mut().resize(app.size.0, app.size.1);
        terminal.draw(|frame| draw(&app, frame)).unwrap();
        assert_eq!(terminal.backend().buffer(), &buffer(&app));
    }
}
