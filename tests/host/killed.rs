//! A hosted game whose host is killed at any moment, over and over.

#![expect(clippy::print_stdout, reason = "the figures are what a reader of these tests wants to see")]

use crate::client::Client;
use crate::hosted::Hosted;
use offramp::trace::{Kind, TraceFile, rebuild, verify};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SEATS: [&str; 3] = ["dprk", "rok", "us"];

/// A seat whose script seals whatever is drafted.
struct Script {
    client: Client,
    /// What the screen was headed by when it sealed, until it shows that the orders were taken, and since when.
    sealing: Option<(String, Instant)>,
}

impl Script {
    /// One look at the screen; whether it shows that orders were taken.
    fn go_on(&mut self) -> bool {
        let text = self.client.text();
        let head = text.lines().next().unwrap_or_default().to_owned();
        if let Some((before, since)) = &self.sealing {
            if head != *before {
                self.sealing = None;
                return true;
            }
            if since.elapsed() < Duration::from_millis(500) || text.contains("y yes") {
                return false;
            }
            // The same question again, or one that looks like it: what was taken is not known from here.
            self.sealing = None;
        }
        if text.contains("y yes") {
            self.client.try_send(b"y");
            self.sealing = Some((head, Instant::now()));
        } else if head.contains("ASKED") && !head.contains("ASKED: nothing") {
            self.client.try_send(b"3s");
        }
        false
    }
}

/// Lets a host of that folder start and kills it meanwhile.
fn killed_while_it_starts(arguments: &[&str], after: Duration) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offramp"));
    command.args(["host", "--listen", "127.0.0.1:0"]).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("it starts");
    std::thread::sleep(after);
    child.kill().expect("it runs or has ended");
    child.wait().expect("it ends");
}

/// Lets three scripts play at a host and kills it meanwhile; how many orders were seen to be taken, and whether the game
/// was over.
fn played_and_killed(arguments: &[&str], after: Duration) -> (usize, bool) {
    let mut host = Hosted::start(arguments);
    let mut scripts = SEATS.map(|seat| Script { client: host.seated(seat), sealing: None });
    let end = Instant::now() + after;
    let mut taken = 0;
    while Instant::now() < end {
        taken += scripts.iter_mut().map(Script::go_on).filter(|taken| *taken).count();
        std::thread::sleep(Duration::from_millis(2));
    }
    host.signal("-KILL");
    host.wait();
    taken += scripts.iter_mut().map(Script::go_on).filter(|taken| *taken).count();
    (taken, scripts.iter_mut().any(|script| script.client.text().contains("GAME OVER")))
}

/// Lines of sealed orders in the journal of a folder, once it has been verified; nothing if there is none yet.
fn sealed(folder: &Path) -> Option<usize> {
    let bytes = std::fs::read(folder.join("game.journal")).ok()?;
    let file = TraceFile::read(&bytes).ok()?;
    let rules = rebuild(&file).expect("its own scenario");
    verify(&file, &rules).expect("it verifies");
    Some(file.lines.iter().filter(|line| line.kind == Kind::Sealed).count())
}

/// `OFFRAMP_KILLS=200` kills 200 times, every fourth time while the host starts.
#[test]
fn whenever_a_host_is_killed_every_resume_goes_on_and_nothing_sealed_is_lost() {
    let kills = std::env::var("OFFRAMP_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(1);
    let folder = tempfile::tempdir().expect("a folder");
    let (mut game, mut before, mut dice) = (0, None, 11_u64);
    let (mut seen, mut kept) = (0, 0);
    for kill in 0..kills {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let luck = Duration::from_millis((dice >> 33) % 1500);
        let save = folder.path().join(format!("{game}"));
        let path = save.to_str().expect("text");
        let seed = format!("--seed={game}");
        let arguments = if before.is_some() {
            vec!["--resume", path]
        } else {
            vec!["august-2015", &seed, "--save", path]
        };
        let (taken, over) = if kill % 4 == 3 {
            killed_while_it_starts(&arguments, luck);
            (0, false)
        } else {
            played_and_killed(&arguments, luck)
        };
        let now = sealed(&save);
        assert!(
            now.unwrap_or(0) >= before.unwrap_or(0) + taken,
            "kill {kill}: {now:?} sealed of {before:?} and {taken}"
        );
        (seen, kept) = (seen + taken, kept + now.unwrap_or(0) - before.unwrap_or(0));
        before = now;
        if over || now.is_none() {
            // A folder in which a host was killed before it had a game is left as it is.
            (game, before) = (game + 1, None);
        }
    }
    println!("{kills} kills of {} games; {seen} orders seen to be taken, {kept} kept", game + 1);
}
