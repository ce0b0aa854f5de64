//! Measures of the model: each a number with its interval, taken from one of the experiments.

use super::channels::{ChannelHistories, ChannelHistory, Group, TimeShare};
use super::courses::{Course, Courses};
use super::incidents::{Histories, History};
use super::record::geometric;
use super::replies::{Relation, Replies};
use crate::analysis::{Estimate, EventRate, Gaps, Interval, Moments, Sample, Share, bootstrap, fano};
use crate::engine::Counter;
use crate::scenario::section::{EndingClass, LatencyClass};
use crate::vocabulary::DAY;
use serde::{Deserialize, Serialize};

/// Who plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Play {
    /// The record's base rates.
    Base,
    /// The scenarios' own doctrines.
    Doctrines,
}

impl Play {
    /// The words of a report.
    pub fn word(self) -> &'static str {
        match self {
            Play::Base => "base rates",
            Play::Doctrines => "doctrines",
        }
    }
}

/// Which side answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Answerer {
    /// The own side, after acts of the rival.
    Own,
    /// The rival, after fire of the own side.
    Rival,
}

/// A measure.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub enum Measure {
    /// Incidents a year between two rungs: incidents alone.
    IncidentRate(u8, u8),
    /// Fano factor of yearly counts: incidents alone.
    Fano,
    /// Share of gaps of so many days or less: incidents alone.
    GapsWithin(i64),
    /// Size of a negative binomial law of yearly counts, m2 / (v - m): incidents alone. Records are averaged by its
    /// reciprocal: where a record is hardly clustered the size itself is any number, however large, or below zero.
    YearlySize,
    /// Coefficient of variation of gaps: incidents alone.
    GapVariation,
    /// Share of crossings and clashes at sea that are or become an exchange: incidents alone.
    ClashAtSea,
    /// Rate of incidents within a window of the calendar over that outside: incidents alone.
    WindowFactor(String),
    /// Rate of incidents with an accord in force over that without: incidents alone.
    AccordFactor(String),
    /// Rate of incidents with every line cut over that with lines as recorded: incidents alone.
    LinesCutFactor,
    /// Share of kinetic cases between two rungs that draw fire of the own side at rung 6 or more.
    Crossed(u8, u8),
    /// Share of kinetic cases that draw a strike of the own side beyond the source of fire.
    Beyond,
    /// Share of kinetic cases between two rungs that draw any fire of the own side.
    FireReply(u8, u8),
    /// Share of kinetic cases between two rungs in which anyone dies, with incidents alone, without scripted acts.
    AnyDeath(u8, u8),
    /// Share of kinetic cases between two rungs in which someone of the own side dies.
    OwnDeath(u8, u8),
    /// The highest act of the answering side in the three days after an act from this rung up, against it. Scripted acts
    /// are left out: the record has each once, and a thousand games would have it a thousand times.
    Highest(Answerer, u8, Relation),
    /// Share of the own side's shots at rung 5 that draw aimed fire within a day.
    AimedAfterWarning,
    /// Share of first aimed fire at sea that follows a crossing or warning shots within a day, scripted fire left out.
    WarnedAtSea,
    /// Minutes to the own side's answer to fire of a class, with incidents alone: geometric mean.
    Latency(LatencyClass),
    /// Rounds of the own side's answers for each round received: geometric mean.
    Volume,
    /// Share of covert acts whose evidence comes within so many days.
    EvidenceWithin(i32),
    /// Share of kinetic cases with a hidden author that draw fire.
    FireReplyCovert,
    /// Share of kinetic cases with an open author at the same rung, 6, that draw fire.
    FireReplyOpen,
    /// Share of answers to acts at rung 2 that stay below fire.
    MeasuresMetByMeasures,
    /// Share of the dead that fell in the deadliest tenth of cases with dead.
    DeadliestTenth,
    /// Share of games that reach a rung.
    PeakAtLeast(Play, u8),
    /// Days from the start to the last act at rung 2 or more that is no scripted posture, or to the settlement: median.
    AcuteDays(Play),
    /// Share of games whose acute phase lasts so many days or less.
    AcuteWithin(Play, f64),
    /// Days of a game: median.
    LengthDays(Play),
    /// Share of games that end in a class.
    Ending(Play, EndingClass),
    /// Escalation number: kinetic acts caused for each kinetic act.
    R(Play),
    /// Days of games that stay at rung 3 or below: median.
    DaysBelowFire(Play),
    /// Days of games that reach rung 4 or more: median.
    DaysWithFire(Play),
    /// Share of games in which the rival concedes.
    Regrets(Play),
    /// Share of passed deadlines whose threat is carried out.
    Executed(Play),
    /// Share of requests to hold back that are not defied.
    Complied(Play),
    /// Share of games in which an ally asks for restraint.
    Restrained(Play),
    /// Share of games with own dead, scripted losses left out, in which an ally shows force in 5 days.
    ShowOfForce(Play),
    /// Share of games with ten own dead or more in which a seat raises its volume of fire.
    Loosened(Play),
    /// Share of games in which a seat raises the rung of its standing orders.
    Raised(Play),
    /// Share of contact steps at which a local commander departs from the order.
    Deviation(Play),
    /// Share of games that begin with one of these lines open in which it is cut.
    CutInCrisis(Play),
    /// Games in which a shut line is restored, a day of games.
    RestoredADay(Play),
    /// Share of cuts by the rival.
    CutsByRival(Play),
    /// Share of cuts that come within three days after fire.
    CutByFire(Play),
    /// Share of acts of fire after which no line is cut for three days.
    UpAfterFire(Play),
    /// Share of time in which a channel is open: channels alone.
    Availability(String),
    /// Cuts a day in which it is open: channels alone.
    CutRate(String),
    /// Restorations a day in which it is not open: channels alone.
    RestoreRate(String),
    /// Days of ended outages: median, channels alone.
    OutageDays(String),
    /// Share of calls over a channel that are answered: crises at base rates.
    CallsAnswered(String),
    /// Share of calls that an open channel loses for technical reasons: crises at base rates.
    CallFaults(String),
    /// Share of time in which any of these is open: channels alone.
    AnyOpen(Vec<String>),
    /// Share of the time in which all of these are shut in which another channel between the sides is open.
    Substitute(Vec<String>),
}

/// What a measure found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// Value, interval and number of cases.
    pub estimate: Estimate,
    /// The range of the value over histories as long as the record, where the record is one history.
    pub spread: Option<Interval>,
}

impl From<Estimate> for Finding {
    fn from(estimate: Estimate) -> Self {
        Finding { estimate, spread: None }
    }
}

/// What the experiments have gathered.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Incidents alone.
    pub incidents: Histories,
    /// With each accord in force, by its name.
    pub accords: Vec<(String, Histories)>,
    /// With every line cut.
    pub cut: Histories,
    /// Channels alone.
    pub channels: ChannelHistories,
    /// Crises at base rates.
    pub base: Courses,
    /// Crises under doctrines.
    pub doctrines: Courses,
    /// Seed of resampling.
    pub seed: u64,
}

/// Resamples of a bootstrap.
const ROUNDS: usize = 1000;

impl Evidence {
    /// Takes a measure; `None` if there is no case.
    pub fn take(&self, measure: &Measure) -> Option<Finding> {
        let found = self.find(measure);
        (found.estimate.cases > 0 && found.estimate.value.is_finite()).then_some(found)
    }

    /// A share over incidents alone and crises at base rates.
    fn everywhere(&self, of: impl Fn(&Replies) -> Share) -> Share {
        let mut pool = of(&self.incidents.replies);
        pool.merge(of(&self.base.replies));
        pool
    }

    fn courses(&self, play: Play) -> &Courses {
        match play {
            Play::Base => &self.base,
            Play::Doctrines => &self.doctrines,
        }
    }

    fn find(&self, measure: &Measure) -> Finding {
        let replies = &self.base.replies;
        let share = |share: Share| Finding::from(share.estimate());
        match measure {
            Measure::IncidentRate(from, to) => self.incident_rate(*from, *to),
            Measure::Fano => self.over_histories(|h| fano(&h.yearly.iter().copied().collect::<Moments>())),
            Measure::GapsWithin(days) => {
                self.over_histories(|h| Gaps::between(&h.minutes).within(days * i64::from(DAY)).value())
            }
            Measure::YearlySize => inverse(&self.over_histories(|h| {
                let yearly: Moments = h.yearly.iter().copied().collect();
                let (mean, variance) = (yearly.mean(), yearly.variance());
                (variance - mean) / (mean * mean)
            })),
            Measure::GapVariation => self.over_histories(|h| Gaps::between(&h.minutes).variation()),
            Measure::ClashAtSea => share(self.incidents.replies.clash_at_sea),
            Measure::WindowFactor(name) => {
                let found = self.incidents.windows.iter().find(|window| window.name == *name);
                found.map_or_else(nothing, |w| self.ratio(&w.yearly, w.part / (1.0 - w.part)))
            }
            Measure::AccordFactor(name) => {
                let found = self.accords.iter().find(|(accord, _)| accord == name);
                found.map_or_else(nothing, |(_, with)| self.ratio(&with.beside(&self.incidents), 1.0))
            }
            Measure::LinesCutFactor => self.ratio(&self.cut.beside(&self.incidents), 1.0),
            Measure::Crossed(from, to) => share(Replies::pooled(&replies.crossed, *from, *to)),
            Measure::Beyond => share(replies.beyond),
            Measure::FireReply(from, to) => share(Replies::pooled(&replies.fire, *from, *to)),
            Measure::AnyDeath(from, to) => {
                share(self.everywhere(|r| Replies::pooled(&r.any_death, *from, *to)))
            }
            Measure::OwnDeath(from, to) => {
                share(self.everywhere(|r| Replies::pooled(&r.own_death, *from, *to)))
            }
            Measure::Highest(answerer, from, relation) => {
                let table = match answerer {
                    Answerer::Own => &replies.own_highest,
                    Answerer::Rival => &replies.rival_highest,
                };
                share(table.share(*from, *relation))
            }
            Measure::AimedAfterWarning => share(replies.aimed_after_warning),
            Measure::WarnedAtSea => share(replies.warned_at_sea),
            Measure::Latency(class) => {
                let alone = &self.incidents.replies.latencies[*class as usize];
                geometric(&[&alone[..], &replies.latencies[*class as usize][..]].concat()).into()
            }
            Measure::Volume => {
                let alone = &self.incidents.replies.volumes;
                geometric(&[&alone[..], &replies.volumes[..]].concat()).into()
            }
            Measure::EvidenceWithin(days) => share(replies.evidence_within(*days)),
            Measure::FireReplyCovert => share(replies.fire_covert),
            Measure::FireReplyOpen => share(replies.fire_open),
            Measure::MeasuresMetByMeasures => share(replies.measures_met),
            Measure::DeadliestTenth => self.deadliest_tenth(),
            Measure::PeakAtLeast(play, rung) => {
                share(self.courses(*play).share(|course| course.peak.0 >= *rung))
            }
            Measure::AcuteDays(play) => {
                Sample::new(self.courses(*play).days(|course| Some(course.acute))).estimate(0.5).into()
            }
            Measure::AcuteWithin(play, days) => {
                share(self.courses(*play).share(|course| f64::from(course.acute) <= days * f64::from(DAY)))
            }
            Measure::LengthDays(play) => {
                Sample::new(self.courses(*play).days(|course| Some(course.minutes))).estimate(0.5).into()
            }
            Measure::Ending(play, class) => {
                share(self.courses(*play).share(|course| course.class.ending == Some(*class)))
            }
            Measure::R(play) => self.escalation_number(self.courses(*play)),
            Measure::DaysBelowFire(play) => {
                let quiet = |course: &Course| (course.peak.0 <= 3).then_some(course.minutes);
                Sample::new(self.courses(*play).days(quiet)).estimate(0.5).into()
            }
            Measure::DaysWithFire(play) => {
                let loud = |course: &Course| (course.peak.0 > 3).then_some(course.minutes);
                Sample::new(self.courses(*play).days(loud)).estimate(0.5).into()
            }
            Measure::Regrets(play) => share(self.courses(*play).share(|course| course.regret)),
            Measure::Executed(play) => {
                share(self.courses(*play).pooled(|c| (c.tally.executed, c.tally.lapsed)))
            }
            Measure::Complied(play) => share(
                self.courses(*play)
                    .pooled(|c| (c.tally.restrained.saturating_sub(c.tally.defied), c.tally.restrained)),
            ),
            Measure::Restrained(play) => share(self.courses(*play).share(|c| c.tally.restrained > 0)),
            Measure::ShowOfForce(play) => share(self.courses(*play).pooled(|c| {
                (u32::from(c.show_of_force == Some(true)), u32::from(c.show_of_force.is_some()))
            })),
            Measure::Loosened(play) => share(self.courses(*play).pooled(|c| {
                let many = c.own_dead >= 10;
                (u32::from(many && c.tally.loosened > 0), u32::from(many))
            })),
            Measure::Raised(play) => share(self.courses(*play).share(|c| c.tally.raised > 0)),
            Measure::Deviation(play) => {
                share(self.courses(*play).pooled(|c| (c.tally.deviations, c.tally.contacts)))
            }
            Measure::CutInCrisis(play) => share(
                self.courses(*play).pooled(|c| (u32::from(c.cut == Some(true)), u32::from(c.cut.is_some()))),
            ),
            Measure::RestoredADay(play) => {
                let days: f64 = self.courses(*play).days(|course| Some(course.minutes)).iter().sum();
                let restored = self.courses(*play).all.iter().filter(|c| c.restored).count();
                EventRate::new(restored as u64, days).estimate().into()
            }
            Measure::CutsByRival(play) => share(self.courses(*play).pooled(|c| (c.cuts_by_rival, c.cuts))),
            Measure::CutByFire(play) => share(self.courses(*play).pooled(|c| (c.cuts_after_fire, c.cuts))),
            Measure::UpAfterFire(play) => {
                share(self.courses(*play).pooled(|c| (c.fires_with_line_up, c.fires)))
            }
            Measure::Availability(name) => self.channel(name, |c| over_time(&c.availability)),
            Measure::CutRate(name) => self.channel(name, |c| c.cut_rate().estimate().into()),
            Measure::RestoreRate(name) => self.channel(name, |c| c.restore_rate().estimate().into()),
            Measure::OutageDays(name) => {
                self.channel(name, |c| Sample::new(c.outages.clone()).estimate(0.5).into())
            }
            Measure::CallsAnswered(name) => {
                share(self.base.calls.get(name).map_or(Share::default(), |calls| calls.answered))
            }
            Measure::CallFaults(name) => {
                share(self.base.calls.get(name).map_or(Share::default(), |calls| calls.faults))
            }
            Measure::AnyOpen(lines) => self.group(lines, |group| over_time(&group.any)),
            Measure::Substitute(lines) => self.group(lines, |group| over_time(&group.substitute)),
        }
    }

    fn group(&self, lines: &[String], take: impl Fn(&Group) -> Finding) -> Finding {
        self.channels.groups.iter().find(|group| group.lines == lines).map_or_else(nothing, take)
    }

    fn channel(&self, name: &str, take: impl Fn(&ChannelHistory) -> Finding) -> Finding {
        self.channels.channels.iter().find(|channel| channel.name == name).map_or_else(nothing, take)
    }

    fn incident_rate(&self, from: u8, to: u8) -> Finding {
        let events: u64 = self.incidents.by_rung[usize::from(from)..=usize::from(to)].iter().sum();
        let years = self.incidents.years;
        Finding {
            // Years without an event are cases too.
            estimate: Estimate { cases: years as u64, ..EventRate::new(events, years).estimate() },
            spread: Some(self.spread(|h| h.count(from, to) as f64 / h.yearly.len() as f64)),
        }
    }

    /// The mean over histories with Student's interval, and the range over histories.
    fn over_histories(&self, statistic: impl Fn(&History) -> f64) -> Finding {
        const UNIT: f64 = 1e6;
        let values = self.incidents.histories.iter().map(&statistic).filter(|value| value.is_finite());
        let moments: Moments = values.map(|value| (value * UNIT) as i64).collect();
        let Estimate { value, interval, cases } = moments.estimate();
        let interval = Interval::new(interval.low / UNIT, interval.high / UNIT);
        let estimate = Estimate { value: value / UNIT, interval, cases };
        Finding { estimate, spread: Some(self.spread(statistic)) }
    }

    fn spread(&self, statistic: impl Fn(&History) -> f64) -> Interval {
        let values = self.incidents.histories.iter().map(statistic).filter(|value| value.is_finite());
        Sample::new(values.collect()).central_range()
    }

    /// One rate over another, from the counts of both in the same years, and the exposure of the first over that of the
    /// second. Years are resampled whole: what happens in one year hangs together, and both rates share its luck.
    fn ratio(&self, years: &[(i64, i64)], exposure: f64) -> Finding {
        let sums = |years: &[(i64, i64)]| years.iter().fold((0, 0), |(a, b), (x, y)| (a + x, b + y));
        let ratio = |years: &[(i64, i64)]| {
            let (first, second) = sums(years);
            first as f64 / second as f64 / exposure
        };
        let (first, second) = sums(years);
        // Without events on one side nothing is known.
        let cases = u64::try_from(first.min(second)).unwrap_or(0);
        Estimate { cases, ..bootstrap(years, ratio, ROUNDS, self.seed) }.into()
    }

    /// A ratio of sums over games; games are resampled whole, since acts of one game hang together.
    fn escalation_number(&self, courses: &Courses) -> Finding {
        let pairs: Vec<(i32, i32)> = courses
            .all
            .iter()
            .map(|c| (c.counters[Counter::KineticCaused as usize], c.counters[Counter::Kinetic as usize]))
            .collect();
        let ratio = |pairs: &[(i32, i32)]| {
            let (caused, all) =
                pairs.iter().fold((0i64, 0i64), |(a, b), (x, y)| (a + i64::from(*x), b + i64::from(*y)));
            caused as f64 / all as f64
        };
        bootstrap(&pairs, ratio, ROUNDS, self.seed).into()
    }

    fn deadliest_tenth(&self) -> Finding {
        let top = |dead: &[i32]| {
            let mut sorted = dead.to_vec();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            let most: i64 = sorted[..dead.len().div_ceil(10)].iter().map(|d| i64::from(*d)).sum();
            most as f64 / dead.iter().map(|d| i64::from(*d)).sum::<i64>() as f64
        };
        let dead = [&self.incidents.replies.dead[..], &self.base.replies.dead[..]].concat();
        bootstrap(&dead, top, ROUNDS, self.seed).into()
    }
}

/// What was found of the reciprocal, turned over; what may be zero or less has no upper end.
fn inverse(of: &Finding) -> Finding {
    let over = |value: f64| if value > 0.0 { 1.0 / value } else { f64::INFINITY };
    let turned = |Interval { low, high }| Interval::new(over(high), over(low));
    let Estimate { value, interval, cases } = of.estimate;
    let estimate = Estimate { value: over(value), interval: turned(interval), cases };
    Finding { estimate, spread: of.spread.map(turned) }
}

fn nothing() -> Finding {
    Share::default().estimate().into()
}

fn over_time(share: &TimeShare) -> Finding {
    Finding { estimate: share.estimate(), spread: Some(share.spread()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(yearly: &[i64]) -> History {
        History { yearly: yearly.to_vec(), ..History::default() }
    }

    fn histories(all: Vec<History>) -> Histories {
        let years = all.iter().map(|history| history.yearly.len()).sum::<usize>() as f64;
        Histories {
            histories: all,
            by_rung: [0; 14],
            years,
            windows: Vec::new(),
            replies: Replies::default(),
        }
    }

    fn evidence(incidents: Histories, cut: Histories) -> Evidence {
        let (channels, base, doctrines) =
            (ChannelHistories::default(), Courses::default(), Courses::default());
        Evidence { incidents, accords: Vec::new(), cut, channels, base, doctrines, seed: 1 }
    }

    #[test]
    fn one_record_that_is_hardly_clustered_does_not_decide_the_size() {
        // Mean 3: variances 12, 12 and, of the last, hardly more than the mean.
        let bursts = [0, 6, 0, 6, 0, 6, 0, 6, 3];
        let even = [1, 1, 2, 2, 3, 4, 4, 5, 5];
        let records = histories(vec![history(&bursts), history(&bursts), history(&even)]);
        let found = evidence(records.clone(), records).take(&Measure::YearlySize).unwrap();
        // Reciprocals (9 - 3) / 9 twice, and (2.5 - 3) / 9 once, worked out by hand.
        assert!((found.estimate.value - 1.0 / ((6.0 + 6.0 - 0.5) / 27.0)).abs() < 1e-4, "{found:?}");
        let spread = found.spread.unwrap();
        assert!(spread.low > 1.4 && spread.high == f64::INFINITY, "{found:?}");
    }

    #[test]
    fn rates_of_the_same_years_are_resampled_together() {
        let busy = [0, 40, 2, 0, 0, 36, 1, 3, 0, 50, 4, 0];
        let (alone, cut) = (histories(vec![history(&busy)]), histories(vec![history(&busy)]));
        let found = evidence(alone, cut).take(&Measure::LinesCutFactor).unwrap().estimate;
        // What nothing changes is the same in every sample, however much the years themselves differ.
        assert!(found.value == 1.0 && found.interval.is_none(), "{found:?}");
        assert_eq!(found.cases, 136);
    }
}
