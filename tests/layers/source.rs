//! Rust text as words and paths: just enough of the language to see what a file names.

/// A word or a sign of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// A path of two or more segments, or an import: `crate` first where it is of this crate, `super` and `self` resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub segments: Vec<String>,
    pub line: usize,
}

/// The words and signs of a source text, without comments, strings, characters and lifetimes. `::` is one sign.
pub fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let (mut index, mut line) = (0, 1);
    while index < chars.len() {
        let start = index;
        let word = word_length(&chars[index..]);
        match at(index) {
            '/' if at(index + 1) == '/' => index += length_until(&chars[index..], |c| c == '\n'),
            '/' if at(index + 1) == '*' => index += comment_length(&chars[index..]),
            '"' => index += string_length(&chars[index..]),
            '\'' if at(index + 1) == '\\' => {
                index += 3 + length_until(&chars[index + 3..], |c| c == '\'') + 1
            }
            '\'' if at(index + 2) == '\'' => index += 3,
            '\'' => index += 1 + word_length(&chars[index + 1..]),
            'r' | 'b' | 'c' if prefix_of_literal(&chars[index..], word) => {
                let raw = chars[index..index + word].contains(&'r');
                index += word;
                if raw {
                    index += raw_string_length(&chars[index..]);
                } else if at(index) == '"' {
                    index += string_length(&chars[index..]);
                }
                // A byte literal's quote is next, and is read as any character's.
            }
            'r' if word == 1 && at(index + 1) == '#' => index += 2,
            ':' if at(index + 1) == ':' => {
                tokens.push(Token { text: "::".into(), line });
                index += 2;
            }
            c if c.is_whitespace() => index += 1,
            _ => {
                let length = word.max(1);
                tokens.push(Token { text: chars[index..index + length].iter().collect(), line });
                index += length;
            }
        }
        index = index.min(chars.len());
        line += chars[start..index].iter().filter(|&&c| c == '\n').count();
    }
    tokens
}

fn length_until(chars: &[char], end: impl Fn(char) -> bool) -> usize {
    chars.iter().position(|&c| end(c)).unwrap_or(chars.len())
}

fn word_length(chars: &[char]) -> usize {
    length_until(chars, |c| !(c.is_alphanumeric() || c == '_'))
}

fn comment_length(chars: &[char]) -> usize {
    let (mut depth, mut index) = (0, 0);
    while index < chars.len() {
        match (chars[index], chars.get(index + 1)) {
            ('/', Some('*')) => (depth, index) = (depth + 1, index + 2),
            ('*', Some('/')) => (depth, index) = (depth - 1, index + 2),
            _ => index += 1,
        }
        if depth == 0 {
            break;
        }
    }
    index
}

fn string_length(chars: &[char]) -> usize {
    let mut index = 1;
    while index < chars.len() && chars[index] != '"' {
        index += if chars[index] == '\\' { 2 } else { 1 };
    }
    index + 1
}

fn prefix_of_literal(chars: &[char], word: usize) -> bool {
    let prefix: String = chars[..word].iter().collect();
    let hashes = length_until(&chars[word..], |c| c != '#');
    let quote = chars.get(word + hashes).copied();
    match prefix.as_str() {
        "r" | "br" | "cr" => quote == Some('"'),
        "b" => hashes == 0 && matches!(quote, Some('"' | '\'')),
        "c" => hashes == 0 && quote == Some('"'),
        _ => false,
    }
}

/// The length of a raw string from its hashes on.
fn raw_string_length(chars: &[char]) -> usize {
    let hashes = length_until(chars, |c| c != '#');
    let mut index = hashes + 1;
    while index < chars.len() {
        index += 1;
        let closing = &chars[index..chars.len().min(index + hashes)];
        if chars[index - 1] == '"' && closing.len() == hashes && closing.iter().all(|&c| c == '#') {
            return index + hashes;
        }
    }
    index
}

/// The module that a file is, from its path below `src/`: `crate` first.
pub fn module_of(below_src: &str) -> Vec<String> {
    let stem = below_src.trim_end_matches(".rs");
    let parts = stem.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main"));
    std::iter::once("crate").chain(parts).map(String::from).collect()
}

/// All paths that the tokens of a module name.
pub fn paths(tokens: &[Token], module: &[String]) -> Vec<Named> {
    let mut found = Vec::new();
    let mut here = module.to_vec();
    // Braces that are open, and whether each is a module's.
    let mut braces = Vec::new();
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    let mut index = 0;
    while index < tokens.len() {
        let (before, word) = (if index == 0 { "" } else { text(index - 1) }, text(index));
        match word {
            "{" => {
                let is_module = index >= 2 && text(index - 2) == "mod";
                if is_module {
                    here.push(text(index - 1).to_string());
                }
                braces.push(is_module);
                index += 1;
            }
            "}" => {
                if braces.pop() == Some(true) {
                    here.pop();
                }
                index += 1;
            }
            "use" => index = import(tokens, index + 1, &here, &[], &mut found),
            _ if is_word(word) && text(index + 1) == "::" && !matches!(before, "::" | ".") => {
                let line = tokens[index].line;
                let mut segments = vec![word.to_string()];
                while text(index + 1) == "::" && is_word(text(index + 2)) {
                    segments.push(text(index + 2).to_string());
                    index += 2;
                }
                found.push(Named { segments: resolve(&segments, &here), line });
                index += 1;
            }
            _ => index += 1,
        }
    }
    found
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Reads the tree of a `use` from `index` on, and returns the index after it.
fn import(
    tokens: &[Token],
    mut index: usize,
    here: &[String],
    before: &[String],
    found: &mut Vec<Named>,
) -> usize {
    let mut segments = before.to_vec();
    while let Some(token) = tokens.get(index) {
        match token.text.as_str() {
            "{" => {
                index += 1;
                while tokens.get(index).is_some_and(|token| token.text != "}") {
                    index = import(tokens, index, here, &segments, found);
                    index += usize::from(tokens.get(index).is_some_and(|token| token.text == ","));
                }
                return index + 1;
            }
            "::" | "$" => index += 1,
            "as" => index += 2,
            word if word == "*" || is_word(word) => {
                segments.push(word.to_string());
                index += 1;
                if tokens.get(index).is_none_or(|next| next.text != "::") {
                    found.push(Named { segments: resolve(&segments, here), line: token.line });
                }
            }
            _ => return index,
        }
    }
    index
}

/// Resolves `crate`, `self` and `super`; a path of another crate stays as it is.
fn resolve(segments: &[String], here: &[String]) -> Vec<String> {
    let mut resolved = match segments[0].as_str() {
        "crate" | "offramp" => vec!["crate".to_string()],
        "self" | "super" => here.to_vec(),
        other => vec![other.to_string()],
    };
    if segments[0] == "super" {
        resolved.pop();
    }
    for segment in &segments[1..] {
        match segment.as_str() {
            "super" => drop(resolved.pop()),
            "self" => {}
            _ => resolved.push(segment.clone()),
        }
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    fn named(text: &str) -> Vec<String> {
        let module = module_of("policy/doctrine.rs");
        paths(&tokens(text), &module).into_iter().map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn comments_strings_characters_and_lifetimes_are_not_words() {
        assert_eq!(words("a // b\n/* c /* d */ e */ f"), ["a", "f"]);
        assert_eq!(words(r##"a "b \" c" r#"d " e"# b"f" br"g" c"h" i"##), ["a", "i"]);
        assert_eq!(words(r"a 'b' '\'' '\u{1b}' b'c' <'d> r#type"), ["a", "<", ">", "type"]);
    }

    #[test]
    fn lines_are_counted_through_strings_and_comments() {
        let lines: Vec<usize> = tokens("a\n\"\n\n\" b /*\n*/ c").iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 4, 5]);
    }

    #[test]
    fn imports_are_read_as_trees() {
        assert_eq!(
            named("use crate::{engine::{self, Orders as O}, vocabulary::*}; use std::{fs, io::Read};"),
            ["crate::engine", "crate::engine::Orders", "crate::vocabulary::*", "std::fs", "std::io::Read"]
        );
    }

    #[test]
    fn paths_in_expressions_and_types_are_read() {
        assert_eq!(named("let x: Vec<crate::a::B> = c::<D>::e();"), ["crate::a::B", "c"]);
        assert_eq!(named("$crate::a::b!()"), ["crate::a::b"]);
    }

    #[test]
    fn climbing_paths_end_where_they_lead() {
        assert_eq!(
            named("use super::super::engine::X; use self::y::Z;"),
            ["crate::engine::X", "crate::policy::doctrine::y::Z"]
        );
        assert_eq!(
            named("mod tests { use super::*; } use super::A;"),
            ["crate::policy::doctrine::*", "crate::policy::A"]
        );
    }
}
