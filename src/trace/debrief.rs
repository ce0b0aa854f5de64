//! The debrief: after the end, the truth beside what each seat perceived.

use crate::engine::Score;
use crate::vocabulary::{Minute, Rung};
use serde::{Deserialize, Serialize};

/// What the debrief shows of a whole game.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Debrief {
    /// The scenario's title.
    pub title: String,
    /// Seed and run, for playing it again.
    pub seed: String,
    /// The ending's label and text.
    pub ending: (String, String),
    /// The course class in words.
    pub class: String,
    /// Highest act rung.
    pub peak: Rung,
    /// Each seat: what it secretly was, and how it fared.
    pub seats: Vec<DebriefSeat>,
    /// What happened, in order.
    pub steps: Vec<DebriefStep>,
}

/// One seat in the debrief.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DebriefSeat {
    /// Its label.
    pub label: String,
    /// Who or what played it.
    pub played_by: String,
    /// Its hidden disposition.
    pub disposition: String,
    /// Each aim with its points in thousandths.
    pub aims: Vec<(String, i32)>,
    /// Its score.
    pub score: Score,
    /// How many automated games it is compared with, and the percentage of them below it in each part of the score.
    pub standing: Option<(usize, [u8; 4])>,
    /// What it believed at the end, beside what was true: question, belief in percent, truth; the truth
    /// is empty where the game leaves it open.
    pub beliefs: Vec<(String, u8, String)>,
    /// Brier score of its estimates in thousandths, if it gave any.
    pub brier: Option<u32>,
}

/// One thing that happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DebriefStep {
    /// When.
    pub minute: Minute,
    /// In which turn, counted from 1 as `replay --turn` does.
    pub turn: u16,
    /// The standing rung at the end of the step or call, as seats were shown it.
    pub rung: Rung,
    /// What truly happened, and why.
    pub truth: String,
    /// The rolls behind it: what was rolled, at what chance, with what result.
    pub rolls: Vec<String>,
    /// What each seat perceived, by label; seats that saw nothing are left out.
    pub seen: Vec<(String, String)>,
}
