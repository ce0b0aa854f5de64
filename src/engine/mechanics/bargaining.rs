//! Bargaining: statements, proposals, ultimatums, talks.

use super::{channels, percepts};
use crate::engine::event::{Change, Counter, Fact, Purpose, Recorder};
use crate::engine::observation::TalksLevel;
use crate::engine::order::{Answer, ProposalDraft, Word};
use crate::engine::state::{NEVER, Proposal, Talks};
use crate::engine::step::{Step, Truth};
use crate::scenario::document::Mechanic;
use crate::scenario::section::Carries;
use crate::vocabulary::{ActionId, Chance, Cost, Id, ONE_MILLION, Reading, Rung, SeatId, TermId};

/// Takes a seat's word.
pub fn say<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, word: &Word) {
    match word {
        Word::Statement { reading, bound: _ } => state_publicly(step, seat, *reading),
        Word::Propose(draft) => propose(step, seat, draft),
        Word::Answer { proposal, answer } => reply(step, seat, *proposal, *answer),
        Word::Extend { proposal, by } => {
            let own = step.state.proposals.iter().find(|p| p.number == *proposal && p.from == seat);
            if let Some(own) = own.filter(|p| p.deadline != NEVER) {
                step.change(Change::Deadline(own.number, own.deadline.saturating_add(*by)));
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
            credit: ONE_MILLION,
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
        !state.is_spent(rules, seat, **term)
            && needs.is_none_or(|guard| guard.holds(&Truth { rules, state }, registers))
    });
    let terms = offered.fold(0, |bits, term| bits | 1u64 << (term.index() % 64));
    if terms == 0 {
        return;
    }
    let countered = draft.counters.and_then(|old| state.proposals.iter().find(|p| p.number == old));
    let countered = countered.filter(|old| old.from == draft.to && old.to == seat);
    if let Some(old) = countered {
        counter(step, old);
    }
    if let Some(talks) = state.talks.filter(|t| t.between(seat, draft.to)) {
        // What the parties of talks put to each other is what they talk about from now on.
        step.change(Change::Talks(Some(Talks { proposal: number, level: level_of(step, terms), ..talks })));
    }
    step.change(Change::Proposal(Proposal {
        number,
        from: seat,
        to: draft.to,
        over: draft.over,
        terms,
        deadline,
        threat: draft.threat,
        executed: false,
        ambiguous: draft.ambiguous,
        opened: step.state.minute,
        answer: None,
    }));
    let ultimatum = draft.threat.is_some();
    if is_grave(step, draft.threat, terms) {
        step.change(Change::Wake);
    }
    step.fact(Fact::Proposed {
        number,
        from: seat,
        to: draft.to,
        public: draft.over.is_none(),
        ultimatum,
        counters: countered.map(|old| old.number),
    });
    let signal = percepts::Signal {
        by: seat,
        meant: if ultimatum { Reading::Threatening } else { Reading::Conciliatory },
        cost: if ultimatum { Cost::TiedHands } else { Cost::Cheap },
        path: rules.path_of(if draft.over.is_some() { Carries::Messages } else { Carries::Statements }),
        explained: false,
        action: None,
        credit: ONE_MILLION,
        site: rules.luck.statement.with("proposal").within(rules.luck.seats[seat.index()]),
        index: 0,
    };
    percepts::perceive(step, draft.to, &signal);
}

/// A counter-proposal takes the place of what it answers; an ultimatum's clock runs on, as if it were stalled.
fn counter<R: Recorder>(step: &mut Step<'_, R>, old: &Proposal) {
    if old.deadline == NEVER {
        step.change(Change::ProposalClosed(old.number));
    } else {
        step.change(Change::Answered(old.number, Answer::Stall));
    }
}

/// Who has to sit at the table: envoys who can sign, where a term would settle the crisis.
fn level_of<R: Recorder>(step: &Step<'_, R>, terms: u64) -> TalksLevel {
    let settles = |t: usize| terms >> t & 1 == 1 && step.rules.bound.terms[t].settles;
    if (0..step.rules.bound.terms.len()).any(settles) { TalksLevel::Envoys } else { TalksLevel::Working }
}

/// Whether a package threatens or could settle the quarrel: it and its answer are decided on at once. Lesser packages,
/// and what is said to them, can wait for their turn.
fn is_grave<R: Recorder>(step: &Step<'_, R>, threat: Option<ActionId>, terms: u64) -> bool {
    threat.is_some() || level_of(step, terms) == TalksLevel::Envoys
}

fn reply<R: Recorder>(step: &mut Step<'_, R>, seat: SeatId, number: u16, answer: Answer) {
    let state = step.state;
    let Some(proposal) = state.proposals.iter().find(|p| p.number == number && p.to == seat) else { return };
    step.change(Change::Answered(number, answer));
    // To hear "not yet" changes nothing for anybody.
    if answer != Answer::Stall && is_grave(step, proposal.threat, proposal.terms) {
        step.change(Change::Wake);
    }
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
            let level = level_of(step, proposal.terms);
            let held = state.talks.filter(|t| t.between(seat, proposal.from));
            step.change(Change::Talks(Some(match held {
                Some(talks) => Talks { proposal: number, level, ..talks },
                None => Talks { a: proposal.from, b: seat, proposal: number, level, rounds: 0, next },
            })));
            // Agreeing to talk is what lets an ultimatum pass without a loss of face.
            step.change(Change::Deadline(number, NEVER));
        }
        Answer::Stall => {}
        Answer::Reject => {
            if let Some(talks) = state.talks.filter(|talks| talks.proposal == number) {
                step.change(Change::Talks(None));
                step.fact(Fact::TalksBroken { a: talks.a, b: talks.b, by: Some(seat) });
            }
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
        let id = TermId::new(t);
        let parties = [proposal.from, proposal.to];
        if parties.iter().any(|party| step.state.is_spent(rules, *party, id)) {
            continue;
        }
        parties.into_iter().for_each(|party| step.change(Change::Agreed(party, id)));
        settles |= term.settles;
        if let Some(rung) = term.caps_at {
            step.change(Change::Cap(Rung(rung)));
        }
        if let Some(program) = &rules.programs.term_effects[t] {
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
    let walk_out = Chance::ppm(i64::from(match talks.level {
        TalksLevel::Working => model.walk_out,
        TalksLevel::Envoys => model.walk_out_envoys,
    }));
    let round = talks.rounds.saturating_add(1);
    // A round alone wakes nobody: the parties speak again when it is their turn, or when talks end.
    if step.chance(Purpose::WalkOut, rules.luck.talks, u32::from(round), walk_out) {
        step.change(Change::Wake);
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
    let state = step.state;
    for proposal in state.proposals.iter().filter(|p| p.deadline <= state.minute) {
        let threatened = proposal.threat.is_some_and(|threat| {
            state.ongoing.iter().any(|o| o.seat == proposal.from && o.action == threat)
        });
        let executed = proposal.executed || threatened;
        if proposal.threat.is_some() && !executed {
            step.count(Counter::Lapses);
            step.change(Change::Lapsed(proposal.from));
            step.change(Change::Face(proposal.from, cost_of_lapse(step, proposal)));
            if step.rules.bound.uses(Mechanic::Beliefs) {
                percepts::omitted(step, proposal);
            }
        }
        step.change(Change::ProposalClosed(proposal.number));
        step.change(Change::Wake);
        step.fact(Fact::Lapsed { number: proposal.number, from: proposal.from, to: proposal.to, executed });
    }
}

/// What backing down costs, in thousandths of points: nothing once talks are held; less in private; less if the
/// target visibly prepared.
fn cost_of_lapse<R: Recorder>(step: &Step<'_, R>, proposal: &Proposal) -> i32 {
    let (model, state) = (&step.rules.bound.model, step.state);
    if state.talks.is_some_and(|t| t.between(proposal.from, proposal.to)) {
        return 0;
    }
    let share = |cost: i64, ppm: i32| cost * i64::from(ppm) / 1_000_000;
    let mut cost = i64::from(model.audience_cost);
    if proposal.over.is_some() {
        cost = share(cost, model.private_publicity);
    }
    if prepared(step, proposal) {
        cost = share(cost, model.visible_preparation);
    }
    cost as i32
}

/// Whether the target of an ultimatum has since begun a posture, or acted at that rung or above, in the sender's sight.
fn prepared<R: Recorder>(step: &Step<'_, R>, proposal: &Proposal) -> bool {
    let (bound, state) = (&step.rules.bound, step.state);
    let enough = |rung: Rung| i32::from(rung.0) >= bound.model.prepared_rung;
    let begun = state.ongoing.iter().any(|o| {
        let act = &bound.actions[o.action.index()];
        o.seat == proposal.to
            && o.since >= proposal.opened
            && enough(act.rung)
            && act.covert.is_none()
            && act.seen_by[proposal.from.index()]
    });
    begun
        || state
            .stimuli
            .iter()
            .any(|s| s.by == proposal.to && s.minute >= proposal.opened && enough(s.rung) && s.case.is_none())
}
