//! A seat's desk with its screen.

use super::{Deed, Scene};
use crate::session::{Role, SeatDesk};
use crate::tui::{self, App, Command, Event, Theme};
use ratatui::Frame;
use std::time::Instant;

/// What the station of a seat shows.
#[derive(Debug)]
pub struct SeatScene {
    desk: SeatDesk,
    app: App,
}

impl SeatScene {
    pub fn new(desk: SeatDesk) -> Self {
        let app = App::new(desk.view().clone(), Theme::colour());
        SeatScene { desk, app }
    }

    fn carry_out(&mut self, command: Command) -> Deed {
        match command {
            Command::Seal(orders) => {
                if let Err(problems) = self.desk.seal(orders) {
                    self.app.refuse(&problems);
                    return Deed::None;
                }
            }
            Command::Inquire => self.desk.inquire(),
            Command::Say { to, over, text } => self.desk.say(to, over, text),
            Command::HandOver => {
                self.app.notice("Nobody else sits at this terminal.");
                return Deed::None;
            }
            Command::Suspend => {
                self.app.notice("There is nothing to stop here; Enter ~ Ctrl-Z stops ssh.");
                return Deed::None;
            }
            Command::Redraw => return Deed::Redraw,
            Command::Quit => return Deed::Leave,
        }
        Deed::Sent
    }
}

impl Scene for SeatScene {
    fn welcome(&self, name: &str) -> String {
        match self.desk.view().table.person.role {
            Role::Lead => format!("You sit at the seat `{name}`."),
            Role::Adviser => format!("You advise at a seat, as `{name}`. Its lead seals the orders."),
        }
    }

    fn attend(&self, here: bool) {
        self.desk.attend(here);
    }

    fn fit(&mut self, theme: Theme, size: (u16, u16)) {
        self.app.theme = theme;
        self.app.size = size;
    }

    fn refresh(&mut self) -> bool {
        let fresh = self.desk.refresh();
        if fresh {
            self.app.take(self.desk.view().clone());
        }
        fresh
    }

    fn notice(&self) -> Option<&String> {
        self.desk.view().notice.as_ref()
    }

    fn clock(&self) -> Option<u64> {
        self.desk.view().table.pace.seconds_left(Instant::now())
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        tui::draw(&self.app, frame);
    }

    fn take(&mut self, event: Event) -> Deed {
        match event {
            Event::Key(key) => match self.app.press(key) {
                Some(command) => self.carry_out(command),
                None => Deed::None,
            },
            Event::Paste(text) => {
                self.app.paste(&text);
                Deed::None
            }
            // Only a terminal of this machine gives these.
            Event::Redraw | Event::Stop | Event::Ending(_) | Event::Panicked(_) => Deed::None,
        }
    }

    fn begin_anew(&mut self) {
        self.app = App::new(self.desk.view().clone(), Theme::colour());
    }
}
