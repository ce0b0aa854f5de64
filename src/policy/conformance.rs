//! What holds for every policy, whatever it is shown.

use super::fixture::{self, dice};
use super::luck::{Draws, SiteId, StepDice};
use super::{Policy, SeatDice, SeatMemory, Seated};
use crate::engine::{
    Answer, Asked, BodyView, Briefing, Inducement, Legality, LineState, MENU, MenuItem, News, NewsKind,
    Observation, Orders, ProposalView, Question, RecordBrief, RecordedProposal, RestraintView, StandingView,
    TalksLevel, TalksView, TriggerView,
};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    AccordId, ActionId, BodyId, Cell, HypothesisId, Id, Minute, Rung, SeatId, TermId, TriggerId,
};
use proptest::prelude::*;

/// Numbers one after the other, from a seed.
struct Source {
    dice: StepDice,
    next: u32,
}

impl Source {
    fn new(seed: u64) -> Self {
        Source { dice: fixture::step(seed, 1, 0), next: 0 }
    }

    fn below(&mut self, n: usize) -> usize {
        self.next += 1;
        self.dice.below(SiteId::new("fixture", "", ""), self.next, n as u32) as usize
    }

    fn within(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1) as usize) as i32
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 1
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.coin() { Some(make(self)) } else { None }
    }

    fn list<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }

    fn among<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// An id that may lie past the end of its section, as none that the engine gives does.
    fn id<I: Id>(&mut self, entries: usize) -> I {
        I::new(self.below(entries + 1))
    }

    fn seat(&mut self) -> SeatId {
        self.id(3)
    }

    fn action(&mut self) -> ActionId {
        self.id(fixture::RUNGS.len())
    }
}

fn any_briefing(from: &mut Source) -> Briefing {
    let mut briefing = fixture::briefing();
    for seat in &mut briefing.seats {
        (seat.plays, seat.ally, seat.rival) = (from.below(4) > 0, from.coin(), from.coin());
    }
    for action in &mut briefing.actions {
        action.rung = Rung(from.below(14) as u8);
        if from.below(4) == 0 {
            action.seats = from.list(3, Source::seat);
        }
    }
    for channel in &mut briefing.channels {
        channel.members = from.list(4, Source::seat);
    }
    briefing.bodies[0].members = from.list(3, Source::seat);
    briefing.bodies[0].grants = from.list(3, Source::action);
    let most = if from.coin() { 3 } else { 0 };
    briefing.terms.truncate(most);
    for term in &mut briefing.terms {
        (term.giver, term.worth) = (from.seat(), from.within(-90_000, 90_000));
    }
    if from.below(4) == 0 {
        briefing.sites.clear();
    }
    let staff = &mut briefing.staff;
    staff.aim_scale = from.within(0, 5000);
    staff.utility_clip = from.within(0, 4000);
    staff.restrain = (from.within(-9000, 9000), from.within(-3000, 3000), from.within(-3000, 3000));
    staff.comply = (from.within(-9000, 9000), from.within(-3000, 3000), from.within(0, 3000));
    let doctrine = &mut briefing.doctrines[0].doctrine;
    doctrine.sharpness = from.within(0, 5000);
    doctrine.hardness = from.within(-4000, 4000);
    let (bargaining, talking) = (&mut doctrine.bargaining, &mut doctrine.talking);
    bargaining.patience = from.within(-9000, 9000);
    bargaining.reluctance = from.within(-8000, 8000);
    for chance in [
        &mut bargaining.propose,
        &mut bargaining.counter,
        &mut bargaining.ultimatum,
        &mut talking.call,
        &mut talking.consult,
        &mut talking.explain,
    ] {
        *chance = from.within(0, 1000);
    }
    briefing.record = from.list(6, |from| RecordBrief {
        minute: from.within(-5000, 9000),
        act: from.maybe(Source::action),
        stop: from.maybe(Source::action),
        proposed: from.maybe(|from| RecordedProposal {
            to: from.seat(),
            over: from.maybe(|from| from.id(3)),
            terms: if most > 0 { from.list(3, |from| TermId::new(from.below(3))) } else { Vec::new() },
            deadline: from.maybe(|from| from.within(1, 9000)),
            threat: from.maybe(Source::action),
        }),
        answered: from.maybe(|from| from.among(&[Answer::Accept, Answer::Talk, Answer::Reject])),
    });
    briefing
}

fn any_item(from: &mut Source) -> MenuItem {
    let legality = match from.below(10) {
        0 => Legality::NeedsUnmet(1),
        1 => Legality::AlreadyOn,
        2 => Legality::NotReleased(BodyId::new(from.below(2))),
        4 => Legality::Locked(TriggerId::new(0)),
        5 => Legality::TooDear,
        _ => Legality::Legal,
    };
    let act = from.below(fixture::RUNGS.len());
    MenuItem {
        rung: Rung(from.below(14) as u8),
        legality,
        cell_share: from.below(1_000_001) as u32,
        item_share: from.below(1_000_001) as u32,
        worth: std::array::from_fn(|_| from.within(-100_000, 100_000)),
        pull: from.within(-9000, 9000),
        ..fixture::item(act, Cell::ALL[from.below(Cell::ALL.len())])
    }
}

fn any_proposal(from: &mut Source) -> ProposalView {
    let answers = [None, Some(Answer::Talk), Some(Answer::Stall), Some(Answer::Accept), Some(Answer::Reject)];
    ProposalView {
        deadline: from.maybe(|from| from.within(0, 9000)),
        threat: from.maybe(Source::action),
        answer: from.among(&answers),
        ..fixture::offer(from.below(5) as u16, from.seat(), from.seat(), from.within(-90_000, 90_000))
    }
}

fn any_observation(from: &mut Source, asked: Asked, minute: Minute) -> Observation {
    let mut seen = fixture::reply_menu();
    seen.asked = asked;
    seen.revision = from.below(100) as u32;
    seen.minute = minute;
    seen.tick_minutes = from.among(&[1, 60, 360]);
    seen.turn_minutes = seen.tick_minutes * from.within(0, 12);
    seen.standing_rung = Rung(from.below(14) as u8);
    seen.deaths = from.list(3, |from| (from.seat(), from.within(0, 2000)));
    seen.continuing = from.list(3, |from| (from.seat(), from.action()));
    for view in &mut seen.channels {
        let states = [LineState::Presumed, LineState::Answered, LineState::NoAnswer, LineState::Cut];
        (view.state, view.answering, view.in_time) = (from.among(&states), from.coin(), from.coin());
        view.own_politics = from.maybe(|from| from.among(&[Politics::Open, Politics::Cut]));
        view.daily_change = from.below(1_000_001) as u32;
    }
    if from.coin() {
        seen.bodies = vec![BodyView { pending: from.maybe(|from| (from.action(), 99)), ..seen.bodies[0] }];
    }
    seen.accords = from.list(2, |from| (AccordId::new(from.below(2)), AccordStatus::InForce));
    let stimulus = seen.stimuli[0];
    seen.stimuli = from.list(2, |from| crate::engine::StimulusView {
        by: from.seat(),
        surely: from.below(1_000_001) as u32,
        rung: Rung(from.below(14) as u8),
        ..stimulus
    });
    seen.asks = (!seen.stimuli.is_empty()).then_some(0);
    seen.cases = from.list(2, |from| fixture::case(from.below(3) as u16, from.below(1_000_001) as u32));
    seen.triggers = from.list(2, |from| TriggerView {
        trigger: TriggerId::new(from.below(2)),
        met: from.coin(),
        delegated: from.coin(),
    });
    seen.proposals = from.list(3, any_proposal);
    seen.talks = from.maybe(|from| TalksView {
        with: from.seat(),
        proposal: 1,
        level: TalksLevel::Working,
        rounds: 1,
        next: 0,
    });
    if asked == Asked::Answers {
        seen.calls = from.list(3, |from| crate::engine::CallView { channel: from.id(3), from: from.seat() });
    }
    let standing = seen.standing[0];
    seen.standing = from.list(2, |from| StandingView {
        volume: from.below(2001) as u16,
        delegated: Rung(from.below(14) as u8),
        ..standing
    });
    seen.consents = from.list(2, |from| (from.seat(), Rung(from.below(14) as u8)));
    seen.restraint = from.maybe(|from| RestraintView {
        by: from.seat(),
        from: Rung(from.below(14) as u8),
        until: minute + from.within(-99, 99),
        with: Inducement::ALL[from.below(Inducement::ALL.len())],
    });
    let exchange = fixture::flash_asked(from.below(14) as u8).exchange;
    seen.exchange = exchange.map(|e| crate::engine::ExchangeView { under_fire: from.seat(), ..e });
    seen.menu = from.list(MENU, any_item);
    // An act is on a menu once.
    let mut listed = Vec::new();
    seen.menu.retain(|item| {
        let fresh = !listed.contains(&item.action);
        listed.push(item.action);
        fresh
    });
    seen.attention = from.below(4) as u8;
    seen.question = from.maybe(|from| from.maybe(|_| Question::FireSoon).unwrap_or(Question::Author(1)));
    seen.news = from.list(2, |from| News {
        minute,
        kind: NewsKind::ReleaseAsked { by: from.seat(), action: from.action() },
        roll: None,
    });
    for belief in &mut seen.beliefs {
        belief.hypothesis = HypothesisId::new(from.below(3));
        belief.shares[0] = from.below(1_000_001) as u32;
    }
    seen
}

/// What an automated seat decides in a few turns of a game made up from a seed.
fn decisions(name: &str, seed: u64) -> Vec<Orders> {
    let mut from = Source::new(seed);
    let briefing = any_briefing(&mut from);
    let policy = Seated::named(name, &briefing).unwrap();
    let mut memory = SeatMemory::default();
    let mut minute = 0;
    let mut all = Vec::new();
    for _ in 0..2 {
        for asked in [Asked::Nothing, Asked::Contacts, Asked::Answers, Asked::Orders, Asked::Flash] {
            let seen = any_observation(&mut from, asked, minute);
            let dice = SeatDice::new(fixture::step(seed, 0, minute));
            let mut orders = Orders { estimate: Some(1), ..Orders::default() };
            policy.decide(&seen, &briefing, &mut memory, &dice, &mut orders);
            assert_eq!(orders.check(&seen, &briefing), [], "{name} at seed {seed}: {orders:?}");
            assert!(asked != Asked::Flash || orders.flash.is_some(), "{name} leaves no flash unanswered");
            all.push(orders);
        }
        minute += 4000;
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_policy_ever_gives_orders_that_are_out_of_order(seed: u64) {
        for name in ["base", "random", "passive", "record", "plain"] {
            decisions(name, seed);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_orders_and_another_seed_others() {
    for name in ["random", "plain"] {
        assert_eq!(decisions(name, 11), decisions(name, 11));
        let seen = fixture::reply_menu();
        let briefing = fixture::briefing();
        let policy = Seated::named(name, &briefing).unwrap();
        let ordered: Vec<Orders> = (0..20)
            .map(|run| {
                let mut orders = Orders::default();
                policy.decide(&seen, &briefing, &mut SeatMemory::default(), &dice(run), &mut orders);
                orders
            })
            .collect();
        assert!(ordered.iter().any(|orders| *orders != ordered[0]), "{name}");
    }
}

#[test]
fn random_orders_reach_every_kind_of_order() {
    let mut words = std::collections::BTreeSet::new();
    let mut kinds = std::collections::BTreeSet::new();
    for seed in 0..2000 {
        for orders in decisions("random", seed) {
            let name = |what: String| what.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
            words.extend(orders.word.map(|word| name(format!("{word:?}"))));
            kinds.extend(orders.contacts.iter().map(|contact| name(format!("{contact:?}"))));
            kinds.extend(orders.stances.iter().map(|stance| name(format!("{stance:?}"))));
            kinds.extend(orders.flash.iter().map(|flash| format!("flash {}", name(format!("{flash:?}")))));
        }
    }
    assert_eq!(words.len(), 4, "{words:?}");
    assert_eq!(kinds.len(), 4 + 7 + 6, "{kinds:?}");
}

#[test]
fn memory_survives_a_save() {
    let memory = SeatMemory {
        record: 3,
        ahead: 5,
        waits: Some((4, 600)),
        newest: Some((9, 660)),
        loosened: true,
        restrained: Some(700),
        ordered: Some(720),
        readiness: Some(1 << 31),
        proposed: Some(690),
        release_asked: Some((SeatId::new(1), ActionId::new(2))),
    };
    let saved = serde_json::to_string(&memory).unwrap();
    assert_eq!(serde_json::from_str::<SeatMemory>(&saved).unwrap(), memory);
}
