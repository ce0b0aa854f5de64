//! How acts are answered: the pairs of act and answer that the record's base rates of reply are counted from.

use offramp::engine::{Change, Domain, Fact, Game, Orders, Recorder, Roll, Rules};
use offramp::session::runner::Witness;
use offramp::trace::Call;
use offramp::vocabulary::{ActionId, Id, Minute, Rung, SeatId};
use std::sync::Arc;

/// The time in which acts of the other side count as having followed, in the record's pairs.
const WINDOW: Minute = 3 * 1440;

/// One act against a seat, and what came of it.
#[derive(Clone, Copy)]
pub struct Answered {
    /// Who acted.
    pub by: SeatId,
    /// Against whom.
    against: SeatId,
    /// At what rung.
    pub rung: Rung,
    /// When.
    minute: Minute,
    /// The act that answered it, if one did.
    pub answer: Option<ActionId>,
    /// The highest rung on which the other side acted within three days; the lowest if it did not.
    pub highest: Rung,
    number: u16,
}

/// A witness that counts the answers of any number of games.
pub struct Answers {
    rules: Arc<Rules>,
    /// Every act above words against a seat, game after game.
    pub all: Vec<Answered>,
    /// Where the present game begins.
    game: usize,
}

impl Answers {
    /// Nothing counted yet.
    pub fn new(rules: &Arc<Rules>) -> Self {
        Answers { rules: Arc::clone(rules), all: Vec::new(), game: 0 }
    }

    /// A new game begins: nothing in it answers what was done in an earlier one.
    pub fn next_game(&mut self) {
        self.game = self.all.len();
    }

    /// Whether an answer crosses the line: aimed fire, drones, or fire into the sea in return for such fire. Warning
    /// shots at whoever has come over stay on the own side.
    pub fn crosses(&self, answered: &Answered) -> bool {
        let Some(action) = answered.answer else { return false };
        let act = &self.rules.bound.actions[action.index()];
        let drones = act.rung == Rung(4) && act.domain == Domain::Air;
        act.domain.is_military()
            && (act.rung >= Rung(6) || drones || (act.rung == Rung(5) && answered.rung >= Rung(5)))
    }

    fn side(&self, seat: SeatId) -> u8 {
        self.rules.bound.seats[seat.index()].side
    }
}

impl Recorder for Answers {
    const HEARS_ROLLS: bool = false;

    fn roll(&mut self, _: &Roll) {}

    fn fact(&mut self, _: &Fact) {}

    fn change(&mut self, change: &Change) {
        match *change {
            Change::Stimulus(stimulus) => {
                let side = self.side(stimulus.by);
                for k in self.game..self.all.len() {
                    let earlier = self.all[k];
                    if self.side(earlier.against) == side && stimulus.minute - earlier.minute <= WINDOW {
                        self.all[k].highest = earlier.highest.max(stimulus.rung);
                    }
                }
                self.all.push(Answered {
                    by: stimulus.by,
                    against: stimulus.against,
                    rung: stimulus.rung,
                    minute: stimulus.minute,
                    answer: None,
                    highest: Rung(0),
                    number: stimulus.number,
                });
            }
            Change::Closed(number, Some(action)) => {
                let answered = self.all[self.game..].iter_mut().rev().find(|a| a.number == number);
                if let Some(answered) = answered {
                    answered.answer = Some(action);
                }
            }
            _ => {}
        }
    }
}

impl Witness for Answers {
    type Recorder = Answers;

    fn recorder(&mut self) -> &mut Answers {
        self
    }

    fn called(&mut self, _: Call, _: &Game, _: &[Orders]) {}
}
