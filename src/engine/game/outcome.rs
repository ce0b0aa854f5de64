//! How a game came out, and the class of its course.

use super::Game;
use crate::engine::event::COUNTERS;
use crate::engine::observation::Ended;
use crate::engine::program::Registers;
use crate::engine::rules::Rules;
use crate::engine::score::Score;
use crate::engine::step::Truth;
use crate::scenario::section::EndingClass;
use crate::vocabulary::{EndingId, Id, Minute, Rung, SeatId};

/// How a game came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// By what it ended.
    pub ended: Ended,
    /// What kind of end it is; nothing if control ended the game, for then the crisis had none.
    pub class: Option<EndingClass>,
    /// Highest act rung.
    pub peak: Rung,
    /// Deaths by seat.
    pub deaths: Vec<i32>,
    /// Deaths among civilians.
    pub civilians: i32,
    /// Turns completed: the game ended in the one after.
    pub turns: u16,
    /// Minutes played.
    pub minutes: Minute,
    /// Counts, by `Counter`.
    pub counters: [i32; COUNTERS],
    /// Points of each seat's aims in thousandths.
    pub aims: Vec<Vec<i32>>,
    /// The score of each seat; of those that act by rules alone it says little.
    pub scores: Vec<Score>,
}

/// The class of a course: how high, whether anyone of the own side died, and how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CourseClass {
    /// Lowest and highest rung of the band in which the peak lies.
    pub band: (u8, u8),
    /// Whether anyone on the scenario's own side died.
    pub deaths: bool,
    /// What kind of end it was; nothing if control ended the game.
    pub ending: Option<EndingClass>,
}

/// The word for the kind of end that a game came to.
fn ending_word(class: Option<EndingClass>) -> &'static str {
    class.map_or("ended by control", EndingClass::word)
}

/// The class as records name it: the same words in every scenario.
impl std::fmt::Display for CourseClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.write(f, "deaths")
    }
}

impl CourseClass {
    /// The bands of peaks that courses are compared by: they break at the firebreaks.
    pub const BANDS: [(u8, u8); 6] = [(0, 3), (4, 5), (6, 7), (8, 9), (10, 12), (13, 13)];

    /// The class as readers are told it. `own_side` is the scenario's: where it names one, the deaths are those of
    /// allies alone, and the rival may have dead in a game without.
    pub fn words(&self, own_side: &str) -> String {
        let mut words = String::new();
        let deaths = if own_side.is_empty() { "deaths" } else { "allied deaths" };
        self.write(&mut words, deaths).expect("a string takes any text");
        words
    }

    fn write(&self, f: &mut impl std::fmt::Write, deaths: &str) -> std::fmt::Result {
        let no = if self.deaths { "" } else { "no " };
        write!(f, "peak {}-{}, {no}{deaths}, {}", self.band.0, self.band.1, ending_word(self.ending))
    }
}

impl Outcome {
    /// The scenario's ending that came, if one did.
    pub fn ending(&self) -> Option<EndingId> {
        self.ended.ending()
    }

    /// The word for the kind of end.
    pub fn class_word(&self) -> &'static str {
        ending_word(self.class)
    }

    /// The class of the course, given the scenario that it was played in.
    pub fn course_class(&self, rules: &Rules) -> CourseClass {
        let document = &rules.scenario().document;
        let counts = |s: &usize| document.own_side.is_empty() || document.seats[*s].side == document.own_side;
        let died = (0..self.deaths.len()).filter(counts).any(|s| self.deaths[s] > 0);
        let band = CourseClass::BANDS.into_iter().find(|(_, high)| self.peak.0 <= *high).unwrap_or((13, 13));
        CourseClass { band, deaths: died || self.civilians > 0, ending: self.class }
    }
}

impl Game {
    /// How it came out, once it is over.
    pub fn outcome(&self) -> Option<Outcome> {
        let ended = self.state.ended?;
        let mut registers = Registers::default();
        let aims: Vec<Vec<i32>> = (0..self.rules.seats())
            .map(|s| {
                let truth = Truth { rules: &self.rules, state: &self.state };
                self.state.aim_points(&self.rules, SeatId::new(s), &truth, &mut registers).collect()
            })
            .collect();
        let scores = aims.iter().enumerate();
        let scores =
            scores.map(|(s, points)| self.state.score(&self.rules, SeatId::new(s), points)).collect();
        Some(Outcome {
            scores,
            ended,
            class: ended.ending().map(|ending| self.rules.bound.endings[ending.index()].class),
            peak: self.state.peak,
            deaths: self.state.deaths.clone(),
            civilians: self.state.civilians,
            turns: self.state.turn,
            minutes: self.state.minute,
            counters: self.state.counters,
            aims,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_class_is_told_by_whose_deaths_count_and_recorded_without() {
        let class = CourseClass { band: (6, 7), deaths: false, ending: Some(EndingClass::Settled) };
        assert_eq!(class.to_string(), "peak 6-7, no deaths, settled");
        assert_eq!(class.words(""), "peak 6-7, no deaths, settled");
        assert_eq!(class.words("south"), "peak 6-7, no allied deaths, settled");
        assert_eq!(CourseClass { deaths: true, ..class }.words("south"), "peak 6-7, allied deaths, settled");
        assert_eq!(
            CourseClass { ending: None, ..class }.to_string(),
            "peak 6-7, no deaths, ended by control"
        );
    }
}
