//! A pseudo-terminal in which somebody types `ssh`.

use crate::hosted::PATIENCE;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};

/// A terminal in which somebody has typed `ssh`.
pub struct Terminal {
    pub master: Box<dyn MasterPty + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    /// Everything that came.
    pub bytes: Vec<u8>,
    pub seen: vt100::Parser,
}

/// Whether there is an OpenSSH client.
pub fn is_installed() -> bool {
    Command::new("ssh").arg("-V").output().is_ok()
}

pub fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    pub fn ssh(port: u16, seat: &str, options: &[&str], asked: &[&str]) -> Terminal {
        let pair = native_pty_system().openpty(size(24, 80)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new("ssh");
        command.args(["-p", &port.to_string(), "-F", "none", "-e", "none", "-o", "StrictHostKeyChecking=no"]);
        command.args(["-o", "UserKnownHostsFile=/dev/null"]);
        command.args(options);
        command.arg(format!("{seat}@127.0.0.1"));
        command.args(asked);
        command.env("TERM", "xterm-256color");
        command.env("NO_COLOR", "1");
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
        let seen = vt100::Parser::new(24.try_into().expect("rows"), 80.try_into().expect("columns"), 0);
        Terminal { master: pair.master, child, keys, output, bytes: Vec::new(), seen }
    }

    /// What the screen shows now.
    pub fn screen(&mut self) -> &vt100::Screen {
        for bytes in self.output.try_iter() {
            self.seen.process(&bytes);
            self.bytes.extend(bytes);
        }
        self.seen.screen()
    }

    /// Waits until the screen shows a text.
    pub fn until(&mut self, text: &str) {
        while !self.seen.screen().contents().contains(text) {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => {
                    self.seen.process(&bytes);
                    self.bytes.extend(bytes);
                }
                Err(_) => panic!("'{text}' never came; there is:\n{}", self.seen.screen().contents()),
            }
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("typed");
    }
}
