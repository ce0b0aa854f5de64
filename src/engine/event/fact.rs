//! Facts: what happened, and why, as only control knows it.

use crate::engine::observation::{ContactStep, Departure, Ended, Failure, Season};
use crate::engine::order::{Answer, Inducement, Message};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    AccordId, ActionId, BodyId, CauseTag, ChannelId, IncidentId, InjectId, Minute, Ppm, Reading, Rung,
    SeatId, SiteId as PlaceId, TriggerId,
};
use serde::Serialize;

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
