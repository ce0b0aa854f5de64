//! The word slot: answers to proposals, proposals, ultimatums and statements.

use super::SeatMemory;
use super::choice::saturate;
use super::doctrine::ByDoctrine;
use super::logit;
use super::luck::{Draws, SiteId};
use super::moment::Moment;
use crate::engine::{ActOrder, Answer, LineState, ProposalDraft, ProposalView, TermBrief, Word};
use crate::vocabulary::{ActionId, Chance, ChannelId, Id, Minute, Reading, Rung, SeatId, TermId};

/// Most terms that are weighed.
const WEIGHED: usize = 64;

impl ByDoctrine {
    /// What is said this turn, if anything; `act` is what is done.
    pub(super) fn choose_word(
        &self,
        moment: &Moment<'_>,
        memory: &mut SeatMemory,
        act: Option<ActOrder>,
    ) -> Option<Word> {
        self.answer_offer(moment, memory)
            .or_else(|| self.extend(moment))
            .or_else(|| self.propose(moment, memory))
            .or_else(|| self.state(moment, act))
    }

    /// Answers the most pressing proposal. What was stalled may be answered again. While talks are held about it, it is
    /// accepted or talked about further; who would not open the talks today breaks them off.
    fn answer_offer(&self, moment: &Moment<'_>, memory: &mut SeatMemory) -> Option<Word> {
        let open = |offer: &&ProposalView| !matches!(offer.answer, Some(Answer::Accept | Answer::Reject));
        let pressing = |offer: &&ProposalView| (offer.deadline.unwrap_or(Minute::MAX), offer.number);
        let offer = moment.offers().filter(open).min_by_key(pressing)?;
        let answer = self.judge(moment, memory, offer);
        if matches!(answer, Answer::Stall | Answer::Reject)
            && let Some(counter) = self.counter(moment, offer)
        {
            return Some(Word::Propose(counter));
        }
        let news = match offer.answer {
            Some(Answer::Talk) => matches!(answer, Answer::Accept | Answer::Reject),
            said => said != Some(answer),
        };
        news.then_some(Word::Answer { proposal: offer.number, answer })
    }

    /// Compares a package with going on: the better it is, the likelier is yes, then talks, then delay. How ready the
    /// leadership is to settle is drawn once a game, so that an offer that is repeated is not judged anew: the answer
    /// moves with what the package and going on are worth, and with rounds of talks, which wear reluctance down.
    fn judge(&self, moment: &Moment<'_>, memory: &mut SeatMemory, offer: &ProposalView) -> Answer {
        let threatened = offer.threat.map_or(Rung(0), |threat| moment.rung_of(threat));
        let bargaining = &self.rule.doctrine.bargaining;
        let ahead =
            self.surplus(moment, i64::from(offer.worth), threatened) - self.reluctance(moment, offer.from);
        let within = |nats: i32| logit::logistic(saturate(ahead + i64::from(nats)));
        let draw = *memory.readiness.get_or_insert_with(|| moment.dice.draw(self.sites.answer, 0));
        if within(0).admits(draw) {
            // What settles a quarrel is signed at the table, once it has been gone through.
            let settles = |id: &TermId| moment.briefing.terms.get(id.index()).is_some_and(|t| t.settles);
            let sat = moment.seen.talks.is_some_and(|talks| talks.with == offer.from && talks.rounds > 0);
            if sat || !offer.terms.iter().any(settles) { Answer::Accept } else { Answer::Talk }
        } else if within(bargaining.talk_within).admits(draw) {
            Answer::Talk
        } else if within(bargaining.stall_within).admits(draw) {
            Answer::Stall
        } else {
            Answer::Reject
        }
    }

    /// Milli-nats against yes to a seat: what is left of the doctrine's reluctance after the rounds of talks with it.
    fn reluctance(&self, moment: &Moment<'_>, with: SeatId) -> i64 {
        let rounds = moment.seen.talks.filter(|talks| talks.with == with).map_or(0, |talks| talks.rounds);
        let kept = i64::from(moment.briefing.staff.round_face);
        let whole = i64::from(self.rule.doctrine.bargaining.reluctance);
        (0..rounds).fold(whole, |left, _| left * kept / 1_000_000)
    }

    /// A package of one's own in place of an offer that will not do, if there is one that pays.
    fn counter(&self, moment: &Moment<'_>, offer: &ProposalView) -> Option<ProposalDraft> {
        let willing = Chance::per_mille(i64::from(self.rule.doctrine.bargaining.counter));
        let put = moment.own_offers().any(|own| own.to == offer.from && own.answer.is_none());
        let draw = u32::from(offer.number);
        if put || !moment.plays(offer.from) || !moment.dice.chance(self.sites.counter, draw, willing) {
            return None;
        }
        let (terms, ambiguous) = self.package(moment, offer.from, false)?;
        let over = if offer.over.is_some() { believed_up(moment, offer.from) } else { None };
        Some(ProposalDraft {
            to: offer.from,
            over,
            terms,
            deadline: None,
            threat: None,
            ambiguous,
            counters: Some(offer.number),
        })
    }

    /// By how many milli-nats a package of this worth beats going on, patience included.
    fn surplus(&self, moment: &Moment<'_>, worth: i64, threatened: Rung) -> i64 {
        let standing = i64::from(moment.seen.standing_rung.0);
        let bargaining = &self.rule.doctrine.bargaining;
        let threat = (i64::from(threatened.0) - standing).max(0) * i64::from(bargaining.threat_counts);
        let going_on = (standing * 1000 + threat) * i64::from(bargaining.rung_cost) / 1000;
        let points = worth + going_on + i64::from(bargaining.patience);
        let staff = &moment.briefing.staff;
        let most = i64::from(staff.utility_clip.max(0));
        let nats = (points * i64::from(staff.aim_scale) / 1000).clamp(-most, most);
        i64::from(self.sharpened(saturate(nats)))
    }

    /// Gives an own ultimatum more time while talks are held.
    fn extend(&self, moment: &Moment<'_>) -> Option<Word> {
        let soon = moment.seen.minute.saturating_add(moment.seen.turn_minutes);
        let talks = moment.seen.talks?;
        moment
            .own_offers()
            .find(|own| {
                own.to == talks.with && own.threat.is_some() && own.deadline.is_some_and(|d| d <= soon)
            })
            .map(|own| Word::Extend { proposal: own.number, by: self.rule.doctrine.bargaining.extension })
    }

    /// What carrying out an own threat saves, in milli-nats, if its deadline passes in the turn to come and no talks
    /// are held with whom it was put to.
    pub(super) fn stake(&self, moment: &Moment<'_>, action: ActionId) -> i64 {
        let soon = moment.seen.minute.saturating_add(moment.seen.turn_minutes);
        let talking = |own: &ProposalView| moment.seen.talks.is_some_and(|talks| talks.with == own.to);
        let due = |own: &&ProposalView| {
            own.threat == Some(action) && own.deadline.is_some_and(|d| d <= soon) && !talking(own)
        };
        let staff = &moment.briefing.staff;
        moment.own_offers().find(due).map_or(0, |own| {
            let share = if own.over.is_some() { i64::from(staff.private_publicity) } else { 1_000_000 };
            i64::from(staff.audience_cost) * share / 1_000_000 * i64::from(staff.aim_scale) / 1000
        })
    }

    /// Proposes a way out, or makes an ultimatum: when fire has fallen, a deadline runs or talks are held. Lesser
    /// quarrels are left to fade.
    fn propose(&self, moment: &Moment<'_>, memory: &mut SeatMemory) -> Option<Word> {
        let seen = moment.seen;
        let again = self.rule.doctrine.bargaining.again;
        if memory.proposed.is_some_and(|last| seen.minute < last.saturating_add(again)) {
            return None;
        }
        let bargaining = &self.rule.doctrine.bargaining;
        let at_table = |own: &ProposalView| seen.talks.is_some_and(|talks| talks.proposal == own.number);
        let waits = |own: &ProposalView| {
            !at_table(own) && !matches!(own.answer, Some(Answer::Accept | Answer::Reject))
        };
        // Nobody bargains over an act with whom it does not hold to account for it.
        let fire = seen.standing_rung >= bargaining.from_rung && !moment.is_in_doubt();
        let presses = fire || seen.proposals.iter().any(|p| p.deadline.is_some());
        let willing = match seen.talks {
            Some(_) => bargaining.counter,
            None if presses => bargaining.propose,
            None => return None,
        };
        if moment.own_offers().any(waits)
            || !moment.dice.chance(self.sites.propose, 0, Chance::per_mille(i64::from(willing)))
        {
            return None;
        }
        let to = self.counterpart(moment)?;
        let threat = self.threat(moment);
        let (terms, ambiguous) = self.package(moment, to, threat.is_some())?;
        memory.proposed = Some(seen.minute);
        Some(Word::Propose(ProposalDraft {
            to,
            over: believed_up(moment, to),
            terms,
            deadline: threat.map(|_| bargaining.ultimatum_time),
            threat,
            ambiguous,
            counters: None,
        }))
    }

    /// Terms that are worth more to this seat than going on, and whether they are worded in two ways to save its face.
    /// It asks for something; who threatens gives nothing.
    fn package(&self, moment: &Moment<'_>, to: SeatId, threatens: bool) -> Option<(Vec<TermId>, bool)> {
        let asked = Some(self.term(moment, self.sites.ask, to)?);
        let given = if threatens { None } else { self.term(moment, self.sites.give, moment.own) };
        let settling = self.settling(moment, to, [asked, given], threatens);

        let term = |id: TermId| moment.briefing.terms.get(id.index());
        let pays = |package: &[Option<TermId>]| {
            let terms = package.iter().flatten().filter_map(|id| term(*id));
            self.surplus(moment, terms.map(|t| i64::from(t.worth)).sum(), Rung(0)) >= 0
        };
        let full = [asked, given, settling];
        let package = if pays(&full) { full } else { [asked, given, None] };
        if !pays(&package) {
            return None;
        }
        let terms: Vec<TermId> = package.into_iter().flatten().collect();
        let face = given.and_then(term).is_some_and(|t| t.face_cost > 0);
        (!terms.is_empty()).then_some((terms, face))
    }

    /// A term that a seat would have to give, the likelier the more it is worth to this one.
    fn term(&self, moment: &Moment<'_>, site: SiteId, giver: SeatId) -> Option<TermId> {
        let terms = &moment.briefing.terms[..moment.briefing.terms.len().min(WEIGHED)];
        let nats = |term: &TermBrief| {
            let nats = i64::from(term.worth) * i64::from(moment.briefing.staff.aim_scale) / 1000;
            self.sharpened(saturate(nats))
        };
        let given = |id: usize| terms[id].giver == giver && moment.seen.terms.contains(&TermId::new(id));
        let best = (0..terms.len()).filter(|id| given(*id)).map(|id| nats(&terms[id])).max()?;
        let mut weights = [0i64; WEIGHED];
        for id in (0..terms.len()).filter(|id| given(*id)) {
            weights[id] = (logit::exp(nats(&terms[id]).saturating_sub(best)) >> 8) as i64;
        }
        Some(TermId::new(moment.dice.pick(site, 0, &weights)))
    }

    /// The further term that would settle the crisis at the least cost, if none of those chosen does.
    fn settling(
        &self,
        moment: &Moment<'_>,
        to: SeatId,
        chosen: [Option<TermId>; 2],
        asks_only: bool,
    ) -> Option<TermId> {
        let terms = &moment.briefing.terms;
        let settles = |id: &TermId| terms.get(id.index()).is_some_and(|t| t.settles);
        if chosen.iter().flatten().any(settles) {
            return None;
        }
        let fits =
            |term: &TermBrief| term.settles && (term.giver == to || term.giver == moment.own && !asks_only);
        let offered = moment.seen.terms.iter().filter_map(|id| Some((*id, terms.get(id.index())?)));
        offered.filter(|(_, term)| fits(term)).max_by_key(|(_, term)| term.worth).map(|(id, _)| id)
    }

    /// What is threatened after a grave stimulus: the lowest act at or above it that it could do now.
    fn threat(&self, moment: &Moment<'_>) -> Option<ActionId> {
        let bargaining = &self.rule.doctrine.bargaining;
        let stimulus = moment.grievance.filter(|stimulus| stimulus.rung >= bargaining.ultimatum_rung)?;
        let willing = Chance::per_mille(i64::from(bargaining.ultimatum));
        if !moment.dice.chance(self.sites.ultimatum, 0, willing) {
            return None;
        }
        moment
            .seen
            .menu
            .iter()
            .filter(|item| self.allows(moment, item) && item.rung >= stimulus.rung)
            .filter(|item| moment.rung_of(item.action) >= Rung::DEEDS)
            .filter(|item| moment.can_order(item.action))
            .min_by_key(|item| item.rung)
            .map(|item| item.action)
    }

    /// A public statement: it explains an act, or strikes the doctrine's tone.
    fn state(&self, moment: &Moment<'_>, act: Option<ActOrder>) -> Option<Word> {
        let talking = &self.rule.doctrine.talking;
        let (chance, reading) = match act {
            Some(act) => {
                let reading = moment.briefing.actions.get(act.action.index())?.reading;
                (talking.explain, reading)
            }
            None if moment.crisis() => (talking.state, self.tone()),
            None => return None,
        };
        let speaks = moment.dice.chance(self.sites.statement, 0, Chance::per_mille(i64::from(chance)));
        speaks.then_some(Word::Statement { reading, bound: act.is_some() })
    }

    fn tone(&self) -> Reading {
        match self.rule.doctrine.hardness {
            ..0 => Reading::Soft,
            0 => Reading::Neutral,
            1.. => Reading::Firm,
        }
    }
}

/// A channel to a seat that is believed to work, one that was answered before one that was not tried.
fn believed_up(moment: &Moment<'_>, to: SeatId) -> Option<ChannelId> {
    let rank = |state: LineState| match state {
        LineState::Answered => Some(0),
        LineState::Presumed => Some(1),
        LineState::NoAnswer | LineState::Cut => None,
    };
    moment
        .lines_to(to)
        .filter_map(|line| Some((rank(line.state)?, line.channel)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, channel)| channel)
}

#[cfg(test)]
mod tests {
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
        let threatened =
            ProposalView { threat: Some(ActionId::new(4)), deadline: Some(9000), ..poor.clone() };
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
        assert!(
            drafts.iter().all(|d| d.to == dprk() && d.over == Some(ChannelId::new(0)) && d.threat.is_none())
        );
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
        seen.talks = Some(TalksView {
            with: dprk(),
            proposal: 1,
            level: TalksLevel::Working,
            rounds: 0,
            next: seen.minute + 30,
        });
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
            seen.talks =
                Some(TalksView { with: dprk(), proposal: 1, level: TalksLevel::Working, rounds: 8, next: 0 });
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
        seen.talks = Some(TalksView {
            with: dprk(),
            proposal: 2,
            level: TalksLevel::Working,
            rounds: 1,
            next: seen.minute + 30,
        });
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
        seen.talks = Some(TalksView {
            with: dprk(),
            proposal: 5,
            level: TalksLevel::Working,
            rounds: 1,
            next: seen.minute + 30,
        });
        let said = words(&seen, |_| ());
        assert!(
            said.len() == DECISIONS as usize
                && said.iter().all(|w| *w == Word::Extend { proposal: 5, by: 1440 })
        );
    }
}
