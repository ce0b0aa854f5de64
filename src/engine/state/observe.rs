//! Disclosure: an observation is built up from nothing. Whatever is not written here stays hidden.

use super::menu::{Offered, Replies};
use super::parts::Parts;
use super::{Case, NEVER, Ongoing, Phase, Proposal, Scheduled, State, Stimulus};
use crate::engine::event::{CallResult, Cause, Fact};
use crate::engine::game::Written;
use crate::engine::mechanics::contact::Call;
use crate::engine::mechanics::exchange::{answer_of, covered, highest_standing, rounds_at, share_of};
use crate::engine::mechanics::ledger;
use crate::engine::observation::*;
use crate::engine::program::{Counter as Gauge, Reads, Registers};
use crate::engine::rules::Rules;
use crate::engine::step::{Happened, Truth};
use crate::scenario::document::Hand;
use crate::scenario::section::{HypothesisKind, Model};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    AccordId, ActionId, BodyId, ChannelId, HypothesisId, Id, InjectId, Minute, ONE_MILLION, Ppm, Rung,
    SeatId, SiteId, TermId, TrackId,
};
use std::sync::Arc;

/// What the engine keeps beside a seat's observation, so that it need not be worked out again.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Notes {
    /// What may have changed since the observation was written.
    pub stale: Parts,
    /// Whether the menu was written then.
    menu: bool,
    replies: Replies,
}

impl Notes {
    /// The notes on an observation that was never written.
    pub fn blank() -> Notes {
        Notes { stale: Parts::ALL, menu: false, replies: Replies::default() }
    }
}

/// Working memory that all observations share.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Scratch {
    /// Views of proposals that no observation holds now.
    spare: Vec<ProposalView>,
    offered: Offered,
}

/// What disclosure needs beside the state.
pub(in crate::engine) struct Disclosure<'a> {
    pub rules: &'a Rules,
    pub state: &'a State,
    pub standing_rung: Rung,
    pub phase: Phase,
    pub calls: &'a [Call],
    pub news: &'a [Happened],
    pub asked: Asked,
    pub written: &'a Written,
}

impl Disclosure<'_> {
    /// Brings a seat's observation up to date: writes what the notes call stale, and what is always new.
    pub fn fill(
        &self,
        seat: SeatId,
        seen: &mut Observation,
        notes: &mut Notes,
        scratch: &mut Scratch,
        registers: &mut Registers,
    ) {
        let (rules, state) = (self.rules, self.state);
        let bound = &rules.bound;
        let model = &bound.model;
        let s = seat.index();
        seen.seat = Some(seat);
        seen.asked = self.asked;
        seen.minute = state.minute;
        seen.turn = state.turn;
        seen.tick_minutes = model.tick_minutes;
        seen.season = state.season;
        seen.standing_rung = self.standing_rung;
        seen.turn_minutes = self.minutes_at_most(seen.standing_rung);
        seen.ended = state.ended;
        seen.peak_rung = state.peak;
        self.fill_stale(seat, seen, notes.stale, &mut scratch.spare);
        seen.civilian_deaths = state.civilians;
        seen.talks = state.talks.filter(|t| t.a == seat || t.b == seat).map(|t| TalksView {
            with: if t.a == seat { t.b } else { t.a },
            proposal: t.proposal,
            level: t.level,
            rounds: t.rounds,
            next: t.next,
        });
        let ringing = self.phase == Phase::Answers;
        refill(
            &mut seen.calls,
            self.calls
                .iter()
                .filter(|c| ringing && c.stopped.is_none() && c.to == seat)
                .map(|c| CallView { channel: c.channel, from: c.from }),
        );
        let pending = |x: &&Scheduled| x.seat == seat && x.cause != Cause::Scenario;
        refill(
            &mut seen.pending,
            state.scheduled.iter().filter(pending).map(|x| PendingView { action: x.action, due: x.due }),
        );
        seen.restraint = state.restraints[s].filter(|r| r.until > state.minute).map(|r| RestraintView {
            by: r.by,
            from: r.from,
            until: r.until,
            with: r.with,
        });
        self.fill_exchange(seat, seen);
        self.ask(seen);
        seen.face_lost = state.face[s];
        seen.news.clear();
        for happened in self.news {
            if let Some(kind) = self.disclose(seat, &happened.fact) {
                seen.news.push(News { minute: happened.minute, kind, roll: happened.roll });
            }
        }
        let world = Parts::WORLD.and(Parts::LEVELS);
        if notes.stale.meet(world) {
            self.fill_aims(seat, seen, registers);
        }
        let offers = matches!(self.asked, Asked::Orders | Asked::Contacts);
        if !offers {
            seen.menu.clear();
            seen.terms.clear();
        } else if !notes.menu || notes.stale.meet(world.and(Parts::MENU)) {
            self.fill_menu(seat, seen, &mut notes.replies, &mut scratch.offered, registers);
        }
        self.fill_replies(seat, seen, &mut notes.replies);
        notes.menu = offers;
        notes.stale = Parts::NONE;
    }

    /// Writes the parts that are stale.
    fn fill_stale(&self, seat: SeatId, seen: &mut Observation, stale: Parts, spare: &mut Vec<ProposalView>) {
        let (rules, state) = (self.rules, self.state);
        let bound = &rules.bound;
        let model = &bound.model;
        let s = seat.index();
        if stale.meet(Parts::LEVELS) {
            let document = &bound.scenario.document;
            refill(
                &mut seen.levels,
                (0..state.levels.len())
                    .filter(|t| document.tracks[*t].seen_by.shows(seat))
                    .map(|t| (TrackId::new(t), state.levels[t])),
            );
            refill(&mut seen.known_levels, bound.tracks.iter().map(|t| t.start));
            for (track, level) in &seen.levels {
                seen.known_levels[track.index()] = *level;
            }
        }
        if stale.meet(Parts::DEATHS) {
            refill(
                &mut seen.deaths,
                (0..state.deaths.len())
                    .filter(|d| bound.seats[*d].plays)
                    .map(|d| (SeatId::new(d), state.deaths[d])),
            );
        }
        if stale.meet(Parts::CONTINUING) {
            refill(
                &mut seen.continuing,
                state
                    .ongoing
                    .iter()
                    .filter(|o| self.sees_author(seat, o.seat, o.action))
                    .map(|o| (o.seat, o.action)),
            );
        }
        if stale.meet(Parts::CHANNELS) {
            self.fill_channels(seat, seen);
        }
        if stale.meet(Parts::BODIES) {
            refill(
                &mut seen.bodies,
                bound.bodies.iter().enumerate().filter(|(_, b)| b.members.contains(&seat)).map(
                    |(b, body)| {
                        let now = &state.bodies[b];
                        BodyView {
                            body: BodyId::new(b),
                            maturity: now.maturity,
                            lead: body.lead[usize::from(now.maturity)],
                            pending: now.pending.map(|r| (r.action, r.due)),
                        }
                    },
                ),
            );
        }
        if stale.meet(Parts::ACCORDS) {
            refill(
                &mut seen.accords,
                state.accords.iter().enumerate().map(|(a, status)| (AccordId::new(a), *status)),
            );
        }
        if stale.meet(Parts::STIMULI) {
            refill(
                &mut seen.stimuli,
                state.stimuli.iter().filter(|x| x.against == seat).map(|x| {
                    let case = ledger::case(state, x);
                    let surely = ledger::surely(x, case);
                    let age = i64::from(state.minute - x.minute);
                    StimulusView {
                        by: match (x.case, case) {
                            (None, _) => x.by,
                            (Some(_), Some(c)) => self.suspect(seat, c),
                            // A case that is forgotten tells nobody who it was.
                            (Some(_), None) => self.rules.suspect(seat, x.against),
                        },
                        surely,
                        rung: x.rung,
                        deaths: x.deaths,
                        rounds: x.rounds,
                        minute: x.minute,
                        weight: ledger::grievance(age, i64::from(model.grievance_half_life)),
                        open: ledger::open_now(bound, state, x, surely),
                    }
                }),
            );
            let asks = ledger::asks(bound, state, seat).map(|asks| asks.number);
            let place =
                state.stimuli.iter().filter(|x| x.against == seat).position(|x| asks == Some(x.number));
            seen.asks = place.map(|place| place as u8);
        }
        if stale.meet(Parts::CASES) {
            refill(
                &mut seen.cases,
                state.cases.iter().filter(|c| c.author != seat).map(|c| CaseView {
                    case: c.number,
                    suspect: self.suspect(seat, c),
                    belief: c.opinions[s].author(),
                    meant: c.opinions[s].meant(),
                    rung: c.rung,
                    minute: c.minute,
                    investigated: c.investigated && !c.known,
                    contested: c.contested,
                }),
            );
        }
        if stale.meet(Parts::BELIEFS) {
            refill(
                &mut seen.beliefs,
                bound.hypotheses.iter().enumerate().filter(|(_, h)| h.holder == seat).map(
                    |(h, hypothesis)| {
                        let mut view = BeliefView {
                            hypothesis: HypothesisId::new(h),
                            types: hypothesis.types as u8,
                            shares: [0; 4],
                            before: [0; 4],
                        };
                        let range = hypothesis.offset..hypothesis.offset + hypothesis.types;
                        view.shares[..hypothesis.types].copy_from_slice(&state.beliefs[range.clone()]);
                        view.before[..hypothesis.types].copy_from_slice(&state.remembered[range]);
                        view
                    },
                ),
            );
            refill(
                &mut seen.alliances,
                bound.seats[s].allies.iter().map(|&ally| {
                    let abandonment = ONE_MILLION
                        - self
                            .believed(seat, ally, |kind| matches!(kind, HypothesisKind::Commitment(_)))
                            .unwrap_or(ONE_MILLION);
                    let entrapment = self
                        .believed(seat, ally, |kind| matches!(kind, HypothesisKind::Unconsulted(_)))
                        .unwrap_or(0);
                    let reach = u64::from(model.homeland_reach.max(0) as u32);
                    let decoupling = (reach * u64::from(abandonment) / u64::from(ONE_MILLION)) as u32;
                    AllianceView { ally, abandonment, entrapment, decoupling }
                }),
            );
        }
        if stale.meet(Parts::TRIGGERS) {
            refill(
                &mut seen.triggers,
                bound.triggers_of(seat).map(|(trigger, _)| TriggerView {
                    trigger,
                    met: state.triggers[trigger.index()].met,
                    delegated: state.triggers[trigger.index()].delegated,
                }),
            );
        }
        if stale.meet(Parts::PROPOSALS) {
            self.fill_proposals(seat, seen, spare);
        }
        if stale.meet(Parts::STANDING) {
            let sites = bound.sites.len();
            refill(
                &mut seen.standing,
                (0..sites).map(|site| {
                    let order = &state.standing[s * sites + site];
                    StandingView {
                        site: SiteId::new(site),
                        reply: order.reply,
                        volume: order.volume,
                        delegated: order.delegated,
                    }
                }),
            );
        }
        if stale.meet(Parts::CONSENTS) {
            let seats = bound.seats.len();
            refill(
                &mut seen.consents,
                bound.seats[s].allies.iter().map(|ally| (*ally, state.consents[s * seats + ally.index()])),
            );
        }
    }

    /// The exchange of fire that a flash decision is about.
    fn fill_exchange(&self, seat: SeatId, seen: &mut Observation) {
        let (state, bound) = (self.state, &self.rules.bound);
        let (s, sites) = (seat.index(), bound.sites.len());
        let model = &bound.model;
        seen.exchange = state.exchange.filter(|_| self.asked == Asked::Flash).map(|e| {
            let order = &state.standing[s * sites + e.site.index()];
            let own = e.under_fire == seat;
            let answer = answer_of(order.reply, e.rung, model).min(highest_standing(model));
            ExchangeView {
                site: e.site,
                opened_by: e.opened_by,
                under_fire: e.under_fire,
                rung: e.rung,
                round: e.round,
                standing_answer: if own { answer } else { Rung(0) },
                rounds: e.rounds,
                standing_rounds: if own { rounds_at(model, order.volume, e.rounds) } else { 0 },
                latency: e.latency,
                followed: covered(self.rules, &e, answer).filter(|_| own).map_or(0, |cells| {
                    share_of(cells, &bound.kernels[usize::from(bound.seats[s].side)][e.rung.index()])
                }),
            }
        });
    }

    /// What a seat that is asked has to spend, and the question that its staff put.
    fn ask(&self, seen: &mut Observation) {
        let (orders, model) = (self.asked == Asked::Orders, &self.rules.bound.model);
        seen.attention = if orders { u8::try_from(model.attention.max(0)).unwrap_or(u8::MAX) } else { 0 };
        let doubts = |belief: Ppm| i64::from(belief) < i64::from(model.author_settled);
        let unknown = seen.cases.iter().rev().find(|c| doubts(c.belief)).map(|c| Question::Author(c.case));
        seen.question = orders.then(|| unknown.unwrap_or(Question::FireSoon));
    }

    /// The most minutes that the turn to come may last.
    fn minutes_at_most(&self, standing: Rung) -> Minute {
        let model = &self.rules.bound.model;
        if let (Season::Calm, Some(campaign)) = (self.state.season, &self.rules.bound.campaign) {
            return campaign.left(self.state.minute);
        }
        let hot = i32::from(standing.0) >= model.hot_rung;
        let ticks = if hot { model.max_quiet_ticks_hot } else { model.max_quiet_ticks };
        ticks.max(1) * model.tick_minutes
    }

    /// A seat's belief in the first type of its hypothesis of a kind about another; `None` without one.
    fn believed(&self, seat: SeatId, about: SeatId, kind: fn(&HypothesisKind) -> bool) -> Option<Ppm> {
        let mut all = self.rules.bound.hypotheses.iter();
        let found = all.find(|h| h.holder == seat && h.subject == about && kind(&h.about))?;
        Some(self.state.beliefs[found.offset])
    }

    /// Whom a seat suspects: the author once the evidence is out; until then the victim's first rival, or, where that
    /// is the seat itself, its own.
    fn suspect(&self, seat: SeatId, case: &Case) -> SeatId {
        if case.known || case.author == seat { case.author } else { self.rules.suspect(seat, case.against) }
    }

    /// Whether a seat knows of a continuing act and whose it is.
    fn sees_author(&self, seat: SeatId, by: SeatId, action: ActionId) -> bool {
        let open = self.rules.bound.actions[action.index()].covert.is_none();
        by == seat || (open && self.sees(seat, by, action))
    }

    /// Whether a seat knows of a continuing act.
    pub(super) fn sees(&self, seat: SeatId, by: SeatId, action: ActionId) -> bool {
        by == seat || self.rules.bound.actions[action.index()].seen_by[seat.index()]
    }

    fn fill_channels(&self, seat: SeatId, seen: &mut Observation) {
        let (bound, state) = (&self.rules.bound, self.state);
        let seats = bound.seats.len();
        refill(
            &mut seen.channels,
            bound.channels.iter().enumerate().filter(|(_, c)| c.connects(seat)).map(|(c, channel)| {
                let end = &state.ends[c * seats + seat.index()];
                let owned = channel.owner == Some(seat);
                let politics = state.lines[c].politics;
                let daily = if politics == Politics::Open {
                    crate::vocabulary::Chance::from_parts(
                        (channel.cut.parts() * self.stir(seat, &channel.stirred) / 1000).min(1 << 32),
                    )
                } else {
                    channel.restore
                };
                ChannelView {
                    channel: ChannelId::new(c),
                    state: end.state,
                    since: (end.since != NEVER).then_some(end.since),
                    answering: end.answering,
                    own_politics: owned.then_some(politics),
                    daily_change: if owned { crate::engine::step::ppm(daily) } else { 0 },
                    in_time: channel.latency < bound.model.tick_minutes,
                }
            }),
        );
    }

    /// By how much what goes on, or stands unanswered before the owner of a line, makes a cut likelier, in parts per
    /// thousand: the strongest factor counts.
    fn stir(&self, owner: SeatId, stirred: &[(ActionId, i32)]) -> u64 {
        let (bound, state) = (&self.rules.bound, self.state);
        let felt = |action: ActionId| {
            let act = &bound.actions[action.index()];
            let goes_on = |o: &Ongoing| o.action == action && self.sees_author(owner, o.seat, action);
            let stands = |s: &Stimulus| {
                s.against == owner
                    && s.case.is_none()
                    && (s.rung, s.domain) == (act.rung, act.domain)
                    && act.seats.contains(&s.by)
            };
            state.ongoing.iter().any(goes_on) || state.stimuli.iter().any(stands)
        };
        let factors = stirred.iter().filter(|(action, _)| felt(*action)).map(|(_, factor)| *factor as u64);
        factors.max().unwrap_or(1000)
    }

    /// Whether a seat knows of a proposal.
    fn shows(&self, seat: SeatId, proposal: &Proposal) -> bool {
        proposal.from == seat || proposal.to == seat || proposal.over.is_none()
    }

    fn fill_proposals(&self, seat: SeatId, seen: &mut Observation, spare: &mut Vec<ProposalView>) {
        let (bound, state) = (&self.rules.bound, self.state);
        let shown = state.proposals.iter().filter(|p| self.shows(seat, p));
        let mut count = 0;
        for proposal in shown {
            if seen.proposals.len() == count {
                seen.proposals.push(spare.pop().unwrap_or_else(ProposalView::blank));
            }
            let view = &mut seen.proposals[count];
            count += 1;
            view.number = proposal.number;
            view.from = proposal.from;
            view.to = proposal.to;
            view.over = proposal.over;
            refill(
                &mut view.terms,
                (0..bound.terms.len()).filter(|t| proposal.terms >> t & 1 == 1).map(TermId::new),
            );
            view.deadline = (proposal.deadline != NEVER).then_some(proposal.deadline);
            view.threat = proposal.threat;
            view.ambiguous = proposal.ambiguous;
            view.answer = proposal.answer;
            let held = state.talks.filter(|t| t.proposal == proposal.number && (t.a == seat || t.b == seat));
            let kept = face_kept(&bound.model, proposal, held.map_or(0, |t| t.rounds));
            let disposition = usize::from(state.dispositions[seat.index()]);
            view.worth = view
                .terms
                .iter()
                .map(|t| {
                    let term = &bound.terms[t.index()];
                    let face =
                        if term.giver == seat { i64::from(term.face_cost) * kept / 1_000_000 } else { 0 };
                    term.worth_to(seat, disposition) - face as i32
                })
                .sum();
        }
        spare.extend(seen.proposals.drain(count..));
    }

    fn fill_aims(&self, seat: SeatId, seen: &mut Observation, registers: &mut Registers) {
        let (rules, state) = (self.rules, self.state);
        let known = Known { disclosure: self, seat, levels: &seen.known_levels };
        refill(&mut seen.aims, state.aim_points(rules, seat, &known, registers));
    }

    /// What a seat learns of a fact, if anything.
    fn disclose(&self, seat: SeatId, fact: &Fact) -> Option<NewsKind> {
        let rules = self.rules;
        let kind = match *fact {
            Fact::Inject(inject) => return self.message(seat, inject),
            Fact::Act { by, action, cause: Cause::Scenario } if by == seat => {
                NewsKind::OwnActOfScenario { action }
            }
            Fact::Message { number } => {
                let (headline, text) = self.written.message(number, seat)?;
                let (headline, text) = (Arc::clone(headline), Arc::clone(text));
                match rules.hand() {
                    Hand::Hidden => NewsKind::Message { headline, text },
                    Hand::Shown => NewsKind::FromControl { headline, text },
                }
            }
            Fact::Ruled { faces, needed, came } if rules.hand() == Hand::Shown => {
                NewsKind::Ruled { faces, needed, came }
            }
            Fact::Act { by, action, cause: _ } if by == seat => NewsKind::OwnAct { action },
            Fact::Act { by: _, action: _, cause: _ } => return None,
            Fact::Percept { observer, by, action, known_author, meant: _, perceived } if observer == seat => {
                NewsKind::Act { by: known_author.then_some(by), action, reading: perceived }
            }
            Fact::Failed { by, action, why } if by == seat => NewsKind::OwnActFailed { action, why },
            Fact::Delayed { by, action, until } if by == seat => NewsKind::OwnActDelayed { action, until },
            Fact::Stopped { by, action } if self.sees_author(seat, by, action) => {
                NewsKind::Stopped { by, action }
            }
            Fact::Incident { incident, by, against: _, cause: _ } if by == seat => {
                let reading = rules.bound.incidents[incident.index()].reading;
                NewsKind::Incident { incident, suspect: by, reading }
            }
            Fact::IncidentPercept { observer, incident, suspect: author, perceived } if observer == seat => {
                let bound = &rules.bound.incidents[incident.index()];
                let plain = bound.suspicion >= ONE_MILLION;
                let suspect = if plain { author } else { self.rules.suspect(seat, bound.against) };
                NewsKind::Incident { incident, suspect, reading: perceived }
            }
            Fact::Fire { site, by, at: _, rung, rounds, reported, after, cause: _ } => {
                let rounds = if by == seat { reported } else { rounds };
                NewsKind::Fire { site, by, rung, rounds, after }
            }
            // Own forces report a hail that was ordered, and a patrol, whether or not they were done.
            Fact::Hail { site, by, to, done, heeded } if by == seat || (to == seat && done) => {
                NewsKind::Hail { site, by, heeded }
            }
            Fact::NotGone { by, action } if by == seat => NewsKind::OwnAct { action },
            Fact::Countermanded { by, action } if by == seat => NewsKind::OwnActTakenBack { action },
            Fact::CeaseFire { site, held } => NewsKind::CeaseFire { site, held },
            Fact::DeviationReported { site, seat: own, at, kind } if own == seat => {
                NewsKind::Deviation { site, at, kind }
            }
            Fact::Deaths { seat, dead, civilians } => NewsKind::Deaths { seat, dead, civilians },
            Fact::Evidence { case, seat: own, author, cause, belief } if own == seat => {
                NewsKind::Evidence { case, author, cause, belief }
            }
            Fact::Contested { case, by } => NewsKind::Contested { case, by },
            Fact::Call { channel, from, to, said, result } => {
                return call_news(seat, channel, from, to, said, result);
            }
            Fact::Leak { to, caller, with } if to == seat => NewsKind::CallLeaked { ally: caller, with },
            Fact::Line { channel, politics, working: _, by } => {
                return self.line_news(seat, channel, politics, by);
            }
            Fact::Statement { by, meant } if by == seat => NewsKind::OwnStatement { reading: meant },
            Fact::StatementHeard { observer, by, perceived } if observer == seat => {
                NewsKind::Statement { by, reading: perceived }
            }
            Fact::Proposed { number, from, to, public, ultimatum, counters }
                if public || from == seat || to == seat =>
            {
                // Whether the first proposal was public or not, its number says no more than that there was one.
                let counters = counters.filter(|_| from == seat || to == seat);
                let terms = self.state.proposals.iter().find(|p| p.number == number).map_or(0, |p| p.terms);
                NewsKind::Proposal { number, from, to, ultimatum, counters, terms }
            }
            Fact::Undelivered { from, channel } if from == seat => NewsKind::Undelivered { channel },
            Fact::AnsweredProposal { number, by, to, public, answer }
                if public || by == seat || to == seat =>
            {
                NewsKind::Answered { number, by, answer }
            }
            Fact::Lapsed { number, from, to, executed } if from == seat || to == seat => {
                NewsKind::Lapsed { number, from, executed }
            }
            Fact::TalksRound { a, b, round } if a == seat || b == seat => {
                NewsKind::TalksRound { with: if a == seat { b } else { a }, round }
            }
            Fact::TalksBroken { a, b, by } if a == seat || b == seat => {
                NewsKind::TalksBroken { with: if a == seat { b } else { a }, by }
            }
            Fact::Agreed { number, a: _, b: _, settles } => NewsKind::Agreed { number, settles },
            Fact::BodyAnswered { body, seat: by, action, granted, by_default }
                if rules.bound.bodies[body.index()].members.contains(&seat) =>
            {
                NewsKind::BodyAnswered { body, by, action, granted, by_default }
            }
            Fact::Restrained { by, ally, from, with } if ally == seat => {
                NewsKind::Restrained { by, from, with }
            }
            Fact::Restrained { by, ally, from, with: _ } if by == seat => {
                NewsKind::OwnRestraint { ally, from }
            }
            Fact::PromiseBroken { by, to } if by == seat || to == seat => NewsKind::PromiseBroken { by, to },
            Fact::ReleaseAsked { by, ally, action } if ally == seat => NewsKind::ReleaseAsked { by, action },
            Fact::ReleaseAsked { by, ally, action } if by == seat => {
                NewsKind::OwnReleaseAsked { ally, action }
            }
            Fact::Released { by, ally, up_to } if ally == seat => NewsKind::Released { by, up_to },
            Fact::Defied { by, ally, action } if ally == seat => NewsKind::Defied { by, action },
            Fact::Accord { accord, status } => NewsKind::Accord { accord, status },
            Fact::Trigger { trigger, met } if rules.bound.triggers[trigger.index()].seat == seat => {
                NewsKind::Trigger { trigger, met }
            }
            Fact::Season { now } => NewsKind::Season { now },
            Fact::Ended { ending } => NewsKind::Ended { ending },
            // Named one by one, so that a new kind of fact does not build until somebody decides who learns of it.
            Fact::Percept { observer: _, by: _, action: _, known_author: _, meant: _, perceived: _ }
            | Fact::Failed { by: _, action: _, why: _ }
            | Fact::Delayed { by: _, action: _, until: _ }
            | Fact::Stopped { by: _, action: _ }
            | Fact::Incident { incident: _, by: _, against: _, cause: _ }
            | Fact::IncidentPercept { observer: _, incident: _, suspect: _, perceived: _ }
            | Fact::Hail { site: _, by: _, to: _, done: _, heeded: _ }
            | Fact::NotGone { by: _, action: _ }
            | Fact::Countermanded { by: _, action: _ }
            | Fact::Deviation { site: _, seat: _, at: _, kind: _ }
            | Fact::DeviationReported { site: _, seat: _, at: _, kind: _ }
            | Fact::Evidence { case: _, seat: _, author: _, cause: _, belief: _ }
            | Fact::Leak { to: _, caller: _, with: _ }
            | Fact::Statement { by: _, meant: _ }
            | Fact::StatementHeard { observer: _, by: _, perceived: _ }
            | Fact::Proposed { number: _, from: _, to: _, public: _, ultimatum: _, counters: _ }
            | Fact::Undelivered { from: _, channel: _ }
            | Fact::AnsweredProposal { number: _, by: _, to: _, public: _, answer: _ }
            | Fact::Lapsed { number: _, from: _, to: _, executed: _ }
            | Fact::TalksRound { a: _, b: _, round: _ }
            | Fact::TalksBroken { a: _, b: _, by: _ }
            | Fact::Consulted { by: _, body: _, action: _, due: _ }
            | Fact::BodyAnswered { body: _, seat: _, action: _, granted: _, by_default: _ }
            | Fact::Restrained { by: _, ally: _, from: _, with: _ }
            | Fact::PromiseBroken { by: _, to: _ }
            | Fact::ReleaseAsked { by: _, ally: _, action: _ }
            | Fact::Released { by: _, ally: _, up_to: _ }
            | Fact::Defied { by: _, ally: _, action: _ }
            | Fact::Trigger { trigger: _, met: _ }
            | Fact::Ruled { faces: _, needed: _, came: _ }
            | Fact::Standing { rung: _ } => return None,
        };
        Some(kind)
    }

    fn message(&self, seat: SeatId, inject: InjectId) -> Option<NewsKind> {
        let scenario = &self.rules.messages[inject.index()];
        let (headline, text) = self.written.instead(inject).unwrap_or(scenario);
        self.rules.bound.injects[inject.index()].seen_by[seat.index()]
            .then(|| NewsKind::Message { headline: headline.clone(), text: text.clone() })
    }

    fn line_news(
        &self,
        seat: SeatId,
        channel: ChannelId,
        politics: Politics,
        by: Option<SeatId>,
    ) -> Option<NewsKind> {
        let announced = by.is_some() && politics != Politics::Silent;
        if !announced || !self.rules.bound.channels[channel.index()].connects(seat) || by == Some(seat) {
            return None;
        }
        let state = if politics == Politics::Cut { LineState::Cut } else { LineState::Presumed };
        Some(NewsKind::Line { channel, state })
    }
}

fn call_news(
    seat: SeatId,
    channel: ChannelId,
    from: SeatId,
    to: SeatId,
    said: crate::engine::order::Message,
    result: CallResult,
) -> Option<NewsKind> {
    if from == seat {
        return Some(match result {
            CallResult::Answered(message) => NewsKind::CallAnswered { channel, by: to, message },
            CallResult::Refused | CallResult::LetRing | CallResult::Fault | CallResult::TooSlow => {
                NewsKind::CallUnanswered { channel, to }
            }
        });
    }
    if to != seat {
        return None;
    }
    match result {
        CallResult::Answered(_) => Some(NewsKind::CallTaken { channel, from, message: said }),
        CallResult::LetRing => Some(NewsKind::CallMissed { channel, from }),
        CallResult::Refused | CallResult::Fault | CallResult::TooSlow => None,
    }
}

/// The share of a giver's face cost that remains, in parts per million: ambiguous wording, a private path and every
/// round of talks save some of it.
fn face_kept(model: &Model, proposal: &Proposal, rounds: u8) -> i64 {
    let mut kept = i64::from(ONE_MILLION);
    let mut keep = |share: i32| kept = kept * i64::from(share) / i64::from(ONE_MILLION);
    if proposal.ambiguous {
        keep(model.ambiguous_face);
    }
    if proposal.over.is_some() {
        keep(model.private_face);
    }
    for _ in 0..rounds {
        keep(model.round_face);
    }
    kept
}

impl State {
    /// Points that each of a seat's aims stands at in a world (the true one, or the one that the seat knows), in
    /// thousandths, as its disposition weighs them.
    pub fn aim_points<'a>(
        &'a self,
        rules: &'a Rules,
        seat: SeatId,
        world: &'a impl Reads,
        registers: &'a mut Registers,
    ) -> impl Iterator<Item = i32> + 'a {
        let s = seat.index();
        let bound = &rules.bound.seats[s];
        let disposition = bound.dispositions.get(usize::from(self.dispositions[s]));
        bound.aims.iter().enumerate().map(move |(k, aim)| {
            let factor = disposition.and_then(|d| d.aims.get(k)).map_or(1000, |f| i64::from(*f));
            let units = match aim.track {
                Some(track) => {
                    i64::from(world.levels()[track.index()] - rules.bound.tracks[track.index()].start)
                }
                None => rules.programs.aims[s][k]
                    .as_ref()
                    .map_or(0, |guard| i64::from(guard.holds(world, registers))),
            };
            (units * i64::from(aim.points) * factor / 1000) as i32
        })
    }
}

/// The world as a seat knows it, for what its actions need. A track that it does not see stands at its start.
pub(super) struct Known<'a> {
    pub disclosure: &'a Disclosure<'a>,
    pub seat: SeatId,
    pub levels: &'a [i32],
}

impl Reads for Known<'_> {
    fn levels(&self) -> &[i32] {
        self.levels
    }

    fn count(&self, counter: Gauge) -> i64 {
        let Disclosure { rules, state, .. } = self.disclosure;
        match counter {
            Gauge::OpenDeadlines => {
                let known = |p: &&Proposal| p.deadline != NEVER && self.disclosure.shows(self.seat, p);
                state.proposals.iter().filter(known).count() as i64
            }
            Gauge::TalksRounds => {
                let own = state.talks.filter(|t| t.a == self.seat || t.b == self.seat);
                own.map_or(0, |talks| i64::from(talks.rounds))
            }
            // Who does not sit in a body knows what it was like at the start.
            Gauge::MaturityOf(body) if !rules.bound.bodies[body.index()].members.contains(&self.seat) => {
                i64::from(rules.bound.bodies[body.index()].maturity)
            }
            Gauge::StandingRung => i64::from(self.disclosure.standing_rung.0),
            Gauge::Day
            | Gauge::Hour
            | Gauge::Minute
            | Gauge::Turn
            | Gauge::PeakRung
            | Gauge::DeathsOf(_)
            | Gauge::CivilianDeaths
            | Gauge::QuietHours
            | Gauge::Faded
            | Gauge::Settled
            | Gauge::ActsAtLeast(_)
            | Gauge::MaturityOf(_) => Truth { rules, state }.count(counter),
        }
    }

    fn in_force(&self, accord: AccordId) -> bool {
        self.disclosure.state.accords[accord.index()] == AccordStatus::InForce
    }

    fn on(&self, action: ActionId) -> bool {
        let state = self.disclosure.state;
        state
            .ongoing
            .iter()
            .any(|o| o.action == action && self.disclosure.sees_author(self.seat, o.seat, action))
    }

    fn fired(&self, inject: InjectId) -> bool {
        self.disclosure.rules.bound.injects[inject.index()].seen_by[self.seat.index()]
            && self.disclosure.state.injects[inject.index()] == super::InjectStatus::Fired
    }

    fn open(&self, channel: ChannelId) -> bool {
        let seats = self.disclosure.rules.bound.seats.len();
        let end = &self.disclosure.state.ends[channel.index() * seats + self.seat.index()];
        !matches!(end.state, LineState::Cut | LineState::NoAnswer)
    }
}

/// Replaces a buffer's content.
pub(super) fn refill<T>(buffer: &mut Vec<T>, items: impl Iterator<Item = T>) {
    buffer.clear();
    buffer.extend(items);
}
