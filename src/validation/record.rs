//! The record as data: what was counted, in how many cases, where it was read, and which measure of the model stands
//! against it.

use super::measure::Measure;
use crate::analysis::{Estimate, EventRate, Interval, Moments, Sample, Share};
use crate::engine::CourseClass;
use crate::scenario::section::EndingClass;
use serde::Deserialize;

/// What the record says about one theatre.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Version of this format: 1.
    pub format: u32,
    /// The base that it belongs to.
    pub base: String,
    /// The side whose acts are counted as stimuli.
    pub rival: String,
    /// The side whose replies are counted.
    pub own: String,
    /// The policy that plays the record's base rates.
    pub policy: String,
    /// The library's scenario in which incidents happen alone, one year a game.
    pub incidents_alone: String,
    /// The library's scenario in which owners move their lines and nothing else happens.
    pub channels_alone: String,
    /// Years of one simulated record of incidents.
    pub years: u32,
    /// Statistics with their counts.
    pub statistics: Vec<Statistic>,
    /// Historical cases that are scored one by one.
    pub cases: Vec<Case>,
    /// How every crisis of the record went: the base rates that a case's score has to beat.
    pub crises: Vec<Crisis>,
    /// Stylised facts.
    pub facts: Vec<Fact>,
}

/// How a crisis went.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crisis {
    /// What it is called, with its year.
    pub name: String,
    /// The shipped scenario of it, if there is one.
    #[serde(default)]
    pub scenario: Option<String>,
    /// Lowest and highest rung of the band of its peak.
    pub band: (u8, u8),
    /// Whether anyone of the own side died.
    pub deaths: bool,
    /// How it ended.
    pub ending: EndingClass,
}

/// A statistic of the record.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statistic {
    /// What it is, in words.
    pub label: String,
    /// Where it was computed.
    pub source: String,
    /// What was counted.
    pub record: Target,
    /// What the model says on it, or why it says nothing.
    pub model: Model,
}

/// Whether and how the model speaks of something.
#[derive(Clone, Debug, Deserialize)]
pub enum Model {
    /// It does.
    Measure(Measure),
    /// It does not, for this reason.
    OutOfScope(String),
}

/// A number of the record, with what its interval follows from.
#[derive(Clone, Debug, Deserialize)]
pub enum Target {
    /// So many of so many: Wilson.
    Share(u64, u64),
    /// So many events in so many years: Poisson.
    Rate(u64, f64),
    /// One rate over another, each as events and years: Katz's interval of the logarithm.
    Ratio((u64, f64), (u64, f64)),
    /// Values whose median counts: order statistics.
    Median(Vec<f64>),
    /// Values above zero whose geometric mean counts: Student's t on logarithms, as for a lognormal.
    Geometric(Vec<f64>),
    /// The value that one history of so many cases gave: it has no interval of its own.
    History(f64, u64),
}

impl Target {
    /// Value, interval and number of cases.
    pub fn estimate(&self) -> Estimate {
        match self {
            Target::Share(hits, of) => Share::new(*hits, *of).estimate(),
            Target::Rate(events, years) => EventRate::new(*events, *years).estimate(),
            Target::Ratio((a, in_a), (b, in_b)) => EventRate::new(*a, *in_a).over(EventRate::new(*b, *in_b)),
            Target::Median(values) => Sample::new(values.clone()).estimate(0.5),
            Target::Geometric(values) => geometric(values),
            Target::History(value, cases) => {
                Estimate { value: *value, interval: Interval::EVERYTHING, cases: *cases }
            }
        }
    }
}

/// Geometric mean with the interval of Student's t on logarithms. Values below one thousandth count as that.
pub(super) fn geometric(values: &[f64]) -> Estimate {
    const UNIT: f64 = 1e6;
    let logs: Moments = values.iter().map(|v| (libm::log(v.max(1e-3)) * UNIT) as i64).collect();
    let Estimate { value, interval, cases } = logs.estimate();
    let back = |nats: f64| libm::exp(nats / UNIT);
    Estimate { value: back(value), interval: Interval::new(back(interval.low), back(interval.high)), cases }
}

/// A historical case: a shipped scenario and how it really went.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The shipped scenario.
    pub scenario: String,
    /// Lowest and highest rung of the band of its peak.
    pub band: (u8, u8),
    /// Whether anyone of the own side died.
    pub deaths: bool,
    /// How it ended.
    pub ending: EndingClass,
    /// Which numbers of the base rest on this case, and what they become without it.
    pub rests_on: Vec<String>,
    /// The entries of the base with these numbers refitted: sections as they stand under `replace` in a scenario.
    pub left_out: String,
    /// Whether it lies before the years that the statistics count: then it is scored, and no statistic rests on it.
    #[serde(default)]
    pub scored_only: bool,
    /// Where the class was read.
    pub source: String,
}

impl Case {
    /// How it went.
    pub fn class(&self) -> CourseClass {
        CourseClass { band: self.band, deaths: self.deaths, ending: Some(self.ending) }
    }
}

/// A stylised fact.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its number in the record.
    pub number: u32,
    /// What it says.
    pub claim: String,
    /// What must be so for it to hold, or why the model does not speak of it.
    pub when: Holds,
    /// What explains it where it does not hold.
    #[serde(default)]
    pub unless: Option<String>,
}

/// When a fact holds.
#[derive(Clone, Debug, Deserialize)]
pub enum Holds {
    /// If all of these are so.
    All(Vec<Criterion>),
    /// The model does not speak of it, for this reason.
    OutOfScope(String),
}

/// A condition on measures of the model.
#[derive(Clone, Debug, Deserialize)]
pub enum Criterion {
    /// The value is this or less.
    AtMost(Measure, f64),
    /// The value is this or more.
    AtLeast(Measure, f64),
    /// The first value is below the second.
    Below(Measure, Measure),
}

impl Criterion {
    /// The measures that it compares.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        let (one, other) = match self {
            Criterion::AtMost(measure, _) | Criterion::AtLeast(measure, _) => (measure, None),
            Criterion::Below(low, high) => (low, Some(high)),
        };
        std::iter::once(one).chain(other)
    }
}

impl Record {
    /// Reads a record.
    ///
    /// # Errors
    /// Place and reason, if it is not one.
    pub fn read(text: &str) -> Result<Record, String> {
        let record: Record = ron::from_str(text).map_err(|error| error.to_string())?;
        if record.format != 1 {
            return Err(format!("format {} is not known", record.format));
        }
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_record_reads_and_every_number_lies_in_its_own_interval() {
        let record = Record::read(crate::storage::record()).unwrap();
        for statistic in &record.statistics {
            let estimate = statistic.record.estimate();
            assert!(estimate.interval.contains(estimate.value), "{}", statistic.label);
            assert!(statistic.source.starts_with("(b."), "{}", statistic.label);
        }
        let numbers: Vec<u32> = record.facts.iter().map(|fact| fact.number).collect();
        assert_eq!(numbers, (1..=24).collect::<Vec<u32>>());
    }

    #[test]
    fn a_geometric_mean_is_the_median_of_a_lognormal() {
        let five = geometric(&[25.0, 32.0, 35.0, 72.0, 105.0]);
        assert!((five.value - 46.1).abs() < 0.2, "{five:?}");
        assert!(five.interval.low > 20.0 && five.interval.high < 100.0, "{five:?}");
    }

    #[test]
    fn a_file_that_is_no_record_is_refused_with_its_place() {
        let error = Record::read("(format: 1,\n base: 3)").unwrap_err();
        assert!(error.starts_with("2:"), "{error}");
    }
}
