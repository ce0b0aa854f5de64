//! One small id type a section: a position in that section's list, never a bare number.

use serde::{Deserialize, Serialize};

/// An id: the position of an entry in its section of one compiled scenario.
pub trait Id: Copy + Ord {
    /// The section that the id counts in, as authors write it.
    const SECTION: &'static str;
    /// Makes the id of the entry at `index`.
    fn new(index: usize) -> Self;
    /// The entry's position.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident: $section:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u16);
        impl Id for $name {
            const SECTION: &'static str = $section;
            fn new(index: usize) -> Self {
                Self(u16::try_from(index).expect("a section holds at most 65,535 entries"))
            }
            fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    )*};
}

ids! {
    /// A seat or an actor that plays by rules.
    SeatId: "seats";
    /// A track: a level that the game counts.
    TrackId: "tracks";
    /// A channel between seats.
    ChannelId: "channels";
    /// A consultation body.
    BodyId: "bodies";
    /// An accord.
    AccordId: "accords";
    /// An action that seats may order.
    ActionId: "actions";
    /// A kind of incident.
    IncidentId: "incidents";
    /// An inject of the master events list.
    InjectId: "injects";
    /// A trigger on a belief.
    TriggerId: "triggers";
    /// A term that a proposal may contain.
    TermId: "terms";
    /// A doctrine of an automated seat.
    DoctrineId: "doctrines";
    /// An ending.
    EndingId: "endings";
    /// A parameter.
    ParamId: "parameters";
    /// A hypothesis that a seat holds a belief about.
    HypothesisId: "hypotheses";
    /// A lookup table.
    TableId: "tables";
    /// A rule.
    RuleId: "rules";
    /// A site class at which forces meet.
    SiteId: "sites";
    /// A path that signals take to an observer.
    PathId: "paths";
    /// A kind of loss.
    LossId: "losses";
    /// A class of reply latency.
    LatencyId: "latencies";
    /// A window of the calendar.
    WindowId: "calendar";
    /// A line of the debate in a seat: an aim.
    AimId: "aims";
}
