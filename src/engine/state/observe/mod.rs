//! Disclosure: an observation is built up from nothing. Whatever is not written here stays hidden.

mod known;
mod news;
mod parts;

use super::menu::{Offered, Replies};
use super::parts::Parts;
use super::{Case, NEVER, Ongoing, Phase, Proposal, Scheduled, State, Stimulus};
use crate::engine::event::Cause;
use crate::engine::game::Written;
use crate::engine::mechanics::contact::Call;
use crate::engine::mechanics::exchange::{answer_of, covered, highest_standing, rounds_at, share_of};
use crate::engine::observation::*;
use crate::engine::program::Registers;
use crate::engine::rules::Rules;
use crate::engine::step::Happened;
use crate::scenario::section::{HypothesisKind, Model};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{ActionId, ChannelId, Id, Minute, ONE_MILLION, Ppm, Rung, SeatId, TermId};

pub(in crate::engine::state) use known::Known;
pub(in crate::engine::state) use news::OwnFire;

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
        let mut own_fire = OwnFire::default();
        for happened in self.news {
            let is_fire = own_fire.next_is(seat, &happened.fact);
            if let Some(kind) = self.disclose(seat, &happened.fact) {
                let kind = match kind {
                    NewsKind::OwnActStanding { action } if is_fire => NewsKind::OwnAct { action },
                    kind => kind,
                };
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
        if stale.meet(Parts::LEVELS) {
            self.fill_levels(seat, seen);
        }
        if stale.meet(Parts::DEATHS) {
            self.fill_deaths(seen);
        }
        if stale.meet(Parts::CONTINUING) {
            self.fill_continuing(seat, seen);
        }
        if stale.meet(Parts::CHANNELS) {
            self.fill_channels(seat, seen);
        }
        if stale.meet(Parts::BODIES) {
            self.fill_bodies(seat, seen);
        }
        if stale.meet(Parts::ACCORDS) {
            self.fill_accords(seen);
        }
        if stale.meet(Parts::STIMULI) {
            self.fill_stimuli(seat, seen);
        }
        if stale.meet(Parts::CASES) {
            self.fill_cases(seat, seen);
        }
        if stale.meet(Parts::BELIEFS) {
            self.fill_beliefs(seat, seen);
        }
        if stale.meet(Parts::TRIGGERS) {
            self.fill_triggers(seat, seen);
        }
        if stale.meet(Parts::PROPOSALS) {
            self.fill_proposals(seat, seen, spare);
        }
        if stale.meet(Parts::STANDING) {
            self.fill_standing(seat, seen);
        }
        if stale.meet(Parts::CONSENTS) {
            self.fill_consents(seat, seen);
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
        let time = self.rules.call_time(state.season, state.minute);
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
                    in_time: channel.latency < time,
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

/// Replaces a buffer's content.
pub(super) fn refill<T>(buffer: &mut Vec<T>, items: impl Iterator<Item = T>) {
    buffer.clear();
    buffer.extend(items);
}
