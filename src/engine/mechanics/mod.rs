//! The mechanics, one file each, in the order in which a turn meets them.

pub(super) mod acts;
pub(super) mod alliance;
pub(super) mod bargaining;
pub(super) mod beliefs;
pub(super) mod bodies;
pub(super) mod campaign;
pub(super) mod cases;
pub(super) mod channels;
pub(super) mod contact;
pub(super) mod control;
pub(super) mod decay;
pub(super) mod deviation;
pub(super) mod engagement;
pub(super) mod escalation;
pub(super) mod exchange;
pub(super) mod incidents;
pub(super) mod injects;
pub(super) mod ledger;
pub(super) mod losses;
pub(super) mod percepts;
pub(super) mod stances;
pub(super) mod triggers;
