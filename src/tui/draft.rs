//! Orders in the making: pieces go in one by one, each is checked at once, and every change can be undone.

use super::text::Words;
use crate::session::{
    ActOrder, Asked, CallAnswer, CallView, Contact, FlashOrder, Message, Orders, SeatView, Stance, Word,
};
use crate::vocabulary::Ppm;

/// One piece of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A call or request.
    Contact(Contact),
    /// What is done with the call at a position.
    Answer(usize, CallAnswer),
    /// The act, or to hold.
    Act(Option<ActOrder>),
    /// The word.
    Word(Word),
    /// A change of stance.
    Stance(Stance),
    /// The staff's estimate.
    Estimate(Ppm),
    /// The flash order.
    Flash(FlashOrder),
}

/// Orders in the making.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    orders: Orders,
    past: Vec<Orders>,
}

/// More steps back than anybody takes in a turn.
const UNDO_STEPS: usize = 64;

impl Draft {
    /// An empty draft for what is asked: calls and fire are answered as standing orders say.
    pub fn begin(view: &SeatView) -> Self {
        let mut orders = Orders::default();
        if view.observation.asked == Asked::Answers {
            let standing = |call: &CallView| {
                let mut lines = view.observation.channels.iter();
                match lines.find(|line| line.channel == call.channel) {
                    Some(line) if line.answering => CallAnswer::Answer(Message::Query),
                    _ => CallAnswer::LetRing,
                }
            };
            orders.answers = view.observation.calls.iter().map(standing).collect();
        }
        Draft { orders, past: Vec::new() }
    }

    /// A draft that goes on from orders that were refused.
    pub fn resume(orders: Orders) -> Self {
        Draft { orders, past: Vec::new() }
    }

    /// The orders as they stand.
    pub fn orders(&self) -> &Orders {
        &self.orders
    }

    /// Puts a piece in.
    ///
    /// # Errors
    /// What is wrong with it, in words; the draft then stays as it was.
    pub fn put(&mut self, piece: Piece, view: &SeatView) -> Result<(), String> {
        let mut next = self.orders.clone();
        let speaks = matches!(piece, Piece::Word(_));
        match piece {
            Piece::Contact(contact) => next.contacts.push(contact),
            Piece::Answer(at, given) => match next.answers.get_mut(at) {
                Some(slot) => *slot = given,
                None => return Err("no such call is coming in".to_owned()),
            },
            Piece::Act(act) => next.act = act,
            Piece::Word(word) => next.word = Some(word),
            Piece::Stance(stance) => {
                next.stances.retain(|old| !same_matter(*old, stance));
                next.stances.push(stance);
            }
            Piece::Estimate(share) => next.estimate = Some(share),
            Piece::Flash(order) => next.flash = Some(order),
        }
        let known = self.orders.check(&view.observation, &view.briefing);
        let problems = next.check(&view.observation, &view.briefing);
        let lost = next.lost_proposal(&view.observation).filter(|_| speaks);
        if let Some(problem) = problems.iter().find(|p| !known.contains(p)).or(lost.as_ref()) {
            return Err(super::text::safe(&problem.describe(&view.briefing)));
        }
        self.remember(next);
        Ok(())
    }

    /// Whether everything in the draft is in order, even if some of it would come to nothing.
    pub fn is_in_order(&self, view: &SeatView) -> bool {
        self.orders.check(&view.observation, &view.briefing).is_empty()
    }

    /// Why the draft cannot be sealed as it stands or would be lost without a word, if that is so.
    pub fn doubt(&self, view: &SeatView) -> Option<String> {
        let (seen, briefing) = (&view.observation, &view.briefing);
        let wrong = self.orders.check(seen, briefing).into_iter().next();
        let doubt = wrong.or_else(|| self.orders.lost_proposal(seen))?;
        Some(super::text::safe(&doubt.describe(briefing)))
    }

    /// Empties the draft.
    pub fn clear(&mut self, view: &SeatView) {
        self.remember(Draft::begin(view).orders);
    }

    /// Takes the last change back; whether there was one.
    pub fn undo(&mut self) -> bool {
        match self.past.pop() {
            Some(orders) => {
                self.orders = orders;
                true
            }
            None => false,
        }
    }

    /// What the draft says, a line each.
    pub fn lines(&self, view: &SeatView) -> Vec<String> {
        Words::of(view).orders(&self.orders, &view.observation)
    }

    fn remember(&mut self, next: Orders) {
        if next != self.orders {
            if self.past.len() == UNDO_STEPS {
                self.past.remove(0);
            }
            self.past.push(std::mem::replace(&mut self.orders, next));
        }
    }
}

/// Whether two stances are about the same thing, so that the later one takes the place of the earlier.
fn same_matter(a: Stance, b: Stance) -> bool {
    match (a, b) {
        (Stance::Engage { site: a, .. }, Stance::Engage { site: b, .. }) => a == b,
        (Stance::Answering { channel: a, .. }, Stance::Answering { channel: b, .. })
        | (Stance::Line { channel: a, .. }, Stance::Line { channel: b, .. }) => a == b,
        (Stance::Consent { ally: a, .. }, Stance::Consent { ally: b, .. }) => a == b,
        (Stance::PreDelegate { trigger: a, .. }, Stance::PreDelegate { trigger: b, .. }) => a == b,
        (Stance::Stop { action: a }, Stance::Stop { action: b }) => a == b,
        (Stance::Accord { accord: a, .. }, Stance::Accord { accord: b, .. }) => a == b,
        _ => false,
    }
}
