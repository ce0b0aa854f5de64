//! The form of a call or request.

use super::{Reader, own_actions};
use crate::session::{Contact, Inducement, Message};
use crate::tui::text::line_state;
use crate::vocabulary::{ActionId, Id, SeatId, TOP_RUNG};

impl Reader<'_> {
    pub(super) fn contact(&mut self) -> Option<Contact> {
        #[derive(Clone, Copy)]
        enum Kind {
            Call,
            Consult,
            Restrain,
            Ask,
        }
        let mut kinds = vec![(Kind::Call, "call somebody".to_owned())];
        if !self.view.observation.bodies.is_empty() {
            kinds.push((Kind::Consult, "ask a body to release an act".to_owned()));
        }
        if !self.allies().is_empty() {
            kinds.push((Kind::Restrain, "ask an ally not to act".to_owned()));
        }
        if self.allies().iter().any(|(ally, _)| self.asks(*ally)) {
            kinds.push((Kind::Ask, "ask an ally to agree to an act".to_owned()));
        }
        match self.pick("What", kinds)? {
            Kind::Call => self.call(),
            Kind::Consult => {
                let bodies = self.view.observation.bodies.iter();
                let bodies = bodies.map(|b| (b.body, self.words.body(b.body))).collect();
                let body = self.pick("Body", bodies)?;
                let grants = self.view.briefing.bodies.get(body.index()).map_or(&[][..], |b| &b.grants);
                let grants = grants.iter().map(|a| (*a, self.words.action(*a))).collect();
                Some(Contact::Consult { body, action: self.pick("Act", grants)? })
            }
            Kind::Restrain => {
                let ally = self.pick("Ally", self.allies())?;
                let from = self.pick("Not at or above", self.rungs(1, TOP_RUNG))?;
                let with = Inducement::ALL.map(|w| (w, w.words().to_owned())).to_vec();
                Some(Contact::Restrain { ally, from, with: self.pick("Offer", with)? })
            }
            Kind::Ask => {
                // What needs nobody's leave is not asked about; line mode takes any act.
                let allies = self.allies().into_iter().filter(|(ally, _)| self.asks(*ally)).collect();
                let ally = self.pick("Ally", allies)?;
                let mut actions = self.own_actions();
                actions.retain(|(action, _)| self.consents(*action, ally));
                Some(Contact::AskRelease { ally, action: self.pick("Act", actions)? })
            }
        }
    }

    fn call(&mut self) -> Option<Contact> {
        let own = self.own();
        let channels = self.view.observation.channels.iter().map(|c| {
            let late = if c.in_time { "" } else { ", too slow for this phase" };
            let text = format!("{} ({}{late})", self.words.channel(c.channel), line_state(c.state));
            (c.channel, text)
        });
        let channel = self.pick("Over", channels.collect())?;
        let members = self.view.briefing.channels.get(channel.index()).map_or(&[][..], |c| &c.members);
        let members =
            members.iter().filter(|m| Some(**m) != own).map(|m| (*m, self.words.seat(*m))).collect();
        let to = self.pick("To", members)?;
        let message = self.message()?;
        Some(Contact::Call { channel, to, message })
    }

    fn message(&mut self) -> Option<Message> {
        let plain = [Message::Reassure, Message::Warn, Message::Query, Message::Regret, Message::Test];
        let mut messages: Vec<(Option<Message>, String)> =
            plain.map(|m| (Some(m), self.words.message(m))).to_vec();
        if own_actions(self.view).next().is_some() {
            messages.push((None, "notice of an act of yours".to_owned()));
        }
        match self.pick("Message", messages)? {
            Some(message) => Some(message),
            None => self.pick("Notice of", self.own_actions()).map(Message::Notice),
        }
    }

    fn consents(&self, action: ActionId, ally: SeatId) -> bool {
        self.view.briefing.actions.get(action.index()).is_some_and(|a| a.consents.contains(&ally))
    }

    /// Whether any own act needs this ally's leave.
    fn asks(&self, ally: SeatId) -> bool {
        own_actions(self.view).any(|action| self.consents(action, ally))
    }
}
