//! Whether orders are in order: judged from the seat's observation and briefing alone, so no refusal tells a secret.

use super::briefing::Briefing;
use super::observation::{Asked, Legality, Observation};
use super::order::{Contact, FlashOrder, MAX_CONTACTS, Orders, Stance, Word};
use crate::vocabulary::{Id, Rung, TermId};

/// What is wrong with orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderError {
    /// A slot is filled that is not asked for now.
    NotAsked(&'static str),
    /// More than two calls or requests.
    TooManyContacts,
    /// Not one answer for each incoming call.
    AnswersMissing,
    /// The act is not on the menu.
    NotOnMenu,
    /// The act cannot be ordered now.
    NotLegal(Legality),
    /// The start tick lies after the turn.
    StartTooLate(u8),
    /// The channel does not connect the two.
    NoSuchLine,
    /// The body does not know the seat or does not grant that.
    NotForBody,
    /// That is no ally.
    NoAlly,
    /// The other seat gives no orders, or is oneself.
    NoCounterpart,
    /// A proposal without terms, or with more than 64.
    NoTerms,
    /// Nothing of a proposal can be offered now, such as this term.
    NotOnOffer(TermId),
    /// A threat that would hurt nobody: an act below rung 2.
    EmptyThreat,
    /// A threat without a deadline, or a deadline without time.
    BadDeadline,
    /// No such proposal is open for an answer by this seat.
    NoSuchProposal,
    /// The changes of stance cost more attention than there is.
    TooLittleAttention {
        /// What they cost.
        asked: usize,
        /// What there is.
        left: u8,
    },
    /// The seat cannot change that.
    NotYours,
    /// A standing order may not pass this rung.
    DelegatedTooFar(Rung),
    /// The person advises, and does not seal.
    NotLead,
    /// An estimate above one million, or none was asked.
    BadEstimate,
}

impl OrderError {
    /// The error in words for the seat.
    pub fn describe(&self, briefing: &Briefing) -> String {
        match self {
            OrderError::NotAsked(slot) => format!("{slot} is not asked for now"),
            OrderError::TooManyContacts => format!("at most {MAX_CONTACTS} calls or requests in a turn"),
            OrderError::AnswersMissing => "each incoming call needs an answer".to_owned(),
            OrderError::NotOnMenu => "that act is not on the menu now".to_owned(),
            OrderError::NotLegal(legality) => match legality {
                Legality::Legal => "that act can be ordered".to_owned(),
                Legality::NeedsUnmet(_) => "what that act needs does not hold".to_owned(),
                Legality::TooDear => "that costs more political capital than there is".to_owned(),
                Legality::AlreadyOn => "that is going on already".to_owned(),
                Legality::Done => "that can be done only once, and has been".to_owned(),
                Legality::NotReleased(body) => format!(
                    "{} has not released that",
                    briefing.bodies.get(body.index()).map_or("a body", |b| b.label.label.as_str())
                ),
                Legality::Locked(_) => "the condition that would unlock that is not met".to_owned(),
            },
            OrderError::StartTooLate(last) => format!("the turn to come has ticks 0 to {last}"),
            OrderError::NoSuchLine => "that channel does not connect the two".to_owned(),
            OrderError::NotForBody => "that body does not decide this for you".to_owned(),
            OrderError::NoAlly => "that is not an ally".to_owned(),
            OrderError::NoCounterpart => "choose another seat".to_owned(),
            OrderError::NoTerms => "a proposal needs at least one term".to_owned(),
            OrderError::NotOnOffer(term) => match briefing.terms.get(term.index()) {
                Some(term) => format!("nothing is left to propose: '{}' {}", term.label.label, term.barred()),
                None => "nothing is left to propose".to_owned(),
            },
            OrderError::EmptyThreat => "a threat needs an act of rung 2 or more".to_owned(),
            OrderError::BadDeadline => {
                "a threat needs a deadline, and a deadline or its extension gives at least an hour".to_owned()
            }
            OrderError::NoSuchProposal => "no such proposal is waiting for you".to_owned(),
            OrderError::TooLittleAttention { asked, left } => {
                format!("these changes cost {asked} points of attention and {left} are left")
            }
            OrderError::NotYours => "that is not yours to change".to_owned(),
            OrderError::DelegatedTooFar(rung) => {
                format!("a standing order reaches rung {rung} at most")
            }
            OrderError::NotLead => "only the lead of your seat seals orders; you advise".to_owned(),
            OrderError::BadEstimate => "an estimate is a share between 0 and 100 percent".to_owned(),
        }
    }
}

impl Orders {
    /// Everything that is wrong with these orders, as far as the seat can know.
    pub fn check(&self, seen: &Observation, briefing: &Briefing) -> Vec<OrderError> {
        let mut problems = Vec::new();
        let asked = seen.asked;
        if !self.contacts.is_empty() && asked != Asked::Contacts {
            problems.push(OrderError::NotAsked("a call"));
        }
        if asked == Asked::Answers {
            if self.answers.len() != seen.calls.len() {
                problems.push(OrderError::AnswersMissing);
            }
        } else if !self.answers.is_empty() {
            problems.push(OrderError::NotAsked("an answer to a call"));
        }
        if asked != Asked::Orders {
            for (filled, slot) in [
                (self.act.is_some(), "an act"),
                (self.word.is_some(), "a word"),
                (!self.stances.is_empty(), "a change of stance"),
                (self.estimate.is_some(), "an estimate"),
            ] {
                if filled {
                    problems.push(OrderError::NotAsked(slot));
                }
            }
        }
        if self.flash.is_some() && asked != Asked::Flash {
            problems.push(OrderError::NotAsked("a flash order"));
        }
        self.check_flash(seen, &mut problems);
        self.check_contacts(seen, briefing, &mut problems);
        self.check_act(seen, &mut problems);
        self.check_word(seen, briefing, &mut problems);
        self.check_stances(seen, briefing, &mut problems);
        if self.estimate.is_some_and(|e| e > crate::vocabulary::ONE_MILLION || seen.question.is_none()) {
            problems.push(OrderError::BadEstimate);
        }
        problems
    }

    /// A proposal of which nothing can be offered now: it is in order, and would be lost without a word.
    pub fn lost_proposal(&self, seen: &Observation) -> Option<OrderError> {
        let Some(Word::Propose(draft)) = &self.word else { return None };
        let lost = !draft.terms.iter().any(|term| seen.terms.contains(term));
        draft.terms.first().filter(|_| lost).map(|term| OrderError::NotOnOffer(*term))
    }

    /// The seat under fire holds, replies or calls; its ally restrains, releases or calls.
    fn check_flash(&self, seen: &Observation, problems: &mut Vec<OrderError>) {
        let (Some(order), Some(exchange)) = (self.flash, seen.exchange) else { return };
        let own = Some(exchange.under_fire) == seen.seat;
        match order {
            FlashOrder::Standing => {}
            FlashOrder::Hold | FlashOrder::Reply(_) if own => {}
            FlashOrder::Restrain | FlashOrder::Release if !own => {}
            FlashOrder::Hold | FlashOrder::Reply(_) | FlashOrder::Restrain | FlashOrder::Release => {
                problems.push(OrderError::NotYours);
            }
            FlashOrder::Call { channel, .. } => {
                if !seen.channels.iter().any(|c| c.channel == channel) {
                    problems.push(OrderError::NoSuchLine);
                }
            }
        }
    }

    fn check_contacts(&self, seen: &Observation, briefing: &Briefing, problems: &mut Vec<OrderError>) {
        if self.contacts.len() > MAX_CONTACTS {
            problems.push(OrderError::TooManyContacts);
        }
        for contact in &self.contacts {
            match *contact {
                Contact::Call { channel, to, .. } => {
                    let connects = briefing.channels.get(channel.index()).is_some_and(|c| {
                        c.members.contains(&to) && seen.seat.is_some_and(|own| c.members.contains(&own))
                    });
                    if !connects {
                        problems.push(OrderError::NoSuchLine);
                    } else if Some(to) == seen.seat {
                        problems.push(OrderError::NoCounterpart);
                    }
                }
                Contact::Consult { body, action } => {
                    let grants = briefing.bodies.get(body.index()).is_some_and(|b| {
                        seen.seat.is_some_and(|own| b.members.contains(&own)) && b.grants.contains(&action)
                    });
                    if !grants {
                        problems.push(OrderError::NotForBody);
                    }
                }
                Contact::Restrain { ally, .. } | Contact::AskRelease { ally, .. } => {
                    if !briefing.seats.get(ally.index()).is_some_and(|s| s.ally) {
                        problems.push(OrderError::NoAlly);
                    }
                }
            }
        }
    }

    fn check_act(&self, seen: &Observation, problems: &mut Vec<OrderError>) {
        let Some(act) = &self.act else { return };
        match seen.menu.iter().find(|item| item.action == act.action) {
            None => problems.push(OrderError::NotOnMenu),
            Some(item) if item.legality != Legality::Legal => {
                problems.push(OrderError::NotLegal(item.legality));
            }
            Some(_) => {}
        }
        let ticks = seen.ticks();
        if act.start_tick >= ticks {
            problems.push(OrderError::StartTooLate(ticks - 1));
        }
    }

    fn check_word(&self, seen: &Observation, briefing: &Briefing, problems: &mut Vec<OrderError>) {
        match &self.word {
            None | Some(Word::Statement { .. }) => {}
            Some(Word::Propose(draft)) => {
                if Some(draft.to) == seen.seat
                    || !briefing.seats.get(draft.to.index()).is_some_and(|s| s.plays)
                {
                    problems.push(OrderError::NoCounterpart);
                }
                let connects = |c: &super::briefing::ChannelBrief| {
                    c.members.contains(&draft.to) && seen.seat.is_some_and(|own| c.members.contains(&own))
                };
                if let Some(over) = draft.over
                    && !briefing.channels.get(over.index()).is_some_and(connects)
                {
                    problems.push(OrderError::NoSuchLine);
                }
                let counters = |p: &super::observation::ProposalView| {
                    Some(p.number) == draft.counters && Some(p.to) == seen.seat && p.from == draft.to
                };
                if draft.counters.is_some() && !seen.proposals.iter().any(counters) {
                    problems.push(OrderError::NoSuchProposal);
                }
                let known = draft.terms.iter().all(|t| t.index() < briefing.terms.len());
                if draft.terms.is_empty() || draft.terms.len() > 64 || !known {
                    problems.push(OrderError::NoTerms);
                }
                if draft.deadline.is_some_and(|d| d < 60)
                    || (draft.threat.is_some() && draft.deadline.is_none())
                {
                    problems.push(OrderError::BadDeadline);
                }
                let threatened = draft.threat.and_then(|threat| briefing.actions.get(threat.index()));
                if threatened.is_some_and(|act| act.rung < Rung::DEEDS) {
                    problems.push(OrderError::EmptyThreat);
                }
                if draft.threat.is_some_and(|threat| {
                    !briefing
                        .actions
                        .get(threat.index())
                        .is_some_and(|a| seen.seat.is_some_and(|own| a.seats.contains(&own)))
                }) {
                    problems.push(OrderError::NotYours);
                }
            }
            Some(Word::Answer { proposal, .. }) => {
                let open = seen
                    .proposals
                    .iter()
                    .any(|p| p.number == *proposal && Some(p.to) == seen.seat && p.from != p.to);
                if !open {
                    problems.push(OrderError::NoSuchProposal);
                }
            }
            Some(Word::Extend { proposal, by }) => {
                if *by < 60 {
                    problems.push(OrderError::BadDeadline);
                }
                let own = seen
                    .proposals
                    .iter()
                    .any(|p| p.number == *proposal && Some(p.from) == seen.seat && p.deadline.is_some());
                if !own {
                    problems.push(OrderError::NoSuchProposal);
                }
            }
        }
    }

    fn check_stances(&self, seen: &Observation, briefing: &Briefing, problems: &mut Vec<OrderError>) {
        if self.stances.len() > usize::from(seen.attention) {
            problems.push(OrderError::TooLittleAttention { asked: self.stances.len(), left: seen.attention });
        }
        for stance in &self.stances {
            let fine = match *stance {
                Stance::Engage { site, delegated, reply: _, volume: _ } => {
                    let highest = briefing.staff.highest_delegated;
                    if delegated > highest {
                        problems.push(OrderError::DelegatedTooFar(highest));
                    }
                    site.index() < briefing.sites.len()
                }
                Stance::Answering { channel, .. } => seen.channels.iter().any(|c| c.channel == channel),
                Stance::Line { channel, .. } => {
                    seen.channels.iter().any(|c| c.channel == channel && c.own_politics.is_some())
                }
                Stance::Consent { ally, .. } => briefing.seats.get(ally.index()).is_some_and(|s| s.ally),
                Stance::PreDelegate { trigger, .. } => seen.triggers.iter().any(|t| t.trigger == trigger),
                Stance::Stop { action } => {
                    seen.seat.is_some_and(|own| seen.continuing.contains(&(own, action)))
                }
                Stance::Countermand { action } => seen.pending.iter().any(|p| p.action == action),
                Stance::Accord { accord, .. } => seen.accords.iter().any(|(a, _)| *a == accord),
            };
            if !fine {
                problems.push(OrderError::NotYours);
            }
        }
    }
}
