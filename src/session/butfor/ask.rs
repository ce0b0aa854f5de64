//! Asking about one turn of a game.

use super::instead::Instead;
use super::moment::{Decisive, Moment, Moments};
use crate::engine::{Game, Phase};
use crate::vocabulary::{ChannelId, InjectId, SeatId};

impl Moments {
    /// Something else in the place of a seat's act in a turn, counted from 1; the game as it stood is shown to whoever
    /// chooses.
    ///
    /// # Errors
    /// In words, if there is no such turn, or the choice is not to be had.
    pub fn orders(
        &self,
        turn: u16,
        choose: impl FnOnce(&Game) -> Result<Instead, String>,
    ) -> Result<Decisive, String> {
        let closes = |(_, moment): &(usize, &Moment)| moment.game.phase() == Phase::Orders;
        let (at, moment) = self.calls_of(turn)?.find(closes).ok_or("nobody gave orders in that turn")?;
        let instead = choose(&moment.game)?;
        Ok(Decisive { moment: at, turn, minute: moment.game.minute(), instead })
    }

    /// The first call of a turn that nobody answered, answered: over a channel, from or to a seat, if given.
    ///
    /// # Errors
    /// In words, if there is no such turn or call.
    pub fn answered(
        &self,
        turn: u16,
        over: Option<ChannelId>,
        seat: Option<SeatId>,
    ) -> Result<Decisive, String> {
        drop(self.calls_of(turn)?);
        let fits = |it: &&Decisive| match it.instead {
            Instead::Answered { channel, from, to } if it.turn == turn => {
                over.is_none_or(|over| over == channel) && seat.is_none_or(|seat| seat == from || seat == to)
            }
            _ => false,
        };
        let found = self.unanswered.iter().find(fits).copied();
        found.ok_or_else(|| {
            let mut turns: Vec<u16> = self.unanswered.iter().map(|it| it.turn).collect();
            turns.dedup();
            match turns[..] {
                [] => format!("no such call went unanswered in turn {turn}, nor any in the whole game"),
                _ => format!(
                    "no such call went unanswered in turn {turn}; calls went unanswered in turns {}",
                    listed(&turns)
                ),
            }
        })
    }

    /// The game from a turn on without an inject.
    ///
    /// # Errors
    /// In words, if there is no such turn, or the inject did not fire from then on.
    pub fn without(&self, turn: u16, inject: InjectId) -> Result<Decisive, String> {
        let (at, moment) = self.calls_of(turn)?.next().ok_or("that turn is empty")?;
        match self.fired(inject) {
            None => Err("that inject did not fire in this game".to_owned()),
            Some(fired) if fired < turn => Err(format!("that inject had fired already, in turn {fired}")),
            Some(_) => {
                let minute = moment.game.minute();
                Ok(Decisive { moment: at, turn, minute, instead: Instead::Without(inject) })
            }
        }
    }

    fn calls_of(&self, turn: u16) -> Result<impl Iterator<Item = (usize, &Moment)>, String> {
        if turn == 0 || turn > self.turns() {
            return Err(format!("the game has no turn {turn}; it has {}", self.turns()));
        }
        Ok(self.of_turn(turn))
    }
}

fn listed(turns: &[u16]) -> String {
    turns.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}
