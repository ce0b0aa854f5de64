//! The debrief: after the end, the truth beside what each seat perceived.

use super::butfor::ButFor;
use crate::engine::Score;
use crate::vocabulary::{Minute, Ppm, RUNGS, Rung};
use serde::{Deserialize, Serialize};

/// What the debrief shows of a whole game.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Debrief {
    /// The scenario's title.
    pub title: String,
    /// Seed and run, for playing it again.
    pub seed: String,
    /// Minutes from midnight to minute 0: what the hours of all moments are counted from.
    pub first: Minute,
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
    /// The rungs that stood, from when on.
    pub path: Vec<(Minute, Rung)>,
    /// The scenario's ladder: rung and label, lowest first.
    pub ladder: Vec<(Rung, String)>,
    /// Calls that nobody answered.
    pub calls: Vec<Unanswered>,
    /// What bodies were asked, against the clock.
    pub consultations: Vec<Consultation>,
    /// Who was surprised by what, the greatest surprise first.
    pub surprises: Vec<Surprise>,
    /// The participants' answers to the questions of their staff.
    pub estimates: Vec<GivenEstimate>,
    /// How the levels moved that the crisis is about.
    #[serde(default)]
    pub levels: Vec<LevelCourse>,
    /// What the scenario asks participants after the end.
    #[serde(default)]
    pub questions: Vec<String>,
    /// What would have come but for this or that, if it has been worked out.
    pub but_for: Option<ButFor>,
    /// Where this game lies among many, if they have been played.
    pub among: Option<Among>,
}

/// How a level moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelCourse {
    /// Its label.
    pub level: String,
    /// What one point means.
    pub unit: String,
    /// Where it began.
    pub start: i32,
    /// Where it ended.
    pub end: i32,
    /// The turns in which it moved most, in order.
    pub moves: Vec<LevelMove>,
}

/// How a level moved in one turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelMove {
    /// Which turn, counted from 1.
    pub turn: u16,
    /// From where.
    pub from: i32,
    /// To where.
    pub to: i32,
}

/// A call that nobody answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unanswered {
    /// When.
    pub minute: Minute,
    /// In which turn, counted from 1.
    pub turn: u16,
    /// Who called.
    pub from: String,
    /// Whom.
    pub to: String,
    /// Over which line.
    pub over: String,
    /// Why nobody answered, in truth; the caller cannot tell.
    pub why: String,
}

/// A request to a body, against the clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// Which body.
    pub body: String,
    /// Who asked.
    pub by: String,
    /// For what.
    pub action: String,
    /// When.
    pub asked: Minute,
    /// In which turn, counted from 1.
    pub turn: u16,
    /// How long the answer took, in minutes; nothing if the game ended first.
    pub took: Option<Minute>,
    /// What came of it.
    pub came: ConsultationEnd,
    /// Whether the crisis had gone past what was asked for by then.
    pub late: bool,
    /// The standing rung when it was asked, and when it was answered.
    pub rungs: (Rung, Rung),
    /// Acts of any seat at the hot rung or above meanwhile.
    pub acts: u32,
}

/// What came of a request to a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConsultationEnd {
    /// The body released it.
    Granted,
    /// It was released because the body did not meet.
    GrantedByDefault,
    /// It was not released because the body did not meet.
    RefusedByDefault,
    /// The game ended first.
    #[default]
    Overtaken,
}

impl ConsultationEnd {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            ConsultationEnd::Granted => "released",
            ConsultationEnd::GrantedByDefault => "released by default",
            ConsultationEnd::RefusedByDefault => "no quorum, not released",
            ConsultationEnd::Overtaken => "the game ended first",
        }
    }
}

/// Something that a seat had thought unlikely.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surprise {
    /// When.
    pub minute: Minute,
    /// In which turn, counted from 1.
    pub turn: u16,
    /// Who.
    pub seat: String,
    /// What was so.
    pub what: String,
    /// What the seat gave it, in parts per million.
    pub given: Ppm,
}

/// A participant's answer to a question of the staff.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenEstimate {
    /// When.
    pub minute: Minute,
    /// In which turn, counted from 1.
    pub turn: u16,
    /// Who.
    pub seat: String,
    /// What was asked.
    pub question: String,
    /// The answer, in parts per million.
    pub estimate: Ppm,
    /// Whether it came so; nothing if the game ended before that could be known.
    pub came: Option<bool>,
    /// Its square error in thousandths: the Brier score of this one answer.
    pub error: Option<u32>,
}

/// Where a game lies among many of the same scenario and settings, played by automated seats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Among {
    /// How many.
    pub games: u32,
    /// How many had the class of this course.
    pub same_class: u32,
    /// How many had each rung as their highest.
    pub peaks: Vec<u32>,
    /// Numbers of this game beside theirs.
    pub placed: Vec<Placed>,
}

/// A number of this game beside those of others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// What it counts.
    pub what: String,
    /// In what.
    pub unit: PlacedUnit,
    /// This game's.
    pub own: i64,
    /// How many games have less.
    pub below: u32,
    /// How many have as much.
    pub same: u32,
    /// Of how many games.
    pub games: u32,
    /// The least, the quarter, the half, the three quarters, the most of the others.
    pub quartiles: [i64; 5],
}

/// In what a number is counted that is placed among others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlacedUnit {
    /// In ones.
    #[default]
    Whole,
    /// In thousandths of a point.
    Thousandths,
}

impl PlacedUnit {
    /// A number in words.
    pub fn words(self, number: i64) -> String {
        match self {
            PlacedUnit::Whole => number.to_string(),
            PlacedUnit::Thousandths => format!("{:+.2}", number as f64 / 1000.0),
        }
    }
}

impl Placed {
    /// Places a number among others; nothing among none.
    pub fn among(what: impl Into<String>, own: i64, mut others: Vec<i64>) -> Option<Placed> {
        others.sort_unstable();
        let last = others.len().checked_sub(1)?;
        let count = |which: &dyn Fn(i64) -> bool| others.iter().filter(|other| which(**other)).count() as u32;
        Some(Placed {
            what: what.into(),
            unit: PlacedUnit::Whole,
            own,
            below: count(&|other| other < own),
            same: count(&|other| other == own),
            games: others.len() as u32,
            quartiles: std::array::from_fn(|quarter| others[last * quarter / 4]),
        })
    }

    /// The whole percentage below, those alike counting half.
    pub fn percentile(&self) -> f64 {
        ((f64::from(self.below) + f64::from(self.same) / 2.0) * 100.0 / f64::from(self.games)).round()
    }
}

impl Among {
    /// Of games that had these highest rungs.
    pub fn of_peaks(peaks: impl IntoIterator<Item = Rung>) -> Among {
        let mut among = Among { peaks: vec![0; RUNGS], ..Among::default() };
        for peak in peaks {
            among.games += 1;
            among.peaks[usize::from(peak.0).min(RUNGS - 1)] += 1;
        }
        among
    }
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
    /// How its belief in what was true of each rival's disposition moved.
    pub courses: Vec<BeliefCourse>,
    /// Brier score of its estimates in thousandths, if it gave any.
    pub brier: Option<u32>,
}

/// How a belief in what was true moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeliefCourse {
    /// What the question was.
    pub question: String,
    /// What was true.
    pub truth: String,
    /// How likely that was thought, from when on.
    pub points: Vec<(Minute, Ppm)>,
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
    /// Where it comes from.
    pub from: StepFrom,
}

/// Where a step of the debrief comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepFrom {
    /// The game.
    #[default]
    Game,
    /// An act of control: a ruling, a correction, an inject.
    Control,
    /// The table: talk, notes, seats that change hands, rewinds.
    Table,
}

impl DebriefStep {
    /// Whether nobody saw something that happened in the game.
    pub fn unseen(&self) -> bool {
        self.from == StepFrom::Game && self.seen.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_placed_among_others_with_those_alike_counting_half() {
        let placed = Placed::among("turns", 3, vec![5, 1, 3, 3, 2]).unwrap();
        assert_eq!((placed.below, placed.same, placed.games), (2, 2, 5));
        assert_eq!(placed.quartiles, [1, 2, 3, 3, 5]);
        assert!((placed.percentile() - 60.0).abs() < 1e-9);
        assert_eq!(Placed::among("turns", 3, Vec::new()), None);
    }

    #[test]
    fn a_score_and_a_table_place_a_game_at_the_same_percentage() {
        let score = |aims| Score { aims, ..Score::default() };
        for games in [7, 30, 60] {
            let others: Vec<i32> = (0..games).collect();
            let scores: Vec<Score> = others.iter().map(|aims| score(*aims)).collect();
            for own in 0..games {
                let all = others.iter().map(|aims| i64::from(*aims)).collect();
                let placed = Placed::among("aims", own.into(), all).unwrap();
                let percent = f64::from(score(own).among(&scores)[0]);
                assert!((placed.percentile() - percent).abs() < 1e-9, "{own} of {games}");
            }
        }
    }
}
