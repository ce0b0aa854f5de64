//! The way out to one client: one frame at a time, so that none is ever old.

use super::limits;
use russh::ChannelId;
use russh::server::Handle;
use tokio::sync::mpsc::{OwnedPermit, Receiver, Sender, channel};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

/// What goes out.
enum Sent {
    Frame(Vec<u8>),
    /// The last words, and the exit status that the client is told.
    Farewell(Vec<u8>, u32),
}

/// A place for the next frame. A frame is drawn once there is room for it: while a slow client takes the last one,
/// nothing piles up.
#[derive(Debug)]
pub(super) struct Outlet(Sender<Sent>);

/// Room for one frame.
pub(super) struct Room(OwnedPermit<Sent>);

impl Room {
    pub fn fill(self, frame: Vec<u8>) {
        if !frame.is_empty() {
            self.0.send(Sent::Frame(frame));
        }
    }
}

impl Outlet {
    /// The way out through a channel of a session; `line` carries its bytes and is cut when the client is stuck.
    pub fn new(session: Handle, id: ChannelId, line: AbortHandle) -> Self {
        let (send, receive) = channel(1);
        tokio::spawn(async move {
            // A client that hangs keeps nothing but its own line.
            write(receive, &session, id).await;
            line.abort();
        });
        Outlet(send)
    }

    /// Waits until a frame can be sent; nothing if the client is gone.
    pub fn room(&self) -> impl Future<Output = Option<Room>> + use<> {
        let send = self.0.clone();
        async { send.reserve_owned().await.ok().map(Room) }
    }

    /// Says farewell and closes, without waiting for it.
    pub fn close(self, words: Vec<u8>, status: u32) {
        tokio::spawn(async move {
            // A client that takes no last words goes without.
            let _ = timeout(limits::FAREWELL, self.0.send(Sent::Farewell(words, status))).await;
        });
    }
}

async fn write(mut receive: Receiver<Sent>, session: &Handle, id: ChannelId) {
    while let Some(sent) = receive.recv().await {
        match sent {
            Sent::Frame(frame) => {
                if !matches!(timeout(limits::STUCK, session.data(id, frame)).await, Ok(Ok(()))) {
                    return;
                }
            }
            Sent::Farewell(words, status) => {
                let farewell = async {
                    session.data(id, words).await.map_err(|_| ())?;
                    session.exit_status_request(id, status).await?;
                    session.eof(id).await?;
                    session.close(id).await
                };
                if let Ok(Ok(())) = timeout(limits::FAREWELL, farewell).await {
                    // The client closes once it has read that far.
                    sleep(limits::FAREWELL).await;
                }
                return;
            }
        }
    }
}
