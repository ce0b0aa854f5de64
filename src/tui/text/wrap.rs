//! Breaking, clipping and padding by display width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Breaks a line at spaces so that no piece is wider than `width` columns; a word that is too wide is cut.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let indent: String = text.chars().take_while(|c| *c == ' ').take(width / 4).collect();
    let (mut lines, mut line) = (Vec::new(), indent.clone());
    let mut empty = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !empty && line.width() + 1 + word.width() > width {
            lines.push(std::mem::replace(&mut line, indent.clone()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        for c in word.chars() {
            if line.width() + c.width().unwrap_or(0) > width && line.width() > indent.len() {
                lines.push(std::mem::replace(&mut line, indent.clone()));
            }
            line.push(c);
        }
        empty = false;
    }
    lines.push(line);
    lines
}

/// At most `width` columns of a text; what is cut off shows as a tilde.
pub fn clip(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut clipped = String::new();
    for c in text.chars() {
        if clipped.width() + c.width().unwrap_or(0) + 1 > width {
            break;
        }
        clipped.push(c);
    }
    if width > 0 {
        clipped.push('~');
    }
    clipped
}

/// A text in exactly `width` columns.
pub fn pad(text: &str, width: usize) -> String {
    let clipped = clip(text, width);
    let missing = width.saturating_sub(clipped.width());
    clipped + &" ".repeat(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_piece_is_wider_than_asked_and_no_word_is_lost() {
        let text = "  a longwordthatmustbecut 한국어 문장 end";
        for width in 2..20 {
            let pieces = wrap(text, width);
            assert!(pieces.iter().all(|piece| piece.width() <= width), "{width}: {pieces:?}");
            let letters = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            assert_eq!(letters(&pieces.concat()), letters(text));
        }
    }

    #[test]
    fn clipping_shows_that_something_is_missing() {
        assert_eq!(clip("standing", 8), "standing");
        assert_eq!(clip("standing", 5), "stan~");
        assert_eq!(clip("한국", 3), "한~");
        assert_eq!(clip("x", 0), "");
        assert_eq!(pad("한", 4), "한  ");
    }
}
