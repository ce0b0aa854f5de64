//! What seats come to believe of each other in full games: the reliability of their stated probabilities.

use crate::play::crises;
use offramp::engine::{Game, NoRecord};
use offramp::session::runner::{self, Table, usual_policy};
use offramp::session::stated::stated;
use std::fmt::Write;
use std::sync::Arc;

/// A tenth of the scale: how many statements, their sum, and how many came true.
#[derive(Clone, Copy, Default)]
struct Bin {
    cases: f64,
    stated: f64,
    hits: f64,
}

/// Statements with their outcomes.
#[derive(Default)]
pub struct Curve {
    bins: [Bin; 10],
    errors: f64,
}

impl Curve {
    fn add(&mut self, stated: f64, so: bool) {
        let bin = &mut self.bins[((stated * 10.0) as usize).min(9)];
        let hit = f64::from(u8::from(so));
        *bin = Bin { cases: bin.cases + 1.0, stated: bin.stated + stated, hits: bin.hits + hit };
        self.errors += (stated - hit) * (stated - hit);
    }

    /// Brier score, and its parts by Murphy (1973): reliability, resolution, uncertainty.
    pub fn brier(&self) -> [f64; 4] {
        let sum = |f: &dyn Fn(&Bin) -> f64| self.bins.iter().filter(|b| b.cases > 0.0).map(f).sum::<f64>();
        let cases = sum(&|b| b.cases);
        let base = sum(&|b| b.hits) / cases;
        let square = |x: f64| x * x;
        [
            self.errors / cases,
            sum(&|b| b.cases * square((b.stated - b.hits) / b.cases)) / cases,
            sum(&|b| b.cases * square(b.hits / b.cases - base)) / cases,
            base * (1.0 - base),
        ]
    }

    /// The curve and the score in one line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for bin in self.bins.iter().filter(|bin| bin.cases > 0.0) {
            let _ =
                write!(text, " {:.2}->{:.2} ({})", bin.stated / bin.cases, bin.hits / bin.cases, bin.cases);
        }
        let [score, reliability, resolution, uncertainty] = self.brier();
        let _ = write!(
            text,
            "; Brier {score:.4} = reliability {reliability:.4} - resolution {resolution:.4} + uncertainty {uncertainty:.4}"
        );
        text
    }
}

/// What is stated in games of one scenario.
pub struct Report {
    /// Its name.
    pub scenario: String,
    /// At the start.
    pub before: Curve,
    /// At the end.
    pub after: Curve,
}

/// Plays games of each scenario by its own doctrines and gathers what is believed of dispositions.
pub fn reports(games: u64) -> Vec<Report> {
    let mut reports = Vec::new();
    for rules in crises() {
        let scenario = rules.scenario();
        let policies: Vec<_> =
            scenario.players().map(|seat| (seat, usual_policy(scenario, seat).to_owned())).collect();
        let mut game = Game::new(Arc::clone(&rules), 1, 0);
        let mut table = Table::new(&game, 1, 0, &policies).expect("the policies exist");
        let (mut before, mut after) = (Curve::default(), Curve::default());
        for run in 0..games {
            game.restart(1, run);
            table.restart(&game, 1, run).expect("the policies exist");
            game.open(&mut NoRecord);
            stated(&game).for_each(|s| before.add(f64::from(s.belief) / 1e6, s.so));
            runner::run(&mut game, &mut table, &mut NoRecord).expect("the game ends");
            stated(&game).for_each(|s| after.add(f64::from(s.belief) / 1e6, s.so));
        }
        reports.push(Report { scenario: scenario.document.name.clone(), before, after });
    }
    reports
}
