//! Regret and robustness: how a choice fares in every world that the other factors make, against the best choice there.

use super::bootstrap::{Percentiles, resamples};
use super::figure::Figure;
use super::finding::Finding;
use super::luck::ByLuck;
use crate::statistics::interval::{Estimate, Interval};
use crate::statistics::share::Share;
use crate::sweep::rows::Results;
use std::collections::BTreeMap;

/// Resamples of the lucks.
const ROUNDS: usize = 1000;

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    More,
    /// Less is better.
    Less,
}

impl Better {
    /// A value so that more of it is better.
    fn good(self, value: f64) -> f64 {
        if self == Better::More { value } else { -value }
    }
}

/// How one choice fares.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The choice.
    pub name: String,
    /// The figure, over all worlds.
    pub mean: Estimate,
    /// The figure in the world where it is worst.
    pub worst: f64,
    /// What the best choice of each world has over it, over all worlds (Savage 1951). The best of noisy means is too good
    /// by luck, and the value is corrected for it. The interval resamples lucks, and with them which choice is best in
    /// which world.
    pub regret: Estimate,
    /// The share of resamples of the lucks in which no choice has a smaller mean regret; nothing if there are none.
    pub best_again: Option<f64>,
    /// The largest regret in any world, as the runs have it: not corrected.
    pub worst_regret: f64,
    /// The worlds in which nothing is better.
    pub best: Share,
}

/// How the values of a factor fare over the values of all others.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    /// The factor that is chosen.
    pub factor: String,
    /// The figure by which choices are judged.
    pub figure: String,
    /// Which way is better.
    pub better: Better,
    /// Combinations of all other factors' values at which every choice was played.
    pub worlds: usize,
    /// The choices.
    pub choices: Vec<Choice>,
}

/// The runs of a choice in a world: their luck and their value.
type Runs = Vec<(usize, i64)>;

/// The mean over runs, each as often as its luck is drawn.
fn weighted(runs: &Runs, weights: &[u32]) -> f64 {
    let (mut sum, mut of) = (0.0, 0.0);
    for (luck, value) in runs {
        let weight = f64::from(weights[*luck]);
        (sum, of) = (sum + weight * *value as f64, of + weight);
    }
    sum / of
}

/// The regrets of every choice in a world.
fn regrets(world: &[Runs], weights: &[u32], better: Better) -> Vec<f64> {
    let good: Vec<f64> = world.iter().map(|runs| better.good(weighted(runs, weights))).collect();
    let best = good.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    good.iter().map(|good| best - good).collect()
}

/// The mean regret of every choice over all worlds, by how often each luck is drawn.
fn mean_regrets(worlds: &[Vec<Runs>], weights: &[u32], better: Better) -> Vec<f64> {
    let mut means = vec![0.0; worlds[0].len()];
    for world in worlds {
        for (mean, regret) in means.iter_mut().zip(regrets(world, weights, better)) {
            *mean += regret / worlds.len() as f64;
        }
    }
    means
}

impl Robustness {
    /// How the values of a factor fare; nothing if no two points differ in it alone.
    pub fn of(results: &Results, factor: usize, figure: &Figure, better: Better) -> Option<Robustness> {
        let mut names: Vec<String> = Vec::new();
        let mut worlds: BTreeMap<Vec<String>, BTreeMap<usize, usize>> = BTreeMap::new();
        for point in (0..results.points.len()).filter(|point| !results.points[*point].rows.is_empty()) {
            let mut values: Vec<String> = results.values(point).iter().map(ToString::to_string).collect();
            let own = values.remove(factor);
            let at = names.iter().position(|name| *name == own).unwrap_or_else(|| {
                names.push(own);
                names.len() - 1
            });
            worlds.entry(values).or_default().insert(at, point);
        }
        worlds.retain(|_, points| points.len() == names.len());
        if worlds.is_empty() || names.len() < 2 {
            return None;
        }
        let runs = |point: &usize| -> Runs {
            let rows = results.points[*point].rows.iter();
            rows.map(|row| (results.luck(*row), figure.value(results, *row))).collect()
        };
        let worlds: Vec<Vec<Runs>> =
            worlds.values().map(|points| points.values().map(runs).collect()).collect();
        let once = vec![1; results.luck_count()];
        let all: Vec<Vec<f64>> = worlds.iter().map(|world| regrets(world, &once, better)).collect();
        let lucks = results.luck_count();
        let means = mean_regrets(&worlds, &once, better);
        // Without shared luck a resample may leave a choice without a run in some world.
        let rounds = if results.shares_luck() { ROUNDS } else { 0 };
        let drawn: Vec<Vec<f64>> = resamples(lucks, rounds, results.experiment.seed)
            .map(|picked| {
                let mut weights = vec![0; lucks];
                picked.into_iter().for_each(|luck| weights[luck] += 1);
                mean_regrets(&worlds, &weights, better)
            })
            .collect();
        let moved = drawn.iter().any(|regrets| *regrets != means);
        let choice = |(at, name): (usize, &String)| {
            let mut mean = ByLuck::new(lucks);
            worlds.iter().flat_map(|world| &world[at]).for_each(|(luck, value)| mean.push(*luck, *value));
            let values = worlds.iter().map(|world| better.good(weighted(&world[at], &once)));
            let plain = means[at];
            let of = Percentiles::new(drawn.iter().map(|regrets| regrets[at]), lucks);
            let (value, interval) = match &of {
                None => (plain, Interval::EVERYTHING),
                Some(_) if !moved => (plain, Interval::NONE),
                Some(of) => (of.less_its_luck(plain), of.interval_of_a_best(plain)),
            };
            let is_best = |regrets: &&Vec<f64>| regrets.iter().all(|other| regrets[at] <= *other);
            let again = drawn.iter().filter(is_best).count() as f64 / drawn.len() as f64;
            let best = all.iter().filter(|regrets| regrets[at] <= 0.0).count() as u64;
            Choice {
                name: name.clone(),
                mean: if figure.is_share() { mean.share() } else { mean.mean().within(figure.range()) },
                worst: better.good(values.fold(f64::INFINITY, f64::min)),
                regret: Estimate { value, interval, cases: lucks as u64 },
                best_again: again.is_finite().then_some(again),
                worst_regret: all.iter().map(|regrets| regrets[at]).fold(0.0, f64::max),
                best: Share::new(best, worlds.len() as u64),
            }
        };
        let choices = names.iter().enumerate().map(choice).collect();
        let factor = results.experiment.factors[factor].name.clone();
        Some(Robustness { factor, figure: figure.name.clone(), better, worlds: worlds.len(), choices })
    }

    /// The policies among a sweep's factors: each with its place and its seat.
    pub fn policies(results: &Results) -> Vec<(usize, String)> {
        let seat = |name: &str| Some(name.strip_prefix("seats.")?.strip_suffix(".policy")?.to_owned());
        let factors = results.experiment.factors.iter().enumerate();
        factors.filter_map(|(at, factor)| Some((at, seat(&factor.name)?))).collect()
    }

    /// Its numbers.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for choice in &self.choices {
            let plain = |value| Estimate { value, interval: Interval::EVERYTHING, cases: self.worlds as u64 };
            let drawn = Estimate {
                value: choice.best_again.unwrap_or(f64::NAN),
                interval: Interval::EVERYTHING,
                cases: choice.regret.cases,
            };
            let subject = format!("{} by {}={}", self.figure, self.factor, choice.name);
            for (what, number) in [
                ("mean", choice.mean),
                ("worst", plain(choice.worst)),
                ("mean regret", choice.regret),
                ("worst regret", plain(choice.worst_regret)),
                ("best in share of worlds", plain(choice.best.value())),
                ("best in share of resamples", drawn),
            ] {
                findings.push(Finding::new("robustness", None, &subject, what, number));
            }
        }
        findings
    }
}
