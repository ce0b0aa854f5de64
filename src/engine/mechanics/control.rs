//! What control changes by hand. The seats learn of it as they would of the same thing without control.

use super::{acts, channels, stances};
use crate::engine::control::Effect;
use crate::engine::event::{Cause, Change, Fact, Recorder};
use crate::engine::order::Stance;
use crate::engine::state::Scheduled;
use crate::engine::step::Step;
use crate::vocabulary::{ActionId, Id, SeatId};

/// Brings one effect about.
pub fn bring_about<R: Recorder>(step: &mut Step<'_, R>, effect: &Effect) {
    let state = step.state;
    match *effect {
        Effect::Level { track, level } => {
            step.change(Change::Level(track, level.saturating_sub(state.levels[track.index()])));
        }
        Effect::Shift { track, by } => step.change(Change::Level(track, by)),
        Effect::Line { channel, politics } => channels::impose(step, channel, politics),
        Effect::Works { channel, working } => {
            let politics = state.lines[channel.index()].politics;
            step.change(Change::Technical(channel, working));
            step.fact(Fact::Line { channel, politics, working, by: None });
        }
        Effect::Deaths { seat, dead } => {
            // A correction never brings back more than have died.
            let dead = dead.max(-state.deaths[seat.index()]);
            step.change(Change::Deaths(seat, dead));
            if dead > 0 {
                step.fact(Fact::Deaths { seat, dead, civilians: 0 });
            }
        }
        Effect::Civilians { dead } => step.change(Change::Civilians(dead.max(-state.civilians))),
        Effect::Accord { accord, status } => {
            step.change(Change::Accord(accord, status));
            step.fact(Fact::Accord { accord, status });
        }
        Effect::Act { seat, action } => act(step, seat, action),
        Effect::Stop { seat, action } => stances::take(step, seat, &Stance::Stop { action }),
        Effect::Cancel { seat, action } => {
            for order in state.scheduled.iter().filter(|s| s.seat == seat && s.action == action) {
                step.change(Change::Unschedule(order.number));
                step.fact(Fact::Countermanded { by: seat, action });
            }
        }
    }
}

/// An act that happens whatever its seat would order. What opens fire waits for the exchange that may follow;
/// everything else has happened when seats next decide.
pub fn act<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, action: ActionId) {
    if step.rules.bound.actions[action.index()].fires_at.is_none() {
        acts::perform(step, seat, action, &acts::Manner::plain(Cause::Scenario));
        return;
    }
    step.change(Change::Schedule(Scheduled {
        number: step.number(),
        seat,
        action,
        due: step.state.minute,
        defy: false,
        voidable: false,
        bound: None,
        cause: Cause::Scenario,
        answers: None,
    }));
}
