//! Validation: the model against the record, number by number, and the stylised facts.
//!
//! Experiments come first, then measures read from them:
//!
//! | experiment | who plays | answers |
//! |---|---|---|
//! | incidents alone, `years` of them, many times | nobody orders anything | rates, clustering, exchanges by standing orders, accords, windows |
//! | channels alone, 18 years, many times | owners at base rates | availability, outages |
//! | every crisis of the record, at base rates | the policy that the record names | reply kernels, latencies, losses, cuts |
//! | every crisis of the record, under doctrines | what each scenario names | course classes, acute phase, escalation number |
//! | every crisis of the record, step by step | the record, with copies of the doctrines looking on | how likely each step was |
//!
//! A statistic is *inside* if the model's value lies in the record's interval, *unclear* if only the model's own interval
//! reaches in, *outside* otherwise. Where the record is one history without an interval of its own, it is inside if the
//! record's value lies in the range of histories as long as it.

mod baseline;
mod channels;
mod courses;
mod incidents;
mod measure;
mod record;
mod replies;
mod report;
mod steps;
mod sureness;
mod timeline;

pub use baseline::Score;
pub use courses::Trouble;
pub use measure::Play;
pub use record::Record;
pub use report::{
    CaseLine, ClassLine, FactLine, FigureLine, ForecastLine, Report, StatisticLine, Verdict, number,
};
pub use steps::{StepLine, Wanted};
pub use sureness::SureLine;

use crate::engine::{Rules, bind};
use crate::scenario::document::SettingValue;
use crate::scenario::source::Source;
use crate::scenario::{Scenario, Settings, compile};
use crate::session::runner::usual_policy;
use crate::storage::shipped;
use crate::vocabulary::SeatId;
use courses::Courses;
use incidents::Histories;
use measure::{Evidence, Measure};
use record::{Holds, Model};
use std::sync::Arc;

/// How much is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Games of each crisis, for each way of playing it.
    pub games: u64,
    /// The seed of all luck.
    pub seed: u64,
}

/// Games for one simulated record of incidents.
const GAMES_A_HISTORY: u64 = 50;
/// The fewest simulated records.
const LEAST_HISTORIES: u64 = 2;
/// Games for one in which the seats do what the record says and copies of their doctrines look on.
const GAMES_A_RECORDED_ONE: u64 = 100;
/// Simulated records for each one in which something is forced: ratios of rates need fewer.
const HISTORIES_A_FORCED_ONE: u64 = 4;

/// Plays everything and holds it against the record.
///
/// # Errors
/// If a scenario of the library does not bind, or a game does not end.
pub fn validate(record: &Record, plan: Plan) -> Result<Report, Trouble> {
    let laboratory = Laboratory { record, plan };
    let evidence = laboratory.evidence()?;
    let scored = record.cases.iter().map(|case| laboratory.score(case, &evidence));
    let cases = scored.collect::<Result<_, _>>()?;
    let steps = laboratory.steps()?;
    Ok(Report::new(record, plan, &evidence, &laboratory.crises(), cases, steps))
}

/// The experiments.
struct Laboratory<'a> {
    record: &'a Record,
    plan: Plan,
}

fn library(name: &str) -> Result<Source, String> {
    shipped(name)
        .map(|s| Source::new(s.file, s.text))
        .ok_or_else(|| format!("the library has no scenario `{name}`"))
}

fn load(source: Source) -> Result<Arc<Scenario>, Trouble> {
    let (scenario, findings) = compile(source, &|name, _| library(name));
    scenario.map(Arc::new).ok_or_else(|| Trouble::Scenario(findings.to_text(false)))
}

fn bound(scenario: &Arc<Scenario>, settings: &Settings) -> Result<Arc<Rules>, Trouble> {
    bind(scenario, settings).map_err(|problems| Trouble::Scenario(problems.join("\n")))
}

fn set(name: String, choice: &str) -> (String, SettingValue) {
    (name, SettingValue::Choice(choice.to_owned()))
}

impl Laboratory<'_> {
    fn sides(&self) -> (&str, &str) {
        (&self.record.rival, &self.record.own)
    }

    fn shipped(&self, name: &str) -> Result<Arc<Scenario>, Trouble> {
        load(library(name).map_err(Trouble::Scenario)?)
    }

    /// The names of the crises that statistics are held to; what is made up cannot be.
    fn crises(&self) -> Vec<&str> {
        let counted = self.record.cases.iter().filter(|case| !case.scored_only);
        counted.map(|case| case.scenario.as_str()).collect()
    }

    fn histories(&self) -> u64 {
        (self.plan.games / GAMES_A_HISTORY).max(LEAST_HISTORIES)
    }

    fn evidence(&self) -> Result<Evidence, Trouble> {
        let alone = self.shipped(&self.record.incidents_alone)?;
        let as_is = self.live(&bound(&alone, &Settings::default())?, self.histories())?;
        let forced_ones = self.histories().div_ceil(HISTORIES_A_FORCED_ONE);
        let mut accords = Vec::new();
        for name in self.accords() {
            let forced = Settings(vec![set(format!("accords.{name}.status"), "InForce")]);
            accords.push((name, self.live(&bound(&alone, &forced)?, forced_ones)?));
        }
        let lines = alone.document.channels.iter();
        let shut = lines.map(|c| set(format!("channels.{}.regime", c.name), "ForcedCut")).collect();
        let cut = self.live(&bound(&alone, &Settings(shut))?, forced_ones)?;

        let channels = self.channels()?;
        let (mut base, mut doctrines) = (Courses::default(), Courses::default());
        for name in self.crises() {
            let rules = bound(&self.shipped(name)?, &Settings::default())?;
            let seats: Vec<SeatId> = rules.scenario().players().collect();
            let at_base: Vec<(SeatId, String)> =
                seats.iter().map(|seat| (*seat, self.record.policy.clone())).collect();
            base.play(&rules, &at_base, self.sides(), self.plan.seed, self.plan.games)?;
            doctrines.play(&rules, &usual(&rules), self.sides(), self.plan.seed, self.plan.games)?;
        }
        Ok(Evidence { incidents: as_is, accords, cut, channels, base, doctrines, seed: self.plan.seed })
    }

    fn live(&self, rules: &Arc<Rules>, histories: u64) -> Result<Histories, Trouble> {
        Histories::live(rules, self.sides(), self.plan.seed, histories, self.record.years)
    }

    fn channels(&self) -> Result<channels::ChannelHistories, Trouble> {
        let rules = bound(&self.shipped(&self.record.channels_alone)?, &Settings::default())?;
        let document = &rules.scenario().document;
        let owns =
            |seat: SeatId| document.channels.iter().any(|c| c.owner.as_ref().is_some_and(|o| o.id() == seat));
        let seats: Vec<SeatId> = rules.scenario().players().collect();
        let mut policies = Vec::new();
        for seat in seats {
            let policy = if owns(seat) { self.record.policy.clone() } else { "passive".to_owned() };
            policies.push((seat, policy));
        }
        let mut groups: Vec<Vec<String>> = Vec::new();
        for measure in self.measures() {
            if let Measure::Substitute(lines) | Measure::AnyOpen(lines) = measure
                && !groups.contains(lines)
            {
                groups.push(lines.clone());
            }
        }
        channels::live(&rules, &policies, self.sides(), groups, self.plan.seed, self.histories())
    }

    /// Every measure that the record asks for.
    fn measures(&self) -> impl Iterator<Item = &Measure> {
        let statistics = self.record.statistics.iter().filter_map(|s| match &s.model {
            Model::Measure(measure) => Some(measure),
            Model::OutOfScope(_) => None,
        });
        let facts = self.record.facts.iter().flat_map(|fact| match &fact.when {
            Holds::All(criteria) => &criteria[..],
            Holds::OutOfScope(_) => &[],
        });
        statistics.chain(facts.flat_map(record::Criterion::measures))
    }

    fn accords(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for measure in self.measures() {
            if let Measure::AccordFactor(name) = measure
                && !names.contains(name)
            {
                names.push(name.clone());
            }
        }
        names
    }

    /// Scores a case with the base as it is, and with the numbers that rest on it left out.
    fn score(&self, case: &record::Case, evidence: &Evidence) -> Result<CaseLine, Trouble> {
        let mut alone = Courses::default();
        let with = match self.crises().iter().position(|name| *name == case.scenario) {
            Some(place) => evidence.doctrines.of(place),
            None => {
                let rules = bound(&self.shipped(&case.scenario)?, &Settings::default())?;
                alone.play(&rules, &usual(&rules), self.sides(), self.plan.seed, self.plan.games)?;
                &alone.all
            }
        };
        let text = format!(
            "(format: 1, name: \"left-out\", base: {:?}, replace: ({}))",
            case.scenario, case.left_out
        );
        let rules = bound(&load(Source::new("left-out.ron", text))?, &Settings::default())?;
        let mut without = Courses::default();
        without.play(&rules, &usual(&rules), self.sides(), self.plan.seed, self.plan.games)?;
        Ok(CaseLine::new(self.record, case, with, &without.all))
    }

    /// The steps of every crisis, under the doctrines that its scenario names.
    fn steps(&self) -> Result<Vec<StepLine>, Trouble> {
        let games = (self.plan.games / GAMES_A_RECORDED_ONE).max(1);
        let mut lines = Vec::new();
        for case in &self.record.cases {
            let rules = bound(&self.shipped(&case.scenario)?, &Settings::default())?;
            lines.extend(steps::play(&rules, &usual(&rules), &self.record.policy, self.plan.seed, games)?);
        }
        Ok(lines)
    }
}

fn usual(rules: &Rules) -> Vec<(SeatId, String)> {
    let scenario = rules.scenario();
    scenario.players().map(|seat| (seat, usual_policy(scenario, seat).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::record;

    #[test]
    fn a_few_games_give_the_whole_report_and_the_same_one_twice() {
        let record = Record { years: 2, ..Record::read(record()).unwrap() };
        let plan = Plan { games: 2, seed: 3 };
        let report = validate(&record, plan).unwrap();
        assert_eq!(report.statistics.len(), record.statistics.len());
        assert_eq!(report.facts.len(), 24);
        assert_eq!(report.cases.len(), record.cases.len());
        assert!(report.statistics.iter().any(|line| line.verdict == Verdict::Inside));
        assert_eq!(validate(&record, plan).unwrap(), report);
    }

    #[test]
    fn no_line_changes_the_rate_of_incidents() {
        let mut record = Record { years: 2, ..Record::read(record()).unwrap() };
        record.statistics.clear();
        record.facts.clear();
        let plan = Plan { games: 2, seed: 1 };
        let laboratory = Laboratory { record: &record, plan };
        let evidence = laboratory.evidence().unwrap();
        let cut = &evidence.cut.histories;
        assert!(!cut.is_empty());
        assert_eq!(evidence.incidents.histories[..cut.len()], cut[..]);
    }
}
