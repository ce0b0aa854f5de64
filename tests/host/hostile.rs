//! Clients that mean harm, and what an honest participant notices of them: nothing.

#![expect(clippy::print_stderr, reason = "what it took is told to whoever runs these tests with --nocapture")]

use crate::client::{Client, RUNTIME, Setup, accepts, connect, middle_and_worst};
use crate::hosted::Hosted;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The longest that a key may take to be answered, whatever others do: far more than it takes, since the machine may do
/// other work and the build may lack optimisation. What it took is printed.
const NOTICED: Duration = Duration::from_secs(2);
/// Kilobytes of memory that a host may use, whatever is sent to it, in a build without optimisation.
const MEMORY: u64 = 150_000;

fn host() -> (Hosted, Client) {
    let mut host = Hosted::start(&["august-2015", "--seat", "rok", "--seat", "dprk", "--seed", "7"]);
    let honest = host.seated("rok");
    (host, honest)
}

/// Presses keys that change the screen, with breaks as a person makes them, and tells how long they took.
fn honest_keys(client: &mut Client, count: usize) -> Vec<Duration> {
    let press = |_| {
        std::thread::sleep(Duration::from_millis(30));
        client.help_latency()
    };
    (0..count).map(press).collect()
}

fn assert_unnoticed(what: &str, times: Vec<Duration>) {
    let (middle, worst) = middle_and_worst(times);
    eprintln!("{what}: a key is answered after {middle:?}, 99 of 100 within {worst:?}");
    assert!(worst < NOTICED, "{what}: {worst:?}");
}

#[test]
fn a_thousand_connections_that_never_finish_the_handshake_matter_to_nobody() {
    let (mut host, mut honest) = host();
    let code = host.passcode("dprk");
    assert_unnoticed("alone", honest_keys(&mut honest, 60));
    let before = host.memory();
    let mut half_open = Vec::new();
    for i in 0..1000 {
        let mut socket = TcpStream::connect(("127.0.0.1", host.port)).expect("it listens");
        if i % 2 == 0 {
            // It may be closed already.
            let _ = socket.write_all(b"SSH-2.0-patient\r\n");
        }
        half_open.push(socket);
    }
    assert_unnoticed("1,000 half-open connections", honest_keys(&mut honest, 60));
    let asked = Instant::now();
    let mut late = Client::enter(host.port, "dprk", &code).expect("a newcomer is let in");
    late.until("Enter goes on");
    eprintln!("a newcomer is in after {:?}; memory {before} kB, then {} kB", asked.elapsed(), host.memory());
    assert!(host.memory() < MEMORY);
    let closed = half_open.iter_mut().filter_map(|socket| {
        socket.set_read_timeout(Some(Duration::from_millis(5))).expect("a socket");
        let mut bytes = Vec::new();
        socket.read_to_end(&mut bytes).ok()
    });
    assert!(closed.count() >= 700, "the oldest are closed when their room is full");
    host.line("connections that named no seat in time");
}

#[test]
fn garbage_and_packets_of_any_size_end_their_own_connection() {
    let (host, mut honest) = host();
    let mut dice = 7u64;
    let mut ended = 0;
    for round in 0..60u32 {
        let mut socket = TcpStream::connect(("127.0.0.1", host.port)).expect("it listens");
        socket.set_read_timeout(Some(Duration::from_secs(60))).expect("a socket");
        let mut bytes: Vec<u8> = match round % 4 {
            // Not the protocol at all.
            0 => b"GET / HTTP/1.1\r\n\r\n".repeat(40),
            // A packet of four gigabytes is announced.
            1 => [&b"SSH-2.0-large\r\n"[..], &[0xff; 64]].concat(),
            // A packet of 256 kilobytes is announced, and once it is sent as well, which takes its time.
            2 => {
                let sent = if round == 2 { 262_144 } else { 10_000 };
                [&b"SSH-2.0-large\r\n"[..], &[0, 4, 0, 0, 4], &vec![20; sent]].concat()
            }
            _ => b"SSH-2.0-noise\r\n".to_vec(),
        };
        if round % 4 == 3 {
            bytes.extend((0..2000).map(|_| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (dice >> 40) as u8
            }));
        }
        // It may be closed in the middle.
        let _ = socket.write_all(&bytes);
        let _ = socket.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        match socket.read_to_end(&mut answer) {
            Ok(_) => ended += 1,
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => ended += 1,
            Err(error) => panic!("round {round} goes on: {error}"),
        }
    }
    assert_eq!(ended, 60);
    assert_unnoticed("after garbage", honest_keys(&mut honest, 40));
    assert!(host.memory() < MEMORY);
}

#[test]
fn a_flood_of_keys_pastes_and_sizes_slows_its_own_seat_alone() {
    let (mut host, mut honest) = host();
    let code = host.passcode("dprk");
    let mut flooder = Client::enter(host.port, "dprk", &code).expect("it is right");
    flooder.until("Enter goes on");
    flooder.press("\r");
    let port = host.port;
    let flood = std::thread::spawn(move || {
        let end = Instant::now() + Duration::from_secs(6);
        let keys = [
            b"\t\x1b[B\x1b[A?".repeat(400),
            vec![0x1b; 3000],
            [&b"\x1b[200~"[..], &[b'x'; 6000], b"\x1b[201~"].concat(),
        ]
        .concat();
        let mut sent = 0;
        while Instant::now() < end {
            // What finds no room waits, which is the point.
            let write =
                async { tokio::time::timeout(Duration::from_millis(200), flooder.send(&keys)).await.is_ok() };
            if RUNTIME.block_on(write) {
                sent += keys.len();
            }
            for size in 0..200 {
                let resize = async {
                    let _ =
                        tokio::time::timeout(Duration::from_millis(20), flooder.size(size * 400, size * 300))
                            .await;
                };
                RUNTIME.block_on(resize);
            }
        }
        (flooder, sent, port)
    });
    std::thread::sleep(Duration::from_millis(500));
    assert_unnoticed("beside a flood of keys and sizes", honest_keys(&mut honest, 60));
    let (flooder, sent, _) = flood.join().expect("it ends");
    eprintln!("the flood sent {sent} bytes; memory {} kB", host.memory());
    assert!(host.memory() < MEMORY);
    drop(flooder);
    assert!(!honest.is_closed());
}

#[test]
fn a_client_that_reads_nothing_holds_up_nobody() {
    let (mut host, mut honest) = host();
    let code = host.passcode("dprk");
    let before = host.memory();
    // A client whose window is closed: what is sent to it stays with the host, or rather is not drawn.
    let (deaf, channel) = RUNTIME.block_on(async {
        let config = russh::client::Config { window_size: 1, maximum_packet_size: 1, ..Default::default() };
        let handler = crate::client::Anyone;
        let mut session =
            russh::client::connect(std::sync::Arc::new(config), ("127.0.0.1", host.port), handler)
                .await
                .expect("it listens");
        assert!(session.authenticate_password("dprk", &code).await.expect("an answer").success());
        let channel = session.channel_open_session().await.expect("a channel");
        channel.request_pty(false, "xterm", 500, 200, 0, 0, &[]).await.expect("sent");
        channel.request_shell(false).await.expect("sent");
        (session, channel)
    });
    host.line("dprk entered by passcode");
    for _ in 0..20 {
        RUNTIME.block_on(async { drop(channel.data(&b"\r\t\t\t"[..]).await) });
        for (key, shown) in [("2", "[2 Situation]"), ("1", "[1 Briefing]")] {
            assert!(honest.latency(key, |text| text.contains(shown)) < NOTICED);
        }
        std::thread::sleep(Duration::from_millis(40));
    }
    assert_unnoticed("beside a client that reads nothing", honest_keys(&mut honest, 40));
    eprintln!("memory {before} kB, then {} kB", host.memory());
    assert!(host.memory() < MEMORY);
    RUNTIME.block_on(async { drop(deaf.disconnect(russh::Disconnect::ByApplication, "", "").await) });
}

#[test]
fn a_screen_of_any_told_size_is_drawn_within_limits() {
    let mut host = Hosted::start(&["august-2015", "--seat", "rok", "--seed", "7"]);
    let mut code = host.passcode("rok");
    for (columns, rows) in [(65535, 65535), (0, 0), (1, 1), (u32::MAX, 1), (300, 100)] {
        let setup = Setup { columns, rows, no_colour: false };
        let mut client = Client::enter_with(host.port, "rok", &code, setup).expect("it is right");
        if columns.min(rows) >= 24 && columns <= 300 {
            client.until("Enter goes on");
        }
        // On a screen of one cell nothing can be read, and the seat is there all the same.
        client.until_it("anything", |screen| screen.alternate_screen());
        host.line("rok entered");
        client.press("\r\t\t?");
        client.resize(120, 40);
        std::thread::sleep(Duration::from_millis(400));
        assert!(!client.is_closed(), "{columns}x{rows}");
        assert!(client.count() < 3_000_000);
        client.cut();
        host.line("rok lost its connection");
        host.wish("rok");
        code = host.passcode("rok");
    }
    assert!(host.memory() < MEMORY);
}

#[test]
fn guessing_gets_nowhere_and_shuts_out_nobody() {
    let (mut host, mut honest) = host();
    let code = host.passcode("dprk");
    let end = Instant::now() + Duration::from_secs(5);
    let port = host.port;
    let guessers: Vec<_> = (0..8)
        .map(|i| {
            std::thread::spawn(move || {
                let mut tries = 0;
                while Instant::now() < end {
                    RUNTIME.block_on(async {
                        let Ok(mut session) = connect(port).await else { return };
                        let guess = format!("{i:04}-0000-{tries:04}");
                        let patience = end.saturating_duration_since(Instant::now());
                        let answer = session.authenticate_password("dprk", guess);
                        if let Ok(Ok(result)) = tokio::time::timeout(patience, answer).await {
                            assert!(!result.success());
                            tries += 1;
                        }
                    });
                }
                tries
            })
        })
        .collect();
    assert_unnoticed("beside eight guessers", honest_keys(&mut honest, 40));
    let asked = Instant::now();
    assert!(accepts(host.port, "dprk", &code), "the right passcode is not slowed");
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
    let tries: usize = guessers.into_iter().map(|guesser| guesser.join().expect("no guess is right")).sum();
    eprintln!("eight guessers at one address were answered {tries} times in five seconds");
    assert!(tries <= 25, "{tries}");
}
