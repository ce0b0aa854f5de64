//! What doctrines say, weighed by hand.

use super::*;
use crate::engine::{DoctrineBrief, Observation, TalksLevel, TalksView};
use crate::policy::fixture::{self, dprk, rok, us};

const DECISIONS: u64 = 2000;

fn words(seen: &Observation, doctrine: impl FnOnce(&mut DoctrineBrief)) -> Vec<Word> {
    let briefing = fixture::briefing();
    let mut brief = briefing.doctrines[0].clone();
    doctrine(&mut brief);
    let policy = ByDoctrine::new(&brief, &briefing);
    (0..DECISIONS)
        .filter_map(|run| {
            let dice = fixture::dice(run);
            let mut memory = SeatMemory::default();
            policy.choose_word(&Moment::new(seen, &briefing, &dice).unwrap(), &mut memory, None)
        })
        .collect()
}

fn proposals(seen: &Observation, doctrine: impl FnOnce(&mut DoctrineBrief)) -> Vec<ProposalDraft> {
    let drafts = words(seen, doctrine).into_iter().filter_map(|word| match word {
        Word::Propose(draft) => Some(draft),
        _ => None,
    });
    drafts.collect()
}

/// Talks with the rival after a round, about something else.
fn at_the_table() -> Option<TalksView> {
    Some(TalksView { with: dprk(), proposal: 99, level: TalksLevel::Envoys, rounds: 1, next: 0 })
}

/// Talks between officials of both sides over an offer.
fn working_talks(proposal: u16, rounds: u8, next: Minute) -> Option<TalksView> {
    Some(TalksView { with: dprk(), proposal, level: TalksLevel::Working, rounds, next })
}

fn answers(offer: ProposalView, patience: i32) -> [usize; 4] {
    let mut seen = fixture::reply_menu();
    (seen.proposals, seen.talks) = (vec![offer], at_the_table());
    let all = words(&seen, |brief| {
        brief.doctrine.bargaining.patience = patience;
        brief.doctrine.bargaining.propose = 0;
        brief.doctrine.bargaining.counter = 0;
    });
    let count = |answer: Answer| {
        all.iter().filter(|w| matches!(w, Word::Answer { answer: a, .. } if *a == answer)).count()
    };
    [Answer::Accept, Answer::Talk, Answer::Stall, Answer::Reject].map(count)
}

#[test]
fn a_package_that_is_worth_more_is_accepted_more_often() {
    let worths = [-3000, -1000, 0, 1000, 3000];
    let found = worths.map(|worth| answers(fixture::offer(1, dprk(), rok(), worth), 0));
    assert!(found.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][3] > pair[1][3]), "{found:?}");
    assert_eq!(found.map(|f| f.iter().sum::<usize>()), [DECISIONS as usize; 5], "each is answered");
    assert!(found[1][1] > found[4][1], "what falls a little short opens talks: {found:?}");
}

#[test]
fn patience_and_a_standing_threat_make_yes_likelier() {
    let poor = fixture::offer(1, dprk(), rok(), -1500);
    let threatened = ProposalView { threat: Some(ActionId::new(4)), deadline: Some(9000), ..poor.clone() };
    let plain = answers(poor.clone(), 0)[0];
    assert!(answers(poor, 1000)[0] > plain);
    assert!(answers(threatened, 0)[0] > plain);
}

#[test]
fn what_is_settled_is_not_answered_again_and_talks_end_only_in_yes() {
    let with = |answer| ProposalView { answer: Some(answer), ..fixture::offer(1, dprk(), rok(), 0) };
    assert_eq!(answers(with(Answer::Accept), 0), [0; 4]);
    assert_eq!(answers(with(Answer::Reject), 0), [0; 4]);
    let talking = answers(with(Answer::Talk), 0);
    assert!(talking[0] > 0 && talking[1..3] == [0; 2] && talking[3] > 0, "{talking:?}");
    let stalled = answers(with(Answer::Stall), 0);
    assert!(stalled[0] > 0 && stalled[2] == 0, "{stalled:?}");
}

#[test]
fn a_proposal_asks_for_what_is_worth_most_and_gives_what_costs_little() {
    let mut seen = fixture::reply_menu();
    let drafts = proposals(&seen, |brief| brief.doctrine.bargaining.propose = 1000);
    assert_eq!(drafts.len(), DECISIONS as usize);
    let asks = |n: usize| drafts.iter().filter(|d| d.terms.contains(&TermId::new(n))).count();
    assert!(asks(0) > asks(2) && asks(2) > 0 && asks(1) == drafts.len());
    assert!(drafts.iter().all(|d| d.to == dprk() && d.over == Some(ChannelId::new(0)) && d.threat.is_none()));
    seen.channels[0].state = LineState::NoAnswer;
    seen.channels[1].state = LineState::Cut;
    let drafts = proposals(&seen, |brief| brief.doctrine.bargaining.propose = 1000);
    assert!(drafts.iter().all(|d| d.over.is_none()), "without a line it is said in public");
}

#[test]
fn an_offer_that_will_not_do_is_answered_with_one_that_does_as_often_as_the_doctrine_says() {
    let mut seen = fixture::reply_menu();
    seen.proposals = vec![fixture::offer(1, dprk(), rok(), -20_000)];
    let countered = |seen: &Observation, counter: i32| {
        let made = proposals(seen, |brief| brief.doctrine.bargaining.counter = counter);
        assert!(made.iter().all(|draft| draft.counters == Some(1) && draft.to == dprk()));
        made.len()
    };
    assert_eq!(countered(&seen, 0), 0);
    let always = countered(&seen, 1000);
    assert!(always > DECISIONS as usize / 2, "only what falls a little short is talked about: {always}");
    seen.proposals.push(fixture::offer(2, rok(), dprk(), 0));
    assert_eq!(countered(&seen, 1000), 0, "an own package lies there already");
}

#[test]
fn a_threat_is_worth_carrying_out_when_its_deadline_is_near_and_nobody_talks() {
    let briefing = fixture::briefing();
    let policy = ByDoctrine::new(&briefing.doctrines[0], &briefing);
    let dice = fixture::dice(0);
    let mut seen = fixture::reply_menu();
    let threat = ActionId::new(4);
    let stake = |seen: &Observation| policy.stake(&Moment::new(seen, &briefing, &dice).unwrap(), threat);
    let deadline = Some(seen.minute + 60);
    seen.proposals = vec![ProposalView {
        threat: Some(threat),
        deadline,
        over: None,
        ..fixture::offer(1, rok(), dprk(), 0)
    }];
    let public = stake(&seen);
    assert!(public > 0);
    seen.proposals[0].over = Some(ChannelId::new(0));
    assert_eq!(stake(&seen), public / 2, "fewer would see it lapse");
    seen.talks = working_talks(1, 0, seen.minute + 30);
    assert_eq!(stake(&seen), 0, "talks let it lapse without a loss");
    seen.talks = None;
    seen.proposals[0].deadline = Some(seen.minute + 30 * 1440);
    assert_eq!(stake(&seen), 0, "there is time");
}

#[test]
fn an_offer_that_is_repeated_is_not_judged_anew_and_rounds_of_talks_wear_reluctance_down() {
    let briefing = fixture::briefing();
    let mut brief = briefing.doctrines[0].clone();
    brief.doctrine.bargaining.reluctance = 2000;
    let policy = ByDoctrine::new(&brief, &briefing);
    let mut seen = fixture::reply_menu();
    let (mut later, mut never) = (0, 0);
    for run in 0..DECISIONS {
        let mut memory = SeatMemory::default();
        let mut judge = |seen: &Observation, number: u16, at: u64| {
            let dice = fixture::dice(run + at * DECISIONS);
            let moment = Moment::new(seen, &briefing, &dice).unwrap();
            policy.judge(&moment, &mut memory, &fixture::offer(number, dprk(), rok(), 0))
        };
        seen.talks = None;
        let first = judge(&seen, 1, 0);
        assert!((1..5).all(|at| judge(&seen, 1 + at as u16, at) == first));
        seen.talks = working_talks(1, 8, 0);
        match (first, judge(&seen, 1, 5)) {
            (Answer::Talk, Answer::Accept) => later += 1,
            _ => never += 1,
        }
    }
    assert!(later > DECISIONS / 5 && never > DECISIONS / 5, "{later} {never}");
}

#[test]
fn a_package_is_put_no_more_often_than_the_doctrine_says_and_not_before_the_author_is_known() {
    let briefing = fixture::briefing();
    let mut brief = briefing.doctrines[0].clone();
    (brief.doctrine.bargaining.propose, brief.doctrine.bargaining.again) = (1000, 2880);
    let policy = ByDoctrine::new(&brief, &briefing);
    let mut seen = fixture::reply_menu();
    let dice = fixture::dice(1);
    let mut memory = SeatMemory::default();
    let mut proposes = |seen: &Observation| {
        policy.propose(&Moment::new(seen, &briefing, &dice).unwrap(), &mut memory).is_some()
    };
    assert!(proposes(&seen));
    seen.minute += 2879;
    assert!(!proposes(&seen));
    seen.minute += 1;
    seen.stimuli.iter_mut().for_each(|stimulus| stimulus.surely = 300_000);
    assert!(!proposes(&seen), "it does not know whom to hold to account");
    seen.stimuli.iter_mut().for_each(|stimulus| stimulus.surely = 900_000);
    assert!(proposes(&seen));
}

#[test]
fn nothing_is_proposed_while_an_own_proposal_waits_or_no_crisis_is_on() {
    let mut seen = fixture::reply_menu();
    seen.proposals = vec![fixture::offer(1, rok(), dprk(), 0)];
    assert_eq!(proposals(&seen, |brief| brief.doctrine.bargaining.propose = 1000), []);
    seen.proposals[0].answer = Some(Answer::Reject);
    assert!(!proposals(&seen, |brief| brief.doctrine.bargaining.propose = 1000).is_empty());
    let calm = fixture::orders_asked();
    assert_eq!(proposals(&calm, |brief| brief.doctrine.bargaining.propose = 1000), []);
}

#[test]
fn lesser_quarrels_are_left_to_fade_unless_a_deadline_runs_or_talks_are_held() {
    let mut seen = fixture::reply_menu();
    let made = |seen: &Observation| {
        let always = |brief: &mut DoctrineBrief| {
            (brief.doctrine.bargaining.propose, brief.doctrine.bargaining.counter) = (1000, 500);
        };
        proposals(seen, always).len()
    };
    seen.standing_rung = Rung(4);
    assert_eq!(made(&seen), 0);
    let ultimatum = ProposalView { deadline: Some(9000), ..fixture::offer(1, dprk(), us(), 0) };
    seen.proposals = vec![ultimatum];
    assert_eq!(made(&seen), DECISIONS as usize);
    seen.proposals = vec![fixture::offer(2, rok(), dprk(), 0)];
    seen.talks = working_talks(2, 1, seen.minute + 30);
    assert!((900..1100).contains(&made(&seen)), "the offer that is talked about may be bettered");
}

#[test]
fn only_what_can_be_offered_is_offered() {
    let mut seen = fixture::reply_menu();
    seen.terms = vec![TermId::new(1), TermId::new(2)];
    let drafts = proposals(&seen, |brief| brief.doctrine.bargaining.propose = 1000);
    assert!(!drafts.is_empty() && drafts.iter().all(|d| !d.terms.contains(&TermId::new(0))));
}

#[test]
fn reluctance_makes_yes_rarer() {
    let mut seen = fixture::reply_menu();
    (seen.proposals, seen.talks) = (vec![fixture::offer(1, dprk(), rok(), 0)], at_the_table());
    let accepted = |reluctance: i32| {
        let all = words(&seen, |brief| brief.doctrine.bargaining.reluctance = reluctance);
        all.iter().filter(|w| matches!(w, Word::Answer { answer: Answer::Accept, .. })).count()
    };
    // A round of talks leaves four fifths of it.
    assert!(accepted(2500) * 2 < accepted(0));
}

#[test]
fn ultimatums_are_as_frequent_as_the_doctrine_says_and_ask_without_giving() {
    let seen = fixture::reply_menu();
    let made = |per_mille: i32| {
        let drafts = proposals(&seen, |brief| {
            brief.doctrine.bargaining.propose = 1000;
            brief.doctrine.bargaining.ultimatum = per_mille;
        });
        drafts.into_iter().filter(|d| d.threat.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(made(0), []);
    let ultimatums = made(500);
    assert!((800..1200).contains(&ultimatums.len()), "{}", ultimatums.len());
    for draft in ultimatums {
        assert_eq!((draft.threat, draft.deadline), (Some(ActionId::new(3)), Some(2880)));
        assert!(!draft.terms.contains(&TermId::new(1)));
    }
}

#[test]
fn an_ultimatum_is_extended_while_talks_are_held() {
    let mut seen = fixture::reply_menu();
    let due = Some(seen.minute + 60);
    seen.proposals = vec![ProposalView {
        threat: Some(ActionId::new(3)),
        deadline: due,
        ..fixture::offer(5, rok(), dprk(), 0)
    }];
    assert!(words(&seen, |_| ()).iter().all(|word| matches!(word, Word::Statement { .. })));
    seen.talks = working_talks(5, 1, seen.minute + 30);
    let said = words(&seen, |_| ());
    assert!(
        said.len() == DECISIONS as usize && said.iter().all(|w| *w == Word::Extend { proposal: 5, by: 1440 })
    );
}
