//! Between two people at one terminal: who sits down next, and by which passphrase.
//!
//! Nothing of the seat before is left: the loop clears the terminal before this screen and after it.

use crate::tui::keymap::{self, Action, Key, Scope};
use crate::tui::text::{clip, safe};
use crate::tui::theme::Theme;
use crate::tui::widget::footer;
use crate::tui::widget::list::{self, Row};
use crate::tui::widget::page::{self, Page};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout};
use ratatui::text::Span;

/// The longest passphrase.
const LONGEST: usize = 100;

/// A chair at the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chair {
    /// Whose it is.
    pub label: String,
    /// What is to be done there, in words.
    pub state: String,
    /// Whether somebody has to sit down there now.
    pub waits: bool,
    /// Whether it is control's: its passphrase is chosen before anybody sits down, and cannot be empty.
    pub control: bool,
    /// Whether a policy plays it: nobody sits down there for the first time, for that would show its secrets.
    pub policy: bool,
}

/// What is being typed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Typing {
    /// A new passphrase for a chair.
    Choosing(usize, String),
    /// The passphrase of a chair.
    Telling(usize, String),
}

/// What the loop has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandoverOrder {
    /// Somebody sits down on the chair of this position.
    Sit(usize),
    /// Everybody leaves.
    Leave,
    /// Stop until the shell goes on.
    Suspend,
    /// Draw everything anew.
    Redraw,
}

/// The hand-over screen.
#[derive(Clone, Debug)]
pub struct Handover {
    chairs: Vec<Chair>,
    /// By chair: its passphrase once it is chosen; empty if it has none. It is kept in memory alone.
    passphrases: Vec<Option<String>>,
    at: usize,
    typing: Option<Typing>,
    leaving: bool,
    interrupted: bool,
    status: String,
    /// What there is to tell whoever sits down next.
    notice: String,
    theme: Theme,
}

impl Handover {
    /// A table of some chairs.
    pub fn new(chairs: Vec<Chair>, theme: Theme) -> Self {
        let control = chairs.iter().position(|chair| chair.control);
        Handover {
            passphrases: vec![None; chairs.len()],
            at: 0,
            typing: control.map(|at| Typing::Choosing(at, String::new())),
            leaving: false,
            interrupted: false,
            status: String::new(),
            notice: String::new(),
            theme,
            chairs,
        }
    }

    /// Takes in how things stand, and moves the cursor to the next chair where somebody has to sit down.
    pub fn take(&mut self, chairs: Vec<Chair>) {
        let before = self.chairs.iter().map(|chair| chair.waits).collect::<Vec<_>>();
        let now = chairs.iter().map(|chair| chair.waits).collect::<Vec<_>>();
        self.chairs = chairs;
        if before != now || self.chairs.get(self.at).is_some_and(|chair| !chair.waits) {
            self.at = now.iter().position(|waits| *waits).unwrap_or(self.at);
        }
    }

    /// Tells whoever sits down next.
    pub fn notice(&mut self, notice: &str) {
        self.notice = safe(notice);
    }

    /// Whose keys count now.
    pub fn scope(&self) -> Scope {
        match (&self.typing, self.leaving) {
            (_, true) => Scope::Confirm,
            (Some(_), false) => Scope::Entry,
            (None, false) => Scope::Handover,
        }
    }

    /// Handles a key.
    pub fn press(&mut self, key: Key) -> Option<HandoverOrder> {
        let action = keymap::find(self.scope(), key);
        let again = std::mem::replace(&mut self.interrupted, action == Some(Action::Force));
        match action {
            Some(Action::Force) if again => return Some(HandoverOrder::Leave),
            Some(Action::Force) => self.status = "Ctrl-C again leaves at once.".to_owned(),
            Some(Action::Suspend) => return Some(HandoverOrder::Suspend),
            Some(Action::Redraw) => return Some(HandoverOrder::Redraw),
            _ if self.leaving => {
                self.leaving = false;
                return (action == Some(Action::Yes)).then_some(HandoverOrder::Leave);
            }
            _ => match self.typing.take() {
                Some(typing) => return self.type_on(typing, action, key),
                None => return self.choose(action?),
            },
        }
        None
    }

    fn choose(&mut self, action: Action) -> Option<HandoverOrder> {
        self.status.clear();
        let last = self.chairs.len().saturating_sub(1);
        match action {
            Action::Up | Action::PageUp => self.at = self.at.saturating_sub(1),
            Action::Down | Action::PageDown => self.at = (self.at + 1).min(last),
            Action::First => self.at = 0,
            Action::Last => self.at = last,
            Action::Quit => self.leaving = true,
            Action::Take => match self.passphrases.get(self.at)? {
                None if self.chairs.get(self.at).is_some_and(|chair| chair.policy) => {
                    self.status = "A policy plays there; control can hand the seat to a person.".to_owned();
                }
                None => self.typing = Some(Typing::Choosing(self.at, String::new())),
                Some(passphrase) if passphrase.is_empty() => return Some(HandoverOrder::Sit(self.at)),
                Some(_) => self.typing = Some(Typing::Telling(self.at, String::new())),
            },
            _ => {}
        }
        None
    }

    fn type_on(&mut self, mut typing: Typing, action: Option<Action>, key: Key) -> Option<HandoverOrder> {
        let must = self.must_choose(&typing);
        let (Typing::Choosing(_, text) | Typing::Telling(_, text)) = &mut typing;
        match (action, key) {
            (Some(Action::Take), _) => return self.typed(typing),
            // Control's passphrase is chosen before anybody sits down.
            (Some(Action::Back), _) if !must => return None,
            (Some(Action::Erase), _) => {
                text.pop();
            }
            (_, Key::Char(c)) if text.chars().count() < LONGEST => text.push(c),
            _ => {}
        }
        self.typing = Some(typing);
        None
    }

    fn must_choose(&self, typing: &Typing) -> bool {
        matches!(typing, Typing::Choosing(at, _) if self.chairs.get(*at).is_some_and(|chair| chair.control))
    }

    fn typed(&mut self, typing: Typing) -> Option<HandoverOrder> {
        let must = self.must_choose(&typing);
        match typing {
            Typing::Choosing(at, text) if must && text.is_empty() => {
                self.status = "Control needs a passphrase.".to_owned();
                self.typing = Some(Typing::Choosing(at, text));
                None
            }
            Typing::Choosing(at, text) => {
                self.passphrases[at] = Some(text);
                // Control does not sit down at once: it hands the keyboard over first.
                (!must).then_some(HandoverOrder::Sit(at))
            }
            Typing::Telling(at, text) if self.passphrases[at].as_ref() == Some(&text) => {
                Some(HandoverOrder::Sit(at))
            }
            Typing::Telling(..) => {
                self.status = "That is not the passphrase of this seat.".to_owned();
                None
            }
        }
    }

    /// Draws the screen.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let width = usize::from(frame.area().width);
        let mut page = Page::new(self.theme, width);
        page.heading("Hand the keyboard over");
        page.hint("Everybody else looks away. Nothing of the seat before is left on this screen.");
        page.styled(&self.notice, self.theme.warn);
        let lines = page.lines();
        let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let [head, body, foot] =
            Layout::vertical([Constraint::Length(rows), Constraint::Min(0), Constraint::Length(2)])
                .areas(frame.area());
        page::draw(frame, head, &lines, 0);
        let rows: Vec<Row> = self
            .chairs
            .iter()
            .map(|chair| {
                let style = if chair.waits { self.theme.strong } else { self.theme.plain };
                Row::Choice(format!("{}: {}", safe(&chair.label), chair.state), style)
            })
            .collect();
        list::draw(frame, body, &rows, self.at, self.theme);
        let mut lines = foot.rows();
        let line = lines.next().unwrap_or_default();
        frame.render_widget(Span::styled(clip(&self.told(), width), self.theme.warn), line);
        let line = lines.next().unwrap_or_default();
        frame.render_widget(footer::line(self.scope(), self.theme, width), line);
    }

    /// The line above the keys: what is asked, or what went wrong.
    fn told(&self) -> String {
        let label = |at: &usize| self.chairs.get(*at).map_or_else(String::new, |chair| safe(&chair.label));
        let asked = match &self.typing {
            _ if self.leaving => return "Leave the game?  y yes  [n no]".to_owned(),
            None => return self.status.clone(),
            Some(Typing::Choosing(at, text)) => {
                let none = if self.chairs.get(*at).is_some_and(|chair| chair.control) {
                    ""
                } else {
                    " (Enter for none)"
                };
                format!("Choose a passphrase for {}{none}: {}_", label(at), "*".repeat(text.chars().count()))
            }
            Some(Typing::Telling(at, text)) => {
                format!("Passphrase of {}: {}_", label(at), "*".repeat(text.chars().count()))
            }
        };
        if self.status.is_empty() { asked } else { format!("{} {asked}", self.status) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn chair(label: &str, waits: bool, control: bool) -> Chair {
        Chair { label: label.to_owned(), state: "has to decide".to_owned(), waits, control, policy: false }
    }

    fn types(table: &mut Handover, text: &str) -> Option<HandoverOrder> {
        for c in text.chars() {
            assert_eq!(table.press(Key::Char(c)), None);
        }
        table.press(Key::Enter)
    }

    #[test]
    fn a_seat_is_entered_by_the_passphrase_that_its_first_person_chose() {
        let chairs = vec![chair("ROK", true, false), chair("DPRK", true, false)];
        let mut table = Handover::new(chairs, Theme::mono());
        table.press(Key::Enter);
        assert_eq!(types(&mut table, "kimchi"), Some(HandoverOrder::Sit(0)));
        table.press(Key::Down);
        table.press(Key::Enter);
        assert_eq!(types(&mut table, ""), Some(HandoverOrder::Sit(1)), "none was wanted");
        assert_eq!(table.press(Key::Enter), Some(HandoverOrder::Sit(1)));
        table.press(Key::Up);
        table.press(Key::Enter);
        assert_eq!(types(&mut table, "kimch"), None);
        assert!(table.told().contains("not the passphrase"), "{}", table.told());
        table.press(Key::Enter);
        assert_eq!(types(&mut table, "kimchi"), Some(HandoverOrder::Sit(0)));
    }

    #[test]
    fn control_chooses_its_passphrase_before_anybody_sits_down_and_cannot_do_without() {
        let chairs = vec![chair("ROK", true, false), chair("Control", false, true)];
        let mut table = Handover::new(chairs, Theme::mono());
        assert_eq!(table.press(Key::Esc), None);
        assert_eq!(types(&mut table, ""), None);
        assert!(table.told().contains("needs a passphrase"));
        assert_eq!(types(&mut table, "umpire"), None);
        assert_eq!(table.scope(), Scope::Handover);
        table.press(Key::End);
        table.press(Key::Enter);
        assert_eq!(types(&mut table, "umpire"), Some(HandoverOrder::Sit(1)));
    }

    #[test]
    fn what_there_is_to_tell_stands_there_beside_what_is_asked() {
        let mut table =
            Handover::new(vec![chair("ROK", true, false), chair("Control", false, true)], Theme::mono());
        table.notice("A draft that was not sealed is not kept.");
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| table.draw(frame)).unwrap();
        let shown = format!("{}", terminal.backend());
        assert!(shown.contains("A draft that was not sealed is not kept."), "{shown}");
        assert!(shown.contains("Choose a passphrase for Control: _"), "{shown}");
    }
}
