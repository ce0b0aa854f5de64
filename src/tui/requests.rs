//! What a seat has asked its allies to agree to, and what it knows of the answers: read from its own news alone.

use super::text::Words;
use crate::session::{NewsKind, SeatView};
use crate::vocabulary::{ActionId, Id, Minute, Rung, SeatId};

/// A request to an ally to agree to an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which ally.
    pub ally: SeatId,
    /// For what.
    pub action: ActionId,
    /// When it was asked last.
    asked: Minute,
    /// Up to which rung the ally has released since, if that is enough.
    released: Option<Rung>,
}

/// All requests so far, oldest first; one that was repeated stands where it was asked last.
pub fn requests(view: &SeatView) -> Vec<Request> {
    let mut all: Vec<Request> = Vec::new();
    for news in &view.log {
        match news.kind {
            NewsKind::OwnReleaseAsked { ally, action } => {
                all.retain(|known| (known.ally, known.action) != (ally, action));
                all.push(Request { ally, action, asked: news.minute, released: None });
            }
            NewsKind::Released { by, up_to } => {
                let enough = |asked: &&mut Request| {
                    let act = view.briefing.actions.get(asked.action.index());
                    asked.ally == by && act.is_some_and(|act| act.rung <= up_to)
                };
                all.iter_mut().filter(enough).for_each(|asked| asked.released = Some(up_to));
            }
            _ => {}
        }
    }
    all
}

impl Request {
    /// When the ally was asked, and what has come of it.
    pub fn came(&self, words: Words<'_>) -> String {
        format!("{} was asked {}: {}", words.seat(self.ally), words.moment(self.asked), self.answer(words))
    }

    fn answer(&self, words: Words<'_>) -> String {
        match self.released {
            None => "no answer yet".to_owned(),
            Some(rung) => format!("it releases you up to rung {}", words.rung(rung)),
        }
    }

    /// The request with what has come of it, as a line.
    pub fn line(&self, words: Words<'_>) -> String {
        format!(
            "asked {} ({}) to agree to {}: {}",
            words.seat(self.ally),
            words.moment(self.asked),
            words.action(self.action),
            self.answer(words)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{ActionBrief, Briefing, Domain, Label, News};
    use crate::vocabulary::{Cost, Reading};
    use std::sync::Arc;

    fn heard(kinds: Vec<NewsKind>) -> SeatView {
        let act = |rung| ActionBrief {
            label: Label::default(),
            about: String::new(),
            seats: Vec::new(),
            rung: Rung(rung),
            domain: Domain::Air,
            reading: Reading::Firm,
            cost: Cost::Sunk,
            continues: None,
            agenda: None,
            release: Vec::new(),
            bodies: Vec::new(),
            consents: Vec::new(),
            needs: Vec::new(),
        };
        let mut briefing = Briefing::default();
        briefing.actions = vec![act(3), act(7)];
        let log = kinds.into_iter().enumerate();
        let log = log.map(|(at, kind)| News { minute: at as Minute * 60, kind, roll: None });
        SeatView { briefing: Arc::new(briefing), log: log.collect(), ..SeatView::default() }
    }

    #[test]
    fn a_request_waits_until_its_ally_releases_enough() {
        let (ally, other) = (SeatId::new(2), SeatId::new(1));
        let ask = |act| NewsKind::OwnReleaseAsked { ally, action: ActionId::new(act) };
        let released = |by, rung| NewsKind::Released { by, up_to: Rung(rung) };
        let answers = |kinds| {
            let view = heard(kinds);
            requests(&view).iter().map(|request| request.released).collect::<Vec<_>>()
        };
        assert_eq!(answers(vec![ask(0), ask(1)]), [None, None]);
        assert_eq!(answers(vec![ask(0), ask(1), released(ally, 4)]), [Some(Rung(4)), None]);
        assert_eq!(answers(vec![ask(1), released(other, 9)]), [None], "another's word is none");
        assert_eq!(answers(vec![ask(1), released(ally, 8), ask(1)]), [None], "who asks again waits again");
        let view = heard(vec![ask(1)]);
        let words = Words::new(&view.briefing);
        assert_eq!(requests(&view)[0].came(words), "somebody was asked Day 1, 00:00: no answer yet");
    }
}
