//! Orders as sentences.

use super::{Words, percent, politics};
use crate::session::{
    ActOrder, Answer, CallAnswer, Contact, FlashOrder, Inducement, Message, Observation, Orders,
    ProposalDraft, Stance, Word,
};
use crate::tui::calendar::span;
use crate::vocabulary::{Id, Minute};

/// An answer to a proposal in words.
pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Accept => "accept",
        Answer::Talk => "talk about it",
        Answer::Stall => "not yet",
        Answer::Reject => "reject",
    }
}

/// What a request to hold back takes from the ally for good.
pub fn taken_back(with: Inducement) -> &'static str {
    if with.takes_back() { ": your release ends below that rung, until a stance raises it again" } else { "" }
}

impl Words<'_> {
    /// What a call says.
    pub fn message(&self, message: Message) -> String {
        match message {
            Message::Test => "a line test".to_owned(),
            Message::Reassure => "no harm is meant".to_owned(),
            Message::Warn => "a warning".to_owned(),
            Message::Notice(action) => format!("notice of {}", self.action(action)),
            Message::Query => "who did this?".to_owned(),
            Message::Regret => "regret, without admission".to_owned(),
        }
    }

    /// A call or request.
    pub fn contact(&self, contact: Contact) -> String {
        match contact {
            Contact::Call { channel, to, message } => {
                format!("call {} over {}: {}", self.seat(to), self.channel(channel), self.message(message))
            }
            Contact::Consult { body, action } => {
                format!("ask {} to release {}", self.body(body), self.action(action))
            }
            Contact::Restrain { ally, from, with } => format!(
                "ask {} not to act at rung {} or above, {}{}",
                self.seat(ally),
                self.rung(from),
                with.words(),
                taken_back(with)
            ),
            Contact::AskRelease { ally, action } => {
                format!("ask {} to agree to {}", self.seat(ally), self.action(action))
            }
        }
    }

    /// What is done with a call.
    pub fn call_answer(&self, given: CallAnswer) -> String {
        match given {
            CallAnswer::Answer(message) => format!("answer: {}", self.message(message)),
            CallAnswer::LetRing => "let it ring".to_owned(),
        }
    }

    /// An act.
    pub fn act(&self, act: ActOrder, seen: &Observation) -> String {
        let brief = self.briefing.actions.get(act.action.index());
        let asked = seen.restraint.filter(|asked| brief.is_some_and(|action| action.rung >= asked.from));
        let defy = match asked {
            Some(_) if act.defy => ", although an ally asked not to".to_owned(),
            None if act.defy => ", even if an ally asks not to".to_owned(),
            Some(asked) => format!("; fails, for {} asks you not to: d defies it", self.seat(asked.by)),
            None => String::new(),
        };
        let late = Minute::from(act.start_tick) * seen.tick_minutes;
        let start = if late > 0 { format!(", {} into the turn", span(late)) } else { String::new() };
        let consents = brief.map_or(&[][..], |action| &action.consents);
        let ask: Vec<String> = consents.iter().map(|ally| self.seat(*ally)).collect();
        let ask = if ask.is_empty() {
            String::new()
        } else {
            format!("; fails unless {} agrees", ask.join(" and "))
        };
        format!("{}{start}{defy}{ask}", self.action(act.action))
    }

    /// A word.
    pub fn word(&self, word: &Word) -> String {
        match word {
            Word::Statement { reading, bound } => {
                let bound = if *bound { ", bound to this turn's act" } else { "" };
                format!("a {} public statement{bound}", reading.word())
            }
            Word::Propose(draft) => self.draft(draft),
            Word::Answer { proposal, answer: given } => {
                format!("answer {}: {}", self.named(*proposal), answer(*given))
            }
            Word::Extend { proposal, by } => {
                format!("extend the deadline of {} by {}", self.named(*proposal), span(*by))
            }
        }
    }

    fn draft(&self, draft: &ProposalDraft) -> String {
        let terms: Vec<String> = draft.terms.iter().map(|t| self.term_words(*t)).collect();
        let over = draft.over.map_or("in public".to_owned(), |c| format!("over {}", self.channel(c)));
        let how = draft
            .counters
            .map_or("propose".to_owned(), |old| format!("counter {} and propose", self.named(old)));
        let mut text = format!("{how} to {} {over}: {}", self.seat(draft.to), terms.join("; "));
        if let Some(deadline) = draft.deadline {
            text.push_str(&format!("; within {}", span(deadline)));
        }
        if let Some(threat) = draft.threat {
            text.push_str(&format!("; or else {}", self.action(threat)));
        }
        if draft.ambiguous {
            text.push_str("; worded in two ways");
        }
        text
    }

    /// A change of stance.
    pub fn stance(&self, stance: Stance) -> String {
        match stance {
            Stance::Engage { site, reply, volume, delegated } => format!(
                "at {}: {}, {volume} rounds for each 100, alone up to rung {delegated}",
                self.site(site),
                reply.word()
            ),
            Stance::Answering { channel, answers } => {
                format!(
                    "{} calls over {}",
                    if answers { "answer" } else { "do not answer" },
                    self.channel(channel)
                )
            }
            Stance::Line { channel, politics: state } => {
                format!("line {}: {}", self.channel(channel), politics(state))
            }
            Stance::Consent { ally, up_to } => {
                format!("release {} up to rung {}", self.seat(ally), self.rung(up_to))
            }
            Stance::PreDelegate { trigger, on } => {
                format!("{} {}", if on { "pre-delegate" } else { "do not delegate" }, self.trigger(trigger))
            }
            Stance::Stop { action } => format!("stop {}", self.action(action)),
            Stance::Countermand { action } => format!("countermand {}", self.action(action)),
            Stance::Accord { accord, keep } => {
                format!("{} the accord {}", if keep { "restore" } else { "suspend" }, self.accord(accord))
            }
        }
    }

    /// A flash order.
    pub fn flash(&self, order: FlashOrder) -> String {
        match order {
            FlashOrder::Standing => "as the standing order says".to_owned(),
            FlashOrder::Hold => "hold fire".to_owned(),
            FlashOrder::Reply(rule) => format!("reply: {}", rule.word()),
            FlashOrder::Call { channel, message } => {
                // A list may clip it: what is said comes first, since several lines carry the same.
                format!("hold, call: {}; {}", self.message(message), self.channel(channel))
            }
            FlashOrder::Restrain => "ask the ally under fire for warning fire at most".to_owned(),
            FlashOrder::Release => "lift what holds the ally under fire back".to_owned(),
        }
    }

    /// What will fall out of a drafted package, as far as staff can tell; nothing if all of it can be offered.
    fn not_on_offer(&self, word: &Word, seen: &Observation) -> Option<String> {
        let Word::Propose(draft) = word else { return None };
        let gone = draft.terms.iter().filter(|t| !seen.terms.contains(t));
        let gone: Vec<String> = gone.map(|t| self.term_words(*t)).collect();
        (!gone.is_empty()).then(|| {
            let all = if gone.len() == draft.terms.len() { "; nothing is left to propose" } else { "" };
            format!("! Cannot be offered now and will fall out: {}{all}", gone.join("; "))
        })
    }

    /// Everything that has been drafted, a line each; never empty.
    pub fn orders(&self, orders: &Orders, seen: &Observation) -> Vec<String> {
        use crate::session::Asked;
        let Orders { contacts, answers, act, word, stances, estimate, flash } = orders;
        let mut lines: Vec<String> = Vec::new();
        match seen.asked {
            Asked::Nothing => lines.push("Nothing is asked of you now.".to_owned()),
            Asked::Contacts if contacts.is_empty() => lines.push("Contact: no call, no request".to_owned()),
            Asked::Contacts => {
                lines.extend(contacts.iter().map(|c| format!("Contact: {}", self.contact(*c))));
            }
            Asked::Answers => lines.extend(seen.calls.iter().zip(answers).map(|(call, given)| {
                format!("Call from {}: {}", self.seat(call.from), self.call_answer(*given))
            })),
            Asked::Flash => {
                lines.push(format!("Flash: {}", self.flash(flash.unwrap_or(FlashOrder::Standing))));
            }
            Asked::Orders => {
                lines.push(format!("Act: {}", act.map_or("hold".to_owned(), |a| self.act(a, seen))));
                lines.push(format!("Word: {}", word.as_ref().map_or("silent".to_owned(), |w| self.word(w))));
                lines.extend(word.as_ref().and_then(|w| self.not_on_offer(w, seen)));
                if stances.is_empty() {
                    lines.push("Stance: no change".to_owned());
                }
                lines.extend(stances.iter().map(|s| format!("Stance: {}", self.stance(*s))));
                if seen.question.is_some() {
                    lines.push(format!("Estimate: {}", estimate.map_or("none given".to_owned(), percent)));
                }
            }
        }
        lines
    }
}
