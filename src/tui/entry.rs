//! A form that takes text: lines to type in, and lines to choose from.

use super::keymap::{self, Action, Key, Scope};

/// The most letters of one line.
const LONGEST: usize = 500;

/// A form in the making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is for.
    pub title: String,
    /// Its lines.
    pub fields: Vec<Field>,
    /// The line with the cursor.
    pub at: usize,
    /// What is wrong with it, once it was sent, or with the last key.
    pub problem: Option<String>,
}

/// A line of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What is asked.
    pub label: &'static str,
    /// What is given.
    pub input: Input,
}

/// What a line of a form takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Text.
    Text(String),
    /// One of some choices.
    Choice {
        /// The choices.
        options: Vec<String>,
        /// The one that is chosen.
        chosen: usize,
    },
}

impl Field {
    /// An empty line of text.
    pub fn text(label: &'static str) -> Field {
        Field { label, input: Input::Text(String::new()) }
    }

    /// A line of text that says something already.
    pub fn filled(label: &'static str, text: &str) -> Field {
        Field { label, input: Input::Text(text.to_owned()) }
    }

    /// A choice.
    pub fn choice(label: &'static str, options: Vec<String>, chosen: usize) -> Field {
        Field { label, input: Input::Choice { options, chosen } }
    }
}

/// Where a form stands after a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// It is being filled in.
    Going,
    /// It is to be sent.
    Sent,
    /// It is given up.
    Dropped,
}

impl Entry {
    /// A form.
    pub fn new(title: &str, fields: Vec<Field>) -> Entry {
        Entry { title: title.to_owned(), fields, at: 0, problem: None }
    }

    /// The text of a line; empty if it is a choice.
    pub fn text(&self, at: usize) -> &str {
        match self.fields.get(at).map(|field| &field.input) {
            Some(Input::Text(text)) => text,
            _ => "",
        }
    }

    /// The choice of a line; the first if it is text.
    pub fn chosen(&self, at: usize) -> usize {
        match self.fields.get(at).map(|field| &field.input) {
            Some(Input::Choice { chosen, .. }) => *chosen,
            _ => 0,
        }
    }

    /// The words of the choice of a line; none if it is text.
    pub fn option(&self, at: usize) -> &str {
        match self.fields.get(at).map(|field| &field.input) {
            Some(Input::Choice { options, chosen }) => options.get(*chosen).map_or("", |option| option),
            _ => "",
        }
    }

    /// Handles a key.
    pub fn press(&mut self, key: Key) -> Filled {
        self.problem = None;
        match keymap::find(Scope::Entry, key) {
            Some(Action::Take) => return Filled::Sent,
            Some(Action::Back) => return Filled::Dropped,
            Some(Action::Up) => self.at = self.at.saturating_sub(1),
            Some(Action::Down) => self.at = (self.at + 1).min(self.fields.len().saturating_sub(1)),
            Some(Action::Less) => self.step(-1),
            Some(Action::More) => self.step(1),
            Some(Action::Erase) => {
                if let Some(Field { input: Input::Text(text), .. }) = self.fields.get_mut(self.at) {
                    text.pop();
                }
            }
            _ => {
                if let Key::Char(c) = key {
                    self.write(&c.to_string());
                }
            }
        }
        Filled::Going
    }

    /// Takes in text, typed or pasted.
    pub fn write(&mut self, typed: &str) {
        match self.fields.get_mut(self.at).map(|field| &mut field.input) {
            Some(Input::Text(text)) => {
                let room = LONGEST.saturating_sub(text.chars().count());
                text.extend(typed.chars().filter(|c| !c.is_control()).take(room));
            }
            // A sentence typed on the wrong line changes nothing.
            Some(Input::Choice { .. }) => {
                self.problem = Some("nothing is typed on this line: Left and Right choose".to_owned());
            }
            None => {}
        }
    }

    fn step(&mut self, by: isize) {
        if let Some(Field { input: Input::Choice { options, chosen }, .. }) = self.fields.get_mut(self.at)
            && !options.is_empty()
        {
            *chosen = (*chosen as isize + by).rem_euclid(options.len() as isize) as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_into_the_line_with_the_cursor_and_arrows_choose() {
        let choices = || vec!["all".to_owned(), "rok".to_owned(), "us".to_owned()];
        let mut entry = Entry::new("Say", vec![Field::choice("To", choices(), 0), Field::text("Text")]);
        for key in [Key::Left, Key::Char('q'), Key::Tab, Key::Char('q'), Key::Char('h'), Key::Left] {
            assert_eq!(entry.press(key), Filled::Going);
        }
        assert_eq!((entry.chosen(0), entry.text(1)), (2, "qh"));
        for key in [Key::Up, Key::Char('o'), Key::Char(' '), Key::Char('n')] {
            entry.press(key);
        }
        assert_eq!(entry.chosen(0), 2, "what is typed changes no choice");
        assert!(entry.problem.is_some(), "and it is said why");
        entry.press(Key::Down);
        assert_eq!(entry.problem, None);
        entry.press(Key::Backspace);
        entry.write(" one\u{1b}[2J");
        assert_eq!(entry.text(1), "q one[2J");
        assert_eq!((entry.press(Key::Enter), entry.press(Key::Esc)), (Filled::Sent, Filled::Dropped));
    }
}
