//! The terminal of whoever runs the host: passcodes go out, wishes come in, and what happens is told and kept.

use crate::cli::exit::{Exit, Failure};
use crate::cli::say;
use crate::host::{Address, Note, Passcode, Warden};
use crate::session::Progress;
use crate::storage::Journal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::io::{self, BufRead, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

/// The longest line that is read, in bytes.
const LONGEST_LINE: u64 = 200;
/// Lines that wait to be read.
const LINES: usize = 16;

/// The console of a host.
pub struct Console<'a> {
    log: Option<Journal>,
    address: Address,
    out: &'a mut dyn Write,
    lines: Receiver<String>,
    signal: Arc<AtomicUsize>,
}

impl<'a> Console<'a> {
    /// A console that listens to signals and to lines of standard input.
    ///
    /// # Errors
    /// If signals cannot be listened to.
    pub fn new(log: Option<Journal>, address: Address, out: &'a mut dyn Write) -> Result<Self, Failure> {
        let signal = Arc::new(AtomicUsize::new(0));
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal_hook::flag::register_usize(number, Arc::clone(&signal), number as usize)?;
        }
        Ok(Console { log, address, out, lines: lines(), signal })
    }

    /// How the program ends, once a signal has ended the host.
    pub fn exit(&self) -> Exit {
        match self.signal.load(Ordering::SeqCst) {
            0 => Exit::Done,
            number => Exit::Signal(u8::try_from(number).unwrap_or(u8::MAX)),
        }
    }
}

/// Lines of standard input, trimmed and clipped, as they are typed. Its end ends nothing.
fn lines() -> Receiver<String> {
    let (send, receive) = sync_channel(LINES);
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            let mut line = Vec::new();
            match (&mut input).take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(1..) => {}
                Ok(0) | Err(_) => return,
            }
            let line = String::from_utf8_lossy(&line).trim().to_owned();
            if !line.is_empty() && send.send(line).is_err() {
                return;
            }
        }
    });
    receive
}

impl Warden for Console<'_> {
    fn issued(&mut self, user: &str, seat: &str, code: &Passcode) {
        let port = self.address.port();
        let host = if self.address.ip().is_unspecified() {
            "HOST".to_owned()
        } else {
            self.address.ip().to_string()
        };
        // Whoever reads this may be gone; the game goes on.
        let _ = writeln!(self.out, "{seat:<12} {code}   ssh -p {port} {user}@{host}");
        let _ = self.out.flush();
    }

    fn noted(&mut self, note: &Note) {
        say(&note.to_string());
        let Some(log) = &mut self.log else { return };
        let written = match serde_json::to_string(note) {
            Ok(line) => log.append(&line).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(why) = written {
            say(&format!("The log is not kept: {why}"));
        }
    }

    fn finished(&mut self, progress: Progress) {
        say(match progress {
            Progress::Over => "The game is over. Participants read the debrief; Ctrl-C ends.",
            Progress::OverBudget => "The game does not end: this is a bug of offramp.",
            Progress::Waiting => return,
        });
    }

    fn wish(&mut self) -> Option<String> {
        self.lines.try_recv().ok()
    }

    fn unknown(&mut self, seat: &str, names: &[String]) {
        say(&format!("no seat is called `{seat}` (seats: {})", names.join(", ")));
    }

    fn ending(&mut self) -> Option<String> {
        (self.signal.load(Ordering::SeqCst) != 0).then(|| "The host has ended the session.".to_owned())
    }
}
