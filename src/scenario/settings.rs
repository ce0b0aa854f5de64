//! Settings: single values by name, in the one grammar `section.name.field` that `--set`, experiment factors and trace
//! headers share.

use super::Scenario;
use super::check::Names;
use super::diagnostics::{nearest, quote};
use super::document::{Document, SettingValue};
use super::section::{Regime, Unit};
use crate::vocabulary::words::{AccordStatus, Politics};

/// Settings that differ from the scenario's own values: `section.name.field` with its value, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(pub Vec<(String, SettingValue)>);

impl Settings {
    /// Reads `section.name.field=value`: a number, `true`, `false` or a word. Spaces around both are ignored.
    ///
    /// # Errors
    /// In words, if there is no `=`, or nothing on one side of it.
    pub fn push_text(&mut self, text: &str) -> Result<(), String> {
        let parts = text.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
        let Some((name, value)) = parts.filter(|(name, value)| !name.is_empty() && !value.is_empty()) else {
            return Err(format!("{} is no setting; expected section.name.field=value", quote(text)));
        };
        let value = if let Ok(whole) = value.parse::<i64>() {
            SettingValue::Whole(whole)
        } else if let Ok(number) = value.parse::<f64>() {
            SettingValue::Number(number)
        } else if let Ok(flag) = value.parse::<bool>() {
            SettingValue::Flag(flag)
        } else {
            SettingValue::Choice(value.to_owned())
        };
        self.0.push((name.to_owned(), value));
        Ok(())
    }
}

/// Which half of a setting is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Its name.
    Name,
    /// Its value.
    Value,
}

/// What is wrong with a setting. As text: the message, what was expected, the nearest name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingProblem {
    /// Which half is wrong.
    pub about: About,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub expected: String,
    /// The nearest name, if one is near.
    pub nearest: Option<String>,
}

impl std::fmt::Display for SettingProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}; expected {}", self.message, self.expected)?;
        self.nearest.iter().try_for_each(|nearest| write!(f, "; did you mean `{nearest}`?"))
    }
}

/// A setting that a scenario offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// `section.name.field`.
    pub name: String,
    /// The value unless set.
    pub default: String,
    /// What may be given.
    pub allowed: Allowed,
}

/// What may be given for a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Allowed {
    /// Numbers from one to another.
    Numbers {
        /// The lowest.
        low: f64,
        /// The highest.
        high: f64,
        /// What they count.
        unit: Option<Unit>,
    },
    /// Whole numbers from one to another.
    Wholes {
        /// The lowest.
        low: i32,
        /// The highest.
        high: i32,
    },
    /// One of some words.
    Words(Vec<&'static str>),
}

impl std::fmt::Display for Allowed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Allowed::Numbers { low, high, unit: Some(unit) } => write!(f, "{low} to {high} ({unit:?})"),
            Allowed::Numbers { low, high, unit: None } => write!(f, "{low} to {high}"),
            Allowed::Wholes { low, high } => write!(f, "{low} to {high}"),
            Allowed::Words(words) => f.write_str(&listed(words)),
        }
    }
}

/// Every setting that a scenario offers, in the order of its sections.
pub fn offered(scenario: &Scenario) -> Vec<Offered> {
    offered_by(&scenario.document)
}

fn offered_by(document: &Document) -> Vec<Offered> {
    let mut list = Vec::new();
    let mut offer =
        |name: String, default: String, allowed: Allowed| list.push(Offered { name, default, allowed });
    for p in &document.parameters {
        let (low, high) = p.range;
        offer(
            format!("parameters.{}.value", p.name),
            p.default.to_string(),
            Allowed::Numbers { low, high, unit: Some(p.unit) },
        );
    }
    for t in &document.tracks {
        let allowed = Allowed::Wholes { low: t.min, high: t.max };
        offer(format!("tracks.{}.start", t.name), t.start.to_string(), allowed);
    }
    for c in &document.channels {
        offer(format!("channels.{}.regime", c.name), "AsRecorded".to_owned(), Allowed::Words(words(REGIMES)));
        offer(
            format!("channels.{}.politics", c.name),
            format!("{:?}", c.politics),
            Allowed::Words(words(POLITICS)),
        );
    }
    for b in &document.bodies {
        offer(format!("bodies.{}.lead_factor", b.name), "1".to_owned(), LEAD_FACTORS);
    }
    for a in &document.accords {
        offer(
            format!("accords.{}.status", a.name),
            format!("{:?}", a.status),
            Allowed::Words(words(STATUSES)),
        );
    }
    for a in &document.actions {
        let offered = document.offers(&a.name).to_string();
        offer(format!("actions.{}.offered", a.name), offered, Allowed::Words(words(OFFERED)));
    }
    list
}

/// The values that settings give, by section.
pub(super) struct Resolved {
    pub parameters: Vec<Option<f64>>,
    pub tracks: Vec<Option<i32>>,
    pub regimes: Vec<Regime>,
    pub politics: Vec<Option<Politics>>,
    pub leads: Vec<i64>,
    pub accords: Vec<Option<AccordStatus>>,
    /// Whether an act can be ordered at all.
    pub offered: Vec<bool>,
}

impl Resolved {
    fn of(document: &Document) -> Resolved {
        Resolved {
            parameters: vec![None; document.parameters.len()],
            tracks: vec![None; document.tracks.len()],
            regimes: vec![Regime::AsRecorded; document.channels.len()],
            politics: vec![None; document.channels.len()],
            leads: vec![1000; document.bodies.len()],
            accords: vec![None; document.accords.len()],
            offered: document.actions.iter().map(|action| document.offers(&action.name)).collect(),
        }
    }
}

/// Looks up every setting: the scenario's own first, then those given.
///
/// # Errors
/// Everything that is wrong, in words.
pub(super) fn resolve(scenario: &Scenario, settings: &Settings) -> Result<Resolved, Vec<String>> {
    let document = &scenario.document;
    let mut resolved = Resolved::of(document);
    let own = document.settings.iter().map(|setting| (&setting.name, &setting.value));
    let all = own.chain(settings.0.iter().map(|(name, value)| (name, value)));
    let problems: Vec<String> = all
        .filter_map(|(name, value)| set(document, &scenario.names, &mut resolved, name, value).err())
        .map(|problem| problem.to_string())
        .collect();
    if problems.is_empty() { Ok(resolved) } else { Err(problems) }
}

/// What is wrong with the settings that a scenario's own files give, each with its position.
pub(super) fn check(document: &Document, names: &Names) -> Vec<(usize, SettingProblem)> {
    let mut resolved = Resolved::of(document);
    let settings = document.settings.iter().enumerate();
    settings
        .filter_map(|(index, setting)| {
            let problem = set(document, names, &mut resolved, &setting.name, &setting.value).err();
            problem.map(|problem| (index, problem))
        })
        .collect()
}

/// Whether a scenario takes a setting.
///
/// # Errors
/// What is wrong with its name or its value.
pub fn judge(scenario: &Scenario, name: &str, value: &SettingValue) -> Result<(), SettingProblem> {
    let mut resolved = Resolved::of(&scenario.document);
    set(&scenario.document, &scenario.names, &mut resolved, name, value)
}

fn set(
    document: &Document,
    names: &Names,
    to: &mut Resolved,
    name: &str,
    value: &SettingValue,
) -> Result<(), SettingProblem> {
    let unknown = || {
        let offered = offered_by(document);
        SettingProblem {
            about: About::Name,
            message: format!("no setting is called {}", quote(name)),
            expected: "a name that `offramp check --settings` lists".to_owned(),
            nearest: nearest(name, offered.iter().map(|o| o.name.as_str())),
        }
    };
    let parts: Vec<&str> = name.split('.').collect();
    let [section, entry, field] = parts[..] else { return Err(unknown()) };
    let index = names.position(section, entry).ok_or_else(unknown)?;
    match (section, field) {
        ("parameters", "value") => {
            let (low, high) = document.parameters[index].range;
            to.parameters[index] = Some(number(name, value, low, high)?);
        }
        ("tracks", "start") => {
            let track = &document.tracks[index];
            to.tracks[index] = Some(whole(name, value, track.min, track.max)?);
        }
        ("channels", "regime") => to.regimes[index] = choice(name, value, REGIMES)?,
        ("channels", "politics") => to.politics[index] = Some(choice(name, value, POLITICS)?),
        ("bodies", "lead_factor") => to.leads[index] = (number(name, value, 0.0, 100.0)? * 1000.0) as i64,
        ("accords", "status") => to.accords[index] = Some(choice(name, value, STATUSES)?),
        ("actions", "offered") => to.offered[index] = choice(name, value, OFFERED)?,
        _ => return Err(unknown()),
    }
    Ok(())
}

const REGIMES: &[(&str, Regime)] = &[
    ("AsRecorded", Regime::AsRecorded),
    ("ForcedOpen", Regime::ForcedOpen),
    ("ForcedCut", Regime::ForcedCut),
];

const POLITICS: &[(&str, Politics)] =
    &[("Open", Politics::Open), ("Silent", Politics::Silent), ("Cut", Politics::Cut)];

const STATUSES: &[(&str, AccordStatus)] = &[
    ("Absent", AccordStatus::Absent),
    ("InForce", AccordStatus::InForce),
    ("Suspended", AccordStatus::Suspended),
    ("Scrapped", AccordStatus::Scrapped),
];

/// Whether the menus have an act; without it an arm of a comparison shows what the act is worth.
const OFFERED: &[(&str, bool)] = &[("true", true), ("false", false)];

/// What a body's lead time may be multiplied by.
const LEAD_FACTORS: Allowed = Allowed::Numbers { low: 0.0, high: 100.0, unit: None };

/// The words of a choice.
fn words<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}

/// Words in a row, as in `Open, Silent or Cut`.
fn listed(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// A value as a user writes it.
fn written(value: &SettingValue) -> String {
    match value {
        SettingValue::Number(number) => number.to_string(),
        SettingValue::Whole(whole) => whole.to_string(),
        SettingValue::Flag(flag) => flag.to_string(),
        SettingValue::Choice(word) => word.clone(),
    }
}

fn wrong(name: &str, value: &SettingValue, why: &str, expected: String) -> SettingProblem {
    let message = format!("{} cannot be {}{why}", quote(name), quote(&written(value)));
    SettingProblem { about: About::Value, message, expected, nearest: None }
}

fn number(name: &str, value: &SettingValue, low: f64, high: f64) -> Result<f64, SettingProblem> {
    let refuse = |why| wrong(name, value, why, format!("a number from {low} to {high}"));
    let number = match value {
        SettingValue::Number(number) => *number,
        SettingValue::Whole(whole) => *whole as f64,
        SettingValue::Flag(_) | SettingValue::Choice(_) => return Err(refuse("")),
    };
    if (low..=high).contains(&number) { Ok(number) } else { Err(refuse(", which is out of range")) }
}

fn whole(name: &str, value: &SettingValue, low: i32, high: i32) -> Result<i32, SettingProblem> {
    let refuse = |why| wrong(name, value, why, format!("a whole number from {low} to {high}"));
    let whole = match value {
        SettingValue::Whole(whole) => *whole,
        SettingValue::Number(number) if libm::trunc(*number) == *number => *number as i64,
        _ => return Err(refuse("")),
    };
    let inside = i32::try_from(whole).ok().filter(|whole| (low..=high).contains(whole));
    inside.ok_or_else(|| refuse(", which is out of range"))
}

fn choice<T: Copy>(
    name: &str,
    value: &SettingValue,
    choices: &[(&'static str, T)],
) -> Result<T, SettingProblem> {
    let found = match value {
        SettingValue::Choice(_) | SettingValue::Flag(_) => {
            let word = written(value);
            choices.iter().find(|(choice, _)| *choice == word)
        }
        SettingValue::Number(_) | SettingValue::Whole(_) => None,
    };
    found.map(|(_, value)| *value).ok_or_else(|| {
        let nearest = nearest(&written(value), choices.iter().map(|(word, _)| *word));
        SettingProblem { nearest, ..wrong(name, value, "", listed(&words(choices))) }
    })
}
