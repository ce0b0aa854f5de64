//! Settings: single values by name, in the one grammar `section.name.field` that `--set`, experiment factors and trace
//! headers share.

use super::Scenario;
use super::diagnostics::nearest;
use super::document::SettingValue;
use super::section::Regime;
use crate::vocabulary::words::{AccordStatus, Politics};

/// Settings that differ from the scenario's own values: `section.name.field` with its value, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(pub Vec<(String, SettingValue)>);

impl Settings {
    /// Reads `section.name.field=value`: a number, `true`, `false` or a word.
    ///
    /// # Errors
    /// In words, if there is no `=`.
    pub fn push_text(&mut self, text: &str) -> Result<(), String> {
        let Some((name, value)) = text.split_once('=') else {
            return Err(format!("`{text}` is no setting: expected section.name.field=value"));
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

/// A setting that a scenario offers.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// `section.name.field`.
    pub name: String,
    /// The value unless set.
    pub default: String,
    /// What may be given.
    pub allowed: String,
}

/// Every setting that a scenario offers, in the order of its sections.
pub fn offered(scenario: &Scenario) -> Vec<Offered> {
    let document = &scenario.document;
    let mut list = Vec::new();
    let mut offer =
        |name: String, default: String, allowed: String| list.push(Offered { name, default, allowed });
    for p in &document.parameters {
        let (low, high) = p.range;
        offer(
            format!("parameters.{}.value", p.name),
            p.default.to_string(),
            format!("{low} to {high} ({:?})", p.unit),
        );
    }
    for t in &document.tracks {
        offer(format!("tracks.{}.start", t.name), t.start.to_string(), format!("{} to {}", t.min, t.max));
    }
    for c in &document.channels {
        let regimes = "AsRecorded, ForcedOpen or ForcedCut".to_owned();
        offer(format!("channels.{}.regime", c.name), "AsRecorded".to_owned(), regimes);
        let states = "Open, Silent or Cut".to_owned();
        offer(format!("channels.{}.politics", c.name), format!("{:?}", c.politics), states);
    }
    for b in &document.bodies {
        offer(format!("bodies.{}.lead_factor", b.name), "1".to_owned(), "0 to 100".to_owned());
    }
    for a in &document.accords {
        let states = "Absent, InForce, Suspended or Scrapped".to_owned();
        offer(format!("accords.{}.status", a.name), format!("{:?}", a.status), states);
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
}

impl Resolved {
    fn of(scenario: &Scenario) -> Resolved {
        let document = &scenario.document;
        Resolved {
            parameters: vec![None; document.parameters.len()],
            tracks: vec![None; document.tracks.len()],
            regimes: vec![Regime::AsRecorded; document.channels.len()],
            politics: vec![None; document.channels.len()],
            leads: vec![1000; document.bodies.len()],
            accords: vec![None; document.accords.len()],
        }
    }
}

/// Looks up every setting: the scenario's own first, then those given.
pub(super) fn resolve(scenario: &Scenario, settings: &Settings) -> Result<Resolved, Vec<String>> {
    let own = scenario.document.settings.iter().map(|setting| (setting.name.clone(), setting.value.clone()));
    resolve_only(scenario, &Settings(own.chain(settings.0.iter().cloned()).collect()))
}

/// Checks the settings that a scenario's own files give.
///
/// # Errors
/// The position of every setting that is wrong, with the reason.
pub(super) fn check(scenario: &Scenario) -> Result<(), Vec<(usize, String)>> {
    let wrong = |(index, setting): (usize, &super::document::SettingDoc)| {
        let one = Settings(vec![(setting.name.clone(), setting.value.clone())]);
        resolve_only(scenario, &one)
            .err()
            .and_then(|mut problems| problems.pop())
            .map(|problem| (index, problem))
    };
    let problems: Vec<_> = scenario.document.settings.iter().enumerate().filter_map(wrong).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn resolve_only(scenario: &Scenario, settings: &Settings) -> Result<Resolved, Vec<String>> {
    let mut resolved = Resolved::of(scenario);
    let given = settings.0.iter();
    let problems: Vec<String> =
        given.filter_map(|(name, value)| set(scenario, &mut resolved, name, value).err()).collect();
    if problems.is_empty() { Ok(resolved) } else { Err(problems) }
}

fn set(scenario: &Scenario, to: &mut Resolved, name: &str, value: &SettingValue) -> Result<(), String> {
    let parts: Vec<&str> = name.split('.').collect();
    let unknown = || {
        let offered = offered(scenario);
        let hint = nearest(name, offered.iter().map(|o| o.name.as_str()));
        match hint {
            Some(hint) => format!("no setting is called `{name}`; did you mean `{hint}`?"),
            None => format!("no setting is called `{name}`; `offramp check --settings` lists them all"),
        }
    };
    let [section, entry, field] = parts[..] else { return Err(unknown()) };
    let index = scenario.names.position(section, entry).ok_or_else(unknown)?;
    let document = &scenario.document;
    match (section, field) {
        ("parameters", "value") => {
            let (low, high) = document.parameters[index].range;
            to.parameters[index] = Some(number(name, value, low, high)?);
        }
        ("tracks", "start") => {
            let track = &document.tracks[index];
            to.tracks[index] = Some(number(name, value, f64::from(track.min), f64::from(track.max))? as i32);
        }
        ("channels", "regime") => {
            to.regimes[index] = choice(
                name,
                value,
                &[
                    ("AsRecorded", Regime::AsRecorded),
                    ("ForcedOpen", Regime::ForcedOpen),
                    ("ForcedCut", Regime::ForcedCut),
                ],
            )?;
        }
        ("channels", "politics") => {
            to.politics[index] = Some(choice(
                name,
                value,
                &[("Open", Politics::Open), ("Silent", Politics::Silent), ("Cut", Politics::Cut)],
            )?);
        }
        ("bodies", "lead_factor") => to.leads[index] = (number(name, value, 0.0, 100.0)? * 1000.0) as i64,
        ("accords", "status") => {
            to.accords[index] = Some(choice(
                name,
                value,
                &[
                    ("Absent", AccordStatus::Absent),
                    ("InForce", AccordStatus::InForce),
                    ("Suspended", AccordStatus::Suspended),
                    ("Scrapped", AccordStatus::Scrapped),
                ],
            )?);
        }
        _ => return Err(unknown()),
    }
    Ok(())
}

fn number(name: &str, value: &SettingValue, low: f64, high: f64) -> Result<f64, String> {
    let number = match value {
        SettingValue::Number(number) => *number,
        SettingValue::Whole(whole) => *whole as f64,
        SettingValue::Flag(_) | SettingValue::Choice(_) => {
            return Err(format!("`{name}` takes a number from {low} to {high}"));
        }
    };
    if (low..=high).contains(&number) {
        Ok(number)
    } else {
        Err(format!("`{name}` is {number}, outside its range {low} to {high}"))
    }
}

fn choice<T: Copy>(name: &str, value: &SettingValue, choices: &[(&str, T)]) -> Result<T, String> {
    let words = || choices.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    match value {
        SettingValue::Choice(word) => match choices.iter().find(|(choice, _)| choice == word) {
            Some((_, value)) => Ok(*value),
            None => Err(format!("`{name}` is `{word}`, which is none of {}", words())),
        },
        _ => Err(format!("`{name}` takes one of {}", words())),
    }
}
