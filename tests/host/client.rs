//! A client with a terminal of its own, as far as a host can tell.

use crate::hosted::PATIENCE;
use russh::client::{self, AuthResult, Handle, Handler};
use russh::keys::{PrivateKey, PrivateKeyWithHashAlg, PublicKeyOrCertificate};
use russh::{ChannelMsg, ChannelWriteHalf, client::Msg};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));

pub struct Anyone;

impl Handler for Anyone {
    type Error = russh::Error;

    async fn check_server_key(&mut self, _: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        Ok(true)
    }
}

/// What came, and how it ended.
#[derive(Default)]
struct Arrived {
    bytes: Vec<u8>,
    status: Option<u32>,
    closed: bool,
}

/// A terminal that is connected to a seat.
pub struct Client {
    /// Kept, because the connection ends with it.
    _session: Handle<Anyone>,
    write: ChannelWriteHalf<Msg>,
    arrived: Arc<Mutex<Arrived>>,
    shown: usize,
    screen: vt100::Parser,
}

/// Connects, and proves nothing yet.
pub async fn connect(port: u16) -> Result<Handle<Anyone>, russh::Error> {
    let config = client::Config { window_size: 1 << 20, nodelay: true, ..Default::default() };
    client::connect(Arc::new(config), ("127.0.0.1", port), Anyone).await
}

/// Whether a passcode is accepted for a seat.
pub fn accepts(port: u16, seat: &str, code: &str) -> bool {
    RUNTIME.block_on(async {
        let Ok(mut session) = connect(port).await else { return false };
        matches!(session.authenticate_password(seat, code).await, Ok(AuthResult::Success))
    })
}

/// Whether a key is accepted for a seat; the session, if it is.
pub fn by_key(port: u16, seat: &str, key: &PrivateKey) -> Option<Handle<Anyone>> {
    RUNTIME.block_on(async {
        let mut session = connect(port).await.expect("it listens");
        let key = PrivateKeyWithHashAlg::new(Arc::new(key.clone()), None);
        let result = session.authenticate_publickey(seat, key).await.expect("an answer");
        result.success().then_some(session)
    })
}

/// How a client's terminal is set up.
#[derive(Clone, Copy)]
pub struct Setup {
    pub columns: u32,
    pub rows: u32,
    pub no_colour: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Setup { columns: 80, rows: 24, no_colour: false }
    }
}

impl Client {
    /// Enters a seat with a terminal of the usual size; nothing if the passcode is wrong.
    pub fn enter(port: u16, seat: &str, code: &str) -> Option<Client> {
        Client::enter_with(port, seat, code, Setup::default())
    }

    pub fn enter_with(port: u16, seat: &str, code: &str, setup: Setup) -> Option<Client> {
        let session = RUNTIME.block_on(async {
            let mut session = connect(port).await.expect("it listens");
            let result = session.authenticate_password(seat, code).await.expect("an answer");
            result.success().then_some(session)
        })?;
        Some(Client::open(session, setup))
    }

    /// Opens the terminal of a session that has been let in.
    pub fn open(session: Handle<Anyone>, setup: Setup) -> Client {
        let arrived = Arc::new(Mutex::new(Arrived::default()));
        let write = RUNTIME.block_on(async {
            let channel = session.channel_open_session().await.expect("a channel");
            if setup.no_colour {
                channel.set_env(false, "NO_COLOR", "1").await.expect("sent");
            }
            channel
                .request_pty(false, "xterm-256color", setup.columns, setup.rows, 0, 0, &[])
                .await
                .expect("sent");
            channel.request_shell(false).await.expect("sent");
            let (mut read, write) = channel.split();
            let into = Arc::clone(&arrived);
            tokio::spawn(async move {
                while let Some(message) = read.wait().await {
                    let mut into = into.lock().expect("no reader fails");
                    match message {
                        ChannelMsg::Data { data } => into.bytes.extend_from_slice(&data),
                        ChannelMsg::ExitStatus { exit_status } => into.status = Some(exit_status),
                        _ => {}
                    }
                }
                into.lock().expect("no reader fails").closed = true;
            });
            write
        });
        let rows = u16::try_from(setup.rows).ok().and_then(|rows| rows.clamp(1, 300).try_into().ok());
        let columns =
            u16::try_from(setup.columns).ok().and_then(|columns| columns.clamp(1, 600).try_into().ok());
        let usual = |n: u16| n.try_into().expect("not zero");
        let screen = vt100::Parser::new(rows.unwrap_or(usual(200)), columns.unwrap_or(usual(500)), 0);
        Client { _session: session, write, arrived, shown: 0, screen }
    }

    /// Sends keys.
    pub fn press(&mut self, keys: &str) {
        assert!(self.try_send(keys.as_bytes()), "the connection has ended");
    }

    pub fn try_send(&mut self, bytes: &[u8]) -> bool {
        RUNTIME.block_on(async { self.write.data(bytes).await.is_ok() })
    }

    pub fn resize(&mut self, columns: u32, rows: u32) -> bool {
        RUNTIME.block_on(async { self.write.window_change(columns, rows, 0, 0).await.is_ok() })
    }

    pub async fn send(&self, bytes: &[u8]) {
        // A connection that has ended is seen elsewhere.
        let _ = self.write.data(bytes).await;
    }

    pub async fn size(&self, columns: u32, rows: u32) {
        let _ = self.write.window_change(columns, rows, 0, 0).await;
    }

    /// All bytes that have come so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.arrived.lock().expect("no reader fails").bytes.clone()
    }

    pub fn count(&self) -> usize {
        self.arrived.lock().expect("no reader fails").bytes.len()
    }

    pub fn is_closed(&self) -> bool {
        self.arrived.lock().expect("no reader fails").closed
    }

    pub fn status(&self) -> Option<u32> {
        self.arrived.lock().expect("no reader fails").status
    }

    /// What the screen shows now.
    pub fn screen(&mut self) -> &vt100::Screen {
        let arrived = self.arrived.lock().expect("no reader fails");
        self.screen.process(&arrived.bytes[self.shown..]);
        self.shown = arrived.bytes.len();
        self.screen.screen()
    }

    /// The same as text, without the blanks at the ends of lines.
    pub fn text(&mut self) -> String {
        let contents = self.screen().contents();
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// Waits until the screen is as it should be.
    pub fn until_it(&mut self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_so(self.screen()) {
            assert!(Instant::now() < end, "'{what}' never came; there is:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the screen shows a text.
    pub fn until(&mut self, text: &str) {
        self.until_it(text, |screen| screen.contents().contains(text));
    }

    /// Waits until something is asked and nothing has come for a while.
    pub fn until_asked(&mut self) {
        loop {
            self.until("ASKED");
            let before = self.count();
            std::thread::sleep(Duration::from_millis(700));
            if self.count() == before {
                return;
            }
        }
    }

    /// Waits until the host has closed the connection.
    pub fn until_closed(&mut self) {
        let end = Instant::now() + PATIENCE;
        while !self.is_closed() {
            assert!(Instant::now() < end, "it was never closed; there is:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The re-entry code on the gate.
    pub fn reentry(&mut self) -> String {
        self.until("Enter goes on");
        let text = self.text();
        let code =
            text.lines().map(str::trim).find(|line| line.len() == 14 && line.matches('-').count() == 2);
        code.unwrap_or_else(|| panic!("no passcode on:\n{text}")).to_owned()
    }

    /// How long it takes from a key until the screen is as this key makes it, which it is not yet.
    pub fn latency(&mut self, key: &str, is_so: impl Fn(&str) -> bool) -> Duration {
        assert!(!is_so(&self.text()), "{key} would change nothing on:\n{}", self.text());
        let pressed = Instant::now();
        self.press(key);
        while !is_so(&self.text()) {
            assert!(pressed.elapsed() < PATIENCE, "{key} is not answered; there is:\n{}", self.text());
            std::thread::sleep(Duration::from_micros(200));
        }
        pressed.elapsed()
    }

    /// How long it takes to open the help, or to close it where it is open.
    pub fn help_latency(&mut self) -> Duration {
        let is_open = |text: &str| text.contains("Esc closes");
        if is_open(&self.text()) {
            self.latency("q", |text| !is_open(text))
        } else {
            self.latency("?", is_open)
        }
    }

    /// Cuts the connection without a word.
    pub fn cut(self) {
        RUNTIME.block_on(async { drop(self) });
    }
}

/// Half of the times are below the first, 99 of a hundred below the second.
pub fn middle_and_worst(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}
