//! Factors, as an author writes them, with the values that the scenario takes.

use super::Checking;
use crate::scenario::diagnostics::{Code, Diagnostic, nearest, quote};
use crate::scenario::{Allowed, Offered, judge};
use crate::sweep::experiment::{ExperimentDoc, FactorDoc, Over};
use crate::sweep::factor::{Factor, MILLION, Span, Target, Value};
use crate::trace::setting_text;

/// What a factor's numbers must be.
const SIX_DECIMALS: &str = "numbers of at most six decimals, up to 1000000000";

impl Checking<'_> {
    pub(super) fn factors(&mut self, doc: &ExperimentDoc, policies: &[(String, String)]) -> Vec<Factor> {
        let mut factors: Vec<Factor> = Vec::new();
        for (index, given) in doc.factors.iter().enumerate() {
            if doc.factors[..index].iter().any(|earlier| earlier.name == given.name) {
                let message = format!("the factor {} is given twice", quote(&given.name));
                self.problem(
                    &format!("factors.{index}.name"),
                    Code::DuplicateName,
                    message,
                    "one entry a factor",
                );
            }
            factors.push(self.factor(index, given, doc, policies));
        }
        factors
    }

    fn factor(
        &mut self,
        index: usize,
        given: &FactorDoc,
        doc: &ExperimentDoc,
        policies: &[(String, String)],
    ) -> Factor {
        let seat = given.name.strip_prefix("seats.").and_then(|rest| rest.strip_suffix(".policy"));
        let unknown = |target| Factor {
            name: given.name.clone(),
            target,
            span: Span::Levels(vec![Value::Number(0)]),
            own: Value::Number(0),
        };
        if let Some((seat, policy)) = seat.and_then(|seat| policies.iter().find(|(name, _)| name == seat)) {
            let mut factor = unknown(Target::Policy(seat.clone()));
            factor.own = Value::Word(policy.clone());
            match &given.over {
                Over::Words(words) if !words.is_empty() => {
                    factor.span = Span::Levels(words.iter().cloned().map(Value::Word).collect());
                }
                _ => self.problem(
                    &format!("factors.{index}"),
                    Code::Unsound,
                    format!("{} has no policies to take", quote(&given.name)),
                    "`over: Words([..])` with at least one",
                ),
            }
            return factor;
        }
        let mut factor = unknown(Target::Setting);
        let Some(offered) = self.offered.iter().find(|offered| offered.name == given.name).cloned() else {
            let seats: Vec<String> =
                policies.iter().map(|(seat, _)| format!("seats.{seat}.policy")).collect();
            let names = self.offered.iter().map(|offered| &offered.name).chain(&seats);
            let nearest = nearest(&given.name, names.map(String::as_str));
            let message = format!("no setting is called {}", quote(&given.name));
            let error = Diagnostic::error(Code::UnknownName, self.file, message)
                .expected("a name that `offramp check --settings` lists, or `seats.NAME.policy`");
            self.refuse(&format!("factors.{index}.name"), error.nearest(nearest));
            return factor;
        };
        factor.span = self.span(index, given, &offered);
        let own = self.scenario.document.settings.iter().chain(&doc.settings).rfind(|s| s.name == given.name);
        let own = own.map_or(offered.default, |setting| {
            setting_text("", &setting.value).trim_start_matches('=').to_owned()
        });
        match own.parse() {
            Ok(own) => factor.own = own,
            Err(why) => {
                let message =
                    format!("the scenario's own value of {} cannot be held: {why}", quote(&given.name));
                self.problem(&format!("factors.{index}"), Code::Unsound, message, SIX_DECIMALS);
            }
        }
        factor
    }

    /// The values that a factor takes, each of which the scenario must take too.
    fn span(&mut self, index: usize, given: &FactorDoc, offered: &Offered) -> Span {
        let path = format!("factors.{index}.over");
        match (&given.over, &offered.allowed) {
            (Over::Stated, Allowed::Numbers { low, high, unit: Some(_) }) => self.numbers(&path, *low, *high),
            (Over::Stated, Allowed::Numbers { unit: None, .. }) => {
                let message = format!("the scenario states no range for {}", quote(&given.name));
                self.problem(&format!("factors.{index}"), Code::Unsound, message, "`over: Range(low, high)`");
                Span::Levels(vec![Value::Number(0)])
            }
            (Over::Stated, Allowed::Wholes { low, high }) => Span::Wholes((*low).into(), (*high).into()),
            (Over::Stated, Allowed::Words(words)) => {
                Span::Levels(words.iter().map(|word| Value::Word((*word).to_owned())).collect())
            }
            (Over::Range(low, high), allowed) => {
                if low > high {
                    let message = format!("{low} to {high} is empty");
                    self.problem(&path, Code::Unsound, message, "lowest, highest");
                    return Span::Levels(vec![Value::Number(0)]);
                }
                let span = match allowed {
                    Allowed::Wholes { .. } => {
                        Span::Wholes(libm::ceil(*low) as i64, libm::floor(*high) as i64)
                    }
                    Allowed::Numbers { .. } | Allowed::Words(_) => self.numbers(&path, *low, *high),
                };
                for (end, number) in [low, high].into_iter().enumerate() {
                    self.take(&format!("{path}.Range.{end}"), &given.name, Value::number(*number));
                }
                span
            }
            (Over::Levels(levels), _) => {
                let values = levels.iter().enumerate().map(|(k, number)| {
                    self.take(&format!("{path}.Levels.{k}"), &given.name, Value::number(*number))
                });
                let values = values.collect();
                self.levels(&path, values)
            }
            (Over::Words(words), _) => {
                let values = words.iter().enumerate().map(|(k, word)| {
                    self.take(&format!("{path}.Words.{k}"), &given.name, Some(Value::Word(word.clone())))
                });
                let values = values.collect();
                self.levels(&path, values)
            }
        }
    }

    fn numbers(&mut self, path: &str, low: f64, high: f64) -> Span {
        match (Value::number(low), Value::number(high)) {
            (Some(Value::Number(low)), Some(Value::Number(high))) => Span::Numbers(low, high),
            _ => {
                let message = format!("{low} to {high} cannot be held");
                self.problem(path, Code::Unsound, message, SIX_DECIMALS);
                Span::Numbers(0, MILLION)
            }
        }
    }

    fn levels(&mut self, path: &str, values: Vec<Value>) -> Span {
        if values.is_empty() {
            self.problem(path, Code::Unsound, "there are no levels", "at least one");
            return Span::Levels(vec![Value::Number(0)]);
        }
        Span::Levels(values)
    }

    /// A value, once the scenario takes it.
    fn take(&mut self, path: &str, name: &str, value: Option<Value>) -> Value {
        let Some(value) = value else {
            self.problem(path, Code::Unsound, "this number cannot be held", SIX_DECIMALS);
            return Value::Number(0);
        };
        if let Err(problem) = judge(self.scenario, name, &value.setting()) {
            self.setting(path, problem);
        }
        value
    }
}
