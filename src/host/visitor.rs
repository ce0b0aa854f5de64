//! One connection as the protocol sees it: it may name a seat, prove its right to it, and sit down. Nothing else is
//! offered: no shell, no command, no file, no forwarding of anything.

use super::Hall;
use super::door::{Stage, Visit};
use super::limits;
use super::note::{Happened, Proof, Refusal, clipped};
use super::outlet::Outlet;
use super::roster::Pass;
use super::station::{Arrival, Knock};
use crate::tui::{Remote, Theme};
use russh::keys::PublicKey;
use russh::server::{Auth, ChannelOpenHandle, Handler, Msg, PublicKeyOffer, Session, VerifiedPublicKey};
use russh::{Channel, ChannelId, Error, Pty};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

/// What a client reads before it is asked for a passcode.
const BANNER: &str = "offramp: your user name is your seat. A passcode opens it once.\r\n";
/// What a client reads that has no terminal.
const NO_TERMINAL: &str = "offramp shows screens: connect with a terminal (ssh -t, TERM not dumb).\r\n";

/// A connection.
pub(super) struct Visitor {
    hall: Arc<Hall>,
    from: SocketAddr,
    visit: Visit,
    line: AbortHandle,
    tries: usize,
    offers: usize,
    denied: usize,
    pass: Option<(Pass, Proof)>,
    channel: Option<ChannelId>,
    terminal: Option<(u32, u32)>,
    theme: Theme,
    seated: Option<Seated>,
}

/// A connection's tie to its station; the station notices when it breaks.
struct Seated {
    inbox: mpsc::Sender<Knock>,
    _here: oneshot::Sender<()>,
}

impl Visitor {
    pub fn new(hall: Arc<Hall>, from: SocketAddr, visit: Visit, line: AbortHandle) -> Self {
        Visitor {
            hall,
            from,
            visit,
            line,
            tries: 0,
            offers: 0,
            denied: 0,
            pass: None,
            channel: None,
            terminal: None,
            theme: Theme::colour(),
            seated: None,
        }
    }

    fn note(&self, what: Happened) {
        self.hall.notes.add(Some(self.from), what);
    }

    fn refuse(&self, user: &str, why: Refusal) {
        self.note(Happened::Refused { user: clipped(user), why });
    }

    /// Notes that something was asked for which is not offered; who keeps asking is closed.
    fn deny(&mut self, request: &'static str) -> Result<(), Error> {
        self.denied += 1;
        if self.denied > limits::DENIALS {
            return Err(Error::Disconnect);
        }
        self.note(Happened::Denied { request });
        Ok(())
    }

    /// Denies a request on a channel.
    fn deny_on(
        &mut self,
        channel: ChannelId,
        request: &'static str,
        session: &mut Session,
    ) -> Result<(), Error> {
        session.channel_failure(channel)?;
        self.deny(request)
    }

    async fn knock(&self, knock: Knock) {
        if let Some(seated) = &self.seated {
            // A station ends with the host alone.
            let _ = seated.inbox.send(knock).await;
        }
    }
}

impl Handler for Visitor {
    type Error = Error;

    async fn authentication_banner(&mut self) -> Result<Option<String>, Error> {
        self.visit.advance(Stage::Unnamed);
        Ok(Some(BANNER.to_owned()))
    }

    async fn auth_password(&mut self, user: &str, password: &str) -> Result<Auth, Error> {
        let asked = Instant::now();
        self.tries += 1;
        if let Some(pass) = self.hall.roster.admit(user, password) {
            self.pass = Some((pass, Proof::Passcode));
            return Ok(Auth::Accept);
        }
        // The same words and the same time whether the seat, the passcode or both are wrong.
        self.refuse(user, Refusal::Passcode);
        sleep_until(asked + self.hall.suspects.wrong(self.from.ip())).await;
        if self.tries >= limits::TRIES {
            self.refuse(user, Refusal::TooManyTries);
            return Err(Error::Disconnect);
        }
        // Without a word on how to go on, the protocol library offers no second try.
        Ok(Auth::Reject { proceed_with_methods: Some(self.hall.methods()), partial_success: false })
    }

    async fn auth_publickey_offered(&mut self, user: &str, offer: PublicKeyOffer<'_>) -> Result<Auth, Error> {
        self.offers += 1;
        if self.offers > limits::OFFERS {
            self.refuse(user, Refusal::TooManyTries);
            return Err(Error::Disconnect);
        }
        Ok(if self.hall.roster.knows(user, offer.public_key) { Auth::Accept } else { Auth::reject() })
    }

    async fn auth_publickey(&mut self, user: &str, key: VerifiedPublicKey<'_>) -> Result<Auth, Error> {
        let key: &PublicKey = key.public_key;
        match self.hall.roster.admit_key(user, key) {
            Some(pass) => {
                self.pass = Some((pass, Proof::PublicKey));
                Ok(Auth::Accept)
            }
            None => Ok(Auth::reject()),
        }
    }

    async fn auth_succeeded(&mut self, _: &mut Session) -> Result<(), Error> {
        self.visit.advance(Stage::Admitted);
        Ok(())
    }

    async fn channel_open_session(
        &mut self,
        channel: Channel<Msg>,
        reply: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Error> {
        if self.channel.is_some() {
            return self.deny("a second channel");
        }
        // What the channel would keep for a reader comes to `data` as well, which is enough.
        self.channel = Some(channel.id());
        reply.accept().await;
        Ok(())
    }

    async fn channel_open_x11(
        &mut self,
        _: Channel<Msg>,
        _: &str,
        _: u32,
        _: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Error> {
        self.deny("windows (X11)")
    }

    async fn channel_open_direct_tcpip(
        &mut self,
        _: Channel<Msg>,
        _: &str,
        _: u32,
        _: &str,
        _: u32,
        _: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Error> {
        self.deny("a forwarded port")
    }

    async fn channel_open_forwarded_tcpip(
        &mut self,
        _: Channel<Msg>,
        _: &str,
        _: u32,
        _: &str,
        _: u32,
        _: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Error> {
        self.deny("a forwarded port")
    }

    async fn channel_open_direct_streamlocal(
        &mut self,
        _: Channel<Msg>,
        _: &str,
        _: ChannelOpenHandle,
        _: &mut Session,
    ) -> Result<(), Error> {
        self.deny("a forwarded socket")
    }

    async fn tcpip_forward(&mut self, _: &str, _: &mut u32, _: &mut Session) -> Result<bool, Error> {
        self.deny("a forwarded port").map(|()| false)
    }

    async fn streamlocal_forward(&mut self, _: &str, _: &mut Session) -> Result<bool, Error> {
        self.deny("a forwarded socket").map(|()| false)
    }

    async fn agent_request(&mut self, _: ChannelId, _: &mut Session) -> Result<bool, Error> {
        self.deny("a forwarded agent").map(|()| false)
    }

    async fn x11_request(
        &mut self,
        channel: ChannelId,
        _: bool,
        _: &str,
        _: &str,
        _: u32,
        session: &mut Session,
    ) -> Result<(), Error> {
        self.deny_on(channel, "windows (X11)", session)
    }

    async fn exec_request(
        &mut self,
        channel: ChannelId,
        _: &[u8],
        session: &mut Session,
    ) -> Result<(), Error> {
        self.deny_on(channel, "a command", session)
    }

    async fn subsystem_request(
        &mut self,
        channel: ChannelId,
        _: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        self.deny_on(channel, "a subsystem, such as file transfer", session)
    }

    async fn env_request(
        &mut self,
        channel: ChannelId,
        name: &str,
        value: &str,
        session: &mut Session,
    ) -> Result<(), Error> {
        if name != "NO_COLOR" {
            // Clients send what they are set up to send; that it is of no use here is nothing to note.
            return session.channel_failure(channel);
        }
        if !value.is_empty() {
            self.theme = Theme::mono();
        }
        session.channel_success(channel)
    }

    async fn pty_request(
        &mut self,
        channel: ChannelId,
        term: &str,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &[(Pty, u32)],
        session: &mut Session,
    ) -> Result<(), Error> {
        if term.is_empty() || term == "dumb" {
            return session.channel_failure(channel);
        }
        self.terminal = Some((columns, rows));
        session.channel_success(channel)
    }

    async fn window_change_request(
        &mut self,
        _: ChannelId,
        columns: u32,
        rows: u32,
        _: u32,
        _: u32,
        _: &mut Session,
    ) -> Result<(), Error> {
        self.terminal = self.terminal.map(|_| (columns, rows));
        self.knock(Knock::Resize(self.visit.number(), columns, rows)).await;
        Ok(())
    }

    async fn shell_request(&mut self, channel: ChannelId, session: &mut Session) -> Result<(), Error> {
        let Some((columns, rows)) = self.terminal else {
            session.channel_success(channel)?;
            if let Some((pass, _)) = &self.pass {
                self.refuse(&self.hall.roster.name(pass.place()), Refusal::NoTerminal);
            }
            session.data(channel, NO_TERMINAL.as_bytes())?;
            session.exit_status_request(channel, 2)?;
            return session.close(channel);
        };
        let Some((pass, proof)) = self.pass.take() else {
            return self.deny_on(channel, "a second screen", session);
        };
        session.channel_success(channel)?;
        self.visit.advance(Stage::Seated);
        let place = pass.place();
        let inbox = self.hall.stations[place].clone();
        let (here, gone) = oneshot::channel();
        self.note(Happened::Entered { seat: self.hall.roster.name(place), by: proof });
        let arrival = Arrival {
            visit: self.visit.number(),
            from: self.from,
            remote: Remote::new(columns, rows),
            theme: self.theme,
            code: pass.spend(),
            outlet: Outlet::new(session.handle(), channel, self.line.clone()),
            gone,
        };
        self.seated = Some(Seated { inbox, _here: here });
        self.knock(Knock::Enter(Box::new(arrival))).await;
        Ok(())
    }

    async fn data(&mut self, _: ChannelId, data: &[u8], _: &mut Session) -> Result<(), Error> {
        self.knock(Knock::Bytes(self.visit.number(), data.to_vec())).await;
        Ok(())
    }

    async fn channel_eof(&mut self, _: ChannelId, _: &mut Session) -> Result<(), Error> {
        self.seated = None;
        Ok(())
    }

    async fn channel_close(&mut self, _: ChannelId, _: &mut Session) -> Result<(), Error> {
        self.seated = None;
        Ok(())
    }
}
