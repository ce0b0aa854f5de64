//! From an experiment file to a sound experiment, with everything wrong in it reported at its place.

mod factors;

use super::columns::columns;
use super::design::{Design, read_table};
use super::experiment::{Experiment, ExperimentDoc, Watched};
use super::factor::{Factor, Span, Target, Value};
use super::rows::Kind;
use crate::engine::{Game, bind};
use crate::scenario::check::{NAME, is_name};
use crate::scenario::diagnostics::{Code, Diagnostic, Diagnostics, quote};
use crate::scenario::locate::Trail;
use crate::scenario::parse::parse;
use crate::scenario::source::{FileId, Source};
use crate::scenario::{Offered, Scenario, SettingProblem, Settings, judge, offered};
use crate::session::runner::{Table, usual_policy};
use crate::trace::setting_text;
use crate::vocabulary::Id;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The most runs of one sweep.
pub const MOST_RUNS: u64 = 100_000_000;

/// The most runs in a chunk.
const LARGEST_CHUNK: u32 = 100_000;

/// Runs in a chunk where nobody says: enough to make a file worth its while, and few enough to lose and to hold in
/// memory. With a row for every turn the fewest are enough.
const USUAL_CHUNK: RangeInclusive<u64> = 256..=4096;

/// Parts above which chunks grow: enough to keep many threads busy. Each has to be synced, and removed in the end.
const USUAL_PARTS: u64 = 128;

/// Parts above which chunks grow beyond what is usual.
const MOST_PARTS: u64 = 4096;

/// The most calls that one game may be given.
const LARGEST_BUDGET: u32 = 10_000_000;

/// Reads an experiment file. Everything wrong with it is in the diagnostics.
pub fn read(source: Source) -> (Option<(ExperimentDoc, FileId)>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let file = diagnostics.add_source(source);
    let document = parse::<ExperimentDoc>(file, &mut diagnostics);
    (document.map(|document| (document, file)), diagnostics)
}

impl ExperimentDoc {
    /// Finds every name in the scenario and checks every value; `table` reads a design's file. Everything wrong is
    /// added to the diagnostics; the experiment is there only if none of it is an error.
    pub fn resolve(
        self,
        scenario: &Arc<Scenario>,
        file: FileId,
        table: &dyn Fn(&str) -> Result<String, String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Experiment> {
        let mut checking = Checking { scenario, file, offered: offered(scenario), diagnostics };
        let experiment = checking.experiment(self, table);
        (!diagnostics.has_errors()).then_some(experiment)
    }
}

struct Checking<'a> {
    scenario: &'a Arc<Scenario>,
    file: FileId,
    offered: Vec<Offered>,
    diagnostics: &'a mut Diagnostics,
}

/// How many runs a chunk has where nobody says.
fn usual_chunk(runs: u64, steps: bool) -> u32 {
    let (least, most) = USUAL_CHUNK.into_inner();
    let usual = runs.div_ceil(USUAL_PARTS).clamp(least, if steps { least } else { most });
    usual.max(runs.div_ceil(MOST_PARTS)).min(LARGEST_CHUNK.into()) as u32
}

/// A trail from the document's top, written with dots.
fn at(path: &str) -> Trail {
    Trail::root().dotted(path)
}

impl Checking<'_> {
    fn refuse(&mut self, path: &str, error: Diagnostic) {
        let span = self.diagnostics.locate(self.file, &at(path));
        self.diagnostics.push(error.at(span));
    }

    fn problem(&mut self, path: &str, code: Code, message: impl Into<String>, expected: &str) {
        let error = Diagnostic::error(code, self.file, message.into()).expected(expected);
        self.refuse(path, error);
    }

    fn setting(&mut self, path: &str, problem: SettingProblem) {
        let code =
            if problem.about == crate::scenario::About::Name { Code::UnknownName } else { Code::Unsound };
        let error = Diagnostic::error(code, self.file, problem.message).expected(problem.expected);
        self.refuse(path, error.nearest(problem.nearest));
    }

    fn range(&mut self, path: &str, what: &str, value: u64, low: u64, high: u64) {
        if !(low..=high).contains(&value) {
            let expected = format!("{low} to {high}");
            self.problem(path, Code::OutOfRange, format!("{value} {what}"), &expected);
        }
    }

    fn experiment(
        &mut self,
        doc: ExperimentDoc,
        table: &dyn Fn(&str) -> Result<String, String>,
    ) -> Experiment {
        if !is_name(&doc.name) {
            self.problem("name", Code::BadValue, format!("{} is no name", quote(&doc.name)), NAME);
        }
        let settings = self.settings(&doc);
        let policies = self.policies(&doc);
        let factors = self.factors(&doc, &policies);
        let design = self.design(&doc.design, &factors, table);
        self.range("replications", "replications", doc.replications.into(), 1, MOST_RUNS);
        self.range("budget", "engine steps", doc.budget.into(), 1, LARGEST_BUDGET.into());
        let points = design.points(&factors);
        let runs = points.and_then(|points| points.checked_mul(doc.replications.into()));
        if runs.is_none_or(|runs| runs > MOST_RUNS) {
            let points = points.map_or_else(|| "too many".to_owned(), |points| points.to_string());
            let message = format!("{points} points times {} replications", doc.replications);
            self.problem("design", Code::TooMany, message, &format!("at most {MOST_RUNS} runs"));
        }
        let chunk = doc.chunk.unwrap_or_else(|| usual_chunk(runs.unwrap_or(1), doc.steps));
        self.range("chunk", "runs in a chunk", chunk.into(), 1, LARGEST_CHUNK.into());
        let experiment = Experiment {
            name: doc.name,
            about: doc.about,
            settings,
            policies,
            factors,
            design,
            replications: doc.replications,
            seed: doc.seed,
            pairing: doc.pairing,
            chunk,
            budget: doc.budget,
            steps: doc.steps,
            metrics: doc.metrics,
            stop_at: doc.stop_at,
        };
        self.policies_exist(&experiment);
        self.metrics(&experiment);
        self.stops(&experiment);
        experiment
    }

    fn settings(&mut self, doc: &ExperimentDoc) -> Vec<String> {
        let mut settings = Vec::new();
        for (index, setting) in doc.settings.iter().enumerate() {
            if let Err(problem) = judge(self.scenario, &setting.name, &setting.value) {
                let field = if problem.about == crate::scenario::About::Name { "name" } else { "value" };
                self.setting(&format!("settings.{index}.{field}"), problem);
            }
            if doc.factors.iter().any(|factor| factor.name == setting.name) {
                let message = format!("{} is a factor too", quote(&setting.name));
                self.problem(&format!("settings.{index}.name"), Code::Unsound, message, "either of them");
            }
            settings.push(setting_text(&setting.name, &setting.value));
        }
        settings
    }

    /// Who plays each seat where no factor says otherwise.
    fn policies(&mut self, doc: &ExperimentDoc) -> Vec<(String, String)> {
        let scenario = self.scenario;
        let name = |seat| scenario.document.seats[Id::index(seat)].name.clone();
        let names: Vec<String> = scenario.players().map(name).collect();
        for (index, given) in doc.policies.iter().enumerate() {
            let path = format!("policies.{index}.seat");
            if !names.contains(&given.seat) {
                let candidates = names.iter().map(String::as_str);
                let error = Diagnostic::unknown_name(self.file, "seat", &given.seat, candidates);
                self.refuse(&path, error);
            }
            if doc.policies[..index].iter().any(|earlier| earlier.seat == given.seat) {
                let message = format!("{} has two policies", quote(&given.seat));
                self.problem(&path, Code::DuplicateName, message, "one entry a seat");
            }
            let factor = format!("seats.{}.policy", given.seat);
            if doc.factors.iter().any(|other| other.name == factor) {
                let message = format!("{} is a factor too", quote(&factor));
                self.problem(&path, Code::Unsound, message, "either of them");
            }
        }
        let chosen = |seat: &str| doc.policies.iter().find(|p| p.seat == seat).map(|p| p.policy.clone());
        let usual = |seat| (name(seat), usual_policy(scenario, seat).to_owned());
        let players = scenario.players().map(usual);
        players.map(|(seat, usual)| (seat.clone(), chosen(&seat).unwrap_or(usual))).collect()
    }

    fn design(
        &mut self,
        given: &Design,
        factors: &[Factor],
        table: &dyn Fn(&str) -> Result<String, String>,
    ) -> Design {
        let mut design = given.clone();
        if let Design::Table(name) = given {
            let names: Vec<&str> = factors.iter().map(|factor| factor.name.as_str()).collect();
            match table(name).and_then(|text| read_table(&text, &names)) {
                Ok(points) => design = Design::List(points),
                Err(why) => {
                    let message = format!("the design in {} cannot be read: {why}", quote(name));
                    let error = Diagnostic::error(Code::Unsound, self.file, message);
                    self.refuse("design.Table", error);
                    return Design::default();
                }
            }
        }
        if let Some((message, expected)) = design.fault(factors) {
            self.problem("design", Code::Unsound, message, &expected);
            return Design::default();
        }
        if let Design::List(points) = &design {
            self.listed(points, factors);
        }
        // Written out by hand, a point that comes again is a slip: the same games would count as more. In a sample that a
        // tool drew it has its weight.
        if let Design::List(points) = given {
            for (point, earlier) in design.repeats() {
                let values: Vec<String> = points[point as usize].iter().map(Value::to_string).collect();
                let message = format!("point {point} is point {earlier} again: {}", values.join(", "));
                let first = self.diagnostics.locate(self.file, &at(&format!("design.List.{earlier}")));
                let error = Diagnostic::error(Code::Unsound, self.file, message)
                    .expected("every point once; `replications` gives each more runs")
                    .also(self.file, first, format!("point {earlier}"));
                self.refuse(&format!("design.List.{point}"), error);
            }
        }
        design
    }

    /// Values that a list gives need not lie in a factor's span, but the scenario must take them.
    fn listed(&mut self, points: &[Vec<Value>], factors: &[Factor]) {
        for (point, values) in points.iter().enumerate() {
            for (factor, value) in factors.iter().zip(values) {
                if factor.target != Target::Setting {
                    continue;
                }
                if let Err(mut problem) = judge(self.scenario, &factor.name, &value.setting()) {
                    problem.message = format!("point {point}: {}", problem.message);
                    return self.setting("design", problem);
                }
            }
        }
    }

    /// Every policy that any point asks for must exist.
    fn policies_exist(&mut self, experiment: &Experiment) {
        let Ok(rules) = bind(self.scenario, &Settings::default()) else { return };
        let game = Game::new(rules, experiment.seed, 0);
        let mut wanted: Vec<(String, &str, String)> = Vec::new();
        for (seat, policy) in &experiment.policies {
            wanted.push(("policies".to_owned(), seat, policy.clone()));
        }
        for (index, factor) in experiment.factors.iter().enumerate() {
            let Target::Policy(seat) = &factor.target else { continue };
            let listed: Vec<Value> = match &experiment.design {
                Design::List(points) => points.iter().map(|values| values[index].clone()).collect(),
                _ => Vec::new(),
            };
            let levels = if let Span::Levels(levels) = &factor.span { levels.as_slice() } else { &[] };
            let mut policies: Vec<String> = levels.iter().chain(&listed).map(Value::to_string).collect();
            policies.sort_unstable();
            policies.dedup();
            wanted.extend(policies.into_iter().map(|p| (format!("factors.{index}.over"), seat.as_str(), p)));
        }
        for (path, seat, policy) in wanted {
            let Some(id) = self.scenario.seat(seat) else { continue };
            if let Err(unknown) = Table::new(&game, 0, 0, &[(id, policy)]) {
                let error = Diagnostic::error(Code::UnknownName, self.file, unknown.to_string());
                self.refuse(&path, error);
            }
        }
    }

    fn metrics(&mut self, experiment: &Experiment) {
        let Ok(rules) = bind(self.scenario, &Settings::default()) else { return };
        let columns = columns(&rules, &experiment.factors);
        for (index, metric) in experiment.metrics.iter().enumerate() {
            let path = format!("metrics.{index}.of");
            let name = metric.of.column();
            let Some(column) = columns.iter().find(|column| column.name == name) else {
                let candidates = columns.iter().map(|column| column.name.as_str());
                let error = Diagnostic::unknown_name(self.file, "column", name, candidates);
                self.refuse(&path, error);
                continue;
            };
            let words = matches!(metric.of, Watched::Share(..));
            if words != (column.kind == Kind::Word) || column.kind == Kind::Number {
                let message = format!("{} holds {}", quote(name), column.kind.word());
                let expected = "`Share` of a column of words, `Mean` or `AtLeast` of one of whole numbers";
                self.problem(&path, Code::Unsound, message, expected);
            }
            if column.is_label() {
                let message = format!("{} says which run it is, and nothing of how that went", quote(name));
                self.problem(&path, Code::Unsound, message, "a column of what was measured");
            }
            if let Watched::Share(_, word) = &metric.of
                && !column.words.is_empty()
                && !column.words.contains(word)
            {
                let candidates = column.words.iter().map(String::as_str);
                let error = Diagnostic::unknown_name(self.file, &format!("`{name}`"), word, candidates);
                self.refuse(&path, error);
            }
            let named = format!("metrics.{index}.name");
            if experiment.metrics[..index].iter().any(|earlier| earlier.name == metric.name) {
                let message = format!("two metrics are called {}", quote(&metric.name));
                self.problem(&named, Code::DuplicateName, message, "one entry a metric");
            }
            let shadowed = columns.iter().any(|column| column.name == metric.name);
            if shadowed && metric.of != Watched::Mean(metric.name.clone()) {
                let message = format!("{} is a column, and this metric is not its mean", quote(&metric.name));
                self.problem(&named, Code::Unsound, message, "another name");
            }
            if metric.half_width.is_some_and(|width| width.is_nan() || width <= 0.0) {
                self.problem(
                    &format!("metrics.{index}.half_width"),
                    Code::OutOfRange,
                    "a half-width must be above 0",
                    "for example `half_width: 0.01`",
                );
            }
        }
    }

    fn stops(&mut self, experiment: &Experiment) {
        let stops = &experiment.stop_at;
        if stops.is_empty() {
            return;
        }
        let rises = stops.windows(2).all(|pair| pair[0] < pair[1]);
        let inside = |stop: &u32| (1..=experiment.replications).contains(stop);
        if !rises || !stops.iter().all(inside) {
            let expected = format!("rising numbers from 1 to {} (`replications`)", experiment.replications);
            self.problem("stop_at", Code::OutOfRange, "these runs cannot be stopped at", &expected);
        }
        if experiment.metrics.iter().all(|metric| metric.half_width.is_none()) {
            let message = "nothing says when to stop";
            self.problem("stop_at", Code::Unsound, message, "a metric with a `half_width`");
        }
    }
}
