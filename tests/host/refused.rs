//! What is not offered: commands, files, forwarding of any kind, a second screen.

use crate::client::{Client, RUNTIME, connect};
use crate::hosted::Hosted;
use russh::ChannelMsg;

#[test]
fn no_command_file_transfer_or_forwarding_is_to_be_had() {
    let mut host = Hosted::start(&["august-2015", "--seat", "rok", "--seed", "7"]);
    let code = host.passcode("rok");
    RUNTIME.block_on(async {
        let mut session = connect(host.port).await.expect("it listens");
        assert!(session.authenticate_password("rok", &code).await.expect("an answer").success());
        assert!(session.channel_open_direct_tcpip("127.0.0.1", 22, "127.0.0.1", 1).await.is_err());
        assert!(session.channel_open_direct_streamlocal("/tmp/x").await.is_err());
        assert!(session.tcpip_forward("127.0.0.1", 0).await.is_err());
        assert!(session.streamlocal_forward("/tmp/x").await.is_err());
        let mut channel = session.channel_open_session().await.expect("one is allowed");
        assert!(session.channel_open_session().await.is_err(), "a second is not");
        channel.exec(true, "id").await.expect("sent");
        assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
        channel.request_subsystem(true, "sftp").await.expect("sent");
        assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
        channel.request_x11(true, false, "MIT-MAGIC-COOKIE-1", "00", 0).await.expect("sent");
        assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
        channel.agent_forward(true).await.expect("sent");
        assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
    });
    for request in [
        "a command",
        "a subsystem",
        "windows (X11)",
        "a forwarded agent",
        "a forwarded port",
        "a forwarded socket",
    ] {
        host.line(&format!("denied {request}"));
    }
    // The passcode was not used for a screen, so it still opens one.
    let mut client = loop {
        if let Some(client) = Client::enter(host.port, "rok", &code) {
            break client;
        }
    };
    client.until("Enter goes on");
}

#[test]
fn who_asks_without_a_terminal_is_told_so() {
    let mut host = Hosted::start(&["august-2015", "--seat", "rok", "--seed", "7"]);
    let code = host.passcode("rok");
    for term in [None, Some("dumb")] {
        let said = RUNTIME.block_on(async {
            let mut session = connect(host.port).await.expect("it listens");
            while !session.authenticate_password("rok", &code).await.expect("an answer").success() {}
            let mut channel = session.channel_open_session().await.expect("a channel");
            if let Some(term) = term {
                channel.request_pty(false, term, 80, 24, 0, 0, &[]).await.expect("sent");
            }
            channel.request_shell(false).await.expect("sent");
            let mut said = Vec::new();
            while let Some(message) = channel.wait().await {
                match message {
                    ChannelMsg::Data { data } => said.extend_from_slice(&data),
                    ChannelMsg::ExitStatus { exit_status } => assert_eq!(exit_status, 2),
                    _ => {}
                }
            }
            String::from_utf8(said).expect("text")
        });
        assert_eq!(said, "offramp shows screens: connect with a terminal (ssh -t, TERM not dumb).\r\n");
    }
    host.line("refused 'rok': no terminal that shows screens");
}
