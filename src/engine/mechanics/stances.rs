//! Stances: changes of standing orders, lines, consents, delegations and accords.

use super::{losses, percepts};
use crate::engine::event::{Cause, Change, Counter, Fact, Recorder};
use crate::engine::observation::LineState;
use crate::engine::order::Stance;
use crate::engine::state::{Scheduled, Standing, Stimulus};
use crate::engine::step::Step;
use crate::scenario::section::{Carries, Domain};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{Cells, ChannelId, Cost, Id, ONE_MILLION, Reading, Rung, SeatId};

/// Carries out one change of stance.
pub fn take<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, stance: &Stance) {
    let (rules, state) = (step.rules, step.state);
    match *stance {
        Stance::Engage { site, reply, volume, delegated } => {
            step.change(Change::Standing(seat, site, Standing { reply, volume, delegated }));
        }
        Stance::Answering { channel, answers } => step.change(Change::Answering(channel, seat, answers)),
        Stance::Line { channel, politics } => {
            if rules.bound.channels[channel.index()].owner != Some(seat) {
                return;
            }
            let line = state.lines[channel.index()];
            step.change(Change::Political(channel, politics));
            step.fact(Fact::Line { channel, politics, working: line.working, by: Some(seat) });
            if let Some(seen) = LineState::announced(politics) {
                for &member in &rules.bound.channels[channel.index()].members {
                    step.change(Change::LineSeen(channel, member, seen));
                }
            }
            if politics == Politics::Cut && line.politics != Politics::Cut {
                cut(step, seat, channel);
            }
        }
        Stance::Consent { ally, up_to } => {
            // What is given is told; what is taken back shows when it fails.
            if up_to > state.consents[seat.index() * rules.seats() + ally.index()] {
                step.fact(Fact::Released { by: seat, ally, up_to });
            }
            step.change(Change::Consent(seat, ally, up_to));
        }
        Stance::PreDelegate { trigger, on } => {
            if rules.bound.triggers[trigger.index()].seat == seat {
                step.change(Change::PreDelegate(trigger, on));
            }
        }
        Stance::Stop { action } => {
            if state.ongoing.iter().any(|o| o.seat == seat && o.action == action) {
                step.change(Change::Stop(seat, action));
                step.fact(Fact::Stopped { by: seat, action });
                if let Some(program) = &rules.programs.on_stop[action.index()] {
                    step.run(program, seat);
                }
            }
        }
        Stance::Countermand { action } => {
            let own = |s: &&Scheduled| s.seat == seat && s.action == action && s.cause != Cause::Scenario;
            for order in state.scheduled.iter().filter(own) {
                step.change(Change::Unschedule(order.number));
                step.fact(Fact::Countermanded { by: seat, action });
            }
        }
        Stance::Accord { accord, keep } => {
            if !rules.bound.accords[accord.index()].parties.contains(&seat) {
                return;
            }
            let status = match (state.accords[accord.index()], keep) {
                (AccordStatus::InForce, false) => AccordStatus::Suspended,
                (AccordStatus::Suspended, true) => AccordStatus::InForce,
                _ => return,
            };
            step.change(Change::Accord(accord, status));
            step.fact(Fact::Accord { accord, status });
            if status == AccordStatus::Suspended {
                step.count(Counter::AccordsBroken);
                if let Some(program) = &rules.programs.accord_breaks[accord.index()] {
                    step.run(program, seat);
                }
            }
        }
    }
}

/// A cut line is an act, a stimulus, and a signal to all at its other ends.
fn cut<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, channel: ChannelId) {
    let rules = step.rules;
    let rung = Rung::nearest(rules.bound.model.cut_rung);
    step.change(Change::ActAt(rung));
    let ends = rules.bound.channels[channel.index()].members.iter();
    for &observer in ends.filter(|m| **m != seat && rules.bound.seats[m.index()].plays) {
        let signal = percepts::Signal {
            by: seat,
            meant: Reading::Firm,
            cost: Cost::Sunk,
            path: rules.path_of(Carries::Statements),
            explained: false,
            action: None,
            credit: ONE_MILLION,
            site: rules.luck.channels[channel.index()].with("cut").within(rules.luck.seats[seat.index()]),
            index: 0,
        };
        percepts::perceive(step, observer, &signal);
    }
    if let Some(against) = step.rules.target(seat) {
        let number = step.number();
        step.change(Change::Stimulus(Stimulus {
            number,
            by: seat,
            against,
            rung,
            domain: Domain::Political,
            deaths: 0,
            minute: step.state.minute,
            case: None,
            rounds: losses::VOLLEY,
            open: Cells::UNARMED,
        }));
    }
}
