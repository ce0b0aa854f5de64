//! The client that participants have: OpenSSH in a terminal. Where it is not installed there is nothing to try.

use crate::hosted::Hosted;
use crate::terminal::{Terminal, is_installed, size};
use std::process::Command;

#[test]
fn openssh_enters_resizes_honours_no_color_and_leaves_the_terminal_as_it_was() {
    if !is_installed() {
        return;
    }
    let mut host = Hosted::start(&["august-2015", "--seat", "rok", "--seed", "7"]);
    let code = host.passcode("rok");
    let mut terminal = Terminal::ssh(host.port, "rok", &["-o", "SendEnv=NO_COLOR"], &[]);
    terminal.until("your user name is your seat");
    terminal.until("password:");
    terminal.press("mistyped\r");
    // A passcode typed before it is asked for again would be lost.
    terminal.until("Permission denied, please try again.\nrok@127.0.0.1's password:");
    terminal.press(&format!("{code}\r"));
    terminal.until("Enter goes on");
    terminal.press("\r");
    terminal.until("You are");
    terminal.press("2");
    terminal.until("[2 Situation]");
    terminal.master.resize(size(40, 120)).expect("resized");
    terminal.seen.screen_mut().set_size(40.try_into().expect("rows"), 120.try_into().expect("columns"));
    terminal.press("1");
    terminal.until("[1 Briefing]");
    terminal.press("q");
    terminal.until("y yes");
    terminal.press("y");
    terminal.until("Come back with the passcode");
    let status = terminal.child.wait().expect("it ends");
    assert!(status.success(), "{status:?}");
    let screen = terminal.seen.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    let text = String::from_utf8_lossy(&terminal.bytes);
    let codes = text.split("\x1b[").skip(1).filter_map(|rest| rest.split_once('m')).map(|(codes, _)| codes);
    let codes = codes.filter(|codes| codes.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'));
    for code in codes.flat_map(|codes| codes.split(';')).filter_map(|code| code.parse::<u16>().ok()) {
        let resets = [39, 49, 59];
        assert!(code < 30 || resets.contains(&code), "{code} is a colour");
    }
}

#[test]
fn openssh_gets_no_command_no_files_and_no_port() {
    if !is_installed() {
        return;
    }
    let mut host = Hosted::start(&["august-2015", "--seat", "rok", "--seed", "7"]);
    let code = host.passcode("rok");
    let nothing: &[&str] = &[];
    for (options, asked) in [
        (&["-s"][..], &["sftp"][..]),
        (nothing, &["id"]),
        (&["-T"], nothing),
        (&["-W", "127.0.0.1:22"], nothing),
        (&["-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"], nothing),
    ] {
        let mut terminal = Terminal::ssh(host.port, "rok", options, asked);
        terminal.until("password:");
        terminal.press(&format!("{code}\r"));
        let status = terminal.child.wait().expect("it ends");
        assert!(!status.success(), "{options:?} {asked:?}");
        // The passcode counts again, since none of them came to a screen.
    }
    for denied in ["a subsystem", "a command", "a forwarded port"] {
        host.line(&format!("denied {denied}"));
    }
}

#[test]
#[ignore = "waits for a minute"]
fn a_client_that_is_stopped_is_dropped_and_its_seat_comes_back() {
    if !is_installed() {
        return;
    }
    let mut host = Hosted::start(&["august-2015", "--seat", "rok", "--seat", "dprk", "--seed", "7"]);
    let mut honest = host.seated("dprk");
    let code = host.passcode("rok");
    let mut terminal = Terminal::ssh(host.port, "rok", &[], &[]);
    terminal.until("password:");
    terminal.press(&format!("{code}\r"));
    terminal.until("Enter goes on");
    let text = terminal.seen.screen().contents();
    let next = text.lines().map(str::trim).find(|line| line.len() == 14 && line.matches('-').count() == 2);
    let next = next.expect("a passcode").to_owned();
    let stopped = terminal.child.process_id().expect("it runs").to_string();
    assert!(Command::new("kill").args(["-STOP", &stopped]).status().expect("kill").success());
    while !host.has_told("rok lost its connection") {
        assert!(honest.help_latency().as_secs() < 2 && honest.help_latency().as_secs() < 2);
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    let mut back = crate::client::Client::enter(host.port, "rok", &next).expect("it is right");
    back.until("Enter goes on");
    // It may be gone already.
    let _ = terminal.child.kill();
}
