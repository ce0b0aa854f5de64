//! What one connection, one address and all of them may cost. Each number is generous to a person who types.

use std::time::Duration;

/// Connections that have not finished the handshake; beyond that the one that waits longest goes.
pub const UNGREETED: usize = 256;
/// Connections that have not said yet who they are; beyond that, the same.
pub const UNNAMED: usize = 64;
/// Time for the handshake.
pub const HANDSHAKE: Duration = Duration::from_secs(20);
/// Time to type a passcode.
pub const NAMING: Duration = Duration::from_secs(120);
/// Time from the passcode to the screen.
pub const ENTERING: Duration = Duration::from_secs(20);

/// Wrong passcodes in one connection.
pub const TRIES: usize = 3;
/// Public keys that a client may offer in one connection.
pub const OFFERS: usize = 20;
/// Requests for what is not offered in one connection.
pub const DENIALS: usize = 10;
/// How long the answer to a wrong passcode takes.
pub const REFUSAL: Duration = Duration::from_secs(1);
/// How much longer it takes for each wrong passcode from the same address before, and how long at most. A right one is
/// never delayed, so people behind one address do not lock each other out.
pub const SLOWER: Duration = Duration::from_millis(500);
/// The longest answer to a wrong passcode.
pub const SLOWEST: Duration = Duration::from_secs(10);
/// How long an address is remembered after its last wrong passcode.
pub const MEMORY: Duration = Duration::from_secs(600);
/// Addresses that are remembered.
pub const ADDRESSES: usize = 1024;

/// Bytes a second that are read from a connection: a fast typist sends a tenth of it.
pub const INFLOW: u32 = 16 * 1024;
/// Bytes that are read at once after a pause.
pub const BURST: u32 = 64 * 1024;
/// Bytes on their way between the socket and the protocol, in each direction.
pub const PIPE: usize = 32 * 1024;
/// Bursts of keys on their way to a seat.
pub const INBOX: usize = 32;
/// The longest packet of the protocol that a client is told to send.
pub const PACKET: u32 = 32 * 1024;
/// Bytes that a client may send before they are taken in.
pub const WINDOW: u32 = 64 * 1024;

/// The least time between two frames of a seat.
pub const FRAME: Duration = Duration::from_millis(25);
/// The least time between two frames in which the size changes: they draw everything.
pub const RESIZE: Duration = Duration::from_millis(200);
/// How long an escape waits for the rest of a longer key.
pub const PAUSE: Duration = Duration::from_millis(60);
/// How long a client may take none of what is sent to it.
pub const STUCK: Duration = Duration::from_secs(30);
/// How long a silent client is left alone before it is asked whether it is there.
pub const KEEPALIVE: Duration = Duration::from_secs(15);
/// Questions without an answer before a client counts as gone.
pub const UNANSWERED: usize = 3;
/// How long a farewell may take.
pub const FAREWELL: Duration = Duration::from_secs(3);
