//! Contests: a scenario with both arms of a lever, in the world as it is judged or in others that are as plausible.

use super::catalogue::{Arm, Lever};
use crate::engine::{Rules, bind};
use crate::scenario::diagnostics::Diagnostics;
use crate::scenario::source::Source;
use crate::scenario::{Scenario, Settings};
use crate::session::runner::usual_policy;
use crate::sweep::design::Design;
use crate::sweep::experiment::{FactorDoc, Over};
use crate::sweep::{ExperimentDoc, Plan};
use crate::vocabulary::{Id, SeatId};
use std::sync::Arc;

/// One side of a contest.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub rules: Arc<Rules>,
    pub policies: Vec<(SeatId, String)>,
}

/// A scenario in which a lever is weighed.
#[derive(Clone, Debug)]
pub struct Contest {
    scenario: Arc<Scenario>,
    lever: Lever,
    /// Who plays a seat for which an arm names nobody; every other plays as the scenario has it.
    policies: Vec<(SeatId, String)>,
    /// Draws the worlds: every parameter over its stated range.
    worlds: Plan,
}

impl Contest {
    /// A lever in a scenario; `worlds` is how many other worlds may be asked for.
    ///
    /// # Errors
    /// In words, if the scenario has no parameter to vary, or one whose range cannot be drawn from.
    pub fn new(scenario: &Arc<Scenario>, lever: &Lever, worlds: u32, seed: u64) -> Result<Contest, String> {
        let name = scenario.document.name.as_str();
        let varied = scenario.document.parameters.iter().filter(|p| p.range.0 < p.range.1);
        let document = ExperimentDoc {
            factors: varied
                .map(|p| FactorDoc { name: format!("parameters.{}.value", p.name), over: Over::Stated })
                .collect(),
            design: Design::LatinHypercube { points: worlds.max(1) },
            replications: 1,
            seed,
            ..ExperimentDoc::plain(name, "worlds")
        };
        let mut diagnostics = Diagnostics::new();
        let file = diagnostics.add_source(Source::new("worlds", ""));
        let experiment = document.resolve(scenario, file, &|_| Err("no table".to_owned()), &mut diagnostics);
        let experiment = experiment.ok_or_else(|| diagnostics.to_text(false))?;
        let worlds = Plan::new(Arc::clone(scenario), experiment);
        Ok(Contest { scenario: Arc::clone(scenario), lever: lever.clone(), policies: Vec::new(), worlds })
    }

    /// The same with others at some seats, in both arms.
    pub fn played_by(self, policies: Vec<(SeatId, String)>) -> Contest {
        Contest { policies, ..self }
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Both sides: without and with. World 0 has the scenario's own numbers, the others draw theirs.
    ///
    /// # Errors
    /// In words, if an arm does not fit the scenario.
    pub(super) fn sides(&self, world: u64) -> Result<[Side; 2], String> {
        let drawn = match world.checked_sub(1) {
            None => Settings::default(),
            Some(point) => self.worlds.settings(&self.worlds.values(point)),
        };
        Ok([self.side(&drawn, &self.lever.without)?, self.side(&drawn, &self.lever.with)?])
    }

    fn side(&self, drawn: &Settings, arm: &Arm) -> Result<Side, String> {
        let mut settings = drawn.clone();
        settings.0.extend(arm.settings.iter().map(|setting| (setting.name.clone(), setting.value.clone())));
        let rules = bind(&self.scenario, &settings).map_err(|all| all.join("; "))?;
        let seats = &self.scenario.document.seats;
        let policy = |seat: SeatId| {
            let set = arm.policies.iter().find(|(name, _)| *name == seats[seat.index()].name);
            let set = set.map(|(_, policy)| policy);
            let given = self.policies.iter().find(|(known, _)| *known == seat).map(|(_, policy)| policy);
            set.or(given).cloned().unwrap_or_else(|| usual_policy(&self.scenario, seat).to_owned())
        };
        let policies = self.scenario.players().map(|seat| (seat, policy(seat))).collect();
        Ok(Side { rules, policies })
    }
}
