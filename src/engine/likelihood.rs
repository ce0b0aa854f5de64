//! How each disposition of a seat would signal: the chance of each reading, given that the seat acts at all, worked out
//! once from the doctrine that plays it, by the measure and the weights that seats choose by.
//!
//! The *reference state* is the start of the scenario with the crisis standing at the rung of what is answered. Of what
//! an act needs, only what that state decides counts; the rest has even odds.

use super::worth::{Worth, likely};
use crate::scenario::Bound;
use crate::scenario::section::{Doctrine, MAX_AIMS, MAX_TYPES};
use crate::vocabulary::{ActionId, CELLS, CONTEXTS, Context, Id, READINGS, RUNGS, Rung, SeatId};

/// The chance of each reading by context, then disposition.
pub(super) type Likelihood = [[[f64; READINGS]; MAX_TYPES]; CONTEXTS];

/// One seat, and what its choices rest on.
pub(super) struct Chooser<'a> {
    bound: &'a Bound,
    worth: &'a Worth,
    seat: SeatId,
    /// What it can do openly and without a body's or an ally's leave.
    acts: Vec<ActionId>,
    doctrine: Doctrine,
    /// Chance of each cell of its target's reply to an act at each rung, over the target's own dispositions.
    draws: Vec<[f64; CELLS]>,
}

impl<'a> Chooser<'a> {
    pub fn new(bound: &'a Bound, worth: &'a Worth, repertoire: &[Vec<ActionId>], seat: SeatId) -> Self {
        let locked = |action: ActionId| bound.triggers.iter().any(|t| t.permits && t.action == action);
        let open = |action: &ActionId| {
            let act = &bound.actions[action.index()];
            act.release.is_empty() && act.covert.is_none() && !locked(*action)
        };
        let document = &bound.scenario.document;
        let usual = document.seats[seat.index()].doctrine.as_ref();
        let doctrine = usual.and_then(|usual| {
            let at = document.doctrines.iter().position(|d| d.name == usual.name())?;
            bound.doctrines.get(at).map(|(_, doctrine)| doctrine.clone())
        });
        Chooser {
            bound,
            worth,
            seat,
            acts: repertoire[seat.index()].iter().copied().filter(open).collect(),
            // Without a doctrine the base measure alone decides, and no disposition differs from another.
            doctrine: doctrine.unwrap_or_default(),
            draws: draws(bound, worth, seat),
        }
    }

    /// The chance of each reading by context, then disposition.
    pub fn likelihood(&self) -> Likelihood {
        let types = self.bound.seats[self.seat.index()].dispositions.len().clamp(1, MAX_TYPES);
        let least = f64::from(self.bound.model.likelihood_floor) / 1e6;
        Context::ALL.map(|context| {
            std::array::from_fn(|d| {
                let mut readings = [0.0; READINGS];
                if d < types {
                    self.choose(d, context, &mut readings);
                }
                let total: f64 = readings.iter().sum();
                readings.map(|share| {
                    let share = if total > 0.0 { share / total } else { 1.0 / READINGS as f64 };
                    least + (1.0 - least * READINGS as f64) * share
                })
            })
        })
    }

    /// Adds up the weight of what a disposition would do in a context, by reading.
    fn choose(&self, disposition: usize, context: Context, readings: &mut [f64; READINGS]) {
        match context {
            Context::Unprovoked => {
                for &action in &self.acts {
                    let weight = self.initiative(disposition, action);
                    readings[self.bound.actions[action.index()].reading.index()] += weight;
                }
            }
            Context::AfterDemand => {
                let demand = Rung::nearest(self.bound.model.demand_rung);
                self.reply(disposition, demand, 1.0, readings);
            }
            Context::AfterFire => {
                for (rung, share) in self.fire() {
                    self.reply(disposition, rung, share, readings);
                }
            }
        }
    }

    /// How much more or less likely than the mean of its dispositions (1.0) each is to do one of these, by its rates of
    /// initiative; by what it would prefer, where none has a rate.
    pub fn eagerness(&self, actions: &[ActionId]) -> [f64; MAX_TYPES] {
        let own = &self.bound.seats[self.seat.index()].dispositions;
        let sum = |of: &dyn Fn(usize, ActionId) -> f64| -> [f64; MAX_TYPES] {
            std::array::from_fn(|d| {
                let eager = own.get(d).map_or(1.0, |d| f64::from(d.initiative.max(0)) / 1e3);
                actions.iter().map(|action| eager * of(d, *action)).sum()
            })
        };
        let mut rates = sum(&|d, action| {
            let hourly = self.bound.actions[action.index()].initiative.parts() as f64;
            hourly * self.preference(d, action, None)
        });
        if rates.iter().all(|rate| *rate <= 0.0) {
            rates = sum(&|d, action| self.preference(d, action, None));
        }
        let prior = |d: usize| own.get(d).map_or(0.0, |d| f64::from(d.prior) / 1e6);
        let mean: f64 = (0..MAX_TYPES).map(|d| prior(d) * rates[d]).sum();
        rates.map(|rate| if mean > 0.0 { rate / mean } else { 1.0 })
    }

    /// The rate of an act unprovoked, in acts an hour, as a disposition would take it.
    fn initiative(&self, disposition: usize, action: ActionId) -> f64 {
        let act = &self.bound.actions[action.index()];
        let rate = act.initiative.parts() as f64 / 4_294_967_296.0;
        rate * self.needs(action, Rung(0)) * self.preference(disposition, action, None)
    }

    /// Adds up the weight of each act in answer to a rung: the record's kernel for its cell, shared evenly in it.
    fn reply(&self, disposition: usize, rung: Rung, share: f64, readings: &mut [f64; READINGS]) {
        let side = usize::from(self.bound.seats[self.seat.index()].side);
        let kernel = &self.bound.kernels[side][rung.index()];
        let cell = |action: ActionId| self.worth.cells[rung.index()][action.index()].index();
        let mut in_cell = [0.0; CELLS];
        for &action in &self.acts {
            in_cell[cell(action)] += self.needs(action, rung);
        }
        let mut weights = [0.0; READINGS];
        for &action in &self.acts {
            let c = cell(action);
            if in_cell[c] > 0.0 {
                let base = f64::from(kernel[c]) * self.needs(action, rung) / in_cell[c];
                weights[self.bound.actions[action.index()].reading.index()] +=
                    base * self.preference(disposition, action, Some(rung));
            }
        }
        let total: f64 = weights.iter().sum();
        if total > 0.0 {
            for (reading, weight) in readings.iter_mut().zip(weights) {
                *reading += share * weight / total;
            }
        }
    }

    /// The rungs of fire that fall on the seat, by their rates: incidents, and rivals' own initiative.
    fn fire(&self) -> Vec<(Rung, f64)> {
        let bound = self.bound;
        let lowest = bound.model.lowest_fire();
        let highest = Rung::nearest(bound.model.explicit_above).max(lowest);
        let rates = (lowest.0..=highest.0).map(|rung| {
            let incidents = bound.incidents.iter().filter(|i| i.against == self.seat && i.rung.0 == rung);
            let struck: f64 = incidents.map(|i| i.hazard as f64).sum();
            let rivals = &bound.seats[self.seat.index()].rivals;
            let fires = |a: &&crate::scenario::section::Action| {
                a.fires_at.is_some() && a.rung.0 == rung && a.seats.iter().any(|s| rivals.contains(s))
            };
            let ticks = f64::from(bound.model.tick_minutes.max(1)) / 60.0;
            let fired: f64 =
                bound.actions.iter().filter(fires).map(|a| a.initiative.parts() as f64 * ticks).sum();
            (Rung(rung), struck + fired)
        });
        let rates: Vec<(Rung, f64)> = rates.collect();
        let total: f64 = rates.iter().map(|(_, rate)| rate).sum();
        // Where nobody fires by rate, the mildest fire stands for all.
        if total > 0.0 {
            rates.into_iter().map(|(rung, rate)| (rung, rate / total)).collect()
        } else {
            vec![(lowest, 1.0)]
        }
    }

    fn needs(&self, action: ActionId, standing: Rung) -> f64 {
        let doc = &self.bound.scenario.document.actions[action.index()];
        doc.needs.as_ref().map_or(1.0, |needs| likely(needs, self.bound, standing))
    }

    /// exp(lambda u): what the doctrine, held by a disposition, makes of the base measure of an act.
    fn preference(&self, disposition: usize, action: ActionId, stimulus: Option<Rung>) -> f64 {
        let (bound, doctrine) = (self.bound, &self.doctrine);
        if doctrine.never.get(action.index()).copied().unwrap_or(false) {
            return 0.0;
        }
        let act = &bound.actions[action.index()];
        let own = &bound.seats[self.seat.index()];
        let held = own.dispositions.get(disposition);
        let direct = &self.worth.direct[self.seat.index()][action.index()];
        let replies = &self.worth.reply[self.seat.index()][act.rung.index()];
        let draws = &self.draws[act.rung.index()];
        let points: f64 = (0..own.aims.len().min(MAX_AIMS))
            .map(|k| {
                let reply: f64 = (0..CELLS).map(|c| draws[c] * f64::from(replies[c][k])).sum();
                let factor = doctrine.aims.get(k).copied().unwrap_or(1000);
                let weighed = held.and_then(|d| d.aims.get(k)).copied().unwrap_or(1000);
                (f64::from(direct[k]) + reply) * f64::from(factor) * f64::from(weighed) / 1e6
            })
            .sum();
        let reference = stimulus.unwrap_or(bound.model.unprovoked());
        let from = stimulus.unwrap_or(Rung(0));
        let crossed = bound.ladder.iter().filter(|row| row.rung > from && row.rung <= act.rung);
        let firebreaks: f64 = crossed.map(|row| f64::from(row.crossing_cost)).sum();
        let furthest = f64::from(bound.model.hardness_rungs.max(0));
        let above = f64::from(i32::from(act.rung.0) - i32::from(reference.0));
        let hardness = held.map_or(0.0, |d| f64::from(d.hardness)) * above.clamp(-furthest, furthest);
        let ordered = if stimulus.is_some() { f64::from(doctrine.hardness) * above } else { 0.0 };
        let leaning = f64::from(doctrine.leaning.get(action.index()).copied().unwrap_or(0));
        let milli_nats =
            f64::from(bound.model.aim_scale) * points / 1e3 + leaning + hardness + ordered - firebreaks;
        let most = f64::from(bound.model.utility_clip.max(0));
        libm::exp(milli_nats.clamp(-most, most) / 1e3 * f64::from(doctrine.sharpness) / 1e3)
    }
}

/// Chance of each cell of the target's reply to an act at each rung, over the target's own dispositions.
fn draws(bound: &Bound, worth: &Worth, seat: SeatId) -> Vec<[f64; CELLS]> {
    let target = bound.seats[seat.index()].rivals.first();
    let kernels = target.and_then(|target| worth.kernel.get(target.index()));
    (0..RUNGS)
        .map(|rung| {
            let mut shares = [0.0; CELLS];
            for (d, kernel) in kernels.into_iter().flatten().enumerate() {
                let dispositions = target.map(|target| &bound.seats[target.index()].dispositions);
                let prior = dispositions.and_then(|all| all.get(d)).map_or(1e6, |d| f64::from(d.prior));
                for (share, likely) in shares.iter_mut().zip(&kernel[rung]) {
                    *share += prior / 1e6 * f64::from(*likely) / 1e6;
                }
            }
            shares
        })
        .collect()
}
