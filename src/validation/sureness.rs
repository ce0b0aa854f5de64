//! How sure a forecast of single steps may be: it is mixed with a share of chance, fitted on the other crises' steps.
//!
//! A forecast that gives to what happened a share far below chance is too sure of something else. With the share c of
//! chance it gives (1 - c) p + c / n, where n is how many choices there were. The share that scores best on the steps of
//! all other crises is used for those of one, so no crisis informs its own score.

use super::steps::StepLine;
use crate::analysis::{Estimate, Interval, Moments};
use serde::Serialize;

/// Shares of chance that are tried lie between these by hundredths. None and all would leave nothing to fit.
const FINENESS: u32 = 100;
/// Log scores are averaged in whole parts of a nat.
const PARTS: f64 = 1e6;

/// The steps of one crisis, scored with the share of chance that fits all others best.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SureLine {
    /// The scenario.
    pub scenario: String,
    /// Its steps.
    pub steps: u64,
    /// The share of chance beside the doctrines.
    pub doctrine_chance: f64,
    /// The share of chance beside the base rates.
    pub base_chance: f64,
    /// The doctrines' mean log score with it.
    pub doctrine: f64,
    /// The base rates' mean log score with it.
    pub base: f64,
    /// The mean log score of choosing at random.
    pub uniform: f64,
}

impl SureLine {
    /// Every crisis, its steps scored by what the others teach.
    pub(super) fn all(steps: &[StepLine]) -> Vec<SureLine> {
        let mut names: Vec<&String> = steps.iter().map(|step| &step.scenario).collect();
        names.dedup();
        names.into_iter().filter_map(|name| SureLine::of(name, steps)).collect()
    }

    /// `None` if there are no other crises to learn from.
    fn of(name: &str, steps: &[StepLine]) -> Option<SureLine> {
        let (own, others): (Vec<_>, Vec<_>) = steps.iter().partition(|step| step.scenario == name);
        let doctrine_chance = best_share(&others, StepLine::doctrine_score)?;
        let base_chance = best_share(&others, StepLine::base_score)?;
        Some(SureLine {
            scenario: name.to_owned(),
            steps: own.len() as u64,
            doctrine_chance,
            base_chance,
            doctrine: mean(&own, |step| mixed(step, StepLine::doctrine_score, doctrine_chance)),
            base: mean(&own, |step| mixed(step, StepLine::base_score, base_chance)),
            uniform: mean(&own, StepLine::uniform_score),
        })
    }

    /// The mean of a log score over all steps of some crises.
    pub fn pooled(lines: &[SureLine], of: fn(&SureLine) -> f64) -> f64 {
        let steps: u64 = lines.iter().map(|line| line.steps).sum();
        lines.iter().map(|line| of(line) * line.steps as f64).sum::<f64>() / steps as f64
    }

    /// What the doctrines' mean log score gains on choosing at random, crisis by crisis.
    pub fn gain(lines: &[SureLine]) -> Estimate {
        let gains = lines.iter().map(|line| libm::round((line.doctrine - line.uniform) * PARTS) as i64);
        let Estimate { value, interval, cases } = gains.collect::<Moments>().estimate();
        Estimate {
            value: value / PARTS,
            interval: Interval::new(interval.low / PARTS, interval.high / PARTS),
            cases,
        }
    }
}

/// The log score of a step with a share of chance.
fn mixed(step: &StepLine, score: fn(&StepLine) -> f64, chance: f64) -> f64 {
    libm::log((1.0 - chance) * libm::exp(score(step)) + chance * libm::exp(step.uniform_score()))
}

fn mean(steps: &[&StepLine], score: impl Fn(&StepLine) -> f64) -> f64 {
    steps.iter().map(|step| score(step)).sum::<f64>() / steps.len() as f64
}

/// The share of chance with which some steps score best; the least of equals.
fn best_share(steps: &[&StepLine], score: fn(&StepLine) -> f64) -> Option<f64> {
    let shares = (1..FINENESS).map(|part| f64::from(part) / f64::from(FINENESS));
    let scored = shares.map(|share| (share, mean(steps, |step| mixed(step, score, share))));
    let best = scored.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.filter(|_| !steps.is_empty()).map(|(share, _)| share)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::steps::Wanted;

    /// A step that so many of a hundred copies wanted, among ten choices.
    fn step(scenario: &str, same: u64) -> StepLine {
        let wanted = Wanted { same, filled: 100, of: 100 };
        StepLine {
            scenario: scenario.to_owned(),
            seat: "rok".to_owned(),
            step: "an act".to_owned(),
            doctrine: wanted,
            base: Wanted { same: 10, ..wanted },
            choices: 10,
            met: 1,
        }
    }

    #[test]
    fn who_is_too_sure_is_mixed_with_chance_and_then_beats_it() {
        let crisis = |name: &'static str| [step(name, 60), step(name, 0)];
        let steps: Vec<StepLine> = ["one", "two", "three"].into_iter().flat_map(crisis).collect();
        let lines = SureLine::all(&steps);
        assert_eq!(lines.len(), 3);
        let raw = mean(&steps.iter().collect::<Vec<_>>(), StepLine::doctrine_score);
        // Half the steps are foreseen six times in ten, half never: log((1 - c) 0.576 + c / 10) + log((1 - c) 0.00476
        // + c / 10) is highest where c is about 0.58.
        for line in &lines {
            assert!((line.doctrine_chance - 0.58).abs() < 0.011, "{}", line.doctrine_chance);
            assert!(line.doctrine > line.uniform && raw < line.uniform, "{} {raw}", line.doctrine);
        }
        assert_eq!(SureLine::pooled(&lines, |line| line.doctrine), lines[0].doctrine);
        let gain = SureLine::gain(&lines);
        assert!((gain.value - (lines[0].doctrine - lines[0].uniform)).abs() < 1e-6 && gain.cases == 3);
    }

    #[test]
    fn no_crisis_informs_its_own_score() {
        let mut steps = vec![step("one", 60), step("one", 0), step("two", 60), step("two", 0)];
        let before = SureLine::all(&steps);
        steps[0].doctrine.same = 0;
        let after = SureLine::all(&steps);
        assert_eq!(
            after[0].doctrine_chance, before[0].doctrine_chance,
            "its own steps say nothing of its share"
        );
        assert!(after[1].doctrine_chance > before[1].doctrine_chance, "the other's share rests on them");
    }

    #[test]
    fn one_crisis_alone_teaches_nothing_about_itself() {
        assert_eq!(SureLine::all(&[step("one", 60)]), []);
        assert_eq!(SureLine::all(&[]), []);
    }
}
