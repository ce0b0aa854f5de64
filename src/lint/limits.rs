//! Thresholds: from where on something is worth a word. Experts differ on each, so each is an option.

/// From where on something is a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most columns of a label or title: what a screen of 80 leaves beside a time, a rung and a frame.
    pub heading_columns: u32,
    /// Most rows of an event's or an ending's text on a screen of 80 columns and 24 rows.
    pub text_rows: u32,
    /// The rung from which on acts may never be taken, as endings that are `rare: true`: nothing above 9 is on record.
    pub rare_rung: u32,
    /// Percent of a seat's acts from which one action dominates.
    pub dominant: u32,
    /// Percent of games from which an ending is certain.
    pub certain: u32,
    /// Percent of a seat's turns up to which it may have no act that it can order.
    pub idle: u32,
    /// Days past the horizon from which a game is long.
    pub overtime: u32,
    /// Percent of games that may be so long.
    pub overlong: u32,
    /// Percent of games from which a crisis runs away: they end in war or at the top of the ladder.
    pub runaway: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            heading_columns: 60,
            text_rows: 18,
            rare_rung: 10,
            dominant: 90,
            certain: 99,
            idle: 10,
            overtime: 14,
            overlong: 5,
            runaway: 50,
        }
    }
}
