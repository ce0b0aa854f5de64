//! Changes: what is now different.

use crate::engine::observation::{Ended, LineState, Season};
use crate::engine::order::Answer;
use crate::engine::state::{
    Case, Crossing, Debt, Exchange, InjectStatus, Ongoing, Opinion, Proposal, Report, Request, Restraint,
    Scheduled, Standing, Stimulus, Talks,
};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    AccordId, ActionId, BodyId, Cells, ChannelId, HypothesisId, InjectId, Minute, Ppm, Rung, SeatId,
    SiteId as PlaceId, TermId, TrackId, TriggerId,
};
use serde::Serialize;

/// Something that is now different. Changes are small, copied, and say where the state ends up or by how much it
/// moves; two moves of one level add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Change {
    /// The clock stands at this minute.
    Clock(Minute),
    /// A turn begins.
    TurnBegins,
    /// A turn is completed.
    TurnEnds,
    /// A track moves.
    Level(TrackId, i32),
    /// An act happened at a rung, now.
    ActAt(Rung),
    /// An act at a rung is news again, now: its author has been named.
    Renewed(Rung),
    /// A settlement caps the standing rung.
    Cap(Rung),
    /// A settlement stands, or no longer does.
    Settled(bool),
    /// A seat has agreed on a term.
    Agreed(SeatId, TermId),
    /// The crisis has faded.
    Faded,
    /// The quiet ended now.
    Unquiet,
    /// Soldiers of a seat died.
    Deaths(SeatId, i32),
    /// Civilians died.
    Civilians(i32),
    /// The hidden climate, in parts per thousand.
    Climate(i32),
    /// Excitation, in parts per million of an incident a day.
    Excitation(i32),
    /// A seat's hidden disposition.
    Disposition(SeatId, u8),
    /// A continuing act begins.
    Begin(Ongoing),
    /// A continuing act ends.
    Stop(SeatId, ActionId),
    /// A seat has seen fire upon another.
    FireSeen {
        /// Who saw it.
        observer: SeatId,
        /// Upon whom.
        on: SeatId,
    },
    /// A seat has seen another act since: the fire upon that one lies behind it.
    FireMet {
        /// Who saw it act.
        observer: SeatId,
        /// Who acted.
        by: SeatId,
    },
    /// A seat has done an act that it can do only once.
    Done(SeatId, ActionId),
    /// A channel works or is at fault.
    Technical(ChannelId, bool),
    /// A channel's political state.
    Political(ChannelId, Politics),
    /// How a channel last behaved towards a seat.
    LineSeen(ChannelId, SeatId, LineState),
    /// Whether a seat answers a channel.
    Answering(ChannelId, SeatId, bool),
    /// A request to a body is under way.
    Requested(BodyId, Request),
    /// A body is free again.
    BodyFree(BodyId),
    /// A body's maturity moves.
    Maturity(BodyId, i32),
    /// A body has released an action for a seat.
    Released(SeatId, ActionId),
    /// An accord's standing.
    Accord(AccordId, AccordStatus),
    /// An inject's status.
    Inject(InjectId, InjectStatus),
    /// A belief.
    Belief(HypothesisId, [Ppm; 4]),
    /// The chance that an imminence is reckoned from.
    Reckoned(HypothesisId, Ppm),
    /// A trigger's count of ticks, and whether it is met.
    Trigger(TriggerId, u8, bool),
    /// Whether a trigger is pre-delegated.
    PreDelegate(TriggerId, bool),
    /// A stimulus enters the ledger.
    Stimulus(Stimulus),
    /// A stimulus is answered by an act, or forgotten.
    Closed(u16, Option<ActionId>),
    /// What a seat has not decided on yet, of the replies to a stimulus.
    Undecided(u16, Cells),
    /// A case opens.
    Case(Case),
    /// What a seat believes of a case.
    Opinion(u16, SeatId, Opinion),
    /// A case's finding is denied by the accused.
    Contested(u16),
    /// A case is investigated, and evidence comes at this minute.
    Investigated(u16, Minute),
    /// A case's evidence is out.
    CaseKnown(u16),
    /// A proposal is on the table.
    Proposal(Proposal),
    /// A proposal is answered.
    Answered(u16, Answer),
    /// The threat behind a proposal has been carried out.
    Executed(u16),
    /// A proposal's deadline moves.
    Deadline(u16, Minute),
    /// A proposal leaves the table.
    ProposalClosed(u16),
    /// Talks open, go on or end.
    Talks(Option<Talks>),
    /// A standing order.
    Standing(SeatId, PlaceId, Standing),
    /// How far a seat releases an ally.
    Consent(SeatId, SeatId, Rung),
    /// A seat is asked to hold back.
    Restraint(SeatId, Option<Restraint>),
    /// A seat owes an ally a show of force.
    Debt(Debt),
    /// What a seat owed an ally is paid or lost.
    DebtClosed(SeatId, SeatId),
    /// An act is due later.
    Schedule(Scheduled),
    /// A scheduled act is over or void.
    Unschedule(u16),
    /// An exchange of fire opens, goes on or ends.
    Exchange(Option<Exchange>),
    /// A crossing is met, goes on or ends.
    Crossing(Option<Crossing>),
    /// A report is on its way.
    Report(Report),
    /// Reports due by this minute have arrived.
    ReportsIn(Minute),
    /// A count for the outcome.
    Count(Counter, i32),
    /// Points of face that a seat loses by an ultimatum that lapsed, in thousandths.
    Face(SeatId, i32),
    /// A seat let an ultimatum lapse.
    Lapsed(SeatId),
    /// A seat's estimate of fire within two days, for its Brier score.
    Estimate(SeatId, Ppm),
    /// The beliefs that the next observation compares with.
    Remember(SeatId),
    /// The turn ends with this tick.
    Wake,
    /// How fast time goes from now on.
    Season(Season),
    /// The game is over.
    Ended(Ended),
}

/// What the outcome counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Counter {
    /// Kinetic acts.
    Kinetic,
    /// Kinetic acts that were caused by another.
    KineticCaused,
    /// Flash decisions asked.
    Flashes,
    /// Calls tried.
    CallsTried,
    /// Calls answered.
    CallsAnswered,
    /// Requests to bodies.
    Consultations,
    /// Requests granted.
    ConsultationsGranted,
    /// Acts done although an ally asked not to.
    Defiances,
    /// Incidents without orders.
    Incidents,
    /// Ultimatums that lapsed.
    Lapses,
    /// Accords broken.
    AccordsBroken,
    /// Rounds of exchanges.
    Rounds,
    /// Requests to bodies that came too late: the crisis had gone past what was asked for, or was over.
    ConsultationsLate,
    /// Shows of force that were promised to an ally and did not come.
    PromisesBroken,
}

/// How many counters there are.
pub const COUNTERS: usize = 14;

impl Counter {
    /// All counters, in the order of the outcome's array.
    pub const ALL: [Counter; COUNTERS] = [
        Counter::Kinetic,
        Counter::KineticCaused,
        Counter::Flashes,
        Counter::CallsTried,
        Counter::CallsAnswered,
        Counter::Consultations,
        Counter::ConsultationsGranted,
        Counter::Defiances,
        Counter::Incidents,
        Counter::Lapses,
        Counter::AccordsBroken,
        Counter::Rounds,
        Counter::ConsultationsLate,
        Counter::PromisesBroken,
    ];
}
