//! Contact: calls and requests before orders are sealed. Seats may lie; a caller cannot tell refusal from fault.

use super::{alliance, bodies, channels, percepts};
use crate::engine::dice::SiteId;
use crate::engine::event::{CallResult, Change, Counter, Fact, Purpose, Recorder};
use crate::engine::observation::LineState;
use crate::engine::order::{CallAnswer, Contact, Message};
use crate::engine::step::Step;
use crate::scenario::section::Carries;
use crate::vocabulary::{Chance, ChannelId, Cost, Id, Minute, ONE_MILLION, Reading, SeatId};

/// A call that was placed in the first round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Over which channel.
    pub channel: ChannelId,
    /// From whom.
    pub from: SeatId,
    /// To whom.
    pub to: SeatId,
    /// What will be said.
    pub message: Message,
    /// Why it does not ring at the other end, if so. Its caller hears that in the second round, when a call that
    /// rings out would end too: the moment must not tell a fault from a callee who does not answer.
    pub stopped: Option<CallResult>,
}

/// Takes a request of the first round; calls are returned, to be answered in the second.
pub fn place<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, contact: &Contact) -> Option<Call> {
    match *contact {
        Contact::Call { channel, to, message } => Some(ring(step, seat, channel, to, message)),
        Contact::Consult { body, action } => {
            bodies::request(step, seat, body, action);
            None
        }
        Contact::Restrain { ally, from, with } => {
            alliance::restrain(step, seat, ally, from, with);
            None
        }
        Contact::AskRelease { ally, action } => {
            step.fact(Fact::ReleaseAsked { by: seat, ally, action });
            None
        }
    }
}

/// Where the luck of a caller's calls over a channel lies.
fn luck<R: Recorder>(step: &Step<'_, R>, channel: ChannelId, caller: SeatId) -> SiteId {
    step.rules.luck.channels[channel.index()].within(step.rules.luck.seats[caller.index()])
}

/// A call in the middle of an exchange of fire, answered by the callee's standing instruction; a line that is slower
/// than the `time` that is left is too slow.
pub fn flash<R: Recorder>(
    step: &mut Step<'_, R>,
    from: SeatId,
    channel: ChannelId,
    to: SeatId,
    message: Message,
    time: Minute,
) {
    let mut call = ring(step, from, channel, to, message);
    if call.stopped.is_none() && step.rules.bound.channels[channel.index()].latency > time {
        call.stopped = Some(CallResult::TooSlow);
    }
    let answering = step.state.ends[channel.index() * step.rules.seats() + to.index()].answering;
    let reply = if answering { CallAnswer::Answer(Message::Query) } else { CallAnswer::LetRing };
    answer(step, &call, reply);
}

fn ring<R: Recorder>(
    step: &mut Step<'_, R>,
    from: SeatId,
    channel: ChannelId,
    to: SeatId,
    message: Message,
) -> Call {
    let rules = step.rules;
    let bound = &rules.bound.channels[channel.index()];
    let luck = luck(step, channel, from);
    step.count(Counter::CallsTried);
    let works = step.state.lines[channel.index()].working;
    let fault = works && step.chance(Purpose::Fault, luck.with("fault"), 0, bound.fault);
    if fault {
        step.change(Change::Technical(channel, false));
    }
    let result = if !works || fault {
        Some(CallResult::Fault)
    } else if !channels::is_open(step, channel) {
        Some(CallResult::Refused)
    } else if bound.latency >= rules.call_time(step.state.season, step.state.minute) {
        Some(CallResult::TooSlow)
    } else {
        None
    };
    Call { channel, from, to, message, stopped: result }
}

/// Ends a call by what its callee does, if it rings there at all.
pub fn answer<R: Recorder>(step: &mut Step<'_, R>, call: &Call, answer: CallAnswer) {
    let rules = step.rules;
    let reply = match (call.stopped, answer) {
        (Some(why), _) => return unanswered(step, call, why),
        (None, CallAnswer::LetRing) => return unanswered(step, call, CallResult::LetRing),
        (None, CallAnswer::Answer(reply)) => reply,
    };
    let bound = &rules.bound.channels[call.channel.index()];
    let luck = luck(step, call.channel, call.from);
    step.count(Counter::CallsAnswered);
    step.change(Change::LineSeen(call.channel, call.from, LineState::Answered));
    step.change(Change::LineSeen(call.channel, call.to, LineState::Answered));
    step.fact(Fact::Call {
        channel: call.channel,
        from: call.from,
        to: call.to,
        said: call.message,
        result: CallResult::Answered(reply),
    });
    for (by, observer, message) in [(call.from, call.to, call.message), (call.to, call.from, reply)] {
        if matches!(message, Message::Test | Message::Query) {
            continue;
        }
        let clear =
            step.chance(Purpose::Fidelity, luck.with("fidelity"), u32::from(by == call.to), bound.fidelity);
        let meant = if clear { message.reading() } else { Reading::Neutral };
        hear(step, by, observer, meant, luck);
    }
    leak(step, call, luck, bound.leak);
}

/// Lets an observer hear words over a channel; `luck` is the call's.
fn hear<R: Recorder>(step: &mut Step<'_, R>, by: SeatId, observer: SeatId, meant: Reading, luck: SiteId) {
    let rules = step.rules;
    let signal = percepts::Signal {
        by,
        meant,
        cost: Cost::Cheap,
        path: rules.path_of(Carries::Messages),
        explained: false,
        action: None,
        credit: ONE_MILLION,
        site: luck.with("message").within(rules.luck.seats[by.index()]),
        index: 0,
    };
    percepts::perceive(step, observer, &signal);
}

fn unanswered<R: Recorder>(step: &mut Step<'_, R>, call: &Call, result: CallResult) {
    step.change(Change::LineSeen(call.channel, call.from, LineState::NoAnswer));
    step.fact(Fact::Call { channel: call.channel, from: call.from, to: call.to, said: call.message, result });
    // Silence is a signal too: the caller reads it as firm, whatever its cause.
    hear(step, call.to, call.from, Reading::Firm, luck(step, call.channel, call.from).with("silence"));
}

/// A private call between a seat and its rival may become known to the caller's allies.
fn leak<R: Recorder>(step: &mut Step<'_, R>, call: &Call, luck: SiteId, chance: Chance) {
    let rules = step.rules;
    let caller = &rules.bound.seats[call.from.index()];
    if !caller.rivals.contains(&call.to) || !step.chance(Purpose::Leak, luck.with("leak"), 0, chance) {
        return;
    }
    for &ally in caller.allies.iter().filter(|a| rules.bound.seats[a.index()].plays) {
        if rules.bound.channels[call.channel.index()].connects(ally) {
            continue;
        }
        step.fact(Fact::Leak { to: ally, caller: call.from, with: call.to });
        let cost = rules.bound.model.leak_cost;
        alliance::assure(step, ally, call.from, -cost);
    }
}
