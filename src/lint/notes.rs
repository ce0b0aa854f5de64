//! Where findings go, and which entries are looked at.

use super::fixed::At;
use crate::scenario::Scenario;
use crate::scenario::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::scenario::locate::Trail;

/// Whose entries are looked at one by one. What concerns the whole game, such as its endings, always is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those that the file itself writes: its bases hold much that only other scenarios use.
    #[default]
    Own,
    /// Those of its bases too.
    WithBases,
}

/// Collects findings about one scenario.
pub(super) struct Notes<'a> {
    scenario: &'a Scenario,
    scope: Scope,
    findings: &'a mut Diagnostics,
}

impl<'a> Notes<'a> {
    pub fn new(scenario: &'a Scenario, scope: Scope, findings: &'a mut Diagnostics) -> Self {
        Notes { scenario, scope, findings }
    }

    /// Whether an entry is looked at.
    pub fn covers(&self, section: &str, entry: usize) -> bool {
        let origins = &self.scenario.origins;
        let origin = origins.sections.get(section).and_then(|list| list.get(entry));
        self.scope == Scope::WithBases || origin.is_some_and(|origin| origin.file == origins.root)
    }

    /// Whether the author has written a field, even if only what it would be anyway.
    pub fn writes(&self, at: &At) -> bool {
        self.scenario.origins.writes(self.findings, at.section, at.entry, &at.path)
    }

    /// Notes a finding at a place, whoever wrote the entry.
    pub fn note(&mut self, at: &At, finding: Note) {
        let placed = self.scenario.origins.place(self.findings, at.section, at.entry, &at.path);
        let Some((file, span)) = placed else { return };
        self.findings.push(finding.said_of(file).at(span));
    }

    /// Notes a finding about a field of the file's header.
    pub fn note_header(&mut self, field: &str, finding: Note) {
        let file = self.scenario.origins.root;
        let span = self.findings.locate(file, &Trail::root().name(field));
        self.findings.push(finding.said_of(file).at(span));
    }
}

/// A finding before it has a place.
pub(super) struct Note {
    code: Code,
    message: String,
    expected: Option<String>,
    shown_by: Option<Box<str>>,
}

impl Note {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Note { code, message: message.into(), expected: None, shown_by: None }
    }

    /// Says what would be right.
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Says which command shows it.
    pub fn shown_by(mut self, command: String) -> Self {
        self.shown_by = Some(command.into_boxed_str());
        self
    }

    fn said_of(self, file: crate::scenario::source::FileId) -> Diagnostic {
        let mut warning = Diagnostic::warning(self.code, file, self.message);
        (warning.expected, warning.shown_by) = (self.expected, self.shown_by);
        warning
    }
}
