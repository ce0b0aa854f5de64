//! Channels: technical faults are repaired by chance; a line that nobody owns draws its own politics.
//!
//! Nothing here, and nothing in the state of a channel, enters any hazard, rung or ending: channels deliver words.

use crate::engine::event::{Change, Fact, Purpose, Recorder};
use crate::engine::step::Step;
use crate::scenario::section::Regime;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{Chance, ChannelId, DAY, Id};

/// Whether a call over a channel can get through at all now: what is imposed on it, then politics.
pub fn is_open<R: Recorder>(step: &Step<'_, R>, channel: ChannelId) -> bool {
    match step.rules.bound.channels[channel.index()].regime {
        Regime::ForcedOpen => true,
        Regime::ForcedCut => false,
        Regime::AsRecorded => step.state.lines[channel.index()].politics == Politics::Open,
    }
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
