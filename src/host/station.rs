//! The station of a place: its desk and its screen, whoever is connected and whether anybody is.
//!
//! The screen stays when a connection is lost, so who comes back finds everything where it was, the draft included. A
//! station never waits for its client: it draws a frame once there is room for one, and takes in keys all the while.

use super::limits;
use super::note::{Departure, Happened, Notes};
use super::outlet::{Outlet, Room};
use super::passcode::Passcode;
use super::scene::{Deed, Scene};
use crate::tui::keymap::Key;
use crate::tui::{Event, Gate, Remote, Theme};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::SyncSender;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};

/// What comes to a station from connections.
#[derive(Debug)]
pub(super) enum Knock {
    /// Somebody enters.
    Enter(Box<Arrival>),
    /// A connection's bytes.
    Bytes(u64, Vec<u8>),
    /// A connection's terminal has another size: columns and rows.
    Resize(u64, u32, u32),
}

/// Somebody who may sit here.
#[derive(Debug)]
pub(super) struct Arrival {
    /// The number of the connection.
    pub visit: u64,
    pub from: SocketAddr,
    pub remote: Remote,
    pub theme: Theme,
    /// The passcode to come back with.
    pub code: Option<Passcode>,
    pub outlet: Outlet,
    /// Breaks when the connection ends.
    pub gone: oneshot::Receiver<()>,
}

/// What a station is made of.
#[derive(Debug)]
pub(super) struct Station<S> {
    /// What the place is called.
    name: String,
    scene: S,
    guest: Option<Guest>,
    /// Tells the session's thread that a desk has sent something.
    decided: SyncSender<()>,
    notes: Notes,
}

/// Who sits here now.
#[derive(Debug)]
struct Guest {
    arrival: Arrival,
    /// The page that is read first, as long as it is.
    gate: Option<Gate>,
    /// What goes out before the next frame.
    unsent: Vec<u8>,
    stale: bool,
    /// Seconds on the clock when that was last looked at.
    clock: Option<u64>,
    drawn: Instant,
    /// A size that has not been taken over yet, and when the last one was.
    size: Option<(u32, u32)>,
    resized: Instant,
    /// When the last bytes came.
    typed: Instant,
}

impl<S: Scene> Station<S> {
    pub fn new(name: String, scene: S, decided: SyncSender<()>, notes: Notes) -> Self {
        scene.attend(false);
        Station { name, scene, guest: None, decided, notes }
    }

    /// Serves the place until the host ends. `rounds` changes whenever the session may have shown something.
    pub async fn serve(
        mut self,
        mut inbox: mpsc::Receiver<Knock>,
        mut rounds: watch::Receiver<u64>,
        mut ending: watch::Receiver<Option<String>>,
    ) {
        loop {
            let wake = self.guest.as_ref().and_then(Guest::wake);
            let room =
                self.guest.as_ref().filter(|guest| guest.is_due()).map(|guest| guest.arrival.outlet.room());
            let gone = self.guest.as_mut().map(|guest| &mut guest.arrival.gone);
            tokio::select! {
                knock = inbox.recv() => match knock {
                    Some(knock) => self.take(knock),
                    None => return,
                },
                changed = rounds.changed() => match changed {
                    Ok(()) => self.refresh(),
                    Err(_) => return,
                },
                _ = ending.changed() => {
                    let words = ending.borrow_and_update().clone().unwrap_or_default();
                    if let Some(guest) = self.guest.take() {
                        guest.arrival.farewell(&words, 0);
                    }
                    return;
                }
                _ = given(gone) => self.part(Departure::Lost, ""),
                () = given(wake.map(sleep_until)) => self.on_time(),
                room = given(room) => match room {
                    Some(room) => self.guarded(|station| station.draw(room)),
                    None => self.part(Departure::Lost, ""),
                },
            }
        }
    }

    fn take(&mut self, knock: Knock) {
        match knock {
            Knock::Enter(arrival) => {
                self.part(Departure::Replaced, "This seat was entered from elsewhere.");
                self.seat(*arrival);
            }
            Knock::Bytes(visit, bytes) => {
                let Some(guest) = self.guest.as_mut().filter(|guest| guest.arrival.visit == visit) else {
                    return;
                };
                guest.typed = Instant::now();
                let events = guest.arrival.remote.read(&bytes);
                self.handle(events);
            }
            Knock::Resize(visit, columns, rows) => {
                if let Some(guest) = self.guest.as_mut().filter(|guest| guest.arrival.visit == visit) {
                    guest.size = Some((columns, rows));
                }
            }
        }
    }

    /// Lets somebody sit down.
    fn seat(&mut self, mut arrival: Arrival) {
        self.refresh();
        self.scene.fit(arrival.theme, arrival.remote.size());
        self.scene.attend(true);
        self.signal();
        let now = Instant::now();
        let gate = arrival.code.as_ref().map(|code| self.gate(code));
        let unsent = arrival.remote.enter();
        self.guest = Some(Guest {
            arrival,
            gate,
            unsent,
            stale: true,
            clock: None,
            drawn: now,
            size: None,
            resized: now,
            typed: now,
        });
    }

    fn gate(&self, code: &Passcode) -> Gate {
        Gate {
            title: self.scene.welcome(&self.name),
            texts: vec![
                "Your passcode is used up. If the connection is lost, or you leave, come back with this one. It \
                 opens the seat once and closes the connection that you had."
                    .to_owned(),
                "Write it down. If you lose it, whoever runs the exercise gives you another.".to_owned(),
            ],
            mark: Some(code.to_string()),
        }
    }

    /// Ends the connection of whoever sits here.
    fn part(&mut self, how: Departure, words: &str) {
        let Some(guest) = self.guest.take() else { return };
        self.scene.attend(false);
        self.signal();
        self.notes.add(Some(guest.arrival.from), Happened::Left { seat: self.name.clone(), how });
        guest.arrival.farewell(words, u32::from(how != Departure::Quit));
    }

    /// Tells the session's thread that a desk has sent something. One signal is enough for whatever waits.
    fn signal(&self) {
        let _ = self.decided.try_send(());
    }

    /// Takes in what the session shows, and the clock.
    fn refresh(&mut self) {
        let warned = self.scene.notice().cloned();
        self.guarded(|station| {
            if station.scene.refresh() {
                station.stale();
            }
        });
        if let Some(words) = self.scene.notice().filter(|words| warned.as_ref() != Some(words)).cloned() {
            self.notes.add(None, Happened::Warned { words });
        }
        if let Some(guest) = &mut self.guest {
            let clock = self.scene.clock();
            guest.stale |= guest.clock != clock;
            guest.clock = clock;
        }
    }

    /// Draws the newest frame into the room for it.
    fn draw(&mut self, room: Room) {
        let Some(guest) = &mut self.guest else { return };
        let theme = guest.arrival.theme;
        let remote = &mut guest.arrival.remote;
        let frame = match &guest.gate {
            Some(gate) => remote.frame(|frame| gate.draw(theme, frame)),
            None => remote.frame(|frame| self.scene.draw(frame)),
        };
        guest.stale = false;
        guest.drawn = Instant::now();
        guest.unsent.extend(frame);
        room.fill(std::mem::take(&mut guest.unsent));
    }

    fn stale(&mut self) {
        if let Some(guest) = &mut self.guest {
            guest.stale = true;
        }
    }

    fn on_time(&mut self) {
        let Some(guest) = &mut self.guest else { return };
        let now = Instant::now();
        if guest.resize_at().is_some_and(|at| at <= now)
            && let Some((columns, rows)) = guest.size.take()
        {
            guest.arrival.remote.resize(columns, rows);
            guest.resized = now;
            guest.stale = true;
            self.scene.fit(guest.arrival.theme, guest.arrival.remote.size());
        }
        if guest.settle_at().is_some_and(|at| at <= now)
            && let Some(event) = guest.arrival.remote.settle()
        {
            self.handle(vec![event]);
        }
    }

    fn handle(&mut self, events: Vec<Event>) {
        for event in events {
            self.guarded(|station| station.handle_one(event));
            if self.guest.is_none() {
                return;
            }
        }
    }

    fn handle_one(&mut self, event: Event) {
        let Some(guest) = &mut self.guest else { return };
        guest.stale = true;
        if guest.gate.is_some() {
            match event {
                Event::Key(Key::Enter) => guest.gate = None,
                Event::Key(Key::Ctrl('l')) => guest.arrival.remote.redraw(),
                _ => {}
            }
            return;
        }
        match self.scene.take(event) {
            Deed::None => {}
            Deed::Sent => self.signal(),
            Deed::Redraw => guest.arrival.remote.redraw(),
            Deed::Leave => {
                let words = match &guest.arrival.code {
                    Some(code) => {
                        format!("You left `{}`. Come back with the passcode {code}", self.name)
                    }
                    None => format!("You left `{}`.", self.name),
                };
                self.part(Departure::Quit, &words);
            }
        }
    }

    /// Does something to the screen. A panic is a bug, and ends this connection and the screen, nothing else.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            self.scene.begin_anew();
            self.part(Departure::Bug, "A bug of offramp ended this screen. The seat is kept; come back.");
        }
    }
}

impl Arrival {
    fn farewell(mut self, words: &str, status: u32) {
        let bytes = self.remote.leave(words);
        self.outlet.close(bytes, status);
    }
}

impl Guest {
    fn frame_at(&self) -> Option<Instant> {
        self.stale.then(|| self.drawn + limits::FRAME)
    }

    fn resize_at(&self) -> Option<Instant> {
        self.size.map(|_| self.resized + limits::RESIZE)
    }

    fn settle_at(&self) -> Option<Instant> {
        self.arrival.remote.half_read().then(|| self.typed + limits::PAUSE)
    }

    /// When something is due, if anything is.
    fn wake(&self) -> Option<Instant> {
        let frame = self.frame_at().filter(|_| !self.is_due());
        [frame, self.resize_at(), self.settle_at()].into_iter().flatten().min()
    }

    /// Whether a frame is due.
    fn is_due(&self) -> bool {
        self.frame_at().is_some_and(|at| at <= Instant::now())
    }
}

/// Waits for something, if it is there; else for ever.
async fn given<T>(future: Option<impl Future<Output = T>>) -> T {
    match future {
        Some(future) => future.await,
        None => std::future::pending().await,
    }
}
