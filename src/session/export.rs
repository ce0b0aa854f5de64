//! A seat's own record of a game: its handbook and what it observed, as JSON Lines.
//!
//! It is built from that seat's observations alone. It does not resume a game, and holds no seed, no hash and no
//! count that depends on what the seat may not know: a line comes only when the seat learned or was asked something.

use super::follow::Follower;
use crate::engine::{Briefing, Game, Observation};
use crate::vocabulary::SeatId;
use serde::Serialize;

/// The version of the export's format.
const FORMAT: u32 = 1;

/// The first line.
#[derive(Serialize)]
struct Head<'a> {
    kind: &'static str,
    format: u32,
    briefing: &'a Briefing,
}

/// Every other line.
#[derive(Serialize)]
struct Seen<'a> {
    kind: &'static str,
    observation: &'a Observation,
}

/// Writes one seat's record.
#[derive(Clone, Debug)]
pub struct SeatExport {
    follower: Follower,
}

impl SeatExport {
    /// Before the first call; also gives the first line.
    pub fn begin(game: &Game, seat: SeatId) -> (SeatExport, String) {
        let follower = Follower::new(game, seat);
        let head = line(&Head { kind: "briefing", format: FORMAT, briefing: &follower.view().briefing });
        (SeatExport { follower }, head)
    }

    /// The line after a call, if there is anything in it for the seat.
    pub fn call(&mut self, game: &Game) -> Option<String> {
        let fresh = self.follower.call(game);
        self.line(fresh)
    }

    /// The line after an act of control, if there is anything in it for the seat.
    pub fn control(&mut self, game: &Game) -> Option<String> {
        let fresh = self.follower.control(game);
        self.line(fresh)
    }

    fn line(&self, fresh: bool) -> Option<String> {
        fresh.then(|| line(&Seen { kind: "observation", observation: &self.follower.view().observation }))
    }
}

fn line(content: &impl Serialize) -> String {
    serde_json::to_string(content).expect("what a seat sees is plain data")
}
