//! What a seat has learned, as it is told.

use super::super::order::{Answer, Inducement, Message};
use super::{ContactStep, Departure, Ended, LineState, Season};
use crate::vocabulary::words::AccordStatus;
use crate::vocabulary::{
    AccordId, ActionId, BodyId, CauseTag, ChannelId, IncidentId, Minute, Ppm, Reading, Rung, SeatId, SiteId,
    TriggerId,
};
use serde::Serialize;
use std::sync::Arc;

/// A roll that the seat may see: its chance rounded to a hundredth, and its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SeenRoll {
    /// Chance in percent, rounded.
    pub percent: u8,
    /// Whether it came.
    pub came: bool,
}

/// Something that a seat learned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct News {
    /// When it was learned.
    pub minute: Minute,
    /// What.
    pub kind: NewsKind,
    /// The roll behind it, where the seat may see it.
    pub roll: Option<SeenRoll>,
}

/// What a seat learned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum NewsKind {
    /// A message of the scenario.
    Message {
        /// Headline.
        headline: Arc<str>,
        /// Text.
        text: Arc<str>,
    },
    /// A message that says it is from control.
    FromControl {
        /// Headline.
        headline: Arc<str>,
        /// Text.
        text: Arc<str>,
    },
    /// Control's dice fell on a proposal.
    Ruled {
        /// The faces of two dice.
        faces: [u8; 2],
        /// What their sum had to reach.
        needed: u8,
        /// Whether it did.
        came: bool,
    },
    /// Somebody acted, as this seat perceived it.
    Act {
        /// Who, as far as attributed.
        by: Option<SeatId>,
        /// What.
        action: ActionId,
        /// How it looked.
        reading: Reading,
    },
    /// One's own order was carried out.
    OwnAct {
        /// What.
        action: ActionId,
    },
    /// One's own side acted as the scenario has it, without an order of the seat.
    OwnActOfScenario {
        /// What.
        action: ActionId,
    },
    /// One's own forces acted on the spot without asking, under a standing order as they report.
    OwnActStanding {
        /// What.
        action: ActionId,
    },
    /// One's own order failed.
    OwnActFailed {
        /// What.
        action: ActionId,
        /// Why, as far as one can tell.
        why: Failure,
    },
    /// An own order that was pending is taken back.
    OwnActTakenBack {
        /// What.
        action: ActionId,
    },
    /// One's own act waits for a release.
    OwnActDelayed {
        /// What.
        action: ActionId,
        /// When it may happen.
        until: Minute,
    },
    /// A continuing act ended.
    Stopped {
        /// Whose.
        by: SeatId,
        /// Which.
        action: ActionId,
    },
    /// Something happened at the line.
    Incident {
        /// What.
        incident: IncidentId,
        /// Who is suspected.
        suspect: SeatId,
        /// How it looked.
        reading: Reading,
    },
    /// Fire in an exchange.
    Fire {
        /// Where.
        site: SiteId,
        /// Who fired.
        by: SeatId,
        /// At what rung.
        rung: Rung,
        /// How many rounds, an opening salvo being a hundred; of own fire, as first reported.
        rounds: u16,
        /// Minutes after the fire that it answers.
        after: Minute,
    },
    /// Those who guard a line called to an intruder to turn back.
    Hail {
        /// Where.
        site: SiteId,
        /// Who called.
        by: SeatId,
        /// Whether the intruder turned back.
        heeded: bool,
    },
    /// An exchange is over.
    CeaseFire {
        /// Where.
        site: SiteId,
        /// Who did not answer.
        held: SeatId,
    },
    /// Own local commanders did not do what was ordered; known only after a report.
    Deviation {
        /// Where.
        site: SiteId,
        /// At which contact step.
        at: ContactStep,
        /// What was done instead.
        kind: Departure,
    },
    /// People died.
    Deaths {
        /// Whose.
        seat: SeatId,
        /// How many soldiers.
        dead: i32,
        /// How many civilians.
        civilians: i32,
    },
    /// A finding on who did it, and why.
    Evidence {
        /// Which case.
        case: u16,
        /// Whom it names.
        author: SeatId,
        /// What it says of the cause.
        cause: CauseTag,
        /// The belief in the author now, in parts per million.
        belief: Ppm,
    },
    /// The accused denied a finding.
    Contested {
        /// In which case.
        case: u16,
        /// Who.
        by: SeatId,
    },
    /// An own call was answered.
    CallAnswered {
        /// Over which channel.
        channel: ChannelId,
        /// By whom.
        by: SeatId,
        /// With what.
        message: Message,
    },
    /// An own call rang out.
    CallUnanswered {
        /// Over which channel.
        channel: ChannelId,
        /// Whom one called.
        to: SeatId,
    },
    /// A call came in and was answered.
    CallTaken {
        /// Over which channel.
        channel: ChannelId,
        /// From whom.
        from: SeatId,
        /// What was said, as perceived.
        message: Message,
    },
    /// A call came in and was left to ring.
    CallMissed {
        /// Over which channel.
        channel: ChannelId,
        /// From whom.
        from: SeatId,
    },
    /// An ally was seen to speak to a rival in private.
    CallLeaked {
        /// Which ally.
        ally: SeatId,
        /// With whom.
        with: SeatId,
    },
    /// A line was cut, silenced or restored, as far as one can see.
    Line {
        /// Which.
        channel: ChannelId,
        /// What it looks like.
        state: LineState,
    },
    /// A public statement.
    Statement {
        /// Whose.
        by: SeatId,
        /// How it sounded.
        reading: Reading,
    },
    /// A proposal arrived, or one's own was delivered.
    Proposal {
        /// Its number.
        number: u16,
        /// Who made it.
        from: SeatId,
        /// To whom.
        to: SeatId,
        /// Whether it carries a deadline and a threat.
        ultimatum: bool,
        /// The proposal that it answers, if it is between its parties.
        counters: Option<u16>,
        /// What is proposed: a bit for each term, by its index. 0 if it was off the table again before it was read.
        terms: u64,
    },
    /// One's own proposal could not be delivered.
    Undelivered {
        /// Over which channel.
        channel: ChannelId,
    },
    /// A proposal was answered.
    Answered {
        /// Its number.
        number: u16,
        /// By whom.
        by: SeatId,
        /// How.
        answer: Answer,
    },
    /// A deadline passed.
    Lapsed {
        /// Its number.
        number: u16,
        /// Whose ultimatum it was.
        from: SeatId,
        /// Whether the threat was carried out.
        executed: bool,
    },
    /// A round of talks was held.
    TalksRound {
        /// With whom.
        with: SeatId,
        /// The round's number.
        round: u8,
    },
    /// Talks broke down.
    TalksBroken {
        /// With whom.
        with: SeatId,
        /// Who left, if one did.
        by: Option<SeatId>,
    },
    /// Terms were agreed.
    Agreed {
        /// The proposal's number.
        number: u16,
        /// Whether that settles the crisis.
        settles: bool,
    },
    /// A body answered a request.
    BodyAnswered {
        /// Which body.
        body: BodyId,
        /// Who had asked it.
        by: SeatId,
        /// For what.
        action: ActionId,
        /// Whether it released it.
        granted: bool,
        /// Whether it did so by default, for want of a quorum.
        by_default: bool,
    },
    /// An ally asks not to act.
    Restrained {
        /// Who asks.
        by: SeatId,
        /// From which rung on.
        from: Rung,
        /// What is offered or threatened.
        with: Inducement,
    },
    /// A show of force between allies, promised and not kept.
    PromiseBroken {
        /// Whose promise.
        by: SeatId,
        /// To whom.
        to: SeatId,
    },
    /// One's own public statement was made.
    OwnStatement {
        /// How it was meant.
        reading: Reading,
    },
    /// One asked an ally to hold back.
    OwnRestraint {
        /// Which ally.
        ally: SeatId,
        /// From which rung on.
        from: Rung,
        /// With what it came.
        with: Inducement,
    },
    /// One asked an ally for a release, and it has the request.
    OwnReleaseAsked {
        /// Which ally.
        ally: SeatId,
        /// For what.
        action: ActionId,
    },
    /// An ally releases more than before.
    Released {
        /// Which ally.
        by: SeatId,
        /// Up to which rung.
        up_to: Rung,
    },
    /// An ally asks for a release.
    ReleaseAsked {
        /// Who asks.
        by: SeatId,
        /// For what.
        action: ActionId,
    },
    /// An ally defied a request.
    Defied {
        /// Who.
        by: SeatId,
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
    /// Staff judge a trigger's condition met (or no longer met).
    Trigger {
        /// Which.
        trigger: TriggerId,
        /// Whether.
        met: bool,
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

/// Why an order failed, as far as its seat can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Failure {
    /// An ally did not release it.
    NotReleased(SeatId),
    /// A body did not release it.
    BodyRefused(BodyId),
    /// It was overtaken by events.
    Overtaken,
    /// It did not work, for reasons that are not known.
    Unknown,
}
