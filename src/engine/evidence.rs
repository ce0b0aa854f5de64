//! What a reading says: to each hypothesis, and of what comes next. Tables made at binding.

use super::likelihood::{Chooser, Likelihood};
use super::worth::Worth;
use crate::scenario::Bound;
use crate::scenario::binding::ids;
use crate::scenario::section::{HypothesisKind, MAX_TYPES, Noise};
use crate::vocabulary::{
    ActionId, CONTEXTS, Context, Cost, HypothesisId, Id, ONE_MILLION, PathId, Ppm, READINGS, SeatId,
};

/// How many costs a signal can have.
const COSTS: usize = 3;

/// What a reading does to the odds of each type, in parts per million: by type, then reading.
pub(super) type Factors = [[Ppm; READINGS]; MAX_TYPES];

/// What decides how much a reading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Circumstance {
    pub path: PathId,
    /// Whether a message explains the act.
    pub explained: bool,
    pub cost: Cost,
    pub context: Context,
}

/// Tables of evidence and expectation.
#[derive(Debug)]
pub(super) struct Evidence {
    /// By hypothesis, then circumstance.
    factors: Vec<Vec<Factors>>,
    /// By observer, then actor.
    expectations: Vec<Expectation>,
    /// The hypotheses on the imminence of an act.
    pub imminent: Vec<Imminent>,
    seats: usize,
}

/// What an observer expects of an actor.
#[derive(Clone, Debug)]
pub(super) struct Expectation {
    /// The observer's hypothesis on the actor's disposition, if it holds one.
    pub belief: Option<HypothesisId>,
    /// Otherwise what everybody knows of it.
    pub prior: [Ppm; MAX_TYPES],
    /// The mean reading of each disposition in thousandths, by context.
    pub mean: [[i32; MAX_TYPES]; CONTEXTS],
}

/// What a belief that an act is imminent starts from.
#[derive(Clone, Debug)]
pub(super) struct Imminent {
    pub hypothesis: HypothesisId,
    /// What the belief starts from at the priors of the game, in parts per million.
    pub start: Ppm,
    /// The chance that it is imminent by the actor's disposition, in parts per million.
    pub chance: [Ppm; MAX_TYPES],
    /// Continuing acts that raise it, with the factor on its odds in thousandths.
    pub raised: Vec<(ActionId, u32)>,
}

impl Evidence {
    pub fn new(bound: &Bound, worth: &Worth, repertoire: &[Vec<ActionId>]) -> Evidence {
        let seats = bound.seats.len();
        let derived: Vec<Likelihood> =
            (0..seats).map(|s| Chooser::new(bound, worth, repertoire, SeatId::new(s)).likelihood()).collect();
        let tables: Vec<Likelihood> = bound
            .hypotheses
            .iter()
            .map(|hypothesis| authored(&hypothesis.likelihood, &derived[hypothesis.subject.index()]))
            .collect();
        let expectations = (0..seats * seats).map(|pair| {
            let (observer, actor) = (SeatId::new(pair / seats), SeatId::new(pair % seats));
            expectation(bound, &tables, &derived, observer, actor)
        });
        let imminent = (0..bound.hypotheses.len()).filter_map(|h| {
            let HypothesisKind::Imminence(_, actions) = &bound.hypotheses[h].about else { return None };
            let chooser = Chooser::new(bound, worth, repertoire, bound.hypotheses[h].subject);
            Some(imminent(bound, HypothesisId::new(h), &chooser, &ids(actions)))
        });
        Evidence {
            imminent: imminent.collect(),
            factors: tables.iter().map(|table| factors(bound, table)).collect(),
            expectations: expectations.collect(),
            seats,
        }
    }

    /// What a reading does to the odds of a hypothesis' types.
    pub fn factors(&self, hypothesis: HypothesisId, met: Circumstance) -> &Factors {
        &self.factors[hypothesis.index()][position(met)]
    }

    /// What an observer expects of an actor.
    pub fn expectation(&self, observer: SeatId, actor: SeatId) -> &Expectation {
        &self.expectations[observer.index() * self.seats + actor.index()]
    }
}

impl Expectation {
    /// The reading that an observer with these shares predicts, in thousandths of readings.
    pub fn reading(&self, shares: &[Ppm], context: Context) -> i32 {
        let mean = &self.mean[context as usize];
        let sum: i64 = shares.iter().zip(mean).map(|(b, mean)| i64::from(*b) * i64::from(*mean)).sum();
        (sum / i64::from(ONE_MILLION)) as i32
    }
}

impl Imminent {
    /// The chance that the belief starts from, over these shares of the actor's dispositions, before what raises it.
    pub fn base(&self, shares: &[Ppm; MAX_TYPES]) -> Ppm {
        let sum: u64 = shares.iter().zip(self.chance).map(|(b, c)| u64::from(*b) * u64::from(c)).sum();
        (sum / u64::from(ONE_MILLION)) as Ppm
    }
}

fn imminent(bound: &Bound, id: HypothesisId, chooser: &Chooser<'_>, actions: &[ActionId]) -> Imminent {
    let hypothesis = &bound.hypotheses[id.index()];
    let start = f64::from(hypothesis.prior[0]);
    // An act that is never or always imminent could not be learned about.
    let most = f64::from(bound.model.imminence_most.max(1));
    let chance = |times: f64| (start * times).clamp(1.0, most) as Ppm;
    Imminent {
        hypothesis: id,
        start: hypothesis.prior[0],
        chance: chooser.eagerness(actions).map(chance),
        raised: hypothesis.raised_by.clone(),
    }
}

fn position(met: Circumstance) -> usize {
    let Circumstance { path, explained, cost, context } = met;
    ((path.index() * 2 + usize::from(explained)) * COSTS + cost as usize) * CONTEXTS + context as usize
}

/// The authored table where there is one, the derived one elsewhere.
fn authored(rows: &[Vec<[u32; READINGS]>; CONTEXTS], derived: &Likelihood) -> Likelihood {
    std::array::from_fn(|context| {
        std::array::from_fn(|kind| match rows[context].get(kind) {
            Some(row) => row.map(|p| f64::from(p) / 1e6),
            None => derived[context][kind],
        })
    })
}

fn expectation(
    bound: &Bound,
    tables: &[Likelihood],
    derived: &[Likelihood],
    observer: SeatId,
    actor: SeatId,
) -> Expectation {
    let belief = bound.hypotheses.iter().position(|h| {
        h.holder == observer && h.subject == actor && matches!(h.about, HypothesisKind::Disposition(_))
    });
    let table = belief.map_or(&derived[actor.index()], |h| &tables[h]);
    let dispositions = &bound.seats[actor.index()].dispositions;
    let known = |d: usize| dispositions.get(d).map_or(0, |d| d.prior);
    let mean = |row: &[f64; READINGS]| {
        let sum: f64 = row.iter().enumerate().map(|(s, p)| s as f64 * p).sum();
        libm::round(sum * 1e3) as i32
    };
    Expectation {
        belief: belief.map(HypothesisId::new),
        prior: if dispositions.is_empty() { [ONE_MILLION, 0, 0, 0] } else { std::array::from_fn(known) },
        mean: std::array::from_fn(|context| std::array::from_fn(|kind| mean(&table[context][kind]))),
    }
}

/// By circumstance: what each reading does to the odds.
fn factors(bound: &Bound, table: &Likelihood) -> Vec<Factors> {
    let model = &bound.model;
    let weights = [model.weight_cheap, model.weight_sunk, model.weight_tied].map(|w| f64::from(w) / 1e6);
    let noises = bound.paths.iter().flat_map(|path| [&path.plain, &path.explained]);
    noises
        .flat_map(|noise| weights.map(|weight| table.map(|rows| weighed(noise, &rows, weight))))
        .flatten()
        .collect()
}

/// (sum over meant readings of pi(s | type) Q0(R | s)) to the power of the weight, by type, then reading.
fn weighed(noise: &Noise, rows: &[[f64; READINGS]; MAX_TYPES], weight: f64) -> Factors {
    rows.map(|row| {
        std::array::from_fn(|perceived| {
            let chance: f64 = row.iter().enumerate().map(|(s, p)| p * noise.honest(s, perceived)).sum();
            (libm::pow(chance.max(1e-6), weight) * 1e6 + 0.5) as Ppm
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::dice::{Domain, Draws, RootKey, SiteId, StepDice};
    use crate::engine::mechanics::beliefs::{Credit, learned, shares_of};
    use crate::engine::mechanics::percepts::arriving;
    use crate::scenario::binding::noise;
    use crate::vocabulary::Reading;

    const FULL: Credit = Credit { was: 0, now: ONE_MILLION };

    /// An observer of one sender, whose type is hidden.
    struct Watch {
        noise: Noise,
        /// Chances of what each type means, and the mean, in thousandths of readings.
        meant: [[u32; READINGS]; MAX_TYPES],
        mean: [i64; MAX_TYPES],
        factors: Factors,
        bias: i32,
    }

    impl Watch {
        fn new(rows: [[f64; READINGS]; MAX_TYPES], sd: f64, bias: i32) -> Watch {
            let noise = noise(sd);
            let mean = |row: [f64; READINGS]| {
                row.iter().enumerate().map(|(s, p)| s as f64 * p * 1e3).sum::<f64>() as i64
            };
            Watch {
                factors: weighed(&noise, &rows, 1.0),
                noise,
                meant: rows.map(|row| row.map(|p| (p * 1e6) as u32)),
                mean: rows.map(mean),
                bias,
            }
        }

        /// What is expected, in thousandths of readings.
        fn expected(&self, shares: &[Ppm; MAX_TYPES]) -> i32 {
            let sum: i64 = shares.iter().zip(self.mean).map(|(b, mean)| i64::from(*b) * mean).sum();
            (sum / i64::from(ONE_MILLION)) as i32
        }

        /// The belief after one act of a sender of this type.
        fn after(
            &self,
            shares: [Ppm; MAX_TYPES],
            kind: usize,
            dice: &StepDice,
            site: SiteId,
        ) -> [Ppm; MAX_TYPES] {
            let meant = Reading::at(dice.pick(site, 0, &self.meant[kind]));
            let edges = arriving(&self.noise, meant, self.expected(&shares), self.bias);
            let draw = u64::from(dice.draw(site, 1));
            let seen = edges.iter().position(|edge| draw < *edge).unwrap_or(READINGS - 1);
            let factors = std::array::from_fn(|kind| self.factors[kind][seen]);
            shares_of(&learned(&shares, &factors, FULL), 0)
        }
    }

    fn luck() -> RootKey {
        RootKey::new(11, Domain::Opening)
    }

    /// What is stated, against what is so: bins of a tenth, each with its count, mean statement and hits.
    fn reliability(watch: &Watch, prior: [Ppm; MAX_TYPES], games: u64, acts: u64) -> [(u32, f64, u32); 10] {
        let mut bins = [(0, 0.0, 0); 10];
        let (site, luck) = (SiteId::new("calibration", "", ""), luck());
        for run in 0..games {
            let dice = luck.at(run, 0);
            let kind = dice.pick(site, 2, &prior);
            let mut shares = prior;
            for act in 0..=run % acts {
                shares = watch.after(shares, kind, &dice, site.nth(act));
            }
            for (k, share) in shares.into_iter().enumerate().filter(|(k, _)| prior[*k] > 0) {
                let bin = &mut bins[(share as usize / 100_000).min(9)];
                bin.0 += 1;
                bin.1 += f64::from(share) / 1e6;
                bin.2 += u32::from(k == kind);
            }
        }
        bins
    }

    const ROWS: [[f64; READINGS]; MAX_TYPES] = [
        [0.02, 0.05, 0.13, 0.30, 0.30, 0.15, 0.05],
        [0.01, 0.02, 0.05, 0.14, 0.26, 0.32, 0.20],
        [0.08, 0.20, 0.30, 0.24, 0.12, 0.04, 0.02],
        [0.0; READINGS],
    ];

    #[test]
    fn without_bias_stated_probabilities_come_true_as_often_as_they_say() {
        let watch = Watch::new(ROWS, 0.7, 0);
        let bins = reliability(&watch, [450_000, 300_000, 250_000, 0], 100_000, 8);
        for (cases, stated, hits) in bins {
            let n = f64::from(cases);
            let (stated, observed) = (stated / n, f64::from(hits) / n);
            // Four standard errors: one bin in 16,000 lies further out by luck.
            let error = 4.0 * libm::sqrt(stated * (1.0 - stated) / n);
            assert!(cases > 1000, "{bins:?}");
            assert!(
                (stated - observed).abs() < error,
                "stated {stated:.4}, came true {observed:.4}: {bins:?}"
            );
        }
    }

    #[test]
    fn bias_makes_stated_probabilities_wrong() {
        let watch = Watch::new(ROWS, 0.7, 500_000);
        let bins = reliability(&watch, [450_000, 300_000, 250_000, 0], 20_000, 8);
        let apart = bins.iter().any(|(cases, stated, hits)| {
            let (n, stated) = (f64::from(*cases), stated / f64::from(*cases));
            (stated - f64::from(*hits) / n).abs() > 4.0 * libm::sqrt(stated * (1.0 - stated) / n)
        });
        assert!(apart, "{bins:?}");
    }

    /// Two types: one always sends `Soft` (2), one always `Firm` (4), over noise of standard deviation sigma.
    ///
    /// What arrives is x = (1 - beta) s + beta E + N(0, sigma), and is rounded to a reading R, which adds a twelfth to
    /// the variance: v = sigma^2 + 1/12. The update knows no bias, so R moves the log odds of firm by
    ///
    /// ```text
    /// L(R) = ln N(R; 4, v) / N(R; 2, v) = 2 (R - 3) / v.
    /// ```
    ///
    /// With belief b in firm the observer expects E = 2 + 2 b. The mean of R is (1 - beta) s + beta E, so
    ///
    /// ```text
    /// firm sender:  mean L = 2 (1 - 2 beta (1 - b)) / v      honest: 2 / v
    /// soft sender:  mean L = 2 (2 beta b - 1) / v            honest: -2 / v
    /// ```
    ///
    /// The bias takes 2 beta (1 - b) of what a firm sender says and 2 beta b of what a soft one says: an observer who
    /// is nearly sure loses nothing of what agrees with it and 2 beta of what does not. With the default beta of 0.15
    /// and sigma of 1 an observer at b = 0.9 learns from a soft sender -1.348 nats instead of -1.846.
    #[test]
    fn the_default_bias_distorts_as_derived_by_hand() {
        let certain = |s: usize| std::array::from_fn(|r| f64::from(u8::from(r == s)));
        let rows = [certain(4), certain(2), [0.0; READINGS], [0.0; READINGS]];
        let (beta, v) = (0.15, 1.0 + 1.0 / 12.0);
        let odds = |shares: [Ppm; MAX_TYPES]| libm::log(f64::from(shares[0]) / f64::from(shares[1]));
        for bias in [0, 150_000] {
            let watch = Watch::new(rows, 1.0, bias);
            let beta = if bias == 0 { 0.0 } else { beta };
            for b in [0.1, 0.5, 0.9] {
                let shares = [(b * 1e6) as Ppm, ONE_MILLION - (b * 1e6) as Ppm, 0, 0];
                let by_hand = [2.0 * (1.0 - 2.0 * beta * (1.0 - b)) / v, 2.0 * (2.0 * beta * b - 1.0) / v];
                for (kind, expected) in by_hand.into_iter().enumerate() {
                    const GAMES: u64 = 10_000;
                    let (site, luck) = (SiteId::new("bias", "", ""), luck());
                    let sum: f64 = (0..GAMES)
                        .map(|run| odds(watch.after(shares, kind, &luck.at(run, 0), site)) - odds(shares))
                        .sum();
                    let mean = sum / GAMES as f64;
                    // The spread of L is 2 / sqrt(v): 0.08 is four standard errors.
                    assert!(
                        (mean - expected).abs() < 0.08,
                        "bias {bias}, b {b}, type {kind}: {mean:.3} nats, {expected:.3} by hand"
                    );
                }
            }
        }
    }
}
