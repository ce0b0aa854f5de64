//! The document: one scenario file as its author writes it, and the list of its sections.

use super::check::{Check, Checker, Log, Names};
use super::compose::{Origin, Overrides, Placed, compose_section};
use super::diagnostics::Diagnostics;
use super::section::*;
use super::source::{FileId, Span};
use crate::vocabulary::{ActionId, Ref};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The mechanics that a scenario may use; the engine runs only those that are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mechanic {
    /// Incidents without orders, clustered in time.
    Incidents,
    /// Percepts, beliefs and triggers.
    Beliefs,
    /// Channels that fail and are cut.
    Channels,
    /// Proposals, ultimatums, talks, fading.
    Bargaining,
    /// Restraint, release, consultation.
    Alliance,
    /// Exchanges of fire.
    Exchanges,
}

/// A set of mechanics has a bit for each.
const _: () = assert!((Mechanic::Exchanges as u32) < u8::BITS);

impl Mechanic {
    /// Its bit in a set of mechanics.
    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The sitting that a scenario is made for. Not read in play: it tells readers, and holds tests to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sitting {
    /// An evening, or two hours of a class.
    #[default]
    Evening,
    /// A lesson of fifty minutes.
    Lesson,
}

impl Sitting {
    /// Decision turns of the middle one of games between the doctrines that a scenario names.
    pub fn median_turns(self) -> RangeInclusive<u16> {
        match self {
            Sitting::Evening => 10..=14,
            Sitting::Lesson => 5..=6,
        }
    }

    /// What a list calls it.
    pub fn words(self) -> &'static str {
        match self {
            Sitting::Evening => "an evening, about a dozen turns",
            Sitting::Lesson => "a lesson of fifty minutes, five or six turns",
        }
    }
}

/// Whether participants are told what the white cell does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hand {
    /// What it says reads like any news, and its rulings show only in what follows from them.
    #[default]
    Hidden,
    /// Its messages say that they are its own, and every seat reads the dice of its rulings.
    Shown,
}

/// A value that a setting gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SettingValue {
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
    /// One of some names.
    Choice(String),
}

/// A setting: `section.name.field` and its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingDoc {
    /// `section.name.field`.
    pub name: String,
    /// The value.
    pub value: SettingValue,
}

/// An entry of a section: it has a name.
pub trait Entry {
    /// The name in the file.
    fn name(&self) -> &str;
}

/// Where every entry of a composed document came from.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// The file that was asked for; the others are its bases.
    pub root: FileId,
    /// By section, then position.
    pub sections: BTreeMap<&'static str, Vec<Origin>>,
    /// The file of every setting, and its position there.
    pub settings: Vec<(FileId, usize)>,
    /// The file whose list says which acts are offered, and how many it names, if any does.
    pub offered: Option<(FileId, usize)>,
    /// The file that removes an entry, and the position under `remove`, by section and name.
    pub removed: BTreeMap<(&'static str, String), (FileId, usize)>,
}

impl Origins {
    /// The file and the place of what a path leads to inside an entry of a composed section.
    pub fn place(
        &self,
        diagnostics: &Diagnostics,
        section: &str,
        entry: usize,
        path: &str,
    ) -> Option<(FileId, Option<Span>)> {
        let origin = self.sections.get(section)?.get(entry)?;
        let trail = origin.trail(section).dotted(path);
        Some((origin.file, diagnostics.locate(origin.file, &trail)))
    }

    /// Whether what a path leads to is written in the file that its entry came from.
    pub fn writes(&self, diagnostics: &Diagnostics, section: &str, entry: usize, path: &str) -> bool {
        let origin = self.sections.get(section).and_then(|list| list.get(entry));
        origin
            .is_some_and(|origin| diagnostics.sources().has(origin.file, &origin.trail(section).dotted(path)))
    }
}

impl Document {
    /// The document as plain data: objects by field, lists, numbers and texts.
    pub fn to_plain(&self) -> serde_json::Value {
        serde_json::to_value(self.erased()).unwrap_or_default()
    }

    /// The document as a file that reads as the same document.
    ///
    /// # Errors
    /// What the format cannot say, such as a text that no file could hold.
    pub fn to_ron(&self) -> ron::Result<String> {
        ron::ser::to_string_pretty(self.erased(), ron::ser::PrettyConfig::default())
    }

    /// Behind one type for all formats: code for every section and every format takes long to build.
    fn erased(&self) -> &dyn erased_serde::Serialize {
        self
    }

    /// Takes over what a child's header says; what it leaves empty stays its parent's.
    fn override_header(&mut self, child: Document) {
        let keep = |old: &mut String, new: String| {
            if !new.is_empty() {
                *old = new;
            }
        };
        self.format = child.format;
        keep(&mut self.name, child.name);
        keep(&mut self.title, child.title);
        keep(&mut self.summary, child.summary);
        keep(&mut self.teaching_aim, child.teaching_aim);
        keep(&mut self.start, child.start);
        keep(&mut self.source, child.source);
        keep(&mut self.own_side, child.own_side);
        self.sitting = child.sitting.or(self.sitting);
        self.white_cell = child.white_cell.or(self.white_cell);
        if !child.mechanics.is_empty() {
            self.mechanics = child.mechanics;
        }
        self.settings.extend(child.settings);
    }

    /// Takes over which acts a child offers: those that it names, or else its parent does, and those that it writes.
    fn keep_offered(&mut self, file: FileId, child: &mut Document, origins: &mut Origins) {
        if let Some(named) = child.offered.take() {
            origins.offered = Some((file, named.len()));
            self.offered = Some(named);
        }
        let Some(offered) = self.offered.as_mut().filter(|_| child.base.is_some()) else { return };
        for written in child.actions.iter().chain(&child.replace.actions) {
            if !offered.iter().any(|known| known.name() == written.name) {
                offered.push(Ref::named(&written.name));
            }
        }
    }

    /// Whether an act is among those that can be ordered, as far as no setting says otherwise.
    pub fn offers(&self, action: &str) -> bool {
        self.offered.as_ref().is_none_or(|offered| offered.iter().any(|known| known.name() == action))
    }
}

macro_rules! sections {
    ($($(#[$meta:meta])* $field:ident: $doc:ident;)*) => {
        /// The sections of a scenario, each a list of named entries.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Sections {
            $($(#[$meta])* pub $field: Vec<$doc>,)*
        }

        /// Names that a child file removes from its parent, section by section.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Removals {
            $($(#[$meta])* pub $field: Vec<String>,)*
        }

        /// A scenario file.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Document {
            /// The format's version: 1.
            pub format: u32,
            /// The scenario's name: lower case, digits and dashes.
            pub name: String,
            /// Title on the screen.
            pub title: String,
            /// What the crisis is about, for everyone.
            pub summary: String,
            /// What a class learns from it.
            pub teaching_aim: String,
            /// Date and time of minute 0, local, as `2015-08-04 07:35`.
            pub start: String,
            /// Where the scenario comes from.
            pub source: String,
            /// The side whose deaths the course class counts; every side if left out.
            pub own_side: String,
            /// The sitting that it is made for; an evening if left out.
            pub sitting: Option<Sitting>,
            /// Whether participants are told what the white cell does; they are not if left out.
            pub white_cell: Option<Hand>,
            /// The parent file: a library name, or a relative path.
            pub base: Option<String>,
            /// The mechanics in use; a child's list, if not empty, counts instead of its parent's.
            pub mechanics: Vec<Mechanic>,
            /// The acts that can be ordered, by name; all if left out. In a file with a base what it writes itself, under
            /// `actions` or `replace`, need not be named.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub offered: Option<Vec<Ref<ActionId>>>,
            $($(#[$meta])* pub $field: Vec<$doc>,)*
            /// Whole entries that take the place of the parent's.
            pub replace: Sections,
            /// Names that are dropped from the parent.
            pub remove: Removals,
            /// Single values that are changed.
            pub settings: Vec<SettingDoc>,
        }

        $(impl Entry for $doc {
            fn name(&self) -> &str {
                &self.name
            }
        })*

        impl Document {
            /// The names of the sections, in the order of the format.
            pub const SECTIONS: &'static [&'static str] = &[$(stringify!($field),)*];

            /// Composes a chain of files, the topmost base first, into one document without base or overrides.
            pub fn compose(chain: Vec<(FileId, Document)>, diagnostics: &mut Diagnostics) -> (Document, Origins) {
                let mut whole = Document::default();
                let root = chain.last().map_or(FileId::default(), |(file, _)| *file);
                let mut origins = Origins { root, ..Origins::default() };
                $(let mut $field: Vec<Placed<$doc>> = Vec::new();)*
                for (file, mut document) in chain {
                    whole.keep_offered(file, &mut document, &mut origins);
                    if file == root && document.base.is_some() {
                        document.tracks.iter_mut().for_each(|track| track.focus = track.focus.or(Some(true)));
                    }
                    $(for (index, name) in document.remove.$field.iter().enumerate() {
                        origins.removed.insert((stringify!($field), name.clone()), (file, index));
                    })*
                    $($field = compose_section(
                        stringify!($field),
                        $field,
                        Overrides {
                            file,
                            new: std::mem::take(&mut document.$field),
                            replace: std::mem::take(&mut document.replace.$field),
                            remove: std::mem::take(&mut document.remove.$field),
                        },
                        diagnostics,
                    );)*
                    for index in 0..document.settings.len() {
                        origins.settings.push((file, index));
                    }
                    whole.override_header(document);
                }
                $(
                    origins.sections.insert(stringify!($field), $field.iter().map(|placed| placed.origin).collect());
                    whole.$field = $field.into_iter().map(|placed| placed.entry).collect();
                )*
                (whole, origins)
            }

            /// The names of all entries.
            pub fn names(&self) -> Names {
                let mut names = Names::default();
                $(names.enter(stringify!($field), self.$field.iter().map(Entry::name));)*
                names
            }

            /// Checks every entry and resolves every reference.
            pub fn check(&mut self, names: &Names, log: &mut Log) {
                $(for (index, entry) in self.$field.iter_mut().enumerate() {
                    let mut checker = Checker::new(names, stringify!($field), index, log);
                    checker.name("name", entry.name());
                    entry.check(&mut checker);
                })*
            }

            /// The name of an entry, by section and position.
            pub fn entry(&self, section: &str, position: usize) -> Option<&str> {
                match section {
                    $(stringify!($field) => self.$field.get(position).map(Entry::name),)*
                    _ => None,
                }
            }

            /// The number of entries of every section.
            pub fn counts(&self) -> impl Iterator<Item = (&'static str, usize)> {
                [$((stringify!($field), self.$field.len()),)*].into_iter()
            }
        }
    };
}

sections! {
    /// The escalation ladder: each rung from 0 to 13 exactly once. The order in the file does not matter.
    ladder: RungDoc;
    /// Seats, who give orders, and actors, who act by rules alone. At most 8 together. The first of `rivals` is the one
    /// that the seat's acts are directed at.
    seats: SeatDoc;
    /// Levels that the game counts. They stay within `min` and `max`.
    tracks: TrackDoc;
    /// Classes of place where forces meet.
    sites: SiteDoc;
    /// Ways in which signals reach an observer.
    paths: PathDoc;
    /// What an act may cost in lives: a chance of any death, then a lognormal number.
    losses: LossDoc;
    /// How long a reply takes: lognormal, one for each class.
    latencies: LatencyDoc;
    /// What each side did in the record when something was done to it: weights of the seven cells of reply.
    kernels: KernelDoc;
    /// Lines between seats.
    channels: ChannelDoc;
    /// Consultation bodies, which release acts.
    bodies: BodyDoc;
    /// What was agreed before.
    accords: AccordDoc;
    /// What seats can order. `needs` may read only what every seat that can take the action can see.
    actions: ActionDoc;
    /// What happens at the line without a leader's order.
    incidents: IncidentDoc;
    /// Events that the scenario, or control, puts into the game. What is due at one time comes in the order of the file,
    /// the base's first.
    injects: InjectDoc;
    /// Questions that seats hold beliefs about.
    hypotheses: HypothesisDoc;
    /// Conditions on a belief, and what each sets off.
    triggers: TriggerDoc;
    /// What a proposal may contain. At most 64.
    terms: TermDoc;
    /// Ways to play a seat without a person.
    doctrines: DoctrineDoc;
    /// When the game is over. The first whose condition holds counts, so order matters. At least one.
    endings: EndingDoc;
    /// What participants are asked in the debrief, in this order. Not read in play.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    questions: QuestionDoc;
    /// Numbers that an expert would argue about. If `mechanics` is not empty, all that the engine reads must be there,
    /// each in its unit; the shipped base has them all.
    parameters: ParameterDoc;
    /// Known windows of time, such as exercises.
    calendar: CalendarDoc;
    /// The dated steps of the real crisis, which the policy `record` repeats. A step has at most one `act`, one `stop`
    /// and one `word`.
    record: RecordDoc;
    /// Statements that run in one step of every tick, or once a period of a campaign. Rules of one step run in the
    /// order of the file.
    rules: RuleDoc;
    /// Whole numbers by index, for `Lookup`.
    tables: TableDoc;
    /// Long turns while it is calm: one entry at most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    campaign: CampaignDoc;
}
