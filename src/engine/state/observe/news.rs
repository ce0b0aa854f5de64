//! What a seat learns of a fact: every fact and every field of one is decided on here.

use super::Disclosure;
use crate::engine::event::{CallResult, Cause, Fact};
use crate::engine::observation::*;
use crate::scenario::document::Hand;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{ChannelId, Id, InjectId, ONE_MILLION, SeatId};
use std::sync::Arc;

/// Goes through what happened and tells which of a seat's acts are the fire that stands right before them: of these no
/// word may tell what was ordered from a commander who departs from it.
#[derive(Default)]
pub(in crate::engine::state) struct OwnFire {
    before: bool,
}

impl OwnFire {
    /// Whether the next fact is such an act.
    pub fn next_is(&mut self, seat: SeatId, next: &Fact) -> bool {
        let fired = matches!(*next, Fact::Fire { by, .. } if by == seat);
        std::mem::replace(&mut self.before, fired) && matches!(*next, Fact::Act { by, .. } if by == seat)
    }
}

impl Disclosure<'_> {
    /// What a seat learns of a fact, if anything.
    pub(super) fn disclose(&self, seat: SeatId, fact: &Fact) -> Option<NewsKind> {
        let rules = self.rules;
        let kind = match *fact {
            Fact::Inject(inject) => return self.message(seat, inject),
            Fact::Act { by, action, cause: Cause::Scenario } if by == seat => {
                NewsKind::OwnActOfScenario { action }
            }
            Fact::Message { number } => {
                let (headline, text) = self.written.message(number, seat)?;
                let (headline, text) = (Arc::clone(headline), Arc::clone(text));
                match rules.hand() {
                    Hand::Hidden => NewsKind::Message { headline, text },
                    Hand::Shown => NewsKind::FromControl { headline, text },
                }
            }
            Fact::Ruled { faces, needed, came } if rules.hand() == Hand::Shown => {
                NewsKind::Ruled { faces, needed, came }
            }
            // Forces that depart from their orders do not report it at once.
            Fact::Act { by, action, cause: Cause::Standing | Cause::Local(_) } if by == seat => {
                NewsKind::OwnActStanding { action }
            }
            Fact::Act { by, action, cause: _ } if by == seat => NewsKind::OwnAct { action },
            Fact::Act { by: _, action: _, cause: _ } => return None,
            Fact::Percept { observer, by, action, known_author, meant: _, perceived } if observer == seat => {
                NewsKind::Act { by: known_author.then_some(by), action, reading: perceived }
            }
            Fact::Failed { by, action, why } if by == seat => NewsKind::OwnActFailed { action, why },
            Fact::Delayed { by, action, until } if by == seat => NewsKind::OwnActDelayed { action, until },
            Fact::Stopped { by, action } if self.sees_author(seat, by, action) => {
                NewsKind::Stopped { by, action }
            }
            Fact::Incident { incident, by, against: _, cause: _ } if by == seat => {
                let reading = rules.bound.incidents[incident.index()].reading;
                NewsKind::Incident { incident, suspect: by, reading }
            }
            Fact::IncidentPercept { observer, incident, suspect: author, perceived } if observer == seat => {
                let bound = &rules.bound.incidents[incident.index()];
                let plain = bound.suspicion >= ONE_MILLION;
                let suspect = if plain { author } else { self.rules.suspect(seat, bound.against) };
                NewsKind::Incident { incident, suspect, reading: perceived }
            }
            Fact::Fire { site, by, at: _, rung, rounds, reported, after, cause: _ } => {
                let rounds = if by == seat { reported } else { rounds };
                NewsKind::Fire { site, by, rung, rounds, after }
            }
            // Own forces report a hail that was ordered, and a patrol, whether or not they were done.
            Fact::Hail { site, by, to, done, heeded } if by == seat || (to == seat && done) => {
                NewsKind::Hail { site, by, heeded }
            }
            Fact::NotGone { by, action } if by == seat => NewsKind::OwnAct { action },
            Fact::Countermanded { by, action } if by == seat => NewsKind::OwnActTakenBack { action },
            Fact::CeaseFire { site, held } => NewsKind::CeaseFire { site, held },
            Fact::DeviationReported { site, seat: own, at, kind } if own == seat => {
                NewsKind::Deviation { site, at, kind }
            }
            Fact::Deaths { seat, dead, civilians } => NewsKind::Deaths { seat, dead, civilians },
            Fact::Evidence { case, seat: own, author, cause, belief } if own == seat => {
                NewsKind::Evidence { case, author, cause, belief }
            }
            Fact::Contested { case, by } => NewsKind::Contested { case, by },
            Fact::Call { channel, from, to, said, result } => {
                return call_news(seat, channel, from, to, said, result);
            }
            Fact::Leak { to, caller, with } if to == seat => NewsKind::CallLeaked { ally: caller, with },
            Fact::Line { channel, politics, working: _, by } => {
                return self.line_news(seat, channel, politics, by);
            }
            Fact::Statement { by, meant } if by == seat => NewsKind::OwnStatement { reading: meant },
            Fact::StatementHeard { observer, by, perceived } if observer == seat => {
                NewsKind::Statement { by, reading: perceived }
            }
            Fact::Proposed { number, from, to, public, ultimatum, counters }
                if public || from == seat || to == seat =>
            {
                // Whether the first proposal was public or not, its number says no more than that there was one.
                let counters = counters.filter(|_| from == seat || to == seat);
                let terms = self.state.proposals.iter().find(|p| p.number == number).map_or(0, |p| p.terms);
                NewsKind::Proposal { number, from, to, ultimatum, counters, terms }
            }
            Fact::Undelivered { from, channel } if from == seat => NewsKind::Undelivered { channel },
            Fact::AnsweredProposal { number, by, to, public, answer }
                if public || by == seat || to == seat =>
            {
                NewsKind::Answered { number, by, answer }
            }
            Fact::Lapsed { number, from, to, executed } if from == seat || to == seat => {
                NewsKind::Lapsed { number, from, executed }
            }
            Fact::TalksRound { a, b, round } if a == seat || b == seat => {
                NewsKind::TalksRound { with: if a == seat { b } else { a }, round }
            }
            Fact::TalksBroken { a, b, by } if a == seat || b == seat => {
                NewsKind::TalksBroken { with: if a == seat { b } else { a }, by }
            }
            Fact::Agreed { number, a: _, b: _, settles } => NewsKind::Agreed { number, settles },
            Fact::BodyAnswered { body, seat: by, action, granted, by_default }
                if rules.bound.bodies[body.index()].members.contains(&seat) =>
            {
                NewsKind::BodyAnswered { body, by, action, granted, by_default }
            }
            Fact::Restrained { by, ally, from, with } if ally == seat => {
                NewsKind::Restrained { by, from, with }
            }
            Fact::Restrained { by, ally, from, with } if by == seat => {
                NewsKind::OwnRestraint { ally, from, with }
            }
            Fact::PromiseBroken { by, to } if by == seat || to == seat => NewsKind::PromiseBroken { by, to },
            Fact::ReleaseAsked { by, ally, action } if ally == seat => NewsKind::ReleaseAsked { by, action },
            Fact::ReleaseAsked { by, ally, action } if by == seat => {
                NewsKind::OwnReleaseAsked { ally, action }
            }
            Fact::Released { by, ally, up_to } if ally == seat => NewsKind::Released { by, up_to },
            Fact::Defied { by, ally, action } if ally == seat => NewsKind::Defied { by, action },
            Fact::Accord { accord, status } => NewsKind::Accord { accord, status },
            Fact::Trigger { trigger, met } if rules.bound.triggers[trigger.index()].seat == seat => {
                NewsKind::Trigger { trigger, met }
            }
            Fact::Season { now } => NewsKind::Season { now },
            Fact::Ended { ending } => NewsKind::Ended { ending },
            // Named one by one, so that a new kind of fact does not build until somebody decides who learns of it.
            Fact::Percept { observer: _, by: _, action: _, known_author: _, meant: _, perceived: _ }
            | Fact::Failed { by: _, action: _, why: _ }
            | Fact::Delayed { by: _, action: _, until: _ }
            | Fact::Stopped { by: _, action: _ }
            | Fact::Incident { incident: _, by: _, against: _, cause: _ }
            | Fact::IncidentPercept { observer: _, incident: _, suspect: _, perceived: _ }
            | Fact::Hail { site: _, by: _, to: _, done: _, heeded: _ }
            | Fact::NotGone { by: _, action: _ }
            | Fact::Countermanded { by: _, action: _ }
            | Fact::Deviation { site: _, seat: _, at: _, kind: _ }
            | Fact::DeviationReported { site: _, seat: _, at: _, kind: _ }
            | Fact::Evidence { case: _, seat: _, author: _, cause: _, belief: _ }
            | Fact::Leak { to: _, caller: _, with: _ }
            | Fact::Statement { by: _, meant: _ }
            | Fact::StatementHeard { observer: _, by: _, perceived: _ }
            | Fact::Proposed { number: _, from: _, to: _, public: _, ultimatum: _, counters: _ }
            | Fact::Undelivered { from: _, channel: _ }
            | Fact::AnsweredProposal { number: _, by: _, to: _, public: _, answer: _ }
            | Fact::Lapsed { number: _, from: _, to: _, executed: _ }
            | Fact::TalksRound { a: _, b: _, round: _ }
            | Fact::TalksBroken { a: _, b: _, by: _ }
            | Fact::Consulted { by: _, body: _, action: _, due: _ }
            | Fact::BodyAnswered { body: _, seat: _, action: _, granted: _, by_default: _ }
            | Fact::Restrained { by: _, ally: _, from: _, with: _ }
            | Fact::PromiseBroken { by: _, to: _ }
            | Fact::ReleaseAsked { by: _, ally: _, action: _ }
            | Fact::Released { by: _, ally: _, up_to: _ }
            | Fact::Defied { by: _, ally: _, action: _ }
            | Fact::Trigger { trigger: _, met: _ }
            | Fact::Ruled { faces: _, needed: _, came: _ }
            | Fact::Standing { rung: _ } => return None,
        };
        Some(kind)
    }

    fn message(&self, seat: SeatId, inject: InjectId) -> Option<NewsKind> {
        let scenario = &self.rules.messages[inject.index()];
        let (headline, text) = self.written.instead(inject).unwrap_or(scenario);
        self.rules.bound.injects[inject.index()].seen_by[seat.index()]
            .then(|| NewsKind::Message { headline: headline.clone(), text: text.clone() })
    }

    fn line_news(
        &self,
        seat: SeatId,
        channel: ChannelId,
        politics: Politics,
        by: Option<SeatId>,
    ) -> Option<NewsKind> {
        let announced = by.is_some() && politics != Politics::Silent;
        if !announced || !self.rules.bound.channels[channel.index()].connects(seat) || by == Some(seat) {
            return None;
        }
        let state = if politics == Politics::Cut { LineState::Cut } else { LineState::Presumed };
        Some(NewsKind::Line { channel, state })
    }
}

fn call_news(
    seat: SeatId,
    channel: ChannelId,
    from: SeatId,
    to: SeatId,
    said: crate::engine::order::Message,
    result: CallResult,
) -> Option<NewsKind> {
    if from == seat {
        return Some(match result {
            CallResult::Answered(message) => NewsKind::CallAnswered { channel, by: to, message },
            CallResult::Refused | CallResult::LetRing | CallResult::Fault | CallResult::TooSlow => {
                NewsKind::CallUnanswered { channel, to }
            }
        });
    }
    if to != seat {
        return None;
    }
    match result {
        CallResult::Answered(_) => Some(NewsKind::CallTaken { channel, from, message: said }),
        CallResult::LetRing => Some(NewsKind::CallMissed { channel, from }),
        CallResult::Refused | CallResult::Fault | CallResult::TooSlow => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::{ActionId, Rung, SiteId};

    #[test]
    fn an_act_is_the_fire_right_before_it_if_both_are_the_seats_own() {
        let [own, other] = [0, 1].map(SeatId::new);
        let fire = |by: SeatId| Fact::Fire {
            site: SiteId::new(0),
            by,
            at: SeatId::new(2),
            rung: Rung(6),
            rounds: 4,
            reported: 4,
            after: 3,
            cause: Cause::Standing,
        };
        let act = |by: SeatId| Fact::Act { by, action: ActionId::new(0), cause: Cause::Standing };
        let mut own_fire = OwnFire::default();
        for (next, is) in [
            (act(own), false),
            (fire(own), false),
            (act(own), true),
            (act(own), false),
            (fire(other), false),
            (act(own), false),
            (fire(own), false),
            (act(other), false),
            (act(own), false),
        ] {
            assert_eq!(own_fire.next_is(own, &next), is, "{next:?}");
        }
    }
}
