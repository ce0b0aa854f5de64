//! The policy that does nothing: it holds, keeps its standing orders, stalls and answers the telephone.

use super::moment::Moment;
use super::{Policy, SeatDice, SeatMemory};
use crate::engine::{Answer, Asked, Briefing, CallAnswer, FlashOrder, Message, Observation, Orders, Word};

/// Holds. As a rival it shows what the others do when nothing provokes them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Passive;

impl Policy for Passive {
    fn decide(
        &self,
        seen: &Observation,
        briefing: &Briefing,
        _memory: &mut SeatMemory,
        dice: &SeatDice,
        orders: &mut Orders,
    ) {
        let Some(moment) = Moment::new(seen, briefing, dice) else { return };
        match seen.asked {
            Asked::Nothing | Asked::Contacts => {}
            Asked::Answers => answer_calls(&moment, orders),
            Asked::Orders => {
                let unanswered = moment.offers().find(|offer| offer.answer.is_none());
                orders.word =
                    unanswered.map(|offer| Word::Answer { proposal: offer.number, answer: Answer::Stall });
            }
            Asked::Flash => orders.flash = Some(FlashOrder::Standing),
        }
    }
}

/// Answers every call: asks who did it while an author is in question, else only shows that the line works.
pub(super) fn answer_calls(moment: &Moment<'_>, orders: &mut Orders) {
    let words = if moment.author_open() { Message::Query } else { Message::Test };
    orders.answers.extend(moment.seen.calls.iter().map(|_| CallAnswer::Answer(words)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::fixture::{self, dprk, rok};

    fn decide(seen: &Observation) -> Orders {
        let mut orders = Orders::default();
        let dice = fixture::dice(0);
        Passive.decide(seen, &fixture::briefing(), &mut SeatMemory::default(), &dice, &mut orders);
        orders
    }

    #[test]
    fn it_does_nothing_unasked_and_stalls_an_offer_once() {
        let mut seen = fixture::orders_asked();
        assert_eq!(decide(&seen), Orders::default());
        seen.proposals.push(fixture::offer(9, dprk(), rok(), 500));
        assert_eq!(decide(&seen).word, Some(Word::Answer { proposal: 9, answer: Answer::Stall }));
        seen.proposals[0].answer = Some(Answer::Stall);
        assert_eq!(decide(&seen).word, None);
    }

    #[test]
    fn it_answers_every_call_and_asks_who_did_it_while_that_is_open() {
        let mut seen = fixture::calls_asked(2);
        assert_eq!(decide(&seen).answers, [CallAnswer::Answer(Message::Test); 2]);
        seen.cases.push(fixture::case(3, 400_000));
        assert_eq!(decide(&seen).answers, [CallAnswer::Answer(Message::Query); 2]);
    }

    #[test]
    fn under_fire_it_leaves_it_to_the_standing_order() {
        assert_eq!(decide(&fixture::flash_asked(7)).flash, Some(FlashOrder::Standing));
    }
}
