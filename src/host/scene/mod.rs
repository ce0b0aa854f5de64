//! What a station shows: a desk with its screen. Seats and control have scenes of their own, and a seat's holds no way
//! to what control's holds.

mod control;
mod seat;

pub(super) use control::ControlScene;
pub(super) use seat::SeatScene;

use crate::tui::{Event, Theme};
use ratatui::Frame;

/// What an event comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// The screen may have changed, and nothing else.
    None,
    /// The desk has sent something to the session.
    Sent,
    /// Everything is to be drawn anew.
    Redraw,
    /// The connection is to end.
    Leave,
}

/// A desk with its screen.
pub(super) trait Scene: Send + 'static {
    /// What the first page says of the place that is called so.
    fn welcome(&self, name: &str) -> String;

    /// Tells the session whether somebody is connected.
    fn attend(&self, here: bool);

    /// Takes the screen to a terminal of that size: columns and rows.
    fn fit(&mut self, theme: Theme, size: (u16, u16));

    /// Takes in what the session shows; whether it shows anything new.
    fn refresh(&mut self) -> bool;

    /// What went wrong outside the game, if anything did.
    fn notice(&self) -> Option<&String>;

    /// Seconds that are left for the decision in hand, if a clock runs.
    fn clock(&self) -> Option<u64>;

    /// Draws the screen.
    fn draw(&self, frame: &mut Frame<'_>);

    /// Takes in a key, or whatever else came from the terminal.
    fn take(&mut self, event: Event) -> Deed;

    /// Begins with a fresh screen, after a bug in the old one.
    fn begin_anew(&mut self);
}
