//! The terminal: a seat's screens, and the same orders as lines of text.
//!
//! A key becomes an action by [`keymap`], an action changes the [`App`] and may ask the loop for a [`Command`];
//! drawing only reads. The loops here own a desk and never the game; whoever calls them says how it goes on.

pub mod app;
pub mod calendar;
mod draft;
pub mod entry;
mod form;
pub mod keymap;
pub mod palette;
mod plain;
mod requests;
mod screen;
mod table;
mod talk;
mod terminal;
mod text;
mod theme;
mod update;
mod view;
mod widget;

pub use app::{App, Command};
pub use plain::{Clerk, Reply};
pub use screen::control::{ControlApp, ControlOrder};
pub use screen::gate::Gate;
pub use screen::start::{Choice, Picked, Start, StartCommand, Visit};
pub use table::share;
pub use terminal::{Event, Remote, can_show};
pub use theme::Theme;
pub use view::draw;

use crate::session::SeatDesk;
use std::io::{self, BufRead, Write};
use std::time::Duration;
use terminal::Screen;

/// How a loop was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The game came to its end.
    Finished,
    /// The participant left before it.
    Quit,
    /// A signal ended the program: its number.
    Signalled(i32),
}

/// How long the loop waits for a key while nothing else can happen.
const IDLE: Duration = Duration::from_secs(3600);
/// How long it waits for a key while others decide.
const WAITING: Duration = Duration::from_millis(50);
/// How long it waits for a key while a clock runs.
const SECOND: Duration = Duration::from_millis(500);

/// Shows the first screen, on which a scenario and a seat are picked; nothing if the participant leaves.
///
/// # Errors
/// If there is no terminal, or it is gone. A signal that ends the program is an error of kind `Interrupted`.
pub fn start_screen(scenarios: &[Choice], visit: Visit) -> io::Result<Option<Picked>> {
    let mut screen = Screen::enter()?;
    let mut start = Start::new(scenarios, visit, terminal::theme());
    loop {
        screen.draw(|frame| start.draw(frame))?;
        let command = match screen.next(IDLE)? {
            None | Some(Event::Paste(_) | Event::Panicked(_)) => None,
            Some(Event::Key(key)) => start.press(key),
            Some(Event::Redraw) => Some(StartCommand::Redraw),
            Some(Event::Stop) => Some(StartCommand::Suspend),
            Some(Event::Ending(signal)) => {
                return Err(io::Error::new(io::ErrorKind::Interrupted, format!("ended by signal {signal}")));
            }
        };
        match command {
            None => {}
            Some(StartCommand::Play(picked)) => return Ok(Some(picked)),
            Some(StartCommand::Quit) => return Ok(None),
            Some(StartCommand::Suspend) => screen.suspend()?,
            Some(StartCommand::Redraw) => screen.redraw()?,
        }
    }
}

/// Plays a seat on the screen until the participant leaves.
///
/// `pump` lets the session go on: it takes in what the desk sent and makes new views appear on it. What it gives is
/// a notice for the participant, such as a save that failed.
///
/// # Errors
/// If there is no terminal, or it is gone.
pub fn play(desk: &mut SeatDesk, pump: &mut dyn FnMut() -> Option<String>) -> io::Result<Left> {
    let mut screen = Screen::enter()?;
    desk.refresh();
    let mut app = App::new(desk.view().clone(), terminal::theme());
    match sit(&mut screen, &mut app, desk, pump, Alone::Yes)? {
        Stood::Left(left) => Ok(left),
        Stood::HandedOver => Ok(Left::Quit),
    }
}

/// Whether one person has the terminal alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alone {
    Yes,
    No,
}

/// How a person rose from a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stood {
    /// The loop is over.
    Left(Left),
    /// Somebody else sits down.
    HandedOver,
}

/// A person at a desk until that person rises. Where the terminal is shared, that is when others have to decide.
fn sit(
    screen: &mut Screen,
    app: &mut App,
    desk: &mut SeatDesk,
    pump: &mut dyn FnMut() -> Option<String>,
    alone: Alone,
) -> io::Result<Stood> {
    // What there is to tell at first, such as what was resumed, is told at once.
    let (mut stale, mut stirred, mut sealed) = (true, true, false);
    if desk.view().revision != app.view.revision {
        app.take(desk.view().clone());
    }
    loop {
        // While a clock runs, its seconds are shown, and time may be up without any key.
        let clock = app.view.table.pace.until.is_some();
        stale |= clock;
        if app.waits() || clock || std::mem::take(&mut stirred) {
            let notice = pump();
            stale |= notice.is_some();
            if desk.refresh() {
                app.take(desk.view().clone());
                stale = true;
            }
            if let Some(notice) = notice {
                app.notice(&notice);
            }
            if alone == Alone::No && sealed && app.waits() {
                return Ok(Stood::HandedOver);
            }
        }
        if stale {
            app.size = screen.size()?;
            screen.draw(|frame| draw(app, frame))?;
            stale = false;
        }
        let patience = match app.waits() {
            true => WAITING,
            false if clock => SECOND,
            false => IDLE,
        };
        let Some(event) = screen.next(patience)? else { continue };
        stale = true;
        let command = match event {
            Event::Key(key) => app.press(key),
            Event::Paste(text) => {
                app.paste(&text);
                None
            }
            Event::Redraw => Some(Command::Redraw),
            Event::Stop => Some(Command::Suspend),
            Event::Ending(signal) => return Ok(Stood::Left(Left::Signalled(signal))),
            Event::Panicked(what) => {
                app.notice(&format!("A bug in the background: {what}"));
                None
            }
        };
        match command {
            None => {}
            Some(Command::Seal(orders)) => match desk.seal(orders) {
                Ok(()) => sealed = true,
                Err(problems) => app.refuse(&problems),
            },
            Some(Command::Say { to, over, text }) => {
                desk.say(to, over, text);
                stirred = true;
            }
            Some(Command::Inquire) => {
                desk.inquire();
                stirred = true;
            }
            Some(Command::HandOver | Command::Quit) if alone == Alone::No => return Ok(Stood::HandedOver),
            Some(Command::HandOver) => app.notice("Nobody else sits at this terminal."),
            Some(Command::Quit) => {
                let over = app.view.debrief.is_some();
                return Ok(Stood::Left(if over { Left::Finished } else { Left::Quit }));
            }
            Some(Command::Suspend) => screen.suspend()?,
            Some(Command::Redraw) => screen.redraw()?,
        }
    }
}

/// Plays a seat by lines of text: what is written is only ever appended, and holds no control character but the
/// line feed. `pump` as for [`play`]. The end of the input leaves the game.
///
/// # Errors
/// If reading or writing fails.
pub fn play_plain(
    desk: &mut SeatDesk,
    pump: &mut dyn FnMut() -> Option<String>,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<Left> {
    plain::converse(desk, pump, input, output)
}
