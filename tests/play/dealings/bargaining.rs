//! Proposals, counter-proposals, talks, and what an ultimatum that lapses costs.

use super::table::{DPRK, ROK, Table, rules, seat};
use offramp::engine::{Answer, Change, Fact, Orders, ProposalDraft, TalksLevel, Word};

/// An ultimatum of the North for silence, with a threat of an alert, in public unless a line is named.
fn ultimatum(table: &Table, over: Option<&str>) -> ProposalDraft {
    ProposalDraft {
        to: seat(ROK),
        over: over.map(|name| table.channel(name)),
        terms: vec![table.term("economic_talks")],
        deadline: Some(2880),
        threat: Some(table.action("dprk_alert")),
        ambiguous: false,
        counters: None,
    }
}

fn offer(table: &Table, from: usize, terms: &[&str], counters: Option<u16>) -> ProposalDraft {
    ProposalDraft {
        to: seat(if from == DPRK { ROK } else { DPRK }),
        over: None,
        terms: terms.iter().map(|name| table.term(name)).collect(),
        deadline: None,
        threat: None,
        ambiguous: false,
        counters,
    }
}

/// The cost of letting an ultimatum lapse, after something else has happened meanwhile.
fn cost_of_a_lapse(over: Option<&str>, meanwhile: impl FnOnce(&mut Table)) -> (i32, i32) {
    let mut table = Table::new(&rules(&[]), 0);
    table.wait(0);
    let draft = ultimatum(&table, over);
    table.say(DPRK, Word::Propose(draft));
    meanwhile(&mut table);
    table.wait(4 * 1440);
    let lapses = table.facts.iter().filter(|(_, f)| matches!(f, Fact::Lapsed { executed: false, .. }));
    (lapses.count() as i32, table.face_lost(DPRK))
}

#[test]
fn a_lapse_costs_its_publicity_and_half_if_the_target_prepared_and_nothing_once_talks_are_held() {
    assert_eq!(cost_of_a_lapse(None, |_| ()), (1, 8000), "in public");
    assert_eq!(cost_of_a_lapse(Some("panmunjom_liaison"), |_| ()), (1, 4000), "in private");
    let prepares = |table: &mut Table| table.act(ROK, table.action("rok_alert"), false);
    assert_eq!(cost_of_a_lapse(None, prepares), (1, 4000), "the target prepared in plain view");
    let protests = |table: &mut Table| table.act(ROK, table.action("rok_protest"), false);
    assert_eq!(cost_of_a_lapse(None, protests), (1, 8000), "words are no preparation");
    let prepares = |table: &mut Table| table.act(ROK, table.action("rok_alert"), false);
    assert_eq!(cost_of_a_lapse(Some("panmunjom_liaison"), prepares), (1, 2000), "in private, and prepared");
    let carries_out = |table: &mut Table| table.act(DPRK, table.action("dprk_alert"), false);
    assert_eq!(cost_of_a_lapse(None, carries_out), (0, 0), "it was no bluff");
    let talks = |table: &mut Table| {
        let proposal = table.seen(ROK).proposals[0].number;
        table.say(ROK, Word::Answer { proposal, answer: Answer::Talk });
    };
    assert_eq!(cost_of_a_lapse(None, talks), (0, 0), "talks about it were agreed");
    let others = |table: &mut Table| {
        let draft = offer(table, ROK, &["keep_talking"], None);
        table.say(ROK, Word::Propose(draft));
        table.wait(0);
        let made = table.seen(DPRK).proposals.iter().find(|p| p.from == seat(ROK)).expect("it lies there");
        let proposal = made.number;
        table.say(DPRK, Word::Answer { proposal, answer: Answer::Talk });
    };
    assert_eq!(cost_of_a_lapse(None, others), (1, 0), "talks about something else were agreed");
}

#[test]
fn an_ultimatum_is_extended_by_what_its_order_says() {
    let mut table = Table::new(&rules(&[]), 0);
    table.wait(0);
    let draft = ultimatum(&table, None);
    table.say(DPRK, Word::Propose(draft));
    table.wait(0);
    let (number, deadline) =
        table.seen(DPRK).proposals.first().map(|p| (p.number, p.deadline.unwrap())).unwrap();
    table.say(DPRK, Word::Extend { proposal: number, by: 720 });
    table.wait(0);
    assert_eq!(table.seen(DPRK).proposals[0].deadline, Some(deadline + 720));
}

#[test]
fn a_counter_proposal_takes_the_place_of_what_it_answers_and_lets_an_ultimatums_clock_run() {
    let mut table = Table::new(&rules(&[]), 0);
    table.wait(0);
    let draft = offer(&table, DPRK, &["economic_talks"], None);
    table.say(DPRK, Word::Propose(draft));
    table.wait(0);
    let old = table.seen(ROK).proposals[0].number;
    let draft = offer(&table, ROK, &["resume_reunions", "economic_talks"], Some(old));
    table.say(ROK, Word::Propose(draft));
    table.wait(0);
    let open: Vec<_> = table.seen(DPRK).proposals.iter().map(|p| (p.from, p.terms.len())).collect();
    assert_eq!(open, [(seat(ROK), 2)]);
    assert!(
        table.facts.iter().any(|(_, f)| matches!(f, Fact::Proposed { counters: Some(n), .. } if *n == old))
    );

    let draft = ultimatum(&table, None);
    table.say(DPRK, Word::Propose(draft));
    table.wait(0);
    let threat = table.seen(ROK).proposals.iter().find(|p| p.threat.is_some()).unwrap().number;
    let draft = offer(&table, ROK, &["keep_talking"], Some(threat));
    table.say(ROK, Word::Propose(draft));
    table.wait(0);
    let clock = table.seen(ROK).proposals.iter().find(|p| p.number == threat).unwrap();
    assert!(clock.deadline.is_some() && clock.answer == Some(Answer::Stall));
}

#[test]
fn only_ones_own_open_offer_can_be_countered() {
    let mut table = Table::new(&rules(&[]), 0);
    table.wait(0);
    let draft = offer(&table, ROK, &["keep_talking"], Some(77));
    let orders = Orders { word: Some(Word::Propose(draft)), ..Orders::default() };
    assert_eq!(orders.check(table.seen(ROK), &table.game.briefing(seat(ROK))).len(), 1);
}

#[test]
fn a_round_of_talks_wakes_nobody_and_a_new_package_moves_to_the_table() {
    let mut table = Table::new(&rules(&["parameters.walk_out.value=0.01"]), 1);
    table.wait(0);
    let draft = offer(&table, DPRK, &["economic_talks"], None);
    table.say(DPRK, Word::Propose(draft));
    table.wait(0);
    let proposal = table.seen(ROK).proposals[0].number;
    table.say(ROK, Word::Answer { proposal, answer: Answer::Talk });
    table.wait(0);
    let (began, talks) = (table.game.minute(), table.seen(ROK).talks.expect("talks are on"));
    assert_eq!((talks.proposal, talks.level), (proposal, TalksLevel::Working));
    table.wait(began + 1);
    let rounds = table.seen(ROK).talks.map(|t| t.rounds);
    assert!(table.game.minute() >= began + 1440 && rounds >= Some(2), "{} {rounds:?}", table.game.minute());

    table.act(DPRK, table.action("dprk_alert"), false);
    table.wait(0);
    let draft = offer(&table, ROK, &["stand_down_dprk"], None);
    table.say(ROK, Word::Propose(draft));
    table.wait(0);
    let talks = table.seen(ROK).talks.expect("talks go on");
    assert!(talks.proposal != proposal && talks.level == TalksLevel::Envoys, "{talks:?}");
}

#[test]
fn a_givers_face_is_saved_by_ambiguous_words_a_private_path_and_rounds_of_talks() {
    let worth = |over: Option<&str>, ambiguous: bool, talks: bool| {
        let mut table = Table::new(&rules(&["parameters.walk_out.value=0.01"]), 1);
        table.wait(0);
        let mut draft = offer(&table, DPRK, &["economic_talks"], None);
        draft.over = over.map(|name| table.channel(name));
        draft.ambiguous = ambiguous;
        table.say(DPRK, Word::Propose(draft));
        table.wait(0);
        if talks {
            let proposal = table.seen(ROK).proposals[0].number;
            table.say(ROK, Word::Answer { proposal, answer: Answer::Talk });
            table.wait(table.game.minute() + 1450);
        }
        (table.seen(ROK).proposals[0].worth, table.seen(ROK).talks.map_or(0, |t| t.rounds))
    };
    // A term of the South's that costs it 3 points and, plain and in public, one more of face.
    assert_eq!(worth(None, false, false), (-4000, 0));
    assert_eq!(worth(None, true, false), (-3500, 0));
    assert_eq!(worth(Some("mil_west"), false, false), (-3500, 0));
    assert_eq!(worth(Some("mil_west"), true, false), (-3250, 0));
    let (after, rounds) = worth(None, false, true);
    assert_eq!(after, -3000 - (0..rounds).fold(1_000_000, |kept, _| kept * 8 / 10) / 1000);
    assert!(rounds > 0);
}

#[test]
fn to_hear_not_yet_wakes_nobody_and_to_hear_no_does_where_the_package_could_settle_the_quarrel() {
    let woken = |terms: &[&str], answer: Answer| {
        let mut table = Table::new(&rules(&[]), 0);
        table.wait(0);
        table.act(DPRK, table.action("dprk_alert"), false);
        table.wait(0);
        let draft = offer(&table, ROK, terms, None);
        table.say(ROK, Word::Propose(draft));
        table.wait(0);
        let proposal = table.seen(DPRK).proposals[0].number;
        table.changes.clear();
        table.say(DPRK, Word::Answer { proposal, answer });
        table.changes.contains(&Change::Wake)
    };
    let answers = [Answer::Stall, Answer::Reject, Answer::Talk, Answer::Accept];
    assert_eq!(answers.map(|answer| woken(&["stand_down_dprk"], answer)), [false, true, true, true]);
    assert_eq!(answers.map(|answer| woken(&["resume_reunions"], answer)), [false; 4]);
}

#[test]
fn what_has_been_agreed_for_good_is_not_agreed_again() {
    let mut table = Table::new(&rules(&[]), 0);
    table.wait(0);
    let (talks, speakers) = (table.term("economic_talks"), table.term("stop_own_loudspeakers"));
    assert!(table.seen(ROK).terms.contains(&talks));
    let draft = offer(&table, DPRK, &["economic_talks"], None);
    table.say(DPRK, Word::Propose(draft.clone()));
    table.wait(0);
    let proposal = table.seen(ROK).proposals[0].number;
    table.say(ROK, Word::Answer { proposal, answer: Answer::Accept });
    table.wait(0);
    assert!(!table.seen(ROK).terms.contains(&talks));
    table.say(DPRK, Word::Propose(draft));
    table.wait(0);
    assert!(table.seen(ROK).proposals.is_empty(), "it falls out of the package");

    // What goes on again can be agreed on again.
    for _ in 0..2 {
        table.act(DPRK, table.action("dprk_loudspeakers"), false);
        table.wait(0);
        assert!(table.seen(ROK).terms.contains(&speakers));
        let draft = offer(&table, ROK, &["stop_own_loudspeakers"], None);
        table.say(ROK, Word::Propose(draft));
        table.wait(0);
        let proposal = table.seen(DPRK).proposals[0].number;
        table.say(DPRK, Word::Answer { proposal, answer: Answer::Accept });
        table.wait(0);
    }
}

#[test]
fn what_threatens_or_could_settle_the_quarrel_wakes_and_a_lesser_offer_waits() {
    let woken = |draft: fn(&Table) -> ProposalDraft| {
        let mut table = Table::new(&rules(&[]), 0);
        table.wait(0);
        table.act(DPRK, table.action("dprk_alert"), false);
        table.wait(0);
        table.changes.clear();
        let draft = draft(&table);
        table.say(ROK, Word::Propose(draft));
        table.changes.contains(&Change::Wake)
    };
    assert!(!woken(|table| offer(table, ROK, &["resume_reunions"], None)));
    assert!(woken(|table| offer(table, ROK, &["resume_reunions", "stand_down_dprk"], None)));
    assert!(woken(|table| ProposalDraft {
        threat: Some(table.action("rok_loudspeakers")),
        deadline: Some(2880),
        ..offer(table, ROK, &["resume_reunions"], None)
    }));
}
