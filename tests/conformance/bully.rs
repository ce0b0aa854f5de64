//! Scripted games for endings under duress: one seat puts ultimatums to its rival, and the rival gives in.

use crate::play::scripted;
use offramp::engine::{ActOrder, Answer, Asked, Legality, Observation, Orders, ProposalDraft, Rules, Word};
use offramp::vocabulary::{ActionId, Id, Rung, SeatId, TermId};
use std::sync::Arc;

/// The endings that bullies reach, game by game, each seat in turn demanding each thing that its rival can give.
pub fn endings(rules: &Arc<Rules>) -> impl Iterator<Item = usize> {
    let terms = (0..rules.bound.terms.len()).map(TermId::new);
    terms
        .flat_map(|term| rules.scenario().players().map(move |bully| (bully, term)))
        .filter(|(bully, term)| rules.bound.terms[term.index()].giver != *bully)
        .filter_map(|(bully, term)| play(rules, bully, term))
}

fn play(rules: &Arc<Rules>, bully: SeatId, demand: TermId) -> Option<usize> {
    scripted(rules, 0, |seen, _| decide(rules, seen, bully, demand))
}

/// The bully demands; everybody else gives in to whatever is asked, and otherwise takes a measure or a posture, one that
/// goes on if it can, so that there is something to demand the end of.
fn decide(rules: &Rules, seen: &Observation, bully: SeatId, demand: TermId) -> Orders {
    let mut orders = Orders::default();
    let (Some(seat), Asked::Orders) = (seen.seat, seen.asked) else { return orders };
    let asked = seen.proposals.iter().find(|p| p.to == seat);
    if let Some(proposal) = asked {
        orders.word = Some(Word::Answer { proposal: proposal.number, answer: Answer::Accept });
    } else if seat == bully && !seen.proposals.iter().any(|p| p.from == seat) {
        orders.word = Some(Word::Propose(ProposalDraft {
            to: rules.bound.terms[demand.index()].giver,
            over: None,
            terms: vec![demand],
            deadline: Some(2880),
            threat: seen.menu.last().map(|item| item.action),
            ambiguous: false,
            counters: None,
        }));
    }
    let firm = [Rung(2), Rung(3)];
    let measures = seen.menu.iter().filter(|i| i.legality == Legality::Legal && firm.contains(&i.rung));
    let goes_on = |action: ActionId| rules.bound.actions[action.index()].continues.is_some();
    let act = measures
        .max_by_key(|item| (goes_on(item.action), item.item_share))
        .filter(|_| seat != bully && asked.is_none());
    orders.act = act.map(|item| ActOrder { action: item.action, start_tick: 0, defy: true });
    orders
}
