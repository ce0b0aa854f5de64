//! Which news told a seat of which fact: for the debrief, which sets truth beside what was perceived.

use super::wording::one_line;
use crate::engine::{Fact, NewsKind};
use crate::scenario::Scenario;
use crate::vocabulary::Id;

/// What a seat saw of a fact by a piece of news, if the news is about that fact. Percepts, which can differ from the
/// truth, are facts of their own and not matched here.
pub(super) fn seen_as(scenario: &Scenario, fact: &Fact, news: &NewsKind) -> Option<&'static str> {
    const AS_IT_WAS: &str = "it as it was";
    let matched = match (fact, news) {
        (Fact::Inject(inject), NewsKind::Message { headline, .. }) => {
            let doc = scenario.document.injects.get(inject.index());
            doc.is_some_and(|doc| one_line(&doc.label) == one_line(headline))
        }
        (Fact::Act { action, .. }, NewsKind::OwnAct { action: own }) if action == own => {
            return Some("its own order carried out");
        }
        (Fact::Act { action, .. }, NewsKind::OwnActOfScenario { action: own }) if action == own => {
            return Some("its own side act without its order");
        }
        (Fact::Act { action, .. }, NewsKind::OwnActStanding { action: own }) if action == own => {
            return Some("its own forces act without asking");
        }
        (Fact::Failed { action, .. }, NewsKind::OwnActFailed { action: own, .. }) if action == own => {
            return Some("its own order fail");
        }
        (Fact::Delayed { action, .. }, NewsKind::OwnActDelayed { action: own, .. }) if action == own => {
            return Some("its own order wait");
        }
        (Fact::Countermanded { action, .. }, NewsKind::OwnActTakenBack { action: own }) if action == own => {
            return Some("its own order taken back");
        }
        (Fact::NotGone { action, .. }, NewsKind::OwnAct { action: own }) if action == own => {
            return Some("a report that it was done");
        }
        (Fact::Hail { site, by, heeded, .. }, NewsKind::Hail { site: at, by: who, heeded: turned }) => {
            (site, by, heeded) == (at, who, turned)
        }
        (Fact::Call { channel, to, .. }, NewsKind::CallAnswered { channel: line, by, .. })
            if channel == line && to == by =>
        {
            return Some("its own call answered");
        }
        (Fact::Call { channel, to, .. }, NewsKind::CallUnanswered { channel: line, to: callee })
            if channel == line && to == callee =>
        {
            return Some("its own call ring out");
        }
        (Fact::Call { channel, from, .. }, NewsKind::CallTaken { channel: line, from: caller, .. })
            if channel == line && from == caller =>
        {
            return Some("the call come in");
        }
        (Fact::Call { channel, from, .. }, NewsKind::CallMissed { channel: line, from: caller })
            if channel == line && from == caller =>
        {
            return Some("the call come in, and let it ring");
        }
        (Fact::Stopped { by, action }, NewsKind::Stopped { by: whose, action: what }) => {
            by == whose && action == what
        }
        (Fact::Fire { site, by, rung, .. }, NewsKind::Fire { site: at, by: who, rung: height, .. }) => {
            (site, by, rung) == (at, who, height)
        }
        (Fact::CeaseFire { site, .. }, NewsKind::CeaseFire { site: at, .. }) => site == at,
        (Fact::Deaths { seat, dead, .. }, NewsKind::Deaths { seat: whose, dead: number, .. }) => {
            seat == whose && dead == number
        }
        (Fact::Line { channel, .. }, NewsKind::Line { channel: which, .. })
        | (Fact::Undelivered { channel, .. }, NewsKind::Undelivered { channel: which }) => channel == which,
        (Fact::Proposed { number, .. }, NewsKind::Proposal { number: which, .. })
        | (Fact::AnsweredProposal { number, .. }, NewsKind::Answered { number: which, .. })
        | (Fact::Lapsed { number, .. }, NewsKind::Lapsed { number: which, .. })
        | (Fact::Agreed { number, .. }, NewsKind::Agreed { number: which, .. }) => number == which,
        (Fact::TalksRound { round, .. }, NewsKind::TalksRound { round: which, .. }) => round == which,
        (Fact::TalksBroken { .. }, NewsKind::TalksBroken { .. }) => true,
        (
            Fact::BodyAnswered { body, action, .. },
            NewsKind::BodyAnswered { body: which, action: what, .. },
        ) => body == which && action == what,
        (Fact::Restrained { by, .. }, NewsKind::Restrained { by: who, .. }) => by == who,
        (Fact::ReleaseAsked { by, action, .. }, NewsKind::ReleaseAsked { by: who, action: what })
        | (Fact::Defied { by, action, .. }, NewsKind::Defied { by: who, action: what }) => {
            by == who && action == what
        }
        (Fact::Statement { .. }, NewsKind::OwnStatement { .. }) => true,
        (Fact::Restrained { ally, .. }, NewsKind::OwnRestraint { ally: whom, .. }) => ally == whom,
        (Fact::ReleaseAsked { ally, action, .. }, NewsKind::OwnReleaseAsked { ally: whom, action: what }) => {
            ally == whom && action == what
        }
        (Fact::Released { by, up_to, .. }, NewsKind::Released { by: who, up_to: rung }) => {
            by == who && up_to == rung
        }
        (Fact::Accord { accord, .. }, NewsKind::Accord { accord: which, .. }) => accord == which,
        (Fact::Trigger { trigger, .. }, NewsKind::Trigger { trigger: which, .. }) => trigger == which,
        (Fact::Season { .. }, NewsKind::Season { .. }) | (Fact::Ended { .. }, NewsKind::Ended { .. }) => true,
        _ => false,
    };
    matched.then_some(AS_IT_WAS)
}
