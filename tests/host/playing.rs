//! A game over SSH: private screens, lost connections, a host that is killed, one folder for one host.

use crate::client::Client;
use crate::hosted::{Hosted, planted, secret};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

const SEATS: [&str; 3] = ["dprk", "rok", "us"];

/// Seals whatever is drafted, however often something is asked, until the seat has nothing left to decide.
fn seal(client: &mut Client) {
    client.until_asked();
    client.press("3s");
    client.until("y yes");
    client.press("y");
    client.until_it("the others decide", |screen| !screen.contents().contains("y yes"));
}

/// Everything that came to a terminal, as bytes and as they were drawn.
fn ever_shown(client: &Client, text: &str) -> bool {
    let bytes = client.bytes();
    if bytes.windows(text.len()).any(|window| window == text.as_bytes()) {
        return true;
    }
    // Frames send only what changed, so a text may be put together on the screen alone.
    let mut parser = vt100::Parser::new(24.try_into().expect("rows"), 80.try_into().expect("columns"), 0);
    bytes.chunks(64).any(|chunk| {
        parser.process(chunk);
        parser.screen().contents().contains(text)
    })
}

#[test]
fn three_people_play_turns_and_none_ever_sees_what_only_another_may_know() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = planted(folder.path());
    let save = folder.path().join("exercise");
    let mut host = Hosted::start(&[
        scenario.to_str().expect("text"),
        "--seed",
        "7",
        "--save",
        save.to_str().expect("text"),
    ]);
    let mut clients: Vec<Client> = SEATS.iter().map(|seat| host.seated(seat)).collect();
    for _ in 0..4 {
        for client in &mut clients {
            seal(client);
        }
        for client in &mut clients {
            client.until_asked();
            // Every screen is looked at.
            client.press("1\x1b[6~2\x1b[6~4\x1b[6~5\x1b[6~?");
            client.until("Esc");
            client.press("q");
        }
    }
    for (seat, client) in SEATS.iter().zip(&mut clients) {
        client.press("1\x1b[H");
        client.until("[1 Briefing]");
        for other in SEATS {
            let shown = ever_shown(client, &secret(other));
            assert_eq!(shown, *seat == other, "the secret of {other} at {seat}");
        }
    }
    // What is kept is for its owner alone, and holds no passcode.
    for name in ["game.journal", "host_key", "host.log"] {
        let path = save.join(name);
        let mode =
            std::fs::metadata(&path).unwrap_or_else(|error| panic!("{name}: {error}")).permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let log = std::fs::read_to_string(save.join("host.log")).expect("a log");
    assert!(log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{log}");
    assert!(log.contains(r#""entered":{"seat":"rok","by":"passcode"}"#), "{log}");
}

#[test]
fn a_killed_host_is_resumed_with_every_seat_and_the_same_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let save = folder.path().join("exercise");
    let save = save.to_str().expect("text");
    let mut host =
        Hosted::start(&["august-2015", "--seat", "rok", "--seat", "us", "--seed", "7", "--save", save]);
    let key = fingerprint(&mut host, save);
    let mut rok = host.seated("rok");
    let mut us = host.seated("us");
    for _ in 0..2 {
        seal(&mut rok);
        seal(&mut us);
        rok.until_asked();
        us.until_asked();
    }
    rok.press("2\x1b[H");
    rok.until("[2 Situation]");
    let before = when(&mut rok);
    host.signal("-KILL");
    host.wait();
    rok.until_closed();

    let mut host = Hosted::start(&["--resume", save]);
    assert_eq!(fingerprint(&mut host, save), key, "participants know the host again");
    let mut rok = host.seated("rok");
    let mut us = host.seated("us");
    rok.press("2\x1b[H");
    rok.until("[2 Situation]");
    assert_eq!(when(&mut rok), before, "the game stands where it stood");
    seal(&mut rok);
    seal(&mut us);
    rok.until_asked();

    // The game can be ended in order as well, and says how it goes on.
    host.signal("-INT");
    rok.until_closed();
    assert!(rok.text().contains("The host has ended the session."));
    assert!(!rok.screen().alternate_screen() && !rok.screen().hide_cursor());
    host.line("go on with: offramp host --resume");
    assert_eq!(host.wait().code(), Some(130));
    let verified = offramp(&["replay", &format!("{save}/game.journal"), "--verify"]);
    assert!(verified.status.success(), "{verified:?}");
}

/// The line that tells day and time.
fn when(client: &mut Client) -> String {
    client.text().lines().next().unwrap_or_default().split("ASKED").next().unwrap_or_default().to_owned()
}

fn fingerprint(host: &mut Hosted, save: &str) -> String {
    // The first line has been read for its address; the key stands in the folder.
    host.line("Each passcode opens its seat once");
    std::fs::read_to_string(Path::new(save).join("host_key")).expect("a key")
}

fn offramp(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_offramp")).args(arguments).output().expect("it runs")
}

#[test]
fn a_draft_outlives_the_connection() {
    let mut host = Hosted::start(&["august-2015", "--seat", "rok", "--seed", "7"]);
    let code = host.passcode("rok");
    let mut client = Client::enter(host.port, "rok", &code).expect("it is right");
    let next = client.reentry();
    client.press("\r");
    client.until("You are");
    // To the orders, with a call on the way if one is asked for.
    while !client.text().contains("[3 Orders]") {
        seal(&mut client);
        client.until_asked();
        client.press("3");
        client.until("[3 ");
    }
    client.press("\x1b[B\r");
    client.until("> [x] r0");
    let drafted = client.text();
    client.cut();
    host.line("rok lost its connection");
    let mut client = Client::enter(host.port, "rok", &next).expect("it is right");
    client.until("Enter goes on");
    client.press("\r");
    client.until("[3 Orders]");
    assert_eq!(client.text(), drafted);
}

#[test]
fn a_folder_has_one_host_and_one_game() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("exercise");
    let save = path.to_str().expect("text");
    let host = Hosted::start(&["august-2015", "--seat", "rok", "--seed", "7", "--save", save]);
    for arguments in [["august-2015", "--save", save], ["--listen=127.0.0.1:0", "--resume", save]] {
        let output = offramp(&[&["host"][..], &arguments].concat());
        assert_eq!(output.status.code(), Some(75), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("is using it"));
    }
    let port = format!("127.0.0.1:{}", host.port);
    let taken = offramp(&["host", "august-2015", "--listen", &port]);
    assert_eq!(taken.status.code(), Some(74));
    assert!(String::from_utf8_lossy(&taken.stderr).contains("cannot listen at 127.0.0.1:"));
    drop(host);
    let again = offramp(&["host", "august-2015", "--save", save]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("holds a game already; `--resume"));
    let empty = offramp(&["host", "--resume", folder.path().to_str().expect("text")]);
    assert_eq!(empty.status.code(), Some(2));
    std::fs::write(path.join("host_key"), "no key").expect("written");
    let key = offramp(&["host", "--listen", "127.0.0.1:0", "--resume", save]);
    assert_eq!(key.status.code(), Some(65));
    assert!(String::from_utf8_lossy(&key.stderr).contains("is no private key"));
}

#[test]
fn a_disk_that_fills_up_is_told_to_everybody_and_the_game_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let save = folder.path().join("exercise");
    let mut host = Hosted::start(&[
        "august-2015",
        "--seat",
        "rok",
        "--seed",
        "7",
        "--save",
        save.to_str().expect("text"),
    ]);
    let mut rok = host.seated("rok");
    // From here on no file of the host may grow beyond what it is.
    let length = std::fs::metadata(save.join("game.journal")).expect("a journal").len();
    host.limit_files(length + 10);
    seal(&mut rok);
    rok.until_asked();
    rok.until("is not saved");
    host.line("The game goes on, and is not saved: cannot write");
    host.limit_files(1 << 40);
    seal(&mut rok);
    rok.until_asked();
    host.signal("-INT");
    host.wait();
    let verified = offramp(&["replay", save.join("game.journal").to_str().expect("text"), "--verify"]);
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
fn an_adviser_sees_what_the_seat_sees_and_seals_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let save = folder.path().join("exercise");
    let save = save.to_str().expect("text");
    let arguments = ["august-2015", "--seat", "rok", "--adviser", "rok=lee", "--seed", "7", "--save", save];
    let mut host = Hosted::start(&arguments);
    let (lead, adviser) = (host.line("rok "), host.line("rok:lee "));
    assert!(lead.contains(" rok@") && adviser.contains(" rok@"), "both type the seat's name");
    let code = |line: &str| line.split_whitespace().nth(1).expect("a passcode").to_owned();
    let mut lee = Client::enter(host.port, "rok", &code(&adviser)).expect("it is right");
    lee.until("You advise at a seat, as `rok:lee`.");
    lee.press("\r");
    lee.until_asked();
    // The header: who reads it, then what both must see alike.
    let header = |client: &mut Client| {
        let line = client.text().lines().next().unwrap_or_default().to_owned();
        let (reader, rest) = line.split_once(" · ").expect("the header has parts");
        (reader.to_owned(), rest.to_owned())
    };
    let asked = |client: &mut Client| header(client).1;
    let before = asked(&mut lee);
    assert_eq!(header(&mut lee).0, "You advise South Korea");
    lee.press("3s");
    std::thread::sleep(std::time::Duration::from_millis(300));
    lee.press("y");
    let mut lead = Client::enter(host.port, "rok", &code(&lead)).expect("it is right");
    lead.until("You sit at the seat `rok`.");
    lead.press("\r");
    lead.until_asked();
    assert_eq!(
        header(&mut lead),
        ("You are South Korea".to_owned(), before.clone()),
        "the adviser moved nobody"
    );
    seal(&mut lead);
    lead.until_asked();
    lee.until_asked();
    assert_ne!(asked(&mut lead), before);
    assert_eq!(asked(&mut lee), asked(&mut lead), "what the lead sealed moved both");
    host.wish("us");
    host.line(" us@");
    host.signal("-KILL");
    host.wait();
    let mut host = Hosted::start(&["--resume", save]);
    host.line("rok:lee ");
}
