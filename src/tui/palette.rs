//! The command palette: every action that counts now, found by its words, with its key.

use super::keymap::{self, Action, Binding, Scope};

/// The most letters.
const LONGEST: usize = 60;

/// The palette as typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// What was typed.
    pub typed: String,
    /// The row with the cursor.
    pub at: usize,
}

impl Palette {
    /// The actions of a place whose words hold the typed letters in their order, the closest first.
    pub fn found(&self, scope: Scope) -> Vec<&'static Binding> {
        let mut found: Vec<(usize, &Binding)> = keymap::of(scope)
            .filter(|binding| binding.action != Action::Palette)
            .filter_map(|binding| Some((distance(&self.typed, binding.words)?, binding)))
            .collect();
        found.sort_by_key(|(distance, _)| *distance);
        found.into_iter().map(|(_, binding)| binding).collect()
    }

    /// Takes in a letter.
    pub fn write(&mut self, letter: char) {
        if self.typed.chars().count() < LONGEST && !letter.is_control() {
            self.typed.push(letter);
            self.at = 0;
        }
    }

    /// Removes the last letter.
    pub fn erase(&mut self) {
        self.typed.pop();
        self.at = 0;
    }

    /// Moves the cursor.
    pub fn step(&mut self, by: isize, scope: Scope) {
        let last = self.found(scope).len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }
}

/// How far apart the typed letters stand in some words; nothing if they are not there in this order.
fn distance(typed: &str, words: &str) -> Option<usize> {
    let words: Vec<char> = words.to_lowercase().chars().collect();
    let (mut at, mut far) = (0, 0);
    for letter in typed.to_lowercase().chars().filter(|letter| !letter.is_whitespace()) {
        let gap = words[at..].iter().position(|known| *known == letter)?;
        far += gap;
        at += gap + 1;
    }
    Some(far)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_found_in_their_order_and_the_closest_comes_first() {
        let palette = |typed: &str| Palette { typed: typed.to_owned(), at: 0 };
        let first = |typed: &str| palette(typed).found(Scope::Orders).first().map(|binding| binding.action);
        assert_eq!(first("seal"), Some(Action::Seal));
        assert_eq!(first("timel"), Some(Action::ToTimeline));
        assert_eq!(first("stnc"), Some(Action::Stance));
        assert!(palette("zzz").found(Scope::Orders).is_empty());
        let all = palette("").found(Scope::Orders).len();
        assert_eq!(all, keymap::of(Scope::Orders).count() - 1, "all but the palette itself");
    }
}
