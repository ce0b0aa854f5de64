//! Who gets in, and who does not.

use crate::client::{Client, Setup, accepts, by_key};
use crate::hosted::Hosted;
use russh::keys::{Algorithm, PrivateKey};
use std::time::Instant;

const GAME: &[&str] = &["august-2015", "--seat", "rok", "--seat", "dprk", "--seed", "7"];

#[test]
fn a_passcode_opens_its_seat_once_and_the_next_one_brings_back() {
    let mut host = Hosted::start(GAME);
    let code = host.passcode("rok");
    let other = host.passcode("dprk");
    assert!(!accepts(host.port, "rok", &other), "another seat's");
    assert!(!accepts(host.port, "rok", "0000-0000-0000"), "a wrong one");
    assert!(!accepts(host.port, "nobody", &code), "no such seat");
    assert!(!accepts(host.port, "rok", ""), "none");
    host.line("refused 'nobody': wrong passcode or seat");

    let mut first =
        Client::enter(host.port, "rok", &code.to_lowercase().replace('-', "")).expect("however typed");
    let next = first.reentry();
    assert!(first.screen().alternate_screen());
    host.line("rok entered by passcode");
    first.press("\r");
    first.until("You are");

    // Whoever replays the passcode does not get in, and the seat does not notice.
    assert!(!accepts(host.port, "rok", &code), "replayed while the seat is taken");
    assert!(!first.is_closed());
    first.press("2");
    first.until("[2 Situation]");
    first.cut();
    host.line("rok lost its connection");
    assert!(!accepts(host.port, "rok", &code), "replayed once the seat is free");

    let mut back = Client::enter(host.port, "rok", &next).expect("the next one opens");
    assert_ne!(back.reentry(), next);
    back.press("\r");
    back.until("[2 Situation]");
}

#[test]
fn a_seat_that_is_entered_again_by_right_leaves_the_first_connection() {
    let mut host = Hosted::start(GAME);
    let code = host.passcode("rok");
    let mut first = Client::enter(host.port, "rok", &code).expect("it is right");
    let next = first.reentry();
    first.press("\r");
    first.until("You are");
    let mut second = Client::enter(host.port, "rok", &next).expect("it is right");
    second.until("Enter goes on");
    first.until_closed();
    assert!(first.text().contains("This seat was entered from elsewhere."));
    assert!(!first.screen().alternate_screen() && !first.screen().hide_cursor());
    host.line("rok was entered from elsewhere");

    // A lost passcode is replaced by whoever runs the host, and no longer opens.
    let lost = second.reentry();
    host.wish("rok");
    let fresh = host.passcode("rok");
    assert!(!accepts(host.port, "rok", &lost));
    assert!(!second.is_closed());
    let mut third = Client::enter(host.port, "rok", &fresh).expect("it is right");
    third.until("Enter goes on");
    second.until_closed();
    host.wish("rook");
    host.line("no seat is called `rook` (seats: ");
}

#[test]
fn a_passcode_counts_again_if_the_connection_never_came_to_the_screen() {
    let mut host = Hosted::start(GAME);
    let code = host.passcode("rok");
    assert!(accepts(host.port, "rok", &code), "and nothing follows");
    let mut client = loop {
        // The host has to notice first that the other connection is gone.
        if let Some(client) = Client::enter(host.port, "rok", &code) {
            break client;
        }
    };
    client.until("Enter goes on");
}

#[test]
fn leaving_gives_the_terminal_back_and_tells_how_to_return() {
    let mut host = Hosted::start(GAME);
    let mut client = host.seated("rok");
    client.press("q");
    client.until("y yes");
    client.press("y");
    client.until_closed();
    assert_eq!(client.status(), Some(0));
    let screen = client.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    let text = client.text();
    let (_, code) = text.split_once("Come back with the passcode ").expect("how to return");
    let mut back = Client::enter(host.port, "rok", code.trim()).expect("it is right");
    back.until("Enter goes on");
    host.line("rok left");
}

#[test]
fn a_public_key_opens_its_seat_any_time_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut luck = rand::rng();
    let mut key = || PrivateKey::random(&mut luck, Algorithm::Ed25519).expect("a key");
    let (own, stranger) = (key(), key());
    let file = folder.path().join("keys");
    let line = own.public_key().to_openssh().expect("text");
    std::fs::write(&file, format!("# lab machines\nrok {line} laptop-3\n")).expect("written");
    let file = file.to_str().expect("text");
    let mut host = Hosted::start(&[GAME, &["--authorized-keys", file]].concat());
    host.passcode("dprk");
    assert!(!host.has_told(" rok@"), "a seat with a key gets no passcode");
    assert!(by_key(host.port, "rok", &stranger).is_none());
    assert!(by_key(host.port, "dprk", &own).is_none());
    for _ in 0..2 {
        let session = by_key(host.port, "rok", &own).expect("it is the seat's");
        let mut client = Client::open(session, Setup::default());
        client.until("You are");
        host.line("rok entered by public key");
    }
    host.wish("rok");
    let code = host.passcode("rok");
    assert!(accepts(host.port, "rok", &code), "but one may be asked for");

    std::fs::write(folder.path().join("bad"), "rok ssh-ed25519 nonsense\n").expect("written");
    let bad = folder.path().join("bad");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_offramp"))
        .args(["host", "august-2015", "--authorized-keys", bad.to_str().expect("text")])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 1: expected SEAT and a public key"));
}

#[test]
fn wrong_passcodes_are_few_in_a_connection_and_each_is_slower() {
    let mut host = Hosted::start(GAME);
    let mut waits = Vec::new();
    crate::client::RUNTIME.block_on(async {
        let mut session = crate::client::connect(host.port).await.expect("it listens");
        loop {
            let asked = Instant::now();
            match session.authenticate_password("rok", "0000-0000-0000").await {
                Ok(result) => assert!(!result.success(), "let in"),
                Err(_) => break,
            }
            waits.push(asked.elapsed());
        }
    });
    // The third closes the connection, which a client may or may not take for an answer.
    assert!((2..=3).contains(&waits.len()), "{waits:?}");
    assert!(waits[0].as_millis() >= 900, "{waits:?}");
    assert!(waits.is_sorted(), "{waits:?}");
    host.line("refused 'rok': too many tries");
}
