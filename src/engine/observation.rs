//! What a seat may know: the only thing that people, policies and exports ever see of a game.
//!
//! An observation is built up from nothing by `engine::state::observe`; it is never the truth with parts removed.

use super::order::{Answer, Inducement, Message};
use crate::scenario::section::{MAX_AIMS, ReplyRule};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    AccordId, ActionId, BodyId, CELLS, CauseTag, Cell, Cells, ChannelId, EndingId, HypothesisId, IncidentId,
    Minute, Ppm, Reading, Rung, SeatId, SiteId, TermId, TrackId, TriggerId,
};
use serde::Serialize;
use std::sync::Arc;

/// By what a game ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By an ending of the scenario.
    Scenario(EndingId),
    /// By control, with the crisis still open.
    Control,
}

impl Ended {
    /// The scenario's ending, if it is one.
    pub fn ending(self) -> Option<EndingId> {
        match self {
            Ended::Scenario(ending) => Some(ending),
            Ended::Control => None,
        }
    }
}

/// An ending of the scenario is written as its number alone.
impl Serialize for Ended {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Ended::Scenario(ending) => ending.serialize(to),
            Ended::Control => to.serialize_str("control"),
        }
    }
}

/// What the engine waits for from a seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Asked {
    /// Nothing: others decide, or the game is over.
    #[default]
    Nothing,
    /// Calls and requests (first round of contact).
    Contacts,
    /// Answers to incoming calls (second round).
    Answers,
    /// Act, word, stances, estimate.
    Orders,
    /// One order in the middle of an exchange of fire.
    Flash,
}

/// How fast time goes from turn to turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Season {
    /// Crisis turns: hours to days, ended by what happens.
    #[default]
    Crisis,
    /// Calm turns of a campaign, ended by the calendar or by a crisis.
    Calm,
}

impl Season {
    /// Whether it is that of a crisis: the only one of a scenario that is no campaign.
    pub fn is_crisis(&self) -> bool {
        *self == Season::Crisis
    }
}

/// What one seat knows after one call of the engine.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Observation {
    /// Counts the observations of this seat.
    pub revision: u32,
    /// Whose observation this is.
    pub seat: Option<SeatId>,
    /// What is asked of the seat now.
    pub asked: Asked,
    /// Game time in minutes.
    pub minute: Minute,
    /// Turns completed.
    pub turn: u16,
    /// Minutes that the turn to come may last at most.
    pub turn_minutes: Minute,
    /// Length of a tick in minutes.
    pub tick_minutes: Minute,
    /// Whether the turn is one of a crisis or of the calm between.
    #[serde(skip_serializing_if = "Season::is_crisis")]
    pub season: Season,
    /// How the game ended, if it did.
    pub ended: Option<Ended>,
    /// The standing rung.
    pub standing_rung: Rung,
    /// The highest rung of an act so far.
    pub peak_rung: Rung,
    /// Levels of the tracks that the seat sees.
    pub levels: Vec<(TrackId, i32)>,
    /// Known deaths by seat.
    pub deaths: Vec<(SeatId, i32)>,
    /// Known deaths among civilians.
    pub civilian_deaths: i32,
    /// Continuing acts that the seat knows of, and whose.
    pub continuing: Vec<(SeatId, ActionId)>,
    /// Channels that the seat is a member of.
    pub channels: Vec<ChannelView>,
    /// Bodies that it sits in.
    pub bodies: Vec<BodyView>,
    /// Accords.
    pub accords: Vec<(AccordId, AccordStatus)>,
    /// Stimuli against the seat that are still open.
    pub stimuli: Vec<StimulusView>,
    /// The place among them of the one that is decided on next, to which the cells of the menu are relative.
    pub asks: Option<u8>,
    /// Acts and incidents whose author is not known, newest last.
    pub cases: Vec<CaseView>,
    /// The staff's estimate on each of the seat's hypotheses.
    pub beliefs: Vec<BeliefView>,
    /// The seat's triggers.
    pub triggers: Vec<TriggerView>,
    /// Open proposals to or from the seat, and public ones.
    pub proposals: Vec<ProposalView>,
    /// Terms that can be offered now, as far as the seat knows.
    pub terms: Vec<TermId>,
    /// Talks that the seat takes part in.
    pub talks: Option<TalksView>,
    /// Incoming calls, in the order in which `Orders::answers` answers them.
    pub calls: Vec<CallView>,
    /// Own standing orders by site.
    pub standing: Vec<StandingView>,
    /// Own acts that are due later and can still be countermanded.
    pub pending: Vec<PendingView>,
    /// How far each ally is released.
    pub consents: Vec<(SeatId, Rung)>,
    /// An ally's standing request not to act from a rung on.
    pub restraint: Option<RestraintView>,
    /// How each alliance looks.
    pub alliances: Vec<AllianceView>,
    /// The exchange of fire that a flash decision is about.
    pub exchange: Option<ExchangeView>,
    /// Under fire: the replies that can be ordered, in the order of their rules.
    pub replies: Vec<ReplyView>,
    /// The acts on offer, by cell; at most [`MENU`].
    pub menu: Vec<MenuItem>,
    /// Points of attention left this turn.
    pub attention: u8,
    /// A question for a seat that has little to decide.
    pub question: Option<Question>,
    /// What the seat learned since its last observation, in order.
    pub news: Vec<News>,
    /// Points that each own aim stands at, in thousandths.
    pub aims: Vec<i32>,
    /// Points of face lost by ultimatums that lapsed, in thousandths.
    pub face_lost: i32,
    /// Working memory of the menu: the levels that the seat knows, every other at its start. Also what keeps
    /// observations from being made outside the engine.
    #[serde(skip)]
    pub(in crate::engine) known_levels: Vec<i32>,
}

impl Observation {
    /// Ticks of the turn to come in which an act may start; of a longer turn only the first 255.
    pub fn ticks(&self) -> u8 {
        let ticks = (self.turn_minutes / self.tick_minutes.max(1)).max(1);
        u8::try_from(ticks).unwrap_or(u8::MAX)
    }
}

/// Most acts in a menu.
pub const MENU: usize = 12;

/// A channel as one of its members knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ChannelView {
    /// Which.
    pub channel: ChannelId,
    /// How it last behaved.
    pub state: LineState,
    /// When that was seen, if ever.
    pub since: Option<Minute>,
    /// Whether own staff answer it.
    pub answering: bool,
    /// The political state that one has set, for the owner only.
    pub own_politics: Option<Politics>,
    /// The record's chance a day that an owner changes that state, in parts per million; 0 for others.
    pub daily_change: Ppm,
    /// Whether a call over it is fast enough for the contact phase.
    pub in_time: bool,
}

/// How a channel last behaved, as far as one can tell from one end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum LineState {
    /// Not tried yet; worked when the crisis began.
    #[default]
    Presumed,
    /// The last call was answered.
    Answered,
    /// The last call rang out: refusal or fault.
    NoAnswer,
    /// Publicly cut.
    Cut,
}

impl LineState {
    /// What everybody on a line takes it for once its politics have changed in the open; silence is not announced.
    pub(super) fn announced(politics: Politics) -> Option<LineState> {
        match politics {
            Politics::Open => Some(LineState::Presumed),
            Politics::Cut => Some(LineState::Cut),
            Politics::Silent => None,
        }
    }
}

/// A body as its members know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BodyView {
    /// Which.
    pub body: BodyId,
    /// Maturity, 0 to 100.
    pub maturity: u8,
    /// Minutes that a request would take now.
    pub lead: Minute,
    /// The request under way, and when it is due.
    pub pending: Option<(ActionId, Minute)>,
}

/// Something done to the seat that it has not answered by an act yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StimulusView {
    /// Who did it, as attributed.
    pub by: SeatId,
    /// The seat's belief in that author, in parts per million.
    pub surely: Ppm,
    /// At what rung.
    pub rung: Rung,
    /// Own dead.
    pub deaths: i32,
    /// Rounds fired, an opening salvo being a hundred.
    pub rounds: u16,
    /// When.
    pub minute: Minute,
    /// What is left of the grievance, in parts per million.
    pub weight: Ppm,
    /// The cells of reply that the seat can decide on now: not decided yet, and it is sure enough of the author.
    pub open: Cells,
}

/// An act whose author is in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CaseView {
    /// Its number.
    pub case: u16,
    /// Whom the evidence points to.
    pub suspect: SeatId,
    /// The belief that it was the suspect, in parts per million.
    pub belief: Ppm,
    /// The belief that it was the suspect, and meant, in parts per million.
    pub meant: Ppm,
    /// At what rung.
    pub rung: Rung,
    /// When.
    pub minute: Minute,
    /// Whether an investigation is under way: no finding is out yet.
    pub investigated: bool,
    /// Whether the accused denies the finding.
    pub contested: bool,
}

/// The staff's estimate on one hypothesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BeliefView {
    /// Which.
    pub hypothesis: HypothesisId,
    /// How many types it has.
    pub types: u8,
    /// Shares in parts per million; the first `types` count.
    pub shares: [Ppm; 4],
    /// The shares at the seat's last turn.
    pub before: [Ppm; 4],
}

/// A trigger of the seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TriggerView {
    /// Which.
    pub trigger: TriggerId,
    /// Whether staff judge its condition met.
    pub met: bool,
    /// Whether it may act without a further order.
    pub delegated: bool,
}

/// A proposal on the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProposalView {
    /// Its number.
    pub number: u16,
    /// Who made it.
    pub from: SeatId,
    /// To whom.
    pub to: SeatId,
    /// Over which channel; in public if absent.
    pub over: Option<ChannelId>,
    /// What.
    pub terms: Vec<TermId>,
    /// When it lapses.
    pub deadline: Option<Minute>,
    /// What is threatened.
    pub threat: Option<ActionId>,
    /// Whether it can be read in two ways.
    pub ambiguous: bool,
    /// What was answered, if anything.
    pub answer: Option<Answer>,
    /// Worth of the package to this seat, in thousandths of points, as staff see it.
    pub worth: i32,
}

impl ProposalView {
    /// A view to be filled.
    pub(in crate::engine) fn blank() -> Self {
        let seat = crate::vocabulary::Id::new(0);
        ProposalView {
            number: 0,
            from: seat,
            to: seat,
            over: None,
            terms: Vec::new(),
            deadline: None,
            threat: None,
            ambiguous: false,
            answer: None,
            worth: 0,
        }
    }
}

/// Talks under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TalksView {
    /// With whom.
    pub with: SeatId,
    /// About which proposal.
    pub proposal: u16,
    /// Who sits at the table.
    pub level: TalksLevel,
    /// Rounds held.
    pub rounds: u8,
    /// When the next round ends.
    pub next: Minute,
}

/// Who sits at the table of talks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum TalksLevel {
    /// Officials who report back.
    #[default]
    Working,
    /// Envoys who may sign what settles the crisis; they leave less easily.
    Envoys,
}

impl TalksLevel {
    /// In words, to be read before whom they are with.
    pub fn words(self) -> &'static str {
        match self {
            TalksLevel::Working => "officials",
            TalksLevel::Envoys => "envoys who may settle",
        }
    }
}

/// An incoming call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CallView {
    /// Over which channel.
    pub channel: ChannelId,
    /// Who calls.
    pub from: SeatId,
}

/// Standing orders at a class of site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StandingView {
    /// Where.
    pub site: SiteId,
    /// What the local commander does under fire.
    pub reply: ReplyRule,
    /// Rounds for each hundred received.
    pub volume: u16,
    /// The highest rung that the local commander may reach alone.
    pub delegated: Rung,
}

/// How an alliance looks from one side: all of it read from what the seat believes, none of it kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AllianceView {
    /// Which ally.
    pub ally: SeatId,
    /// Fear that it does not come: what the belief that it comes leaves, in parts per million.
    pub abandonment: Ppm,
    /// Fear that it acts without asking, in parts per million.
    pub entrapment: Ppm,
    /// Fear that its own land at risk parts it from this seat, in parts per million.
    pub decoupling: Ppm,
}

/// An ally's request not to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RestraintView {
    /// Who asks.
    pub by: SeatId,
    /// From which rung on.
    pub from: Rung,
    /// Until when.
    pub until: Minute,
    /// What is offered or threatened.
    pub with: Inducement,
}

/// An exchange of fire in progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ExchangeView {
    /// Where.
    pub site: SiteId,
    /// Who opened fire.
    pub opened_by: SeatId,
    /// Who is under fire and has to answer.
    pub under_fire: SeatId,
    /// The rung of the last fire.
    pub rung: Rung,
    /// Alternations so far.
    pub round: u8,
    /// The rung that the standing order would answer with.
    pub standing_answer: Rung,
    /// Rounds of the last fire, an opening salvo being a hundred.
    pub rounds: u16,
    /// Rounds that the standing order would answer with.
    pub standing_rounds: u16,
    /// Minutes until the local commander could answer.
    pub latency: Minute,
    /// How often, in parts per million, the record answers fire of that rung within what the seat's standing order covers.
    /// What was decided before, or who fired in truth, does not enter. 0 for a seat that is not under fire.
    pub followed: Ppm,
}

/// A reply that a seat under fire can order, as far as it can reckon what comes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReplyView {
    /// The rule that is ordered.
    pub rule: ReplyRule,
    /// The rung of the act that it comes to: the seat may have none at the rung of the rule. 0 if it has none at all.
    pub rung: Rung,
    /// What it may draw: the staff's chance, in parts per million, of each cell of reply by who fired. All 0 if the staff
    /// have no estimate of them.
    pub draws: [Ppm; CELLS],
    /// Expected change of each own aim in thousandths of points, that likely reply included.
    pub worth: [i32; MAX_AIMS],
}

/// A step in the contact of forces, at which a local commander may depart from his orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ContactStep {
    /// A call to turn back.
    Hail,
    /// A warning shot, or other fire that is meant to hit nothing.
    Warning,
    /// Aimed fire.
    Fire,
    /// A patrol over the line.
    Patrol,
    /// Holding fire.
    StandDown,
}

impl ContactStep {
    /// The words that a screen uses.
    pub fn word(self) -> &'static str {
        match self {
            ContactStep::Hail => "when it was to hail",
            ContactStep::Warning => "when it was to warn",
            ContactStep::Fire => "when it was to fire",
            ContactStep::Patrol => "on patrol",
            ContactStep::StandDown => "when it was to hold fire",
        }
    }

    /// Whether a commander can depart from this step in this way.
    pub(in crate::engine) fn allows(self, kind: Departure) -> bool {
        match kind {
            Departure::NoOrder => true,
            Departure::SkipsWarning => matches!(self, ContactStep::Hail | ContactStep::Warning),
            Departure::AimsInstead => self != ContactStep::Fire,
            Departure::ExceedsVolume => self == ContactStep::Fire,
            Departure::HoldsFire => {
                matches!(self, ContactStep::Warning | ContactStep::Fire | ContactStep::Patrol)
            }
        }
    }
}

/// What a local commander does instead of what was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Departure {
    /// Leaves a warning out.
    SkipsWarning,
    /// Fires aimed shots instead.
    AimsInstead,
    /// Fires more than ordered.
    ExceedsVolume,
    /// Does not fire, or does not go.
    HoldsFire,
    /// Has not got the order.
    NoOrder,
}

impl Departure {
    /// All of them.
    pub const ALL: [Departure; 5] = [
        Departure::SkipsWarning,
        Departure::AimsInstead,
        Departure::ExceedsVolume,
        Departure::HoldsFire,
        Departure::NoOrder,
    ];

    /// The words that a screen uses.
    pub fn word(self) -> &'static str {
        match self {
            Departure::SkipsWarning => "left the warning out",
            Departure::AimsInstead => "fired aimed shots",
            Departure::ExceedsVolume => "fired more than ordered",
            Departure::HoldsFire => "did nothing",
            Departure::NoOrder => "had not got the order",
        }
    }
}

/// An act of one's own that is due later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PendingView {
    /// What.
    pub action: ActionId,
    /// When.
    pub due: Minute,
}

/// Whether an act can be ordered now, and if not, why not. Built from what the seat knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Legality {
    /// It can.
    Legal,
    /// Some of what it needs does not hold: a bit for each part of [`ActionBrief::needs`](super::ActionBrief::needs).
    NeedsUnmet(u8),
    /// It costs more political capital than there is.
    TooDear,
    /// It goes on already.
    AlreadyOn,
    /// It can happen only once, and has.
    Done,
    /// A body has not released it.
    NotReleased(BodyId),
    /// A trigger has not unlocked it.
    Locked(TriggerId),
}

/// An act on offer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MenuItem {
    /// Which.
    pub action: ActionId,
    /// Its cell, relative to the strongest open stimulus.
    pub cell: Cell,
    /// Its rung.
    pub rung: Rung,
    /// Whether it can be ordered.
    pub legality: Legality,
    /// Whether it can be taken back.
    pub reversible: bool,
    /// Minutes between order and act.
    pub lead: Minute,
    /// The record's chance, in parts per million, that a seat takes this cell now (all items of a cell share it).
    pub cell_share: Ppm,
    /// The record's share of this item within its cell, in parts per million.
    pub item_share: Ppm,
    /// Expected change of each own aim in thousandths of points, the rival's likely reply included.
    pub worth: [i32; MAX_AIMS],
    /// Pressure of triggers, less the cost of firebreaks: in milli-nats.
    pub pull: i32,
    /// What it may draw: the staff's chance, in parts per million, of each cell of reply.
    pub draws: [Ppm; CELLS],
}

/// A question for a seat, answered by `Orders::estimate` and scored in the debrief.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Question {
    /// How likely is fire within two days?
    FireSoon,
    /// How likely is it that the suspect did it?
    Author(u16),
}

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
