//! The tokens of RON text: just enough of the language to see its brackets, texts, comments and numbers.

use super::source::{BYTE_ORDER_MARK, Span};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An opening bracket.
    Open(char),
    /// A closing bracket.
    Close(char),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A text, raw text or byte text.
    Text,
    /// A text that reaches the end of the file.
    UnclosedText,
    /// A character or byte literal.
    Char,
    /// A number, well written or not.
    Number,
    /// A name.
    Word,
    /// Any other character.
    Symbol(char),
    /// A block comment that reaches the end of the file.
    UnclosedComment,
    /// The end of the file.
    End,
}

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
}

/// Reads one token after the other; comments and white space lie between them.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    /// From the start of a text, after a byte-order mark if there is one.
    pub fn new(text: &'t str) -> Self {
        let at = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        Tokens { text, at }
    }

    /// The token after the next one is left where it is.
    pub fn peek(&self) -> Token {
        self.clone().next()
    }

    /// The next token; at the end of the text, `End` again and again.
    pub fn next(&mut self) -> Token {
        if let Some(comment) = self.skip_space() {
            return Token { kind: Kind::UnclosedComment, span: Span::new(comment, comment + 2) };
        }
        let start = self.at;
        let kind = self.read();
        Token { kind, span: Span::new(start, self.at) }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Skips white space and comments; gives the start of a block comment that is never closed.
    fn skip_space(&mut self) -> Option<usize> {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches(is_space).len();
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let start = self.at;
                match block_comment(rest) {
                    Some(length) => self.at += length,
                    None => {
                        self.at = self.text.len();
                        return Some(start);
                    }
                }
            } else {
                return None;
            }
        }
    }

    fn read(&mut self) -> Kind {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Kind::End };
        let (kind, length) = match first {
            '(' | '[' | '{' => (Kind::Open(first), 1),
            ')' | ']' | '}' => (Kind::Close(first), 1),
            ',' => (Kind::Comma, 1),
            ':' => (Kind::Colon, 1),
            '"' => text_literal(rest, 0),
            '\'' => char_literal(rest, 0),
            'r' | 'b' => prefixed(rest),
            '0'..='9' | '.' | '+' | '-' => number(rest),
            _ if is_word_start(first) => (Kind::Word, word(rest)),
            _ => (Kind::Symbol(first), first.len_utf8()),
        };
        self.at += length;
        kind
    }
}

/// The white space of the language.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C')
        || matches!(c, '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

fn is_word_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn word(rest: &str) -> usize {
    rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len())
}

/// The length of a block comment, which may hold others.
fn block_comment(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// A text whose quotation mark stands at `quote`.
fn text_literal(rest: &str, quote: usize) -> (Kind, usize) {
    let mut escaped = false;
    for (offset, byte) in rest.bytes().enumerate().skip(quote + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return (Kind::Text, offset + 1),
            _ => {}
        }
    }
    (Kind::UnclosedText, rest.len())
}

/// A character whose quotation mark stands at `quote`, or just that mark.
fn char_literal(rest: &str, quote: usize) -> (Kind, usize) {
    let inside = &rest[quote + 1..];
    let mut chars = inside.chars();
    let length = match chars.next() {
        Some('\\') => {
            let escape = chars.next().map_or(0, char::len_utf8);
            inside[1 + escape..].find('\'').filter(|length| *length <= 8).map(|length| 1 + escape + length)
        }
        Some(c) if c != '\'' && chars.next() == Some('\'') => Some(c.len_utf8()),
        _ => None,
    };
    match length {
        Some(length) => (Kind::Char, quote + 1 + length + 1),
        None => (Kind::Symbol('\''), quote + 1),
    }
}

/// What begins with `r` or `b`: raw text, byte text, byte, raw name or an ordinary name.
fn prefixed(rest: &str) -> (Kind, usize) {
    let after_b = rest.strip_prefix('b').unwrap_or(rest);
    if let Some(after_r) = after_b.strip_prefix('r') {
        let hashes = after_r.bytes().take_while(|byte| *byte == b'#').count();
        let prefix = rest.len() - after_r.len() + hashes;
        if after_r[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            return match rest[prefix + 1..].find(&close) {
                Some(length) => (Kind::Text, prefix + 1 + length + close.len()),
                None => (Kind::UnclosedText, rest.len()),
            };
        }
        let name = &after_r[hashes..];
        if hashes == 1 && rest.starts_with('r') && name.starts_with(is_word_start) {
            let raw = |c: char| c != '_' && !c.is_alphanumeric() && !matches!(c, '.' | '+' | '-');
            return (Kind::Word, prefix + name.find(raw).unwrap_or(name.len()));
        }
    }
    match rest.as_bytes() {
        [b'b', b'"', ..] => text_literal(rest, 1),
        [b'b', b'\'', ..] => char_literal(rest, 1),
        _ => (Kind::Word, word(rest)),
    }
}

/// A number, or what begins like one; `-inf` is a word with a sign.
fn number(rest: &str) -> (Kind, usize) {
    let sign = usize::from(rest.starts_with(['+', '-']));
    if rest[sign..].starts_with(is_word_start) {
        return (Kind::Word, sign + word(&rest[sign..]));
    }
    let based = rest[sign..].starts_with("0x");
    let mut before = ' ';
    let length = rest[sign..].find(|c: char| {
        let exponent_sign = matches!(c, '+' | '-') && matches!(before, 'e' | 'E') && !based;
        before = c;
        !(c == '_' || c == '.' || c.is_alphanumeric() || exponent_sign)
    });
    let length = sign + length.unwrap_or(rest.len() - sign);
    if length == sign && sign == 1 {
        return (Kind::Symbol(rest.chars().next().unwrap_or('-')), 1);
    }
    (Kind::Number, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(Kind, &str)> {
        let mut tokens = Tokens::new(text);
        std::iter::from_fn(|| Some(tokens.next()).filter(|token| token.kind != Kind::End))
            .map(|token| (token.kind, &text[token.span.range()]))
            .collect()
    }

    #[test]
    fn brackets_in_texts_characters_and_comments_are_not_brackets() {
        let text = "[ /* ( /* [ */ { */ \"(\\\"[\" , r##\"}\"# \"## , '(' , '\\'' , b'\\x28' // (\n ]";
        let kinds: Vec<_> = tokens(text).into_iter().map(|(kind, _)| kind).collect();
        let comma = Kind::Comma;
        let values = [Kind::Text, comma, Kind::Text, comma, Kind::Char, comma, Kind::Char, comma, Kind::Char];
        assert_eq!(kinds[0], Kind::Open('['));
        assert_eq!(kinds[1..10], values);
        assert_eq!(kinds[10..], [Kind::Close(']')]);
    }

    #[test]
    fn numbers_and_words_end_where_they_end() {
        let text = "-1.5e-3,0xFF,+2_000u32,-inf,r#type,rest,b";
        let words: Vec<_> = tokens(text).into_iter().filter(|(kind, _)| *kind != Kind::Comma).collect();
        let expected = [
            (Kind::Number, "-1.5e-3"),
            (Kind::Number, "0xFF"),
            (Kind::Number, "+2_000u32"),
            (Kind::Word, "-inf"),
            (Kind::Word, "r#type"),
            (Kind::Word, "rest"),
            (Kind::Word, "b"),
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn what_is_never_closed_is_known_as_such() {
        assert_eq!(tokens("\"abc"), [(Kind::UnclosedText, "\"abc")]);
        assert_eq!(tokens("  /* abc")[0], (Kind::UnclosedComment, "/*"));
        assert_eq!(tokens("'abc'")[0].0, Kind::Symbol('\''));
    }
}
