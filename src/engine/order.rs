//! Intent: what a seat asks for. Nothing here changes anything until the engine adjudicates it.

use crate::scenario::section::ReplyRule;
use crate::vocabulary::words::Politics;
use crate::vocabulary::{
    AccordId, ActionId, BodyId, ChannelId, Minute, Ppm, Reading, Rung, SeatId, SiteId, TermId, TriggerId,
};
use serde::{Deserialize, Serialize};

/// Everything that a seat may decide at one call of the engine; `Observation::asked` says which parts count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Orders {
    /// Contact slot, first round: at most two calls or requests.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Contact slot, second round: which incoming calls are answered, in the order of `Observation::calls`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<CallAnswer>,
    /// Act slot; hold if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<ActOrder>,
    /// Word slot: one public statement, proposal or answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<Word>,
    /// Stance slot: changes of standing orders, each paid with a point of attention.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stances: Vec<Stance>,
    /// The answer to the staff's estimate question, in parts per million.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Ppm>,
    /// The one order of a flash decision; the standing order if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flash: Option<FlashOrder>,
}

impl Orders {
    /// Empties every slot and keeps the buffers.
    pub fn clear(&mut self) {
        let Orders { contacts, answers, act, word, stances, estimate, flash } = self;
        contacts.clear();
        answers.clear();
        *act = None;
        *word = None;
        stances.clear();
        *estimate = None;
        *flash = None;
    }
}

/// How many calls or requests fit into the contact slot.
pub const MAX_CONTACTS: usize = 2;

/// An order to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActOrder {
    /// What.
    pub action: ActionId,
    /// In which tick of the turn to come, the first being 0.
    #[serde(default)]
    pub start_tick: u8,
    /// Whether to go on although an ally asked not to.
    #[serde(default)]
    pub defy: bool,
}

/// What the word slot holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Word {
    /// A public statement, which may be bound to this turn's act and then clarifies it.
    Statement {
        /// Its tone.
        reading: Reading,
        /// Whether it explains this turn's act.
        bound: bool,
    },
    /// A proposal or, with a deadline and a threat, an ultimatum.
    Propose(ProposalDraft),
    /// An answer to a proposal.
    Answer {
        /// Which proposal: its number.
        proposal: u16,
        /// What is said.
        answer: Answer,
    },
    /// Extends the deadline of one's own ultimatum.
    Extend {
        /// Which proposal: its number.
        proposal: u16,
        /// By how many minutes.
        by: Minute,
    },
}

/// What a proposal says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalDraft {
    /// To whom.
    pub to: SeatId,
    /// Over which channel; in public if absent.
    #[serde(default)]
    pub over: Option<ChannelId>,
    /// What; not empty.
    pub terms: Vec<TermId>,
    /// Minutes until it lapses; no deadline if absent.
    #[serde(default)]
    pub deadline: Option<Minute>,
    /// What is threatened.
    #[serde(default)]
    pub threat: Option<ActionId>,
    /// Whether it is worded so that it can be read in two ways, which saves face.
    #[serde(default)]
    pub ambiguous: bool,
    /// The proposal of the other side that this one answers and takes the place of: a counter-proposal.
    #[serde(default)]
    pub counters: Option<u16>,
}

/// An answer to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Yes: the terms take effect.
    Accept,
    /// Let us talk about it: talks open.
    Talk,
    /// Not yet.
    Stall,
    /// No.
    Reject,
}

/// A call or a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contact {
    /// A call over a channel.
    Call {
        /// Which channel.
        channel: ChannelId,
        /// To whom.
        to: SeatId,
        /// What is said if it is answered; it may be a lie.
        message: Message,
    },
    /// A request to a consultation body for the release of an action.
    Consult {
        /// Which body.
        body: BodyId,
        /// For what.
        action: ActionId,
    },
    /// A request to an ally not to act at or above a rung for now.
    Restrain {
        /// Which ally.
        ally: SeatId,
        /// From which rung on.
        from: Rung,
        /// What is offered or threatened.
        with: Inducement,
    },
    /// A request to an ally to release an action.
    AskRelease {
        /// Which ally.
        ally: SeatId,
        /// For what.
        action: ActionId,
    },
}

/// What comes with a request for restraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inducement {
    /// Nothing.
    Plain,
    /// A promise to come.
    Assurance,
    /// A show of force within days, which is then owed.
    ShowOfForce,
    /// A joint statement.
    JointStatement,
    /// A caveat: no release from that rung on.
    Caveat,
    /// Support withheld: no release from that rung on, and less faith on both sides.
    Withhold,
}

impl Inducement {
    /// All, in the order in which they are offered on a screen.
    pub const ALL: [Inducement; 6] = [
        Inducement::Plain,
        Inducement::Assurance,
        Inducement::ShowOfForce,
        Inducement::JointStatement,
        Inducement::Caveat,
        Inducement::Withhold,
    ];

    /// In words, to be read after a request.
    pub fn words(self) -> &'static str {
        match self {
            Inducement::Plain => "with nothing offered",
            Inducement::Assurance => "with a promise to stand by",
            Inducement::ShowOfForce => "with a show of force to come",
            Inducement::JointStatement => "with a joint statement",
            Inducement::Caveat => "with a caveat on support",
            Inducement::Withhold => "with support withheld",
        }
    }

    /// Whether it takes back what the ally was released to do from the rung of the request on.
    pub fn takes_back(self) -> bool {
        match self {
            Inducement::Caveat | Inducement::Withhold => true,
            Inducement::Plain
            | Inducement::Assurance
            | Inducement::ShowOfForce
            | Inducement::JointStatement => false,
        }
    }
}

/// What a call says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// Only whether the line works.
    Test,
    /// No harm is meant.
    Reassure,
    /// Something will follow if this goes on.
    Warn,
    /// Notice of an own act.
    Notice(ActionId),
    /// Who did this?
    Query,
    /// Regret, without admitting anything.
    Regret,
}

impl Message {
    /// The reading that the words carry.
    pub fn reading(self) -> Reading {
        match self {
            Message::Test | Message::Query => Reading::Neutral,
            Message::Reassure => Reading::Conciliatory,
            Message::Warn => Reading::Threatening,
            Message::Notice(_) => Reading::Soft,
            Message::Regret => Reading::Conceding,
        }
    }
}

/// What is done with an incoming call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallAnswer {
    /// It is answered with these words.
    Answer(Message),
    /// It rings out: the caller cannot tell this from a fault.
    LetRing,
}

/// A change of standing orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stance {
    /// Rules of engagement at a class of site.
    Engage {
        /// Where.
        site: SiteId,
        /// What the local commander does under fire.
        reply: ReplyRule,
        /// Rounds for each hundred received.
        volume: u16,
        /// The highest rung that the local commander may reach alone.
        delegated: Rung,
    },
    /// Whether calls over a channel are answered from now on.
    Answering {
        /// Which channel.
        channel: ChannelId,
        /// Whether.
        answers: bool,
    },
    /// The political state of a channel that the seat owns; cutting it is an act of rung 2.
    Line {
        /// Which channel.
        channel: ChannelId,
        /// The new state.
        politics: Politics,
    },
    /// The highest rung that an ally is released for.
    Consent {
        /// Which ally.
        ally: SeatId,
        /// Up to which rung.
        up_to: Rung,
    },
    /// Whether a trigger may fire its action without a further order.
    PreDelegate {
        /// Which trigger.
        trigger: TriggerId,
        /// Whether.
        on: bool,
    },
    /// Ends a continuing act of one's own.
    Stop {
        /// Which.
        action: ActionId,
    },
    /// Takes back an act of one's own that is due later, such as a reply that takes longer than a tick.
    Countermand {
        /// Which.
        action: ActionId,
    },
    /// Suspends or restores an accord that one is party to.
    Accord {
        /// Which.
        accord: AccordId,
        /// Whether it is kept.
        keep: bool,
    },
}

/// The one order of a flash decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FlashOrder {
    /// As the standing order says.
    Standing,
    /// Hold fire.
    Hold,
    /// Reply by this rule.
    Reply(ReplyRule),
    /// Speak to the seat that fired (or, over a line that does not reach it, to the ally); the seat under fire gives
    /// its round away by it.
    Call {
        /// Which channel; it must be quicker than the reply.
        channel: ChannelId,
        /// What is said.
        message: Message,
    },
    /// Ask the ally under fire for no more than warning fire, and for none where it would fire no more than that. An
    /// explicit reply of the ally defies it.
    Restrain,
    /// Lift what holds the ally under fire back, for this reply: own requests to hold, and the release that a reply
    /// needs.
    Release,
}
