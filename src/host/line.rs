//! One connection's bytes, carried between the socket and the protocol at a bounded pace.
//!
//! The protocol library sees one end of a pipe. What stands between it and the socket reads no faster than a person
//! could have typed many times over, gives up on a client that takes nothing, and can be cut at any moment: all that
//! belongs to the connection ends then.

use super::limits;
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

/// Carries bytes until either end closes or the client takes none for too long.
pub(super) async fn carry(socket: TcpStream, protocol: DuplexStream) -> io::Result<()> {
    // Keys are small and wanted at once.
    socket.set_nodelay(true)?;
    let (mut from_client, mut to_client) = socket.into_split();
    let (mut from_protocol, mut to_protocol) = tokio::io::split(protocol);
    let inward = async {
        let mut allowance = Allowance::full();
        let mut buffer = [0; 4096];
        loop {
            let count = from_client.read(&mut buffer).await?;
            if count == 0 {
                return to_protocol.shutdown().await;
            }
            allowance.spend(count as u32).await;
            to_protocol.write_all(&buffer[..count]).await?;
        }
    };
    let outward = async {
        let mut buffer = [0; 8192];
        loop {
            let count = from_protocol.read(&mut buffer).await?;
            if count == 0 {
                return to_client.shutdown().await;
            }
            timeout(limits::STUCK, to_client.write_all(&buffer[..count])).await??;
        }
    };
    tokio::pin!(inward, outward);
    tokio::select! {
        done = &mut outward => done,
        // What the protocol still has to say to a client that said its last is said.
        done = &mut inward => { done?; outward.await }
    }
}

/// What may still be read now; it grows with time.
struct Allowance {
    bytes: u32,
    since: Instant,
}

impl Allowance {
    fn full() -> Self {
        Allowance { bytes: limits::BURST, since: Instant::now() }
    }

    /// Waits until so many bytes may be read.
    async fn spend(&mut self, bytes: u32) {
        let now = Instant::now();
        let grown = now.duration_since(self.since).as_millis() * u128::from(limits::INFLOW) / 1000;
        if grown > 0 {
            let grown = u32::try_from(grown).unwrap_or(u32::MAX);
            self.bytes = self.bytes.saturating_add(grown).min(limits::BURST);
            self.since = now;
        }
        if let Some(left) = self.bytes.checked_sub(bytes) {
            self.bytes = left;
        } else {
            let missing = u64::from(bytes - self.bytes);
            sleep(Duration::from_millis(missing * 1000 / u64::from(limits::INFLOW))).await;
            self.bytes = 0;
            self.since = Instant::now();
        }
    }
}
