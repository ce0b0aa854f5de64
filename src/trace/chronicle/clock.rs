//! What waited and what did not get through: calls that nobody answered, consultations against the clock.

use crate::engine::{CallResult, Change, Counter, Fact, Game};
use crate::scenario::Scenario;
use crate::trace::call::CallRecord;
use crate::trace::debrief::{Consultation, ConsultationEnd, Unanswered};
use crate::trace::wording::Wording;
use crate::vocabulary::{BodyId, Id, Minute, Rung};

/// Follows calls and consultations.
#[derive(Clone, Debug, Default)]
pub(super) struct Clock {
    pub(super) calls: Vec<Unanswered>,
    /// With the body and when its answer is due, as long as it has not answered.
    asked: Vec<(Option<(BodyId, Minute)>, Consultation)>,
    /// Acts at the hot rung or above.
    hot: Vec<Minute>,
    standing: Rung,
}

impl Clock {
    pub(super) fn call(&mut self, record: &CallRecord, game: &Game, scenario: &Scenario) {
        let words = Wording::new(scenario);
        let turn = record.in_turn();
        let late = late(record);
        for timed in record.facts() {
            let minute = timed.minute;
            match timed.fact {
                Fact::Standing { rung } => self.standing = rung,
                Fact::Act { action, .. } => {
                    let rung = game.rules().bound.actions[action.index()].rung;
                    if i32::from(rung.0) >= game.rules().bound.model.hot_rung {
                        self.hot.push(minute);
                    }
                }
                Fact::Call { channel, from, to, result, .. } => {
                    let Some(why) = why(result) else { continue };
                    self.calls.push(Unanswered {
                        minute,
                        turn,
                        from: words.seat(from),
                        to: words.seat(to),
                        over: words.channel(channel),
                        why: why.to_owned(),
                    });
                }
                Fact::Consulted { by, body, action, due } => {
                    let told = Consultation {
                        body: words.body(body),
                        by: words.seat(by),
                        action: words.action(action),
                        asked: minute,
                        turn,
                        rungs: (self.standing, self.standing),
                        ..Consultation::default()
                    };
                    self.asked.push((Some((body, due)), told));
                }
                Fact::BodyAnswered { body, granted, by_default, .. } => {
                    let asked = |(waits, _): &&mut (Option<(BodyId, Minute)>, _)| {
                        waits.is_some_and(|(of, _)| of == body)
                    };
                    let Some((waits, told)) = self.asked.iter_mut().find(asked) else { continue };
                    // The news come with the step of play that follows.
                    told.took = waits.take().map(|(_, due)| due - told.asked);
                    told.late = late.contains(&body);
                    told.rungs.1 = self.standing;
                    told.acts = self.hot.iter().filter(|act| **act >= told.asked).count() as u32;
                    told.came = match (granted, by_default) {
                        (true, false) => ConsultationEnd::Granted,
                        (true, true) => ConsultationEnd::GrantedByDefault,
                        (false, _) => ConsultationEnd::RefusedByDefault,
                    };
                }
                _ => {}
            }
        }
    }

    /// The consultations, in order; what still waited at the end came too late.
    pub(super) fn consultations(&self, game: &Game) -> Vec<Consultation> {
        let told = self.asked.iter().map(|(waits, told)| {
            let mut told = told.clone();
            if waits.is_some() {
                told.late = true;
                told.rungs.1 = game.standing_rung();
                told.acts = self.hot.iter().filter(|act| **act >= told.asked).count() as u32;
            }
            told
        });
        told.collect()
    }
}

/// The bodies whose answers in this call came too late: the count of that stands before the body is free again.
fn late(record: &CallRecord) -> Vec<BodyId> {
    let (mut counted, mut late) = (false, Vec::new());
    for change in record.changes() {
        match *change {
            Change::Count(Counter::ConsultationsLate, _) => counted = true,
            Change::BodyFree(body) if std::mem::take(&mut counted) => late.push(body),
            _ => {}
        }
    }
    late
}

/// Why a call was not answered; nothing if it was.
fn why(result: CallResult) -> Option<&'static str> {
    match result {
        CallResult::Answered(_) => None,
        CallResult::Refused => Some("the owner of the line keeps it closed"),
        CallResult::LetRing => Some("it was left to ring"),
        CallResult::Fault => Some("the line was at fault"),
        CallResult::TooSlow => Some("the line was too slow"),
    }
}
