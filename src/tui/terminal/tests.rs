//! The terminal is put back whatever happens, seen from outside: this test program runs itself in a pseudo-terminal.

use super::{Event, Screen};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// What the child is to do; absent when the tests run as tests.
const CASE: &str = "OFFRAMP_TERMINAL_CASE";

/// The child: shows a word until something ends it, and says on the plain screen how it went.
#[test]
#[ignore = "runs as a child of the other tests"]
fn child() {
    let Ok(case) = std::env::var(CASE) else { return };
    let mut screen = Screen::enter().expect("a terminal");
    if case == "worker" {
        let _ = std::thread::spawn(|| panic!("the worker fell")).join();
    }
    let mut shown = "HELLO".to_owned();
    let how = loop {
        screen
            .draw(|frame| {
                assert!(!shown.contains("bang"), "the drawing fell");
                frame.render_widget(shown.as_str(), frame.area());
            })
            .expect("drawn");
        match screen.next(Duration::from_secs(20)).expect("an event") {
            Some(Event::Key(super::Key::Char('q'))) => break "by key".to_owned(),
            Some(Event::Key(super::Key::Char('!'))) => "bang".clone_into(&mut shown),
            Some(Event::Ending(signal)) => break format!("by signal {signal}"),
            Some(Event::Panicked(what)) => shown = what.replace('\n', " "),
            Some(Event::Stop) => screen.suspend().expect("again"),
            Some(Event::Redraw) => screen.redraw().expect("redrawn"),
            Some(Event::Paste(text)) => shown = format!("pasted {} bytes", text.len()),
            _ => {}
        }
    };
    drop(screen);
    eprint_line(&format!("left {how}"));
}

fn eprint_line(text: &str) {
    writeln!(std::io::stderr(), "{text}").expect("written");
}

const ROWS: NonZeroU16 = NonZeroU16::new(24).unwrap();
const COLUMNS: NonZeroU16 = NonZeroU16::new(80).unwrap();

struct Session {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    seen: vt100::Parser,
}

impl Session {
    fn start(case: &str) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(std::env::current_exe().expect("this program"));
        command.args(["--exact", "tui::terminal::tests::child", "--ignored", "--nocapture"]);
        command.env(CASE, case);
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("started");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().expect("a writer");
        // The slave stays open in the child alone, so that its end is seen.
        drop(pair.slave);
        Session { master: pair.master, child, keys, output, seen: vt100::Parser::new(ROWS, COLUMNS, 0) }
    }

    /// Waits until the screen shows a text.
    fn until(&mut self, text: &str) {
        while !self.seen.screen().contents().contains(text) {
            match self.output.recv_timeout(Duration::from_secs(60)) {
                Ok(bytes) => self.seen.process(&bytes),
                Err(_) => panic!("'{text}' never came; there is:\n{}", self.seen.screen().contents()),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("typed");
        self.keys.flush().expect("typed");
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("runs").to_string();
        assert!(std::process::Command::new("kill").args([name, &id]).status().expect("kill").success());
    }

    /// That the terminal is as a shell wants it.
    fn is_restored(&mut self) {
        let screen = self.seen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor shows");
        assert!(!screen.bracketed_paste(), "pastes are plain again");
        let flags = format!("{:?}", self.master.get_termios().expect("settings").local_flags);
        assert!(flags.contains("ICANON") && flags.contains("ECHO"), "lines are edited again: {flags}");
    }
}

#[test]
fn leaving_by_key_restores_the_terminal() {
    let mut session = Session::start("plain");
    session.until("HELLO");
    assert!(session.seen.screen().alternate_screen() && session.seen.screen().hide_cursor());
    session.press("q");
    session.until("left by key");
    session.is_restored();
}

#[test]
fn signals_that_end_the_program_restore_the_terminal_first() {
    for (name, number) in [("-TERM", 15), ("-HUP", 1), ("-INT", 2)] {
        let mut session = Session::start("plain");
        session.until("HELLO");
        session.signal(name);
        session.until(&format!("left by signal {number}"));
        session.is_restored();
    }
}

#[test]
fn a_panic_while_drawing_restores_the_terminal_and_is_readable() {
    let mut session = Session::start("plain");
    session.until("HELLO");
    session.press("!");
    session.until("the drawing fell");
    session.is_restored();
}

#[test]
fn a_panic_in_the_background_is_shown_and_the_screen_goes_on() {
    let mut session = Session::start("worker");
    session.until("the worker fell");
    assert!(session.seen.screen().alternate_screen());
    session.press("q");
    session.until("left by key");
    session.is_restored();
}

#[test]
fn a_stop_gives_the_terminal_back_and_going_on_takes_it_again() {
    let mut session = Session::start("plain");
    session.until("HELLO");
    session.signal("-TSTP");
    while session.seen.screen().alternate_screen() {
        let bytes = session.output.recv_timeout(Duration::from_secs(60)).expect("the screen is left");
        session.seen.process(&bytes);
    }
    session.is_restored();
    // The signal to go on may come before the stop has happened; then it has to come again.
    while !session.seen.screen().alternate_screen() {
        session.signal("-CONT");
        if let Ok(bytes) = session.output.recv_timeout(Duration::from_millis(300)) {
            session.seen.process(&bytes);
        }
    }
    session.until("HELLO");
    session.press("q");
    session.until("left by key");
    session.is_restored();
}

#[test]
fn a_paste_is_no_series_of_keys() {
    let mut session = Session::start("plain");
    session.until("HELLO");
    session.press("\u{1b}[200~qqqq\u{1b}[201~");
    session.until("pasted 4 bytes");
    session.press("q");
    session.until("left by key");
    session.is_restored();
}
