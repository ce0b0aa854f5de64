//! The policy that repeats what its seat did in the historical record.

use super::moment::Moment;
use super::passive::answer_calls;
use super::{Policy, SeatDice, SeatMemory};
use crate::engine::{
    ActOrder, Answer, Asked, Briefing, FlashOrder, Legality, Observation, Orders, ProposalDraft, RecordBrief,
    RecordedProposal, Stance, Word,
};
use crate::vocabulary::{ActionId, Minute};

/// A step that is later than this is not made up for.
const TOO_LATE: Minute = 24 * 60;
/// The shortest deadline that a proposal may have.
const SHORTEST_DEADLINE: Minute = 60;

/// The steps of the record in order of time.
#[derive(Clone, Debug)]
pub struct ByRecord {
    /// Positions in `Briefing::record`.
    order: Vec<u16>,
}

/// What became of a step.
#[derive(PartialEq, Eq)]
enum Step {
    /// Dealt with: ordered, or impossible.
    Done,
    /// It waits: its slot is taken this turn, or what it answers is not there yet.
    Waits,
}

impl ByRecord {
    /// The record of the seat whose briefing this is.
    pub fn new(briefing: &Briefing) -> Self {
        let mut order: Vec<u16> = (0..briefing.record.len().min(usize::from(u16::MAX)) as u16).collect();
        order.sort_by_key(|index| briefing.record[usize::from(*index)].minute);
        ByRecord { order }
    }

    /// Does the steps that fall into the turn to come, as far as its slots go.
    fn follow(&self, moment: &Moment<'_>, memory: &mut SeatMemory, orders: &mut Orders) {
        let now = moment.seen.minute;
        let horizon = now.saturating_add(moment.seen.turn_minutes);
        while let Some(index) = self.order.get(usize::from(memory.record)) {
            let Some(step) = moment.briefing.record.get(usize::from(*index)) else { return };
            let late = step.minute.saturating_add(TOO_LATE) < now;
            if step.minute >= horizon || (!late && repeat(moment, step, orders) == Step::Waits) {
                return;
            }
            memory.record += 1;
        }
    }
}

impl Policy for ByRecord {
    fn decide(
        &self,
        seen: &Observation,
        briefing: &Briefing,
        memory: &mut SeatMemory,
        dice: &SeatDice,
        orders: &mut Orders,
    ) {
        let Some(moment) = Moment::new(seen, briefing, dice) else { return };
        match seen.asked {
            Asked::Nothing | Asked::Contacts => {}
            Asked::Answers => answer_calls(&moment, orders),
            Asked::Orders => self.follow(&moment, memory, orders),
            Asked::Flash => orders.flash = Some(FlashOrder::Standing),
        }
    }
}

/// Orders one step, whole or not at all.
fn repeat(moment: &Moment<'_>, step: &RecordBrief, orders: &mut Orders) -> Step {
    let says = step.proposed.is_some() || step.answered.is_some();
    if (step.act.is_some() && orders.act.is_some())
        || (says && orders.word.is_some())
        || (step.stop.is_some() && orders.stances.len() >= usize::from(moment.seen.attention))
    {
        return Step::Waits;
    }
    if let Some(accepts) = step.answered {
        let offer = moment.offers().find(|o| !matches!(o.answer, Some(Answer::Accept | Answer::Reject)));
        match offer {
            Some(offer) => {
                let answer = if accepts { Answer::Accept } else { Answer::Reject };
                orders.word = Some(Word::Answer { proposal: offer.number, answer });
            }
            None if step.act.is_none() && step.stop.is_none() => return Step::Waits,
            None => {}
        }
    }
    if let Some(proposed) = &step.proposed {
        orders.word = draft(moment, proposed).map(Word::Propose);
    }
    if let Some(action) = step.act {
        orders.act = act(moment, action, moment.tick_at(step.minute));
    }
    if let Some(action) = step.stop
        && moment.seen.continuing.contains(&(moment.own, action))
    {
        orders.stances.push(Stance::Stop { action });
    }
    Step::Done
}

/// The act, if it can be ordered now; what an ally asks is history's business, so the record goes on regardless.
fn act(moment: &Moment<'_>, action: ActionId, start_tick: u8) -> Option<ActOrder> {
    let item = moment.seen.menu.iter().find(|item| item.action == action)?;
    let defy = moment.seen.restraint.is_some_and(|r| item.rung >= r.from && r.until > moment.seen.minute);
    (item.legality == Legality::Legal).then_some(ActOrder { action, start_tick, defy })
}

/// The proposal, in public if its line is not there, and without a threat that this seat cannot make.
fn draft(moment: &Moment<'_>, proposed: &RecordedProposal) -> Option<ProposalDraft> {
    if proposed.terms.is_empty() || !moment.plays(proposed.to) || proposed.to == moment.own {
        return None;
    }
    let deadline = proposed.deadline.map(|minutes| minutes.max(SHORTEST_DEADLINE));
    Some(ProposalDraft {
        to: proposed.to,
        over: proposed.over.filter(|channel| moment.connects(*channel, proposed.to)),
        terms: proposed.terms.clone(),
        deadline,
        threat: proposed.threat.filter(|threat| deadline.is_some() && moment.can_order(*threat)),
        ambiguous: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::fixture::{self, dprk, rok};
    use crate::vocabulary::{Id, TermId};

    const HOUR: Minute = 60;

    fn step(minute: Minute) -> RecordBrief {
        RecordBrief { minute, act: None, stop: None, proposed: None, answered: None }
    }

    fn does(minute: Minute, action: usize) -> RecordBrief {
        RecordBrief { act: Some(ActionId::new(action)), ..step(minute) }
    }

    /// The orders of a seat with this record, each turn of three days starting where the observation says.
    fn play(record: Vec<RecordBrief>, turns: &[Observation]) -> Vec<Orders> {
        let mut briefing = fixture::briefing();
        briefing.record = record;
        let policy = ByRecord::new(&briefing);
        let mut memory = SeatMemory::default();
        let decide = |seen: &Observation| {
            let mut orders = Orders::default();
            policy.decide(seen, &briefing, &mut memory, &fixture::dice(0), &mut orders);
            assert_eq!(orders.check(seen, &briefing), []);
            orders
        };
        turns.iter().map(decide).collect()
    }

    fn at(minute: Minute) -> Observation {
        let mut seen = fixture::reply_menu();
        seen.minute = minute;
        seen
    }

    #[test]
    fn each_act_comes_in_its_turn_and_its_tick() {
        let record = vec![does(100 * HOUR, 3), does(13 * HOUR, 1)];
        let orders = play(record, &[at(0), at(72 * HOUR), at(144 * HOUR)]);
        assert_eq!(
            orders.iter().map(|o| o.act.map(|act| (act.action.index(), act.start_tick))).collect::<Vec<_>>(),
            [Some((1, 2)), Some((3, 4)), None]
        );
    }

    #[test]
    fn a_second_act_of_a_turn_waits_and_after_a_day_is_left_out() {
        let record = vec![does(0, 0), does(HOUR, 1), does(2 * HOUR, 2)];
        let acts: Vec<_> = play(record, &[at(0), at(20 * HOUR), at(40 * HOUR)])
            .iter()
            .map(|o| o.act.map(|a| a.action.index()))
            .collect();
        assert_eq!(acts, [Some(0), Some(1), None]);
    }

    #[test]
    fn what_is_illegal_or_not_on_the_menu_becomes_hold() {
        let mut seen = at(0);
        seen.menu[0].legality = Legality::Done;
        let orders = play(vec![does(0, 0), does(0, 9)], &[seen]);
        assert_eq!(orders, [Orders::default()]);
    }

    #[test]
    fn an_answer_waits_for_something_to_answer() {
        let accepted = RecordBrief { answered: Some(true), ..step(HOUR) };
        let mut later = at(20 * HOUR);
        later.proposals = vec![fixture::offer(4, dprk(), rok(), 0)];
        let orders = play(vec![accepted], &[at(0), later]);
        assert_eq!(orders[0], Orders::default());
        assert_eq!(orders[1].word, Some(Word::Answer { proposal: 4, answer: Answer::Accept }));
    }

    #[test]
    fn proposals_and_stops_are_repeated() {
        let proposed = RecordedProposal {
            to: dprk(),
            over: None,
            terms: vec![TermId::new(0)],
            deadline: Some(48 * HOUR),
            threat: Some(ActionId::new(3)),
        };
        let says = RecordBrief { proposed: Some(proposed), stop: Some(ActionId::new(1)), ..step(HOUR) };
        let mut seen = at(0);
        seen.continuing = vec![(rok(), ActionId::new(1))];
        let orders = play(vec![says], &[seen]).remove(0);
        assert_eq!(orders.stances, [Stance::Stop { action: ActionId::new(1) }]);
        let Some(Word::Propose(draft)) = orders.word else { panic!("no proposal") };
        assert_eq!((draft.deadline, draft.threat), (Some(48 * HOUR), Some(ActionId::new(3))));
    }
}
