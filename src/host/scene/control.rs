//! Control's desk with its screen.

use super::{Deed, Scene};
use crate::session::ControlDesk;
use crate::tui::{ControlApp, ControlOrder, Event, Theme};
use ratatui::Frame;
use std::sync::Arc;
use std::time::Instant;

/// What control's station shows.
#[derive(Debug)]
pub struct ControlScene {
    desk: ControlDesk,
    app: ControlApp,
    /// Whether the last key asked to leave.
    leaving: bool,
}

impl ControlScene {
    pub fn new(desk: ControlDesk) -> Self {
        let app = ControlApp::new(Arc::clone(desk.board()), Theme::colour());
        ControlScene { desk, app, leaving: false }
    }
}

impl Scene for ControlScene {
    fn welcome(&self, _: &str) -> String {
        "You are control: this desk shows the truth, and what you do here is logged.".to_owned()
    }

    /// Nobody is told whether control is there.
    fn attend(&self, _: bool) {}

    fn fit(&mut self, theme: Theme, size: (u16, u16)) {
        self.app.theme = theme;
        self.app.size = size;
    }

    fn refresh(&mut self) -> bool {
        let fresh = self.desk.refresh();
        if fresh {
            self.app.take(Arc::clone(self.desk.board()));
        }
        fresh
    }

    fn notice(&self) -> Option<&String> {
        self.desk.board().notice.as_ref()
    }

    fn clock(&self) -> Option<u64> {
        self.desk.board().pace.seconds_left(Instant::now())
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        self.app.draw(frame);
    }

    fn take(&mut self, event: Event) -> Deed {
        let order = match event {
            Event::Key(key) => self.app.press(key),
            Event::Paste(text) => {
                self.app.paste(&text);
                None
            }
            // Only a terminal of this machine gives these.
            Event::Redraw | Event::Stop | Event::Ending(_) | Event::Panicked(_) => None,
        };
        let asked_before = std::mem::take(&mut self.leaving);
        match order {
            None => Deed::None,
            Some(ControlOrder::Send(command)) => {
                self.desk.send(*command);
                Deed::Sent
            }
            Some(ControlOrder::Suspend) => {
                self.app.status = Some("There is nothing to stop here; Enter ~ Ctrl-Z stops ssh.".to_owned());
                Deed::None
            }
            Some(ControlOrder::Redraw) => Deed::Redraw,
            Some(ControlOrder::Leave) if !asked_before => {
                self.leaving = true;
                self.app.status = Some("q again leaves the desk; a passcode brings you back.".to_owned());
                Deed::None
            }
            Some(ControlOrder::Leave | ControlOrder::LeaveAtOnce) => Deed::Leave,
        }
    }

    fn begin_anew(&mut self) {
        self.app = ControlApp::new(Arc::clone(self.desk.board()), Theme::colour());
    }
}
