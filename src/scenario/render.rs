//! Findings as a reader sees them: an excerpt with a caret, one line each, or JSON.
//!
//! Everything that comes from a file passes through [`SafeText`] first: no name can act on a terminal.

use super::diagnostics::{Diagnostic, Diagnostics, Severity};
use super::source::{BYTE_ORDER_MARK, FileId, Place, Span};
use crate::vocabulary::SafeText;
use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

/// The longest line, in bytes, of which an excerpt is shown.
const LONGEST_LINE: usize = 10_000;

impl Diagnostics {
    /// All findings with excerpts, by file and place. `colour` adds escape codes for a terminal.
    pub fn to_text(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for diagnostic in self.sorted() {
            text.push_str(&self.report(diagnostic, &renderer));
            text.push_str("\n\n");
        }
        text
    }

    /// All findings, one line each: `file:line:col: error[E0101]: message`.
    pub fn to_lines(&self) -> String {
        self.sorted().into_iter().map(|diagnostic| self.line(diagnostic) + "\n").collect()
    }

    /// All findings as JSON objects. `line`, `column`, `end_line` and `end_column` are null for a finding about a
    /// whole file; the end is the place after the last character.
    pub fn to_json(&self) -> Vec<Value> {
        self.sorted().into_iter().map(|diagnostic| self.object(diagnostic)).collect()
    }

    fn place(&self, file: FileId, offset: u32) -> Place {
        Place::of(&self.sources().get(file).text, offset as usize)
    }

    fn name(&self, file: FileId) -> String {
        one_line(&self.sources().get(file).name)
    }

    fn line(&self, diagnostic: &Diagnostic) -> String {
        let file = self.name(diagnostic.file);
        let place = diagnostic.span.map_or_else(String::new, |span| {
            let Place { line, column } = self.place(diagnostic.file, span.start);
            format!("{line}:{column}:")
        });
        let (word, code) = (diagnostic.severity.word(), diagnostic.code.text());
        let mut text = format!("{file}:{place} {word}[{code}]: {}", one_line(&diagnostic.message));
        if let Some(expected) = &diagnostic.expected {
            text += &format!("; expected {}", one_line(expected));
        }
        if let Some(command) = &diagnostic.shown_by {
            text += &format!("; shown by `{}`", one_line(command));
        }
        if let Some(nearest) = &diagnostic.nearest {
            text += &format!("; did you mean `{}`?", one_line(nearest));
        }
        text
    }

    fn object(&self, diagnostic: &Diagnostic) -> Value {
        let start = diagnostic.span.map(|span| self.place(diagnostic.file, span.start));
        let end = diagnostic.span.map(|span| self.place(diagnostic.file, span.end));
        let also = diagnostic.also.iter().map(|(file, span, label)| {
            let Place { line, column } = self.place(*file, span.start);
            json!({ "file": self.name(*file), "line": line, "column": column, "message": one_line(label) })
        });
        json!({
            "file": self.name(diagnostic.file),
            "line": start.map(|place| place.line),
            "column": start.map(|place| place.column),
            "end_line": end.map(|place| place.line),
            "end_column": end.map(|place| place.column),
            "severity": diagnostic.severity.word(),
            "code": diagnostic.code.text(),
            "message": one_line(&diagnostic.message),
            "expected": diagnostic.expected.as_deref().map(one_line),
            "nearest": diagnostic.nearest.as_deref().map(one_line),
            "also": also.collect::<Vec<_>>(),
            "shown_by": diagnostic.shown_by.as_deref().map(one_line),
        })
    }

    fn report(&self, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(one_line(&diagnostic.message)).id(diagnostic.code.text());
        let mut group = match diagnostic.span {
            Some(span) => title.element(self.excerpt(diagnostic.file, span, AnnotationKind::Primary, None)),
            None => title.element(Origin::path(self.name(diagnostic.file))),
        };
        for (file, span, label) in &diagnostic.also {
            group = group.element(self.excerpt(*file, *span, AnnotationKind::Context, Some(one_line(label))));
        }
        if let Some(expected) = &diagnostic.expected {
            group = group.element(Level::NOTE.message(format!("expected {}", one_line(expected))));
        }
        if let Some(command) = &diagnostic.shown_by {
            group = group.element(Level::NOTE.message(format!("shown by: {}", one_line(command))));
        }
        if let Some(nearest) = &diagnostic.nearest {
            group = group.element(Level::HELP.message(format!("did you mean `{}`?", one_line(nearest))));
        }
        renderer.render(&[group])
    }

    /// The line where a stretch begins, with the stretch marked as far as that line goes; for a line too long to
    /// look through, only its place.
    fn excerpt(
        &self,
        file: FileId,
        span: Span,
        kind: AnnotationKind,
        label: Option<String>,
    ) -> Element<'static> {
        let text = self.sources().get(file).text.as_str();
        let Place { line, column } = self.place(file, span.start);
        let (start, end) = (span.start as usize, span.end as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let line_end = text[..line_end].trim_end_matches('\r').len().max(start);
        if line_end - line_start > LONGEST_LINE {
            return Origin::path(self.name(file)).line(line).char_column(column).into();
        }
        let before = shown(&text[line_start..start]);
        let marked = shown(&text[start..end.clamp(start, line_end)]);
        let after = shown(&text[end.clamp(start, line_end)..line_end]);
        let marks = before.len()..before.len() + marked.len();
        Snippet::source(before + &marked + &after)
            .path(self.name(file))
            .line_start(line)
            .annotation(kind.span(marks).label(label))
            .into()
    }
}

/// A piece of a line, safe to show and with as many characters as before, so that columns stay right.
fn shown(piece: &str) -> String {
    let visible = |c: char| match c {
        '\t' => '\t',
        '\0'..='\u{1f}' => char::from_u32(u32::from(c) + 0x2400).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ if SafeText::new(c.encode_utf8(&mut [0; 4])).as_str().starts_with(c) => c,
        _ => char::REPLACEMENT_CHARACTER,
    };
    piece.chars().filter(|c| *c != BYTE_ORDER_MARK).map(visible).collect()
}

/// A text from a file on one line, safe to show.
fn one_line(text: &str) -> String {
    SafeText::new(text).as_str().replace('\n', "\\n")
}
