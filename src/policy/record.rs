//! The policy that repeats what its seat did in the historical record.
//!
//! A turn has one act and one word, a word is said as the turn begins, and a turn that is woken drops what was ordered
//! for a later tick. So steps wait for a slot, for their time or for what they answer, acts up to two days and words
//! up to three; order is kept among acts and among words. An act that cannot be ordered yet lets others pass.

use super::moment::Moment;
use super::passive::answer_calls;
use super::{Policy, SeatDice, SeatMemory};
use crate::engine::{
    ActOrder, Answer, Asked, Briefing, FlashOrder, Legality, Observation, Orders, ProposalDraft, RecordBrief,
    RecordedProposal, ReplyRule, Stance, Word,
};
use crate::vocabulary::{ActionId, DAY, Minute, Rung};

/// An act or a stop that is later than this is not made up for.
const ACT_TOO_LATE: Minute = 2 * DAY;
/// A word that is later than this is not made up for: a quiet turn lasts three days.
const WORD_TOO_LATE: Minute = 3 * DAY;
/// How old a proposal is that a recorded answer no longer means.
const STALE: Minute = 2 * DAY;
/// How far from its recorded time fire may be ordered in an exchange.
const FLASH_WITHIN: Minute = DAY;
/// The shortest deadline that a proposal may have.
const SHORTEST_DEADLINE: Minute = 60;
/// How many steps after the first that is not dealt with are looked at.
const LOOK_AHEAD: u16 = u64::BITS as u16;

/// The steps of the record in order of time.
#[derive(Clone, Debug)]
pub struct ByRecord {
    /// Positions in `Briefing::record`.
    order: Vec<u16>,
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Dealt with: ordered, or impossible.
    Done,
    /// It waits for its time, its slot, its menu or what it answers.
    Waits,
}

/// What already waits, so that what comes later waits behind it.
#[derive(Default)]
struct Queue {
    act: bool,
    word: bool,
}

impl ByRecord {
    /// The record of the seat whose briefing this is.
    pub fn new(briefing: &Briefing) -> Self {
        let mut order: Vec<u16> = (0..briefing.record.len().min(usize::from(u16::MAX)) as u16).collect();
        order.sort_by_key(|index| briefing.record[usize::from(*index)].minute);
        ByRecord { order }
    }

    fn step<'a>(&self, moment: &Moment<'a>, place: u16) -> Option<&'a RecordBrief> {
        let index = self.order.get(usize::from(place))?;
        moment.briefing.record.get(usize::from(*index))
    }

    /// Does the steps that fall into the turn to come, as far as its slots go.
    fn follow(&self, moment: &Moment<'_>, memory: &mut SeatMemory, orders: &mut Orders) {
        let now = moment.seen.minute;
        let horizon = now.saturating_add(moment.seen.turn_minutes);
        let mut queue = Queue::default();
        if let Some((place, due)) = memory.waits.take()
            && due >= now
            && let Some(step) = self.step(moment, place)
        {
            self.order_act(moment, place, step, memory, orders);
        }
        for ahead in 0..LOOK_AHEAD {
            let place = memory.record.saturating_add(ahead);
            let Some(step) = self.step(moment, place).filter(|step| step.minute < horizon) else { break };
            if memory.ahead >> ahead & 1 == 0
                && self.repeat(moment, place, step, &mut queue, memory, orders) == Step::Done
            {
                memory.ahead |= 1 << ahead;
            }
        }
        settle(memory);
    }

    /// Orders what a step holds, or lets it wait.
    fn repeat(
        &self,
        moment: &Moment<'_>,
        place: u16,
        step: &RecordBrief,
        queue: &mut Queue,
        memory: &mut SeatMemory,
        orders: &mut Orders,
    ) -> Step {
        let late = moment.seen.minute.saturating_sub(step.minute);
        let speaks = step.proposed.is_some() || step.answered.is_some();
        if late > if speaks { WORD_TOO_LATE } else { ACT_TOO_LATE } {
            return Step::Done;
        }
        let acts = step.act.is_some();
        let early = moment.seen.minute < step.minute.saturating_sub(moment.seen.tick_minutes / 2);
        if (early && (speaks || step.stop.is_some()))
            || (acts && (queue.act || orders.act.is_some()))
            || (speaks && (queue.word || orders.word.is_some()))
            || (step.stop.is_some() && orders.stances.len() >= usize::from(moment.seen.attention))
            || (speaks && !speak(moment, step, memory, orders))
        {
            queue.act |= acts;
            queue.word |= speaks;
            return Step::Waits;
        }
        if acts && !self.order_act(moment, place, step, memory, orders) {
            return Step::Waits;
        }
        if let Some(action) = step.stop
            && moment.seen.continuing.contains(&(moment.own, action))
        {
            orders.stances.push(Stance::Stop { action });
        }
        Step::Done
    }

    /// Orders the act of a step for its tick, if it can be ordered now, and remembers it if the turn may end before.
    fn order_act(
        &self,
        moment: &Moment<'_>,
        place: u16,
        step: &RecordBrief,
        memory: &mut SeatMemory,
        orders: &mut Orders,
    ) -> bool {
        let Some(action) = step.act else { return false };
        orders.act = act(moment, action, moment.tick_at(step.minute));
        if let Some(ordered) = orders.act.filter(|ordered| ordered.start_tick > 0) {
            let lead = moment.seen.menu.iter().find(|item| item.action == action).map_or(0, |item| item.lead);
            let ticks = i32::from(ordered.start_tick) * moment.seen.tick_minutes;
            memory.waits = Some((place, moment.seen.minute.saturating_add(ticks).saturating_add(lead)));
        }
        orders.act.is_some()
    }

    /// The fire of the record, if it fell about now and a rule of engagement leads to it.
    fn flash(&self, moment: &Moment<'_>, memory: &mut SeatMemory) -> FlashOrder {
        let under_fire = |e: &crate::engine::ExchangeView| e.under_fire == moment.own;
        let Some(exchange) = moment.seen.exchange.filter(under_fire) else { return FlashOrder::Standing };
        let (now, lowest) = (moment.seen.minute, moment.briefing.staff.lowest_fire);
        let fire = (0..LOOK_AHEAD).filter(|ahead| memory.ahead >> ahead & 1 == 0).find_map(|ahead| {
            let step = self.step(moment, memory.record.saturating_add(ahead))?;
            let rung = moment.rung_of(step.act?);
            let about_now = (i64::from(step.minute) - i64::from(now)).abs() <= i64::from(FLASH_WITHIN);
            (rung >= lowest && about_now).then_some((ahead, rule_to(rung, exchange.rung, lowest)?))
        });
        let Some((ahead, rule)) = fire else { return FlashOrder::Standing };
        memory.ahead |= 1 << ahead;
        settle(memory);
        FlashOrder::Reply(rule)
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
        note_offers(&moment, memory);
        match seen.asked {
            Asked::Nothing | Asked::Contacts => {}
            Asked::Answers => answer_calls(&moment, orders),
            Asked::Orders => self.follow(&moment, memory, orders),
            Asked::Flash => orders.flash = Some(self.flash(&moment, memory)),
        }
    }
}

/// Moves the count of steps past those that are dealt with.
fn settle(memory: &mut SeatMemory) {
    let done = memory.ahead.trailing_ones();
    memory.record = memory.record.saturating_add(done as u16);
    memory.ahead = memory.ahead.checked_shr(done).unwrap_or(0);
}

/// Remembers when the newest proposal came.
fn note_offers(moment: &Moment<'_>, memory: &mut SeatMemory) {
    if let Some(number) = moment.offers().map(|offer| offer.number).max()
        && memory.newest.is_none_or(|(known, _)| known < number)
    {
        memory.newest = Some((number, moment.seen.minute));
    }
}

/// The rule of engagement that answers fire at one rung with fire at another.
fn rule_to(rung: Rung, fire: Rung, lowest: Rung) -> Option<ReplyRule> {
    match rung {
        _ if rung == fire => Some(ReplyRule::InKind),
        _ if rung.0 == fire.0.saturating_add(1) => Some(ReplyRule::InKindPlusOne),
        _ if rung == lowest => Some(ReplyRule::Symbolic),
        _ => None,
    }
}

/// Says the word of a step, if there is something to answer.
fn speak(moment: &Moment<'_>, step: &RecordBrief, memory: &SeatMemory, orders: &mut Orders) -> bool {
    let now = moment.seen.minute;
    if let Some(answer) = step.answered {
        let fresh = memory.newest.filter(|(_, since)| now.saturating_sub(*since) <= STALE);
        let open = |offer: &&crate::engine::ProposalView| {
            !matches!(offer.answer, Some(Answer::Accept | Answer::Reject))
                && fresh.is_some_and(|(number, _)| offer.number == number)
        };
        let Some(offer) = moment.offers().find(open) else { return false };
        orders.word = Some(Word::Answer { proposal: offer.number, answer });
    }
    if let Some(proposed) = &step.proposed {
        orders.word = draft(moment, proposed).map(Word::Propose);
    }
    true
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
        threat: proposed.threat.filter(|threat| {
            deadline.is_some() && moment.can_order(*threat) && moment.rung_of(*threat) >= Rung::DEEDS
        }),
        ambiguous: false,
        counters: None,
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

    /// The places of the acts that were ordered, turn by turn.
    fn acts(orders: &[Orders]) -> Vec<Option<usize>> {
        orders.iter().map(|o| o.act.map(|act| act.action.index())).collect()
    }

    #[test]
    fn a_second_act_of_a_turn_waits_and_after_two_days_is_left_out() {
        let record = vec![does(0, 0), does(HOUR, 1), does(2 * HOUR, 2)];
        let orders = play(record, &[at(0), at(40 * HOUR), at(60 * HOUR)]);
        assert_eq!(acts(&orders), [Some(0), Some(1), None]);
    }

    #[test]
    fn an_act_that_cannot_be_ordered_yet_waits_and_lets_others_pass() {
        let mut barred = at(0);
        let item = barred.menu.iter_mut().find(|item| item.action.index() == 1).expect("it is on the menu");
        item.legality = Legality::NeedsUnmet(1);
        let record = vec![does(0, 1), does(HOUR, 2)];
        assert_eq!(acts(&play(record.clone(), &[barred.clone(), at(6 * HOUR)])), [Some(2), Some(1)]);
        assert_eq!(acts(&play(record, &[barred, at(60 * HOUR)])), [Some(2), None], "and not for ever");
    }

    #[test]
    fn an_act_that_a_woken_turn_voided_is_ordered_again_and_one_that_was_done_is_not() {
        let record = vec![does(13 * HOUR, 1)];
        let orders = play(record.clone(), &[at(0), at(6 * HOUR), at(12 * HOUR), at(18 * HOUR)]);
        let ticks: Vec<_> = orders.iter().map(|o| o.act.map(|act| act.start_tick)).collect();
        assert_eq!(ticks, [Some(2), Some(1), Some(0), None]);
        assert_eq!(acts(&play(record, &[at(0), at(18 * HOUR)])), [Some(1), None]);
    }

    #[test]
    fn a_word_is_said_when_its_time_has_come_and_no_more_than_three_days_late() {
        let proposed = RecordedProposal {
            to: dprk(),
            over: None,
            terms: vec![TermId::new(0)],
            deadline: None,
            threat: None,
        };
        let says = RecordBrief { proposed: Some(proposed), ..step(30 * HOUR) };
        let said = |turns: &[Observation]| -> Vec<bool> {
            play(vec![says.clone()], turns).iter().map(|o| o.word.is_some()).collect()
        };
        assert_eq!(said(&[at(0), at(26 * HOUR), at(27 * HOUR)]), [false, false, true]);
        assert_eq!(said(&[at(0), at(102 * HOUR)]), [false, true]);
        assert_eq!(said(&[at(0), at(103 * HOUR)]), [false, false]);
    }

    #[test]
    fn an_act_does_not_wait_for_a_word_whose_time_has_not_come() {
        let accepted = RecordBrief { answered: Some(Answer::Accept), ..step(HOUR) };
        let orders = play(vec![accepted, does(2 * HOUR, 1), does(3 * HOUR, 2)], &[at(0), at(24 * HOUR)]);
        assert_eq!(acts(&orders), [Some(1), Some(2)]);
    }

    #[test]
    fn fire_of_the_record_is_ordered_in_an_exchange_about_that_time_and_counts_as_done() {
        let mut briefing = fixture::briefing();
        briefing.record = vec![does(0, 1), does(49 * HOUR, 4)];
        let policy = ByRecord::new(&briefing);
        let flash = |seen: &Observation, memory: &mut SeatMemory| {
            let mut orders = Orders::default();
            policy.decide(seen, &briefing, memory, &fixture::dice(0), &mut orders);
            orders.flash
        };
        let mut memory = SeatMemory::default();
        for (rung, rule) in [(7, ReplyRule::InKind), (6, ReplyRule::InKindPlusOne)] {
            let reply = flash(&fixture::flash_asked(rung), &mut SeatMemory::default());
            assert_eq!(reply, Some(FlashOrder::Reply(rule)));
        }
        let mut early = fixture::flash_asked(6);
        early.minute = 24 * HOUR;
        assert_eq!(flash(&early, &mut memory), Some(FlashOrder::Standing));
        assert_ne!(flash(&fixture::flash_asked(6), &mut memory), Some(FlashOrder::Standing));
        assert_eq!(flash(&fixture::flash_asked(6), &mut memory), Some(FlashOrder::Standing), "it is done");
        let mut orders = Orders::default();
        policy.decide(&at(48 * HOUR), &briefing, &mut memory, &fixture::dice(0), &mut orders);
        assert_eq!(
            orders.act.map(|act| act.action.index()),
            Some(1),
            "what was not done is still made up for"
        );
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
        let accepted = RecordBrief { answered: Some(Answer::Accept), ..step(60 * HOUR) };
        let [mut first, mut second, mut third] = [at(0), at(60 * HOUR), at(66 * HOUR)];
        first.proposals = vec![fixture::offer(4, dprk(), rok(), 0)];
        second.proposals.clone_from(&first.proposals);
        third.proposals = vec![fixture::offer(4, dprk(), rok(), 0), fixture::offer(7, dprk(), rok(), 0)];
        let orders = play(vec![accepted], &[first, second, third]);
        assert_eq!(orders[..2], [Orders::default(), Orders::default()], "an old offer is not what was meant");
        assert_eq!(orders[2].word, Some(Word::Answer { proposal: 7, answer: Answer::Accept }));
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
        let says = RecordBrief { proposed: Some(proposed), stop: Some(ActionId::new(1)), ..step(0) };
        let mut seen = at(0);
        seen.continuing = vec![(rok(), ActionId::new(1))];
        let orders = play(vec![says], &[seen]).remove(0);
        assert_eq!(orders.stances, [Stance::Stop { action: ActionId::new(1) }]);
        let Some(Word::Propose(draft)) = orders.word else { panic!("no proposal") };
        assert_eq!((draft.deadline, draft.threat), (Some(48 * HOUR), Some(ActionId::new(3))));
    }
}
