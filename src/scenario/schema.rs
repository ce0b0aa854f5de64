//! What the typed reader objects to, said in the author's words and at the author's place.

use super::diagnostics::{Code, Diagnostic, clip, nearest, quote};
use super::locate::{Step, Trail};
use super::outline::{Outline, Shape};
use super::source::{FileId, Span};
use ron::Error;

/// A refusal by the typed reader.
#[derive(Debug)]
pub(super) struct Refusal {
    /// Why.
    pub error: Error,
    /// The value that was being read.
    pub trail: Trail,
    /// How far the reader had come, in bytes.
    pub offset: usize,
}

/// Values that were taken out of the text: where they stood, and the field name or key in front of them.
pub(super) type Masks = [(Span, String)];

/// A refusal in the author's words, and the value to leave out so that reading can go on.
#[derive(Debug)]
pub(super) struct Finding {
    /// What to tell the author.
    pub diagnostic: Diagnostic,
    /// The value at fault.
    pub culprit: usize,
}

impl Refusal {
    /// Whether one of several choices was wanted, and something else stands there.
    pub fn wants_choice(&self) -> bool {
        matches!(
            self.error,
            Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_)
        )
    }

    /// Says what is wrong and where. `None` if the text holds no value at all.
    pub fn explain(&self, text: &str, outline: &Outline, masks: &Masks, file: FileId) -> Option<Finding> {
        let (at_trail, arrived) = outline.resolve(text, &self.trail)?;
        let offset = u32::try_from(self.offset).unwrap_or(u32::MAX);
        let under_cursor = outline.innermost(offset).or(outline.root())?;
        let view = View { text, outline, masks, file, trail: &self.trail };
        let on_key = outline.node(at_trail).shape == Shape::Map && under_cursor > at_trail;
        let value = outline.unwrapped(text, if on_key || !arrived { under_cursor } else { at_trail });
        Some(match &self.error {
            Error::NoSuchStructField { expected, found, .. } => {
                view.unknown_field(at_trail, under_cursor, found, expected)
            }
            Error::NoSuchEnumVariant { expected, found, .. } => view.unknown_variant(value, found, expected),
            Error::MissingStructField { field, .. } => view.missing_field(at_trail, field),
            Error::DuplicateStructField { field, .. } => {
                let message = format!("the field {} is given twice", quote(field));
                view.at(under_cursor, Code::DuplicateField, message)
            }
            Error::ExpectedComma | Error::TrailingCharacters => view.not_finished(under_cursor),
            // A whole number was read, and the value goes on with a point.
            Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd
                if view.is_inside_number(under_cursor, offset) =>
            {
                view.wrong_type(under_cursor, "a whole number")
            }
            _ if view.is_label_in_row(under_cursor, offset) => view
                .at(under_cursor, Code::WrongType, "the values in this bracket have no names")
                .at(outline.node(under_cursor).label)
                .expected("the values alone, in order"),
            Error::ExpectedArrayEnd
            | Error::ExpectedMapEnd
            | Error::ExpectedStructLikeEnd
            | Error::ExpectedOptionEnd => {
                view.at(under_cursor, Code::WrongLength, "there are too many values here")
            }
            Error::ExpectedDifferentLength { expected, found } => {
                let message = format!("there {} here", count(*found));
                view.at(value, Code::WrongLength, message).expected(&values(expected))
            }
            Error::IntegerOutOfBounds => {
                let message = format!("{} is out of range", view.written(value));
                view.at(value, Code::OutOfRange, message)
            }
            Error::InvalidValueForType { expected, found } => {
                view.at(value, Code::WrongType, format!("{found} cannot stand here")).expected(expected)
            }
            Error::Message(message) => view.at(value, Code::BadValue, message.as_str()),
            Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => view.no_struct(value),
            Error::ExpectedDifferentStructName { found, .. } => view
                .at(value, Code::WrongType, format!("the name {} cannot stand here", quote(found)))
                .expected("no name before the bracket"),
            Error::ExpectedString => view.wrong_type(value, "a text between double quotation marks"),
            Error::InvalidEscape(why) => view
                .at(under_cursor, Code::BadLiteral, lower_first(why))
                .expected("`\\\\` for a backslash, `\\\"` for a quotation mark, `\\n` for a new line"),
            _ if self.wants_choice() => match outline.node(value).shape {
                Shape::Struct | Shape::Tuple => view.wrong_type(value, "a name in front of the bracket"),
                _ => view.wrong_type(value, "a name without quotation marks"),
            },
            Error::ExpectedInteger => view.wrong_type(value, "a whole number"),
            Error::ExpectedFloat => view.wrong_type(value, "a number"),
            Error::ExpectedBoolean => view.wrong_type(value, "`true` or `false`"),
            Error::ExpectedArray => view.wrong_type(value, "a list: `[ … ]`"),
            Error::ExpectedMap => view.wrong_type(value, "a map: `{ key: value, … }`"),
            Error::ExpectedUnit => view.wrong_type(value, "`()`"),
            Error::ExpectedChar => view.wrong_type(value, "one character between single quotation marks"),
            other => view.at(under_cursor, Code::BadLiteral, lower_first(&other.to_string())),
        })
    }
}

impl Finding {
    fn expected(mut self, expected: &str) -> Self {
        self.diagnostic = self.diagnostic.expected(expected);
        self
    }

    fn nearest(mut self, nearest: Option<String>) -> Self {
        self.diagnostic = self.diagnostic.nearest(nearest);
        self
    }

    fn at(mut self, span: Span) -> Self {
        self.diagnostic = self.diagnostic.at(span);
        self
    }
}

/// What an explanation looks at.
struct View<'a> {
    text: &'a str,
    outline: &'a Outline,
    masks: &'a Masks,
    file: FileId,
    trail: &'a Trail,
}

impl View<'_> {
    fn at(&self, culprit: usize, code: Code, message: impl Into<String>) -> Finding {
        let node = self.outline.node(culprit);
        let simple = matches!(node.shape, Shape::Text | Shape::Number | Shape::Char | Shape::Word);
        let span = if simple { node.span } else { self.outline.head(self.text, culprit) };
        Finding { diagnostic: Diagnostic::error(code, self.file, message).at(span), culprit }
    }

    fn written(&self, node: usize) -> String {
        quote(&self.text[self.outline.node(node).span.range()])
    }

    /// What a value is, for a reader who sees it.
    fn found(&self, node: usize) -> String {
        match self.outline.node(node).shape {
            Shape::Text => "a text".to_owned(),
            Shape::Number => format!("the number {}", self.written(node)),
            Shape::Char => "a character".to_owned(),
            Shape::Word => format!("the name {}", self.written(node)),
            Shape::Struct | Shape::Tuple => match self.name(node) {
                "" => "a `( )`".to_owned(),
                name => quote(&format!("{name}(…)")),
            },
            Shape::List => "a list".to_owned(),
            Shape::Map => "a `{ }`".to_owned(),
        }
    }

    fn name(&self, node: usize) -> &str {
        &self.text[self.outline.node(node).name.range()]
    }

    fn wrong_type(&self, node: usize, expected: &str) -> Finding {
        let message = match self.outline.node(node).shape {
            Shape::Tuple if self.outline.children(node).next().is_none() && !self.name(node).is_empty() => {
                format!("there is nothing in {}", quote(&format!("{}()", self.name(node))))
            }
            Shape::Struct if !self.name(node).is_empty() => {
                format!("what stands in {} has a name there", quote(&format!("{}(…)", self.name(node))))
            }
            _ => format!("{} cannot stand here", self.found(node)),
        };
        let nothing = matches!(&self.text[self.outline.node(node).span.range()], "null" | "nil" | "nothing");
        let expected = if nothing { format!("{expected}, or no such field") } else { expected.to_owned() };
        self.at(node, Code::WrongType, message).expected(&expected)
    }

    fn no_struct(&self, node: usize) -> Finding {
        match self.outline.node(node).shape {
            Shape::Map => self
                .at(node, Code::BraceForParenthesis, "a struct is written with `( )`, not with `{ }`")
                .expected("`(name: value, …)`, the names without quotation marks"),
            Shape::Word => self
                .at(node, Code::WrongType, format!("{} needs what it is about", self.written(node)))
                .expected(&quote(&format!("{}(…)", &self.text[self.outline.node(node).span.range()]))),
            _ => self.wrong_type(node, "`( … )`"),
        }
    }

    /// Whether the reader stopped inside a number.
    fn is_inside_number(&self, node: usize, offset: u32) -> bool {
        let node = self.outline.node(node);
        node.shape == Shape::Number && node.span.start < offset && offset < node.span.end
    }

    /// Whether the reader stopped at the name of a value where it goes by order alone.
    fn is_label_in_row(&self, node: usize, offset: u32) -> bool {
        let node = self.outline.node(node);
        let by_order = matches!(self.trail.steps().last(), Some(Step::Index(_)));
        by_order && !node.label.is_empty() && offset < node.span.start
    }

    /// The reader had all that it wanted of a value, and there was more of it.
    fn not_finished(&self, node: usize) -> Finding {
        match self.outline.node(node).shape {
            Shape::Number => self.wrong_type(node, "a whole number"),
            Shape::Tuple | Shape::Struct if !self.name(node).is_empty() => {
                let name = self.name(node);
                let message = format!("{} stands alone here", quote(name));
                self.at(node, Code::WrongLength, message).expected(&format!("`{name}` without a bracket"))
            }
            _ => self.at(node, Code::WrongLength, "there is more here than can stand here"),
        }
    }

    fn unknown_field(&self, at: usize, under_cursor: usize, found: &str, allowed: &[&str]) -> Finding {
        let named = |node: &usize| self.outline.field_name(self.text, *node) == found;
        let inside = self.outline.children(at).find(named);
        let field = inside.or(Some(at).filter(named)).unwrap_or(under_cursor);
        let label = self.outline.node(field).label;
        let span = if label.is_empty() { self.outline.head(self.text, field) } else { label };
        let is_found = |step: &Step| matches!(step, Step::Name(name) if name == found);
        let steps = self.trail.steps();
        let holder =
            steps.split_last().filter(|(last, _)| is_found(last)).map_or(steps, |(_, holder)| holder);
        let message = format!("there is no field {}{}", quote(found), self.within(holder));
        self.at(field, Code::UnknownField, message)
            .at(span)
            .expected(&one_of(allowed))
            .nearest(nearest(found, allowed.iter().copied()))
    }

    fn unknown_variant(&self, at: usize, found: &str, allowed: &[&str]) -> Finding {
        self.at(at, Code::UnknownVariant, format!("{} is not known here", quote(found)))
            .expected(&one_of(allowed))
            .nearest(nearest(found, allowed.iter().copied()))
    }

    fn missing_field(&self, at: usize, field: &str) -> Finding {
        self.at(
            at,
            Code::MissingField,
            format!("the field {} is missing{}", quote(field), self.within(self.trail.steps())),
        )
    }

    /// ` in `actions[3]` ("blockade")`, or nothing for the document itself.
    fn within(&self, steps: &[Step]) -> String {
        let (mut read, mut written) = (Trail::root(), Trail::root());
        for step in steps {
            read = read.step(step.clone());
            let Some((node, true)) = self.outline.resolve(self.text, &read) else { break };
            let Step::Index(index) = step else {
                written = written.step(step.clone());
                continue;
            };
            written = written.index(index + self.masked_before(node));
            let is_name = |field: &usize| self.outline.field_name(self.text, *field) == "name";
            if let Some(name) = self.outline.children(node).find(is_name) {
                let name = &self.text[self.outline.node(name).span.range()];
                return format!(" in `{written}` ({})", clip(name));
            }
        }
        if written.is_root() { String::new() } else { format!(" in `{written}`") }
    }

    /// How many items in front of one were taken out of its list.
    fn masked_before(&self, item: usize) -> usize {
        let Some(list) = self.outline.parent(item) else { return 0 };
        let before = Span { end: self.outline.node(item).item.start, ..self.outline.node(list).span };
        let siblings: Vec<_> = self.outline.children(list).take_while(|child| *child < item).collect();
        let in_sibling = |mask| siblings.iter().any(|child| self.outline.node(*child).item.holds(mask));
        self.masks.iter().filter(|(mask, _)| before.holds(*mask) && !in_sibling(*mask)).count()
    }
}

/// `one of `a`, `b``, cut where it grows too long to read.
pub(super) fn one_of(names: &[&str]) -> String {
    const MOST: usize = 30;
    let listed: Vec<_> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match names {
        [] => "nothing".to_owned(),
        [_] => listed[0].clone(),
        _ if names.len() > MOST => format!("one of {} and {} more", listed.join(", "), names.len() - MOST),
        _ => format!("one of {}", listed.join(", ")),
    }
}

fn count(found: usize) -> String {
    match found {
        0 => "are no values".to_owned(),
        1 => "is one value".to_owned(),
        n => format!("are {n} values"),
    }
}

/// What the reader says on a wanted length, without its names for types: the number in it.
fn values(expected: &str) -> String {
    let number = expected.split_whitespace().find(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    number.map_or_else(|| expected.to_owned(), |number| format!("{number} values"))
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
