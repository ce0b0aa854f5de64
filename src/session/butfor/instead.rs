//! What is put in the place of something that happened.

use super::moment::Moment;
use crate::engine::{ActOrder, CallAnswer, FlashOrder, Game, Message, Observation, Orders};
use crate::scenario::Scenario;
use crate::trace::Wording;
use crate::vocabulary::{ActionId, ChannelId, Id, InjectId, SeatId};

/// What is put in the place of something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The very same: nothing may change by it.
    Unchanged,
    /// A seat holds, and does all else as it did.
    Hold(SeatId),
    /// A seat does another act.
    Act(SeatId, ActionId),
    /// A seat under fire holds its fire.
    HoldFire(SeatId),
    /// A call that was not answered is answered with a question, which says nothing of its own.
    Answered {
        /// Over which channel.
        channel: ChannelId,
        /// Who called.
        from: SeatId,
        /// Whom.
        to: SeatId,
    },
    /// An inject never fires.
    Without(InjectId),
}

impl Instead {
    /// Puts it into a game before a call, and into the orders for that call.
    pub(super) fn put(self, moment: &Moment, game: &mut Game, orders: &mut [Orders]) {
        match self {
            Instead::Unchanged => {}
            Instead::Hold(seat) => orders[seat.index()].act = None,
            Instead::Act(seat, action) => {
                orders[seat.index()].act = Some(ActOrder { action, start_tick: 0, defy: false });
            }
            Instead::HoldFire(seat) => orders[seat.index()].flash = Some(FlashOrder::Hold),
            Instead::Answered { channel, from, to } => {
                game.let_through(channel, from, to);
                let given = &moment.orders[to.index()].answers;
                orders[to.index()].answers =
                    answers(moment.game.observation(to), game.observation(to), given, (channel, from));
            }
            Instead::Without(inject) => game.take_out(inject),
        }
    }

    /// What happened, and what takes its place, in words.
    pub(super) fn words(self, moment: &Moment, scenario: &Scenario) -> (String, String) {
        let words = Wording::new(scenario);
        let ordered = |seat: SeatId| {
            let act = moment.orders[seat.index()].act;
            act.map_or("hold".to_owned(), |act| {
                let rung = moment.game.rules().bound.actions[act.action.index()].rung;
                format!("{} (rung {rung})", words.action(act.action))
            })
        };
        match self {
            Instead::Unchanged => ("the game".to_owned(), "unchanged".to_owned()),
            Instead::Hold(seat) => (format!("{}: {}", words.seat(seat), ordered(seat)), "hold".to_owned()),
            Instead::Act(seat, action) => {
                (format!("{}: {}", words.seat(seat), ordered(seat)), words.action(action))
            }
            Instead::HoldFire(seat) => {
                (format!("{}: fire is answered", words.seat(seat)), "hold fire".to_owned())
            }
            Instead::Answered { channel, from, to } => (
                format!(
                    "{} calls {} over {}: no answer",
                    words.seat(from),
                    words.seat(to),
                    words.channel(channel)
                ),
                "answered".to_owned(),
            ),
            Instead::Without(inject) => (words.inject(inject), "taken out".to_owned()),
        }
    }
}

/// The answers to all calls that ring now, of which one is to be answered: the others as given when some rang.
fn answers(
    then: &Observation,
    now: &Observation,
    given: &[CallAnswer],
    (channel, from): (ChannelId, SeatId),
) -> Vec<CallAnswer> {
    let standing = |channel: ChannelId| {
        let answering = now.channels.iter().any(|view| view.channel == channel && view.answering);
        if answering { CallAnswer::Answer(Message::Query) } else { CallAnswer::LetRing }
    };
    let answer = |call: &crate::engine::CallView| {
        if (call.channel, call.from) == (channel, from) {
            return CallAnswer::Answer(Message::Query);
        }
        let rang = then.calls.iter().position(|known| known == call);
        rang.and_then(|at| given.get(at).copied()).unwrap_or_else(|| standing(call.channel))
    };
    now.calls.iter().map(answer).collect()
}
