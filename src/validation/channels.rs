//! Channels alone: years in which nothing happens but what owners do with their lines at base rates.

use super::courses::Trouble;
use super::timeline::Timeline;
use crate::analysis::{EventRate, Interval, Moments, Sample};
use crate::engine::{Game, Rules};
use crate::session::runner::{Table, run};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{Id, SeatId};
use std::sync::Arc;

/// Parts of an availability.
const MILLION: f64 = 1e6;

/// A share of time, a value a history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeShare {
    shares: Vec<f64>,
}

impl TimeShare {
    /// The mean over histories.
    pub fn estimate(&self) -> crate::analysis::Estimate {
        let moments: Moments = self.shares.iter().map(|share| (share * MILLION) as i64).collect();
        let found = moments.estimate();
        let interval = Interval::new(found.interval.low / MILLION, found.interval.high / MILLION);
        crate::analysis::Estimate { value: found.value / MILLION, interval, cases: found.cases }
    }
}

/// One channel over many histories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChannelHistory {
    /// Its name.
    pub name: String,
    /// Share of time open.
    pub availability: TimeShare,
    /// Days of outages that ended.
    pub outages: Vec<f64>,
    /// Share of the time in which all given lines are shut in which another one to the rival is open.
    pub substitute: TimeShare,
    up: i64,
    down: i64,
    cuts: u64,
    restores: u64,
}

impl ChannelHistory {
    /// Cuts a day open.
    pub fn cut_rate(&self) -> EventRate {
        EventRate::new(self.cuts, self.up as f64 / 1440.0)
    }

    /// Restorations a day shut.
    pub fn restore_rate(&self) -> EventRate {
        EventRate::new(self.restores, self.down as f64 / 1440.0)
    }

    /// The range of availability over histories.
    pub fn spread(&self) -> Interval {
        Sample::new(self.availability.shares.clone()).central_range()
    }
}

/// Lives through `histories` of one game each.
///
/// # Errors
/// If a policy is unknown, or a game does not end.
pub fn live(
    rules: &Arc<Rules>,
    policies: &[(SeatId, String)],
    sides: (&str, &str),
    lines: &[String],
    seed: u64,
    histories: u64,
) -> Result<Vec<ChannelHistory>, Trouble> {
    let document = &rules.scenario().document;
    let mut timeline = Timeline::new(rules, sides.0, sides.1);
    let mut game = Game::new(Arc::clone(rules), seed, 0);
    let mut table = Table::new(&game, seed, 0, policies)?;
    let side = |seat: SeatId| document.seats[seat.index()].side.as_str();
    let bridges: Vec<bool> = document
        .channels
        .iter()
        .map(|c| {
            let has = |name: &str| c.members.iter().any(|member| side(member.id()) == name);
            has(sides.0) && has(sides.1)
        })
        .collect();
    let given: Vec<bool> = document.channels.iter().map(|c| lines.contains(&c.name)).collect();
    let mut found: Vec<ChannelHistory> = document
        .channels
        .iter()
        .map(|c| ChannelHistory { name: c.name.clone(), ..ChannelHistory::default() })
        .collect();
    for h in 0..histories {
        game.restart(seed, h);
        table.restart(&game, seed, h)?;
        timeline.clear();
        let outcome = run(&mut game, &mut table, &mut timeline)?;
        let mut open: Vec<bool> = document.channels.iter().map(|c| c.politics == Politics::Open).collect();
        let mut since = vec![0; open.len()];
        let mut up = vec![0i64; open.len()];
        let (mut all_shut, mut bridged, mut clock) = (0i64, 0i64, 0);
        let mut pass = |until: i32, open: &[bool]| {
            let none = open.iter().zip(&given).all(|(open, given)| !open || !given);
            let other = open.iter().zip(&given).zip(&bridges).any(|((o, g), b)| *o && !*g && *b);
            let minutes = i64::from(until - clock);
            all_shut += if none { minutes } else { 0 };
            bridged += if none && other { minutes } else { 0 };
            clock = until;
        };
        for change in &timeline.lines {
            let c = change.channel.index();
            pass(change.minute, &open);
            if open[c] == change.open {
                continue;
            }
            let spell = i64::from(change.minute - since[c]);
            if open[c] {
                up[c] += spell;
                found[c].cuts += 1;
            } else {
                found[c].down += spell;
                found[c].restores += 1;
                found[c].outages.push(spell as f64 / 1440.0);
            }
            open[c] = change.open;
            since[c] = change.minute;
        }
        pass(outcome.minutes, &open);
        for (c, history) in found.iter_mut().enumerate() {
            let rest = i64::from(outcome.minutes - since[c]);
            if open[c] {
                up[c] += rest;
            } else {
                history.down += rest;
            }
            history.up += up[c];
            history.availability.shares.push(up[c] as f64 / f64::from(outcome.minutes));
            if all_shut > 0 {
                history.substitute.shares.push(bridged as f64 / all_shut as f64);
            }
        }
    }
    Ok(found)
}
