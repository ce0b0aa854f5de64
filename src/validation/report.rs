//! The report: what stands against what, and the verdicts.

use super::Plan;
use super::baseline::{Score, base_rates, score, uniform};
use super::courses::Course;
use super::measure::{Evidence, Finding, Measure, Play};
use super::record::{Case, Criterion, Fact, Holds, Model, Record, Statistic, Target};
use super::steps::StepLine;
use super::sureness::SureLine;
use crate::analysis::{Brier, Estimate, Interval, ReliabilityBin, Share};
use crate::engine::CourseClass;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a comparison came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Verdict {
    /// Model and record agree within the record's interval, or within the range of histories as long as the record.
    Inside,
    /// The model's value lies outside, but its interval reaches in: more games would tell.
    Unclear,
    /// They do not.
    Outside,
    /// The model played no such case.
    NoCases,
    /// The model does not speak of it, for this reason.
    OutOfScope(String),
}

impl Verdict {
    /// One word or two.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Inside => "inside",
            Verdict::Unclear => "unclear",
            Verdict::Outside => "OUTSIDE",
            Verdict::NoCases => "no cases",
            Verdict::OutOfScope(_) => "out of scope",
        }
    }
}

/// A statistic of the record against the model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatisticLine {
    /// What it is.
    pub label: String,
    /// Where the record's number was computed.
    pub source: String,
    /// The record's number.
    pub record: Estimate,
    /// The model's number.
    pub model: Option<Estimate>,
    /// The range over histories as long as the record.
    pub spread: Option<Interval>,
    /// What it came to.
    pub verdict: Verdict,
}

/// A historical case against the model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseLine {
    /// The scenario.
    pub scenario: String,
    /// How it went.
    pub class: String,
    /// The share of games that went so.
    pub share: Estimate,
    /// The model as it is, scored.
    pub fitted: Score,
    /// Which numbers rest on the case, and how they were refitted without it.
    pub rests_on: Vec<String>,
    /// The share without them.
    pub left_out_share: Estimate,
    /// The model without them, scored.
    pub left_out: Score,
    /// The record's other crises alone, scored.
    pub base_rates: Score,
    /// A uniform guess, scored.
    pub uniform: Score,
}

/// A class of courses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassLine {
    /// The scenario.
    pub scenario: String,
    /// Who plays.
    pub play: Play,
    /// The class.
    pub class: String,
    /// Its share of games.
    pub share: Estimate,
}

/// A stylised fact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactLine {
    /// Its number.
    pub number: u32,
    /// What it says.
    pub claim: String,
    /// Whether it holds; `None` if it is out of scope or nothing was measured.
    pub holds: Option<bool>,
    /// The figures, and how they were measured; or why there are none.
    pub figures: Vec<String>,
}

/// A figure of courses that the record has no number for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureLine {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: Option<Estimate>,
}

/// The seats' estimates of fire within two days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForecastLine {
    /// How many.
    pub count: u64,
    /// Brier score and its parts.
    pub brier: Brier,
    /// Mean log score in nats.
    pub log_score: f64,
    /// The reliability curve.
    pub curve: Vec<ReliabilityBin>,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Games of each crisis.
    pub games: u64,
    /// The seed.
    pub seed: u64,
    /// Statistics.
    pub statistics: Vec<StatisticLine>,
    /// Cases.
    pub cases: Vec<CaseLine>,
    /// The record's steps, where the seats' doctrines met them.
    pub steps: Vec<StepLine>,
    /// The same, crisis by crisis, with the share of chance that fits the other crises' steps best.
    pub sureness: Vec<SureLine>,
    /// How crises went.
    pub classes: Vec<ClassLine>,
    /// Figures of courses.
    pub figures: Vec<FigureLine>,
    /// Estimates under doctrines.
    pub forecasts: Option<ForecastLine>,
    /// Stylised facts.
    pub facts: Vec<FactLine>,
}

impl Report {
    pub(super) fn new(
        record: &Record,
        plan: Plan,
        evidence: &Evidence,
        crises: &[&str],
        cases: Vec<CaseLine>,
        steps: Vec<StepLine>,
    ) -> Report {
        let mut classes = Vec::new();
        for (place, scenario) in crises.iter().enumerate() {
            classes.extend(class_lines(scenario, &record.own, Play::Base, evidence.base.of(place)));
            classes.extend(class_lines(scenario, &record.own, Play::Doctrines, evidence.doctrines.of(place)));
        }
        let forecasts = &evidence.doctrines.forecasts;
        Report {
            games: plan.games,
            seed: plan.seed,
            statistics: record.statistics.iter().map(|s| statistic(s, evidence)).collect(),
            cases,
            sureness: SureLine::all(&steps),
            steps,
            classes,
            figures: figures(evidence),
            forecasts: (forecasts.count() > 0).then(|| ForecastLine {
                count: forecasts.count(),
                brier: forecasts.brier(),
                log_score: forecasts.log_score(),
                curve: forecasts.reliability().collect(),
            }),
            facts: record.facts.iter().map(|fact| fact_line(fact, evidence)).collect(),
        }
    }

    /// How many statistics came to a verdict.
    pub fn verdicts(&self, verdict: &str) -> usize {
        self.statistics.iter().filter(|line| line.verdict.word() == verdict).count()
    }

    /// How many facts hold, fail, and are not measured.
    pub fn fact_counts(&self) -> (usize, usize, usize) {
        let count = |is: Option<bool>| self.facts.iter().filter(|fact| fact.holds == is).count();
        (count(Some(true)), count(Some(false)), count(None))
    }
}

fn class_lines(scenario: &str, own: &str, play: Play, courses: &[Course]) -> Vec<ClassLine> {
    let mut counts: Vec<(String, u64)> = Vec::new();
    for course in courses {
        let class = course.class.words(own);
        match counts.iter_mut().find(|(known, _)| *known == class) {
            Some((_, count)) => *count += 1,
            None => counts.push((class, 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let all = courses.len() as u64;
    let line = |(class, count)| ClassLine {
        scenario: scenario.to_owned(),
        play,
        class,
        share: Share::new(count, all).estimate(),
    };
    counts.into_iter().map(line).collect()
}

/// What the record has no number for, and readers ask.
fn figures(evidence: &Evidence) -> Vec<FigureLine> {
    let asked = [
        ("Escalation number R at base rates: kinetic acts caused for each", Measure::R(Play::Base)),
        ("Escalation number R under doctrines", Measure::R(Play::Doctrines)),
        ("Acute phase at base rates, days", Measure::AcuteDays(Play::Base)),
        ("Acute phase under doctrines, days", Measure::AcuteDays(Play::Doctrines)),
        ("General war or worse under doctrines (judgement alone)", Measure::PeakAtLeast(Play::Doctrines, 12)),
        ("Nuclear use under doctrines (judgement alone)", Measure::PeakAtLeast(Play::Doctrines, 13)),
    ];
    let line = |(label, measure): (&str, Measure)| FigureLine {
        label: label.to_owned(),
        value: evidence.take(&measure).map(|found| found.estimate),
    };
    asked.into_iter().map(line).collect()
}

fn statistic(statistic: &Statistic, evidence: &Evidence) -> StatisticLine {
    let record = statistic.record.estimate();
    let found = match &statistic.model {
        Model::Measure(measure) => evidence.take(measure),
        Model::OutOfScope(_) => None,
    };
    let verdict = match (&statistic.model, found) {
        (Model::OutOfScope(why), _) => Verdict::OutOfScope(why.clone()),
        (_, None) => Verdict::NoCases,
        (_, Some(found)) => judge(&statistic.record, &record, &found),
    };
    StatisticLine {
        label: statistic.label.clone(),
        source: statistic.source.clone(),
        record,
        model: found.map(|f| f.estimate),
        spread: found.and_then(|f| f.spread),
        verdict,
    }
}

fn judge(target: &Target, record: &Estimate, found: &Finding) -> Verdict {
    let (inside, reaches) = match (target, found.spread) {
        (Target::History(..), Some(spread)) => (spread.contains(record.value), false),
        (Target::History(..), None) => (found.estimate.interval.contains(record.value), false),
        _ => {
            let (value, model) = (found.estimate.value, found.estimate.interval);
            let apart = model.high < record.interval.low || record.interval.high < model.low;
            (record.interval.contains(value), !apart)
        }
    };
    match (inside, reaches) {
        (true, _) => Verdict::Inside,
        (false, true) => Verdict::Unclear,
        (false, false) => Verdict::Outside,
    }
}

impl CaseLine {
    pub(super) fn new(record: &Record, case: &Case, with: &[Course], without: &[Course]) -> CaseLine {
        let class = case.class();
        let counted = |courses: &[Course]| {
            let mut counted = BTreeMap::new();
            courses.iter().for_each(|course| *counted.entry(course.class).or_default() += 1);
            counted
        };
        let (with, without) = (counted(with), counted(without));
        let share = |counted: &BTreeMap<CourseClass, u64>| {
            Share::new(counted.get(&class).copied().unwrap_or(0), counted.values().sum()).estimate()
        };
        CaseLine {
            scenario: case.scenario.clone(),
            class: class.words(&record.own),
            share: share(&with),
            fitted: score(&with, &class),
            rests_on: case.rests_on.clone(),
            left_out_share: share(&without),
            left_out: score(&without, &class),
            base_rates: base_rates(record, case),
            uniform: uniform(&class),
        }
    }
}

fn fact_line(fact: &Fact, evidence: &Evidence) -> FactLine {
    let (holds, mut figures) = match &fact.when {
        Holds::OutOfScope(why) => (None, vec![format!("out of scope: {why}")]),
        Holds::All(criteria) => {
            let met: Vec<(Option<bool>, String)> = criteria.iter().map(|c| meets(c, evidence)).collect();
            let all = met.iter().try_fold(true, |all, (met, _)| met.map(|met| all && met));
            (all, met.into_iter().map(|(_, figure)| figure).collect())
        }
    };
    figures.extend(fact.unless.clone().filter(|_| holds == Some(false)));
    FactLine { number: fact.number, claim: fact.claim.clone(), holds, figures }
}

fn meets(criterion: &Criterion, evidence: &Evidence) -> (Option<bool>, String) {
    let value = |finding: Option<Finding>| finding.map(|f| f.estimate.value);
    let text = |finding: Option<Finding>| finding.map_or("no cases".to_owned(), |f| number(f.estimate.value));
    let cases =
        |finding: Option<Finding>| finding.map_or(String::new(), |f| format!(" (n {})", f.estimate.cases));
    match criterion {
        Criterion::AtMost(measure, bound) => {
            let found = evidence.take(measure);
            let figure = format!("{measure:?} = {}{}, at most {bound}", text(found), cases(found));
            (value(found).map(|v| v <= *bound), figure)
        }
        Criterion::AtLeast(measure, bound) => {
            let found = evidence.take(measure);
            let figure = format!("{measure:?} = {}{}, at least {bound}", text(found), cases(found));
            (value(found).map(|v| v >= *bound), figure)
        }
        Criterion::Below(low, high) => {
            let (a, b) = (evidence.take(low), evidence.take(high));
            let figure =
                format!("{low:?} = {}{} below {high:?} = {}{}", text(a), cases(a), text(b), cases(b));
            (value(a).zip(value(b)).map(|(a, b)| a < b), figure)
        }
    }
}

/// A number with three significant digits, as tables show it.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let size = value.abs();
    let digits = match size {
        s if s >= 100.0 => 0,
        s if s >= 10.0 => 1,
        s if s >= 1.0 => 2,
        s if s >= 0.01 || s == 0.0 => 3,
        _ => 5,
    };
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_three_digits_that_count() {
        let shown: Vec<String> = [2784.0, 57.64, 4.118, 0.2, 0.0021, 0.0, f64::INFINITY].map(number).into();
        assert_eq!(shown, ["2784", "57.6", "4.12", "0.200", "0.00210", "0.000", "-"]);
    }

    #[test]
    fn a_single_history_agrees_if_it_lies_in_the_range_of_histories() {
        let found = Finding {
            estimate: Estimate { value: 3.0, interval: Interval::new(2.9, 3.1), cases: 40 },
            spread: Some(Interval::new(1.5, 6.0)),
        };
        let history = Target::History(4.1, 36);
        assert_eq!(judge(&history, &history.estimate(), &found), Verdict::Inside);
        let other = Target::History(7.0, 36);
        assert_eq!(judge(&other, &other.estimate(), &found), Verdict::Outside);
    }

    #[test]
    fn a_value_outside_is_unclear_while_its_own_interval_reaches_in() {
        let share = Target::Share(16, 80);
        let verdict = |value, low, high| {
            let estimate = Estimate { value, interval: Interval::new(low, high), cases: 9 };
            judge(&share, &share.estimate(), &Finding { estimate, spread: None })
        };
        assert_eq!(verdict(0.25, 0.1, 0.5), Verdict::Inside);
        assert_eq!(verdict(0.35, 0.2, 0.5), Verdict::Unclear);
        assert_eq!(verdict(0.35, 0.31, 0.39), Verdict::Outside);
    }
}
