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
mod tests;
