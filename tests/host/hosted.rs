//! A host that runs as a program of its own, as in an exercise.

use crate::client::Client;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A word that only this seat may ever read.
pub fn secret(seat: &str) -> String {
    format!("SECRET-OF-{}", seat.to_uppercase())
}

/// August 2015 with a secret planted in each seat's briefing and aims.
pub fn planted(folder: &Path) -> PathBuf {
    let mut text = offramp::storage::shipped("august-2015").expect("it is shipped").text.to_owned();
    for (seat, briefing, aim) in [
        ("dprk", "You decide for the leadership in Pyongyang.", "Enemy broadcasts do not reach the front"),
        ("rok", "You decide for the government in Seoul.", "Attacks are deterred"),
        ("us", "You decide for Washington.", "Allies and rivals believe the promise"),
    ] {
        let secret = secret(seat);
        for found in [briefing, aim] {
            // No other seat may have the same words.
            assert_eq!(text.matches(found).count(), 1, "{found}");
            text = text.replace(found, &format!("{secret} {found}"));
        }
    }
    let path = folder.join("planted.ron");
    std::fs::write(&path, text).expect("written");
    path
}

/// A host at work.
pub struct Hosted {
    child: Child,
    wishes: ChildStdin,
    told: Receiver<String>,
    /// What was told and not asked for yet.
    heard: Vec<String>,
    pub port: u16,
}

impl Hosted {
    /// Starts a host at a free port with these arguments.
    pub fn start(arguments: &[&str]) -> Hosted {
        // A file that may not grow fails as on a full disk, where the signal for it is ignored.
        let mut child = Command::new("sh")
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_offramp")])
            .args(["host", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (send, told) = channel();
        let outputs: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("piped")), Box::new(child.stderr.take().expect("piped"))];
        for output in outputs {
            let send = send.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    if send.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        let wishes = child.stdin.take().expect("piped");
        let mut host = Hosted { child, wishes, told, heard: Vec::new(), port: 0 };
        let line = host.line(" at 127.0.0.1:");
        let (_, rest) = line.split_once("127.0.0.1:").expect("the address");
        host.port = rest.split(',').next().and_then(|port| port.parse().ok()).expect("a port");
        host
    }

    /// The next line that holds a text.
    pub fn line(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.heard.iter().position(|line| line.contains(text)) {
                return self.heard.remove(at);
            }
            match self.told.recv_timeout(PATIENCE) {
                Ok(line) => self.heard.push(line),
                Err(_) => panic!("'{text}' was never told; this was: {:#?}", self.heard),
            }
        }
    }

    /// Whether a line that holds a text has been told so far.
    pub fn has_told(&mut self, text: &str) -> bool {
        self.heard.extend(self.told.try_iter());
        self.heard.iter().any(|line| line.contains(text))
    }

    /// The next passcode that is printed for a seat.
    pub fn passcode(&mut self, seat: &str) -> String {
        let line = self.line(&format!(" {seat}@"));
        line.split_whitespace().nth(1).expect("a passcode").to_owned()
    }

    /// Types a line at the host's console.
    pub fn wish(&mut self, line: &str) {
        writeln!(self.wishes, "{line}").expect("typed");
    }

    /// Enters a seat by its first passcode and reads the gate away.
    pub fn seated(&mut self, seat: &str) -> Client {
        let code = self.passcode(seat);
        let mut client = Client::enter(self.port, seat, &code).expect("the passcode is right");
        client.until("Enter goes on");
        client.press("\r");
        client.until("You are");
        client
    }

    pub fn signal(&self, name: &str) {
        let done = Command::new("kill").args([name, &self.child.id().to_string()]).status();
        assert!(done.expect("kill").success());
    }

    pub fn wait(mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }

    /// Lets no file of the host grow beyond a length, as on a full disk.
    pub fn limit_files(&self, bytes: u64) {
        let limit = format!("--fsize={bytes}:unlimited");
        let done = Command::new("prlimit").args(["--pid", &self.child.id().to_string(), &limit]).status();
        assert!(done.expect("prlimit").success());
    }

    /// Kilobytes of memory that the host uses now.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
        line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
    }
}

impl Drop for Hosted {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
