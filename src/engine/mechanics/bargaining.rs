//! Bargaining: statements, proposals, ultimatums, talks.

use super::{channels, percepts};
use crate::engine::event::{Change, Counter, Fact, Purpose, Recorder};
use crate::engine::order::{Answer, ProposalDraft, Word};
use crate::engine::state::{NEVER, Proposal, Talks};
use crate::engine::step::{Step, Truth};
use crate::scenario::section::Carries;
use crate::vocabulary::{Chance, Cost, Id, Reading, Rung, SeatId, TermId};

/// Takes a seat's word.
pub fn say<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, word: &Word) {
    match word {
        Word::Statement { reading, bound: _ } => state_publicly(step, seat, *reading),
        Word::Propose(draft) => propose(step, seat, draft),
        Word::Answer { proposal, answer } => reply(step, seat, *proposal, *answer),
        Word::Extend { proposal } => {
            let own = step.state.proposals.iter().find(|p| p.number == *proposal && p.from == seat);
            if let Some(own) = own.filter(|p| p.deadline != NEVER) {
                step.change(Change::Deadline(own.number, own.deadline + 1440));
            }
        }
    }
}

fn state_publicly<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, meant: Reading) {
    let rules = step.rules;
    step.fact(Fact::Statement { by: seat, meant });
    step.change(Change::ActAt(Rung(u8::from(meant >= Reading::Firm))));
    for (o, other) in rules.bound.seats.iter().enumerate() {
        let observer = SeatId::new(o);
        if observer == seat || !other.plays {
            continue;
        }
        let signal = percepts::Signal {
            by: seat,
            meant,
            cost: Cost::Cheap,
            path: rules.path_of(Carries::Statements),
            explained: false,
            action: None,
            site: rules.luck.statement.within(rules.luck.seats[seat.index()]),
            index: 0,
        };
        let perceived = percepts::perceive(step, observer, &signal);
        step.fact(Fact::StatementHeard { observer, by: seat, perceived });
    }
}

fn propose<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, draft: &ProposalDraft) {
    let rules = step.rules;
    if let Some(channel) = draft.over
        && (!channels::is_open(step, channel) || !step.state.lines[channel.index()].working)
    {
        step.fact(Fact::Undelivered { from: seat, channel });
        return;
    }
    let number = step.proposal_number(seat);
    let deadline = draft.deadline.map_or(NEVER, |minutes| step.state.minute + minutes);
    // A term whose needs do not hold cannot be offered: it falls out of the package.
    let state = step.state;
    let registers = &mut step.out.registers;
    let offered = draft.terms.iter().filter(|term| {
        let needs = rules.programs.term_needs[term.index()].as_ref();
        needs.is_none_or(|guard| guard.holds(&Truth { rules, state }, registers))
    });
    let terms = offered.fold(0, |bits, term| bits | 1u64 << (term.index() % 64));
    if terms == 0 {
        return;
    }
    step.change(Change::Proposal(Proposal {
        number,
        from: seat,
        to: draft.to,
        over: draft.over,
        terms,
        deadline,
        threat: draft.threat,
        ambiguous: draft.ambiguous,
        opened: step.state.minute,
        answer: None,
    }));
    step.change(Change::Wake);
    let ultimatum = draft.threat.is_some();
    step.fact(Fact::Proposed { number, from: seat, to: draft.to, public: draft.over.is_none(), ultimatum });
    let signal = percepts::Signal {
        by: seat,
        meant: if ultimatum { Reading::Threatening } else { Reading::Conciliatory },
        cost: if ultimatum { Cost::TiedHands } else { Cost::Cheap },
        path: rules.path_of(if draft.over.is_some() { Carries::Messages } else { Carries::Statements }),
        explained: false,
        action: None,
        site: rules.luck.statement.with("proposal").within(rules.luck.seats[seat.index()]),
        index: 0,
    };
    percepts::perceive(step, draft.to, &signal);
}

fn reply<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, number: u16, answer: Answer) {
    let state = step.state;
    let Some(proposal) = state.proposals.iter().find(|p| p.number == number && p.to == seat) else { return };
    step.change(Change::Answered(number, answer));
    step.change(Change::Wake);
    step.fact(Fact::AnsweredProposal {
        number,
        by: seat,
        to: proposal.from,
        public: proposal.over.is_none(),
        answer,
    });
    match answer {
        Answer::Accept => agree(step, proposal),
        Answer::Talk => {
            let next = state.minute + step.rules.bound.model.talks_round;
            step.change(Change::Talks(Some(Talks {
                a: proposal.from,
                b: seat,
                proposal: number,
                terms: proposal.terms,
                rounds: 0,
                next,
            })));
            // Agreeing to talk is what lets an ultimatum pass without a loss of face.
            step.change(Change::Deadline(number, NEVER));
        }
        Answer::Stall => {}
        Answer::Reject => {
            if proposal.deadline == NEVER {
                step.change(Change::ProposalClosed(number));
            }
        }
    }
}

/// The terms take effect.
fn agree<R: Recorder>(step: &mut Step<'_, R>, proposal: &Proposal) {
    let rules = step.rules;
    let mut settles = false;
    for (t, term) in rules.bound.terms.iter().enumerate().filter(|(t, _)| proposal.terms >> t & 1 == 1) {
        settles |= term.settles;
        if let Some(rung) = term.caps_at {
            step.change(Change::Cap(Rung(rung)));
        }
        if let Some(program) = &rules.programs.term_effects[TermId::new(t).index()] {
            step.run(program, term.giver);
        }
    }
    if settles {
        step.change(Change::Settled(true));
    }
    step.change(Change::ProposalClosed(proposal.number));
    step.change(Change::Talks(None));
    step.fact(Fact::Agreed { number: proposal.number, a: proposal.from, b: proposal.to, settles });
}

/// Rounds of talks that are due: one may be walked out of.
pub fn talks<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    let Some(talks) = state.talks.filter(|t| t.next <= state.minute) else { return };
    let model = &rules.bound.model;
    let walk_out = Chance::ppm(i64::from(model.walk_out));
    let round = talks.rounds + 1;
    step.change(Change::Wake);
    if step.chance(Purpose::WalkOut, rules.luck.talks, u32::from(round), walk_out) {
        step.change(Change::Talks(None));
        step.change(Change::ProposalClosed(talks.proposal));
        step.rolled(Fact::TalksBroken { a: talks.a, b: talks.b, by: None }, walk_out, true);
    } else {
        step.change(Change::Talks(Some(Talks {
            rounds: round,
            next: state.minute + model.talks_round,
            ..talks
        })));
        step.rolled(Fact::TalksRound { a: talks.a, b: talks.b, round }, walk_out, false);
    }
}

/// Deadlines that have passed: the sender has executed the threat, or lets it lapse and loses face.
pub fn deadlines<R: Recorder>(step: &mut Step<'_, R>) {
    let (rules, state) = (step.rules, step.state);
    let model = &rules.bound.model;
    for proposal in state.proposals.iter().filter(|p| p.deadline <= state.minute) {
        let executed = proposal.threat.is_some_and(|threat| {
            let rung = rules.bound.actions[threat.index()].rung;
            let last = state.last_at[rung.index()];
            (last != NEVER && last >= proposal.opened && last <= state.minute)
                || state.ongoing.iter().any(|o| o.seat == proposal.from && o.action == threat)
        });
        if proposal.threat.is_some() && !executed {
            step.count(Counter::Lapses);
            let publicity = if proposal.over.is_none() { 1000 } else { 500 };
            // A target that visibly prepared makes backing down cheaper.
            let prepared = state.stimuli.iter().any(|s| s.by == proposal.to && s.minute >= proposal.opened)
                || state.ongoing.iter().any(|o| o.seat == proposal.to && o.since >= proposal.opened);
            let share = if prepared { i64::from(model.visible_preparation) } else { 1_000_000 };
            let cost = i64::from(model.audience_cost) * publicity / 1000 * share / 1_000_000;
            step.change(Change::Face(proposal.from, cost as i32));
        }
        step.change(Change::ProposalClosed(proposal.number));
        step.change(Change::Wake);
        step.fact(Fact::Lapsed { number: proposal.number, from: proposal.from, to: proposal.to, executed });
    }
}
