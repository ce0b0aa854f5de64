//! The state of one game: the truth, which only `apply` changes and only `observe` discloses.

mod apply;
pub(in crate::engine) mod menu;
pub(in crate::engine) mod observe;
mod opening;
pub(in crate::engine) mod parts;
pub(in crate::engine) mod twin;

use super::event::{COUNTERS, Cause};
use super::observation::{ContactStep, Departure, Ended, LineState, Season, TalksLevel};
use super::order::{Answer, Inducement};
use super::rules::Rules;
use crate::scenario::section::{Domain, ReplyRule};
use crate::vocabulary::words::{AccordStatus, Politics};
use crate::vocabulary::{
    ActionId, CauseTag, Cells, ChannelId, Context, Cost, Id, Minute, PathId, Ppm, RUNGS, Reading, Rung,
    SeatId, SiteId, TermId,
};
use serde::Serialize;

/// Most seats and actors in a scenario.
pub const MAX_SEATS: usize = 8;
/// A minute that never comes.
pub const NEVER: Minute = Minute::MAX;

/// A continuing act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ongoing {
    /// Whose.
    pub seat: SeatId,
    /// What.
    pub action: ActionId,
    /// Since when.
    pub since: Minute,
    /// When it ends by itself; [`NEVER`] if it does not.
    pub until: Minute,
}

/// A request to a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Whose.
    pub seat: SeatId,
    /// For what.
    pub action: ActionId,
    /// When the answer is due.
    pub due: Minute,
}

/// Something done to a seat that it may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Stimulus {
    /// Its number.
    pub number: u16,
    /// Who did it, in truth.
    pub by: SeatId,
    /// To whom.
    pub against: SeatId,
    /// At what rung.
    pub rung: Rung,
    /// Where.
    pub domain: Domain,
    /// Deaths on the side it was done to.
    pub deaths: i32,
    /// When.
    pub minute: Minute,
    /// The case that asks for its author, if it is in question.
    pub case: Option<u16>,
    /// Rounds fired, an opening salvo being a hundred.
    pub rounds: u16,
    /// The cells of reply on which its seat has not decided.
    pub open: Cells,
}

/// An act whose author is in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Its number.
    pub number: u16,
    /// The true author.
    pub author: SeatId,
    /// Against whom.
    pub against: SeatId,
    /// At what rung.
    pub rung: Rung,
    /// When.
    pub minute: Minute,
    /// How it came about.
    pub cause: CauseTag,
    /// When evidence comes; [`NEVER`] if it does not.
    pub evidence_at: Minute,
    /// Whether it is investigated.
    pub investigated: bool,
    /// Whether the evidence is out.
    pub known: bool,
    /// Whether the accused denies the finding.
    pub contested: bool,
    /// How likely the suspect's it looked to all at first, in parts per million.
    pub suspicion: Ppm,
    /// What it looked like.
    pub deed: Deed,
    /// What each seat believes.
    pub opinions: [Opinion; MAX_SEATS],
}

/// How many causes an act can have.
pub const CAUSES: usize = CauseTag::ALL.len();

/// Who did it and why, in parts per million: the suspect by each cause (deliberate, inadvertent, accidental), and
/// last that it was not the suspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Opinion(pub [Ppm; CAUSES + 1]);

/// How each seat perceived a deed, if it did.
pub type Seen = [Option<(Reading, Context)>; MAX_SEATS];

/// What an act looked like to those who saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Deed {
    /// How it is seen.
    pub path: PathId,
    /// What it costs as a signal.
    pub cost: Cost,
    /// How each seat perceived it.
    pub seen: Seen,
}

/// A proposal on the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// Its number.
    pub number: u16,
    /// Who made it.
    pub from: SeatId,
    /// To whom.
    pub to: SeatId,
    /// Over which channel; in public if absent.
    pub over: Option<ChannelId>,
    /// The terms, a bit each.
    pub terms: u64,
    /// When it lapses; [`NEVER`] if it does not.
    pub deadline: Minute,
    /// What is threatened.
    pub threat: Option<ActionId>,
    /// Whether the threat has been carried out.
    pub executed: bool,
    /// Whether it can be read in two ways.
    pub ambiguous: bool,
    /// When it was made.
    pub opened: Minute,
    /// What was answered.
    pub answer: Option<Answer>,
}

/// Talks under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Talks {
    /// Who had proposed.
    pub a: SeatId,
    /// Who agreed to talk.
    pub b: SeatId,
    /// About which proposal.
    pub proposal: u16,
    /// Who sits at the table.
    pub level: TalksLevel,
    /// Rounds held.
    pub rounds: u8,
    /// When the next round ends.
    pub next: Minute,
}

impl Talks {
    /// Whether these two hold them.
    pub fn between(&self, one: SeatId, other: SeatId) -> bool {
        (self.a, self.b) == (one, other) || (self.a, self.b) == (other, one)
    }
}

/// A standing order at a class of site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// What the local commander does under fire.
    pub reply: ReplyRule,
    /// Rounds for each hundred received.
    pub volume: u16,
    /// The highest rung that the local commander may reach alone.
    pub delegated: Rung,
}

/// A request to hold back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Restraint {
    /// Who asks.
    pub by: SeatId,
    /// From which rung on.
    pub from: Rung,
    /// Until when.
    pub until: Minute,
    /// What was offered or threatened with it.
    pub with: Inducement,
}

/// An act that is due later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Scheduled {
    /// Its number.
    pub number: u16,
    /// Whose.
    pub seat: SeatId,
    /// What.
    pub action: ActionId,
    /// When.
    pub due: Minute,
    /// Whether an ally's request is defied.
    pub defy: bool,
    /// Whether a wake before it voids it (an initiative for a later tick).
    pub voidable: bool,
    /// A statement bound to it, which clarifies it.
    pub bound: Option<Reading>,
    /// Why; what the scenario does happens whatever the seat would order.
    pub cause: Cause,
    /// The stimulus that it answers, if it is a reply.
    pub answers: Option<u16>,
}

/// An exchange of fire in progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// Where.
    pub site: SiteId,
    /// Who opened fire.
    pub opened_by: SeatId,
    /// Who fired last.
    pub fired: SeatId,
    /// Who is under fire.
    pub under_fire: SeatId,
    /// The rung of the last fire.
    pub rung: Rung,
    /// Alternations so far.
    pub round: u8,
    /// When the last fire was.
    pub minute: Minute,
    /// Minutes until the answer.
    pub latency: Minute,
    /// Rounds of the last fire, an opening salvo being a hundred.
    pub rounds: u16,
    /// Whether a flash decision is asked.
    pub flash: bool,
}

/// A line that has been crossed, and how far the procedure of those who guard it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Crossing {
    /// Where.
    pub site: SiteId,
    /// Who crossed.
    pub intruder: SeatId,
    /// Whose forces meet them.
    pub defender: SeatId,
    /// Hails still to come.
    pub hails: u8,
    /// Warning shots still to come.
    pub shots: u8,
    /// Steps taken.
    pub taken: u8,
    /// When the line was crossed.
    pub minute: Minute,
    /// What it has done to the defender, in the ledger.
    pub stimulus: Option<u16>,
}

/// A report to a seat on its own forces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// To whom.
    pub seat: SeatId,
    /// About where.
    pub site: SiteId,
    /// At which contact step.
    pub at: ContactStep,
    /// What was done instead.
    pub kind: Departure,
    /// When it arrives.
    pub due: Minute,
}

/// Where an inject stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum InjectStatus {
    /// Still to come.
    #[default]
    Pending,
    /// Held by control.
    Held,
    /// Fired.
    Fired,
    /// Skipped by control.
    Skipped,
}

/// A channel's true state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(in crate::engine) struct Line {
    /// Whether it works.
    pub working: bool,
    /// Its political state.
    pub politics: Politics,
}

/// How a channel last behaved towards one seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(in crate::engine) struct LineEnd {
    /// How.
    pub state: LineState,
    /// When; [`NEVER`] if never.
    pub since: Minute,
    /// Whether that seat answers it.
    pub answering: bool,
}

/// A body's true state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(in crate::engine) struct BodyState {
    /// Maturity, 0 to 100.
    pub maturity: u8,
    /// The request under way.
    pub pending: Option<Request>,
}

/// A trigger's state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::engine) struct TriggerState {
    /// Ticks in a row above the bar.
    pub ticks: u8,
    /// Whether it is met.
    pub met: bool,
    /// Whether it may act alone.
    pub delegated: bool,
}

/// A show of force that a seat has promised an ally.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Debt {
    /// Whose promise.
    pub by: SeatId,
    /// To whom.
    pub to: SeatId,
    /// By when.
    pub due: Minute,
}

/// What the engine waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Phase {
    /// To be opened.
    #[default]
    Opening,
    /// First round of contact.
    Contacts,
    /// Second round of contact.
    Answers,
    /// Orders.
    Orders,
    /// A flash decision.
    Flash,
    /// Nothing: it is over.
    Over,
}

/// The truth of one game: flat, cheap to copy, changed by `apply` alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(in crate::engine) struct State {
    pub minute: Minute,
    pub turn: u16,
    pub turn_start: Minute,
    pub levels: Vec<i32>,
    /// By rung: when an act last stood there; [`NEVER`] if none did.
    pub last_at: [Minute; RUNGS],
    pub acts_at: [u16; RUNGS],
    pub peak: Rung,
    pub cap: Option<Rung>,
    pub settled: bool,
    /// By seat: the terms that it has agreed on with anybody, a bit each.
    pub agreed: Vec<u64>,
    pub faded: bool,
    pub quiet_since: Minute,
    pub deaths: Vec<i32>,
    pub civilians: i32,
    pub climate: i32,
    pub excitation: i32,
    pub dispositions: Vec<u8>,
    pub ongoing: Vec<Ongoing>,
    /// By seat, then action: whether it has done what it can do only once.
    pub done: Vec<bool>,
    pub lines: Vec<Line>,
    /// By channel, then seat.
    pub ends: Vec<LineEnd>,
    pub bodies: Vec<BodyState>,
    pub released: Vec<(SeatId, ActionId)>,
    pub accords: Vec<AccordStatus>,
    pub injects: Vec<InjectStatus>,
    pub beliefs: Vec<Ppm>,
    pub remembered: Vec<Ppm>,
    /// By hypothesis on an imminence, in their order: the chance that the belief is reckoned from.
    pub reckoned: Vec<Ppm>,
    pub triggers: Vec<TriggerState>,
    pub stimuli: Vec<Stimulus>,
    pub cases: Vec<Case>,
    /// By observer, then seat: when it last saw fire upon that seat and no act of that seat since; [`NEVER`] if it saw none.
    pub fire_seen: Vec<Minute>,
    pub proposals: Vec<Proposal>,
    pub talks: Option<Talks>,
    /// By seat, then site.
    pub standing: Vec<Standing>,
    /// By seat, then ally: the highest rung released.
    pub consents: Vec<Rung>,
    pub restraints: Vec<Option<Restraint>>,
    pub debts: Vec<Debt>,
    pub scheduled: Vec<Scheduled>,
    pub exchange: Option<Exchange>,
    pub crossing: Option<Crossing>,
    pub reports: Vec<Report>,
    pub counters: [i32; COUNTERS],
    /// Points of face lost by ultimatums that lapsed, in thousandths.
    pub face: Vec<i32>,
    /// Ultimatums that a seat let lapse.
    pub lapses: Vec<u8>,
    /// Whether the turn ends with this tick.
    pub woken: bool,
    #[serde(skip_serializing_if = "Season::is_crisis")]
    pub season: Season,
    /// Flash decisions asked in this tick.
    pub flashes: u8,
    /// By seat: when its leaders were last asked in mid-exchange; [`NEVER`] if they were not.
    pub asked_at: Vec<Minute>,
    /// The next number for a stimulus or scheduled act.
    pub next_number: u16,
    /// The next number for a case.
    pub next_case: u16,
    pub ended: Option<Ended>,
}

impl State {
    /// Whether a seat has done an act that it can do only once. What another did is no matter: it may have hidden it.
    pub fn has_done(&self, rules: &Rules, seat: SeatId, action: ActionId) -> bool {
        let actions = &rules.bound.actions;
        actions[action.index()].once_only && self.done[seat.index() * actions.len() + action.index()]
    }

    /// Whether a seat has agreed on a term for good: one with needs may come up again, one without does not. Others need
    /// not know of it.
    pub fn is_spent(&self, rules: &Rules, seat: SeatId, term: TermId) -> bool {
        let agreed = self.agreed[seat.index()] >> (term.index() % 64) & 1 == 1;
        agreed && rules.programs.term_needs[term.index()].is_none()
    }
}
