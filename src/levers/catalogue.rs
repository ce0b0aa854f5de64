//! The catalogue: instruments and levers as an author writes them, with every name in them found.

use super::outcome::Outcome;
use crate::scenario::diagnostics::{Code, Diagnostic, Diagnostics, nearest, quote};
use crate::scenario::document::{Document, SettingDoc};
use crate::scenario::locate::Trail;
use crate::scenario::parse::parse;
use crate::scenario::source::{FileId, Source};
use crate::scenario::{Scenario, judge};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A catalogue file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The format's version: 1.
    pub format: u32,
    /// What it is made from.
    pub source: String,
    /// The rulesets whose entries stand for instruments; the first that has an entry counts.
    pub rulesets: Vec<String>,
    /// The instruments, part by part.
    pub instruments: Vec<Instrument>,
    /// The recommendations.
    pub levers: Vec<Lever>,
}

/// An instrument, institution, channel, capability or risk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Its name.
    pub name: String,
    /// What a reader of the paper knows it as.
    pub label: String,
    /// The part of the paper's agenda that it belongs to.
    pub part: String,
    /// What stands for it, as `section.name`; or `instruments.name` where another instrument represents it best.
    pub by: Vec<String>,
    /// What it changes in a game.
    pub changes: String,
}

/// A recommendation, as two ways of setting up the same games.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lever {
    /// Its name.
    pub name: String,
    /// What it is, in a few words.
    pub label: String,
    /// What is recommended.
    pub claim: String,
    /// The instruments that it uses.
    pub instruments: Vec<String>,
    /// The scenarios that it is weighed in; every crisis of the library if left out.
    #[serde(default)]
    pub scenarios: Vec<String>,
    /// The games as they would be without it.
    #[serde(default)]
    pub without: Arm,
    /// The games as they would be with it.
    #[serde(default)]
    pub with: Arm,
}

/// What an arm sets; nothing is the scenario as it stands.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Arm {
    /// Settings.
    pub settings: Vec<SettingDoc>,
    /// Who plays a seat: the seat and its policy.
    pub policies: Vec<(String, String)>,
}

/// A ruleset that the catalogue names.
#[derive(Clone, Debug)]
pub struct Ruleset {
    /// Its name in the library.
    pub name: String,
    /// What it says.
    pub scenario: Arc<Scenario>,
}

impl Lever {
    /// Whether an arm sets the start of the track that an outcome reads: that it differs at the end says nothing.
    pub(super) fn sets(&self, outcome: &Outcome, scenario: &Scenario) -> bool {
        let Outcome::Level(track, _) = outcome else { return false };
        let start = format!("tracks.{}.start", scenario.document.tracks[*track].name);
        self.without.settings.iter().chain(&self.with.settings).any(|setting| setting.name == start)
    }
}

impl Catalogue {
    /// Reads a catalogue and finds every name in it; `find` gives the scenario of a name. Everything wrong is in the
    /// diagnostics, and the catalogue is there only if none of it is an error.
    pub fn read(
        source: Source,
        find: &dyn Fn(&str) -> Option<Arc<Scenario>>,
    ) -> (Option<(Catalogue, Vec<Ruleset>)>, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let file = diagnostics.add_source(source);
        let Some(catalogue) = parse::<Catalogue>(file, &mut diagnostics) else { return (None, diagnostics) };
        let mut checking = Checking { file, diagnostics: &mut diagnostics };
        let rulesets = checking.rulesets(&catalogue, find);
        checking.instruments(&catalogue, &rulesets);
        checking.levers(&catalogue, find);
        let sound = !diagnostics.has_errors();
        (sound.then_some((catalogue, rulesets)), diagnostics)
    }
}

struct Checking<'a> {
    file: FileId,
    diagnostics: &'a mut Diagnostics,
}

impl Checking<'_> {
    fn refuse(&mut self, path: &str, code: Code, message: String, expected: &str, near: Option<String>) {
        let span = self.diagnostics.locate(self.file, &Trail::root().dotted(path));
        let error = Diagnostic::error(code, self.file, message).expected(expected).nearest(near);
        self.diagnostics.push(error.at(span));
    }

    fn rulesets(
        &mut self,
        catalogue: &Catalogue,
        find: &dyn Fn(&str) -> Option<Arc<Scenario>>,
    ) -> Vec<Ruleset> {
        let mut found = Vec::new();
        for (at, name) in catalogue.rulesets.iter().enumerate() {
            match find(name) {
                Some(scenario) => found.push(Ruleset { name: name.clone(), scenario }),
                None => self.refuse(
                    &format!("rulesets.{at}"),
                    Code::UnknownName,
                    format!("no sound scenario is called {}", quote(name)),
                    "a name that the library has",
                    None,
                ),
            }
        }
        found
    }

    fn instruments(&mut self, catalogue: &Catalogue, rulesets: &[Ruleset]) {
        let mut seen = BTreeSet::new();
        for (at, instrument) in catalogue.instruments.iter().enumerate() {
            let path = format!("instruments.{at}");
            if !seen.insert(instrument.name.as_str()) {
                let message = format!("{} stands twice", quote(&instrument.name));
                self.refuse(&format!("{path}.name"), Code::Unsound, message, "each name once", None);
            }
            if instrument.by.is_empty() {
                let message = format!("nothing stands for {}", quote(&instrument.name));
                let expected = "an entry of a ruleset as `section.name`, or `instruments.name`";
                self.refuse(&format!("{path}.by"), Code::Unsound, message, expected, None);
            }
            for (b, by) in instrument.by.iter().enumerate() {
                self.stands(&format!("{path}.by.{b}"), by, catalogue, rulesets);
            }
        }
    }

    /// Whether a `section.name` is there.
    fn stands(&mut self, path: &str, by: &str, catalogue: &Catalogue, rulesets: &[Ruleset]) {
        let (section, name) = by.split_once('.').unwrap_or((by, ""));
        let known = |name: &str| catalogue.instruments.iter().any(|other| other.name == name);
        let found = if section == "instruments" {
            known(name)
        } else {
            rulesets.iter().any(|set| set.scenario.names.position(section, name).is_some())
        };
        if found {
            return;
        }
        let names: BTreeSet<&str> = if section == "instruments" {
            catalogue.instruments.iter().map(|other| other.name.as_str()).collect()
        } else {
            rulesets.iter().flat_map(|set| set.scenario.names.of(section)).collect()
        };
        let near = if names.is_empty() {
            nearest(section, Document::SECTIONS.iter().copied())
        } else {
            nearest(name, names).map(|name| format!("{section}.{name}"))
        };
        let message = format!("no ruleset has {}", quote(by));
        self.refuse(path, Code::UnknownName, message, "`section.name` of an entry", near);
    }

    fn levers(&mut self, catalogue: &Catalogue, find: &dyn Fn(&str) -> Option<Arc<Scenario>>) {
        for (at, lever) in catalogue.levers.iter().enumerate() {
            let path = format!("levers.{at}");
            for (i, name) in lever.instruments.iter().enumerate() {
                if !catalogue.instruments.iter().any(|instrument| instrument.name == *name) {
                    let names = catalogue.instruments.iter().map(|instrument| instrument.name.as_str());
                    let near = nearest(name, names);
                    let message = format!("no instrument is called {}", quote(name));
                    let path = format!("{path}.instruments.{i}");
                    self.refuse(&path, Code::UnknownName, message, "an instrument of the catalogue", near);
                }
            }
            if lever.with == lever.without {
                let message = format!("both arms of {} are the same", quote(&lever.name));
                self.refuse(&format!("{path}.name"), Code::Unsound, message, "arms that differ", None);
            }
            let scenarios: &[String] = if lever.scenarios.is_empty() {
                &catalogue.rulesets[..1.min(catalogue.rulesets.len())]
            } else {
                &lever.scenarios
            };
            for name in scenarios {
                match find(name) {
                    Some(scenario) => {
                        self.arm(&format!("{path}.without"), &lever.without, &scenario);
                        self.arm(&format!("{path}.with"), &lever.with, &scenario);
                    }
                    None => {
                        let message = format!("no sound scenario is called {}", quote(name));
                        let expected = "a name that the library has";
                        self.refuse(&format!("{path}.scenarios"), Code::UnknownName, message, expected, None);
                    }
                }
            }
        }
    }

    fn arm(&mut self, path: &str, arm: &Arm, scenario: &Scenario) {
        for (at, setting) in arm.settings.iter().enumerate() {
            if let Err(problem) = judge(scenario, &setting.name, &setting.value) {
                let path = format!("{path}.settings.{at}");
                self.refuse(&path, Code::Unsound, problem.message, &problem.expected, problem.nearest);
            }
        }
        for (at, (seat, _)) in arm.policies.iter().enumerate() {
            if scenario.seat(seat).is_none() {
                let path = format!("{path}.policies.{at}");
                let near = nearest(seat, scenario.names.of("seats"));
                let message = format!("no seat is called {}", quote(seat));
                self.refuse(&path, Code::UnknownName, message, "a seat of the scenario", near);
            }
        }
    }
}
