//! Channels alone: years in which nothing happens but what owners do with their lines at base rates.

use super::courses::Trouble;
use super::timeline::Timeline;
use crate::analysis::{Estimate, EventRate, Interval, Moments, Sample};
use crate::engine::{Game, Rules};
use crate::scenario::section::ChannelDoc;
use crate::session::runner::{Table, run};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{DAY, Id, SeatId};
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
    pub fn estimate(&self) -> Estimate {
        let moments: Moments = self.shares.iter().map(|share| (share * MILLION) as i64).collect();
        let found = moments.estimate();
        let interval = Interval::new(found.interval.low / MILLION, found.interval.high / MILLION);
        Estimate { value: found.value / MILLION, interval, cases: found.cases }
    }

    /// The range over histories.
    pub fn spread(&self) -> Interval {
        Sample::new(self.shares.clone()).central_range()
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
    up: i64,
    down: i64,
    cuts: u64,
    restores: u64,
}

/// Some channels together over many histories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Their names.
    pub lines: Vec<String>,
    /// Share of time in which any of them is open.
    pub any: TimeShare,
    /// Share of the time in which none is in which another channel between the sides is open.
    pub substitute: TimeShare,
}

/// What years of channels alone have left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChannelHistories {
    /// Each channel.
    pub channels: Vec<ChannelHistory>,
    /// Each group that a measure asks for.
    pub groups: Vec<Group>,
}

impl ChannelHistory {
    /// Cuts a day open.
    pub fn cut_rate(&self) -> EventRate {
        EventRate::new(self.cuts, self.up as f64 / f64::from(DAY))
    }

    /// Restorations a day shut.
    pub fn restore_rate(&self) -> EventRate {
        EventRate::new(self.restores, self.down as f64 / f64::from(DAY))
    }
}

/// How the time of one history passes for a group.
struct Watch {
    given: Vec<bool>,
    shut: i64,
    bridged: i64,
}

impl Watch {
    fn pass(&mut self, minutes: i64, open: &[bool], bridges: &[bool]) {
        if open.iter().zip(&self.given).any(|(open, given)| *open && *given) {
            return;
        }
        self.shut += minutes;
        let other =
            open.iter().zip(&self.given).zip(bridges).any(|((open, given), b)| *open && !*given && *b);
        self.bridged += if other { minutes } else { 0 };
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
    groups: Vec<Vec<String>>,
    seed: u64,
    histories: u64,
) -> Result<ChannelHistories, Trouble> {
    let document = &rules.scenario().document;
    let mut timeline = Timeline::new(rules, sides.0, sides.1);
    let mut game = Game::new(Arc::clone(rules), seed, 0);
    let mut table = Table::new(&game, seed, 0, policies)?;
    let has = |channel: &ChannelDoc, name: &str| {
        channel.members.iter().any(|member| document.seats[member.id().index()].side == name)
    };
    let bridges: Vec<bool> = document.channels.iter().map(|c| has(c, sides.0) && has(c, sides.1)).collect();
    let named = |c: &ChannelDoc| ChannelHistory { name: c.name.clone(), ..ChannelHistory::default() };
    let mut found = ChannelHistories {
        channels: document.channels.iter().map(named).collect(),
        groups: groups.into_iter().map(|lines| Group { lines, ..Group::default() }).collect(),
    };
    for h in 0..histories {
        game.restart(seed, h);
        table.restart(&game, seed, h)?;
        timeline.clear();
        let outcome = run(&mut game, &mut table, &mut timeline)?;
        let watch = |group: &Group| Watch {
            given: document.channels.iter().map(|c| group.lines.contains(&c.name)).collect(),
            shut: 0,
            bridged: 0,
        };
        let mut watches: Vec<Watch> = found.groups.iter().map(watch).collect();
        let mut open: Vec<bool> = document.channels.iter().map(|c| c.politics == Politics::Open).collect();
        let mut since = vec![0; open.len()];
        let mut up = vec![0; open.len()];
        let mut clock = 0;
        for change in &timeline.lines {
            let passed = i64::from(change.minute - clock);
            watches.iter_mut().for_each(|w| w.pass(passed, &open, &bridges));
            clock = change.minute;
            let c = change.channel.index();
            let spell = i64::from(change.minute - since[c]);
            let history = &mut found.channels[c];
            if change.open {
                history.down += spell;
                history.restores += 1;
                history.outages.push(spell as f64 / f64::from(DAY));
            } else {
                up[c] += spell;
                history.cuts += 1;
            }
            open[c] = change.open;
            since[c] = change.minute;
        }
        let rest = i64::from(outcome.minutes - clock);
        watches.iter_mut().for_each(|w| w.pass(rest, &open, &bridges));
        let all = f64::from(outcome.minutes);
        for (c, history) in found.channels.iter_mut().enumerate() {
            let rest = i64::from(outcome.minutes - since[c]);
            if open[c] {
                up[c] += rest;
            } else {
                history.down += rest;
            }
            history.up += up[c];
            history.availability.shares.push(up[c] as f64 / all);
        }
        for (group, watch) in found.groups.iter_mut().zip(&watches) {
            group.any.shares.push(1.0 - watch.shut as f64 / all);
            if watch.shut > 0 {
                group.substitute.shares.push(watch.bridged as f64 / watch.shut as f64);
            }
        }
    }
    Ok(found)
}
