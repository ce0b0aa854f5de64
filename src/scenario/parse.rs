//! From a text to a typed document, with every error of the file in one go.
//!
//! A fault of syntax ends the reading, since what follows it is guesswork. A value that the typed reader refuses
//! is reported, blanked out with spaces (so that every other byte keeps its place), and the text is read again.

use super::diagnostics::{Code, Diagnostic, Diagnostics, nearest};
use super::locate::Trail;
use super::outline::{Outline, Shape};
use super::schema::{Finding, Refusal, one_of};
use super::source::{BYTE_ORDER_MARK, FileId, Span};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The longest text that is read, in bytes.
pub const SIZE_LIMIT: usize = 5_000_000;
/// The format of scenario files that this version reads.
pub const FORMAT: u32 = 1;

/// The most values that one list, map or bracket may hold.
pub const MOST_ITEMS: usize = 1_000;
/// The longest text, in characters.
pub const LONGEST_TEXT: usize = 4_000;

/// How many refusals of one file are reported.
pub(super) const MOST_ERRORS: usize = 50;
/// How many bytes are read again, at most, to find further refusals in a large file.
const REREAD_LIMIT: usize = 20_000_000;
/// Nesting from which on reading happens on a thread with a stack that is surely large enough.
const DEEP: usize = 16;
/// The size of that stack in bytes.
const STACK: usize = 16 << 20;
/// More than the outline lets through ever needs: a level of brackets costs the reader up to three of its own.
const READER_DEPTH: usize = 256;

/// Reads a file as a document of type `T`. Everything wrong with it goes into `diagnostics`; then, and only then,
/// the result is `None`.
pub fn parse<T: DeserializeOwned + Send>(file: FileId, diagnostics: &mut Diagnostics) -> Option<T> {
    let source = Arc::clone(diagnostics.sources().get(file));
    let text = source.text.as_str();
    if let Err(refused) = check_text(file, text) {
        diagnostics.push(refused);
        return None;
    }
    if text.starts_with(BYTE_ORDER_MARK) {
        let message = "the file begins with a byte-order mark, which is ignored";
        diagnostics.push(Diagnostic::warning(Code::ByteOrderMark, file, message).at(Span::new(0, 3)));
    }
    let (outline, found) = Outline::read(text, file);
    if let Some(refused) = check_format(file, text, &outline) {
        diagnostics.push(refused);
        return None;
    }
    let complete = outline.complete;
    let marked: Vec<_> = found.iter().filter_map(|fault| fault.span).collect();
    let limits = check_limits(file, text, &outline);
    if !limits.is_empty() {
        limits.into_iter().for_each(|refused| diagnostics.push(refused));
        return None;
    }
    let errors_before = found.len();
    found.into_iter().for_each(|fault| diagnostics.push(fault));
    if !complete {
        return None;
    }
    let mut reading = Reading { file, text: text.to_owned(), outline, masks: Vec::new() };
    if text.starts_with(BYTE_ORDER_MARK) {
        reading.text.replace_range(..BYTE_ORDER_MARK.len_utf8(), "   ");
    }
    if errors_before == MOST_ERRORS {
        diagnostics.push(more_errors(file));
        return None;
    }
    let culprits: Vec<_> = marked.iter().filter_map(|span| reading.outline.innermost(span.start)).collect();
    if !culprits.is_empty() && !reading.mask(&culprits) {
        return None;
    }
    let (document, refusals) = reading.read_all(diagnostics);
    document.filter(|_| errors_before == 0 && refusals == 0)
}

/// What can be said about a text before it is read.
pub(super) fn check_text(file: FileId, text: &str) -> Result<(), Diagnostic> {
    if text.len() > SIZE_LIMIT {
        let message = format!("the file has {} bytes; the limit is {SIZE_LIMIT} bytes (5 MB)", text.len());
        return Err(Diagnostic::error(Code::TooLarge, file, message));
    }
    let odd = text.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    if let Some((offset, c)) = odd {
        let message = format!("the control character U+{:04X} cannot stand in a scenario", u32::from(c));
        let span = Span::new(offset, offset + c.len_utf8());
        return Err(Diagnostic::error(Code::OddCharacter, file, message).at(span));
    }
    Ok(())
}

/// A file of another format is refused for that alone, whatever else is strange about it.
fn check_format(file: FileId, text: &str, outline: &Outline) -> Option<Diagnostic> {
    let node = outline.node(outline.top_field(text, "format")?);
    let written = &text[node.span.range()];
    let format = written.replace('_', "").parse::<i64>().ok()?;
    (node.shape == Shape::Number && format != i64::from(FORMAT)).then(|| {
        let message = format!("this file is format {format}; this offramp reads format {FORMAT}");
        Diagnostic::error(Code::WrongFormat, file, message).at(node.span)
    })
}

/// What is too long: lists and texts, each shown where it begins.
fn check_limits(file: FileId, text: &str, outline: &Outline) -> Vec<Diagnostic> {
    let refuse = |at: usize| {
        let node = outline.node(at);
        let (code, message, expected) = match node.shape {
            Shape::Text => {
                // Only what looks too long as written is worth unescaping.
                let long = node.span.range().len() > LONGEST_TEXT;
                let read = long.then(|| ron::from_str::<String>(&text[node.span.range()]).ok())??;
                let length = Some(read.chars().count()).filter(|length| *length > LONGEST_TEXT)?;
                let expected = format!("at most {LONGEST_TEXT} characters");
                (Code::LongText, format!("this text has {length} characters"), expected)
            }
            Shape::Struct | Shape::Tuple | Shape::List | Shape::Map => {
                let items = Some(outline.children(at).count()).filter(|items| *items > MOST_ITEMS)?;
                let expected = format!("at most {MOST_ITEMS}");
                (Code::TooMany, format!("there are {items} values in this bracket"), expected)
            }
            Shape::Number | Shape::Char | Shape::Word => return None,
        };
        let head = outline.head(text, at);
        let start = head.start as usize;
        let span = Span::new(start, (head.end as usize).min(start + 1));
        Some(Diagnostic::error(code, file, message).at(span).expected(expected))
    };
    (0..outline.nodes.len()).filter_map(refuse).take(MOST_ERRORS).collect()
}

/// A warning that there may be more errors than are shown.
pub(super) fn more_errors(file: FileId) -> Diagnostic {
    let message = "reading stopped here; correct these errors to see whether there are more";
    Diagnostic::warning(Code::MoreErrors, file, message)
}

/// A text on its way through the typed reader.
struct Reading {
    file: FileId,
    /// The text, with spaces in place of what has been reported.
    text: String,
    outline: Outline,
    /// What was blanked out, and the field name or key in front of it.
    masks: Vec<(Span, String)>,
}

impl Reading {
    /// Reads again and again until nothing new is found. Gives what was read in the end, and the number of
    /// refusals reported.
    fn read_all<T: DeserializeOwned + Send>(&mut self, diagnostics: &mut Diagnostics) -> (Option<T>, usize) {
        let mut reported = 0;
        let rounds = (REREAD_LIMIT / self.text.len().max(1)).clamp(2, 4 * MOST_ERRORS);
        for _ in 0..rounds {
            if reported == MOST_ERRORS {
                break;
            }
            let refusal = match read::<T>(&self.text, self.outline.depth) {
                Ok(document) => return (Some(document), reported),
                Err(refusal) => refusal,
            };
            let Some(Finding { mut diagnostic, culprit }) =
                refusal.explain(&self.text, &self.outline, &self.masks, self.file)
            else {
                diagnostics.push(Diagnostic::error(Code::Unexpected, self.file, refusal.error.to_string()));
                return (None, reported + 1);
            };
            if !self.is_consequence(culprit, &refusal.error) {
                if refusal.error == ron::Error::IntegerOutOfBounds {
                    diagnostic.expected = self.permitted::<T>(culprit, &refusal.trail);
                }
                if refusal.wants_choice()
                    && let Some(choices) = self.choices::<T>(culprit)
                {
                    diagnostic.expected = Some(one_of(choices));
                    diagnostic.nearest = self.meant(culprit, choices).map(String::into_boxed_str);
                }
                diagnostics.push(diagnostic);
                reported += 1;
            }
            if !self.mask(&[culprit]) {
                return (None, reported);
            }
        }
        diagnostics.push(more_errors(self.file));
        (None, reported)
    }

    /// Whether something directly inside this value was blanked out, so that a complaint about the value itself
    /// is likely our own doing. A field is missed for that reason only if one of its name, or nearly, was there.
    fn is_consequence(&self, culprit: usize, error: &ron::Error) -> bool {
        let culprit = self.outline.unwrapped(&self.text, culprit);
        let span = self.outline.node(culprit).span;
        self.masks.iter().any(|(mask, label)| {
            let inner = |child| self.outline.node(child).item.holds(*mask);
            let named = match error {
                ron::Error::MissingStructField { field, .. } => nearest(label, [*field]).is_some(),
                _ => true,
            };
            named && span.holds(*mask) && !self.outline.children(culprit).any(inner)
        })
    }

    /// Blanks values out together with their labels and commas; for one of several in a row whose order counts,
    /// all of them. False if that gains nothing: one of them is the whole document.
    fn mask(&mut self, culprits: &[usize]) -> bool {
        for culprit in culprits {
            let mut culprit = *culprit;
            let in_row = |holder: &usize| self.outline.node(*holder).shape == Shape::Tuple;
            while let Some(holder) = self.outline.parent(culprit).filter(in_row) {
                culprit = holder;
            }
            let span = self.outline.node(culprit).item;
            if self.outline.root() == Some(culprit) || span.is_empty() {
                return false;
            }
            let label = self.outline.field_name(&self.text, culprit).to_owned();
            self.text.replace_range(span.range(), &" ".repeat(span.range().len()));
            self.masks.retain(|(mask, _)| !span.holds(*mask));
            self.masks.push((span, label));
        }
        self.outline = Outline::read(&self.text, self.file).0;
        self.outline.complete
    }

    /// The choices that the reader knows at a place, found by offering it one that nobody has.
    fn choices<T: DeserializeOwned + Send>(&self, culprit: usize) -> Option<&'static [&'static str]> {
        const NOBODYS: &str = "Nobodys_choice";
        let node = self.outline.node(culprit);
        let Span { start, end } = node.span;
        // `For()` wants a choice inside its bracket.
        let hollow = !node.name.is_empty() && self.outline.children(culprit).next().is_none();
        let name = if hollow { &self.text[node.name.range()] } else { "" };
        let offer = if hollow { format!("{name}({NOBODYS})") } else { NOBODYS.to_owned() };
        let text = format!("{}{offer}{}", &self.text[..start as usize], &self.text[end as usize..]);
        match read::<T>(&text, self.outline.depth).err()?.error {
            ron::Error::NoSuchEnumVariant { expected, found, .. } if found == NOBODYS => Some(expected),
            _ => None,
        }
    }

    /// The choice that a value of another kind most likely stands for: a name in quotation marks, a bare number.
    fn meant(&self, culprit: usize, choices: &[&str]) -> Option<String> {
        let node = self.outline.node(culprit);
        let written = &self.text[node.span.range()];
        match node.shape {
            Shape::Text => nearest(written.trim_matches('"'), choices.iter().copied()),
            Shape::Number if choices.contains(&"Const") => Some(format!("Const({written})")),
            _ => None,
        }
    }

    /// The range of whole numbers that the reader takes at a place, found by offering it the bounds of each type.
    fn permitted<T: DeserializeOwned + Send>(&self, culprit: usize, trail: &Trail) -> Option<String> {
        let Span { start, end } = self.outline.node(culprit).span;
        let takes = |bound: &i128| {
            let text = format!("{}{bound}{}", &self.text[..start as usize], &self.text[end as usize..]);
            let refused =
                |refusal: Refusal| refusal.error == ron::Error::IntegerOutOfBounds && refusal.trail == *trail;
            !read::<T>(&text, self.outline.depth).err().is_some_and(refused)
        };
        let lowest = [i64::MIN.into(), i32::MIN.into(), i16::MIN.into(), i8::MIN.into(), 0, 1];
        let highest = [
            u64::MAX.into(),
            i64::MAX.into(),
            u32::MAX.into(),
            i32::MAX.into(),
            u16::MAX.into(),
            i16::MAX.into(),
            u8::MAX.into(),
            i8::MAX.into(),
        ];
        if self.text.len() > 1_000_000 {
            return None;
        }
        let low = lowest.iter().find(|bound| takes(bound))?;
        let high = highest.iter().find(|bound| takes(bound))?;
        Some(format!("a whole number from {low} to {high}"))
    }
}

/// One pass of the typed reader.
fn read<T: DeserializeOwned + Send>(text: &str, depth: usize) -> Result<T, Refusal> {
    if depth <= DEEP {
        return read_here(text);
    }
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        let reader = builder.spawn_scoped(scope, || read_here(text)).map_err(|error| Refusal {
            error: ron::Error::Message(format!("no thread could be started to read it: {error}")),
            trail: Trail::root(),
            offset: 0,
        })?;
        reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn read_here<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(READER_DEPTH);
    let refuse = |error: ron::error::SpannedError, trail| Refusal {
        error: error.code,
        trail,
        offset: offset_of(text, error.span.start),
    };
    let mut reader = ron::Deserializer::from_str_with_options(text, &options)
        .map_err(|error| refuse(error, Trail::root()))?;
    let document = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let trail = Trail::from(error.path());
        refuse(reader.span_error(error.into_inner()), trail)
    })?;
    reader.end().map_err(|error| refuse(reader.span_error(error), Trail::root()))?;
    Ok(document)
}

/// The byte offset of a line and column of the reader.
fn offset_of(text: &str, position: ron::error::Position) -> usize {
    let mut line_start = 0;
    for _ in 1..position.line {
        line_start += text[line_start..].find('\n').map_or(0, |newline| newline + 1);
    }
    let mut chars = text[line_start..].char_indices();
    line_start
        + chars.nth(position.col.saturating_sub(1)).map_or(text.len() - line_start, |(offset, _)| offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::{Place, Source};
    use crate::scenario::tokens::{Kind, Tokens};
    use crate::vocabulary::words::Condition;

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Mini {
        format: u32,
        rules: Vec<Rule>,
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rule {
        name: String,
        when: Condition,
    }

    const SOUND: &str = r#"(
    format: 1,
    rules: [
        (
            name: "first",
            when: All([
                Compare(Level("tension"), Gt, Const(-4)),
                Not(Open("hot line")),
            ]),
        ),
        (name: "second", when: Any([])),
    ],
)
"#;

    /// Each token left out, doubled, and swapped with the next one, with the place of the damage.
    fn damaged() -> Vec<(String, usize)> {
        let mut texts = Vec::new();
        let mut tokens = Tokens::new(SOUND);
        loop {
            let (this, next) = (tokens.next(), tokens.peek());
            if this.kind == Kind::End {
                return texts;
            }
            let (this, next) = (this.span.range(), next.span.range());
            let (before, between, after) =
                (&SOUND[..this.start], &SOUND[this.end..next.start], &SOUND[next.end..]);
            let (one, two) = (&SOUND[this.clone()], &SOUND[next]);
            let changes = [
                format!("{between}{two}"),
                format!("{one} {one}{between}{two}"),
                format!("{two}{between}{one}"),
            ];
            texts.extend(changes.map(|change| (format!("{before}{change}{after}"), this.start)));
        }
    }

    #[test]
    fn a_token_left_out_doubled_or_swapped_is_found_near_its_place() {
        let mut distances = Vec::new();
        for (text, offset) in damaged() {
            let mut diagnostics = Diagnostics::new();
            let file = diagnostics.add_source(Source::new("x.ron", text));
            if let Some(read) = parse::<Mini>(file, &mut diagnostics) {
                let complete = read.format == 1 && read.rules.iter().all(|rule| !rule.name.is_empty());
                assert!(complete && read.rules.iter().any(|rule| rule.when != Condition::Any(Vec::new())));
                continue;
            }
            let at = Place::of(SOUND, offset).line;
            let near = diagnostics
                .to_json()
                .iter()
                .filter_map(|finding| finding["line"].as_u64())
                .map(|line| at.abs_diff(line as usize))
                .min();
            distances.push(near.expect("an error has a place"));
        }
        distances.sort_unstable();
        assert!(distances.len() > 150, "most damage is an error: {}", distances.len());
        let within = |share: usize| distances[distances.len() * share / 100];
        assert!(within(50) == 0 && within(90) <= 1, "{distances:?}");
    }
}
