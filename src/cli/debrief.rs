//! The debrief of one recorded game, for `offramp report`.

use super::exit::{Exit, Failure};
use super::recorded::{Recorded, Work};
use crate::report::{Document, debrief};
use crate::session::butfor::{Choice, games, of_game};
use crate::session::peers::{peers, place};
use crate::vocabulary::Rung;
use std::path::Path;

/// How a debrief is made; a sweep has no use for it.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Debriefing {
    #[command(flatten)]
    work: Work,
    /// Automated games of the same scenario and settings that a game is placed among.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    among: u64,
    /// The lowest rung of an ordered act that has a row in the but-for table; the rung from which the scenario calls a
    /// crisis hot unless given.
    #[arg(long, value_name = "RUNG", value_parser = clap::value_parser!(u8).range(0..=13))]
    from_rung: Option<u8>,
    /// The most rows of the but-for table; 0 leaves it out.
    #[arg(long, value_name = "N", default_value_t = 24)]
    rows: usize,
}

impl Debriefing {
    /// The document.
    pub fn document(&self, path: &Path, bytes: &[u8]) -> Result<Document, Failure> {
        let Recorded { moments, game, chronicle, seed } = Recorded::of(path, bytes)?;
        let Some(mut told) = chronicle.debrief(&game) else {
            let why = "the game is unfinished: play it on, or end it at control's desk (E); the debrief comes after the end";
            return Err(Failure::new(Exit::NotSo, format!("'{}': {why}", path.display())));
        };
        let among =
            self.work.watched(self.among, |watch| peers(&game, seed, self.among, self.work.threads(), watch));
        if let Some(among) = among {
            place(&mut told, &game, &among);
        }
        if self.rows > 0 {
            let choice = Choice { from: self.from_rung.map(Rung), most: self.rows };
            let effort = self.work.effort();
            let total = games(&moments.decisive(&game, &choice).0, effort);
            told.but_for = self.work.watched(total, |watch| of_game(&moments, &game, &choice, effort, watch));
        }
        Ok(debrief::document(&told))
    }
}
