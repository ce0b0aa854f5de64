//! Baselines: what a score has to beat. A uniform guess, and the record's other crises alone.

use super::record::{Case, Crisis, Record};
use crate::engine::CourseClass;
use crate::scenario::section::EndingClass;
use serde::Serialize;
use std::collections::BTreeMap;

/// A forecast of a case, scored.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The logarithm of the chance that it gave to what happened, in nats.
    pub log_score: f64,
    /// The place of what happened among all classes, the likeliest being 1; ties share the mean of their places.
    pub rank: f64,
}

impl Score {
    /// The mean of some scores; `None` without any.
    pub fn mean<'a>(scores: impl Iterator<Item = &'a Score>) -> Option<Score> {
        let (mut sum, mut count) = (Score { log_score: 0.0, rank: 0.0 }, 0.0);
        for score in scores {
            sum.log_score += score.log_score;
            sum.rank += score.rank;
            count += 1.0;
        }
        (count > 0.0).then(|| Score { log_score: sum.log_score / count, rank: sum.rank / count })
    }
}

/// Every class that a course can have: war takes a strike beyond the source at least.
pub fn classes() -> Vec<CourseClass> {
    let mut all = Vec::new();
    for band in CourseClass::BANDS {
        for deaths in [false, true] {
            let possible = |ending: &EndingClass| *ending != EndingClass::War || band.0 >= 10;
            let endings = EndingClass::ALL.into_iter().filter(possible);
            all.extend(endings.map(|ending| CourseClass { band, deaths, ending: Some(ending) }));
        }
    }
    all
}

/// Scores counted courses against what happened. Half a case more in every class keeps what was never seen possible
/// (Krichevsky and Trofimov 1981), for model and baseline alike.
pub fn score(counted: &BTreeMap<CourseClass, u64>, happened: &CourseClass) -> Score {
    let all = classes();
    let seen = |class: &CourseClass| counted.get(class).copied().unwrap_or(0);
    let (own, total) = (seen(happened), counted.values().sum::<u64>());
    let chance = (own as f64 + 0.5) / (total as f64 + 0.5 * all.len() as f64);
    let above = all.iter().filter(|class| seen(class) > own).count() as f64;
    let level = all.iter().filter(|class| *class != happened && seen(class) == own).count() as f64;
    Score { log_score: libm::log(chance), rank: 1.0 + above + level / 2.0 }
}

/// What somebody says who knows nothing.
pub fn uniform(happened: &CourseClass) -> Score {
    score(&BTreeMap::new(), happened)
}

/// What somebody says who knows how the record's other crises went, and nothing of this one.
pub fn base_rates(record: &Record, case: &Case) -> Score {
    let others = record.crises.iter().filter(|crisis| crisis.scenario.as_ref() != Some(&case.scenario));
    let mut counted = BTreeMap::new();
    for Crisis { band, deaths, ending, .. } in others {
        *counted.entry(CourseClass { band: *band, deaths: *deaths, ending: Some(*ending) }).or_default() += 1;
    }
    score(&counted, &case.class())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likelier_class_scores_higher_and_ranks_first() {
        let class = |band, ending| CourseClass { band, deaths: false, ending: Some(ending) };
        let (quiet, fire) = (class((0, 3), EndingClass::Faded), class((6, 7), EndingClass::Settled));
        let counted = BTreeMap::from([(quiet, 30), (fire, 10)]);
        let (first, second) = (score(&counted, &quiet), score(&counted, &fire));
        assert_eq!((first.rank, second.rank), (1.0, 2.0));
        // 30.5 and 10.5 of 40 and half of 52.
        assert!((libm::exp(first.log_score) - 30.5 / 66.0).abs() < 1e-12);
        assert!((libm::exp(second.log_score) - 10.5 / 66.0).abs() < 1e-12);
        let unseen = score(&counted, &class((13, 13), EndingClass::War));
        assert_eq!(unseen.rank, 1.0 + 2.0 + 49.0 / 2.0);
    }

    #[test]
    fn who_knows_nothing_ranks_in_the_middle() {
        let class = CourseClass { band: (4, 5), deaths: true, ending: Some(EndingClass::Frozen) };
        assert_eq!(classes().len(), 52);
        assert_eq!(uniform(&class).rank, 26.5);
        assert!((uniform(&class).log_score + libm::log(52.0)).abs() < 1e-12);
    }
}
