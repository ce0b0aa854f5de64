//! Base and override: a scenario on top of the one that it names as its base.
//!
//! A section is a list of named entries. A child's entries are new, unless they stand under `replace`; `remove`
//! takes names. Nothing is merged inside an entry, and each one remembers the file that it came from.

use super::diagnostics::{Code, Diagnostic, Diagnostics, nearest, quote};
use super::document::Entry;
use super::locate::Trail;
use super::outline::Shape;
use super::parse::parse;
use super::source::{FileId, Source, Span};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// How many bases may stand above a scenario.
pub const BASE_LIMIT: usize = 8;

/// The list of a file that an entry stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The section itself: the entry is new.
    New,
    /// The section under `replace`.
    Replace,
}

/// Where an entry came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The list in that file.
    pub list: List,
    /// The position in that list.
    pub index: usize,
}

impl Origin {
    /// The way to the entry in its file: `actions[3]` or `replace.actions[3]`.
    pub fn trail(&self, section: &str) -> Trail {
        let top = match self.list {
            List::New => Trail::root(),
            List::Replace => Trail::root().name("replace"),
        };
        top.name(section).index(self.index)
    }
}

/// An entry with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// The entry.
    pub entry: T,
    /// Where it came from.
    pub origin: Origin,
}

/// What one file says about one section.
#[derive(Clone, Debug)]
pub struct Overrides<T> {
    /// The file.
    pub file: FileId,
    /// The entries of the section itself.
    pub new: Vec<T>,
    /// The entries of the section under `replace`.
    pub replace: Vec<T>,
    /// The names of the section under `remove`.
    pub remove: Vec<String>,
}

/// Applies what one file says about a section to what its base has there. The order is the base's, then the
/// file's new entries; a replaced entry keeps its place. What is wrong is reported and left out.
pub fn compose_section<T: Entry>(
    section: &str,
    base: Vec<Placed<T>>,
    overrides: Overrides<T>,
    diagnostics: &mut Diagnostics,
) -> Vec<Placed<T>> {
    let Overrides { file, new, replace, remove } = overrides;
    let mut composing = Composing { section, file, diagnostics };
    let positions: BTreeMap<String, (usize, Origin)> = base
        .iter()
        .enumerate()
        .map(|(position, placed)| (placed.entry.name().to_owned(), (position, placed.origin)))
        .collect();
    let mut slots: Vec<Option<Placed<T>>> = base.into_iter().map(Some).collect();
    let replaced = composing.replace(&positions, &mut slots, replace);
    composing.remove(&positions, &mut slots, &remove, &replaced);
    let mut composed: Vec<Placed<T>> = slots.into_iter().flatten().collect();
    composed.extend(composing.add(&positions, new));
    composed
}

struct Composing<'a> {
    section: &'a str,
    file: FileId,
    diagnostics: &'a mut Diagnostics,
}

impl Composing<'_> {
    fn name_span(&self, origin: Origin) -> Option<Span> {
        self.diagnostics.locate(origin.file, &origin.trail(self.section).name("name"))
    }

    fn removal_span(&self, index: usize) -> Option<Span> {
        self.diagnostics.locate(self.file, &Trail::root().name("remove").name(self.section).index(index))
    }

    /// Notes a name and where it stands; false, with an error, if the same list had it before.
    fn first(&mut self, seen: &mut BTreeMap<String, Option<Span>>, name: &str, span: Option<Span>) -> bool {
        let Some(earlier) = seen.get(name) else {
            seen.insert(name.to_owned(), span);
            return true;
        };
        let message = format!("{} stands twice in `{}`", quote(name), self.section);
        let error = Diagnostic::error(Code::DuplicateName, self.file, message).at(span);
        self.diagnostics.push(error.also(self.file, *earlier, "first given here"));
        false
    }

    fn replace<T: Entry>(
        &mut self,
        positions: &BTreeMap<String, (usize, Origin)>,
        slots: &mut [Option<Placed<T>>],
        entries: Vec<T>,
    ) -> BTreeMap<String, Option<Span>> {
        let mut seen = BTreeMap::new();
        for (index, entry) in entries.into_iter().enumerate() {
            let origin = Origin { file: self.file, list: List::Replace, index };
            let span = self.name_span(origin);
            if !self.first(&mut seen, entry.name(), span) {
                continue;
            }
            match positions.get(entry.name()) {
                Some((position, _)) => slots[*position] = Some(Placed { entry, origin }),
                None => self.unknown(Code::NothingToReplace, entry.name(), span, positions),
            }
        }
        seen
    }

    fn remove<T>(
        &mut self,
        positions: &BTreeMap<String, (usize, Origin)>,
        slots: &mut [Option<Placed<T>>],
        names: &[String],
        replaced: &BTreeMap<String, Option<Span>>,
    ) {
        let mut seen = BTreeMap::new();
        for (index, name) in names.iter().enumerate() {
            let span = self.removal_span(index);
            if !self.first(&mut seen, name, span) {
                continue;
            }
            if let Some(replacement) = replaced.get(name) {
                let message = format!("{} is both replaced and removed", quote(name));
                let error = Diagnostic::error(Code::ReplacedAndRemoved, self.file, message).at(span);
                self.diagnostics.push(error.also(self.file, *replacement, "replaced here"));
                continue;
            }
            match positions.get(name) {
                Some((position, _)) => slots[*position] = None,
                None => self.unknown(Code::NothingToRemove, name, span, positions),
            }
        }
    }

    fn add<T: Entry>(
        &mut self,
        positions: &BTreeMap<String, (usize, Origin)>,
        entries: Vec<T>,
    ) -> Vec<Placed<T>> {
        let mut seen = BTreeMap::new();
        let mut added = Vec::new();
        for (index, entry) in entries.into_iter().enumerate() {
            let origin = Origin { file: self.file, list: List::New, index };
            let span = self.name_span(origin);
            if !self.first(&mut seen, entry.name(), span) {
                continue;
            }
            if let Some((_, earlier)) = positions.get(entry.name()) {
                let message = format!("the base already has {} in `{}`", quote(entry.name()), self.section);
                let error = Diagnostic::error(Code::AlreadyInBase, self.file, message)
                    .at(span)
                    .expected(format!("a new name, or the entry under `replace: ({}: […])`", self.section))
                    .also(earlier.file, self.name_span(*earlier), "the base's entry");
                self.diagnostics.push(error);
                continue;
            }
            added.push(Placed { entry, origin });
        }
        added
    }

    fn unknown(
        &mut self,
        code: Code,
        name: &str,
        span: Option<Span>,
        positions: &BTreeMap<String, (usize, Origin)>,
    ) {
        let message = format!("the base has no {} in `{}`", quote(name), self.section);
        let error = Diagnostic::error(code, self.file, message).at(span);
        self.diagnostics.push(error.nearest(nearest(name, positions.keys().map(String::as_str))));
    }
}

/// Finds the base that a file names: the name as written, and the file that asks. The error is a sentence for
/// the author, the nearest name in it if there is one.
pub type Resolve<'a> = &'a dyn Fn(&str, &Source) -> Result<Source, String>;

/// Reads a scenario and its bases, the topmost base first. Every file is read even where another has errors, so
/// that all of them are reported at once; `None` if anything is missing or wrong.
pub fn load_chain<D: DeserializeOwned + Send>(
    root: Source,
    resolve: Resolve<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<(FileId, D)>> {
    let mut chain = Vec::new();
    let mut names = Vec::new();
    let mut next = Some(root);
    let mut whole = true;
    while let Some(source) = next {
        names.push(source.name.clone());
        let file = diagnostics.add_source(source);
        match parse::<D>(file, diagnostics) {
            Some(document) => chain.push((file, document)),
            None => whole = false,
        }
        next = match base_of(file, &names, resolve, diagnostics) {
            Ok(base) => base,
            Err(error) => {
                diagnostics.push(error);
                return None;
            }
        };
    }
    chain.reverse();
    whole.then_some(chain)
}

/// The base that a file names, if it names one.
fn base_of(
    file: FileId,
    names: &[String],
    resolve: Resolve<'_>,
    diagnostics: &Diagnostics,
) -> Result<Option<Source>, Diagnostic> {
    let source = diagnostics.sources().get(file);
    let outline = diagnostics.sources().outline(file);
    let Some(base) = outline.top_field(&source.text, "base") else { return Ok(None) };
    let node = outline.node(outline.unwrapped(&source.text, base));
    if node.shape != Shape::Text {
        return Ok(None);
    }
    let Ok(name) = ron::from_str::<String>(&source.text[node.span.range()]) else { return Ok(None) };
    let refuse = |code, message: String| Err(Diagnostic::error(code, file, message).at(node.span));
    let base = match resolve(&name, source) {
        Ok(base) => base,
        Err(reason) => return refuse(Code::BaseMissing, reason),
    };
    if let Some(first) = names.iter().position(|earlier| *earlier == base.name) {
        let circle: Vec<_> = names[first..].iter().chain([&base.name]).map(|name| quote(name)).collect();
        return refuse(Code::BaseCycle, format!("the bases run in a circle: {}", circle.join(" -> ")));
    }
    if names.len() > BASE_LIMIT {
        return refuse(Code::BaseDepth, format!("more than {BASE_LIMIT} bases stand above `{}`", names[0]));
    }
    Ok(Some(base))
}
