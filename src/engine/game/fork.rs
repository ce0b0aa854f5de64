//! Other courses of a game: copies with other luck, without an inject, with a call that gets through, or with another
//! truth behind what a seat knows.

use super::Game;
use crate::engine::dice::{Domain, RootKey};
use crate::engine::event::{Change, NoRecord};
use crate::engine::mechanics::contact::Call;
use crate::engine::state::InjectStatus;
use crate::engine::state::twin::Redraw;
use crate::vocabulary::{ChannelId, Id, InjectId, SeatId};

impl Game {
    /// A copy with other luck from now on; salt 0 keeps it.
    pub fn fork(&self, salt: u64) -> Game {
        let mut fork = self.clone();
        fork.luck = self.luck.fork(salt);
        fork.written.fork(salt);
        fork.dice = None;
        fork
    }

    /// Takes an inject that has not fired out of the game: for the question what would have come without it.
    pub fn take_out(&mut self, inject: InjectId) {
        if self.state.injects[inject.index()] != InjectStatus::Fired {
            self.step(&mut NoRecord, |step| step.change(Change::Inject(inject, InjectStatus::Skipped)));
            self.write_observations();
        }
    }

    /// Lets calls that were stopped on their way ring at the other end: for the question what would have come if they
    /// had got through. Whether there is such a call; the line itself stays as it is.
    pub fn let_through(&mut self, channel: ChannelId, from: SeatId, to: SeatId) -> bool {
        let stopped = |call: &&mut Call| {
            call.stopped.is_some() && (call.channel, call.from, call.to) == (channel, from, to)
        };
        let mut any = false;
        for call in self.calls.iter_mut().filter(stopped) {
            call.stopped = None;
            any = true;
        }
        if any {
            self.distrust();
            self.write_observations();
        }
        any
    }

    /// A copy in which all that a seat cannot know is drawn anew, its luck to come included.
    pub fn twin(&self, seat: SeatId, salt: u64) -> Game {
        let mut twin = self.fork(salt);
        let dice = RootKey::new(salt, Domain::Twin).at(self.run, self.state.minute);
        let mut redraw = Redraw::new(&self.rules, &dice, seat);
        redraw.state(&mut twin.state);
        redraw.calls(&mut twin.calls);
        redraw.news(&mut twin.buffers.news);
        twin.distrust();
        twin.write_observations();
        twin
    }
}
