//! Crises, game by game: what each came to.

use super::replies::{Replies, concedes};
use super::timeline::{Deed, Side, Tally, Timeline};
use crate::analysis::{Forecasts, Share};
use crate::engine::{COUNTERS, CallResult, CourseClass, Game, Outcome, Rules};
use crate::scenario::section::ChannelLevel;
use crate::session::runner::{NoSuchPolicy, OverBudget, Table, run};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{DAY, Id, Minute, Rung, SeatId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Days in which a show of force answers deaths.
const SHOW_WITHIN: Minute = 5 * DAY;
/// Days in which a cut is taken to follow fire.
const CUT_WITHIN: Minute = 3 * DAY;
/// The time that an estimate speaks of.
const ESTIMATED: Minute = 2 * DAY;

/// What one game came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Course {
    /// Its class.
    pub class: CourseClass,
    /// Highest act rung.
    pub peak: Rung,
    /// Its length.
    pub minutes: Minute,
    /// Until the last act at rung 2 or more that is no scripted posture, or the settlement.
    pub acute: Minute,
    /// Counts of the engine.
    pub counters: [i32; COUNTERS],
    /// Counts of the timeline.
    pub tally: Tally,
    /// Dead of the own side.
    pub own_dead: i32,
    /// Whether the rival conceded.
    pub regret: bool,
    /// Whether an ally showed force in time after own deaths; `None` without such deaths.
    pub show_of_force: Option<bool>,
    /// Whether a line between the sides that began open was cut; `None` if none was open.
    pub cut: Option<bool>,
    /// Whether such a line that was shut was restored.
    pub restored: bool,
    /// Cuts.
    pub cuts: u32,
    /// Of these, by the rival.
    pub cuts_by_rival: u32,
    /// Of these, within three days after fire.
    pub cuts_after_fire: u32,
    /// Acts of fire with a line open.
    pub fires: u32,
    /// Of these, not followed by a cut.
    pub fires_with_line_up: u32,
}

impl Course {
    fn new(timeline: &Timeline, rules: &Rules, outcome: &Outcome) -> Course {
        let deeds = &timeline.deeds;
        let counts = |d: &&Deed| d.rung >= Rung(2) && d.side != Side::Other && (d.fire || !d.scripted);
        let loud = deeds.iter().rfind(counts);
        let acute = timeline.settled.or(loud.map(|d| d.minute)).unwrap_or(0);
        let shows = |at: Minute, seat: SeatId| {
            deeds.iter().any(|d| {
                d.side == Side::Own
                    && d.by != seat
                    && matches!(d.rung.0, 3 | 4)
                    && d.minute > at
                    && d.minute - at <= SHOW_WITHIN
            })
        };
        let chosen = deeds.iter().filter(|d| !d.scripted);
        let lost = chosen.filter_map(|d| d.loses.map(|seat| (d.minute, seat))).next();
        let between = between_sides(timeline);
        let cuts = timeline.lines.iter().filter(|line| !line.open && between.contains(&line.channel.index()));
        let rivals = |seat: Option<SeatId>| seat.is_some_and(|seat| timeline.side(seat) == Side::Rival);
        let began_open = between.iter().any(|c| starts_open(timeline, *c));
        let mut restored = timeline.lines.iter().filter(|l| l.open && between.contains(&l.channel.index()));
        let fires = deeds.iter().filter(|d| d.fire && began_open);
        let cut_after = |at: Minute| cuts.clone().any(|c| c.minute > at && c.minute - at <= CUT_WITHIN);
        let fired_before =
            |at: Minute| deeds.iter().any(|d| d.fire && d.minute < at && at - d.minute <= CUT_WITHIN);
        Course {
            class: outcome.course_class(rules),
            peak: outcome.peak,
            minutes: outcome.minutes,
            acute,
            counters: outcome.counters,
            tally: timeline.tally,
            own_dead: deeds.iter().map(|d| d.own_dead).sum(),
            regret: deeds.iter().any(concedes),
            show_of_force: lost.map(|(at, seat)| shows(at, seat)),
            cut: began_open.then(|| cuts.clone().next().is_some()),
            restored: restored.next().is_some(),
            cuts: cuts.clone().count() as u32,
            cuts_by_rival: cuts.clone().filter(|c| rivals(c.by)).count() as u32,
            cuts_after_fire: cuts.clone().filter(|c| fired_before(c.minute)).count() as u32,
            fires: fires.clone().count() as u32,
            fires_with_line_up: fires.filter(|d| !cut_after(d.minute)).count() as u32,
        }
    }
}

/// Channels between the own seats and the rival's that are official: their level is liaison or military.
fn between_sides(timeline: &Timeline) -> Vec<usize> {
    let channels = timeline.scenario().document.channels.iter().enumerate();
    let official =
        channels.filter(|(_, c)| matches!(c.level, ChannelLevel::Liaison | ChannelLevel::Military));
    official.map(|(c, _)| c).collect()
}

fn starts_open(timeline: &Timeline, channel: usize) -> bool {
    timeline.scenario().document.channels[channel].politics == Politics::Open
}

/// Calls over a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// Answered, of all.
    pub answered: Share,
    /// Failed for technical reasons, of those that its owner let through.
    pub faults: Share,
}

/// Games of crises.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Courses {
    /// Every game, by scenario, then run.
    pub all: Vec<Course>,
    /// Where the games of each scenario begin.
    pub begins: Vec<usize>,
    /// What followed what.
    pub replies: Replies,
    /// Calls over each channel, by name.
    pub calls: BTreeMap<String, Calls>,
    /// The seats' estimates of fire within two days, against what came.
    pub forecasts: Forecasts,
}

impl Courses {
    /// Plays `games` games of a crisis.
    ///
    /// # Errors
    /// If a policy is unknown, or a game does not end.
    pub fn play(
        &mut self,
        rules: &Arc<Rules>,
        policies: &[(SeatId, String)],
        sides: (&str, &str),
        seed: u64,
        games: u64,
    ) -> Result<(), Trouble> {
        self.begins.push(self.all.len());
        let mut timeline = Timeline::new(rules, sides.0, sides.1);
        let mut game = Game::new(Arc::clone(rules), seed, 0);
        let mut table = Table::new(&game, seed, 0, policies)?;
        for run_number in 0..games {
            game.restart(seed, run_number);
            table.restart(&game, seed, run_number)?;
            timeline.clear();
            let outcome = run(&mut game, &mut table, &mut timeline)?;
            self.all.push(Course::new(&timeline, rules, &outcome));
            self.replies.count(&timeline);
            for (channel, result) in &timeline.calls {
                let name = &rules.scenario().document.channels[channel.index()].name;
                let calls = self.calls.entry(name.clone()).or_default();
                calls.answered.push(matches!(result, CallResult::Answered(_)));
                if *result != CallResult::Refused {
                    calls.faults.push(*result == CallResult::Fault);
                }
            }
            for (at, stated) in &timeline.estimates {
                // A game that ends sooner leaves the question open.
                if outcome.minutes - at >= ESTIMATED {
                    let came = |d: &Deed| d.fire && d.minute >= *at && d.minute - at < ESTIMATED;
                    self.forecasts.push(*stated, timeline.deeds.iter().any(came));
                }
            }
        }
        Ok(())
    }

    /// The games of the scenario that was played in this place.
    pub fn of(&self, place: usize) -> &[Course] {
        let until = self.begins.get(place + 1).copied().unwrap_or(self.all.len());
        self.begins.get(place).map_or(&[], |from| &self.all[*from..until])
    }

    /// The share of games of which something is so.
    pub fn share(&self, is: impl Fn(&Course) -> bool) -> Share {
        Share::new(self.all.iter().filter(|course| is(course)).count() as u64, self.all.len() as u64)
    }

    /// Hits and cases summed over games.
    pub fn pooled(&self, of: impl Fn(&Course) -> (u32, u32)) -> Share {
        self.all.iter().map(of).fold(Share::default(), |mut pool, (hits, cases)| {
            pool.merge(Share::new(u64::from(hits), u64::from(cases)));
            pool
        })
    }

    /// A time of each game that has it, in days.
    pub fn days(&self, of: impl Fn(&Course) -> Option<Minute>) -> Vec<f64> {
        self.all.iter().filter_map(of).map(|minutes| f64::from(minutes) / f64::from(DAY)).collect()
    }
}

/// Why games could not be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A seat has no policy of that name.
    Policy(NoSuchPolicy),
    /// A game did not end.
    Endless(OverBudget),
    /// A scenario of the library does not compile or bind.
    Scenario(String),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Trouble::Policy(why) => why.fmt(f),
            Trouble::Endless(why) => why.fmt(f),
            Trouble::Scenario(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<NoSuchPolicy> for Trouble {
    fn from(why: NoSuchPolicy) -> Self {
        Trouble::Policy(why)
    }
}

impl From<OverBudget> for Trouble {
    fn from(why: OverBudget) -> Self {
        Trouble::Endless(why)
    }
}
