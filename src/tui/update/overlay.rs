//! What a key does to what lies on top of a screen.

use crate::tui::app::{App, Command, Overlay};
use crate::tui::entry::Filled;
use crate::tui::form::{Form, FormKind};
use crate::tui::keymap::{Action, Key};
use crate::tui::palette::Palette;
use crate::tui::{screen, talk};

impl App {
    pub(super) fn on_overlay(&mut self, overlay: Overlay, action: Action) -> Option<Command> {
        match overlay {
            Overlay::ConfirmSeal => match action {
                Action::Yes | Action::Take => return self.seal(),
                Action::No => {}
                _ => self.overlay = Some(Overlay::ConfirmSeal),
            },
            Overlay::ConfirmQuit => match action {
                Action::Yes => return Some(Command::Quit),
                Action::No | Action::Take => {}
                _ => self.overlay = Some(Overlay::ConfirmQuit),
            },
            Overlay::Help(from) => {
                let last = screen::help::lines(self).len().saturating_sub(screen::help::room(self));
                self.overlay = self.scrolled(from, action).map(|from| Overlay::Help(from.min(last)));
            }
            Overlay::About(from) => {
                let last = screen::help::about(self).len().saturating_sub(screen::help::room(self));
                self.overlay = self.scrolled(from, action).map(|from| Overlay::About(from.min(last)));
            }
            Overlay::Search(text) => self.on_search(text, action),
            Overlay::Palette(palette) => return self.on_palette(palette, action),
            Overlay::Say(entry) => self.overlay = Some(Overlay::Say(entry)),
            Overlay::Form(form) => self.on_form(form, action),
        }
        None
    }

    /// The first line to show of a text on top; nothing if it is closed.
    fn scrolled(&self, from: usize, action: Action) -> Option<usize> {
        let page = screen::help::room(self).max(1);
        match action {
            Action::Up => Some(from.saturating_sub(1)),
            Action::Down => Some(from.saturating_add(1)),
            Action::PageUp => Some(from.saturating_sub(page)),
            Action::PageDown => Some(from.saturating_add(page)),
            Action::First => Some(0),
            Action::Last => Some(usize::MAX),
            _ => None,
        }
    }

    pub(super) fn on_say(&mut self, key: Key) -> Option<Command> {
        let Some(Overlay::Say(mut entry)) = self.overlay.take() else { return None };
        match entry.press(key) {
            Filled::Dropped => return None,
            Filled::Going => {}
            Filled::Sent => match talk::build(&self.view, &entry) {
                Ok(command) => {
                    self.status = Some("Said; 7 shows whether it got through.".to_owned());
                    return Some(command);
                }
                Err(problem) => entry.problem = Some(problem),
            },
        }
        self.overlay = Some(Overlay::Say(entry));
        None
    }

    fn on_search(&mut self, mut text: String, action: Action) {
        match action {
            Action::Take => {
                self.search = text;
                self.find_match(true, true);
            }
            Action::Erase => {
                text.pop();
                self.overlay = Some(Overlay::Search(text));
            }
            Action::Back => {}
            _ => self.overlay = Some(Overlay::Search(text)),
        }
    }

    fn on_palette(&mut self, mut palette: Palette, action: Action) -> Option<Command> {
        let scope = self.screen.scope();
        match action {
            Action::Take => {
                return palette.found(scope).get(palette.at).and_then(|it| self.perform(it.action));
            }
            Action::Back => return None,
            Action::Up => palette.step(-1, scope),
            Action::Down => palette.step(1, scope),
            Action::Erase => palette.erase(),
            _ => {}
        }
        self.overlay = Some(Overlay::Palette(palette));
        None
    }

    fn on_form(&mut self, mut form: Form, action: Action) {
        match action {
            Action::Back => return,
            Action::Take => {
                let put = form.build(&self.view).and_then(|piece| self.draft.put(piece, &self.view));
                match put {
                    Ok(()) => {
                        if form.kind == FormKind::Word {
                            self.word = Some(form);
                        }
                        // What was drafted stands at the top of the page.
                        self.scroll = 0;
                        self.status = Some("Put into the orders; u takes it back.".to_owned());
                        return;
                    }
                    Err(problem) => self.status = Some(format!("Not so: {problem}.")),
                }
            }
            Action::Up => form.step(-1, &self.view),
            Action::Down => form.step(1, &self.view),
            Action::First => form.step(isize::MIN, &self.view),
            Action::Last => form.step(isize::MAX, &self.view),
            Action::Less => form.change(-1, &self.view),
            Action::More => form.change(1, &self.view),
            Action::PageUp => form.change(-10, &self.view),
            Action::PageDown => form.change(10, &self.view),
            Action::Help => {
                self.status = Some("Up and Down choose a line, Left and Right its value.".to_owned())
            }
            _ => {}
        }
        self.overlay = Some(Overlay::Form(form));
    }
}
