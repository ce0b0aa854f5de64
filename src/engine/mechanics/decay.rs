//! What fades by itself: tracks towards their baselines, excitation, continuing acts that have run their time.

use crate::engine::dice::{Draws, SiteId};
use crate::engine::event::{Change, Fact, Purpose, Recorder};
use crate::engine::step::Step;
use crate::vocabulary::{Chance, Id};

/// Lets a tick's worth of time pass.
pub fn run<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    for &(id, kept) in &rules.kept {
        let t = id.index();
        let track = &rules.bound.tracks[t];
        let distance = track.baseline - state.levels[t];
        if distance == 0 {
            continue;
        }
        // Whole levels move at once; the rest moves with its chance, so that the mean decay is exact.
        let due = i64::from(distance.abs()) * i64::from(1_000_000 - kept);
        let whole = (due / 1_000_000) as i32;
        let rest = Chance::ppm(due % 1_000_000);
        let extra = i32::from(step.chance(Purpose::Decay, rules.luck.tracks[t], 0, rest));
        if whole + extra > 0 {
            step.change(Change::Level(id, (whole + extra) * distance.signum()));
        }
    }
    if state.excitation > 0 {
        let kept = (i64::from(state.excitation) * rules.bound.excitation_kept.parts() as i64) >> 32;
        step.change(Change::Excitation(kept as i32));
    }
    for ongoing in &state.ongoing {
        if ongoing.until <= state.minute {
            step.change(Change::Stop(ongoing.seat, ongoing.action));
            step.fact(Fact::Stopped { by: ongoing.seat, action: ongoing.action });
            if let Some(program) = &rules.programs.on_stop[ongoing.action.index()] {
                step.run(program, ongoing.seat);
            }
        }
    }
}

/// Who acts first among those due in one tick: a rank by keyed luck, not by the order of a list.
pub fn initiative<R: Recorder>(step: &Step<'_, R>, seat: SiteId) -> u32 {
    step.dice.draw(seat.with("initiative"), 0)
}
