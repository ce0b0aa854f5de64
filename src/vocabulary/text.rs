//! Text that is safe to show: nothing in it can act on a terminal.

/// Text without control characters, bidirectional controls or zero-width characters.
///
/// Every sink (screen, line mode, error message, transcript) takes text from files and players through this type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SafeText(String);

impl SafeText {
    /// Keeps printable characters and newlines; shows everything else as an escape such as `\u{1b}`.
    pub fn new(raw: &str) -> Self {
        let mut safe = String::with_capacity(raw.len());
        for c in raw.chars() {
            if c == '\n' || !is_unsafe(c) {
                safe.push(c);
            } else {
                safe.extend(c.escape_unicode());
            }
        }
        SafeText(safe)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for SafeText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for SafeText {
    fn from(raw: &str) -> Self {
        SafeText::new(raw)
    }
}

/// Whether a character could move a cursor, hide text or reorder it.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A number with what it counts: `1 soldier`, `2 soldiers`.
pub fn counted(number: impl Into<i64>, one: &str, more: &str) -> String {
    let number = number.into();
    format!("{number} {}", if number == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_shown_not_obeyed() {
        assert_eq!(SafeText::new("a\u{1b}[2Jb\u{202e}c\u{7}").as_str(), r"a\u{1b}[2Jb\u{202e}c\u{7}");
        assert_eq!(SafeText::new("한국\nline").as_str(), "한국\nline");
    }
}
