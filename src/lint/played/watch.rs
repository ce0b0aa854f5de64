//! What is kept of one game while it is played.

use crate::engine::{
    Asked, Change, Fact, Game, InjectStatus, Legality, Orders, Phase, Readers, Recorder, Roll, Rules,
};
use crate::session::runner::Witness;
use crate::trace::Call;
use crate::vocabulary::{Id, SeatId};
use std::sync::Arc;

/// The witness of one game; it is reused.
pub(super) struct Watch {
    players: Vec<SeatId>,
    /// By inject: whether it fired.
    pub fired: Vec<bool>,
    /// By action: whether it was done, by whomever and whyever.
    pub done: Vec<bool>,
    /// By seat and action: how often it was ordered.
    pub ordered: Vec<Vec<u32>>,
    /// By seat: turns in which it was asked for orders.
    pub asked: Vec<u32>,
    /// By seat: those in which no act on its menu could be ordered.
    pub idle: Vec<u32>,
}

impl Watch {
    pub fn new(rules: &Arc<Rules>) -> Watch {
        let (seats, actions) = (rules.bound.seats.len(), rules.bound.actions.len());
        Watch {
            players: rules.scenario().players().collect(),
            fired: vec![false; rules.bound.injects.len()],
            done: vec![false; actions],
            ordered: vec![vec![0; actions]; seats],
            asked: vec![0; seats],
            idle: vec![0; seats],
        }
    }

    /// Begins again for another game.
    pub fn begin(&mut self) {
        let Watch { players: _, fired, done, ordered, asked, idle } = self;
        fired.fill(false);
        done.fill(false);
        ordered.iter_mut().for_each(|of_seat| of_seat.fill(0));
        asked.fill(0);
        idle.fill(0);
    }
}

impl Recorder for Watch {
    const HEARS_ROLLS: bool = false;

    fn roll(&mut self, _: &Roll) {}

    fn fact(&mut self, fact: &Fact) {
        if let Fact::Act { action, .. } = *fact {
            self.done[action.index()] = true;
        }
    }

    fn change(&mut self, change: &Change) {
        if let Change::Inject(inject, InjectStatus::Fired) = *change {
            self.fired[inject.index()] = true;
        }
    }
}

impl Witness for Watch {
    type Recorder = Watch;

    const READERS: Readers = Readers::Asked;

    fn recorder(&mut self) -> &mut Watch {
        self
    }

    fn called(&mut self, call: Call, game: &Game, orders: &[Orders]) {
        if call == Call::Close {
            for seat in &self.players {
                if let Some(act) = &orders[seat.index()].act {
                    self.ordered[seat.index()][act.action.index()] += 1;
                }
            }
        }
        if game.phase() != Phase::Orders {
            return;
        }
        for seat in &self.players {
            let seen = game.observation(*seat);
            if seen.asked == Asked::Orders {
                self.asked[seat.index()] += 1;
                let idle = seen.menu.iter().all(|item| item.legality != Legality::Legal);
                self.idle[seat.index()] += u32::from(idle);
            }
        }
    }
}
