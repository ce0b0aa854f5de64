//! Channels: technical faults are repaired by chance; a line that nobody owns draws its own politics.
//!
//! Nothing here, and nothing in the state of a channel, enters any hazard, rung or ending: channels deliver words.

use crate::engine::event::{Change, Fact, Purpose, Recorder};
use crate::engine::observation::LineState;
use crate::engine::rules::Rules;
use crate::engine::state::State;
use crate::engine::step::Step;
use crate::scenario::section::Regime;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{Chance, ChannelId, DAY, Id};

/// Whether a call over a channel can get through at all now: what is imposed on it, then politics.
pub fn is_open<R: Recorder>(step: &Step<'_, R>, channel: ChannelId) -> bool {
    opened(step.rules, step.state, channel)
}

/// Whether words get through a channel now: it is open, and it works.
pub fn carries(rules: &Rules, state: &State, channel: ChannelId) -> bool {
    opened(rules, state, channel) && state.lines[channel.index()].working
}

fn opened(rules: &Rules, state: &State, channel: ChannelId) -> bool {
    match rules.bound.channels[channel.index()].regime {
        Regime::ForcedOpen => true,
        Regime::ForcedCut => false,
        Regime::AsRecorded => state.lines[channel.index()].politics == Politics::Open,
    }
}

/// Sets a channel's politics by nobody's order. Its members take it for what is announced of such a state.
pub fn impose<R: Recorder>(step: &mut Step<'_, R>, channel: ChannelId, politics: Politics) {
    let line = step.state.lines[channel.index()];
    step.change(Change::Political(channel, politics));
    if let Some(seen) = LineState::announced(politics).filter(|_| line.politics != politics) {
        for &member in &step.rules.bound.channels[channel.index()].members {
            step.change(Change::LineSeen(channel, member, seen));
        }
    }
    step.fact(Fact::Line { channel, politics, working: line.working, by: None });
}

/// Repairs, and the politics of lines without an owner.
pub fn run<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    for (c, bound) in rules.bound.channels.iter().enumerate() {
        let channel = ChannelId::new(c);
        let line = state.lines[c];
        let luck = rules.luck.channels[c];
        if !line.working && step.chance(Purpose::Repair, luck.with("repair"), 0, bound.repair) {
            step.change(Change::Technical(channel, true));
            step.fact(Fact::Line { channel, politics: line.politics, working: true, by: None });
        }
        if bound.owner.is_none() {
            let daily = if line.politics == Politics::Open { bound.cut } else { bound.restore };
            let a_tick = scale_to_tick(daily, rules.bound.model.tick_minutes);
            if step.chance(Purpose::LinePolitics, luck.with("politics"), 0, a_tick) {
                let politics = if line.politics == Politics::Open { Politics::Cut } else { Politics::Open };
                step.change(Change::Political(channel, politics));
                step.fact(Fact::Line { channel, politics, working: line.working, by: None });
            }
        }
    }
}

/// A small daily chance as a chance a tick.
fn scale_to_tick(daily: Chance, tick: i32) -> Chance {
    Chance::from_parts(daily.parts() * tick.max(1) as u64 / DAY as u64)
}
