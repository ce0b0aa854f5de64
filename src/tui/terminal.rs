//! The terminal itself: entered and left with one guard, whatever happens in between.
//!
//! This file and its folder alone name crossterm and signals. `remote` is a terminal at the far end of a line, whose
//! bytes somebody else carries. What this file changes (raw mode, alternate screen, bracketed paste, cursor)
//! is put back exactly once: on leaving, on a panic, or before a signal stops the program.

mod keys;
mod remote;

pub use remote::Remote;

use super::keymap::Key;
use super::theme::Theme;
use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::{cursor, execute, terminal};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use std::io::{self, IsTerminal, Stdout};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Once, OnceLock, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

/// Whether the terminal is ours now.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Which thread draws; only its panic ends the screen.
static OWNER: Mutex<Option<ThreadId>> = Mutex::new(None);
/// Panics of other threads, to be shown on the screen.
static RECORDED: Mutex<Vec<String>> = Mutex::new(Vec::new());
static HOOK: Once = Once::new();
static SIGNALS: OnceLock<Signals> = OnceLock::new();

/// How often signals are looked for while no key is pressed.
const GLANCE: Duration = Duration::from_millis(200);

/// How often a terminal that has gone away is looked for.
const WATCH: Duration = Duration::from_millis(500);
static WATCHING: Once = Once::new();

/// Ends the program once its terminal has gone away without a signal: reading from such a terminal gives nothing for
/// ever, and the reader would spin on it. What is sealed is saved before it is shown, so nothing is lost.
fn watch_for_hangup() {
    WATCHING.call_once(|| {
        thread::spawn(|| {
            loop {
                thread::sleep(WATCH);
                if ENTERED.load(Ordering::SeqCst) && !io::stdin().is_terminal() {
                    std::process::exit(128 + SIGHUP);
                }
            }
        });
    });
}

/// Signals that arrived, and whether they act as usual because no screen is up.
#[derive(Debug)]
struct Signals {
    outside: Arc<AtomicBool>,
    ending: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    resumed: Arc<AtomicBool>,
}

/// Something that happened at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key.
    Key(Key),
    /// Text that was pasted.
    Paste(String),
    /// The size changed, or the terminal was ours no longer for a while.
    Redraw,
    /// The shell wants the program to stop for a while.
    Stop,
    /// A signal ends the program.
    Ending(i32),
    /// A thread in the background panicked.
    Panicked(String),
}

/// The terminal while it is ours.
#[derive(Debug)]
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
}

/// Whether a screen can be shown: standard input and output are terminals, and not dumb ones.
pub fn can_show() -> bool {
    io::stdin().is_terminal()
        && io::stdout().is_terminal()
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb" && !term.is_empty())
}

/// The theme that the environment asks for: by name in `OFFRAMP_THEME`, else without colour where `NO_COLOR` is set and
/// not empty.
pub fn theme() -> Theme {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let named = set("OFFRAMP_THEME").and_then(|name| Theme::named(name.to_str()?));
    named.unwrap_or_else(|| if set("NO_COLOR").is_some() { Theme::mono() } else { Theme::colour() })
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// If standard input or output is no terminal, or it refuses.
    pub fn enter() -> io::Result<Self> {
        if !can_show() {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "this is no terminal that can show a screen",
            ));
        }
        let signals = signals()?;
        *OWNER.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current().id());
        HOOK.call_once(install_hook);
        signals.outside.store(false, Ordering::SeqCst);
        ENTERED.store(true, Ordering::SeqCst);
        let entered = take_over().and_then(|()| Terminal::new(CrosstermBackend::new(io::stdout())));
        match entered {
            Ok(terminal) => Ok(Screen { terminal }),
            Err(error) => {
                restore();
                Err(error)
            }
        }
    }

    /// Columns and rows.
    ///
    /// # Errors
    /// If the terminal cannot tell.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    /// Draws a frame.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn draw(&mut self, frame: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(frame).map(|_| ())
    }

    /// Forgets what is on the screen, so that the next frame draws everything.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn redraw(&mut self) -> io::Result<()> {
        // `Terminal::clear` asks the terminal where its cursor is, and not every terminal answers.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// Clears the terminal, what has scrolled away included, so that nothing that stood on it can be read again.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn wipe(&mut self) -> io::Result<()> {
        use terminal::{Clear, ClearType};
        execute!(io::stdout(), Clear(ClearType::All), Clear(ClearType::Purge))?;
        self.redraw()
    }

    /// Gives the terminal back, stops until the shell goes on, and takes the terminal over again.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        signals()?.outside.store(false, Ordering::SeqCst);
        ENTERED.store(true, Ordering::SeqCst);
        take_over()?;
        self.redraw()
    }

    /// Waits for the next event, at most this long.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn next(&mut self, patience: Duration) -> io::Result<Option<Event>> {
        let mut left = patience;
        loop {
            if let Some(event) = pending_signal()? {
                return Ok(Some(event));
            }
            let glance = left.min(GLANCE);
            match event::poll(glance) {
                Ok(true) => {
                    if let Some(event) = translate(event::read()?) {
                        return Ok(Some(event));
                    }
                }
                Ok(false) if left <= glance => return Ok(None),
                Ok(false) => left -= glance,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

fn take_over() -> io::Result<()> {
    watch_for_hangup();
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), terminal::EnterAlternateScreen, event::EnableBracketedPaste, cursor::Hide)
}

/// Puts the terminal back; does nothing the second time.
fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        // Nobody could be told that this failed: the terminal is gone then. Whoever sees the alternate screen left
        // finds the terminal's settings back already.
        let _ = terminal::disable_raw_mode();
        let _ = execute!(
            io::stdout(),
            event::DisableBracketedPaste,
            terminal::LeaveAlternateScreen,
            cursor::Show
        );
        if let Some(signals) = SIGNALS.get() {
            signals.outside.store(true, Ordering::SeqCst);
        }
    }
}

fn install_hook() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let owner = *OWNER.lock().unwrap_or_else(PoisonError::into_inner);
        if ENTERED.load(Ordering::SeqCst) && owner != Some(thread::current().id()) {
            RECORDED.lock().unwrap_or_else(PoisonError::into_inner).push(info.to_string());
            return;
        }
        restore();
        before(info);
    }));
}

fn signals() -> io::Result<&'static Signals> {
    if let Some(signals) = SIGNALS.get() {
        return Ok(signals);
    }
    let signals = Signals {
        outside: Arc::new(AtomicBool::new(true)),
        ending: Arc::new(AtomicUsize::new(0)),
        stop: Arc::new(AtomicBool::new(false)),
        resumed: Arc::new(AtomicBool::new(false)),
    };
    for signal in [SIGTERM, SIGHUP, SIGINT] {
        signal_hook::flag::register_conditional_default(signal, Arc::clone(&signals.outside))?;
        signal_hook::flag::register_usize(signal, Arc::clone(&signals.ending), signal as usize)?;
    }
    signal_hook::flag::register_conditional_default(SIGTSTP, Arc::clone(&signals.outside))?;
    signal_hook::flag::register(SIGTSTP, Arc::clone(&signals.stop))?;
    signal_hook::flag::register(SIGCONT, Arc::clone(&signals.resumed))?;
    Ok(SIGNALS.get_or_init(|| signals))
}

fn pending_signal() -> io::Result<Option<Event>> {
    let signals = signals()?;
    let ending = signals.ending.swap(0, Ordering::SeqCst);
    if ending != 0 {
        return Ok(Some(Event::Ending(ending as i32)));
    }
    if signals.stop.swap(false, Ordering::SeqCst) {
        return Ok(Some(Event::Stop));
    }
    if signals.resumed.swap(false, Ordering::SeqCst) {
        return Ok(Some(Event::Redraw));
    }
    let panicked = RECORDED.lock().unwrap_or_else(PoisonError::into_inner).pop();
    Ok(panicked.map(Event::Panicked))
}

fn translate(event: event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => translate_key(key).map(Event::Key),
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Resize(..) => Some(Event::Redraw),
        _ => None,
    }
}

fn translate_key(key: KeyEvent) -> Option<Key> {
    Some(match key.code {
        KeyCode::Char(c) if key.modifiers.contains(KeyModifiers::CONTROL) => {
            Key::Ctrl(c.to_ascii_lowercase())
        }
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
