//! One file a section of the scenario format: what an author writes, how it is checked, what it becomes when bound.

mod accord;
mod action;
mod belief;
mod body;
mod calendar;
mod campaign;
mod channel;
mod doctrine;
mod ending;
mod incident;
mod inject;
mod kernel;
mod ladder;
mod parameter;
mod question;
mod record;
mod rule;
mod seat;
mod term;
mod track;

pub use accord::{Accord, AccordDoc, Procedure, ProcedureDoc};
pub use action::{Action, ActionDoc, Covert, CovertDoc, Domain, Release, Tempo};
pub use belief::{
    Carries, Hypothesis, HypothesisDoc, HypothesisKind, Noise, Path, PathDoc, STEPS, Trigger, TriggerDoc,
    TriggerMode,
};
pub use body::{Body, BodyDefault, BodyDoc};
pub use calendar::{CalendarDoc, Window};
pub use campaign::{AgendaDoc, AgendaItem, Campaign, CampaignDoc};
pub use channel::{Channel, ChannelDoc, ChannelLevel, Regime};
pub use doctrine::{Bargaining, Doctrine, DoctrineDoc, LineWeights, MessageWeights, Talking, UnderFireDoc};
pub use ending::{Ending, EndingClass, EndingDoc};
pub use incident::{Incident, IncidentDoc};
pub use inject::{Inject, InjectDoc, Schedule};
pub use kernel::{Kernel, KernelDoc, Latency, LatencyClass, LatencyDoc, Loss, LossDoc, Victims};
pub use ladder::{RungDoc, RungRow};
pub use parameter::{Confidence, Model, ParameterDoc, ReadBy, Unit};
pub use question::QuestionDoc;
pub use record::{RecordDoc, RecordStep, RecordedWord};
pub use rule::{RuleDoc, Step, TableDoc};
pub use seat::{
    Aim, AimDoc, AimMeasure, ContactDoc, ContactRule, Disposition, DispositionDoc, EngagementRule, MAX_AIMS,
    MAX_TYPES, ReplyRule, Seat, SeatDoc, Site, SiteDoc, Visibility,
};
pub use term::{Term, TermDoc};
pub use track::{Track, TrackDoc};
