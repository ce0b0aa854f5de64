//! The contact slot: calls to a rival, requests to bodies and allies, and what is done with incoming calls.

use super::SeatMemory;
use super::choice::saturate;
use super::doctrine::ByDoctrine;
use super::logit;
use super::luck::{Draws, SiteId};
use super::moment::Moment;
use crate::engine::{
    CallAnswer, ChannelView, Contact, Inducement, Legality, LineState, MAX_CONTACTS, MenuItem, Message,
    Orders,
};
use crate::vocabulary::{ActionId, Chance, Id, Rung, SeatId, TOP_RUNG};

/// The rung that the parameters of restraint count from.
const RESTRAINT_RUNG: i64 = 6;

impl ByDoctrine {
    /// Calls a rival, asks for a release, or asks an ally to hold back.
    pub(super) fn make_contact(&self, moment: &Moment<'_>, memory: &mut SeatMemory, orders: &mut Orders) {
        if !moment.crisis() {
            return;
        }
        let (dice, talking) = (moment.dice, &self.rule.doctrine.talking);
        if dice.chance(self.sites.call, 0, Chance::per_mille(i64::from(talking.call))) {
            orders.contacts.extend(self.call_rival(moment));
        }
        if dice.chance(self.sites.consult, 0, Chance::per_mille(i64::from(talking.consult))) {
            let request = self.ask_release(moment).or_else(|| self.restrain_ally(moment, memory));
            orders.contacts.extend(request);
        }
        debug_assert!(orders.contacts.len() <= MAX_CONTACTS);
    }

    /// Answers the telephone where own staff do, mostly.
    pub(super) fn answer_calls(&self, moment: &Moment<'_>, orders: &mut Orders) {
        let take = Chance::per_mille(i64::from(self.rule.doctrine.talking.take_call));
        for (nth, call) in moment.seen.calls.iter().enumerate() {
            let answering =
                moment.seen.channels.iter().any(|view| view.channel == call.channel && view.answering);
            let site = self.sites.ring.get(call.channel.index()).copied().unwrap_or(self.sites.message);
            let draw = 2 * nth as u32;
            let taken = answering && moment.dice.chance(site, draw, take);
            orders.answers.push(if taken {
                CallAnswer::Answer(self.say(moment, site, draw + 1, 0))
            } else {
                CallAnswer::LetRing
            });
        }
    }

    /// The chance that this seat asks an ally to stay below a rung, or refuses to release it.
    pub(super) fn restrains_at(&self, moment: &Moment<'_>, rung: Rung) -> Chance {
        let (constant, by_rung, nuclear) = moment.briefing.staff.restrain;
        let nats = i64::from(constant)
            + if rung.0 == TOP_RUNG || moment.nuclear() { i64::from(nuclear) } else { 0 }
            + i64::from(by_rung) * (i64::from(rung.0) - RESTRAINT_RUNG)
            + i64::from(self.rule.doctrine.restrain);
        logit::logistic(saturate(nats))
    }

    fn call_rival(&self, moment: &Moment<'_>) -> Option<Contact> {
        let to = self.counterpart(moment)?;
        let lines = &self.rule.doctrine.talking.lines;
        let weight = |line: &ChannelView| match line.state {
            _ if !line.in_time => 0,
            LineState::Answered => lines.answered,
            LineState::Presumed => lines.presumed,
            LineState::NoAnswer => lines.no_answer,
            LineState::Cut => 0,
        };
        let total = moment.lines_to(to).map(weight).sum();
        let mut share = moment.dice.below(self.sites.line, 0, total);
        let line = moment.lines_to(to).find(|line| {
            let here = share < weight(line);
            share = share.saturating_sub(weight(line));
            here
        })?;
        let said = &self.rule.doctrine.talking.messages;
        let test = if line.state == LineState::NoAnswer { said.test_after_silence } else { said.test };
        let message = self.say(moment, self.sites.message, 0, test);
        Some(Contact::Call { channel: line.channel, to, message })
    }

    /// The rival that the crisis is with: who did it, or the first of them.
    pub(super) fn counterpart(&self, moment: &Moment<'_>) -> Option<SeatId> {
        let accused = moment.grievance.map(|grievance| grievance.by);
        moment.rivals().find(|rival| Some(*rival) == accused).or_else(|| moment.rivals().next())
    }

    /// What is said on the telephone; `test` is the weight of only trying the line.
    fn say(&self, moment: &Moment<'_>, site: SiteId, draw: u32, test: u32) -> Message {
        let seen = moment.seen;
        let going_on = seen.continuing.iter().find(|(seat, _)| *seat == moment.own).map(|(_, act)| *act);
        let hardness = self.sharpened(self.firmness(moment));
        let tilt = |nats: i32| logit::exp(nats.saturating_sub(hardness.saturating_abs()));
        let said = &self.rule.doctrine.talking.messages;
        let weigh = |weight: u32, share: u64| (u64::from(weight) * share) as i64;
        let weights = [
            weigh(test, logit::ONE),
            weigh(if moment.author_open() { said.query } else { 0 }, logit::ONE),
            weigh(if going_on.is_some() { said.notice } else { 0 }, logit::ONE),
            weigh(said.warn, tilt(hardness)),
            weigh(said.reassure, tilt(hardness.saturating_neg())),
        ];
        let notice = going_on.map_or(Message::Test, Message::Notice);
        [Message::Test, Message::Query, notice, Message::Warn, Message::Reassure]
            [moment.dice.pick(site, draw, &weights)]
    }

    /// A request for the release of the act that is wanted most, if one waits for a release.
    fn ask_release(&self, moment: &Moment<'_>) -> Option<Contact> {
        let seen = moment.seen;
        seen.menu
            .iter()
            .filter_map(|item| Some((self.wanted(moment, item)?, item.action, item.legality)))
            .filter_map(|(utility, action, legality)| Some((utility, request(moment, action, legality)?)))
            .max_by_key(|(utility, _)| *utility)
            .map(|(_, contact)| contact)
    }

    /// The utility of an act that could be ordered once it is released, where it beats doing nothing.
    fn wanted(&self, moment: &Moment<'_>, item: &MenuItem) -> Option<i32> {
        let if_legal = MenuItem { legality: Legality::Legal, ..*item };
        let utility = self.utility(moment, item);
        (self.allows(moment, &if_legal) && utility > 0).then_some(utility)
    }

    /// Asks an ally not to go further than the crisis has gone, the likelier the higher it stands.
    fn restrain_ally(&self, moment: &Moment<'_>, memory: &mut SeatMemory) -> Option<Contact> {
        let now = moment.seen.minute;
        let again = self.rule.doctrine.talking.ask_again;
        if memory.restrained.is_some_and(|asked| now < asked.saturating_add(again)) {
            return None;
        }
        let rung = moment.grievance.map_or(Rung(0), |s| s.rung).max(moment.seen.standing_rung);
        if !moment.dice.chance(self.sites.restrain, 0, self.restrains_at(moment, rung)) {
            return None;
        }
        let count = moment.allies().count() as u32;
        let ally = moment.allies().nth(moment.dice.below(self.sites.restrain, 1, count) as usize)?;
        memory.restrained = Some(now);
        let offered = Inducement::ALL;
        let with = offered[moment.dice.below(self.sites.inducement, 0, offered.len() as u32) as usize];
        Some(Contact::Restrain { ally, from: Rung((rung.0 + 1).min(TOP_RUNG)), with })
    }
}

/// The request that could lift what stands in the way of an act.
fn request(moment: &Moment<'_>, action: ActionId, legality: Legality) -> Option<Contact> {
    match legality {
        Legality::NotReleased(body) => {
            let brief = moment.briefing.bodies.get(body.index())?;
            let waiting = moment.seen.bodies.iter().any(|view| view.body == body && view.pending.is_some());
            let decides = brief.members.contains(&moment.own) && brief.grants.contains(&action);
            (decides && !waiting).then_some(Contact::Consult { body, action })
        }
        // Whether an ally has released an act is not known before it is tried, so it is asked.
        Legality::Legal => {
            let consents = &moment.briefing.actions.get(action.index())?.consents;
            let ally = moment.allies().find(|ally| consents.contains(ally))?;
            Some(Contact::AskRelease { ally, action })
        }
        Legality::NeedsUnmet(_)
        | Legality::TooDear
        | Legality::AlreadyOn
        | Legality::Done
        | Legality::Locked(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{DoctrineBrief, Observation};
    use crate::policy::fixture::{self, dprk, us};
    use crate::vocabulary::{BodyId, ChannelId};

    const DECISIONS: u64 = 2000;

    fn contacts(
        seen: &Observation,
        doctrine: impl FnOnce(&mut DoctrineBrief),
        memory: SeatMemory,
    ) -> Vec<Contact> {
        let briefing = fixture::briefing();
        let mut brief = briefing.doctrines[0].clone();
        doctrine(&mut brief);
        let policy = ByDoctrine::new(&brief, &briefing);
        let mut all = Vec::new();
        for run in 0..DECISIONS {
            let (dice, mut memory, mut orders) = (fixture::dice(run), memory, Orders::default());
            policy.make_contact(&Moment::new(seen, &briefing, &dice).unwrap(), &mut memory, &mut orders);
            all.append(&mut orders.contacts);
        }
        all
    }

    fn calls_only(brief: &mut DoctrineBrief) {
        brief.doctrine.talking.call = 1000;
        brief.doctrine.talking.consult = 0;
    }

    fn requests_only(brief: &mut DoctrineBrief) {
        brief.doctrine.talking.call = 0;
        brief.doctrine.talking.consult = 1000;
    }

    #[test]
    fn nobody_is_called_before_there_is_a_crisis() {
        let mut seen = fixture::contacts_asked();
        seen.stimuli.clear();
        seen.standing_rung = Rung(2);
        assert_eq!(contacts(&seen, calls_only, SeatMemory::default()), []);
        seen.standing_rung = Rung(3);
        assert_eq!(contacts(&seen, calls_only, SeatMemory::default()).len(), DECISIONS as usize);
    }

    #[test]
    fn a_line_that_is_known_to_be_cut_is_not_called() {
        let mut seen = fixture::contacts_asked();
        seen.channels[0].state = LineState::Cut;
        for contact in contacts(&seen, calls_only, SeatMemory::default()) {
            let Contact::Call { channel, to, .. } = contact else { panic!("{contact:?}") };
            assert_eq!((channel, to), (ChannelId::new(1), dprk()));
        }
        seen.channels[1].state = LineState::Cut;
        assert_eq!(contacts(&seen, calls_only, SeatMemory::default()), []);
    }

    #[test]
    fn a_hard_doctrine_warns_and_a_soft_one_reassures() {
        let seen = fixture::contacts_asked();
        let warnings = |hardness: i32| {
            let harder = |brief: &mut DoctrineBrief| {
                calls_only(brief);
                brief.doctrine.hardness = hardness;
            };
            let all = contacts(&seen, harder, SeatMemory::default());
            all.iter().filter(|c| matches!(c, Contact::Call { message: Message::Warn, .. })).count()
        };
        assert!(warnings(1000) > 2 * warnings(-1000));
    }

    #[test]
    fn a_wanted_release_is_asked_of_whoever_can_give_it() {
        let mut seen = fixture::contacts_asked();
        let body = BodyId::new(0);
        seen.menu[3].worth[0] = 2000;
        seen.menu[3].legality = Legality::NotReleased(body);
        let consult = Contact::Consult { body, action: seen.menu[3].action };
        let found = contacts(&seen, requests_only, SeatMemory::default());
        assert!(found.len() == DECISIONS as usize && found.iter().all(|c| *c == consult));
        seen.menu[3].legality = Legality::Legal;
        let ask = Contact::AskRelease { ally: us(), action: seen.menu[3].action };
        let found = contacts(&seen, requests_only, SeatMemory::default());
        assert!(found.iter().all(|c| *c == ask), "{:?}", found[0]);
    }

    #[test]
    fn an_ally_is_restrained_the_more_the_higher_the_crisis_stands_and_not_twice_a_day() {
        let mut seen = fixture::contacts_asked();
        let low = contacts(&seen, requests_only, SeatMemory::default()).len();
        seen.standing_rung = Rung(9);
        let high = contacts(&seen, requests_only, SeatMemory::default());
        assert!(high.len() > low, "{} {low}", high.len());
        let beyond =
            |c: &Contact| matches!(c, Contact::Restrain { ally, from: Rung(10), .. } if *ally == us());
        assert!(high.iter().all(beyond));
        let asked = SeatMemory { restrained: Some(seen.minute - 60), ..SeatMemory::default() };
        assert_eq!(contacts(&seen, requests_only, asked), []);
    }

    #[test]
    fn calls_are_taken_where_own_staff_answer_and_ring_out_where_they_do_not() {
        let briefing = fixture::briefing();
        let policy = ByDoctrine::new(&briefing.doctrines[0], &briefing);
        let mut seen = fixture::calls_asked(1);
        let taken = |seen: &Observation| {
            let mut orders = Orders::default();
            for run in 0..DECISIONS {
                let dice = fixture::dice(run);
                policy.answer_calls(&Moment::new(seen, &briefing, &dice).unwrap(), &mut orders);
            }
            orders.answers.iter().filter(|a| **a != CallAnswer::LetRing).count()
        };
        assert!(taken(&seen) > 1800);
        seen.channels[0].answering = false;
        assert_eq!(taken(&seen), 0);
    }
}
