//! Slips: what an author most likely meant by something that cannot stand where it does.

use super::diagnostics::{Code, Diagnostic, clip, quote};
use super::outline::Shape;
use super::reader::Reader;
use super::source::Span;
use super::tokens::{Kind, Token};

/// Whether a mark is one that other languages, or word processors, put around a text.
pub(super) fn is_quotation_mark(mark: char) -> bool {
    matches!(mark, '\'' | '`' | '\u{2018}'..='\u{201f}' | '«' | '»')
}

/// What is written instead of a symbol that means something elsewhere.
pub(super) fn instead_of(symbol: char) -> Option<&'static str> {
    match symbol {
        '<' | '>' => Some("a word: `Lt`, `Le`, `Gt` or `Ge`, as in `Compare(Level(\"…\"), Ge, Const(5))`"),
        '!' => Some("a word: `Ne` between two values, `Not(…)` around a condition"),
        '%' => Some("`Percent(…)` where a chance is asked for, else the number alone"),
        '/' => Some("a number with a point, such as `0.5`"),
        '#' => Some("`//` before a comment"),
        '-' => Some("a number after its sign, or `//` before a comment"),
        ';' => Some("a comma"),
        _ => None,
    }
}

impl Reader<'_> {
    /// Whether a number has a comma where a decimal point is meant: `0,5` in a row of fields.
    pub(super) fn is_decimal_comma(&self, next: Token) -> bool {
        let last = self.last_value();
        last.is_some_and(|last| last.0 == Shape::Number && next.span.start <= last.1.end + 2)
    }

    pub(super) fn decimal_comma(&self, next: Token) -> Diagnostic {
        let start = self.last_value().map_or(next.span.start, |(_, span)| span.start);
        let span = Span { start, end: next.span.end };
        let message = format!("{} is no number", quote(&self.text[span.range()]));
        let expected = "a point before decimals, and nothing between thousands: `0.5`, `1000`";
        self.fault(Code::BadLiteral, span, message).expected(expected)
    }

    /// The shape and place of the value last read in the innermost bracket.
    fn last_value(&self) -> Option<(Shape, Span)> {
        let node = self.outline.nodes.get(self.frames.last()?.last)?;
        Some((node.shape, node.span))
    }

    /// Whether a number or a text goes on where it cannot: `10 days`, `6-7`, `"the "old" line"`.
    pub(super) fn is_run_on(&self, value: usize, next: Token) -> bool {
        let node = self.outline.nodes[value];
        let joined = next.span.start == node.span.end;
        let one_line = !self.text[node.span.end as usize..next.span.start as usize].contains('\n');
        match (node.shape, next.kind) {
            (Shape::Number, Kind::Number) | (Shape::Text, Kind::Word | Kind::Text) => joined,
            (Shape::Number, Kind::Word) => {
                // A field or a value that only lacks its comma has a colon or a bracket behind its name.
                let mut after = self.tokens.clone();
                after.next();
                let unit = self.text[next.span.range()].starts_with(char::is_lowercase);
                one_line && unit && !matches!(after.peek().kind, Kind::Colon | Kind::Open(_))
            }
            _ => false,
        }
    }

    pub(super) fn run_on(&self, value: usize, next: Token) -> Diagnostic {
        let node = self.outline.nodes[value];
        if node.shape == Shape::Text {
            let mark = Span::new(node.span.end as usize - 1, node.span.end as usize);
            return self
                .fault(Code::BadLiteral, mark, "the text ends at this quotation mark, and then goes on")
                .expected("`\\\"` for a quotation mark inside a text");
        }
        let span = Span { start: node.span.start, end: next.span.end };
        let (written, number) = (clip(&self.text[span.range()]), &self.text[node.span.range()]);
        let expected = match next.kind {
            Kind::Word => {
                format!("the number alone; a time is written `Days({number})` or `Hours({number})`")
            }
            _ => "the number alone; a range is written `(6, 7)`".to_owned(),
        };
        self.fault(Code::BadLiteral, span, format!("`{written}` is no value")).expected(expected)
    }

    /// A colon after a value: a field without its value, or a field where none can be.
    pub(super) fn stray_colon(&self, holder: usize, value: usize, colon: Token) -> Diagnostic {
        let (around, before) = (&self.outline.nodes[holder], &self.outline.nodes[value]);
        let written = &self.text[before.span.range()];
        match around.shape {
            Shape::Struct if before.shape == Shape::Word => {
                let name = &self.text[before.label.range()];
                let message = format!("there is no value after `{name}:`");
                self.fault(Code::Unexpected, before.label, message).expected("a value, or no such field")
            }
            Shape::List if before.shape == Shape::Word => {
                let first = value == holder + 1;
                let message = match first {
                    true => format!("the field {} stands in a list without `( )` around it", quote(written)),
                    false => format!("the field {} stands in a list", quote(written)),
                };
                let expected = match first {
                    true => "`(` before it: the fields of an entry stand in `( )`",
                    false => {
                        "`]` before it, or `(` before the first field of its entry: look for a bracket too few or too many"
                    }
                };
                let list = self.frames.last().map(|frame| frame.open.span);
                self.fault(Code::Unexpected, before.span, message).expected(expected).also(
                    self.file,
                    list,
                    "the list begins here",
                )
            }
            Shape::List if before.shape == Shape::Text => {
                self.unexpected(colon, "a comma; a pair is written in brackets: `(\"a\", 1)`")
            }
            _ => self.unexpected(colon, "a comma, or names for all values in this bracket"),
        }
    }

    /// Remembers the first bracket whose closing bracket begins a line that is indented otherwise.
    pub(super) fn note_crooked(&mut self, open: Span, close: Span) {
        // Looking back to the beginning of a line would take long where a whole file is one.
        if self.crooked.is_some() || !self.text[open.range().start..close.range().start].contains('\n') {
            return;
        }
        let indent = |span: Span| {
            let before = &self.text[..span.start as usize];
            let line = &before[before.rfind('\n').map_or(0, |newline| newline + 1)..];
            (line.len() - line.trim_start().len(), line.trim_start().is_empty())
        };
        let ((opened, _), (closed, begins_line)) = (indent(open), indent(close));
        if begins_line && opened != closed {
            self.crooked = Some(open);
        }
    }
}
