//! What a seat knows of lines, bodies, cases, beliefs, talks and fire: one view for each.

use super::super::order::{Answer, Inducement};
use crate::scenario::section::{MAX_AIMS, ReplyRule};
use crate::vocabulary::words::Politics;
use crate::vocabulary::{
    ActionId, BodyId, CELLS, Cells, ChannelId, HypothesisId, Minute, Ppm, Rung, SeatId, SiteId, TermId,
    TriggerId,
};
use serde::Serialize;

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
    pub(in crate::engine) fn announced(politics: Politics) -> Option<LineState> {
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
