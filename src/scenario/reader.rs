//! The reader of outlines: one pass over the tokens, with a stack of open brackets in place of recursion.
//!
//! It finds what the typed RON reader accepts in silence or reports in the wrong place: doubled fields and keys,
//! numbers that are not finite, a comma or quotation mark left out, deep nesting.

use super::diagnostics::{Code, Diagnostic, quote};
use super::outline::{DEPTH_LIMIT, Node, Outline, Shape};
use super::parse::MOST_ERRORS;
use super::slips;
use super::source::{FileId, Span};
use super::tokens::{Kind, Token, Tokens};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

impl Outline {
    /// Reads a text. What is found beside the shape comes back as errors; if the outline is not complete, the
    /// last of them says why.
    pub fn read(text: &str, file: FileId) -> (Outline, Vec<Diagnostic>) {
        let tokens = Tokens::new(text);
        let before = Token { kind: Kind::End, span: Span::default() };
        let mut reader = Reader {
            text,
            file,
            tokens,
            before,
            outline: Outline::default(),
            frames: Vec::new(),
            found: Vec::new(),
            crooked: None,
        };
        match reader.document() {
            Ok(()) => reader.outline.complete = true,
            Err(fault) => {
                let fault = reader.unclosed_text().unwrap_or(fault);
                reader.found.push(fault);
                let end = reader.outline.nodes.len() as u32;
                for frame in &reader.frames {
                    let node = &mut reader.outline.nodes[frame.node];
                    node.next = end;
                    node.span.end = text.len() as u32;
                    node.item.end = text.len() as u32;
                }
            }
        }
        (reader.outline, reader.found)
    }
}

/// An open bracket.
pub(super) struct Frame {
    node: usize,
    pub(super) open: Token,
    /// The start and label of the item being read.
    item: Option<(u32, Span)>,
    /// The value last read directly inside.
    pub(super) last: usize,
    /// Labels met so far, in a form in which equal ones are equal.
    labels: BTreeMap<String, Span>,
}

/// What a bracket that was closed at another indentation is called.
const CROOKED: &str = "this one is closed at another indentation";

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) file: FileId,
    pub(super) tokens: Tokens<'t>,
    before: Token,
    pub(super) outline: Outline,
    pub(super) frames: Vec<Frame>,
    found: Vec<Diagnostic>,
    /// The first bracket that was closed at another indentation than it was opened at.
    pub(super) crooked: Option<Span>,
}

type Step<T> = Result<T, Diagnostic>;

impl<'t> Reader<'t> {
    fn document(&mut self) -> Step<()> {
        while self.tokens.peek().kind == Kind::Symbol('#') {
            self.attribute()?;
        }
        if self.tokens.peek().kind == Kind::End {
            let message =
                if self.text.trim().is_empty() { "the file is empty" } else { "the file holds no document" };
            return Err(Diagnostic::error(Code::Empty, self.file, message)
                .expected("a document such as `(format: 1, …)`"));
        }
        let mut done = self.value()?;
        while !self.frames.is_empty() {
            done = if done { self.after_value()? } else { self.item()? };
        }
        let trailing = self.take();
        match trailing.kind {
            Kind::End => Ok(()),
            Kind::UnclosedComment => Err(self.unexpected(trailing, "")),
            Kind::Close(_) => {
                let fault = self.fault(Code::WrongBracket, trailing.span, "this bracket closes nothing");
                Err(fault.also(self.file, self.crooked, CROOKED))
            }
            _ => Err(self.fault(Code::Trailing, trailing.span, "the document has ended before this")),
        }
    }

    fn take(&mut self) -> Token {
        let token = self.tokens.next();
        if !matches!(token.kind, Kind::End | Kind::UnclosedComment) {
            self.before = token;
        }
        token
    }

    pub(super) fn fault(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.file, message).at(span)
    }

    /// `#![type = "…"]`, `#![schema = "…"]` and `#![enable(implicit_some)]`.
    fn attribute(&mut self) -> Step<()> {
        let start = self.take();
        let mut enables = false;
        loop {
            let token = self.take();
            let word = &self.text[token.span.range()];
            match token.kind {
                Kind::Close(']') => return Ok(()),
                Kind::Word if word == "enable" => enables = true,
                Kind::Word if enables && word != "implicit_some" => {
                    let message = format!("the extension {} is not part of the scenario format", quote(word));
                    return Err(self.fault(Code::Extension, token.span, message));
                }
                Kind::End | Kind::UnclosedText | Kind::UnclosedComment => {
                    return Err(self.fault(
                        Code::UnclosedBracket,
                        start.span,
                        "this attribute is never closed",
                    ));
                }
                _ => {}
            }
        }
    }

    /// Reads the start of an item, or the end of the innermost bracket. True if a whole value has been read.
    fn item(&mut self) -> Step<bool> {
        let next = self.tokens.peek();
        if let Kind::Close(_) = next.kind {
            return self.close();
        }
        let frame = self.frames.last_mut().expect("an item stands inside a bracket");
        frame.item = Some((next.span.start, Span::default()));
        let node = frame.node;
        let (shape, first) = (self.outline.nodes[node].shape, self.outline.nodes.len() == node + 1);
        let mut ahead = self.tokens.clone();
        ahead.next();
        let labelled = ahead.peek().kind == Kind::Colon;
        match next.kind {
            Kind::Word if labelled && (shape == Shape::Struct || shape == Shape::Tuple && first) => {
                self.take();
                self.take();
                self.outline.nodes[node].shape = Shape::Struct;
                let name = &self.text[next.span.range()];
                let name = name.strip_prefix("r#").unwrap_or(name).to_owned();
                self.label(next.span, name, Code::DuplicateField);
            }
            Kind::Text if labelled && matches!(shape, Shape::Struct | Shape::Tuple) => {
                return Err(self
                    .fault(Code::Unexpected, next.span, "a field name is written without quotation marks")
                    .expected(format!("`{}:`", self.text[next.span.range()].trim_matches('"'))));
            }
            Kind::Word if shape == Shape::Struct => return Err(self.missing_colon(next.span)),
            Kind::Number if shape == Shape::Struct && self.is_decimal_comma(next) => {
                return Err(self.decimal_comma(next));
            }
            _ if shape == Shape::Struct => {
                return Err(self.unexpected(next, "a field name and a colon, or the closing `)`"));
            }
            _ => {}
        }
        self.value()
    }

    /// Remembers the label of the item being read, and finds it doubled.
    fn label(&mut self, span: Span, name: String, code: Code) {
        let frame = self.frames.last_mut().expect("a label stands inside a bracket");
        frame.item = Some((span.start, span));
        match frame.labels.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(span);
            }
            Entry::Occupied(first) => {
                let kind = if code == Code::DuplicateField { "field" } else { "key" };
                let message = format!("the {kind} {} is given twice", quote(&self.text[span.range()]));
                let error = Diagnostic::error(code, self.file, message).at(span);
                if self.found.len() < MOST_ERRORS {
                    self.found.push(error.also(self.file, Some(*first.get()), "first given here"));
                }
            }
        }
    }

    /// Reads a value, or its opening bracket. True if the value is whole.
    fn value(&mut self) -> Step<bool> {
        let token = self.take();
        let mut name = Span::default();
        let (shape, open) = match token.kind {
            Kind::Text => (Shape::Text, None),
            Kind::Char => (Shape::Char, None),
            Kind::Number => {
                self.check_finite(token.span);
                (Shape::Number, None)
            }
            Kind::Word => match self.tokens.peek().kind {
                Kind::Open('(') => {
                    name = token.span;
                    (Shape::Tuple, Some(self.take()))
                }
                Kind::Open('{') => {
                    let brace = self.take();
                    return Err(self.brace(brace.span));
                }
                _ => {
                    self.check_finite(token.span);
                    (Shape::Word, None)
                }
            },
            Kind::Open('(') => (Shape::Tuple, Some(token)),
            Kind::Open('[') => (Shape::List, Some(token)),
            Kind::Open(_) => (Shape::Map, Some(token)),
            _ => return Err(self.unexpected(token, "a value")),
        };
        let (start, label) =
            self.frames.last().and_then(|frame| frame.item).unwrap_or((token.span.start, Span::default()));
        let node = self.outline.nodes.len();
        let end = self.before.span.end;
        let span = Span { start: token.span.start, end };
        self.outline.nodes.push(Node {
            shape,
            item: Span { start, end },
            label,
            name,
            span,
            next: node as u32 + 1,
        });
        if let Some(frame) = self.frames.last_mut() {
            frame.last = node;
        }
        let Some(open) = open else { return Ok(true) };
        if self.frames.len() == DEPTH_LIMIT {
            let message = format!("brackets are nested more than {DEPTH_LIMIT} deep here");
            return Err(self.fault(Code::TooDeep, open.span, message));
        }
        self.frames.push(Frame { node, open, item: None, last: node, labels: BTreeMap::new() });
        self.outline.depth = self.outline.depth.max(self.frames.len());
        Ok(false)
    }

    /// Reads a closing bracket that has been seen.
    fn close(&mut self) -> Step<bool> {
        let frame = self.frames.last().expect("checked by the caller");
        let close = self.tokens.peek();
        let fits = matches!(
            (frame.open.kind, close.kind),
            (Kind::Open('('), Kind::Close(')'))
                | (Kind::Open('['), Kind::Close(']'))
                | (Kind::Open('{'), Kind::Close('}'))
        );
        if !fits {
            let open = &self.text[frame.open.span.range()];
            let wanted = match open {
                "(" => ")",
                "[" => "]",
                _ => "}",
            };
            let message = format!("`{}` cannot close `{open}`", &self.text[close.span.range()]);
            return Err(self
                .fault(Code::WrongBracket, close.span, message)
                .expected(format!("`{wanted}`"))
                .also(self.file, Some(frame.open.span), "opened here")
                .also(self.file, self.crooked, CROOKED));
        }
        let (at, open) = (frame.node, frame.open.span);
        self.note_crooked(open, close.span);
        self.take();
        self.frames.pop();
        let next = self.outline.nodes.len() as u32;
        let node = &mut self.outline.nodes[at];
        node.next = next;
        node.span.end = close.span.end;
        node.item.end = close.span.end;
        Ok(true)
    }

    /// Reads what follows a value inside a bracket: a colon after a key, a comma, or nothing before the end.
    /// Gives whether, after that, a whole value has just been read.
    fn after_value(&mut self) -> Step<bool> {
        let Frame { node: holder, last: value, .. } = *self.frames.last().expect("checked by the caller");
        let is_key =
            self.outline.nodes[holder].shape == Shape::Map && self.outline.nodes[value].label.is_empty();
        if is_key {
            let key = self.outline.nodes[value].span;
            let colon = self.take();
            if colon.kind != Kind::Colon {
                return Err(self.unexpected(colon, "a colon after the key"));
            }
            let name = self.canonical(value);
            self.outline.nodes.truncate(value);
            self.label(key, name, Code::DuplicateKey);
            return self.value();
        }
        let next = self.tokens.peek();
        match next.kind {
            Kind::Comma => {
                self.take();
                self.outline.nodes[value].item.end = next.span.end;
                Ok(false)
            }
            Kind::Close(_) => Ok(false),
            Kind::Symbol('=') => Err(self.unexpected(next, "`:` between a name and its value")),
            Kind::Colon => Err(self.stray_colon(holder, value, next)),
            Kind::End | Kind::UnclosedComment => Err(self.unexpected(next, "")),
            Kind::Symbol(_) => Err(self.unexpected(next, "a comma or a closing bracket")),
            _ if self.is_run_on(value, next) => Err(self.run_on(value, next)),
            _ if self.is_lone_name(holder, value) => Err(self.missing_colon(self.outline.nodes[value].span)),
            _ => {
                let end = self.before.span.end as usize;
                Err(self.fault(
                    Code::MissingComma,
                    Span::new(end, end),
                    "a comma is missing after this value",
                ))
            }
        }
    }

    /// Whether a value is the first of an unnamed bracket and looks like a field's name.
    fn is_lone_name(&self, holder: usize, value: usize) -> bool {
        let (around, first) = (&self.outline.nodes[holder], &self.outline.nodes[value]);
        let bare = around.shape == Shape::Tuple && value == holder + 1 && first.shape == Shape::Word;
        bare && self.text[first.span.range()].starts_with(char::is_lowercase)
    }

    fn missing_colon(&self, name: Span) -> Diagnostic {
        let end = name.end as usize;
        self.fault(Code::Unexpected, Span::new(end, end), "a colon is missing after this name")
    }

    fn brace(&self, span: Span) -> Diagnostic {
        self.fault(Code::BraceForParenthesis, span, "a struct is written with `( )`, not with `{ }`")
            .expected("`(`")
    }

    /// Refuses `NaN`, `inf` and numbers too large to be finite.
    fn check_finite(&mut self, span: Span) {
        let written = &self.text[span.range()];
        let bare = written.trim_start_matches(['+', '-']);
        let bare = bare.strip_suffix("f32").or_else(|| bare.strip_suffix("f64")).unwrap_or(bare);
        if self.found.len() == MOST_ERRORS {
            return;
        }
        let overflows = || bare.replace('_', "").parse::<f64>().is_ok_and(f64::is_infinite);
        if matches!(bare, "NaN" | "inf")
            || (bare.starts_with(|c: char| c.is_ascii_digit() || c == '.') && overflows())
        {
            let message = format!("{} is not a finite number", quote(written));
            self.found.push(self.fault(Code::NotFinite, span, message).expected("a finite number"));
        }
    }

    pub(super) fn unexpected(&self, token: Token, expected: &str) -> Diagnostic {
        let written = &self.text[token.span.range()];
        let fault = match token.kind {
            Kind::UnclosedComment => {
                return self
                    .fault(Code::UnclosedComment, token.span, "this comment is never closed")
                    .expected("`*/`");
            }
            Kind::UnclosedText => {
                let quote = Span::new(token.span.start as usize, token.span.start as usize + 1);
                return self.fault(Code::UnclosedText, quote, "this text is never closed").expected("`\"`");
            }
            Kind::End => match self.frames.last() {
                Some(frame) => {
                    let message = format!("this `{}` is never closed", &self.text[frame.open.span.range()]);
                    let fault = self.fault(Code::UnclosedBracket, frame.open.span, message);
                    return fault.also(self.file, self.crooked, CROOKED);
                }
                None => self.fault(Code::Unexpected, token.span, "the file ends too early"),
            },
            Kind::Symbol(mark) if slips::is_quotation_mark(mark) => {
                let message = "a text stands between double quotation marks";
                return self.fault(Code::Unexpected, token.span, message).expected("`\"`");
            }
            Kind::Symbol(blank) if blank.is_whitespace() => {
                let message = format!("the blank U+{:04X} cannot stand here", u32::from(blank));
                return self.fault(Code::Unexpected, token.span, message).expected("an ordinary space");
            }
            _ => self.fault(Code::Unexpected, token.span, format!("{} cannot stand here", quote(written))),
        };
        let expected = match token.kind {
            Kind::Symbol(symbol) => slips::instead_of(symbol).unwrap_or(expected),
            _ => expected,
        };
        let far = |frame: &&Frame| {
            let between = frame.open.span.start as usize..token.span.start as usize;
            self.text[between].contains('\n')
        };
        match self.frames.last().filter(far) {
            Some(frame) => {
                fault.expected(expected).also(self.file, Some(frame.open.span), "in the bracket opened here")
            }
            None => fault.expected(expected),
        }
    }

    /// If quotation marks do not come in pairs, the place of the one that was most likely left open: the first
    /// text that is followed by what cannot follow a text.
    fn unclosed_text(&self) -> Option<Diagnostic> {
        let mut tokens = Tokens::new(self.text);
        let mut suspect: Option<Token> = None;
        loop {
            let token = tokens.next();
            match token.kind {
                Kind::End | Kind::UnclosedComment => return None,
                Kind::UnclosedText => {
                    let culprit = suspect.unwrap_or(token);
                    return (culprit.span.start <= self.tokens.peek().span.start)
                        .then(|| self.unexpected(Token { kind: Kind::UnclosedText, ..culprit }, ""));
                }
                Kind::Text if suspect.is_none() => {
                    let follower = tokens.peek().kind;
                    if !matches!(follower, Kind::Comma | Kind::Close(_) | Kind::Colon) {
                        suspect = Some(token);
                    }
                }
                _ => {}
            }
        }
    }

    /// A map's key in a form in which equal keys are equal text.
    fn canonical(&self, key: usize) -> String {
        let Node { span, shape, .. } = self.outline.nodes[key];
        let written = &self.text[span.range()];
        match shape {
            Shape::Text => match ron::from_str::<String>(written) {
                Ok(text) => format!("\"{text}\""),
                Err(_) => written.to_owned(),
            },
            Shape::Number => {
                ron::from_str::<i64>(written).map_or_else(|_| written.to_owned(), |n| n.to_string())
            }
            _ => {
                let mut tokens = Tokens::new(written);
                let words =
                    std::iter::from_fn(|| Some(tokens.next()).filter(|token| token.kind != Kind::End));
                words.map(|token| &written[token.span.range()]).collect::<Vec<_>>().join(" ")
            }
        }
    }
}
