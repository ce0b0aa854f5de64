//! Incidents alone: years in which nobody orders anything, laid end to end as long as the record.

use super::courses::Trouble;
use super::replies::Replies;
use super::timeline::{Side, Timeline};
use crate::engine::{Game, Rules};
use crate::session::runner::{Table, run};
use crate::vocabulary::{DAY, RUNGS, SeatId};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::ops::Range;
use std::sync::Arc;

/// Minutes of a year of 365 days.
const YEAR: i64 = 365 * DAY as i64;

/// One simulated record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// When publicised incidents happened, over all years.
    pub minutes: Vec<i64>,
    /// Their rungs.
    pub rungs: Vec<u8>,
    /// How many in each year.
    pub yearly: Vec<i64>,
}

impl History {
    /// How many between two rungs.
    pub fn count(&self, from: u8, to: u8) -> usize {
        self.rungs.iter().filter(|rung| (from..=to).contains(rung)).count()
    }
}

/// Incidents within a window of the calendar and outside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The window's name.
    pub name: String,
    /// The part of a year that it takes.
    pub part: f64,
    /// By year, over all records: how many within, and how many outside.
    pub yearly: Vec<(i64, i64)>,
}

/// Many simulated records.
#[derive(Clone, Debug, PartialEq)]
pub struct Histories {
    /// Each of them.
    pub histories: Vec<History>,
    /// All publicised incidents by rung.
    pub by_rung: [u64; RUNGS],
    /// All years.
    pub years: f64,
    /// By window.
    pub windows: Vec<Window>,
    /// What followed.
    pub replies: Replies,
}

impl Histories {
    /// Lives through `histories` records of `years` years each.
    ///
    /// The climate is drawn anew every year, so that a year is a game of its own; gaps reach across years. Incidents
    /// pass the threshold of the news by rung, as those of the record did.
    ///
    /// # Errors
    /// If a game does not end.
    pub fn live(
        rules: &Arc<Rules>,
        sides: (&str, &str),
        seed: u64,
        histories: u64,
        years: u32,
    ) -> Result<Histories, Trouble> {
        let scenario = rules.scenario();
        let document = &scenario.document;
        let passive: Vec<(SeatId, String)> =
            scenario.players().map(|seat| (seat, "passive".to_owned())).collect();
        let mut publicised = [1.0; RUNGS];
        for rung in &document.ladder {
            publicised[usize::from(rung.rung)] = rung.publicised.share().unwrap_or(1.0);
        }
        let mut found = Histories {
            histories: Vec::new(),
            by_rung: [0; RUNGS],
            years: 0.0,
            windows: Vec::new(),
            replies: Replies::default(),
        };
        let windows: Vec<Range<i64>> =
            document.calendar.iter().map(|w| w.from.minutes().into()..w.until.minutes().into()).collect();
        let part = |window: &Range<i64>| (window.end.min(YEAR) - window.start.min(YEAR)) as f64 / YEAR as f64;
        for (window, range) in document.calendar.iter().zip(&windows) {
            found.windows.push(Window { name: window.name.clone(), part: part(range), yearly: Vec::new() });
        }
        let mut news = ChaCha8Rng::seed_from_u64(seed);
        let mut timeline = Timeline::new(rules, sides.0, sides.1);
        let mut game = Game::new(Arc::clone(rules), seed, 0);
        let mut table = Table::new(&game, seed, 0, &passive)?;
        for h in 0..histories {
            let mut history = History::default();
            for year in 0..u64::from(years) {
                let number = h * u64::from(years) + year;
                game.restart(seed, number);
                table.restart(&game, seed, number)?;
                timeline.clear();
                run(&mut game, &mut table, &mut timeline)?;
                let before = history.minutes.len();
                for deed in timeline.deeds.iter().filter(|d| d.incident.is_some() && d.side == Side::Rival) {
                    if f64::from(news.next_u32()) >= publicised[deed.rung.index()] * 4_294_967_296.0 {
                        continue;
                    }
                    history.minutes.push(year as i64 * YEAR + i64::from(deed.minute));
                    history.rungs.push(deed.rung.0);
                    found.by_rung[deed.rung.index()] += 1;
                }
                let here = &history.minutes[before..];
                for (range, window) in windows.iter().zip(&mut found.windows) {
                    let inside =
                        here.iter().filter(|at| range.contains(&(**at - year as i64 * YEAR))).count();
                    window.yearly.push((inside as i64, (here.len() - inside) as i64));
                }
                history.yearly.push(here.len() as i64);
                found.replies.count(&timeline);
            }
            found.histories.push(history);
        }
        found.years = (histories * u64::from(years)) as f64;
        Ok(found)
    }

    /// What happened in each year here and in the same year of another record, in which something was otherwise: both
    /// share their luck.
    pub fn beside(&self, other: &Histories) -> Vec<(i64, i64)> {
        let years = |all: &Histories| -> Vec<i64> {
            all.histories.iter().flat_map(|history| history.yearly.iter().copied()).collect()
        };
        years(self).into_iter().zip(years(other)).collect()
    }
}
