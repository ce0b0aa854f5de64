//! The form of a word: a statement, a proposal, an answer.

use super::Reader;
use crate::session::{Answer, ProposalDraft, ProposalView, Word};
use crate::tui::calendar::span;
use crate::tui::text::{answer, points};
use crate::vocabulary::{Id, Minute, Reading, Rung, SeatId, TermId};

/// Deadlines on offer, in minutes; line mode takes any.
const DEADLINES: [Minute; 7] = [360, 720, 1440, 2160, 2880, 4320, 7200];

impl Reader<'_> {
    pub(super) fn word(&mut self) -> Option<Word> {
        #[derive(Clone, Copy)]
        enum Kind {
            Say,
            Propose,
            Answer,
            Counter,
            Extend,
        }
        // What waits for a word comes first, the newest of it before the others.
        let mut open: Vec<&ProposalView> =
            self.view.observation.proposals.iter().rev().filter(|p| Some(p.to) == self.own()).collect();
        open.sort_by_key(|p| p.answer.is_some());
        let waits = open.first().is_some_and(|p| p.answer.is_none());
        let open: Vec<(u16, String)> = open.into_iter().map(|p| (p.number, self.words.proposal(p))).collect();
        let own: Vec<(u16, String)> = self
            .view
            .observation
            .proposals
            .iter()
            .filter(|p| Some(p.from) == self.own() && p.deadline.is_some())
            .map(|p| (p.number, self.words.proposal(p)))
            .collect();
        let mut kinds = vec![
            (Kind::Say, "make a public statement".to_owned()),
            (Kind::Propose, "make a proposal or ultimatum".to_owned()),
        ];
        if !open.is_empty() {
            kinds.push((Kind::Answer, "answer a proposal".to_owned()));
            kinds.push((Kind::Counter, "answer with a proposal of your own".to_owned()));
        }
        if !own.is_empty() {
            kinds.push((Kind::Extend, "extend a deadline of yours".to_owned()));
        }
        let first =
            if waits { kinds.iter().position(|(kind, _)| matches!(kind, Kind::Answer)) } else { None };
        match self.pick_at("What", kinds, first.unwrap_or(0))? {
            Kind::Say => {
                let tones = Reading::ALL.map(|r| (r, r.word().to_owned())).to_vec();
                let neutral = Reading::ALL.iter().position(|r| *r == Reading::Neutral).unwrap_or(0);
                let reading = self.pick_at("Tone", tones, neutral)?;
                let bound = self.flag("Bound to the act", "no", "yes: it explains this turn's act");
                Some(Word::Statement { reading, bound })
            }
            Kind::Propose => self.proposal(None).map(Word::Propose),
            Kind::Counter => {
                let old = self.pick("Proposal", open)?;
                let to = self.view.observation.proposals.iter().find(|p| p.number == old)?.from;
                self.proposal(Some((old, to))).map(Word::Propose)
            }
            Kind::Answer => {
                let proposal = self.pick("Proposal", open)?;
                // What binds to nothing comes first.
                let answers = [Answer::Talk, Answer::Stall, Answer::Accept, Answer::Reject];
                let answers = answers.map(|a| (a, answer(a).to_owned())).to_vec();
                Some(Word::Answer { proposal, answer: self.pick("Answer", answers)? })
            }
            Kind::Extend => {
                let proposal = self.pick("Proposal", own)?;
                let spans = DEADLINES.map(|d| (d, span(d))).to_vec();
                // A day comes first, as the usual grace.
                Some(Word::Extend { proposal, by: self.pick_at("By", spans, 2)? })
            }
        }
    }

    /// A proposal; a counter-proposal has the number that it answers, and goes to whoever made that.
    fn proposal(&mut self, counters: Option<(u16, SeatId)>) -> Option<ProposalDraft> {
        let own = self.own();
        let seats = self.view.briefing.seats.iter().enumerate();
        let seats = seats
            .filter(|(i, s)| s.plays && Some(SeatId::new(*i)) != own)
            .map(|(i, _)| (SeatId::new(i), self.words.seat(SeatId::new(i))))
            .collect();
        let to = match counters {
            Some((_, to)) => to,
            None => self.pick("To", seats)?,
        };
        let mut paths = vec![(None, "in public".to_owned())];
        paths.extend(self.view.observation.channels.iter().filter_map(|c| {
            let brief = self.view.briefing.channels.get(c.channel.index())?;
            brief
                .members
                .contains(&to)
                .then(|| (Some(c.channel), format!("over {}", self.words.channel(c.channel))))
        }));
        let over = self.pick("How", paths)?;
        let mut deadlines = vec![(None, "none".to_owned())];
        deadlines.extend(DEADLINES.map(|d| (Some(d), format!("within {}", span(d)))));
        let deadline = self.pick("Deadline", deadlines)?;
        // The line is always there, so that the lines below it keep their places.
        let none = if deadline.is_some() { "none" } else { "none: it needs a deadline" };
        let mut threats = vec![(None, none.to_owned())];
        if deadline.is_some() {
            // What lies on the lowest rung threatens nobody; line mode takes any act.
            let harsh = self
                .own_actions()
                .into_iter()
                .filter(|(a, _)| self.view.briefing.actions.get(a.index()).is_some_and(|a| a.rung > Rung(0)));
            threats.extend(harsh.map(|(a, text)| (Some(a), text)));
        }
        let threat = self.pick("Or else", threats)?;
        let ambiguous = self.flag("Wording", "clear", "can be read in two ways: saves face, binds less");
        let mut terms = Vec::new();
        for i in 0..self.view.briefing.terms.len() {
            let id = TermId::new(i);
            let worth = points(self.words.term(id).map_or(0, |t| t.worth));
            let on_offer = self.view.observation.terms.contains(&id);
            let about = if on_offer { format!("{worth} to you") } else { "not now".to_owned() };
            let name = self.words.term_words(id);
            // The line is there all the same, so that the others keep their places.
            let mut choices = vec![(false, format!("no ({about})"))];
            if on_offer {
                choices.push((true, format!("YES ({about})")));
            }
            if self.pick(&name, choices) == Some(true) {
                terms.push(id);
            }
            let why = if on_offer { format!("worth {about}") } else { self.words.not_on_offer_now(id) };
            if let Some(field) = self.fields.last_mut() {
                field.about = format!("{name}; {why}");
            }
        }
        let counters = counters.map(|(old, _)| old);
        Some(ProposalDraft { to, over, terms, deadline, threat, ambiguous, counters })
    }
}
