//! Facts and changes: what happened, and what that does to the state.
//!
//! A mechanic emits a [`Fact`] together with its [`Change`]s; only `state::apply` turns changes into state. Many
//! mechanics speak these few kinds, and trace, replay, debrief and sweep read nothing else.

use super::dice::SiteId;
use super::observation::{ContactStep, Departure, Ended, Failure, LineState, Season};
use super::order::{Answer, Inducement, Message};
use super::state::{
    Case, Crossing, Debt, Exchange, InjectStatus, Ongoing, Opinion, Proposal, Report, Request, Restraint,
    Scheduled, Standing, Stimulus, Talks,
};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    AccordId, ActionId, BodyId, CauseTag, Cells, ChannelId, HypothesisId, IncidentId, InjectId, Minute, Ppm,
    Reading, Rung, SeatId, SiteId as PlaceId, TermId, TrackId, TriggerId,
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

/// Why something happened: the hidden cause that the debrief shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Cause {
    /// The scenario or control.
    Scenario,
    /// A seat's order.
    Ordered,
    /// A standing order, in answer to fire.
    Standing,
    /// A local commander, against or without orders.
    Local(CauseTag),
    /// Chance at the line.
    Line(CauseTag),
    /// A pre-delegated trigger.
    Delegated(TriggerId),
    /// A rule of the scenario.
    Rule,
}

impl Cause {
    /// Whether it was meant, happened by an order's unmeant effect, or was ordered by nobody.
    pub fn tag(self) -> CauseTag {
        match self {
            Cause::Scenario | Cause::Ordered | Cause::Standing | Cause::Delegated(_) | Cause::Rule => {
                CauseTag::Deliberate
            }
            Cause::Local(tag) | Cause::Line(tag) => tag,
        }
    }
}

/// What happened, as only control knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Fact {
    /// An inject fired.
    Inject(InjectId),
    /// Control told something that the scenario does not have.
    Message {
        /// Its number in the game.
        number: u16,
    },
    /// Control ruled on a proposal.
    Ruled {
        /// What the two dice showed.
        faces: [u8; 2],
        /// What they had to reach together.
        needed: u8,
        /// Whether they did.
        came: bool,
    },
    /// A seat acted.
    Act {
        /// Who.
        by: SeatId,
        /// What.
        action: ActionId,
        /// Why.
        cause: Cause,
    },
    /// How an observer perceived an act.
    Percept {
        /// Who perceived.
        observer: SeatId,
        /// Whose act.
        by: SeatId,
        /// What.
        action: ActionId,
        /// Whether the observer knows the author.
        known_author: bool,
        /// What was meant.
        meant: Reading,
        /// What was perceived.
        perceived: Reading,
    },
    /// An order failed.
    Failed {
        /// Whose.
        by: SeatId,
        /// What.
        action: ActionId,
        /// Why, in truth.
        why: Failure,
    },
    /// An order waits for a release or its lead time.
    Delayed {
        /// Whose.
        by: SeatId,
        /// What.
        action: ActionId,
        /// Until when.
        until: Minute,
    },
    /// An order that was pending is taken back.
    Countermanded {
        /// Whose.
        by: SeatId,
        /// What.
        action: ActionId,
    },
    /// A continuing act ended.
    Stopped {
        /// Whose.
        by: SeatId,
        /// What.
        action: ActionId,
    },
    /// An incident.
    Incident {
        /// What.
        incident: IncidentId,
        /// Whose forces.
        by: SeatId,
        /// Against whom.
        against: SeatId,
        /// Why.
        cause: Cause,
    },
    /// How an observer perceived an incident.
    IncidentPercept {
        /// Who perceived.
        observer: SeatId,
        /// What.
        incident: IncidentId,
        /// Who is suspected.
        suspect: SeatId,
        /// What was perceived.
        perceived: Reading,
    },
    /// Fire in an exchange.
    Fire {
        /// Where.
        site: PlaceId,
        /// Who fired.
        by: SeatId,
        /// At whom.
        at: SeatId,
        /// At what rung.
        rung: Rung,
        /// How many rounds, an opening salvo being a hundred.
        rounds: u16,
        /// How many its own side is told of until the report comes.
        reported: u16,
        /// Minutes after the fire that it answers.
        after: Minute,
        /// Why.
        cause: Cause,
    },
    /// An exchange ended.
    CeaseFire {
        /// Where.
        site: PlaceId,
        /// Who did not answer.
        held: SeatId,
    },
    /// A local commander deviated.
    Deviation {
        /// Where.
        site: PlaceId,
        /// Whose.
        seat: SeatId,
        /// At which contact step.
        at: ContactStep,
        /// What he did instead.
        kind: Departure,
    },
    /// A seat learns of a deviation of its own.
    DeviationReported {
        /// Where.
        site: PlaceId,
        /// Who learns it.
        seat: SeatId,
        /// At which contact step.
        at: ContactStep,
        /// What was done instead.
        kind: Departure,
    },
    /// Those who guard a line call to an intruder to turn back.
    Hail {
        /// Where.
        site: PlaceId,
        /// Who calls.
        by: SeatId,
        /// To whom.
        to: SeatId,
        /// Whether it was done at all; the own side is told so.
        done: bool,
        /// Whether the intruder turned back.
        heeded: bool,
    },
    /// A patrol did not go as ordered, though its side is told that it did.
    NotGone {
        /// Whose.
        by: SeatId,
        /// Which patrol.
        action: ActionId,
    },
    /// People died.
    Deaths {
        /// Whose.
        seat: SeatId,
        /// Soldiers.
        dead: i32,
        /// Civilians.
        civilians: i32,
    },
    /// A finding in a case reached a seat.
    Evidence {
        /// Which case.
        case: u16,
        /// Who learned it.
        seat: SeatId,
        /// Whom it names.
        author: SeatId,
        /// What it says of the cause.
        cause: CauseTag,
        /// That seat's belief in the author now.
        belief: Ppm,
    },
    /// The accused denied a finding.
    Contested {
        /// In which case.
        case: u16,
        /// Who.
        by: SeatId,
    },
    /// A call.
    Call {
        /// Over which channel.
        channel: ChannelId,
        /// From whom.
        from: SeatId,
        /// To whom.
        to: SeatId,
        /// What was said.
        said: Message,
        /// How it ended.
        result: CallResult,
    },
    /// A private call became known to an ally.
    Leak {
        /// Who learned it.
        to: SeatId,
        /// Who called.
        caller: SeatId,
        /// Whom.
        with: SeatId,
    },
    /// A channel's political or technical state changed.
    Line {
        /// Which.
        channel: ChannelId,
        /// The political state now.
        politics: Politics,
        /// Whether it works.
        working: bool,
        /// Who did it, if someone.
        by: Option<SeatId>,
    },
    /// A public statement.
    Statement {
        /// Whose.
        by: SeatId,
        /// What was meant.
        meant: Reading,
    },
    /// How an observer heard a statement.
    StatementHeard {
        /// Who heard.
        observer: SeatId,
        /// Whose.
        by: SeatId,
        /// What was perceived.
        perceived: Reading,
    },
    /// A proposal was made.
    Proposed {
        /// Its number.
        number: u16,
        /// Who.
        from: SeatId,
        /// To whom.
        to: SeatId,
        /// Whether everyone knows.
        public: bool,
        /// Whether it carries a deadline and a threat.
        ultimatum: bool,
        /// The proposal that it answers and takes the place of.
        counters: Option<u16>,
    },
    /// A proposal did not get through.
    Undelivered {
        /// Whose.
        from: SeatId,
        /// Over which channel.
        channel: ChannelId,
    },
    /// A proposal was answered.
    AnsweredProposal {
        /// Its number.
        number: u16,
        /// Who answered.
        by: SeatId,
        /// Who had asked.
        to: SeatId,
        /// Whether everyone knows.
        public: bool,
        /// How.
        answer: Answer,
    },
    /// A deadline passed.
    Lapsed {
        /// The proposal's number.
        number: u16,
        /// Whose it was.
        from: SeatId,
        /// To whom.
        to: SeatId,
        /// Whether the threat was carried out.
        executed: bool,
    },
    /// A round of talks was held.
    TalksRound {
        /// One party.
        a: SeatId,
        /// The other.
        b: SeatId,
        /// Its number.
        round: u8,
    },
    /// Talks broke down.
    TalksBroken {
        /// One party.
        a: SeatId,
        /// The other.
        b: SeatId,
        /// Who left, if one did.
        by: Option<SeatId>,
    },
    /// Terms were agreed.
    Agreed {
        /// The proposal's number.
        number: u16,
        /// One party.
        a: SeatId,
        /// The other.
        b: SeatId,
        /// Whether that settles the crisis.
        settles: bool,
    },
    /// A seat asked a body.
    Consulted {
        /// Who.
        by: SeatId,
        /// Which body.
        body: BodyId,
        /// For what.
        action: ActionId,
        /// When an answer is due.
        due: Minute,
    },
    /// A body answered.
    BodyAnswered {
        /// Which body.
        body: BodyId,
        /// Whom.
        seat: SeatId,
        /// For what.
        action: ActionId,
        /// Whether it released it.
        granted: bool,
        /// Whether by default.
        by_default: bool,
    },
    /// A seat asked an ally to hold back.
    Restrained {
        /// Who asked.
        by: SeatId,
        /// Whom.
        ally: SeatId,
        /// From which rung on.
        from: Rung,
        /// What was offered or threatened.
        with: Inducement,
    },
    /// A show of force that was promised to an ally did not come.
    PromiseBroken {
        /// Whose promise.
        by: SeatId,
        /// To whom.
        to: SeatId,
    },
    /// A seat asked an ally for a release.
    ReleaseAsked {
        /// Who asked.
        by: SeatId,
        /// Whom.
        ally: SeatId,
        /// For what.
        action: ActionId,
    },
    /// A seat releases an ally for more than before.
    Released {
        /// Who.
        by: SeatId,
        /// Whom.
        ally: SeatId,
        /// Up to which rung.
        up_to: Rung,
    },
    /// A seat acted although an ally asked not to.
    Defied {
        /// Who.
        by: SeatId,
        /// Whose request.
        ally: SeatId,
        /// By what.
        action: ActionId,
    },
    /// An accord changed.
    Accord {
        /// Which.
        accord: AccordId,
        /// How it stands now.
        status: AccordStatus,
    },
    /// A trigger's condition is met, or no longer.
    Trigger {
        /// Which.
        trigger: TriggerId,
        /// Whether.
        met: bool,
    },
    /// The standing rung at the end of a tick.
    Standing {
        /// The rung.
        rung: Rung,
    },
    /// Play drops into crisis turns, or comes back from them.
    Season {
        /// How fast time goes now.
        now: Season,
    },
    /// The game ended.
    Ended {
        /// How.
        ending: Ended,
    },
}

/// How a call ended, in truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum CallResult {
    /// It was answered with this.
    Answered(Message),
    /// The owner keeps the line silent or cut.
    Refused,
    /// The callee let it ring.
    LetRing,
    /// The line is at fault.
    Fault,
    /// The line is too slow for this phase.
    TooSlow,
}

/// A roll: where it was made, at what chance, and what came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Roll {
    /// What it decided.
    pub purpose: Purpose,
    /// Its address.
    pub site: SiteId,
    /// Which draw at that address.
    pub index: u32,
    /// Its chance in parts per million; 0 where it picked among more than two.
    pub chance: Ppm,
    /// What came: 0 or 1, or the option picked, or the quantile drawn.
    pub result: i32,
}

/// What a roll decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Purpose {
    /// A hidden disposition at the start.
    Disposition,
    /// The hidden climate at the start, and whenever a campaign draws it anew.
    Climate,
    /// Whether an incident happens.
    Incident,
    /// Whether an incident was meant.
    IncidentCause,
    /// Whether a local commander deviates.
    Deviation,
    /// How a deviation looks.
    DeviationKind,
    /// What an intruder does at a step of the engagement procedure.
    Contact,
    /// How long a reply takes.
    Latency,
    /// Whether anyone dies.
    AnyDeath,
    /// How many die.
    HowMany,
    /// How an act is perceived.
    Percept,
    /// When evidence comes.
    Evidence,
    /// What a finding says of the cause.
    Finding,
    /// Whether a line is at fault.
    Fault,
    /// Whether a line is repaired.
    Repair,
    /// Whether a line is cut or restored.
    LinePolitics,
    /// Whether a message arrives undistorted.
    Fidelity,
    /// Whether a private call leaks.
    Leak,
    /// Whether a body has a quorum.
    Quorum,
    /// Whether talks are walked out of.
    WalkOut,
    /// Whether the crisis fades.
    Fading,
    /// Whether the game ends after its horizon.
    Horizon,
    /// Whether a delegated trigger fires.
    Delegated,
    /// Whether a track moves by one more towards its baseline.
    Decay,
    /// Who acts first.
    Initiative,
    /// Whether a local commander answers fire at all.
    Reply,
    /// A rule's roll or pick.
    Rule,
    /// A die of control's ruling.
    Ruling,
}

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

/// What a recorder is told. In a sweep it compiles to nothing; in play it fills a reused buffer.
pub trait Recorder {
    /// Whether rolls of rules are told at all.
    const HEARS_ROLLS: bool = true;

    /// A roll was made.
    fn roll(&mut self, roll: &Roll);
    /// Something happened.
    fn fact(&mut self, fact: &Fact);
    /// Something changed.
    fn change(&mut self, change: &Change);
}

/// The recorder of a sweep: it keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRecord;

impl Recorder for NoRecord {
    const HEARS_ROLLS: bool = false;

    fn roll(&mut self, _: &Roll) {}
    fn fact(&mut self, _: &Fact) {}
    fn change(&mut self, _: &Change) {}
}
