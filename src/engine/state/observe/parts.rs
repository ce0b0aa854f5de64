//! The parts of an observation, each written anew when a change made it old.

use super::{Disclosure, refill};
use crate::engine::mechanics::ledger;
use crate::engine::observation::*;
use crate::scenario::section::HypothesisKind;
use crate::vocabulary::{AccordId, BodyId, HypothesisId, Id, ONE_MILLION, SeatId, SiteId, TrackId};

impl Disclosure<'_> {
    /// The levels that it sees; others stand at their start.
    pub(super) fn fill_levels(&self, seat: SeatId, seen: &mut Observation) {
        let (state, bound) = (self.state, &self.rules.bound);
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

    /// The deaths of every side that plays.
    pub(super) fn fill_deaths(&self, seen: &mut Observation) {
        let (state, bound) = (self.state, &self.rules.bound);
        refill(
            &mut seen.deaths,
            (0..state.deaths.len())
                .filter(|d| bound.seats[*d].plays)
                .map(|d| (SeatId::new(d), state.deaths[d])),
        );
    }

    /// Continuing acts whose author it sees.
    pub(super) fn fill_continuing(&self, seat: SeatId, seen: &mut Observation) {
        let state = self.state;
        refill(
            &mut seen.continuing,
            state
                .ongoing
                .iter()
                .filter(|o| self.sees_author(seat, o.seat, o.action))
                .map(|o| (o.seat, o.action)),
        );
    }

    /// The bodies that it sits in.
    pub(super) fn fill_bodies(&self, seat: SeatId, seen: &mut Observation) {
        let (state, bound) = (self.state, &self.rules.bound);
        refill(
            &mut seen.bodies,
            bound.bodies.iter().enumerate().filter(|(_, b)| b.members.contains(&seat)).map(|(b, body)| {
                let now = &state.bodies[b];
                BodyView {
                    body: BodyId::new(b),
                    maturity: now.maturity,
                    lead: body.lead[usize::from(now.maturity)],
                    pending: now.pending.map(|r| (r.action, r.due)),
                }
            }),
        );
    }

    /// Every accord, and how it stands.
    pub(super) fn fill_accords(&self, seen: &mut Observation) {
        let state = self.state;
        refill(
            &mut seen.accords,
            state.accords.iter().enumerate().map(|(a, status)| (AccordId::new(a), *status)),
        );
    }

    /// What others did to it, and which of that asks for an answer.
    pub(super) fn fill_stimuli(&self, seat: SeatId, seen: &mut Observation) {
        let (state, bound) = (self.state, &self.rules.bound);
        let model = &bound.model;
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
        let place = state.stimuli.iter().filter(|x| x.against == seat).position(|x| asks == Some(x.number));
        seen.asks = place.map(|place| place as u8);
    }

    /// Acts whose author is in doubt, and what it believes of them.
    pub(super) fn fill_cases(&self, seat: SeatId, seen: &mut Observation) {
        let state = self.state;
        let s = seat.index();
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

    /// What it believes, and what that says of its allies.
    pub(super) fn fill_beliefs(&self, seat: SeatId, seen: &mut Observation) {
        let (state, bound) = (self.state, &self.rules.bound);
        let model = &bound.model;
        let s = seat.index();
        refill(
            &mut seen.beliefs,
            bound.hypotheses.iter().enumerate().filter(|(_, h)| h.holder == seat).map(|(h, hypothesis)| {
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
            }),
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

    /// Its own triggers.
    pub(super) fn fill_triggers(&self, seat: SeatId, seen: &mut Observation) {
        let (state, bound) = (self.state, &self.rules.bound);
        refill(
            &mut seen.triggers,
            bound.triggers_of(seat).map(|(trigger, _)| TriggerView {
                trigger,
                met: state.triggers[trigger.index()].met,
                delegated: state.triggers[trigger.index()].delegated,
            }),
        );
    }

    /// Its own standing orders.
    pub(super) fn fill_standing(&self, seat: SeatId, seen: &mut Observation) {
        let (state, bound) = (self.state, &self.rules.bound);
        let s = seat.index();
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

    /// The consents that it holds from allies.
    pub(super) fn fill_consents(&self, seat: SeatId, seen: &mut Observation) {
        let (state, bound) = (self.state, &self.rules.bound);
        let s = seat.index();
        let seats = bound.seats.len();
        refill(
            &mut seen.consents,
            bound.seats[s].allies.iter().map(|ally| (*ally, state.consents[s * seats + ally.index()])),
        );
    }
}
