//! What `analyze` and `report` say of a sweep's factors: sensitivity, robustness, scenario discovery.

use super::analyze::Deeper;
use super::exit::Failure;
use crate::analysis::cart::Tree;
use crate::analysis::cases::Limit;
use crate::analysis::prim::Search;
use crate::analysis::regret::Better;
use crate::analysis::{Cases, Estimate, Figure, Finding, Interval, Robustness, Sensitivity};
use crate::report::{Section, discovery, sensitivity};
use crate::sweep::rows::Results;

impl Deeper {
    /// What there is to say for people.
    pub fn sections(&self, results: &Results, figures: &[Figure]) -> Result<Vec<Section>, Failure> {
        let moved = figures.iter().filter_map(|figure| Sensitivity::of(results, figure));
        let mut sections: Vec<Section> = moved.map(|found| sensitivity::sensitivity(&found)).collect();
        sections.extend(self.robustness(results)?.iter().map(sensitivity::robustness));
        for condition in self.conditions(results)? {
            let cases = Cases::of(results, &condition);
            sections.push(discovery::prim(&condition.name, &Search::of(&cases)));
            sections.push(discovery::tree(&condition.name, &cases, &Tree::grow(&cases)));
        }
        Ok(sections)
    }

    /// What there is to say for programs.
    pub fn findings(&self, results: &Results, figures: &[Figure]) -> Result<Vec<Finding>, Failure> {
        let moved = figures.iter().filter_map(|figure| Sensitivity::of(results, figure));
        let mut findings: Vec<Finding> = moved.flat_map(|found| found.findings()).collect();
        findings.extend(self.robustness(results)?.iter().flat_map(Robustness::findings));
        for condition in self.conditions(results)? {
            let cases = Cases::of(results, &condition);
            let Search { judged, found, .. } = Search::of(&cases);
            match found {
                Ok(prim) => {
                    let limits =
                        prim.limited().into_iter().filter_map(|k| Some((k, prim.limits[k].as_ref()?)));
                    findings.extend(part("box", &condition, &judged, limits, &prim.cases));
                }
                Err(why) => {
                    let why = discovery::no_box(why, &judged);
                    super::say(&format!("--discover {}: {why}", condition.name));
                }
            }
            for (way, leaf) in Tree::grow(&cases).leaves() {
                findings.extend(part("leaf", &condition, &cases, way, &leaf.cases));
            }
        }
        Ok(findings)
    }

    fn conditions(&self, results: &Results) -> Result<Vec<Figure>, Failure> {
        if !self.discover.is_empty() && results.experiment.factors.is_empty() {
            return Err(Failure::usage("--discover: the sweep has no factors, so there is nowhere to look"));
        }
        let wrong = |why| Failure::usage(format!("--discover: {why}"));
        let condition = |text: &String| Figure::condition(results, text).map_err(wrong);
        self.discover.iter().map(condition).collect()
    }

    /// How policies fare, each by what is asked for, or by the aims of its own seat.
    fn robustness(&self, results: &Results) -> Result<Vec<Robustness>, Failure> {
        let policies = Robustness::policies(results);
        let given = !self.maximise.is_empty() || !self.minimise.is_empty();
        if given && policies.is_empty() {
            let why =
                "no policy is a factor of the sweep (`seats.NAME.policy`), so there is nothing to judge";
            return Err(Failure::usage(why));
        }
        let mut asked: Vec<(Figure, Better)> = Vec::new();
        for (flag, texts, better) in
            [("--maximise", &self.maximise, Better::More), ("--minimise", &self.minimise, Better::Less)]
        {
            for text in texts {
                let wrong = |why| Failure::usage(format!("{flag}: {why}"));
                asked.push((Figure::parse(results, text).map_err(wrong)?, better));
            }
        }
        let mut found = Vec::new();
        for (factor, seat) in policies {
            let own = format!("score.{seat}.aims");
            let mut judged = asked.clone();
            if !given {
                judged.extend(Figure::parse(results, &own).ok().map(|figure| (figure, Better::More)));
            }
            found.extend(
                judged.iter().filter_map(|(figure, better)| Robustness::of(results, factor, figure, *better)),
            );
        }
        if given && found.is_empty() {
            let why = "no two design points differ in a policy alone, so there is no world to judge it in; a grid has such \
                       points";
            return Err(Failure::usage(why));
        }
        Ok(found)
    }
}

/// What is told of a part of the factors' space: how often the condition holds there, and how much of it and of all is
/// there.
fn part<'a>(
    kind: &'static str,
    condition: &Figure,
    cases: &Cases,
    limits: impl IntoIterator<Item = (usize, &'a Limit)>,
    inside: &[usize],
) -> [Finding; 3] {
    let limits: Vec<String> = limits.into_iter().map(|(factor, limit)| cases.told(factor, limit)).collect();
    let place = if limits.is_empty() { "anything".to_owned() } else { limits.join(", ") };
    let subject = format!("{} where {place}", condition.name);
    let all: Vec<usize> = (0..cases.len()).collect();
    let (hits, of) = (cases.counted(inside).0 as f64, cases.counted(&all).0 as f64);
    let plain = |value| Estimate { value, interval: Interval::EVERYTHING, cases: inside.len() as u64 };
    [
        ("density", cases.share(inside)),
        ("coverage", plain(hits / of)),
        ("mass", plain(inside.len() as f64 / cases.len() as f64)),
    ]
    .map(|(what, number)| Finding::new(kind, None, &subject, what, number))
}
