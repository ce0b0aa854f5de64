//! What of an observation a change can alter: the rest of it need not be written again.

use crate::engine::event::Change;
use crate::engine::rules::Rules;
use crate::vocabulary::{Id, SeatId};

/// Parts of an observation, a bit each. What always changes with time or with the question asked has no part: it is
/// written every time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Parts(u16);

impl Parts {
    pub const NONE: Parts = Parts(0);
    pub const ALL: Parts = Parts(u16::MAX);
    pub const LEVELS: Parts = Parts(1);
    pub const DEATHS: Parts = Parts(1 << 1);
    pub const CONTINUING: Parts = Parts(1 << 2);
    pub const CHANNELS: Parts = Parts(1 << 3);
    pub const BODIES: Parts = Parts(1 << 4);
    pub const ACCORDS: Parts = Parts(1 << 5);
    pub const STIMULI: Parts = Parts(1 << 6);
    pub const CASES: Parts = Parts(1 << 7);
    pub const BELIEFS: Parts = Parts(1 << 8);
    pub const TRIGGERS: Parts = Parts(1 << 9);
    pub const PROPOSALS: Parts = Parts(1 << 10);
    pub const STANDING: Parts = Parts(1 << 11);
    pub const CONSENTS: Parts = Parts(1 << 12);
    /// What authored conditions read: it decides what can be ordered and offered, and where aims stand.
    pub const WORLD: Parts = Parts(1 << 13);
    /// What else the menu says.
    pub const MENU: Parts = Parts(1 << 14);

    /// These and others.
    pub const fn and(self, others: Parts) -> Parts {
        Parts(self.0 | others.0)
    }

    /// Whether any of these is among others.
    pub fn meet(self, others: Parts) -> bool {
        self.0 & others.0 != 0
    }

    /// What a change can alter, and whose observation: one seat's, or everybody's.
    #[inline(always)]
    pub fn touched_by(change: &Change, rules: &Rules) -> (Parts, Option<SeatId>) {
        let world = Parts::WORLD;
        match *change {
            // In the calm of a campaign, what is left of the turn says which lines are quick enough.
            Change::Season(_) | Change::Clock(_) if rules.bound.campaign.is_some() => {
                (world.and(Parts::STIMULI).and(Parts::MENU).and(Parts::CHANNELS), None)
            }
            Change::Clock(_) => (world.and(Parts::STIMULI).and(Parts::MENU), None),
            Change::Disposition(..) => (Parts::ALL, None),
            Change::Season(_) => (world.and(Parts::STIMULI).and(Parts::MENU), None),
            Change::TurnEnds
            | Change::ActAt(_)
            | Change::Renewed(_)
            | Change::Cap(_)
            | Change::Settled(_)
            | Change::Faded
            | Change::Unquiet
            | Change::Civilians(_)
            | Change::Inject(..) => (world, None),
            Change::Level(..) => (world.and(Parts::LEVELS), None),
            Change::Deaths(..) => (world.and(Parts::DEATHS), None),
            // What goes on or was done to it makes an owner likelier to cut a line.
            Change::Begin(_) | Change::Stop(..) => (world.and(Parts::CONTINUING).and(Parts::CHANNELS), None),
            Change::Done(seat, _) => (Parts::MENU, Some(seat)),
            Change::Released(..) => (Parts::MENU, None),
            Change::Political(..) => (Parts::CHANNELS, None),
            Change::LineSeen(_, seat, _) => (world.and(Parts::CHANNELS), Some(seat)),
            Change::Answering(_, seat, _) => (Parts::CHANNELS, Some(seat)),
            Change::Requested(..) | Change::BodyFree(_) => (Parts::BODIES, None),
            Change::Maturity(..) => (world.and(Parts::BODIES), None),
            Change::Accord(..) => (world.and(Parts::ACCORDS), None),
            Change::Belief(hypothesis, _) => {
                let holder = rules.bound.hypotheses[hypothesis.index()].holder;
                (Parts::BELIEFS.and(Parts::MENU), Some(holder))
            }
            Change::Remember(seat) => (Parts::BELIEFS, Some(seat)),
            Change::Trigger(trigger, ..) => {
                let seat = rules.bound.triggers[trigger.index()].seat;
                (Parts::TRIGGERS.and(Parts::MENU), Some(seat))
            }
            Change::PreDelegate(trigger, _) => {
                (Parts::TRIGGERS, Some(rules.bound.triggers[trigger.index()].seat))
            }
            Change::Stimulus(_) | Change::Closed(..) => {
                (Parts::STIMULI.and(Parts::MENU).and(Parts::CHANNELS), None)
            }
            Change::Undecided(..) => (Parts::STIMULI.and(Parts::MENU), None),
            // What a seat may answer with depends on how sure it is of the author.
            Change::Case(_)
            | Change::Opinion(..)
            | Change::Contested(_)
            | Change::Investigated(..)
            | Change::CaseKnown(_) => (Parts::CASES.and(Parts::STIMULI).and(Parts::MENU), None),
            // What forces at the line meet is not for their leaders to decide.
            Change::Crossing(_) => (Parts::STIMULI.and(Parts::MENU), None),
            Change::Agreed(seat, _) => (Parts::MENU, Some(seat)),
            Change::Proposal(_)
            | Change::Answered(..)
            | Change::Deadline(..)
            | Change::ProposalClosed(_)
            | Change::Talks(_) => (world.and(Parts::PROPOSALS), None),
            Change::Standing(seat, ..) => (Parts::STANDING, Some(seat)),
            Change::Consent(seat, ..) => (Parts::CONSENTS, Some(seat)),
            // Hidden from seats, or written into every observation.
            Change::TurnBegins
            | Change::Climate(_)
            | Change::Excitation(_)
            | Change::Technical(..)
            | Change::FireSeen { .. }
            | Change::FireMet { .. }
            | Change::Reckoned(..)
            | Change::Restraint(..)
            | Change::Executed(_)
            | Change::Debt(_)
            | Change::DebtClosed(..)
            | Change::Lapsed(_)
            | Change::Schedule(_)
            | Change::Unschedule(_)
            | Change::Exchange(_)
            | Change::Report(_)
            | Change::ReportsIn(_)
            | Change::Count(..)
            | Change::Face(..)
            | Change::Estimate(..)
            | Change::Wake
            | Change::Ended(_) => (Parts::NONE, None),
        }
    }
}
